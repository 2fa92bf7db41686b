"""Telling a browser which of its texts arrived.

A form that keeps a copy in its own tab (ekc.js) is sent with a random mark. Only the server knows whether that text was
taken: it remembers the mark in the session of the sender, and the next pages name it. Without that word the tab keeps
the copy and offers it again. At the same moment the draft of that form on the server goes (Kladje).
"""

import re
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac

from lms.kern.bezoek import BEZOEK
from lms.kern.handelingen.kladjes import kladje_verstuurd
from lms.kern.kladveld import KLAD

VELD, SESSIE = "tabmerk", "aangekomen"
MERK = re.compile(r"\b[0-9a-f]{24}\b")
HOOGSTENS, HOUDT = 20, 3600  # how many marks, for so many seconds
DEUREN = ("/accounts/", "/account/tweede-stap/")  # asks first who somebody is: nothing was taken yet


class AangekomenMiddleware:
    """Inside HuisMiddleware, which turns the redirect of an upload into something else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303):
            self._onthouden(request, response)
        return response

    @staticmethod
    def _onthouden(request, response):
        merken = MERK.findall(request.POST.get(VELD, ""))[:3]
        if not (merken or KLAD in request.POST) or _naar_een_deur(response) or _gewaarschuwd(request):
            return
        if merken:
            nu = int(time.time())
            request.session[SESSIE] = [*_recent(request), *([merk, nu] for merk in merken)][-HOOGSTENS:]
        if KLAD in request.POST and request.user.is_authenticated:
            kladje_verstuurd(request.POST, door=request.user, adres=request.path)


def _naar_een_deur(response):
    pad = urlsplit(response["Location"]).path
    return pad == resolve_url(settings.LOGIN_URL) or pad.startswith(DEUREN)


def _gewaarschuwd(request):
    """Whether the next page will say that something did not work. Looking takes no message away."""
    opslag = messages.get_messages(request)
    gevonden = any(bericht.level >= messages.WARNING for bericht in opslag)
    opslag.used = False
    return gevonden


def _recent(request):
    sessie = getattr(request, "session", None)
    grens = time.time() - HOUDT
    return [rij for rij in sessie.get(SESSIE, []) if rij[1] > grens] if sessie is not None else []


def aangekomen(request):
    """The marks of the texts of this browser that were taken in the last hour, as one word list; "" for none.

    Asks nothing of the database itself.
    """
    return " ".join(merk for merk, _ in _recent(request))


def adresmerk(request):
    """A print of the address somebody is logged in with, or writes an application for in this browser: tells a tab
    whether both are the same. "" for none.
    """
    user, sessie = getattr(request, "user", None), getattr(request, "session", None)
    if user is not None and user.is_authenticated:
        adres = user.email
    else:
        adres = sessie.get(BEZOEK, {}).get("adres", "") if sessie is not None else ""
    return salted_hmac("lms.kern.aangekomen", adres.lower()).hexdigest()[:24] if adres else ""
