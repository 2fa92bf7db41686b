"""The own calendar feed: a secret address, made and revoked by the person; and reminders two days before a meeting."""

import datetime as dt
import hashlib
import secrets

from django.db.models import Min
from django.utils import timezone

from cursus.models import Aanwezigheid, Agendaplek, Kalenderadres
from lms.kern.berichten import bericht_maken, nog_niet_gemaakt
from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Gebruiker, Rol

HERINNERING_VOORAF = 2  # days (regels §9)


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


@handeling(Rol.KANDIDAAT)
def kalenderadres_maken(gebruiker, *, door):
    """Make a secret address for the own feed; an earlier one stops working. Returns the token, shown once."""
    token = secrets.token_urlsafe(24)
    gebruiker.kalenderadressen.filter(ingetrokken_om=None).update(ingetrokken_om=timezone.now())
    Kalenderadres.objects.create(gebruiker=gebruiker, token_hash=_hash(token))
    return token


@handeling(Rol.KANDIDAAT)
def kalenderadres_intrekken(gebruiker, *, door):
    """The own feed stops."""
    aantal = gebruiker.kalenderadressen.filter(ingetrokken_om=None).update(ingetrokken_om=timezone.now())
    vereis(aantal, "Je hebt geen kalenderadres.")


def gebruiker_van_kalender(token):
    """Whose feed this is, or None for an unknown or revoked address, or somebody who may not log in."""
    return Gebruiker.objects.filter(
        kalenderadressen__token_hash=_hash(token), kalenderadressen__ingetrokken_om=None, is_active=True
    ).first()


def herinneringen_maken():
    """One reminder per person and meeting, two days before it, once.

    Called by the worker. Returns how many were made.
    """
    nu = timezone.now()
    tot = timezone.localdate() + dt.timedelta(days=HERINNERING_VOORAF)
    rijen = Aanwezigheid.objects.filter(
        resultaat="", geldt=True, bijeenkomst__begint_om__gt=nu, bijeenkomst__begint_om__date__lte=tot,
        bijeenkomst__uitvoering__afgelast_om=None, traject__afgesloten_op=None,
    )  # fmt: skip
    nodig = {
        f"herinnering:{rij.pk}:{timezone.localdate(rij.bijeenkomst.begint_om)}": rij
        for rij in rijen.select_related("bijeenkomst", "traject__kandidaat")
    }
    return _agenda_herinneren(nu, tot) + sum(
        bool(bericht_maken(rij.traject.kandidaat, "herinnering", traject=rij.traject, sleutel=sleutel, feit=rij))
        for sleutel, rij in nog_niet_gemaakt(nodig)
    )


def _agenda_herinneren(nu, tot):
    """The same for places in agenda items: one reminder before the first day."""
    rijen = Agendaplek.objects.nu().filter(geplaatst_om__isnull=False, uitvoering__afgelast_om=None)
    rijen = rijen.annotate(begint_om=Min("uitvoering__bijeenkomsten__begint_om")).filter(
        begint_om__gt=nu, begint_om__date__lte=tot
    )
    nodig = {
        f"agenda_herinnering:{rij.pk}:{timezone.localdate(rij.begint_om)}": rij
        for rij in rijen.select_related("gebruiker")
    }
    return sum(
        bool(bericht_maken(rij.gebruiker, "agenda_herinnering", sleutel=sleutel, feit=rij))
        for sleutel, rij in nog_niet_gemaakt(nodig)
    )
