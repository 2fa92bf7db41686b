"""A Word file, judged by what its parts are and where its relations lead, never by how a part is called. Written anew
without who made it.

Every part that can be XML is parsed and written anew as it was read; photos lose their place. Signatures are dropped: a
file that is written anew is no longer what was signed.
"""

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote

from lms.kern.keuring import Afgekeurd
from lms.kern.keuring.grenzen import opnieuw_opslaan
from lms.kern.keuring.herkomst import zonder_herkomst
from lms.kern.keuring.relaties import MACRO, bron_van, schone_relaties
from lms.kern.keuring.word_xml import gelezen, geschreven, lijkt_xml, naam_van, schoon_deel

UITGEPAKT = 60 * 1024 * 1024
XML = 20 * 1024 * 1024  # of that, in parts that are parsed
DELEN = 2000
OLE, PROGRAMMA = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"MZ", b"\x7fELF", b"#!")
TYPEN = "[content_types].xml"
WORD = "wordprocessingml.document.main+xml"
HANDTEKENING = "digital-signature"
ZIPSOORT = (("xl/", "excel"), ("ppt/", "powerpoint"))


def keuren(bron, uit):
    """Check the Word file in `bron` and write it anew to `uit`.

    Raises Afgekeurd, with the kind when it is another sort of zip.
    """
    try:
        with zipfile.ZipFile(bron) as pak:
            pakket = _Pakket(pak)
            pakket.is_word()
            pakket.nakijken()
            opnieuw_opslaan()
            pakket.opnieuw(uit)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as fout:
        raise Afgekeurd("docx_kapot") from fout


class _Ruimte:
    """What a file may unpack to, the packages inside it included."""

    def __init__(self):
        self.alles, self.xml, self.delen = UITGEPAKT, XML, DELEN

    def neem(self, *, alles=0, xml=0, delen=0):
        self.alles, self.xml, self.delen = self.alles - alles, self.xml - xml, self.delen - delen
        if self.alles < 0 or self.delen < 0:
            raise Afgekeurd("uitgepakt")
        if self.xml < 0:
            raise Afgekeurd("ingewikkeld")


class _Pakket:
    """One zip with parts: the Word file, or a sheet inside it (`diep`)."""

    def __init__(self, pak, ruimte=None, *, diep=False):
        self.pak, self.ruimte, self.diep = pak, ruimte or _Ruimte(), diep
        self.vervangen, self.opgehaald, self.relaties = {}, {}, {}
        delen = pak.infolist()
        self.ruimte.neem(alles=sum(deel.file_size for deel in delen), delen=len(delen))
        self.namen = {deel.filename.lower(): deel.filename for deel in delen}
        if len(self.namen) != len(delen) or any(deel.flag_bits & 1 for deel in delen):
            raise Afgekeurd("docx_kapot")
        # what Word itself can read
        if any(deel.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for deel in delen):
            raise Afgekeurd("docx_kapot")
        if any(
            naam.startswith(("/", "\\")) or ".." in PurePosixPath(naam.replace("\\", "/")).parts for naam in self.namen
        ):
            raise Afgekeurd("docx_kapot")
        self.typen = self._xml(TYPEN) if TYPEN in self.namen else None
        self.rijen = (
            [] if self.typen is None else [rij for rij in self.typen if naam_van(rij) in ("Default", "Override")]
        )
        if MACRO.search(" ".join(rij.get("ContentType", "") for rij in self.rijen)):
            raise Afgekeurd("docx_macro")

    def _xml(self, naam):
        inhoud = self.pak.read(self.namen[naam])
        self.ruimte.neem(xml=len(inhoud))
        return gelezen(inhoud)

    def is_word(self):
        """Raise Afgekeurd with what it is instead, unless the content types name the main part of a Word file that
        is there.
        """
        namen = self.namen
        if "mimetype" in namen and self.pak.getinfo(namen["mimetype"]).file_size < 200:
            raise Afgekeurd("odt" if b"opendocument" in self.pak.read(namen["mimetype"]) else "zip")
        if any(
            naam.startswith("index/") and naam.endswith(".iwa") or naam in ("index.zip", "index.xml.gz", "index.apxl")
            for naam in namen
        ):
            raise Afgekeurd("pages")
        if self.typen is None:
            raise Afgekeurd("zip")
        hoofd = [rij.get("PartName", "") for rij in self.rijen if rij.get("ContentType", "").strip().endswith(WORD)]
        if not any(_deelnaam(naam) in namen for naam in hoofd):
            raise Afgekeurd(
                next((soort for map_, soort in ZIPSOORT if any(naam.startswith(map_) for naam in namen)), "docx_kapot")
            )

    def _soort(self, naam):
        """The content type of a part: its own, else the one of its extension."""
        eigen = {
            _deelnaam(rij.get("PartName", "")): rij.get("ContentType", "")
            for rij in self.rijen
            if naam_van(rij) == "Override"
        }
        soorten = {
            rij.get("Extension", "").strip().lower(): rij.get("ContentType", "")
            for rij in self.rijen
            if naam_van(rij) == "Default"
        }
        self._soort = lambda naam: eigen.get(naam, soorten.get(PurePosixPath(naam).suffix[1:], "")).strip().lower()
        return self._soort(naam)

    def nakijken(self):
        """Read every part once, to its end, so that its length and checksum are true.

        Keeps what has to be written otherwise; None is dropped.
        """
        for naam, echt in self.namen.items():
            if echt.endswith("/") or naam.startswith("_xmlsignatures/") or HANDTEKENING in self._soort(naam):
                self.vervangen[echt] = None
            elif naam != TYPEN:
                self._deel(naam, self.pak.read(echt))
        for naam, wortel in self.relaties.items():
            schone_relaties(wortel, self.opgehaald.get(bron_van(naam), ()))
            self.vervangen[self.namen[naam]] = geschreven(wortel)
        for rij in self.rijen:
            if self.vervangen.get(self.namen.get(_deelnaam(rij.get("PartName", "")), ""), b"") is None:
                self.typen.remove(rij)
        self.vervangen[self.namen[TYPEN]] = geschreven(self.typen)

    def _deel(self, naam, inhoud):
        if MACRO.search(naam):
            raise Afgekeurd("docx_macro")
        if inhoud.startswith((OLE, *PROGRAMMA)):
            raise Afgekeurd("docx_bijlage")
        if inhoud.startswith(b"PK\x03\x04"):
            self.vervangen[self.namen[naam]] = self._ingesloten(inhoud)
        elif self._heet_xml(naam) or lijkt_xml(inhoud):
            self.ruimte.neem(xml=len(inhoud))
            wortel = gelezen(inhoud)
            if naam.endswith(".rels"):
                self.relaties[naam] = wortel
            else:
                self.opgehaald[naam] = schoon_deel(wortel)
                self.vervangen[self.namen[naam]] = geschreven(wortel)
        else:
            schoon = zonder_herkomst(inhoud)
            if schoon != inhoud:
                self.vervangen[self.namen[naam]] = schoon

    def _heet_xml(self, naam):
        return naam.endswith((".xml", ".rels", ".vml", ".svg")) or self._soort(naam).endswith(("+xml", "/xml"))

    def _ingesloten(self, inhoud):
        """A package inside the document: the sheet behind a chart, a drawing.

        By the same rules, and not a third one inside it.
        """
        if self.diep:
            raise Afgekeurd("docx_bijlage")
        with zipfile.ZipFile(BytesIO(inhoud)) as pak, BytesIO() as uit:
            binnen = _Pakket(pak, self.ruimte, diep=True)
            if binnen.typen is None:
                raise Afgekeurd("docx_bijlage")
            binnen.nakijken()
            binnen.opnieuw(uit)
            return uit.getvalue()

    def opnieuw(self, uit):
        """Write all parts that stay to a new file."""
        with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
            for deel in self.pak.infolist():
                inhoud = self.vervangen.get(deel.filename, b"")
                if inhoud is None:
                    continue
                kop = zipfile.ZipInfo(deel.filename, (1980, 1, 1, 0, 0, 0))
                kop.compress_type = deel.compress_type
                nieuw.writestr(kop, inhoud or self.pak.read(deel))


def _deelnaam(naam):
    return unquote(naam).strip().lstrip("/").lower()
