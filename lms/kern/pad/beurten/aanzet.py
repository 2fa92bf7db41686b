"""What a turn is: everything about it stands in its row."""

from dataclasses import dataclass

from lms.kern.pad.voorwaarden import Voorwaarde

KANDIDAAT, TRAINER, REGIOMANAGER, BUREAU = "kandidaat", "trainer", "regiomanager", "bureau"


@dataclass(frozen=True)
class Pagina:
    """The page where a turn is done: the name of its address, and what the address names.

    `met`: "" nothing, "traject", "feit" the row the turn is about, "dag" the group and number of that day, "vraag" the
    row after a question mark.
    """

    naam: str
    met: str = ""


@dataclass(frozen=True)
class Mensen:
    """People of a role who are not named in the turn itself: `pad` leads to them from a Traject for which `waar`."""

    pad: str
    waar: Voorwaarde


@dataclass(frozen=True)
class Aanzet:
    """A turn.

    `als`: the words that must all hold. `persoon`, `vanaf` and `feit` (the row it is about) are paths, read along the
    FIRST of them: every row found is a turn of its own. `wie`: whom to mail when no person is named. `termijn`: the
    setting of its term in days, counted from `vanaf` or the day it began; without one `geen_termijn` says why.
    `paginas`: {role: Pagina}. `taak`: what who is at turn reads; `knop`: the button in a worklist; `kaart`: (button,
    sentence) of the candidate's first card; `wacht`: what the candidate reads while another is at turn ("" = nothing),
    `belooft`: whether the day of the term is named with it.
    """

    code: str
    stappen: tuple[int, ...]
    rollen: tuple[str, ...]
    als: tuple[Voorwaarde, ...]
    taak: str
    paginas: dict[str, Pagina]
    persoon: str = ""
    vanaf: str = ""
    feit: str = ""
    wie: Mensen | None = None
    termijn: str = ""
    geen_termijn: str = ""
    wacht: str = ""
    belooft: bool = True
    knop: str = ""
    kaart: tuple[str, ...] = ()
    mail: bool = True
    vooraf: bool = False  # its message goes at once, also when its day is still to come
    presentie: bool = False  # done at the roll call, for everybody of that day together
    gesprek: bool = False  # part of the conversation of step 7
    training: str = "EK1"  # of which training a trainer does this


def mijn(naam: str, met: str = "") -> dict[str, Pagina]:
    """The page of the candidate."""
    return {KANDIDAAT: Pagina(naam, met)}
