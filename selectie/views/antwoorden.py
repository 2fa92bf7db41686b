"""Applications at the bureau: the list, letter and cv beside the answer, calls, and a letter on paper; and the
person's own answer to a question.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from cursus.handelingen import belnotitie_vastleggen
from lms.kern.formulieren import BevestigForm
from lms.kern.handelingen import traject_hervatten
from lms.kern.instellingen import instelling
from lms.kern.models import Rol, Traject
from lms.kern.schermen import gepost, getoond, geupload, handelpagina, met_traject, pagina, rol_nodig
from selectie import handelingen
from selectie.filters import AanmeldingFilter
from selectie.forms.bureau import AntwoordbriefForm, BelnotitieForm
from selectie.forms.namens import AanvulForm
from selectie.models import Aanmeldbrief, Aanmeldconcept, Aanmelding, Brief
from selectie.tables import AanmeldingTabel

BRIEVEN = {
    "uitnodigen": ("Uitnodigen", "Nodig uit", handelingen.aanmelding_beantwoorden),
    "vragen": ("Iets vragen", "Stuur deze vraag", handelingen.aanvulling_vragen),
    "bellen": ("We bellen graag", "Stuur deze brief", handelingen.bellen_aankondigen),
}
GESPREK, NU_NOG_NIET = "gesprek", "nu_nog_niet"


def _traject(request, pk):
    return get_object_or_404(
        Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).select_related("kandidaat", "regio"), pk=pk
    )


def _getoond(request, sjabloon, context):
    """A page with the letter of the candidate or of the bureau: the look is journaled."""
    return getoond(request, sjabloon, context, traject=context["traject"], als=Rol.BUREAU, wat="brief")


@rol_nodig(Rol.BUREAU)
def aanmeldingen(request):
    """The intake list, the oldest first."""
    rijen = Aanmelding.objects.filter(traject__in=Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).values("pk"))
    filter_ = AanmeldingFilter(request.GET or None, queryset=rijen, request=request)
    tabel = AanmeldingTabel(filter_.qs).inrichten(request)
    context = {"tabel": tabel, "filter": filter_, "aantal": tabel.paginator.count, "actief": filter_.actief()}
    concepten = Aanmeldconcept.objects.filter(bureau__isnull=False).count()
    return render(request, "selectie/bureau_aanmeldingen.html", {**context, "concepten": concepten})


def _form(request, daad, traject):
    """(form, act) of what is being done on the answer page."""
    if daad == GESPREK:
        return BelnotitieForm(gepost(request)), belnotitie_vastleggen
    if daad == NU_NOG_NIET:
        return BevestigForm(gepost(request)), handelingen.nu_nog_niet_afspreken
    if request.method == "POST":
        return AntwoordbriefForm(request.POST), BRIEVEN[daad][2]
    return AntwoordbriefForm(initial={"tekst": handelingen.brief_tekst(traject, daad, door=request.user)}), BRIEVEN[
        daad
    ][2]


ZINNEN = {GESPREK: "Het gesprek staat opgeschreven.", NU_NOG_NIET: "Vastgelegd. Er gaat geen mail uit."}


@rol_nodig(Rol.BUREAU)
def aanmelding(request, pk):
    """Letter and cv beside the answer: a letter that can be changed before it goes, or a talk that was held."""
    traject = _traject(request, pk)
    aanmelding = get_object_or_404(
        Aanmelding.objects.select_related("gewenste_uitvoering", "beantwoord_door"), traject=traject
    )
    if request.POST.get("daad") == "hervatten":
        return _hervatten(request, traject)
    keuzes = {**{code: woord for code, (woord, _, _) in BRIEVEN.items()}, GESPREK: "Gesprek opschrijven"}
    if instelling("nu_nog_niet"):
        keuzes[NU_NOG_NIET] = "Nu nog niet"
    daad = (request.POST if request.method == "POST" else request.GET).get("daad", "")
    daad = daad if daad in keuzes else "uitnodigen"
    form, act = _form(request, daad, traject)
    if request.method == "POST" and form.uitvoeren(act, traject if daad == GESPREK else aanmelding, door=request.user):
        return _gedaan(request, traject, daad, form.uitkomst)
    brief = (
        Brief.objects.zichtbaar_voor(request.user)
        .filter(aanmelding=aanmelding)
        .select_related("motivatie_bestand", "cv_bestand")
        .first()
    )
    context = {
        "form": form,
        "traject": traject,
        "kandidaat": traject.kandidaat,
        "aanmelding": aanmelding,
        "brief": brief,
        "daad": daad,
    }
    context |= {
        "keuzes": keuzes,
        "knop": BRIEVEN[daad][1] if daad in BRIEVEN else "",
        "gesproken": handelingen.gesproken_over(traject, aanmelding),
    }
    context |= {
        "brieven": _brieven(traject),
        "gesprekken": traject.belnotities.filter(gesproken_op__isnull=False).select_related("door"),
    }
    context["vraag_open"] = any(b.soort == "vragen" and not b.beantwoord_om for b in context["brieven"])
    context["open"] = aanmelding.antwoord != Aanmelding.Antwoord.UITNODIGEN and traject.is_lopend
    return _getoond(request, "selectie/bureau_aanmelding.html", context)


def _brieven(traject):
    return list(traject.aanmeldbrieven.select_related("door", "antwoord_bestand", "beantwoord_door"))


def _gedaan(request, traject, daad, uitkomst):
    """Where to after the act: back to the list with a mail, to the paper for who has none."""
    naam = traject.kandidaat.voornaam
    if daad in ZINNEN:
        messages.success(request, ZINNEN[daad])
        return redirect("bureau_aanmelding", traject.pk)
    if traject.kandidaat.email:
        messages.success(request, f"{naam} krijgt een mail: er is een brief.")
        return redirect("bureau_aanmeldingen")
    brief = traject.aanmeldbrieven.first()
    messages.success(request, f"{naam} heeft geen e-mail. Druk de brief af en doe hem op de post.")
    return redirect("bureau_brief", brief.pk) if brief else redirect("bureau_aanmeldingen")


def _hervatten(request, traject):
    try:
        traject_hervatten(traject, door=request.user)
        messages.success(request, "Het traject loopt weer.")
    except ValidationError as fout:
        messages.warning(request, fout.messages[0])
    return redirect("bureau_aanmelding", traject.pk)


@rol_nodig(Rol.BUREAU)
def brief(request, pk):
    """One letter, clean on paper."""
    rijen = Aanmeldbrief.objects.filter(
        traject__in=Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).values("pk")
    )
    aanmelding = get_object_or_404(rijen.select_related("traject__kandidaat", "door"), pk=pk)
    return _getoond(
        request,
        "selectie/bureau_brief.html",
        {"brief": aanmelding, "traject": aanmelding.traject, "kandidaat": aanmelding.traject.kandidaat},
    )


@rol_nodig(Rol.BUREAU)
def bellen(request, pk):
    """A call that is wanted, after not showing up more than once: record it, and the invitation goes out again."""
    traject = _traject(request, pk)
    return handelpagina(
        request, BelnotitieForm(gepost(request)), belnotitie_vastleggen, traject,
        zin="Het gesprek staat opgeschreven.",
        naar="bureau",
        toon=pagina("selectie/bureau_bellen.html", lambda: _gebeld(traject)),
    )  # fmt: skip


def _gebeld(traject):
    """The calls so far, and whether one is wanted."""
    gesprekken = list(traject.belnotities.select_related("door"))
    gevraagd = any(gesprek.gesproken_op is None for gesprek in gesprekken)
    gehouden = [gesprek for gesprek in gesprekken if gesprek.gesproken_op]
    return {"gevraagd": gevraagd, "gesprekken": gehouden, "traject": traject, "kandidaat": traject.kandidaat}


@met_traject
def aanvullen(request):
    """The question about the own application, and the answer to it."""
    traject = request.traject
    form = AanvulForm(gepost(request), geupload(request), vragen=traject.aanmeldbrieven)
    if request.method == "POST" and form.beantwoorden(door=request.user):
        messages.success(request, "Dank je wel. Je antwoord is verstuurd.")
        return redirect("mijn")
    vraag = traject.aanmeldbrieven.nu().first() if traject.stap == 1 else None
    return render(request, "selectie/mijn_aanvullen.html", {"form": form, "vraag": vraag, "traject": traject})


@rol_nodig(Rol.BUREAU)
def aanvullen_namens(request, pk):
    """The bureau types the answer of somebody without e-mail."""
    traject = _traject(request, pk)
    form = AanvulForm(gepost(request), geupload(request), vragen=traject.aanmeldbrieven)
    if request.method == "POST" and form.beantwoorden(door=request.user):
        messages.success(request, "Het antwoord staat erbij.")
        return redirect("bureau_aanmelding", pk)
    vraag = traject.aanmeldbrieven.nu().first()
    context = {"form": form, "vraag": vraag, "traject": traject, "kandidaat": traject.kandidaat}
    return _getoond(request, "selectie/bureau_aanvullen.html", context)
