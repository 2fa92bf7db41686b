"""An act over many people is a stored job: made in one transaction with what causes it, then done person by person,
each an act of its own. What a request does not finish, the worker does; a crash in the middle leaves nobody behind.
"""

import logging
import time
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lms.kern.handelingen.motor import HANDELINGEN, Handeling, Stil, handeling
from lms.kern.handelingen.poort import heeft_rol
from lms.kern.models import Gebruiker, Groepsdaad, Groepsdeel, Rol
from lms.kern.models.groep import GroepsdeelQuerySet

logger = logging.getLogger(__name__)
IN_EEN_VERZOEK = 8.0  # seconds somebody waits for a page; the worker does the rest
POGINGEN = 3
WEG = "Dit is er niet meer."
FOUT = "Dit lukte niet door een fout bij ons. Doe het voor deze persoon met de hand."


def _vastgelegd(waarde: Any) -> Any:
    return {"model": waarde._meta.label, "pk": waarde.pk} if isinstance(waarde, models.Model) else waarde


def _terug(waarde: Any) -> Any:
    if isinstance(waarde, dict):
        return apps.get_model(waarde["model"])._base_manager.get(pk=waarde["pk"])
    return waarde


def groep_klaarzetten(
    daad: str, rijen: Iterable[models.Model], *, door: Gebruiker, sleutel: str, **gegevens: Any
) -> tuple[Groepsdaad, bool]:
    """Kernel, inside an act: `daad`, the name of an act, is to be done about each of `rijen` with these arguments.

    Returns (Groepsdaad, whether it is new): with a `sleutel` that is there already that one.
    """
    velden = {naam: _vastgelegd(waarde) for naam, waarde in gegevens.items()}
    groep, nieuw = Groepsdaad.objects.get_or_create(
        sleutel=sleutel, defaults={"handeling": daad, "door": door, "gegevens": velden}
    )
    if nieuw:
        Groepsdeel.objects.bulk_create(Groepsdeel(daad=groep, model=rij._meta.label, rij=rij.pk) for rij in rijen)
    return groep, nieuw


@handeling(Rol.BUREAU, maakt=True)
def groep_beginnen(
    *, door: Gebruiker, daad: str, rijen: Iterable[models.Model], sleutel: str, **gegevens: Any
) -> Groepsdaad | Stil:
    """The bureau does one act for the people it ticked. Returns the Groepsdaad; sent twice the one that is there."""
    groep, nieuw = groep_klaarzetten(daad, rijen, door=door, sleutel=sleutel, **gegevens)
    return groep if nieuw else Stil(groep)


def groep_uitvoeren(daden: Iterable[Groepsdaad], seconden: float = IN_EEN_VERZOEK) -> int:
    """Do what is left of these for at most so many seconds. Returns how many parts were done."""
    return _uitvoeren(Groepsdeel.objects.filter(daad__in=daden), seconden)


def groepen_afmaken(seconden: float = 60.0) -> int:
    """Do what was left behind, oldest first. Called by the worker, safe to run twice. Returns how many were done."""
    return _uitvoeren(Groepsdeel.objects.all(), seconden)


def _uitvoeren(delen: GroepsdeelQuerySet, seconden: float) -> int:
    tot, gedaan = time.monotonic() + seconden, 0
    while time.monotonic() < tot:
        deel = delen.vrij(timezone.now()).select_related("daad__door").order_by("pk").first()
        if deel is None:
            break
        if _pak(deel):
            _een(deel)
            gedaan += 1
    return gedaan


def _pak(deel: Groepsdeel) -> bool:
    """Whether this part is ours: of two at once, one has it."""
    nu = timezone.now()
    velden = {"bezig_om": nu, "pogingen": deel.pogingen + 1}
    return bool(Groepsdeel.objects.vrij(nu).filter(pk=deel.pk, pogingen=deel.pogingen).update(**velden))


def _maakt_het_systeem_af(act: Handeling, door: Gebruiker) -> bool:
    """What follows from a fact goes on when who began it left in the middle; what somebody wanted does not."""
    weg = not door.is_active or not any(heeft_rol(door, rol) for rol in act.rollen)
    return weg and Rol.SYSTEEM in act.rollen


def _nummer(deel: Groepsdeel) -> str:
    """The one-time id of a part: one that nobody can send with a form, and so take away from it."""
    return f"groep-{salted_hmac('lms.kern.groep', str(deel.pk)).hexdigest()}"


def _een(deel: Groepsdeel) -> None:
    """One person: the id of the part makes a second try after a crash harmless."""
    daad = deel.daad
    rij = apps.get_model(deel.model)._base_manager.filter(pk=deel.rij).first()
    if rij is None:
        _klaar(deel, False, WEG)
        return
    act = HANDELINGEN[daad.handeling]
    wie = daad.door if not _maakt_het_systeem_af(act, daad.door) else None
    try:
        gegevens = {naam: _terug(waarde) for naam, waarde in daad.gegevens.items()}
        act(rij, door=wie, verzoek_id=_nummer(deel), **gegevens)
    except ValidationError as fout:
        _klaar(deel, False, " ".join(fout.messages))
    except PermissionDenied as fout:
        _klaar(deel, False, str(fout))
    except Exception:
        logger.exception("Een deel van '%s' mislukte.", daad.handeling)
        if deel.pogingen + 1 >= POGINGEN:
            _klaar(deel, False, FOUT)
    else:
        _klaar(deel, True, "")


def _klaar(deel: Groepsdeel, gelukt: bool, zin: str) -> None:
    Groepsdeel.objects.filter(pk=deel.pk).update(klaar_om=timezone.now(), gelukt=gelukt, zin=zin[:300])
