"""What a file is, by its first bytes and never by its name."""

import re

KOP = 2048  # bytes that are looked at; up to 1 kB may stand before the header of a pdf
BEGIN = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"GIF8", "gif"),
    (b"MZ", "programma"),
    (b"\x7fELF", "programma"),
    (b"WEBVTT", "vtt"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"\xef\xbb\xbfWEBVTT", "vtt"),
)
FTYP_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
FTYP_MP4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}
PDF = re.compile(rb"%PDF-\d")


def soort_van(kop):
    """The kind of a file from its first KOP bytes; "zip" and "ole" are told apart by the check itself.

    "" when it is none of ours.
    """
    for begin, soort in BEGIN:
        if kop.startswith(begin):
            return soort
    if kop.startswith(b"RIFF") and kop[8:12] == b"WEBP":
        return "webp"
    if kop[4:8] == b"ftyp":
        merk = kop[8:12]
        return "heic" if merk in FTYP_HEIC else "mp4" if merk in FTYP_MP4 else ""
    return "pdf" if PDF.search(kop[: 1024 + 8]) else ""
