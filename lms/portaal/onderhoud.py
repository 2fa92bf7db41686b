"""What the site does by itself, safe to run twice: the outbox and its digests, reminders and terms, new dates, old drafts."""

from cursus.handelingen import (
    agendaplekken_doorschuiven,
    belangstelling_melden,
    belangstelling_opruimen,
    belangstelling_versturen,
    groepen_compleet_melden,
    herinneringen_maken,
    nieuwe_data_melden,
    plekken_aanbieden,
    zorg_opruimen,
)
from lms.kern.berichten import dagberichten_maken, versturen
from lms.kern.handelingen import termijnen_bewaken
from selectie.handelingen import concepten_opruimen


def klaarzetten():
    """Make the messages that are due and clear old drafts. Returns what was done, by name."""
    return {
        "plekken aangeboden": plekken_aanbieden(),
        "herinneringen": herinneringen_maken(),
        "nieuwe data": nieuwe_data_melden(),
        "groepen compleet": groepen_compleet_melden(),
        "termijnen": termijnen_bewaken(),
        "dagberichten": dagberichten_maken(),
        "concepten opgeruimd": concepten_opruimen(),
        "agendaplekken doorgeschoven": agendaplekken_doorschuiven(),
        "nieuwe data voor belangstellenden": belangstelling_melden(),
        "niet bevestigde adressen gewist": belangstelling_opruimen(),
        "dieet en toegang gewist": zorg_opruimen(),
    }


def ronde():
    """One whole pass: make what is due, then send. Returns what was done, by name."""
    gedaan = klaarzetten()
    gedaan["verstuurd"], gedaan["later opnieuw"] = versturen()
    gedaan["verstuurd aan belangstellenden"] = belangstelling_versturen()
    return gedaan
