"""The lessons in Chromium: practice cards by keyboard, the browser's own voice, drawings in forced colours, sheets on
paper, the notebook, and the questions after the last day.
"""

import re

from cursus.models import Deelname, Trainingsreactie, Veiligheidsafspraken
from tests.browser.conftest import SCHERM, TELEFOON, nagekeken

LES = "/cursus/ek1/dag-1/open-vragen/"
STEM = """
    window.gezegd = []; window.gestopt = 0;
    const stem = {
      getVoices: () => [{ lang: "en-GB" }, { lang: "nl-NL", name: "Nel" }],
      cancel: () => { window.gestopt += 1; },
      speak: (zin) => {
        window.gezegd.push([zin.lang, zin.voice && zin.voice.name, zin.text]);
        window.klaar = () => zin.onend();
      },
    };
    Object.defineProperty(window, "speechSynthesis", { value: stem });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


def test_een_oefenkaart_met_het_toetsenbord_en_op_papier(site, gezien):
    pagina = site.als("stap4", TELEFOON)
    pagina.goto(LES)
    nagekeken(pagina, gezien)
    keuze = pagina.locator(".oefen summary").first
    keuze.focus()
    waarom = pagina.locator(".oefen details p").first
    assert not waarom.is_visible()
    pagina.keyboard.press("Enter")
    assert waarom.is_visible()
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement === document.querySelectorAll('.oefen summary')[1]")
    pagina.emulate_media(media="print")
    hoog = pagina.evaluate(
        "[...document.querySelectorAll('.oefen details p')].map((p) => p.getBoundingClientRect().height)"
    )
    assert len(hoog) >= 6
    assert min(hoog) > 10  # folded or not: on paper every why is there
    pagina.emulate_media(media="screen")
    assert pagina.klachten == []


def test_zonder_script_is_een_les_heel(site):
    pagina = site.als("stap4", TELEFOON, java_script_enabled=False)
    pagina.goto(LES)
    pagina.locator(".oefen summary").nth(1).click()
    assert pagina.locator(".oefen details").nth(1).locator("p").is_visible()
    assert pagina.get_by_role("button", name="Lees voor").count() == 0


def test_lees_voor_begint_en_stopt(site):
    pagina = site.als("stap4", TELEFOON)
    pagina.add_init_script(STEM)
    pagina.goto(LES)
    knop = pagina.get_by_role("button", name="Lees voor")
    knop.click()
    assert pagina.evaluate("gezegd") == [["nl-NL", "Nel", "Luisteren, open vragen en doorvragen"]]
    for _ in range(3):
        pagina.evaluate("klaar()")
    gezegd = [zin for _, _, zin in pagina.evaluate("gezegd")]
    assert gezegd[1].startswith("Met een open vraag laat je de conclusie bij de ander.")
    assert gezegd[2].startswith("Twee mensen zitten aan tafel.")  # what the drawing shows
    pagina.get_by_role("button", name="Stop met voorlezen").click()
    gestopt = pagina.evaluate("gestopt")
    assert gestopt >= 1
    pagina.evaluate("klaar()")  # a voice that ends late says nothing more
    assert len(pagina.evaluate("gezegd")) == 4
    assert pagina.get_by_role("button", name="Lees voor").is_visible()
    assert pagina.klachten == []


def test_zonder_stem_is_er_geen_knop(site):
    pagina = site.als("stap4", TELEFOON)
    pagina.add_init_script('Object.defineProperty(window, "speechSynthesis", { value: undefined });')
    pagina.goto(LES)
    pagina.get_by_role("heading", name="Luisteren is meer dan stil zijn").wait_for()
    assert pagina.get_by_role("button", name="Lees voor").count() == 0
    assert pagina.klachten == []


def test_een_tekening_blijft_te_zien_in_eigen_kleuren(site):
    pagina = site.als("stap4", SCHERM, forced_colors="active")
    pagina.goto(LES)
    lijn, vlak, doek, achter = pagina.evaluate(
        """() => { const stijl = (wat) => getComputedStyle(document.querySelector(wat));
        const p = document.createElement("p"); p.style.setProperty("color", "CanvasText"); document.body.append(p);
        p.style.setProperty("background-color", "Canvas"); const eigen = getComputedStyle(p);
        const vlak = stijl(".tekening .vlak");
        return [vlak.stroke, vlak.fill, eigen.color, eigen.backgroundColor]; }"""
    )
    assert lijn == doek
    assert vlak != lijn
    assert vlak == achter


def test_bladen_om_te_printen(site, gezien):
    pagina = site.als("stap4", TELEFOON)
    pagina.goto("/cursus/ek1/dag-1/")
    nagekeken(pagina, gezien)
    pagina.get_by_role("link", name="De buurvrouw die raad wil").click()
    pagina.get_by_role("heading", name="De buurvrouw die raad wil").wait_for()
    nagekeken(pagina, gezien)
    pagina.emulate_media(media="print")
    rollen = pagina.locator(".rollenspel > .rol")
    assert rollen.evaluate_all("alle => alle.map((rol) => getComputedStyle(rol).breakBefore)") == ["auto", "page"]
    assert rollen.nth(1).get_by_text("Een vrouw van veertig zorgt voor haar vader.").is_visible()  # each its own sheet
    assert not pagina.locator("header.top").is_visible()
    pagina.emulate_media(media="screen")
    pagina.goto("/cursus/teken-je-kring/")
    nagekeken(pagina, gezien)
    pagina.set_viewport_size({"width": 1000, "height": 900})
    pagina.emulate_media(media="print")
    assert len(re.findall(rb"/Type ?/Page\b", pagina.pdf(format="A4"))) == 1


def test_het_schrift_en_de_veiligheidsafspraken(site, gezien):
    Veiligheidsafspraken.objects.create(
        tekst="Ben je bang voor iemand? Bel je regiomanager.", adres="https://www.eigen-kracht.nl/"
    )
    pagina = site.als("stap4", TELEFOON)
    pagina.goto("/cursus/ek1/dag-2/iedereen-voorbereiden/")
    pagina.get_by_text("Ben je bang voor iemand?").wait_for()
    nagekeken(pagina, gezien)
    pagina.goto("/cursus/ek1/dag-1/")
    pagina.get_by_role("link", name="Kijk terug op dag 1").click()
    pagina.get_by_label("Wat neem je mee naar huis van deze dag?").fill("Stil zijn mag.")
    pagina.get_by_text(re.compile(r"^Bewaard om \d")).first.wait_for()
    pagina.goto("/mijn/schrift/")
    pagina.get_by_text("Stil zijn mag.").wait_for()
    pagina.get_by_role("heading", name="Je keek terug op de dag").wait_for()
    nagekeken(pagina, gezien)


def test_na_de_laatste_dag_zonder_naam(site, gezien):
    pagina = site.als("stap5", TELEFOON)
    pagina.goto("/mijn/schrift/")
    pagina.get_by_role("link", name="Beantwoord drie vragen over EK1").click()
    nagekeken(pagina, gezien)
    pagina.get_by_role("button", name="Stuur zonder mijn naam").click()
    pagina.get_by_text("Eén zin is genoeg.").first.wait_for()
    pagina.get_by_label("Wat hielp je het meest in deze training?").fill("De rollenspellen.")
    pagina.get_by_role("button", name="Stuur zonder mijn naam").click()
    pagina.get_by_text("Je antwoorden staan er, zonder je naam.").wait_for()
    plek = Deelname.objects.get(traject__kandidaat__email="stap5@demo.example", soort="EK1", afgemeld_om=None)
    assert plek.reageerde
    assert Trainingsreactie.objects.filter(uitvoering=plek.uitvoering).exists()
    pagina.goto(f"/mijn/training/reactie/{plek.pk}/")
    pagina.get_by_role("heading", name="Je antwoorden zijn verstuurd. Dank je wel.").wait_for()
    nagekeken(pagina, gezien)
    trainer = site.als("trainer1", TELEFOON)
    trainer.goto(f"/trainer/groepen/{plek.uitvoering_id}/reacties/")
    trainer.get_by_role("heading", name="Wat deelnemers zeggen", exact=True).wait_for()
    nagekeken(trainer, gezien)
