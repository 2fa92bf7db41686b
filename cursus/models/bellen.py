"""Calls of the bureau with somebody on the first steps: asked for as a row without a date, held as a row with one."""

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models import Gebruiker, Traject


class Belnotitie(models.Model):
    """A call that is wanted (`gesproken_op` empty) or was held: when, by whom, and a short note.

    For the bureau only.
    """

    traject = models.ForeignKey(Traject, CASCADE, related_name="belnotities")
    om = models.DateTimeField(default=timezone.now)
    gesproken_op = models.DateField("gesproken op", null=True, blank=True)
    door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    tekst = models.TextField("notitie", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "telefoongesprek", "telefoongesprekken"
        ordering = ["om", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["traject"], condition=Q(gesproken_op__isnull=True), name="een_belverzoek_tegelijk"
            ),
            CheckConstraint(
                condition=Q(gesproken_op__isnull=True, door__isnull=True)
                | Q(gesproken_op__isnull=False, door__isnull=False),
                name="gesproken_door_iemand",
            ),
        ]

    def __str__(self):
        return f"telefoongesprek {self.pk}"
