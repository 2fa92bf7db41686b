"""The bureau's part of the selection: the gate, and the trainers of a report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from lms.kern.formulieren import BevestigForm
from lms.kern.models import Rol, Traject
from lms.kern.schermen import rol_nodig
from selectie import handelingen
from selectie.forms.bureau import OntheffenForm, PuntHerroepForm, TrainerForm, VogForm
from selectie.lezen import wat_mist_voor_de_poort
from selectie.models import Mening


def _traject(request, pk):
    return get_object_or_404(
        Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).select_related("kandidaat", "regio"), pk=pk
    )


@rol_nodig(Rol.BUREAU)
def poort(request, pk):
    """The gate: VOG seen, independence confirmed; facts only."""
    traject = _traject(request, pk)
    daad = request.POST.get("daad", "")
    vog = VogForm(request.POST if daad == "vog" else None)
    namens = BevestigForm(request.POST if daad == "onafhankelijk" else None)
    herroep = PuntHerroepForm(request.POST if daad == "herroepen" else None, punten=traject.poortpunten)
    acts = {
        "vog": (vog, handelingen.vog_vastleggen),
        "onafhankelijk": (namens, handelingen.onafhankelijk_bevestigen),
        "herroepen": (herroep, handelingen.poortpunt_herroepen),
    }
    if request.method == "POST" and daad in acts:
        form, act = acts[daad]
        if form.is_valid() and form.uitvoeren(act, form.cleaned_data.get("poortpunt", traject), door=request.user):
            messages.success(request, "Vastgelegd.")
            return redirect("bureau_poort", pk)
    punten = {punt.punt: punt for punt in traject.poortpunten.nu().select_related("door")}
    context = {
        "traject": traject,
        "kandidaat": traject.kandidaat,
        "vog": vog,
        "namens": namens,
        "herroep": herroep,
        "punten": punten,
    }
    context["mist"] = wat_mist_voor_de_poort(punten)
    return render(request, "selectie/bureau_poort.html", context)


@rol_nodig(Rol.BUREAU)
def trainers(request, pk):
    """Who is asked about the running report, and who is ready; add or lift a trainer. Never what they think."""
    traject = _traject(request, pk)
    verslag = traject.verslagen.lopend().filter(verstuurd_om__isnull=False).first()
    daad = request.POST.get("daad", "")
    gevraagd = Mening.objects.gevraagd().filter(verslag=verslag).select_related("trainer")
    gevraagd = gevraagd.only("verslag", "trainer", "gegeven_om", "gevraagd_om")
    forms = {
        "erbij": TrainerForm(request.POST if daad == "erbij" else None, prefix="erbij", over=verslag, al=gevraagd),
        "eraf": OntheffenForm(request.POST if daad == "eraf" else None, prefix="eraf", gevraagd=gevraagd),
    }
    if request.method == "POST" and verslag and daad in forms and forms[daad].is_valid():
        acts = {"erbij": (handelingen.trainer_toevoegen, verslag), "eraf": (handelingen.trainer_ontheffen, None)}
        act, over = acts[daad]
        if forms[daad].uitvoeren(act, over or forms[daad].cleaned_data["mening"], door=request.user):
            messages.success(request, "Vastgelegd.")
            return redirect("bureau_trainers", pk)
    return render(
        request,
        "selectie/bureau_trainers.html",
        {"traject": traject, "kandidaat": traject.kandidaat, "verslag": verslag, "gevraagd": gevraagd, **forms},
    )
