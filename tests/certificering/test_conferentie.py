"""Asking for a conference, its record, counting it: invariant 3 and the turns around it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from certificering import handelingen as H
from certificering.models import Conferentie, Evaluatie
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht, Beurt, Gebruiker, Rolvervulling
from selectie import handelingen as selectie
from tests.fabrieken import registratie_van, staat

VANDAAG = timezone.localdate


def vers(gebruiker):
    """The same person with roles read again."""
    return Gebruiker.objects.get(pk=gebruiker.pk)


@pytest.fixture
def klaar(w):
    """A candidate with an open gate."""
    traject = w.traject(7)
    w.poort(traject)
    return traject


@pytest.fixture
def gevraagd(w, klaar):
    return klaar, H.conferentie_vragen(klaar, door=w.rm, referentie="EKC-1")


def test_no_conference_before_the_gate(w):
    traject = w.traject(7)
    with pytest.raises(ValidationError, match="VOG"):
        H.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")
    selectie.vog_vastleggen(traject, door=w.bureau, afgegeven_op=VANDAAG())
    with pytest.raises(ValidationError, match="onafhankelijk"):
        H.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")
    assert Conferentie.objects.count() == 0
    selectie.onafhankelijk_bevestigen(traject, door=traject.kandidaat)
    H.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")
    assert staat(traject) == (8, ["conferentie_houden:kandidaat"])


@pytest.mark.parametrize("tot", range(7))
def test_no_conference_before_a_mutual_yes(w, tot):
    traject = w.traject(tot)
    with pytest.raises(ValidationError, match="wederzijds besluit"):
        H.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")
    assert Conferentie.objects.count() == 0


def test_no_conference_after_a_difference(w):
    traject = w.verschil()
    with pytest.raises(ValidationError, match="wederzijds besluit"):
        H.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")


def test_regiomanager_of_another_region_may_not_ask(w, klaar):
    with pytest.raises(Geweigerd):
        H.conferentie_vragen(klaar, door=w.rm2, referentie="EKC-1")
    assert Conferentie.objects.count() == 0


def test_sight_as_trainer_is_no_right_as_regiomanager(w):
    """Zuid's regiomanager is also trainer of a Noord candidate: sees the traject, may not ask as regiomanager."""
    Rolvervulling.objects.create(gebruiker=w.t1, rol="regiomanager", regio=w.zuid, van=dt.date(2020, 1, 1))
    traject = w.traject(7)
    w.poort(traject)
    with pytest.raises(Geweigerd):
        H.conferentie_vragen(traject, door=vers(w.t1), referentie="EKC-1")


def test_one_first_conference_at_a_time(w, gevraagd):
    traject, _ = gevraagd
    with pytest.raises(ValidationError, match="loopt al"):
        H.conferentie_vragen(traject, door=w.rm, referentie="EKC-2")


def test_candidate_gets_familie_only(w, klaar):
    with pytest.raises(ValidationError, match="geen conferenties"):
        H.conferentie_vragen(klaar, door=w.rm, referentie="EKC-1", variant="herstel")


def test_asking_tells_the_candidate(w, gevraagd):
    traject, _ = gevraagd
    assert (
        Bericht.objects.filter(aan=traject.kandidaat, soort="beurt_conferentie_houden", vervallen_om=None).count() == 1
    )


def test_record_sets_the_four_weeks_date(w, gevraagd):
    traject, conferentie = gevraagd
    H.conferentie_vastleggen(conferentie, door=traject.kandidaat, uitkomst="met_plan", gehouden_op=VANDAAG(), kring=9)
    conferentie.refresh_from_db()
    assert (conferentie.nazorg_vanaf, conferentie.kring) == (VANDAAG() + dt.timedelta(days=28), 9)
    assert staat(traject) == (8, ["conferentie_tellen:regiomanager", "nazorg_doen:kandidaat"])
    assert Beurt.objects.get(code="nazorg_doen").vanaf == VANDAAG() + dt.timedelta(days=28)
    assert not Bericht.objects.filter(soort="beurt_nazorg_doen").exists()


@pytest.mark.parametrize(
    ("uitkomst", "dagen", "zin"),
    [
        ("met_plan", None, "Vul de datum"),
        ("met_plan", 1, "nog niet geweest"),
        ("plan_volgt", -400, "vóór de dag"),
        ("gestopt", 0, "geen bijeenkomst"),
        ("zonder_bijeenkomst", 0, "geen bijeenkomst"),
        ("", None, "Kies hoe"),
        ("onzin", None, "Kies hoe"),
    ],
)
def test_record_refuses_what_does_not_fit(w, gevraagd, uitkomst, dagen, zin):
    traject, conferentie = gevraagd
    datum = None if dagen is None else VANDAAG() + dt.timedelta(days=dagen)
    with pytest.raises(ValidationError, match=zin):
        H.conferentie_vastleggen(conferentie, door=traject.kandidaat, uitkomst=uitkomst, gehouden_op=datum)
    conferentie.refresh_from_db()
    assert conferentie.vastgelegd_om is None


def test_record_of_another_traject_is_refused(w, gevraagd):
    _, conferentie = gevraagd
    ander = w.traject(8)
    with pytest.raises(Geweigerd):
        H.conferentie_vastleggen(conferentie, door=ander.kandidaat, uitkomst="gestopt")


def test_stopped_preparation_does_not_count_and_asks_again(w, gevraagd):
    traject, conferentie = gevraagd
    H.conferentie_vastleggen(conferentie, door=traject.kandidaat, uitkomst="gestopt")
    with pytest.raises(ValidationError, match="telt niet mee"):
        H.conferentie_tellen(conferentie, door=w.rm, telt_mee=True, waarom="toch")
    H.conferentie_tellen(conferentie, door=w.rm, telt_mee=False, waarom="gestopt")
    assert staat(traject) == (8, ["conferentie_vragen:regiomanager"])


def test_plan_without_meeting_counts_only_with_a_reason(w, gevraagd):
    traject, conferentie = gevraagd
    H.conferentie_vastleggen(conferentie, door=traject.kandidaat, uitkomst="zonder_bijeenkomst")
    with pytest.raises(ValidationError, match="toch meetelt"):
        H.conferentie_tellen(conferentie, door=w.rm, telt_mee=True)
    H.conferentie_tellen(conferentie, door=w.rm, telt_mee=True, waarom="De kring maakte samen een plan.")
    assert staat(traject) == (9, ["evaluatie_kandidaat:kandidaat", "evaluatie_regiomanager:regiomanager"])


def test_counting_before_the_record_is_refused(w, gevraagd):
    traject, conferentie = gevraagd
    with pytest.raises(ValidationError, match="Wacht"):
        H.conferentie_tellen(conferentie, door=w.rm, telt_mee=True)


def test_no_needs_a_reason(w, gevraagd):
    traject, conferentie = gevraagd
    H.conferentie_vastleggen(conferentie, door=traject.kandidaat, uitkomst="met_plan", gehouden_op=VANDAAG())
    with pytest.raises(ValidationError, match="waarom"):
        H.conferentie_tellen(conferentie, door=w.rm, telt_mee=False, waarom="  ")


def test_candidate_does_not_count_the_own_conference(w, gevraagd):
    traject, conferentie = gevraagd
    H.conferentie_vastleggen(conferentie, door=traject.kandidaat, uitkomst="met_plan", gehouden_op=VANDAAG())
    with pytest.raises(Geweigerd):
        H.conferentie_tellen(conferentie, door=traject.kandidaat, telt_mee=True)


def test_not_counted_waits_for_another(w, klaar):
    w.conferentie(klaar, telt=False)
    assert staat(klaar) == (8, ["conferentie_vragen:regiomanager", "nazorg_doen:kandidaat"])
    w.conferentie(klaar)
    assert staat(klaar) == (
        9,
        ["evaluatie_kandidaat:kandidaat", "evaluatie_regiomanager:regiomanager", "nazorg_doen:kandidaat"],
    )


def test_counted_conference_cannot_be_recorded_again(w, klaar):
    conferentie = w.conferentie(klaar)
    with pytest.raises(ValidationError, match="al gekeken"):
        H.conferentie_vastleggen(conferentie, door=klaar.kandidaat, uitkomst="gestopt")
    with pytest.raises(ValidationError, match="al naar gekeken"):
        H.conferentie_tellen(conferentie, door=w.rm, telt_mee=False, waarom="toch niet")


def test_coordinator_answers_and_bureau_reviews(w, klaar):
    conferentie = w.conferentie(klaar, telt=False)
    H.telling_beantwoorden(conferentie, door=klaar.kandidaat, reactie="Er was wel een plan.")
    n = Bericht.objects.count()
    with pytest.raises(ValidationError, match="waarom"):
        H.telling_herzien(conferentie, door=w.bureau, telt_mee=True)
    with pytest.raises(Geweigerd):
        H.telling_herzien(conferentie, door=w.rm, telt_mee=True, reden="ik bedenk me")
    H.telling_herzien(conferentie, door=w.bureau, telt_mee=True, reden="De coördinator heeft gelijk.")
    conferentie.refresh_from_db()
    assert (conferentie.telt_mee, conferentie.telt_reactie) == (True, "Er was wel een plan.")
    assert staat(klaar)[0] == 9
    assert Bericht.objects.count() == n  # a correction sends no "next step" mail


def test_review_to_no_takes_the_untouched_evaluation_away(w, klaar):
    conferentie = w.conferentie(klaar)
    H.telling_herzien(conferentie, door=w.bureau, telt_mee=False, reden="vergissing")
    assert not Evaluatie.objects.exists()
    assert staat(klaar) == (8, ["conferentie_vragen:regiomanager", "nazorg_doen:kandidaat"])


def test_review_to_no_keeps_what_was_written(w):
    traject = w.traject(8)
    w.stemmen(traject)
    with pytest.raises(ValidationError, match="al begonnen"):
        H.telling_herzien(traject.conferenties.get(), door=w.bureau, telt_mee=False, reden="vergissing")
    assert Evaluatie.objects.get().kandidaat_tekst == "Het ging goed."


def test_review_under_a_certificate_is_refused(w):
    traject = w.traject(9)
    with pytest.raises(ValidationError, match="certificaat"):
        H.telling_herzien(traject.conferenties.get(), door=w.bureau, telt_mee=False, reden="vergissing")


def test_four_weeks_contact(w):
    traject = w.traject(8)
    conferentie = traject.conferenties.get()
    with pytest.raises(ValidationError, match="nog niet geweest"):
        H.nazorg_vastleggen(conferentie, door=traject.kandidaat, nazorg_op=VANDAAG() + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="vóór de bijeenkomst"):
        H.nazorg_vastleggen(conferentie, door=traject.kandidaat, nazorg_op=VANDAAG())
    Conferentie.objects.update(gehouden_op=VANDAAG() - dt.timedelta(days=28))
    H.nazorg_vastleggen(conferentie, door=traject.kandidaat, nazorg_op=VANDAAG())
    assert "nazorg_doen:kandidaat" not in staat(traject)[1]


def test_coordinator_may_have_two_at_once(w):
    traject = w.traject(9)
    for nr in (1, 2):
        H.conferentie_vragen(traject, door=w.rm, referentie=f"EKC-{nr}")
    assert traject.conferenties.lopend().count() == 2


def test_suspended_coordinator_is_not_asked(w):
    traject = w.traject(9)
    H.registratiestand_zetten(registratie_van(traject), door=w.rm, stand="geschorst", waarom="belang bij de uitkomst")
    with pytest.raises(ValidationError, match="niet als geregistreerd"):
        H.conferentie_vragen(traject, door=w.rm, referentie="EKC-9")


def test_visibility_of_conferences(w):
    traject, ander = w.traject(8), w.traject(8, regio=w.zuid)
    eigen = traject.conferenties.get()
    zicht = {
        naam: set(Conferentie.objects.zichtbaar_voor(wie))
        for naam, wie in {
            "kandidaat": traject.kandidaat,
            "rm": w.rm,
            "rm2": w.rm2,
            "trainer": w.t1,
            "bureau": w.bureau,
        }.items()
    }
    assert zicht == {
        "kandidaat": {eigen},
        "rm": {eigen},
        "rm2": {ander.conferenties.get()},
        "trainer": set(),
        "bureau": {eigen, ander.conferenties.get()},
    }
    assert set(Conferentie.objects.te_begeleiden(traject.kandidaat)) == set()
