"""Whose turn it is: one row is one turn. Rows of Beurt are its print, written by `afleiding` only."""

from dataclasses import dataclass

from lms.kern.pad.stappen import GECERTIFICEERD, GETELD, VERSTUURD, geldig, training
from lms.kern.pad.voorwaarden import er_is, geen, minder_dan, minstens

KANDIDAAT, TRAINER, REGIOMANAGER, BUREAU = "kandidaat", "trainer", "regiomanager", "bureau"


@dataclass(frozen=True)
class Aanzet:
    """A turn. `persoon` and `vanaf` are read along the FIRST word of `als`. `termijn` names the setting of its term in
    days.

    `taak` is what who is at turn reads; `wacht` what the candidate reads while another is at turn ("" = nothing).
    """

    code: str
    stappen: tuple
    rollen: tuple
    als: tuple
    taak: str
    persoon: str = ""
    vanaf: str = ""
    termijn: str = ""
    wacht: str = ""
    mail: bool = True


def _open_dag(soort):
    return er_is(aanwezigheden__soort=soort, aanwezigheden__resultaat="", aanwezigheden__vervangen_door__isnull=True)


def _aanbod(soort):
    """A freed place is on offer to this person and waits for an answer."""
    return er_is(deelnames__soort=soort, deelnames__aanbod_tot__isnull=False)


def _gemist(soort):
    return er_is(
        aanwezigheden__soort=soort,
        aanwezigheden__resultaat__in=["nee", "deels"],
        aanwezigheden__vervangen_door__isnull=True,
    )


LOPEND = {"verslagen__afgerond_om__isnull": True, "verslagen__teruggehaald_om__isnull": True}
GEVRAAGD = {**LOPEND, "verslagen__meningen__ontheven_om__isnull": True}
OPEN_GESPREK = {
    **LOPEND,
    "verslagen__gesprekken__gehouden_om__isnull": True,
    "verslagen__gesprekken__vervallen_om__isnull": True,
}
OPEN_CONFERENTIE = {"conferenties__telt_mee__isnull": True}
OPEN_EVALUATIE = {"conferenties__evaluatie__uitkomst": ""}

OPEN_VRAAG = {"aanmeldbrieven__soort": "vragen", "aanmeldbrieven__beantwoord_om__isnull": True}
BELVERZOEK = {"belnotities__gesproken_op__isnull": True}
LEZEN = "Je trainers lezen je verslag."
PRATEN = "We willen graag met je praten over je verslag."
POORT = (
    er_is(poortpunten__punt="vog", **geldig("poortpunten")),
    er_is(poortpunten__punt="onafhankelijk", **geldig("poortpunten")),
)

BEURTEN = (
    # 1-3: aanmelden, informatiebijeenkomst, eigen keuze
    Aanzet(
        "aanmelding_beantwoorden",
        (1,),
        (BUREAU,),
        (er_is(aanmelding__antwoord__in=["", "nu_nog_niet"]), geen(**OPEN_VRAAG)),
        "Beantwoord de aanmelding",
        termijn="bureau_antwoordt",
        wacht="Wij lezen je brief en cv.",
    ),
    Aanzet(
        "aanmelding_aanvullen", (1,), (KANDIDAAT,), (er_is(**OPEN_VRAAG),), "Vul je aanmelding aan", termijn="aanvullen"
    ),
    Aanzet(
        "bijeenkomst_kiezen",
        (2,),
        (KANDIDAAT,),
        (geen(deelnames__soort="informatie", deelnames__afgemeld_om__isnull=True), geen(**BELVERZOEK)),
        "Kies een informatiebijeenkomst",
        termijn="bijeenkomst_kiezen",
    ),
    Aanzet(
        "even_bellen",
        (2,),
        (BUREAU,),
        (er_is(**BELVERZOEK),),
        "Bel even",
        wacht="We hebben je gemist bij de informatiebijeenkomst. We bellen je graag.",
        mail=False,
    ),
    Aanzet(
        "bijeenkomst_plaatsen",
        (2,),
        (BUREAU,),
        (
            er_is(
                deelnames__soort="informatie",
                deelnames__afgemeld_om__isnull=True,
                deelnames__geplaatst_om__isnull=True,
                deelnames__aanbod_tot__isnull=True,
            ),
        ),
        "Zoek een plek op een informatiebijeenkomst",
        wacht="Je staat op de wachtlijst. We mailen je als er een plek is.",
        mail=False,
    ),
    Aanzet("plek_aannemen", (2,), (KANDIDAAT,), (_aanbod("informatie"),), "Er is een plek voor je", mail=False),
    Aanzet(
        "bijeenkomst_bijwonen",
        (2,),
        (KANDIDAAT,),
        (_open_dag("informatie"),),
        "Kom naar de informatiebijeenkomst",
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
        mail=False,
    ),
    Aanzet(
        "informatie_aanwezigheid",
        (2,),
        (BUREAU,),
        (_open_dag("informatie"),),
        "Schrijf op wie er was",
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
        mail=False,
    ),
    Aanzet(
        "deelname_kiezen",
        (3,),
        (KANDIDAAT,),
        (geen(**geldig("deelnamebesluiten")),),
        "Kies: doe ik mee?",
        termijn="deelnamebesluit",
    ),
    Aanzet(
        "deelname_later",
        (3,),
        (KANDIDAAT,),
        (er_is(deelnamebesluiten__keuze="later", **geldig("deelnamebesluiten")),),
        "Kies opnieuw: doe ik mee?",
        vanaf="deelnamebesluiten__terug_op",
    ),
    # 4-5: EK1 en samen uitzoeken
    Aanzet(
        "ek1_kiezen",
        (4,),
        (KANDIDAAT, BUREAU),
        (geen(deelnames__soort="EK1", deelnames__afgemeld_om__isnull=True),),
        "Kies een groep voor EK1",
    ),
    Aanzet(
        "ek1_plaatsen",
        (4,),
        (BUREAU,),
        (
            er_is(
                deelnames__soort="EK1",
                deelnames__afgemeld_om__isnull=True,
                deelnames__geplaatst_om__isnull=True,
                deelnames__aanbod_tot__isnull=True,
            ),
        ),
        "Zoek een plek in EK1",
        wacht="Je staat op de wachtlijst voor EK1. We mailen je als er een plek is.",
        mail=False,
    ),
    Aanzet("ek1_aannemen", (4,), (KANDIDAAT,), (_aanbod("EK1"),), "Er is een plek voor je in EK1", mail=False),
    Aanzet(
        "ek1_volgen",
        (4,),
        (KANDIDAAT,),
        (_open_dag("EK1"),),
        "Volg de training EK1",
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
    ),
    Aanzet(
        "ek1_aanwezigheid",
        (4,),
        (TRAINER,),
        (_open_dag("EK1"),),
        "Schrijf op wie er was",
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
        mail=False,
    ),
    Aanzet(
        "ek1_inhalen",
        (4,),
        (BUREAU,),
        (_gemist("EK1"),),
        "Plan een gemiste dag in",
        wacht="Je hebt een dag gemist. We zoeken een nieuwe dag voor je.",
        mail=False,
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
        mail=False,
    ),
    # 6-7: verslag, mening, gesprek, besluit
    Aanzet(
        "verslag_schrijven",
        (6,),
        (KANDIDAAT,),
        (geen(**VERSTUURD, verslagen__afgerond_om__isnull=True),),
        "Schrijf je verslag",
        termijn="verslag",
    ),
    Aanzet(
        "mening_geven",
        (7,),
        (TRAINER,),
        (er_is(**GEVRAAGD, verslagen__meningen__gegeven_om__isnull=True),),
        "Lees en reageer op het verslag",
        persoon="verslagen__meningen__trainer",
        termijn="trainers_reageren",
        wacht=LEZEN,
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
        persoon="verslagen__meningen__trainer",
        wacht=LEZEN,
    ),
    Aanzet(
        "gesprek_voorstellen",
        (7,),
        (TRAINER,),
        (er_is(**OPEN_GESPREK, verslagen__gesprekken__voorgesteld_om__isnull=True),),
        "Stel momenten voor een gesprek voor",
        wacht=PRATEN,
        mail=False,
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
        termijn="gesprek_kiezen",
    ),
    Aanzet(
        "gesprek_houden",
        (7,),
        (TRAINER,),
        (er_is(**OPEN_GESPREK, verslagen__gesprekken__moment_om__isnull=False),),
        "Houd het gesprek en schrijf het op",
        vanaf="verslagen__gesprekken__moment_om__date",
        wacht="Het gesprek over je verslag is gepland.",
        mail=False,
    ),
    Aanzet(
        "afronden_bevestigen",
        (7,),
        (KANDIDAAT,),
        (er_is(**LOPEND, verslagen__besluiten__vervolg="afronden", **geldig("verslagen__besluiten")),),
        "Rond je traject af",
    ),
    # 8: poort en eerste conferentie
    Aanzet(
        "vog_zien",
        (8,),
        (BUREAU,),
        (geen(poortpunten__punt="vog", **geldig("poortpunten")),),
        "Bekijk de VOG",
        wacht="We wachten op je VOG. Laat hem zien aan het bureau.",
        mail=False,
    ),
    Aanzet(
        "onafhankelijk_verklaren",
        (8,),
        (KANDIDAAT,),
        (geen(poortpunten__punt="onafhankelijk", **geldig("poortpunten")),),
        "Bevestig dat je onafhankelijk bent",
    ),
    Aanzet(
        "conferentie_vragen",
        (8,),
        (REGIOMANAGER,),
        (*POORT, geen(**OPEN_CONFERENTIE)),
        "Vraag deze coördinator voor een eerste conferentie",
        wacht="Je regiomanager zoekt een eerste conferentie voor je.",
    ),
    Aanzet(
        "conferentie_houden",
        (8, 9),
        (KANDIDAAT,),
        (er_is(**OPEN_CONFERENTIE, conferenties__vastgelegd_om__isnull=True),),
        "Bereid de conferentie voor en schrijf op hoe het ging",
    ),
    Aanzet(
        "conferentie_tellen",
        (8, 9),
        (REGIOMANAGER,),
        (er_is(**OPEN_CONFERENTIE, conferenties__vastgelegd_om__isnull=False),),
        "Kijk of de conferentie meetelt",
        wacht="Je regiomanager bekijkt je conferentie.",
    ),
    Aanzet(
        "nazorg_doen",
        (8, 9),
        (KANDIDAAT,),
        (er_is(conferenties__nazorg_vanaf__isnull=False, conferenties__nazorg_op__isnull=True),),
        "Vraag na vier weken hoe het met het plan gaat",
        vanaf="conferenties__nazorg_vanaf",
    ),
    # 9: evaluatie, certificaat, tweede conferentie, EK2, scopeverslag
    Aanzet(
        "evaluatie_kandidaat",
        (9,),
        (KANDIDAAT,),
        (er_is(**OPEN_EVALUATIE, conferenties__evaluatie__kandidaat_om__isnull=True),),
        "Kijk terug op je conferentie",
    ),
    Aanzet(
        "evaluatie_regiomanager",
        (9,),
        (REGIOMANAGER,),
        (er_is(**OPEN_EVALUATIE, conferenties__evaluatie__regiomanager_om__isnull=True),),
        "Kijk terug op de conferentie",
        wacht="Je regiomanager kijkt terug op je conferentie.",
    ),
    Aanzet(
        "evaluatie_gesprek",
        (9,),
        (REGIOMANAGER,),
        (
            er_is(
                **OPEN_EVALUATIE,
                conferenties__evaluatie__kandidaat_om__isnull=False,
                conferenties__evaluatie__regiomanager_om__isnull=False,
                conferenties__evaluatie__gesprek_op__isnull=True,
            ),
        ),
        "Houd het evaluatiegesprek en schrijf het op",
        wacht="Jij en je regiomanager praten samen over de conferentie.",
    ),
    Aanzet(
        "evaluatie_akkoord",
        (9,),
        (KANDIDAAT,),
        (
            er_is(
                **OPEN_EVALUATIE,
                conferenties__evaluatie__gesprek_op__isnull=False,
                conferenties__evaluatie__akkoord_om__isnull=True,
            ),
        ),
        "Lees de evaluatie en zeg of je het ermee eens bent",
    ),
    Aanzet(
        "evaluatie_afronden",
        (9,),
        (REGIOMANAGER,),
        (er_is(**OPEN_EVALUATIE, conferenties__evaluatie__akkoord_om__isnull=False),),
        "Rond de evaluatie af",
        wacht="Je regiomanager rondt de evaluatie af.",
    ),
    Aanzet(
        "conferentie_opnieuw",
        (9,),
        (REGIOMANAGER,),
        (
            er_is(conferenties__evaluatie__uitkomst="nog_niet"),
            geen(**OPEN_EVALUATIE),
            geen(**OPEN_CONFERENTIE),
            geen(certificaten__einde=""),
            geen(conferenties__evaluatie__uitkomst="past_niet"),
        ),
        "Vraag deze kandidaat voor nog een conferentie",
        wacht="Je regiomanager zoekt nog een conferentie voor je, met extra steun.",
    ),
    Aanzet(
        "evaluatie_past_niet",
        (9,),
        (KANDIDAAT,),
        (er_is(conferenties__evaluatie__uitkomst="past_niet"), geen(certificaten__einde="")),
        "Rond je traject af",
    ),
    Aanzet(
        "tweede_conferentie",
        (9,),
        (REGIOMANAGER,),
        (GECERTIFICEERD, minder_dan(2, **GETELD), geen(**OPEN_CONFERENTIE)),
        "Vraag deze coördinator voor een tweede conferentie",
        wacht="Je regiomanager zoekt een tweede conferentie voor je.",
    ),
    Aanzet(
        "ek2_kiezen",
        (9,),
        (KANDIDAAT, BUREAU),
        (
            GECERTIFICEERD,
            minstens(2, **GETELD),
            er_is(registratie__standen__stand="geregistreerd", registratie__standen__tot__isnull=True),
            geen(deelnames__soort="EK2", deelnames__afgemeld_om__isnull=True),
            geen(aanwezigheden__soort="EK2"),
        ),
        "Kies een groep voor EK2",
    ),
    Aanzet(
        "ek2_plaatsen",
        (9,),
        (BUREAU,),
        (
            er_is(
                deelnames__soort="EK2",
                deelnames__afgemeld_om__isnull=True,
                deelnames__geplaatst_om__isnull=True,
                deelnames__aanbod_tot__isnull=True,
            ),
        ),
        "Zoek een plek in EK2",
        wacht="Je staat op de wachtlijst voor EK2. We mailen je als er een plek is.",
        mail=False,
    ),
    Aanzet("ek2_aannemen", (9,), (KANDIDAAT,), (_aanbod("EK2"),), "Er is een plek voor je in EK2", mail=False),
    Aanzet(
        "ek2_volgen",
        (9,),
        (KANDIDAAT,),
        (_open_dag("EK2"),),
        "Volg de training EK2",
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
    ),
    Aanzet(
        "ek2_aanwezigheid",
        (9,),
        (TRAINER,),
        (_open_dag("EK2"),),
        "Schrijf op wie er was",
        vanaf="aanwezigheden__bijeenkomst__begint_om__date",
        mail=False,
    ),
    Aanzet(
        "ek2_inhalen",
        (9,),
        (BUREAU,),
        (_gemist("EK2"),),
        "Plan een gemiste dag in",
        wacht="Je hebt een dag gemist. We zoeken een nieuwe dag voor je.",
        mail=False,
    ),
    Aanzet(
        "scopeverslag_schrijven",
        (9,),
        (KANDIDAAT,),
        (*training("EK2"), geen(scopeverslagen__verstuurd_om__isnull=False)),
        "Schrijf je verslag na EK2",
    ),
    Aanzet(
        "scopeverslag_beantwoorden",
        (9,),
        (TRAINER,),
        (
            er_is(scopeverslagen__verstuurd_om__isnull=False, scopeverslagen__geregistreerd_om__isnull=True),
            geen(scopeverslagen__geregistreerd_om__isnull=True, scopeverslagen__reacties__isnull=False),
        ),
        "Reageer op het verslag na EK2",
        termijn="scopeverslag_reactie",
        mail=False,
    ),
    Aanzet(
        "scope_registreren",
        (9,),
        (BUREAU,),
        (er_is(scopeverslagen__verstuurd_om__isnull=False, scopeverslagen__geregistreerd_om__isnull=True),),
        "Zet in het register waarvoor iemand conferenties organiseert",
        wacht="We hebben je verslag. We passen het register aan.",
        mail=False,
    ),
)
PER_CODE = {beurt.code: beurt for beurt in BEURTEN}
