"""The page on which something ends, for tests: who has what, and what of it is chosen."""

import re

from django.test import Client

from lms.kern.models import Gebruiker, Journaalregel
from tests.lezen import leesbaar


def als(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def rol_van(mens, rol=""):
    return mens.rolvervullingen.nu().get(**{"rol": rol} if rol else {})


class Einde:
    """The page on which something ends, as somebody of the bureau (or a regiomanager) reads and sends it."""

    def __init__(self, door, pad):
        self.client, self.pad = als(door), pad
        antwoord = self.client.get(pad)
        self.status, self.html = antwoord.status_code, leesbaar(antwoord)

    def keuzes(self):
        """{field: [values]} of what is asked."""
        velden = re.findall(r'<select name="(\w+)".*?</select>', self.html, re.DOTALL)
        stukken = re.findall(r'<select name="\w+".*?</select>', self.html, re.DOTALL)
        return {
            veld: [waarde for waarde in re.findall(r'<option value="(\w*)"', stuk) if waarde]
            for veld, stuk in zip(velden, stukken, strict=True)
        }

    def stuur(self, **gekozen):
        verborgen = {n: re.search(rf'name="{n}" value="([^"]*)"', self.html).group(1) for n in ("verzoek_id", "gezien")}
        return self.client.post(self.pad, verborgen | {naam: str(waarde) for naam, waarde in gekozen.items()})


def einde_van_rol(w, mens):
    return Einde(w.bureau, f"/bureau/rollen/{rol_van(mens).pk}/einde/")


def rollen(mens):
    return Gebruiker.objects.get(pk=mens.pk).rollen()


def regels(*namen):
    """The journal: [(act, about whom)]."""
    rijen = Journaalregel.objects.filter(handeling__in=namen).select_related("over").order_by("pk")
    return [(rij.handeling, rij.over.voornaam) for rij in rijen]
