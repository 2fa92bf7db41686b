"""The daily digest of staff, and the hours in which mail goes out."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from lms.kern.berichten.opmaken import DAGBERICHT
from lms.kern.instellingen import instelling
from lms.kern.models import Bericht, Gebruiker


def dagberichten_maken() -> int:
    """One digest per member of staff and day, with all that waits to go along.

    Called by the worker, safe to run twice. Returns how many were made.
    """
    nu = timezone.now()
    if stille_uren(nu):
        return 0
    wachtend = Bericht.objects.wachtend().filter(bundelen=True, bundel=None, klaar_om__lte=nu)
    gemaakt = 0
    for persoon in Gebruiker.objects.filter(pk__in=wachtend.values("aan")).order_by("pk"):
        with transaction.atomic():
            dagbericht, nieuw = Bericht.objects.get_or_create(
                sleutel=f"{DAGBERICHT}:{persoon.pk}:{timezone.localdate(nu)}",
                defaults={"aan": persoon, "soort": DAGBERICHT},
            )
            if nieuw:
                wachtend.filter(aan=persoon).update(bundel=dagbericht)
                gemaakt += 1
    return gemaakt


def stille_uren(moment: dt.datetime) -> bool:
    """Whether no mail goes out at `moment`: in the evening and at night (regels §9). Account mail goes at any hour."""
    return not instelling("mail_vanaf") <= timezone.localtime(moment).hour < instelling("mail_tot")


def lege_dagberichten_schrappen(nu: dt.datetime) -> None:
    """All that would go along was done in the meantime."""
    vol = Bericht.objects.filter(bundel__isnull=False, vervallen_om=None)
    wacht = Bericht.objects.wachtend().filter(soort=DAGBERICHT, bezig_om=None)
    wacht.exclude(pk__in=vol.values("bundel")).update(vervallen_om=nu)
