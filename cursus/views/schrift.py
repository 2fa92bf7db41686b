"""Mijn schrift: everything somebody wrote with the lessons, in one place to read and to print; and what to share."""

from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404, render

from cursus.handelingen import notitie_delen, notitie_niet_delen
from cursus.models import LesPagina
from cursus.models.invullen import TERUGBLIK, vragen_van
from cursus.models.reacties import te_beantwoorden
from lms.kern.formulieren import BevestigForm
from lms.kern.schermen import knop, met_traject


@dataclass
class Bladzij:
    """What somebody has of one lesson: own notes and answers, home assignments, and the look back on its day."""

    les: LesPagina
    notities: list = field(default_factory=list)
    inleveringen: list = field(default_factory=list)
    terugblik: list = field(default_factory=list)


def bladzijden(traject):
    """The pages of the notebook of this person, in the order of the course. Two queries."""
    per_les = {}

    def van(les):
        return per_les.setdefault(les.pk, Bladzij(les))

    kijkt_terug = {}
    for notitie in traject.lesnotities.exclude(tekst="").select_related("les"):
        if notitie.les_id not in kijkt_terug:
            vragen = vragen_van(notitie.les)
            kijkt_terug[notitie.les_id] = {blok for blok, (soort, _) in vragen.items() if soort == TERUGBLIK}
        blad = van(notitie.les)
        (blad.terugblik if notitie.vraag in kijkt_terug[notitie.les_id] else blad.notities).append(notitie)
    inleveringen = traject.inleveringen.nu().select_related("les", "bestand", "beantwoord_door").defer("les__inhoud")
    for inlevering in inleveringen:
        van(inlevering.les).inleveringen.append(inlevering)
    return sorted(per_les.values(), key=lambda blad: blad.les.path)


@met_traject
def mijn_schrift(request):
    """Everything somebody wrote at lessons: to read, to print, to share or to stop sharing.

    Also after the path has ended.
    """
    if request.method == "POST":
        return _delen(request)
    context = {
        "bladen": bladzijden(request.traject),
        "traject": request.traject,
        "na_afloop": te_beantwoorden(request.traject),
    }
    return render(request, "cursus/mijn_schrift.html", context)


def _delen(request):
    nummer = request.POST.get("notitie", "")
    notitie = get_object_or_404(
        request.traject.lesnotities, pk=int(nummer) if nummer.isdecimal() and len(nummer) < 15 else 0
    )
    delen = "delen" in request.POST  # what the button said, whatever happened meanwhile in another tab
    act = notitie_delen if delen else notitie_niet_delen
    zin = "Je trainers kunnen dit nu lezen." if delen else "Alleen jij ziet dit weer."
    return knop(request, BevestigForm(request.POST), act, notitie, zin=zin, naar="mijn_schrift")
