"""People: roles, regions, languages, consent. A person is one row, however many roles they have."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Exists, OuterRef, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lms.kern.velden import adres_nakijken
from lms.kern.zoeken import vouw


class Rol(models.TextChoices):
    """A role in an act. Kandidaat follows from a traject, gasttrainer from a guest day; the others are dated rows."""

    KANDIDAAT = "kandidaat", "kandidaat"
    TRAINER = "trainer", "trainer"
    GASTTRAINER = "gasttrainer", "trainer van een inhaaldag"
    REGIOMANAGER = "regiomanager", "regiomanager"
    BUREAU = "bureau", "bureau"
    REDACTEUR = "redacteur", "redacteur"
    BEHEER = "beheer", "beheer"  # the superuser, who looks in the admin and has no part in acts
    BEZOEKER = "bezoeker", "bezoeker"  # who has no account, or acts without one
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

    def met_team(self):
        """With `in_team`: whether a staff role holds today.

        In the query that reads the person, so that no page asks it apart.
        """
        return self.annotate(in_team=Exists(Rolvervulling.objects.geldig().filter(gebruiker=OuterRef("pk"))))


class GebruikerManager(BaseUserManager.from_queryset(GebruikerQuerySet)):  # type: ignore[misc]
    def create_superuser(self, email, password, **velden):
        """For the command line. Raises ValidationError for an address that cannot be mailed."""
        gebruiker = self.model(email=adres_nakijken(email), is_staff=True, is_superuser=True, **velden)
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
    achternaam = models.CharField("achternaam", max_length=80)  # "" for who has one name
    naam_op_certificaat = models.CharField("naam op het certificaat", max_length=120, blank=True)
    telefoon = models.CharField("telefoonnummer", max_length=30, blank=True)
    woonplaats = models.CharField("woonplaats", max_length=80, blank=True)
    zoek = models.CharField(max_length=260, editable=False, default="", db_index=True)
    is_active = models.BooleanField("kan inloggen", default=True)
    is_staff = models.BooleanField("mag in Django's beheer", default=False)
    # renewed, it ends every session and pending link
    sessiezout = models.CharField(max_length=32, blank=True, default="", editable=False)
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
        """The roles of this person, read once per object: dated rows in force today, kandidaat for everybody,
        gasttrainer for trainers.
        """
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

    @property
    def hoort_bij_team(self):
        """Whether this person has a staff role today, or is superuser: who has, logs in with a second step."""
        in_team = self.__dict__.get("in_team")
        return self.is_superuser or (bool(self.rollen() & set(TOEKENBAAR)) if in_team is None else in_team)

    def get_session_auth_hash(self):
        """What a session is bound to: password, address and the salt.

        A change of one of them ends every session, without a query.
        """
        return self._sessieafdruk()

    def get_session_auth_fallback_hash(self):
        """The same with the secrets from before, so that a changed LMS_SECRET logs nobody out."""
        for geheim in settings.SECRET_KEY_FALLBACKS:
            yield self._sessieafdruk(geheim)

    def _sessieafdruk(self, geheim=None):
        waarden = "\n".join((self.password, self.email or "", self.sessiezout))
        return salted_hmac("lms.kern.models.Gebruiker.sessie", waarden, secret=geheim, algorithm="sha256").hexdigest()


class RolvervullingQuerySet(models.QuerySet):
    def geldig(self, op=None):
        op = op or timezone.localdate()
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op)

    def te_doen_als(self, door, rol):
        """The roles of everybody else, for the bureau: nobody gives or ends an own role."""
        return self.filter(gebruiker__in=Gebruiker.objects.zichtbaar_als(door, rol).values("pk"))

    def nu(self):
        """Those without an end."""
        return self.filter(tot__isnull=True)


class Rolvervulling(models.Model):
    """A role of a person, from a date until a date (that day not included)."""

    persoon_pad = "gebruiker"

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
            UniqueConstraint(
                fields=["gebruiker", "rol", "regio"], condition=Q(tot__isnull=True), name="rol_per_regio_een_keer"
            ),
            UniqueConstraint(
                fields=["gebruiker", "rol"], condition=Q(tot__isnull=True, regio__isnull=True), name="rol_een_keer"
            ),
        ]

    def __str__(self):
        return f"{self.gebruiker} · {self.get_rol_display()}"


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


class Toestemming(models.Model):
    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="toestemmingen")
    waarvoor = models.CharField(max_length=40)
    tekstversie = models.PositiveSmallIntegerField(default=1)
    gegeven_om = models.DateTimeField(default=timezone.now)
    ingetrokken_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "toestemming", "toestemmingen"
        constraints = [
            UniqueConstraint(
                fields=["gebruiker", "waarvoor"],
                condition=Q(ingetrokken_om__isnull=True),
                name="een_geldige_toestemming",
            )
        ]

    def __str__(self):
        return f"{self.waarvoor} van {self.gebruiker_id}"
