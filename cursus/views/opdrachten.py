"""Home assignments on screen: handing in by the person, reading and answering by a trainer of the group."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cursus.handelingen import opdracht_beantwoorden, opdracht_inleveren, opdracht_terughalen
from cursus.handelingen.opdrachten import trainers_van_training
from cursus.lesforms import AntwoordForm, InleverForm
from cursus.models import Inlevering, Notitie
from cursus.models.invullen import laatste_inlevering, vragen_van
from cursus.models.lessen import toegang_van
from cursus.views.lessen import open_les
from lms.kern.formulieren import BevestigForm
from lms.kern.models import Rol, Traject
from lms.kern.schermen import (
    alleen_post,
    gepost,
    getoond,
    geupload,
    handelpagina,
    knop,
    pagina,
    rol_nodig,
)


def _begin(les, traject, vorige):
    """What stands in the field at first: the version that waits, else what was written at the lesson itself."""
    if vorige and not vorige.beantwoord_om:
        return {"tekst": vorige.tekst, "houd_bestand": bool(vorige.bestand_id)}
    opdrachten = [blok for blok, (soort, _) in vragen_van(les).items() if soort == "opdracht"]
    teksten = traject.lesnotities.filter(les=les, vraag__in=opdrachten).order_by("pk").values_list("tekst", flat=True)
    return {"tekst": "\n\n".join(teksten)}


@login_required
def opdracht(request, pk):
    """Hand in the home assignment of a lesson, or change it as long as nobody answered."""
    les = open_les(request, pk)
    traject = toegang_van(request).traject
    if traject is None or not les.thuis:
        raise Http404
    vorige = laatste_inlevering(les, traject)
    wacht = bool(vorige and not vorige.beantwoord_om)
    eerder = vorige.bestand if wacht else None
    form = InleverForm(gepost(request), geupload(request), eerder=eerder, initial=_begin(les, traject, vorige))
    context = {"les": les, "vorige": vorige, "wacht": wacht, "terughalen": BevestigForm()}
    return handelpagina(
        request, form, opdracht_inleveren, traject, les=les,
        zin="Je opdracht is ingeleverd. Je krijgt een mail als er een antwoord is.",
        naar=les.url,
        toon=pagina(
            "cursus/opdracht.html",
            lambda: context | {"trainers": list(trainers_van_training(traject, les.cursus.soort))},
        ),
    )  # fmt: skip


@alleen_post("mijn_schrift")
@login_required
def opdracht_terug(request, pk):
    """Take back what was handed in (pk of the version), as long as nobody answered."""
    inleveringen = Inlevering.objects.zichtbaar_als(request.user, Rol.KANDIDAAT)
    inlevering = get_object_or_404(inleveringen.select_related("les"), pk=pk)
    zin = "Je opdracht is teruggehaald. Je trainers zien hem niet meer."
    form = BevestigForm(request.POST)
    return knop(request, form, opdracht_terughalen, inlevering, zin=zin, naar=inlevering.les.url)


@rol_nodig(Rol.TRAINER)
def trainer_opdracht(request, pk):
    """Read one home assignment of the own group and answer it. Reading is journaled."""
    rijen = Inlevering.objects.zichtbaar_als(request.user, Rol.TRAINER)
    # taken back while the trainer wrote: the act says so, and the typed answer stays on screen
    if request.method == "POST":
        rijen = Inlevering.objects.te_doen_als(request.user, Rol.TRAINER)
    inlevering = get_object_or_404(
        rijen.select_related("traject__kandidaat", "les", "bestand", "beantwoord_door"), pk=pk
    )
    context = {"rij": inlevering, "kandidaat": inlevering.traject.kandidaat}
    return handelpagina(
        request, AntwoordForm(gepost(request)), opdracht_beantwoorden, inlevering,
        zin=f"Je antwoord is verstuurd. {inlevering.traject.kandidaat.voornaam} krijgt een mail.",
        naar=("trainer_lessen", inlevering.traject_id),
        toon=lambda request, vooraf: getoond(
            request, "cursus/trainer_opdracht.html", vooraf | context,
            traject=inlevering.traject, als=Rol.TRAINER, wat="opdracht",
        ),
    )  # fmt: skip


@rol_nodig(Rol.TRAINER)
def trainer_lessen(request, pk):
    """What somebody of the own group (pk of the traject) shares from the lessons, and the home assignments.

    Reading a note is journaled.
    """
    traject = get_object_or_404(
        Traject.objects.zichtbaar_als(request.user, Rol.TRAINER).select_related("kandidaat"), pk=pk
    )
    notities = list(
        Notitie.objects.zichtbaar_als(request.user, Rol.TRAINER)
        .filter(traject=traject)
        .exclude(tekst="")
        .select_related("les")
    )
    opdrachten = (
        Inlevering.objects.zichtbaar_als(request.user, Rol.TRAINER)
        .filter(traject=traject)
        .select_related("les", "beantwoord_door")
    )
    context = {"traject": traject, "kandidaat": traject.kandidaat, "notities": notities, "opdrachten": list(opdrachten)}
    if not notities:  # titles only
        return render(request, "cursus/trainer_lessen.html", context)
    return getoond(request, "cursus/trainer_lessen.html", context, traject=traject, als=Rol.TRAINER, wat="notitie")
