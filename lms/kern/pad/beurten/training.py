"""Turns of a training: one description, used for EK1 (step 4) and for EK2 (after the certificate)."""

from lms.kern.pad.beurten.aanmelden import (
    HEEFT_AANBOD,
    HEEFT_EIGEN_DAG,
    WACHT_OP_PLEK,
    aanbod,
    op_wachtlijst,
    open_dag,
)
from lms.kern.pad.beurten.aanzet import BUREAU, KANDIDAAT, TRAINER, Aanzet, Mensen, Pagina, mijn
from lms.kern.pad.stappen import GECERTIFICEERD, GETELD
from lms.kern.pad.voorwaarden import Voorwaarde, er_is, geen, minstens

OVER_EK2 = "EK2 gaat over herstel en over een groep of buurt."


def trainers_van_groep(soort: str) -> Mensen:
    """The trainers of the group in which this person has a place."""
    return Mensen(
        "deelnames__uitvoering__trainerschappen__trainer",
        er_is(
            deelnames__soort=soort,
            deelnames__afgemeld_om__isnull=True,
            deelnames__uitvoering__trainerschappen__tot__isnull=True,
        ),
    )


def _gemist(soort: str) -> Voorwaarde:
    return er_is(
        aanwezigheden__soort=soort,
        aanwezigheden__resultaat__in=["nee", "deels"],
        aanwezigheden__geldt=True,
    )


def training(
    soort: str, stap: int, *, als_kiezen: tuple[Voorwaarde, ...], kiezen: str, volgen: str
) -> tuple[Aanzet, ...]:
    """The six turns of training `soort` in step `stap`.

    `als_kiezen`: when a group can be chosen; `kiezen` and `volgen`: the sentences of the first card.
    """
    code = soort.lower()
    return (
        Aanzet(
            f"{code}_kiezen",
            (stap,),
            (KANDIDAAT, BUREAU),
            als_kiezen,
            f"Kies een groep voor {soort}",
            mijn("mijn_training") | {BUREAU: Pagina("bureau_plaatsen", "traject")},
            geen_termijn="a group that fits may still have to be planned",
            knop="Geef een plek",
            kaart=("Kies een groep", kiezen),
        ),
        Aanzet(
            f"{code}_plaatsen",
            (stap,),
            (BUREAU,),
            (op_wachtlijst(soort),),
            f"Zoek een plek in {soort}",
            {BUREAU: Pagina("bureau_plaatsen", "traject")},
            geen_termijn=WACHT_OP_PLEK,
            wacht=f"Je staat op de wachtlijst voor {soort}. We mailen je als er een plek is.",
            knop="Geef een plek",
            mail=False,
        ),
        Aanzet(
            f"{code}_aannemen",
            (stap,),
            (KANDIDAAT,),
            (aanbod(soort),),
            f"Er is een plek voor je in {soort}",
            mijn("mijn_training"),
            geen_termijn=HEEFT_AANBOD,
            kaart=("Bekijk de plek", f"Je stond op de wachtlijst voor {soort}. Nu is er een plek vrij. Wil je hem?"),
            mail=False,
        ),
        Aanzet(
            f"{code}_volgen",
            (stap,),
            (KANDIDAAT,),
            (open_dag(soort),),
            f"Volg de training {soort}",
            mijn("mijn_training"),
            vanaf="aanwezigheden__bijeenkomst__begint_om__date",
            geen_termijn=HEEFT_EIGEN_DAG,
            kaart=("Bekijk de dagen", volgen),
            vooraf=True,
        ),
        Aanzet(
            f"{code}_aanwezigheid",
            (stap,),
            (TRAINER,),
            (open_dag(soort),),
            "Schrijf op wie er was",
            {TRAINER: Pagina("trainer_dag", "dag")},
            vanaf="aanwezigheden__bijeenkomst__begint_om__date",
            feit="aanwezigheden__bijeenkomst",
            geen_termijn=HEEFT_EIGEN_DAG,
            mail=False,
            presentie=True,
            training=soort,
        ),
        Aanzet(
            f"{code}_inhalen",
            (stap,),
            (BUREAU,),
            (_gemist(soort),),
            "Plan een gemiste dag in",
            {BUREAU: Pagina("bureau_plaatsen", "traject")},
            feit="aanwezigheden",
            geen_termijn=WACHT_OP_PLEK,
            wacht="Je hebt een dag gemist. We zoeken een nieuwe dag voor je.",
            knop="Plan de dag",
            mail=False,
        ),
    )


EK1 = (
    *training(
        "EK1",
        4,
        als_kiezen=(geen(deelnames__soort="EK1", deelnames__afgemeld_om__isnull=True),),
        kiezen="De training duurt drie dagen. Kies de groep die jou past.",
        volgen="De training duurt drie dagen. Lees de lessen vooraf, of erna. Dat mag je zelf weten.",
    ),
    Aanzet(
        "samen_uitzoeken",
        (5,),
        (KANDIDAAT, TRAINER),
        (
            er_is(aanwezigheden__soort="EK1", aanwezigheden__resultaat__in=["ja", "deels", "deels_telt"]),
            geen(uitzoeknotities__isnull=False),
        ),
        "Schrijf een korte notitie van een gesprek",
        mijn("mijn_notities") | {TRAINER: Pagina("trainer_notitie", "traject")},
        geen_termijn="a note is a help, never a condition",
        knop="Schrijf notitie",
        kaart=(
            "Schrijf een notitie",
            "Praat met je trainers: past dit werk bij jou? Schrijf kort op waar het over ging.",
        ),
        mail=False,
    ),
)
EK2 = training(
    "EK2",
    9,
    als_kiezen=(
        GECERTIFICEERD,
        minstens(2, **GETELD),
        er_is(registratie__standen__stand="geregistreerd", registratie__standen__tot__isnull=True),
        geen(deelnames__soort="EK2", deelnames__afgemeld_om__isnull=True),
        geen(aanwezigheden__soort="EK2"),
    ),
    kiezen=f"{OVER_EK2} De training duurt drie dagen.",
    volgen=OVER_EK2,
)
