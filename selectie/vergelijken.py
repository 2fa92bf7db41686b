"""What changed between two versions of a report: per point and in the own texts. Reads, compares, writes nothing."""

from dataclasses import dataclass

from selectie.models import Keuze, Stelling

KLEIN = {k.value: k.label for k in Keuze}


@dataclass(frozen=True)
class Wijziging:
    """One thing that changed.

    `keuze`: (before, after) in words, or None; `tekst`: "nieuw", "anders", "weg" or ""; `voor`, `na`: the texts.
    """

    code: str
    titel: str
    keuze: tuple | None
    tekst: str
    voor: str
    na: str
    titel_voor: str = ""  # the wording that was answered then, when it is another


def _tekst(voor, na):
    if voor.strip() == na.strip():
        return ""
    return "nieuw" if not voor.strip() else "weg" if not na.strip() else "anders"


def _keuze(voor, na):
    return (KLEIN.get(voor, "nog niets gekozen"), KLEIN.get(na, "niets gekozen")) if voor != na else None


def vorige_versie(verslag, versies):
    """The sent version before `verslag` among `versies`, or None.

    A recalled one counts as not sent (invariant 5).
    """
    eerder = [v for v in versies if v.versie < verslag.versie and v.verstuurd_om and not v.teruggehaald_om]
    return max(eerder, key=lambda v: v.versie, default=None)


def _punt(voor, na):
    """The Wijziging of one point; `voor` or `na` is None where it was not answered. None when nothing changed."""
    keuze_voor, tekst_voor = (voor.keuze, voor.tekst) if voor else ("", "")
    keuze_na, tekst_na = (na.keuze, na.tekst) if na else ("", "")
    keuze, tekst = _keuze(keuze_voor, keuze_na), _tekst(tekst_voor, tekst_na)
    if not keuze and not tekst:
        return None
    nu, toen = (na or voor).profieltekst, (voor or na).profieltekst
    return Wijziging(nu.code, nu.je, keuze, tekst, tekst_voor, tekst_na, toen.je if toen.je != nu.je else "")


def punten(voor, na):
    """{code: Wijziging} of the answers of two versions (lists of Antwoord); points that stayed the same are not in
    it.
    """
    oud, nieuw = ({a.profieltekst.code: a for a in lijst} for lijst in (voor, na))
    codes = list(nieuw) + [code for code in oud if code not in nieuw]
    paren = {code: _punt(oud.get(code), nieuw.get(code)) for code in codes}
    return {code: wijziging for code, wijziging in paren.items() if wijziging}


def _stelling(verslag):
    return Stelling(verslag.conclusie).label if verslag.conclusie else "nog geen antwoord"


def slot(voor, na):
    """The Wijzigingen of the closing answer and of the paragraph about the tasks."""
    keuze = (_stelling(voor), _stelling(na)) if voor.conclusie != na.conclusie else None
    waarom, taken = _tekst(voor.waarom, na.waarom), _tekst(voor.taken_tekst, na.taken_tekst)
    rijen = (
        [Wijziging("slot", "Past dit werk bij jou?", keuze, waarom, voor.waarom, na.waarom)] if keuze or waarom else []
    )
    if taken:
        rijen.append(
            Wijziging("taken", "Zie je jezelf deze taken doen?", None, taken, voor.taken_tekst, na.taken_tekst)
        )
    return rijen
