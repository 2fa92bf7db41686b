"""Acts that end roles: all that is open on somebody is handed on in the same act."""

from django.contrib.auth.models import Group
from django.utils import timezone

from lms.kern.berichten import post_nalopen
from lms.kern.handelingen.mensen import GROEP_BIJ_ROL, groepen_bijwerken
from lms.kern.handelingen.motor import handeling
from lms.kern.handelingen.opschrijven import ook_noteren
from lms.kern.handelingen.weigeren import vereis
from lms.kern.models import Gebruiker, Rol, Rolvervulling, Traject
from lms.kern.overdracht import Einde, afdruk_van, doorgeven, plichten


def einden_van(rollen, door):
    """The ends of these Rolvervullingen, all of one person."""
    return [Einde(rij.rol, rij, rij.gebruiker, door) for rij in rollen]


def open_rollen(gebruiker):
    """The roles of somebody without an end."""
    return list(gebruiker.rolvervullingen.nu().select_related("gebruiker", "regio").order_by("pk"))


def paden_op_slot(einden):
    """Kernel: lock the paths on which something may be open, so that nothing new comes up behind this act."""
    pks = {pk for einde in einden for plicht in plichten() if einde.wat in plicht.bij for pk in plicht.paden(einde)}
    paden = Traject._base_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    list(paden.values_list("pk", flat=True))


@handeling(Rol.BUREAU, nagekeken=lambda rol, door: afdruk_van(einden_van([rol], door)))
def rol_beeindigen(rol, *, door, overdracht=None):
    """End a role today, and hand on what is open: from now on it gives no rights; the row stays.

    `overdracht`: {key: number of a person, or "bureau"}, for all that the page showed.
    """
    _beeindigen(rol.gebruiker, [rol], door=door, overdracht=overdracht or {})
    return rol


@handeling(Rol.BUREAU, nagekeken=lambda gebruiker, door: afdruk_van(einden_van(open_rollen(gebruiker), door)))
def rollen_beeindigen(gebruiker, *, door, overdracht=None):
    """Somebody leaves the team: all roles end today, and what is open is handed on."""
    rollen = open_rollen(gebruiker)
    vereis(rollen, "Deze persoon heeft geen rol meer.")
    _beeindigen(gebruiker, rollen, door=door, overdracht=overdracht or {})
    for rol in rollen:
        ook_noteren(rol, "rol_beeindigen", door=door, als=Rol.BUREAU)


def _beeindigen(persoon, rollen, *, door, overdracht):
    _bureau_blijft(rollen)
    einden = einden_van(rollen, door)
    paden_op_slot(einden)
    doorgeven(einden, overdracht)
    Rolvervulling.objects.filter(pk__in=[rol.pk for rol in rollen]).update(tot=timezone.localdate())
    groepen_bijwerken(persoon)
    post_nalopen(Gebruiker.objects.get(pk=persoon.pk))


def _bureau_blijft(rollen):
    """The last of the bureau stays. Two of the bureau who end each other's role wait here for one another."""
    if not any(rol.rol == Rol.BUREAU for rol in rollen):
        return
    list(Group.objects.select_for_update(no_key=True).filter(name=GROEP_BIJ_ROL[Rol.BUREAU]))
    anderen = Rolvervulling.objects.geldig().filter(rol=Rol.BUREAU, gebruiker__is_active=True)
    vereis(
        anderen.exclude(pk__in=[rol.pk for rol in rollen]).exists(),
        "Dit is de laatste persoon van het bureau. Geef eerst iemand anders deze rol.",
    )
