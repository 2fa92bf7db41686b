"""One part of a Word file that is XML: parsed, judged by what its elements are, and written anew as UTF-8, so that
what was read is what is kept.
"""

import re
from urllib.parse import unquote
from xml.parsers import expat

from lxml import etree

from lms.kern.keuring import Afgekeurd

LUCHTIG = 64 * 1024  # bytes of xml before its first element, at most
EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm" in an alphabet that only old computers know
RELATIES = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
START = re.compile(r"^\W*DDE(?:AUTO)?\b", re.IGNORECASE)
HAALT_VELD = re.compile(r"^\W*(?:INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD|DATABASE)\b", re.IGNORECASE)
# a drive letter is the own disk
ELDERS = re.compile(r"^(?:[a-z][a-z0-9+.-]+:(?![\\/][^\\/])|[\\/]{2}|file:)", re.IGNORECASE)
VELDEN = ("{*}fldChar", "{*}instrText", "{*}delInstrText", "{*}t", "{*}delText")
VREEMD = ("{*}ddeLink", "{*}oleLink")  # of a sheet inside the document
ERUIT = ("{*}mailMerge", "{*}webVideoPr", "{*}person", "{*}presenceInfo")
LEEG = {
    "creator",
    "lastModifiedBy",
    "category",
    "contentStatus",
    "keywords",
    "subject",
    "description",
    "Company",
    "Manager",
    "HyperlinkBase",
}
LEEG |= {"lpwstr", "lpstr", "bstr"}  # the text of what a program or an office added
LINKS = {"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"}
KENMERKEN = etree.XPath(
    "//@*[local-name()='author' or local-name()='initials' or local-name()='instr' or local-name()='src' or "
    + " or ".join(f"namespace-uri()='{ruimte}'" for ruimte in sorted(RELATIES))
    + "]"
)


def lijkt_xml(inhoud):
    """Whether these bytes can be XML, in whatever alphabet."""
    begin = inhoud[:LUCHTIG].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return begin.startswith((b"<", EBCDIC, b"+ADw"))


def gelezen(inhoud):
    """The root of a part. Raises Afgekeurd: a document type, so an entity, is refused before anything is built of
    it; what cannot be read is damaged.
    """
    if inhoud.startswith(EBCDIC):
        raise Afgekeurd("docx_kapot")
    _geen_dtd(inhoud)
    lezer = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        wortel = etree.fromstring(inhoud, lezer)
    except etree.XMLSyntaxError as fout:
        if fout.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from fout
        raise Afgekeurd("docx_kapot") from fout
    if wortel.getroottree().docinfo.internalDTD is not None:
        raise Afgekeurd("docx_dtd")
    return wortel


def geschreven(wortel):
    """The bytes of a part as it was read."""
    return etree.tostring(wortel, xml_declaration=True, encoding="UTF-8", standalone=True)


class _Genoeg(Exception):
    """The first element was reached."""


def _geen_dtd(inhoud):
    """Read xml up to its first element, in whatever encoding: a document type can only stand before it."""
    lezer = expat.ParserCreate()

    def weiger(*_):
        raise Afgekeurd("docx_dtd")

    def genoeg(*_):
        raise _Genoeg

    lezer.StartDoctypeDeclHandler, lezer.EntityDeclHandler, lezer.StartElementHandler = weiger, weiger, genoeg
    try:
        lezer.Parse(inhoud[:LUCHTIG], False)
    except _Genoeg:
        return
    except expat.ExpatError as fout:
        raise Afgekeurd("docx_kapot") from fout
    raise Afgekeurd("docx_kapot")  # no element in it, or more in front of it than anybody writes


def naam_van(element):
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def schoon_deel(wortel):
    """Judge a part and take out of it who made it.

    Returns the ids of relations that it uses for anything but a link. Raises Afgekeurd.
    """
    if next(wortel.iter(*VREEMD), None) is not None:
        raise Afgekeurd("docx_programma")
    for element in list(wortel.iter(*ERUIT)):
        if element.getparent() is not None:
            element.getparent().remove(element)
    _velden(wortel)
    if naam_van(wortel) in ("coreProperties", "Properties"):
        for element in wortel.iter("{*}*"):
            if naam_van(element) in LEEG:
                element[:], element.text = [], ""
    for element in wortel.iter("{*}authors"):
        for auteur in element:
            auteur.text = "auteur"
    return _kenmerken(wortel)


def _kenmerken(wortel):
    opgehaald = set()
    for waarde in KENMERKEN(wortel):
        element, naam = waarde.getparent(), etree.QName(waarde.attrname)
        if naam.namespace in RELATIES:
            if naam_van(element) not in LINKS:
                opgehaald.add(str(waarde))
        elif naam.localname == "instr":
            _instructie(str(waarde))
        elif naam.localname == "src":
            if is_elders(waarde):
                del element.attrib[waarde.attrname]
        else:
            element.set(waarde.attrname, "auteur" if naam.localname == "author" else "")
    return opgehaald


def is_elders(doel):
    """Whether this leads out of the document, past the own disk: an address, another computer."""
    return bool(ELDERS.match("".join(teken for teken in unquote(doel) if teken > " ")))


class _Veld:
    """A field that is being read: its instruction so far."""

    def __init__(self):
        self.tekst, self.genest, self.klaar = [], False, False

    def met_veld(self):
        """Another field begins inside its instruction. Not as its first word: then nobody knows what it does."""
        self.genest = True
        if not re.search(r"\w", "".join(self.tekst)):
            raise Afgekeurd("docx_programma")

    def oordeel(self):
        _instructie("".join(self.tekst), genest=self.genest)


def _velden(wortel):
    """Judge every field. Word splits one over several runs and puts fields inside fields; what stands outside any
    is read as one too.
    """
    open_, los = [], []
    for element in wortel.iter(*VELDEN):
        naam = naam_van(element)
        if naam == "fldChar":
            _instructie("".join(los))
            los = []
            soort = next(
                (w for n, w in element.attrib.items() if etree.QName(n).localname == "fldCharType"), ""
            ).strip()
            if soort == "begin":
                if open_ and not open_[-1].klaar:
                    open_[-1].met_veld()
                open_.append(_Veld())
            elif open_ and soort == "separate":
                open_[-1].klaar = True
            elif open_ and soort == "end":
                open_.pop().oordeel()
        elif naam in ("t", "delText"):
            if open_ and not open_[-1].klaar:
                open_[-1].tekst.append(element.text or "")
        else:
            los.append(element.text or "")
            if open_:
                open_[-1].tekst.append(element.text or "")
    for veld in open_:
        veld.oordeel()
    _instructie("".join(los))


def _instructie(tekst, *, genest=False):
    """Raise Afgekeurd for a field that starts a program, or fetches something from outside this computer."""
    if START.match(tekst):
        raise Afgekeurd("docx_programma")
    if HAALT_VELD.match(tekst) and (
        genest or any(is_elders(woord.replace("\\\\", "\\")) for woord in re.split(r'["“”\s]+', tekst))
    ):
        raise Afgekeurd("docx_haalt_op")
