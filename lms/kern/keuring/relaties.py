"""Where the parts of a Word file lead: to each other, or by a link that somebody taps.

Anything else from outside is led to nothing, or refused.
"""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from lms.kern.keuring import Afgekeurd
from lms.kern.keuring.word_xml import naam_van

MACRO = re.compile(r"vbaproject|macroenabled|activex|vba-?data", re.IGNORECASE)
LINK = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
}
HAALT_OP = dict.fromkeys(("oleobject", "afchunk", "subdocument", "frame"), "docx_bijlage")
HAALT_OP |= dict.fromkeys(
    ("control", "vbaproject", "wordvbadata", "webextension", "webextensiontaskpanes"), "docx_macro"
)
ADRES = re.compile(r"^[a-z][a-z0-9+.-]*:|^[\\/]{2}", re.IGNORECASE)
VER_WEG = re.compile(
    r"^(?:[a-z][a-z0-9+.-]+:)?[\\/]{2}(?!/)[^\\/]|^file:[\\/]*\\\\|^file:[\\/]{4}|^(?!file:)[a-z][a-z0-9+.-]+:",
    re.IGNORECASE,
)
MAG_NAAR = re.compile(r"^(?:https?|mailto|tel):|^(?![a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)
HANDTEKENING = "/digital-signature/"


def bron_van(naam):
    """The part that these relations belong to: "word/document.xml" for "word/_rels/document.xml.rels"."""
    pad = PurePosixPath(naam.lower())
    return str(pad.parent.parent / pad.name.removesuffix(".rels"))


def schone_relaties(wortel, opgehaald):
    """Make the relations of one part harmless, in place. `opgehaald`: the ids that this part uses for anything but a
    link.

    A linked picture stays a link to nothing; a template on the own disk is only named, never sent. Signatures go: what
    is written anew is no longer what was signed. Raises Afgekeurd for what Word fetches or starts by itself.
    """
    for rij in list(wortel):
        if naam_van(rij) != "Relationship":
            continue
        soort, doel = (
            rij.get("Type", "").strip(),
            "".join(teken for teken in unquote(rij.get("Target", "")).strip() if teken >= " "),
        )
        kort = soort.rpartition("/")[2].strip().lower()
        if kort in HAALT_OP or MACRO.search(soort):
            raise Afgekeurd(HAALT_OP.get(kort, "docx_macro"))
        if kort == "attachedtemplate" and VER_WEG.search(doel):
            raise Afgekeurd("docx_sjabloon")
        if HANDTEKENING in soort.lower():
            wortel.remove(rij)
            continue
        buiten = rij.get("TargetMode", "").strip().lower() == "external" or bool(ADRES.match(doel))
        rij.set("Type", soort)
        if not buiten:
            rij.attrib.pop("TargetMode", None)
            continue
        rij.set("TargetMode", "External")
        if kort == "attachedtemplate":
            rij.set("Target", "Normal.dotm")
        elif soort not in LINK or rij.get("Id") in opgehaald or not MAG_NAAR.match(doel):
            rij.set("Target", "NULL")  # Word itself writes NULL for a link that leads nowhere
