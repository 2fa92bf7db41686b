"""A coordinator after EK2 in Chromium: the own conclusion, a trainer's reply, and the register that follows."""

import re

from lms.kern.models import Traject
from tests.browser.conftest import nagekeken


def test_verslag_na_ek2(site, gezien, breedte):
    traject = Traject.objects.get(kandidaat__email="ek2@demo.example")
    pagina = site.als("ek2", breedte)
    pagina.goto("/mijn/verslag-ek2/")
    # nothing answered yet: the check page says what is missing
    pagina.get_by_role("button", name="Kijk het na").click()
    pagina.get_by_role("button", name="Stuur mijn verslag").click()
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("link", name="Terug naar je verslag").click()
    pagina.get_by_label("Ja, herstel past ook bij mij").check()
    pagina.locator("[name=herstel_waarom]").fill("Ik zat vaak aan tafel na ruzie.")
    pagina.locator("input[name=groep][value=nee]").check()
    pagina.get_by_text(re.compile("^Bewaard om")).wait_for()
    pagina.get_by_role("button", name="Kijk het na").click()
    pagina.get_by_role("heading", name="Nakijken en sturen").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Stuur mijn verslag").click()
    pagina.get_by_text("We passen het register aan", exact=True).wait_for()
    nagekeken(pagina, gezien, breedte)

    trainer = site.als("trainer1", breedte)
    trainer.goto(f"/trainer/scopeverslagen/{traject.scopeverslagen.get().pk}/")
    trainer.get_by_role("button", name="Stuur mijn reactie").click()
    trainer.locator("[data-fouten]").wait_for()
    nagekeken(trainer, gezien, breedte)
    trainer.get_by_label("Jouw reactie").fill("Dat zag ik ook op dag 2.")
    trainer.get_by_role("button", name="Stuur mijn reactie").click()

    bureau = site.als("bureau", breedte)
    bureau.goto(f"/bureau/kandidaten/{traject.pk}/scope/")
    nagekeken(bureau, gezien, breedte)
    bureau.get_by_role("button", name="Pas het register aan").click()
    bureau.wait_for_load_state()
    nagekeken(bureau, gezien, breedte)
    pagina.reload()
    assert "Dat zag ik ook op dag 2." in pagina.get_by_role("main").inner_text()
    assert pagina.get_by_text("Staat in het register").count() == 1
    assert set(traject.registratie.scopes.filter(tot=None).values_list("soort", flat=True)) == {"familie", "herstel"}
