"""Walking every address of the house as somebody, and reading all that comes back."""

import io
import re
import zipfile

from django.test import Client
from django.urls import get_resolver, reverse

EIGEN = ("lms", "cursus", "selectie", "certificering")
# The last of these is the moment of asking.
WISSELEND = re.compile(
    r'(name="(?:csrfmiddlewaretoken|verzoek_id)"[^>]*value="|data-csrf="|data-over=")[^"]*"|"over": \d+|^Expires: .*$',
    re.MULTILINE,
)


def klant(persoon=None, **opties):
    client = Client(**opties)
    if persoon:
        # as it is now: a session belongs to address and password
        client.force_login(type(persoon)._base_manager.get(pk=persoon.pk))
    return client


def eigen_patronen():
    """Every own URL pattern outside the Wagtail admin: (name, [kind of each argument])."""

    def loop(patronen):
        for patroon in patronen:
            if hasattr(patroon, "url_patterns"):
                if not str(patroon.pattern).startswith("beheer/"):
                    yield from loop(patroon.url_patterns)
            elif getattr(patroon.callback, "__module__", "").split(".")[0] in EIGEN and patroon.name:
                yield patroon.name, [type(c).__name__ for c in patroon.pattern.converters.values()]

    return sorted({(naam, tuple(soorten)) for naam, soorten in loop(get_resolver().url_patterns)})


def alle_adressen(nummers, woorden=("x",), uuids=()):
    """Every own address with every one of these numbers, words and uuids filled in."""
    adressen = []
    for naam, soorten in eigen_patronen():
        waarden = [[]]
        for plek, soort in enumerate(soorten):
            keuze = {"IntConverter": nummers if not plek else (1, 2), "UUIDConverter": uuids}.get(soort, woorden)
            waarden = [[*rij, waarde] for rij in waarden for waarde in keuze]
        adressen += [reverse(naam, args=rij) for rij in waarden]
    return sorted({adres for adres in adressen if not adres.startswith(("/c/", "/uitloggen/"))})


def tekst_van(antwoord):
    """All text of an answer: headers, body, and the text inside a spreadsheet."""
    kop = "\n".join(f"{naam}: {waarde}" for naam, waarde in antwoord.headers.items() if naam != "Content-Length")
    romp = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
    if romp.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(romp)) as pak:
            # holds the moment of making
            romp = b"".join(pak.read(naam) for naam in pak.namelist() if "docProps" not in naam)
    return kop + "\n" + romp.decode(errors="replace")


def gelezen(client, adressen):
    """{address: (status, text)} of a walk with GET."""
    uit = {}
    for adres in adressen:
        antwoord = client.get(adres)
        uit[adres] = (antwoord.status_code, WISSELEND.sub("", tekst_van(antwoord)))
        if antwoord.status_code == 302:
            client.get("/mijn/")  # shows what this one says, so that it is no part of the page after it
    return uit
