"""Forms for choosing a place, for the bureau's own placing, and for a correction on the roll call."""

from django import forms

from cursus.models import Bijeenkomst, Resultaat, Uitvoering
from lms.kern.datums import tel
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.models import Gebruiker, Regio
from lms.kern.velden import Adresveld, Regelveld

GEEN = "geen"


class KiesForm(HandelingForm):
    """Choose one of `uitvoeringen`, or "geen van deze dagen". The template draws the choices as sessions."""

    uitvoering = forms.ChoiceField(
        label="Kies een datum",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een datum, of kies ‘Geen van deze dagen’."},
    )

    def __init__(self, *args, uitvoeringen, **kwargs):
        super().__init__(*args, **kwargs)
        self.uitvoeringen = list(uitvoeringen)
        fout = "Deze datum kan niet (meer). Kies een andere."
        self.fields["uitvoering"].choices = [(str(u.pk), u.titel) for u in self.uitvoeringen] + [
            (GEEN, "Geen van deze dagen")
        ]
        self.fields["uitvoering"].error_messages["invalid_choice"] = fout

    @property
    def gekozen(self):
        """The value that is ticked on screen."""
        return str(self["uitvoering"].value() or "")

    def waarden(self):
        keuze = self.cleaned_data["uitvoering"]
        return {} if keuze == GEEN else {"uitvoering": next(u for u in self.uitvoeringen if str(u.pk) == keuze)}

    @property
    def wil_geen(self):
        return self.is_valid() and self.cleaned_data["uitvoering"] == GEEN


class PlaatsForm(HandelingForm):
    """The bureau places by hand."""

    uitvoering = forms.ModelChoiceField(
        Uitvoering.objects.none(),
        label="Bijeenkomst of groep",
        empty_label="Kies",
        error_messages={"required": "Kies een groep."},
    )

    def __init__(self, *args, uitvoeringen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["uitvoering"].queryset = uitvoeringen
        self.fields["uitvoering"].label_from_instance = groepsnaam


def groepsnaam(uitvoering):
    """A group in a list to choose from: title, first day, places left. Needs `met_data`."""
    over = uitvoering.plekken_over
    vrij = f"{tel(over, 'plek,plekken')} over" if over else "vol"
    return f"{uitvoering.titel}, {uitvoering.begint_om:%d-%m-%Y} ({vrij})"


class InhaalForm(HandelingForm):
    """Plan a missed day in another group."""

    bijeenkomst = forms.ModelChoiceField(
        Bijeenkomst.objects.none(),
        label="Dag in een andere groep",
        empty_label="Kies",
        error_messages={"required": "Kies een dag."},
    )

    def __init__(self, *args, bijeenkomsten, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bijeenkomst"].queryset = bijeenkomsten
        self.fields["bijeenkomst"].label_from_instance = lambda b: (
            f"{b.uitvoering.titel}, dag {b.nr}, {b.begint_om:%d-%m-%Y}"
        )


class VrijstelForm(HandelingForm):
    reden_vrijstelling = Tekstvak(
        label="Waarom hoeft deze dag niet?",
        rows=2,
        required=True,
        error_messages={"required": "Schrijf op waarom deze dag niet hoeft."},
    )


class VerbeterForm(HandelingForm):
    """Correct one row of the roll call."""

    resultaat = forms.ChoiceField(
        label="Was deze persoon er?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Resultaat.JA, "Ja"),
            (Resultaat.DEELS, "Deels"),
            (Resultaat.DEELS_TELT, "Deels, telt mee"),
            (Resultaat.NEE, "Nee"),
            ("", "Weer open"),
        ],
    )
    reden = Tekstvak(
        label="Waarom verander je dit?",
        rows=2,
        required=True,
        error_messages={"required": "Schrijf op waarom je dit verandert."},
    )


class AfmeldForm(HandelingForm):
    """Sign off. When it is late the person says so: the place can then hardly be given to somebody else."""

    zeker = forms.BooleanField(
        label="Ik weet dat het laat is. Ik kan echt niet komen.",
        error_messages={"required": "Kruis dit aan, of bel ons. Dan zoeken we samen een oplossing."},
    )

    def __init__(self, *args, laat, **kwargs):
        super().__init__(*args, **kwargs)
        if not laat:
            del self.fields["zeker"]

    def waarden(self):
        return {}


class WensForm(HandelingForm):
    """Languages and wishes for the training; all of it may stay empty."""

    talen = Regelveld(label="Welke talen spreek je?", max_length=200, required=False)
    wensen = Tekstvak(
        label="Wat wil je verder vertellen?", rows=3, max_length=2000,
        help_text="Bijvoorbeeld: ik lees liever van papier. Of: ik ben nog wat verlegen."
    )  # fmt: skip


class ZorgForm(HandelingForm):
    """Diet and access, each with its own consent. Kept nowhere but in their own table."""

    niet_bewaren = ("dieet", "dieet_mag", "toegang", "toegang_mag")
    dieet = Regelveld(label="Wat eet je niet, of juist wel?", max_length=300, required=False)
    dieet_mag = forms.BooleanField(
        label="Mijn trainers en het bureau mogen lezen wat ik over eten schrijf.", required=False
    )
    toegang = Regelveld(
        label="Wat heb je nodig om erbij te kunnen zijn?", max_length=300, required=False,
        help_text="Bijvoorbeeld: een lift, of een tolk."
    )  # fmt: skip
    toegang_mag = forms.BooleanField(label="Mijn trainers en het bureau mogen lezen wat ik nodig heb.", required=False)


class BelangstellingForm(forms.Form):
    """Houd me op de hoogte: an address and a region."""

    email = Adresveld(label="Je e-mailadres", max_length=254, error_messages={"required": "Vul je e-mailadres in."})
    regio = forms.ModelChoiceField(
        Regio.objects.all(), label="Je regio", empty_label="Kies je regio",
        error_messages={"required": "Kies je regio.", "invalid_choice": "Kies je regio."},
    )  # fmt: skip


class DeelnemerForm(HandelingForm):
    """The bureau puts somebody who called on the list of an agenda item."""

    email = Adresveld(
        label="E-mailadres van de deelnemer", widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Vul een e-mailadres in."},
    )  # fmt: skip

    def clean_email(self):
        self.persoon = Gebruiker.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if self.persoon is None:
            raise forms.ValidationError("Dit e-mailadres heeft geen account.")
        return self.persoon.email

    def waarden(self):
        return {}
