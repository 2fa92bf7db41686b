"""What somebody typed in a form and did not send yet."""

import datetime as dt
import json

from django.db import models
from django.db.models import CASCADE, Index, UniqueConstraint
from django.utils import timezone

from lms.kern.geheim import Onleesbaar, ontsleutelen, versleutelen
from lms.kern.models.mensen import Gebruiker

HOUDT = dt.timedelta(days=7)


class KladjeQuerySet(models.QuerySet):
    def van(self, gebruiker):
        """The own ones; nobody sees or changes those of somebody else."""
        return self.filter(gebruiker=gebruiker)

    def nu(self):
        return self.filter(bewaard_om__gt=timezone.now() - HOUDT)

    def verlopen(self):
        return self.filter(bewaard_om__lte=timezone.now() - HOUDT)


class Kladje(models.Model):
    """The draft of one form of one person, for HOUDT.

    `adres`, `vorm` and `welk` say which form it is: where it is sent to, its class, and what it holds hidden. What was
    typed is sealed: a trainer may write about somebody here before it is given.
    """

    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="kladjes")
    adres = models.CharField(max_length=200)
    vorm = models.CharField(max_length=120)
    welk = models.CharField(max_length=200, blank=True)
    velden = models.TextField()
    bewaard_om = models.DateTimeField(default=timezone.now)
    objects = KladjeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "kladje", "kladjes"
        ordering = ["-bewaard_om", "-pk"]
        indexes = [Index(fields=["bewaard_om"], name="kladje_bewaard_om")]
        constraints = [UniqueConstraint(fields=["gebruiker", "adres", "vorm", "welk"], name="kladje_een_per_formulier")]

    def __str__(self):
        return f"kladje van {self.gebruiker_id} bij {self.adres}"

    @staticmethod
    def verzegeld(velden):
        """[[field, value], …] as it is stored."""
        return versleutelen(json.dumps(velden))

    def getypt(self):
        """[[field, value], …]; nothing when the secret of the site changed since."""
        try:
            return json.loads(ontsleutelen(self.velden))
        except Onleesbaar:
            return []
