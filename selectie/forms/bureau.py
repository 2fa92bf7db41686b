"""What the bureau fills in: the answer to an application, the gate, the trainers of a report."""

from django import forms

from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.handelingen import VOORBIJ
from lms.kern.models import Gebruiker, Rol, Rolvervulling


class AntwoordbriefForm(HandelingForm):
    """The letter that will go, to change for this person."""

    tekst = Tekstvak(label="De brief", required=True, rows=16, error_messages={"required": "Schrijf eerst je brief."})


class BelnotitieForm(HandelingForm):
    gesproken_op = forms.DateField(
        label="Wanneer praatten jullie?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies de dag van het gesprek."},
    )
    tekst = Tekstvak(
        label="Wat bespraken jullie?", required=True, rows=3,
        help_text="Een paar woorden. De persoon mag dit opvragen.",
        error_messages={"required": "Schrijf in een paar woorden op wat jullie bespraken."},
    )  # fmt: skip


class OpPapierForm(HandelingForm):
    op_papier_op = forms.DateField(
        label="Welke datum staat er op het papier?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies de datum die op het papier staat."},
    )
    akkoord = forms.BooleanField(
        label="Deze persoon las alles en zette een handtekening. Ook voor het gebruik van de gegevens.",
        error_messages={"required": "Zet een vinkje als dit zo is."},
    )

    def waarden(self):
        return {"op_papier_op": self.cleaned_data["op_papier_op"]}


class VogForm(HandelingForm):
    afgegeven_op = forms.DateField(
        label="Welke datum staat er op de VOG?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PuntHerroepForm(HandelingForm):
    """Take back one point of the gate; the page names which, also when it was taken back meanwhile."""

    poortpunt = forms.ModelChoiceField(
        None, widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid_choice"), VOORBIJ)
    )
    reden = Tekstvak(label="Waarom neem je dit terug?", required=True, rows=2)

    def __init__(self, *args, punten, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["poortpunt"].queryset = punten

    def waarden(self):
        return {naam: waarde for naam, waarde in super().waarden().items() if naam != "poortpunt"}


class TrainerForm(HandelingForm):
    trainer = forms.ModelChoiceField(Gebruiker.objects.none(), label="Trainer", empty_label="Kies een trainer")
    waarom = Tekstvak(label="Waarom?", required=True, rows=2)

    def __init__(self, *args, al, **kwargs):
        """`al`: the views that are asked already; their trainers are no choice."""
        super().__init__(*args, **kwargs)
        trainers = Rolvervulling.objects.geldig().filter(rol=Rol.TRAINER).exclude(gebruiker__in=al.values("trainer"))
        self.fields["trainer"].queryset = Gebruiker.objects.filter(pk__in=trainers.values("gebruiker"))


class _Trainerkeuze(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.trainer.naam


class OntheffenForm(HandelingForm):
    """Which of the asked trainers is asked no longer, with or without a given view; also somebody who is no trainer any
    more.
    """

    mening = _Trainerkeuze(None, label="Trainer", empty_label="Kies een trainer")
    waarom = Tekstvak(label="Waarom?", required=True, rows=2)

    def __init__(self, *args, gevraagd, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mening"].queryset = gevraagd

    def waarden(self):
        return {naam: waarde for naam, waarde in super().waarden().items() if naam != "mening"}


class TrainervraagForm(HandelingForm):
    """No trainer is added now, and why."""

    antwoord = Tekstvak(label="Waarom komt er nu geen trainer bij?", required=True, rows=2)
