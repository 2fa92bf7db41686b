from cursus.models.aanwezigheid import Aanwezigheid, Resultaat
from cursus.models.agendaplekken import Agendaplek, bezoeker, waarom_niet
from cursus.models.belangstelling import Belangstellende
from cursus.models.bellen import Belnotitie
from cursus.models.doelgroep import Doelgroep
from cursus.models.instellingen import Contactgegevens, Veiligheidsafspraken
from cursus.models.kalender import Kalenderadres
from cursus.models.lessen import CursusIndex, CursusPagina, DagPagina, LesPagina
from cursus.models.notities import Inlevering, Notitie
from cursus.models.paginas import AgendaPagina, HomePage, NieuwsIndex, NieuwsPagina, StandaardPagina
from cursus.models.planning import (
    OP_HET_PAD,
    TRAINING,
    Bijeenkomst,
    Deelname,
    Locatie,
    Soort,
    Trainerschap,
    Uitvoering,
)
from cursus.models.reacties import Trainingsreactie
from cursus.models.toegang import Toegang, cursus_dicht, eigen_traject, mag_ek2
from cursus.models.voortgang import Voortgang
from cursus.models.wensen import Datumwens, Trainingswens, Trainingszorg

__all__ = [
    "OP_HET_PAD", "TRAINING", "Aanwezigheid", "AgendaPagina", "Bijeenkomst", "Contactgegevens", "CursusIndex",
    "CursusPagina", "DagPagina", "Datumwens",
    "Deelname", "HomePage", "Inlevering", "LesPagina", "Kalenderadres", "Locatie", "NieuwsIndex", "NieuwsPagina",
    "Notitie", "Resultaat", "Soort", "StandaardPagina", "Toegang", "Trainerschap", "Uitvoering",
    "Voortgang", "cursus_dicht", "eigen_traject", "mag_ek2",
    "Agendaplek", "Belnotitie", "Belangstellende", "Doelgroep", "Trainingswens", "Trainingszorg", "bezoeker",
    "Trainingsreactie", "Veiligheidsafspraken", "waarom_niet",
]  # fmt: skip
