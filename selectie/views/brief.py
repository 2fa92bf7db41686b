"""Letter and cv to read back: the candidate's own, and for the trainers of the own group. Who looked is journaled."""

from django.shortcuts import get_object_or_404, render

from lms.kern.bewaartermijnen import Soort
from lms.kern.models import Rol, Traject
from lms.kern.schermen import getoond, met_traject, rol_nodig
from selectie.models import Brief
from selectie.views.gewist import gewist


def _context(request, traject, **extra):
    brieven = Brief.objects.zichtbaar_voor(request.user).select_related("aanmelding", "motivatie_bestand", "cv_bestand")
    brief = get_object_or_404(brieven, aanmelding__traject=traject)
    return {"brief": brief, "traject": traject, "kandidaat": traject.kandidaat, **extra}


@met_traject
def mijn_brief(request):
    """The own letter and cv as they were sent, and the letters of the bureau."""
    if weg := gewist(request, request.traject, Soort.BRIEF, "je brief en cv", is_="zijn"):
        return weg
    brieven = list(request.traject.aanmeldbrieven.select_related("door", "antwoord_bestand"))
    vraag_open = request.traject.stap == 1 and any(b.soort == "vragen" and not b.beantwoord_om for b in brieven)
    return render(
        request, "selectie/mijn_brief.html", _context(request, request.traject, brieven=brieven, vraag_open=vraag_open)
    )


@rol_nodig(Rol.TRAINER)
def trainer_brief(request, pk):
    """Letter and cv of somebody in the own EK1 group (pk of the traject)."""
    traject = get_object_or_404(Traject.objects.als_trainer_van(request.user, "EK1").select_related("kandidaat"), pk=pk)
    if weg := gewist(request, traject, Soort.BRIEF, "de brief en het cv", is_="zijn"):
        return weg
    aanvullingen = traject.aanmeldbrieven.filter(beantwoord_om__isnull=False).select_related("antwoord_bestand")
    context = _context(request, traject, aanvullingen=aanvullingen)
    return getoond(request, "selectie/trainer_brief.html", context, traject=traject, als=Rol.TRAINER, wat="brief")
