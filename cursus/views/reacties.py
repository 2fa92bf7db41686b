"""The questions after the last day: a participant answers without a name, trainers and bureau read from five on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cursus.handelingen import training_beantwoorden
from cursus.lesforms import ReactieForm
from cursus.models import TRAINING, CursusPagina, Deelname, Trainingsreactie
from cursus.models.reacties import VANAF, na_afloop
from cursus.views.groepen import groep_of_404
from lms.kern.models import Rol, Traject
from lms.kern.schermen import gepost, handelpagina, pagina, rol_nodig


def vragen_over(soort):
    """The questions of a training as an editor wrote them."""
    cursus = CursusPagina.objects.live().filter(soort=soort).first()
    return [blok.value for blok in cursus.vragen] if cursus else []


@login_required
def training_reactie(request, pk):
    """Say what the own training was like (pk of the place). 404 when there is nothing to answer."""
    eigen = Traject.objects.zichtbaar_als(request.user, Rol.KANDIDAAT)
    plekken = Deelname.objects.nu().filter(traject__in=eigen.values("pk"), soort__in=TRAINING)
    plek = get_object_or_404(plekken.select_related("uitvoering", "traject"), id=pk)
    vragen = vragen_over(plek.soort)
    if not plek.geplaatst_om or not na_afloop(plek.uitvoering):
        raise Http404
    if not vragen:
        messages.warning(request, "Er zijn nu geen vragen over deze training.")
        return redirect("mijn_schrift")
    if plek.reageerde and request.method != "POST":
        return render(request, "cursus/training_reactie.html", {"plek": plek, "form": None})
    form = ReactieForm(gepost(request), vragen=vragen)
    return handelpagina(
        request, form, training_beantwoorden, plek,
        zin="Dank je wel. Je antwoorden staan er, zonder je naam.", naar="mijn_schrift",
        toon=pagina("cursus/training_reactie.html", lambda: {"plek": plek, "vanaf": VANAF}),
    )  # fmt: skip


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_reacties(request, pk):
    """What people said about this training, per question and by text, never in the order they came."""
    uitvoering = groep_of_404(request, pk)
    if not uitvoering.is_training:
        raise Http404
    per_vraag = {}
    for reactie in Trainingsreactie.objects.zichtbaar_voor(request.user).filter(uitvoering=uitvoering.pk):
        for vraag, tekst in reactie.antwoorden:
            per_vraag.setdefault(vraag, []).append(tekst)
    volgorde = {vraag: nr for nr, vraag in enumerate(vragen_over(uitvoering.soort))}
    vragen = sorted(per_vraag, key=lambda vraag: (volgorde.get(vraag, len(volgorde)), vraag))
    rijen = [(vraag, sorted(per_vraag[vraag], key=str.casefold)) for vraag in vragen]
    return render(request, "cursus/groep_reacties.html", {"u": uitvoering, "rijen": rijen, "vanaf": VANAF})
