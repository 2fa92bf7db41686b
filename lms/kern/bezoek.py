"""What a browser remembers of a visitor without an account: the draft that is being written, and the mail its page
waits for.
"""

import datetime as dt
import secrets

from django.utils import timezone

from lms.kern.bekend import merk_van
from lms.kern.grenzen import Grens, netwerk, tellen
from lms.kern.models import Bericht

# the session's place for a visitor's draft; on logging in it goes unless the address is the person's (accounts.py)
BEZOEK = "bezoek"


GELEZEN = "aanmelding_gelezen"  # the print of what was read through, in this browser
VAN_DE_BEZOEKER = (BEZOEK, GELEZEN, "mail", "mailmerk")


def bezoek_onthouden(request, sleutel, adres):
    """This browser works on the draft of `sleutel`, for somebody with this address."""
    request.session[BEZOEK] = {"sleutel": sleutel, "adres": adres}


def bezoek_van(request):
    """The key of the draft that this browser works on, or ""."""
    return request.session.get(BEZOEK, {}).get("sleutel", "")


UUR, DAG = 3600, 86_400
# account mail to one address that visitors can cause, whoever asks: (an hour, a day). Links and news never use up the
# codes.
MAIL = {"code": (6, 20), "link": (3, 8)}
RESERVE_PER_UUR = 12


def over_de_grens(request, adres, naam, samen, eigen=()):
    """Count a step of a stranger for the owner of `adres`. Returns the list of Grenzen that are passed; none when the
    step may be done.

    `samen` are the limits that all strangers share for this address: they keep a mailbox from being filled, and anybody
    can use them up. So a network (IPv4 /24, IPv6 /48) that did not ask for this address in the last day still gets one
    when they are full, of at most RESERVE_PER_UUR an hour over all networks: the owner on a new device comes in, and to
    shut that out takes hundreds of networks a day. `eigen` (limits of this visitor) always hold.
    """
    nieuw = Grens(f"{naam}-netwerk", f"{adres.lower()}~{netwerk(request)}", 1, DAG)
    over = tellen(*samen, *eigen, nieuw)
    hier = [grens for grens in over if grens in eigen]
    vol = [grens for grens in over if grens in samen]
    if (
        vol
        and not hier
        and nieuw not in over
        and not tellen(Grens(f"{naam}-reserve", adres.lower(), RESERVE_PER_UUR, UUR))
    ):
        return []
    return hier + vol


def postvak(adres):
    """The mailbox behind an address, for counting: `jan+nieuws@…` is that of `jan@…`."""
    plek, _, domein = adres.lower().rpartition("@")
    return f"{plek.partition('+')[0]}@{domein}"


def te_veel_mail(request, adres, soort):
    """Whether visitors caused too much mail of this `soort` ("code" or "link") to this address already.

    Nobody's mailbox is filled by strangers, and none keeps its owner out.
    """
    merk, vak = merk_van(request, adres), postvak(adres)  # who logged in here before is not counted with strangers
    eigen = f"{vak}~{merk}" if merk else vak
    grenzen = [
        Grens(f"mail-{soort}-uur", eigen, MAIL[soort][0], UUR),
        Grens(f"mail-{soort}-dag", eigen, MAIL[soort][1], DAG),
    ]
    return bool(tellen(*grenzen) if merk else over_de_grens(request, vak, f"mail-{soort}", grenzen))


def mail_onthouden(request, bericht, adres, *, in_sessie=True):
    """Remember in this browser which mail its page waits for; `bericht` None: it was not made, there were too many
    to this address.
    """
    if bericht is None and not in_sessie and not request.session.session_key:
        request.mail_te_vaak = adres  # nothing was done, so nothing is kept
        return
    request.session["mail"] = {"bericht": bericht.pk if bericht else None, "adres": adres}


def mailmerk(request):
    """The mark of this browser: what it asks for overtakes what it asked for before, and never what somebody else
    waits for.
    """
    return request.session.setdefault("mailmerk", secrets.token_urlsafe(9))


TRAAG_NA = 12  # seconds: later than this a waiting page says that the mail is slow


def mailstand(request):
    """How far the mail is that this browser waits for: {"staat", "adres", "om", "klaar"}, or None when there is none.

    staat: onderweg, traag, verstuurd, geweigerd, te_oud or te_vaak. klaar: it changes no more.
    """
    bewaard = request.session.get("mail")
    if hasattr(request, "mail_te_vaak"):
        bewaard = {"bericht": None, "adres": request.mail_te_vaak}
    if not bewaard:
        return None
    bericht = Bericht.objects.filter(pk=bewaard["bericht"]).first() if bewaard["bericht"] else None
    staat = _staat_van(bericht)
    return {
        "staat": staat,
        "adres": bewaard["adres"],
        "om": getattr(bericht, "verstuurd_om", None),
        "klaar": staat not in ("onderweg", "traag"),
    }


def _staat_van(bericht):
    if bericht is None:
        return "te_vaak"
    if bericht.verstuurd_om:
        return "verstuurd"
    if bericht.geweigerd_om:
        return "geweigerd"
    if bericht.onzeker_om or bericht.vervallen_om or bericht.verloopt_om and bericht.verloopt_om <= timezone.now():
        return "te_oud"
    return (
        "traag"
        if timezone.now() - bericht.klaar_om > dt.timedelta(seconds=TRAAG_NA) or bericht.pogingen
        else "onderweg"
    )
