"""Houd me op de hoogte: ask, confirm, stop; and the mails to addresses without an account. There is no person, so these stand outside the decorator.

Nothing here tells whether an address is known: asking always looks the same, and what differs is only in the mailbox of its owner.
"""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from cursus.models import TRAINING, Belangstellende, Belangstellingsmail, Uitvoering
from cursus.models.belangstelling import nummer_van
from lms.kern.instellingen import instelling
from lms.kern.models import Accountmail

Soort = Belangstellingsmail.Soort
MAX_POGINGEN = 5
VASTGELOPEN = dt.timedelta(minutes=15)
STIL_VANAF, STIL_TOT = 21, 8  # no mail about new dates in the evening and night (DOMAIN §9)


def belangstelling_vragen(*, email, regio):
    """Somebody wants to hear of new dates in a region: one mail with a link, to confirm, or to say that it was already so."""
    with transaction.atomic():
        rij = Belangstellende.objects.select_for_update().filter(email__iexact=email, regio=regio).first()
        if rij is None:
            rij = Belangstellende.objects.create(email=email.lower(), regio=regio)
        soort = Soort.BEKEND if rij.bevestigd_om else Soort.BEVESTIGEN
        if not rij.mails.filter(soort=soort, verstuurd_om=None).exists():  # a second click is no second mail
            Belangstellingsmail.objects.create(aan=rij, soort=soort)


def van_sleutel(sleutel):
    """The Belangstellende of a link, or None when it was changed, or when the row is gone."""
    nummer = nummer_van(sleutel)
    return Belangstellende.objects.filter(pk=nummer).select_related("regio").first() if nummer else None


def belangstelling_bevestigen(rij):
    """The owner of the address says yes. Again: nothing changes."""
    Belangstellende.objects.filter(pk=rij.pk, bevestigd_om=None).update(bevestigd_om=timezone.now())


def belangstelling_stoppen(rij):
    """The address goes, and with it every mail that waits."""
    rij.delete()


def belangstelling_opruimen():
    """Erase addresses that were not confirmed within the setting. Returns how many."""
    grens = timezone.now() - dt.timedelta(days=instelling("belangstelling_bevestigen"))
    return Belangstellende.objects.filter(bevestigd_om=None, gevraagd_om__lt=grens).delete()[1].get("cursus.Belangstellende", 0)


def belangstelling_melden():
    """Put one mail per confirmed address in line for all dates that are new in its region; each date is told once. Returns how many mails."""
    with transaction.atomic():
        nieuw = Uitvoering.objects.komend().exclude(soort__in=TRAINING).filter(gemeld_om=None).select_related("locatie")
        uitvoeringen = [
            u for u in nieuw if Uitvoering._base_manager.filter(pk=u.pk, gemeld_om=None).update(gemeld_om=timezone.now())
        ]  # two workers at once: each date is taken by one
        if not uitvoeringen:
            return 0
        mails = []
        for rij in Belangstellende.objects.filter(bevestigd_om__isnull=False):
            passend = [u.pk for u in uitvoeringen if u.locatie.online or u.regio_id in (None, rij.regio_id)]
            if passend:
                mails.append(Belangstellingsmail(aan=rij, soort=Soort.NIEUW, uitvoeringen=passend))
        return len(Belangstellingsmail.objects.bulk_create(mails))


def belangstelling_versturen(*, maximaal=200):
    """One pass over the mails that wait; safe to run twice at once. Returns how many went.

    A mail is claimed before it is handed over. News waits for the morning; the question to confirm goes at once.
    """
    nu = timezone.now()
    wacht = Belangstellingsmail.objects.filter(verstuurd_om=None, bezig_om=None, klaar_om__lte=nu, pogingen__lt=MAX_POGINGEN)
    if not STIL_TOT <= timezone.localtime(nu).hour < STIL_VANAF:
        wacht = wacht.exclude(soort=Soort.NIEUW)
    Belangstellingsmail.objects.filter(verstuurd_om=None, bezig_om__lt=nu - VASTGELOPEN).update(pogingen=MAX_POGINGEN)  # never a second one
    verstuurd = 0
    for pk in list(wacht.order_by("klaar_om", "pk").values_list("pk", flat=True)[:maximaal]):
        if Belangstellingsmail.objects.filter(pk=pk, bezig_om=None, verstuurd_om=None).update(bezig_om=nu):
            verstuurd += _overhandigen(Belangstellingsmail.objects.select_related("aan__regio").get(pk=pk))
    return verstuurd


def _overhandigen(mail):
    """Render and hand over one mail. Returns whether it went; a failure tries again later."""
    rijen = Uitvoering.objects.komend().filter(pk__in=mail.uitvoeringen).select_related("locatie", "regio")
    uitvoeringen = list(rijen.prefetch_related("bijeenkomsten", "regios"))
    if mail.soort == Soort.NIEUW and not uitvoeringen:  # cancelled or begun meanwhile
        mail.delete()
        return False
    try:
        bericht = _opmaken(mail, uitvoeringen)
        bericht.send()
    except OSError:
        later = timezone.now() + dt.timedelta(minutes=5 * 2 ** (mail.pogingen + 1))
        Belangstellingsmail.objects.filter(pk=mail.pk).update(pogingen=mail.pogingen + 1, bezig_om=None, klaar_om=later)
        return False
    Belangstellingsmail.objects.filter(pk=mail.pk).update(verstuurd_om=timezone.now())
    if settings.DEMO:  # to be read on the mail page of the demo
        Accountmail.objects.create(aan=mail.aan.email, onderwerp=bericht.subject, tekst=bericht.body)
    return True


def _opmaken(mail, uitvoeringen):
    stop = settings.SITE_URL + reverse("belangstelling_afmelden", args=[mail.aan.sleutel])
    gegevens = {
        "aan": mail.aan, "uitvoeringen": uitvoeringen, "site": settings.SITE_URL, "stop": stop,
        "bevestig": settings.SITE_URL + reverse("belangstelling_bevestigen", args=[mail.aan.sleutel]),
    }  # fmt: skip
    tekst = get_template(f"berichten/belangstelling_{mail.soort}.txt").template.render(Context(gegevens, autoescape=False))
    onderwerp, _, romp = tekst.strip().partition("\n")
    kop = {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    kop["List-Id"] = f"Nieuwe data <nieuwe-data.{urlsplit(settings.SITE_URL).hostname}>"
    return EmailMessage(onderwerp.strip(), romp.strip() + "\n", to=[mail.aan.email], headers=kop)
