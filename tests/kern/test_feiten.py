"""A message belongs to a fact: nobody gets a mail that is no longer true, and who was told hears that it changed."""

import datetime as dt

import pytest
from django.utils import timezone

from lms.kern.berichten.feiten import feiten, nalopen
from lms.kern.datums import moment
from lms.kern.handelingen import bericht_opnieuw, traject_hervatten, traject_stoppen
from lms.kern.models import Bericht
from selectie import handelingen as selectie
from tests.agendas import Agendas
from tests.fabrieken import Wereld, besluit_van, gesprek_van, mening_van, verslag_van


@pytest.fixture
def w(altijd_mail):
    return Wereld()


def op_de_seconde(moment):
    return moment.replace(microsecond=0)


@pytest.fixture(autouse=True)
def agendas():
    """The diaries of this test, empty at its begin."""
    global AGENDAS
    AGENDAS = Agendas()


def verstuurd(adres=""):
    """Send what waits; the subjects that went out since, of everybody or to `adres`. The entries go into diaries."""
    return [onderwerp for aan, onderwerp, _ in AGENDAS.bezorgen() if adres in ("", aan)]


TERUG = ["Iets wat we eerder zeiden, geldt niet meer"]


def staat_op(wanneer):
    return f"Het gesprek is op {moment(wanneer)}"


def weg(gesprek):
    return f"Het gesprek op {moment(gesprek.moment_om)} gaat niet door"


def gesprekken(*mensen):
    """When the conversations in the diaries of these people begin."""
    return [[begin for uid, begin, _ in AGENDAS.van(mens) if uid.startswith("gesprek")] for mens in mensen]


def test_een_herroepen_besluit_mailt_niet_dat_het_past(w):
    """It waited in the outbox until the morning."""
    traject = w.traject(7)
    assert Bericht.objects.wachtend().filter(soort__in=["samen_ja", "samen_ja_regio"]).count() >= 2
    w.herroep(besluit_van(traject), door=w.t1, reden="Vergissing.")
    assert Bericht.objects.wachtend().filter(soort__startswith="samen_ja").count() == 0
    assert "Jullie zeggen samen: het past" not in verstuurd()


def test_vlak_voor_het_versturen_wordt_nog_een_keer_gekeken(w):
    """Also when nothing cancelled it: the fact is what counts."""
    traject = w.traject(7)
    besluit = besluit_van(traject)
    type(besluit).objects.filter(pk=besluit.pk).update(herroepen_om=timezone.now(), herroepen_door=w.t1)
    assert "Jullie zeggen samen: het past" not in verstuurd(traject.kandidaat.email)
    assert Bericht.objects.get(soort="samen_ja").vervallen_om is not None


def test_wie_om_acht_uur_vier_mails_zou_krijgen_krijgt_alleen_de_ware(w):
    """Stopped and came back in one evening."""
    traject = w.traject(6)
    verstuurd()
    for _ in range(2):
        traject_stoppen(traject, door=traject.kandidaat)
        traject_hervatten(traject, door=traject.kandidaat)
    assert verstuurd(traject.kandidaat.email) == []
    traject_stoppen(traject, door=traject.kandidaat)
    assert verstuurd(traject.kandidaat.email) == ["Je bent gestopt"]


def test_een_gesprek_dat_vervalt_gaat_uit_ieders_agenda(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    mensen = (traject.kandidaat, w.t1, w.t2)
    verstuurd()
    assert gesprekken(*mensen) == [[op_de_seconde(gesprek.moment_om)]] * 3
    w.herroep(besluit_van(traject), door=w.t1, reden="Vergissing.")
    assert verstuurd(traject.kandidaat.email) == [*TERUG, weg(gesprek)]
    assert gesprekken(*mensen) == [[], [], []]
    nalopen(traject)
    assert verstuurd() == []  # once


def test_een_ander_moment_verzet_de_afspraak_in_de_agenda(w):
    traject = w.verschil()
    eerst = w.plan_gesprek(traject)
    verstuurd()
    later = timezone.now().replace(microsecond=0) + dt.timedelta(days=9)
    selectie.gesprek_voorstellen(gesprek_van(traject), door=w.t1, momenten=[(later, "Zwolle")])
    assert weg(eerst) in verstuurd(traject.kandidaat.email)
    assert gesprekken(traject.kandidaat) == [[]]
    gesprek = gesprek_van(traject)
    selectie.moment_kiezen(gesprek, door=traject.kandidaat, moment=gesprek.momenten.get().pk)
    assert staat_op(later) in verstuurd(traject.kandidaat.email)
    assert gesprekken(traject.kandidaat, w.t1) == [[later], [later]]


def test_wie_nooit_hoorde_dat_het_gepland_was_hoort_niet_dat_het_niet_doorgaat(w):
    traject = w.verschil()
    verstuurd()
    w.plan_gesprek(traject)
    w.herroep(besluit_van(traject), door=w.t1, reden="Vergissing.")
    assert not [zin for zin in verstuurd() if "esprek" in zin]


def test_stoppen_zegt_het_gesprek_af_en_terugkomen_zet_het_er_weer_in(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    verstuurd()
    traject_stoppen(traject, door=traject.kandidaat)
    verstuurd()
    assert gesprekken(traject.kandidaat, w.t2) == [[], []]
    traject_hervatten(traject, door=traject.kandidaat)
    verstuurd()
    assert gesprekken(traject.kandidaat, w.t2) == [[op_de_seconde(gesprek.moment_om)]] * 2


def test_een_vervangen_trainer_heeft_het_gesprek_niet_meer_in_de_agenda(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    verstuurd()
    mening = mening_van(traject, w.t2)
    type(mening).objects.filter(pk=mening.pk).update(ontheven_om=timezone.now())
    nalopen(traject)
    assert verstuurd(w.t2.email) == [weg(gesprek)]
    assert gesprekken(w.t2, w.t1) == [[], [op_de_seconde(gesprek.moment_om)]]


def test_na_een_storing_wint_het_laatste_bericht(w):
    """The first try failed and comes back later than what overtook it."""
    traject = w.verschil()
    w.plan_gesprek(traject)
    eerst = Bericht.objects.get(soort="gesprek_gepland")
    Bericht.objects.filter(pk=eerst.pk).update(pogingen=1, klaar_om=timezone.now() + dt.timedelta(minutes=20))
    later = timezone.now().replace(microsecond=0) + dt.timedelta(days=9)
    selectie.gesprek_voorstellen(gesprek_van(traject), door=w.t1, momenten=[(later, "Zwolle")])
    gesprek = gesprek_van(traject)
    selectie.moment_kiezen(gesprek, door=traject.kandidaat, moment=gesprek.momenten.get().pk)
    assert verstuurd(traject.kandidaat.email).count(staat_op(gesprek_van(traject).moment_om)) == 1
    Bericht.objects.filter(pk=eerst.pk).update(klaar_om=timezone.now())
    assert verstuurd(traject.kandidaat.email) == []
    assert gesprekken(traject.kandidaat) == [[later]]


def test_opnieuw_sturen_stuurt_niets_dat_niet_meer_klopt(w):
    traject = w.traject(7)
    bericht = Bericht.objects.get(soort="samen_ja")
    Bericht.objects.filter(pk=bericht.pk).update(onzeker_om=timezone.now(), bezig_om=timezone.now())
    w.herroep(besluit_van(traject), door=w.t1, reden="Vergissing.")
    bericht.refresh_from_db()
    if bericht.vervallen_om is None:
        bericht_opnieuw(bericht, door=w.bureau)
    assert "Jullie zeggen samen: het past" not in verstuurd()


def test_een_teruggehaald_verslag_bevestigt_niet_dat_het_er_is(w):
    traject = w.traject(6)
    selectie.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
    assert "Je verslag is aangekomen" not in verstuurd(traject.kandidaat.email)


def test_elk_feit_wijst_naar_een_model_en_elk_tegendeel_bestaat(w):
    for soort, feit in feiten().items():
        assert feit.klopt(Bericht(soort=soort, feit=1, aan=w.t1)) in (True, False)
        assert not feit.af or feiten()[feit.af].reeks == feit.reeks, soort
        assert set(feit.zegt_alles) <= set(feiten()), soort
