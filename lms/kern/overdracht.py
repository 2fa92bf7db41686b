"""Duties are handed on, never left: what is open on somebody when something of theirs ends, and who takes it over.

The kinds of duty stand in the apps (settings.PLICHTEN), so that the ground names no app above it. An act that ends
something shows what `openstaand` finds, and calls `doorgeven` with what was chosen for each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string

from lms.kern.models import Gebruiker, Rolvervulling

BUREAU = "bureau"  # the choice: the bureau sees to it
TRAINERSPLEK, REGISTRATIE = "trainersplek", "registratie"  # what can end besides a role


@dataclass(frozen=True)
class Einde:
    """What ends: `wat` is a code of Rol, TRAINERSPLEK or REGISTRATIE, `rij` its row, of `persoon`; `door` ends it."""

    wat: str
    rij: object
    persoon: Gebruiker
    door: Gebruiker


@dataclass(frozen=True)
class Openstaand:
    """One thing that is open: `mensen` ((number, name), …) can take it over.

    `bureau`: what it means when the bureau sees to it, "" where that cannot be. `vanzelf`: where it goes without a
    choice. `let_op`: what to know before it is confirmed. `regels`: ((text, address), …), what it is made of.
    """

    nummer: int
    wat: str
    adres: str = ""
    mensen: tuple = ()
    bureau: str = ""
    vanzelf: str = ""
    let_op: str = ""
    regels: tuple = ()

    def keuzes(self):
        """[(value, label)] of who can take it over."""
        mensen = [(str(pk), naam) for pk, naam in self.mensen]
        return [*mensen, (BUREAU, self.bureau)] if self.bureau else mensen


@dataclass(frozen=True)
class Plicht:
    """A kind of duty: what of it is open at the end of one of `bij`, and the kernel that hands it on.

    `doorgeven(einde, keuzes)` gets {number: Gebruiker, or None for the bureau} of all that `open` found, and also ends
    what nobody needs to take over. `let_op(einde)`: sentences about the end itself. `paden(einde)`: the trajecten on
    which a new one could come up, to lock first.
    """

    code: str
    titel: str
    bij: tuple
    open: Callable[[Einde], list]
    doorgeven: Callable[[Einde, dict], None]
    let_op: Callable[[Einde], list] = lambda einde: []
    paden: Callable[[Einde], list] = lambda einde: []

    def sleutel(self, ding):
        return f"{self.code}_{ding.nummer}"


@cache
def plichten():
    """All kinds of duty of all apps, in the order of the settings."""
    return tuple(plicht for pad in settings.PLICHTEN for plicht in import_string(pad))


def openstaand(einde):
    """[(Plicht, [Openstaand, …])] of what is open at this end, also the kinds of which nothing is."""
    return [(plicht, plicht.open(einde)) for plicht in plichten() if einde.wat in plicht.bij]


def let_op(einde):
    """What to know about this end before it is confirmed, in sentences."""
    return [zin for plicht in plichten() if einde.wat in plicht.bij for zin in plicht.let_op(einde)]


def afdruk_van(einden):
    """{key: text} of all that is open: what the person who ends it reads."""
    return {
        plicht.sleutel(ding): f"{ding.wat} {ding.let_op} {ding.keuzes()}"
        for einde in einden
        for plicht, dingen in openstaand(einde)
        for ding in dingen
    }


def doorgeven(einden, gekozen):
    """Kernel: hand on all that is open at these ends.

    `gekozen`: {key: number of a person, or BUREAU}. Raises ValidationError at what has nobody.
    """
    gevonden = [(einde, plicht, dingen) for einde in einden for plicht, dingen in openstaand(einde)]
    fouten = {}
    for _, plicht, dingen in gevonden:
        for ding in dingen:
            zin = _waarom_niet(ding, str(gekozen.get(plicht.sleutel(ding), "")))
            if zin:
                fouten[plicht.sleutel(ding)] = zin
    if fouten:
        raise ValidationError(fouten)
    for einde, plicht, dingen in gevonden:
        plicht.doorgeven(einde, {ding.nummer: _overnemer(gekozen.get(plicht.sleutel(ding))) for ding in dingen})


def _waarom_niet(ding, keuze):
    if ding.vanzelf or keuze in dict(ding.keuzes()):
        return ""
    if not ding.keuzes():
        return f"{ding.wat}: {ding.let_op or 'er is nu niemand die dit kan overnemen.'}"
    return f"Kies wie dit overneemt: {ding.wat}."


def _overnemer(keuze):
    return Gebruiker.objects.get(pk=keuze) if keuze and keuze != BUREAU else None


def mensen_met(rol, *, regio=None, behalve=()):
    """People who have this role today and can log in."""
    rijen = Rolvervulling.objects.geldig().filter(gebruiker=OuterRef("pk"), rol=rol)
    if regio is not None:
        rijen = rijen.filter(regio=regio)
    return Gebruiker.objects.filter(Exists(rijen), is_active=True).exclude(pk__in=behalve).order_by("zoek", "pk")


def namen(mensen):
    """People as 'Marek, Joyce en Ilse'."""
    *eerdere, laatste = [mens.naam for mens in mensen] or [""]
    return f"{', '.join(eerdere)} en {laatste}" if eerdere else laatste


def verder(mensen):
    """The choice that the others go on without somebody new."""
    return f"Niemand erbij. {namen(mensen)} {'gaat' if len(mensen) == 1 else 'gaan'} verder"


def geteld(aantal, een, meer):
    """A number with its word: '1 taak', '3 taken'."""
    return f"{aantal} {een if aantal == 1 else meer}"
