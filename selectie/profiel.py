"""How the report is laid out on screen: its parts, three points a page, and what is done of it."""

from dataclasses import dataclass

from lms.kern.onthouden import Onthouden
from selectie.models import Antwoord, Keuze, Profieltekst

PER_PAGINA = 3
Groep = Profieltekst.Groep
SCHAALKEUZES = [
    (k.value, k.label) for k in (Keuze.PAST_NIET, Keuze.BEETJE, Keuze.GOED, Keuze.HEEL_GOED, Keuze.WEET_NIET)
]
FEITKEUZES = [(k.value, k.label) for k in (Keuze.JA, Keuze.NOG_NIET)]
TWIJFEL = (Keuze.NOG_NIET, Keuze.WEET_NIET, Keuze.PAST_NIET, Keuze.BEETJE)


@dataclass(frozen=True)
class Deel:
    """A part of the report: its address, title and the group of the profile it walks along ("" = the closing
    answer).
    """

    code: str
    titel: str
    groep: str = ""
    velden: tuple = ()
    per_pagina: int = PER_PAGINA

    @property
    def is_schaal(self):
        return self.groep in (Groep.OVERTUIGINGEN, Groep.VERMOGENS)

    @property
    def heeft_punten(self):
        return bool(self.groep) and not self.velden


DELEN = (
    Deel("wie-je-bent", "Wie je bent", Groep.OVERTUIGINGEN),
    Deel("wat-je-kunt", "Wat je kunt", Groep.VERMOGENS),
    Deel("wat-je-gaat-doen", "Wat je gaat doen", Groep.TAKEN, velden=("taken_tekst",)),
    Deel("praktisch", "Praktisch", Groep.PRAKTISCH, per_pagina=5),
    Deel("jouw-antwoord", "Jouw antwoord", velden=("conclusie", "waarom")),
)
PER_CODE = {deel.code: deel for deel in DELEN}


# the newest wording of every item: it changes with a release, and an answer keeps the wording it was given to
actuele_teksten = Onthouden(lambda: tuple(Profieltekst.objects.actueel()), seconden=60)


def teksten_per_deel():
    """{deel code: [Profieltekst, …]} with the newest wording, in the order of the folder."""
    teksten = actuele_teksten()
    return {
        deel.code: sorted((t for t in teksten if t.groep == deel.groep), key=lambda t: t.volgorde) for deel in DELEN
    }


def paginas(deel, teksten):
    """The pages of a part: lists of texts, at least one page."""
    if not deel.heeft_punten:
        return [teksten]
    return [teksten[n : n + deel.per_pagina] for n in range(0, len(teksten), deel.per_pagina)] or [[]]


@dataclass
class Voortgang:
    """How far a report is: per part done and total, examples, and the first page with something open."""

    delen: list
    punten_klaar: int
    punten: int
    voorbeelden: int
    verder: tuple
    leeg: list

    @property
    def minuten(self):
        """A rough guess of the minutes left, in fives: two minutes a point and five for the closing answer."""
        return max(5, round((self.punten - self.punten_klaar) * 2 / 5) * 5)


def _deel_klaar(deel, teksten, antwoorden, verslag):
    if deel.heeft_punten:
        return sum(1 for t in teksten if antwoorden.get(t.code, ("", ""))[0]), len(teksten)
    gevuld = sum(1 for veld in deel.velden if verslag and getattr(verslag, veld).strip())
    return gevuld, len(deel.velden)


def voortgang(verslag):
    """The Voortgang of a draft (or of None: nothing yet). Two queries."""
    per_deel = teksten_per_deel()
    rijen = verslag.antwoorden.values_list("profieltekst__code", "keuze", "tekst") if verslag else []
    antwoorden = {code: (keuze, tekst) for code, keuze, tekst in rijen}
    delen, verder, leeg = [], (), []
    for deel in DELEN:
        klaar, totaal = _deel_klaar(deel, per_deel[deel.code], antwoorden, verslag)
        delen.append({"deel": deel, "klaar": klaar, "totaal": totaal, "is_klaar": klaar == totaal})
        for nr, teksten in enumerate(paginas(deel, per_deel[deel.code]), 1):
            open_punten = [t for t in teksten if deel.heeft_punten and not antwoorden.get(t.code, ("", ""))[0]]
            leeg += [{"deel": deel, "nr": nr, "tekst": t} for t in open_punten]
            if not verder and (open_punten or not deel.heeft_punten and klaar < totaal):
                verder = (deel.code, nr)
    schaal = [d for d in delen if d["deel"].is_schaal]
    return Voortgang(
        delen=delen,
        punten_klaar=sum(d["klaar"] for d in schaal),
        punten=sum(d["totaal"] for d in schaal),
        voorbeelden=sum(1 for _, tekst in antwoorden.values() if tekst.strip()),
        verder=verder,
        leeg=leeg,
    )


def antwoorden_per_verslag(verslagen):
    """{pk: its answers with the wording that was answered, in the order of the folder}, in one query.

    None among `verslagen` is left out.
    """
    volgorde = {deel.groep: nr for nr, deel in enumerate(DELEN)}
    per_verslag = {verslag.pk: [] for verslag in verslagen if verslag}
    for antwoord in Antwoord.objects.filter(verslag__in=list(per_verslag)).select_related("profieltekst"):
        per_verslag[antwoord.verslag_id].append(antwoord)
    for rijen in per_verslag.values():
        rijen.sort(key=lambda a: (volgorde.get(a.profieltekst.groep, 9), a.profieltekst.volgorde))
    return per_verslag


def antwoorden_van(verslag):
    """The answers of one report, as in `antwoorden_per_verslag`."""
    return antwoorden_per_verslag([verslag])[verslag.pk]


def twijfel_eerst(antwoorden):
    """Doubt first: nog niet, weet ik nog niet, past niet, een beetje; then goed, heel goed and the facts that hold."""
    plek = {keuze: nr for nr, keuze in enumerate((*TWIJFEL, Keuze.GOED, Keuze.HEEL_GOED, Keuze.JA, ""))}
    return sorted(antwoorden, key=lambda a: plek.get(a.keuze, 9))
