"""The bureau types an application for somebody else, and that person confirms it."""

from django import forms

from lms.kern.bestanden import Bestandsveld
from lms.kern.formulieren import HandelingForm, Tekstvak
from lms.kern.handelingen import VOORBIJ
from lms.kern.kladveld import KladForm, Verzoekveld
from lms.kern.models import Regio
from lms.kern.telefoon import Telefoonveld
from lms.kern.velden import Adresveld, NaamForm, Regelveld, soms_nodig
from selectie.forms.aanmelden import OnafhankelijkForm, _Pagina
from selectie.handelingen import aanmelding_aanvullen

ONAFHANKELIJK = [("", "Nog niet gevraagd"), ("ja", "Ja"), ("nee", "Nee, of niet zeker")]


class NamensForm(NaamForm, _Pagina, KladForm):
    van_zichzelf = False

    email = Adresveld(
        label="E-mailadres", max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Op dit adres bevestigt deze persoon. Geen e-mail? Laat het leeg.",
    )  # fmt: skip
    telefoon = Telefoonveld(required=False, van_zichzelf=False)
    woonplaats = Regelveld(label="Woonplaats", max_length=80, required=False)
    regio = forms.ModelChoiceField(Regio.objects.all(), label="Regio", empty_label="Kies een regio")
    motivatie = Tekstvak(
        label="De brief", rows=8, help_text="Plak of typ de brief zoals die is. Je verandert er niets aan."
    )
    brief_bestand = Bestandsveld(label="Of de brief als bestand")
    weg_brief = forms.BooleanField(label="Haal dit bestand weg", required=False)
    cv = Tekstvak(label="Het cv", rows=8, help_text="Werk én levenservaring.")
    cv_bestand = Bestandsveld(label="Of het cv als bestand")
    weg_cv = forms.BooleanField(label="Haal dit bestand weg", required=False)
    onafhankelijk = forms.ChoiceField(
        label="Kan deze persoon het werk onafhankelijk doen?",
        choices=ONAFHANKELIJK,
        required=False,
        widget=forms.RadioSelect,
        help_text="Het antwoord houdt de aanmelding niet tegen.",
    )
    toelichting = Tekstvak(label="Wat zei deze persoon erover?", rows=2)
    verzoek_id = Verzoekveld()

    def gegevens(self):
        waarden = {naam: waarde for naam, waarde in super().gegevens().items() if naam != "verzoek_id"}
        return {**waarden, "regio": waarden["regio"].pk}

    def uploads(self):
        return {
            soort: self.cleaned_data.get(f"{soort}_bestand")
            or (False if self.cleaned_data.get(f"weg_{soort}") else None)
            for soort in ("brief", "cv")
        }


class BevestigenForm(OnafhankelijkForm):
    """What only the person can say: independence, and consent."""

    gelezen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["toelichting"]


class AanvulForm(HandelingForm):
    """The answer to one question of the bureau; the page names which, also when it was answered meanwhile."""

    vraag = forms.ModelChoiceField(
        None, widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid_choice"), VOORBIJ)
    )
    antwoord = soms_nodig(Tekstvak(label="Je antwoord", rows=6, help_text="Schrijf zoals je praat."))
    bestand = soms_nodig(Bestandsveld(label="Of stuur een bestand"))

    def __init__(self, *args, vragen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vraag"].queryset = vragen

    def waarden(self):
        return {naam: waarde for naam, waarde in super().waarden().items() if naam != "vraag"}

    def beantwoorden(self, *, door):
        """Answer the question that the page named. Returns whether it was done, as `uitvoeren`."""
        return self.is_valid() and self.uitvoeren(aanmelding_aanvullen, self.cleaned_data["vraag"], door=door)
