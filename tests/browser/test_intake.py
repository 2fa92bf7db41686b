"""Applications in Chromium: the bureau types on behalf and asks something; the person confirms, answers, and reads
the letter.
"""

import re

from django.utils import timezone

from cursus.models import Belnotitie
from lms.kern.models import Traject
from lms.kern.pad.afleiding import bijwerken
from tests.browser.conftest import nagekeken
from tests.post import bezorgd


def _invullen(pagina, email):
    for label, tekst in (("Voornaam", "Corrie"), ("Achternaam", "Jonker"), ("E-mailadres", email)):
        pagina.locator("form").get_by_label(re.compile(f"^{label}")).fill(tekst)
    pagina.get_by_label("Regio").select_option(index=1)
    pagina.locator("textarea[name=motivatie]").fill("In mijn straat regelden we alles samen.")
    pagina.locator("textarea[name=cv]").fill("Dertig jaar in de zorg.")
    pagina.get_by_label("Ja", exact=True).check()


def test_namens_invoeren_en_bevestigen(site, gezien, breedte):
    bureau = site.als("bureau", breedte)
    bureau.goto("/bureau/")
    with bureau.expect_navigation():
        bureau.get_by_role("link", name="Aanmeldingen").click()
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_role("link", name="Aanmelding invoeren").click()
    bureau.get_by_role("button", name="Bewaar het concept").click()
    bureau.locator("[data-fouten]").wait_for()
    nagekeken(bureau, gezien, breedte)
    _invullen(bureau, "corrie@demo.example")
    bureau.get_by_role("button", name="Bewaar het concept").click()
    bureau.get_by_role("button", name="Stuur de link").click()
    bureau.get_by_text("De mail aan Corrie gaat zo uit").wait_for()
    nagekeken(bureau, gezien, breedte)
    bureau.goto("/bureau/aanmeldingen/concepten/")
    nagekeken(bureau, gezien, breedte)

    mens = site.als("", breedte)
    mens.goto(re.search(r"https?://[^/]+(/aanmelden/bevestigen/\S+)", bezorgd()[-1].body).group(1))
    nagekeken(mens, gezien, breedte)
    mens.get_by_label("De Eigen Kracht Centrale mag mijn gegevens").check()
    mens.get_by_role("button", name="Ja, dit klopt").click()
    mens.get_by_role("heading", name="Je brief en cv zijn verstuurd").wait_for()
    nagekeken(mens, gezien, breedte)
    assert Traject.objects.get(kandidaat__email="corrie@demo.example").stap == 1


def test_op_papier_vragen_en_antwoord_typen(site, gezien, breedte):
    """Who has no e-mail: confirmed on paper, a letter on paper, the answer typed by the bureau."""
    bureau = site.als("bureau", breedte)
    bureau.goto("/bureau/aanmeldingen/invoeren/")
    _invullen(bureau, "")
    bureau.get_by_role("button", name="Bewaar het concept").click()
    bureau.get_by_label("Welke datum staat er op het papier?").fill(timezone.localdate().isoformat())
    bureau.get_by_label("Deze persoon las alles").check()
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_role("button", name="Leg vast: bevestigd op papier").click()
    bureau.get_by_role("link", name="Iets vragen").click()
    bureau.get_by_role("button", name="Stuur deze vraag").click()  # {vraag} is still there
    bureau.locator("[data-fouten]").wait_for()
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_label("De brief").fill("Dag Corrie, waar werkte je?")
    bureau.get_by_role("button", name="Stuur deze vraag").click()
    bureau.get_by_role("heading", name="Brief aan Corrie Jonker").wait_for()
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_role("link", name="Aanmelding van Corrie Jonker").click()
    with bureau.expect_navigation():
        bureau.get_by_role("link", name="Typ het antwoord").click()
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_label("Je antwoord").fill("In het ziekenhuis van Meppel.")
    bureau.get_by_role("button", name="Leg dit antwoord vast").click()
    bureau.get_by_text("In het ziekenhuis van Meppel.").wait_for()
    nagekeken(bureau, gezien, breedte)


def test_de_kandidaat_leest_de_vraag_en_vult_aan(site, gezien, breedte):
    pagina = site.als("vraag", breedte)
    pagina.goto("/mijn/")
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Lees en vul aan").click()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Stuur mijn antwoord").click()
    pagina.locator("[data-fouten]").wait_for()
    pagina.get_by_label("Je antwoord").fill("Ik gaf taalles aan tafel.")
    pagina.get_by_role("button", name="Stuur mijn antwoord").click()
    pagina.get_by_text("Wij lezen je brief en cv.").wait_for()
    pagina.goto("/mijn/brief/")
    assert "Ik gaf taalles aan tafel." in pagina.get_by_role("main").inner_text()
    nagekeken(pagina, gezien, breedte)


def test_even_bellen(site, gezien, breedte):
    traject = Traject.objects.get(kandidaat__email="stap2@demo.example")
    Belnotitie.objects.create(traject=traject)
    bijwerken(traject)
    bureau = site.als("bureau", breedte)
    bureau.goto(f"/bureau/kandidaten/{traject.pk}/bellen/")
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_label("Wanneer praatten jullie?").fill(timezone.localdate().isoformat())
    bureau.get_by_label(re.compile("^Wat bespraken jullie")).fill("Komt de volgende keer.")
    bureau.get_by_role("button", name="Leg dit gesprek vast").click()
    bureau.get_by_text("Het gesprek staat opgeschreven.").wait_for()
