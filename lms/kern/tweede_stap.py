"""The second step of logging in: secrets sealed, who may take one away, and whether this session was opened with one.

Built on allauth 65.21; what is used of its inside is named in tests/kern/test_tweede_stap.py.
"""

import time

from allauth.account import app_settings as account_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from lms.kern.geheim import ontsleutelen, versleutelen
from lms.kern.handelingen.toegang import sessies_vernieuwen
from lms.kern.sessies import eigen_sessie_houden

STAPPEN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes belong to one of these
LAATSTE = "Je hebt een tweede stap nodig om in te loggen. Zet eerst een andere klaar, dan kun je deze weghalen."


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "Met een tweede stap kun je geen e-mailadres toevoegen.",
        "cannot_delete_authenticator": LAATSTE,
        "cannot_generate_recovery_codes": "Zet eerst een tweede stap klaar. Daarna krijg je herstelcodes.",
        "incorrect_code": "Deze code klopt niet. Wacht op de volgende code en probeer het opnieuw.",
        "unverified_email": "We kennen je e-mailadres nog niet zeker. Log eerst in met een code per mail.",
    }

    def encrypt(self, text):
        return versleutelen(text)

    def decrypt(self, encrypted_text):
        return ontsleutelen(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """Staff keep at least one second step."""
        return (
            not authenticator.user.hoort_bij_team
            or stappen_van(authenticator.user).exclude(pk=authenticator.pk).exists()
        )

    def generate_authenticator_name(self, user, type):
        return f"Sleutel {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self):
        return {"id": context.request.get_host().partition(":")[0], "name": settings.MFA_TOTP_ISSUER}


def stappen_van(gebruiker):
    """The second steps of somebody: app and passkeys, without recovery codes."""
    return Authenticator.objects.filter(user_id=gebruiker.pk, type__in=STAPPEN)


def bewijzen(request):
    """What allauth wrote down in this session about second steps of this person."""
    return [r for r in get_authentication_records(request, request.user) if r.get("method") == "mfa"]


def is_vers(request):
    """Whether this person showed who it is a few minutes ago: with the second step where there is one, else by
    logging in.
    """
    regels = get_authentication_records(request, request.user)
    if any(r.get("method") == "mfa" for r in regels) or stappen_van(request.user).exists():
        regels = bewijzen(request)
    return any(0 <= time.time() - r.get("at", 0) < account_settings.REAUTHENTICATION_TIMEOUT for r in regels)


def stap_gekomen(sender, request, user, authenticator, **kwargs):
    """Receiver of authenticator_added: who just set it up has shown it in this session; all other sessions end."""
    if authenticator.type in STAPPEN:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        sessies_vernieuwen(user)
        eigen_sessie_houden(request, user)


def stap_gegaan(sender, request, user, authenticator, **kwargs):
    """Receiver of authenticator_removed: all other sessions end; without any second step this session has shown
    none.
    """
    if authenticator.type not in STAPPEN:
        return
    sessies_vernieuwen(user)
    eigen_sessie_houden(request, user)
    if not stappen_van(user).exists():
        regels = [r for r in get_authentication_records(request, user) if r.get("method") != "mfa"]
        request.session["account_authentication_methods"] = regels
