"""Own data, and the bureau's forms for people and settings."""

from django import forms

from cursus.forms import groepsnaam
from cursus.models import OP_HET_PAD, Uitvoering
from lms.kern.formulieren import HandelingForm
from lms.kern.handelingen.mensen import EIGEN_VELDEN
from lms.kern.handelingen.toegang import nieuw_adres_nakijken
from lms.kern.instellingen import MINSTENS, STANDAARD, instelling
from lms.kern.models import TOEKENBAAR, Regio, Taal, Taalkennis, Toegangsvoorstel
from lms.kern.telefoon import Telefoonveld
from lms.kern.velden import Adresveld, NaamForm, Naamveld, Regelveld, soms_nodig
from lms.portaal.samen import DADEN, PLAATSEN

NIVEAUS = Taalkennis.Niveau.choices
REGELS = 4
PLEKKEN = (
    "Deze plekken vullen we in: {voornaam}, {naam}, {medewerker}, {bijeenkomst}, {antwoorden}. Op de plek "
    "van {vraag} schrijft de medewerker."
)


class GegevensForm(NaamForm, HandelingForm):
    naam_op_certificaat = Naamveld(
        label="Naam op je certificaat",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Alleen als die anders is dan hierboven. Een certificaat dat je al hebt, verandert niet.",
    )
    telefoon = Telefoonveld(required=False)
    woonplaats = Regelveld(
        label="Woonplaats",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    def __init__(self, *args, gebruiker, **kwargs):
        super().__init__(*args, initial={veld: getattr(gebruiker, veld) for veld in EIGEN_VELDEN}, **kwargs)


class TalenForm(HandelingForm):
    """The languages somebody speaks: the ones there are, and a few empty lines."""

    def __init__(self, *args, gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        kennis = list(gebruiker.talen.select_related("taal").order_by("taal__volgorde"))
        keuzes = [("", "Kies een taal"), *Taal.objects.values_list("pk", "naam")]
        self.aantal = len(kennis) + REGELS
        for nr in range(self.aantal):
            rij = kennis[nr] if nr < len(kennis) else None
            self.fields[f"taal_{nr}"] = forms.TypedChoiceField(
                label="Taal",
                choices=keuzes,
                required=False,
                coerce=int,
                empty_value=None,
                initial=rij.taal_id if rij else "",
            )
            self.fields[f"niveau_{nr}"] = forms.ChoiceField(
                label="Hoe goed?", choices=NIVEAUS, required=False, initial=rij.niveau if rij else "vloeiend"
            )

    def rijen(self):
        return [{"taal": self[f"taal_{nr}"], "niveau": self[f"niveau_{nr}"]} for nr in range(self.aantal)]

    def waarden(self):
        gekozen = {
            self.cleaned_data.get(f"taal_{nr}"): self.cleaned_data.get(f"niveau_{nr}") or "vloeiend"
            for nr in range(self.aantal)
        }
        return {"talen": {taal: gekozen[taal.pk] for taal in Taal.objects.filter(pk__in=[pk for pk in gekozen if pk])}}


class RolForm(HandelingForm):
    rol = forms.ChoiceField(label="Rol", choices=[("", "Kies een rol"), *[(r.value, r.label) for r in TOEKENBAAR]])
    regio = soms_nodig(
        forms.ModelChoiceField(
            Regio.objects.all(), label="Regio", required=False, empty_label="Alleen bij regiomanager"
        )
    )


class MedewerkerForm(NaamForm, RolForm):
    van_zichzelf = False

    email = Adresveld(
        label="E-mailadres", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Op dit adres komt een code om in te loggen.",
    )  # fmt: skip
    field_order = ["voornaam", "tussenvoegsel", "achternaam", "email", "rol", "regio"]


class ToegangForm(HandelingForm):
    """Why, and for another address which one."""

    nieuw_adres = Adresveld(
        label="Nieuw e-mailadres", widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Op dit adres komt de code om in te loggen. Kijk goed of het klopt.",
    )  # fmt: skip
    waarom = forms.CharField(
        label="Waarom is dit nodig?",
        max_length=1000,
        help_text="Schrijf ook hoe je weet dat het echt deze persoon is. Je collega leest dit.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, soort, persoon, **kwargs):
        super().__init__(*args, **kwargs)
        self.persoon = persoon
        if soort != Toegangsvoorstel.Soort.ADRES_WIJZIGEN:
            del self.fields["nieuw_adres"]

    def clean_nieuw_adres(self):
        return nieuw_adres_nakijken(self.persoon, self.cleaned_data["nieuw_adres"])


class InstellingForm(HandelingForm):
    """One setting: its field follows the type of the default."""

    def __init__(self, *args, code, **kwargs):
        super().__init__(*args, **kwargs)
        standaard, eenheid, label = STANDAARD[code]
        nu = instelling(code)
        if isinstance(standaard, bool):
            self.fields["waarde"] = forms.BooleanField(label=label, required=False, initial=nu)
        elif isinstance(standaard, int):
            self.fields["waarde"] = forms.IntegerField(
                label=label, min_value=MINSTENS.get(code, 0), max_value=10_000, initial=nu, help_text=eenheid
            )
        else:
            self.fields["waarde"] = forms.CharField(
                label=label,
                required=False,
                max_length=2000,
                initial=nu,
                help_text=PLEKKEN if code.startswith("brief_") else "",
                widget=forms.Textarea(attrs={"rows": 14 if "\n" in standaard else 3}),
            )


class SamenForm(HandelingForm):
    """One act for the people who are ticked in the list."""

    use_required_attribute = False

    daad = forms.ChoiceField(
        label="Wat wil je doen?",
        choices=[("", "Kies"), *DADEN.items()],
        error_messages={"required": "Kies wat je wilt doen."},
    )
    uitvoering = soms_nodig(
        forms.ModelChoiceField(Uitvoering.objects.none(), label="Plek in", required=False, empty_label="Kies een groep")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["uitvoering"].queryset = (
            Uitvoering.objects.komend().filter(soort__in=OP_HET_PAD).order_by("begint_om")
        )
        self.fields["uitvoering"].label_from_instance = groepsnaam
        for naam in ("daad", "uitvoering"):
            self.fields[naam].widget.attrs["class"] = "input"

    def clean(self):
        gegevens = super().clean()
        if gegevens.get("daad") == PLAATSEN and not gegevens.get("uitvoering"):
            self.add_error("uitvoering", "Kies een groep.")
        return gegevens
