from cursus.models.instellingen import Contactgegevens
from cursus.models.kalender import Kalenderadres
from cursus.models.paginas import (
    AgendaPagina,
    CursusIndex,
    CursusPagina,
    DagPagina,
    HomePage,
    LesPagina,
    NieuwsIndex,
    NieuwsPagina,
    StandaardPagina,
)
from cursus.models.planning import (
    OP_HET_PAD,
    TRAINING,
    Aanwezigheid,
    Bijeenkomst,
    Datumwens,
    Deelname,
    Locatie,
    Resultaat,
    Soort,
    Trainerschap,
    Uitvoering,
)
from cursus.models.toegang import cursus_dicht, eigen_traject, mag_ek2
from cursus.models.voortgang import Voortgang

__all__ = [
    "OP_HET_PAD", "TRAINING", "Aanwezigheid", "AgendaPagina", "Bijeenkomst", "Contactgegevens", "CursusIndex", "CursusPagina", "DagPagina", "Datumwens",
    "Deelname", "HomePage", "LesPagina", "Kalenderadres", "Locatie", "NieuwsIndex", "NieuwsPagina", "Resultaat", "Soort", "StandaardPagina", "Trainerschap", "Uitvoering",
    "Voortgang", "cursus_dicht", "eigen_traject", "mag_ek2",
]  # fmt: skip
