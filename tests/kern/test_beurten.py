"""A turn names the row it is about; its link leads there, and says what became of it when it is gone."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificering import handelingen as certificering
from cursus import handelingen as cursus
from lms.kern.handelingen import termijnen_bewaken, traject_stoppen
from lms.kern.models import Bericht, Beurt, Gebruiker, Rol
from lms.kern.pad.beurten import BEURTEN
from selectie import handelingen as selectie
from tests.fabrieken import Wereld, gesprek_van, persoon


def open_met(persoon, beurt):
    client = Client()
    client.force_login(Gebruiker.objects.get(pk=persoon.pk))
    return client.get(reverse("taak", args=[beurt.pk if hasattr(beurt, "pk") else beurt]))


def gezegd(antwoord):
    return [str(m) for m in get_messages(antwoord.wsgi_request)]


def naar_dag(beurt, dagen):
    """The term of this turn passed `dagen` ago."""
    op = timezone.localdate() - dt.timedelta(days=dagen)
    Beurt.objects.filter(pk=beurt.pk).update(uiterlijk_op=op, kijk_op=op)


@pytest.fixture
def w(db):
    return Wereld()


def gepland(w, over):
    """A path with a conversation planned in `over` days, and the moment."""
    traject, moment = w.verschil(), timezone.now() + dt.timedelta(days=over)
    gesprek = gesprek_van(traject)
    selectie.gesprek_voorstellen(gesprek, door=w.t1, momenten=[(moment, "Zwolle")])
    selectie.moment_kiezen(gesprek, door=traject.kandidaat, moment=gesprek.momenten.get().pk)
    return traject, moment


def test_twee_conferenties_zijn_twee_beurten_met_een_eigen_link(w):
    traject = w.ouder()
    een = certificering.conferentie_vragen(traject, door=w.rm, referentie="A1", variant="familie")
    twee = certificering.conferentie_vragen(traject, door=w.rm, referentie="B2", variant="familie")
    beurten = {b.feit: b for b in traject.beurten.filter(code="conferentie_houden")}
    assert set(beurten) == {een.pk, twee.pk}
    for nr, conferentie in ((1, een), (2, twee)):
        antwoord = open_met(traject.kandidaat, beurten[conferentie.pk])
        assert antwoord.url.endswith(f"?rij={conferentie.pk}")
        client = Client()
        client.force_login(traject.kandidaat)
        assert client.get(antwoord.url).url == reverse("mijn_conferentie", args=[nr])
    mails = Bericht.objects.filter(soort="beurt_conferentie_houden", traject=traject).values_list("sleutel", flat=True)
    assert {s.split(":")[1] for s in mails} == {str(b.pk) for b in beurten.values()}
    vertel = {"uitkomst": "met_plan", "gehouden_op": timezone.localdate(), "kring": 8}
    certificering.conferentie_vastleggen(een, door=traject.kandidaat, **vertel)
    assert [b.feit for b in traject.beurten.filter(code="conferentie_houden")] == [twee.pk]
    assert [b.feit for b in traject.beurten.filter(code="conferentie_tellen")] == [een.pk]


def test_elke_trainingsdag_is_een_eigen_beurt_en_leidt_naar_die_dag(w):
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=w.ek1)
    dagen = {d.pk: d.nr for d in w.ek1.bijeenkomsten.all()}
    beurten = list(traject.beurten.filter(code="ek1_aanwezigheid"))
    assert {b.feit for b in beurten} == set(dagen)
    assert traject.beurten.filter(code="ek1_volgen").count() == 1  # one training, one mail
    for beurt in beurten:
        assert open_met(w.t1, beurt).url == reverse("trainer_dag", args=[w.ek1.pk, dagen[beurt.feit]])


def test_een_link_naar_een_beurt_die_weg_is_zegt_het_aan_wie_hem_had(w):
    traject = w.traject(6)
    beurt = traject.beurten.get(code="mening_geven", persoon=w.t1)
    w.mening(traject, w.t1)
    antwoord = open_met(w.t1, beurt.pk)
    assert antwoord.url == reverse("trainer_dossier", args=[traject.pk])
    assert gezegd(antwoord) == [
        "“Lees en reageer op het verslag” hoeft niet meer. Het is al gedaan, of er is intussen iets veranderd. Hier "
        "zie je wat er nu staat."
    ]
    for iemand in (w.t3, w.rm, traject.kandidaat):
        assert open_met(iemand, beurt.pk).status_code == 404
    schrijven = Bericht.objects.get(soort="beurt_verslag_schrijven", traject=traject).sleutel.split(":")[1]
    assert open_met(traject.kandidaat, int(schrijven)).url == reverse("mijn")
    assert open_met(w.t1, int(schrijven)).status_code == 404
    assert open_met(w.t1, 999_999).status_code == 404


def test_gesprek_voorstellen_en_houden_blijven_niet_stil_liggen(w):
    traject = w.verschil()
    beurt = traject.beurten.get(code="gesprek_voorstellen")
    assert beurt.feit == gesprek_van(traject).pk
    assert beurt.uiterlijk_op == timezone.localdate() + dt.timedelta(days=7)
    naar_dag(beurt, 0)
    assert termijnen_bewaken() == 2
    assert set(Bericht.objects.filter(soort="te_laat").values_list("aan", flat=True)) == {w.t1.pk, w.t2.pk}
    naar_dag(beurt, 1)
    assert termijnen_bewaken() == 1
    assert Bericht.objects.get(soort="blijft_liggen").aan_id == w.bureau.pk
    assert termijnen_bewaken() == 0
    moment = timezone.now() + dt.timedelta(days=1)
    selectie.gesprek_voorstellen(gesprek_van(traject), door=w.t1, momenten=[(moment, "Zwolle")])
    assert Bericht.objects.wachtend().filter(soort__in=["te_laat", "blijft_liggen"]).count() == 0
    traject, moment = gepland(w, 1)
    houden = traject.beurten.get(code="gesprek_houden")
    assert houden.uiterlijk_op == timezone.localdate(moment) + dt.timedelta(days=3)


def test_wie_wacht_op_het_gesprek_leest_geen_dag_van_opschrijven(w):
    """The term is for who writes it down; to the candidate it promises nothing."""
    traject, _ = gepland(w, 5)
    client = Client()
    client.force_login(traject.kandidaat)
    html = client.get("/mijn/").content.decode()
    assert "Gesprek over je verslag" in html
    assert "Je hoort vóór" not in html


def test_een_tweede_bureaumedewerker_krijgt_de_oude_signalen_niet_alsnog(w):
    """A signal is of its day: who comes later sees the worklist."""
    traject = w.traject(6)
    for beurt in traject.beurten.filter(code="mening_geven"):
        Beurt.objects.filter(pk=beurt.pk).update(sinds=timezone.now() - dt.timedelta(days=20), kijk_op=None)
        naar_dag(beurt, 6)
    assert termijnen_bewaken() > 0
    persoon("nieuw", Rol.BUREAU)
    assert termijnen_bewaken() == 0


def test_een_ronde_waarin_niets_moet_leest_geen_beurten(w, django_assert_num_queries):
    for _ in range(3):
        w.traject(6)
    termijnen_bewaken()
    with django_assert_num_queries(1):
        assert termijnen_bewaken() == 0


def test_een_ronde_vraagt_het_team_een_keer(w, django_assert_max_num_queries):
    for _ in range(6):
        traject = w.traject(6)
        for beurt in traject.beurten.all():
            Beurt.objects.filter(pk=beurt.pk).update(sinds=timezone.now() - dt.timedelta(days=20))
            naar_dag(beurt, 6)
    with django_assert_max_num_queries(19):
        assert termijnen_bewaken() == 6 * 4  # of every report two trainers, and the bureau about each


def test_een_gestopt_pad_zegt_niets_meer(w):
    traject = w.verschil()
    beurt = traject.beurten.get(code="gesprek_voorstellen")
    naar_dag(beurt, 0)
    termijnen_bewaken()
    traject_stoppen(traject, door=traject.kandidaat)
    assert Bericht.objects.wachtend().filter(soort="te_laat").count() == 0


def test_elke_beurt_staat_een_keer_in_de_tabel():
    codes = [beurt.code for beurt in BEURTEN]
    assert len(codes) == len(set(codes))
