"""The public agenda: which sessions come, filtered by the address, and what somebody can do with them."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.urls import reverse

from cursus.models.planning import TRAINING, Bijeenkomst, Soort, Uitvoering
from cursus.models.toegang import eigen_traject, mag_ek2
from lms.kern.models import Regio


@dataclass
class AgendaFilter:
    """What the address asks: a region, a kind, or neither. Unknown values are left out."""

    regios: list
    regio: Regio | None
    soort: str
    soorten: tuple = tuple(Soort.choices)

    @property
    def soort_naam(self):
        return Soort(self.soort).label if self.soort else ""

    @property
    def actief(self):
        return bool(self.regio or self.soort)


def agenda_filter(vraag):
    regios = list(Regio.objects.all())
    regio = next((r for r in regios if str(r.pk) == str(vraag.get("regio", ""))), None)
    soort = vraag.get("soort", "")
    return AgendaFilter(regios, regio, soort if soort in Soort.values else "")


def met_dagen(uitvoeringen, *, regios=False):
    """With location, region and days, for on screen; `regios`: also for which regions an agenda item is."""
    dagen = Prefetch("bijeenkomsten", Bijeenkomst.objects.order_by("nr"))
    return uitvoeringen.select_related("locatie", "regio").prefetch_related(dagen, *["regios"] * regios)


def agenda(keuze):
    """The sessions to come for an AgendaFilter. Online sessions are for every region."""
    rijen = met_dagen(Uitvoering.objects.komend(), regios=True)
    if keuze.regio:
        rijen = rijen.filter(Q(regio=keuze.regio) | Q(locatie__online=True) | Q(regio__isnull=True))
    if keuze.soort:
        rijen = rijen.filter(soort=keuze.soort)
    return rijen


def keuzes(gebruiker):
    """Per kind of session the address where this person chooses a date; a kind that is missing cannot be chosen now."""
    if not gebruiker.is_authenticated:
        return {Soort.INFORMATIE.value: "/aanmelden/?bijeenkomst="}
    traject = eigen_traject(gebruiker)
    if traject is None:
        return {}
    bezig = set(traject.deelnames.filter(afgemeld_om=None).values_list("soort", flat=True))
    gevolgd = set(traject.aanwezigheden.filter(soort__in=TRAINING).values_list("soort", flat=True))
    training = reverse("mijn_training") + "?kies="
    kan = {}
    if traject.stap == 2:
        kan[Soort.INFORMATIE.value] = reverse("mijn_bijeenkomst") + "?kies="
    if traject.stap == 4:
        kan[Soort.EK1.value] = training
    if traject.stap > 8 and not gevolgd & {Soort.EK2} and not mag_ek2(traject):
        kan[Soort.EK2.value] = training
    return {soort: adres for soort, adres in kan.items() if soort not in bezig}
