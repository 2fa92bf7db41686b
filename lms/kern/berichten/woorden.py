"""What a kind of message is called in the lists of the bureau: as the person reads it, without the names and
numbers in its subject.
"""

from lms.kern.models import Bericht
from lms.kern.pad.beurten import PER_CODE

ACCOUNTMAIL = "Mail over inloggen of bevestigen"
ANDERS = "Bericht"
WOORDEN = {
    "aanbod": "Er is een plek voor je",
    "aanmelding_ontvangen": "We hebben je brief en cv",
    "afgelast": "Een datum gaat niet door",
    "afgelast_trainer": "Een groep van je gaat niet door",
    "afgemeld": "Je bent afgemeld",
    "plek_vrij": "Je plek is weer vrij",
    "afgerond": "Dank je wel",
    "agendadag": "Een dag voor in je agenda",
    "agenda_afgelast": "Een bijeenkomst gaat niet door",
    "agenda_afgemeld": "Je bent afgemeld",
    "agenda_geplaatst": "Je hebt een plek",
    "agenda_herinnering": "Binnenkort zien we je",
    "agenda_verplaatst": "Een bijeenkomst is veranderd",
    "agenda_wachtlijst": "Je staat op de wachtlijst",
    "belangstelling_nieuw": "Er zijn nieuwe bijeenkomsten",
    "besluit_blijft": "Een besluit blijft staan",
    "besluit_blijft_bureau": "Een besluit blijft staan",
    "besluit_teruggenomen": "Een besluit is teruggenomen",
    "besluit_teruggenomen_bureau": "Een besluit is teruggenomen",
    "besluit_vervallen": "Iets wat we eerder zeiden, geldt niet meer",
    "blijft_liggen": "Er blijft iets liggen",
    "bewaren_ingetrokken": "We bewaren je gegevens niet langer",
    "brief_voor_je": "Er is een brief voor je",
    "teruggekomen": "Iemand kwam terug met een nieuwe brief",
    "certificaat": "Je certificaat staat klaar",
    "certificaat_intern": "Er is een nieuwe Eigen Kracht-coördinator",
    "conferentie_terug": "Een conferentie heeft iemand anders nodig",
    "dagbericht": "Bericht van de dag voor het team",
    "duwtje": "Er wacht een verslag op je reactie",
    "evaluatie_klaar": "De evaluatie van je conferentie is afgerond",
    "geplaatst": "Je hebt een plek",
    "gereageerd": "Je trainers hebben gereageerd",
    "gesprek_afgezegd": "Het gesprek gaat niet door op het afgesproken moment",
    "gesprek_afgezegd_trainer": "Een gesprek gaat niet door op het afgesproken moment",
    "gesprek_gepland": "Het gesprek staat gepland",
    "gesprek_gepland_trainer": "Een kandidaat koos een moment",
    "dag_afgelast": "De dag die je zou inhalen, gaat niet door",
    "dag_verplaatst": "De dag die je inhaalt, is veranderd",
    "gestopt": "Je bent gestopt",
    "gewist": "Je gegevens zijn gewist",
    "groep_compleet": "Een groep van je is compleet",
    "herinner": "Denk je hieraan?",
    "herinner_2": "Kunnen we je helpen met je verslag?",
    "herinnering": "Binnenkort zien we je",
    "inhaaldag": "We hebben een nieuwe dag voor je",
    "nieuwe_data": "Er zijn nieuwe data",
    "ontheven": "Je hoeft niet meer te reageren op een verslag",
    "opdracht_beantwoord": "Er is een antwoord op je thuisopdracht",
    "papieren_gewist": "We hebben papieren van je gewist",
    "praten": "We willen graag met je praten over je verslag",
    "regio_overgenomen": "Je bent regiomanager van een regio",
    "samen_ja": "Jullie zeggen samen: het past",
    "samen_ja_regio_af": "Een kandidaat in je regio kan toch nog niet beginnen",
    "samen_ja_regio": "Een kandidaat in je regio kan straks beginnen",
    "scope_geregistreerd": "Je keuze na EK2 staat in het register",
    "te_laat": "De afgesproken dag is voorbij",
    "terugnemen_voorgesteld": "Trainers kijken opnieuw naar een besluit",
    "trainer_eraf": "Je traint een groep niet meer",
    "trainer_erbij": "Je traint een groep",
    "trainervraag_antwoord": "Het bureau antwoordde op je vraag",
    "trainers_stil": "Een kandidaat wacht langer dan beloofd op de trainers",
    "verplaatst": "Een bijeenkomst is veranderd",
    "verplaatst_trainer": "Een groep van je is veranderd",
    "verslag_ontvangen": "Je verslag is aangekomen",
    "wacht_heel_lang": "Iemand in je regio wacht heel lang op een conferentie",
    "wacht_lang": "Iemand in je regio wacht lang op een conferentie",
    "wachtlijst": "Je staat op de wachtlijst",
    "medewerker_welkom": "Welkom bij de Eigen Kracht-opleiding",
    "toegang_adres_wijzigen": "Je e-mailadres is veranderd",
    "toegang_blokkeren": "Je kunt nu niet inloggen",
    "toegang_deblokkeren": "Je kunt weer inloggen",
    "toegang_oud_adres": "Je e-mailadres is veranderd",
    "toegang_tweede_stap_weg": "Je tweede stap is weggehaald",
    "toegang_voorgesteld": "Er is iets gevraagd over hoe je inlogt",
}


def in_woorden(bericht: Bericht) -> str:
    """The kind of a Bericht for people: its subject once it was sent, else words of this table.

    Of mail with a code or link only that it is that.
    """
    if bericht.voorrang:
        return WOORDEN.get(bericht.soort, ACCOUNTMAIL)
    aanzet = PER_CODE.get(bericht.soort.removeprefix("beurt_"))
    return bericht.onderwerp or WOORDEN.get(bericht.soort) or (aanzet.taak if aanzet else ANDERS)
