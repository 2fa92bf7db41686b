"""A trainer in Chromium: reads a report, loses nothing, checks, sends, goes on with the next; and does the roll
call of today.
"""

import re

from django.utils import timezone

from cursus.models import Aanwezigheid, Uitvoering
from lms.kern.models import Traject
from selectie.models import Puntreactie
from tests.browser.conftest import TELEFOON, nagekeken


def _traject(naam):
    return Traject.objects.select_related("kandidaat").get(kandidaat__email=f"{naam}@demo.example")


def _mening(pagina, keuze, reactie):
    pagina.get_by_label(re.compile(keuze)).check()
    pagina.get_by_label(re.compile("^Reactie aan")).fill(reactie)


def _nakijken_en_sturen(pagina, gezien, breedte):
    pagina.get_by_role("button", name="Nakijken en sturen").click()
    pagina.get_by_role("heading", name="Nakijken en sturen", level=1).wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name=re.compile("^Stuur mijn mening over")).click()


def test_verslagen_lezen_en_antwoorden(site, gezien, breedte):
    pagina = site.als("trainer1", breedte)
    wacht, stap7 = _traject("wacht"), _traject("stap7")
    pagina.goto("/trainer/")
    pagina.get_by_role("link", name=re.compile(f"Lees verslag: {wacht.kandidaat.naam}")).click()
    pagina.get_by_role("heading", name=wacht.kandidaat.naam, level=1).wait_for()
    if breedte == TELEFOON:
        pagina.get_by_role("link", name="Ga naar het besluit").click()
    assert "Joyce nog niet" in pagina.locator("#besluit-paneel").inner_text()

    _mening(pagina, "^Het past\\.", "Wat een eerlijk verslag.")
    pagina.locator(".answer summary").first.click()
    pagina.get_by_text(re.compile("^Concept bewaard om")).wait_for()
    with pagina.expect_response(
        lambda antwoord: "Mooi hoe je dit zegt." in (antwoord.request.post_data or "")
    ):  # this field stands outside the form
        pagina.get_by_label("Jouw reactie op dit punt").first.fill("Mooi hoe je dit zegt.")
    pagina.reload()
    assert pagina.get_by_label(re.compile("^Reactie aan")).input_value() == "Wat een eerlijk verslag."
    assert pagina.get_by_label("Jouw reactie op dit punt").first.input_value() == "Mooi hoe je dit zegt."
    assert pagina.get_by_label(re.compile("^Het past\\.")).is_checked()
    nagekeken(pagina, gezien, breedte)
    _nakijken_en_sturen(pagina, gezien, breedte)

    # a calm page about this act, which offers the one that waits longest
    pagina.get_by_role("heading", name=wacht.kandidaat.naam, level=1).wait_for()
    assert "Je mening over het verslag van Sjoerd is gegeven." in pagina.get_by_role("main").inner_text()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("link", name="Volgend verslag").click()
    pagina.get_by_role("heading", name=_traject("overleg").kandidaat.naam, level=1).wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("link", name="Volgende").click()
    pagina.get_by_role("heading", name=stap7.kandidaat.naam, level=1).wait_for()
    assert "Joyce is klaar" in pagina.locator("#besluit-paneel").inner_text()
    assert "wat een eerlijk verslag" not in pagina.content()  # what the colleague wrote
    _mening(pagina, "^Het past\\.", "Veel plezier met je eerste conferentie.")
    _nakijken_en_sturen(pagina, gezien, breedte)
    pagina.get_by_text("Samen: ja").wait_for()
    assert "wat een eerlijk verslag" in pagina.content()
    nagekeken(pagina, gezien, breedte)
    assert (_traject("wacht").stap, _traject("stap7").stap) == (7, 8)
    punten = Puntreactie.objects.filter(mening__verslag__traject=wacht, mening__trainer__email="trainer1@demo.example")
    assert [punt.tekst for punt in punten] == ["Mooi hoe je dit zegt."]


def test_leeg_sturen_kan_niet(site, gezien):
    pagina = site.als("trainer1", TELEFOON)
    verslag = _traject("wacht").verslagen.get()
    pagina.goto(f"/trainer/verslagen/{verslag.pk}/nakijken/")
    pagina.get_by_role("button", name=re.compile("^Stuur mijn mening over")).click()
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien)


def test_wie_is_er_vandaag(site, gezien, breedte):
    pagina = site.als("trainer1", breedte)
    groep = Uitvoering.objects.get(titel="EK1 Utrecht")
    pagina.goto("/trainer/")
    pagina.locator(f"main a[href='/trainer/groepen/{groep.pk}/dag/2/']").first.click()
    pagina.get_by_role("heading", name="Wie was er op dag 2?").wait_for()
    nagekeken(pagina, gezien, breedte)
    open_rijen = Aanwezigheid.objects.filter(bijeenkomst__uitvoering=groep, nr=2)
    assert set(open_rijen.values_list("resultaat", flat=True)) == {""}
    pagina.get_by_role("button", name="Iedereen is er").click()
    assert pagina.locator("input[value=ja]:checked").count() == open_rijen.count()
    assert set(open_rijen.values_list("resultaat", flat=True)) == {""}  # nothing is written before it is sent
    pagina.get_by_role("button", name="Bewaar wie er was").click()
    pagina.get_by_text("Iedereen is ingevuld.").wait_for()
    nagekeken(pagina, gezien, breedte)
    assert set(open_rijen.values_list("resultaat", flat=True)) == {"ja"}
    pagina.get_by_role("button", name="Ongedaan maken").first.click()
    pagina.get_by_role("button", name="Bewaar wie er was").wait_for()
    nagekeken(pagina, gezien, breedte)
    assert set(open_rijen.values_list("resultaat", flat=True)) == {""}
    assert timezone.localdate(groep.bijeenkomsten.get(nr=2).begint_om) == timezone.localdate()


def _opschrijven(pagina, gezien, breedte):
    """Write the talk down, look it through, and record it."""
    pagina.get_by_label("Wie waren erbij?").fill("Marek, Joyce en jij")
    pagina.get_by_label("Wat spraken jullie af?").fill("Je volgt dag 3 nog een keer.")
    pagina.locator("[name=trainers][value=nieuw_verslag]").check()
    pagina.get_by_role("button", name="Nakijken").click()
    pagina.get_by_role("heading", name="Kijk na wat je opschreef").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Nog iets veranderen").click()
    pagina.get_by_role("button", name="Nakijken").click()
    pagina.get_by_role("button", name="Leg het gesprek vast").click()
    pagina.get_by_text("Gesprek geweest").wait_for()
    nagekeken(pagina, gezien, breedte)


def _samen_eens(collega, kandidaat, gezien, breedte):
    """The colleague agrees with what is proposed, the candidate gives the own answer."""
    collega.goto("/trainer/")
    collega.get_by_role("link", name=re.compile("^Kijk en antwoord")).click()
    nagekeken(collega, gezien, breedte)
    collega.get_by_label("Ja, dit klopt").check()
    collega.get_by_role("button", name="Geef mijn antwoord").click()
    collega.get_by_text("Je antwoord is bewaard.").wait_for()
    nagekeken(collega, gezien, breedte)
    kandidaat.goto("/mijn/besluit/")
    kandidaat.get_by_role("link", name="Ga naar jouw antwoord").click()
    kandidaat.get_by_label("Het past bij mij", exact=True).check()
    kandidaat.get_by_role("button", name="Geef mijn antwoord").click()
    kandidaat.get_by_text("Jullie spraken een nieuw verslag af").wait_for()
    nagekeken(kandidaat, gezien, breedte)


def test_gesprek_opschrijven(site, gezien):
    """The conversation about a difference is written down; only then the candidate reads both sides."""
    verslag = _traject("verschil").verslagen.get()
    pagina, kandidaat = site.als("trainer1", TELEFOON), site.als("verschil", TELEFOON)
    pagina.goto(f"/trainer/verslagen/{verslag.pk}/")
    pagina.get_by_role("link", name="Plan het gesprek").click()
    pagina.get_by_role("link", name="We spraken elkaar al").click()
    pagina.get_by_role("button", name="Nakijken").click()
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien)
    kandidaat.goto("/mijn/besluit/")
    assert "Zandloper" not in kandidaat.content()
    _opschrijven(pagina, gezien, TELEFOON)
    kandidaat.reload()
    assert "Zandloper" in kandidaat.get_by_role("main").inner_text()
    assert "Je volgt dag 3 nog een keer." in kandidaat.get_by_role("main").inner_text()
    nagekeken(kandidaat, gezien)


def _hersturen(kandidaat):
    """The candidate changes one point and the closing answer of the new version, and sends it."""
    kandidaat.goto("/mijn/verslag/wie-je-bent/1/")
    kandidaat.locator("input[name=k_O02][value='2']").check()
    kandidaat.locator("textarea[name=t_O02]").fill("Dit deed ik op dag 3 nog eens.")
    kandidaat.get_by_role("button", name="Volgende 3 punten").click()
    kandidaat.wait_for_url("**/2/")
    kandidaat.goto("/mijn/verslag/nakijken/")
    kandidaat.get_by_role("button", name="Stuur naar mijn trainers").click()
    kandidaat.wait_for_url("**/mijn/besluit/")


def test_van_het_blad_voor_het_gesprek_tot_wat_er_veranderde(site, gezien, breedte):
    """Prepare the talk with the sheet, record it, add to the record, and read the next version by what changed."""
    verslag = _traject("verschil").verslagen.get()
    pagina, kandidaat = site.als("trainer1", breedte), site.als("verschil", breedte)
    pagina.goto(f"/trainer/verslagen/{verslag.pk}/")
    pagina.get_by_role("link", name="Plan het gesprek").click()
    pagina.get_by_role("link", name="Open het blad voor het gesprek").click()
    pagina.get_by_role("heading", name="Punten van het profiel").wait_for()
    assert "Zandloper" in pagina.get_by_role("main").inner_text()
    nagekeken(pagina, gezien, breedte)
    pagina.emulate_media(media="print")
    assert pagina.locator("header.top").is_hidden()
    pagina.emulate_media(media="screen")
    pagina.go_back()
    pagina.get_by_role("link", name="We spraken elkaar al").click()
    _opschrijven(pagina, gezien, breedte)
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Klopt er iets niet? Vul het aan").click()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_label("Wat was er anders").fill("Het gesprek was om half drie.")
    pagina.get_by_label("Waarom schrijf je dit").fill("Dat vergat ik.")
    pagina.get_by_role("button", name="Zet dit erbij").click()
    pagina.get_by_text("Het gesprek was om half drie.").wait_for()
    nagekeken(pagina, gezien, breedte)
    kandidaat.goto("/mijn/besluit/")
    assert "Het gesprek was om half drie." in kandidaat.get_by_role("main").inner_text()
    nagekeken(kandidaat, gezien, breedte)

    _samen_eens(site.als("trainer2", breedte), kandidaat, gezien, breedte)
    _hersturen(kandidaat)
    kandidaat.goto("/mijn/verslag/versie/2/")
    kandidaat.get_by_text("Wat veranderde er sinds verslag 1?").click()
    nagekeken(kandidaat, gezien, breedte)
    tweede = _traject("verschil").verslagen.get(versie=2)
    pagina.goto(f"/trainer/verslagen/{tweede.pk}/")
    pagina.get_by_role("link", name="Alleen wat veranderde").click()
    assert "Dit deed ik op dag 3 nog eens." in pagina.get_by_role("main").inner_text()
    nagekeken(pagina, gezien, breedte)


def test_een_mening_terugnemen(site, gezien):
    """Given too soon, while the colleague has not spoken: back to a draft, with a reason."""
    verslag = _traject("stap7").verslagen.get()
    pagina = site.als("trainer2", TELEFOON)
    pagina.goto(f"/trainer/verslagen/{verslag.pk}/")
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Neem je mening terug").click()
    nagekeken(pagina, gezien)
    pagina.get_by_label("Waarom neem je je mening terug?").fill("Ik las een punt verkeerd.")
    pagina.get_by_role("button", name="Neem mijn mening terug").click()
    pagina.get_by_text("Je mening is weer een concept.").wait_for()
    assert pagina.get_by_label(re.compile("^Reactie aan")).input_value() != ""
    nagekeken(pagina, gezien)


def test_na_een_mening_begint_de_pagina_bovenaan(site):
    """Also for who jumped to the panel first: the anchor of the page is not handed on, nor to the next report."""
    pagina = site.als("trainer1", TELEFOON)
    pagina.goto(f"/trainer/verslagen/{_traject('wacht').verslagen.get().pk}/")
    pagina.get_by_role("link", name="Ga naar het besluit").click()
    _mening(pagina, "^Het past\\.", "Wat een eerlijk verslag.")
    pagina.get_by_role("button", name="Nakijken en sturen").click()
    pagina.get_by_role("button", name=re.compile("^Stuur mijn mening over")).click()
    pagina.get_by_text("is gegeven.").first.wait_for()
    assert "#" not in pagina.url
    pagina.get_by_role("link", name="Volgend verslag").click()
    pagina.get_by_role("heading", name=_traject("overleg").kandidaat.naam, level=1).wait_for()
    assert ("#" in pagina.url, pagina.evaluate("window.scrollY")) == (False, 0)
