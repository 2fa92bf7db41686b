"""The register's wishes. Each is one condition, so that "without this wish" can be counted and checked on its own."""

import datetime as dt

import django_filters as filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.utils import timezone

from certificering.models import Registratie, Registratiestand, Scope, Variant, Werkgebied
from lms.kern.models import Regio, Taal, Taalkennis
from lms.kern.zoeken import vouw

Stand = Registratiestand.Stand
WENSEN = ("naam", "regio", "scope", "taal", "beschikbaar")
TERMIJNEN = (("0", "Nu"), ("14", "Binnen 2 weken"), ("28", "Binnen 4 weken"))


def _keuzes():
    """Regions and languages in one query: {"regio": [(pk, naam)], "taal": […]}."""
    regio = Regio.objects.order_by().values_list(Value("regio"), "pk", "naam")
    taal = Taal.objects.order_by().values_list(Value("taal"), "pk", "naam")
    keuzes = {"regio": [], "taal": []}
    for soort, pk, naam in regio.union(taal, all=True):
        keuzes[soort].append((str(pk), naam))
    return {soort: sorted(rijen, key=lambda rij: vouw(rij[1])) for soort, rijen in keuzes.items()}


def _nu(waarde):
    """Available within so many days: yes, or from a date that comes in time."""
    grens = timezone.localdate() + dt.timedelta(days=int(waarde))
    return Q(beschikbaar="ja") | Q(beschikbaar="vanaf", beschikbaar_vanaf__lte=grens)


def voorwaarde(naam, waarde):
    """The wish `naam` with `waarde` as a condition on Registratie."""
    match naam:
        case "naam":
            q = Q()
            for woord in vouw(waarde).split():
                q &= Q(traject__kandidaat__zoek__contains=woord)
            return q
        case "regio":
            return Q(Exists(Werkgebied.objects.filter(registratie=OuterRef("pk"), tot=None, regio=waarde)))
        case "scope":
            return Q(Exists(Scope.objects.filter(registratie=OuterRef("pk"), tot=None, soort=waarde)))
        case "taal":
            return Q(Exists(Taalkennis.objects.filter(gebruiker=OuterRef("traject__kandidaat"), taal=waarde)))
        case "beschikbaar":
            return _nu(waarde)
    raise KeyError(naam)


class Keuzelijst(filters.ChoiceFilter):
    """A select whose wish is `voorwaarde(name, value)`."""

    def filter(self, qs, value):
        return qs.filter(voorwaarde(self.field_name, value)) if value else qs


class Naam(filters.CharFilter):
    def filter(self, qs, value):
        return qs.filter(voorwaarde("naam", value)) if value else qs


class RegisterFilter(filters.FilterSet):
    """Only who is registered now (invariant 9); who is dormant only when asked for; never suspended or ended."""

    naam = Naam(label="Naam", max_length=80)
    regio = Keuzelijst(label="Regio", empty_label="Alle regio's", choices=[])
    scope = Keuzelijst(
        label="Soort conferentie",
        empty_label="Alle soorten",
        choices=[(v.value, v.label.capitalize()) for v in Variant],
    )
    taal = Keuzelijst(label="Taal", empty_label="Alle talen", choices=[])
    beschikbaar = Keuzelijst(label="Kan beginnen", empty_label="Maakt niet uit", choices=TERMIJNEN)
    slapend = filters.BooleanFilter(label="Ook wie slapend is", widget=forms.CheckboxInput, method="met_slapend")

    class Meta:
        model = Registratie
        fields: list = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for naam, keuzes in _keuzes().items():
            self.filters[naam].extra["choices"] = keuzes
        self.basis = self.queryset
        self.form.full_clean()  # broken values fall away, the good ones stay

    def met_slapend(self, qs, naam, waarde):
        return qs

    def _standen(self):
        return [Stand.GEREGISTREERD, Stand.SLAPEND] if self.form.cleaned_data.get("slapend") else [Stand.GEREGISTREERD]

    def filter_queryset(self, queryset):
        standen = Registratiestand.objects.filter(tot=None, stand__in=self._standen())
        return super().filter_queryset(queryset.filter(pk__in=standen.values("registratie")))

    def wensen(self):
        """[(name, value, words)] of what is asked now, in the order of the form."""
        gevonden = []
        for naam in WENSEN:
            waarde = self.form.cleaned_data.get(naam)
            if waarde:
                gevonden.append(
                    (naam, waarde, str(dict(self.filters[naam].extra.get("choices") or []).get(waarde, waarde)))
                )
        return gevonden

    def zonder(self):
        """For an empty answer: [(name, words, count)] of what fits without each wish, most first, in one query."""
        wensen = self.wensen()
        standen = Registratiestand.objects.filter(tot=None, stand__in=self._standen())
        tellingen = {}
        for weg, _, _ in wensen:
            q = Q(pk__in=standen.values("registratie"))
            for naam, waarde, _ in wensen:
                if naam != weg:
                    q &= voorwaarde(naam, waarde)
            tellingen[weg] = Count("pk", filter=q)
        aantallen = (
            Registratie.objects.filter(pk__in=self.basis.order_by().values("pk")).aggregate(**tellingen)
            if tellingen
            else {}
        )
        rijen = [(naam, woorden, aantallen[naam]) for naam, _, woorden in wensen if aantallen[naam]]
        return sorted(rijen, key=lambda rij: -rij[2])
