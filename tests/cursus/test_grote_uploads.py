"""What an editor uploads above 2.5 MB comes in on disk instead of in memory: every way in takes it, and a refusal
says one true thing.
"""

import gc
import os
import random
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as instellingen
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory
from PIL import Image as Plaat
from pypdf.generic import DecodedStreamObject, NameObject
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from cursus.beheer.bestanden import _vervang
from lms.kern.bestanden.nagekeken import Nagekeken
from lms.kern.bestanden.ontvangst import Ontvangst
from tests.aanval.hulp import klant
from tests.aanval.maken import docx, foto, met_js, pdf

Document, Image = get_document_model(), get_image_model()
RUIS = random.Random(9)  # noqa: S311 - noise that does not compress
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Wagtail leaves its temporary files to the collector


def groot(inhoud):
    assert len(inhoud) > instellingen.FILE_UPLOAD_MAX_MEMORY_SIZE
    return inhoud


def grote_foto():
    uit = BytesIO()
    beeld = Plaat.frombytes("RGB", (1200, 1000), RUIS.randbytes(3_600_000))
    exif = Plaat.Exif()
    exif[0x013B] = "Geheime Maker"
    beeld.save(uit, "PNG", exif=exif)
    return groot(uit.getvalue())


def grote_pdf(bewerk=None):
    def vullen(schrijver):
        stroom = DecodedStreamObject()
        stroom.set_data(RUIS.randbytes(3_000_000))
        schrijver.pages[0][NameObject("/Extra")] = schrijver._add_object(stroom)
        if bewerk:
            bewerk(schrijver)

    return groot(pdf(vullen))


def grote_docx():
    uit = BytesIO()
    Plaat.frombytes("RGB", (1200, 1000), RUIS.randbytes(3_600_000)).save(uit, "JPEG", quality=98)
    return groot(docx([("word/media/image1.jpg", uit.getvalue()), ("word/media/image2.jpg", uit.getvalue())]))


@pytest.fixture(autouse=True)
def opgeruimd():
    yield
    gc.collect()


@pytest.fixture
def redactie(w):
    return klant(w.redacteur)


def stuur(client, soort, weg, naam, inhoud, **velden):
    """Upload along one of Wagtail's ways in: the page for one, many at once, many with an error in the title, the
    chooser, another file for an old one.
    """
    verzameling, enkel = Collection.get_first_root_node().pk, soort.removesuffix("s")
    upload = SimpleUploadedFile(naam, inhoud)
    if weg == "een":
        return client.post(f"/beheer/{soort}/add/", {"title": "Iets", "collection": verzameling, "file": upload})
    if weg == "veel":
        return client.post(
            f"/beheer/{soort}/multiple/add/", {"title": "Iets", "collection": verzameling, "files[]": upload}
        )
    if weg == "veel, met een fout in de titel":
        antwoord = client.post(
            f"/beheer/{soort}/multiple/add/", {"title": "x" * 300, "collection": verzameling, "files[]": upload}
        ).json()
        nr = antwoord["uploaded_file_id"]
        velden = {f"uploaded-{enkel}-{nr}-title": "Iets", f"uploaded-{enkel}-{nr}-collection": verzameling}
        return client.post(f"/beheer/{soort}/multiple/create_from_uploaded_{enkel}/{nr}/", velden)
    if weg == "kiezer":
        voor = f"{enkel}-chooser-upload-"
        velden = {f"{voor}title": "Iets", f"{voor}collection": verzameling, f"{voor}file": upload}
        return client.post(f"/beheer/{soort}/chooser/create/", velden)
    klein = foto() if soort == "images" else pdf()
    stuur(client, soort, "een", "oud.jpg" if soort == "images" else "oud.pdf", klein)
    oud = (Image if soort == "images" else Document).objects.get()
    adres = f"/beheer/images/{oud.pk}/" if soort == "images" else f"/beheer/documents/edit/{oud.pk}/"
    return client.post(adres, {"title": "Iets", "collection": verzameling, "file": upload})


WEGEN = ["een", "veel", "veel, met een fout in de titel", "kiezer", "een andere versie"]


@pytest.mark.parametrize("weg", WEGEN)
def test_een_groot_plaatje(redactie, weg):
    assert stuur(redactie, "images", weg, "IMG_1.png", grote_foto()).status_code in (200, 302)
    plaatje = Image.objects.get()
    with plaatje.file.open("rb") as bestand:
        inhoud = bestand.read()
    assert b"Geheime Maker" not in inhoud
    assert (plaatje.file_size, plaatje.width, Plaat.open(BytesIO(inhoud)).format) == (len(inhoud), 1200, "JPEG")
    assert Path(plaatje.file.name).suffix == ".jpg"


@pytest.mark.parametrize("weg", WEGEN)
@pytest.mark.parametrize(
    ("naam", "maak", "begin"), [("blad.pdf", grote_pdf, b"%PDF"), ("blad.docx", grote_docx, b"PK")]
)
def test_een_groot_document(redactie, weg, naam, maak, begin):
    gestuurd = maak()
    assert stuur(redactie, "documents", weg, naam, gestuurd).status_code in (200, 302)
    document = Document.objects.get()
    with document.file.open("rb") as bestand:
        inhoud = bestand.read()
    assert inhoud.startswith(begin)
    assert inhoud != gestuurd  # written anew
    assert document.file_size == len(inhoud)
    assert Path(document.file.name).suffix == Path(naam).suffix


def test_een_volle_schijf_is_een_zin_bij_het_veld(db):
    upload = TemporaryUploadedFile("blad.pdf", "application/pdf", 9, None)
    upload.file.close()
    with (
        open("/dev/full", "r+b", buffering=0) as upload.file,
        pytest.raises(ValidationError, match="Bewaren lukt nu niet"),
    ):
        _vervang(upload, Nagekeken("blad.pdf", "application/pdf", ContentFile(b"%PDF-1.4")))


def test_afgebroken_terwijl_de_schijf_vol_was(w, monkeypatch):
    """No temporary file was made: breaking off has none to remove either."""
    request = RequestFactory().post("/mijn/", {})
    ontvangst = Ontvangst(request)
    monkeypatch.setattr(
        "django.core.files.uploadhandler.TemporaryUploadedFile", lambda *_: (_ for _ in ()).throw(OSError(28, "vol"))
    )
    ontvangst.new_file("bestand", "x.pdf", "application/pdf", None)
    with pytest.raises(StopUpload):
        ontvangst.receive_data_chunk(b"x", 10**12)
    ontvangst.upload_interrupted()


@pytest.mark.parametrize("weg", ["een", "veel", "kiezer"])
@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("x.pdf", pdf()),
        ("x.png", pdf()),
        ("x.gif", b"GIF89a"),
        ("x.docx", docx()),
        ("x.png", b"MZ" + b"\0" * 90),
        ("x.jpg", b"niets"),
    ],
)
def test_een_geweigerd_plaatje_hoort_over_plaatjes(redactie, weg, naam, inhoud):
    zinnen = fouten(stuur(redactie, "images", weg, naam, inhoud), weg)
    assert zinnen == ["Dit is geen plaatje dat we kunnen gebruiken. Kies een jpg, png of webp."]
    assert not Image.objects.exists()


@pytest.mark.parametrize("weg", ["een", "veel", "kiezer"])
@pytest.mark.parametrize(
    ("naam", "inhoud"), [("x.pdf", pdf(met_js)), ("x.pdf", b""), ("x.exe", b"MZ"), ("x.pdf", docx())]
)
def test_een_geweigerd_document_hoort_dat_een_keer(redactie, weg, naam, inhoud):
    zinnen = fouten(stuur(redactie, "documents", weg, naam, inhoud), weg)
    assert len(zinnen) == 1
    assert "xtensie" not in zinnen[0]
    assert not Document.objects.exists()


def fouten(antwoord, weg):
    if weg == "veel":
        return antwoord.json()["error_message"].split("\n")
    return antwoord.context["form"].errors["file"]


def test_een_tijdelijk_bestand_blijft_niet_liggen(redactie, settings, tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("tijdelijk")
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    stuur(redactie, "documents", "een", "blad.pdf", grote_pdf())
    gc.collect()
    assert os.listdir(tmp_path) == []
