"""What two people of the bureau do together to somebody's way in."""

from django.db import models
from django.db.models import PROTECT, CheckConstraint, F, Q
from django.utils import timezone

from lms.kern.models.mensen import Gebruiker


class ToegangsvoorstelQuerySet(models.QuerySet):
    def open(self):
        """Not confirmed, not withdrawn, not expired."""
        return self.filter(bevestigd_om=None, ingetrokken_om=None, tot__gt=timezone.now())


class Toegangsvoorstel(models.Model):
    """What the bureau wants to do to somebody's way in.

    A row never changes; a second person confirms exactly this, or it expires.
    """

    class Soort(models.TextChoices):
        TWEEDE_STAP_WEG = "tweede_stap_weg", "tweede stap weghalen"
        ADRES_WIJZIGEN = "adres_wijzigen", "e-mailadres veranderen"
        BLOKKEREN = "blokkeren", "inloggen blokkeren"
        DEBLOKKEREN = "deblokkeren", "inloggen weer toestaan"

    over = models.ForeignKey(Gebruiker, PROTECT, related_name="toegangsvoorstellen")
    soort = models.CharField(max_length=20, choices=Soort)
    nieuw_adres = models.EmailField(blank=True)
    afdruk = models.CharField(max_length=64)  # of address, block and second steps when it was proposed
    reden = models.TextField()
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    om = models.DateTimeField(default=timezone.now)
    tot = models.DateTimeField()
    # empty: one person was enough
    bevestigd_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    bevestigd_om = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    ingetrokken_om = models.DateTimeField(null=True, blank=True)
    objects = ToegangsvoorstelQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "toegangsvoorstel", "toegangsvoorstellen"
        ordering = ["-om", "-pk"]
        constraints = [
            CheckConstraint(
                condition=Q(bevestigd_door__isnull=True) | ~Q(bevestigd_door=F("door")), name="toegang_twee_mensen"
            ),
            CheckConstraint(condition=~Q(over=F("door")), name="toegang_niet_over_jezelf"),
            CheckConstraint(condition=Q(soort="adres_wijzigen") ^ Q(nieuw_adres=""), name="toegang_adres_bij_soort"),
        ]

    def __str__(self):
        return f"{self.get_soort_display()} van {self.over_id}"
