"""Groups for their trainers and the bureau: the list, and the grid of people and days."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import Exists, Max, OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cursus.models import OP_HET_PAD, Aanwezigheid, Deelname, Inlevering, Trainingswens, Uitvoering
from cursus.models.agenda import met_dagen
from lms.kern.models import Rol, Traject
from lms.kern.schermen import rol_nodig

PER_PAGINA = 25
ZELF_WEG = (Deelname.Afmelding.ZELF, Deelname.Afmelding.LAAT)


@dataclass
class Rij:
    """One person in a group: the traject, whether it is a guest (name and tick only), waiting, in sight, and the cell per day."""

    traject: Traject
    gast: bool = False
    zichtbaar: bool = False
    wacht: bool = False
    cellen: list = field(default_factory=list)
    afmelding: object = None  # the Deelname that was given up, of who is not in the group any more


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_groepen(request):
    """The own groups; the bureau sees all groups and information meetings."""
    geweest = request.GET.get("toon") == "geweest"
    rijen = Uitvoering.objects.zichtbaar_voor(request.user).filter(soort__in=OP_HET_PAD).met_data()
    rijen = rijen.annotate(laatste=Max("bijeenkomsten__eindigt_om"))
    nu = timezone.now()
    rijen = (
        rijen.filter(laatste__lt=nu).order_by("-begint_om", "pk") if geweest else rijen.exclude(laatste__lt=nu).order_by("begint_om", "pk")
    )
    bladzij = Paginator(met_dagen(rijen), PER_PAGINA).get_page(request.GET.get("page"))
    return render(request, "cursus/groepen.html", {"bladzij": bladzij, "geweest": geweest})


def groep_of_404(request, pk):
    return get_object_or_404(met_dagen(Uitvoering.objects.zichtbaar_voor(request.user).met_data()), pk=pk)


def rijen_van(uitvoering, gebruiker):
    """The people of a group as Rij, by name: who has a place or waits, who was here before, and guests of one day. Three queries."""
    dagen = list(uitvoering.bijeenkomsten.all())
    alle = list(uitvoering.deelnames.order_by("pk"))
    deelnames, ooit = {d.traject_id: d for d in alle if d.afgemeld_om is None}, {d.traject_id for d in alle}
    aanwezigheden = {}
    for rij in Aanwezigheid.objects.filter(bijeenkomst__uitvoering=uitvoering):
        aanwezigheden.setdefault(rij.traject_id, {})[rij.bijeenkomst_id] = rij
    zichtbaar = Traject.objects.zichtbaar_voor(gebruiker).exclude(kandidaat=gebruiker).filter(pk=OuterRef("pk"))
    weg = {d.traject_id: d for d in alle if d.afmelding in ZELF_WEG and d.geplaatst_om and d.traject_id not in {*deelnames, *aanwezigheden}}
    wens = Trainingswens.objects.filter(traject=OuterRef("pk"), soort=uitvoering.soort)
    trajecten = Traject.objects.filter(pk__in={*deelnames, *aanwezigheden, *weg}).annotate(
        zichtbaar=Exists(zichtbaar), talen=Subquery(wens.values("talen")[:1]), wensen=Subquery(wens.values("wensen")[:1])
    )
    return [
        Rij(
            traject,
            zichtbaar=traject.zichtbaar,
            gast=traject.pk not in ooit,
            afmelding=weg.get(traject.pk),
            wacht=traject.pk in deelnames and deelnames[traject.pk].op_wachtlijst,
            cellen=[(dag, aanwezigheden.get(traject.pk, {}).get(dag.pk)) for dag in dagen],
        )
        for traject in trajecten.select_related("kandidaat").order_by("kandidaat__zoek", "pk")
    ]


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_groep(request, pk):
    """One group: people × days, guests with name and tick only, the waiting list."""
    uitvoering = groep_of_404(request, pk)
    if uitvoering.soort not in OP_HET_PAD and Rol.BUREAU in request.user.rollen():
        return redirect("bureau_deelnemers", pk=pk)
    rijen = rijen_van(uitvoering, request.user)
    in_groep = [rij for rij in rijen if not rij.wacht and not rij.afmelding]
    gegevens = {
        "u": uitvoering,
        "dagen": [(dag, timezone.localdate(dag.begint_om) <= timezone.localdate()) for dag in uitvoering.bijeenkomsten.all()],
        "rijen": in_groep,
        "gedeeld": [r for r in in_groep if r.zichtbaar and not r.gast and (r.traject.talen or r.traject.wensen)],
        "wachtlijst": [rij for rij in rijen if rij.wacht],
        "trainers": [t.trainer for t in uitvoering.trainerschappen.filter(tot=None).select_related("trainer")],
        "is_bureau": Rol.BUREAU in request.user.rollen(),
        "te_lezen": _te_lezen(uitvoering, request.user),
        "afgemeld": [rij for rij in rijen if rij.afmelding],
    }
    return render(request, "cursus/groep.html", gegevens)


def _te_lezen(uitvoering, gebruiker):
    """The home assignments of this group that wait for an answer, for its trainers. At most one query."""
    if not uitvoering.is_training or Rol.TRAINER not in gebruiker.rollen():
        return []
    rijen = Inlevering.objects.zichtbaar_als(gebruiker, Rol.TRAINER).filter(soort=uitvoering.soort)
    return list(rijen.filter(traject__in=uitvoering.deelnames.filter(afgemeld_om=None).values("traject")).te_lezen())


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_lijst(request, pk):
    """The attendance list on paper: a line per person, a box per day to sign in."""
    uitvoering = groep_of_404(request, pk)
    rijen = [rij for rij in rijen_van(uitvoering, request.user) if not rij.wacht and not rij.afmelding and not rij.traject.afgesloten_op]
    return render(request, "cursus/groep_lijst.html", {"u": uitvoering, "dagen": uitvoering.bijeenkomsten.all(), "rijen": rijen})
