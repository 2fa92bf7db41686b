"""Whose turn it is: one row is one turn, with its page, words and term. Rows of Beurt are its print, written by
`afleiding` only.
"""

from lms.kern.pad.beurten.aanmelden import AANMELDEN
from lms.kern.pad.beurten.aanzet import Aanzet
from lms.kern.pad.beurten.conferentie import EERSTE, EVALUATIE, SCOPE
from lms.kern.pad.beurten.training import EK1, EK2
from lms.kern.pad.beurten.verslag import VERSLAG

BEURTEN = (*AANMELDEN, *EK1, *VERSLAG, *EERSTE, *EVALUATIE, *EK2, *SCOPE)
PER_CODE = {beurt.code: beurt for beurt in BEURTEN}

__all__ = ["BEURTEN", "PER_CODE", "Aanzet"]
