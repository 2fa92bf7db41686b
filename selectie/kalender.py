"""The calendar entry of a conversation: for the candidate and for each trainer, the same UID, updated when another
moment is picked.
"""

import datetime as dt

from cursus.kalender import REQUEST, bestand, gebeurtenis
from selectie.models import Gesprek

DUUR = dt.timedelta(hours=1)  # nobody asks for an end; an hour keeps the diary free


def bijlagen(bericht):
    """The calendar file of a planned conversation: [(name, bytes, mimetype)]; nothing when the moment was let go in
    the meantime.
    """
    nummer = bericht.sleutel.split(":")[1]
    gesprek = Gesprek.objects.filter(pk=nummer, moment_om__isnull=False, vervallen_om=None).first()
    if gesprek is None:
        return []
    velden = {
        "begin": gesprek.moment_om,
        "eind": gesprek.moment_om + DUUR,
        "plek": gesprek.plek,
        "moment": bericht.klaar_om,
        "aan": bericht.aan,
    }
    event = gebeurtenis(f"gesprek-{gesprek.pk}", titel="Gesprek over je traject", **velden)
    return [("gesprek.ics", bestand([event], REQUEST), f"text/calendar; method={REQUEST}")]
