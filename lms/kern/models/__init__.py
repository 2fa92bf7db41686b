"""People, regions, trajecten, turns, the journal, the outbox, files and settings. Looks at no app above it."""

from lms.kern.models.agenda import Agendaregel
from lms.kern.models.berichten import Accountmail, Bericht
from lms.kern.models.bestanden import Bestand, PriveOpslag, _pad, bestandsopslag
from lms.kern.models.bewaren import Bewaartermijn
from lms.kern.models.groep import Groepsdaad, Groepsdeel
from lms.kern.models.instellingen import Instelling
from lms.kern.models.journaal import Journaalregel
from lms.kern.models.kladjes import Kladje
from lms.kern.models.mensen import (
    TOEKENBAAR,
    Gebruiker,
    Regio,
    Rol,
    Rolvervulling,
    Taal,
    Taalkennis,
    Toestemming,
)
from lms.kern.models.toegang import Toegangsvoorstel
from lms.kern.models.traject import Beurt, Herroepbaar, Traject, TrajectQuerySet
from lms.kern.models.werker import Taak

__all__ = [
    "Accountmail", "Agendaregel", "Bericht", "Bestand", "Beurt", "Bewaartermijn", "Gebruiker", "Groepsdaad",
    "Groepsdeel", "Herroepbaar", "Instelling", "Journaalregel", "Kladje", "PriveOpslag", "Regio", "Rol",
    "Rolvervulling", "TOEKENBAAR", "Taak", "Taal", "Taalkennis", "Toegangsvoorstel", "Toestemming", "Traject",
    "TrajectQuerySet", "_pad", "bestandsopslag",
]  # fmt: skip
