"""The second step: set up, asked per session, sealed, and no way around it."""

import re
import time

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.kern.geheim import ontsleutelen
from lms.kern.handelingen import rol_geven
from lms.kern.models import Gebruiker
from tests.fabrieken import WACHTWOORD, persoon
from tests.post import bezorgd

STAP = "/account/tweede-stap/"


@pytest.fixture(autouse=True)
def aan(settings, monkeypatch):
    """The second step is required here.

    A test never commits: what allauth does then runs at once (for real in tests/browser/test_tweede_stap.py). The
    half minute in which a code is good never ends between showing and typing it.
    """
    settings.LMS_TWEEDE_STAP = True
    monkeypatch.setattr(transaction, "on_commit", lambda functie, **opties: functie())
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([HALVE_MINUUT]))


HALVE_MINUUT = 59_000_000  # the period in which every test of this file stands


def code_van(geheim, verder=0):
    """The code that an app shows now, or `verder` periods later."""
    return format_hotp_value(hotp_value(geheim, HALVE_MINUUT + verder))


def ingelogd(mens, **opties):
    """A browser in which somebody typed address and password."""
    client = Client(**opties)
    client.antwoord = client.post(
        "/inloggen/", {"login": mens.email, "password": WACHTWOORD, "next": opties.pop("next", "")}
    )
    return client


def klaargezet(client):
    """Set up the app through the pages. Returns its secret."""
    html = client.get(STAP + "app/").content.decode()
    geheim = re.search(r'data-geheim="(\w+)"', html).group(1)
    assert client.post(STAP + "app/", {"code": code_van(geheim)}).url == STAP + "herstelcodes/"
    return geheim


def met_app(mens):
    """Somebody with the app, and the secret in it; the browser in which it was set up is thrown away."""
    return klaargezet(ingelogd(mens))


def test_van_allauth_gebruiken_we_het_binnenwerk_van_deze_versie(w):
    """The keys and records that lms.kern.tweede_stap and lms.kern.toegangswacht look at.

    Another version: look again, then change the number.
    """
    from allauth.account.internal.flows.login import record_authentication  # noqa: F401
    from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login, unstash_login  # noqa: F401

    assert allauth.__version__ == "65.21.1"
    geheim = met_app(w.t1)
    client = ingelogd(w.t1)
    wachtend = client.session[LOGIN_SESSION_KEY]
    assert LOGIN_SESSION_KEY == "account_login"
    assert isinstance(wachtend["initiated_at"], float)
    client.post(STAP + "code/", {"code": code_van(geheim)})
    methoden = client.session["account_authentication_methods"]
    assert [(m["method"], m.get("type")) for m in methoden] == [("password", None), ("mfa", "totp")]


# --- required for staff
# -----------------------------------------------------------------------------------------------------

DEUREN = [
    ("t1", "/trainer/"), ("rm", "/regio/"), ("bureau", "/bureau/"), ("bureau", "/beheer/"), ("redacteur", "/beheer/"),
    ("redacteur", "/start/"),
    ("bureau", "/mijn/"), ("t1", "/account/ingelogd/"), ("t1", "/accounts/password/change/"),
    ("bureau", "/beheer/uitvoering/"), ("beheer", "/beheer/django/"),
    ("beheer", "/beheer/"), ("beheer", "/beheer/django/kern/gebruiker/"),
]  # fmt: skip


@pytest.mark.parametrize(("wie", "pad"), DEUREN)
def test_zonder_tweede_stap_gaat_geen_deur_van_het_team_open(w, wie, pad):
    from lms.kern.handelingen.mensen import groepen_bijwerken

    w.beheer = Gebruiker.objects.create_superuser(
        "beheer@demo.example", WACHTWOORD, voornaam="Bea", achternaam="Heerma"
    )
    mens = getattr(w, wie)
    groepen_bijwerken(mens)
    client = Client()
    client.force_login(mens)
    assert client.get(pad).headers.get("Location") == STAP
    assert client.post(pad).status_code in (302, 403)
    assert client.post(pad).headers.get("Location", STAP) == STAP
    assert client.get(STAP).status_code == 200


def test_publieke_paginas_en_uitloggen_werken_zonder_tweede_stap_als_voor_een_bezoeker(w):
    client = ingelogd(w.t1)
    for pad in ("/", "/agenda/", "/hulp/", "/c/", "/agenda.ics"):
        antwoord = client.get(pad)
        assert antwoord.status_code in (200, 404), pad
        assert "data-wie" not in antwoord.content.decode(errors="replace"), pad
    assert client.get("/account/").status_code == 200
    client.post("/uitloggen/")
    assert SESSION_KEY not in client.session


def test_na_het_klaarzetten_gaat_het_team_verder_en_een_volgende_sessie_vraagt_de_code(w):
    client = ingelogd(w.t1)
    geheim = klaargezet(client)
    assert client.get("/trainer/").status_code == 200  # who set it up has shown it
    assert [m.subject for m in bezorgd()] == ["Je tweede stap staat aan"]
    nieuw = Client()
    assert (
        nieuw.post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD, "next": "/trainer/verslagen/"}).url
        == STAP + "code/"
    )
    assert nieuw.get("/trainer/").url.startswith("/inloggen/")
    assert nieuw.post(STAP + "code/", {"code": "000000"}).status_code == 200
    assert SESSION_KEY not in nieuw.session
    assert nieuw.post(STAP + "code/", {"code": code_van(geheim)}).url == "/trainer/verslagen/"
    assert nieuw.get("/trainer/").status_code == 200


def test_dezelfde_code_werkt_niet_twee_keer(w):
    geheim = met_app(w.t1)
    code = code_van(geheim)
    assert ingelogd(w.t1).post(STAP + "code/", {"code": code}).status_code == 302
    assert ingelogd(w.t1).post(STAP + "code/", {"code": code}).status_code == 200


def test_een_herstelcode_werkt_een_keer(w):
    client = ingelogd(w.t1)
    klaargezet(client)
    codes = re.findall(r"<code>(\d+)</code>", client.get(STAP + "herstelcodes/").content.decode())
    assert len(codes) == 10
    assert client.get(STAP + "herstelcodes/bewaren/").content.decode().split("\n")[3:13] == codes
    eerste, tweede = ingelogd(w.t1), ingelogd(w.t1)
    assert eerste.post(STAP + "code/", {"code": codes[0]}).url == "/start/"
    assert eerste.get("/trainer/").status_code == 200
    assert tweede.post(STAP + "code/", {"code": codes[0]}).status_code == 200


def test_wie_een_rol_krijgt_terwijl_hij_is_ingelogd_zet_bij_de_volgende_pagina_een_stap_klaar(w):
    mens = w.traject(2).kandidaat
    client = Client()
    client.force_login(mens)
    assert client.get("/mijn/").status_code == 200
    rol_geven(mens, door=w.bureau, rol="trainer")
    assert client.get("/mijn/").url == STAP


def test_een_kandidaat_heeft_geen_tweede_stap_nodig_maar_mag_hem_kiezen(w):
    mens = w.traject(2).kandidaat
    client = ingelogd(mens)
    assert client.get("/mijn/").status_code == 200
    klaargezet(client)
    assert ingelogd(mens).antwoord.url == STAP + "code/"


def test_een_sessie_van_voor_de_tweede_stap_vraagt_hem_ook(w):
    """A session that is logged in without the step, of somebody who has one: to the code, and then on with the page."""
    geheim = met_app(w.t1)
    client = Client()
    client.force_login(Gebruiker.objects.get(pk=w.t1.pk))
    assert client.get("/trainer/?wat=x").url == STAP + "nog-eens/?next=%2Ftrainer%2F%3Fwat%3Dx"
    antwoord = client.post(STAP + "nog-eens/", {"code": code_van(geheim), "next": "/trainer/"})
    assert antwoord.url == "/trainer/"
    assert client.get("/trainer/").status_code == 200


def test_koekjes_van_een_andere_sessie_brengen_het_bewijs_niet_over(w):
    """The proof is bound to its person: another one in the same browser starts without it."""
    geheim = met_app(w.t1)
    client = ingelogd(w.t1)
    client.post(STAP + "code/", {"code": code_van(geheim)})
    sessie = client.session
    sessie["account_authentication_methods_user"] = str(w.t2.pk)
    sessie.save()
    assert client.get("/trainer/").url.startswith(STAP)
    ander = ingelogd(w.t2)
    oud = ander.cookies["sessionid"].value
    ander.post("/uitloggen/")
    assert ander.cookies["sessionid"].value != oud
    weer = Client()
    weer.cookies["sessionid"] = oud
    assert weer.get("/account/").url.startswith("/inloggen/")


# --- sealed, and no way around
# ------------------------------------------------------------------------------------------------


def test_de_geheimen_staan_versleuteld_in_de_database(w):
    geheim = met_app(w.t1)
    rijen = {a.type: a.data for a in Authenticator.objects.filter(user=w.t1)}
    assert geheim not in str(rijen)
    assert ontsleutelen(rijen["totp"]["secret"]) == geheim
    assert len(ontsleutelen(rijen["recovery_codes"]["seed"])) == 80


def test_een_wachtwoord_alleen_verandert_niets_aan_wie_een_tweede_stap_heeft(w):
    """Reauthenticating by password is closed for who has a step; every page that changes one asks the step itself."""
    met_app(w.t1)
    client = Client()
    client.force_login(Gebruiker.objects.get(pk=w.t1.pk))
    assert client.post("/accounts/reauthenticate/", {"password": WACHTWOORD}).url == STAP + "nog-eens/"
    for pad in ("app/weg/", "herstelcodes/", "herstelcodes/nieuw/", "herstelcodes/bewaren/", "sleutels/nieuw/"):
        assert client.get(STAP + pad).url.startswith(STAP + "nog-eens/"), pad
        antwoord = client.post(STAP + pad)
        assert antwoord.status_code == 405 or antwoord.url.startswith(STAP + "nog-eens/"), pad
    assert Authenticator.objects.filter(user=w.t1).count() == 2


def test_net_ingelogd_is_niet_genoeg_voor_wie_een_stap_heeft(w):
    """A password of a minute ago shows nothing about the step: the codes stay closed."""
    kandidaat = w.traject(2).kandidaat
    client = ingelogd(kandidaat)
    Authenticator.objects.create(user=kandidaat, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=kandidaat, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert client.get(STAP + "herstelcodes/").url.startswith(STAP + "nog-eens/")


def test_na_vijf_minuten_wordt_de_stap_opnieuw_gevraagd(w, time_machine):
    client = ingelogd(w.t1)
    klaargezet(client)
    assert client.get(STAP + "herstelcodes/").status_code == 200
    time_machine.move_to(time.time() + 400)
    assert client.get(STAP + "herstelcodes/").url.startswith(STAP + "nog-eens/")


def test_het_team_haalt_de_laatste_stap_niet_weg(w):
    client = ingelogd(w.t1)
    klaargezet(client)
    assert "Zet eerst een andere klaar" in client.get(STAP + "app/weg/").content.decode()
    client.post(STAP + "app/weg/")
    assert Authenticator.objects.filter(user=w.t1, type="totp").exists()
    kandidaat = w.traject(2).kandidaat
    ander = ingelogd(kandidaat)
    klaargezet(ander)
    ander.post(STAP + "app/weg/")
    assert not Authenticator.objects.filter(user=kandidaat).exists()


def test_een_stap_die_verdwijnt_is_geen_bewijs_meer(w):
    """The session that took the last one away has shown none: with a staff role it is asked at once."""
    kandidaat = w.traject(2).kandidaat
    client = ingelogd(kandidaat)
    klaargezet(client)
    client.post(STAP + "app/weg/")
    rol_geven(kandidaat, door=w.bureau, rol="trainer")
    assert client.get("/trainer/").url == STAP


def test_een_stap_erbij_of_eraf_sluit_de_andere_sessies(w):
    kandidaat = w.traject(2).kandidaat
    een, twee = ingelogd(kandidaat), ingelogd(kandidaat)
    klaargezet(een)
    assert (een.get("/mijn/").status_code, twee.get("/mijn/").status_code) == (200, 302)


def test_de_laatste_sleutel_van_het_team_blijft(w):
    client = ingelogd(w.t1)
    klaargezet(client)
    Authenticator.objects.filter(user=w.t1, type="totp").delete()
    sleutel = Authenticator.objects.create(user=w.t1, type="webauthn", data={"name": "Sleutel 1", "credential": {}})
    assert client.post(f"{STAP}sleutels/{sleutel.pk}/weg/").status_code == 302
    assert Authenticator.objects.filter(pk=sleutel.pk).exists()
    ander = Authenticator.objects.create(user=w.t1, type="webauthn", data={"name": "Sleutel 2", "credential": {}})
    client.post(f"{STAP}sleutels/{sleutel.pk}/weg/")
    assert list(Authenticator.objects.filter(user=w.t1, type="webauthn")) == [ander]


def test_geen_enkel_oud_adres_van_allauth_is_nog_een_deur(w):
    client = ingelogd(w.t1)
    for pad in (
        "/accounts/2fa/",
        "/accounts/2fa/authenticate/",
        "/accounts/2fa/trust/",
        "/accounts/2fa/webauthn/signup/",
        "/accounts/sessions/",
    ):
        assert client.get(pad).status_code == 404, pad
    for pad in (
        "/accounts/3rdparty/",
        "/accounts/signup/passkey/",
        "/accounts/password/reset/confirm/",
        "/beheer/password_reset/",
    ):
        assert Client().get(pad).status_code in (302, 404), pad
        assert Client().get(pad).headers.get("Location", "/inloggen/").startswith("/inloggen/"), pad
    for pad in ("/accounts/confirm-email/", "/accounts/confirm-email/abc:def/", "/accounts/email/"):
        assert Client().get(pad).url == "/account/", pad
    assert "Stuur je brief en cv" in Client().get("/accounts/signup/").content.decode()


@pytest.mark.parametrize("pad", ["/beheer/django/password_change/", "/beheer/django/password_change/done/"])
def test_er_is_een_deur_voor_het_wachtwoord(w, pad, settings):
    settings.LMS_TWEEDE_STAP = False
    beheer = Gebruiker.objects.create_superuser("beheer@demo.example", WACHTWOORD, voornaam="Bea", achternaam="Heerma")
    client = Client()
    client.force_login(beheer)
    gegevens = {
        "old_password": WACHTWOORD,
        "new_password1": "een-heel-nieuw-woord",
        "new_password2": "een-heel-nieuw-woord",
    }
    for antwoord in (client.get(pad), client.post(pad, gegevens)):
        assert antwoord.url == "/accounts/password/change/"
    assert Gebruiker.objects.get(pk=beheer.pk).check_password(WACHTWOORD)


def test_wie_alleen_met_codes_inlogt_kan_een_stap_klaarzetten(w):
    """A new colleague has no password: nothing asks for one."""
    mens = persoon("nieuw", "trainer")
    mens.set_unusable_password()
    mens.save()
    client = Client()
    client.post("/accounts/login/code/", {"email": mens.email})
    code = re.search(r"Je code is (\S+)\.", bezorgd()[0].body).group(1)
    assert client.post("/accounts/login/code/confirm/", {"code": code}).url == "/start/"
    assert client.get("/start/").url == STAP
    klaargezet(client)
    assert client.get("/trainer/").status_code == 200


def test_de_paginas_van_de_tweede_stap_zijn_nederlands(w):
    """Not one English sentence of allauth's own templates shows through."""
    client = ingelogd(w.t1)
    paden = ["", "app/", "sleutels/", "sleutels/nieuw/"]
    teksten = [client.get(STAP + pad) for pad in paden]
    geheim = klaargezet(client)
    teksten += [client.get(STAP + pad) for pad in ("", "herstelcodes/", "herstelcodes/nieuw/", "app/weg/")]
    wachtend = ingelogd(w.t1)
    teksten += [wachtend.get(STAP + "code/"), wachtend.post(STAP + "code/", {"code": code_van(geheim, 50)})]
    ouder = Client()
    ouder.force_login(Gebruiker.objects.get(pk=w.t1.pk))
    teksten += [ouder.get(STAP + "nog-eens/")]
    for antwoord in teksten:
        html = antwoord.content.decode().replace("Google Authenticator, Microsoft Authenticator", "")
        assert antwoord.status_code == 200
        assert not re.search(
            r"\b(Authenticator|Two-Factor|Sign In|Recovery|Security|Enter "
            r"your|Please|Activate|Deactivate|tweestaps|u bent)\b",
            html,
        )
        assert "Content-Security-Policy" in antwoord.headers
        assert "style=" not in re.sub(r"data:image[^\"]*", "", html)


def test_een_gewone_pagina_vraagt_niets_meer_met_de_tweede_stap_aan(w, settings):
    traject = w.traject(6)
    gemeten = {}
    for aan in (False, True):
        settings.LMS_TWEEDE_STAP = aan
        client = Client()
        client.force_login(traject.kandidaat)
        client.get("/mijn/")
        with CaptureQueriesContext(connection) as vragen:
            assert client.get("/mijn/").status_code == 200
        gemeten[aan] = len(vragen)
    assert gemeten[True] == gemeten[False]


def test_reverse_geeft_de_nederlandse_adressen():
    assert {reverse(n) for n in ("mfa_index", "mfa_authenticate", "mfa_login_webauthn")} == {
        STAP,
        STAP + "code/",
        STAP + "sleutels/inloggen/",
    }


RAAR = [
    "", "x", "null", "1", "[]", "{}", '"a"', '{"id": 1}', '{"response": {}}', '{"response": {"userHandle": null}}',
    '{"response": {"userHandle": "AA"}}', "[[[", '{"response": "x"}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}',
    '{"id":"AA","rawId":"AA","type":"x","response":{"clientDataJSON":"e30","attestationObject":"AA"}}',
    '{"id":null,"rawId":null,"type":null,"response":{"clientDataJSON":null,"attestationObject":null}}',
    "\x00", "9" * 5000, '{"a":' * 2000,
]  # fmt: skip


@pytest.mark.parametrize("antwoord", RAAR)
def test_een_raar_antwoord_van_een_sleutel_is_nooit_een_fout_van_ons(w, antwoord):
    """In every place where a browser sends what a key said: logging in, the second step, showing it again, making
    one.
    """
    klaargezet(ingelogd(w.t1))
    bezoeker, wachtend, binnen = Client(), ingelogd(w.t1), ingelogd(w.t2)
    klaargezet(binnen)
    for client, pad in (
        (bezoeker, "sleutels/inloggen/"),
        (wachtend, "code/"),
        (binnen, "sleutels/nieuw/"),
        (binnen, "sleutels/nog-eens/"),
    ):
        client.get(STAP + pad, headers={"accept": "application/json"})
        assert client.post(STAP + pad, {"credential": antwoord, "name": "x"}).status_code in (200, 302), pad
    assert (SESSION_KEY in bezoeker.session, SESSION_KEY in wachtend.session) == (False, False)
    assert not Authenticator.objects.filter(type="webauthn").exists()
