"""What a trainer fills in: the own view, moments for a conversation, and its record."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.velden import Regelveld, soms_nodig
from selectie.models import Stelling

MOMENTEN = 3


class MeningForm(forms.Form):
    """The draft of an own view; sending happens on the check page."""

    wijziging = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    mening = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="Jouw mening")
    reactie = Tekstvak(rows=6)
    notitie = Tekstvak(label="Notitie voor trainers", rows=3)

    def __init__(self, *args, voornaam, codes=(), concept=None, **kwargs):
        concept = concept or {}
        super().__init__(
            *args,
            label_suffix="",
            initial={naam: concept.get(naam, "") for naam in ("mening", "reactie", "notitie")}
            | {"wijziging": concept.get("wijziging", 0)},
            **kwargs,
        )
        self.fields["mening"].choices = [
            (Stelling.PAST.value, f"Het past. {voornaam} kan aan de slag"),
            (Stelling.TWIJFEL.value, "Ik twijfel, eerst een gesprek"),
            (Stelling.PAST_NIET.value, "Het past (nog) niet, eerst een gesprek"),
        ]
        self.fields["reactie"].label = f"Reactie aan {voornaam}"
        self.fields["notitie"].help_text = (
            "Om jullie gesprek voor te bereiden. Alleen de trainers van dit verslag lezen dit. "
            f"{voornaam} kan erom vragen. Na het gesprek gaat de notitie mee als {voornaam} de eigen gegevens "
            "downloadt."
        )
        for code in codes:
            self.fields[f"p_{code}"] = Tekstvak(
                label="Jouw reactie op dit punt", rows=2, initial=concept.get("punten", {}).get(code, "")
            )
            self.fields[f"p_{code}"].widget.attrs["form"] = "besluit"
        self.codes = codes

    def _punt(self, code):
        """What was typed at this point; a point that this way of reading does not show keeps what it had."""
        naam = f"p_{code}"
        return self.cleaned_data.get(naam) if self.add_prefix(naam) in self.data else self.fields[naam].initial

    def waarden(self):
        """The draft: mening, reactie, notitie and the replies per point that are not empty."""
        gegevens = self.cleaned_data
        punten = {code: tekst for code in self.codes if (tekst := self._punt(code))}
        return {
            "mening": gegevens["mening"],
            "reactie": gegevens["reactie"],
            "notitie": gegevens["notitie"],
            "punten": punten,
        }


class MomentenForm(HandelingForm):
    """Up to three moments with a place each; an empty row is left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nr in range(1, MOMENTEN + 1):
            self.fields[f"dag_{nr}"] = forms.DateField(
                label="Dag", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )
            self.fields[f"tijd_{nr}"] = forms.TimeField(
                label="Tijd", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            )
            self.fields[f"plek_{nr}"] = Regelveld(label="Plek, telefoon of online", required=False, max_length=160)
            for deel in ("dag", "tijd", "plek"):
                soms_nodig(self.fields[f"{deel}_{nr}"])

    def rijen(self):
        return [
            {"nr": nr, "dag": self[f"dag_{nr}"], "tijd": self[f"tijd_{nr}"], "plek": self[f"plek_{nr}"]}
            for nr in range(1, MOMENTEN + 1)
        ]

    def clean(self):
        super().clean()
        for nr in range(1, MOMENTEN + 1):
            ingevuld = [bool(self.cleaned_data.get(f"{veld}_{nr}")) for veld in ("dag", "tijd", "plek")]
            if any(ingevuld) and not all(ingevuld):
                self.add_error(f"dag_{nr}", f"Vul bij moment {nr} de dag, de tijd en de plek in.")

    def waarden(self):
        gegevens, momenten = self.cleaned_data, []
        for nr in range(1, MOMENTEN + 1):
            if gegevens.get(f"dag_{nr}"):
                begin = timezone.make_aware(dt.datetime.combine(gegevens[f"dag_{nr}"], gegevens[f"tijd_{nr}"]))
                momenten.append((begin, gegevens[f"plek_{nr}"]))
        return {"momenten": momenten}


class GesprekForm(HandelingForm):
    gehouden_op = forms.DateField(
        label="Wanneer was het gesprek?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    aanwezigen = Regelveld(label="Wie waren erbij?", max_length=300)
    afspraken = Tekstvak(label="Wat spraken jullie af?", required=True, rows=5)
    opmerking_kandidaat = Tekstvak(rows=3)
    kandidaat = forms.ChoiceField(widget=forms.RadioSelect, choices=[(s.value, s.label) for s in Stelling])
    trainers = forms.ChoiceField(
        label="Wat zeggen jullie als trainers nu?",
        widget=forms.RadioSelect,
        choices=[("past", "past"), ("past_niet", "past (nog) niet")],
    )
    nieuw_verslag = forms.BooleanField(
        required=False,
        label="We spraken een nieuw verslag af",
        help_text="Bijvoorbeeld na een dag die iemand nog eens volgt.",
    )

    def __init__(self, *args, voornaam, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opmerking_kandidaat"].label = f"Wat wil {voornaam} er zelf bij zeggen?"
        self.fields["kandidaat"].label = f"Wat zegt {voornaam} nu?"


class HerroepForm(HandelingForm):
    """Names the decision that the page showed, so that an old page takes back nothing else."""

    besluit = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)
    reden = Tekstvak(label="Waarom neem je dit terug?", required=True, rows=3)

    def __init__(self, *args, besluiten, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["besluit"].queryset = besluiten
        self.fields["besluit"].error_messages = dict.fromkeys(
            ("required", "invalid_choice"), "Dit besluit is er niet meer."
        )

    def waarden(self):
        return {naam: waarde for naam, waarde in super().waarden().items() if naam != "besluit"}


class HeropenForm(HandelingForm):
    """The own view back to a draft."""

    reden = Tekstvak(label="Waarom neem je je mening terug?", required=True, rows=3)


class AanvulForm(HandelingForm):
    """What was wrong or missing in the record of a conversation."""

    tekst = Tekstvak(label="Wat was er anders, of wat hoort erbij?", required=True, rows=5)
    reden = Tekstvak(label="Waarom schrijf je dit er nu bij?", required=True, rows=2)


def eerste_fout(fout: ValidationError):
    """The first sentence of a refusal."""
    return fout.messages[0]
