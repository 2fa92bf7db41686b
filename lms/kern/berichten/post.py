"""The mail server: one connection per pass, with a time limit, and what its answers mean for a message."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from lms.kern.post import postdomein


def _met_merk(soort: type[smtplib.SMTP]) -> type[smtplib.SMTP]:
    """An smtplib connection that knows whether the text of a mail was being handed over: after that nobody knows
    whether it arrived.
    """

    class Verbinding(soort):  # type: ignore[valid-type, misc]
        overhandigt = False

        def __init__(self, *args: Any, **opties: Any) -> None:
            opties["local_hostname"] = postdomein()  # the name of the site, not of the machine
            super().__init__(*args, **opties)

        def mail(self, *args: Any, **opties: Any) -> tuple[int, bytes]:
            self.overhandigt = False
            return super().mail(*args, **opties)

        def data(self, msg: Any) -> tuple[int, bytes]:
            self.overhandigt = True
            antwoord = super().data(msg)
            self.overhandigt = False
            return antwoord

    return Verbinding


PLAT, TLS = _met_merk(smtplib.SMTP), _met_merk(smtplib.SMTP_SSL)


class Post(EmailBackend):
    """Django's own, with the time limit of the settings always on."""

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.timeout = self.timeout or settings.EMAIL_TIMEOUT

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return TLS if self.use_ssl else PLAT

    @property
    def overhandigt(self) -> bool:
        """Whether the last mail may have arrived although we heard no yes."""
        return bool(getattr(self.connection, "overhandigt", False))


def geweigerd(fout: Exception) -> bool:
    """Whether the server refused this mail or its address for good (5xx): trying again changes nothing.

    Not what is about us (login, sender).
    """
    if isinstance(fout, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fout.recipients.values())
    return isinstance(fout, smtplib.SMTPDataError) and fout.smtp_code >= 500


def onzeker(verbinding: BaseEmailBackend, fout: Exception) -> bool:
    """Whether nobody knows if the mail arrived: the connection broke or went silent while the text was handed over."""
    antwoordde = isinstance(fout, smtplib.SMTPResponseException)
    return not antwoordde and getattr(verbinding, "overhandigt", False)
