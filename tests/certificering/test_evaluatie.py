"""Two voices, the conversation, agreement, and one certificate: invariants 1 and 4."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificering import handelingen as H
from certificering.handelingen import certificaat as certificaatflow
from certificering.models import Certificaat, Evaluatie, Registratie, Registratiestand, Scope, Werkgebied
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht, Journaalregel, Toestemming
from tests.fabrieken import evaluatie_van, staat

VANDAAG = timezone.localdate
NAZORG = "nazorg_doen:kandidaat"


@pytest.fixture
def t(w):
    """A counted first conference, evaluation open."""
    return w.traject(8)


def test_turns_of_the_evaluation(w, t):
    assert staat(t) == (9, ["evaluatie_kandidaat:kandidaat", "evaluatie_regiomanager:regiomanager", NAZORG])
    w.stemmen(t)
    assert staat(t) == (9, ["evaluatie_gesprek:regiomanager", NAZORG])
    w.evaluatiegesprek(t)
    assert staat(t) == (9, ["evaluatie_akkoord:kandidaat", NAZORG])
    H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=True)
    assert staat(t) == (9, ["evaluatie_afronden:regiomanager", NAZORG])
    H.evaluatie_afronden(evaluatie_van(t), door=w.rm)
    assert staat(t) == (9, [NAZORG, "tweede_conferentie:regiomanager"])


def test_positive_gives_everything_at_once(w, t):
    w.evalueer(t)
    certificaat, registratie = Certificaat.objects.get(), Registratie.objects.get()
    assert (certificaat.herkomst, certificaat.evaluatie.uitkomst, certificaat.uitgegeven_op) == (
        "systeem",
        "positief",
        VANDAAG(),
    )
    assert list(Registratiestand.objects.values_list("stand", "tot")) == [("geregistreerd", None)]
    assert list(Scope.objects.values_list("soort", "tot")) == [("familie", None)]
    assert list(Werkgebied.objects.values_list("regio", "thuis")) == [(w.noord.pk, True)]
    assert registratie.traject == certificaat.traject == t
    aan = set(Bericht.objects.filter(soort__startswith="certificaat").values_list("soort", "aan__email"))
    assert aan == {
        ("certificaat", t.kandidaat.email),
        ("certificaat_intern", w.rm.email),
        ("certificaat_intern", w.bureau.email),
    }


def test_snapshot_does_not_follow_a_later_change(w, t):
    w.evalueer(t)
    voor = dict(Certificaat.objects.get().gegevens)
    t.kandidaat.achternaam = "Anders"
    t.kandidaat.save()
    assert Certificaat.objects.get().gegevens == voor
    assert (voor["naam"], voor["voor"]) == (
        f"{t.kandidaat.voornaam} Jansen",
        "conferenties voor families en individuen",
    )


def test_number_has_the_31_characters():
    assert len(set(certificaatflow.TEKENS)) == 31
    assert not set(certificaatflow.TEKENS) & set("ILO01")


@pytest.mark.django_db
def test_number_has_its_form():
    for _ in range(50):
        nummer = certificaatflow.nieuw_nummer()
        kop, een, twee = nummer.split("-")
        assert (kop, len(een), len(twee), set(een + twee) <= set(certificaatflow.TEKENS)) == ("EK", 4, 4, True)


@pytest.mark.parametrize("stap", range(4))
def test_no_certificate_without_every_part(w, t, stap):
    """Invariant 1: leave the evaluation at every earlier point and try to close it."""
    if stap >= 1:
        H.evaluatie_kandidaat(evaluatie_van(t), door=t.kandidaat, taken={}, tekst="goed")
    if stap >= 2:
        H.evaluatie_regiomanager(evaluatie_van(t), door=w.rm, taken={}, tekst="goed")
    if stap >= 3:
        w.evaluatiegesprek(t)
    with pytest.raises(ValidationError):
        H.evaluatie_afronden(evaluatie_van(t), door=w.rm)
    assert (Certificaat.objects.count(), Registratie.objects.count()) == (0, 0)


def test_database_refuses_an_outcome_without_voices(t):
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluatie.objects.update(uitkomst="positief", vastgesteld_om=timezone.now())


def test_database_refuses_a_certificate_without_evaluation(t):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificaat.objects.create(traject=t, herkomst="systeem", nummer="EK-TEST-TEST", gegevens={})


@pytest.mark.parametrize("uitkomst", ["nog_niet", "past_niet"])
def test_no_certificate_on_another_outcome(w, t, uitkomst):
    w.evalueer(t, uitkomst)
    assert (Certificaat.objects.count(), Registratie.objects.count()) == (0, 0)


def test_killed_while_issuing_leaves_nothing(w, t, monkeypatch):
    """The process dies between registration and certificate: nothing at all is stored, and trying again works."""
    w.stemmen(t)
    w.evaluatiegesprek(t)
    H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=True)
    n = Journaalregel.objects.count()

    def breek(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(certificaatflow, "bericht_maken", breek)
        with pytest.raises(KeyboardInterrupt):
            H.evaluatie_afronden(evaluatie_van(t), door=w.rm)
    assert (
        Certificaat.objects.count(),
        Registratie.objects.count(),
        Scope.objects.count(),
        Werkgebied.objects.count(),
    ) == (0, 0, 0, 0)
    assert (Evaluatie.objects.get().uitkomst, Journaalregel.objects.count()) == ("", n)
    H.evaluatie_afronden(evaluatie_van(t), door=w.rm)
    assert Certificaat.objects.get().gegevens["naam"] == t.kandidaat.naam


def test_closing_twice_gives_one_certificate(w, t):
    w.evalueer(t)
    with pytest.raises(ValidationError, match="intussen veranderd"):
        H.evaluatie_afronden(evaluatie_van(t), door=w.rm)
    assert Certificaat.objects.count() == 1


def test_double_submit_gives_one_certificate(w, t):
    w.stemmen(t)
    w.evaluatiegesprek(t)
    H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=True)
    for _ in range(2):
        H.evaluatie_afronden(evaluatie_van(t), door=w.rm, verzoek_id="zelfde")
    assert Certificaat.objects.count() == 1


def test_conversation_waits_for_both_voices(w, t):
    H.evaluatie_regiomanager(evaluatie_van(t), door=w.rm, taken={}, tekst="goed")
    with pytest.raises(ValidationError, match="allebei"):
        w.evaluatiegesprek(t)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"voorstel": "nog_niet", "afspraken": " "}, "afgesproken"),
        ({"voorstel": "onzin"}, "Kies"),
    ],
)
def test_conversation_record_is_complete(w, t, velden, zin):
    w.stemmen(t)
    with pytest.raises(ValidationError, match=zin):
        w.evaluatiegesprek(t, **velden)


def test_conversation_is_not_in_the_future(w, t):
    w.stemmen(t)
    morgen = VANDAAG() + dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="nog niet geweest"):
        H.evaluatiegesprek_vastleggen(evaluatie_van(t), door=w.rm, gesprek_op=morgen, voorstel="positief")


@pytest.mark.parametrize("taken", [{"T01": "onzin"}, [], {"T01": "goed"}])
def test_voice_refuses_unknown_answers(t, taken):
    with pytest.raises(ValidationError):
        H.evaluatie_kandidaat(evaluatie_van(t), door=t.kandidaat, taken=taken, tekst="goed")


def test_voices_can_change_until_the_conversation(w, t):
    w.stemmen(t)
    H.evaluatie_kandidaat(evaluatie_van(t), door=t.kandidaat, taken={}, tekst="Ik denk er nu anders over.")
    w.evaluatiegesprek(t)
    with pytest.raises(ValidationError, match="al geweest"):
        H.evaluatie_kandidaat(evaluatie_van(t), door=t.kandidaat, taken={}, tekst="te laat")
    assert Evaluatie.objects.get().kandidaat_tekst == "Ik denk er nu anders over."


def test_each_has_only_the_own_voice(w, t):
    with pytest.raises(Geweigerd):
        H.evaluatie_kandidaat(evaluatie_van(t), door=w.rm, taken={}, tekst="namens")
    with pytest.raises(Geweigerd):
        H.evaluatie_regiomanager(evaluatie_van(t), door=t.kandidaat, taken={}, tekst="over mijzelf")
    with pytest.raises(Geweigerd):
        H.evaluatie_regiomanager(evaluatie_van(t), door=w.rm2, taken={}, tekst="andere regio")


def test_disagreement_asks_a_new_talk_with_somebody_else(w, t):
    w.stemmen(t)
    w.evaluatiegesprek(t, "nog_niet")
    with pytest.raises(ValidationError, match="niet mee eens"):
        H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=False)
    H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=False, tekst="Ik zie het anders.")
    assert staat(t) == (9, ["evaluatie_gesprek:regiomanager", NAZORG])
    with pytest.raises(ValidationError, match="wie er nog bij"):
        w.evaluatiegesprek(t, "positief")
    w.evaluatiegesprek(t, "positief", derde="Collega uit Utrecht")
    H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=True)
    H.evaluatie_afronden(evaluatie_van(t), door=w.rm)
    assert Certificaat.objects.count() == 1


def test_not_yet_asks_another_conference_and_evaluates_again(w, t):
    w.evalueer(t, "nog_niet")
    assert staat(t) == (9, ["conferentie_opnieuw:regiomanager", NAZORG])
    w.conferentie(t)
    assert Evaluatie.objects.filter(uitkomst="").count() == 1
    w.evalueer(t, "positief")
    assert (Certificaat.objects.count(), Certificaat.objects.get().evaluatie.conferentie) == (1, t.conferenties.last())
    assert "ek2_kiezen:kandidaat" in staat(t)[1]  # both counted, whatever the first evaluation


def test_does_not_fit_ends_when_the_candidate_confirms(w, t):
    w.evalueer(t, "past_niet")
    assert "evaluatie_past_niet:kandidaat" in staat(t)[1]
    with pytest.raises(ValidationError, match="past"):
        H.conferentie_vragen(t, door=w.rm, referentie="EKC-9")
    with pytest.raises(Geweigerd):
        H.traject_afronden(t, door=w.rm)
    H.traject_afronden(t, door=t.kandidaat, bewaren=True)
    t.refresh_from_db()
    assert (t.afsluiting, staat(t)[1]) == ("samen", [])
    assert Toestemming.objects.filter(gebruiker=t.kandidaat, waarvoor="bewaren").count() == 1


def test_ending_is_refused_without_that_outcome(w, t):
    with pytest.raises(ValidationError, match="samen zeggen"):
        H.traject_afronden(t, door=t.kandidaat)


def test_release_rule(w, t):
    w.stemmen(t)
    assert Evaluatie.objects.get().vrijgegeven is False
    w.evaluatiegesprek(t, "nog_niet")
    assert Evaluatie.objects.get().vrijgegeven is True
    H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=False, tekst="Ik zie het anders.")
    assert Evaluatie.objects.get().vrijgegeven is True


def test_no_text_of_the_regiomanager_in_journal_or_mail(w, t):
    w.stemmen(t)
    journaal = json.dumps(list(Journaalregel.objects.values("handeling", "reden_code", "gegevens")))
    berichten = json.dumps(list(Bericht.objects.values("soort", "sleutel", "onderwerp")))
    assert "kanarie-regiomanager" not in journaal + berichten
