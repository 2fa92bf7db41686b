"""Who may come to an agenda item: a setting of the item.

The path itself (information meeting, EK1, EK2) has its own rules.
"""

from django.db import models


class Doelgroep(models.TextChoices):
    IEDEREEN = "iedereen", "iedereen die kan inloggen"
    KANDIDATEN = "kandidaten", "kandidaten"
    WACHT = "wacht", "wie wacht op een eerste conferentie"
    COORDINATOREN = "coordinatoren", "gecertificeerde coördinatoren"
    TRAINERS = "trainers", "trainers"


# for on screen, after "Voor "
VOOR = {
    Doelgroep.IEDEREEN: "kandidaten, coördinatoren en trainers",
    Doelgroep.KANDIDATEN: "kandidaten",
    Doelgroep.WACHT: "wie wacht op een eerste conferentie",
    Doelgroep.COORDINATOREN: "gecertificeerde Eigen Kracht-coördinatoren",
    Doelgroep.TRAINERS: "trainers",
}
VOOR_PAD = {
    "informatie": "iedereen die Eigen Kracht-coördinator wil worden",
    "EK1": "wie op een informatiebijeenkomst was en mee wil doen",
    "EK2": "coördinatoren met twee conferenties die meetellen",
}
