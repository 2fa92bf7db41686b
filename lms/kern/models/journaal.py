"""What happened, who did it and who looked. Append-only."""

from django.db import models
from django.db.models import PROTECT, CheckConstraint, Index, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models.mensen import Gebruiker, Rol
from lms.kern.models.traject import Traject


class Journaalregel(models.Model):
    """What happened: ids, field names and codes, never content. Append-only."""

    traject = models.ForeignKey(Traject, PROTECT, null=True, blank=True, related_name="journaal")
    over = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="journaal_over")
    handeling = models.CharField(max_length=60)
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    als = models.CharField(max_length=20, choices=Rol)
    namens = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    van = models.PositiveSmallIntegerField(null=True, blank=True)
    naar = models.PositiveSmallIntegerField(null=True, blank=True)
    reden_code = models.CharField(max_length=40, blank=True)
    verzoek_id = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - null, so that the partial unique index ignores it
    gegevens = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = "journaalregel", "journaal"
        indexes = [
            Index(fields=["traject", "-om"], name="journaal_traject_om"),
            Index(fields=["over", "-om"], name="journaal_over_om"),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(door__isnull=False) | Q(als__in=["bezoeker", "systeem"]),
                name="zonder_persoon_alleen_systeem",
            ),
            UniqueConstraint(fields=["verzoek_id"], condition=Q(verzoek_id__isnull=False), name="verzoek_een_keer"),
        ]

    def __str__(self):
        return f"{self.handeling} {self.om:%d-%m-%Y %H:%M}"
