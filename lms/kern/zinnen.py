"""What a form says of a field, in our words: instead of Django's own sentences, everywhere, also in the admins.

`onze_zinnen` runs before any field is made. A sentence that fits every field does not know which one it is about; where
it is shown it gets the name of its field (`bij_naam`).
"""

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import BaseFormSet
from django.forms.models import InlineForeignKeyField, ModelMultipleChoiceField
from django.forms.widgets import CheckboxInput, ChoiceWidget, FileInput

VERPLICHT = "Vul dit nog in."
KIES = "Dit kun je hier niet kiezen. Kies een van de antwoorden die er staan."
DATUM = "Deze datum klopt niet. Schrijf hem zoals 31-12-2027."
TIJD = "Deze tijd klopt niet. Schrijf hem zoals 14:30."
MOMENT = "Deze dag en tijd kloppen niet. Schrijf ze zoals 31-12-2027 14:30."
GETAL, HEEL_GETAL = "Vul een getal in, met cijfers.", "Vul een heel getal in, met cijfers."
DUUR = "Deze duur klopt niet. Schrijf hem zoals 01:30."
ADRES = "Dit e-mailadres klopt niet. Het ziet eruit als naam@voorbeeld.nl."
WEBADRES = "Dit webadres klopt niet. Het ziet eruit als https://www.voorbeeld.nl."
ANDERS = "Dit klopt niet. Kijk het nog eens na."
GEEN_BESTAND = "Er kwam geen bestand binnen. Kies het nog een keer."
GEEN_FOTO = "Dit is geen foto die we kunnen openen. Kies een andere."
TE_LANG = "Dit is te lang. Er passen %(limit_value)d tekens in. Nu zijn het er %(show_value)d."
TE_KORT = "Dit is te kort. Gebruik minstens %(limit_value)d tekens."
HOOGSTENS, MINSTENS = "Neem %(limit_value)s of minder.", "Neem %(limit_value)s of meer."
BESTAAT_AL = "Dit is er al. Vul iets anders in."
LEEG = "Dit mag niet leeg blijven."

VELDEN = {
    forms.Field: {"required": VERPLICHT},
    forms.IntegerField: {"invalid": HEEL_GETAL},
    forms.FloatField: {"invalid": GETAL},
    forms.DecimalField: {"invalid": GETAL},
    forms.DateField: {"invalid": DATUM},
    forms.TimeField: {"invalid": TIJD},
    forms.DateTimeField: {"invalid": MOMENT},
    forms.DurationField: {"invalid": DUUR, "overflow": DUUR},
    forms.FileField: {
        "invalid": GEEN_BESTAND,
        "missing": GEEN_BESTAND,
        "empty": "Dit bestand is leeg. Kies een ander.",
        "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        "contradiction": "Kies een bestand, of haal het weg. Niet allebei.",
    },
    forms.ImageField: {"invalid_image": GEEN_FOTO},
    forms.URLField: {"invalid": WEBADRES},
    forms.ChoiceField: {"invalid_choice": KIES},
    forms.MultipleChoiceField: {"invalid_choice": KIES, "invalid_list": KIES},
    forms.MultiValueField: {"invalid": ANDERS, "incomplete": "Vul alle delen in."},
    forms.SplitDateTimeField: {"invalid_date": DATUM, "invalid_time": TIJD},
    forms.UUIDField: {"invalid": ANDERS},
    forms.JSONField: {"invalid": ANDERS},
    forms.ModelChoiceField: {"invalid_choice": KIES},
    ModelMultipleChoiceField: {"invalid_choice": KIES, "invalid_list": KIES, "invalid_pk_value": KIES},
    InlineForeignKeyField: {"invalid_choice": KIES},
    BaseFormSet: {
        "missing_management_form": "Deze pagina kwam niet heel binnen. Open hem opnieuw.",
        "too_many_forms": "Dit zijn er te veel. Haal er een paar weg.",
        "too_few_forms": "Voeg er nog een toe.",
    },
    models.Field: {
        "invalid_choice": KIES,
        "null": LEEG,
        "blank": LEEG,
        "unique": BESTAAT_AL,
        "unique_for_date": BESTAAT_AL,
    },
    models.BooleanField: {"invalid": KIES, "invalid_nullable": KIES},
    models.DateField: {"invalid": DATUM, "invalid_date": DATUM},
    models.DateTimeField: {"invalid": MOMENT, "invalid_date": DATUM, "invalid_datetime": MOMENT},
    models.TimeField: {"invalid": TIJD, "invalid_time": TIJD},
    models.DurationField: {"invalid": DUUR},
    models.DecimalField: {"invalid": GETAL},
    models.FloatField: {"invalid": GETAL},
    models.IntegerField: {"invalid": HEEL_GETAL},
    models.UUIDField: {"invalid": ANDERS},
}
REGELS = {
    validators.RegexValidator: ANDERS,
    validators.DomainNameValidator: WEBADRES,
    validators.URLValidator: WEBADRES,
    validators.EmailValidator: ADRES,
    validators.BaseValidator: ANDERS,
    validators.MaxValueValidator: HOOGSTENS,
    validators.MinValueValidator: MINSTENS,
    validators.StepValueValidator: "Neem een veelvoud van %(limit_value)s.",
    validators.MinLengthValidator: TE_KORT,
    validators.MaxLengthValidator: TE_LANG,
    validators.FileExtensionValidator: "Dit soort bestand kan hier niet. Wel: %(allowed_extensions)s.",
    validators.ProhibitNullCharactersValidator: "Er staat een teken in dat je niet ziet. Typ het opnieuw.",
}
# what fits every field, so that it says nothing of the one it is about
ALGEMEEN = frozenset({zin for zinnen in VELDEN.values() for zin in zinnen.values()} | set(REGELS.values()))


def onze_zinnen():
    """Put our sentences in the place of Django's. Once, before the fields of any form or model are made."""
    for soort, zinnen in VELDEN.items():
        soort.default_error_messages = {**vars(soort).get("default_error_messages", {}), **zinnen}
    for regel, zin in REGELS.items():
        regel.message = zin
    for regel in vars(validators).values():  # made when Django was imported, with the sentence of then
        if isinstance(regel, validators.RegexValidator):
            regel.message = HEEL_GETAL if regel is validators.integer_validator else REGELS.get(type(regel), ANDERS)


def _nodig(veld, label):
    widget = veld.field.widget
    if isinstance(widget, CheckboxInput):
        return f"Zet een vinkje bij ‘{label}’."
    if isinstance(widget, FileInput):
        return f"Kies een bestand bij ‘{label}’."
    if isinstance(widget, ChoiceWidget):
        return f"Kies iets bij ‘{label}’."
    return f"Vul iets in bij ‘{label}’."


def bij_naam(veld, fout, label="", *, ook=False):
    """The sentence of an error of this bound field. What is lacking is asked by the name of the field; the other
    sentences that fit every field get that name in front where they stand apart from it (`ook`).
    """
    label = str(label or veld.label).rstrip(".: ")
    zin = str(next(iter(fout)))
    if fout.message == VERPLICHT:
        return _nodig(veld, label)
    return f"{label}: {zin[:1].lower()}{zin[1:]}" if ook and fout.message in ALGEMEEN else zin


def fouten_van(veld, label="", *, ook=False):
    """The sentences of all errors of a bound field."""
    return [
        bij_naam(veld, fout if isinstance(fout, ValidationError) else ValidationError(fout), label, ook=ook)
        for fout in veld.errors.as_data()
    ]
