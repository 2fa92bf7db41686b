"""The gate before step 8: two facts, nobody's opinion. The VOG is seen, never copied."""

from django.utils import timezone

from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Rol
from selectie.models import Poortpunt

Punt = Poortpunt.Punt


def _nog_niet(traject, punt):
    vereis(traject.stap >= 8, "De poort opent na jullie gezamenlijke ja.")
    vereis(not traject.poortpunten.nu().filter(punt=punt).exists(), "Dit staat al vast.")


@handeling(Rol.BUREAU)
def vog_vastleggen(traject, *, door, afgegeven_op):
    """Somebody of the bureau saw the VOG, issued on `afgegeven_op`. No file, no copy, no opinion."""
    _nog_niet(traject, Punt.VOG)
    vereis(afgegeven_op and afgegeven_op <= timezone.localdate(), "Kies de datum die op de VOG staat.", "afgegeven_op")
    return Poortpunt.objects.create(traject=traject, punt=Punt.VOG, afgegeven_op=afgegeven_op, door=door)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def onafhankelijk_bevestigen(traject, *, door):
    """The candidate confirms again to be independent (N01–N06)."""
    _nog_niet(traject, Punt.ONAFHANKELIJK)
    return Poortpunt.objects.create(traject=traject, punt=Punt.ONAFHANKELIJK, door=door)


@handeling(Rol.BUREAU, correctie=True)
def poortpunt_herroepen(poortpunt, *, door, reden):
    """Take back a point of the gate that was recorded by mistake, with a reason."""
    vereis(not poortpunt.traject.conferenties.exists(), "Er is al een conferentie gevraagd.")
    Poortpunt.objects.filter(pk=poortpunt.pk).update(
        herroepen_om=timezone.now(), herroepen_door=door, herroepen_reden=reden
    )
