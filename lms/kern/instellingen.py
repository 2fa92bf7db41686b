"""The settings of the training: code, default value, unit and label. One home per value; the bureau changes them."""

import datetime as dt

from django.utils import timezone

from lms.kern.models import Instelling

GROET = "Groet,\n{medewerker}\nEigen Kracht Centrale"
UITNODIGEN = (
    "Dag {voornaam},\n\nDank je wel voor je brief en cv. We hebben ze gelezen.\n"
    "We nodigen je graag uit voor een informatiebijeenkomst. Daar hoor je wat het werk is. Je kunt alles "
    "vragen. Je zit nog nergens aan vast.\n\n"
    f"{{bijeenkomst}}\n\nHeb je een vraag? Bel ons gerust.\n\n{GROET}"
)
VRAGEN = (
    "Dag {voornaam},\n\nDank je wel voor je aanmelding. We hebben nog een vraag aan je.\n\n{vraag}\n\n"
    f"Een paar zinnen is genoeg. {{antwoorden}} Bellen mag ook.\n\n{GROET}"
)
BELLEN = (
    "Dag {voornaam},\n\nDank je wel voor je brief en cv. We bellen je graag. Dan maken we kennis en kijken we "
    "samen hoe het verdergaat.\n\n"
    f"Komt een dag of tijd je goed uit? Laat het ons weten.\n\n{GROET}"
)

VOG = (
    "Het bureau vraagt de VOG voor je aan. Je krijgt daarna een mail van Justis, de dienst die de VOG geeft. In die "
    "mail staat wat je moet doen. De VOG komt met de post, meestal binnen een paar weken. Laat hem daarna zien aan "
    "het bureau: op een bijeenkomst, of als je langskomt."
)

STANDAARD = {
    # terms in calendar days
    "bureau_antwoordt": (10, "dagen", "Het bureau antwoordt op een aanmelding"),
    "aanvullen": (14, "dagen", "Een kandidaat vult de aanmelding aan"),
    "bijeenkomst_kiezen": (21, "dagen", "Een kandidaat kiest een informatiebijeenkomst"),
    "deelnamebesluit": (14, "dagen", "Een kandidaat kiest: doe ik mee?"),
    "verslag": (14, "dagen", "Een verslag na de laatste trainingsdag"),
    "trainers_reageren": (14, "dagen", "Trainers reageren op een verslag"),
    "verslag_herinnering": (14, "dagen", "Eerste herinnering aan een verslag, na de termijn"),
    "verslag_herinnering_2": (28, "dagen", "Tweede herinnering aan een verslag, na de termijn"),
    "trainers_duwtje": (10, "dagen", "Herinnering aan trainers bij een verslag"),
    "uitstel": (7, "dagen", "Past een beloofde dag niet: zoveel later noemen we een nieuwe dag"),
    "trainers_escalatie": (15, "dagen", "Het bureau hoort dat trainers nog niet reageerden"),
    "gesprek_kiezen": (7, "dagen", "Een kandidaat kiest een moment voor een gesprek"),
    "momenten_voorstellen": (7, "dagen", "Trainers stellen momenten voor een gesprek voor"),
    "gesprek_opschrijven": (3, "dagen", "Trainers schrijven een gesprek op, na de dag van het gesprek"),
    "overleg": (7, "dagen", "Trainers overleggen met elkaar over een verslag"),
    "klopt_dit": (5, "dagen", "Trainers en kandidaat zeggen of het klopt, na een gesprek"),
    "instemmen_terugnemen": (5, "dagen", "Trainers zeggen of ze een besluit samen terugnemen"),
    "trainer_erbij": (7, "dagen", "Het bureau vraagt een derde trainer bij een verslag"),
    "afronden_bevestigen": (14, "dagen", "Een kandidaat rondt het traject zelf af"),
    "onafhankelijkheid": (7, "dagen", "Een kandidaat bevestigt onafhankelijk te zijn"),
    "vog": (28, "dagen", "De VOG is gezien"),
    "evaluatie_bevestigen": (14, "dagen", "Elke stap van een evaluatie, ook kijken of de conferentie meetelt"),
    "vierwekencontact_afronden": (14, "dagen", "Het contact na een conferentie opschrijven"),
    "scopeverslag_reactie": (14, "dagen", "Trainers reageren op het verslag na EK2"),
    "vierwekencontact": (28, "dagen", "Contact na een conferentie"),
    "concept_aanmelding": (30, "dagen", "Een niet verstuurde aanmelding bewaren"),
    "laat_afmelden": (7, "dagen", "Afmelden is laat binnen"),
    "belangstelling_bevestigen": (7, "dagen", "Een niet bevestigd adres voor nieuwe data bewaren"),
    "bewaren": (28, "dagen", "Bewaren na een afgesloten traject"),
    "bewaren_met_toestemming": (365, "dagen", "Bewaren na een afgesloten traject, met toestemming"),
    "bewaren_brief": (28, "dagen", "Brief en cv bewaren na de registratie"),
    "bewaren_verslag": (365, "dagen", "Verslag, reacties en gesprekken bewaren na de registratie"),
    "bewaren_evaluatie": (730, "dagen", "Evaluatie bewaren na de registratie, en een verslag na EK2 na het register"),
    "bewaren_journaal": (7, "jaar", "Naam, mails en logboek bewaren na het einde van de registratie"),
    # mail
    "mail_vanaf": (8, "uur", "Vanaf dit uur gaat er mail uit, en gaat het dagbericht van het team uit"),
    "mail_tot": (21, "uur", "Na dit uur gaat er geen mail meer uit"),
    # signals to people; never a consequence by itself
    "wachten_conferentie": (90, "dagen", "Signaal: wacht op een conferentie"),
    "wachten_conferentie_2": (180, "dagen", "Tweede signaal: wacht op een conferentie"),
    "tweede_conferentie": (6, "maanden", "Signaal: nog geen tweede conferentie"),
    "tweede_conferentie_2": (12, "maanden", "Tweede signaal: nog geen tweede conferentie"),
    # numbers
    "groep_minimaal": (6, "personen", "Kleinste groep"),
    "groep_maximaal": (14, "personen", "Grootste groep"),
    "bellen_na": (2, "keer", "Bellen na niet verschijnen"),
    "trainers_per_verslag": (2, "trainers", "Minste aantal trainers per verslag"),
    "hint_voorbeelden": (5, "voorbeelden", "Zoveel voorbeelden noemen we mooi"),
    "bestand_mb": (10, "MB", "Grootste bestand"),
    "bestanden_per_persoon": (200, "bestanden", "Meeste bestanden van één persoon"),
    "mb_per_persoon": (400, "MB", "Meeste ruimte voor de bestanden van één persoon"),
    "mb_zonder_traject": (2000, "MB", "Meeste ruimte voor bestanden bij niet verstuurde aanmeldingen, per dag"),
    "vrije_plek": (3, "dagen", "Antwoorden op een vrije plek"),
    "vrije_plek_kort": (1, "dagen", "Antwoorden op een vrije plek in de laatste week"),
    # off or empty unless EKC decides otherwise
    "nu_nog_niet": (False, "aan of uit", "Antwoord 'nu nog niet' op een aanmelding"),
    "brief_uitnodigen": (UITNODIGEN, "tekst", "Brief: uitnodigen voor een informatiebijeenkomst"),
    "brief_vragen": (VRAGEN, "tekst", "Brief: een vraag over een aanmelding"),
    "brief_bellen": (BELLEN, "tekst", "Brief: we bellen je graag"),
    "kosten_training": ("", "tekst", "Tekst over de kosten van de training"),
    "vog_uitleg": (VOG, "tekst", "Uitleg over de VOG: wie vraagt hem aan, wat kost het, hoe lang duurt het"),
    "welkom_digitaal": ("", "tekst", "Regel op de welkomstpagina over digitale middelen"),
    "klachtenregeling": ("https://www.eigen-kracht.nl", "adres", "Adres van de klachtenregeling"),
}


MINSTENS = {"trainers_per_verslag": 2}  # nobody decides alone


def instelling(code: str):
    """Return the value of setting `code` that holds now. Raises KeyError for an unknown code."""
    standaard = STANDAARD[code][0]
    rij = Instelling.objects.filter(code=code).order_by("-sinds", "-pk").values_list("waarde", flat=True).first()
    return standaard if rij is None else rij


def nieuwe_dag(beloofd: dt.date) -> dt.date | None:
    """The day to name when `beloofd` has come: the first later one in steps of the setting "uitstel". None while the
    promise stands.

    "Vóór" a day means through the day before, so on the day itself it is late (regels §11).
    """
    te_laat = (timezone.localdate() - beloofd).days
    if te_laat < 0:
        return None
    stap = max(instelling("uitstel"), 1)
    return beloofd + dt.timedelta(days=stap * (te_laat // stap + 1))
