"""Turns of steps 6-7: report, views, conversation, decision."""

from lms.kern.pad.beurten.aanzet import KANDIDAAT, TRAINER, Aanzet, Mensen, Pagina, mijn
from lms.kern.pad.stappen import VERSTUURD, geldig
from lms.kern.pad.voorwaarden import er_is, geen

LOPEND = {"verslagen__afgerond_om__isnull": True, "verslagen__teruggehaald_om__isnull": True}
GEVRAAGD = {**LOPEND, "verslagen__meningen__ontheven_om__isnull": True}
OPEN_GESPREK = {
    **LOPEND,
    "verslagen__gesprekken__gehouden_om__isnull": True,
    "verslagen__gesprekken__vervallen_om__isnull": True,
}
UITGEPRAAT = ["poort", "nieuw_verslag", "afronden"]  # who was asked after this was said, has nothing to add
LEZEN = "Je trainers lezen je verslag."
PRATEN = "We willen graag met je praten over je verslag."
GEVRAAGDEN = Mensen("verslagen__meningen__trainer", er_is(**GEVRAAGD))

VERSLAG = (
    Aanzet(
        "verslag_schrijven",
        (6,),
        (KANDIDAAT,),
        (geen(**VERSTUURD, verslagen__afgerond_om__isnull=True),),
        "Schrijf je verslag",
        mijn("mijn_verslag"),
        termijn="verslag",
        kaart=(
            "Ga verder met je verslag",
            "Past dit werk bij jou? Je loopt langs het profiel van de coördinator en geeft je eigen antwoord.",
        ),
    ),
    Aanzet(
        "mening_geven",
        (7,),
        (TRAINER,),
        (
            er_is(**GEVRAAGD, verslagen__meningen__gegeven_om__isnull=True),
            geen(**LOPEND, **geldig("verslagen__besluiten"), verslagen__besluiten__vervolg__in=UITGEPRAAT),
        ),
        "Lees en reageer op het verslag",
        {TRAINER: Pagina("trainer_verslag", "feit")},
        persoon="verslagen__meningen__trainer",
        feit="verslagen",
        termijn="trainers_reageren",
        wacht=LEZEN,
        knop="Lees verslag",
    ),
    Aanzet(
        "overleggen",
        (7,),
        (TRAINER,),
        (
            er_is(**GEVRAAGD),
            geen(**GEVRAAGD, verslagen__meningen__gegeven_om__isnull=True),
            geen(**LOPEND, **geldig("verslagen__besluiten")),
        ),
        "Overleg met elkaar",
        {TRAINER: Pagina("trainer_verslag", "feit")},
        persoon="verslagen__meningen__trainer",
        feit="verslagen",
        termijn="overleg",
        wacht=LEZEN,
        knop="Bekijk meningen",
    ),
    Aanzet(
        "gesprek_voorstellen",
        (7,),
        (TRAINER,),
        (er_is(**OPEN_GESPREK, verslagen__gesprekken__voorgesteld_om__isnull=True),),
        "Stel momenten voor een gesprek voor",
        {TRAINER: Pagina("trainer_gesprek", "feit")},
        feit="verslagen__gesprekken",
        wie=GEVRAAGDEN,
        termijn="momenten_voorstellen",
        wacht=PRATEN,
        knop="Plan gesprek",
        mail=False,
        gesprek=True,
    ),
    Aanzet(
        "moment_kiezen",
        (7,),
        (KANDIDAAT,),
        (
            er_is(
                **OPEN_GESPREK,
                verslagen__gesprekken__voorgesteld_om__isnull=False,
                verslagen__gesprekken__moment_om__isnull=True,
            ),
        ),
        "Kies een moment voor een gesprek",
        mijn("mijn_besluit"),
        feit="verslagen__gesprekken",
        termijn="gesprek_kiezen",
        kaart=("Kies een moment", "We willen graag met je praten over je verslag."),
        gesprek=True,
    ),
    Aanzet(
        "gesprek_houden",
        (7,),
        (TRAINER,),
        (er_is(**OPEN_GESPREK, verslagen__gesprekken__moment_om__isnull=False),),
        "Houd het gesprek en schrijf het op",
        {TRAINER: Pagina("trainer_gesprek", "feit")},
        vanaf="verslagen__gesprekken__moment_om__date",
        feit="verslagen__gesprekken",
        wie=GEVRAAGDEN,
        termijn="gesprek_opschrijven",
        wacht="Het gesprek over je verslag is gepland.",
        belooft=False,
        knop="Schrijf gesprek op",
        mail=False,
        gesprek=True,
    ),
    Aanzet(
        "afronden_bevestigen",
        (7,),
        (KANDIDAAT,),
        (er_is(**LOPEND, verslagen__besluiten__vervolg="afronden", **geldig("verslagen__besluiten")),),
        "Rond je traject af",
        mijn("mijn_besluit"),
        feit="verslagen",
        termijn="afronden_bevestigen",
        kaart=("Bekijk en rond af", "Lees wat je trainers schreven. Daarna rond je je traject af."),
    ),
)
