"""The meetings of somebody: for the diary, for the own feed, and as they stand in a mail."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from cursus.berichten import AGENDAPLEK, DAG, GROEP
from cursus.models import OP_HET_PAD, Aanwezigheid, Agendaplek, Bijeenkomst, Deelname
from lms.kern.berichten import Afspraak
from lms.kern.berichten.feiten import feiten
from lms.kern.datums import van_tot
from lms.kern.kalender import gebeurtenis
from lms.kern.models import Agendaregel

BIJEENKOMST = "bijeenkomst"


def _titel(bijeenkomst):
    uitvoering = bijeenkomst.uitvoering
    return f"{uitvoering.titel}, dag {bijeenkomst.nr}" if uitvoering.is_training else uitvoering.titel


def plek_van(bijeenkomst, *, met_link=True):
    """Where it is, in one line: the hall with its address, or online with the link for who has a place."""
    locatie = bijeenkomst.uitvoering.locatie
    link = bijeenkomst.uitvoering.meedoen if met_link else ""
    if link:
        return f"Online, {link}"
    return "Online" if locatie.online else ", ".join(filter(None, [locatie.naam, locatie.adres, locatie.plaats]))


def afspraken(persoon):
    """The meetings at which somebody is expected, as [Afspraak]."""
    return [
        Afspraak(BIJEENKOMST, dag.pk, _titel(dag), dag.begint_om, dag.eindigt_om, plek_van(dag))
        for dag in dagen_van(persoon)
    ]


def van_bijeenkomst(bijeenkomst, *, met_link=False, **velden):
    """The entry of one meeting in a feed; needs `uitvoering__locatie`. `met_link`: only in somebody's own feed."""
    uitvoering = bijeenkomst.uitvoering
    if uitvoering.soort not in OP_HET_PAD:
        velden.setdefault("uitleg", f"{settings.SITE_URL}/agenda/{uitvoering.pk}/")
    return gebeurtenis(
        f"{BIJEENKOMST}-{bijeenkomst.pk}",
        titel=_titel(bijeenkomst),
        begin=bijeenkomst.begint_om,
        eind=bijeenkomst.eindigt_om,
        plek=plek_van(bijeenkomst, met_link=met_link),
        **velden,
    )


def eigen_gebeurtenissen(gebruiker):
    """The own feed: each meeting with the number it has in the mails."""
    nummers = dict(Agendaregel.objects.filter(persoon=gebruiker, soort=BIJEENKOMST).values_list("nummer", "volgnummer"))
    return [van_bijeenkomst(dag, met_link=True, volgnummer=nummers.get(dag.pk, 0)) for dag in dagen_van(gebruiker)]


def gegevens_voor(bericht):
    """The days a message is about, for its text: {"dagen": ["EK1 Zwolle, dag 1: vrijdag …, De Brug, Zwolle", …]}."""
    nummer, model = bericht.feit, feiten()[bericht.soort].model
    if model == AGENDAPLEK:
        dagen = Bijeenkomst.objects.filter(uitvoering__in=Agendaplek.objects.filter(pk=nummer).values("uitvoering"))
    elif model == GROEP:
        dagen = Bijeenkomst.objects.filter(uitvoering=nummer)
    elif "bijeenkomst" in bericht.gegevens:  # the day it speaks of is not the day of its fact
        dagen = Bijeenkomst.objects.filter(pk=bericht.gegevens["bijeenkomst"])
    elif model == DAG:
        dagen = Bijeenkomst.objects.filter(aanwezigheden__in=Aanwezigheid.objects.filter(pk=nummer))
    else:
        dagen = Bijeenkomst.objects.filter(uitvoering__in=Deelname.objects.filter(pk=nummer).values("uitvoering"))
    komend = dagen.filter(eindigt_om__gt=timezone.now()).select_related("uitvoering__locatie").order_by("nr")
    return {"dagen": [f"{_titel(dag)}: {van_tot(dag.begint_om, dag.eindigt_om)}, {plek_van(dag)}" for dag in komend]}


def dagen_van(gebruiker):
    """The meetings of somebody for the own feed: expected and attended days, agenda items, and the days of groups
    somebody trains, from 60 days back.
    """
    vanaf = timezone.now() - dt.timedelta(days=60)
    eigen = Aanwezigheid.objects.filter(traject__kandidaat=gebruiker, geldt=True, traject__afgesloten_op=None)
    agenda = Agendaplek.objects.nu().filter(gebruiker=gebruiker, geplaatst_om__isnull=False)
    geeft = Bijeenkomst.objects.filter(
        uitvoering__trainerschappen__trainer=gebruiker, uitvoering__trainerschappen__tot=None
    )
    alle = Bijeenkomst.objects.filter(pk__in=eigen.values("bijeenkomst")) | Bijeenkomst.objects.filter(
        pk__in=geeft.values("pk")
    )
    alle |= Bijeenkomst.objects.filter(uitvoering__in=agenda.values("uitvoering"))
    return (
        alle.filter(begint_om__gte=vanaf, uitvoering__afgelast_om=None)
        .select_related("uitvoering__locatie")
        .order_by("begint_om", "pk")
    )
