"""What a passkey is asked and what it says: one question, one answer, for one purpose and one person.

allauth 65.21.1 keeps one question in the session, whatever it was asked for. Beside it we keep what for and of whom:
views note it when they ask (`vraag_onthouden`), our forms take it in and compare. What cannot be read is an answer that
is not right, never an error of ours. What is used of allauth's inside is named in tests/kern/test_sleutels.py.
"""

import struct
import time
from contextlib import contextmanager

from allauth.core import context
from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from lms.kern.grenzen import Grens, tellen

# in the session: what allauth's question is for, of whom, which one it is, and when it was asked
VRAAG = "sleutelvraag"
INLOGGEN, TWEEDE_STAP, NOG_EENS, MAKEN = "inloggen", "tweede stap", "nog eens", "maken"
GELDIG = 3600  # seconds
# in what allauth keeps of a key: made to log in with it alone. Without it, a key from before: second step only
ALLEEN = "alleen_inloggen"

OPNIEUW = "Deze vraag aan je sleutel geldt niet meer. Begin opnieuw."
MISLUKT = "Dat lukte niet met deze sleutel. Begin opnieuw, of kies een andere manier."
NIET_ALLEEN = (
    "Met alleen deze sleutel kun je niet inloggen. Log in met je wachtwoord of een code. Je sleutel is "
    "daarna je tweede stap."
)
ONLEESBAAR = (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError, struct.error)


def vraag_onthouden(request, doel, gebruiker=None):
    """Note what the question that allauth just put in the session is for, and of whom; logging in with a key alone
    asks nobody in particular.
    """
    vraag = auth.get_state()["challenge"]
    request.session[VRAAG] = {"doel": doel, "wie": gebruiker and gebruiker.pk, "vraag": vraag, "om": int(time.time())}


def vraag_vergeten(request):
    """Drop the question of this session, if there is one."""
    request.session.pop(VRAAG, None)
    request.session.pop(auth.STATE_SESSION_KEY, None)


@contextmanager
def _ingenomen(doel, gebruiker):
    """Around checking an answer: the question goes, right or wrong.

    Raises ValidationError when it was another one, too old, or answered.
    """
    sessie = context.request.session
    try:
        bewaard, staat = sessie.pop(VRAAG, None) or {}, auth.get_state() or {}
        verwacht = {
            "doel": doel,
            "wie": gebruiker and gebruiker.pk,
            "vraag": staat.get("challenge"),
            "om": bewaard.get("om"),
        }
        if bewaard != verwacht or not 0 <= time.time() - bewaard["om"] < GELDIG:
            raise ValidationError(OPNIEUW)
        # a copy of the session that was read at the same moment has it too: counting is done in one place
        if tellen(Grens("sleutelvraag", bewaard["vraag"], 1, 2 * GELDIG)):
            raise ValidationError(OPNIEUW)
        yield
    finally:
        auth.clear_state()


def _leesbaar(lezen):
    """Call `lezen`; what it cannot read, or what allauth calls a wrong code, becomes a ValidationError about a key."""
    try:
        return lezen()
    except ONLEESBAAR as fout:
        raise ValidationError(MISLUKT) from fout
    except ValidationError as fout:
        if getattr(fout, "code", "") == "incorrect_code":
            raise ValidationError(MISLUKT) from fout
        raise


def _mens_herkend(gegevens):
    """Raise ValidationError unless the key says in what it signed that it recognised its person: a finger, a face
    or a pin.
    """
    if not gegevens.is_user_verified():
        raise ValidationError(MISLUKT)


class SleutelVeld(forms.JSONField):
    """A JSON object and nothing else; too deep is unreadable too."""

    def to_python(self, value):
        waarde = _leesbaar(lambda: super(SleutelVeld, self).to_python(value))
        if waarde is not None and not isinstance(waarde, dict):
            raise ValidationError("Dat lukte niet. Probeer het nog eens.")
        return waarde

    def bound_data(self, data, initial):
        """What was sent is never shown again: a key answers each question once."""
        return InvalidJSONInput("")


class SleutelMaken(allauth_forms.AddWebAuthnForm):
    credential = SleutelVeld(widget=forms.HiddenInput)

    def clean(self):
        """The key, with in it what it was made for: that is kept with it.

        What the browser says about that does not count.
        """
        with _ingenomen(MAKEN, self.user):
            gegevens = _leesbaar(super().clean)
        if gegevens.get("credential"):
            _mens_herkend(RegistrationResponse.from_dict(gegevens["credential"]).response.attestation_object.auth_data)
            gegevens["credential"][ALLEEN] = bool(gegevens.get("passwordless"))
        return gegevens


class _Antwoord(forms.Form):
    """Comes before a form of allauth: the answer belongs to the question, and the key recognised its person."""

    doel = None
    credential = SleutelVeld(widget=forms.HiddenInput)

    def clean_credential(self):
        antwoord = self.cleaned_data["credential"]
        with _ingenomen(self.doel, self.user):
            sleutel = _leesbaar(super().clean_credential)
        _mens_herkend(AuthenticationResponse.from_dict(antwoord).response.authenticator_data)
        return sleutel


class SleutelTonen(_Antwoord, allauth_forms.AuthenticateWebAuthnForm):
    doel = TWEEDE_STAP


class SleutelInloggen(_Antwoord, allauth_forms.LoginWebAuthnForm):
    doel = INLOGGEN

    def clean_credential(self):
        sleutel = super().clean_credential()
        if sleutel.data["credential"].get(ALLEEN) is not True:
            raise ValidationError(NIET_ALLEEN)
        return sleutel


class SleutelNogEens(_Antwoord, allauth_forms.ReauthenticateWebAuthnForm):
    doel = NOG_EENS
