from selectie.models.aanmelden import (
    AKKOORD_VERSIE,
    Aanmeldconcept,
    Aanmelding,
    Brief,
    Deelnamebesluit,
    Poortpunt,
    Uitzoeknotitie,
)
from selectie.models.brieven import Aanmeldbrief
from selectie.models.correctie import Gesprekaanvulling, Meningversie
from selectie.models.verslag import (
    SCHAAL,
    VRIJGEGEVEN,
    Antwoord,
    Besluit,
    Gesprek,
    Gespreksmoment,
    Keuze,
    Mening,
    Profieltekst,
    Puntreactie,
    Stelling,
    Verslag,
)

__all__ = [
    "AKKOORD_VERSIE", "SCHAAL", "VRIJGEGEVEN", "Aanmeldbrief", "Aanmeldconcept", "Aanmelding", "Antwoord", "Besluit",
    "Brief", "Deelnamebesluit", "Gesprek", "Gesprekaanvulling", "Gespreksmoment",
    "Keuze", "Mening", "Meningversie", "Poortpunt", "Profieltekst", "Puntreactie", "Stelling", "Uitzoeknotitie",
    "Verslag",
]  # fmt: skip
