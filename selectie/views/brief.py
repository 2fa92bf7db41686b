"""Letter and cv to read back: the candidate's own, and for the trainers of the own group. Who looked is journaled."""

from django.shortcuts import get_object_or_404, render

from lms.kern.handelingen import inzage_noteren
from lms.kern.models import Rol, Traject
from lms.kern.schermen import met_traject, rol_nodig
from selectie.models import Brief


def _tonen(request, traject, sjabloon, **extra):
    brieven = Brief.objects.zichtbaar_voor(request.user).select_related("aanmelding", "motivatie_bestand", "cv_bestand")
    brief = get_object_or_404(brieven, aanmelding__traject=traject)
    return render(request, sjabloon, {"brief": brief, "traject": traject, "kandidaat": traject.kandidaat, **extra})


@met_traject
def mijn_brief(request):
    """The own letter and cv as they were sent, and the letters of the bureau."""
    brieven = list(request.traject.aanmeldbrieven.select_related("door", "antwoord_bestand"))
    vraag_open = request.traject.stap == 1 and any(b.soort == "vragen" and not b.beantwoord_om for b in brieven)
    return _tonen(request, request.traject, "selectie/mijn_brief.html", brieven=brieven, vraag_open=vraag_open)


@rol_nodig(Rol.TRAINER)
def trainer_brief(request, pk):
    """Letter and cv of somebody in the own EK1 group (pk of the traject)."""
    traject = get_object_or_404(Traject.objects.als_trainer_van(request.user, "EK1").select_related("kandidaat"), pk=pk)
    aanvullingen = traject.aanmeldbrieven.filter(beantwoord_om__isnull=False).select_related("antwoord_bestand")
    antwoord = _tonen(request, traject, "selectie/trainer_brief.html", aanvullingen=aanvullingen)
    inzage_noteren(traject, door=request.user, wat="brief")
    return antwoord
