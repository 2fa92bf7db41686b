"""The secret address of somebody's own calendar feed. Only its hash is stored; a new one ends the old one."""

from django.db import models
from django.db.models import CASCADE, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models import Gebruiker


class Kalenderadres(models.Model):
    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="kalenderadressen")
    token_hash = models.CharField(max_length=64, unique=True)
    gemaakt_om = models.DateTimeField(default=timezone.now)
    ingetrokken_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "kalenderadres", "kalenderadressen"
        constraints = [
            UniqueConstraint(fields=["gebruiker"], condition=Q(ingetrokken_om__isnull=True), name="een_kalenderadres")
        ]

    def __str__(self):
        return f"kalenderadres van {self.gebruiker_id}"
