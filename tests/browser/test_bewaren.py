"""Nothing is lost: the report saves itself, says so, survives a lost connection, and two tabs never overwrite each
other.
"""

import re

import pytest

from selectie.models import Verslag
from tests.browser.conftest import nagekeken
from tests.browser.lopen import axe, opzij

BLAD = "/mijn/verslag/wie-je-bent/1/"
VELD = "textarea[name=t_O02]"


def _bewaard():
    return (
        Verslag.objects.get(traject__kandidaat__email="stap6@demo.example")
        .antwoorden.get(profieltekst__code="O02")
        .tekst
    )


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
        verzoeken.append(
            route.request.headers.get("x-requested-with", "knop") if route.request.method == "POST" else ""
        )
        if verzoeken[-1] == "fetch":
            pagina.wait_for_timeout(400)
        route.continue_()

    pagina.route(f"**{BLAD}", traag)
    pagina.locator(VELD).fill("Eerst dit.")
    pagina.locator(VELD).blur()
    pagina.locator("input[name=k_O03][value='4']").check()
    pagina.get_by_role("button", name="Volgende 3 punten").click()
    pagina.wait_for_url("**/wie-je-bent/2/")
    assert (_bewaard(), verzoeken.pop()) == ("Eerst dit.", "knop")
    assert set(verzoeken) == {"fetch"}  # one, or two on a slow machine
    antwoord = Verslag.objects.get(traject__kandidaat__email="stap6@demo.example").antwoorden.get(
        profieltekst__code="O03"
    )
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
    """The button pressed after the session ended leads to the login; after it the page offers what was typed, and
    saves it when taken.
    """
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


# --- every other form: a refusal eats no text
# ---------------------------------------------------------------------------

NOTITIES = "/mijn/notities/"


def _getypt_en_gestuurd(pagina, koek):
    """Type, lose this cookie, press the button."""
    pagina.goto(NOTITIES)
    pagina.locator("textarea[name=tekst]").fill("Een lang gesprek gehad.")
    pagina.context.clear_cookies(name=koek)
    pagina.locator("form:has(textarea) button").last.click()


def test_na_een_geweigerd_formulier_komt_de_tekst_terug(site):
    """The token no longer fits: the page leads back to the form, which offers the text; sent, nothing stays in the
    tab.
    """
    pagina = site.als("stap5", 390)
    _getypt_en_gestuurd(pagina, "csrftoken")
    pagina.get_by_role("heading", name="Even opnieuw").wait_for()
    assert (axe(pagina), opzij(pagina)) == ([], [])
    pagina.get_by_role("link", name="Terug naar het formulier").click()
    pagina.get_by_role("button", name="Zet mijn tekst terug").click()
    assert pagina.locator("textarea[name=tekst]").input_value() == "Een lang gesprek gehad."
    pagina.locator("form:has(textarea) button").last.click()
    pagina.get_by_text("Je notitie is bewaard").wait_for()
    assert pagina.evaluate("Object.keys(sessionStorage).length") == 0
    pagina.goto(NOTITIES)
    assert pagina.get_by_role("button", name="Zet mijn tekst terug").count() == 0


def test_na_een_afgelopen_sessie_komt_ook_een_gewoon_formulier_terug(site):
    pagina = site.als("stap5")
    _getypt_en_gestuurd(pagina, "sessionid")
    pagina.wait_for_url("**/inloggen/**")
    _opnieuw_erin(pagina, site, "stap5")
    pagina.goto(NOTITIES)
    pagina.get_by_role("button", name="Zet mijn tekst terug").click()
    assert pagina.locator("textarea[name=tekst]").input_value() == "Een lang gesprek gehad."


# --- a copy goes only when a page says that the text arrived
# ---------------------------------------------------------------

TERUG = "Zet mijn tekst terug"
TEKST = "textarea[name=tekst]"


def _kopieen(pagina):
    return pagina.evaluate("Object.keys(sessionStorage).filter(k => k.startsWith('typt:')).length")


def _knop(pagina):
    return pagina.locator("form:has(textarea) button").last


def _zonder_internet_gestuurd(pagina):
    pagina.goto(NOTITIES)
    pagina.locator(TEKST).fill("In de trein getypt.")
    pagina.context.set_offline(True)
    _knop(pagina).click()


def test_zonder_internet_houdt_de_knop_je_op_de_pagina(site):
    pagina = site.als("stap5", 390)
    _zonder_internet_gestuurd(pagina)
    pagina.get_by_text("Geen internet. Je tekst staat nog hier.").wait_for()
    assert pagina.locator(TEKST).input_value() == "In de trein getypt."
    assert (axe(pagina), opzij(pagina)) == ([], [])
    pagina.context.set_offline(False)
    pagina.get_by_text("Er is weer internet. Druk nog een keer op de knop.").wait_for()
    _knop(pagina).click()
    pagina.get_by_text("Je notitie is bewaard").wait_for()
    assert _kopieen(pagina) == 0


def test_niet_gestuurd_en_dan_met_vorige_terug(site):
    pagina = site.als("stap5")
    pagina.goto(NOTITIES)
    pagina.locator(TEKST).fill("In de trein getypt.")
    pagina.goto("/mijn/")
    pagina.go_back()
    if pagina.locator(TEKST).input_value() != "In de trein getypt.":  # the browser may have put it back itself
        pagina.get_by_role("button", name=TERUG).click()
    assert pagina.locator(TEKST).input_value() == "In de trein getypt."


@pytest.mark.parametrize("terug", ["adres", "herladen"])
def test_geen_antwoord_van_de_server_en_dan_terug(site, terug):
    """The browser thinks there is internet, and shows its own page.

    Another page of ours in between says nothing about the text.
    """
    pagina = site.als("stap5")
    pagina.goto(NOTITIES)
    pagina.locator(TEKST).fill("In de trein getypt.")
    pagina.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    _knop(pagina).click()
    pagina.wait_for_url("chrome-error://**")
    pagina.unroute("**/*")
    if terug == "herladen":
        pagina.goto(NOTITIES)
        pagina.reload()
    else:
        pagina.goto("/mijn/")
        pagina.goto(NOTITIES)
    pagina.get_by_role("button", name=TERUG).click()
    assert pagina.locator(TEKST).input_value() == "In de trein getypt."
    _knop(pagina).click()
    pagina.get_by_text("Je notitie is bewaard").wait_for()
    assert _kopieen(pagina) == 0


def test_aangekomen_zonder_dat_het_antwoord_aankwam(site):
    """The server took it and the answer was lost: the next page says that it arrived, and the text is not offered
    for a second time.
    """
    pagina = site.als("stap5")
    pagina.goto(NOTITIES)
    pagina.locator(TEKST).fill("Een keer is genoeg.")

    def antwoord_kwijt(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    pagina.route("**/*", antwoord_kwijt)
    _knop(pagina).click()
    pagina.wait_for_url("chrome-error://**")
    pagina.unroute("**/*")
    pagina.goto(NOTITIES)
    pagina.get_by_text("Een keer is genoeg.").wait_for()
    assert (pagina.get_by_role("button", name=TERUG).count(), _kopieen(pagina)) == (0, 0)


def test_een_formulier_met_een_fout_is_niet_aangekomen(site):
    """The text is in the form itself; who leaves then finds it when coming back."""
    pagina = site.als("stap5")
    pagina.goto(NOTITIES)
    lang = "Te lang. " * 1200
    pagina.locator(TEKST).fill(lang)
    _knop(pagina).click()
    pagina.locator("[data-fouten]").wait_for()
    assert pagina.get_by_role("button", name=TERUG).count() == 0
    assert pagina.locator(TEKST).input_value().strip() == lang.strip()
    pagina.goto("/mijn/")
    pagina.goto(NOTITIES)
    pagina.get_by_role("button", name=TERUG).click()
    assert pagina.locator(TEKST).input_value() == lang


MENING = "textarea[name=reactie]"


def _mening_in_twee_tabbladen(site):
    """A trainer types in the second tab while the view was sent in the first. Returns that second tab."""
    een = site.als("trainer1")
    een.goto("/trainer/verslagen/")
    for adres in een.eval_on_selector_all("main a[href*='/trainer/verslagen/']", "els => els.map(el => el.href)"):
        een.goto(adres)
        if een.locator("#besluit").count() and not een.get_by_text("In overleg").count():
            break
    twee = een.context.new_page()
    twee.goto(een.url)
    een.locator("input[name=mening]").first.check()
    een.locator(MENING).fill("Dit past goed bij je.")
    een.get_by_role("button", name="Nakijken en sturen").click()
    een.get_by_role("button", name="Stuur mijn mening").click()
    een.wait_for_url(lambda adres: "nakijken" not in adres)
    return twee


def test_een_oud_tabblad_zegt_wat_er_is_en_probeert_niet_eeuwig(site):
    twee = _mening_in_twee_tabbladen(site)
    pogingen = []
    twee.on("request", lambda verzoek: pogingen.append(verzoek.url) if verzoek.method == "POST" else None)
    twee.locator(MENING).fill("Nog een zin van mij.")
    twee.locator("[data-bewaard]", has_text="Deze pagina is niet meer de nieuwste.").wait_for()
    assert (
        "Je tekst staat nog hier: kopieer hem of open de pagina opnieuw."
        in twee.locator("#besluit-paneel").inner_text()
    )
    twee.wait_for_timeout(2500)
    assert len(pogingen) == 1
    assert (twee.locator(MENING).input_value(), _kopieen(twee)) == ("Nog een zin van mij.", 1)
    twee.reload()
    twee.get_by_text("Wat je net typte, is niet bewaard.").wait_for()
    assert twee.get_by_text("Nog een zin van mij.").count() == 1
    assert axe(twee) == []
    twee.get_by_role("button", name="Gooi het weg").click()
    assert _kopieen(twee) == 0


def test_de_knop_van_een_oud_tabblad_geeft_de_tekst_terug(site):
    twee = _mening_in_twee_tabbladen(site)
    twee.locator("input[name=mening]").first.check()
    twee.locator(MENING).fill("Nog een zin van mij.")
    twee.get_by_role("button", name="Nakijken en sturen").click()
    twee.get_by_text("Wat je net typte, is niet bewaard.").wait_for()
    assert twee.get_by_text("Nog een zin van mij.").count() == 1


def _brief_van(site, email):
    """A visitor who typed a letter and did not save it."""
    pagina = site.als("")
    pagina.goto("/aanmelden/")
    for veld, waarde in {
        "voornaam": "Nel",
        "achternaam": "Vos",
        "email": email,
        "telefoon": "0612345678",
        "woonplaats": "Ede",
    }.items():
        pagina.locator(f"[name={veld}]").fill(waarde)
    pagina.locator("[name=regio]").select_option(index=1)
    pagina.get_by_role("button", name="Verder naar je brief").click()
    pagina.wait_for_url("**/aanmelden/brief/")
    pagina.locator("[name=motivatie]").fill("Ik wil dit al jaren.")
    return pagina


def _inloggen(pagina, naam):
    """Log in through the form, in this tab."""
    pagina.goto("/inloggen/")
    assert pagina.get_by_role("button", name=TERUG).count() == 0
    pagina.locator("[name=login]").fill(f"{naam}@demo.example")
    pagina.locator("[name=password]").fill("demo-eigen-kracht")
    pagina.locator("form:has([name=password]) button:not([type=button])").first.click()
    pagina.wait_for_url(lambda adres: "/inloggen/" not in adres)


def test_een_brief_van_een_bezoeker_gaat_mee_naar_wie_met_dat_adres_inlogt(site):
    pagina = _brief_van(site, "redacteur@demo.example")
    _inloggen(pagina, "redacteur")
    pagina.goto("/aanmelden/brief/")
    pagina.get_by_role("button", name=TERUG).click()
    assert pagina.locator("[name=motivatie]").input_value() == "Ik wil dit al jaren."


def test_een_brief_van_een_bezoeker_gaat_niet_mee_naar_een_ander(site):
    pagina = _brief_van(site, "nel@demo.example")
    assert _kopieen(pagina) == 1
    _inloggen(pagina, "redacteur")
    pagina.goto("/agenda/")
    assert _kopieen(pagina) == 0


def test_inloggen_en_codes_worden_nooit_bewaard_of_aangeboden(site):
    pagina = site.als("")
    for adres, veld in (
        ("/inloggen/", "email"),
        ("/accounts/password/reset/", "email"),
        ("/op-de-hoogte/", "email"),
    ):
        pagina.goto(adres)
        if pagina.locator(f"form[method=post] [name={veld}]").count():
            pagina.locator(f"form[method=post] [name={veld}]").first.fill("stap5@demo.example")
        pagina.goto("/inloggen/")
        pagina.goto(adres)
        assert (_kopieen(pagina), pagina.get_by_role("button", name=TERUG).count()) == (0, 0)


def test_een_wachtwoord_of_code_blijft_nergens_staan(site):
    pagina = site.als("")
    pagina.goto("/inloggen/")
    pagina.locator("[name=login]").fill("stap5@demo.example")
    pagina.locator("[name=password]").fill("dit-is-geheim-genoeg")
    assert pagina.evaluate("Object.keys(sessionStorage).length") == 0
