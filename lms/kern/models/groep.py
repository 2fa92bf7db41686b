"""One act for several people, stored before it begins: each person is a part of its own, finished whatever happens."""

import datetime as dt

from django.db import models
from django.db.models import CASCADE, PROTECT, Index, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models.mensen import Gebruiker

BEZIG = dt.timedelta(minutes=10)  # who took a part and is silent longer has stopped


class Groepsdaad(models.Model):
    """An act that somebody began for several people."""

    handeling = models.CharField(max_length=60)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    gegevens = models.JSONField(default=dict)  # the other arguments of the act; a row by its label and number
    sleutel = models.CharField(max_length=80, unique=True)  # sent twice it is one
    om = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = "groepshandeling", "groepshandelingen"

    def __str__(self):
        return f"{self.handeling} {self.pk}"


class GroepsdeelQuerySet(models.QuerySet):
    def open(self):
        """Not done yet."""
        return self.filter(klaar_om__isnull=True)

    def vrij(self, nu):
        """Not done, and nobody is at it."""
        return self.open().filter(Q(bezig_om__isnull=True) | Q(bezig_om__lt=nu - BEZIG))


class Groepsdeel(models.Model):
    """The act for one of them: the row it is about, and what came of it."""

    daad = models.ForeignKey(Groepsdaad, CASCADE, related_name="delen")
    model = models.CharField(max_length=60)
    rij = models.PositiveBigIntegerField()
    bezig_om = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    klaar_om = models.DateTimeField(null=True, blank=True)
    gelukt = models.BooleanField(null=True, blank=True)
    zin = models.CharField(max_length=300, blank=True)  # why not, or what came of it
    objects = GroepsdeelQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "deel van een groepshandeling", "delen van groepshandelingen"
        ordering = ["pk"]
        indexes = [Index(fields=["daad"], condition=Q(klaar_om__isnull=True), name="groepsdeel_open")]
        constraints = [UniqueConstraint(fields=["daad", "model", "rij"], name="groepsdeel_een_keer")]

    def __str__(self):
        return f"{self.daad_id}: {self.model} {self.rij}"
