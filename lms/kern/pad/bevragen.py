"""The derivation as questions to the database, straight from the facts. Lists read the stored print instead."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db.models import BooleanField, Case, ExpressionWrapper, IntegerField, Q, QuerySet, Value, When

from lms.kern.pad.beurten import BEURTEN
from lms.kern.pad.stappen import GECERTIFICEERD, NA_DE_ACHT, STAPPEN, VAN_VOOR_HET_SYSTEEM, VERVOLG, Stap
from lms.kern.pad.voorwaarden import en

if TYPE_CHECKING:  # a mixin of querysets: for who reads the types it is one itself
    _Vragen = QuerySet[Any, Any]
else:
    _Vragen = object


def _gedaan(stap: Stap, alle: QuerySet[Any]) -> Q:
    feit = en(stap.feit, alle)
    return feit | en(stap.anders, alle) if stap.anders else feit


def _waar(q: Q) -> ExpressionWrapper:
    return ExpressionWrapper(q, output_field=BooleanField())


class TrajectStappen(_Vragen):
    """Queryset mixin: the derivation, straight from the facts. Lists read the stored print instead."""

    def _alle(self) -> QuerySet[Any]:
        return self.model._base_manager.all()

    def met_afgeleide_stap(self) -> Self:
        alle = self._alle()
        stap = Case(
            When(GECERTIFICEERD.sql(alle), then=Value(NA_DE_ACHT)),
            When(VAN_VOOR_HET_SYSTEEM.sql(alle), then=Value(NA_DE_ACHT)),
            *[When(~_gedaan(s, alle), then=Value(s.nr)) for s in STAPPEN],
            default=Value(NA_DE_ACHT),
            output_field=IntegerField(),
        )
        return self.annotate(afgeleid=stap)

    def met_tikken(self) -> Self:
        """Annotate gedaan_1 … gedaan_8 and verder_1 … verder_5.

        For the few rows on a page; `tikken_van` asks the same without building it anew.
        """
        alle = self._alle()
        tikken = {f"gedaan_{s.nr}": _waar(_gedaan(s, alle)) for s in STAPPEN}
        return self.annotate(**tikken, **{f"verder_{s.nr}": _waar(_gedaan(s, alle)) for s in VERVOLG})

    def met_beurten_van(self, stappen: Collection[int]) -> Self:
        alle = self._alle()
        return self.annotate(
            **{f"beurt_{b.code}": _waar(en(b.als, alle)) for b in BEURTEN if set(b.stappen) & set(stappen)}
        )
