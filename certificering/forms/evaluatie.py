"""Forms of the evaluation: one voice each, the conversation, agreement."""

from django import forms

from certificering.forms.velden import ZONDER_NAMEN, Datum, JaNee, Keuze, ZonderNamen
from certificering.handelingen.evaluatie import KANDIDAAT_WAARDEN, REGIOMANAGER_WAARDEN
from certificering.models import Evaluatie
from lms.kern.bewaartermijnen import zonder_vinkje
from lms.kern.formulieren import BevestigForm, HandelingForm, NakijkForm, Tekstvak
from lms.kern.velden import Regelveld, soms_nodig


class Stem(ZonderNamen, HandelingForm):
    """A voice: one short answer per task, all optional, and a text of one's own.

    `punten`: Profielteksten of T and K.
    """

    vrije_tekst = ("tekst",)
    waarden_van_taak: dict = {}
    tekst = Tekstvak(required=True, rows=6)

    def __init__(self, *args, punten, **kwargs):
        super().__init__(*args, **kwargs)
        self.punten = list(punten)
        keuzes = [(waarde, woord.capitalize()) for waarde, woord in self.waarden_van_taak.items()]
        for punt in self.punten:
            self.fields[f"taak_{punt.code}"] = forms.ChoiceField(
                label=punt.je, choices=keuzes, required=False, widget=forms.RadioSelect
            )

    def taakvelden(self):
        return [self[f"taak_{punt.code}"] for punt in self.punten]

    def waarden(self):
        taken = {punt.code: self.cleaned_data.get(f"taak_{punt.code}") for punt in self.punten}
        return {
            "tekst": self.cleaned_data["tekst"],
            "taken": {code: waarde for code, waarde in taken.items() if waarde},
        }


class KandidaatForm(Stem):
    waarden_van_taak = KANDIDAAT_WAARDEN

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tekst"].label = "Wat ging goed? Wat doe je een volgende keer anders?"
        self.fields["tekst"].help_text = f"Er is geen goed of fout. {ZONDER_NAMEN}"


class RegiomanagerForm(Stem):
    waarden_van_taak = REGIOMANAGER_WAARDEN

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tekst"].label = "Wat zag jij? Welke steun gaf je?"
        self.fields["tekst"].help_text = f"De kandidaat leest dit na jullie gesprek. {ZONDER_NAMEN}"


class GesprekForm(ZonderNamen, HandelingForm):
    vrije_tekst = ("afspraken",)
    gesprek_op = Datum(label="Wanneer was jullie gesprek?")
    voorstel = Keuze(
        label="Wat zeggen jullie samen?",
        choices=[
            (Evaluatie.Uitkomst.POSITIEF, "Positief: klaar voor het certificaat"),
            (Evaluatie.Uitkomst.NOG_NIET, "Nog niet: nog een conferentie met extra steun"),
            (Evaluatie.Uitkomst.PAST_NIET, "Past niet: we ronden het samen af"),
        ],
    )
    afspraken = soms_nodig(Tekstvak(label="Wat spraken jullie af?", help_text=ZONDER_NAMEN))
    derde = Regelveld(label="Wie was er nog bij?", max_length=120, required=False)

    def __init__(self, *args, met_derde=False, **kwargs):
        super().__init__(*args, **kwargs)
        if met_derde:
            self.fields["derde"].required = True
        else:
            del self.fields["derde"]


class AkkoordForm(ZonderNamen, NakijkForm):
    vrije_tekst = ("tekst",)
    eens = JaNee(label="Klopt het zo?", ja="Ja, ik ben het ermee eens", nee="Nee, ik zie het anders")
    tekst = soms_nodig(
        Tekstvak(label="Wat zie je anders?", help_text=f"Vul dit in als je het anders ziet. {ZONDER_NAMEN}")
    )


class AfrondenForm(BevestigForm):
    """After an evaluation that does not fit: the candidate ends the path."""

    bewaren = forms.BooleanField(
        required=False, label="Ja, bewaar mijn gegevens een jaar. Dan kan ik makkelijk terugkomen."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bewaren"].help_text = zonder_vinkje()
