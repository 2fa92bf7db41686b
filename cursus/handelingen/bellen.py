"""Calls of the bureau: asked for by the rules of regels §7, recorded by who called."""

from django.utils import timezone

from cursus.models import Belnotitie, Deelname, Soort
from lms.kern.handelingen import handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol


def bellen_als_het_vaker_gebeurt(traject):
    """Kernel: after `bellen_na` times not showing up a person calls, before the next invitation (regels §7). 0 in
    the settings means never.
    """
    keer = instelling("bellen_na")
    gemist = traject.deelnames.filter(soort=Soort.INFORMATIE, afmelding=Deelname.Afmelding.NIET_VERSCHENEN).count()
    if keer and gemist >= keer:
        Belnotitie.objects.get_or_create(traject=traject, gesproken_op=None)


def belverzoek_laten_vallen(traject):
    """Kernel: the reason to call is gone."""
    traject.belnotities.filter(gesproken_op=None).delete()


@handeling(Rol.BUREAU)
def belnotitie_vastleggen(traject, *, door, gesproken_op, tekst):
    """Record a call with the person: the day and a short note.

    Ends the request to call, if there was one. Returns the Belnotitie.
    """
    rij = traject.belnotities.filter(gesproken_op=None).first()
    vereis(rij or traject.stap <= 2, "Een telefoongesprek schrijf je op in stap 1 en 2.")
    vandaag = timezone.localdate()
    vereis(
        gesproken_op and traject.begonnen_op <= gesproken_op <= vandaag, "Kies de dag van het gesprek.", "gesproken_op"
    )
    vereis(tekst.strip(), "Schrijf in een paar woorden op wat jullie bespraken.", "tekst")
    velden = {"gesproken_op": gesproken_op, "door": door, "tekst": tekst.strip(), "om": timezone.now()}
    if rij is None:
        return Belnotitie.objects.create(traject=traject, **velden)
    Belnotitie.objects.filter(pk=rij.pk).update(**velden)
    rij.refresh_from_db()
    return rij
