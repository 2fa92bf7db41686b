"""At the door of every page: idle sessions end, staff show a second step, and a login that waits dies with what it
was asked for.
"""

from urllib.parse import urlencode, urlsplit

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login, unstash_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse

from lms.kern.sessies import gezien_noteren, kijkt_alleen, te_lang_stil
from lms.kern.sleutels import vraag_vergeten
from lms.kern.tweede_stap import bewijzen, stappen_van

AFDRUK = "account_login_afdruk"  # in the session: [moment the login began, print of the account then]
# what somebody of the team may open before the second step; everywhere else nobody is logged in yet
ZONDER_TWEEDE_STAP = frozenset(
    {"account", "sessie", "account_login", "account_logout", "account_inactive", "account_reauthenticate"}
    | {
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
    }
    | {
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
    }
    | {"mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_login_webauthn"}
)


class Toegangswacht:
    """Comes last: the views see the person this lets through."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            if te_lang_stil(request):
                logout(request)
            elif not kijkt_alleen(request):
                gezien_noteren(request)
        wachtte = LOGIN_SESSION_KEY in request.session
        if wachtte and not request.user.is_authenticated:
            _wachtende_login_nakijken(request)
        antwoord = self.get_response(request)
        if LOGIN_SESSION_KEY in request.session:
            _wachtende_login_onthouden(request)
        elif wachtte:
            vraag_vergeten(request)  # what a key was asked for a login that is gone
        if getattr(request, "eerst_tweede_stap", None) and _naar_de_deur(antwoord):
            return HttpResponseRedirect(tweede_stap_adres(request, request.eerst_tweede_stap))
        return antwoord

    def process_view(self, request, view, args, kwargs):
        """A session of the team without a second step is nobody's, outside the pages that make or show one."""
        if not settings.LMS_TWEEDE_STAP or not request.user.is_authenticated:
            return
        if (
            request.resolver_match.view_name not in ZONDER_TWEEDE_STAP
            and request.user.hoort_bij_team
            and not bewijzen(request)
        ):
            request.eerst_tweede_stap, request.user = request.user, AnonymousUser()


def _naar_de_deur(antwoord):
    """Whether this leads to the login page, or to an address of a package that does."""
    if antwoord.status_code not in (301, 302):
        return False
    deuren = {
        resolve_url(settings.LOGIN_URL),
        *(reverse(naam) for naam in ("wagtailadmin_login", "admin:login", "wagtailcore_login")),
    }
    return urlsplit(antwoord.url).path in deuren


def tweede_stap_adres(request, gebruiker):
    """Where to show a second step, and then go on with this page; who has none sets one up."""
    soorten = set(stappen_van(gebruiker).values_list("type", flat=True))
    if not soorten:
        return reverse("mfa_index")
    naam = "mfa_reauthenticate" if "totp" in soorten else "mfa_reauthenticate_webauthn"
    verder = request.get_full_path() if request.method == "GET" else reverse("start")
    return f"{reverse(naam)}?{urlencode({'next': verder})}"


def _rekening(login):
    """The print of the account a login waits for: address, password, salt, block.

    Empty when there is no such account.
    """
    return f"{login.user.get_session_auth_hash()}:{login.user.is_active}" if login.user else ""


def _wachtende_login_nakijken(request):
    login, bewaard = unstash_login(request, peek=True), request.session.get(AFDRUK)
    if login and bewaard and bewaard[0] == login.initiated_at and bewaard[1] != _rekening(login):
        clear_login(request)
        messages.warning(request, "Er is net iets veranderd aan dit account. Begin opnieuw met inloggen.")


def _wachtende_login_onthouden(request):
    bewaard = request.session.get(AFDRUK)
    if bewaard and bewaard[0] == request.session[LOGIN_SESSION_KEY].get("initiated_at"):
        return
    login = unstash_login(request, peek=True)
    if login:
        request.session[AFDRUK] = [login.initiated_at, _rekening(login)]
