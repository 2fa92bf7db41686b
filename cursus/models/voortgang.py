"""Which lessons somebody called done: an aid, never a condition."""

from django.db import models
from django.db.models import CASCADE, PROTECT, UniqueConstraint
from django.utils import timezone

from cursus.models.lessen import LesPagina
from lms.kern.models import Gebruiker


class Voortgang(models.Model):
    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="voortgang")
    les = models.ForeignKey(LesPagina, PROTECT, related_name="voortgang")
    klaar_om = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = "voortgang", "voortgang"
        constraints = [UniqueConstraint(fields=["gebruiker", "les"], name="les_een_keer_klaar")]

    def __str__(self):
        return f"{self.gebruiker_id} klaar met les {self.les_id}"
