"""Forms about the registration: state, availability, regions."""

from django import forms

from certificering.forms.velden import Datum, Keuze
from certificering.models import Registratie, Registratiestand
from lms.kern.doorgeven import OverdrachtForm
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.models import Regio
from lms.kern.velden import soms_nodig

LEZERS = "Alleen jij, de regiomanagers van deze regio en het bureau lezen dit."
STANDEN = [(s.value, s.label.capitalize()) for s in Registratiestand.Stand if s != Registratiestand.Stand.UITGESCHREVEN]


class StandForm(HandelingForm):
    """Uitgeschreven is an end, with a page of its own."""

    stand = Keuze(label="Nieuwe stand", choices=STANDEN)
    waarom = Tekstvak(label="Waarom?", required=True, help_text=LEZERS)


class UitschrijfForm(OverdrachtForm):
    waarom = Tekstvak(label="Waarom?", required=True, help_text=LEZERS)


class BeschikbaarForm(HandelingForm):
    beschikbaar = Keuze(label="Beschikbaar", choices=[(b.value, b.label.capitalize()) for b in Registratie.Beschikbaar])
    beschikbaar_vanaf = soms_nodig(
        Datum(label="Vanaf", required=False, help_text="Vul dit alleen in bij 'vanaf een datum'.")
    )


class RegioForm(HandelingForm):
    regio = forms.ModelChoiceField(Regio.objects.all(), label="Regio", empty_label="Kies een regio")
