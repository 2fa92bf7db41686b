"""Private files (letter, cv, home assignment): checked by content in a process of its own, cleaned, stored under a
random name.

`Bestandsveld` checks while the form is cleaned, so before a transaction; an act then only stores what was checked.
"""

from lms.kern.bestanden.houden import HoudForm
from lms.kern.bestanden.nagekeken import Afzender, nakijken
from lms.kern.bestanden.opslaan import bewaren, of_niets, opruimen, weghalen
from lms.kern.bestanden.veld import Bestandsveld

__all__ = [
    "Afzender", "Bestandsveld", "HoudForm", "bewaren", "nakijken", "of_niets", "opruimen",
    "weghalen",
]  # fmt: skip
