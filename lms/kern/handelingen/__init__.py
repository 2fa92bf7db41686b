"""The machinery of acts and the acts of the ground floor."""

from lms.kern.handelingen.beheer import bericht_opnieuw, bericht_schrappen, instelling_wijzigen
from lms.kern.handelingen.mensen import (
    eerste_bureau,
    gegevens_wijzigen,
    groepen_bijwerken,
    medewerker_maken,
    rol_geven,
    talen_zetten,
)
from lms.kern.handelingen.motor import (
    CONCEPTEN,
    HANDELINGEN,
    NIET_HIER,
    Botsing,
    Geweigerd,
    Handeling,
    Stil,
    Veranderd,
    concept,
    handeling,
    inzage_noteren,
    ook_noteren,
    vereis,
)
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

__all__ = [
    "CONCEPTEN", "HANDELINGEN", "NIET_HIER", "Botsing", "Geweigerd", "Handeling", "Stil", "Veranderd",
    "afsluiten",
    "bericht_opnieuw", "bericht_schrappen", "concept", "eerste_bureau", "gegevens_wijzigen",
    "groepen_bijwerken", "handeling", "herinnering_sturen", "heropenen", "instelling_wijzigen",
    "inzage_noteren", "medewerker_maken", "ook_noteren", "overal_uitloggen",
    "einden_van", "open_rollen", "paden_op_slot", "rol_beeindigen", "rol_geven", "rollen_beeindigen", "talen_zetten",
    "termijnen_bewaken", "toegang_bevestigen",
    "toegang_intrekken", "toegang_van_server", "toegang_voorstellen", "traject_hervatten", "traject_stoppen",
    "twee_mensen_nodig", "vereis",
]  # fmt: skip
