"""The pages of the report. The hidden `wijziging` is the print of what the page was made from."""

from django import forms

from lms.kern.formulieren import Tekstvak
from lms.kern.velden import soms_nodig
from selectie.models import Stelling
from selectie.profiel import FEITKEUZES, SCHAALKEUZES

CONCLUSIES = [
    (Stelling.PAST.value, "Ja, dit werk past bij mij"),
    (Stelling.TWIJFEL.value, "Ik twijfel nog"),
    (Stelling.PAST_NIET.value, "Nee, dit werk past niet bij mij"),
]


class VerslagForm(forms.Form):
    """One page of the report: the points of `teksten` (scale or facts) or the free fields of a part."""

    wijziging = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args, deel, teksten, waarden, basis, **kwargs):
        self.deel, self.teksten = deel, teksten if deel.heeft_punten else []
        self.uit_lessen = {}  # per point what the person may take over from the own lessons
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["wijziging"].initial = basis
        for tekst in self.teksten:
            self._punt(tekst, *waarden[tekst.code])
        if "taken_tekst" in deel.velden:
            self.fields["taken_tekst"] = Tekstvak(
                label="Zie je jezelf deze taken doen?", rows=6, initial=waarden["taken_tekst"]
            )
        if "conclusie" in deel.velden:
            self._slot(waarden)

    def _punt(self, tekst, keuze, voorbeeld):
        keuzes = SCHAALKEUZES if self.deel.is_schaal else FEITKEUZES
        self.fields[f"k_{tekst.code}"] = forms.ChoiceField(
            label=tekst.je, choices=keuzes, required=False, widget=forms.RadioSelect, initial=keuze
        )
        if self.deel.is_schaal:
            self.fields[f"t_{tekst.code}"] = Tekstvak(
                label="Een voorbeeld uit je leven of uit de training", rows=3, initial=voorbeeld
            )

    def _slot(self, waarden):
        self.fields["conclusie"] = forms.ChoiceField(
            label="Past het werk van Eigen Kracht-coördinator bij jou?",
            choices=CONCLUSIES,
            required=False,
            widget=forms.RadioSelect,
            initial=waarden["conclusie"],
        )
        self.fields["waarom"] = soms_nodig(Tekstvak(
            label="Waarom?", rows=8, initial=waarden["waarom"],
            help_text="Schrijf je liever één bladzijde in je eigen woorden? Dat kan hier. Dat is net zo goed.",
        ))  # fmt: skip

    def punten(self):
        """The rows of the page: text, its radio field and its example field."""
        return [
            {"tekst": t, "keuze": self[f"k_{t.code}"],
             "voorbeeld": self[f"t_{t.code}"] if self.deel.is_schaal else None,
             "uit_lessen": self.uit_lessen.get(t.code, [])}
            for t in self.teksten
        ]  # fmt: skip

    def neem_over(self, fout):
        """Put a ValidationError of saving at its field, or above the page."""
        for naam, fouten in (fout.error_dict if hasattr(fout, "error_dict") else {None: fout.error_list}).items():
            self.add_error(naam if naam in self.fields else None, fouten)

    def antwoorden(self):
        return {
            t.code: (self.cleaned_data.get(f"k_{t.code}", ""), self.cleaned_data.get(f"t_{t.code}", ""))
            for t in self.teksten
        }

    def velden(self):
        return {veld: self.cleaned_data.get(veld, "") for veld in self.deel.velden}
