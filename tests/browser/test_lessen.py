"""Following the course in Chromium: writing that saves itself, sharing, handing in, the trainer's answer, and the
report that looks back.
"""

import re

from cursus.models import Inlevering, LesPagina, Notitie
from tests.browser.conftest import SCHERM, TELEFOON, nagekeken
from tests.browser.lopen import Wandeling

LES = "/cursus/ek1/dag-1/open-vragen/"
THUIS = "/cursus/ek1/dag-1/teken-je-eigen-kring/"


def _notitie():
    return Notitie.objects.filter(
        traject__kandidaat__email="stap4@demo.example", les__slug="open-vragen", vraag=""
    ).first()


def test_een_notitie_bewaart_zichzelf_en_kan_worden_gedeeld(site, gezien):
    """On the phone: typed, saved without a button, there on the other device, shared, and not any more."""
    pagina = site.als("stap4", TELEFOON)
    pagina.goto(LES)
    pagina.get_by_label("Mijn notitie bij deze les").fill("Eerst luisteren.")
    pagina.get_by_text(re.compile(r"^Bewaard om \d{1,2}\.\d\d uur$")).wait_for()
    assert _notitie().tekst == "Eerst luisteren."
    nagekeken(pagina, gezien)
    ander = site.als("stap4", SCHERM)
    ander.goto("/cursus/ek1/")
    ander.get_by_role("link", name=re.compile("^Ga verder bij: Luisteren")).click()
    assert ander.get_by_label("Mijn notitie bij deze les").input_value() == "Eerst luisteren."
    ander.get_by_role("button", name=re.compile(r"^Deel dit met mijn trainers\s*: Mijn notitie")).click()
    ander.get_by_text("Je trainers kunnen dit nu lezen.").wait_for()
    assert _notitie().gedeeld_om
    ander.get_by_role("button", name=re.compile(r"^Deel dit niet meer\s*: Mijn notitie")).click()
    ander.get_by_text("Alleen jij ziet dit weer.").wait_for()
    assert ander.klachten == []


def test_twee_tabbladen_bij_een_les(site, gezien):
    een = site.als("stap4", TELEFOON)
    een.goto(LES)
    twee = site.als("stap4", TELEFOON)
    twee.goto(LES)
    twee.get_by_label("Mijn notitie bij deze les").fill("Uit het tweede.")
    twee.get_by_role("button", name="Bewaar mijn tekst").click()
    twee.get_by_text("Bewaard.", exact=True).wait_for()
    een.get_by_label("Mijn notitie bij deze les").fill("Uit het eerste.")
    een.get_by_text(re.compile("ook op een ander scherm veranderd")).wait_for()
    een.get_by_role("button", name="Klaar, naar de volgende les").click()
    een.get_by_role("heading", name="Deze les is ook op een ander scherm veranderd").wait_for()
    assert een.get_by_label("Mijn notitie bij deze les").input_value() == "Uit het eerste."
    een.klachten = [klacht for klacht in een.klachten if "status of 409" not in klacht]
    nagekeken(een, gezien)
    een.get_by_role("button", name="Bewaar wat ik hier typte").click()
    een.get_by_text("Bewaard.", exact=True).wait_for()
    assert _notitie().tekst == "Uit het eerste."


def test_een_thuisopdracht_heen_en_terug(site, gezien):
    """Changed by the candidate, answered by the trainer, read at the lesson; then the answer of a colleague who is
    too late is kept on screen.
    """
    pagina = site.als("stap4", TELEFOON)
    pagina.goto(THUIS)
    pagina.get_by_role("button", name="Bekijk of verander wat ik inleverde").click()
    pagina.get_by_label(re.compile("^Je antwoord")).fill("Mijn kring is groter dan ik dacht.")
    nagekeken(pagina, gezien)
    pagina.get_by_role("button", name="Stuur de nieuwe versie").click()
    pagina.get_by_text("Je opdracht is ingeleverd.").wait_for()
    rij = Inlevering.objects.get(tekst="Mijn kring is groter dan ik dacht.")
    trainer, collega = site.als("trainer1", TELEFOON), site.als("trainer2", TELEFOON)
    collega.goto(f"/trainer/opdrachten/{rij.pk}/")
    trainer.goto("/trainer/")
    trainer.get_by_role("link", name=re.compile("^Lees de opdracht van Samuel")).click()
    trainer.get_by_label("Jouw antwoord").fill("Mooi gezien.")
    trainer.get_by_role("button", name="Stuur mijn antwoord").click()
    trainer.get_by_text("Je antwoord is verstuurd.").wait_for()
    nagekeken(trainer, gezien)
    collega.get_by_label("Jouw antwoord").fill("Ook mooi.")
    collega.get_by_role("button", name="Stuur mijn antwoord").click()
    collega.get_by_text("Een andere trainer heeft al geantwoord.").first.wait_for()
    assert collega.get_by_label("Jouw antwoord").input_value() == "Ook mooi."
    nagekeken(collega, gezien)
    pagina.goto(THUIS)
    pagina.get_by_text("Mooi gezien.").wait_for()
    nagekeken(pagina, gezien)


def test_zonder_script_werkt_alles(site):
    pagina = site.als("stap4", java_script_enabled=False)
    pagina.goto(LES)
    pagina.get_by_label("Mijn notitie bij deze les").fill("Zonder script.")
    pagina.get_by_role("button", name="Klaar, naar de volgende les").click()
    pagina.get_by_role("heading", name="Teken je eigen kring").wait_for()
    assert _notitie().tekst == "Zonder script."
    verslag = site.als("stap6", java_script_enabled=False)
    verslag.goto("/mijn/verslag/wie-je-bent/1/")
    kaart = verslag.locator("#id_k_O03")
    kaart.get_by_text("Voorbeeld toevoegen").click()
    kaart.locator("textarea").fill("Al getypt.")
    kaart.get_by_text("Neem iets over uit je lessen").click()
    kaart.get_by_role("button", name="Zet dit bij mijn voorbeeld").first.click()
    verslag.get_by_text("Je tekst staat bij je voorbeeld.").wait_for()
    assert re.match(r"Al getypt\.\s+Ik merkte dat", verslag.locator("#id_k_O03 textarea").input_value())


def test_een_dichte_les_en_een_leeg_zoekresultaat(site, gezien):
    LesPagina.objects.filter(slug="open-vragen").update(opent="stap", opent_nr=8)
    wandeling = Wandeling(site.als("stap4", TELEFOON), gezien)
    wandeling.bezoek(LES, 403)
    wandeling.bezoek("/cursus/ek1/")
    wandeling.bezoek("/cursus/zoeken/?q=zeppelin")
    wandeling.bezoek("/cursus/zoeken/?q=kring")
    assert wandeling.klachten == []


def test_op_papier_staat_alles(site):
    """Printed: no menu or buttons, and a field as high as its text."""
    pagina = site.als("stap4", SCHERM)
    pagina.goto(LES)
    veld = pagina.get_by_label("Mijn notitie bij deze les")
    veld.fill("Een regel.\n" * 30)
    pagina.emulate_media(media="print")
    pagina.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert veld.evaluate("el => el.scrollHeight <= el.clientHeight + 2")
    assert not pagina.get_by_role("button", name="Klaar, naar de volgende les").is_visible()
    assert not pagina.get_by_role("navigation", name="Lessen").is_visible()
