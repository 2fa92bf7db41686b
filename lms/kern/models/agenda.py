"""What stands in somebody's diary, as far as we told it."""

from django.db import models
from django.db.models import CASCADE, UniqueConstraint

from lms.kern.models.mensen import Gebruiker


class Agendaregel(models.Model):
    """One entry in the diary of a person, as it was last offered by mail: a meeting or a talk.

    `volgnummer` is the SEQUENCE of that (RFC 5546): it grows with what is offered, never with a retry. `bevestigd_om`
    is empty as long as that mail was not handed over for certain.
    """

    persoon = models.ForeignKey(Gebruiker, CASCADE, related_name="agendaregels")
    soort = models.CharField(max_length=20)  # bijeenkomst or gesprek
    nummer = models.PositiveBigIntegerField()  # of the meeting or talk
    volgnummer = models.PositiveIntegerField(default=0)
    titel = models.CharField(max_length=200, blank=True)
    plek = models.CharField(max_length=500, blank=True)
    begint_om = models.DateTimeField(null=True, blank=True)
    eindigt_om = models.DateTimeField(null=True, blank=True)
    afgezegd = models.BooleanField(default=False)
    aangeboden_om = models.DateTimeField(null=True, blank=True)  # null: nothing was ever offered
    bevestigd_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "agendaregel", "agendaregels"
        constraints = [UniqueConstraint(fields=["persoon", "soort", "nummer"], name="een_agendaregel")]

    def __str__(self):
        return f"{self.soort} {self.nummer} van {self.persoon_id}"
