"""Own sessions: when they end by themselves, what they are called, and keeping the own one when the others end."""

import re
import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.utils import timezone

GEZIEN = "gezien"  # in the session: the moment of the last request, in seconds
SESSIE_PAD = "/account/sessie/"
OPFRISSEN = 300  # seconds: written at most this often

TOESTELLEN = (
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Android", "een Android-toestel"),
    ("CrOS", "een Chromebook"),
)
TOESTELLEN += (("Windows", "Windows"), ("Macintosh", "een Mac"), ("Linux", "Linux"))
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox|FxiOS", "Firefox"))
BROWSERS += (("Chrome|CriOS", "Chrome"), ("Safari", "Safari"))


def in_woorden(user_agent):
    """A browser as people call it: 'Chrome op Windows'. Returns 'Een onbekende browser' when nothing is recognised."""
    browser = next((naam for teken, naam in BROWSERS if re.search(teken, user_agent)), "")
    toestel = next((naam for teken, naam in TOESTELLEN if teken in user_agent), "")
    return f"{browser or 'Een browser'} op {toestel}" if toestel else browser or "Een onbekende browser"


def gezien_noteren(request):
    """Write the moment of this request in the session and at its row, at most once in OPFRISSEN seconds.

    A clock that went back counts too.
    """
    nu, vraagt_erom = int(time.time()), request.path == SESSIE_PAD  # somebody pressed "Blijf ingelogd"
    if abs(nu - request.session.get(GEZIEN, 0)) < OPFRISSEN and not vraagt_erom:
        return
    request.session[GEZIEN] = nu
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def te_lang_stil(request):
    """Whether this session has been without a request for longer than its person may."""
    stil = int(time.time()) - request.session.get(GEZIEN, int(time.time()))
    return stil > settings.SESSIE_STIL or stil > settings.SESSIE_STIL_TEAM and request.user.hoort_bij_team


def resterend(request):
    """How many seconds this session goes on without a request; 0 when it is over."""
    grens = (
        min(settings.SESSIE_STIL, settings.SESSIE_STIL_TEAM) if request.user.hoort_bij_team else settings.SESSIE_STIL
    )
    nu = int(time.time())
    return max(0, grens - (nu - request.session.get(GEZIEN, nu)))


def kijkt_alleen(request):
    """Whether this request only asks how long the session goes on: looking is no work."""
    return request.path == SESSIE_PAD and "werkt" not in request.GET


def begin_noteren(sender, request, **kwargs):
    """Receiver of Django's user_logged_in: the session begins now."""
    if request is not None and hasattr(request, "session"):
        request.session[GEZIEN] = int(time.time())


def spaarzaam_bewaren(sender, instance, **kwargs):
    """Receiver of pre_save of UserSession: no ip address, and the browser in words only.

    More is not needed, so it is not kept.
    """
    instance.ip = "0.0.0.0"  # noqa: S104 - "no address"; the field may not be empty
    if "/" in instance.user_agent or not instance.user_agent:
        instance.user_agent = in_woorden(instance.user_agent)


def eigen_sessie_houden(request, gebruiker):
    """After the salt, address or password of `gebruiker` changed: this session goes on under a new key, the others
    end.
    """
    oud = request.session.session_key
    update_session_auth_hash(request, gebruiker)
    UserSession.objects.filter(session_key=oud).update(session_key=request.session.session_key)


def opruimen():
    """Sessions that ended hold nothing for anybody, nor does the line about them in the own list.

    Returns how many went.
    """
    aantal = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return aantal
