"""How often somebody may knock at the login door, and how the owner still gets in when strangers knocked too often.

Failed logins, codes and new passwords are counted per address of the visitor and per e-mail address, for who logged in
with this browser before in a bucket of their own; a network that did not ask before has a small share of its own
(bezoek.over_de_grens); password checks also in all, because they cost. One statement counts them, one takes a good
login back.
"""

from allauth.account.internal.stagekit import clear_login  # private: tests/kern/test_deur.py names the version
from allauth.account.signals import password_reset
from django.conf import settings
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.shortcuts import render

from lms.kern import bekend
from lms.kern.bezoek import over_de_grens
from lms.kern.grenzen import Grens, bezoeker, tellen, terugnemen, vergeten
from lms.kern.hashers import Druk

MINUUT, VIJF_MINUTEN, UUR = 60, 300, 3600
OP_SLOT = (
    "Er is te vaak geprobeerd om met dit adres in te loggen. Een wachtwoord werkt hier nu vijf minuten niet, "
    "ook het goede niet. "
    "Wil je er nu in? Kies hierboven ‘Mail mij een code’."
)
CODES_OP = (
    "Voor dit adres zijn net veel codes gevraagd. Kijk eerst in je mail, ook bij ongewenste mail. "
    "Heb je een wachtwoord? Log daarmee in. Of bel ons."
)
RESET_OP = (
    "Voor dit adres is net al een paar keer een nieuw wachtwoord gevraagd. Kijk eerst in je mail, ook bij "
    "ongewenste mail. "
    "Of log in met een code. Lukt het niet? Bel ons."
)
# Steps of allauth that we count ourselves, by the name of their address: (how many, in so many seconds), per person or
# else per visitor.
STAPPEN = {
    "account_reset_password_from_key": (20, MINUUT),
    "account_confirm_login_code": (30, MINUUT),
    "account_change_password": (5, MINUUT),
    "account_set_password": (5, MINUUT),
    "account_reauthenticate": (10, MINUUT),
}
# with ?anders=1 the other way in, after a code was asked
INLOGPAGINAS = ("account_login", "account_request_login_code")


class TeVaak(Exception):
    """This visitor did something too often. Becomes the page that says so (429)."""


def _ruim(aantal):
    """In the demo and the tests everybody comes from one address."""
    return aantal * settings.BEZOEKERS_PER_ADRES


def _vak(request, adres):
    """(bucket, known): of the owner's browser, or of all strangers together."""
    merk = bekend.merk_van(request, adres)
    return (f"{adres.lower()}~{merk}", True) if merk else (adres.lower(), False)


def _mislukt(vak):
    return Grens("mislukt", vak, 5, VIJF_MINUTEN)


def poging(request, adres):
    """Count a try to log in with a password before it is checked. Returns the Grenzen to take back when it was right.

    Raises ValidationError (this address is locked; names the other way in), TeVaak (this visitor), Druk (all together).
    """
    vak, bekende = _vak(request, adres)
    ip = bezoeker(request)
    mislukt = [_mislukt(vak)]
    overig = [Grens("wachtwoorden", "bekend" if bekende else "vreemd", settings.WACHTWOORDEN_PER_MINUUT, MINUUT)]
    if bekende:
        overig.append(Grens("inloggen", vak, 30, MINUUT))
    else:
        mislukt.append(Grens("mislukt-hier", ip, _ruim(10), MINUUT))
        overig.append(Grens("inloggen", ip, _ruim(30), MINUUT))
    namen = {grens.naam for grens in tellen(*mislukt, *overig)}
    if "inloggen" in namen or "mislukt-hier" in namen:
        terugnemen(mislukt[0], overig[0])  # who is past the own limit uses up nothing that others share
        raise TeVaak
    if "mislukt" in namen:
        terugnemen(overig[0])  # no password is checked
        raise ValidationError(OP_SLOT, code="op_slot")
    if namen:
        terugnemen(*mislukt)  # nothing was checked, so nothing failed
        raise Druk
    return mislukt


def post_vragen(request, adres, naam, zin):
    """Count a code or link that is asked by mail. Raises ValidationError with `zin`, or TeVaak (this visitor)."""
    vak, bekende = _vak(request, adres)
    grenzen = [Grens(naam, vak, 5 if bekende else 3, MINUUT), Grens(f"{naam}-uur", vak, 20 if bekende else 10, UUR)]
    hier = Grens(f"{naam}-hier", bezoeker(request), _ruim(20), MINUUT)
    over = tellen(*grenzen) if bekende else over_de_grens(request, adres, naam, grenzen, [hier])
    if hier in over:
        raise TeVaak
    if over:
        raise ValidationError(zin, code="te_vaak")


class Deurwacht:
    """The part of allauth's adapter that counts tries.

    Only its public hooks: allauth's own limit on failed logins counts second factors only.
    """

    def pre_authenticate(self, request, **credentials):
        self._geteld = poging(request, credentials.get("email") or credentials.get("username") or "")

    def authenticate(self, request, **credentials):
        self._geteld = ()
        try:
            gebruiker = super().authenticate(request, **credentials)
        except Druk:
            terugnemen(*self._geteld)
            raise
        if gebruiker:
            terugnemen(*self._geteld)
        return gebruiker


@receiver(password_reset, dispatch_uid="lms.kern.deur")
def _nieuw_wachtwoord(sender, request, user, **kwargs):
    """Who proved to read this mail box may log in again at once."""
    if user.email:
        vergeten(_mislukt(user.email.lower()))


class DeurMiddleware:
    """Counts the other steps of allauth, turns "too often" and "too busy" into their pages, and lets a browser be
    known after a login.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        adres = getattr(request, "net_ingelogd", "")
        if adres:
            bekend.onthouden(request, response, adres)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        naam = request.resolver_match.url_name
        if (
            request.method == "GET"
            and naam in INLOGPAGINAS
            and "anders" in request.GET
            and not request.user.is_authenticated
        ):
            clear_login(request)  # else allauth leads back to the page of the code for a quarter of an hour
        stap = STAPPEN.get(naam) if request.method == "POST" else None
        if stap is None:
            return None
        wie = f"persoon {request.user.pk}" if request.user.is_authenticated else bezoeker(request)
        return te_vaak_pagina(request) if tellen(Grens(naam, wie, _ruim(stap[0]), stap[1])) else None

    def process_exception(self, request, exception):
        if isinstance(exception, TeVaak):
            return te_vaak_pagina(request)
        if isinstance(exception, Druk):
            antwoord = render(request, "account/druk.html", status=503)
            antwoord["Retry-After"] = "60"
            return antwoord
        return None


def te_vaak_pagina(request):
    """The page of a visitor who did something too often."""
    antwoord = render(request, "429.html", status=429)
    antwoord["Retry-After"] = "60"
    return antwoord
