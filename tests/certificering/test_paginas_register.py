"""The pages of registration, the report after EK2 and the certificate over HTTP."""

import datetime as dt

from django.urls import reverse

from certificering import handelingen as H
from certificering.models import Certificaat, Registratie, Registratiestand, Scopeverslag
from lms.kern.models import Journaalregel
from tests.certificering.hulp import gezien, stuur, tekst
from tests.fabrieken import certificaat_van, scopeverslag_van

# --- registration -----------------------------------------------------------------------------------------------------


def test_registration_forms(w, als):
    t = w.traject(9)
    adres = reverse("regio_registratie", args=[t.registratie.pk])
    stuur(als(w.rm), adres, "beschikbaar", beschikbaar="vanaf", beschikbaar_vanaf="2030-01-05")
    assert Registratie.objects.get().beschikbaar_vanaf == dt.date(2030, 1, 5)
    assert "Vul in vanaf welke dag." in tekst(stuur(als(w.rm), adres, "beschikbaar", beschikbaar="vanaf"))
    stuur(als(w.rm), adres, "regio_erbij", regio=w.zuid.pk)
    assert "Die regio staat er al." in tekst(stuur(als(w.rm), adres, "regio_erbij", regio=w.zuid.pk))
    stuur(als(w.rm), adres, "stand", stand="slapend", waarom="na een gesprek")
    assert Registratiestand.objects.get(tot=None).stand == "slapend"


# --- report after EK2 -------------------------------------------------------------------------------------------------


def test_ek2_report_autosave_check_and_send(w, als):
    t = w.na_ek2()
    client, adres = als(t.kandidaat), reverse("mijn_verslag_ek2")
    velden = {
        "herstel": "ja",
        "herstel_waarom": "Ik zie beide kanten.",
        "groep": "",
        "groep_waarom": "",
        "wijziging": 0,
    }
    antwoord = client.post(adres, velden, headers={"X-Requested-With": "fetch"})
    assert (antwoord.status_code, antwoord.json()["wijziging"]) == (200, 1)
    assert antwoord.json()["tekst"].startswith("Bewaard om")
    botst = client.post(adres, {**velden, "herstel_waarom": "andere tab"}, headers={"X-Requested-With": "fetch"})
    assert (botst.status_code, "tekst" in botst.json()) == (409, True)
    pagina = client.post(adres, {**velden, "herstel_waarom": "kanarie-tab"})
    assert (
        pagina.status_code,
        "kanarie-tab" in pagina.content.decode(),
        "Ik zie beide kanten." in pagina.content.decode(),
    ) == (
        409,
        True,
        True,
    )
    client.post(adres, {**velden, "wijziging": 1, "nakijken": "1"})
    nakijken = reverse("mijn_verslag_ek2_nakijken")
    assert "Kies of groep of buurt bij je past." in tekst(client.post(nakijken, gezien(client, nakijken)))
    client.post(adres, {**velden, "groep": "nee", "wijziging": 2, "nakijken": "1"})
    assert "Je verslag is verstuurd" in tekst(client.post(nakijken, gezien(client, nakijken), follow=True))
    assert Scopeverslag.objects.get().verstuurd_om is not None
    assert "We passen het register aan" in tekst(client.get(adres))


def test_ek2_report_before_ek2_says_when(w, als):
    t = w.traject(9)
    assert "Je schrijft dit verslag na de training EK2." in tekst(als(t.kandidaat).get(reverse("mijn_verslag_ek2")))
    antwoord = als(t.kandidaat).post(reverse("mijn_verslag_ek2"), {"herstel": "ja"})
    assert (antwoord.status_code, Scopeverslag.objects.count()) == (409, 0)


def test_trainer_answers_and_reading_is_journaled(w, als):
    t = w.na_ek2()
    H.scopeverslag_bewaren(t, door=t.kandidaat, herstel=True, herstel_waarom="kanarie-waarom", groep=False)
    verslag = H.scopeverslag_sturen(scopeverslag_van(t), door=t.kandidaat)
    adres = reverse("trainer_scopeverslag", args=[verslag.pk])
    assert "kanarie-waarom" in tekst(als(w.t1).get(adres))
    assert (
        Journaalregel.objects.filter(handeling="inzage", door=w.t1, traject=t, gegevens__wat="scopeverslag").count()
        == 1
    )
    als(w.t1).post(adres, {"tekst": "Mooi gekozen."})
    assert "Mooi gekozen." in tekst(als(t.kandidaat).get(reverse("mijn_verslag_ek2")))
    antwoord = als(w.bureau).post(reverse("bureau_scope", args=[t.pk]), follow=True)
    assert "Het register is aangepast." in tekst(antwoord)
    assert "Er is geen verslag dat wacht" in tekst(als(w.bureau).get(reverse("bureau_scope", args=[t.pk])))


# --- certificate ------------------------------------------------------------------------------------------------------


def test_what_is_missing_before_the_certificate(w, als):
    pagina = tekst(als(w.traject(5).kandidaat).get(reverse("mijn_certificaat")))
    for titel in ("Verslag schrijven", "Samen besluiten", "Je eerste conferentie", "Evaluatie"):
        assert titel in pagina
    assert "Informatiebijeenkomst" not in pagina


def test_welcome_page_has_the_promises_and_no_empty_line(w, als):
    pagina = tekst(als(w.traject(9).kandidaat).get(reverse("mijn_certificaat")))
    for woord in (
        "visitekaartjes",
        "e-mailaccount",
        "honorarium",
        "coaching",
        "bijeenkomsten in je regio",
        "studiedagen",
        "online workshops",
        "helpdesk",
    ):
        assert woord in pagina
    assert "digitale" not in pagina


def test_welcome_line_from_the_setting(w, als):
    from lms.kern.models import Instelling

    t = w.traject(9)
    Instelling.objects.create(code="welkom_digitaal", waarde="een digitale leeromgeving;")
    assert "een digitale leeromgeving;" in tekst(als(t.kandidaat).get(reverse("mijn_certificaat")))


def test_older_coordinator_has_a_page_without_pdf(w, als):
    t = w.ouder(geteld=3)
    assert "van vóór dit systeem" in tekst(als(t.kandidaat).get(reverse("mijn_certificaat")))
    assert als(t.kandidaat).get(reverse("mijn_certificaat_pdf")).status_code == 404
    assert als(t.kandidaat).get(reverse("mijn_conferenties")).status_code == 200
    assert als(t.kandidaat).get(reverse("mijn_conferentie", args=[1])).status_code == 200


def test_bureau_ends_a_certificate_with_a_reason(w, als):
    t = w.traject(9)
    adres = reverse("bureau_certificaat", args=[Certificaat.objects.get().nummer])
    assert "geldig" in tekst(als(w.bureau).get(adres)).lower()
    antwoord = stuur(als(w.bureau), adres, "intrekken", waarom="")
    assert (Certificaat.objects.get().einde, antwoord.status_code) == ("", 200)
    assert "ingetrokken" in tekst(stuur(als(w.bureau), adres, "intrekken", waarom="kanarie-reden"))
    assert "kanarie-reden" not in als(t.kandidaat).get(reverse("mijn_certificaat")).content.decode()
    assert "ingetrokken" in tekst(als(t.kandidaat).get(reverse("mijn_certificaat")))


def test_old_number_never_acts_on_the_new_certificate(w, als):
    t = w.traject(9)
    oud = Certificaat.objects.get()
    H.certificaat_vervangen(certificaat_van(t), door=w.bureau, waarom="naam")
    stuur(als(w.bureau), reverse("bureau_certificaat", args=[oud.nummer]), "intrekken", waarom="vergissing")
    assert Certificaat.objects.filter(einde="").count() == 1
