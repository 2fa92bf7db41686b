"""What messages are about: a row, and what must hold of it for the message to be true.

A message whose fact no longer holds is never sent; of several about one fact only the last is; who was told something
that no longer stands hears exactly that, once, and who was not told hears nothing. The tables stand in the apps
(settings.BERICHTEN).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from lms.kern.berichten.bronnen import uit_de_apps
from lms.kern.models import Bericht, Gebruiker, Traject
from lms.kern.models.berichten import BerichtQuerySet


@dataclass(frozen=True)
class Feit:
    """What the messages of one kind are about.

    `model`: label of the row whose number stands in Bericht.feit. `waar`: from the number of the reader to a Q that
    holds as long as the message is true. `reeks`: kinds of one name about one row follow each other, the last one
    counts. `zegt_alles`: kinds that, while unsent, will tell this change too. `af`: the kind that takes it back for who
    was told.
    """

    model: str
    waar: Callable[[int | None], Q]
    reeks: str = ""
    zegt_alles: tuple[str, ...] = ()
    af: str = ""
    niet: bool = False  # true when `waar` does not hold (never ~Q: over a relation it means something else)

    def geldig(self, aan: int | None, nummers: set[int]) -> set[int]:
        """Of these rows those of which it holds for this reader."""
        rijen = apps.get_model(self.model)._base_manager.filter(self.waar(aan), pk__in=nummers)
        gevonden = set(rijen.values_list("pk", flat=True))
        return nummers - gevonden if self.niet else gevonden

    def klopt(self, bericht: Bericht) -> bool:
        """Whether what the message says of its row holds."""
        rijen = apps.get_model(self.model)._base_manager.filter(self.waar(bericht.aan_id), pk=bericht.feit)
        return rijen.exists() != self.niet


def feiten() -> dict[str, Feit]:
    """{kind: Feit} of all apps."""
    return uit_de_apps("FEITEN")


@cache
def _reeks(soort: str) -> frozenset[str]:
    """The kinds that follow each other with this one."""
    eigen = feiten()[soort]
    zelfde = (s for s, f in feiten().items() if eigen.reeks and (f.reeks, f.model) == (eigen.reeks, eigen.model))
    return frozenset({soort, *zelfde})


@cache
def _met_af() -> dict[str, str]:
    """The kinds that are taken back, and the kinds that take back."""
    return {soort: feit.af for soort, feit in feiten().items() if feit.af}


def terugnemend() -> list[str]:
    """The kinds that take back what was told."""
    return list(_met_af().values())


def _over_hetzelfde(aan: int | None, soort: str, feit: int) -> BerichtQuerySet:
    return Bericht.objects.filter(aan=aan, feit=feit, soort__in=_reeks(soort), vervallen_om=None)


def is_achterhaald(bericht: Bericht) -> bool:
    """Whether the fact of this message no longer holds, or a later message tells it better. At most two questions."""
    feit = feiten().get(bericht.soort)
    if feit is None or not bericht.feit:
        return False
    later = _over_hetzelfde(bericht.aan_id, bericht.soort, bericht.feit).filter(pk__gt=bericht.pk)
    return not feit.klopt(bericht) or later.exists()


def plaats_maken(aan: Gebruiker, soort: str, nummer: int) -> bool:
    """Before a message of this kind is made: what was not sent about the same fact lapses.

    Returns False when one of those will tell it anyway.
    """
    feit = feiten().get(soort)
    if feit is None or not nummer:
        return True
    wacht = _over_hetzelfde(aan.pk, soort, nummer).filter(verstuurd_om=None, bezig_om=None)
    if feit.zegt_alles and wacht.filter(soort__in=feit.zegt_alles).exists():
        return False
    laten_vervallen(wacht)
    return True


def laten_vervallen(berichten: BerichtQuerySet) -> int:
    """These messages, a queryset, are true no more."""
    return berichten.filter(verstuurd_om=None).update(vervallen_om=timezone.now(), geheim="")


def nalopen(traject: Traject) -> None:
    """After something changed on this path: what waits and is true no more lapses, and what was told is taken back or
    told again. One question when nothing was ever told about a row of it that can be taken back.
    """
    paar = _met_af()
    verteld = {*paar, *paar.values()}
    alle = Bericht.objects.filter(traject=traject, vervallen_om=None, feit__gt=0).order_by("pk")
    rijen = [
        bericht
        for bericht in alle.values_list("pk", "aan_id", "soort", "feit", "verstuurd_om", named=True)
        if bericht.soort in verteld or bericht.verstuurd_om is None and bericht.soort in feiten()
    ]
    klopt = _kloppend(rijen)
    weg = [bericht.pk for bericht in rijen if bericht.verstuurd_om is None and bericht.pk not in klopt]
    if weg:
        laten_vervallen(Bericht.objects.filter(pk__in=weg, bezig_om=None))
    laatste: dict[tuple[int | None, int, str], Any] = {}
    for bericht in rijen:
        if bericht.pk not in weg and (bericht.soort in paar or bericht.soort in paar.values()):
            laatste[bericht.aan_id, bericht.feit, feiten()[bericht.soort].reeks] = bericht
    for bericht in laatste.values():
        if bericht.pk not in klopt:
            _tegendeel(Bericht.objects.select_related("aan").get(pk=bericht.pk), paar)


def _kloppend(rijen: Sequence[Any]) -> set[int]:
    """The numbers of the messages that are true. One question per kind and reader."""
    groepen: dict[tuple[str, int | None], list[Any]] = {}
    for bericht in rijen:
        groepen.setdefault((bericht.soort, bericht.aan_id), []).append(bericht)
    waar = set()
    for (soort, aan), deel in groepen.items():
        geldig = feiten()[soort].geldig(aan, {bericht.feit for bericht in deel})
        waar |= {bericht.pk for bericht in deel if bericht.feit in geldig}
    return waar


def _tegendeel(bericht: Bericht, paar: dict[str, str]) -> None:
    """Who was told this hears that it no longer stands; who was told that it did not hears that it does. Nothing when
    that is not so either: the day is past, or something else was told.
    """
    heen = {af: soort for soort, af in reversed(paar.items())}  # of several that are taken back alike the first
    soort = paar.get(bericht.soort) or heen[bericht.soort]
    if not feiten()[soort].geldig(bericht.aan_id, {bericht.feit}):
        return
    Bericht.objects.get_or_create(        sleutel=f"{soort}:{bericht.feit}:na-{bericht.pk}",
        defaults={
            "aan": bericht.aan, "traject": bericht.traject, "soort": soort, "feit": bericht.feit,
            "gegevens": bericht.gegevens,
            "bundelen": False,
        },
    )  # fmt: skip
