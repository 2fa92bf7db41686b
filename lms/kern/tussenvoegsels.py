"""Dutch particles of a last name: `van der Berg` is sorted under B, so `van der` has a field of its own."""

from django.core.exceptions import ValidationError

LIDWOORD = frozenset({"de", "den", "der", "het", "'t", "’t", "'s", "’s", "t"})
BEGIN = frozenset({"van", "von", "vom", "ter", "ten", "te", *LIDWOORD}) - {"t"}
# a particle only before an article
MET_LIDWOORD = frozenset({"aan", "bij", "in", "onder", "op", "over", "tot", "uit", "uijt", "voor"})
LANGSTE = 20


def vooraan(achternaam):
    """How many words at the beginning of this last name are particles; at least one word is left over."""
    woorden = achternaam.lower().split()
    aantal = 0
    while aantal < len(woorden) - 1:
        woord, volgende = woorden[aantal], woorden[aantal + 1]
        if woord in BEGIN or (aantal and woord in LIDWOORD):
            aantal += 1
        elif woord in MET_LIDWOORD and volgende in LIDWOORD and aantal + 2 < len(woorden):
            aantal += 2
        else:
            break
    return aantal


def losmaken(tussenvoegsel, achternaam):
    """Move particles from the beginning (or behind a comma) of the last name to their own field, as they were typed.

    Returns (tussenvoegsel, achternaam). Raises ValidationError at `achternaam` when both fields have particles that
    differ.
    """
    naam, komma, achteraan = achternaam.partition(",")
    achteraan = achteraan.strip()
    if komma and achteraan and vooraan(f"{achteraan} x") == len(achteraan.split()):
        achternaam = f"{achteraan} {naam.strip()}"
    aantal = vooraan(achternaam)
    if not aantal:
        return tussenvoegsel, achternaam
    woorden = achternaam.split()
    gevonden, rest = " ".join(woorden[:aantal]), " ".join(woorden[aantal:])
    if not tussenvoegsel:
        return (gevonden, rest) if len(gevonden) <= LANGSTE else (tussenvoegsel, achternaam)
    if tussenvoegsel.lower() == gevonden.lower():
        return tussenvoegsel, rest
    raise ValidationError(
        {"achternaam": f"Hoort ‘{gevonden}’ bij het tussenvoegsel? Zet het dan in dat vak en haal het hier weg."}
    )
