"""allauth's forms of the login door: addresses as everywhere in the house, and limits that leave the owner a way in."""

from allauth.account import forms as allauth_forms
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from lms.kern.bezoek import te_veel_mail
from lms.kern.codes import Codeveld, Stapcodeveld
from lms.kern.deur import CODES_OP, RESET_OP, post_vragen
from lms.kern.velden import Adresveld

ADRES_NODIG = "Vul je e-mailadres in. Dan weten we waar de mail heen moet."
WACHTWOORD_MAX = 1000  # characters; checking more costs, and nobody has it


class InlogForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = Adresveld(
            label="E-mailadres bij je wachtwoord", error_messages={"required": "Vul het e-mailadres in."}
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = "Wachtwoord"
        self.fields["password"].error_messages["required"] = "Vul je wachtwoord in. Of vraag een code per mail."
        self.fields["password"].validators.append(MaxLengthValidator(WACHTWOORD_MAX, "Dit wachtwoord is te lang."))
        self.order_fields(["login", "password"])


def _vragen(adres, naam, zin):
    """Count that mail is asked for this address, of this kind and in all. Raises ValidationError with `zin`."""
    post_vragen(context.request, adres, naam, zin)
    if te_veel_mail(context.request, adres, "code"):
        raise ValidationError(zin, code="te_vaak")


class CodeVragenForm(RequestLoginCodeForm):
    email = Adresveld(label="E-mailadres", error_messages={"required": ADRES_NODIG})

    def clean_email(self):
        _vragen(self.cleaned_data["email"], "inlogcode", CODES_OP)
        return super().clean_email()


class CodeForm(ConfirmLoginCodeForm):
    code = Codeveld()


class StapTonen(AuthenticateForm):
    code = Stapcodeveld()


class StapNogEens(ReauthenticateForm):
    code = Stapcodeveld()


class AppAan(ActivateTOTPForm):
    code = Stapcodeveld(label="Code uit de app")


class NieuwWachtwoordForm(ResetPasswordForm):
    email = Adresveld(label="E-mailadres", error_messages={"required": ADRES_NODIG})

    def clean_email(self):
        _vragen(self.cleaned_data["email"], "wachtwoordlink", RESET_OP)
        return super().clean_email()


NOG_EENS = "Vul twee keer hetzelfde wachtwoord in."


class TweeKeer:
    """Says in our words that the two passwords are not the same."""

    def clean(self):
        gegevens = super().clean()
        if "password2" in self.errors and gegevens.get("password1"):
            self.errors["password2"] = self.error_class([NOG_EENS])
        return gegevens


class WachtwoordVeranderen(TweeKeer, allauth_forms.ChangePasswordForm):
    oldpassword = PasswordField(show_reset_help=True, label="Je wachtwoord van nu", autocomplete="current-password")
    password1 = SetPasswordField(label="Nieuw wachtwoord")
    password2 = PasswordField(label="Nieuw wachtwoord, nog een keer", autocomplete="new-password")


class WachtwoordKiezen(TweeKeer, allauth_forms.SetPasswordForm):
    password1 = SetPasswordField(label="Wachtwoord")
    password2 = PasswordField(label="Wachtwoord, nog een keer", autocomplete="new-password")


class WachtwoordUitLink(TweeKeer, allauth_forms.ResetPasswordKeyForm):
    password1 = SetPasswordField(label="Nieuw wachtwoord")
    password2 = PasswordField(label="Nieuw wachtwoord, nog een keer", autocomplete="new-password")
