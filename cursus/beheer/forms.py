"""The forms of a location and of a session with its days and trainers.

Their values go to the acts; they never save themselves.
"""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from cursus.models import OP_HET_PAD, Doelgroep, Locatie, Uitvoering
from lms.kern.datums import moment, tel
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Regio, Rol, Rolvervulling
from lms.kern.velden import regel_nakijken

DAGEN, MEEST = 3, 500
BEGIN, EIND = dt.time(9, 30), dt.time(16, 30)
VROEGST, LAATST = 2000, 2100
ALLEEN_AGENDA = (
    "Alleen voor een studiedag, workshop, regiobijeenkomst of terugkomdag. Een informatiebijeenkomst, "
    "EK1 en EK2 hebben eigen regels."
)


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


def _met_feiten(locatie):
    """A location in the list of choices, with what somebody who plans must know."""
    if locatie.online:
        return f"{locatie} (geen zaal nodig)"
    mensen = tel(locatie.max_personen, "persoon,personen")
    return f"{locatie} ({mensen}, {'rolstoel kan' if locatie.rolstoel else 'geen rolstoel'})"


class LocatieForm(ViaHandeling):
    max_personen = _aantal("Ruimte voor")

    class Meta:
        model = Locatie
        fields = [
            "naam",
            "plaats",
            "adres",
            "postcode4",
            "online",
            "link",
            "rolstoel",
            "ov",
            "parkeren",
            "lunch",
            "max_personen",
        ]


class UitvoeringForm(ViaHandeling):
    """A session or group: what, where, for whom, one to three days, and its trainers."""

    capaciteit, minimum = _aantal("Plekken"), _aantal("Gaat door vanaf", 0)
    trainers = forms.ModelMultipleChoiceField(
        Gebruiker.objects.none(),
        label="Trainers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="EK1 en EK2: twee of meer.",
    )
    regios = forms.ModelMultipleChoiceField(
        Regio.objects.all(),
        label="Alleen uit deze regio's",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=ALLEEN_AGENDA,
    )
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Uitvoering
        fields = [
            "soort",
            "titel",
            "locatie",
            "link",
            "regio",
            "capaciteit",
            "minimum",
            "wie_zoeken_we",
            "publiceren_op",
            "voor_wie",
        ]
        widgets = {"publiceren_op": AdminDateInput, "wie_zoeken_we": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"voor_wie": ALLEEN_AGENDA}

    def __init__(self, *args, kopie=None, **kwargs):
        """`kopie`: an earlier session to start from; its days keep their times and lose their dates."""
        super().__init__(*args, **kwargs)
        bron = self.instance if self.instance.pk else kopie
        if kopie:
            self.initial |= forms.model_to_dict(kopie, fields=[v for v in self._meta.fields if v != "publiceren_op"])
        elif bron is None:
            self.initial |= {"capaciteit": instelling("groep_maximaal"), "minimum": instelling("groep_minimaal")}
        self.initial |= {
            "versie": self.instance.versie,
            "regios": [regio.pk for regio in bron.regios.all()] if bron else [],
        }
        self.fields["voor_wie"].required = False
        self.fields["locatie"].label_from_instance = _met_feiten
        eigen = bron.trainerschappen.filter(tot=None).values_list("trainer", flat=True) if bron else []
        nu = Rolvervulling.objects.geldig().filter(rol=Rol.TRAINER).values("gebruiker")
        self.fields["trainers"].queryset = Gebruiker.objects.filter(pk__in=nu) | Gebruiker.objects.filter(
            pk__in=list(eigen)
        )
        self.initial.setdefault("trainers", list(eigen))
        bekend = list(bron.bijeenkomsten.order_by("nr")) if bron else []
        for nr in range(1, max(DAGEN, len(bekend)) + 1):
            self._dagvelden(nr, bekend[nr - 1] if nr <= len(bekend) else None, leeg=bool(kopie))
        dagen = [naam for naam in self.fields if naam.rstrip("0123456789") in ("dag", "begin", "eind")]
        self.order_fields(["soort", "titel", "locatie", *dagen, "trainers"])

    def _dagvelden(self, nr, dag, *, leeg):
        begin, eind = (timezone.localtime(dag.begint_om), timezone.localtime(dag.eindigt_om)) if dag else (None, None)
        self.fields[f"dag{nr}"] = forms.DateField(
            label=f"Dag {nr}",
            required=nr == 1,
            widget=AdminDateInput,
            initial=begin.date() if begin and not leeg else None,
        )
        self.fields[f"begin{nr}"] = forms.TimeField(
            label=f"Dag {nr}: begint", required=False, widget=AdminTimeInput, initial=begin.time() if begin else BEGIN
        )
        self.fields[f"eind{nr}"] = forms.TimeField(
            label=f"Dag {nr}: eindigt", required=False, widget=AdminTimeInput, initial=eind.time() if eind else EIND
        )

    def dagnummers(self):
        return [int(naam[3:]) for naam in self.fields if naam.startswith("dag")]

    def clean(self):
        super().clean()
        for nr in self.dagnummers():
            dag = self.cleaned_data.get(f"dag{nr}")
            if not dag:
                continue
            self._kan_die_dag(nr, dag)
            for wat, zin in (("begin", "Vul in hoe laat het begint."), ("eind", "Vul in hoe laat het klaar is.")):
                if not self.cleaned_data.get(f"{wat}{nr}") and f"{wat}{nr}" not in self.errors:
                    self.add_error(f"{wat}{nr}", ValidationError(zin))

    def clean_titel(self):
        """It stands in lists, mails and calendars."""
        return regel_nakijken(self.cleaned_data["titel"])

    def clean_capaciteit(self):
        """No more places than the room holds; online has no room."""
        locatie, capaciteit = self.cleaned_data.get("locatie"), self.cleaned_data["capaciteit"]
        if locatie and not locatie.online and capaciteit > locatie.max_personen:
            raise ValidationError(f"In deze zaal passen hoogstens {tel(locatie.max_personen, 'persoon,mensen')}.")
        return capaciteit

    def _kan_die_dag(self, nr, dag):
        """A new session lies ahead; no session lies outside what a calendar can hold."""
        if not self.instance.pk and dag < timezone.localdate():
            self.add_error(f"dag{nr}", ValidationError("Deze datum is al geweest."))
        elif not VROEGST <= dag.year <= LAATST:
            self.add_error(f"dag{nr}", ValidationError(f"Vul een jaar in van {VROEGST} tot en met {LAATST}."))

    def dagen(self):
        """The days as (begin, eind) moments in Europe/Amsterdam."""
        zone, uit = timezone.get_current_timezone(), []
        for nr in self.dagnummers():
            dag = self.cleaned_data.get(f"dag{nr}")
            if dag:
                begin, eind = (
                    dt.datetime.combine(dag, self.cleaned_data[f"{wat}{nr}"], zone) for wat in ("begin", "eind")
                )
                uit.append((begin, eind))
        return uit

    def waarden(self):
        waarden = super().waarden() | {"regios": list(self.cleaned_data["regios"])}
        if waarden["soort"] in OP_HET_PAD or not waarden["voor_wie"]:
            waarden |= {"voor_wie": Doelgroep.IEDEREEN}
        if waarden["soort"] in OP_HET_PAD:  # the path has its own rules for who may come
            waarden |= {"regios": []}
        return waarden | {"dagen": self.dagen(), "trainers": list(self.cleaned_data["trainers"])}

    def neem_versie_over(self, bewaard):
        """Somebody else saved first: what is typed stays, and saving once more is a choice.

        Returns what is stored and differs, in words.
        """
        self.data = self.data.copy()
        self.data["versie"] = bewaard.versie
        ingevuld = self.waarden()
        anders = [naam for naam in self._meta.fields if getattr(bewaard, naam) != ingevuld[naam]]
        zinnen = [f"Bij ‘{self.fields[naam].label}’ staat nu: {_waarde(bewaard, naam)}." for naam in anders]
        nu = [(b.begint_om, b.eindigt_om) for b in bewaard.bijeenkomsten.order_by("nr")]
        if nu != sorted(self.dagen()):
            zinnen.append(f"De dagen zijn nu: {', '.join(moment(begin) for begin, _ in nu)}.")
        wie = list(bewaard.trainerschappen.filter(tot=None).select_related("trainer"))
        if {t.trainer for t in wie} != set(self.cleaned_data["trainers"]):
            zinnen.append(f"De trainers zijn nu: {', '.join(t.trainer.naam for t in wie) or 'nog niemand'}.")
        return zinnen


def _waarde(bewaard, naam):
    toon = getattr(bewaard, f"get_{naam}_display", None)
    waarde = toon() if toon else getattr(bewaard, naam)
    return "leeg" if waarde in (None, "") else waarde


class AfgelastForm(forms.Form):
    waarom = forms.CharField(
        label="Waarom gaat het niet door?", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf op waarom de bijeenkomst niet doorgaat."},
        help_text="Wie een plek had, krijgt een mail en kan een andere datum kiezen.",
    )  # fmt: skip
