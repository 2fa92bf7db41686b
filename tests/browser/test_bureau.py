"""The bureau in Chromium: one act for several people, from the list to the answer per person."""

import re

from tests.browser.conftest import nagekeken


def test_herinnering_voor_meer_mensen(site, gezien, breedte):
    pagina = site.als("bureau", breedte)
    pagina.goto("/bureau/kandidaten/")
    pagina.get_by_role("button", name="Ga verder").click()  # nobody ticked yet
    pagina.get_by_role("heading", name="Je koos nog niemand").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("link", name="Terug naar de lijst").click()
    pagina.get_by_label(re.compile("^Kies Fatima")).check()
    pagina.get_by_role("button", name="Ga verder").click()  # no act chosen: said at its field
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_label("Wat wil je doen?").select_option("herinneren")
    pagina.get_by_role("button", name="Ga verder").click()
    pagina.get_by_text("Dit gaat over 1 persoon").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Een herinnering sturen").click()
    pagina.get_by_text("Dit is er gebeurd.").wait_for()
    nagekeken(pagina, gezien, breedte)
    assert pagina.get_by_role("row").filter(has_text="Fatima").get_by_text("Gedaan.").count() == 1
