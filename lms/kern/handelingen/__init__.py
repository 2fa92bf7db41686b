"""The machinery of acts and the acts of the ground floor."""

from lms.kern.handelingen.beheer import bericht_opnieuw, bericht_schrappen, instelling_wijzigen
from lms.kern.handelingen.mensen import (
    eerste_bureau,
    gegevens_wijzigen,
    groepen_bijwerken,
    medewerker_maken,
    rol_beeindigen,
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
    afdruk_wijkt_af,
    afleiden,
    bijwerken,
    concept,
    handeling,
    inzage_noteren,
    tikken_van,
    vereis,
)
from lms.kern.handelingen.termijnen import termijnen_bewaken
from lms.kern.handelingen.traject import afsluiten, herinnering_sturen, traject_hervatten, traject_stoppen

__all__ = [
    "CONCEPTEN", "HANDELINGEN", "NIET_HIER", "Botsing", "Geweigerd", "Handeling", "Stil", "afdruk_wijkt_af", "afleiden", "afsluiten",
    "bericht_opnieuw", "bericht_schrappen", "bijwerken", "concept", "eerste_bureau", "gegevens_wijzigen", "groepen_bijwerken", "handeling", "herinnering_sturen", "instelling_wijzigen",
    "inzage_noteren", "medewerker_maken", "rol_beeindigen", "rol_geven", "talen_zetten", "termijnen_bewaken", "tikken_van", "traject_hervatten", "traject_stoppen", "vereis",
]  # fmt: skip
