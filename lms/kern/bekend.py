"""A browser that logged in before: its owner is not counted with strangers who try the same address.

The cookie holds, for at most three people, a day, a random mark and an HMAC of mark and address: nobody reads from it
who that is. It opens nothing; it only gives a bucket of its own where failed logins, codes and mails to this address
are counted.
"""

import secrets
import time

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.crypto import constant_time_compare, salted_hmac

DAGEN, MENSEN = 180, 3
DAG = 86_400


def koeknaam():
    """`__Host-` where the session cookie travels over https only."""
    return "__Host-bekend" if settings.SESSION_COOKIE_SECURE else "bekend"


def _afdruk(dag, merk, adres, geheim):
    return salted_hmac(
        "lms.kern.bekend", f"{dag}~{merk}~{adres.lower()}", secret=geheim, algorithm="sha256"
    ).hexdigest()[:40]


def _delen(request):
    """[(day, mark, print)] of the cookie: what is not ours or too old is left out."""
    vandaag, delen = int(time.time() // DAG), []
    for deel in request.COOKIES.get(koeknaam(), "")[:400].split("."):
        stukken = deel.split("~")
        if (
            len(stukken) == 3
            and stukken[0].isascii()
            and stukken[0].isdecimal()
            and 0 <= vandaag - int(stukken[0]) <= DAGEN
        ):
            delen.append(tuple(stukken))
    return delen[:MENSEN]


def merk_van(request, adres):
    """The mark of this browser for the owner of `adres`, or "" when this person did not log in here before."""
    for dag, merk, afdruk in _delen(request):
        for geheim in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            if constant_time_compare(afdruk, _afdruk(dag, merk, adres, geheim)):
                return merk
    return ""


def bekende_browser(request, adres):
    """Whether the owner of this e-mail address logged in with this browser before."""
    return bool(merk_van(request, adres))


def onthouden(request, response, adres):
    """Put the owner of `adres` in the cookie of this response, as the last of at most three."""
    eigen = merk_van(request, adres)
    dag, merk = int(time.time() // DAG), eigen or secrets.token_hex(8)
    delen = [deel for deel in _delen(request) if deel[1] != eigen][-(MENSEN - 1) :]
    delen.append((str(dag), merk, _afdruk(dag, merk, adres, settings.SECRET_KEY)))
    response.set_cookie(
        koeknaam(), ".".join("~".join(deel) for deel in delen), max_age=DAGEN * DAG,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


@receiver(user_logged_in, dispatch_uid="lms.kern.bekend")
def _ingelogd(sender, request, user, **kwargs):
    """Whatever way somebody came in: the middleware of the door writes the cookie."""
    if request is not None and user.email:
        request.net_ingelogd = user.email
