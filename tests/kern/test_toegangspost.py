"""Mail about a way in: at once, at any hour, to the address of that moment, and never untrue."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.kern import handelingen
from lms.kern.berichten.woorden import WOORDEN
from lms.kern.models import Bericht, Gebruiker, Toegangsvoorstel
from tests.fabrieken import WACHTWOORD, persoon
from tests.kern.test_toegang import NIEUW, SOORTEN, klaar_voor, klant, voorstellen
from tests.lezen import leesbaar
from tests.post import bezorgd

NACHT = dt.datetime(2026, 11, 26, 1, 0, tzinfo=dt.UTC)
TELEFOON = "038 - 422 25 26"


@pytest.fixture
def w(w):
    w.bureau2 = persoon("bureau2", "bureau")
    return w


def post():
    return [(m.to[0], m.subject) for m in bezorgd()]


def test_de_waarschuwing_gaat_meteen_ook_in_de_nacht_naar_het_oude_adres(w):
    with time_machine.travel(NACHT):
        rij = voorstellen(w.t1, "adres_wijzigen", door=w.bureau)
        assert post() == [("trainer1@demo.example", "Er is iets gevraagd over hoe je inlogt")]
        assert "e-mailadres veranderen" in mail.outbox[0].body
        handelingen.toegang_bevestigen(w.t1, door=w.bureau2, voorstel=rij.pk)
        veranderd = "Je e-mailadres is veranderd"
        assert sorted(post()[1:]) == [(NIEUW, veranderd), ("trainer1@demo.example", veranderd)]
    assert Bericht.objects.filter(soort__startswith="toegang", voorrang=False).count() == 0


@pytest.mark.parametrize("soort", SOORTEN)
def test_wat_gebeurd_is_staat_meteen_in_een_mail_met_ons_nummer(w, soort):
    mens = w.traject(2).kandidaat
    klaar_voor(mens, soort)
    with time_machine.travel(NACHT):
        voorstellen(mens, soort, door=w.bureau)
        bezorgd()
    assert {m.to[0] for m in mail.outbox} == ({NIEUW, mens.email} if soort == "adres_wijzigen" else {mens.email})
    assert all(TELEFOON in m.body and f"Dag {mens.voornaam}," in m.body for m in mail.outbox)


@pytest.mark.parametrize("hoe", ["bevestigd", "ingetrokken", "ingehaald"])
def test_een_waarschuwing_die_nog_wacht_vervalt_als_zij_niet_meer_klopt(w, hoe):
    rij = voorstellen(w.t1, "blokkeren", door=w.bureau)
    oud = Bericht.objects.get(soort="toegang_voorgesteld")
    if hoe == "bevestigd":
        handelingen.toegang_bevestigen(w.t1, door=w.bureau2, voorstel=rij.pk)
    elif hoe == "ingetrokken":
        handelingen.toegang_intrekken(w.t1, door=w.bureau, voorstel=rij.pk)
    else:
        voorstellen(w.t1, "adres_wijzigen", door=w.bureau)
    oud.refresh_from_db()
    assert oud.vervallen_om
    assert [onderwerp for _, onderwerp in post()] == {
        "bevestigd": ["Je kunt nu niet inloggen"], "ingetrokken": [],
        "ingehaald": ["Er is iets gevraagd over hoe je inlogt"]
    }[hoe]  # fmt: skip


def test_wie_twee_keer_een_ander_adres_krijgt_hoort_het_op_elk_oud_adres(w):
    mens = w.traject(2).kandidaat
    oud = mens.email
    voorstellen(mens, "adres_wijzigen", door=w.bureau)
    voorstellen(Gebruiker.objects.get(pk=mens.pk), "adres_wijzigen", door=w.bureau, nieuw="derde@demo.example")
    assert {adres for adres, _ in post()} == {oud, NIEUW, "derde@demo.example"}


def test_een_nieuwe_collega_krijgt_een_mail_die_zegt_hoe_je_inlogt(w):
    with time_machine.travel(NACHT):
        handelingen.medewerker_maken(
            door=w.bureau, voornaam="Noor", achternaam="Vos", email="noor@demo.example", rol="trainer"
        )
        assert [adres for adres, _ in post()] == ["noor@demo.example"]
    brief = mail.outbox[0]
    assert "Welkom" in brief.subject
    for deel in ("Dag Noor,", "trainer", "/inloggen/", "Mail mij een code", TELEFOON):
        assert deel in brief.body


# --- who is blocked
# ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pad", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_wie_geblokkeerd_is_hoort_dat_in_een_eigen_mail_en_het_scherm_verraadt_niets(w, pad):
    Gebruiker.objects.filter(pk=w.t1.pk).update(is_active=False)
    schermen = []
    for adres in (w.t1.email, w.t2.email, "niemand@demo.example"):
        antwoord = Client().post(pad, {"email": adres}, follow=True)
        html = leesbaar(antwoord).split("<main")[1].replace(adres, "ADRES")
        schermen.append((antwoord.redirect_chain, html.split("csrfmiddlewaretoken")[0]))
    assert schermen[0] == schermen[1] == schermen[2]
    geblokkeerd, _, onbekend = bezorgd()
    assert (geblokkeerd.to, geblokkeerd.subject) == ([w.t1.email], "Inloggen kan nu niet")
    assert TELEFOON in geblokkeerd.body
    assert "We kennen dit adres niet" not in geblokkeerd.body
    assert "We kennen dit adres niet" in onbekend.body


# --- the pages
# --------------------------------------------------------------------------------------------------------------------


def test_een_adres_van_een_ander_wordt_geweigerd_bij_het_veld_voor_het_nakijken(w):
    pad = f"/bureau/mensen/{w.t1.pk}/toegang/adres_wijzigen/"
    html = leesbaar(
        klant(w.bureau).post(pad, {"nieuw_adres": " Trainer2@demo.example", "waarom": "x", "daad": "nakijken"})
    )
    assert "hoort al bij iemand anders" in html
    assert 'value="nakijken"' in html
    assert 'value="doen"' not in html
    html = leesbaar(
        klant(w.bureau).post(pad, {"nieuw_adres": "<mailto:Nieuw@demo.example>", "waarom": "x", "daad": "nakijken"})
    )
    assert "nieuw@demo.example" in html
    assert 'value="doen"' in html


def test_wie_het_zelf_voorstelde_ziet_het_niet_als_werk_dat_wacht(w):
    voorstellen(w.t1, "blokkeren", door=w.bureau)
    assert "er wacht één voorstel" not in leesbaar(klant(w.bureau).get("/bureau/"))
    assert "er wacht één voorstel" in leesbaar(klant(w.bureau2).get("/bureau/"))
    zelf, ander = (leesbaar(klant(mens).get("/bureau/toegang/")) for mens in (w.bureau, w.bureau2))
    assert ("Wacht op een collega" in zelf, "Wacht op een collega" in ander) == (True, False)


@pytest.mark.parametrize(
    ("soort", "zin"),
    [("blokkeren", "Trainer1 kan niet meer inloggen"), ("adres_wijzigen",
    "Trainer1 logt voortaan in met nieuw@demo.example"),
     ("tweede_stap_weg", "De tweede stap van Trainer1 is weggehaald"), ("deblokkeren", "Trainer1 kan weer inloggen")],
)  # fmt: skip
def test_na_het_bevestigen_zegt_de_pagina_wat_er_gebeurde_en_de_oude_link_door_wie(w, soort, zin):
    klaar_voor(w.t1, soort)
    rij = voorstellen(w.t1, soort, door=w.bureau)
    twee = klant(w.bureau2)
    assert zin in leesbaar(twee.post(f"/bureau/toegang/{rij.pk}/", {"daad": "bevestigen"}, follow=True))
    html = leesbaar(klant(w.bureau).get(f"/bureau/toegang/{rij.pk}/"))
    assert "Bevestigd door Bureau2 Jansen" in html
    assert "<form" not in html.split("<main")[1]
    assert klant(w.t1).get(f"/bureau/toegang/{rij.pk}/").status_code in (302, 403)


def test_een_ingetrokken_of_verlopen_voorstel_zegt_dat(w):
    rij = voorstellen(w.t1, "blokkeren", door=w.bureau)
    handelingen.toegang_intrekken(w.t1, door=w.bureau2, voorstel=rij.pk)
    assert "Ingetrokken door Bureau2 Jansen" in leesbaar(klant(w.bureau).get(f"/bureau/toegang/{rij.pk}/"))
    rij = voorstellen(w.t1, "blokkeren", door=w.bureau)
    Toegangsvoorstel.objects.filter(pk=rij.pk).update(tot=timezone.now())
    assert "niet op tijd bevestigd" in leesbaar(klant(w.bureau).get(f"/bureau/toegang/{rij.pk}/"))


def test_de_lijst_van_berichten_spreekt_in_woorden(w):
    """No code of a template is ever a text for people."""
    voorstellen(w.t1, "blokkeren", door=w.bureau)
    for soort in (
        "dagbericht",
        "beurt_is_er_niet_meer",
        "toegang_tweede_stap_weg",
        "agenda_geplaatst",
        "beurt_cv_lezen",
        "trainers_stil",
    ):
        Bericht.objects.create(aan=w.t1, soort=soort, sleutel=soort)
    html = leesbaar(klant(w.bureau).get("/bureau/berichten/")).split("<main")[1]
    assert [
        woord for woord in html.replace("<", " ").replace(">", " ").split() if "_" in woord and "=" not in woord
    ] == []
    assert "codes" in html.split("<table")[0]


ALTIJD_ACCOUNTMAIL = {f"aanmelding_{deel}" for deel in ("bekend", "code", "bevestigen", "bewaard")}
ALTIJD_ACCOUNTMAIL |= {f"belangstelling_{deel}" for deel in ("bekend", "bevestigen")}


def test_elke_mail_heeft_woorden_voor_de_lijst(settings):
    sjablonen = {
        pad.stem
        for pad in (settings.BASE_DIR / "templates" / "berichten").glob("*.txt")
        if not pad.stem.startswith(("beurt", "_"))  # a part of others begins with _
    }
    assert sjablonen - ALTIJD_ACCOUNTMAIL == set(WOORDEN)


def test_een_wachtwoord_kiezen_leidt_naar_mijn_account_met_een_zin(w):
    client = Client()
    client.post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD})
    velden = {"oldpassword": WACHTWOORD, "password1": "zeven-groene-fietsen", "password2": "zeven-groene-fietsen"}
    antwoord = client.post("/accounts/password/change/", velden, follow=True)
    assert antwoord.redirect_chain[-1][0] == "/account/"
    assert "Je wachtwoord is veranderd" in leesbaar(antwoord)
    Gebruiker.objects.filter(pk=w.t2.pk).update(password="!")
    client = klant(Gebruiker.objects.get(pk=w.t2.pk))
    antwoord = client.post("/accounts/password/set/", {k: velden[k] for k in ("password1", "password2")}, follow=True)
    assert antwoord.redirect_chain[-1][0] == "/account/"
    assert "Je wachtwoord is bewaard" in leesbaar(antwoord)
