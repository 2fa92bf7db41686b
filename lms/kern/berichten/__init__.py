"""The one outbox: messages are rows written in the act's transaction, rendered and handed over by the worker. Nothing
in a request talks to a mail server.

Staff get one digest a day, nobody gets mail in the evening (regels §9); account mail (codes, links) goes first and at
once.
"""

from lms.kern.berichten.agenda import Afspraak, agenda_nalopen, komende_afspraken
from lms.kern.berichten.dagbericht import dagberichten_maken, stille_uren
from lms.kern.berichten.feiten import Feit, nalopen
from lms.kern.berichten.maken import (
    accountbericht_maken,
    bericht_maken,
    berichten_laten_vervallen,
    berichten_voor_beurten,
    mensen_met_rol,
    nog_niet_gemaakt,
    ontvangers,
    teamleden,
)
from lms.kern.berichten.opmaken import GEHEIM, Achterhaald, opmaken
from lms.kern.berichten.versturen import accountmail_opruimen, versturen
from lms.kern.berichten.vertrek import post_nalopen

__all__ = [
    "GEHEIM", "Achterhaald", "Afspraak", "Feit", "accountbericht_maken", "accountmail_opruimen", "agenda_nalopen",
    "bericht_maken", "berichten_laten_vervallen", "berichten_voor_beurten", "dagberichten_maken", "komende_afspraken",
    "mensen_met_rol",
    "nalopen", "nog_niet_gemaakt", "ontvangers", "opmaken", "post_nalopen", "stille_uren", "teamleden", "versturen",
]  # fmt: skip
