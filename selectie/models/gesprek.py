"""The conversation of step 7: asked, planned, held and recorded; what the candidate says after it."""

from django.db import models
from django.db.models import CASCADE, PROTECT, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models import Gebruiker, Rol, Traject
from selectie.models.mening import Mening
from selectie.models.verslag import Stelling, Verslag


def gevraagd_aan(trainer):
    """The reports on which the view of this trainer is asked."""
    return Mening.objects.gevraagd().filter(trainer=trainer).values("verslag")


class OverEenVerslag(models.QuerySet):
    """Rows about a report: of its asked trainers, its candidate and the bureau."""

    def te_doen_als(self, door, rol):
        """For a trainer only those about a report on which the own view is asked."""
        rijen = self.filter(verslag__traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))
        return rijen.filter(verslag__in=gevraagd_aan(door)) if rol == Rol.TRAINER else rijen


class GesprekQuerySet(OverEenVerslag):
    def nu(self):
        """Those that are still to be held, or of which both sides have not said yet what they say now."""
        return self.filter(besloten_om__isnull=True, vervallen_om__isnull=True)

    def zonder_besluit(self):
        """Those that were held and of which both sides have not said yet what they say now."""
        return self.nu().filter(gehouden_om__isnull=False)

    def te_houden(self):
        """Those that are still to be held."""
        return self.filter(gehouden_om__isnull=True, vervallen_om__isnull=True)


class Gesprek(models.Model):
    """The conversation: asked, moments offered, a moment picked, held. Only its record releases the trainers' views."""

    verslag = models.ForeignKey(Verslag, CASCADE, related_name="gesprekken")
    gevraagd_om = models.DateTimeField(default=timezone.now)
    voorgesteld_om = models.DateTimeField(null=True, blank=True)
    moment_om = models.DateTimeField(null=True, blank=True)
    plek = models.CharField(max_length=160, blank=True)
    gehouden_op = models.DateField(null=True, blank=True)
    gehouden_om = models.DateTimeField(null=True, blank=True)  # when its record was made
    vervallen_om = models.DateTimeField(null=True, blank=True)  # its besluit was revoked before it was held
    vastgelegd_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    aanwezigen = models.CharField("wie waren erbij", max_length=300, blank=True)
    afspraken = models.TextField(blank=True)
    klaar_voor = models.DateField(null=True, blank=True)  # the promised day after it, fixed when it was recorded
    besloten_om = models.DateTimeField(null=True, blank=True)  # when both sides had said what they say now
    andere_dagen = models.TextField("welke dagen wel", blank=True)  # when none of the moments fitted
    traject_pad = "verslag__traject"
    objects = GesprekQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "gesprek", "gesprekken"
        constraints = [
            UniqueConstraint(
                fields=["verslag"],
                condition=Q(gehouden_om__isnull=True, vervallen_om__isnull=True),
                name="een_open_gesprek",
            ),
            UniqueConstraint(
                fields=["verslag"],
                condition=Q(gehouden_om__isnull=False, besloten_om__isnull=True, vervallen_om__isnull=True),
                name="een_gesprek_zonder_besluit",
            ),
        ]

    def __str__(self):
        return f"gesprek {self.pk}"

    @property
    def aanbod(self):
        """What stands for the moments as a page shows them: offered anew, or picked, is another one."""
        keren = [om.strftime("%y%m%d%H%M%S%f") for om in (self.voorgesteld_om, self.moment_om) if om]
        return ".".join([str(self.pk), *keren])


class Gespreksmoment(models.Model):
    gesprek = models.ForeignKey(Gesprek, CASCADE, related_name="momenten")
    begint_om = models.DateTimeField()
    plek = models.CharField(max_length=160)

    class Meta:
        verbose_name, verbose_name_plural = "moment voor een gesprek", "momenten voor een gesprek"
        ordering = ["begint_om", "pk"]
        constraints = [UniqueConstraint(fields=["gesprek", "begint_om"], name="moment_een_keer")]

    def __str__(self):
        return f"{self.begint_om:%d-%m-%Y %H:%M}"


class Gespreksantwoord(models.Model):
    """What the candidate says after a held conversation, with an own remark. Another answer replaces it until there is
    a decision; the earlier one stays.
    """

    gesprek = models.ForeignKey(Gesprek, CASCADE, related_name="antwoorden")
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    keuze = models.CharField(max_length=10, choices=Stelling)
    opmerking = models.TextField(blank=True)
    vervangen_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "antwoord na een gesprek", "antwoorden na een gesprek"
        constraints = [
            UniqueConstraint(fields=["gesprek"], condition=Q(vervangen_om__isnull=True), name="een_gespreksantwoord"),
        ]

    def __str__(self):
        return f"antwoord na gesprek {self.gesprek_id}"


class GesprekaanvullingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The trainers of EK1, and the candidate: the record of a held conversation is of both."""
        if not gebruiker.is_authenticated:
            return self.none()
        trainer = Q(gesprek__verslag__traject__in=Traject.objects.als_trainer_van(gebruiker, "EK1").values("pk"))
        eigen = Q(gesprek__verslag__traject__in=Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).values("pk"))
        return self.filter(trainer | eigen, gesprek__gehouden_om__isnull=False, gesprek__vervallen_om=None)


class Gesprekaanvulling(models.Model):
    """What was wrong or missing in the record of a held conversation, and why it is said now.

    The record itself stays as it was.
    """

    gesprek = models.ForeignKey(Gesprek, CASCADE, related_name="aanvullingen")
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    tekst = models.TextField(blank=True)
    reden = models.TextField(blank=True)
    objects = GesprekaanvullingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "aanvulling op een gesprek", "aanvullingen op een gesprek"
        ordering = ["om", "pk"]

    def __str__(self):
        return f"aanvulling {self.pk}"
