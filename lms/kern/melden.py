"""Faults told elsewhere too: where LMS_FOUTEN holds the address (a DSN) of a service for faults.

What goes is what the log says (lms/kern/log.py): kind and place of the fault, the pattern of the page. Never a word of
anybody, no values of variables, no address, no cookie, no name of who was logged in.
"""

import logging

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from sentry_sdk.utils import BadDsn

from lms.kern.log import keten_van, pagina_van, plekken_van

ZELF = ("sentry_sdk", "urllib3")  # a failure to tell is not told


def melden_aan(adres, logging_dict):
    """Start telling faults to the DSN `adres` and add the handler to `logging_dict` (settings.LOGGING).

    Raises ImproperlyConfigured when that is no DSN.
    """
    try:
        sentry_sdk.init(
            dsn=adres,
            default_integrations=False,
            auto_enabling_integrations=False,
            send_default_pii=False,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            traces_sample_rate=0,
            auto_session_tracking=False,
            send_client_reports=False,
            server_name="opleiding",
        )
    except BadDsn as fout:
        raise ImproperlyConfigured("LMS_FOUTEN is geen adres van een dienst voor fouten (een DSN).") from fout
    logging_dict["handlers"]["melder"] = {"class": "lms.kern.melden.Melder", "level": "ERROR"}
    logging_dict["root"]["handlers"].append("melder")


class Melder(logging.Handler):
    """Hands a fault to a thread that tells it; nothing in a request waits for it."""

    def emit(self, record):
        if not record.name.startswith(ZELF):
            sentry_sdk.capture_event(gebeurtenis(record))


def gebeurtenis(record):
    """What is told of a log record: {level, logger, logentry, exception, tags}, without a word of anybody."""
    verhaal = {"level": record.levelname.lower(), "logger": record.name}
    request = getattr(record, "request", None)
    if request is not None:
        pagina = pagina_van(request, getattr(record, "status_code", None))
        verhaal["tags"] = {"pagina": pagina["pagina"], "methode": pagina["methode"]}
        verhaal["logentry"] = {"message": pagina["bericht"]}
    else:
        verhaal["logentry"] = {"message": str(record.msg)}  # the sentence without what is filled in
    if record.exc_info and record.exc_info[0]:
        _, fout, spoor = record.exc_info
        plekken = [
            {"filename": plek.filename, "lineno": plek.lineno, "function": plek.name} for plek in plekken_van(spoor)
        ]
        verhaal["exception"] = {
            "values": [{"type": " < ".join(keten_van(fout)), "value": "", "stacktrace": {"frames": plekken}}]
        }
    return verhaal
