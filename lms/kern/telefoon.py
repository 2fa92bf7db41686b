"""Phone numbers: checked, and written down in one way: `06 - 12 34 56 78`, `038 - 422 25 26`, `+32 470123456`.

Whether a number exists is not asked; whether it can be dialled is. A foreign number begins with + or 00 and its
country.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError

from lms.kern.velden import regel_nakijken

FOUT = "Dit nummer klopt niet. Het heeft tien cijfers."
FOUT_LETTERS = "Dit nummer klopt niet. Er staat iets anders in dan cijfers. Het heeft tien cijfers."
FOUT_NUL = "Dit nummer klopt niet. Het begint met een 0. Een nummer uit een ander land begint met een +, zoals +32."
FOUT_LAND = "Dit nummer klopt niet. Een nummer uit een ander land begint met + en het nummer van het land, zoals +32."
FOUT_TWEE = "Vul één telefoonnummer in."
FOUT_DIENST = "Dit is een nummer van een dienst. Vul het nummer in waarop we je kunnen bellen."
NODIG = "Vul je telefoonnummer in. Het heeft tien cijfers."
# Dutch area codes of three digits, and the ones that belong to no place; all others have four
DRIE = frozenset(
    [
        "010",
        "013",
        "015",
        "020",
        "023",
        "024",
        "026",
        "030",
        "033",
        "035",
        "036",
        "038",
        "040",
        "043",
        "045",
        "046",
        "050",
        "053",
        "055",
        "058",
        "070",
        "071",
        "072",
        "073",
        "074",
        "075",
        "076",
        "077",
        "078",
        "079",
        "082",
        "084",
        "085",
        "087",
        "088",
        "091",
        "097",
    ]
)
LAND_EEN = frozenset("17")
LAND_TWEE = frozenset(
    [
        "20",
        "27",
        "30",
        "31",
        "32",
        "33",
        "34",
        "36",
        "39",
        "40",
        "41",
        "43",
        "44",
        "45",
        "46",
        "47",
        "48",
        "49",
        "51",
        "52",
        "53",
        "54",
        "55",
        "56",
        "57",
        "58",
        "60",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "81",
        "82",
        "84",
        "86",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "98",
    ]
)
E164 = (7, 15)  # digits with the country in front


def _fout(zin):
    return ValidationError(zin, code="telefoon")


def _nederlands(cijfers):
    """`cijfers` with the 0 in front."""
    if cijfers.startswith(("0800", "0900", "0906", "0909")):
        raise _fout(FOUT_DIENST)
    if len(cijfers) != 10 or cijfers[1] == "0":
        raise _fout(FOUT)
    if cijfers.startswith("06"):
        return f"06 - {cijfers[2:4]} {cijfers[4:6]} {cijfers[6:8]} {cijfers[8:]}"
    if cijfers[:3] in DRIE:
        return f"{cijfers[:3]} - {cijfers[3:6]} {cijfers[6:8]} {cijfers[8:]}"
    return f"{cijfers[:4]} - {cijfers[4:6]} {cijfers[6:8]} {cijfers[8:]}"


def _van_elders(cijfers):
    """`cijfers` with the country in front, without + or 00."""
    if cijfers.startswith("31"):
        return _nederlands("0" + cijfers[2:].removeprefix("0"))
    if cijfers.startswith("0") or not E164[0] <= len(cijfers) <= E164[1]:
        raise _fout(FOUT_LAND)
    land = 1 if cijfers[0] in LAND_EEN else 2 if cijfers[:2] in LAND_TWEE else 3
    return f"+{cijfers[:land]} {cijfers[land:]}"


def telefoon_nakijken(waarde):
    """Write a phone number down in the one way of the house, "" when nothing was typed.

    Raises ValidationError with a sentence that says what the number lacks.
    """
    tekst = unicodedata.normalize("NFKC", regel_nakijken(waarde))
    tekst = re.sub(r"^(tel|telefoon|mobiel|mob)?[.:\s]*", "", tekst, flags=re.IGNORECASE)
    tekst = re.sub(r"[\s.\-\u2010-\u2015\u2212]", "", tekst)
    if not tekst:
        if (waarde or "").strip():
            raise _fout(FOUT)
        return ""
    if re.fullmatch(r"[+\d()]{9,}([/,;]|of|en)[+\d()]{9,}", tekst):
        raise _fout(FOUT_TWEE)
    tekst = tekst.replace("/", "")
    van_elders = tekst.startswith(("+", "00", "(+", "(00"))
    tekst = tekst.replace("(0)", "") if van_elders else tekst
    tekst = tekst.replace("(", "").replace(")", "")
    cijfers = tekst.removeprefix("+")
    if not re.fullmatch(r"\d+", cijfers):
        raise _fout(FOUT_LETTERS)
    cijfers = "".join(str(unicodedata.digit(teken)) for teken in cijfers)
    if van_elders:
        return _van_elders(cijfers.removeprefix("00") if not tekst.startswith("+") else cijfers)
    if cijfers.startswith("0"):
        return _nederlands(cijfers)
    if len(cijfers) == 9 and cijfers.startswith("6"):
        return _nederlands("0" + cijfers)
    if len(cijfers) == 11 and cijfers.startswith("31"):
        return _van_elders(cijfers)
    raise _fout(FOUT_NUL)


class Telefoonveld(forms.CharField):
    """A phone number, in the one way of the house. `van_zichzelf`: the browser may fill in its owner's."""

    def __init__(self, *, van_zichzelf=True, **velden):
        velden.setdefault("label", "Telefoonnummer")
        attrs = {"type": "tel", "autocomplete": "tel" if van_zichzelf else "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **velden)
        self.error_messages["required"] = NODIG

    def to_python(self, value):
        return telefoon_nakijken(super().to_python(value))
