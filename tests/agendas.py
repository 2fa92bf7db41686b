"""The diaries of people as two mail programs keep them: one reads with a library, one line by line and takes what the
file says of its time at its word.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from cursus.models import Bijeenkomst
from lms.kern.berichten import versturen
from selectie.models import Gesprek, Mening

DUUR = dt.timedelta(hours=1)


def met_bibliotheek(inhoud):
    """(method, uid, sequence, begin, end, place, title) of a calendar with one entry."""
    kalender = Calendar.from_ical(inhoud)
    (event,) = kalender.walk("VEVENT")
    return (
        str(kalender["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), event["DTSTART"].dt, event["DTEND"].dt,
        str(event.get("LOCATION", "")), str(event["SUMMARY"]),
    )  # fmt: skip


def per_regel(inhoud):
    """The same, from the lines of the file. A time without Z or zone is the reader's own."""
    regels = re.sub(r"\r?\n[ \t]", "", inhoud).splitlines()
    velden, zones = {}, {}
    for regel in regels:
        kop, _, waarde = regel.partition(":")
        naam, *extra = kop.split(";")
        velden.setdefault(naam, []).append(waarde.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\"))
        zones[naam] = next((deel.partition("=")[2] for deel in extra if deel.startswith("TZID=")), "")

    def moment(naam):
        (waarde,) = velden[naam]
        zone = dt.UTC if waarde.endswith("Z") else ZoneInfo(zones[naam] or "Europe/Amsterdam")
        return dt.datetime.strptime(waarde.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone)

    assert velden["BEGIN"] == ["VCALENDAR", "VEVENT"]  # one component, no zone to explain
    (methode,), (uid,), (nummer,) = velden["METHOD"], velden["UID"], velden["SEQUENCE"]
    plek, (titel,) = velden.get("LOCATION", [""])[0], velden["SUMMARY"]
    return methode, uid, int(nummer), moment("DTSTART"), moment("DTEND"), plek, titel


def afspraak_in(brief):
    """The calendar text in a mail, or None. In the form that mail programs take as an invitation."""
    delen = [deel for deel in brief.message().walk() if deel.get_content_type() == "text/calendar"]
    if not delen:
        return None
    (deel,) = delen
    bericht = brief.message()
    assert bericht.get_content_type() == "multipart/alternative"
    assert [d.get_content_type() for d in bericht.get_payload()] == ["text/plain", "text/calendar"]
    inhoud = deel.get_payload(decode=True).decode(deel.get_content_charset())
    assert f"METHOD:{deel.get_param('method')}" in inhoud
    return inhoud


class Agendas:
    """{address: {uid: (begin, end, place, title)}} of everybody, by both readers; they must agree."""

    def __init__(self):
        self.per_lezer = {met_bibliotheek: {}, per_regel: {}}
        self.nummers = {}

    def bezorgen(self):
        """Send all that waits. Returns [(address, subject, method or "")] in the order it went out."""
        mail.outbox.clear()
        while versturen()[0]:
            pass
        return [self._lees(brief) for brief in mail.outbox]

    def _lees(self, brief):
        (aan,), inhoud, methode = brief.to, afspraak_in(brief), ""
        for lezer, agendas in self.per_lezer.items() if inhoud else ():
            methode, uid, nummer, *wat = lezer(inhoud)
            gehad = self.nummers.get((lezer, aan, uid), -1)
            if nummer < gehad:
                continue  # RFC 5546: what is older than what stands there is left
            self.nummers[lezer, aan, uid] = nummer
            agendas.setdefault(aan, {}).pop(uid, None)
            if methode == "REQUEST":
                agendas[aan][uid] = tuple(wat)
        return aan, brief.subject, methode

    def van(self, persoon):
        """What stands in this diary from now on, as {(uid without host, begin, end)}; both readers agree."""
        nu, gezien = timezone.now(), []
        for agendas in self.per_lezer.values():
            eigen = agendas.get(persoon.email, {}).items()
            gezien.append({(uid.partition("@")[0], begin, eind) for uid, (begin, eind, *_) in eigen if eind > nu})
        assert gezien[0] == gezien[1]
        return gezien[0]


def hoort_te_staan(persoon):
    """What the database says of the days to come of this person, in plain questions of its own."""
    nu, alles = timezone.now(), set()
    for dag in Bijeenkomst.objects.filter(eindigt_om__gt=nu, uitvoering__afgelast_om=None):
        als_deelnemer = dag.aanwezigheden.filter(
            traject__kandidaat=persoon, traject__afgesloten_op=None, geldt=True
        ).exists()
        als_trainer = dag.uitvoering.trainerschappen.filter(trainer=persoon, tot=None).exists()
        als_gast = dag.uitvoering.agendaplekken.filter(
            gebruiker=persoon, afgemeld_om=None, geplaatst_om__isnull=False
        ).exists()
        if als_deelnemer or als_trainer or als_gast:
            alles.add((f"bijeenkomst-{dag.pk}", _heel(dag.begint_om), _heel(dag.eindigt_om)))
    for gesprek in Gesprek.objects.filter(moment_om__gt=nu - DUUR, vervallen_om=None):
        verslag = gesprek.verslag
        gevraagd = Mening.objects.filter(verslag=verslag, ontheven_om=None).values_list("trainer", flat=True)
        if not verslag.traject.afgesloten_op and persoon.pk in (verslag.traject.kandidaat_id, *gevraagd):
            alles.add((f"gesprek-{gesprek.pk}", _heel(gesprek.moment_om), _heel(gesprek.moment_om + DUUR)))
    return alles


def _heel(moment):
    return moment.replace(microsecond=0)
