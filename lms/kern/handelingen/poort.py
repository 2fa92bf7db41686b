"""Who may do what to which row: the row of an act with its traject, and the role in which somebody may act on it.

A model says with `traject_pad` which path its rows belong to and with `persoon_pad` which person; its queryset says
with `te_doen_als` who may act on them and with `nu` which of them can still be acted on.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from lms.kern.handelingen.weigeren import Geweigerd, Voorbij
from lms.kern.models import Gebruiker, Rol, Traject


def langs(rij: Any, pad: str) -> Any:
    """What stands at the end of a path of names, as in a lookup; the row itself for an empty path."""
    return reduce(getattr, pad.split("__"), rij) if pad else rij


def traject_van(rij: Any) -> Traject | None:
    """The traject of a row, along the `traject_pad` of its model; None when it has none."""
    if isinstance(rij, Traject):
        return rij
    pad = getattr(rij, "traject_pad", "")
    return langs(rij, pad) if pad else None


def persoon_van(rij: Any, traject: Traject | None) -> int | None:
    """The number of the person an act is about: the candidate, or whom the row belongs to. None when it is nobody."""
    if traject:
        return traject.kandidaat_id
    pad = getattr(rij, "persoon_pad", "")
    return rij.pk if isinstance(rij, Gebruiker) else getattr(rij, f"{pad}_id") if pad else None


def heeft_rol(door: Gebruiker | None, rol: str) -> bool:
    """Whether `door` has this role at all. None is a visitor or the system, as the act says."""
    if rol in (Rol.SYSTEEM, Rol.BEZOEKER):
        return door is None
    return door is not None and rol in door.rollen()


def _van(model: Any, door: Gebruiker | None, rol: str, traject: Traject | None) -> Any:
    """The rows of this model on which `door` may act in `rol`, which is no right to read them."""
    rijen = model.objects
    if hasattr(rijen, "te_doen_als"):
        return rijen.te_doen_als(door, rol)
    if traject is None or model is Traject:
        return rijen.zichtbaar_als(door, rol)
    eigen = Traject.objects.zichtbaar_als(door, rol).filter(pk=traject.pk)
    return rijen.filter(**{f"{model.traject_pad}__in": eigen.values("pk")})


def toegestane_rol(
    rij: Model, traject: Traject | None, door: Gebruiker | None, rollen: Iterable[str], *, ook_oud: bool = False
) -> str:
    """The first of `rollen` in which `door` may act on this row.

    Raises ValidationError when that is so only of a row that is past, Geweigerd when it is not so at all.
    """
    model: Any = rij._meta.model  # request.user is a lazy wrapper
    heeft_nu = hasattr(model.objects, "nu") and not ook_oud
    mogelijk = [rol for rol in rollen if heeft_rol(door, rol)]
    for rol in mogelijk:
        if rol == Rol.SYSTEEM:
            return rol
        rijen = _van(model, door, rol, traject).filter(pk=rij.pk)
        if (rijen.nu() if heeft_nu else rijen).exists():
            return rol
    if heeft_nu and any(_van(model, door, rol, traject).filter(pk=rij.pk).exists() for rol in mogelijk):
        raise Voorbij
    raise Geweigerd


def rol_om_te_maken(door: Gebruiker | None, rollen: Iterable[str]) -> str:
    """The first of `rollen` that `door` has, for a row without a parent. Raises Geweigerd."""
    for rol in rollen:
        if heeft_rol(door, rol):
            return rol
    raise Geweigerd


def nu_te_doen(onderwerp: Model, door: Gebruiker | None, rollen: Iterable[str]) -> tuple[Any, str]:
    """(the row as it is now, with its traject, and the first of `rollen` in which `door` may act on it).

    One query for a candidate: everybody is one. Raises Geweigerd, or ValidationError when the row is past.
    """
    model: Any = onderwerp._meta.model
    ooit = False
    for rol in rollen:
        if door is None or rol != Rol.KANDIDAAT and rol not in door.rollen():
            continue
        rijen = _van(model, door, rol, None).filter(pk=onderwerp.pk)
        if hasattr(model, "traject_pad"):
            rijen = rijen.select_related(model.traject_pad)
        rij = (rijen.nu() if hasattr(rijen, "nu") else rijen).first()
        if rij is not None:
            return rij, rol
        ooit = ooit or hasattr(rijen, "nu") and rijen.exists()
    if ooit:
        raise Voorbij
    raise Geweigerd


def op_slot(onderwerp: Model, *, weg: str = "") -> tuple[Any, Traject | None]:
    """(the row, its traject or None) as they are now, locked: first the traject, then the row.

    `weg`: what is said when the row is gone; without it that is Geweigerd.
    """
    model = onderwerp._meta.model  # request.user is a lazy wrapper
    pad = getattr(model, "traject_pad", "")
    rijen: QuerySet[Any] = model._base_manager.select_for_update(of=("self",), no_key=True)
    traject: Traject | None = None
    if pad:
        welk = model._base_manager.filter(pk=onderwerp.pk).values(pad)
        traject = Traject._base_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=welk).first()
        rijen = rijen.select_related(pad)
    rij = rijen.filter(pk=onderwerp.pk).first()
    if rij is None:
        raise ValidationError(weg, code="weg") if weg else Geweigerd
    if traject is not None:  # one object for one row
        *tussen, laatste = pad.split("__")
        setattr(reduce(getattr, tussen, rij), laatste, traject)
    return rij, rij if model is Traject else traject
