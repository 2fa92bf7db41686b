"""A picture inside another document, without what tells place, camera and maker or hangs behind it.

The picture itself is untouched.
"""

import re

# EXIF and XMP, IPTC, makers' own, comments; not the colours (E0, E2, EE)
JPG_MERKEN = {0xE1, 0xED, *range(0xE3, 0xEC), 0xFE}
JPG_VERDER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)  # the first marker after a scan
PNG_BLOKKEN = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
WEBP_BLOKKEN = {b"EXIF", b"XMP "}
WEBP_VLAGGEN = 0x08 | 0x04  # "there is EXIF", "there is XMP"
JP2_DOZEN = {b"uuid", b"xml ", b"uinf"}


def zonder_herkomst(beeld):
    """The bytes of a jpg, png, webp or jpeg 2000 without its origin; another kind, or what cannot be read, as it is."""
    if beeld.startswith(b"\xff\xd8"):
        delen = _jpg(beeld)
    elif beeld.startswith(b"\x89PNG\r\n\x1a\n"):
        delen = _png(beeld)
    elif beeld.startswith(b"RIFF") and beeld[8:12] == b"WEBP":
        delen = _webp(beeld)
    elif beeld[4:12] == b"jP  \r\n\x87\n":
        delen = _jp2(beeld)
    else:
        return beeld
    return b"".join(delen) if delen else beeld


def _jpg(beeld):
    uit, plek = [b"\xff\xd8"], 2
    while plek + 2 <= len(beeld) and beeld[plek] == 0xFF:
        merk = beeld[plek + 1]
        if merk == 0xFF:  # filling
            plek += 1
            continue
        if merk == 0xD9:
            return [*uit, b"\xff\xd9"]
        lengte = int.from_bytes(beeld[plek + 2 : plek + 4], "big")
        if 0xD0 <= merk <= 0xD8 or lengte < 2:
            return None
        eind = plek + 2 + lengte
        if merk == 0xDA:
            verder = JPG_VERDER.search(beeld, eind)
            if verder is None:  # cut off, or without an end
                return [*uit, beeld[plek:]]
            eind = verder.start()
        if merk not in JPG_MERKEN:
            uit.append(beeld[plek:eind])
        plek = eind
    return None


def _png(beeld):
    uit, plek = [beeld[:8]], 8
    while plek + 12 <= len(beeld):
        soort, eind = beeld[plek + 4 : plek + 8], plek + 12 + int.from_bytes(beeld[plek : plek + 4], "big")
        if soort not in PNG_BLOKKEN:
            uit.append(beeld[plek:eind])
        if soort == b"IEND":
            return uit
        plek = eind
    return None


def _webp(beeld):
    uit, plek, tot = [], 12, min(len(beeld), 8 + int.from_bytes(beeld[4:8], "little"))
    while plek + 8 <= tot:
        soort, lengte = beeld[plek : plek + 4], int.from_bytes(beeld[plek + 4 : plek + 8], "little")
        deel = beeld[plek : plek + 8 + lengte + lengte % 2]
        if soort == b"VP8X" and lengte >= 1:
            deel = deel[:8] + bytes([deel[8] & ~WEBP_VLAGGEN]) + deel[9:]
        if soort not in WEBP_BLOKKEN:
            uit.append(deel)
        plek += 8 + lengte + lengte % 2
    return [b"RIFF", (4 + sum(map(len, uit))).to_bytes(4, "little"), b"WEBP", *uit]


def _jp2(beeld):
    uit, plek = [], 0
    while plek + 8 <= len(beeld):
        lengte, soort = int.from_bytes(beeld[plek : plek + 4], "big"), beeld[plek + 4 : plek + 8]
        if lengte == 1:
            lengte = int.from_bytes(beeld[plek + 8 : plek + 16], "big")
        eind = plek + lengte if lengte else len(beeld)
        if eind < plek + 8:
            return None
        if soort not in JP2_DOZEN:
            uit.append(beeld[plek:eind])
        plek = eind
    return uit
