"""What is on nobody's list stands on the page of the bureau: turns of who cannot log in, groups with few trainers."""

import pytest
from django.test import Client

from certificering import handelingen as certificering
from certificering.handelingen.registratie import einden_van_registratie
from cursus import handelingen as cursus
from cursus.models import Trainerschap
from lms.kern.models import Gebruiker, Rolvervulling
from lms.kern.overdracht import openstaand
from lms.portaal import werk
from tests.agendas import Agendas, hoort_te_staan
from tests.fabrieken import Wereld, registratie_van


@pytest.fixture
def w(db):
    return Wereld()


def pagina(w):
    client = Client()
    client.force_login(w.bureau)
    return " ".join(client.get("/bureau/").content.decode().split())


def test_zolang_iedereen_er_is_blijft_er_niets_liggen(w):
    w.traject(6)
    w.na_ek2()
    assert list(werk.van_niemand()) == []
    assert "Blijft liggen" not in pagina(w)


def test_een_verslag_bij_een_trainer_die_geblokkeerd_is_ziet_het_bureau(w):
    w.traject(6)
    Gebruiker.objects.filter(pk=w.t1.pk).update(is_active=False)
    assert {beurt.persoon for beurt in werk.van_niemand()} == {w.t1}
    assert "Dit wacht op iemand die het nu niet kan doen" in pagina(w)
    assert f"{w.t1.naam}</a> (1)" in pagina(w)


def test_een_regio_zonder_regiomanager_ziet_het_bureau(w):
    w.traject(8)
    assert list(werk.van_niemand()) == []
    Rolvervulling.objects.filter(gebruiker=w.rm).delete()
    assert {beurt.rol for beurt in werk.van_niemand()} == {"regiomanager"}
    assert "Noord, zonder regiomanager" in pagina(w)


def test_een_groep_met_een_trainer_staat_bij_het_bureau(w):
    groep = w.groep("EK1", 3, [w.t1, w.t2], over=20, titel="EK1 in Zwolle")
    cursus.deelname_aanvragen(w.traject(3), door=w.bureau, uitvoering=groep)
    bekend = set(werk.te_weinig_trainers())
    assert groep not in bekend
    Trainerschap.objects.filter(uitvoering=groep, trainer=w.t2).update(tot=groep.bijeenkomsten.first().begint_om.date())
    assert set(werk.te_weinig_trainers()) - bekend == {groep}
    assert "Te weinig trainers" in pagina(w)
    assert "EK1 in Zwolle" in pagina(w)


def test_de_plek_in_ek2_van_wie_wordt_uitgeschreven_komt_vrij(w, altijd_mail):
    """Out of the diary too, with a mail that says so."""
    agendas, traject = Agendas(), w.traject(9)
    w.conferentie(traject)
    groep = w.groep("EK2", 3, [w.t1], over=20, capaciteit=1)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    agendas.bezorgen()
    assert agendas.van(traject.kandidaat) == hoort_te_staan(traject.kandidaat) != set()
    registratie = registratie_van(traject)
    plek = [ding.vanzelf for _, dingen in openstaand(*einden_van_registratie(registratie, w.bureau)) for ding in dingen]
    assert "Deze plek komt vrij voor iemand anders." in plek
    certificering.registratiestand_zetten(registratie, door=w.bureau, stand="uitgeschreven", waarom="Verhuisd.")
    assert cursus.bezet(groep) == 0
    onderwerpen = [onderwerp for aan, onderwerp, _ in agendas.bezorgen() if aan == traject.kandidaat.email]
    assert "Je plek is weer vrij" in onderwerpen
    assert agendas.van(traject.kandidaat) == set()
