"""From facts to step and turns, and the print of it. Only `bijwerken` writes Traject.stap and Beurt."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from django.db import connection
from django.db.models import IntegerField, Value
from django.utils import timezone

from lms.kern.berichten import berichten_laten_vervallen, berichten_voor_beurten
from lms.kern.instellingen import instelling
from lms.kern.models import Beurt, Traject
from lms.kern.models.traject import TrajectQuerySet
from lms.kern.pad.beurten import BEURTEN, Aanzet
from lms.kern.pad.stappen import STAPPEN, VERVOLG, open_stappen

Params = tuple[Any, ...]
Sleutel = tuple[str, str, int | None, int]  # of a turn: code, role, person, row


def _trajecten() -> TrajectQuerySet:
    return cast("TrajectQuerySet", Traject._base_manager.all())


@cache
def _gebakken(soort_database: str, stappen: tuple[int, ...] | None) -> tuple[str, Params, Params]:
    """The derivation compiled once per process: building the EXISTS tree costs more than running it."""
    qs, velden = _trajecten().filter(pk=-1), ["afgesloten_op"]
    if stappen is None:
        qs, velden = qs.met_afgeleide_stap(), [*velden, "afgeleid"]
    else:
        qs = qs.met_beurten_van(stappen)
        velden += [f"beurt_{b.code}" for b in BEURTEN if set(b.stappen) & set(stappen)]
    sql, params = qs.values_list(*velden).query.sql_with_params()
    plek = [nummer for nummer, waarde in enumerate(params) if waarde == -1]
    if len(plek) != 1:
        raise RuntimeError("De afleiding heeft een eigen plek voor het traject nodig.")
    return sql, params[: plek[0]], params[plek[0] + 1 :]


@cache
def _gebakken_tikken(soort_database: str, aantal: int) -> tuple[str, Params, list[int]]:
    """The ticks of `aantal` trajecten compiled once per process: (sql, params, positions of the keys)."""
    plaatshouders = [-n for n in range(1, aantal + 1)]
    velden = ["pk", *(f"gedaan_{s.nr}" for s in STAPPEN), *(f"verder_{s.nr}" for s in VERVOLG)]
    rijen = _trajecten().filter(pk__in=plaatshouders).order_by().met_tikken().values_list(*velden)
    sql, params = rijen.query.sql_with_params()
    plek = [nummer for nummer, waarde in enumerate(params) if isinstance(waarde, int) and waarde in plaatshouders]
    if len(plek) != aantal:
        raise RuntimeError("De tikken hebben een eigen plek voor elk traject nodig.")
    return sql, params, plek


def tikken_van(pks: Iterable[int]) -> dict[int, tuple[set[int], set[int]]]:
    """{pk: (numbers of the steps that are done, numbers of what follows that is done)} of these trajecten, in one
    query.
    """
    pks = list(pks)
    if not pks:
        return {}
    aantal = next((n for n in (1, 25, 50, 100) if n >= len(pks)), len(pks))
    sql, gebakken, plek = _gebakken_tikken(connection.vendor, aantal)
    params = list(gebakken)
    for nummer, pk in zip(plek, pks + [-1] * (aantal - len(pks)), strict=True):
        params[nummer] = pk
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rijen = cursor.fetchall()
    stappen = [s.nr for s in STAPPEN]
    eind = 1 + len(stappen)
    return {
        pk: (
            {nr for nr, gedaan in zip(stappen, waarden, strict=False) if gedaan},
            {s.nr for s, gedaan in zip(VERVOLG, waarden[eind - 1 :], strict=True) if gedaan},
        )
        for pk, *waarden in rijen
    }


def _vraag(stappen: tuple[int, ...] | None, pk: int) -> tuple[Any, ...]:
    sql, voor, na = _gebakken(connection.vendor, stappen)
    with connection.cursor() as cursor:
        cursor.execute(sql, (*voor, pk, *na))
        return cursor.fetchone()


def afleiden(traject: Traject) -> tuple[int, list[Aanzet]]:
    """Return (stap, [Aanzet, …]) of one traject from its facts, in two queries."""
    afgesloten, stap = _vraag(None, traject.pk)
    if afgesloten:
        return stap, []
    stappen = open_stappen(stap)
    waarden = iter(_vraag(stappen, traject.pk)[1:])
    return stap, [b for b in BEURTEN if set(b.stappen) & set(stappen) and next(waarden)]


def _wie_en_waarover(traject: Traject, aanzet: Aanzet) -> dict[tuple[int | None, int], dt.date | None]:
    """{(persoon, feit): vanaf} of a turn: one for each row that its first word finds.

    A query only where the table names a path.
    """
    paden = (aanzet.persoon, aanzet.feit, aanzet.vanaf)
    if not any(paden):
        return {(None, 0): None}
    niets = Value(None, output_field=IntegerField())
    gevonden = Traject._base_manager.filter(aanzet.als[0].volledig(Traject), pk=traject.pk)
    beurten: dict[tuple[int | None, int], dt.date | None] = {}
    for persoon, feit, vanaf in gevonden.values_list(*(pad or niets for pad in paden)):
        eerder = beurten.get((persoon, feit or 0))
        beurten[persoon, feit or 0] = min(filter(None, (vanaf, eerder)), default=None)
    return beurten


def _nodige_beurten(traject: Traject, aanzetten: Iterable[Aanzet]) -> dict[Sleutel, dt.date | None]:
    """{(code, rol, persoon, feit): vanaf} of all turns that are open."""
    return {
        (aanzet.code, rol, persoon, feit): vanaf
        for aanzet in aanzetten
        for (persoon, feit), vanaf in _wie_en_waarover(traject, aanzet).items()
        for rol in aanzet.rollen
    }


def _uiterlijk(aanzet: Aanzet, vanaf: dt.date | None) -> dt.date | None:
    if not aanzet.termijn:
        return vanaf if aanzet.vanaf else None
    vandaag = timezone.localdate()
    return max(vanaf or vandaag, vandaag) + dt.timedelta(days=instelling(aanzet.termijn))


def bijwerken(traject: Traject, *, berichten: bool = True) -> int:
    """Make the stored print equal to the derivation.

    A new turn makes its message, a vanished turn cancels the unsent one. Returns the step.
    """
    stap, aanzetten = afleiden(traject)
    if traject.stap != stap:
        traject.stap, traject.stap_sinds = stap, timezone.now()
        Traject._base_manager.filter(pk=traject.pk).update(stap=stap, stap_sinds=traject.stap_sinds)
    nodig = _nodige_beurten(traject, aanzetten)
    per_code = {a.code: a for a in aanzetten}
    bestaand = {(b.code, b.rol, b.persoon_id, b.feit): b for b in Beurt.objects.filter(traject=traject)}
    weg = [beurt.pk for sleutel, beurt in bestaand.items() if sleutel not in nodig]
    if weg:
        Beurt.objects.filter(pk__in=weg).delete()  # first, so that what the worker just said about them is there too
        for pk in weg:
            berichten_laten_vervallen(f"beurt:{pk}")
    for sleutel, vanaf in nodig.items():
        if sleutel in bestaand and bestaand[sleutel].vanaf != vanaf:
            Beurt.objects.filter(pk=bestaand[sleutel].pk).update(
                vanaf=vanaf, uiterlijk_op=_uiterlijk(per_code[sleutel[0]], vanaf), kijk_op=timezone.localdate()
            )
    nieuw = Beurt.objects.bulk_create(
        [
            Beurt(
                traject=traject,
                code=code,
                rol=rol,
                persoon_id=persoon,
                feit=feit,
                vanaf=vanaf,
                uiterlijk_op=_uiterlijk(per_code[code], vanaf),
            )
            for (code, rol, persoon, feit), vanaf in nodig.items()
            if (code, rol, persoon, feit) not in bestaand
        ]
    )
    if berichten:
        berichten_voor_beurten(traject, nieuw)
    return stap


def afdruk_wijkt_af(traject: Traject) -> str:
    """Return the differences between stored print and derivation as text, or "" when they agree. Changes nothing."""
    stap, aanzetten = afleiden(traject)
    opgeslagen = set(Beurt.objects.filter(traject=traject).values_list("code", "rol", "persoon", "feit"))
    nodig = set(_nodige_beurten(traject, aanzetten))
    bewaard = Traject._base_manager.values_list("stap", flat=True).get(pk=traject.pk)
    fouten = [f"stap {bewaard}, hoort {stap}"] if bewaard != stap else []
    fouten += [f"te veel: {rij}" for rij in sorted(map(str, opgeslagen - nodig))]
    fouten += [f"ontbreekt: {rij}" for rij in sorted(map(str, nodig - opgeslagen))]
    return "; ".join(fouten)
