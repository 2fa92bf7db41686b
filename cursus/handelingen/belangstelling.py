"""Houd me op de hoogte: ask, confirm, stop, as a visitor; and the mails to addresses without an account.

Nothing here tells whether an address is known: asking always looks the same, and what differs is only in the mailbox of
its owner.
"""

import datetime as dt
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cursus.models import TRAINING, Belangstellende, Uitvoering
from lms.kern.berichten import Achterhaald, accountbericht_maken
from lms.kern.handelingen import Stil, handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Bericht, Rol


def _over(belangstellende):
    return f"belangstelling:{belangstellende.pk}"


@handeling(Rol.BEZOEKER, maakt=True)
def belangstelling_vragen(*, door, email, regio):
    """Somebody wants to hear of new dates in a region: one mail with a link, to confirm, or to say that it was
    already so. Returns the Bericht.
    """
    belangstellende = Belangstellende.objects.select_for_update().filter(email__iexact=email, regio=regio).first()
    if belangstellende is None:
        # two clicks at once are one row
        belangstellende, _ = Belangstellende.objects.get_or_create(email=email.lower(), regio=regio)
    soort = "belangstelling_bekend" if belangstellende.bevestigd_om else "belangstelling_bevestigen"
    # a second click is no second mail: what waits about this row is overtaken
    return accountbericht_maken(
        belangstellende.email,
        soort,
        over=f"{_over(belangstellende)}:vraag",
        gegevens={"belangstellende": belangstellende.pk},
    )


@handeling(Rol.BEZOEKER)
def belangstelling_bevestigen(belangstellende, *, door):
    """The owner of the address says yes. Again: nothing changes."""
    wacht = Belangstellende.objects.filter(pk=belangstellende.pk, bevestigd_om=None)
    return None if wacht.update(bevestigd_om=timezone.now()) else Stil()


def _wissen(belangstellende):
    """Kernel: the address goes, and with it every mail that waits or went."""
    Bericht.objects.filter(sleutel__startswith=f"{_over(belangstellende)}:").delete()
    belangstellende.delete()


@handeling(Rol.BEZOEKER)
def belangstelling_stoppen(belangstellende, *, door):
    """The owner of the address wants to hear no more."""
    _wissen(belangstellende)


@handeling(Rol.SYSTEEM)
def belangstelling_wissen(belangstellende, *, door):
    """The owner of the address never confirmed it."""
    vereis(belangstellende.bevestigd_om is None, "Dit adres is bevestigd.")
    _wissen(belangstellende)


def belangstelling_opruimen():
    """Erase addresses that were not confirmed within the setting. Returns how many."""
    grens = timezone.now() - dt.timedelta(days=instelling("belangstelling_bevestigen"))
    oud = list(Belangstellende.objects.filter(bevestigd_om=None, gevraagd_om__lt=grens))
    for belangstellende in oud:
        belangstelling_wissen(belangstellende, door=None)
    return len(oud)


def belangstelling_melden():
    """Put one mail per confirmed address in line for all dates that are new in its region; each date is told once.

    Returns how many mails.
    """
    nieuw = Uitvoering.objects.komend().exclude(soort__in=TRAINING).filter(gemeld_om=None)
    gevonden = list(nieuw.select_related("locatie"))
    if not gevonden:
        return 0
    with transaction.atomic():
        uitvoeringen = [
            u
            for u in gevonden
            if Uitvoering._base_manager.filter(pk=u.pk, gemeld_om=None).update(gemeld_om=timezone.now())
        ]  # two workers at once: each date is taken by one
        if not uitvoeringen:
            return 0
        mails = []
        for belangstellende in Belangstellende.objects.filter(bevestigd_om__isnull=False):
            passend = [u.pk for u in uitvoeringen if u.locatie.online or u.regio_id in (None, belangstellende.regio_id)]
            if passend:
                gegevens = {"belangstellende": belangstellende.pk, "uitvoeringen": passend}
                sleutel = f"{_over(belangstellende)}:nieuw:{secrets.token_urlsafe(9)}"
                mails.append(
                    Bericht(
                        adres=belangstellende.email, soort="belangstelling_nieuw", sleutel=sleutel, gegevens=gegevens
                    )
                )
        return len(Bericht.objects.bulk_create(mails))


def _rij_van(bericht):
    belangstellende = (
        Belangstellende.objects.filter(pk=bericht.gegevens["belangstellende"]).select_related("regio").first()
    )
    if belangstellende is None or belangstellende.email.lower() != bericht.adres.lower():
        raise Achterhaald
    return belangstellende


def _stop(belangstellende):
    return settings.SITE_URL + reverse("belangstelling_afmelden", args=[belangstellende.sleutel])


def gegevens_voor(bericht):
    """What the templates of these mails need.

    Raises Achterhaald when the address is gone, or all dates in it were cancelled or began.
    """
    belangstellende = _rij_van(bericht)
    gekozen = (
        Uitvoering.objects.komend()
        .filter(pk__in=bericht.gegevens.get("uitvoeringen", ()))
        .select_related("locatie", "regio")
    )
    uitvoeringen = list(gekozen.prefetch_related("bijeenkomsten", "regios"))
    if bericht.soort == "belangstelling_nieuw" and not uitvoeringen:
        raise Achterhaald
    bevestig = settings.SITE_URL + reverse("belangstelling_bevestigen", args=[belangstellende.sleutel])
    return {"aan": belangstellende, "uitvoeringen": uitvoeringen, "stop": _stop(belangstellende), "bevestig": bevestig}


def koppen_voor(bericht):
    """The headers with which a mail program offers to stop (RFC 8058, RFC 2369)."""
    stop = _stop(_rij_van(bericht))
    lijst = f"Nieuwe data <nieuwe-data.{urlsplit(settings.SITE_URL).hostname}>"
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "List-Id": lijst}
