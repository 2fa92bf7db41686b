"""What the parts of a pdf may be: one walk over its trailer and objects, quick over bytes, precise where these name
something that matters.
"""

import re

import pikepdf

from lms.kern.keuring import Afgekeurd

DIEP = 60
PROGRAMMA = {"/JS", "/JavaScript", "/XFA", "/RichMedia", "/OnInstantiate", "/AlternatePresentations"}
ACTIES = dict.fromkeys(("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"), "pdf_programma")
ACTIES |= dict.fromkeys(("/GoToE", "/GoToR"), "pdf_haalt_op")
ACTIES |= dict.fromkeys(("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"), "pdf_media")
MEDIA = {"/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"}
OPMERKINGEN = {
    "Text",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Stamp",
}
OPMERKINGEN |= {"Caret", "Ink", "FileAttachment", "Redact", "Popup"}
ERUIT = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI")
NAMEN = sorted(
    {naam[1:] for naam in PROGRAMMA | set(ACTIES) | MEDIA | set(ERUIT)}
    | OPMERKINGEN
    | {"AA", "OpenAction", "EF", "RF", "ByteRange", "URL", "URI", "Thread", "Ref"}
)
VERDACHT = re.compile(rf"/({'|'.join(NAMEN)})\b".encode())
ALS_NAAM = {naam[1:].encode() for naam in PROGRAMMA | set(ACTIES) | MEDIA} - {b"Screen"} | {b"URL", b"URI", b"Thread"}
ADRES = re.compile(
    r"(?:https?|mailto|tel):|(?![a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE
)  # to tap on: the net, post, phone; or no scheme


class Stand:
    """What was met in the objects of one pdf, and what has to be done to them."""

    def __init__(self):
        self.bijlagen, self.handtekeningen, self.met_herkomst, self.fotos, self.opener, self.opmerkingen = (
            [],
            [],
            [],
            [],
            [],
            [],
        )

    def bekijk(self, ding):
        """Look at one object of the file, or its trailer. Raises Afgekeurd."""
        stroom = isinstance(ding, pikepdf.Stream)
        woordenboek = ding.stream_dict if stroom else ding
        tekst = woordenboek.unparse(resolved=True)
        gevonden = set(VERDACHT.findall(tekst))
        if stroom:
            self._stroom(ding, woordenboek, tekst)
        elif gevonden & ALS_NAAM and isinstance(
            ding, pikepdf.Name
        ):  # the kind of an action, kept apart from the action
            raise Afgekeurd("pdf_programma")
        if gevonden:
            self._precies(woordenboek, 0)

    def _stroom(self, stroom, velden, tekst):
        if "/F" in velden or "/Ref" in velden:  # its content stands elsewhere, or it shows a page of another file
            raise Afgekeurd("pdf_haalt_op")
        if b"/DCT" in tekst or b"/JPX" in tekst or velden.get("/Subtype") == pikepdf.Name.Image:
            self.fotos.append(stroom)

    def _precies(self, ding, diepte):
        if diepte > DIEP:
            raise Afgekeurd("ingewikkeld")
        if isinstance(ding, pikepdf.Array):
            for deel in ding:
                self._dieper(deel, diepte)
        elif isinstance(ding, pikepdf.Dictionary):
            self._woordenboek(ding)
            for deel in ding.values():
                self._dieper(deel, diepte)

    def _dieper(self, deel, diepte):
        # what is indirect is an object of the file and has its own turn
        if isinstance(deel, pikepdf.Object) and not deel.is_indirect:
            self._precies(deel, diepte + 1)

    def _woordenboek(self, ding):
        sleutels, soort, vorm = set(ding.keys()), _woord(ding, "/S"), _woord(ding, "/Subtype")
        if PROGRAMMA & sleutels:
            raise Afgekeurd("pdf_programma")
        if soort in ACTIES:
            raise Afgekeurd(ACTIES[soort])
        if vorm in MEDIA and ("/Rect" in sleutels or "/Movie" in sleutels):
            raise Afgekeurd("pdf_media")
        if _woord(ding, "/FS") == "/URL" or soort == "/Thread" and "/F" in sleutels:
            raise Afgekeurd("pdf_haalt_op")
        if "/OpenAction" in sleutels and not alleen_goto(ding["/OpenAction"]):
            raise Afgekeurd("pdf_programma")
        if "/AA" in sleutels and not _alleen_sprongen(ding["/AA"]):
            raise Afgekeurd("pdf_programma")
        self._onthouden(ding, sleutels, vorm)

    def _onthouden(self, ding, sleutels, vorm):
        if "/RF" in sleutels and "/EF" not in sleutels:
            raise Afgekeurd("pdf_bijlage")
        if "/EF" in sleutels:
            self.bijlagen.append(ding)
        if "/ByteRange" in sleutels:
            self.handtekeningen.append(ding)
        if any(sleutel in sleutels for sleutel in ERUIT):
            self.met_herkomst.append(ding)
        if "/T" in sleutels and vorm[1:] in OPMERKINGEN:  # of a field it is its name
            self.opmerkingen.append(ding)
        if "/URI" in sleutels and not isinstance(ding["/URI"], pikepdf.Dictionary) and not _mag_naar(ding["/URI"]):
            self.opener.append(ding)


def _woord(ding, sleutel):
    """The name at this key, also when somebody wrote it as text; "" when it is something else."""
    waarde = ding.get(sleutel)
    return f"/{str(waarde).lstrip('/')}" if isinstance(waarde, pikepdf.Name | pikepdf.String) else ""


def _mag_naar(doel):
    return isinstance(doel, pikepdf.String) and bool(ADRES.match("".join(teken for teken in str(doel) if teken > " ")))


def waarden_van(ding):
    """The values of a dictionary, or the thing itself."""
    return list(ding.values()) if isinstance(ding, pikepdf.Dictionary) else [ding]


def _alleen_sprongen(acties):
    """Whether these actions at moments each only go to a place in the document."""
    return isinstance(acties, pikepdf.Dictionary) and all(
        isinstance(een, pikepdf.Dictionary) and alleen_goto(een) for een in acties.values()
    )


def alleen_goto(actie, diepte=0):
    """Whether this action, and what follows it, only goes to a place in the document."""
    if not isinstance(actie, pikepdf.Dictionary):
        return isinstance(actie, pikepdf.Array | pikepdf.Name | pikepdf.String)  # a place
    volgend = actie.get("/Next")
    erna = list(volgend) if isinstance(volgend, pikepdf.Array) else [] if volgend is None else [volgend]
    return diepte < DIEP and _woord(actie, "/S") in ("/GoTo", "") and all(alleen_goto(een, diepte + 1) for een in erna)
