"""What each asked trainer thinks of a report, as it is now and as it was given before. Nothing here has a way back from
the report: a template or prefetch cannot leak what is not released.
"""

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Exists, Index, OuterRef, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models import Gebruiker, Rol, Traject
from selectie.models.verslag import Stelling, Verslag


class MeningQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Own always; a colleague's once my own is given; for the candidate only once released. Role by role."""
        if not gebruiker.is_authenticated:
            return self.none()
        mijn_traject = Q(verslag__in=Verslag.objects.filter(traject__kandidaat=gebruiker).vrijgegeven().values("pk"))
        trainer = Q(pk__in=Mening._base_manager.filter(self._als_trainer(gebruiker)).values("pk"))
        return self.filter(trainer | Q(gegeven_om__isnull=False) & mijn_traject)

    def als_trainer(self, trainer):
        """What this trainer reads of a report: the own, and once the own is given that of the others."""
        return self.filter(self._als_trainer(trainer))

    @staticmethod
    def _als_trainer(trainer):
        eigen_groep = Q(verslag__traject__in=Traject.objects.als_trainer_van(trainer, "EK1").values("pk"))
        ik_gaf = Mening._base_manager.filter(verslag=OuterRef("verslag"), trainer=trainer, gegeven_om__isnull=False)
        gelezen = Q(trainer=trainer) | Q(gegeven_om__isnull=False) & Exists(ik_gaf)
        return gelezen & eigen_groep & ~Q(verslag__traject__kandidaat=trainer)

    def te_doen_als(self, door, rol):
        """The trainer's own; the bureau lifts one that it may not read."""
        rijen = self.filter(verslag__traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))
        return rijen.filter(trainer=door) if rol == Rol.TRAINER else rijen

    def nu(self):
        """Those that are asked, of the sent report that a decision is about now."""
        lopend = Verslag.objects.lopend().filter(verstuurd_om__isnull=False)
        return self.gevraagd().filter(verslag__in=lopend.values("pk"))

    def gevraagd(self):
        return self.filter(ontheven_om__isnull=True)


class Mening(models.Model):
    """One row per asked trainer. No reverse accessor: a template cannot reach it, the step table can."""

    verslag = models.ForeignKey(Verslag, CASCADE, related_name="+", related_query_name="meningen")
    trainer = models.ForeignKey(Gebruiker, PROTECT, related_name="+", related_query_name="meningen")
    gevraagd_om = models.DateTimeField(default=timezone.now)
    gegeven_om = models.DateTimeField(null=True, blank=True)
    mening = models.CharField(max_length=10, blank=True, choices=Stelling)
    reactie = models.TextField(blank=True)
    notitie = models.TextField(blank=True)  # among the own trainers
    concept = models.JSONField(default=dict, blank=True)  # draft: mening, reactie, notitie, punten
    wijziging = models.PositiveIntegerField(default=0)
    ontheven_om = models.DateTimeField(null=True, blank=True)
    ontheven_reden = models.TextField(blank=True)
    traject_pad = "verslag__traject"
    objects = MeningQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "mening", "meningen"
        indexes = [
            Index(
                fields=["trainer"], condition=Q(gegeven_om__isnull=True, ontheven_om__isnull=True), name="mening_open"
            )
        ]
        constraints = [
            UniqueConstraint(
                fields=["verslag", "trainer"], condition=Q(ontheven_om__isnull=True), name="een_mening_per_trainer"
            ),
            CheckConstraint(
                condition=Q(gegeven_om__isnull=True, mening="") | Q(gegeven_om__isnull=False) & ~Q(mening=""),
                name="gegeven_heeft_mening",
            ),
        ]

    def __str__(self):
        return f"mening {self.pk}"


class Puntreactie(models.Model):
    """A trainer's reply to one point of the report; seen with the same rule as its Mening."""

    mening = models.ForeignKey(Mening, CASCADE, related_name="+", related_query_name="puntreacties")
    code = models.CharField(max_length=5)
    tekst = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "reactie op een punt", "reacties op een punt"
        constraints = [UniqueConstraint(fields=["mening", "code"], name="een_reactie_per_punt")]

    def __str__(self):
        return f"reactie op {self.code}"


class MeningversieQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Of trainers the own, and a colleague's once the own view is given; the candidate reads what could be read
        before.
        """
        if not gebruiker.is_authenticated:
            return self.none()
        eigen = Q(vrijgegeven=True, mening__verslag__traject__kandidaat=gebruiker)
        return self.filter(Q(mening__in=Mening.objects.als_trainer(gebruiker).values("pk")) | eigen)


class Meningversie(models.Model):
    """A view as it was given before its trainer took it back or changed it, with the reason where one was asked.

    No reverse accessor.
    """

    mening = models.ForeignKey(Mening, CASCADE, related_name="+", related_query_name="meningversies")
    gegeven_om = models.DateTimeField()
    tot_om = models.DateTimeField(default=timezone.now)
    stelling = models.CharField(max_length=10, choices=Stelling)
    reactie = models.TextField(blank=True)
    notitie = models.TextField(blank=True)
    punten = models.JSONField(default=dict, blank=True)
    reden = models.TextField(blank=True)
    vrijgegeven = models.BooleanField(default=False)  # the candidate could read it: it stays readable
    objects = MeningversieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "eerdere mening", "eerdere meningen"

    def __str__(self):
        return f"eerdere mening {self.pk}"


class TrainervraagQuerySet(models.QuerySet):
    def te_doen_als(self, door, rol):
        """The bureau's."""
        return self.filter(verslag__traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))

    def nu(self):
        """Those that wait for an answer."""
        return self.filter(klaar_om__isnull=True)


class Trainervraag(models.Model):
    """The trainers ask the bureau for somebody who thinks along; the bureau asks a trainer, or says why not."""

    verslag = models.ForeignKey(Verslag, CASCADE, related_name="+", related_query_name="trainervragen")
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    waarom = models.TextField(blank=True)
    klaar_om = models.DateTimeField(null=True, blank=True)
    antwoord = models.TextField(blank=True)
    traject_pad = "verslag__traject"
    objects = TrainervraagQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "vraag om een trainer", "vragen om een trainer"
        constraints = [
            UniqueConstraint(fields=["verslag"], condition=Q(klaar_om__isnull=True), name="een_open_trainervraag")
        ]

    def __str__(self):
        return f"vraag om een trainer {self.pk}"
