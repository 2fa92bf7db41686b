"""Everything works with JavaScript off."""

import re

from cursus.models import Aanwezigheid, Uitvoering
from lms.kern.models import Traject
from selectie.models import Verslag


def test_kandidaat_zonder_script(site):
    """One page of the report and a note of a talk."""
    pagina = site.als("stap6", 390, java_script_enabled=False)
    pagina.goto("/mijn/verslag/wie-je-bent/1/")
    pagina.locator("textarea[name=t_O02]").fill("Zonder script.")
    pagina.get_by_role("button", name="Volgende 3 punten").click()
    assert pagina.url.endswith("/mijn/verslag/wie-je-bent/2/")
    assert (
        Verslag.objects.get(traject__kandidaat__email="stap6@demo.example")
        .antwoorden.get(profieltekst__code="O02")
        .tekst
        == "Zonder script."
    )
    pagina.goto("/mijn/verslag/nakijken/")
    pagina.get_by_role("button", name="Stuur naar mijn trainers").click()
    assert "Je bent er bijna" in pagina.get_by_role("main").inner_text()

    ander = site.als("stap5", 390, java_script_enabled=False)
    ander.goto("/mijn/notities/")
    ander.locator("textarea[name=tekst]").fill("We praatten over luisteren.")
    ander.get_by_role("button", name="Bewaar mijn notitie").click()
    assert "We praatten over luisteren." in ander.get_by_role("main").inner_text()
    assert (
        Traject.objects.get(kandidaat__email="stap5@demo.example").uitzoeknotities.get().tekst
        == "We praatten over luisteren."
    )


def test_trainer_zonder_script(site):
    """The roll call of today in one press, and a view."""
    pagina = site.als("trainer1", 390, java_script_enabled=False)
    groep = Uitvoering.objects.get(titel="EK1 Utrecht")
    pagina.goto(f"/trainer/groepen/{groep.pk}/dag/2/")
    pagina.get_by_role("button", name="Iedereen is er").click()
    assert "Iedereen is ingevuld." in pagina.get_by_role("main").inner_text()
    assert set(
        Aanwezigheid.objects.filter(bijeenkomst__uitvoering=groep, nr=2).values_list("resultaat", flat=True)
    ) == {"ja"}

    verslag = Verslag.objects.get(traject__kandidaat__email="wacht@demo.example")
    pagina.goto(f"/trainer/verslagen/{verslag.pk}/")
    pagina.get_by_label(re.compile("^Ik twijfel")).check()
    pagina.get_by_label(re.compile("^Reactie aan")).fill("Laten we nog eens praten.")
    pagina.get_by_role("button", name="Nakijken en sturen").click()
    assert "Laten we nog eens praten." in pagina.get_by_role("main").inner_text()
    pagina.get_by_role("button", name=re.compile("^Stuur mijn mening over")).click()
    assert "is gegeven" in pagina.get_by_role("main").inner_text()


def test_aanmelden_zonder_script(site):
    pagina = site.als("", 390, java_script_enabled=False)
    pagina.goto("/aanmelden/")
    pagina.get_by_label("Voornaam").fill("Fatima")
    pagina.get_by_role("button", name="Verder naar je brief").click()
    assert "Je bent er bijna" in pagina.get_by_role("main").inner_text()
    assert pagina.get_by_label("Voornaam").input_value() == "Fatima"
