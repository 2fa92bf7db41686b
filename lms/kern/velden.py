"""Names and e-mail addresses, in one place: what may be in them, how they are written down, and the form fields for
them.

A name may be in every script. What cannot be seen and changes what stands beside it (control characters, bidi controls)
is refused, what came along by copying is taken out. An address that is stored is the address that is mailed.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from email_validator import EmailNotValidError, validate_email

from lms.kern.tussenvoegsels import losmaken

RICHTING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
VERBINDERS = "\u200c\u200d"  # between letters they belong to the word, in Persian and in scripts of India
# nothing to see, and no meaning in a name: zero-width spaces, soft hyphens, fillers
LEEG = dict.fromkeys(map(ord, "\u00ad\u034f\u115f\u1160\u180e\u200b\u2060\u2800\u3164\ufeff\uffa0"))
STUURTEKEN = "Er staat een teken in dat je niet ziet en dat de tekst verandert. Typ het opnieuw, zonder te plakken."
NAAMDELEN = ("voornaam", "tussenvoegsel", "achternaam")
VOORNAAM_NODIG = "Vul een voornaam in. Is er maar één naam? Vul die dan hier in."
LEGE_NAAM = "Hier staat geen letter. Vul een naam in."

ADRES = "Dit e-mailadres klopt niet. Kijk het nog eens na. Het ziet eruit als naam@voorbeeld.nl."
ADRES_EEN = "Vul één e-mailadres in."
ADRES_TEKENS = "Mail naar dit adres komt niet aan. Gebruik een adres zonder aanhalingstekens, zoals naam@voorbeeld.nl."
ADRES_IP = "Mail naar dit adres komt niet aan. Achter de @ hoort een naam, zoals voorbeeld.nl."
ADRES_LETTERS = "Vóór de @ staat een letter die we niet kunnen mailen, zoals é of ö. Kijk het adres nog eens na."
ADRES_MAX, PLEK_MAX = 254, 64  # RFC 5321


def _letterachtig(teken):
    return unicodedata.category(teken)[0] in "LM"


# characters; more is refused before it is looked at: ordering marks costs the square of their number
REGEL_MAX, ADRES_TYPT_MAX = 1000, 600
TE_LANG = "Dit is te lang. Maak het korter."


def regel_nakijken(waarde):
    """Clean one line of text: NFC, single spaces, nothing invisible.

    Returns str. Raises ValidationError for control and bidi characters.
    """
    if len(waarde or "") > REGEL_MAX:
        raise ValidationError(TE_LANG, code="te_lang")
    tekst = " ".join(unicodedata.normalize("NFC", waarde or "").translate(LEEG).split())
    schoon = []
    for plek, teken in enumerate(tekst):
        if teken in VERBINDERS:
            volgende = tekst[plek + 1 : plek + 2]
            if not (schoon and _letterachtig(schoon[-1]) and volgende and _letterachtig(volgende)):
                continue
        elif teken in RICHTING or unicodedata.category(teken) in ("Cc", "Cs", "Co", "Cf"):
            raise ValidationError(STUURTEKEN, code="stuurteken")
        schoon.append(teken)
    return " ".join("".join(schoon).split())


def naam_nakijken(waarde):
    """Clean a part of a name, "" when there is none.

    Raises ValidationError when it holds control characters, or something but no letter.
    """
    naam = regel_nakijken(waarde)  # first: it bounds the length
    if (waarde or "").strip() and not any(unicodedata.category(teken)[0] == "L" for teken in naam):
        raise ValidationError(LEGE_NAAM, code="geen_letter")
    return naam


def namen_nakijken(voornaam, tussenvoegsel, achternaam):
    """The three parts of a name, cleaned, with `van der` moved out of the last name. Who has one name has it as first
    name.

    Returns (voornaam, tussenvoegsel, achternaam). Raises ValidationError at the field.
    """
    delen, fouten = [], {}
    for veld, waarde in zip(NAAMDELEN, (voornaam, tussenvoegsel, achternaam), strict=True):
        try:
            delen.append(regel_nakijken(waarde) if veld == "tussenvoegsel" else naam_nakijken(waarde))
        except ValidationError as fout:
            fouten[veld] = fout
    if fouten:
        raise ValidationError(fouten)
    voornaam, tussenvoegsel, achternaam = delen
    if not voornaam:
        raise ValidationError({"voornaam": VOORNAAM_NODIG})
    tussenvoegsel, achternaam = losmaken(tussenvoegsel, achternaam)
    if tussenvoegsel and not achternaam:
        raise ValidationError({"achternaam": "Vul ook de achternaam in, of haal het tussenvoegsel weg."})
    return voornaam, tussenvoegsel, achternaam


def _zonder_plakresten(waarde):
    """What people paste: `mailto:jan@…?subject=x`, `<jan@…>`, `Jan Jansen <jan@…>`, with a dot, comma or zero-width
    space behind it.
    """
    adres = "".join(
        t
        for t in unicodedata.normalize("NFC", waarde)
        if unicodedata.category(t) not in ("Cf", "Cc") and ord(t) not in LEEG
    )
    tussen_haken = re.fullmatch(r"[^<>@]*<([^<>]+)>[\s.,;:>]*", adres.strip())
    adres = (tussen_haken.group(1) if tussen_haken else adres).strip().strip("<>").rstrip(".,;:!?)> ").lstrip("( ")
    if adres.lower().startswith("mailto:"):
        adres = adres[len("mailto:") :].partition("?")[0]
    for begin, eind in (('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’")):
        if len(adres) > 2 and adres.startswith(begin) and adres.endswith(eind):
            adres = adres[1:-1]
    return adres.strip().rstrip(".,;:")


def adres_nakijken(waarde):
    """Write down an e-mail address as it is mailed: without leftovers of pasting, in lower case, an international
    domain in its ASCII form.

    Returns str, "" when nothing was typed. Raises ValidationError.
    """
    if len(waarde or "") > ADRES_TYPT_MAX:
        raise ValidationError(ADRES, code="invalid")
    if not (waarde or "").strip():
        return ""
    adres = _zonder_plakresten(waarde)
    plek, _, domein = adres.rpartition("@")
    if '"' in plek or "=?" in plek or "\\" in plek:
        raise ValidationError(ADRES_TEKENS, code="invalid")
    if "@" in plek or re.search(r"[\s,;]", adres):
        raise ValidationError(ADRES_EEN if adres.count("@") > 1 else ADRES, code="invalid")
    if domein.startswith("[") or re.fullmatch(r"[\d.]+", domein):
        raise ValidationError(ADRES_IP, code="invalid")
    if len(plek) > PLEK_MAX:
        raise ValidationError(ADRES, code="invalid")
    if not plek.isascii():
        raise ValidationError(ADRES_LETTERS, code="invalid")
    try:
        # test_environment: the names for examples and tests are nobody's, and the demo and its tests use them
        uitkomst = validate_email(adres, allow_smtputf8=False, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fout:
        raise ValidationError(ADRES, code="invalid") from fout
    adres = uitkomst.ascii_email.lower()
    if len(adres) > ADRES_MAX:
        raise ValidationError(ADRES, code="invalid")
    return adres


class Regelveld(forms.CharField):
    """One line of text that is shown in lists: a town, a phone number, a title."""

    def to_python(self, value):
        return regel_nakijken(super().to_python(value))


class Naamveld(forms.CharField):
    """A part of a name."""

    def __init__(self, **velden):
        velden.setdefault("max_length", 80)
        super().__init__(**velden)

    def to_python(self, value):
        return naam_nakijken(super().to_python(value))


class Adresveld(forms.EmailField):
    """An e-mail address, as it is mailed."""

    default_validators = []

    def __init__(self, **velden):
        velden.setdefault(
            "widget", forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"})
        )
        super().__init__(**velden)
        self.widget.attrs.pop("maxlength", None)  # a pasted "Naam <adres>" is longer than the address in it

    def to_python(self, value):
        return adres_nakijken(super().to_python(value))


def soms_nodig(veld):
    """A field that the form lets through empty and the act sometimes asks: it never says "(mag leeg blijven)"."""
    veld.soms_nodig = True
    return veld


class NaamForm(forms.Form):
    """The three parts of a name: `van der` goes to its own field, and somebody may have one name."""

    van_zichzelf = True  # the browser may fill in its owner's name

    voornaam = Naamveld(
        label="Voornaam",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": VOORNAAM_NODIG},
    )
    tussenvoegsel = Regelveld(label="Tussenvoegsel", max_length=20, required=False)
    achternaam = soms_nodig(Naamveld(
        label="Achternaam", required=False, help_text="Eén naam? Vul die in bij Voornaam en laat dit vak leeg.",
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    ))  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.van_zichzelf:
            for naam in ("voornaam", "achternaam"):
                self.fields[naam].widget.attrs.pop("autocomplete")

    def clean(self):
        super().clean()
        if not set(NAAMDELEN) & set(self.errors):
            try:
                delen = namen_nakijken(*(self.cleaned_data.get(deel, "") for deel in NAAMDELEN))
            except ValidationError as fout:
                self.add_error(None, fout)
            else:
                self.cleaned_data |= dict(zip(NAAMDELEN, delen, strict=True))
        return self.cleaned_data
