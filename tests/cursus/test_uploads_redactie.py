"""What editors upload: only kinds that are allowed, by content; pictures without place; lesson documents for who
may open the lesson; nothing active.
"""

import gc
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.views.static import serve
from PIL import Image as Plaat
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from cursus.models import LesPagina, StandaardPagina
from lms.kern.middleware import HuisMiddleware
from tests.aanval.hulp import klant
from tests.aanval.maken import EXE, docx, foto, foto_met_plek, met_js, met_maker, ole, pdf
from tests.fabrieken import persoon

Document, Image = get_document_model(), get_image_model()
FILM, ONDERTITELS = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", b"WEBVTT\n\n00:00.000 --> 00:01.000\nDag\n"
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Wagtail leaves its temporary files to the collector


@pytest.fixture(autouse=True)
def opgeruimd():
    cache.clear()  # Wagtail remembers the sizes of a picture, by its number
    yield
    gc.collect()  # what Wagtail left open is collected in the test that made it


@pytest.fixture
def redactie(w):
    return klant(w.redacteur)


def stuur(client, soort, naam, inhoud, **velden):
    """Upload through the page for one, as an editor does."""
    verzameling = Collection.get_first_root_node().pk
    return client.post(
        f"/beheer/{soort}/add/",
        {"title": "Iets", "collection": verzameling, "file": SimpleUploadedFile(naam, inhoud), **velden},
    )


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("werkblad.pdf", pdf(met_maker)),
        ("werkblad.docx", docx()),
        ("film.mp4", FILM),
        ("film.vtt", ONDERTITELS),
        ("stem.mp3", b"ID3\x04\0\0\0\0\0\0"),
    ],
)
def test_een_goed_document(redactie, naam, inhoud):
    assert stuur(redactie, "documents", naam, inhoud).status_code == 302
    document = Document.objects.get()
    with document.file.open("rb") as bestand:
        bewaard = bestand.read()
    assert document.file_size == len(bewaard)
    assert b"Geheim" not in bewaard
    assert Path(document.file.name).suffix == Path(naam).suffix


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("x.html", b"<script>alert(1)</script>"), ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("x.js", b"alert(1)"),
        ("x.pdf", b"<script>alert(1)</script>"), ("x.pdf", pdf(met_js)), ("x.docx", ole("WordDocument")),
        ("x.mp4", EXE), ("x.mp4", b"<html>"),
        ("x.vtt", b"<script>"), ("x.pdf", docx()), ("x.exe", EXE),
        ("x.docx", docx([("word/vbaProject.bin", ole("VBA"))])),
    ],
)  # fmt: skip
def test_een_ander_document_komt_er_niet_in(redactie, settings, naam, inhoud):
    antwoord = stuur(redactie, "documents", naam, inhoud)
    assert antwoord.status_code == 200
    assert antwoord.context["form"].errors["file"]
    assert (Document.objects.count(), list(Path(settings.MEDIA_ROOT).rglob("*.*"))) == (0, [])


def test_ook_veel_tegelijk_en_uit_de_kiezer_wordt_nagekeken(redactie):
    verzameling = Collection.get_first_root_node().pk
    for inhoud, gelukt in ((pdf(met_js), False), (pdf(), True)):
        velden = {"title": "Iets", "collection": verzameling, "files[]": SimpleUploadedFile("x.pdf", inhoud)}
        assert redactie.post("/beheer/documents/multiple/add/", velden).json()["success"] is gelukt
    velden = {"document-chooser-upload-title": "x", "document-chooser-upload-collection": verzameling}
    kiezer = "/beheer/documents/chooser/create/"
    redactie.post(kiezer, {**velden, "document-chooser-upload-file": SimpleUploadedFile("x.pdf", pdf(met_js))})
    assert Document.objects.count() == 1
    redactie.post(kiezer, {**velden, "document-chooser-upload-file": SimpleUploadedFile("x.pdf", pdf())})
    assert Document.objects.count() == 2


def test_een_andere_versie_van_een_document_wordt_ook_nagekeken(w, redactie):
    stuur(redactie, "documents", "x.pdf", pdf())
    document = Document.objects.get()
    velden = {"title": "Iets", "collection": document.collection_id}
    adres = f"/beheer/documents/edit/{document.pk}/"
    assert (
        redactie.post(adres, {**velden, "file": SimpleUploadedFile("x.pdf", pdf(met_js))})
        .context["form"]
        .errors["file"]
    )
    assert redactie.post(adres, velden).status_code == 302  # only the title


def test_een_te_grote_film_komt_er_niet_half_in(redactie, settings, monkeypatch):
    monkeypatch.setattr("lms.kern.bestanden.ontvangst.BEHEER_MB", 4)
    antwoord = stuur(redactie, "documents", "film.mp4", FILM.ljust(5_000_000, b"x"))
    assert antwoord.context["form"].errors["file"][0].startswith("Dit bestand is te groot: 4,8 MB.")
    assert (Document.objects.count(), list(Path(settings.MEDIA_ROOT).rglob("*.*"))) == (0, [])
    assert stuur(redactie, "documents", "film.mp4", FILM.ljust(3_900_000, b"x")).status_code == 302


def exif_van(bestand):
    with bestand.open("rb") as f:
        inhoud = f.read()
    return inhoud, dict(Plaat.open(BytesIO(inhoud)).getexif())


@pytest.mark.parametrize("weg", ["een", "veel", "kiezer", "veel, met een fout in de titel"])
def test_een_plaatje_verliest_plek_en_maker_ook_in_elke_maat(redactie, weg):
    verzameling = Collection.get_first_root_node().pk
    upload = SimpleUploadedFile("IMG_1.jpg", foto_met_plek(), content_type="image/jpeg")
    if weg == "een":
        stuur(redactie, "images", "IMG_1.jpg", foto_met_plek())
    elif weg == "kiezer":
        voor = "image-chooser-upload-"
        redactie.post(
            "/beheer/images/chooser/create/",
            {f"{voor}title": "x", f"{voor}collection": verzameling, f"{voor}file": upload},
        )
    elif weg == "veel":
        redactie.post("/beheer/images/multiple/add/", {"title": "x", "collection": verzameling, "files[]": upload})
    else:
        antwoord = redactie.post(
            "/beheer/images/multiple/add/", {"title": "x" * 300, "collection": verzameling, "files[]": upload}
        ).json()
        nr = antwoord["uploaded_file_id"]
        velden = {f"uploaded-image-{nr}-title": "x", f"uploaded-image-{nr}-collection": verzameling}
        redactie.post(f"/beheer/images/multiple/create_from_uploaded_image/{nr}/", velden)
    plaatje = Image.objects.get()
    assert (plaatje.width, plaatje.height) == (30, 40)  # stands upright
    for bestand in (
        plaatje.file,
        plaatje.get_rendition("width-20").file,
        plaatje.get_rendition("width-20|format-webp").file,
    ):
        inhoud, exif = exif_van(bestand)
        assert exif == {}
        assert b"Geheim" not in inhoud


def test_een_doorzichtig_plaatje_blijft_doorzichtig(redactie):
    uit = BytesIO()
    Plaat.new("RGBA", (20, 20), (9, 9, 9, 0)).save(uit, "PNG")
    stuur(redactie, "images", "logo.png", uit.getvalue())
    inhoud, _ = exif_van(Image.objects.get().file)
    assert Plaat.open(BytesIO(inhoud)).mode == "RGBA"


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("x.png", b"<svg/>"), ("x.jpg", foto()[:300])],
)
def test_een_ander_plaatje_komt_er_niet_in(redactie, naam, inhoud):
    assert stuur(redactie, "images", naam, inhoud).context["form"].errors["file"]
    assert not Image.objects.exists()


# --- who may open a document
# --------------------------------------------------------------------------------------------------


def document(naam="werkblad.pdf", inhoud=b"%PDF-1.4"):
    return Document.objects.create(title=naam, file=ContentFile(inhoud, naam))


def status(client, rij):
    antwoord = client.get(rij.url)
    for sluit in antwoord._resource_closers:
        sluit()
    return antwoord.status_code


def zet_in(pagina, rij):
    pagina.inhoud.append(("document", {"titel": "Werkblad", "document": rij}))
    pagina.save_revision().publish()


def test_een_document_van_een_les_is_zo_dicht_als_de_les(w):
    rij, les = document(), LesPagina.objects.live().first()
    zet_in(les, rij)
    assert klant().get(rij.url).url.startswith("/inloggen/")
    assert status(klant(w.traject(4).kandidaat), rij) == 200
    assert status(klant(w.t1), rij) == 200
    assert status(klant(w.redacteur), rij) == 200
    te_vroeg = klant(w.traject(1).kandidaat).get(rij.url)
    assert (te_vroeg.status_code, "EK1 gaat open" in te_vroeg.content.decode()) == (403, True)
    assert status(klant(persoon("buitenstaander")), rij) == 403


def test_in_de_tekst_van_een_les_telt_ook(w):
    rij, les = document(), LesPagina.objects.live().first()
    les.inhoud.append(("tekst", {"kop": "", "tekst": f'<p><a linktype="document" id="{rij.pk}">blad</a></p>'}))
    les.save_revision().publish()
    assert klant().get(rij.url).status_code == 302
    assert status(klant(w.traject(4).kandidaat), rij) == 200


def test_een_document_van_een_gewone_pagina_is_openbaar_en_een_los_document_is_van_de_redactie(w):
    los, openbaar = document("los.pdf"), document("openbaar.pdf")
    zet_in(StandaardPagina.objects.live().first(), openbaar)
    assert status(klant(), openbaar) == 200
    assert klant().get(los.url).url.startswith("/inloggen/")
    assert status(klant(w.traject(4).kandidaat), los) == 404
    assert status(klant(w.redacteur), los) == 200


def test_een_concept_verandert_niet_wie_een_document_mag_openen(w):
    """The draft of a public page makes nothing public; a draft of the lesson without it takes nothing away from who
    reads the lesson.
    """
    rij, les, gewoon = document(), LesPagina.objects.live().first(), StandaardPagina.objects.live().first()
    zet_in(les, rij)
    gewoon.inhoud.append(("document", {"titel": "Werkblad", "document": rij}))
    gewoon.save_revision()
    les.inhoud.pop()
    les.save_revision()
    assert klant().get(rij.url).status_code == 302
    assert status(klant(w.traject(4).kandidaat), rij) == 200


@pytest.mark.parametrize("naam", ["x.html", "x.svg", "x.pdf"])
def test_wat_er_al_staat_is_nooit_een_pagina_van_ons(w, naam):
    """Also a file that came in before there was a check: an attachment, without sniffing, in a sandbox."""
    rij = document(naam, b"<script>alert(1)</script>")
    antwoord = klant(w.redacteur).get(rij.url)
    for sluit in antwoord._resource_closers:
        sluit()
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_onder_media_staan_alleen_plaatjes(db):
    for naam in ("x.svg", "x.html", "x.png.html", "x.png/x.html"):
        with pytest.raises(Resolver404):
            resolve(f"/media/images/{naam}")
    assert resolve("/media/images/x.png").func is serve
    request = RequestFactory().get("/media/images/x.png")
    request.user = AnonymousUser()
    antwoord = HuisMiddleware(lambda _: HttpResponse(b"x"))(request)
    assert (antwoord["Content-Security-Policy"], antwoord["X-Content-Type-Options"]) == (
        "sandbox; default-src 'none'",
        "nosniff",
    )
