"""A warning, never a wall: text that looks as if it holds details of a family (BSN, phone number, e-mail, date of
birth).
"""

import re

_GETALLEN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")
_TELEFOON = re.compile(r"(?<![\d+])(?:\+31|0031|0)[\s-]?(?:\d[\s-]?){8,9}(?!\d)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_GEBOREN = re.compile(r"geboren|geboortedatum", re.IGNORECASE)
_DATUM = re.compile(r"(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}(?!\d)")


def _is_bsn(cijfers):
    som = sum(int(cijfer) * gewicht for cijfer, gewicht in zip(cijfers, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return som % 11 == 0 and int(cijfers) > 0


def opvallend(tekst):
    """What in `tekst` looks like a detail of a person ("een telefoonnummer", …), or ""."""
    if _MAIL.search(tekst):
        return "een e-mailadres"
    if any(_is_bsn(re.sub(r"\D", "", treffer)) for treffer in _GETALLEN.findall(tekst)):
        return "een burgerservicenummer"
    if _TELEFOON.search(tekst):
        return "een telefoonnummer"
    if _GEBOREN.search(tekst) and _DATUM.search(tekst):
        return "een geboortedatum"
    return ""
