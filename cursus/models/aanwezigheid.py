"""The days that are asked of somebody, and whether they were there."""

from django.db import models
from django.db.models import CASCADE, PROTECT, RESTRICT, CheckConstraint, Index, Q, UniqueConstraint

from cursus.models.planning import OP_HET_PAD, TRAINING, Bijeenkomst, Soort, Uitvoering
from lms.kern.models import Gebruiker, Rol, Traject


class Resultaat(models.TextChoices):
    VERWACHT = "", "nog niet ingevuld"
    JA = "ja", "ja"
    DEELS = "deels", "deels"
    DEELS_TELT = "deels_telt", "deels, telt mee"
    NEE = "nee", "nee"
    VRIJGESTELD = "vrijgesteld", "vrijgesteld"


def van_eigen_groep(gebruiker, soorten=TRAINING):
    """Rows (with `soort` and `traject`) of people in a group of this trainer, per training: a trainer of EK2 reads
    nothing of EK1.
    """
    q = Q(pk__in=[])
    for soort in soorten:
        q |= Q(soort=soort, traject__in=Traject.objects.als_trainer_van(gebruiker, soort).values("pk"))
    return q


class AanwezigheidQuerySet(models.QuerySet):
    def te_doen_als(self, door, rol):
        """A trainer: the days of the own people, each in the training of the own group; who comes to make up a day is
        met as gasttrainer, on that day only.
        """
        if rol == Rol.TRAINER:
            return self.filter(van_eigen_groep(door, OP_HET_PAD))
        rijen = self.filter(traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))
        if rol == Rol.GASTTRAINER:
            eigen = Uitvoering.objects.zichtbaar_als(door, Rol.TRAINER)
            return rijen.filter(bijeenkomst__uitvoering__in=eigen.values("pk"))
        return rijen

    def gasten(self, uitvoering):
        """Who is expected on a day of this session to make it up, and has no place of the own in it."""
        eigen = uitvoering.deelnames.nu().values("traject")
        komt = self.nu().filter(bijeenkomst__uitvoering=uitvoering, resultaat="", traject__afgesloten_op=None)
        return komt.exclude(traject__in=eigen)

    def nu(self):
        """Those that count: not made up, waived, or given up after not showing up."""
        return self.filter(geldt=True)


class Aanwezigheid(models.Model):
    """What is asked is a row: made on placement, one per required day, filled by roll call.

    A made-up day is a new row; the missed one no longer counts and points to it.
    """

    traject = models.ForeignKey(Traject, CASCADE, related_name="aanwezigheden")
    soort = models.CharField(max_length=20, choices=Soort)
    nr = models.PositiveSmallIntegerField()
    bijeenkomst = models.ForeignKey(Bijeenkomst, PROTECT, null=True, blank=True, related_name="aanwezigheden")
    resultaat = models.CharField(max_length=12, blank=True, choices=[c for c in Resultaat.choices if c[0]])
    reden = models.TextField(blank=True)
    om = models.DateTimeField(null=True, blank=True)
    door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    geldt = models.BooleanField(default=True)  # false: made up, waived, or given up after not showing up
    # no plain unique index: SQLite without ANALYZE picks it for IS NULL and step 4 becomes quadratic
    vervangen_door = models.ForeignKey("self", RESTRICT, null=True, blank=True, db_index=False, related_name="vervangt")
    traject_pad = "traject"
    objects = AanwezigheidQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "aanwezigheid", "aanwezigheden"
        indexes = [
            Index(fields=["bijeenkomst"], condition=Q(resultaat=""), name="aanwezigheid_in_te_vullen"),
            Index(fields=["traject", "soort", "resultaat"], name="aanwezigheid_stap"),
        ]
        constraints = [
            UniqueConstraint(
                fields=["vervangen_door"], condition=Q(vervangen_door__isnull=False), name="vervangt_een_dag"
            ),
            UniqueConstraint(fields=["traject", "bijeenkomst"], name="een_keer_per_bijeenkomst"),
            UniqueConstraint(
                fields=["traject", "soort", "nr"],
                condition=Q(geldt=True),
                name="elke_dag_telt_een_keer",
            ),
            CheckConstraint(condition=Q(geldt=False) | Q(vervangen_door__isnull=True), name="vervangen_geldt_niet"),
            CheckConstraint(
                condition=Q(resultaat="", om__isnull=True) | ~Q(resultaat="") & Q(om__isnull=False),
                name="resultaat_heeft_moment",
            ),
            CheckConstraint(
                condition=Q(resultaat="vrijgesteld", bijeenkomst__isnull=True) & ~Q(reden="")
                | ~Q(resultaat="vrijgesteld") & Q(bijeenkomst__isnull=False),
                name="vrijstelling_heeft_reden",
            ),
            CheckConstraint(condition=~Q(resultaat="deels_telt") | ~Q(reden=""), name="deels_telt_heeft_reden"),
        ]

    def __str__(self):
        return f"dag {self.nr} van {self.traject_id}: {self.resultaat or 'verwacht'}"
