"""Search in the lessons: every word must be there, ö is found with o, and only what somebody may open is looked at."""

import re
from dataclasses import dataclass
from functools import lru_cache

from cursus.leestijd import leestekst
from cursus.models import CursusPagina, DagPagina, LesPagina
from cursus.models.lessen import leesstand
from lms.kern.zoeken import vouw

MEESTE = 30


@dataclass
class Treffer:
    """A lesson that was found, or a day with its sheets; with its course, its day and the sentence that says why."""

    les: LesPagina | DagPagina
    cursus: CursusPagina
    dag: object
    zin: str
    in_titel: bool


@lru_cache(maxsize=512)
def _zinnen(pk, wanneer, tekst):
    """[(sentence, folded sentence)] of a lesson; folding is slow, so it is kept per published version."""
    zinnen = [" ".join(zin.split()) for zin in re.split(r"(?<=[.?!:])\s+|\n", tekst)]
    return tuple((zin, vouw(zin)) for zin in zinnen if zin)


def _tekst(les):
    return "\n".join(leestekst(les))


def _treffer(les, woorden, cursus, dag):
    zinnen = _zinnen(les.pk, les.last_published_at, _tekst(les))
    alles = " ".join(gevouwen for _, gevouwen in zinnen)
    if not all(woord in alles for woord in woorden):
        return None
    titel = vouw(les.title)
    beste = max(zinnen[1:] or zinnen, key=lambda paar: sum(woord in paar[1] for woord in woorden))
    return Treffer(les, cursus, dag, beste[0], all(woord in titel for woord in woorden))


def zoek_in_lessen(vraag, toegang):
    """The lessons with all words of `vraag`, those with it in the title first, as Treffer; at most MEESTE.

    The same number of queries however many lessons.
    """
    woorden = vouw(vraag).split()
    gevonden = []
    for cursus in CursusPagina.objects.live().order_by("path") if woorden else []:
        if toegang.cursus_dicht(cursus.soort):
            continue
        stand = leesstand(cursus.soort, toegang)
        van = {les.pk: dag for dag, lessen in stand["dagen"] for les in lessen if not les.dicht}
        for les in LesPagina.objects.filter(pk__in=van).order_by("path"):
            gevonden.append(_treffer(les, woorden, cursus, van[les.pk]))
        gevonden += [_treffer(dag, woorden, cursus, dag) for dag, _ in stand["dagen"] if not dag.dicht]
    gevonden = [treffer for treffer in gevonden if treffer]
    return sorted(gevonden, key=lambda treffer: not treffer.in_titel)[:MEESTE]
