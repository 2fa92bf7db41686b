"""Turns of steps 1-3: apply, come to a meeting, choose."""

from lms.kern.pad.beurten.aanzet import BUREAU, KANDIDAAT, Aanzet, Pagina, mijn
from lms.kern.pad.stappen import geldig
from lms.kern.pad.voorwaarden import Voorwaarde, er_is, geen

OPEN_VRAAG = {"aanmeldbrieven__soort": "vragen", "aanmeldbrieven__beantwoord_om__isnull": True}
BELVERZOEK = {"belnotities__gesproken_op__isnull": True}
HEEFT_EIGEN_DAG = "the day of the meeting is its term"
WACHT_OP_PLEK = "it waits for a place, not for a person"
HEEFT_AANBOD = "the offer has its own term"


def open_dag(soort: str) -> Voorwaarde:
    return er_is(aanwezigheden__soort=soort, aanwezigheden__resultaat="", aanwezigheden__geldt=True)


def aanbod(soort: str) -> Voorwaarde:
    """A freed place is on offer to this person and waits for an answer."""
    return er_is(deelnames__soort=soort, deelnames__aanbod_tot__isnull=False)


def op_wachtlijst(soort: str) -> Voorwaarde:
    return er_is(
        deelnames__soort=soort,
        deelnames__afgemeld_om__isnull=True,
        deelnames__geplaatst_om__isnull=True,
        deelnames__aanbod_tot__isnull=True,
    )


AANMELDEN = (
    Aanzet(
        "aanmelding_beantwoorden",
        (1,),
        (BUREAU,),
        (er_is(aanmelding__antwoord__in=["", "nu_nog_niet"]), geen(**OPEN_VRAAG)),
        "Beantwoord de aanmelding",
        {BUREAU: Pagina("bureau_aanmelding", "traject")},
        termijn="bureau_antwoordt",
        wacht="Wij lezen je brief en cv.",
        knop="Lees brief en cv",
    ),
    Aanzet(
        "aanmelding_aanvullen",
        (1,),
        (KANDIDAAT,),
        (er_is(**OPEN_VRAAG),),
        "Vul je aanmelding aan",
        mijn("mijn_aanvullen"),
        termijn="aanvullen",
        kaart=("Lees en vul aan", "We hebben nog een vraag over je aanmelding. Een paar zinnen is genoeg."),
    ),
    Aanzet(
        "bijeenkomst_kiezen",
        (2,),
        (KANDIDAAT,),
        (geen(deelnames__soort="informatie", deelnames__afgemeld_om__isnull=True), geen(**BELVERZOEK)),
        "Kies een informatiebijeenkomst",
        mijn("mijn_bijeenkomst"),
        termijn="bijeenkomst_kiezen",
        kaart=("Kies een bijeenkomst", "Kom kennismaken. Je hoort wat het werk is en je kunt alles vragen."),
    ),
    Aanzet(
        "even_bellen",
        (2,),
        (BUREAU,),
        (er_is(**BELVERZOEK),),
        "Bel even",
        {BUREAU: Pagina("bureau_bellen", "traject")},
        geen_termijn="nobody was promised a call on a day",
        wacht="We hebben je gemist bij de informatiebijeenkomst. We bellen je graag.",
        knop="Schrijf gesprek op",
        mail=False,
    ),
    Aanzet(
        "bijeenkomst_plaatsen",
        (2,),
        (BUREAU,),
        (op_wachtlijst("informatie"),),
        "Zoek een plek op een informatiebijeenkomst",
        {BUREAU: Pagina("bureau_plaatsen", "traject")},
        geen_termijn=WACHT_OP_PLEK,
        wacht="Je staat op de wachtlijst. We mailen je als er een plek is.",
        knop="Geef een plek",
        mail=False,
    ),
    Aanzet(
        "plek_aannemen",
        (2,),
        (KANDIDAAT,),
        (aanbod("informatie"),),
        "Er is een plek voor je",
        mijn("mijn_bijeenkomst"),
        geen_termijn=HEEFT_AANBOD,
        kaart=("Bekijk de plek", "Je stond op de wachtlijst. Nu is er een plek vrij. Wil je hem?"),
        mail=False,
    ),
    Aanzet(
        "bijeenkomst_bijwonen",
        (2,),
        (KANDIDAAT,),
        (open_dag("informatie"),),
        "Kom naar de informatiebijeenkomst",
        mijn("mijn_bijeenkomst"),
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
        geen_termijn=HEEFT_EIGEN_DAG,
        kaart=("Bekijk de bijeenkomst", "Je hoort wat het werk is en je kunt alles vragen."),
        mail=False,
    ),
    Aanzet(
        "informatie_aanwezigheid",
        (2,),
        (BUREAU,),
        (open_dag("informatie"),),
        "Schrijf op wie er was",
        {BUREAU: Pagina("trainer_dag", "dag")},
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
        feit="aanwezigheden__bijeenkomst",
        geen_termijn=HEEFT_EIGEN_DAG,
        mail=False,
        presentie=True,
    ),
    Aanzet(
        "deelname_kiezen",
        (3,),
        (KANDIDAAT,),
        (geen(**geldig("deelnamebesluiten")),),
        "Kies: doe ik mee?",
        mijn("mijn_keuze"),
        termijn="deelnamebesluit",
        kaart=("Maak je keuze", "Je was bij de informatiebijeenkomst. Wil je de training volgen? Jij kiest."),
    ),
    Aanzet(
        "deelname_later",
        (3,),
        (KANDIDAAT,),
        (er_is(deelnamebesluiten__keuze="later", **geldig("deelnamebesluiten")),),
        "Kies opnieuw: doe ik mee?",
        mijn("mijn_keuze"),
        vanaf="deelnamebesluiten__terug_op",
        geen_termijn="the person chose the day",
        kaart=("Maak je keuze", "Je wilde later kiezen. Wil je de training nu volgen?"),
    ),
)
