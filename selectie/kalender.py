"""The conversations of somebody: for the diary and as they stand in a mail."""

import datetime as dt

from lms.kern.berichten import Afspraak
from selectie.berichten import GEPLAND, gesprek_staat_voor_trainer
from selectie.models import Gesprek

DUUR = dt.timedelta(hours=1)  # nobody asks for an end; an hour keeps the diary free


def afspraken(persoon):
    """The planned conversations of a candidate, and those of a trainer who is asked, as [Afspraak]."""
    eigen = Gesprek.objects.filter(GEPLAND, verslag__traject__kandidaat=persoon)
    als_trainer = Gesprek.objects.filter(gesprek_staat_voor_trainer(persoon.pk), verslag__meningen__trainer=persoon)
    rijen = Gesprek.objects.filter(pk__in=eigen.values("pk")) | Gesprek.objects.filter(pk__in=als_trainer.values("pk"))
    rijen = rijen.select_related("verslag__traject__kandidaat")
    return [Afspraak("gesprek", g.pk, _titel(g, persoon), g.moment_om, g.moment_om + DUUR, g.plek) for g in rijen]


def _titel(gesprek, persoon):
    kandidaat = gesprek.verslag.traject.kandidaat
    return "Gesprek over je verslag" if kandidaat == persoon else f"Gesprek met {kandidaat.naam}"
