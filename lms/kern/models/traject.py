"""The path of a person and the turns on it. Only `lms.kern.pad.afleiding` writes the print: the step and the turns."""

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models.mensen import Gebruiker, Regio, Rol
from lms.kern.pad.beurten import PER_CODE
from lms.kern.pad.bevragen import TrajectStappen
from lms.kern.pad.stappen import NA_DE_ACHT


def _gevraagd(trainer: Gebruiker) -> Q:
    """A view is asked of this trainer; what was asked about a report that was taken back is asked no more."""
    nog = {"verslagen__meningen__ontheven_om__isnull": True, "verslagen__teruggehaald_om__isnull": True}
    return Q(verslagen__meningen__trainer=trainer, **nog)


class TrajectQuerySet(TrajectStappen, models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """The trajecten that `gebruiker` may see IN `rol`. The only rule, role by role; sub-queries on pk, so that
        locking works.

        Gasttrainer sees those with a made-up day in an own group: for the name and the tick only, so it is no part of
        `zichtbaar_voor`. Nobody is staff on the own traject.
        """
        if rol == Rol.SYSTEEM:
            return self
        if not gebruiker.is_authenticated or not gebruiker.is_active:
            return self.none()
        if rol == Rol.KANDIDAAT:  # everybody is one on the own path
            return self.filter(kandidaat=gebruiker)
        if rol not in gebruiker.rollen():
            return self.none()
        ander = self.exclude(kandidaat=gebruiker)
        alle = Traject._base_manager
        match rol:
            case Rol.BUREAU:
                return ander
            case Rol.REGIOMANAGER:
                extra = alle.filter(
                    registratie__werkgebieden__regio__in=gebruiker.regios(), registratie__werkgebieden__tot__isnull=True
                )
                return ander.filter(Q(regio__in=gebruiker.regios()) | Q(pk__in=extra.values("pk")))
            case Rol.TRAINER:
                groep = alle.filter(
                    deelnames__uitvoering__trainerschappen__trainer=gebruiker,
                    deelnames__uitvoering__trainerschappen__tot__isnull=True,
                    deelnames__afgemeld_om__isnull=True,
                )
                gevraagd = alle.filter(_gevraagd(gebruiker))
                return ander.filter(Q(pk__in=groep.values("pk")) | Q(pk__in=gevraagd.values("pk")))
            case Rol.GASTTRAINER:
                gast = alle.filter(
                    aanwezigheden__bijeenkomst__uitvoering__trainerschappen__trainer=gebruiker,
                    aanwezigheden__bijeenkomst__uitvoering__trainerschappen__tot__isnull=True,
                )
                return ander.filter(pk__in=gast.values("pk"))
        return self.none()

    def zichtbaar_voor(self, gebruiker):
        """The union of `zichtbaar_als` over the roles of `gebruiker`, for lists."""
        if not gebruiker.is_authenticated:
            return self.none()
        q = Q(pk__in=[])
        for rol in sorted(gebruiker.rollen() - {Rol.GASTTRAINER}):
            q |= Q(pk__in=Traject._base_manager.zichtbaar_als(gebruiker, rol).values("pk"))
        return self.filter(q)

    def als_trainer_van(self, gebruiker, soort):
        """Narrower than `zichtbaar_als` trainer: those this trainer trains (or is asked about) in `soort` EK1 or EK2.

        A trainer of an EK2 group never reads the report of EK1 (regels §1: not the reports of other groups).
        """
        groep = Traject._base_manager.filter(
            deelnames__soort=soort,
            deelnames__afgemeld_om__isnull=True,
            deelnames__uitvoering__trainerschappen__trainer=gebruiker,
            deelnames__uitvoering__trainerschappen__tot__isnull=True,
        )
        q = Q(pk__in=groep.values("pk"))
        if soort == "EK1":
            gevraagd = Traject._base_manager.filter(_gevraagd(gebruiker))
            q |= Q(pk__in=gevraagd.values("pk"))
        return self.zichtbaar_als(gebruiker, Rol.TRAINER).filter(q)

    def lopend(self):
        return self.filter(afgesloten_op__isnull=True)

    def eigen(self, gebruiker):
        """The own traject of somebody: the open one, else the last. None when there is none."""
        return self.filter(kandidaat=gebruiker).order_by(F("afgesloten_op").desc(nulls_first=True), "-pk").first()


class Traject(models.Model):
    """The path of one person, from letter to registration.

    After each other somebody can have several, never two at once.
    """

    class Afsluiting(models.TextChoices):
        GESTOPT = "gestopt", "gestopt"
        SAMEN = "samen", "samen afgerond"
        NIET_UITGENODIGD = "niet_uitgenodigd", "nu nog niet"
        UITGESCHREVEN = "uitgeschreven", "uitgeschreven"

    kandidaat = models.ForeignKey(Gebruiker, PROTECT, related_name="trajecten", verbose_name="kandidaat")
    regio = models.ForeignKey(Regio, PROTECT, related_name="trajecten", verbose_name="regio")
    begonnen_op = models.DateField("begonnen op", default=timezone.localdate)
    afgesloten_op = models.DateField("afgesloten op", null=True, blank=True)
    afsluiting = models.CharField("afsluiting", max_length=20, blank=True, choices=Afsluiting)
    # stored print: only `bijwerken` writes it
    stap = models.PositiveSmallIntegerField("stap", default=1, editable=False)
    stap_sinds = models.DateTimeField("in deze stap sinds", default=timezone.now, editable=False)  # part of the print
    objects = TrajectQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "traject", "trajecten"
        base_manager_name = "objects"
        indexes = [
            Index(fields=["stap", "id"], name="traject_stap"),
            Index(fields=["regio", "stap"], name="traject_regio_stap"),
        ]
        constraints = [
            UniqueConstraint(fields=["kandidaat"], condition=Q(afgesloten_op__isnull=True), name="een_lopend_traject"),
            CheckConstraint(
                condition=Q(afgesloten_op__isnull=True, afsluiting="")
                | Q(afgesloten_op__gte=F("begonnen_op")) & ~Q(afsluiting=""),
                name="afsluiting_hoort_bij_datum",
            ),
            CheckConstraint(condition=Q(stap__range=(1, NA_DE_ACHT)), name="stap_1_tot_9"),
        ]

    def __str__(self):
        return f"traject {self.pk}"

    @property
    def is_lopend(self):
        return self.afgesloten_op is None


class BeurtQuerySet(models.QuerySet):
    def open_op(self, dag):
        """The turns that are open on `dag`: a turn with a later `vanaf` waits for its date."""
        return self.filter(Q(vanaf__isnull=True) | Q(vanaf__lte=dag))


class Beurt(models.Model):
    """Whose turn it is for what, since when, and the promised date.

    `feit` is the number of the row it is about (see `feit` of its Aanzet), 0 for a turn about the path itself: two
    conferences that run are two turns. Derived from `kern.pad`; only `bijwerken` writes it.
    """

    traject = models.ForeignKey(Traject, CASCADE, related_name="beurten")
    code = models.CharField("beurt", max_length=40)
    rol = models.CharField("rol", max_length=20, choices=Rol)
    persoon = models.ForeignKey(Gebruiker, CASCADE, null=True, blank=True, related_name="beurten")
    feit = models.PositiveBigIntegerField("feit", default=0)
    sinds = models.DateTimeField("sinds", default=timezone.now)
    vanaf = models.DateField("vanaf", null=True, blank=True)
    uiterlijk_op = models.DateField("uiterlijk op", null=True, blank=True)
    # when the worker looks whether there is something to say about it; empty: never again, until the turn changes
    kijk_op = models.DateField("kijken op", null=True, blank=True, default=timezone.localdate)
    objects = BeurtQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "beurt", "beurten"
        indexes = [
            Index(fields=["rol", "sinds"], name="beurt_werkvoorraad"),
            Index(fields=["kijk_op"], name="beurt_kijk_op"),
        ]
        constraints = [
            UniqueConstraint(fields=["traject", "code", "rol", "persoon", "feit"], name="beurt_per_persoon"),
            UniqueConstraint(
                fields=["traject", "code", "rol", "feit"], condition=Q(persoon__isnull=True), name="beurt_per_rol"
            ),
        ]

    def __str__(self):
        return f"{self.code} ({self.rol})"

    @property
    def aanzet(self):
        return PER_CODE[self.code]


class Herroepbaar(models.Model):
    """A decision is never edited: it is revoked (who, when, why) and made again. Steps look at rows that hold."""

    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    herroepen_om = models.DateTimeField(null=True, blank=True)
    herroepen_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    herroepen_reden = models.TextField(blank=True)

    class Meta:
        abstract = True
