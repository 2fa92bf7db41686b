"""The codes of the profile (regels §4) with a short name for on a lesson page.

The full, versioned wording lives with the report.
"""

import re

from django.core.exceptions import ValidationError

NAMEN = {
    "T01": "wie erbij kan zijn", "T02": "iedereen goed informeren", "T03": "de kring groter maken",
    "T04": "een duidelijke vraag",
    "T05": "een vraag met ruimte", "T06": "de praktische kant regelen", "T07": "beroepskrachten voorbereiden",
    "T08": "informatie op tafel",
    "T09": "het eerste deel leiden en het plan vastleggen", "T10": "contact na vier weken", "T11": "registreren",
    "O01": "vertrouwen in mensen", "O02": "levenservaring", "O03": "mogelijk maken, geen hulp verlenen",
    "O04": "vasthoudend zijn",
    "O05": "creatief en flexibel zijn", "O06": "anderen in hun waarde laten", "O07": "een taak met duidelijke grenzen",
    "P01": "vrij van kantooruren", "P02": "zelfstandig werken", "P03": "vanuit huis werken", "P04": "een VOG",
    "P05": "omgaan met een computer",
    "V01": "mensen in beweging brengen", "V02": "organiseren en laten organiseren", "V03": "luisteren",
    "V04": "zwijgen over wat je hoort",
    "V05": "open vragen en doorvragen", "V06": "zonder oordeel kijken", "V07": "onafhankelijk en activerend zijn",
    "V07a": "conclusies bij anderen laten", "V07b": "vragen en niet sturen", "V07c": "het plan niet zelf invullen",
    "V08": "voor een groep staan", "V09": "social media", "N01": "niet in dienst van een instantie",
    "N02": "niet meepraten over de inhoud",
    "N03": "geen belang bij de uitkomst", "N04": "inzet vanuit je leven",
    "N05": "verbonden aan de Eigen Kracht Centrale",
    "N06": "daarna niet betrokken blijven", "K01": "iedereen voorbereid", "K02": "informatie en veiligheid",
}  # fmt: skip


GROEPEN = {
    "T": "alle taken",
    "O": "alle overtuigingen",
    "P": "alles wat praktisch is",
    "V": "alle vermogens",
    "N": "onafhankelijk zijn",
}
KOPPEN = {
    "T": "Taken",
    "O": "Overtuigingen en houding",
    "P": "Praktische voorwaarden",
    "V": "Vermogens",
    "N": "Onafhankelijk zijn",
    "K": "Kern",
}


def codes(tekst):
    """The codes in a text like 'T01 V03', in that order."""
    return re.findall(r"[A-Z]\d\d[abc]?", tekst)


def namen(tekst):
    """The short names of the codes in a text; a complete group becomes one name."""
    gevraagd = [code for code in codes(tekst) if code in NAMEN]
    heel = {
        letter
        for letter in GROEPEN
        if {code for code in NAMEN if code[0] == letter and len(code) == 3} <= set(gevraagd)
    }
    return list(dict.fromkeys(GROEPEN[code[0]] if code[0] in heel else NAMEN[code] for code in gevraagd))


def controleer(tekst):
    """Validator: only known codes with spaces between."""
    onbekend = [woord for woord in tekst.split() if woord not in NAMEN]
    if onbekend:
        raise ValidationError(f"Deze code kennen we niet: {', '.join(onbekend)}.")
