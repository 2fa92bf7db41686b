"""The mails of certification: a subject, a link that works, and nothing sensitive in the body."""

import re

import pytest
from django.urls import resolve

from certificering import handelingen as H
from lms.kern.berichten import opmaken
from lms.kern.models import Bericht
from tests.fabrieken import certificaat_van, evaluatie_van, scopeverslag_van


def alle_teksten():
    return {(b.soort, b.aan.email): opmaken(b) for b in Bericht.objects.select_related("aan", "traject__kandidaat")}


@pytest.fixture
def heel(w):
    """Everything that can be mailed: certificate, evaluation, scope."""
    t = w.na_ek2()
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=True, herstel_waarom="kanarie-waarom", groep=False)
    H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    H.scopeverslag_beantwoorden(scopeverslag_van(t), door=w.t1, tekst="kanarie-reactie")
    H.scope_registreren(scopeverslag_van(t), door=w.bureau)
    ander = w.traject(8)
    w.evalueer(ander, "past_niet")
    H.traject_afronden(ander, door=ander.kandidaat)
    return t


def test_each_mail_has_subject_greeting_and_a_working_link(heel):
    teksten = alle_teksten()
    eigen = {soort for soort, _ in teksten} & {
        "certificaat",
        "certificaat_intern",
        "evaluatie_klaar",
        "scope_geregistreerd",
        "afgerond",
    }
    assert eigen == {"certificaat", "certificaat_intern", "evaluatie_klaar", "scope_geregistreerd", "afgerond"}
    for (soort, _), (onderwerp, tekst) in teksten.items():
        assert onderwerp
        assert tekst.startswith("Dag "), soort
        for pad in re.findall(r"https?://[^/\s]+(/\S*)", tekst):
            assert resolve(pad)


def test_no_mail_has_what_somebody_wrote_or_how_it_ended(heel):
    for (soort, _), (onderwerp, tekst) in alle_teksten().items():
        for woord in ("kanarie", "past niet", "nog niet", "herstel", "groep of buurt"):
            assert woord not in (onderwerp + tekst).lower(), (soort, woord)


def test_withdrawal_is_never_mailed(w):
    t = w.traject(9)
    n = Bericht.objects.count()
    H.certificaat_intrekken(certificaat_van(t), door=w.bureau, waarom="kanarie")
    assert Bericht.objects.count() == n


def test_who_has_no_address_gets_no_mail_and_still_the_certificate(w):
    t = w.traject(8)
    w.stemmen(t)
    w.evaluatiegesprek(t)
    H.evaluatie_akkoord(evaluatie_van(t), door=t.kandidaat, eens=True)
    t.kandidaat.email = None
    t.kandidaat.save()
    H.evaluatie_afronden(evaluatie_van(t), door=w.rm)
    assert t.certificaten.count() == 1
    assert not Bericht.objects.filter(soort="certificaat").exists()
