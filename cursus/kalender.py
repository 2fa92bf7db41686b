"""Calendar entries: with a message as request, update or cancellation; and as a feed.

One entry per meeting with a stable UID. SEQUENCE grows with the moment of the message, so that a later one always wins
(RFC 5546).
"""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from cursus.berichten import AGENDAPLEK, DAG, GROEP
from cursus.models import OP_HET_PAD, Aanwezigheid, Agendaplek, Bijeenkomst, Deelname
from lms.kern.berichten.feiten import feiten

AFGEZEGD = {
    "afgelast", "afgemeld", "plek_vrij", "agenda_afgelast", "agenda_afgemeld", "afgelast_trainer", "trainer_eraf",
}  # fmt: skip
PRODUCT = "-//Eigen Kracht Centrale//Eigen Kracht-opleiding//NL"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def _adres():
    """The address of the sender as ORGANIZER."""
    naam, _, adres = settings.DEFAULT_FROM_EMAIL.partition("<")
    organisator = vCalAddress(f"mailto:{adres.rstrip('>') or naam}")
    organisator.params["CN"] = vText(naam.strip() or "Eigen Kracht Centrale")
    return organisator


def volgnummer(moment):
    """A SEQUENCE that only grows: whole minutes of the moment of the message."""
    return int(moment.timestamp()) // 60


def gebeurtenis(uid, *, titel, begin, eind, plek="", uitleg="", moment=None, aan=None, afgezegd=False):
    """One VEVENT. `uid`: unique within this site; `moment`: of the message; `aan`: the person invited."""
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", moment or timezone.now())
    event.add("sequence", volgnummer(moment) if moment else 0)
    event.add("dtstart", begin.astimezone(dt.UTC))  # no time zone to explain: Outlook reads ours an hour late in summer
    event.add("dtend", eind.astimezone(dt.UTC))
    event.add("summary", titel)
    if plek:
        event.add("location", plek)
    event.add("description", uitleg or f"{settings.SITE_URL}/mijn/")
    event.add("status", "CANCELLED" if afgezegd else "CONFIRMED")
    if aan:
        event.add("organizer", _adres())
        deelnemer = vCalAddress(f"mailto:{aan.email}")
        deelnemer.params.update({"CN": vText(aan.naam), "PARTSTAT": vText("ACCEPTED"), "RSVP": vText("FALSE")})
        event.add("attendee", deelnemer)
    return event


def bestand(gebeurtenissen, methode, *, naam=""):
    """A whole calendar as bytes."""
    kalender = Calendar()
    kalender.add("prodid", PRODUCT)
    kalender.add("version", "2.0")
    kalender.add("method", methode)
    if naam:
        kalender.add("x-wr-calname", naam)
    for event in gebeurtenissen:
        kalender.add_component(event)
    return kalender.to_ical()


def van_bijeenkomst(bijeenkomst, **velden):
    """The entry of one meeting; needs `uitvoering__locatie`."""
    uitvoering = bijeenkomst.uitvoering
    locatie = uitvoering.locatie
    plek = "Online" if locatie.online else ", ".join(filter(None, [locatie.naam, locatie.adres, locatie.plaats]))
    dagen = f", dag {bijeenkomst.nr}" if uitvoering.is_training else ""
    if uitvoering.soort not in OP_HET_PAD:
        velden.setdefault("uitleg", f"{settings.SITE_URL}/agenda/{uitvoering.pk}/")
    return gebeurtenis(
        f"bijeenkomst-{bijeenkomst.pk}",
        titel=f"{uitvoering.titel}{dagen}",
        begin=bijeenkomst.begint_om,
        eind=bijeenkomst.eindigt_om,
        plek=plek,
        **velden,
    )


def bijlagen(bericht):
    """The calendar files of a message about a place: [(name, bytes, mimetype)], one per meeting."""
    methode = CANCEL if bericht.soort in AFGEZEGD else REQUEST
    nummer, model = bericht.feit, feiten()[bericht.soort].model
    if model == AGENDAPLEK:
        plek = Agendaplek.objects.filter(pk=nummer, geplaatst_om__isnull=False)
        dagen = Bijeenkomst.objects.filter(uitvoering__in=plek.values("uitvoering"))
    elif model == GROEP:
        dagen = Bijeenkomst.objects.filter(uitvoering=nummer)
    elif model == DAG:
        dagen = Bijeenkomst.objects.filter(aanwezigheden__in=Aanwezigheid.objects.filter(pk=nummer))
    else:
        dagen = Bijeenkomst.objects.filter(
            uitvoering__in=Deelname.objects.filter(pk=nummer, geplaatst_om__isnull=False).values("uitvoering")
        )
    if bericht.soort == "plek_vrij":
        dagen = dagen.filter(eindigt_om__gt=timezone.now())
    rijen = dagen.select_related("uitvoering__locatie").order_by("nr")
    velden = {"moment": bericht.klaar_om, "aan": bericht.aan, "afgezegd": methode == CANCEL}
    return [
        (f"dag-{dag.nr}.ics", bestand([van_bijeenkomst(dag, **velden)], methode), f"text/calendar; method={methode}")
        for dag in rijen
    ]


def dagen_van(gebruiker):
    """The meetings of somebody for the own feed: expected and attended days, agenda items, and the days of groups
    somebody trains, from 60 days back.
    """
    vanaf = timezone.now() - dt.timedelta(days=60)
    eigen = Aanwezigheid.objects.filter(traject__kandidaat=gebruiker, vervangen_door=None, traject__afgesloten_op=None)
    agenda = Agendaplek.objects.open().filter(gebruiker=gebruiker, geplaatst_om__isnull=False)
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
