"""Whether the house works: database, cache, the worker's loops and jobs, and mail that waits too long."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from lms.kern.models import Bericht, Taak

ACCOUNTMAIL, MAIL, GROEPEN, TAKEN = "accountmail", "mail", "groepen", "taken"
# how long after its last round a loop is silent: several rounds of work are normal
STIL_NA = {
    ACCOUNTMAIL: dt.timedelta(minutes=2),
    MAIL: dt.timedelta(minutes=15),
    GROEPEN: dt.timedelta(minutes=15),
    TAKEN: dt.timedelta(minutes=35),
}
MAIL_WACHT = dt.timedelta(minutes=5)  # account mail that waits longer is too late for who wants to log in


@dataclass(frozen=True)
class Stand:
    """One thing that was looked at."""

    wat: str
    goed: bool
    hoe: str


def ronde_noteren(uitslagen):
    """Write down what ran: {name: number done, or the exception that ended it}. One question."""
    nu = timezone.now()
    rijen = [
        Taak(naam=naam, mislukt_om=nu, fout=type(uitslag).__name__)
        if isinstance(uitslag, Exception)
        else Taak(naam=naam, klaar_om=nu, aantal=uitslag or 0)
        for naam, uitslag in uitslagen.items()
    ]
    for soort, velden in ((True, ["mislukt_om", "fout"]), (False, ["klaar_om", "aantal"])):
        deel = [rij for rij in rijen if bool(rij.mislukt_om) is soort]
        if deel:
            Taak.objects.bulk_create(deel, update_conflicts=True, unique_fields=["naam"], update_fields=velden)


def standen():
    """Everything there is to look at, as a list of Stand. Never raises: what cannot be read is not well."""
    try:
        return [_cache(), *_lussen(), *_mislukt(), _oudste_mail()]
    except DatabaseError as fout:
        return [Stand("database", False, type(fout).__name__)]


def _cache():
    merk = secrets.token_urlsafe(6)
    cache.set("gezond", merk, 30)
    klopt = cache.get("gezond") == merk
    return Stand("cache", klopt, "werkt" if klopt else "onthoudt niets")


def _lussen():
    nu, gezien = timezone.now(), dict(Taak.objects.filter(naam__in=STIL_NA).values_list("naam", "klaar_om"))
    for naam, hoogstens in STIL_NA.items():
        om = gezien.get(naam)
        goed = om is not None and nu - om < hoogstens
        yield Stand(f"lus {naam}", goed, f"laatst om {timezone.localtime(om):%d-%m-%Y %H.%M}" if om else "nog nooit")


def _mislukt():
    """The jobs whose last run failed."""
    for taak in Taak.objects.filter(mislukt_om__isnull=False):
        if taak.klaar_om is None or taak.mislukt_om > taak.klaar_om:
            yield Stand(
                f"taak {taak.naam}", False, f"{taak.fout} om {timezone.localtime(taak.mislukt_om):%d-%m-%Y %H.%M}"
            )


def _oudste_mail():
    nu = timezone.now()
    oudste = Bericht.objects.te_versturen(nu).filter(voorrang=True).order_by("klaar_om").first()
    wacht = nu - oudste.klaar_om if oudste else dt.timedelta()
    return Stand("mail over inloggen", wacht < MAIL_WACHT, f"wacht {int(wacht.total_seconds() // 60)} minuten")
