"""The Wagtail admin under our policy: nothing in the console of the page editor and the planning, and the pickers
work.
"""

import gc
import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Plaatje
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cursus.lesblokken import DELEN
from cursus.models import DagPagina, LesPagina, Locatie, Uitvoering
from tests.browser.conftest import SCHERM, TELEFOON, nagekeken


def _les():
    return LesPagina.objects.live().first().pk


def _dag():
    return DagPagina.objects.live().first().pk


def _groep():
    return Uitvoering.objects.get(titel="EK1 voorjaar Utrecht").pk


PAGINAS = [
    ("redacteur", lambda: "/beheer/"),
    ("redacteur", lambda: f"/beheer/pages/{_les()}/edit/"),
    ("redacteur", lambda: "/beheer/images/"),
    ("redacteur", lambda: "/beheer/profielcodes/"),
    ("bureau", lambda: "/beheer/uitvoering/"),
    ("bureau", lambda: "/beheer/uitvoering/new/"),
    ("bureau", lambda: f"/beheer/uitvoering/edit/{_groep()}/"),
    ("bureau", lambda: f"/beheer/uitvoering/afgelasten/{_groep()}/"),
    ("bureau", lambda: "/beheer/locatie/new/"),
    ("bureau", lambda: f"/beheer/locatie/edit/{Locatie.objects.first().pk}/"),
    ("beheer", lambda: "/beheer/django/"),
    ("beheer", lambda: "/beheer/settings/cursus/contactgegevens/"),
    ("beheer", lambda: "/beheer/settings/cursus/veiligheidsafspraken/"),
    ("redacteur", lambda: f"/beheer/pages/{_dag()}/edit/"),
]


@pytest.mark.parametrize(("naam", "pad"), PAGINAS)
def test_console_blijft_leeg(kijksite, naam, pad):
    pagina = kijksite.als(naam, SCHERM)
    antwoord = pagina.goto(pad(), wait_until="networkidle")
    assert antwoord.status == 200
    assert pagina.klachten == []
    kijksite.sluiten()


def test_een_les_bewerken(site):
    """The editor starts (rich text, blocks), and what is published is what people read."""
    pagina, les = site.als("redacteur", SCHERM), LesPagina.objects.get(pk=_les())
    pagina.goto(f"/beheer/pages/{les.pk}/edit/", wait_until="networkidle")
    pagina.locator("[data-draftail-editor-wrapper]").first.wait_for()
    pagina.locator("#id_title").fill("Een nieuwe titel")
    pagina.get_by_role("button", name="Meer acties").last.click()
    pagina.locator("[name=action-publish]").click()
    pagina.wait_for_url(lambda adres: "/edit/" not in adres)
    assert pagina.klachten == []
    assert LesPagina.objects.get(pk=les.pk).title == "Een nieuwe titel"


def test_het_voorbeeld_staat_naast_het_formulier(site):
    """The panel beside the form shows the page with what was just typed, in our own look."""
    pagina, pk = site.als("redacteur", SCHERM), _les()
    pagina.goto(f"/beheer/pages/{pk}/edit/", wait_until="networkidle")
    pagina.locator("#id_title").fill("Zo wordt het")
    pagina.locator("[data-side-panel-toggle=preview]").first.click()
    voorbeeld = pagina.frame_locator("[data-side-panel=preview] iframe:not([hidden])").last
    voorbeeld.get_by_role("heading", name="Zo wordt het").wait_for()
    assert voorbeeld.locator("header.top").evaluate("el => getComputedStyle(el).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert pagina.klachten == []


def test_een_training_plannen(site):
    """The date and time pickers open; saving goes through the act, and a wrong day is told at its field."""
    pagina, pk = site.als("bureau", SCHERM), _groep()
    pagina.goto(f"/beheer/uitvoering/edit/{pk}/", wait_until="networkidle")
    for veld in ("dag1", "begin1"):
        pagina.locator(f"[name={veld}]").click()
        pagina.locator(".xdsoft_datetimepicker:visible").wait_for()
        pagina.keyboard.press("Escape")
    pagina.locator("[name=titel]").fill("EK1 Utrecht, de tweede groep")
    pagina.locator("[name=eind1]").fill("08:00")
    pagina.get_by_role("button", name="Opslaan").click()
    pagina.get_by_text("De eindtijd is vóór de begintijd.").wait_for()
    assert Uitvoering.objects.get(pk=pk).titel == "EK1 voorjaar Utrecht"
    pagina.locator("[name=eind1]").fill("17:00")
    pagina.get_by_role("button", name="Opslaan").click()
    pagina.wait_for_url(lambda adres: "/edit/" not in adres)
    assert pagina.klachten == []
    assert Uitvoering.objects.get(pk=pk).titel == "EK1 Utrecht, de tweede groep"


def _bestand(naam, inhoud):
    return Document.objects.create(title=naam, file=ContentFile(inhoud, naam))


@pytest.mark.filterwarnings(
    "ignore:.*(SpooledTemporaryFile|FileIO):pytest.PytestUnraisableExceptionWarning"
)  # Wagtail leaves one when it resizes
def test_alle_soorten_blokken(site, gezien):
    """What an editor may add to a lesson and the course of the fixtures does not use: pictures, quotes, videos,
    papers.
    """
    png = io.BytesIO()
    Plaatje.new("RGB", (1600, 900), "#6e2360").save(png, "PNG")
    beeld = Image.objects.create(title="Een kring", file=ContentFile(png.getvalue(), "kring.png"))
    les = LesPagina.objects.live().first()
    les.inhoud.append(
        ("afbeelding", {"afbeelding": beeld, "alt": "Mensen aan een tafel", "bijschrift": "Zo zit je samen."})
    )
    les.inhoud.append(("citaat", {"citaat": "Wij maakten ons eigen plan.", "van": "Een moeder"}))
    les.inhoud.append(
        ("vergelijking", {"paren": [{"stuurt": "Zou je niet beter verhuizen?", "is_open": "Wat heb je nodig?"}]})
    )
    les.inhoud.append(("document", {"titel": "Werkblad", "document": _bestand("werkblad.pdf", b"%PDF-1.4")}))
    film, ondertitels = (
        _bestand("film.mp4", b"\0\0\0\x18ftypmp42"),
        _bestand("film.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nDag\n"),
    )
    les.inhoud.append(
        (
            "video",
            {"titel": "Een kring", "video": film, "ondertitels": ondertitels, "minuten": 3, "tekst": "<p>Dag.</p>"},
        )
    )
    stem = _bestand("stem.mp3", b"ID3\x04\0\0\0\0\0\0")
    les.inhoud.append(("geluid", {"titel": "Een stem", "geluid": stem, "minuten": 1, "tekst": "<p>Dag.</p>"}))
    delen = [{"wat": wat, "kleur": "leaf", "plek": "naast"} for wat in DELEN]
    les.inhoud.append(("tekening", {"alt": "Alles wat we kunnen tekenen", "delen": delen}))
    les.save_revision().publish()
    pagina = site.als("stap4", TELEFOON)
    pagina.goto(les.url)
    pagina.get_by_text("Zo zit je samen.").wait_for()
    nagekeken(pagina, gezien)
    assert pagina.get_by_role("img", name="Mensen aan een tafel").evaluate("el => el.complete && el.naturalWidth > 0")
    gc.collect()
