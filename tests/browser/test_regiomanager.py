"""A regiomanager in Chromium: finds a coordinator who speaks Tigrinya, and goes with stap8 from the first
conference to the certificate.
"""

import re

from django.utils import timezone

from certificering.models import Certificaat, Conferentie, Registratie
from lms.kern.models import Taal, Taalkennis, Traject
from tests.browser.conftest import nagekeken


def test_register_tigrinya(site, gezien, breedte):
    pagina = site.als("regiomanager", breedte)
    pagina.goto("/regio/")
    pagina.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Register").click()
    pagina.get_by_label("Taal", exact=True).select_option(label="Tigrinya")
    pagina.get_by_role("button", name="Zoek").click()
    spreekt = Taalkennis.objects.filter(taal=Taal.objects.get(naam="Tigrinya")).values("gebruiker")
    namen = {
        r.traject.kandidaat.naam
        for r in Registratie.objects.filter(traject__kandidaat__in=spreekt).select_related("traject__kandidaat")
    }
    assert namen
    assert set(pagina.locator("table a.name").all_inner_texts()) == namen
    assert re.fullmatch(r"\d coördinator(en passen| past)", pagina.get_by_role("status").first.inner_text())
    nagekeken(pagina, gezien, breedte)
    pagina.locator("table a.name").first.click()
    assert "Tigrinya" in pagina.get_by_role("main").inner_text()
    nagekeken(pagina, gezien, breedte)
    pagina.go_back()
    pagina.get_by_label("Kan beginnen").select_option(label="Nu")
    pagina.get_by_label("Naam", exact=True).fill("niemand heet zo")
    pagina.get_by_role("button", name="Zoek").click()
    pagina.get_by_role("heading", name="Niemand past bij al deze wensen").wait_for()
    nagekeken(pagina, gezien, breedte)
    pagina.get_by_role("link", name=re.compile("^Zonder de wens")).first.click()
    pagina.get_by_role("link", name="Alles wissen").click()
    assert pagina.locator("table a.name").count() > len(namen)


def _knop(pagina, naam):
    pagina.get_by_role("main").get_by_role("button", name=naam, exact=True).click()


def _conferentie_opschrijven(kandidaat, gezien, breedte):
    kandidaat.goto("/mijn/conferenties/1/")
    nagekeken(kandidaat, gezien, breedte)
    kandidaat.get_by_label("Bijeenkomst met plan", exact=True).check()
    kandidaat.get_by_label(re.compile("^Wanneer was de bijeenkomst")).fill(timezone.localdate().isoformat())
    kandidaat.get_by_label(re.compile("mensen uit de kring")).fill("9")
    _knop(kandidaat, "Bewaar de conferentie")
    kandidaat.get_by_text("Je regiomanager kijkt of de conferentie meetelt").first.wait_for()
    nagekeken(kandidaat, gezien, breedte)


def _tellen(regio, gezien, breedte):
    regio.goto("/regio/")
    rij = Conferentie.objects.get(traject__kandidaat__email="stap8@demo.example")
    regio.goto(f"/regio/conferenties/{rij.pk}/")
    nagekeken(regio, gezien, breedte)
    regio.get_by_label("Ja, deze conferentie telt mee").check()
    _knop(regio, "Bewaar")
    regio.get_by_role("link", name="Naar de evaluatie").click()
    nagekeken(regio, gezien, breedte)
    return rij


def _terugkijken(kandidaat, regio, gezien, breedte):
    """Both voices; the candidate reads the regiomanager's only after the conversation."""
    kandidaat.goto("/mijn/conferenties/1/")
    nagekeken(kandidaat, gezien, breedte)
    kandidaat.locator("textarea[name=tekst]").fill("Ik moest op mijn handen zitten. Bel 06 12345678.")
    kandidaat.locator(".seg input[type=radio]").first.check()
    _knop(kandidaat, "Bewaar mijn terugblik")
    # it looks like a telephone number of somebody
    kandidaat.get_by_label("Dit zijn geen gegevens van de familie").wait_for()
    nagekeken(kandidaat, gezien, breedte)
    kandidaat.locator("textarea[name=tekst]").fill("Ik moest op mijn handen zitten. Het lukte.")
    _knop(kandidaat, "Bewaar mijn terugblik")
    regio.reload()
    assert "op mijn handen" not in regio.content()
    regio.locator("textarea[name=tekst]").fill("Parelmoer: iedereen was goed voorbereid.")
    _knop(regio, "Bewaar")
    regio.get_by_text("Ik moest op mijn handen zitten. Het lukte.").wait_for()
    nagekeken(regio, gezien, breedte)
    kandidaat.reload()
    assert "Parelmoer" not in kandidaat.content()


def _samen_afronden(kandidaat, regio, gezien, breedte):
    regio.get_by_label("Wanneer was jullie gesprek?").fill(timezone.localdate().isoformat())
    regio.get_by_label("Positief: klaar voor het certificaat").check()
    regio.get_by_label(re.compile("^Wat spraken jullie af")).fill("Volgende keer eerder beginnen met uitnodigen.")
    _knop(regio, "Bewaar het gesprek")
    kandidaat.goto("/mijn/conferenties/1/")
    assert "Parelmoer" in kandidaat.content()
    nagekeken(kandidaat, gezien, breedte)
    kandidaat.get_by_label("Ja, ik ben het ermee eens").check()
    kandidaat.get_by_role("main").locator("form:has([name=eens]) button").click()
    regio.reload()
    nagekeken(regio, gezien, breedte)
    _knop(regio, "Rond de evaluatie af")
    regio.get_by_text("De evaluatie is afgerond.").wait_for()
    nagekeken(regio, gezien, breedte)


def test_van_conferentie_naar_certificaat(site, gezien, breedte):
    kandidaat, regio = site.als("stap8", breedte), site.als("regiomanager", breedte)
    _conferentie_opschrijven(kandidaat, gezien, breedte)
    _tellen(regio, gezien, breedte)
    _terugkijken(kandidaat, regio, gezien, breedte)
    _samen_afronden(kandidaat, regio, gezien, breedte)
    traject = Traject.objects.get(kandidaat__email="stap8@demo.example")
    certificaat = Certificaat.objects.get(traject=traject)
    kandidaat.goto("/mijn/certificaat/")
    kandidaat.get_by_role("heading", name=re.compile("Gefeliciteerd")).wait_for()
    nagekeken(kandidaat, gezien, breedte)
    with kandidaat.expect_download() as pdf:
        kandidaat.get_by_role("link", name="Download als pdf").click()
    with open(pdf.value.path(), "rb") as bestand:
        assert bestand.read(5) == b"%PDF-"
    bezoeker = site.als("", breedte)
    bezoeker.goto("/c/")
    bezoeker.get_by_label(re.compile("^Nummer op het certificaat")).fill(certificaat.nummer.lower())
    bezoeker.get_by_role("button", name="Controleer").click()
    assert traject.kandidaat.naam in bezoeker.get_by_role("main").inner_text()
    nagekeken(bezoeker, gezien, breedte)
    regio.goto("/regio/register/?naam=" + traject.kandidaat.achternaam)
    assert regio.locator("table a.name").all_inner_texts() == [traject.kandidaat.naam]
