"""The eight steps in the folder's own numbering, and what follows after them: evaluatie … scopeverslag."""

from dataclasses import dataclass

from lms.kern.pad.voorwaarden import Voorwaarde, er_is, geen, minstens


@dataclass(frozen=True)
class Stap:
    """A step: done when all of `feit` holds, or all of `anders` where that is given."""

    nr: int
    code: str
    titel: str
    feit: tuple[Voorwaarde, ...]
    anders: tuple[Voorwaarde, ...] = ()
    open_naast: tuple[int, ...] = ()  # later steps whose turns are open at the same time


GELDIG = {"herroepen_om__isnull": True}


def geldig(pad: str) -> dict[str, bool]:
    return {f"{pad}__{naam}": waarde for naam, waarde in GELDIG.items()}


def training(soort: str) -> tuple[Voorwaarde, ...]:
    """All required days of a training attended, made up or waived (folder, steps 4 and EK2)."""
    return (
        er_is(aanwezigheden__soort=soort),
        geen(
            aanwezigheden__soort=soort,
            aanwezigheden__resultaat__in=["", "deels", "nee"],
            aanwezigheden__geldt=True,
        ),
    )


VERSTUURD = {"verslagen__verstuurd_om__isnull": False, "verslagen__teruggehaald_om__isnull": True}
GETELD = {"conferenties__telt_mee": True, "conferenties__variant": "familie"}
GECERTIFICEERD = er_is(certificaten__einde="")
VAN_VOOR_HET_SYSTEEM = er_is(certificaten__herkomst="ouder")  # never in step 1, not even after the certificate ended

STAPPEN = (
    Stap(1, "aanmelding", "Brief en cv sturen", (er_is(aanmelding__antwoord="uitnodigen"),)),
    Stap(
        2,
        "informatie",
        "Informatiebijeenkomst",
        (er_is(aanwezigheden__soort="informatie", aanwezigheden__resultaat__in=["ja", "deels_telt", "vrijgesteld"]),),
    ),
    Stap(3, "keuze", "Kiezen: doe ik mee?", (er_is(deelnamebesluiten__keuze="ja", **geldig("deelnamebesluiten")),)),
    Stap(4, "ek1", "Training EK1", training("EK1"), open_naast=(5,)),
    Stap(
        5,
        "uitzoeken",
        "Samen uitzoeken of het past",
        (er_is(uitzoeknotities__isnull=False),),
        anders=(er_is(**VERSTUURD),),
        open_naast=(6,),
    ),
    Stap(6, "verslag", "Verslag schrijven", (er_is(**VERSTUURD, verslagen__afgerond_om__isnull=True),)),
    Stap(
        7,
        "besluit",
        "Samen besluiten",
        (er_is(verslagen__besluiten__vervolg="poort", **geldig("verslagen__besluiten")),),
    ),
    Stap(8, "conferentie", "Je eerste conferentie", (er_is(conferenties__telt_mee=True),)),
)
NA_DE_ACHT = 9
VERVOLG = (
    Stap(1, "evaluatie", "Evaluatie", (er_is(conferenties__evaluatie__uitkomst="positief"),), anders=(GECERTIFICEERD,)),
    Stap(2, "certificaat", "Certificaat en registratie", (GECERTIFICEERD,)),
    Stap(3, "tweede", "Tweede conferentie", (minstens(2, **GETELD),)),
    Stap(4, "ek2", "Training EK2", training("EK2")),
    Stap(5, "scope", "Waarvoor je conferenties organiseert", (er_is(scopeverslagen__geregistreerd_om__isnull=False),)),
)


def open_stappen(stap: int) -> tuple[int, ...]:
    """The steps whose turns are open when `stap` is the first one not done: 4 opens 5, 5 opens 6."""
    naast = next((s.open_naast for s in STAPPEN if s.nr == stap), ())
    return (stap, *naast)
