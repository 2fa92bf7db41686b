"""The second step in Chromium: the app, a recovery code, and a passkey on a virtual authenticator (host localhost)."""

import datetime as dt
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.utils import timezone

from lms.kern import handelingen
from lms.kern.models import Gebruiker, Toegangsvoorstel
from tests.browser.conftest import TELEFOON, luisterend, nagekeken
from tests.browser.lopen import Wandeling
from tests.fabrieken import WACHTWOORD
from tests.post import bezorgd


@pytest.fixture
def aan(settings):
    settings.LMS_TWEEDE_STAP = True
    cache.clear()


def code_van(geheim):
    """The code that an app shows now; with only a moment left, the next one, as a person would."""
    if 30 - time.time() % 30 < 5:
        time.sleep(30 - time.time() % 30)
    return format_hotp_value(hotp_value(geheim, int(time.time()) // 30))


def verse_code(geheim):
    """A code that was not used yet: the next one, when this one was."""
    tot = 30 - time.time() % 30
    time.sleep(tot + 0.5)
    return code_van(geheim)


def met_wachtwoord(pagina, naam, doel=""):
    pagina.goto(f"/inloggen/{doel}")
    pagina.locator("[name=login]").fill(f"{naam}@demo.example")
    pagina.locator("[name=password]").fill(WACHTWOORD)
    pagina.get_by_role("button", name="Inloggen", exact=True).click()


def bekeken(pagina, gezien, *paden):
    """Look at each of these pages, as the walks do."""
    wandeling = Wandeling(pagina, gezien)
    for pad in paden:
        wandeling.bezoek(pad)
    assert wandeling.klachten == []


def test_app_en_herstelcode(site, aan, gezien):
    pagina = luisterend(site.context(TELEFOON).new_page())
    met_wachtwoord(pagina, "trainer1")
    pagina.get_by_role("heading", name="Zet eerst je tweede stap klaar").wait_for()
    nagekeken(pagina, gezien)
    pagina.get_by_role("link", name="Kies de app").click()
    nagekeken(pagina, gezien)
    plaatje = pagina.get_by_alt_text("Plaatje om te scannen met je app")
    assert plaatje.evaluate("i => i.complete && i.naturalWidth > 50")
    geheim = pagina.locator("[data-geheim]").get_attribute("data-geheim")
    pagina.get_by_label("Code uit de app").fill("123456")
    pagina.get_by_role("button", name="Zet de app aan").click()
    assert "Deze code klopt niet" in pagina.locator("main").inner_text()
    assert pagina.locator("[data-geheim]").get_attribute("data-geheim") == geheim
    pagina.get_by_label("Code uit de app").fill(code_van(geheim))
    pagina.get_by_role("button", name="Zet de app aan").click()
    pagina.get_by_role("heading", name="Herstelcodes").wait_for()
    nagekeken(pagina, gezien)
    codes = pagina.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    stap = "/account/tweede-stap/"
    bekeken(
        pagina,
        gezien,
        stap,
        stap + "app/weg/",
        stap + "herstelcodes/nieuw/",
        stap + "nog-eens/",
        "/account/ingelogd/",
        "/accounts/inactive/",
        stap + "herstelcodes/",
    )
    pagina.get_by_role("link", name="Verder").click()
    pagina.wait_for_url(re.compile(r"\d/trainer/$"))
    pagina.goto("/account/")
    pagina.get_by_role("button", name="Log uit").click()

    met_wachtwoord(pagina, "trainer1", "?next=/trainer/verslagen/")
    nagekeken(pagina, gezien)
    pagina.get_by_label("Code").fill(verse_code(geheim))
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.wait_for_url(re.compile(r"\d/trainer/verslagen/$"))

    ander = luisterend(site.context().new_page())
    met_wachtwoord(ander, "trainer1")
    ander.get_by_label("Code").fill(codes[3])
    ander.get_by_role("button", name="Inloggen").click()
    ander.wait_for_url(re.compile(r"\d/trainer/$"))
    ander.goto("/account/ingelogd/")
    assert ander.get_by_role("button", name=re.compile("^Log daar uit")).count() >= 1
    ander.get_by_role("button", name="Log overal uit").click()
    ander.get_by_text("Je bent overal uitgelogd").wait_for()
    pagina.goto("/trainer/")
    assert "/inloggen/" in pagina.url
    assert pagina.klachten == ander.klachten == []


def test_met_een_sleutel(site, aan, gezien):
    """Make a passkey, log in with it alone, and use it as second step after the password."""
    adres = site.adres.replace("127.0.0.1", "localhost")
    context = site.browser.new_context(base_url=adres, viewport={"width": TELEFOON, "height": 900}, locale="nl-NL")
    context.set_default_timeout(10_000)
    site.open.append(context)
    pagina = luisterend(context.new_page())
    cdp = context.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    toestel = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    nummer = cdp.send(
        "WebAuthn.addVirtualAuthenticator", {"options": {**toestel, "automaticPresenceSimulation": True}}
    )["authenticatorId"]

    met_wachtwoord(pagina, "bureau")
    pagina.get_by_role("link", name="Maak een sleutel").click()
    nagekeken(pagina, gezien)
    pagina.get_by_label("Hoe noem je deze sleutel?").fill("Mijn laptop")
    pagina.get_by_label("Ik wil met alleen deze sleutel inloggen").check()
    pagina.get_by_role("button", name="Maak de sleutel").click()
    pagina.get_by_role("heading", name="Herstelcodes").wait_for()
    assert len(cdp.send("WebAuthn.getCredentials", {"authenticatorId": nummer})["credentials"]) == 1
    pagina.get_by_role("link", name="Verder").click()
    pagina.wait_for_url(re.compile(r"\d/bureau/$"))
    pagina.goto("/account/tweede-stap/sleutels/")
    assert "Mijn laptop" in pagina.locator("main").inner_text()
    nagekeken(pagina, gezien)
    for naam in ("Geef een andere naam", "Haal weg"):
        pagina.get_by_role("link", name=naam).click()
        nagekeken(pagina, gezien)
        pagina.go_back()
    bekeken(pagina, gezien, "/account/tweede-stap/sleutels/nog-eens/")
    pagina.goto("/account/")
    pagina.get_by_role("button", name="Log uit").click()

    pagina.goto("/inloggen/?next=/bureau/mensen/")
    pagina.get_by_role("button", name="Log in met je sleutel").click()
    pagina.wait_for_url(re.compile(r"\d/bureau/mensen/$"))  # a passkey with verification is both steps
    pagina.goto("/account/")
    pagina.get_by_role("button", name="Log uit").click()

    met_wachtwoord(pagina, "bureau")
    pagina.get_by_role("button", name="Gebruik je sleutel").click()
    pagina.wait_for_url(re.compile(r"\d/bureau/$"))
    assert pagina.klachten == []

    cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": nummer})
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**toestel, "isUserVerified": False}})
    pagina.goto("/account/")
    pagina.get_by_role("button", name="Log uit").click()
    pagina.goto("/inloggen/")
    pagina.get_by_role("button", name="Log in met je sleutel").click()
    pagina.get_by_text("Dat lukte niet.").wait_for()


def test_wie_het_wachtwoord_moet_laten_zien_en_wie_het_vergat(site, gezien):
    """Setting up a step asks the password when the login was long ago; a link by mail chooses a new one."""
    pagina = site.als("trainer2", TELEFOON)
    pagina.goto("/account/tweede-stap/app/")
    nagekeken(pagina, gezien)
    pagina.get_by_label("Je wachtwoord").fill(WACHTWOORD)
    pagina.get_by_role("button", name="Verder").click()
    pagina.wait_for_url(re.compile(r"\d/account/tweede-stap/app/$"))
    bezoeker = luisterend(site.context(TELEFOON).new_page())
    bezoeker.goto("/accounts/password/reset/")
    bezoeker.get_by_label("E-mailadres").fill("trainer3@demo.example")
    bezoeker.get_by_role("button", name="Mail mij een link").click()
    bezoeker.get_by_role("heading", name="Kijk in je mail").wait_for()
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", bezorgd()[-1].body).group(1)
    bezoeker.goto(link)
    nagekeken(bezoeker, gezien)
    for veld in bezoeker.locator("input[type=password]").all():
        veld.fill("een-heel-nieuw-lang-woord")
    bezoeker.get_by_role("button", name="Bewaar mijn wachtwoord").click()
    bezoeker.get_by_role("heading", name="Je wachtwoord is bewaard").wait_for()
    nagekeken(bezoeker, gezien)


def test_het_bureau_haalt_met_zijn_tweeen_een_tweede_stap_weg(site, gezien):
    collega = handelingen.medewerker_maken(
        door=Gebruiker.objects.get(email="bureau@demo.example"),
        voornaam="Noor",
        achternaam="Bos",
        email="noor@demo.example",
        rol="bureau",
    )
    collega.rolvervullingen.update(van=timezone.localdate() - dt.timedelta(days=30))
    mens = Gebruiker.objects.get(email="trainer1@demo.example")
    Authenticator.objects.create(user=mens, type="totp", data={"secret": "x"})
    een, twee = site.als("bureau", TELEFOON), site.als("noor", TELEFOON)
    een.goto(f"/bureau/mensen/{mens.pk}/")
    nagekeken(een, gezien)
    een.get_by_role("link", name="Tweede stap weghalen").click()
    nagekeken(een, gezien)
    een.get_by_label("Waarom is dit nodig?").fill("Telefoon kwijt. Ik belde op het nummer dat we al hadden.")
    een.get_by_role("button", name="Nakijken").click()
    een.get_by_text("Klopt dit?").wait_for()
    nagekeken(een, gezien)
    een.get_by_role("button", name="Vraag een collega").click()
    een.get_by_text("Tot dan verandert er niets").wait_for()
    twee.goto("/bureau/")
    nagekeken(twee, gezien)
    twee.get_by_role("link", name="Inloggen van een collega").click()
    nagekeken(twee, gezien)
    twee.get_by_role("link", name=re.compile("^Bekijk")).click()
    nagekeken(twee, gezien)
    twee.get_by_role("button", name="Haal de tweede stap weg").click()
    twee.get_by_text(f"De tweede stap van {mens.voornaam} is weggehaald.").wait_for()
    een.goto(f"/bureau/toegang/{Toegangsvoorstel.objects.get(over=mens).pk}/")
    een.get_by_text("Bevestigd door Noor Bos").wait_for()
    nagekeken(een, gezien)
    assert not Authenticator.objects.filter(user=mens).exists()
