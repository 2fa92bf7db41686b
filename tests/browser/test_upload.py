"""Files in Chromium: too big is said before anything is sent, sending shows how far it is, a refusal keeps what was
typed.
"""

from lms.kern.models import Bestand, Regio
from tests.aanval.maken import pdf
from tests.browser.conftest import nagekeken

GETYPT = "In mijn straat regelden we altijd alles samen."


def _met_de_knop(vraag):
    """Sent with the button; what is typed saves itself meanwhile."""
    return vraag.method == "POST" and vraag.headers.get("x-requested-with") != "fetch"


def _op_de_briefpagina(site, breedte):
    pagina = site.als("", breedte)
    pagina.goto("/aanmelden/")
    for label, tekst in (
        ("Voornaam", "Noor"),
        ("Achternaam", "Bos"),
        ("E-mailadres", "noor@demo.example"),
        ("Telefoonnummer", "0612345678"),
        ("Woonplaats", "Emmen"),
    ):
        pagina.get_by_label(label, exact=True).fill(tekst)
    pagina.get_by_label("In welke regio woon je?").select_option(label=Regio.objects.get(naam="Noord").naam)
    pagina.get_by_role("button", name="Verder naar je brief").click()
    pagina.get_by_label("Je brief").first.fill(GETYPT)
    return pagina


def test_een_bestand_versturen(site, gezien, breedte, tmp_path):
    pagina = _op_de_briefpagina(site, breedte)
    groot = tmp_path / "groot.pdf"
    groot.write_bytes(pdf().ljust(10_800_000))
    verzonden = []
    pagina.on("request", lambda vraag: verzonden.append(vraag.url) if _met_de_knop(vraag) else None)
    veld = pagina.get_by_label("Of stuur je cv als bestand")
    veld.set_input_files(groot)
    pagina.get_by_text("Dit bestand is te groot: 10,3 MB. Het mag 10 MB zijn.").wait_for()
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    assert verzonden == []
    nagekeken(pagina, gezien, breedte)

    veld.set_input_files({"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ geen pdf"})
    assert pagina.get_by_text("Dit bestand is te groot").count() == 0
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.locator("[data-fouten]").get_by_text("Dit is een programma.").wait_for()
    assert pagina.get_by_label("Je brief").first.input_value() == GETYPT
    nagekeken(pagina, gezien, breedte)

    poort = []
    # the answer waits, so that there is time to look
    pagina.route("**/aanmelden/brief/", lambda weg: poort.append(weg) if _met_de_knop(weg.request) else weg.continue_())
    pagina.get_by_label("Of stuur je cv als bestand").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.get_by_text("Bezig met versturen.").wait_for()
    assert pagina.get_by_role("progressbar").is_visible()
    nagekeken(pagina, gezien, breedte)
    poort[0].continue_()
    pagina.wait_for_url("**/aanmelden/onafhankelijk/")
    assert [b.naam for b in Bestand.objects.all()] == ["cv.pdf"]
    assert pagina.klachten == []


def test_zonder_internet_blijft_alles_staan(site, gezien):
    pagina = _op_de_briefpagina(site, 390)
    pagina.get_by_label("Of stuur je cv als bestand").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.get_by_text("Geen internet. Je tekst staat nog hier.").wait_for()
    assert pagina.get_by_label("Je brief").first.input_value() == GETYPT
    pagina.context.set_offline(False)
    pagina.klachten.clear()
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.wait_for_url("**/aanmelden/onafhankelijk/")


def test_ook_zonder_script(site):
    pagina = site.context(390, java_script_enabled=False).new_page()
    pagina.goto("/aanmelden/")
    for label, tekst in (
        ("Voornaam", "Noor"),
        ("Achternaam", "Bos"),
        ("E-mailadres", "noor@demo.example"),
        ("Telefoonnummer", "0612345678"),
        ("Woonplaats", "Emmen"),
    ):
        pagina.get_by_label(label, exact=True).fill(tekst)
    pagina.get_by_label("In welke regio woon je?").select_option(index=1)
    pagina.get_by_role("button", name="Verder naar je brief").click()
    pagina.locator("textarea[name=motivatie]").fill(GETYPT)
    pagina.locator("input[name=cv_bestand]").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.wait_for_url("**/aanmelden/onafhankelijk/")
