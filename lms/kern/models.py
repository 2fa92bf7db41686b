"""People, regions, trajecten, turns, the journal, the outbox and the settings. Looks at no app above it."""

import os
import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import CASCADE, PROTECT, SET_NULL, CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone

from lms.kern.stappen import NA_DE_ACHT, PER_CODE, TrajectStappen
from lms.kern.zoeken import vouw


class Rol(models.TextChoices):
    """A role in an act. Kandidaat follows from a traject, gasttrainer from a guest day; the others are dated rows."""

    KANDIDAAT = "kandidaat", "kandidaat"
    TRAINER = "trainer", "trainer"
    GASTTRAINER = "gasttrainer", "trainer van een inhaaldag"
    REGIOMANAGER = "regiomanager", "regiomanager"
    BUREAU = "bureau", "bureau"
    REDACTEUR = "redacteur", "redacteur"
    SYSTEEM = "systeem", "systeem"


TOEKENBAAR = (Rol.TRAINER, Rol.REGIOMANAGER, Rol.BUREAU, Rol.REDACTEUR)


class Regio(models.Model):
    naam = models.CharField("naam", max_length=80, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = "regio", "regio's"
        ordering = ["naam"]

    def __str__(self):
        return self.naam


class Taal(models.Model):
    naam = models.CharField("naam", max_length=80, unique=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name, verbose_name_plural = "taal", "talen"
        ordering = ["volgorde", "naam"]

    def __str__(self):
        return self.naam


class GebruikerQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """Subjects of acts about a person: oneself as kandidaat, everybody else as bureau."""
        if rol == Rol.SYSTEEM:
            return self
        if not gebruiker.is_authenticated or not gebruiker.is_active or rol not in gebruiker.rollen():
            return self.none()
        if rol == Rol.KANDIDAAT:
            return self.filter(pk=gebruiker.pk)
        return self.exclude(pk=gebruiker.pk) if rol == Rol.BUREAU else self.none()


class GebruikerManager(BaseUserManager.from_queryset(GebruikerQuerySet)):
    def create_superuser(self, email, password, **velden):
        gebruiker = self.model(email=email, is_staff=True, is_superuser=True, **velden)
        gebruiker.set_password(password)
        gebruiker.save()
        return gebruiker

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A person. Who has no e-mail address cannot log in: the bureau acts on behalf of this person."""

    email = models.EmailField("e-mailadres", unique=True, null=True, blank=True)
    voornaam = models.CharField("voornaam", max_length=80)
    tussenvoegsel = models.CharField("tussenvoegsel", max_length=20, blank=True)
    achternaam = models.CharField("achternaam", max_length=80)
    naam_op_certificaat = models.CharField("naam op het certificaat", max_length=120, blank=True)
    telefoon = models.CharField("telefoonnummer", max_length=30, blank=True)
    woonplaats = models.CharField("woonplaats", max_length=80, blank=True)
    zoek = models.CharField(max_length=260, editable=False, default="", db_index=True)
    is_active = models.BooleanField("kan inloggen", default=True)
    is_staff = models.BooleanField("mag in Django's beheer", default=False)
    aangemaakt_om = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["voornaam", "achternaam"]
    objects = GebruikerManager()

    class Meta:
        verbose_name, verbose_name_plural = "persoon", "personen"
        ordering = ["zoek", "pk"]
        constraints = [
            UniqueConstraint(Lower("email"), name="email_een_keer"),
            CheckConstraint(condition=~Q(email=""), name="email_leeg_is_null"),
        ]

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.email = self.email or None
        self.zoek = vouw(f"{self.achternaam} {self.voornaam} {self.tussenvoegsel}")
        super().save(*args, **kwargs)

    @property
    def naam(self):
        return " ".join(filter(None, [self.voornaam, self.tussenvoegsel, self.achternaam]))

    @property
    def certificaatnaam(self):
        return self.naam_op_certificaat or self.naam

    @property
    def initialen(self):
        return f"{self.voornaam[:1]}{self.achternaam[:1]}".upper()

    @property
    def first_name(self):
        return self.voornaam

    @property
    def last_name(self):
        return " ".join(filter(None, [self.tussenvoegsel, self.achternaam]))

    def get_full_name(self):
        return self.naam

    def get_short_name(self):
        return self.voornaam

    def rollen(self):
        """The roles of this person, read once per object: dated rows in force today, kandidaat for everybody, gasttrainer for trainers."""
        if not hasattr(self, "_rollen"):
            rijen = list(self.rolvervullingen.geldig().values_list("rol", "regio_id"))
            self._rollen = {Rol.KANDIDAAT} | {Rol(rol) for rol, _ in rijen}
            if Rol.TRAINER in self._rollen:
                self._rollen.add(Rol.GASTTRAINER)
            self._regios = [regio for rol, regio in rijen if rol == Rol.REGIOMANAGER]
        return self._rollen

    def regios(self):
        """The pks of the regions this person is regiomanager of, today."""
        self.rollen()
        return self._regios


class RolvervullingQuerySet(models.QuerySet):
    def geldig(self, op=None):
        op = op or timezone.localdate()
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op)


class Rolvervulling(models.Model):
    """A role of a person, from a date until a date (that day not included)."""

    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="rolvervullingen")
    rol = models.CharField("rol", max_length=20, choices=[(r.value, r.label) for r in TOEKENBAAR])
    regio = models.ForeignKey(Regio, PROTECT, null=True, blank=True, related_name="rolvervullingen")
    van = models.DateField("van", default=timezone.localdate)
    tot = models.DateField("tot", null=True, blank=True)
    objects = RolvervullingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "rolvervulling", "rolvervullingen"
        constraints = [
            CheckConstraint(
                condition=Q(rol="regiomanager", regio__isnull=False) | ~Q(rol="regiomanager") & Q(regio__isnull=True),
                name="alleen_regiomanager_heeft_regio",
            ),
            UniqueConstraint(fields=["gebruiker", "rol", "regio"], condition=Q(tot__isnull=True), name="rol_per_regio_een_keer"),
            UniqueConstraint(fields=["gebruiker", "rol"], condition=Q(tot__isnull=True, regio__isnull=True), name="rol_een_keer"),
        ]

    def __str__(self):
        return f"{self.gebruiker} · {self.get_rol_display()}"


class TrajectQuerySet(TrajectStappen, models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """The trajecten that `gebruiker` may see IN `rol`. The only rule, role by role; sub-queries on pk, so that locking works.

        Gasttrainer sees those with a made-up day in an own group: for the name and the tick only, so it is no part of `zichtbaar_voor`.
        Nobody is staff on the own traject.
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
                extra = alle.filter(registratie__werkgebieden__regio__in=gebruiker.regios(), registratie__werkgebieden__tot__isnull=True)
                return ander.filter(Q(regio__in=gebruiker.regios()) | Q(pk__in=extra.values("pk")))
            case Rol.TRAINER:
                groep = alle.filter(
                    deelnames__uitvoering__trainerschappen__trainer=gebruiker,
                    deelnames__uitvoering__trainerschappen__tot__isnull=True,
                    deelnames__afgemeld_om__isnull=True,
                )
                gevraagd = alle.filter(verslagen__meningen__trainer=gebruiker, verslagen__meningen__ontheven_om__isnull=True)
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

        A trainer of an EK2 group never reads the report of EK1 (DOMAIN §1: not the reports of other groups).
        """
        groep = Traject._base_manager.filter(
            deelnames__soort=soort,
            deelnames__afgemeld_om__isnull=True,
            deelnames__uitvoering__trainerschappen__trainer=gebruiker,
            deelnames__uitvoering__trainerschappen__tot__isnull=True,
        )
        q = Q(pk__in=groep.values("pk"))
        if soort == "EK1":
            gevraagd = Traject._base_manager.filter(verslagen__meningen__trainer=gebruiker, verslagen__meningen__ontheven_om__isnull=True)
            q |= Q(pk__in=gevraagd.values("pk"))
        return self.zichtbaar_als(gebruiker, Rol.TRAINER).filter(q)

    def lopend(self):
        return self.filter(afgesloten_op__isnull=True)

    def eigen(self, gebruiker):
        """The own traject of somebody: the open one, else the last. None when there is none."""
        return self.filter(kandidaat=gebruiker).order_by(F("afgesloten_op").desc(nulls_first=True), "-pk").first()


class Traject(models.Model):
    """The path of one person, from letter to registration. After each other somebody can have several, never two at once."""

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
    stap = models.PositiveSmallIntegerField("stap", default=1, editable=False)  # stored print: only `bijwerken` writes it
    stap_sinds = models.DateTimeField("in deze stap sinds", default=timezone.now, editable=False)  # part of the print
    objects = TrajectQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "traject", "trajecten"
        base_manager_name = "objects"
        indexes = [Index(fields=["stap", "id"], name="traject_stap"), Index(fields=["regio", "stap"], name="traject_regio_stap")]
        constraints = [
            UniqueConstraint(fields=["kandidaat"], condition=Q(afgesloten_op__isnull=True), name="een_lopend_traject"),
            CheckConstraint(
                condition=Q(afgesloten_op__isnull=True, afsluiting="") | Q(afgesloten_op__gte=F("begonnen_op")) & ~Q(afsluiting=""),
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
    """Whose turn it is for what, since when, and the promised date. Derived from stappen.py; only `bijwerken` writes it."""

    traject = models.ForeignKey(Traject, CASCADE, related_name="beurten")
    code = models.CharField("beurt", max_length=40)
    rol = models.CharField("rol", max_length=20, choices=Rol)
    persoon = models.ForeignKey(Gebruiker, CASCADE, null=True, blank=True, related_name="beurten")
    sinds = models.DateTimeField("sinds", default=timezone.now)
    vanaf = models.DateField("vanaf", null=True, blank=True)
    uiterlijk_op = models.DateField("uiterlijk op", null=True, blank=True)
    objects = BeurtQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "beurt", "beurten"
        indexes = [Index(fields=["rol", "sinds"], name="beurt_werkvoorraad")]
        constraints = [
            UniqueConstraint(fields=["traject", "code", "rol", "persoon"], name="beurt_per_persoon"),
            UniqueConstraint(fields=["traject", "code", "rol"], condition=Q(persoon__isnull=True), name="beurt_per_rol"),
        ]

    def __str__(self):
        return f"{self.code} ({self.rol})"

    @property
    def aanzet(self):
        return PER_CODE[self.code]


class Journaalregel(models.Model):
    """What happened: ids, field names and codes, never content. Append-only."""

    traject = models.ForeignKey(Traject, PROTECT, null=True, blank=True, related_name="journaal")
    over = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="journaal_over")
    handeling = models.CharField(max_length=60)
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    als = models.CharField(max_length=20, choices=Rol)
    namens = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    van = models.PositiveSmallIntegerField(null=True, blank=True)
    naar = models.PositiveSmallIntegerField(null=True, blank=True)
    reden_code = models.CharField(max_length=40, blank=True)
    verzoek_id = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - null, so that the partial unique index ignores it
    gegevens = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = "journaalregel", "journaal"
        indexes = [Index(fields=["traject", "-om"], name="journaal_traject_om"), Index(fields=["over", "-om"], name="journaal_over_om")]
        constraints = [
            CheckConstraint(condition=Q(door__isnull=False) | Q(als="systeem"), name="zonder_persoon_alleen_systeem"),
            UniqueConstraint(fields=["verzoek_id"], condition=Q(verzoek_id__isnull=False), name="verzoek_een_keer"),
        ]

    def __str__(self):
        return f"{self.handeling} {self.om:%d-%m-%Y %H:%M}"


class BerichtQuerySet(models.QuerySet):
    def te_versturen(self, nu):
        """What may be handed over at `nu`. What goes along in somebody's daily digest never goes by itself."""
        return self.wachtend().filter(bundelen=False, onzeker_om__isnull=True, klaar_om__lte=nu)

    def wachtend(self):
        return self.filter(verstuurd_om__isnull=True, vervallen_om__isnull=True)


class Bericht(models.Model):
    """A mail in the outbox: template and ids. The body is rendered when it is sent or shown."""

    aan = models.ForeignKey(Gebruiker, CASCADE, related_name="berichten")
    traject = models.ForeignKey(Traject, CASCADE, null=True, blank=True, related_name="berichten")
    soort = models.CharField(max_length=40)
    sleutel = models.CharField(max_length=120, unique=True)
    klaar_om = models.DateTimeField(default=timezone.now)
    bezig_om = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    verstuurd_om = models.DateTimeField(null=True, blank=True)
    vervallen_om = models.DateTimeField(null=True, blank=True)
    onzeker_om = models.DateTimeField(null=True, blank=True)
    onderwerp = models.CharField(max_length=200, blank=True)
    bundelen = models.BooleanField(default=False)  # goes along in the daily digest of a member of staff (DOMAIN §9)
    bundel = models.ForeignKey("self", SET_NULL, null=True, blank=True, related_name="delen")
    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bericht", "berichten"
        indexes = [
            Index(fields=["klaar_om"], condition=Q(verstuurd_om__isnull=True, vervallen_om__isnull=True), name="bericht_te_versturen")
        ]

    def __str__(self):
        return f"{self.soort} aan {self.aan_id}"

    @property
    def staat(self):
        for veld, woord in (("verstuurd_om", "verstuurd"), ("vervallen_om", "vervallen"), ("onzeker_om", "onzeker")):
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


class Toestemming(models.Model):
    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="toestemmingen")
    waarvoor = models.CharField(max_length=40)
    tekstversie = models.PositiveSmallIntegerField(default=1)
    gegeven_om = models.DateTimeField(default=timezone.now)
    ingetrokken_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "toestemming", "toestemmingen"
        constraints = [
            UniqueConstraint(fields=["gebruiker", "waarvoor"], condition=Q(ingetrokken_om__isnull=True), name="een_geldige_toestemming")
        ]

    def __str__(self):
        return f"{self.waarvoor} van {self.gebruiker_id}"


class Taalkennis(models.Model):
    class Niveau(models.TextChoices):
        MOEDERTAAL = "moedertaal", "moedertaal"
        VLOEIEND = "vloeiend", "vloeiend"
        REDELIJK = "redelijk", "redelijk"

    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="talen")
    taal = models.ForeignKey(Taal, PROTECT, related_name="sprekers")
    niveau = models.CharField("niveau", max_length=12, choices=Niveau, default=Niveau.VLOEIEND)

    class Meta:
        verbose_name, verbose_name_plural = "taalkennis", "talenkennis"
        constraints = [UniqueConstraint(fields=["gebruiker", "taal"], name="taal_een_keer_per_persoon")]

    def __str__(self):
        return f"{self.taal} ({self.niveau})"


class InstellingQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, rol):
        """Settings are changed by the bureau only."""
        return self if rol == Rol.BUREAU and rol in gebruiker.rollen() else self.none()


class Instelling(models.Model):
    """A setting of DOMAIN.md §11: one home per value, with the day it holds from. Every change is a new row."""

    code = models.CharField(max_length=60)
    waarde = models.JSONField()
    sinds = models.DateTimeField(default=timezone.now)
    objects = InstellingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "instelling", "instellingen"
        constraints = [UniqueConstraint(fields=["code", "sinds"], name="instelling_per_moment")]

    def __str__(self):
        return self.code


def _pad(bestand, naam):
    return f"{bestand.uuid.hex[:2]}/{bestand.uuid.hex}"


class PriveOpslag(FileSystemStorage):
    """Private files: outside the media root, never served by a web server. Where that is, is asked each time: tests have a place of their own."""

    base_url = None

    @property
    def base_location(self):
        return settings.BESTANDEN_ROOT

    @property
    def location(self):
        return os.path.abspath(self.base_location)


def bestandsopslag():
    return PriveOpslag()


class BestandQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Letter and cv: the candidate, the own trainers and the bureau; never the regiomanager (DOMAIN §6).

        A home assignment: the candidate and the trainers of that training, until it is taken back.
        """
        if not gebruiker.is_authenticated:
            return self.none()
        ek1, ek2 = (Traject.objects.als_trainer_van(gebruiker, soort).values("pk") for soort in ("EK1", "EK2"))
        q = Q(traject__in=Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).values("pk"))
        q |= Q(traject__in=Traject.objects.zichtbaar_als(gebruiker, Rol.BUREAU).values("pk"), soort__in=self.model.VAN_DE_AANMELDING)
        q |= Q(traject__in=ek1, soort__in=(*self.model.VAN_DE_AANMELDING, "opdracht_EK1"))
        return self.filter(q | Q(traject__in=ek2, soort="opdracht_EK2"))


class Bestand(models.Model):
    """A private file: checked, without metadata where that is safe, under a random name. `soort` says what it is, and so who may see it."""

    VAN_DE_AANMELDING = ("brief", "cv")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    traject = models.ForeignKey(Traject, CASCADE, null=True, blank=True, related_name="bestanden")
    soort = models.CharField(max_length=20)
    naam = models.CharField(max_length=120)
    mime = models.CharField(max_length=100)
    grootte = models.PositiveIntegerField()
    inhoud = models.FileField(upload_to=_pad, storage=bestandsopslag)
    opgeslagen_om = models.DateTimeField(default=timezone.now)
    objects = BestandQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bestand", "bestanden"

    def __str__(self):
        return self.naam


class Herroepbaar(models.Model):
    """A decision is never edited: it is revoked (who, when, why) and made again. Steps look at rows that hold."""

    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    herroepen_om = models.DateTimeField(null=True, blank=True)
    herroepen_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    herroepen_reden = models.TextField(blank=True)

    class Meta:
        abstract = True
