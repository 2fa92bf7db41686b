"""The one kind of code in this house: six digits, from a mail. What people paste around it costs nobody a try."""

import re
import secrets
import unicodedata

from django import forms
from django.core.exceptions import ValidationError

CIJFERS = 6
HERSTEL_CIJFERS = 8  # a recovery code of the second step is longer
GEEN_CODE = "Een code heeft zes cijfers. Kijk nog eens in je mail en vul alleen de cijfers in."
CODE_NODIG = "Vul de zes cijfers van de code in. Ze staan in de mail."
GEEN_STAPCODE = "Een code uit je app heeft zes cijfers. Een herstelcode heeft er acht."
STAPCODE_NODIG = "Vul de zes cijfers in die je app nu laat zien. Een herstelcode mag ook."
TYPT_MAX = 300
_TUSSEN = r"[\s.\-\u2010-\u2015\u2212]{0,3}"  # between the digits: spaces, dots, every kind of dash
_ALLEEN = re.compile(r"[\d\s.\-\u2010-\u2015\u2212]*")


def nieuwe_code():
    """Six digits that nobody can guess."""
    return f"{secrets.randbelow(10**CIJFERS):0{CIJFERS}d}"


def _plat(tekst):
    """Digits of every script as 0-9, a no-break space as a space, nothing invisible."""
    return "".join(
        str(unicodedata.digit(teken, teken))
        for teken in unicodedata.normalize("NFKC", tekst)
        if unicodedata.category(teken) != "Cf"
    )


def code_uit(tekst, cijfers=CIJFERS):
    """The digits of the code in what was typed: "519-029", "519 029", "Je code is 519029.".

    Returns "" when there is not exactly one code in it.
    """
    tekst = _plat(tekst).strip()
    if _ALLEEN.fullmatch(tekst):
        kaal = re.sub(r"\D", "", tekst)
        return kaal if len(kaal) == cijfers else ""
    gevonden = {
        re.sub(r"\D", "", stuk) for stuk in re.findall(rf"(?<!\d)\d(?:{_TUSSEN}\d){{{cijfers - 1}}}(?!\d)", tekst)
    }
    return gevonden.pop() if len(gevonden) == 1 else ""


def _vak():
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})


class Codeveld(forms.CharField):
    """A code from a mail, as six digits. What cannot be one is said here, before anything counts it as a try."""

    def __init__(self, **velden):
        velden.setdefault("label", "Je code")
        velden.setdefault("help_text", "Zes cijfers, uit de mail die je net kreeg.")
        super().__init__(widget=_vak(), max_length=TYPT_MAX, **velden)
        self.widget.attrs.pop("maxlength", None)
        self.error_messages |= {"required": CODE_NODIG, "max_length": GEEN_CODE}

    def to_python(self, value):
        tekst = super().to_python(value)
        if not tekst or len(tekst) > TYPT_MAX:
            return tekst
        code = code_uit(tekst)
        if not code:
            raise ValidationError(GEEN_CODE, code="geen_code")
        return code


class Stapcodeveld(forms.CharField):
    """A code of the second step: six digits from the app, or eight of a recovery code."""

    def __init__(self, **velden):
        velden.setdefault("label", "Code")
        super().__init__(widget=_vak(), max_length=TYPT_MAX, **velden)
        self.widget.attrs.pop("maxlength", None)
        self.error_messages |= {"required": STAPCODE_NODIG, "max_length": GEEN_STAPCODE}

    def to_python(self, value):
        tekst = super().to_python(value)
        if not tekst or len(tekst) > TYPT_MAX:
            return tekst
        code = code_uit(tekst) or code_uit(tekst, HERSTEL_CIJFERS)
        if not code:
            raise ValidationError(GEEN_STAPCODE, code="geen_code")
        return code
