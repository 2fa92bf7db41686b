"""The log: one line of JSON per event, without anything that somebody typed.

Of a failure it tells its kind and where it happened, never its words: the message of a database error repeats the
value that was refused. Of a page it names the pattern of its address, as the address may hold somebody's link.
"""

import datetime as dt
import json
import logging
import traceback

REGELS = 12  # of a traceback, the innermost
# What the settings take over: to stderr. A page that is not there (404) is no line: its address may hold a link.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"()": "lms.kern.log.Regel"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": []},
    },
}


class Regel(logging.Formatter):
    """A record as one line of JSON on stderr."""

    def format(self, record):
        """Return the line: tijd (UTC), niveau, bron, bericht; with a failure its kind and place; with a page its
        pattern, method and status.
        """
        regel = {
            "tijd": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": record.name,
            "bericht": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if request is not None:
            regel |= pagina_van(request, getattr(record, "status_code", None))
        if record.exc_info and record.exc_info[0]:
            plekken = [f"{plek.filename}:{plek.lineno} {plek.name}" for plek in plekken_van(record.exc_info[2])]
            regel |= {"fout": " < ".join(keten_van(record.exc_info[1])), "waar": plekken}
        return json.dumps(regel, ensure_ascii=False)


def pagina_van(request, status):
    """Which page it was: its answer, the pattern of its address and the method."""
    gevonden = getattr(request, "resolver_match", None)
    patroon = gevonden.route if gevonden else "onbekend"
    return {"bericht": f"antwoord {status}", "pagina": patroon, "methode": getattr(request, "method", "")}


def keten_van(fout):
    """The kinds of a failure and of what caused it, at most four."""
    keten = []
    while fout is not None and len(keten) < 4:
        keten.append(type(fout).__name__)
        fout = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
    return keten


def plekken_van(spoor):
    """The innermost places of a traceback."""
    return traceback.extract_tb(spoor)[-REGELS:]
