"""When a pdf counts as signed: a signature in a field of its form, over the whole file but itself."""

import io
import re

import pikepdf

VELDEN, DIEP, VERSIES = 500, 10, 8
HEX = re.compile(rb"<[0-9A-Fa-f\s]+>")
DER = 0x30  # what a signature begins with
EINDE = re.compile(rb"%%EOF[\r\n]{0,2}")


def is_getekend(pdf, inhoud):
    """Whether these bytes have to stay as they are.

    Not with something around them, with a lock, or in disorder: then they are written anew.
    """
    if (
        pdf.is_encrypted
        or not inhoud.startswith(b"%PDF")
        or len(EINDE.findall(inhoud)) > VERSIES
        or _zonder_herstel(inhoud) is None
    ):
        return False
    formulier = pdf.Root.get("/AcroForm")
    velden = formulier.get("/Fields") if isinstance(formulier, pikepdf.Dictionary) else None
    return isinstance(velden, pikepdf.Array) and any(_dekt_alles(hand, inhoud) for hand in _handtekeningen(velden))


def _handtekeningen(velden):
    """The signature dictionaries of the first VELDEN fields."""
    rij, gezien = [(veld, "", 0) for veld in list(velden)[:VELDEN]], 0
    while rij and gezien < VELDEN:
        veld, geerfd, diepte = rij.pop()
        gezien += 1
        if not isinstance(veld, pikepdf.Dictionary) or diepte > DIEP:
            continue
        soort, hand = veld.get("/FT", geerfd), veld.get("/V")
        if soort == pikepdf.Name.Sig and isinstance(hand, pikepdf.Dictionary):
            yield hand
        kinderen = veld.get("/Kids")
        if isinstance(kinderen, pikepdf.Array):
            rij += [(kind, soort, diepte + 1) for kind in list(kinderen)[:VELDEN]]


def _dekt_alles(hand, inhoud):
    """Whether the two pieces begin at 0 and end with the file, and between them is this signature in hex and
    nothing else.
    """
    bereik, teken = hand.get("/ByteRange"), hand.get("/Contents")
    if not isinstance(bereik, pikepdf.Array) or not isinstance(teken, pikepdf.String) or len(bereik) != 4:
        return False
    try:
        begin, eerste, tweede, lengte = (int(getal) for getal in bereik)
    except (TypeError, ValueError):
        return False
    if (
        begin
        or not 0 < eerste < tweede
        or lengte < 0
        or tweede + lengte != len(inhoud)
        or not HEX.fullmatch(inhoud, eerste, tweede)
    ):
        return False
    return bytes(teken)[:1] == bytes([DER]) and bytes.fromhex(inhoud[eerste + 1 : tweede - 1].decode("ascii")) == bytes(
        teken
    )


def oude_versies(inhoud):
    """Each older version inside a signed file, opened: what stood at its end before something was added.

    A piece that is none is left out.
    """
    for einde in EINDE.finditer(inhoud):
        if einde.end() < len(inhoud):
            oud = _zonder_herstel(inhoud[: einde.end()])
            if oud is not None:
                yield oud


def _zonder_herstel(inhoud):
    """The pdf as it says it is, or None where a reader would have to guess."""
    try:
        return pikepdf.open(io.BytesIO(inhoud), attempt_recovery=False)
    except pikepdf.PdfError:
        return None
