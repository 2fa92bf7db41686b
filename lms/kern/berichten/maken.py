"""Putting a message in the outbox: for a person, for a turn, or account mail for an address."""

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from lms.kern.berichten.feiten import plaats_maken
from lms.kern.geheim import versleutelen
from lms.kern.models import Bericht, Beurt, Gebruiker, Rol, Traject
from lms.kern.pad.beurten.aanzet import Mensen

T = TypeVar("T")
Team = Callable[[str, int | None], list[Gebruiker]]


def bericht_maken(
    aan: Gebruiker,
    soort: str,
    *,
    traject: Traject | None = None,
    sleutel: str = "",
    feit: Model | None = None,
    gegevens: dict[str, Any] | None = None,
    bundelen: bool = False,
) -> Bericht | None:
    """Put a message of template berichten/<soort>.txt in the outbox for person `aan`. Who has no e-mail address gets
    none.

    `feit`: the row it is about (see feiten.py); what waits about the same row is overtaken. `bundelen`: for staff, goes
    along in the daily digest. Returns the row, or None when there is nothing to tell.
    """
    nummer = feit.pk if feit else 0
    if not aan.email or not plaats_maken(aan, soort, nummer):
        return None
    return Bericht.objects.create(
        aan=aan,
        traject=traject,
        soort=soort,
        sleutel=sleutel or f"{soort}:{nummer}:{secrets.token_urlsafe(12)}",
        feit=nummer,
        gegevens=gegevens or {},
        bundelen=bundelen,
    )


def nog_niet_gemaakt(per_sleutel: Mapping[str, T]) -> list[tuple[str, T]]:
    """Of {key: anything} the pairs whose message was never made. One question for every thousand."""
    sleutels = list(per_sleutel)
    bekend: set[str] = set()
    for begin in range(0, len(sleutels), 1000):
        deel = sleutels[begin : begin + 1000]
        bekend.update(Bericht.objects.filter(sleutel__in=deel).values_list("sleutel", flat=True))
    return [(sleutel, per_sleutel[sleutel]) for sleutel in sleutels if sleutel not in bekend]


def accountbericht_maken(
    adres: str,
    soort: str,
    *,
    over: str,
    waarden: dict[str, Any] | None = None,
    gegevens: dict[str, Any] | None = None,
    geldig: dt.timedelta = dt.timedelta(days=1),
) -> Bericht:
    """Account mail for `adres`: goes before all other mail, at any hour. What waits about the same `over` is overtaken
    and lapses.

    `soort`: template berichten/<soort>.txt, or the prefix of one of allauth's (with a slash). `waarden`: what only the
    reader may know, sealed until it was sent. `gegevens`: numbers of rows, readable. Not sent within `geldig`, it
    lapses. Returns the Bericht.
    """
    berichten_laten_vervallen(over)
    nu = timezone.now()
    return Bericht.objects.create(
        adres=adres,
        soort=soort,
        sleutel=f"{over}:{secrets.token_urlsafe(12)}",
        gegevens=gegevens or {},
        geheim=versleutelen(json.dumps(waarden)) if waarden else "",
        voorrang=True,
        verloopt_om=nu + geldig,
    )


def berichten_laten_vervallen(over: str) -> int:
    """What was not sent about `over` (the first part of its key, without the last colon) is true no more.

    Returns how many.
    """
    wacht = Bericht.objects.filter(sleutel__startswith=f"{over}:", verstuurd_om=None, vervallen_om=None)
    return wacht.update(vervallen_om=timezone.now(), geheim="")


def berichten_voor_beurten(traject: Traject, beurten: Iterable[Beurt]) -> list[Bericht]:
    """One message per new turn for whoever is at turn: the candidate, the named trainer, the regiomanagers of the
    region, the bureau for an application.
    """
    rijen: list[Bericht] = []
    for beurt in beurten:
        te_vroeg = beurt.vanaf and beurt.vanaf > timezone.localdate() and not beurt.aanzet.vooraf
        if te_vroeg or not beurt.aanzet.mail:
            continue
        rijen += [
            Bericht(
                aan=persoon,
                traject=traject,
                soort=f"beurt_{beurt.code}",
                sleutel=f"beurt:{beurt.pk}:{persoon.pk}",
                bundelen=beurt.rol != Rol.KANDIDAAT,
            )
            for persoon in ontvangers(traject, beurt)
            if persoon.email
        ]
    return Bericht.objects.bulk_create(rijen)


def teamleden(rol: str, regio_id: int | None = None) -> list[Gebruiker]:
    """The people of the bureau, or the regiomanagers of this region, who can log in."""
    rollen: dict[str, Any] = {"rolvervullingen__rol": rol, "rolvervullingen__tot__isnull": True}
    if rol == Rol.REGIOMANAGER:
        rollen["rolvervullingen__regio"] = regio_id
    return list(Gebruiker.objects.filter(**rollen, is_active=True).order_by("pk"))


def mensen_met_rol(traject: Traject, rol: str, team: Team = teamleden) -> list[Gebruiker]:
    """The people of the bureau, or the regiomanagers of this region; never the candidate.

    `team`: who looks them up, for a caller that asks for many paths.
    """
    leden = team(rol, traject.regio_id if rol == Rol.REGIOMANAGER else None)
    return [lid for lid in leden if lid.pk != traject.kandidaat_id]


def ontvangers(traject: Traject, beurt: Beurt, team: Team = teamleden) -> list[Gebruiker]:
    """Who gets a message about this turn: the candidate, the named person, those that its row names, the regiomanagers
    of the region or the bureau; not a role that only may help.
    """
    if beurt.persoon:
        return [beurt.persoon]
    if beurt.rol == Rol.KANDIDAAT:
        return [traject.kandidaat]
    if beurt.aanzet.wie:
        return _mensen(traject, beurt.aanzet.wie)
    if beurt.rol in (Rol.REGIOMANAGER, Rol.BUREAU) and len(beurt.aanzet.rollen) == 1:
        return mensen_met_rol(traject, beurt.rol, team)
    return []


def _mensen(traject: Traject, wie: Mensen) -> list[Gebruiker]:
    rijen = Traject._base_manager.filter(wie.waar.volledig(Traject), pk=traject.pk).values(wie.pad)
    return list(Gebruiker.objects.filter(pk__in=rijen, is_active=True).exclude(pk=traject.kandidaat_id).order_by("pk"))
