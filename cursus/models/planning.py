"""Sessions, groups and places as plain models: a page that holds a fact loses it when an old draft is published."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import (
    CASCADE,
    PROTECT,
    CheckConstraint,
    Count,
    F,
    Index,
    OuterRef,
    Q,
    UniqueConstraint,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from cursus.models.doelgroep import VOOR, VOOR_PAD, Doelgroep
from lms.kern.models import Gebruiker, Regio, Rol, Traject


class Soort(models.TextChoices):
    INFORMATIE = "informatie", "informatiebijeenkomst"
    EK1 = "EK1", "training EK1"
    EK2 = "EK2", "training EK2"
    STUDIEDAG = "studiedag", "studiedag"
    WORKSHOP = "workshop", "online workshop"
    REGIOBIJEENKOMST = "regiobijeenkomst", "regiobijeenkomst"
    TERUGKOMDAG = "terugkomdag", "terugkomdag"


TRAINING = (Soort.EK1, Soort.EK2)
OP_HET_PAD = (Soort.INFORMATIE, Soort.EK1, Soort.EK2)


IS_LINK = URLValidator(schemes=["https"], message="Vul de hele link in, met https:// ervoor.")


class LocatieQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """Locations are changed by the bureau only."""
        return self if rol == Rol.BUREAU and rol in gebruiker.rollen() else self.none()


class Locatie(models.Model):
    naam = models.CharField("naam", max_length=120)
    plaats = models.CharField("plaats", max_length=80)
    adres = models.CharField("adres", max_length=160, blank=True)
    postcode4 = models.CharField("cijfers van de postcode", max_length=4, blank=True)
    online = models.BooleanField("online", default=False)
    link = models.CharField(
        "link", max_length=300, blank=True, validators=[IS_LINK],
        help_text="Waar je online bij elkaar komt. Alleen wie een plek heeft en de trainers zien hem.",
    )  # fmt: skip
    rolstoel = models.BooleanField("toegankelijk met een rolstoel", default=False)
    ov = models.CharField("openbaar vervoer", max_length=200, blank=True)
    parkeren = models.CharField("parkeren", max_length=200, blank=True)
    lunch = models.CharField("lunch", max_length=200, blank=True)
    max_personen = models.PositiveSmallIntegerField("ruimte voor", default=20)
    objects = LocatieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "locatie", "locaties"
        ordering = ["plaats", "naam"]
        constraints = [UniqueConstraint(fields=["naam", "plaats"], name="locatie_een_keer")]

    def __str__(self):
        return self.naam if self.online else f"{self.plaats}, {self.naam}"


def _of_nul(telling):
    """A count per session as a sub-query, 0 where there is nothing to count."""
    return Coalesce(models.Subquery(telling), 0)


class UitvoeringQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """Root of the people of a session or group: its trainers and the bureau."""
        if rol == Rol.SYSTEEM:
            return self
        if not gebruiker.is_authenticated or not gebruiker.is_active or rol not in gebruiker.rollen():
            return self.none()
        if rol == Rol.BUREAU:
            return self
        if rol == Rol.TRAINER:
            eigen = Trainerschap.objects.filter(trainer=gebruiker, tot__isnull=True)
            return self.filter(pk__in=eigen.values("uitvoering"))
        return self.none()

    def zichtbaar_voor(self, gebruiker):
        if not gebruiker.is_authenticated:
            return self.none()
        q = Q(pk__in=[])
        for rol in (Rol.BUREAU, Rol.TRAINER):
            q |= Q(pk__in=Uitvoering._base_manager.zichtbaar_als(gebruiker, rol).values("pk"))
        return self.filter(q)

    def met_data(self):
        """Annotate `begint_om` (first meeting) and `bezet` (places that are taken or on offer).

        Sub-queries and no grouping: only the rows that are shown are counted.
        """
        eerste = Bijeenkomst.objects.filter(uitvoering=OuterRef("pk")).order_by("begint_om").values("begint_om")
        op_pad = (
            Deelname.objects.bezet()
            .filter(uitvoering=OuterRef("pk"))
            .order_by()
            .values("uitvoering")
            .annotate(n=Count("pk"))
        )
        geplaatst = {"agendaplekken__geplaatst_om__isnull": False, "agendaplekken__afgemeld_om__isnull": True}
        agenda = (
            Uitvoering._base_manager.filter(pk=OuterRef("pk"), **geplaatst)
            .order_by()
            .values("pk")
            .annotate(n=Count("agendaplekken"))
        )
        bezet = _of_nul(op_pad.values("n")) + _of_nul(agenda.values("n"))
        return self.annotate(begint_om=models.Subquery(eerste[:1]), bezet=bezet)

    def met_een_dag_na(self, moment):
        """With a meeting that ends after `moment`: found by its date, so that what is long past costs nothing."""
        return self.filter(pk__in=Bijeenkomst.objects.filter(eindigt_om__gt=moment).values("uitvoering"))

    def komend(self, nu=None):
        """Not cancelled, published, first meeting still to come; soonest first."""
        nu = nu or timezone.now()
        return (
            self.met_een_dag_na(nu)
            .met_data()
            .filter(begint_om__gt=nu, afgelast_om__isnull=True)
            .filter(Q(publiceren_op__isnull=True) | Q(publiceren_op__lte=timezone.localdate()))
            .order_by("begint_om", "pk")
        )


class Uitvoering(models.Model):
    """One information meeting, one three-day group, one studiedag: what people sign up for."""

    soort = models.CharField("soort", max_length=20, choices=Soort)
    titel = models.CharField("titel", max_length=160)
    locatie = models.ForeignKey(Locatie, PROTECT, related_name="uitvoeringen", verbose_name="locatie")
    link = models.CharField(
        "eigen link", max_length=300, blank=True, validators=[IS_LINK],
        help_text="Alleen als deze bijeenkomst een andere link heeft dan de locatie.",
    )  # fmt: skip
    regio = models.ForeignKey(Regio, PROTECT, null=True, blank=True, related_name="uitvoeringen", verbose_name="regio")
    capaciteit = models.PositiveSmallIntegerField("plekken", default=14)
    minimum = models.PositiveSmallIntegerField("gaat door vanaf", default=6)
    wie_zoeken_we = models.TextField("wie we zoeken", blank=True, help_text="Een welkom, nooit een uitsluiting.")
    publiceren_op = models.DateField("in de agenda vanaf", null=True, blank=True)
    afgelast_om = models.DateTimeField("afgelast", null=True, blank=True)
    afgelast_reden = models.CharField("waarom afgelast", max_length=200, blank=True)
    voor_wie = models.CharField("wie mag komen", max_length=20, choices=Doelgroep, default=Doelgroep.IEDEREEN)
    regios = models.ManyToManyField(Regio, blank=True, related_name="+", verbose_name="alleen uit deze regio's")
    versie = models.PositiveIntegerField(default=0, editable=False)  # counts the changes: two editors at once are told
    gemeld_om = models.DateTimeField(null=True, blank=True, editable=False)  # told to who wants to hear of new dates
    objects = UitvoeringQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bijeenkomst of groep", "bijeenkomsten en groepen"
        base_manager_name = "objects"
        constraints = [CheckConstraint(condition=Q(capaciteit__gte=1), name="capaciteit_minstens_1")]

    def __str__(self):
        return self.titel

    @property
    def is_training(self):
        return self.soort in TRAINING

    @property
    def meedoen(self):
        """The link of an online meeting, for who has a place; "" in a hall, or when there is none yet."""
        return (self.link or self.locatie.link) if self.locatie.online else ""

    @property
    def voor(self):
        """For whom this is, for on screen after 'Voor '. Reads the (prefetched) regions."""
        if self.soort in OP_HET_PAD:
            return VOOR_PAD[self.soort]
        regios = [regio.naam for regio in self.regios.all()]
        return VOOR[self.voor_wie] + (
            f" uit {', '.join(regios[:-1])}{' en ' if regios[:-1] else ''}{regios[-1]}" if regios else ""
        )

    @property
    def plekken_over(self):
        """Free places; needs `met_data`."""
        return max(self.capaciteit - self.bezet, 0)


class TrainerschapQuerySet(models.QuerySet):
    def te_doen_als(self, door, rol):
        """Who trains a group is arranged by the bureau."""
        return self.filter(uitvoering__in=Uitvoering.objects.zichtbaar_als(door, rol).values("pk"))

    def nu(self):
        """Those without an end."""
        return self.filter(tot__isnull=True)


class Trainerschap(models.Model):
    persoon_pad = "trainer"

    uitvoering = models.ForeignKey(Uitvoering, CASCADE, related_name="trainerschappen")
    trainer = models.ForeignKey(Gebruiker, PROTECT, related_name="trainerschappen")
    van = models.DateField("van", default=timezone.localdate)
    tot = models.DateField("tot", null=True, blank=True)
    objects = TrainerschapQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "trainer van een groep", "trainers van een groep"
        constraints = [
            UniqueConstraint(
                fields=["uitvoering", "trainer"], condition=Q(tot__isnull=True), name="trainer_een_keer_per_uitvoering"
            )
        ]

    def __str__(self):
        return f"{self.trainer} bij {self.uitvoering}"


class Bijeenkomst(models.Model):
    uitvoering = models.ForeignKey(Uitvoering, PROTECT, related_name="bijeenkomsten")
    nr = models.PositiveSmallIntegerField("dag")
    begint_om = models.DateTimeField("begint")
    eindigt_om = models.DateTimeField("eindigt")
    volgnummer = models.PositiveSmallIntegerField(default=0)  # SEQUENCE of the calendar entry

    class Meta:
        verbose_name, verbose_name_plural = "bijeenkomst", "bijeenkomsten"
        ordering = ["uitvoering", "nr"]
        indexes = [Index(fields=["eindigt_om"], name="bijeenkomst_eindigt")]
        constraints = [
            UniqueConstraint(fields=["uitvoering", "nr"], name="dagnummer_per_uitvoering"),
            CheckConstraint(condition=Q(eindigt_om__gt=F("begint_om")), name="eind_na_begin"),
        ]

    def __str__(self):
        return f"{self.uitvoering}, dag {self.nr}"


class DeelnameQuerySet(models.QuerySet):
    def nu(self):
        """Those that were not given up: with a place, an offer, or on the waiting list."""
        return self.filter(afgemeld_om__isnull=True)

    def bezet(self):
        """Those that take a place: placed, or with an offer that is still open. Who stopped takes none."""
        heeft = Q(geplaatst_om__isnull=False) | Q(aanbod_tot__isnull=False)
        return self.filter(heeft, afgemeld_om__isnull=True, traject__afgesloten_op__isnull=True)


class Deelname(models.Model):
    class Afmelding(models.TextChoices):
        ZELF = "zelf", "afgemeld"
        LAAT = "laat", "laat afgemeld"
        NIET_VERSCHENEN = "niet_verschenen", "niet verschenen"
        AFGELAST = "afgelast", "afgelast"
        BUREAU = "bureau", "door het bureau"

    traject = models.ForeignKey(Traject, CASCADE, related_name="deelnames")
    uitvoering = models.ForeignKey(Uitvoering, PROTECT, related_name="deelnames")
    soort = models.CharField(max_length=20, choices=Soort)  # = uitvoering.soort, here so that the constraint can exist
    gevraagd_om = models.DateTimeField(default=timezone.now)
    geplaatst_om = models.DateTimeField(null=True, blank=True)
    afgemeld_om = models.DateTimeField(null=True, blank=True)
    afmelding = models.CharField(max_length=20, blank=True, choices=Afmelding)
    aanbod_om = models.DateTimeField(null=True, blank=True)
    aanbod_tot = models.DateTimeField(null=True, blank=True)  # filled while an offered place waits for an answer
    aanbod_verlopen_om = models.DateTimeField(null=True, blank=True)
    reageerde = models.BooleanField(default=False)  # said what the training was like; what, stands nowhere near it
    traject_pad = "traject"
    objects = DeelnameQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "deelname", "deelnames"
        indexes = [
            Index(
                fields=["uitvoering", "gevraagd_om"], condition=Q(afgemeld_om__isnull=True), name="deelname_wachtlijst"
            )
        ]
        constraints = [
            UniqueConstraint(
                fields=["traject", "soort"], condition=Q(afgemeld_om__isnull=True), name="een_deelname_per_soort"
            ),
            CheckConstraint(
                condition=Q(afgemeld_om__isnull=True, afmelding="") | Q(afgemeld_om__isnull=False) & ~Q(afmelding=""),
                name="afmelding_heeft_reden",
            ),
            CheckConstraint(
                condition=Q(aanbod_tot__isnull=True)
                | Q(geplaatst_om__isnull=True, afgemeld_om__isnull=True, aanbod_om__isnull=False),
                name="aanbod_alleen_voor_wie_wacht",
            ),
        ]

    def __str__(self):
        return f"deelname {self.traject_id} aan {self.uitvoering_id}"

    @property
    def op_wachtlijst(self):
        return self.geplaatst_om is None and self.afgemeld_om is None
