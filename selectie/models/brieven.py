"""Letters of the bureau about an application; a question among them waits for an answer."""

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models import Bestand, Gebruiker, Traject


class AanmeldbriefQuerySet(models.QuerySet):
    def nu(self):
        """The questions that wait for an answer; any other letter is only read."""
        return self.filter(soort=Aanmeldbrief.Soort.VRAGEN, beantwoord_om__isnull=True)


class Aanmeldbrief(models.Model):
    """A letter as it was sent.

    A question (`vragen`) is answered on the same row; retention empties the texts and leaves the row.
    """

    class Soort(models.TextChoices):
        UITNODIGEN = "uitnodigen", "uitnodiging"
        VRAGEN = "vragen", "vraag"
        BELLEN = "bellen", "we bellen je graag"

    traject = models.ForeignKey(Traject, CASCADE, related_name="aanmeldbrieven")
    soort = models.CharField(max_length=12, choices=Soort)
    tekst = models.TextField("brief", blank=True)
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    antwoord = models.TextField("antwoord", blank=True)
    antwoord_bestand = models.ForeignKey(Bestand, models.SET_NULL, null=True, blank=True, related_name="+")
    beantwoord_om = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    traject_pad = "traject"
    objects = AanmeldbriefQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "brief van het bureau", "brieven van het bureau"
        ordering = ["-om", "-pk"]
        constraints = [
            UniqueConstraint(
                fields=["traject"], condition=Q(soort="vragen", beantwoord_om__isnull=True), name="een_open_vraag"
            ),
            CheckConstraint(
                condition=Q(soort="vragen") | Q(beantwoord_om__isnull=True), name="alleen_een_vraag_krijgt_antwoord"
            ),
        ]

    def __str__(self):
        return f"{self.get_soort_display()} van traject {self.traject_id}"
