"""The wishes of the Kandidatenlijst, in the address."""

import django_filters as filters
from django import forms

from lms.kern.models import Regio, Rol, Traject
from lms.kern.stappen import NA_DE_ACHT, STAPPEN
from lms.kern.zoeken import vouw

STAPKEUZES = [(str(s.nr), f"{s.nr}. {s.titel}") for s in STAPPEN] + [(str(NA_DE_ACHT), "Acht stappen klaar")]
ROLKEUZES = [("kandidaat", "Kandidaat"), ("trainer", "Trainers"), ("regiomanager", "Regiomanager"), ("bureau", "Bureau")]


class KandidaatFilter(filters.FilterSet):
    naam = filters.CharFilter(label="Naam", method="op_naam", widget=forms.TextInput(attrs={"class": "input", "maxlength": 80}))
    stap = filters.ChoiceFilter(label="Stap", choices=STAPKEUZES, empty_label="Alle stappen")
    aan_zet = filters.ChoiceFilter(label="Aan zet", choices=ROLKEUZES, method="op_aan_zet", empty_label="Iedereen")
    regio = filters.ModelChoiceFilter(label="Regio", queryset=Regio.objects.all(), empty_label="Alle regio's")
    gestopt = filters.ChoiceFilter(label="Traject", choices=[("ja", "Gestopt of afgerond")], method="op_gestopt", empty_label="Loopt")

    class Meta:
        model = Traject
        fields: list[str] = []

    def __init__(self, *args, rol, **kwargs):
        self.rol = rol
        super().__init__(*args, **kwargs)

    def op_naam(self, rijen, naam, waarde):
        for woord in vouw(waarde).split():
            rijen = rijen.filter(kandidaat__zoek__contains=woord)
        return rijen

    def op_aan_zet(self, rijen, naam, waarde):
        if self.rol == Rol.REGIOMANAGER:
            rijen = rijen.filter(stap__gt=7)  # whose turn it is before that would tell sides
        return rijen.filter(pk__in=Traject._base_manager.filter(beurten__rol=waarde).values("pk"))

    def op_gestopt(self, rijen, naam, waarde):
        return rijen.filter(afgesloten_op__isnull=False)

    def filter_queryset(self, rijen):
        rijen = super().filter_queryset(rijen)
        if self.form.cleaned_data.get("gestopt") != "ja":
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
                    dict(self.form.fields[naam].choices) if hasattr(self.form.fields[naam], "choices") and isinstance(waarde, str) else {}
                )
                chips.append((naam, str(keuzes.get(waarde, waarde))))
        return chips
