"""The bureau's part of the selection: answer an application, the gate, the trainers of a report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from lms.kern.formulieren import BevestigForm
from lms.kern.handelingen import inzage_noteren
from lms.kern.models import Rol, Traject
from lms.kern.schermen import gepost, rol_nodig
from selectie import handelingen
from selectie.forms.bureau import AntwoordForm, PuntHerroepForm, TrainerForm, VogForm
from selectie.models import Aanmelding, Brief, Mening


def _traject(request, pk):
    return get_object_or_404(Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).select_related("kandidaat", "regio"), pk=pk)


@rol_nodig(Rol.BUREAU)
def aanmelding(request, pk):
    """Letter and cv beside the answers, and the invitation."""
    traject = _traject(request, pk)
    rij = get_object_or_404(Aanmelding.objects.select_related("gewenste_uitvoering", "beantwoord_door"), traject=traject)
    form = AntwoordForm(gepost(request))
    if request.method == "POST" and form.uitvoeren(handelingen.aanmelding_beantwoorden, traject, door=request.user):
        messages.success(request, f"{traject.kandidaat.voornaam} krijgt een mail.")
        return redirect("bureau")
    brief = Brief.objects.zichtbaar_voor(request.user).filter(aanmelding=rij).select_related("motivatie_bestand", "cv_bestand").first()
    if request.method == "GET" and brief:
        inzage_noteren(traject, door=request.user, wat="brief")
    return render(
        request,
        "selectie/bureau_aanmelding.html",
        {"form": form, "traject": traject, "kandidaat": traject.kandidaat, "aanmelding": rij, "brief": brief},
    )


@rol_nodig(Rol.BUREAU)
def poort(request, pk):
    """The gate: VOG seen, independence confirmed; facts only."""
    traject = _traject(request, pk)
    daad = request.POST.get("daad", "")
    vog = VogForm(request.POST if daad == "vog" else None)
    namens = BevestigForm(request.POST if daad == "onafhankelijk" else None)
    herroep = PuntHerroepForm(request.POST if daad == "herroepen" else None)
    acts = {
        "vog": (vog, handelingen.vog_vastleggen),
        "onafhankelijk": (namens, handelingen.onafhankelijk_bevestigen),
        "herroepen": (herroep, handelingen.poortpunt_herroepen),
    }
    if request.method == "POST" and daad in acts:
        form, act = acts[daad]
        if form.uitvoeren(act, traject, door=request.user):
            messages.success(request, "Vastgelegd.")
            return redirect("bureau_poort", pk)
    punten = {punt.punt: punt for punt in traject.poortpunten.filter(herroepen_om=None).select_related("door")}
    context = {"traject": traject, "kandidaat": traject.kandidaat, "vog": vog, "namens": namens, "herroep": herroep, "punten": punten}
    return render(request, "selectie/bureau_poort.html", context)


@rol_nodig(Rol.BUREAU)
def trainers(request, pk):
    """Who is asked about the running report, and who is ready; add or lift a trainer. Never what they think."""
    traject = _traject(request, pk)
    verslag = traject.verslagen.lopend().filter(verstuurd_om__isnull=False).first()
    daad = request.POST.get("daad", "")
    forms = {naam: TrainerForm(request.POST if daad == naam else None, prefix=naam) for naam in ("erbij", "eraf")}
    acts = {"erbij": handelingen.trainer_toevoegen, "eraf": handelingen.trainer_ontheffen}
    if request.method == "POST" and daad in acts and forms[daad].uitvoeren(acts[daad], traject, door=request.user):
        messages.success(request, "Vastgelegd.")
        return redirect("bureau_trainers", pk)
    gevraagd = (
        Mening.objects.gevraagd().filter(verslag=verslag).select_related("trainer").only("trainer", "gegeven_om", "gevraagd_om")
        if verslag
        else []
    )
    return render(
        request,
        "selectie/bureau_trainers.html",
        {"traject": traject, "kandidaat": traject.kandidaat, "verslag": verslag, "gevraagd": gevraagd, **forms},
    )
