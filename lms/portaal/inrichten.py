"""What every database needs before the first person comes: regions, languages, locations, the profile.

Safe to run again.
"""

import json

from django.conf import settings

from cursus.models import Locatie
from lms.kern.models import Regio, Taal
from selectie.models import Profieltekst

FIXTURES = settings.BASE_DIR / "fixtures"


def lees(naam):
    """The parsed content of fixtures/<naam>.json."""
    return json.loads((FIXTURES / f"{naam}.json").read_text(encoding="utf-8"))


def vaste_gegevens():
    """Add what is missing; never changes what the bureau changed.

    A profile text gets a new row only for a new version.
    """
    for naam in lees("regios"):
        Regio.objects.get_or_create(naam=naam)
    for volgorde, naam in enumerate(lees("talen")):
        Taal.objects.get_or_create(naam=naam, defaults={"volgorde": volgorde})
    for locatie in lees("locaties"):
        Locatie.objects.get_or_create(naam=locatie["naam"], plaats=locatie["plaats"], defaults=locatie)
    bestaand = set(Profieltekst.objects.values_list("code", "versie"))
    velden = ("code", "versie", "groep", "volgorde", "tekst", "je")
    Profieltekst.objects.bulk_create(
        Profieltekst(
            **{veld: item[veld] for veld in velden},
            uitleg=item.get("uitleg", ""),
            onderdelen=item.get("onderdelen", []),
        )
        for item in lees("profiel")
        if (item["code"], item["versie"]) not in bestaand
    )
