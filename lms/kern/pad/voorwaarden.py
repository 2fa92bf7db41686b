"""The four words in which the step table is written, each one EXISTS over one relation and positive inside.

    er_is(…)          a row exists for which all of this holds
    geen(…)           no such row exists
    minstens(n, …)    at least n such rows
    minder_dan(n, …)  fewer than n such rows

Two demands on one row belong in one word; two rows need two words. A condition is a tuple of words, all of which must
hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet


@dataclass(frozen=True)
class Voorwaarde:
    """One word of the step table: `q` must hold for `aantal` rows, or for fewer when `minder` is set."""

    q: Q
    aantal: int
    minder: bool = False

    def volledig(self, model: type[Model]) -> Q:
        """Return `q` with every named relation required to exist: `rel__veld__isnull=True` also holds without a row."""
        q = self.q
        for kind in self.q.children:
            naam, _waarde = cast("tuple[str, Any]", kind)
            pad = _relatiepad(model, naam)
            if pad:
                q &= Q(**{f"{pad}__pk__isnull": False})
        return q

    def sql(self, alle: QuerySet[Any]) -> Any:
        """Return this word as a condition on the outer Traject row; `alle` is an unfiltered queryset."""
        rijen = alle.filter(self.volledig(alle.model), pk=OuterRef("pk"))
        if self.aantal > 1:
            rijen = rijen.values("pk").annotate(n=Count("*")).filter(n__gte=self.aantal).values("pk")
        return ~Exists(rijen) if self.minder else Exists(rijen)


def model_van(model: Any, pad: str) -> Any:
    """The model at the end of a path of relations: 'verslagen__gesprekken' from Traject -> Gesprek."""
    for deel in pad.split("__"):
        model = _veld(model, deel).related_model
    return model


def _veld(model: Any, deel: str) -> Any:
    return next((v for v in model._meta.get_fields(include_hidden=True) if _zoeknaam(v) == deel), None)


def _relatiepad(model: type[Model], naam: str) -> str:
    """The leading relations of a lookup, joined: 'verslagen__meningen__gegeven_om__isnull' -> 'verslagen__meningen'."""
    delen = naam.split("__")
    pad: list[str] = []
    for nummer, deel in enumerate(delen):
        veld = _veld(model, deel)
        if veld is None or not veld.is_relation or delen[nummer + 1 :] in ([], ["isnull"]):
            break
        pad.append(deel)
        model = veld.related_model
    return "__".join(pad)


def _zoeknaam(veld: Any) -> str:
    return veld.field.related_query_name() if veld.auto_created and not veld.concrete else veld.name


def er_is(**q: Any) -> Voorwaarde:
    return Voorwaarde(Q(**q), 1)


def geen(**q: Any) -> Voorwaarde:
    return Voorwaarde(Q(**q), 1, minder=True)


def minstens(n: int, **q: Any) -> Voorwaarde:
    return Voorwaarde(Q(**q), n)


def minder_dan(n: int, **q: Any) -> Voorwaarde:
    return Voorwaarde(Q(**q), n, minder=True)


def en(voorwaarden: Iterable[Voorwaarde], alle: QuerySet[Any]) -> Q:
    """All words as one Q over the outer Traject row."""
    q = Q()
    for voorwaarde in voorwaarden:
        q &= Q(voorwaarde.sql(alle))
    return q
