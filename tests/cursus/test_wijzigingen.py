"""Who has an entry in the diary hears what changes about it: the day, the hall, its address, an added day, the
trainers. And nobody else.
"""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Locatie
from lms.kern.berichten import opmaken, versturen
from lms.kern.handelingen import traject_hervatten, traject_stoppen
from lms.kern.models import Agendaregel, Bericht
from tests.fabrieken import Wereld, dag_nr, deelname_van
from tests.post import uitgegaan


@pytest.fixture
def w(db):
    return Wereld()


@pytest.fixture
def groep(w):
    """A full group to come: one place, one who waits, two trainers, and all mail went out."""
    groep = w.groep("EK1", 3, [w.t1, w.t2], over=20, capaciteit=1)
    for naam in ("anna", "bram"):
        cursus.deelname_aanvragen(w.traject(3, naam=naam), door=w.bureau, uitvoering=groep)
    uitgegaan()
    return groep


def dagen_van(groep):
    return [(b.begint_om, b.eindigt_om) for b in groep.bijeenkomsten.order_by("nr")]


def wijzig(w, groep, **velden):
    velden = {"dagen": dagen_van(groep), "trainers": [w.t1, w.t2]} | velden
    groep.refresh_from_db()
    cursus.uitvoering_wijzigen(groep, door=w.bureau, **velden)


def hoort():
    """[(kind, first name)] of what waits."""
    wacht = Bericht.objects.wachtend().exclude(soort__startswith="beurt_").select_related("aan")
    return sorted((b.soort, b.aan.voornaam.lower()) for b in wacht)


VERANDERD = [("verplaatst", "anna"), ("verplaatst_trainer", "trainer1"), ("verplaatst_trainer", "trainer2")]


def test_een_andere_zaal_horen_alle_mensen_met_een_plek_en_de_trainers(w, groep):
    zaal = Locatie.objects.create(naam="De Brug", plaats="Zwolle", adres="Brugstraat 1")
    wijzig(w, groep, locatie=zaal)
    assert hoort() == VERANDERD
    for bericht in Bericht.objects.wachtend().filter(soort__startswith="verplaatst"):
        assert opmaken(bericht)[1].count("De Brug, Brugstraat 1, Zwolle") == 3


def test_een_ander_adres_van_de_zaal_horen_ze_ook(w, groep):
    cursus.locatie_wijzigen(groep.locatie, door=w.bureau, adres="Nieuwe straat 2")
    assert set(VERANDERD) <= set(hoort())


def test_parkeren_en_lunch_zijn_geen_mail(w, groep):
    cursus.locatie_wijzigen(groep.locatie, door=w.bureau, parkeren="Achter de zaal.", lunch="Soep")
    assert hoort() == []


def test_een_dag_erbij_horen_ze(w, groep):
    laatste = dagen_van(groep)[-1]
    erbij = tuple(moment + dt.timedelta(days=7) for moment in laatste)
    wijzig(w, groep, dagen=[*dagen_van(groep), erbij])
    assert hoort() == VERANDERD
    teksten = [opmaken(b)[1] for b in Bericht.objects.wachtend().filter(soort__startswith="verplaatst")]
    assert [tekst.count(", dag ") for tekst in teksten] == [4] * 3


def test_een_andere_titel_is_geen_mail(w, groep):
    wijzig(w, groep, titel="EK1 in het voorjaar")
    assert hoort() == []


def test_een_andere_trainer_krijgt_de_dagen_en_wie_weggaat_raakt_ze_kwijt(w, groep):
    wijzig(w, groep, trainers=[w.t1, w.t3])
    assert hoort() == [("trainer_eraf", "trainer2"), ("trainer_erbij", "trainer3")]


def test_een_trainer_die_er_even_bij_stond_hoort_niets(w, groep):
    """Put on the wrong group and set right before the mail went out."""
    wijzig(w, groep, trainers=[w.t1, w.t2, w.t3])
    wijzig(w, groep, trainers=[w.t1, w.t2])
    assert [rij for rij in hoort() if rij[0] == "trainer_erbij"] == []


def test_twee_veranderingen_op_een_avond_zijn_een_mail(w, groep):
    for dag in (1, 2):
        wijzig(w, groep, dagen=[(b + dt.timedelta(days=dag), e + dt.timedelta(days=dag)) for b, e in dagen_van(groep)])
    assert hoort() == VERANDERD


def test_geplaatst_en_verzet_voor_de_mail_ging_is_een_mail_met_de_nieuwe_dagen(w):
    groep, traject = w.groep("EK1", 3, [w.t1], over=20), w.traject(3, naam="anna")
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    wijzig(w, groep, dagen=[(b + dt.timedelta(days=1), e + dt.timedelta(days=1)) for b, e in dagen_van(groep)])
    assert [rij for rij in hoort() if rij[1] == "anna" and rij[0] in ("geplaatst", "verplaatst")] == [
        ("geplaatst", "anna")
    ]


def test_afgemeld_voor_de_mail_ging_zegt_niet_dat_er_een_plek_is(w):
    groep, traject = w.groep("EK1", 3, [w.t1], over=20), w.traject(3, naam="anna")
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    cursus.deelname_afmelden(deelname_van(traject, "EK1"), door=traject.kandidaat)
    assert [rij for rij in hoort() if rij[0] in ("geplaatst", "afgemeld")] == [("afgemeld", "anna")]


def test_wie_stopt_krijgt_geen_mail_meer_over_een_plek(w):
    groep, traject = w.groep("EK1", 3, [w.t1], over=20), w.traject(3, naam="anna")
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    traject_stoppen(traject, door=traject.kandidaat)
    assert [rij for rij in hoort() if rij[1] == "anna"] == [("gestopt", "anna")]


def test_een_aanbod_dat_voorbij_is_gaat_niet_meer_uit(w, altijd_mail):
    from django.core import mail

    from lms.kern.berichten import versturen

    groep = w.groep("EK1", 3, [w.t1], over=20, capaciteit=1)
    een, twee = w.traject(3, naam="anna"), w.traject(3, naam="bram")
    for traject in (een, twee):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    uitgegaan()
    cursus.deelname_afmelden(deelname_van(een, "EK1"), door=een.kandidaat)
    cursus.plekken_aanbieden(groep)
    twee.deelnames.filter(soort="EK1").update(aanbod_tot=timezone.now() - dt.timedelta(minutes=1))
    versturen()
    assert [m.subject for m in mail.outbox if twee.kandidaat.email in m.to] == []


def test_wie_stopt_heeft_de_dagen_niet_meer_in_de_agenda_en_wie_terugkomt_wel(w, altijd_mail):
    """Told once, taken back once, told again once; a day that is past is left where it is."""
    groep = w.groep("EK1", 3, [w.t1], over=20)
    traject = w.traject(3)
    over_de_plek = Bericht.objects.filter(
        feit=cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep).pk
    )
    uitgegaan()
    traject_stoppen(traject, door=traject.kandidaat)
    (vrij,) = over_de_plek.filter(soort="plek_vrij")
    assert "weer vrij" in opmaken(vrij)[0]
    uitgegaan()
    traject_hervatten(traject, door=traject.kandidaat)
    assert over_de_plek.filter(soort="geplaatst", verstuurd_om=None).count() == 1
    uitgegaan()
    cursus.traject_na_planning(traject, door=w.bureau)
    assert over_de_plek.filter(soort__in=("plek_vrij", "geplaatst")).count() == 3


def test_wie_stopt_na_de_bijeenkomst_hoort_niets_over_een_plek(w, altijd_mail):
    traject = w.traject(2)
    uitgegaan()
    traject_stoppen(traject, door=traject.kandidaat)
    assert not Bericht.objects.filter(soort="plek_vrij").exists()


def test_wie_stopt_voor_de_mail_over_de_plek_uitging_hoort_daar_niets_van(w):
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=w.groep("EK1", 3, [w.t1], over=20))
    traject_stoppen(traject, door=traject.kandidaat)
    assert not Bericht.objects.filter(soort="plek_vrij").exists()
    assert Bericht.objects.filter(soort="geplaatst", vervallen_om__isnull=False).exists()


def test_trainers_van_een_nieuwe_groep_krijgen_de_dagen_en_van_een_groep_van_vroeger_niet(w):
    for over, aantal in ((20, 2), (-40, 0)):
        groep = w.groep("EK1", 3, [w.t1, w.t2], over=over)
        erbij = Bericht.objects.filter(soort="trainer_erbij", feit=groep.pk)
        assert sorted(erbij.values_list("aan", flat=True)) == sorted([w.t1.pk, w.t2.pk][:aantal])


@pytest.mark.parametrize("soort", ["trainer_eraf", "afgelast_trainer", "afgelast"])
def test_wie_hoort_dat_het_niet_doorgaat_leest_welke_dagen(w, groep, soort):
    """Three groups given up on one day are three mails: each says which."""
    plek = groep.deelnames.exclude(geplaatst_om=None).get()
    aan, feit = (w.t2, groep) if "trainer" in soort else (plek.traject.kandidaat, plek)
    tekst = opmaken(Bericht(aan=aan, soort=soort, feit=feit.pk))[1]
    for dag in groep.bijeenkomsten.all():
        assert f"{groep.titel}, dag {dag.nr}" in tekst


def gaat_uit():
    """Hand over what waits, and the mails of one entry that follow from it."""
    versturen()
    versturen()


@pytest.fixture
def gast(w, groep, altijd_mail):
    """Somebody who missed day 2 of the own group and makes it up in this one; all mail went out."""
    traject = w.traject(4, naam="gast")
    dag = dag_nr(traject, "EK1", 2)
    cursus.aanwezigheid_verbeteren(dag, door=w.bureau, resultaat="nee", reden="Was er niet.")
    cursus.dag_inhalen(dag, door=w.bureau, bijeenkomst=groep.bijeenkomsten.get(nr=2))
    gaat_uit()
    return traject


def test_wie_een_dag_inhaalt_hoort_dat_die_verschuift(w, groep, gast):
    dagen = [(begin + dt.timedelta(days=1), eind + dt.timedelta(days=1)) for begin, eind in dagen_van(groep)]
    wijzig(w, groep, dagen=dagen)
    assert ("dag_verplaatst", "gast") in hoort()
    gaat_uit()
    regel = Agendaregel.objects.get(persoon=gast.kandidaat, nummer=groep.bijeenkomsten.get(nr=2).pk)
    assert (regel.begint_om, regel.volgnummer, regel.afgezegd) == (dagen[1][0], 1, False)
    cursus.bijwerken_na_planning(groep)
    beurt = gast.beurten.get(code="ek1_aanwezigheid")  # the turn waits for the day as it is now
    assert beurt.vanaf == timezone.localdate(dagen[1][0])


def test_wie_een_dag_zou_inhalen_hoort_dat_die_niet_doorgaat_en_kan_een_andere_krijgen(w, groep, gast):
    twee = groep.bijeenkomsten.get(nr=2)
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="Te weinig mensen.")
    bericht = Bericht.objects.get(soort="dag_afgelast", aan=gast.kandidaat)
    assert f"{groep.titel}, dag 2" in opmaken(bericht)[1]
    assert [b.code for b in gast.beurten.filter(rol="bureau")] == ["ek1_inhalen"]
    gaat_uit()
    assert Agendaregel.objects.get(persoon=gast.kandidaat, nummer=twee.pk).afgezegd
    ander = w.groep("EK1", 3, [w.t1, w.t2], over=40)
    nieuw = cursus.dag_inhalen(dag_nr(gast, "EK1", 2), door=w.bureau, bijeenkomst=ander.bijeenkomsten.get(nr=2))
    assert nieuw.geldt


def test_een_dag_op_een_bijeenkomst_die_doorgaat_vervalt_niet(w, groep, gast):
    gemist = gast.aanwezigheden.get(nr=2, geldt=False)
    with pytest.raises(ValidationError, match="niet meer op een bijeenkomst die niet doorgaat"):
        cursus.dag_afgelasten(gemist, door=w.bureau)


def test_een_dag_die_wordt_vrijgesteld_gaat_uit_de_agenda(w, groep, gast):
    cursus.dag_vrijstellen(dag_nr(gast, "EK1", 2), door=w.bureau, reden_vrijstelling="Deed dit al eerder.")
    assert hoort() == [("agendadag", "gast")]
    gaat_uit()
    assert Agendaregel.objects.get(persoon=gast.kandidaat, nummer=groep.bijeenkomsten.get(nr=2).pk).afgezegd


def test_wie_stopt_heeft_ook_de_dag_die_werd_ingehaald_niet_meer_in_de_agenda(w, groep, gast):
    traject_stoppen(gast, door=gast.kandidaat)
    gaat_uit()
    assert Agendaregel.objects.get(persoon=gast.kandidaat, nummer=groep.bijeenkomsten.get(nr=2).pk).afgezegd
