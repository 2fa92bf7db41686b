"""The report after EK2: writing and sending it, a trainer's response, the bureau's registration."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from certificering import handelingen as H
from certificering.forms import ReactieScopeForm, ScopeverslagForm
from certificering.handelingen.scope import VELDEN, is_ek2_trainer, lopend_concept
from certificering.models import Scopeverslag
from lms.kern.datums import tijd
from lms.kern.formulieren import BevestigForm, NakijkForm
from lms.kern.handelingen import Botsing
from lms.kern.models import Rol, Traject
from lms.kern.schermen import gepost, getoond, handelpagina, met_traject, rol_nodig

JA_NEE = {True: "ja", False: "nee", None: ""}


def _begin(verslag):
    if verslag is None:
        return {}
    return {
        "herstel": JA_NEE[verslag.herstel],
        "groep": JA_NEE[verslag.groep],
        **{n: getattr(verslag, n) for n in VELDEN if n.endswith("waarom")},
    }


def _getal(waarde):
    return int(waarde) if waarde.isascii() and waarde.isdecimal() and len(waarde) < 10 else 0


def _bewaren(request, form):
    """Keep what is typed. Returns (row, sentence, status); the row is None when it was not kept."""
    if not form.is_valid():
        return None, "Dit is nog niet bewaard. Kijk naar de melding bij het veld.", 422
    try:
        waarden = {naam: form.cleaned_data[naam] for naam in VELDEN}
        verslag = H.scopeverslag_bewaren(
            request.traject, door=request.user, wijziging=_getal(request.POST.get("wijziging", "")), **waarden
        )
    except Botsing as fout:
        return None, fout.messages[0], 409
    except ValidationError as fout:
        return None, fout.messages[0], 409
    return verslag, f"Bewaard om {tijd(verslag.bewaard_om)}", 200


@met_traject
def schrijven(request):
    """/mijn/verslag-ek2/: the draft keeps itself; the check page follows; before EK2 and after sending it says what
    now.
    """
    traject = request.traject
    waarom_niet = "Dit traject is gestopt." if traject.afgesloten_op else H.mag_scopeverslag(traject)
    concept = lopend_concept(traject)
    form = ScopeverslagForm(request.POST if request.method == "POST" else None, initial=_begin(concept))
    status, botsing = 200, ""
    if request.method == "POST":
        verslag, zin, status = _bewaren(request, form)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"tekst": zin, **({"wijziging": verslag.wijziging} if verslag else {})}, status=status)
        if verslag:
            if "nakijken" in request.POST:
                return redirect("mijn_verslag_ek2_nakijken")
            messages.success(request, zin)
            return redirect("mijn_verslag_ek2")
        botsing = zin if status == 409 else ""
        status = 200 if status == 422 else status
    context = {
        "form": form,
        "concept": concept,
        "waarom_niet": waarom_niet,
        "botsing": botsing,
        "verslagen": traject.scopeverslagen.filter(verstuurd_om__isnull=False)
        .order_by("-versie")
        .prefetch_related("reacties__trainer"),
    }
    return render(request, "certificering/mijn_verslag_ek2.html", context, status=status)


@met_traject
def nakijken(request):
    """The check page: what will be sent, to whom, and the button that sends it."""
    traject = request.traject
    concept = lopend_concept(traject)
    if concept is None or traject.afgesloten_op or H.mag_scopeverslag(traject):
        return redirect("mijn_verslag_ek2")
    form = NakijkForm(
        request.POST if request.method == "POST" else None, gezien=H.scopeverslag_sturen.afdruk(concept, request.user)
    )
    if request.method == "POST":
        if form.uitvoeren(H.scopeverslag_sturen, concept, door=request.user):
            return redirect("mijn_verslag_ek2")  # that page says it
        if form.veranderd:
            messages.warning(request, form.non_field_errors()[0])
            return redirect("mijn_verslag_ek2_nakijken")
    return render(request, "certificering/mijn_verslag_ek2_nakijken.html", {"form": form, "verslag": concept})


@rol_nodig(Rol.TRAINER)
def trainer(request, pk):
    """A trainer reads a sent report and may respond, without a veto."""
    zichtbaar = Scopeverslag.objects.filter(verstuurd_om__isnull=False).zichtbaar_voor(request.user)
    zichtbaar = zichtbaar.filter(traject__in=Traject.objects.als_trainer_van(request.user, "EK2").values("pk"))
    verslag = get_object_or_404(zichtbaar.select_related("traject__kandidaat"), pk=pk)
    traject = verslag.traject
    mag = (
        is_ek2_trainer(traject, request.user)
        and not verslag.reacties.filter(trainer=request.user).exists()
        and traject.is_lopend
    )
    form, reacties = ReactieScopeForm(gepost(request)), verslag.reacties.select_related("trainer")

    def toon(request, vooraf):
        context = {"verslag": verslag, "kandidaat": traject.kandidaat, "mag": mag or bool(form.errors)}
        sjabloon, context = "certificering/trainer_scopeverslag.html", vooraf | context | {"reacties": reacties}
        return getoond(request, sjabloon, context, traject=traject, als=Rol.TRAINER, wat="scopeverslag")

    return handelpagina(
        request, form, H.scopeverslag_beantwoorden, verslag,
        zin="Je reactie staat erbij. De coördinator kan haar lezen.",
        naar=("trainer_scopeverslag", pk),
        toon=toon,
    )  # fmt: skip


@rol_nodig(Rol.BUREAU)
def bureau(request, pk):
    """The bureau makes the register follow the coordinator's own conclusion."""
    traject = get_object_or_404(
        Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).select_related("kandidaat"), pk=pk
    )
    verslag = traject.scopeverslagen.filter(verstuurd_om__isnull=False, geregistreerd_om=None).first()
    form = BevestigForm(gepost(request), over=verslag)
    if request.method == "POST" and verslag is None:
        messages.warning(request, "Er is geen verslag dat wacht.")
        return redirect("bureau_scope", pk)
    if request.method == "POST" and form.uitvoeren(H.scope_registreren, verslag, door=request.user):
        messages.success(request, "Het register is aangepast.")
        return redirect("bureau_scope", pk)
    registratie = getattr(traject, "registratie", None)
    context = {
        "traject": traject,
        "kandidaat": traject.kandidaat,
        "verslag": verslag,
        "form": form,
        "vandaag": timezone.localdate(),
        "registratie": registratie,
        "scopes": registratie.scopes.order_by("-van", "-pk") if registratie else [],
    }
    if verslag is None:
        return render(request, "certificering/bureau_scope.html", context)
    return getoond(
        request, "certificering/bureau_scope.html", context, traject=traject, als=Rol.BUREAU, wat="scopeverslag"
    )
