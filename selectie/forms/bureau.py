"""What the bureau fills in: the answer to an application, the gate, the trainers of a report."""

from django import forms

from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Rol, Rolvervulling
from selectie.models import Poortpunt


class AntwoordForm(HandelingForm):
    antwoord = forms.ChoiceField(
        label="Jouw antwoord",
        widget=forms.RadioSelect,
        choices=[("uitnodigen", "Nodig uit voor een informatiebijeenkomst")],
        initial="uitnodigen",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if instelling("nu_nog_niet"):
            self.fields["antwoord"].choices += [("nu_nog_niet", "Nu nog niet")]
            self.fields["gesproken"] = forms.BooleanField(label="Ik heb hierover met deze persoon gepraat", required=False)


class VogForm(HandelingForm):
    afgegeven_op = forms.DateField(
        label="Welke datum staat er op de VOG?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PuntHerroepForm(HandelingForm):
    punt = forms.ChoiceField(choices=Poortpunt.Punt, widget=forms.HiddenInput)
    reden = Tekstvak(label="Waarom neem je dit terug?", required=True, rows=2)


class TrainerForm(HandelingForm):
    trainer = forms.ModelChoiceField(Gebruiker.objects.none(), label="Trainer", empty_label="Kies een trainer")
    waarom = Tekstvak(label="Waarom?", required=True, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        trainers = Rolvervulling.objects.geldig().filter(rol=Rol.TRAINER)
        self.fields["trainer"].queryset = Gebruiker.objects.filter(pk__in=trainers.values("gebruiker"))
