"""Houd me op de hoogte: an address and a region of somebody without an account, confirmed by a mailed link."""

from django.core import signing
from django.db import models
from django.db.models import PROTECT, UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone

from lms.kern.models import Regio, Rol

ZOUT = "belangstelling"


class BelangstellendeQuerySet(models.QuerySet):
    def te_doen_als(self, gebruiker, rol):
        """Whoever has the link of a row; it was mailed to its address."""
        return self if rol == Rol.BEZOEKER else self.none()


class Belangstellende(models.Model):
    """Before `bevestigd_om` nothing but the question to confirm is mailed. Signing off deletes the row."""

    email = models.EmailField("e-mailadres")
    regio = models.ForeignKey(Regio, PROTECT, related_name="belangstellenden", verbose_name="regio")
    gevraagd_om = models.DateTimeField(default=timezone.now)
    bevestigd_om = models.DateTimeField(null=True, blank=True)
    objects = BelangstellendeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "belangstellende", "belangstellenden"
        constraints = [UniqueConstraint(Lower("email"), "regio", name="belangstelling_een_keer_per_regio")]

    def __str__(self):
        return f"belangstellende {self.pk}"

    @property
    def sleutel(self):
        """The signed number, address and region in the links of the mails: nothing to guess, nothing stored, good
        for exactly this row.
        """
        return signing.dumps([self.pk, self.email.lower(), self.regio_id], salt=ZOUT)


def is_van_ons(sleutel):
    """Whether a link was made here, be its row gone or not."""
    try:
        signing.loads(sleutel, salt=ZOUT)
    except signing.BadSignature:
        return False
    return True


def van_sleutel(sleutel):
    """The Belangstellende of a link; None when the link is not ours, or when the row is gone or now of another
    address or region.
    """
    try:
        pk, email, regio = signing.loads(sleutel, salt=ZOUT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Belangstellende.objects.filter(pk=pk, email__iexact=email, regio=regio).select_related("regio").first()
