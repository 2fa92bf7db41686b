"""Calendar files (RFC 5545): one entry with a stable UID, in UTC; a whole calendar as a feed or as part of a mail."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from lms.kern.models import Gebruiker

PRODUCT = "-//Eigen Kracht Centrale//Eigen Kracht-opleiding//NL"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def _adres() -> Any:
    """The address of the sender as ORGANIZER."""
    naam, _, adres = settings.DEFAULT_FROM_EMAIL.partition("<")
    organisator = vCalAddress(f"mailto:{adres.rstrip('>') or naam}")
    organisator.params["CN"] = vText(naam.strip() or "Eigen Kracht Centrale")
    return organisator


def gebeurtenis(
    uid: str,
    *,
    titel: str,
    begin: dt.datetime,
    eind: dt.datetime,
    plek: str = "",
    uitleg: str = "",
    volgnummer: int = 0,
    moment: dt.datetime | None = None,
    aan: Gebruiker | None = None,
    afgezegd: bool = False,
) -> Event:
    """One VEVENT. `uid`: unique within this site; `volgnummer` and `moment`: of what is told, not of the mail that
    tells it; `aan`: the person invited.
    """
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", moment or timezone.now())
    event.add("sequence", volgnummer)
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


def bestand(gebeurtenissen: Iterable[Event], methode: str, *, naam: str = "") -> bytes:
    """A whole calendar as bytes."""
    kalender = Calendar()
    kalender.add("prodid", PRODUCT)
    kalender.add("version", "2.0")
    kalender.add("method", methode)
    if naam:
        kalender.add("x-wr-calname", naam)
    for event in gebeurtenissen:
        kalender.add_component(event)
    inhoud: bytes = kalender.to_ical()
    return inhoud
