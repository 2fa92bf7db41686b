"""What the worker wrote down about itself: when each loop and job last ran, and what failed."""

from django.db import models


class Taak(models.Model):
    """A loop or a job of the worker, one row each: its last run, and the last time it failed."""

    naam = models.CharField(max_length=60, unique=True)
    klaar_om = models.DateTimeField(null=True, blank=True)
    aantal = models.PositiveIntegerField(default=0)
    mislukt_om = models.DateTimeField(null=True, blank=True)
    fout = models.CharField(max_length=80, blank=True)  # the kind of failure, never its words

    class Meta:
        verbose_name, verbose_name_plural = "taak van de werker", "taken van de werker"
        ordering = ["naam"]

    def __str__(self):
        return self.naam
