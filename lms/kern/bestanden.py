"""Private files (letter, cv): checked by content, cleaned, stored under a random name, served only after a check."""

import io
import warnings
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from lms.kern.instellingen import instelling
from lms.kern.models import Bestand

register_heif_opener()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIME = {"pdf": "application/pdf", "docx": DOCX, "jpg": "image/jpeg", "png": "image/png"}
SOORTEN = "Kies een pdf, een Word-bestand (docx) of een foto (jpg of png)."
MAX_UITGEPAKT = 100 * 1024 * 1024
MAX_PIXELS = 60_000_000


def _veilige_naam(naam, extensie):
    stam = "".join(t for t in PurePath(naam.replace("\\", "/")).stem if t.isprintable() and t not in '<>:"/|?*').strip(". ")[:100]
    return f"{stam or 'bestand'}.{extensie}"


def _nakijken_pdf(inhoud):
    if not inhoud.startswith(b"%PDF-") or b"%%EOF" not in inhoud[-2048:]:
        raise ValidationError(f"Dit is geen leesbare pdf. {SOORTEN}")
    try:
        lezer = PdfReader(io.BytesIO(inhoud))
        wortel = lezer.trailer["/Root"]
        if lezer.is_encrypted or not len(lezer.pages):
            raise ValidationError("We kunnen deze pdf niet openen. Zit er een wachtwoord op? Haal het eraf en probeer opnieuw.")
        namen = wortel.get("/Names") or {}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fout:
        raise ValidationError(f"Deze pdf is beschadigd. {SOORTEN}") from fout
    if "/OpenAction" in wortel and "/JavaScript" in str(wortel["/OpenAction"]) or "/JavaScript" in namen or "/EmbeddedFiles" in namen:
        raise ValidationError("In deze pdf zit een programma of een bijlage. Sla hem opnieuw op als gewone pdf.")
    return inhoud


def _nakijken_docx(inhoud):
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
            delen = pak.infolist()
            namen = {deel.filename.lower() for deel in delen}
            if sum(deel.file_size for deel in delen) > MAX_UITGEPAKT or len(delen) > 2000:
                raise ValidationError("Dit bestand is uitgepakt te groot.")
            if "word/document.xml" not in namen or "[content_types].xml" not in namen:
                raise ValidationError(f"Dit is geen Word-bestand. {SOORTEN}")
            if any(naam.endswith("vbaproject.bin") or "/embeddings/" in naam or "activex" in naam for naam in namen):
                raise ValidationError("In dit bestand zit een macro of een ander bestand. Sla het op zonder macro's.")
            if any(naam.startswith("/") or ".." in naam for naam in namen) or pak.testzip():
                raise ValidationError(f"Dit bestand is beschadigd. {SOORTEN}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as fout:
        raise ValidationError(f"Dit bestand is beschadigd. {SOORTEN}") from fout
    return inhoud


def _opnieuw_opslaan(inhoud, formaat):
    """Decode and re-encode a picture: metadata and anything hidden behind it are gone."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            plaat = Image.open(io.BytesIO(inhoud))
            if plaat.width * plaat.height > MAX_PIXELS:
                raise ValidationError("Deze foto is te groot. Maak een nieuwe, kleinere foto.")
            plaat = ImageOps.exif_transpose(plaat)
            uit = io.BytesIO()
            plaat.convert("RGB" if formaat == "JPEG" else "RGBA").save(uit, formaat, quality=85)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fout:
        raise ValidationError("Deze foto is te groot. Maak een nieuwe, kleinere foto.") from fout
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as fout:
        raise ValidationError(f"We kunnen deze foto niet openen. {SOORTEN}") from fout
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


def bewaren(upload, *, soort, traject=None):
    """Check and store an upload as a private Bestand (`soort`: "brief" or "cv"). Raises ValidationError; then nothing is stored."""
    naam, mime, inhoud = nakijken(upload)
    bestand = Bestand(traject=traject, soort=soort, naam=naam, mime=mime, grootte=len(inhoud))
    bestand.inhoud.save(naam, ContentFile(inhoud), save=False)
    bestand.save()
    return bestand
