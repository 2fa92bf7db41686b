"""What a person writes at a lesson: own notes and answers, and the home assignments that trainers answer.

Free text: it goes with the papers of the traject.
"""

from django.db import models
from django.db.models import CASCADE, PROTECT, SET_NULL, CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from cursus.models.aanwezigheid import van_eigen_groep
from cursus.models.lessen import CursusPagina, LesPagina
from lms.kern.models import Bestand, Gebruiker, Rol, Traject


class NotitieQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """A note is the writer's; the trainers of that training see one that is shared, as long as it is."""
        if rol == Rol.KANDIDAAT:
            return self.filter(traject__in=Traject.objects.zichtbaar_als(gebruiker, rol).values("pk"))
        if rol == Rol.TRAINER:
            return self.filter(van_eigen_groep(gebruiker), gedeeld_om__isnull=False)
        return self.none()

    def nu(self):
        """Those with a text: of one that was erased there is nothing left to share."""
        return self.exclude(tekst="")


class Notitie(models.Model):
    """The own note of a lesson (`vraag` empty) or the answer to one question of it, with the question as it was
    answered.
    """

    traject = models.ForeignKey(Traject, CASCADE, related_name="lesnotities")
    les = models.ForeignKey(LesPagina, PROTECT, related_name="notities")
    soort = models.CharField(max_length=3, choices=CursusPagina.Cursus)
    vraag = models.CharField(max_length=40, blank=True)  # the id of the block
    vraagtekst = models.CharField(max_length=300, blank=True)
    tekst = models.TextField(blank=True)
    bewaard_om = models.DateTimeField(default=timezone.now)
    gedeeld_om = models.DateTimeField(null=True, blank=True)
    traject_pad = "traject"
    objects = NotitieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "notitie bij een les", "notities bij lessen"
        ordering = ["les__path", "pk"]
        constraints = [UniqueConstraint(fields=["traject", "les", "vraag"], name="notitie_een_keer_per_vraag")]

    def __str__(self):
        return f"notitie bij les {self.les_id}"


class InleveringQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """What was handed in: the writer's own, also taken back; the trainers of that training, not what was taken
        back.
        """
        if rol == Rol.KANDIDAAT:
            return self.filter(traject__in=Traject.objects.zichtbaar_als(gebruiker, rol).values("pk"))
        if rol == Rol.TRAINER:
            return self.filter(van_eigen_groep(gebruiker), teruggehaald_om__isnull=True)
        return self.none()

    def te_doen_als(self, door, rol):
        """As they are seen; for a trainer also what was taken back: who was writing an answer hears that it is past."""
        return self.filter(van_eigen_groep(door)) if rol == Rol.TRAINER else self.zichtbaar_als(door, rol)

    def nu(self):
        """Those that were not taken back."""
        return self.filter(teruggehaald_om__isnull=True)

    def te_lezen(self):
        """Waiting for an answer, the oldest first; of a path that still runs."""
        wacht = self.nu().filter(beantwoord_om__isnull=True, traject__afgesloten_op__isnull=True)
        return wacht.select_related("traject__kandidaat", "les").order_by("ingeleverd_om", "pk")


class Inlevering(models.Model):
    """One version of a home assignment. Changing it before it is answered takes this one back and makes the next."""

    traject = models.ForeignKey(Traject, CASCADE, related_name="inleveringen")
    les = models.ForeignKey(LesPagina, PROTECT, related_name="inleveringen")
    soort = models.CharField(max_length=3, choices=CursusPagina.Cursus)
    versie = models.PositiveSmallIntegerField(default=1)
    tekst = models.TextField(blank=True)
    bestand = models.ForeignKey(Bestand, SET_NULL, null=True, blank=True, related_name="+")
    ingeleverd_om = models.DateTimeField(default=timezone.now)
    teruggehaald_om = models.DateTimeField(null=True, blank=True)
    antwoord = models.TextField(blank=True)
    beantwoord_om = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    traject_pad = "traject"
    objects = InleveringQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "thuisopdracht", "thuisopdrachten"
        ordering = ["les__path", "-versie"]
        constraints = [
            UniqueConstraint(fields=["traject", "les", "versie"], name="inlevering_per_versie"),
            UniqueConstraint(
                fields=["traject", "les"],
                condition=Q(teruggehaald_om__isnull=True, beantwoord_om__isnull=True),
                name="een_open_inlevering_per_les",
            ),
            CheckConstraint(
                condition=Q(teruggehaald_om__isnull=True) | Q(beantwoord_om__isnull=True),
                name="teruggehaald_of_beantwoord",
            ),
            CheckConstraint(
                condition=Q(beantwoord_om__isnull=True, beantwoord_door__isnull=True)
                | Q(beantwoord_om__isnull=False, beantwoord_door__isnull=False),
                name="antwoord_heeft_trainer",
            ),
        ]

    def __str__(self):
        return f"thuisopdracht {self.versie} bij les {self.les_id}"
