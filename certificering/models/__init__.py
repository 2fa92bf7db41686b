from certificering.models.conferentie import Conferentie, Evaluatie, Variant
from certificering.models.register import (
    Certificaat,
    Registratie,
    Registratiestand,
    Scope,
    Scopereactie,
    Scopeverslag,
    Werkgebied,
)

__all__ = [
    "Certificaat", "Conferentie", "Evaluatie", "Registratie", "Registratiestand", "Scope", "Scopereactie",
    "Scopeverslag", "Variant", "Werkgebied",
]  # fmt: skip
