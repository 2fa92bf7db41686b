"""What was promised to be erased, and when: a row per promise, so that a changed setting moves none (regels §11)."""

from django.db import models
from django.db.models import CASCADE, CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models.traject import Traject


class BewaartermijnQuerySet(models.QuerySet):
    def nu(self):
        """Those of which the papers are still there."""
        return self.filter(gewist_om__isnull=True)

    def aan_de_beurt(self):
        """Those of which the day has come, the oldest first."""
        return self.nu().filter(wissen_op__lte=timezone.localdate()).order_by("wissen_op", "pk")

    def klok(self):
        """The clock of a path that has ended."""
        return self.filter(soort=Bewaartermijn.Soort.TRAJECT)


class Bewaartermijn(models.Model):
    """One promise about the papers of one path: from `vanaf` they are kept, on `wissen_op` they go.

    `zonder_op`, for a path that has ended: the day that was promised without consent to keep them longer.
    """

    class Soort(models.TextChoices):
        TRAJECT = "traject", "alles van een afgesloten traject"
        BRIEF = "brief", "brief en cv"
        VERSLAG = "verslag", "verslag, reacties en gesprekken"
        EVALUATIE = "evaluatie", "evaluatie"
        SCOPE = "scope", "verslag na EK2"
        JOURNAAL = "journaal", "naam, mails en logboek"

    traject = models.ForeignKey(Traject, CASCADE, related_name="bewaartermijnen")
    soort = models.CharField("wat", max_length=10, choices=Soort)
    vanaf = models.DateField("bewaard vanaf", default=timezone.localdate)
    wissen_op = models.DateField("wissen op")
    zonder_op = models.DateField("wissen op, zonder toestemming", null=True, blank=True)
    gewist_om = models.DateTimeField("gewist", null=True, blank=True)
    traject_pad = "traject"
    objects = BewaartermijnQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bewaartermijn", "bewaartermijnen"
        ordering = ["wissen_op", "pk"]
        indexes = [Index(fields=["wissen_op"], condition=Q(gewist_om__isnull=True), name="bewaren_te_wissen")]
        constraints = [
            UniqueConstraint(fields=["traject", "soort", "vanaf"], name="een_bewaartermijn"),
            UniqueConstraint(
                fields=["traject"], condition=Q(soort="traject", gewist_om__isnull=True), name="een_lopende_klok"
            ),
            CheckConstraint(condition=Q(wissen_op__gte=F("vanaf")), name="wissen_na_begin"),
            CheckConstraint(
                condition=Q(soort="traject", zonder_op__isnull=False, wissen_op__gte=F("zonder_op"))
                | ~Q(soort="traject") & Q(zonder_op__isnull=True),
                name="zonder_alleen_bij_traject",
            ),
        ]

    def __str__(self):
        return f"{self.soort} van traject {self.traject_id}: {self.wissen_op}"

    @property
    def langer(self):
        """Whether the person asked to keep the papers longer."""
        return self.zonder_op is not None and self.wissen_op > self.zonder_op
