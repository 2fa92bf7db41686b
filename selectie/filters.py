"""The wishes of the intake list, in the address."""

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef

from lms.kern.models import Regio
from lms.kern.zoeken import vouw
from selectie.models import Aanmeldbrief, Aanmelding

OPEN, WACHT, BEANTWOORD, ALLES = "open", "wacht", "beantwoord", "alles"
STATEN = [(OPEN, "Te beantwoorden"), (WACHT, "Wacht op aanvulling"), (BEANTWOORD, "Beantwoord"), (ALLES, "Alles")]


class AanmeldingFilter(filters.FilterSet):
    naam = filters.CharFilter(
        label="Naam", method="op_naam", widget=forms.TextInput(attrs={"class": "input", "maxlength": 80})
    )
    staat = filters.ChoiceFilter(label="Staat", choices=STATEN, method="op_staat", empty_label="Nog niet beantwoord")
    regio = filters.ChoiceFilter(label="Regio", choices=[], field_name="traject__regio", empty_label="Alle regio's")
    wens = filters.ChoiceFilter(
        label="Wil naar een bijeenkomst",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        method="op_wens",
        empty_label="Maakt niet uit",
    )

    class Meta:
        model = Aanmelding
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        vraag = Aanmeldbrief.objects.filter(traject=OuterRef("traject"), soort="vragen", beantwoord_om=None)
        self.queryset = self.queryset.annotate(wacht=Exists(vraag))
        self.filters["regio"].extra["choices"] = [
            (str(pk), naam) for pk, naam in Regio.objects.order_by("naam").values_list("pk", "naam")
        ]

    def op_naam(self, rijen, naam, waarde):
        for woord in vouw(waarde).split():
            rijen = rijen.filter(traject__kandidaat__zoek__contains=woord)
        return rijen

    def op_staat(self, rijen, naam, waarde):
        if waarde in (OPEN, WACHT):
            return nog_open(rijen).filter(wacht=waarde == WACHT)
        return rijen if waarde == ALLES else rijen.filter(antwoord=Aanmelding.Antwoord.UITNODIGEN)

    def op_wens(self, rijen, naam, waarde):
        return rijen.filter(gewenste_uitvoering__isnull=waarde == "nee")

    @property
    def qs(self):
        """The oldest first; without a wish about the state the ones that are not answered yet."""
        rijen = super().qs if self.is_bound else self.queryset
        if not (self.is_bound and self.form.is_valid() and self.form.cleaned_data.get("staat")):
            rijen = nog_open(rijen)
        rijen = rijen.select_related("traject__kandidaat", "traject__regio", "gewenste_uitvoering")
        return rijen.prefetch_related("traject__beurten").order_by("ingediend_om", "pk")

    def actief(self):
        """[(parameter, label)] of the wishes in force, for the removable chips."""
        if not self.is_bound or not self.form.is_valid():
            return []
        gekozen = [(naam, waarde) for naam, waarde in self.form.cleaned_data.items() if waarde]
        return [
            (naam, str(dict(getattr(self.form.fields[naam], "choices", [])).get(waarde, waarde)))
            for naam, waarde in gekozen
        ]


def nog_open(rijen):
    """Applications that still wait for an answer, on a traject that runs."""
    return rijen.exclude(antwoord=Aanmelding.Antwoord.UITNODIGEN).filter(traject__afgesloten_op=None)
