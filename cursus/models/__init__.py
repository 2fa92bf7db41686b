from cursus.models.instellingen import Contactgegevens
from cursus.models.planning import (
    OP_HET_PAD,
    TRAINING,
    Aanwezigheid,
    Bijeenkomst,
    Deelname,
    Locatie,
    Resultaat,
    Soort,
    Trainerschap,
    Uitvoering,
)

__all__ = [
    "OP_HET_PAD", "TRAINING", "Aanwezigheid", "Bijeenkomst", "Contactgegevens", "Deelname", "Locatie", "Resultaat", "Soort", "Trainerschap", "Uitvoering",
]  # fmt: skip
