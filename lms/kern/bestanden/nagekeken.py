"""From an upload to what may be stored: size, kind and content, each refusal a sentence and one line in the log
without anything of the person.
"""

import logging
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File

from lms.kern.bestanden.proces import keuren
from lms.kern.bestanden.zinnen import zin
from lms.kern.grenzen import Grens, terugnemen
from lms.kern.instellingen import instelling
from lms.kern.keuring import Afgekeurd

logger = logging.getLogger("lms.bestanden")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NIET_GETELD = {"druk", "bezig"}
GROEI = 1.1  # what writing it anew may add to the limit
UITGEPAKT = {"pdf": "ingewikkeld", "docx": "uitgepakt"}
MIME = {"pdf": "application/pdf", "docx": DOCX, "jpg": "image/jpeg", "png": "image/png"}


@dataclass
class Afzender:
    """Who sent the files of one request: `wie` has one check at a time, `grens` counted the request."""

    wie: str
    grens: Grens
    geteld: bool = True

    def niet_tellen(self):
        """Take the count of this request back, once."""
        if self.geteld:
            self.geteld = False
            terugnemen(self.grens)


@dataclass
class Nagekeken:
    """An upload that was found good: its clean name and kind, and its content written anew."""

    naam: str
    mime: str
    inhoud: File

    @property
    def grootte(self):
        return self.inhoud.size


def veilige_naam(naam, extensie):
    """The name somebody gave a file, without paths, signs that mean something, and with the extension of what it is."""
    stam = PurePath((naam or "").replace("\\", "/")).name
    while PurePath(stam).suffix.lower() in {
        ".pdf",
        ".docx",
        ".jpg",
        ".jpeg",
        ".jfif",
        ".png",
        ".webp",
        ".heic",
        ".heif",
        f".{extensie}",
    }:
        stam = PurePath(stam).stem
    stam = "".join(teken for teken in stam if teken.isprintable() and teken not in '<>:"/|?*').strip(". ")[:100]
    return f"{stam or 'bestand'}.{extensie}"


def geweigerd(fout, upload, *, grens=0):
    """The ValidationError for a refusal, after its one line in the log: extension, size and code."""
    extensie = PurePath(upload.name or "").suffix.lower()[:8]
    soort = extensie if extensie.removeprefix(".").isalnum() and extensie.isascii() else "-"
    logger.warning("bestand geweigerd: soort %s, grootte %d, reden %s", soort, upload.size, fout.code)
    return ValidationError(zin(fout.code, waarde=fout.waarde, grootte=upload.size, grens=grens), code=fout.code)


def nakijken(upload, *, mb=None, plaat=False):
    """Check an uploaded file. Returns a Nagekeken; raises ValidationError with a Dutch sentence. `mb`: the limit, else
    the one of the settings.

    A file that could not be checked now is not counted against its `afzender`, when it has one.
    """
    grens = mb or instelling("bestand_mb")
    try:
        if getattr(upload, "niet_binnen", ""):
            raise Afgekeurd(upload.niet_binnen)
        if not upload.size:
            raise Afgekeurd("leeg")
        if upload.size > grens * 1024 * 1024:
            raise Afgekeurd("te_groot")
        gekeurd = keuren(upload, plaat=plaat)
        if gekeurd.inhoud.size > GROEI * grens * 1024 * 1024:
            raise Afgekeurd(UITGEPAKT.get(gekeurd.soort, "foto_groot"))
    except Afgekeurd as fout:
        if fout.code in NIET_GETELD and getattr(upload, "afzender", None):
            upload.afzender.niet_tellen()
        raise geweigerd(fout, upload, grens=grens) from fout
    return Nagekeken(veilige_naam(upload.name, gekeurd.soort), MIME[gekeurd.soort], gekeurd.inhoud)
