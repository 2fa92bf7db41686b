"""Certificate, registration, scope and the report after EK2."""

from django.db import models
from django.db.models import (
    CASCADE,
    PROTECT,
    CheckConstraint,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    UniqueConstraint,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from certificering.models.conferentie import Conferentie, Evaluatie, Variant
from lms.kern.models import Gebruiker, Regio, Rol, Taalkennis, Traject


class CertificaatQuerySet(models.QuerySet):
    def nu(self):
        """Those that have not ended: an ended certificate never becomes valid again."""
        return self.geldig()

    def geldig(self):
        return self.filter(einde="")


class Certificaat(models.Model):
    """A number, a snapshot of everything printed, and how it ended.

    Of the person: erasing a traject's papers leaves it.
    """

    class Einde(models.TextChoices):
        BEEINDIGD = "beeindigd", "beëindigd"
        INGETROKKEN = "ingetrokken", "ingetrokken"
        VERVANGEN = "vervangen", "vervangen"

    traject = models.ForeignKey(Traject, PROTECT, related_name="certificaten")
    evaluatie = models.ForeignKey(Evaluatie, PROTECT, null=True, blank=True, related_name="certificaten")
    herkomst = models.CharField(
        max_length=10, choices=[("systeem", "na een positieve evaluatie"), ("ouder", "van vóór het systeem")]
    )
    nummer = models.CharField(max_length=20, unique=True)  # also the check code: EK-XXXX-XXXX
    uitgegeven_op = models.DateField(null=True, blank=True)
    gegevens = models.JSONField()  # snapshot: naam, scope, datum, plaats, teksten
    einde = models.CharField(max_length=12, blank=True, choices=Einde)
    einde_om = models.DateTimeField(null=True, blank=True)
    einde_reden = models.TextField(blank=True)
    traject_pad = "traject"
    objects = CertificaatQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "certificaat", "certificaten"
        constraints = [
            UniqueConstraint(fields=["traject"], condition=Q(einde=""), name="een_geldig_certificaat"),
            CheckConstraint(
                condition=Q(herkomst="systeem", evaluatie__isnull=False) | Q(herkomst="ouder", evaluatie__isnull=True),
                name="certificaat_heeft_evaluatie",
            ),
            CheckConstraint(
                condition=Q(einde="", einde_om__isnull=True)
                | ~Q(einde="") & Q(einde_om__isnull=False) & ~Q(einde_reden=""),
                name="einde_heeft_reden",
            ),
        ]

    def __str__(self):
        return self.nummer

    @property
    def is_geldig(self):
        return self.einde == ""

    @property
    def is_gedrukt(self):
        """Whether this system made the paper: one from before the system has no text in its snapshot."""
        return bool(self.gegevens.get("tekst"))


class RegistratieQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """The register: matching fields nationwide for regiomanagers and bureau; the person's own."""
        if rol == Rol.SYSTEEM:
            return self
        if not gebruiker.is_authenticated or not gebruiker.is_active or rol not in gebruiker.rollen():
            return self.none()
        match rol:
            case Rol.REGIOMANAGER | Rol.BUREAU:
                return self.exclude(traject__kandidaat=gebruiker)
            case Rol.KANDIDAAT:
                return self.filter(traject__kandidaat=gebruiker)
        return self.none()

    def te_doen_als(self, door, rol):
        """Searching is nationwide, changing is not: only in the own region."""
        return self.filter(traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))

    def zichtbaar_voor(self, gebruiker):
        if not gebruiker.is_authenticated:
            return self.none()
        q = Q(pk__in=[])
        for rol in (Rol.REGIOMANAGER, Rol.BUREAU, Rol.KANDIDAAT):
            q |= Q(pk__in=Registratie._base_manager.zichtbaar_als(gebruiker, rol).values("pk"))
        return self.filter(q)

    def voor_register(self, gebruiker):
        """Rows for the register list: own regions first, with what the table and the spreadsheet show."""
        open_rij = {"registratie": OuterRef("pk"), "tot__isnull": True}
        mee = Conferentie.objects.filter(traject=OuterRef("traject"), telt_mee=True).order_by().values("traject")
        return (
            self.annotate(
                eigen=Exists(Werkgebied.objects.filter(regio__in=gebruiker.regios(), **open_rij)),
                stand_nu=Subquery(Registratiestand.objects.filter(**open_rij).values("stand")[:1]),
                aantal=Coalesce(Subquery(mee.annotate(n=Count("pk")).values("n")), 0),
                laatste=Subquery(mee.annotate(n=Max("gehouden_op")).values("n")),
            )
            .select_related("traject__kandidaat")
            .prefetch_related(
                Prefetch(
                    "werkgebieden",
                    Werkgebied.objects.filter(tot=None).select_related("regio").order_by("-thuis", "regio__naam"),
                    to_attr="regios_nu",
                ),
                Prefetch("scopes", Scope.objects.filter(tot=None), to_attr="scopes_nu"),
                Prefetch(
                    "traject__kandidaat__talen",
                    Taalkennis.objects.select_related("taal").order_by("taal__volgorde"),
                    to_attr="talen_nu",
                ),
            )
            .order_by("-eigen", "traject__kandidaat__zoek", "pk")
        )

    def geregistreerd(self):
        """Only who is registered now: ended or suspended is never in a search for a fitting coordinator (invariant
        9).
        """
        stand = Registratiestand.objects.filter(stand=Registratiestand.Stand.GEREGISTREERD, tot__isnull=True)
        return self.filter(pk__in=stand.values("registratie"))


class Registratie(models.Model):
    """Somebody registered as Eigen Kracht-coördinator, with availability for a next request."""

    class Beschikbaar(models.TextChoices):
        JA = "ja", "beschikbaar"
        VANAF = "vanaf", "vanaf een datum"
        NEE = "nee", "even niet"

    traject = models.OneToOneField(Traject, PROTECT, related_name="registratie")
    geregistreerd_op = models.DateField(default=timezone.localdate)
    beschikbaar = models.CharField("beschikbaar", max_length=6, choices=Beschikbaar, default=Beschikbaar.JA)
    beschikbaar_vanaf = models.DateField("beschikbaar vanaf", null=True, blank=True)
    traject_pad = "traject"
    objects = RegistratieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "registratie", "registraties"
        base_manager_name = "objects"
        constraints = [
            CheckConstraint(
                condition=Q(beschikbaar="vanaf", beschikbaar_vanaf__isnull=False)
                | ~Q(beschikbaar="vanaf") & Q(beschikbaar_vanaf__isnull=True),
                name="vanaf_heeft_datum",
            ),
        ]

    def __str__(self):
        return f"registratie {self.pk}"

    @property
    def is_nu_beschikbaar(self):
        """Available today; a date that has come counts as yes."""
        if self.beschikbaar == self.Beschikbaar.VANAF:
            return self.beschikbaar_vanaf <= timezone.localdate()
        return self.beschikbaar == self.Beschikbaar.JA


class Registratiestand(models.Model):
    class Stand(models.TextChoices):
        GEREGISTREERD = "geregistreerd", "geregistreerd"
        SLAPEND = "slapend", "slapend"
        GESCHORST = "geschorst", "geschorst"
        UITGESCHREVEN = "uitgeschreven", "uitgeschreven"

    registratie = models.ForeignKey(Registratie, CASCADE, related_name="standen")
    stand = models.CharField(max_length=15, choices=Stand)
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)
    reden = models.TextField(blank=True)
    door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "stand", "standen"
        constraints = [
            UniqueConstraint(fields=["registratie"], condition=Q(tot__isnull=True), name="een_stand_tegelijk"),
            CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="stand_eind_na_begin"),
        ]

    def __str__(self):
        return self.stand


class Werkgebied(models.Model):
    registratie = models.ForeignKey(Registratie, CASCADE, related_name="werkgebieden")
    regio = models.ForeignKey(Regio, PROTECT, related_name="+")
    thuis = models.BooleanField(default=False)
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "werkgebied", "werkgebieden"
        constraints = [
            UniqueConstraint(fields=["registratie", "regio"], condition=Q(tot__isnull=True), name="regio_een_keer"),
            UniqueConstraint(fields=["registratie"], condition=Q(thuis=True, tot__isnull=True), name="een_thuisregio"),
        ]

    def __str__(self):
        return f"{self.regio}"


class ScopeverslagQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The coordinator's own; a sent one for trainers of the group and the bureau.

        The regiomanager reads no reports.
        """
        if not gebruiker.is_authenticated:
            return self.none()
        q = Q(traject__in=Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).values("pk"))
        for lezers in (
            Traject.objects.als_trainer_van(gebruiker, "EK2"),
            Traject.objects.zichtbaar_als(gebruiker, Rol.BUREAU),
        ):
            q |= Q(verstuurd_om__isnull=False, traject__in=lezers.values("pk"))
        return self.filter(q)

    def te_doen_als(self, door, rol):
        """The coordinator's own; a sent one for the trainers of the EK2 group and the bureau."""
        if rol == Rol.TRAINER:
            trajecten = Traject.objects.als_trainer_van(door, "EK2")
        else:
            trajecten = Traject.objects.zichtbaar_als(door, rol)
        rijen = self.filter(traject__in=trajecten.values("pk"))
        return rijen if rol == Rol.KANDIDAAT else rijen.filter(verstuurd_om__isnull=False)

    def nu(self):
        """The one that runs: written, or waiting for the register."""
        return self.filter(geregistreerd_om=None)


class Scopeverslag(models.Model):
    """After EK2: two independent answers and the coordinator's own conclusion (folder).

    Trainers may respond, without a veto.
    """

    traject = models.ForeignKey(Traject, CASCADE, related_name="scopeverslagen")
    versie = models.PositiveSmallIntegerField()
    herstel = models.BooleanField("past herstel bij mij", null=True, blank=True)
    herstel_waarom = models.TextField(blank=True)
    groep = models.BooleanField("past groep of buurt bij mij", null=True, blank=True)
    groep_waarom = models.TextField(blank=True)
    wijziging = models.PositiveIntegerField(default=0)
    bewaard_om = models.DateTimeField(null=True, blank=True)
    verstuurd_om = models.DateTimeField(null=True, blank=True)
    geregistreerd_om = models.DateTimeField(null=True, blank=True)
    traject_pad = "traject"
    objects = ScopeverslagQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "verslag na EK2", "verslagen na EK2"
        constraints = [
            UniqueConstraint(fields=["traject", "versie"], name="scopeverslagversie"),
            UniqueConstraint(
                fields=["traject"], condition=Q(geregistreerd_om__isnull=True), name="een_lopend_scopeverslag"
            ),
            CheckConstraint(
                condition=Q(verstuurd_om__isnull=True) | Q(herstel__isnull=False, groep__isnull=False),
                name="scope_twee_antwoorden",
            ),
            CheckConstraint(
                condition=Q(geregistreerd_om__isnull=True) | Q(verstuurd_om__isnull=False), name="scope_eerst_verstuurd"
            ),
        ]

    def __str__(self):
        return f"verslag na EK2, versie {self.versie}"


class Scopereactie(models.Model):
    scopeverslag = models.ForeignKey(Scopeverslag, CASCADE, related_name="reacties")
    trainer = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    tekst = models.TextField(blank=True)
    om = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = "reactie op het verslag na EK2", "reacties op het verslag na EK2"
        constraints = [UniqueConstraint(fields=["scopeverslag", "trainer"], name="een_scopereactie_per_trainer")]

    def __str__(self):
        return f"reactie van {self.trainer_id}"


class Scope(models.Model):
    """What somebody organises conferences for, from a date until a date."""

    registratie = models.ForeignKey(Registratie, CASCADE, related_name="scopes")
    soort = models.CharField(max_length=15, choices=Variant)
    scopeverslag = models.ForeignKey(Scopeverslag, PROTECT, null=True, blank=True, related_name="scopes")
    ouder = models.BooleanField(default=False)
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "waarvoor", "waarvoor"
        constraints = [
            UniqueConstraint(fields=["registratie", "soort"], condition=Q(tot__isnull=True), name="scope_een_keer"),
            CheckConstraint(
                condition=Q(soort="familie") | Q(scopeverslag__isnull=False) | Q(ouder=True),
                name="meer_scope_vraagt_verslag",
            ),
        ]

    def __str__(self):
        return self.get_soort_display()
