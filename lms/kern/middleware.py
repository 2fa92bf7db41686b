"""The doors of the house: every error a Dutch page with our headers, and headers on every response."""

import codecs
import logging
import re

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from lms.kern.beleid import IN_BEHEER, IN_VOORBEELD
from lms.kern.fouten import TEKSTEN, pagina
from lms.kern.handelingen.mensen import groepen_nalopen

log = logging.getLogger(__name__)
METHODEN = ("GET", "HEAD", "POST")
BEHEER, DJANGO_BEHEER = "/beheer/", "/beheer/django/"
RECHTEN = "camera=(), geolocation=(), microphone=()"
GEEN_NUMMER = re.compile(
    r"expected a number but got|invalid literal for int|is not a valid UUID|badly formed hexadecimal "
    r"UUID|^Reverse for .* not found"
)


def _naar(request, response):
    """A form that a script sends to show how far it is (upload.js) hears where to go on, and then goes there
    itself: a redirect would be followed unseen.
    """
    if request.headers.get("X-Upload") == "1" and response.status_code == 302:
        response.status_code, response.headers["X-Naar"] = 200, response.headers["Location"]
        del response.headers["Location"]
    return response


def _is_utf8(request):
    """Whether what was posted says it is in our charset, or says nothing.

    Other ones fail deep inside, also those that are no charset of text.
    """
    charset = request.content_params.get("charset", "utf-8")
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False


class FoutenMiddleware:
    """The outermost one: also an error of another middleware gets its page and its headers here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODEN:
            response = pagina(405)
            response["Allow"] = ", ".join(METHODEN)
        elif "\x00" in request.path:
            response = pagina(404)  # no page has one in its name, and PostgreSQL cannot be asked for it
        elif not _is_utf8(request):
            response = pagina(400)
        else:
            response = self._antwoord(request)
        return self._als_fout(request, response) if response.status_code >= 400 else response

    def _antwoord(self, request):
        """The response; when even the page about a fault fails, a page that asks nothing."""
        try:
            return self.get_response(request)
        except Exception:
            log.exception("De foutpagina zelf ging mis")
            return pagina(500)

    def _als_fout(self, request, response):
        if response.status_code == 405 and request.method == "GET" and request.path.startswith(BEHEER):
            return redirect(BEHEER)  # a post-only address of Wagtail, opened by hand or after logging in
        if self._is_kaal(response) and response.status_code in TEKSTEN:
            zelf, response = response, pagina(response.status_code)
            for naam in ("Allow", "Retry-After", "Set-Cookie"):
                if naam in zelf:
                    response[naam] = zelf[naam]
            response.cookies = zelf.cookies
        self._kopregels(response)
        return response

    @staticmethod
    def _is_kaal(response):
        """An error without a page: empty, or some words of another package."""
        if response.streaming or getattr(response, "is_foutpagina", False):
            return False
        soort = response.get("Content-Type", "")
        return (
            not response.content
            or soort.startswith(("text/html", "text/plain"))
            and b"<html" not in response.content[:2000]
        )

    @staticmethod
    def _kopregels(response):
        response.headers.setdefault(HEADER, build_policy())
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Permissions-Policy", RECHTEN)
        response["Cache-Control"] = "no-store, private"


class HuisMiddleware:
    """Who may in the admins; no-store on personal pages, the slightly wider policy of Wagtail's admin."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(BEHEER) and request.user.is_authenticated:
            groepen_nalopen(request.user)
            if not mag_in_beheer(request):
                raise PermissionDenied
        response = _naar(request, self.get_response(request))
        if request.path.startswith(BEHEER):
            response._csp_replace = IN_BEHEER
            response["X-Frame-Options"] = "SAMEORIGIN"
        elif getattr(request, "is_preview", False):
            # the page itself as an editor sees it in a panel of our own admin: Wagtail asks for it through all
            # middleware, with a request of its own
            response._csp_replace = IN_VOORBEELD
            response["X-Frame-Options"] = "SAMEORIGIN"
        if request.path.startswith(("/documenten/", "/media/")) and response.status_code < 300:
            # what editors uploaded: never a page of ours
            response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
            response.headers["X-Content-Type-Options"] = "nosniff"
        if self._is_persoonlijk(request, response):
            response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", RECHTEN)
        return response

    def process_exception(self, request, exception):
        """A number in an address of Wagtail's admin that is none: not found, as everywhere.

        Wagtail asks the database without looking.
        """
        if request.path.startswith(BEHEER) and request.method != "POST" and GEEN_NUMMER.search(str(exception)):
            raise Http404 from exception

    @staticmethod
    def _is_persoonlijk(request, response):
        if getattr(response, "is_foutpagina", False):
            return False  # has its own, and asks nobody who this is
        return (
            request.path.startswith(("/aanmelden/", "/inloggen/", "/accounts/", "/account/", "/mailstand/"))
            or request.user.is_authenticated
        )


def mag_in_beheer(request):
    """May this person open this admin?

    Wagtail and Django would send who is logged in already to the login page, which sends back.
    """
    if request.path.startswith(DJANGO_BEHEER):
        return request.user.is_superuser
    return request.user.has_perm("wagtailadmin.access_admin")
