"""The calendar entry of a conversation: for the candidate and for each trainer, the same UID, updated when another
moment is picked, taken out of the diary when it is let go.
"""

import datetime as dt

from cursus.kalender import CANCEL, REQUEST, bestand, gebeurtenis
from selectie.models import Gesprek

DUUR = dt.timedelta(hours=1)  # nobody asks for an end; an hour keeps the diary free


def bijlagen(bericht):
    """The calendar file of a conversation: [(name, bytes, mimetype)].

    Planned: as it is now. Let go: the moment that was told, as that is what stands in the diary.
    """
    afgezegd = bericht.soort.startswith("gesprek_afgezegd")
    if afgezegd:
        begin, plek = dt.datetime.fromisoformat(bericht.gegevens["begin"]), bericht.gegevens["plek"]
    else:
        begin, plek = Gesprek.objects.values_list("moment_om", "plek").get(pk=bericht.feit)
    event = gebeurtenis(
        f"gesprek-{bericht.feit}",
        titel="Gesprek over je traject",
        begin=begin,
        eind=begin + DUUR,
        plek=plek,
        moment=bericht.klaar_om,
        aan=bericht.aan,
        afgezegd=afgezegd,
    )
    methode = CANCEL if afgezegd else REQUEST
    return [("gesprek.ics", bestand([event], methode), f"text/calendar; method={methode}")]
