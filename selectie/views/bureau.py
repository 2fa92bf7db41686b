"""The bureau's part of the selection: the gate, and the trainers of a report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lms.kern.formulieren import BevestigForm
from lms.kern.models import Rol, Traject
from lms.kern.schermen import rol_nodig
from selectie import handelingen
from selectie.forms.bureau import OntheffenForm, PuntHerroepForm, TrainerForm, TrainervraagForm, VogForm
from selectie.forms.kandidaat import AndereDagenForm, MomentForm, NaGesprekForm
from selectie.forms.trainer import AfspreekForm
from selectie.lezen import wat_mist_voor_de_poort
from selectie.models import Gesprek, Mening, Trainervraag
from selectie.zalen import plekken


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
    vraag = Trainervraag.objects.nu().filter(verslag=verslag).select_related("door").first() if verslag else None
    forms = {
        "erbij": TrainerForm(request.POST if daad == "erbij" else None, prefix="erbij", over=verslag, al=gevraagd),
        "eraf": OntheffenForm(request.POST if daad == "eraf" else None, prefix="eraf", gevraagd=gevraagd),
        "geen": TrainervraagForm(request.POST if daad == "geen" else None, prefix="geen", over=vraag),
    }
    if request.method == "POST" and verslag and daad in forms and forms[daad].is_valid():
        acts = {
            "erbij": (handelingen.trainer_toevoegen, verslag),
            "eraf": (handelingen.trainer_ontheffen, None),
            "geen": (handelingen.trainervraag_beantwoorden, vraag),
        }
        act, over = acts[daad]
        if daad == "geen" and vraag is None:
            messages.info(request, "Op deze vraag is al geantwoord.")
            return redirect("bureau_trainers", pk)
        if forms[daad].uitvoeren(act, over or forms[daad].cleaned_data["mening"], door=request.user):
            messages.success(request, "Vastgelegd.")
            return redirect("bureau_trainers", pk)
    return render(
        request,
        "selectie/bureau_trainers.html",
        {
            "traject": traject,
            "kandidaat": traject.kandidaat,
            "verslag": verslag,
            "gevraagd": gevraagd,
            "vraag": vraag,
            **forms,
        },
    )


@rol_nodig(Rol.BUREAU)
def gesprek(request, pk):
    """The conversation of step 7 for who calls: plan and move it, and pass on what the candidate says. Never what was
    said in it, nor what anybody thinks.
    """
    traject = _traject(request, pk)
    gesprek = Gesprek.objects.nu().filter(verslag__traject=traject, verslag__afgerond_om=None).order_by("-pk").first()
    daad = request.POST.get("daad", "")
    forms = _gesprekforms(gesprek, daad, request.POST) if gesprek and traject.is_lopend else {}
    acts = {
        "kies": handelingen.moment_kiezen,
        "afspreken": handelingen.gesprek_afspreken,
        "anders": handelingen.momenten_passen_niet,
        "antwoord": handelingen.antwoord_na_gesprek,
    }
    if request.method == "POST" and daad in forms and forms[daad].uitvoeren(acts[daad], gesprek, door=request.user):
        messages.success(request, "Vastgelegd.")
        return redirect("bureau_gesprek", pk)
    if request.method == "POST" and daad not in forms:
        messages.info(request, "Dit gesprek is intussen verder. Hier staat hoe het er nu voor staat.")
        return redirect("bureau_gesprek", pk)
    context = {"traject": traject, "kandidaat": traject.kandidaat, "gesprek": gesprek, "plekken": plekken(), **forms}
    if gesprek and gesprek.gehouden_om:
        context["geantwoord"] = gesprek.antwoorden.filter(vervangen_om=None).exists()
    return render(request, "selectie/bureau_gesprek.html", context)


def _gesprekforms(gesprek, daad, post):
    """{act: form} of what the bureau can do about this conversation now."""

    def van(naam, form, **extra):
        return form(post if daad == naam else None, prefix=naam, **extra)

    if gesprek.gehouden_om:
        return {"antwoord": van("antwoord", NaGesprekForm, over=gesprek)}
    forms = {"afspreken": van("afspreken", AfspreekForm, over=gesprek.aanbod)}
    momenten = list(gesprek.momenten.filter(begint_om__gt=timezone.now()))
    if gesprek.voorgesteld_om:
        forms["anders"] = van("anders", AndereDagenForm, over=gesprek.aanbod)
    if momenten and not gesprek.moment_om:
        forms["kies"] = van("kies", MomentForm, momenten=momenten, over=gesprek.aanbod)
    return forms
