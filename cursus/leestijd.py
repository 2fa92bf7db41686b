"""How long a lesson takes: what is read at the pace of plain Dutch, and what is done."""

import math
import re
from dataclasses import dataclass

WOORDEN_PER_MINUUT = 130  # reading with attention, at B1
OEFENEN = {"opdracht": 5, "nadenkvraag": 2, "oefenkaart": 1, "terugblik": 5}  # minutes beside the reading
THUISOPDRACHT = 15


@dataclass(frozen=True)
class Leestijd:
    """Minutes of reading (and listening or looking), and of doing what the lesson asks."""

    lezen: int
    oefenen: int

    @property
    def samen(self):
        return self.lezen + self.oefenen


def leestekst(pagina):
    """[text, …] of everything a reader of this lesson, or of the sheets of this day, reads; the title first."""
    stroom = pagina.inhoud if hasattr(pagina, "inhoud") else pagina.rollenspellen
    stukken = stroom.stream_block.get_searchable_content(stroom)
    return [pagina.title, pagina.inleiding, *(str(stuk) for stuk in stukken)]


def leestijd(les):
    """How long this lesson takes, from what stands in it now."""
    woorden = sum(len(re.findall(r"\w[\w’'-]*", stuk)) for stuk in leestekst(les))
    film = sum(int(blok.value.get("minuten") or 0) for blok in les.inhoud if blok.block_type in ("video", "geluid"))
    doen = [
        THUISOPDRACHT if les.thuis and blok.block_type == "opdracht" else OEFENEN.get(blok.block_type, 0)
        for blok in les.inhoud
    ]
    return Leestijd(math.ceil(woorden / WOORDEN_PER_MINUUT) + film, sum(doen))
