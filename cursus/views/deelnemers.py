"""Who comes to an agenda item, for the bureau: the list, placing by hand, signing somebody off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cursus.forms import DeelnemerForm
from cursus.handelingen import agendaplek_afmelden, agendaplek_geven, agendaplek_plaatsen, agendaplekken_doorschuiven
from cursus.models import OP_HET_PAD, Agendaplek, Uitvoering
from cursus.models.agenda import met_dagen
from lms.kern.formulieren import BevestigForm
from lms.kern.models import Rol
from lms.kern.schermen import gepost, rol_nodig

PER_PAGINA = 25


@rol_nodig(Rol.BUREAU)
def bureau_deelnemers(request, pk):
    """The participant list of one agenda item: who comes, who waits, who signed off and whether that was late."""
    rijen = Uitvoering.objects.zichtbaar_als(request.user, Rol.BUREAU).met_data().exclude(soort__in=OP_HET_PAD)
    u = get_object_or_404(met_dagen(rijen, regios=True), pk=pk)
    plekken = list(
        Agendaplek.objects.filter(uitvoering=u).select_related("gebruiker").order_by("gebruiker__zoek", "pk")
    )
    wat = request.POST.get("wat", "")
    erbij, rij_form = (
        DeelnemerForm(gepost(request) if wat == "erbij" else None),
        BevestigForm(gepost(request) if wat != "erbij" else None),
    )
    if request.method == "POST" and _doen(request, u, plekken, wat, erbij, rij_form):
        return redirect("bureau_deelnemers", pk=pk)
    komt = [p for p in plekken if p.geplaatst_om and not p.afgemeld_om]
    wacht = sorted((p for p in plekken if p.op_wachtlijst), key=lambda p: (p.gevraagd_om, p.pk))
    gegevens = {
        "u": u,
        "komt": komt,
        "wacht": wacht,
        "weg": [p for p in plekken if p.afgemeld_om],
        "erbij": erbij,
        "form": rij_form,
    }
    return render(request, "cursus/bureau_deelnemers.html", gegevens)


def _doen(request, u, plekken, wat, erbij, form):
    """Call the act that `wat` names: erbij, geef-<pk> or afmelden-<pk>. Returns whether it was done."""
    if wat == "erbij":
        if not erbij.is_valid() or not _erbij(request, u, plekken, erbij):
            return False
        messages.success(request, "Geplaatst.")
        return True
    daad, _, nummer = wat.partition("-")
    plek = next((p for p in plekken if str(p.pk) == nummer and not p.afgemeld_om), None)
    if plek is None or daad not in ("geef", "afmelden"):
        return False
    act = agendaplek_plaatsen if daad == "geef" else agendaplek_afmelden
    if not form.uitvoeren(act, plek, door=request.user):
        return False
    if daad == "afmelden":
        agendaplekken_doorschuiven(u)
    messages.success(request, "Geplaatst." if daad == "geef" else "Afgemeld.")
    return True


def _erbij(request, u, plekken, erbij):
    """Who waits gets the place on the list, who called a new one."""
    wacht = next((p for p in plekken if p.gebruiker_id == erbij.persoon.pk and p.op_wachtlijst), None)
    if wacht:
        return erbij.uitvoeren(agendaplek_plaatsen, wacht, door=request.user)
    return erbij.uitvoeren(agendaplek_geven, erbij.persoon, door=request.user, uitvoering=u)


@rol_nodig(Rol.BUREAU)
def bureau_agenda(request):
    """All agenda items with how many people come and wait; what was is one click away."""
    geweest, nu = request.GET.get("toon") == "geweest", timezone.now()
    rijen = Uitvoering.objects.zichtbaar_als(request.user, Rol.BUREAU).exclude(soort__in=OP_HET_PAD).met_data()
    rijen = (
        rijen.filter(begint_om__lte=nu).order_by("-begint_om")
        if geweest
        else rijen.met_een_dag_na(nu).filter(begint_om__gt=nu).order_by("begint_om")
    )
    bladzij = Paginator(met_dagen(rijen, regios=True), PER_PAGINA).get_page(request.GET.get("page"))
    return render(request, "cursus/bureau_agenda.html", {"bladzij": bladzij, "geweest": geweest})
