"""The outbox."""

from django.db import models
from django.db.models import CASCADE, SET_NULL, CheckConstraint, Index, Q
from django.utils import timezone

from lms.kern.models.mensen import Gebruiker, Rol
from lms.kern.models.traject import Traject


class BerichtQuerySet(models.QuerySet):
    def te_doen_als(self, gebruiker, rol):
        """The outbox is the bureau's, without what is about the own traject."""
        if rol != Rol.BUREAU or rol not in gebruiker.rollen():
            return self.none()
        return self.exclude(traject__in=gebruiker.trajecten.values("pk"))

    def te_versturen(self, nu):
        """What may be handed over at `nu`. What goes along in somebody's daily digest never goes by itself."""
        return self.wachtend().filter(bundelen=False, onzeker_om__isnull=True, klaar_om__lte=nu)

    def wachtend(self):
        return self.filter(verstuurd_om__isnull=True, vervallen_om__isnull=True, geweigerd_om__isnull=True)

    def geweigerd_bij(self, adres):
        """The last mail to this address, when its mail server refused it for good. None when a later one arrived."""
        bij = self.filter(Q(adres__iexact=adres) | Q(aan__email__iexact=adres, adres=""))
        afgelopen = bij.filter(Q(verstuurd_om__isnull=False) | Q(geweigerd_om__isnull=False))
        laatste = afgelopen.order_by("-pk").first()
        return laatste if laatste and laatste.geweigerd_om and not laatste.verstuurd_om else None


class Bericht(models.Model):
    """A mail in the outbox: template and ids. The body is rendered when it is sent or shown.

    To a person (`aan`), or to an address of somebody who has no account or logs in (`adres`): account mail goes first
    and at once (`voorrang`). What only its reader may know (a code, a link) waits sealed in `geheim` and is wiped when
    it was sent, expired or overtaken.
    """

    aan = models.ForeignKey(Gebruiker, CASCADE, null=True, blank=True, related_name="berichten")
    adres = models.EmailField(blank=True)
    traject = models.ForeignKey(Traject, CASCADE, null=True, blank=True, related_name="berichten")
    soort = models.CharField(max_length=40)
    sleutel = models.CharField(max_length=120, unique=True)
    feit = models.PositiveBigIntegerField(default=0)  # the row it is about; its model stands with the kind (feiten.py)
    # what the text needs besides
    gegevens = models.JSONField(default=dict, blank=True)
    voorrang = models.BooleanField(default=False)
    geheim = models.TextField(blank=True, editable=False)
    klaar_om = models.DateTimeField(default=timezone.now)
    verloopt_om = models.DateTimeField(null=True, blank=True)  # not sent by then: it lapses
    bezig_om = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    verstuurd_om = models.DateTimeField(null=True, blank=True)
    vervallen_om = models.DateTimeField(null=True, blank=True)
    onzeker_om = models.DateTimeField(null=True, blank=True)
    geweigerd_om = models.DateTimeField(null=True, blank=True)  # the mail server of the address said no for good (5xx)
    onderwerp = models.CharField(max_length=200, blank=True)
    bundelen = models.BooleanField(default=False)  # goes along in the daily digest of a member of staff (regels §9)
    bundel = models.ForeignKey("self", SET_NULL, null=True, blank=True, related_name="delen")
    traject_pad, persoon_pad = "traject", "aan"
    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bericht", "berichten"
        indexes = [
            Index(
                fields=["klaar_om"],
                condition=Q(verstuurd_om__isnull=True, vervallen_om__isnull=True),
                name="bericht_te_versturen",
            ),
            Index(fields=["adres"], condition=~Q(adres=""), name="bericht_adres"),
            Index(fields=["feit", "soort"], condition=Q(feit__gt=0), name="bericht_feit"),
        ]
        constraints = [CheckConstraint(condition=Q(aan__isnull=False) | ~Q(adres=""), name="bericht_gaat_ergens_heen")]

    def __str__(self):
        return f"{self.soort} aan {self.aan_id or 'een adres'}"

    @property
    def naar(self):
        """The address it goes to."""
        return self.adres or (self.aan.email if self.aan else "")

    STATEN = (
        ("verstuurd_om", "verstuurd"),
        ("vervallen_om", "vervallen"),
        ("geweigerd_om", "geweigerd"),
        ("onzeker_om", "onzeker"),
    )

    @property
    def staat(self):
        for veld, woord in self.STATEN:
            if getattr(self, veld):
                return woord
        return "gaat mee in het dagbericht" if self.bundelen else "klaar om te versturen"


class Accountmail(models.Model):
    """A copy of an account mail (code, password), kept only where LMS_DEMO=1 so that a newcomer can read it."""

    aan = models.EmailField()
    onderwerp = models.CharField(max_length=200)
    tekst = models.TextField()
    om = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = "accountmail", "accountmails"

    def __str__(self):
        return f"{self.onderwerp} aan {self.aan}"
