"""allauth's adapter: sign-up is closed (an account begins with an application), account mails are kept for the demo."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage

from lms.kern.models import Accountmail


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw, of vraag een code per mail.",
        "too_many_login_attempts": "Je probeerde het te vaak. Wacht een paar minuten en probeer het opnieuw.",
        "incorrect_code": "Deze code klopt niet. Kijk nog eens in je mail.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        bericht = self.render_mail(template_prefix, email, {"request": self.request, **context})
        if settings.DEMO:
            Accountmail.objects.create(aan=email, onderwerp=bericht.subject, tekst=bericht.body)
        bericht.send()


def code_mailen(adres, onderwerp, tekst):
    """Send an account mail at once, outside the outbox; in the demo a copy is kept for the mail page."""
    if settings.DEMO:
        Accountmail.objects.create(aan=adres, onderwerp=onderwerp, tekst=tekst)
    EmailMessage(onderwerp, tekst, to=[adres]).send()
