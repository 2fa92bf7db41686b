"""Handing over: a message is claimed, rendered, handed over and marked, each with its own try.

Safe to run twice at once.
"""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.utils import timezone

from lms.kern.berichten import agenda, post
from lms.kern.berichten.dagbericht import lege_dagberichten_schrappen, stille_uren
from lms.kern.berichten.opmaken import Achterhaald, brief_van
from lms.kern.models import Accountmail, Agendaregel, Bericht

logger = logging.getLogger(__name__)
MAX_POGINGEN = 5
VASTGELOPEN = dt.timedelta(minutes=15)
VASTGELOPEN_ACCOUNT = dt.timedelta(minutes=1)
BEWAAR_ACCOUNTMAIL = dt.timedelta(days=30)


def versturen(*, voorrang: bool | None = None, maximaal: int = 200) -> tuple[int, int]:
    """One pass of the outbox. Returns (verstuurd, mislukt).

    `voorrang`: True only account mail, False only the rest, None both, account mail first. A message is claimed before
    it is handed over; a crash in between leaves it "onzeker" for staff, never a silent second mail. Without a
    connection to the mail server nothing is touched: all waits.
    """
    nu = timezone.now()
    _nalopen(nu, voorrang)
    wacht = Bericht.objects.te_versturen(nu).filter(bezig_om=None)
    if voorrang is not None:
        wacht = wacht.filter(voorrang=voorrang)
    if voorrang is not True and stille_uren(nu):
        wacht = wacht.filter(voorrang=True)
    nummers = list(wacht.order_by("-voorrang", "klaar_om", "pk").values_list("pk", flat=True)[:maximaal])
    if not nummers:
        return 0, 0
    verbinding = get_connection()
    verstuurd = mislukt = 0
    try:
        for pk in nummers:
            if not _open(verbinding):
                return verstuurd, len(nummers) - verstuurd
            bericht = _claimen(pk)
            if bericht is None:
                continue
            if _overhandigen(bericht, verbinding):
                verstuurd += 1
            else:
                mislukt += 1
    finally:
        _sluiten(verbinding)
    return verstuurd, mislukt


def _claimen(pk: int) -> Bericht | None:
    """The message, taken by this pass alone; None when somebody else has it, or when it lapsed or was overtaken
    meanwhile.
    """
    nu = timezone.now()
    vrij = Bericht.objects.te_versturen(nu).filter(pk=pk, bezig_om=None).exclude(verloopt_om__lte=nu)
    if not vrij.update(bezig_om=nu):
        return None
    return Bericht.objects.select_related("aan", "traject__kandidaat").filter(pk=pk, vervallen_om=None).first()


def _nalopen(nu: dt.datetime, voorrang: bool | None) -> None:
    """What was claimed and never finished is uncertain; what nobody sent in time lapses; an empty digest goes."""
    if voorrang is not False:
        Bericht.objects.wachtend().filter(verloopt_om__lte=nu).update(vervallen_om=nu, geheim="")
        # a code twice is no harm, a missing one is: what a worker held when it ended is taken up again
        Bericht.objects.wachtend().filter(voorrang=True, onzeker_om=None, bezig_om__lt=nu - VASTGELOPEN_ACCOUNT).update(
            bezig_om=None
        )
    if voorrang is not True:
        Bericht.objects.wachtend().filter(voorrang=False, bezig_om__lt=nu - VASTGELOPEN, onzeker_om=None).update(
            onzeker_om=nu
        )
        lege_dagberichten_schrappen(nu)


def _open(verbinding: BaseEmailBackend) -> bool:
    """Whether there is a connection to the mail server; after a failure it is made anew."""
    try:
        verbinding.open()
    except OSError as fout:  # smtplib's own are OSErrors too
        logger.warning("De mailserver antwoordt niet (%s). Alle mail wacht.", type(fout).__name__)
        return False
    return True


def _sluiten(verbinding: BaseEmailBackend) -> None:
    try:
        verbinding.close()
    except OSError:
        logger.info("De verbinding met de mailserver was al weg.")


def _overhandigen(bericht: Bericht, verbinding: BaseEmailBackend) -> bool:
    """Render and hand over one message, whatever happens with it. Returns whether it went."""
    regel = None
    try:
        mail = brief_van(bericht)
        regel = _agenda_meegeven(bericht, mail)
    except Achterhaald:
        Bericht.objects.filter(pk=bericht.pk).update(vervallen_om=timezone.now(), geheim="")
        return False
    except Exception:  # noqa: BLE001 - one message that cannot be made never holds up the others
        logger.exception("Bericht %s (%s) kan niet worden gemaakt.", bericht.pk, bericht.soort)
        Bericht.objects.filter(pk=bericht.pk).update(onzeker_om=timezone.now(), geheim="")
        return False
    try:
        mail.connection = verbinding
        mail.send()
    except (OSError, ValueError) as fout:  # ValueError: a header or address that no mail can carry
        return _niet_gelukt(bericht, verbinding, fout)
    nu = timezone.now()
    Bericht.objects.filter(pk=bericht.pk).update(verstuurd_om=nu, onderwerp=mail.subject[:200], geheim="")
    bericht.delen.wachtend().update(verstuurd_om=nu, onderwerp=mail.subject[:200])
    _agenda_bijgewerkt(bericht, regel)
    if settings.DEMO and bericht.adres:  # to be read on the mail page of the demo
        Accountmail.objects.create(aan=bericht.adres, onderwerp=mail.subject[:200], tekst=str(mail.body))
    return True


def _agenda_meegeven(bericht: Bericht, mail: EmailMultiAlternatives) -> Agendaregel | None:
    """The one entry that differs goes along. Returns its row; raises Achterhaald for a mail of an entry that is right
    already.
    """
    anders = agenda.verschillen_bij(bericht)
    if len(anders) != 1:
        if bericht.soort == agenda.AGENDADAG:
            raise Achterhaald
        return None
    regel = agenda.aanbieden(anders[0])
    agenda.meegeven(mail, regel)
    return regel


def _agenda_bijgewerkt(bericht: Bericht, regel: Agendaregel | None) -> None:
    """The entry that went along stands in the diary; what else differs in it gets its own mails.

    The mail itself went: what fails here is said in the log, and comes along with the next message.
    """
    try:
        if regel:
            agenda.bevestigen(regel)
        agenda.dagen_klaarzetten(bericht)
    except Exception:  # noqa: BLE001 - the mail went out, and is not sent again
        logger.exception("De agenda na bericht %s (%s) is niet bijgewerkt.", bericht.pk, bericht.soort)


def _niet_gelukt(bericht: Bericht, verbinding: BaseEmailBackend, fout: Exception) -> bool:
    """Refused for good, uncertain, or later again; the connection starts anew for the next message. Returns False."""
    logger.warning("Bericht %s (%s) ging niet uit: %s.", bericht.pk, bericht.soort, type(fout).__name__)
    nu = timezone.now()
    if isinstance(fout, ValueError) or post.geweigerd(fout):
        velden = {"geweigerd_om": nu, "geheim": ""}
    elif post.onzeker(verbinding, fout) and not bericht.voorrang:  # a code twice is no harm, a missing one is
        velden = {"onzeker_om": nu}
    else:
        velden = _later(bericht, nu)
    Bericht.objects.filter(pk=bericht.pk).update(**velden)
    _sluiten(verbinding)
    return False


def _later(bericht: Bericht, nu: dt.datetime) -> dict[str, Any]:
    """When to try again: account mail within seconds until it lapses, other mail after ten minutes and ever later,
    then uncertain.
    """
    pogingen = bericht.pogingen + 1
    if bericht.voorrang:
        wachten = dt.timedelta(seconds=min(5 * 2 ** min(pogingen - 1, 10), 60))
        return {"pogingen": pogingen, "bezig_om": None, "klaar_om": nu + wachten}
    velden = {"pogingen": pogingen, "bezig_om": None, "klaar_om": nu + dt.timedelta(minutes=5 * 2**pogingen)}
    return velden | ({"onzeker_om": nu} if pogingen >= MAX_POGINGEN else {})


def accountmail_opruimen() -> int:
    """Erase the rows of mail to addresses without a person after a month. Returns how many."""
    oud = Q(klaar_om__lt=timezone.now() - BEWAAR_ACCOUNTMAIL, aan=None)
    return Bericht.objects.filter(oud).delete()[1].get("kern.Bericht", 0)
