"""The settings of the house: a row per change."""

from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone

from lms.kern.models.mensen import Rol


class InstellingQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """Settings are changed by the bureau only."""
        return self if rol == Rol.BUREAU and rol in gebruiker.rollen() else self.none()


class Instelling(models.Model):
    """A setting of regels §11: one home per value, with the day it holds from. Every change is a new row."""

    code = models.CharField(max_length=60)
    waarde = models.JSONField()
    sinds = models.DateTimeField(default=timezone.now)
    objects = InstellingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "instelling", "instellingen"
        constraints = [UniqueConstraint(fields=["code", "sinds"], name="instelling_per_moment")]

    def __str__(self):
        return self.code
