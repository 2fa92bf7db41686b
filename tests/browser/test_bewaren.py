"""Nothing is lost: the report saves itself, says so, survives a lost connection, and two tabs never overwrite each other."""

import re

import pytest

from selectie.models import Verslag
from tests.browser.conftest import nagekeken

BLAD = "/mijn/verslag/wie-je-bent/1/"
VELD = "textarea[name=t_O02]"


def _bewaard():
    return Verslag.objects.get(traject__kandidaat__email="stap6@demo.example").antwoorden.get(profieltekst__code="O02").tekst


def _typ(pagina, tekst):
    pagina.goto(BLAD)
    pagina.locator(VELD).fill(tekst)


def test_bewaart_vanzelf(site, gezien):
    """Two seconds after typing, without leaving the field; another device goes on with it."""
    pagina = site.als("stap6", 390)
    _typ(pagina, "Ik leerde vragen om hulp.")
    pagina.get_by_text(re.compile(r"^Bewaard om \d{1,2}\.\d\d uur$")).wait_for()
    assert pagina.locator(f"{VELD}:focus").count() == 1
    assert _bewaard() == "Ik leerde vragen om hulp."
    nagekeken(pagina, gezien)
    ander = site.als("stap6", 1280)
    ander.goto(BLAD)
    assert ander.locator(VELD).input_value() == "Ik leerde vragen om hulp."


def test_bewaart_bij_het_verlaten_van_een_veld(site):
    pagina = site.als("stap6")
    _typ(pagina, "Direct.")
    with pagina.expect_response(lambda antwoord: antwoord.request.method == "POST", timeout=1500):
        pagina.locator(VELD).blur()
    assert _bewaard() == "Direct."


def test_zonder_internet(site):
    pagina = site.als("stap6")
    pagina.goto(BLAD)
    pagina.context.set_offline(True)
    pagina.locator(VELD).fill("In de trein getypt.")
    pagina.get_by_text("Geen internet. We bewaren zodra het weer kan.").wait_for()
    assert _bewaard() != "In de trein getypt."
    pagina.context.set_offline(False)
    pagina.get_by_text(re.compile("^Bewaard om")).wait_for()
    assert _bewaard() == "In de trein getypt."


@pytest.mark.parametrize("houdt", ["getypt", "bewaard"])
def test_twee_tabbladen(site, gezien, houdt):
    """The second tab is told, keeps its text, and overwrites only when it says so."""
    een = site.als("stap6", 390)
    een.goto(BLAD)
    twee = een.context.new_page()
    twee.klachten = []
    _typ(twee, "Uit het tweede tabblad.")
    twee.get_by_text(re.compile("^Bewaard om")).wait_for()
    een.locator(VELD).fill("Uit het eerste tabblad.")
    een.get_by_text(re.compile("ook op een ander scherm veranderd")).wait_for()
    assert _bewaard() == "Uit het tweede tabblad."
    een.get_by_role("button", name="Volgende 3 punten").click()
    een.get_by_role("heading", name="Dit deel is ook op een ander scherm veranderd").wait_for()
    assert een.locator(VELD).input_value() == "Uit het eerste tabblad."
    assert "Uit het tweede tabblad." in een.locator("[data-fouten]").inner_text()
    een.klachten = [klacht for klacht in een.klachten if "status of 409" not in klacht]
    nagekeken(een, gezien)
    if houdt == "getypt":
        een.get_by_role("button", name="Bewaar wat ik hier typte").click()
        een.wait_for_url("**/wie-je-bent/2/")
        assert _bewaard() == "Uit het eerste tabblad."
    else:
        een.get_by_role("link", name="Houd wat er bewaard is").click()
        assert een.locator(VELD).input_value() == "Uit het tweede tabblad."
        assert _bewaard() == "Uit het tweede tabblad."


def test_sturen_terwijl_het_bewaren_bezig_is(site):
    """The button waits for a slow save, so that the page does not clash with itself; it sends once."""
    pagina = site.als("stap6")
    pagina.goto(BLAD)
    verzoeken = []

    def traag(route):
        verzoeken.append(route.request.headers.get("x-requested-with", "knop") if route.request.method == "POST" else "")
        if verzoeken[-1] == "fetch":
            pagina.wait_for_timeout(400)
        route.continue_()

    pagina.route(f"**{BLAD}", traag)
    pagina.locator(VELD).fill("Eerst dit.")
    pagina.locator(VELD).blur()
    pagina.locator("input[name=k_O03][value='4']").check()
    pagina.get_by_role("button", name="Volgende 3 punten").click()
    pagina.wait_for_url("**/wie-je-bent/2/")
    assert (_bewaard(), verzoeken) == ("Eerst dit.", ["fetch", "knop"])
    antwoord = Verslag.objects.get(traject__kandidaat__email="stap6@demo.example").antwoorden.get(profieltekst__code="O03")
    assert antwoord.keuze == "4"


def test_uitgelogd_is_geen_verlies(site):
    """The session ended in another tab: it says so, and the text stays on screen."""
    pagina = site.als("stap6")
    pagina.goto(BLAD)
    pagina.context.clear_cookies(name="sessionid")
    pagina.locator(VELD).fill("Nog niet weg.")
    pagina.get_by_text(re.compile("^Je bent uitgelogd")).wait_for()
    assert pagina.locator(VELD).input_value() == "Nog niet weg."


def _opnieuw_erin(pagina, site, naam):
    """Log in again in the same tab, by the session of somebody."""
    ander = site.als(naam)
    koek = next(k for k in ander.context.cookies() if k["name"] == "sessionid")
    pagina.context.add_cookies([koek])


def test_na_het_uitloggen_komt_de_getypte_tekst_terug(site):
    """The button pressed after the session ended leads to the login; after it the page offers what was typed, and saves it when taken."""
    pagina = site.als("stap6")
    pagina.goto(BLAD)
    pagina.context.clear_cookies(name="sessionid")
    pagina.locator(VELD).fill("Getypt na het uitloggen.")
    pagina.get_by_role("button", name="Volgende 3 punten").click()
    pagina.wait_for_url("**/inloggen/**")
    _opnieuw_erin(pagina, site, "stap6")
    pagina.goto(BLAD)
    pagina.get_by_role("button", name="Zet mijn tekst terug").click()
    pagina.get_by_text(re.compile("^Bewaard om")).wait_for()
    assert (pagina.locator(VELD).input_value(), _bewaard()) == ("Getypt na het uitloggen.", "Getypt na het uitloggen.")
    assert pagina.evaluate("Object.keys(sessionStorage).length") == 0


def test_een_ander_op_dezelfde_computer_krijgt_de_tekst_niet(site):
    pagina = site.als("stap6")
    pagina.goto(BLAD)
    pagina.context.clear_cookies(name="sessionid")
    pagina.locator(VELD).fill("Alleen van mij.")
    pagina.get_by_text(re.compile("^Je bent uitgelogd")).wait_for()
    _opnieuw_erin(pagina, site, "stap5")
    pagina.goto("/mijn/")
    assert pagina.evaluate("Object.keys(sessionStorage).length") == 0


def test_wie_zelf_uitlogt_laat_geen_tekst_achter(site):
    pagina = site.als("stap6")
    pagina.goto(BLAD)
    pagina.context.set_offline(True)
    pagina.locator(VELD).fill("Nog niet bewaard.")
    pagina.get_by_text(re.compile("^Geen internet")).wait_for()
    assert pagina.evaluate("Object.keys(sessionStorage).length") == 1
    pagina.context.set_offline(False)
    pagina.goto("/uitloggen/")
    pagina.get_by_role("button", name="Log uit").click()
    pagina.wait_for_load_state()
    assert pagina.evaluate("Object.keys(sessionStorage).length") == 0
