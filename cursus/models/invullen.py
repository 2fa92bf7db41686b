"""What can be written at a lesson: one field for the own note, one for every question and exercise of it."""

import html
import re
from dataclasses import dataclass, field

from lms.kern.afdruk import vingerafdruk

EIGEN = "n"  # the name of the field of the own note
VRAGEN = ("nadenkvraag", "opdracht")
TERUGBLIK = "terugblik"


@dataclass
class Invulveld:
    """One field at a lesson: the block it answers ("" = the own note), its name on the page, what is stored, and
    whether trainers see it.
    """

    vraag: str
    soort: str
    label: str
    vraagtekst: str = ""
    tekst: str = ""
    notitie: int | None = None
    gedeeld: bool = False
    fouten: list = field(default_factory=list)

    @property
    def naam(self):
        return f"a_{self.vraag}" if self.vraag else EIGEN


def _kaal(rijk):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", rijk)).split())


def vragen_van(les):
    """{block id: (kind, question as text)} of the questions and exercises of a lesson, in order; each question of a
    look back has an id of its own.
    """
    uit = {}
    for blok in les.inhoud.raw_data:
        if blok["type"] in VRAGEN and blok.get("id"):
            tekst = (
                _kaal(blok["value"].get("opdracht", ""))
                if blok["type"] == "opdracht"
                else blok["value"].get("vraag", "")
            )
            uit[blok["id"]] = (blok["type"], tekst[:300])
        elif blok["type"] == TERUGBLIK:
            for vraag in blok["value"].get("vragen", []):
                if isinstance(vraag, dict) and vraag.get("id"):
                    uit[vraag["id"]] = (TERUGBLIK, vraag["value"][:300])
    return uit


def invulvelden(les, notities):
    """The fields of a lesson with what stands in `notities` (rows of one person at this lesson), the own note last."""
    bewaard = {notitie.vraag: notitie for notitie in notities}
    velden = [
        Invulveld(blok, soort, tekst if soort == TERUGBLIK else "Jouw antwoord", tekst)
        for blok, (soort, tekst) in vragen_van(les).items()
    ]
    velden.append(Invulveld("", "notitie", "Mijn notitie bij deze les"))
    for veld in velden:
        notitie = bewaard.get(veld.vraag)
        if notitie:
            veld.tekst, veld.notitie, veld.gedeeld = notitie.tekst, notitie.pk, notitie.gedeeld_om is not None
    return velden


def basis_van(velden):
    """The print of what a page was made from."""
    return vingerafdruk({veld.naam: veld.tekst for veld in velden})


def les_invullen(les, traject, *, proef=False):
    """What a lesson page shows of the own writing, as context.

    Without a traject nothing, in a preview empty fields. At most two queries.
    """
    leeg = {"velden": {}, "eigen_notitie": None, "basis": "", "oude": [], "inlevering": None, "bewaard_om": None}
    if traject is None or les.pk is None:
        return leeg | (
            {"velden": {v.vraag: v for v in invulvelden(les, [])}, "eigen_notitie": invulvelden(les, [])[-1]}
            if proef
            else {}
        )
    notities = list(traject.lesnotities.filter(les=les.pk).order_by("pk"))
    velden = invulvelden(les, notities)
    namen = {veld.vraag for veld in velden}
    return {
        "velden": {veld.vraag: veld for veld in velden},
        "eigen_notitie": velden[-1],
        "basis": basis_van(velden),
        "oude": [notitie for notitie in notities if notitie.vraag not in namen and notitie.tekst],
        "bewaard_om": max((notitie.bewaard_om for notitie in notities), default=None),
        "inlevering": laatste_inlevering(les, traject) if les.thuis else None,
    }


def laatste_inlevering(les, traject):
    """The newest version of a home assignment that was not taken back, or None."""
    rijen = traject.inleveringen.filter(les=les.pk, teruggehaald_om=None)
    return rijen.select_related("bestand", "beantwoord_door").order_by("-versie").first()
