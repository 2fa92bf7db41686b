"""The machinery of acts and the acts of the ground floor."""

from lms.kern.handelingen.beheer import bericht_opnieuw, bericht_schrappen, instelling_wijzigen
from lms.kern.handelingen.bewaren import beloven, bewaren_intrekken, bewaren_toestaan, klok_van
from lms.kern.handelingen.groep import groep_beginnen, groep_klaarzetten, groep_uitvoeren, groepen_afmaken
from lms.kern.handelingen.mensen import (
    eerste_bureau,
    gegevens_wijzigen,
    groepen_bijwerken,
    medewerker_maken,
    rol_geven,
    talen_zetten,
)
from lms.kern.handelingen.motor import CONCEPTEN, HANDELINGEN, Handeling, Stil, concept, handeling
from lms.kern.handelingen.opschrijven import inzage_noteren, inzagen_noteren, ook_noteren
from lms.kern.handelingen.poort import toegestane_rol
from lms.kern.handelingen.rollen import einden_van, open_rollen, paden_op_slot, rol_beeindigen, rollen_beeindigen
from lms.kern.handelingen.termijnen import termijnen_bewaken
from lms.kern.handelingen.toegang import (
    overal_uitloggen,
    toegang_bevestigen,
    toegang_intrekken,
    toegang_van_server,
    toegang_voorstellen,
    twee_mensen_nodig,
)
from lms.kern.handelingen.traject import afsluiten, herinnering_sturen, heropenen, traject_hervatten, traject_stoppen
from lms.kern.handelingen.weigeren import EERST_HET_BESLUIT, VOORBIJ, Botsing, Geweigerd, Veranderd, vereis

__all__ = [
    "Botsing", "CONCEPTEN", "EERST_HET_BESLUIT", "Geweigerd", "HANDELINGEN", "Handeling", "Stil", "VOORBIJ",
    "Veranderd", "afsluiten", "beloven", "bewaren_intrekken", "bewaren_toestaan", "klok_van",
    "bericht_opnieuw", "bericht_schrappen", "concept", "eerste_bureau", "gegevens_wijzigen", "groep_beginnen",
    "groep_klaarzetten", "groep_uitvoeren", "groepen_afmaken", "groepen_bijwerken", "handeling", "herinnering_sturen",
    "einden_van", "ook_noteren", "open_rollen", "paden_op_slot", "rollen_beeindigen",
    "heropenen", "instelling_wijzigen", "inzage_noteren", "inzagen_noteren", "medewerker_maken", "overal_uitloggen",
    "rol_beeindigen",
    "rol_geven", "talen_zetten", "termijnen_bewaken", "toegang_bevestigen", "toegang_intrekken", "toegang_van_server",
    "toegang_voorstellen", "toegestane_rol", "traject_hervatten", "traject_stoppen", "twee_mensen_nodig", "vereis",
]  # fmt: skip
