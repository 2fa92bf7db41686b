"""The forms of a location and of a session with its days and trainers. Their values go to the acts; they never save themselves."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from cursus.models import Locatie, Uitvoering
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Rol, Rolvervulling

DAGEN, MEEST = 3, 500
BEGIN, EIND = dt.time(9, 30), dt.time(16, 30)


class ViaHandeling(forms.ModelForm):
    """A ModelForm whose saving is an act."""

    def waarden(self):
        return {naam: self.cleaned_data[naam] for naam in self._meta.fields}

    def neem_over(self, fout):
        """Put the ValidationError of an act at its field, or above the form."""
        for naam, fouten in (fout.error_dict if hasattr(fout, "error_dict") else {"": fout.error_list}).items():
            self.add_error(naam if naam in self.fields else None, fouten)


def _aantal(label, minstens=1):
    """A number of people that fits in the database of both kinds."""
    return forms.IntegerField(label=label, min_value=minstens, max_value=MEEST)


class LocatieForm(ViaHandeling):
    max_personen = _aantal("ruimte voor")

    class Meta:
        model = Locatie
        fields = ["naam", "plaats", "adres", "postcode4", "online", "rolstoel", "ov", "parkeren", "lunch", "max_personen"]


class UitvoeringForm(ViaHandeling):
    """A session or group: what, where, for whom, one to three days, and its trainers."""

    capaciteit, minimum = _aantal("plekken"), _aantal("gaat door vanaf", 0)
    trainers = forms.ModelMultipleChoiceField(
        Gebruiker.objects.none(),
        label="trainers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="EK1 en EK2: twee of meer.",
    )

    class Meta:
        model = Uitvoering
        fields = ["soort", "titel", "locatie", "regio", "capaciteit", "minimum", "wie_zoeken_we", "publiceren_op"]
        widgets = {"publiceren_op": AdminDateInput, "wie_zoeken_we": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial |= {"capaciteit": instelling("groep_maximaal"), "minimum": instelling("groep_minimaal")}
        eigen = self.instance.trainerschappen.filter(tot=None).values_list("trainer", flat=True) if self.instance.pk else []
        nu = Rolvervulling.objects.geldig().filter(rol=Rol.TRAINER).values("gebruiker")
        self.fields["trainers"].queryset = Gebruiker.objects.filter(pk__in=nu) | Gebruiker.objects.filter(pk__in=list(eigen))
        self.initial.setdefault("trainers", list(eigen))
        bekend = list(self.instance.bijeenkomsten.order_by("nr")) if self.instance.pk else []
        for nr in range(1, max(DAGEN, len(bekend)) + 1):
            self._dagvelden(nr, bekend[nr - 1] if nr <= len(bekend) else None)
        dagen = [naam for naam in self.fields if naam.rstrip("0123456789") in ("dag", "begin", "eind")]
        self.order_fields(["soort", "titel", "locatie", *dagen, "trainers"])

    def _dagvelden(self, nr, dag):
        begin, eind = (timezone.localtime(dag.begint_om), timezone.localtime(dag.eindigt_om)) if dag else (None, None)
        self.fields[f"dag{nr}"] = forms.DateField(
            label=f"dag {nr}", required=nr == 1, widget=AdminDateInput, initial=begin.date() if begin else None
        )
        self.fields[f"begin{nr}"] = forms.TimeField(
            label=f"dag {nr}: begint", required=False, widget=AdminTimeInput, initial=begin.time() if begin else BEGIN
        )
        self.fields[f"eind{nr}"] = forms.TimeField(
            label=f"dag {nr}: eindigt", required=False, widget=AdminTimeInput, initial=eind.time() if eind else EIND
        )

    def dagnummers(self):
        return [int(naam[3:]) for naam in self.fields if naam.startswith("dag")]

    def clean(self):
        super().clean()
        for nr in self.dagnummers():
            if not self.cleaned_data.get(f"dag{nr}"):
                continue
            for wat, zin in (("begin", "Vul in hoe laat het begint."), ("eind", "Vul in hoe laat het klaar is.")):
                if not self.cleaned_data.get(f"{wat}{nr}") and f"{wat}{nr}" not in self.errors:
                    self.add_error(f"{wat}{nr}", ValidationError(zin))

    def dagen(self):
        """The days as (begin, eind) moments in Europe/Amsterdam."""
        zone, uit = timezone.get_current_timezone(), []
        for nr in self.dagnummers():
            dag = self.cleaned_data.get(f"dag{nr}")
            if dag:
                begin, eind = (dt.datetime.combine(dag, self.cleaned_data[f"{wat}{nr}"], zone) for wat in ("begin", "eind"))
                uit.append((begin, eind))
        return uit

    def waarden(self):
        return super().waarden() | {"dagen": self.dagen(), "trainers": list(self.cleaned_data["trainers"])}


class AfgelastForm(forms.Form):
    waarom = forms.CharField(
        label="Waarom gaat het niet door?", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf op waarom de bijeenkomst niet doorgaat."},
        help_text="Wie een plek had, krijgt een mail en kan een andere datum kiezen.",
    )  # fmt: skip
