"""The wishes of the Kandidatenlijst, in the address."""

import datetime as dt

import django_filters as filters
from django import forms
from django.db.models import Case, DateTimeField, F, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from cursus.models import TRAINING, Bijeenkomst, Deelname, Uitvoering
from lms.kern.datums import datum
from lms.kern.handelingen.termijnen import MET_TERMIJN
from lms.kern.instellingen import instelling
from lms.kern.models import Beurt, Regio, Rol, Traject
from lms.kern.pad.stappen import NA_DE_ACHT, STAPPEN
from lms.kern.zoeken import vouw

STAPKEUZES = [(str(s.nr), f"{s.nr}. {s.titel}") for s in STAPPEN] + [(str(NA_DE_ACHT), "Acht stappen klaar")]
ROLKEUZES = [
    ("kandidaat", "Kandidaat"),
    ("trainer", "Trainers"),
    ("regiomanager", "Regiomanager"),
    ("bureau", "Bureau"),
]
WACHTKEUZES = [
    ("7", "Langer dan een week"),
    ("14", "Langer dan twee weken"),
    ("28", "Langer dan vier weken"),
    ("90", "Langer dan 90 dagen"),
]
GROEPEN = 60
LOOPT, STIL, GESTOPT = "", "stil", "ja"


def met_wachttijd(rijen, rol):
    """Annotate `wacht_sinds`: the oldest open turn.

    Of steps 1–7 a regiomanager reads since when the step is, no more (regels §1).
    """
    open_beurten = (
        Beurt.objects.open_op(timezone.localdate()).filter(traject=OuterRef("pk")).order_by().values("traject")
    )
    oudste = Subquery(open_beurten.annotate(n=Min("sinds")).values("n"))
    if rol != Rol.REGIOMANAGER:
        return rijen.annotate(wacht_sinds=oudste)
    return rijen.annotate(wacht_sinds=Case(When(stap__lte=7, then=F("stap_sinds")), default=oudste))


def stilgevallen(rijen):
    """Who is at turn and let the term pass by as many days as the last reminder: a list to call, never a rejection
    (regels §7).
    """
    grens = timezone.localdate() - dt.timedelta(days=instelling("verslag_herinnering_2"))
    stil = Beurt.objects.filter(rol=Rol.KANDIDAAT, code__in=MET_TERMIJN, uiterlijk_op__lte=grens)
    return rijen.filter(pk__in=stil.values("traject"), afgesloten_op=None)


class KandidaatFilter(filters.FilterSet):
    naam = filters.CharFilter(
        label="Naam", method="op_naam", widget=forms.TextInput(attrs={"class": "input", "maxlength": 80})
    )
    stap = filters.ChoiceFilter(label="Stap", choices=STAPKEUZES, empty_label="Alle stappen")
    aan_zet = filters.ChoiceFilter(label="Aan zet", choices=ROLKEUZES, method="op_aan_zet", empty_label="Iedereen")
    regio = filters.ChoiceFilter(label="Regio", choices=[], empty_label="Alle regio's")
    groep = filters.ChoiceFilter(label="Groep", choices=[], method="op_groep", empty_label="Alle groepen")
    wacht = filters.ChoiceFilter(label="Wacht", choices=WACHTKEUZES, method="op_wacht", empty_label="Maakt niet uit")
    gestopt = filters.ChoiceFilter(
        label="Traject",
        choices=[(STIL, "Stilgevallen"), (GESTOPT, "Gestopt of afgerond")],
        method="op_gestopt",
        empty_label="Loopt",
    )

    class Meta:
        model = Traject
        fields: list[str] = []

    def __init__(self, *args, rol, **kwargs):
        self.rol = rol
        super().__init__(*args, **kwargs)
        regios, groepen = _keuzes(self.request.user, rol)
        self.filters["regio"].extra["choices"] = regios
        if rol == Rol.REGIOMANAGER:
            del self.filters["groep"]
        else:
            self.filters["groep"].extra["choices"] = groepen

    def op_naam(self, rijen, naam, waarde):
        for woord in vouw(waarde).split():
            rijen = rijen.filter(kandidaat__zoek__contains=woord)
        return rijen

    def op_aan_zet(self, rijen, naam, waarde):
        if self.rol == Rol.REGIOMANAGER:
            rijen = rijen.filter(stap__gt=7)  # whose turn it is before that would tell sides
        return rijen.filter(pk__in=Traject._base_manager.filter(beurten__rol=waarde).values("pk"))

    def op_groep(self, rijen, naam, waarde):
        return rijen.filter(pk__in=Deelname.objects.filter(uitvoering=waarde, afgemeld_om=None).values("traject"))

    def op_wacht(self, rijen, naam, waarde):
        return met_wachttijd(rijen, self.rol).filter(wacht_sinds__lte=timezone.now() - dt.timedelta(days=int(waarde)))

    def op_gestopt(self, rijen, naam, waarde):
        return stilgevallen(rijen) if waarde == STIL else rijen.filter(afgesloten_op__isnull=False)

    def filter_queryset(self, rijen):
        rijen = super().filter_queryset(rijen)
        if self.form.cleaned_data.get("gestopt") != GESTOPT:
            rijen = rijen.lopend()
        return rijen.order_by("kandidaat__zoek", "pk")

    @property
    def qs(self):
        """Without any wish only the running ones."""
        if not self.is_bound:
            return self.queryset.lopend().order_by("kandidaat__zoek", "pk")
        return super().qs

    def actief(self):
        """[(parameter, label)] of the wishes in force, for the removable chips."""
        if not self.is_bound or not self.form.is_valid():
            return []
        chips = []
        for naam, waarde in self.form.cleaned_data.items():
            if waarde:
                keuzes = (
                    dict(self.form.fields[naam].choices)
                    if hasattr(self.form.fields[naam], "choices") and isinstance(waarde, str)
                    else {}
                )
                chips.append((naam, str(keuzes.get(waarde, waarde))))
        return chips


def _keuzes(gebruiker, rol):
    """(regions, groups) to choose from, in one query.

    Groups: of a trainer the own ones, the last GROEPEN; a regiomanager has no sight of groups.
    """
    rijen = Regio.objects.order_by().values_list("pk", "naam", Cast(Value(None), DateTimeField()))
    if rol != Rol.REGIOMANAGER:
        nieuwste = (
            Uitvoering.objects.zichtbaar_als(gebruiker, rol)
            .filter(soort__in=TRAINING, afgelast_om=None)
            .order_by("-pk")
            .values("pk")[:GROEPEN]
        )
        begin = Bijeenkomst.objects.filter(uitvoering=OuterRef("pk"), nr=1).values("begint_om")[:1]
        groepen = Uitvoering.objects.filter(pk__in=nieuwste).annotate(begin=Subquery(begin)).filter(begin__isnull=False)
        rijen = rijen.union(groepen.order_by().values_list("pk", "titel", "begin"), all=True)
    rijen = list(rijen)
    regios = sorted(((str(pk), naam) for pk, naam, begin in rijen if begin is None), key=lambda keuze: keuze[1])
    nieuwste = sorted((rij for rij in rijen if rij[2]), key=lambda rij: rij[2], reverse=True)
    return regios, [(str(pk), f"{titel}, {datum(begin)}") for pk, titel, begin in nieuwste]
