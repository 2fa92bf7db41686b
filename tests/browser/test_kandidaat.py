"""A candidate in Chromium: apply, and pick a moment without learning what the trainers think."""

import datetime as dt
import re

from django.utils import timezone

from lms.kern.models import Regio, Traject
from selectie.models import Gesprek
from tests.browser.conftest import nagekeken
from tests.browser.lopen import Wandeling
from tests.post import bezorgd, code


def test_aanmelden(site, gezien, breedte):
    """From the agenda, with a date in mind, to the own path."""
    pagina = site.als("", breedte)
    pagina.goto("/agenda/?soort=informatie")
    pagina.get_by_role("link", name="Kies deze datum").first.click()
    if pagina.get_by_role("heading", level=1).inner_text() != "Wie ben je?":
        pagina.get_by_role("main").get_by_role("link", name="Kies deze datum").first.click()
    assert "We onthouden dit" in pagina.get_by_role("main").inner_text()
    for label, tekst in (
        ("Voornaam", "Fatima"),
        ("Achternaam", "El Idrissi"),
        ("E-mailadres", "fatima@demo.example"),
        ("Telefoonnummer", "06 12345678"),
        ("Woonplaats", "Zwolle"),
    ):
        pagina.get_by_label(label, exact=True).fill(tekst)
    pagina.get_by_label("In welke regio woon je?").select_option(
        label=Regio.objects.get(naam="Overijssel-Flevoland").naam
    )
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Verder naar je brief").click()

    pagina.get_by_label("Je brief").first.fill("In mijn straat regelden we altijd alles samen.")
    pagina.get_by_role("button", name="Bewaar en ga verder").click()  # the cv is still missing
    pagina.locator("[data-fouten]").wait_for()
    assert pagina.locator("[data-fouten]").get_by_role("link").all_inner_texts() == [
        "Schrijf je cv, of stuur het als bestand."
    ]
    assert pagina.get_by_label("Je brief").first.input_value() == "In mijn straat regelden we altijd alles samen."
    pagina.get_by_label("Of stuur je cv als bestand").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ geen pdf"}
    )
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.locator("[data-fouten]", has_not_text="Schrijf je cv").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.locator("textarea[name=cv]").fill("Ik zorgde vier jaar voor mijn moeder.")
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.wait_for_url("**/aanmelden/onafhankelijk/")

    nagekeken(pagina, gezien, breedte)
    pagina.get_by_label("Ja", exact=True).check()
    pagina.get_by_label("De Eigen Kracht Centrale mag mijn gegevens").check()
    pagina.get_by_role("button", name="Verder naar nakijken").click()
    assert "Ik zorgde vier jaar voor mijn moeder." in pagina.get_by_role("main").inner_text()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("button", name="Mail mij een code").click()

    pagina.get_by_label("Je code").fill("000000" if code() != "000000" else "111111")
    pagina.get_by_role("button", name="Stuur je brief en cv").click()
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_label("Je code").fill(code())
    pagina.get_by_role("button", name="Stuur je brief en cv").click()
    pagina.wait_for_url("**/mijn/")
    assert pagina.get_by_role("heading", level=1).inner_text() == "Dag Fatima"
    nagekeken(pagina, gezien, breedte)
    assert Traject.objects.get(kandidaat__email="fatima@demo.example").stap == 1
    pagina.goto("/accounts/password/change/")  # who came in with a code has no password yet
    assert pagina.get_by_role("heading", level=1).inner_text() == "Wachtwoord kiezen"
    pagina.get_by_role("button", name="Bewaar mijn wachtwoord").click()
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien, breedte)


def test_verder_op_een_ander_toestel(site, gezien, breedte):
    """Typing begins on one device; the mailed link asks first, and then goes on with it on another."""
    pagina = site.als("", breedte)
    pagina.goto("/aanmelden/")
    for label, tekst in (("Voornaam", "Elsa"), ("Achternaam", "Tesfay"), ("E-mailadres", "elsa.tesfay@demo.example")):
        pagina.get_by_label(label, exact=True).fill(tekst)
    pagina.get_by_label("In welke regio woon je?").select_option(label="Overijssel-Flevoland")
    pagina.get_by_label("Telefoonnummer", exact=True).fill("06 12345678")
    pagina.get_by_label("Woonplaats", exact=True).fill("Zwolle")
    pagina.get_by_role("button", name="Verder naar je brief").click()
    pagina.get_by_label("Je brief").first.wait_for()
    link = re.search(r"/aanmelden/verder/\S+", bezorgd()[-1].body).group()
    ander = site.als("", breedte)
    ander.goto(link)
    assert "elsa.tesfay@demo.example" in ander.get_by_role("main").inner_text()
    nagekeken(ander, gezien, breedte)
    ander.get_by_role("button", name="Ga verder met mijn aanmelding").click()
    assert "Elsa Tesfay" in ander.get_by_role("main").inner_text()
    assert pagina.klachten == ander.klachten == []


def test_de_pagina_die_wacht_zegt_zelf_dat_de_mail_weg_is(site):
    pagina = site.als("", 390)
    pagina.goto("/inloggen/")
    pagina.locator("[name=email]").fill("stap1@demo.example")
    pagina.get_by_role("button", name="Mail mij een code").click()
    wacht = pagina.locator("[data-mailstand]")
    voor = wacht.inner_text()
    with pagina.expect_response(re.compile("mailstand")):
        bezorgd()
    pagina.locator("[data-mailstand][data-klaar]").wait_for()
    assert wacht.inner_text() != voor
    assert pagina.klachten == []


def _momenten_voorstellen(site, gezien, breedte):
    """trainer1 finds the task in the worklist and offers two moments."""
    trainer = site.als("trainer1", breedte)
    trainer.goto("/trainer/")
    naam = Traject.objects.get(kandidaat__email="verschil@demo.example").kandidaat.naam
    trainer.locator(f"a.btn[aria-label$='{naam}']").click()
    trainer.get_by_role("heading", name="Stel momenten voor").wait_for()
    trainer.get_by_role("button", name="Stuur de momenten").click()  # nothing filled in yet
    trainer.locator("[data-fouten]").wait_for()
    nagekeken(trainer, gezien, breedte)
    over = timezone.localdate() + dt.timedelta(days=4)
    for nr, uur in ((1, "10:00"), (2, "19:30")):
        trainer.locator(f"[name=dag_{nr}]").fill(over.isoformat())
        trainer.locator(f"[name=tijd_{nr}]").fill(uur)
        trainer.locator(f"[name=plek_{nr}]").fill("Bellen")
    trainer.get_by_role("button", name="Stuur de momenten").click()
    trainer.get_by_role("heading", name="kiest uit deze momenten").wait_for()
    nagekeken(trainer, gezien, breedte)


def test_verschil_kiest_een_moment(site, gezien, breedte):
    """The views differ: she reads that we want to talk, picks a moment, and nowhere what her trainers wrote."""
    pagina = site.als("verschil", breedte)
    gelezen = []
    pagina.on(
        "requestfinished",
        lambda verzoek: (
            gelezen.append(verzoek.response().text())
            if verzoek.resource_type == "document" and verzoek.response().status == 200
            else None
        ),
    )
    pagina.goto("/mijn/besluit/")
    assert pagina.get_by_role("heading", name="We willen graag met je praten over je verslag").count() == 1
    _momenten_voorstellen(site, gezien, breedte)
    pagina.goto("/mijn/")
    pagina.locator("main .task a.btn").click()
    pagina.get_by_role("button", name="Kies dit moment").click()  # nothing picked yet
    pagina.locator("[data-fouten]").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_label(re.compile("19.30 uur")).check()
    pagina.get_by_role("button", name="Kies dit moment").click()
    pagina.get_by_role("heading", name=re.compile("Jullie praten op .* 19.30 uur")).wait_for()
    nagekeken(pagina, gezien, breedte)
    Wandeling(pagina, gezien, site.adres).loop("/mijn/", "/mijn/gebeurd/", "/mijn/verslag/", "/mijn/verslag/versie/1/")
    assert len(gelezen) > 12
    assert [html for html in gelezen if "Zandloper" in html] == []
    assert Gesprek.objects.get(verslag__traject__kandidaat__email="verschil@demo.example").moment_om
