"""Every page of a main task, by Tab alone: at each stop the focus can be seen and what has it has a name. And what a
session says before it ends.
"""

import pytest

from tests.browser.lopen import focus

TAKEN = {
    "": ["/", "/agenda/", "/inloggen/", "/aanmelden/", "/c/"],
    "stap2": ["/mijn/", "/mijn/bijeenkomst/"],
    "stap3": ["/mijn/keuze/"],
    "stap5": ["/mijn/notities/"],
    "stap6": [
        "/mijn/verslag/wie-je-bent/1/", "/mijn/verslag/jouw-antwoord/", "/mijn/verslag/nakijken/", "/mijn/gegevens/",
    ],
    "stap8": ["/mijn/conferenties/1/"],
    "trainer1": ["/trainer/", "/trainer/verslagen/", "/trainer/kandidaten/"],
    "regiomanager": ["/regio/", "/regio/register/", "/regio/kandidaten/", "/regio/conferenties/"],
    "bureau": ["/bureau/", "/bureau/kandidaten/", "/bureau/aanmeldingen/", "/bureau/mensen/", "/bureau/instellingen/"],
}  # fmt: skip
HOOGSTENS = 260


def rond(pagina):
    """Tab from the top until the focus leaves the page. Returns (number of stops, what is wrong)."""
    klachten = []
    for stop in range(HOOGSTENS):
        pagina.keyboard.press("Tab")
        gevonden = focus(pagina)
        if gevonden is None:
            return stop, klachten
        if gevonden:
            klachten.append(gevonden)
    return HOOGSTENS, klachten


@pytest.mark.parametrize("naam", TAKEN)
def test_overal_is_te_zien_waar_je_bent(kijksite, breedte, naam):
    pagina = kijksite.als(naam, breedte, reduced_motion="reduce")
    fout = {}
    for pad in TAKEN[naam]:
        pagina.goto(pad)
        stops, klachten = rond(pagina)
        assert stops > 5, pad
        if klachten:
            fout[pad] = klachten[:5]
    assert not fout, fout
    kijksite.sluiten()


def test_de_proef_ziet_een_focus_die_niet_te_zien_is(kijksite):
    pagina = kijksite.als("", 390, reduced_motion="reduce")
    pagina.goto("/hulp/")
    pagina.evaluate("""() => { const m = document.querySelector('main');
      m.insertAdjacentHTML('afterbegin',
        '<a class="vh" href="/x/">weg</a><button></button><a id="kaal" href="/y/">kaal</a>');
      const s = new CSSStyleSheet();
      s.replaceSync('#kaal:focus-visible { outline: 0 !important; box-shadow: none !important; }');
      document.adoptedStyleSheets = [s]; }""")
    fout = " ".join(rond(pagina)[1])
    assert "weggeknipt" in fout
    assert "geen naam" in fout
    assert "geen rand" in fout
    kijksite.sluiten()


def test_een_sessie_waarschuwt_en_gaat_door_en_houdt_de_tekst(site, settings):
    settings.SESSIE_STIL = settings.SESSIE_STIL_TEAM = 603
    pagina = site.als("stap5")
    pagina.goto("/mijn/notities/")
    vak = pagina.locator("main textarea").first
    vak.fill("Dit wil ik niet kwijt.")
    waarschuwing = pagina.locator("[data-sessie-note]")
    waarschuwing.wait_for(timeout=15_000)
    assert waarschuwing.get_attribute("role") == "alert"
    assert "word je uitgelogd" in waarschuwing.inner_text()
    settings.SESSIE_STIL = settings.SESSIE_STIL_TEAM = 7200
    waarschuwing.get_by_role("button", name="Blijf ingelogd").click()
    waarschuwing.wait_for(state="detached")
    assert vak.input_value() == "Dit wil ik niet kwijt."


def test_een_sessie_die_eindigt_zegt_het_en_geeft_de_tekst_terug(site, settings):
    settings.SESSIE_STIL = settings.SESSIE_STIL_TEAM = 8
    pagina = site.als("stap5")
    pagina.goto("/mijn/notities/")
    pagina.locator("main textarea").first.fill("Dit wil ik niet kwijt.")
    pagina.get_by_text("Je bent uitgelogd, want je was lang stil.").wait_for(timeout=30_000)
    settings.SESSIE_STIL = settings.SESSIE_STIL_TEAM = 7200
    pagina.get_by_role("link", name="Log opnieuw in").click()
    pagina.locator("[name=login]").fill("stap5@demo.example")
    pagina.locator("[name=password]").fill("demo-eigen-kracht")
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url("**/mijn/notities/")
    pagina.get_by_role("button", name="Zet mijn tekst terug").first.click()
    assert pagina.locator("main textarea").first.input_value() == "Dit wil ik niet kwijt."
