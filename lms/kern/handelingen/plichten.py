"""What is open on somebody of the bureau: the tasks of the team, and proposals that wait for a second person."""

from django.urls import reverse
from django.utils import timezone

from lms.kern.berichten import berichten_laten_vervallen
from lms.kern.handelingen.opschrijven import ook_noteren
from lms.kern.models import Beurt, Rol, Toegangsvoorstel
from lms.kern.overdracht import Openstaand, Plicht, geteld, mensen_met, namen


def _team(einde):
    """The turns of the bureau: everybody there has them."""
    aantal = Beurt.objects.open_op(timezone.localdate()).filter(rol=Rol.BUREAU).count()
    anderen = mensen_met(Rol.BUREAU, behalve=[einde.persoon.pk])
    if not aantal or not anderen:
        return []
    zien = f"{namen(anderen)} {'ziet' if len(anderen) == 1 else 'zien'} deze taken ook."
    return [
        Openstaand(0, geteld(aantal, "taak van het bureau", "taken van het bureau"), reverse("bureau"), vanzelf=zien)
    ]


def _een_over(einde):
    anderen = list(mensen_met(Rol.BUREAU, behalve=[einde.persoon.pk])[:2])
    if len(anderen) != 1:
        return []
    return [
        f"Daarna werkt alleen {anderen[0].naam} nog bij het bureau. Is er iets met het inloggen van een collega? "
        "Dan zijn er twee mensen nodig."
    ]


def _voorstellen(einde):
    """Proposals about somebody's way in; nobody reads one about themselves."""
    return [
        Openstaand(
            rij.pk,
            "Een voorstel over hoe iemand inlogt",
            "" if rij.over_id == einde.door.pk else reverse("bureau_voorstel", args=[rij.pk]),
            vanzelf="Dit voorstel vervalt. Een collega kan het opnieuw doen.",
        )
        for rij in Toegangsvoorstel.objects.open().filter(door=einde.persoon).order_by("pk")
    ]


def _voorstellen_intrekken(einde, keuzes):
    for rij in Toegangsvoorstel.objects.filter(pk__in=keuzes).select_related("over"):
        Toegangsvoorstel.objects.filter(pk=rij.pk).update(ingetrokken_om=timezone.now(), ingetrokken_door=einde.door)
        berichten_laten_vervallen(f"toegang:{rij.pk}")
        ook_noteren(rij.over, "toegang_intrekken", door=einde.door, als=Rol.BUREAU)


PLICHTEN = (
    Plicht("team", "Taken van het bureau", (Rol.BUREAU,), _team, lambda einde, keuzes: None, _een_over),
    Plicht("voorstel", "Voorstellen", (Rol.BUREAU,), _voorstellen, _voorstellen_intrekken),
)
