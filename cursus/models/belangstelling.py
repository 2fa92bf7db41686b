"""Houd me op de hoogte: an address and a region of somebody without an account, confirmed by a mailed link; and the mails to it."""

from django.core import signing
from django.db import models
from django.db.models import CASCADE, PROTECT, Index, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone

from lms.kern.models import Regio

ZOUT = "belangstelling"


class Belangstellende(models.Model):
    """Before `bevestigd_om` nothing but the question to confirm is mailed. Signing off deletes the row."""

    email = models.EmailField("e-mailadres")
    regio = models.ForeignKey(Regio, PROTECT, related_name="belangstellenden", verbose_name="regio")
    gevraagd_om = models.DateTimeField(default=timezone.now)
    bevestigd_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "belangstellende", "belangstellenden"
        constraints = [UniqueConstraint(Lower("email"), "regio", name="belangstelling_een_keer_per_regio")]

    def __str__(self):
        return f"belangstellende {self.pk}"

    @property
    def sleutel(self):
        """The signed number in the links of the mails: nothing to guess, nothing stored."""
        return signing.dumps(self.pk, salt=ZOUT)


def nummer_van(sleutel):
    """The pk in a link, or None when the link is not ours."""
    try:
        return int(signing.loads(sleutel, salt=ZOUT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


class Belangstellingsmail(models.Model):
    """One mail to a Belangstellende that waits or went: the outbox of people is for accounts only."""

    class Soort(models.TextChoices):
        BEVESTIGEN = "bevestigen", "vraag om te bevestigen"
        BEKEND = "bekend", "staat er al op"
        NIEUW = "nieuw", "nieuwe data"

    aan = models.ForeignKey(Belangstellende, CASCADE, related_name="mails")
    soort = models.CharField(max_length=12, choices=Soort)
    uitvoeringen = models.JSONField(default=list)  # the numbers of the sessions in a mail about new dates
    klaar_om = models.DateTimeField(default=timezone.now)
    bezig_om = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    verstuurd_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "mail aan een belangstellende", "mails aan belangstellenden"
        indexes = [Index(fields=["klaar_om"], condition=Q(verstuurd_om__isnull=True), name="belangstellingsmail_wacht")]

    def __str__(self):
        return f"{self.soort} aan {self.aan_id}"
