"""What a candidate answers in steps 3, 5, 7 and at the gate."""

from django import forms

from lms.kern.bewaartermijnen import zonder_vinkje
from lms.kern.datums import moment
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.velden import soms_nodig
from selectie.models import Deelnamebesluit


class KeuzeForm(HandelingForm):
    keuze = forms.ChoiceField(
        label="Doe je mee?",
        widget=forms.RadioSelect,
        choices=[("ja", "Ja, ik doe mee"), ("later", "Ik kies later"), ("nee", "Nee, dit is niets voor mij")],
        error_messages={"required": "Kies ja, later of nee."},
    )
    terug_op = soms_nodig(
        forms.DateField(
            label="Kies je later? Wanneer zullen we het weer vragen?",
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
    )
    keuzes = Deelnamebesluit.Keuze


class NotitieForm(HandelingForm):
    tekst = Tekstvak(
        label="Waar ging het gesprek over?", required=True, rows=4,
        help_text="Een paar zinnen. Jij en je trainers kunnen dit lezen.",
        error_messages={"required": "Schrijf een paar woorden."},
    )  # fmt: skip


class MomentForm(HandelingForm):
    moment = forms.TypedChoiceField(
        label="Kies een moment",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een moment.",
            "invalid_choice": "Dit moment kan niet meer. Kies een ander moment.",
        },
    )

    def __init__(self, *args, momenten, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["moment"].choices = [(m.pk, f"{moment(m.begint_om)}, {m.plek}") for m in momenten]


class AndereDagenForm(HandelingForm):
    """None of the moments fits, or the picked one does not any more."""

    andere_dagen = Tekstvak(
        label="Welke dagen en tijden passen wel?", rows=2,
        help_text="Bijvoorbeeld: dinsdagavond, of elke ochtend behalve vrijdag.",
    )  # fmt: skip


class NaGesprekForm(HandelingForm):
    """What the candidate says now; each choice says what follows."""

    keuze = forms.ChoiceField(
        label="Wat zeg jij nu?", widget=forms.RadioSelect,
        choices=[
            ("past", "Het past bij mij"),
            ("twijfel", "Ik twijfel nog. Ik schrijf later een nieuw verslag"),
            ("past_niet", "Het past niet bij mij. Dan rond ik mijn traject af"),
        ],
        error_messages={"required": "Kies wat jij nu zegt."},
    )  # fmt: skip
    opmerking = Tekstvak(label="Wil je er zelf iets bij zeggen?", rows=3, help_text="Je trainers lezen dit ook.")


class AfrondForm(HandelingForm):
    bewaren = forms.BooleanField(
        required=False, label="Bewaar mijn gegevens een jaar. Dan kan ik makkelijk terugkomen."
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bewaren"].help_text = zonder_vinkje()
