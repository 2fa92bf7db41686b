"""Private files (letter, cv): checked by content, cleaned, stored under a random name, served only after a check."""

import io
import re
import warnings
import zipfile
from contextlib import contextmanager
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from lms.kern.instellingen import instelling
from lms.kern.models import Bestand

register_heif_opener()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIME = {"pdf": "application/pdf", "docx": DOCX, "jpg": "image/jpeg", "png": "image/png"}
SOORTEN = "Kies een pdf, een Word-bestand (docx) of een foto (jpg of png)."
MAX_UITGEPAKT = 100 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_PDF_DELEN = 100_000
PDF_SLEUTELS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia"}
PDF_ACTIES = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}
VAN_BUITEN = re.compile(
    rb"""oleObject|aFChunk|subDocument|/frame["']|attachedTemplate(?=.*https?:)|https?:(?=.*attachedTemplate)""", re.DOTALL
)


def _veilige_naam(naam, extensie):
    stam = "".join(t for t in PurePath(naam.replace("\\", "/")).stem if t.isprintable() and t not in '<>:"/|?*').strip(". ")[:100]
    return f"{stam or 'bestand'}.{extensie}"


@contextmanager
def _lezer_van_een_ander(zin):
    """What other people's parsers raise on a broken or hostile file, whatever it is, is `zin` at the field and never a 500."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as fout:
        raise ValidationError(zin) from fout


def _kan_iets_doen(wortel):
    """Whether a PDF holds a script, an action that starts or sends something, a form program or an attachment, anywhere it can be reached."""
    stapel, gezien = [wortel], set()
    while stapel:
        ding = stapel.pop()
        if isinstance(ding, IndirectObject):
            if (ding.idnum, ding.generation) in gezien:
                continue
            gezien.add((ding.idnum, ding.generation))
            if len(gezien) > MAX_PDF_DELEN:
                raise ValidationError("Deze pdf is te ingewikkeld. Sla hem opnieuw op als gewone pdf.")
            ding = ding.get_object()
        if isinstance(ding, dict):
            if PDF_SLEUTELS & ding.keys() or "/S" in ding and ding["/S"] in PDF_ACTIES:
                return True
            stapel.extend(ding.values())
        elif isinstance(ding, list):
            stapel.extend(ding)
    return False


def _nakijken_pdf(inhoud):
    if not inhoud.startswith(b"%PDF-") or b"%%EOF" not in inhoud[-2048:] or zipfile.is_zipfile(io.BytesIO(inhoud)):
        raise ValidationError(f"Dit is geen leesbare pdf. {SOORTEN}")
    with _lezer_van_een_ander(f"Deze pdf is beschadigd. {SOORTEN}"):
        lezer = PdfReader(io.BytesIO(inhoud))
        if lezer.is_encrypted or not len(lezer.pages):
            raise ValidationError("We kunnen deze pdf niet openen. Zit er een wachtwoord op? Haal het eraf en probeer opnieuw.")
        if _kan_iets_doen(lezer.trailer["/Root"]):
            raise ValidationError("In deze pdf zit een programma of een bijlage. Sla hem opnieuw op als gewone pdf.")
    return inhoud


def _nakijken_docx(inhoud):
    if not inhoud.startswith(b"PK\x03\x04"):
        raise ValidationError(f"Dit is geen Word-bestand. {SOORTEN}")
    with _lezer_van_een_ander(f"Dit bestand is beschadigd. {SOORTEN}"), zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        delen = pak.infolist()
        namen = {deel.filename.lower() for deel in delen}
        if sum(deel.file_size for deel in delen) > MAX_UITGEPAKT or len(delen) > 2000:
            raise ValidationError("Dit bestand is uitgepakt te groot.")
        if not {"word/document.xml", "[content_types].xml"} <= namen:
            raise ValidationError(f"Dit is geen Word-bestand. {SOORTEN}")
        if any(naam.startswith("/") or ".." in naam for naam in namen) or pak.testzip():
            raise ValidationError(f"Dit bestand is beschadigd. {SOORTEN}")
        if any(naam.endswith("vbaproject.bin") or "/embeddings/" in naam or "activex" in naam for naam in namen) or _haalt_iets_op(pak):
            raise ValidationError("In dit bestand zit een macro of een ander bestand. Sla het op zonder macro's.")
    return inhoud


def _haalt_iets_op(pak):
    """Whether the parts of a docx name a macro under another name, or something from outside that Word would open by itself."""
    for deel in pak.infolist():
        naam = deel.filename.lower()
        if naam == "[content_types].xml" and re.search(rb"vbaproject|macroenabled", pak.read(deel), re.IGNORECASE):
            return True
        if naam.endswith(".rels") and any(VAN_BUITEN.search(rel) for rel in re.findall(rb"<[^>]+>", pak.read(deel))):
            return True
    return False


def _opnieuw_opslaan(inhoud, formaat):
    """Decode and re-encode a picture: metadata and anything hidden behind it are gone."""
    te_groot = "Deze foto is te groot. Maak een nieuwe, kleinere foto."
    with _lezer_van_een_ander(f"We kunnen deze foto niet openen. {SOORTEN}"), warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            plaat = Image.open(io.BytesIO(inhoud))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fout:
            raise ValidationError(te_groot) from fout
        if plaat.width * plaat.height > MAX_PIXELS:
            raise ValidationError(te_groot)
        plaat = ImageOps.exif_transpose(plaat)
        uit = io.BytesIO()
        plaat.convert("RGB" if formaat == "JPEG" else "RGBA").save(uit, formaat, quality=85)
    return uit.getvalue()


def nakijken(upload):
    """Check an uploaded file by name, size and content. Returns (naam, mime, inhoud); raises ValidationError with a Dutch sentence."""
    if not upload.size:
        raise ValidationError("Dit bestand is leeg.")
    grens = instelling("bestand_mb")
    if upload.size > grens * 1024 * 1024:
        raise ValidationError(f"Dit bestand is te groot ({upload.size / 1024 / 1024:.0f} MB). Het mag {grens} MB zijn.")
    extensie = PurePath(upload.name or "").suffix.lower().lstrip(".")
    upload.seek(0)
    inhoud = upload.read()
    match extensie:
        case "pdf":
            inhoud = _nakijken_pdf(inhoud)
        case "docx":
            inhoud = _nakijken_docx(inhoud)
        case "jpg" | "jpeg" if inhoud.startswith(b"\xff\xd8\xff"):
            extensie, inhoud = "jpg", _opnieuw_opslaan(inhoud, "JPEG")
        case "heic" | "heif" if inhoud[4:8] == b"ftyp":
            extensie, inhoud = "jpg", _opnieuw_opslaan(inhoud, "JPEG")
        case "png" if inhoud.startswith(b"\x89PNG\r\n\x1a\n"):
            inhoud = _opnieuw_opslaan(inhoud, "PNG")
        case _:
            raise ValidationError(f"Dit soort bestand kunnen we niet lezen. {SOORTEN}")
    return _veilige_naam(upload.name, extensie), MIME[extensie], inhoud


def bewaren(upload, *, soort, traject=None, veld=""):
    """Check and store an upload as a private Bestand (`soort`: "brief" or "cv"). Raises ValidationError, at `veld` when given; then nothing is stored."""
    try:
        naam, mime, inhoud = nakijken(upload)
    except ValidationError as fout:
        raise ValidationError({veld: fout.messages} if veld else fout.messages) from fout
    bestand = Bestand(traject=traject, soort=soort, naam=naam, mime=mime, grootte=len(inhoud))
    bestand.inhoud.save(naam, ContentFile(inhoud), save=False)
    bestand.save()
    return bestand
