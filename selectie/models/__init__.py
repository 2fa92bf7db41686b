from selectie.models.aanmelden import (
    AKKOORD_VERSIE,
    Aanmeldconcept,
    Aanmelding,
    Brief,
    Deelnamebesluit,
    Poortpunt,
    Uitzoeknotitie,
)
from selectie.models.besluit import NA_HET_GESPREK, TRAINERS_ZEGGEN, Besluit, Instemming, Voorstel
from selectie.models.brieven import Aanmeldbrief
from selectie.models.gesprek import Gesprek, Gesprekaanvulling, Gespreksantwoord, Gespreksmoment
from selectie.models.mening import Mening, Meningversie, Puntreactie, Trainervraag
from selectie.models.verslag import SCHAAL, VRIJGEGEVEN, Antwoord, Keuze, Profieltekst, Stelling, Verslag

__all__ = [
    "AKKOORD_VERSIE", "NA_HET_GESPREK", "SCHAAL", "TRAINERS_ZEGGEN", "VRIJGEGEVEN", "Aanmeldbrief", "Aanmeldconcept",
    "Aanmelding", "Antwoord", "Besluit", "Brief", "Deelnamebesluit", "Gesprek", "Gesprekaanvulling", "Gespreksantwoord",
    "Gespreksmoment", "Instemming", "Keuze", "Mening", "Meningversie", "Poortpunt", "Profieltekst", "Puntreactie",
    "Stelling", "Trainervraag", "Uitzoeknotitie", "Verslag", "Voorstel",
]  # fmt: skip
