"""What somebody reads when something goes wrong. These pages ask nothing: no post, no session, no person, no database.

A page that fails while telling about a failure is worse than the failure: when even the template cannot be rendered, a
constant text is sent.
"""

import errno
import logging
import sqlite3
import sys
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.db import InternalError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.http import escape_leading_slashes

from lms.kern.handelingen import Geweigerd

log = logging.getLogger(__name__)
TELEFOON = "038 - 422 25 26"  # a constant: the contact data are in the database
LATER = 60  # seconds
VERLOPEN = "csrf"
TEKSTEN = {
    400: ("Dat ging niet goed", "We begrijpen deze aanvraag niet. Probeer het opnieuw vanaf de vorige pagina."),
    403: ("Dit kan hier niet", "Dit kun je hier niet doen."),
    404: (
        "Deze pagina is er niet",
        "Misschien is de link oud, of is dit niet voor jou bedoeld. Kijk bij je eigen overzicht.",
    ),
    405: ("Dit kan deze pagina niet", "Open de pagina opnieuw en gebruik de knoppen die er staan."),
    413: (
        "Dit is te groot",
        "Wat je stuurt past hier niet. Maak je tekst korter of je bestand kleiner, en probeer het opnieuw.",
    ),
    429: (
        "Even wachten",
        "Je probeerde dit heel vaak achter elkaar. Wacht een paar minuten en probeer het dan opnieuw.",
    ),
    500: (
        "Bij ons ging iets mis",
        "Dat ligt niet aan jou. Wat je eerder bewaarde, staat er nog. Probeer het over een paar minuten opnieuw.",
    ),
    503: (
        "Even bezig",
        "Het is hier nu te druk om dit te doen. Wat je eerder bewaarde, staat er nog. Probeer het over een "
        "minuut opnieuw.",
    ),
    VERLOPEN: (
        "Even opnieuw",
        "Deze pagina stond te lang open, of je bent op een ander scherm opnieuw ingelogd. Er is nog niets verstuurd.",
    ),
}
KAAL = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{kop} – Eigen Kracht-opleiding</title></head>
<body><main><h1>{kop}</h1><p>{zin}</p><p>Lukt het niet? Bel {telefoon}.</p>
<p><a href="{terug}">{waarheen}</a></p></main></body></html>"""


def pagina(status, *, soort=None, zin="", terug=""):
    """The error page of `status` as a response.

    `soort`: a text of its own; `zin`: instead of its sentence; `terug`: the address of a form.
    """
    kop, tekst = TEKSTEN[soort or status]
    context = {"kop": kop, "zin": zin or tekst, "terug": terug, "telefoon": TELEFOON, "telefoon_link": "+31384222526"}
    try:
        inhoud = render_to_string("fout.html", context)
    except Exception:
        log.exception("De foutpagina zelf lukte niet")
        waarheen = "Terug naar het formulier" if terug else "Naar mijn overzicht"
        inhoud = KAAL.format(
            kop=kop, zin=escape(zin or tekst), telefoon=TELEFOON, terug=escape(terug or "/start/"), waarheen=waarheen
        )
    antwoord = HttpResponse(inhoud, status=status)
    antwoord.is_foutpagina = True
    if status in (429, 503):
        antwoord["Retry-After"] = str(LATER)
    return antwoord


def adres_van_formulier(request):
    """The address, on this site, of the form that was posted: the page it stood on, else the address itself.

    "" when nothing was posted.
    """
    if getattr(request, "method", "") != "POST":
        return ""
    try:
        van = urlsplit(request.META.get("HTTP_REFERER", ""))
        vooraf = van.netloc
    except ValueError:  # a header can be anything
        return escape_leading_slashes(request.path)
    if (
        vooraf
        and van.scheme in ("http", "https")
        and van.netloc
        and van.netloc == request.META.get("HTTP_HOST", request.META.get("SERVER_NAME"))
    ):
        return escape_leading_slashes(van.path or "/") + (f"?{van.query}" if van.query else "")
    return escape_leading_slashes(request.path)


_DATABASE_BEZIG = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
_SCHIJF_VOL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS)
_ALLEEN_LEZEN = "25006"  # PostgreSQL: a transaction that may only read


def _bezig(fout):
    if isinstance(fout, OSError):
        return fout.errno in _SCHIJF_VOL
    if isinstance(fout, sqlite3.Error):
        return getattr(fout, "sqlite_errorname", "").startswith(_DATABASE_BEZIG)
    if isinstance(fout, OperationalError) and not isinstance(fout.__cause__, sqlite3.Error):
        return True  # PostgreSQL: full, starting, gone, too many connections, a lock that was not given
    return isinstance(fout, InternalError) and getattr(fout.__cause__, "sqlstate", "") == _ALLEEN_LEZEN


def is_bezig(fout):
    """True when this exception, or what caused it, is a database that is locked, full or away, or a disk that is
    full.
    """
    gezien = set()
    while fout is not None and id(fout) not in gezien:
        if _bezig(fout):
            return True
        gezien.add(id(fout))
        fout = fout.__cause__ or fout.__context__
    return False


def fout_400(request, exception=None):
    """A request that cannot be read; too much of it is a 413."""
    return pagina(413 if isinstance(exception, RequestDataTooBig) else 400)


def fout_403(request, exception=None):
    """A refusal: our own reason when there is one, never somebody else's words."""
    zin = str(exception) if isinstance(exception, Geweigerd) else ""
    return pagina(403, zin=zin, terug=adres_van_formulier(request))


def fout_404(request, exception=None):
    return pagina(404)


def fout_429(request, exception=None):
    return pagina(429)


def fout_500(request):
    """Called while the exception is at hand: what will pass by itself is a 503."""
    return pagina(503 if is_bezig(sys.exc_info()[1]) else 500, terug=adres_van_formulier(request))


def csrf_geweigerd(request, reason=""):
    """The token of the form did not fit.

    What was posted is not read, so not echoed: the tab of the person still has it.
    """
    return pagina(403, soort=VERLOPEN, terug=adres_van_formulier(request))
