"""The three short pages of an application."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from lms.kern.bestanden import Bestandsveld
from lms.kern.codes import Codeveld
from lms.kern.formulieren import Tekstvak
from lms.kern.models import Regio
from lms.kern.telefoon import Telefoonveld
from lms.kern.velden import Adresveld, NaamForm, Regelveld, soms_nodig
from selectie.models import AKKOORD_VERSIE


class _Pagina(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def gegevens(self):
        """What goes into the draft: plain JSON values."""
        return {
            naam: waarde
            for naam, waarde in self.cleaned_data.items()
            if not naam.endswith("_bestand") and not naam.startswith("weg_")
        }

    def uploads(self):
        """The uploads for the draft: an upload, False to remove, or None to leave as it is."""
        return {}


class OverJouForm(NaamForm, _Pagina):
    email = Adresveld(
        label="E-mailadres", max_length=254, help_text=("Op dit adres krijg je een code. Daarmee weten we dat jij "
"het bent."),
    )  # fmt: skip
    telefoon = Telefoonveld(help_text="We bellen alleen als het nodig is.")
    woonplaats = Regelveld(
        label="Woonplaats", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    regio = forms.ModelChoiceField(Regio.objects.all(), label="In welke regio woon je?", empty_label="Kies een regio")

    def gegevens(self):
        waarden = super().gegevens()
        return {**waarden, "regio": waarden["regio"].pk}


class BriefForm(_Pagina):
    motivatie = soms_nodig(Tekstvak(
        label="Je brief", rows=8,
        help_text=("Waarom wil je Eigen Kracht-coördinator worden? Wat trekt je aan? Schrijf zoals je praat. Een "
"halve bladzijde is genoeg."),
    ))  # fmt: skip
    brief_bestand = soms_nodig(Bestandsveld(label="Of stuur je brief als bestand"))
    weg_brief = forms.BooleanField(label="Haal dit bestand weg", required=False)
    cv = soms_nodig(Tekstvak(
        label="Je cv", rows=8,
        help_text=("Schrijf wat je hebt gedaan: werk, school, vrijwilligerswerk. Ook levenservaring telt: zorgen "
"voor iemand, ergens opnieuw beginnen."),
    ))  # fmt: skip
    cv_bestand = soms_nodig(Bestandsveld(label="Of stuur je cv als bestand"))
    weg_cv = forms.BooleanField(label="Haal dit bestand weg", required=False)

    def __init__(self, *args, concept=None, **kwargs):
        self.concept = concept
        super().__init__(*args, **kwargs)

    def uploads(self):
        return {
            soort: self.cleaned_data.get(f"{soort}_bestand")
            or (False if self.cleaned_data.get(f"weg_{soort}") else None)
            for soort in ("brief", "cv")
        }

    def ontbreekt(self):
        """{field: sentence} for a letter or cv that is neither typed nor sent as a file."""
        fouten = {}
        for soort, veld, zin in (
            ("brief", "motivatie", "Schrijf je brief, of stuur hem als bestand."),
            ("cv", "cv", "Schrijf je cv, of stuur het als bestand."),
        ):
            bestand = self.uploads()[soort]
            heeft_bestand = bool(bestand) or (bestand is None and getattr(self.concept, f"{soort}_bestand_id"))
            if (
                not self.cleaned_data.get(veld, "").strip()
                and not heeft_bestand
                and not {veld, f"{soort}_bestand"} & set(self.errors)
            ):
                fouten[veld] = zin
        return fouten


class OnafhankelijkForm(_Pagina):
    onafhankelijk = forms.ChoiceField(
        label="Kun je dit werk onafhankelijk doen?",
        choices=[("ja", "Ja"), ("nee", "Nee, of ik weet het niet zeker")],
        widget=forms.RadioSelect,
        help_text=(
            "Een coördinator werkt niet bij een organisatie die hulp geeft of over mensen beslist. Je "
            "antwoord houdt je aanmelding niet tegen."
        ),
        error_messages={"required": "Kies een antwoord. Het houdt je aanmelding niet tegen."},
    )
    toelichting = Tekstvak(label="Wil je hier iets over vertellen?", rows=3)
    akkoord = forms.BooleanField(
        error_messages={"required": "Zet een vinkje. Anders mogen we je aanmelding niet bewaren."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "akkoord"
        ].label = "De Eigen Kracht Centrale mag mijn gegevens gebruiken voor deze aanmelding en voor mijn traject."
        self.fields["akkoord"].help_text = format_html(
            'Lees <a href="{}">hoe we met je gegevens omgaan</a>.', reverse("wagtail_serve", args=["privacy/"])
        )

    def gegevens(self):
        return {**super().gegevens(), "akkoord": AKKOORD_VERSIE}


class CodeForm(forms.Form):
    code = Codeveld()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
