"""Forms about a conference: asking, recording, counting."""

from django import forms
from django.utils import timezone

from certificering.forms.velden import ZONDER_NAMEN, Datum, Getal, JaNee, Keuze, ZonderNamen
from certificering.models import Conferentie, Variant
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.velden import Regelveld, soms_nodig


class VragenForm(HandelingForm):
    referentie = Regelveld(
        label="Aanvraagnummer", max_length=40, help_text="Alleen het nummer. Geen naam van de familie."
    )
    variant = Keuze(label="Waarvoor is de conferentie?", choices=Variant.choices, initial=Variant.FAMILIE)
    ingeschakeld_op = Datum(label="Op welke dag vraag je dit?", initial=timezone.localdate)

    def __init__(self, *args, varianten=Variant.values, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["variant"].choices = [(v.value, v.label.capitalize()) for v in Variant if v in varianten]
        if len(self.fields["variant"].choices) == 1:
            self.fields["variant"].widget = forms.HiddenInput()


class VastleggenForm(HandelingForm):
    uitkomst = Keuze(
        label="Hoe is het gegaan?", choices=[(u.value, u.label.capitalize()) for u in Conferentie.Uitkomst]
    )
    gehouden_op = soms_nodig(
        Datum(
            label="Wanneer was de bijeenkomst?", required=False, help_text="Was er geen bijeenkomst? Laat dit dan leeg."
        )
    )
    kring = Getal(label="Hoeveel mensen uit de kring waren erbij?")
    kinderen = Getal(label="Hoeveel kinderen waren erbij?")
    beroepskrachten = Getal(label="Hoeveel beroepskrachten waren erbij?")
    uren = forms.DecimalField(
        label="Hoeveel uur werkte je in totaal?",
        required=False,
        min_value=0,
        max_value=999,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )


class NazorgForm(HandelingForm):
    nazorg_op = Datum(label="Wanneer vroeg je hoe het met het plan gaat?")


class TellenForm(ZonderNamen, HandelingForm):
    vrije_tekst = ("waarom",)
    telt_mee = JaNee(
        label="Telt deze conferentie mee?", ja="Ja, deze conferentie telt mee", nee="Nee, deze telt niet mee"
    )
    waarom = soms_nodig(
        Tekstvak(
            label="Waarom?",
            help_text=f"De coördinator leest dit en kan antwoorden. Bij 'nee' is het nodig. {ZONDER_NAMEN}",
        )
    )


class ReactieForm(ZonderNamen, HandelingForm):
    vrije_tekst = ("reactie",)
    reactie = Tekstvak(label="Jouw reactie", required=True, help_text=ZONDER_NAMEN)


class HerzienForm(ZonderNamen, HandelingForm):
    vrije_tekst = ("reden",)
    telt_mee = JaNee(label="Telt deze conferentie mee?", ja="Ja, toch wel", nee="Nee, toch niet")
    reden = Tekstvak(
        label="Waarom verander je dit?", required=True, help_text=f"De coördinator leest dit. {ZONDER_NAMEN}"
    )
