"""Groups for their trainers and the bureau: the list, and the grid of people and days."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
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
    """One person in a group: the traject, whether it is a guest (name and tick only), waiting, in sight, and the
    cell per day.
    """

    traject: Traject
    gast: bool = False
    zichtbaar: bool = False
    wacht: bool = False
    cellen: list = field(default_factory=list)
    deelt: tuple = ("", "")  # languages and wishes
    afmelding: object = None  # the Deelname that was given up, of who is not in the group any more


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_groepen(request):
    """The own groups; the bureau sees all groups and information meetings."""
    geweest = request.GET.get("toon") == "geweest"
    rijen = Uitvoering.objects.zichtbaar_voor(request.user).filter(soort__in=OP_HET_PAD).met_data()
    komt = Uitvoering.objects.met_een_dag_na(timezone.now()).values("pk")
    rijen = (
        rijen.filter(begint_om__isnull=False).exclude(pk__in=komt).order_by("-begint_om", "pk")
        if geweest
        else rijen.filter(Q(pk__in=komt) | Q(begint_om=None)).order_by("begint_om", "pk")
    )
    bladzij = Paginator(met_dagen(rijen), PER_PAGINA).get_page(request.GET.get("page"))
    return render(request, "cursus/groepen.html", {"bladzij": bladzij, "geweest": geweest})


def groep_of_404(request, pk):
    return get_object_or_404(met_dagen(Uitvoering.objects.zichtbaar_voor(request.user).met_data()), pk=pk)


def _deelnames(uitvoering, gebruiker):
    """Every Deelname of a group with its person, whether this reader sees the traject, and what the person shares."""
    wens = Trainingswens.objects.filter(traject=OuterRef("traject"), soort=uitvoering.soort)
    zichtbaar = Traject.objects.zichtbaar_voor(gebruiker).exclude(kandidaat=gebruiker).filter(pk=OuterRef("traject"))
    return (
        uitvoering.deelnames.select_related("traject__kandidaat")
        .annotate(
            zichtbaar=Exists(zichtbaar),
            talen=Subquery(wens.values("talen")[:1]),
            wensen=Subquery(wens.values("wensen")[:1]),
        )
        .order_by("pk")
    )


def rijen_van(uitvoering, gebruiker):
    """The people of a group as Rij, by name: who has a place or waits, who was here before, guests of one day, and
    who signed off. Two queries.
    """
    dagen = list(uitvoering.bijeenkomsten.all())
    laatste, aanwezigheden, mensen = {}, {}, {}
    for d in _deelnames(uitvoering, gebruiker):
        if d.traject_id not in laatste or d.afgemeld_om is None or laatste[d.traject_id].afgemeld_om:
            laatste[d.traject_id] = d
    for rij in Aanwezigheid.objects.filter(bijeenkomst__uitvoering=uitvoering).select_related("traject__kandidaat"):
        aanwezigheden.setdefault(rij.traject_id, {})[rij.bijeenkomst_id] = rij
        mensen[rij.traject_id] = rij.traject
    for pk, d in laatste.items():
        if d.afgemeld_om is None or pk in aanwezigheden or d.afmelding in ZELF_WEG and d.geplaatst_om:
            mensen[pk] = d.traject
    rijen = [_rij(traject, laatste.get(pk), aanwezigheden.get(pk, {}), dagen) for pk, traject in mensen.items()]
    return sorted(rijen, key=lambda rij: (rij.traject.kandidaat.zoek, rij.traject.pk))


def _rij(traject, deelname, aanwezig, dagen):
    open_ = deelname is not None and deelname.afgemeld_om is None
    return Rij(
        traject,
        zichtbaar=deelname is not None and deelname.zichtbaar,
        gast=deelname is None,
        wacht=open_ and deelname.op_wachtlijst,
        afmelding=deelname if deelname is not None and not open_ and not aanwezig else None,
        deelt=(deelname.talen or "", deelname.wensen or "") if deelname is not None else ("", ""),
        cellen=[(dag, aanwezig.get(dag.pk)) for dag in dagen],
    )


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
        "dagen": [
            (dag, timezone.localdate(dag.begint_om) <= timezone.localdate()) for dag in uitvoering.bijeenkomsten.all()
        ],
        "rijen": in_groep,
        "gedeeld": [r for r in in_groep if r.zichtbaar and not r.gast and any(r.deelt)],
        "wachtlijst": [rij for rij in rijen if rij.wacht],
        "plekken": list(uitvoering.trainerschappen.nu().select_related("trainer")),
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
    rijen = [
        rij
        for rij in rijen_van(uitvoering, request.user)
        if not rij.wacht and not rij.afmelding and not rij.traject.afgesloten_op
    ]
    return render(
        request, "cursus/groep_lijst.html", {"u": uitvoering, "dagen": uitvoering.bijeenkomsten.all(), "rijen": rijen}
    )
