"""A pdf: nothing may open by itself but a place in the document; no scripts, no attachments, nothing from elsewhere.

Written anew without author and place.
"""

import io
import zipfile

import pikepdf

from lms.kern.keuring import Afgekeurd
from lms.kern.keuring.grenzen import opnieuw_opslaan
from lms.kern.keuring.handtekening import is_getekend, oude_versies
from lms.kern.keuring.pdf_delen import ERUIT, Stand, waarden_van
from lms.kern.keuring.pdf_fotos import fotos_zonder_herkomst

DELEN, BLADEN = 60_000, 1_000
TRAILER = {"/Root", "/ID", "/Size"}  # what is written of it: the rest was not asked for


def keuren(bron, uit):
    """Check the pdf in `bron` and write it anew to `uit`. Raises Afgekeurd.

    A signed one stays as it is, as its signature would break: only with a true signature over the whole file, and after
    the same judgement of it and of each older version in it.
    """
    inhoud = bron.read()
    if b"%%EOF" not in inhoud[-4096:] or zipfile.is_zipfile(io.BytesIO(inhoud)):
        raise Afgekeurd("pdf_kapot")
    try:
        pdf = pikepdf.open(io.BytesIO(inhoud))
    except pikepdf.PasswordError as fout:
        raise Afgekeurd("pdf_slot") from fout
    with pdf:
        stand = _bekeken(pdf)
        if not stand.bijlagen and is_getekend(pdf, inhoud):
            if stand.opener:
                raise Afgekeurd("pdf_haalt_op")
            for oud in oude_versies(inhoud):
                with oud:
                    if _bekeken(oud).opener:
                        raise Afgekeurd("pdf_haalt_op")
            uit.write(inhoud)
            return
        _schoonmaken(pdf, stand)
        opnieuw_opslaan()
        pdf.save(uit, encryption=False, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _bekeken(pdf):
    """What was met in the trailer and in every object of this pdf. Raises Afgekeurd."""
    if len(pdf.objects) > DELEN or len(pdf.pages) > BLADEN:
        raise Afgekeurd("ingewikkeld")
    # a catalog that is no object of the file is written by nobody
    if not len(pdf.pages) or not pdf.trailer.Root.is_indirect:
        raise Afgekeurd("pdf_kapot")
    stand = Stand()
    stand.bekijk(pdf.trailer)
    for ding in pdf.objects:
        stand.bekijk(ding)
    for houder in stand.bijlagen:
        _alleen_xml(houder)
    return stand


def _alleen_xml(houder):
    """A Europass cv carries its own data as xml: that may be taken out. Any other attachment is refused."""
    for stroom in waarden_van(houder["/EF"]):
        begin = stroom.read_bytes()[:64].lstrip(b"\xef\xbb\xbf \r\n\t") if isinstance(stroom, pikepdf.Stream) else b""
        if not begin.startswith(b"<?xml"):
            raise Afgekeurd("pdf_bijlage")


def _schoonmaken(pdf, stand):
    """Take out attachments, what leads to a disk, and author, program and place: of the document, of programs, of
    remarks and of its photos.
    """
    for sleutel in set(pdf.trailer.keys()) - TRAILER:
        del pdf.trailer[sleutel]
    namen = pdf.Root.get("/Names")
    if isinstance(namen, pikepdf.Dictionary) and "/EmbeddedFiles" in namen:
        del namen["/EmbeddedFiles"]
    for houder in stand.bijlagen:
        for sleutel in houder.keys():  # noqa: SIM118 - of a pdf, not of Python
            del houder[sleutel]
    for ding in stand.met_herkomst:
        for sleutel in ERUIT:
            if sleutel in ding:
                del ding[sleutel]
    for actie in stand.opener:
        del actie["/URI"]
    for opmerking in stand.opmerkingen:
        opmerking["/T"] = pikepdf.String("")
    for hand in stand.handtekeningen:  # the signature of a file that is no longer what was signed
        for sleutel in hand.keys():  # noqa: SIM118
            del hand[sleutel]
    fotos_zonder_herkomst(pdf, stand.fotos)
