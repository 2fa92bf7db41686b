"""Where a turn leads, and the words of the first card. The roof may name every page below."""

from django.urls import reverse

from cursus.models import Aanwezigheid
from lms.kern.models import Rol
from selectie.models import Gesprek, Verslag

# code -> {role: (url name, what the address needs)}; what it needs is looked up in WAARMEE
_DAG = ("trainer_dag", "dag")
PLEK = {
    "aanmelding_beantwoorden": {Rol.BUREAU: ("bureau_aanmelding", "traject")},
    "aanmelding_aanvullen": {Rol.KANDIDAAT: ("mijn_aanvullen", "")},
    "even_bellen": {Rol.BUREAU: ("bureau_bellen", "traject")},
    "bijeenkomst_kiezen": {Rol.KANDIDAAT: ("mijn_bijeenkomst", "")},
    "bijeenkomst_plaatsen": {Rol.BUREAU: ("bureau_plaatsen", "traject")},
    "bijeenkomst_bijwonen": {Rol.KANDIDAAT: ("mijn_bijeenkomst", "")},
    "informatie_aanwezigheid": {Rol.BUREAU: _DAG},
    "plek_aannemen": {Rol.KANDIDAAT: ("mijn_bijeenkomst", "")},
    "ek1_aannemen": {Rol.KANDIDAAT: ("mijn_training", "")},
    "ek2_aannemen": {Rol.KANDIDAAT: ("mijn_training", "")},
    "deelname_kiezen": {Rol.KANDIDAAT: ("mijn_keuze", "")},
    "deelname_later": {Rol.KANDIDAAT: ("mijn_keuze", "")},
    "ek1_kiezen": {Rol.KANDIDAAT: ("mijn_training", ""), Rol.BUREAU: ("bureau_plaatsen", "traject")},
    "ek1_plaatsen": {Rol.BUREAU: ("bureau_plaatsen", "traject")},
    "ek1_volgen": {Rol.KANDIDAAT: ("mijn_training", "")},
    "ek1_aanwezigheid": {Rol.TRAINER: _DAG},
    "ek1_inhalen": {Rol.BUREAU: ("bureau_plaatsen", "traject")},
    "samen_uitzoeken": {Rol.KANDIDAAT: ("mijn_notities", ""), Rol.TRAINER: ("trainer_notitie", "traject")},
    "verslag_schrijven": {Rol.KANDIDAAT: ("mijn_verslag", "")},
    "mening_geven": {Rol.TRAINER: ("trainer_verslag", "verslag")},
    "overleggen": {Rol.TRAINER: ("trainer_verslag", "verslag")},
    "gesprek_voorstellen": {Rol.TRAINER: ("trainer_gesprek", "gesprek")},
    "moment_kiezen": {Rol.KANDIDAAT: ("mijn_besluit", "")},
    "gesprek_houden": {Rol.TRAINER: ("trainer_gesprek", "gesprek")},
    "afronden_bevestigen": {Rol.KANDIDAAT: ("mijn_besluit", "")},
    "vog_zien": {Rol.BUREAU: ("bureau_poort", "traject")},
    "onafhankelijk_verklaren": {Rol.KANDIDAAT: ("mijn_poort", "")},
    "conferentie_vragen": {Rol.REGIOMANAGER: ("regio_conferentie_vragen", "traject")},
    "conferentie_houden": {Rol.KANDIDAAT: ("mijn_conferenties", "")},
    "conferentie_tellen": {Rol.REGIOMANAGER: ("regio_conferentie", "te_tellen")},
    "nazorg_doen": {Rol.KANDIDAAT: ("mijn_conferenties", "")},
    "evaluatie_kandidaat": {Rol.KANDIDAAT: ("mijn_conferenties", "")},
    "evaluatie_regiomanager": {Rol.REGIOMANAGER: ("regio_evaluatie", "te_evalueren")},
    "evaluatie_gesprek": {Rol.REGIOMANAGER: ("regio_evaluatie", "te_evalueren")},
    "evaluatie_akkoord": {Rol.KANDIDAAT: ("mijn_conferenties", "")},
    "evaluatie_afronden": {Rol.REGIOMANAGER: ("regio_evaluatie", "te_evalueren")},
    "conferentie_opnieuw": {Rol.REGIOMANAGER: ("regio_conferentie_vragen", "traject")},
    "evaluatie_past_niet": {Rol.KANDIDAAT: ("mijn_conferenties", "")},
    "tweede_conferentie": {Rol.REGIOMANAGER: ("regio_conferentie_vragen", "traject")},
    "ek2_kiezen": {Rol.KANDIDAAT: ("mijn_training", ""), Rol.BUREAU: ("bureau_plaatsen", "traject")},
    "ek2_plaatsen": {Rol.BUREAU: ("bureau_plaatsen", "traject")},
    "ek2_volgen": {Rol.KANDIDAAT: ("mijn_training", "")},
    "ek2_aanwezigheid": {Rol.TRAINER: _DAG},
    "ek2_inhalen": {Rol.BUREAU: ("bureau_plaatsen", "traject")},
    "scopeverslag_schrijven": {Rol.KANDIDAAT: ("mijn_verslag_ek2", "")},
    "scopeverslag_beantwoorden": {Rol.TRAINER: ("trainer_scopeverslag", "scopeverslag")},
    "scope_registreren": {Rol.BUREAU: ("bureau_scope", "traject")},
}


def _dag(beurt):
    rij = Aanwezigheid.objects.filter(
        traject=beurt.traject_id, resultaat="", vervangen_door=None, bijeenkomst__isnull=False
    )
    rij = rij.select_related("bijeenkomst").order_by("bijeenkomst__begint_om").first()
    return (rij.bijeenkomst.uitvoering_id, rij.nr) if rij else None


def _verslag(beurt):
    rij = Verslag.objects.lopend().filter(traject=beurt.traject_id, verstuurd_om__isnull=False).first()
    return (rij.pk,) if rij else None


def _gesprek(beurt):
    rij = Gesprek.objects.filter(verslag__traject=beurt.traject_id, gehouden_om=None, vervallen_om=None).first()
    return (rij.pk,) if rij else None


def _conferentie(**feit):
    def zoek(beurt):
        rij = beurt.traject.conferenties.filter(**feit).order_by("-pk").first()
        return (rij.pk,) if rij else None

    return zoek


def _scopeverslag(beurt):
    rij = beurt.traject.scopeverslagen.filter(geregistreerd_om=None).first()
    return (rij.pk,) if rij else None


WAARMEE = {
    "": lambda beurt: (),
    "traject": lambda beurt: (beurt.traject_id,),
    "dag": _dag,
    "verslag": _verslag,
    "gesprek": _gesprek,
    "te_tellen": _conferentie(telt_mee=None),
    "te_evalueren": _conferentie(evaluatie__uitkomst=""),
    "scopeverslag": _scopeverslag,
}


def adres_van(beurt):
    """The page where this turn is done. None when the facts moved on in the meantime."""
    naam, nodig = PLEK[beurt.code][beurt.rol]
    argumenten = WAARMEE[nodig](beurt)
    return None if argumenten is None else reverse(naam, args=argumenten)


# The button of a worklist row: verb and object
KNOP = {
    "aanmelding_beantwoorden": "Lees brief en cv",
    "even_bellen": "Schrijf gesprek op",
    "bijeenkomst_plaatsen": "Geef een plek",
    "ek1_kiezen": "Geef een plek",
    "ek1_plaatsen": "Geef een plek",
    "ek1_inhalen": "Plan de dag",
    "samen_uitzoeken": "Schrijf notitie",
    "mening_geven": "Lees verslag",
    "overleggen": "Bekijk meningen",
    "gesprek_voorstellen": "Plan gesprek",
    "gesprek_houden": "Schrijf gesprek op",
    "vog_zien": "Leg VOG vast",
    "conferentie_vragen": "Vraag coördinator",
    "conferentie_tellen": "Bekijk conferentie",
    "evaluatie_regiomanager": "Kijk terug",
    "evaluatie_gesprek": "Schrijf gesprek op",
    "evaluatie_afronden": "Rond evaluatie af",
    "conferentie_opnieuw": "Vraag coördinator",
    "tweede_conferentie": "Vraag coördinator",
    "ek2_kiezen": "Geef een plek",
    "ek2_plaatsen": "Geef een plek",
    "ek2_inhalen": "Plan de dag",
    "scopeverslag_beantwoorden": "Lees verslag",
    "scope_registreren": "Pas register aan",
}


# What the first card of a candidate says besides the task itself: (button, sentence)
KAART = {
    "aanmelding_aanvullen": (
        "Lees en vul aan",
        "We hebben nog een vraag over je aanmelding. Een paar zinnen is genoeg.",
    ),
    "bijeenkomst_kiezen": (
        "Kies een bijeenkomst",
        "Kom kennismaken. Je hoort wat het werk is en je kunt alles vragen.",
    ),
    "bijeenkomst_bijwonen": ("Bekijk de bijeenkomst", "Je hoort wat het werk is en je kunt alles vragen."),
    "plek_aannemen": ("Bekijk de plek", "Je stond op de wachtlijst. Nu is er een plek vrij. Wil je hem?"),
    "ek1_aannemen": ("Bekijk de plek", "Je stond op de wachtlijst voor EK1. Nu is er een plek vrij. Wil je hem?"),
    "ek2_aannemen": ("Bekijk de plek", "Je stond op de wachtlijst voor EK2. Nu is er een plek vrij. Wil je hem?"),
    "deelname_kiezen": ("Maak je keuze", "Je was bij de informatiebijeenkomst. Wil je de training volgen? Jij kiest."),
    "deelname_later": ("Maak je keuze", "Je wilde later kiezen. Wil je de training nu volgen?"),
    "ek1_kiezen": ("Kies een groep", "De training duurt drie dagen. Kies de groep die jou past."),
    "ek1_volgen": (
        "Bekijk de dagen",
        "De training duurt drie dagen. Lees de lessen vooraf, of erna. Dat mag je zelf weten.",
    ),
    "samen_uitzoeken": (
        "Schrijf een notitie",
        "Praat met je trainers: past dit werk bij jou? Schrijf kort op waar het over ging.",
    ),
    "verslag_schrijven": (
        "Ga verder met je verslag",
        "Past dit werk bij jou? Je loopt langs het profiel van de coördinator en geeft je eigen antwoord.",
    ),
    "moment_kiezen": ("Kies een moment", "We willen graag met je praten over je verslag."),
    "afronden_bevestigen": ("Bekijk en rond af", "Lees wat je trainers schreven. Daarna rond je je traject af."),
    "onafhankelijk_verklaren": ("Bevestig dit", "Voor je eerste conferentie bevestig je dat je onafhankelijk bent."),
    "conferentie_houden": (
        "Naar je conferentie",
        "Bereid de conferentie voor. Schrijf daarna kort op hoe het ging, zonder namen.",
    ),
    "nazorg_doen": ("Naar je conferentie", "Na vier weken vraag je een paar mensen hoe het met het plan gaat."),
    "evaluatie_kandidaat": ("Kijk terug", "Wat ging goed? Wat doe je volgende keer anders?"),
    "evaluatie_akkoord": ("Lees de evaluatie", "Jij en je regiomanager praatten samen. Lees wat er is opgeschreven."),
    "evaluatie_past_niet": ("Bekijk en rond af", "Lees wat jullie afspraken. Daarna rond je je traject af."),
    "ek2_kiezen": ("Kies een groep", "EK2 gaat over herstel en over een groep of buurt. De training duurt drie dagen."),
    "ek2_volgen": ("Bekijk de dagen", "EK2 gaat over herstel en over een groep of buurt."),
    "scopeverslag_schrijven": (
        "Schrijf je verslag",
        "Welke conferenties passen bij jou? Je geeft zelf antwoord op twee vragen.",
    ),
}
