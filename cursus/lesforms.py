"""Forms of the lessons: what somebody writes at a lesson, a home assignment, and its answer."""

import re

from django import forms

from cursus.models.invullen import EIGEN, invulvelden
from lms.kern.bestanden import Bestandsveld
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.velden import soms_nodig

VERDWENEN = re.compile(r"a_[0-9a-f-]{8,36}")
MEESTE = 40  # fields that one lesson page can send


class LesForm(forms.Form):
    """Everything that can be written at one lesson.

    A field of a question that is gone meanwhile is kept, so that its text is too.
    """

    wijziging = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, gegevens, *, les):
        super().__init__(gegevens)
        self.velden = {veld.naam: veld.vraag for veld in invulvelden(les, [])}
        for naam in gegevens:
            if naam not in self.velden and VERDWENEN.fullmatch(naam) and len(self.velden) < MEESTE:
                self.velden[naam] = naam.removeprefix("a_")
        self.velden = {naam: vraag for naam, vraag in self.velden.items() if naam in gegevens}
        for naam in self.velden:
            self.fields[naam] = Tekstvak(label="Mijn notitie" if naam == EIGEN else "Jouw antwoord")

    def teksten(self):
        """{block id, or "" for the own note: text} of what was sent."""
        return {vraag: self.cleaned_data[naam] for naam, vraag in self.velden.items()}


class ReactieForm(HandelingForm):
    """The questions after the last day, as an editor wrote them. Nothing of the answers is kept on the way: a draft
    has a name.
    """

    vraag_1 = Tekstvak(label="Vraag 1", rows=3)
    vraag_2 = Tekstvak(label="Vraag 2", rows=3)
    vraag_3 = Tekstvak(label="Vraag 3", rows=3)
    niet_bewaren = ("vraag_1", "vraag_2", "vraag_3")

    def __init__(self, *args, vragen, **kwargs):
        super().__init__(*args, **kwargs)
        self.vragen = dict(zip(self.niet_bewaren, vragen, strict=False))
        for naam in self.niet_bewaren:
            if naam in self.vragen:
                self.fields[naam].label = self.vragen[naam]
            else:
                del self.fields[naam]

    def waarden(self):
        return {"antwoorden": [(vraag, self.cleaned_data[naam]) for naam, vraag in self.vragen.items()]}


class InleverForm(HandelingForm):
    tekst = soms_nodig(Tekstvak(label="Je antwoord", rows=8))
    bestand = soms_nodig(
        Bestandsveld(label="Of stuur een bestand", hulp="Een foto van je blad is ook goed. Of een pdf of Word-bestand.")
    )
    houd_bestand = forms.BooleanField(label="Houd het bestand dat ik eerder inleverde", required=False)

    def __init__(self, *args, eerder=None, **kwargs):
        super().__init__(*args, **kwargs)
        if eerder is None:
            del self.fields["houd_bestand"]
        else:
            self.fields["houd_bestand"].label = f"Houd het bestand {eerder.naam}"


class AntwoordForm(HandelingForm):
    antwoord = Tekstvak(
        label="Jouw antwoord", rows=6, required=True, error_messages={"required": "Schrijf je antwoord."},
        help_text="Schrijf alleen over deze opdracht. Niet over het verslag of over wat jullie samen besluiten.",
    )  # fmt: skip
