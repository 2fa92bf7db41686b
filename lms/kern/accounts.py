"""allauth's adapter: sign-up is closed (an account begins with an application), account mail goes into the outbox."""

import datetime as dt
import secrets
from hashlib import sha256

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from lms.kern.berichten import accountbericht_maken
from lms.kern.bezoek import BEZOEK, VAN_DE_BEZOEKER, mail_onthouden, mailmerk
from lms.kern.codes import nieuwe_code
from lms.kern.deur import Deurwacht
from lms.kern.models import Gebruiker
from lms.kern.tweede_stap import is_vers
from lms.kern.velden import adres_nakijken

ONBEKEND, GEBLOKKEERD = "account/email/unknown_account", "account/email/geblokkeerd"
GEVRAAGD = ("account/email/login_code", ONBEKEND, "account/email/password_reset_key")
# The same for a known and an unknown address: what the waiting page says must not tell them apart.
GELDIG = dt.timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)

_KLOPT_NIET = "Dat klopt niet. Kijk het nog eens na."
_PAST_NIET = "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw, of vraag een code per mail."
_BEZET = "Dit e-mailadres hoort al bij iemand anders."
_TE_VAAK = "Je probeerde het te vaak. Wacht een paar minuten en probeer het opnieuw."
# Every sentence of allauth's own adapter, also those of roads that are closed here: a test walks them.
ZINNEN = {
    "account_inactive": "Inloggen kan nu niet. Bel ons.",
    "cannot_remove_primary_email": "Dit e-mailadres kun je niet weghalen.",
    "duplicate_email": "Dit e-mailadres staat er al.",
    "email_password_mismatch": _PAST_NIET,
    "username_password_mismatch": _PAST_NIET,
    "phone_password_mismatch": "Dit nummer en wachtwoord horen niet bij elkaar.",
    "email_taken": _BEZET,
    "phone_taken": "Dit nummer hoort al bij iemand anders.",
    "username_taken": "Deze naam hoort al bij iemand anders.",
    "enter_current_password": "Dit is niet het wachtwoord dat je nu hebt.",
    "incorrect_code": "Deze code klopt niet. Kijk nog eens in je mail.",
    "incorrect_password": "Dit wachtwoord klopt niet.",
    "invalid_or_expired_key": "Deze link werkt niet meer. Vraag een nieuwe.",
    "invalid_login": _KLOPT_NIET,
    "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe.",
    "max_email_addresses": "Meer dan %d e-mailadressen kan niet.",
    "too_many_login_attempts": _TE_VAAK,
    "rate_limited": _TE_VAAK,
    "unknown_email": "We kennen dit e-mailadres niet.",
    "unknown_phone": "We kennen dit nummer niet.",
    "unverified_primary_email": "We weten nog niet zeker of dit e-mailadres klopt. Log in met een code per mail.",
    "username_blacklisted": "Deze naam kan niet. Kies een andere.",
    "select_only_one": "Kies er maar één.",
    "same_as_current": "Dit is hetzelfde als nu.",
}


class AccountAdapter(Deurwacht, DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **ZINNEN,
    }

    def generate_login_code(self):
        return nieuwe_code()

    def get_password_change_redirect_url(self, request):
        return reverse("account")

    def is_open_for_signup(self, request):
        return False

    def clean_email(self, email):
        return adres_nakijken(email)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whether to ask again who somebody is: not when it was shown a few minutes ago, with the second step where
        there is one.
        """
        return not is_vers(self.request) and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """Who has a second step shows that one: a password alone opens nothing here."""
        manieren = super().get_reauthentication_methods(user)
        return [m for m in manieren if m["id"] != "reauthenticate"] or manieren

    def send_mail(self, template_prefix, email, context):
        """Put one of allauth's mails in the outbox, sealed: only plain values of the context go along.

        What anybody can ask for an address is limited where it is asked (inlogforms.py), before a new code makes the
        old one worthless; what tells somebody of a change of the own account always goes.
        """
        gevraagd = template_prefix in GEVRAAGD
        if template_prefix == ONBEKEND and Gebruiker.objects.filter(email__iexact=email, is_active=False).exists():
            # allauth calls who is blocked unknown; that mail would send them to apply again
            template_prefix = GEBLOKKEERD
        waarden = {naam: waarde for naam, waarde in context.items() if isinstance(waarde, (str, int))}
        merk = mailmerk(self.request) if gevraagd else secrets.token_urlsafe(9)
        over = f"account:{sha256(f'{merk}{template_prefix}{email.lower()}'.encode()).hexdigest()[:32]}"
        geldig = GELDIG if gevraagd else dt.timedelta(days=3)
        bericht = accountbericht_maken(email, template_prefix, over=over, waarden=waarden, geldig=geldig)
        if gevraagd:
            mail_onthouden(self.request, bericht, email)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Not "we mailed a code": nothing was mailed yet. The page itself says how far the mail is."""
        if message_template != "account/messages/login_code_sent.txt":
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_reset_password_from_key_url(self, key):
        """The link in the mail: with the site's own name, never that of the request."""
        pad = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + pad.replace("UID-KEY", key)

    def post_login(self, request, user, **kwargs):
        """What a visitor typed here before stays in this browser only for who has that address."""
        bezoek = request.session.get(BEZOEK)
        if bezoek and bezoek.get("adres", "").lower() != (user.email or "").lower():
            for sleutel in VAN_DE_BEZOEKER:
                request.session.pop(sleutel, None)
        return super().post_login(request, user, **kwargs)
