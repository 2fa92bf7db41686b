"""What the site does by itself, safe to run twice: the outbox and its digests, reminders and terms, new dates, old
drafts, and papers on the day that was promised.
"""

import logging

from cursus.handelingen import (
    agendaplekken_doorschuiven,
    belangstelling_melden,
    belangstelling_opruimen,
    groepen_compleet_melden,
    herinneringen_maken,
    nieuwe_data_melden,
    plekken_aanbieden,
    zorg_opruimen,
)
from lms.kern import bestanden, sessies
from lms.kern.berichten import accountmail_opruimen, dagberichten_maken, versturen
from lms.kern.handelingen import groepen_afmaken, termijnen_bewaken
from lms.kern.handelingen.kladjes import kladjes_opruimen
from lms.portaal.gezond import STIL_NA, ronde_noteren
from lms.portaal.handelingen import bewaartermijnen_wissen
from selectie.handelingen import concepten_opruimen, terugnemen_verlopen

logger = logging.getLogger(__name__)
TAKEN = {
    "plekken aangeboden": plekken_aanbieden,
    "herinneringen": herinneringen_maken,
    "nieuwe data": nieuwe_data_melden,
    "groepen compleet": groepen_compleet_melden,
    "termijnen": termijnen_bewaken,
    "voorstellen verlopen": terugnemen_verlopen,
    "dagberichten": dagberichten_maken,
    "concepten opgeruimd": concepten_opruimen,
    "bestanden van niemand opgeruimd": bestanden.opruimen,
    "agendaplekken doorgeschoven": agendaplekken_doorschuiven,
    "nieuwe data voor belangstellenden": belangstelling_melden,
    "niet bevestigde adressen gewist": belangstelling_opruimen,
    "dieet en toegang gewist": zorg_opruimen,
    "verlopen sessies gewist": sessies.opruimen,
    "oude kladjes gewist": kladjes_opruimen,
    "oude accountmail gewist": accountmail_opruimen,
    "papieren gewist na hun bewaartermijn": bewaartermijnen_wissen,
}
MISLUKT = "mislukt"


def klaarzetten(taken=None):
    """Make the messages that are due and clear old drafts; each job on its own, so that one that fails holds up none.

    What ran and what failed is written down. Returns what was done, by name.
    """
    uitslagen = {}
    for naam, taak in (TAKEN if taken is None else taken).items():
        try:
            uitslagen[naam] = taak()
        except Exception as fout:
            logger.exception("De taak '%s' mislukte.", naam)
            uitslagen[naam] = fout
    ronde_noteren(uitslagen)
    return {naam: MISLUKT if isinstance(uitslag, Exception) else uitslag for naam, uitslag in uitslagen.items()}


def ronde():
    """One whole pass: make what is due, then send. Returns what was done, by name."""
    gedaan = {"groepen": groepen_afmaken()}
    gedaan |= klaarzetten()
    gedaan["verstuurd"], gedaan["later opnieuw"] = versturen()
    ronde_noteren(dict.fromkeys(STIL_NA, 0))
    return gedaan
