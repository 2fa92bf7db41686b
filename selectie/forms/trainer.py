"""What a trainer fills in: the own view, moments for a conversation, and its record."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.kern.datums import bestaat
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.velden import Regelveld, soms_nodig
from selectie.models import NA_HET_GESPREK, Stelling

MOMENTEN = 3
PLEK = "Plek, telefoon of online"
DE_KLOK = "Dit uur bestaat niet: die nacht gaat de klok een uur vooruit. Kies een ander uur."


class MeningForm(forms.Form):
    """The draft of an own view; sending happens on the check page. `overleg`: a given view is changed, openly."""

    wijziging = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    mening = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="Jouw mening")
    reactie = Tekstvak(rows=6)
    notitie = Tekstvak(label="Notitie voor trainers", rows=3)
    waarom = Tekstvak(label="Waarom verander je je mening?", rows=2, help_text="Je collega’s lezen dit.")

    def __init__(self, *args, voornaam, codes=(), concept=None, overleg=False, conclusie="past", **kwargs):
        concept = concept or {}
        super().__init__(
            *args,
            label_suffix="",
            initial={naam: concept.get(naam, "") for naam in ("mening", "reactie", "notitie", "waarom")}
            | {"wijziging": concept.get("wijziging", 0)},
            **kwargs,
        )
        past_niet = conclusie == Stelling.PAST_NIET  # then only who sees it fit asks for a talk
        ja = f"Het past. {voornaam} kan aan de slag" if conclusie == Stelling.PAST else "Het past. We praten eerst"
        self.fields["mening"].choices = [
            (Stelling.PAST.value, ja),
            (Stelling.TWIJFEL.value, "Ik twijfel" if past_niet else "Ik twijfel, eerst een gesprek"),
            (
                Stelling.PAST_NIET.value,
                "Het past (nog) niet" if past_niet else "Het past (nog) niet, eerst een gesprek",
            ),
        ]
        self.fields["reactie"].label = f"Reactie aan {voornaam}"
        if not overleg:
            del self.fields["waarom"]
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
            "waarom": gegevens.get("waarom", ""),
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
            self.fields[f"plek_{nr}"] = Regelveld(label=PLEK, required=False, max_length=160)
            self.fields[f"plek_{nr}"].widget.attrs["list"] = "plekken"
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
            elif all(ingevuld) and not bestaat(self._begin(nr)):
                self.add_error(f"tijd_{nr}", DE_KLOK)

    def _begin(self, nr):
        return dt.datetime.combine(self.cleaned_data[f"dag_{nr}"], self.cleaned_data[f"tijd_{nr}"])

    def waarden(self):
        gegevens, momenten = self.cleaned_data, []
        for nr in range(1, MOMENTEN + 1):
            if gegevens.get(f"dag_{nr}"):
                begin = timezone.make_aware(self._begin(nr))
                momenten.append((begin, gegevens[f"plek_{nr}"]))
        return {"momenten": momenten}


class AfspreekForm(HandelingForm):
    """A moment that was agreed already."""

    dag = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    tijd = forms.TimeField(label="Tijd", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    plek = Regelveld(label=PLEK, max_length=160)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plek"].widget.attrs["list"] = "plekken"

    def clean(self):
        super().clean()
        dag, tijd = self.cleaned_data.get("dag"), self.cleaned_data.get("tijd")
        if dag and tijd and not bestaat(dt.datetime.combine(dag, tijd)):
            self.add_error("tijd", DE_KLOK)

    def waarden(self):
        begin = timezone.make_aware(dt.datetime.combine(self.cleaned_data["dag"], self.cleaned_data["tijd"]))
        return {"moment": begin, "plek": self.cleaned_data["plek"]}


class VoorstelForm(HandelingForm):
    """What the trainers say now, as one of them proposes it."""

    trainers = forms.ChoiceField(
        label="Wat zeggen jullie als trainers nu?", widget=forms.RadioSelect, choices=NA_HET_GESPREK,
        help_text="De andere trainers zeggen of dit klopt. Pas als iedereen het eens is, geldt het.",
        error_messages={"required": "Kies wat jullie als trainers nu zeggen."},
    )  # fmt: skip

    def waarden(self):
        gegevens = super().waarden()
        nieuw = gegevens["trainers"] == "nieuw_verslag"
        return gegevens | {"trainers": "past_niet" if nieuw else gegevens["trainers"], "nieuw_verslag": nieuw}


class GesprekForm(VoorstelForm):
    """The record of a held conversation, with what the trainers say now."""

    gehouden_op = forms.DateField(
        label="Wanneer was het gesprek?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    aanwezigen = Regelveld(label="Wie waren erbij?", max_length=300)
    afspraken = Tekstvak(label="Wat spraken jullie af?", required=True, rows=5)
    field_order = ("gehouden_op", "aanwezigen", "afspraken", "trainers")

    def __init__(self, *args, voornaam, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["afspraken"].help_text = f"{voornaam} leest dit meteen."


class InstemForm(HandelingForm):
    """The answer to a proposal of a colleague."""

    antwoord = forms.ChoiceField(
        label="Klopt dit?", widget=forms.RadioSelect,
        choices=[("ja", "Ja, dit klopt"), ("nee", "Nee, we moeten nog praten")],
        error_messages={"required": "Kies ja of nee."},
    )  # fmt: skip
    waarom = soms_nodig(Tekstvak(label="Zo nee: wat is er volgens jou anders?", rows=3))

    def waarden(self):
        return {"akkoord": self.cleaned_data["antwoord"] == "ja", "waarom": self.cleaned_data["waarom"]}


class TrainerVraagForm(HandelingForm):
    """Ask the bureau for somebody who thinks along."""

    waarom = Tekstvak(
        label="Waarom vragen jullie een derde trainer?", required=True, rows=2,
        help_text="Het bureau leest dit. Schrijf er niet bij wat jullie van het verslag vinden.",
    )  # fmt: skip


class HerroepForm(HandelingForm):
    """Names the decision that the page showed, so that an old page takes back nothing else."""

    besluit = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)
    waarom = Tekstvak(label="Waarom neem je dit terug?", required=True, rows=3)

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
