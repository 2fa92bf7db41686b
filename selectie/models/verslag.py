"""The profile and the report: step 6, and the one rule of release."""

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Exists, F, OuterRef, Q, UniqueConstraint

from lms.kern.models import Rol, Traject


class ProfieltekstQuerySet(models.QuerySet):
    def actueel(self):
        """The newest version of every code."""
        nieuwer = Profieltekst.objects.filter(code=OuterRef("code"), versie__gt=OuterRef("versie"))
        return self.filter(~Exists(nieuwer)).order_by("groep", "volgorde")


class Profieltekst(models.Model):
    """One item of the profile (folder): the code never changes, its texts are versioned."""

    class Groep(models.TextChoices):
        TAKEN = "taken", "Wat je gaat doen"
        OVERTUIGINGEN = "overtuigingen", "Wie je bent"
        VERMOGENS = "vermogens", "Wat je kunt"
        PRAKTISCH = "praktische_voorwaarden", "Praktisch"
        ONAFHANKELIJKHEID = "onafhankelijkheid", "Onafhankelijk"
        KERN = "kern", "De kern"

    code = models.CharField(max_length=5)
    versie = models.PositiveSmallIntegerField()
    groep = models.CharField(max_length=30, choices=Groep)
    volgorde = models.PositiveSmallIntegerField()
    tekst = models.TextField("tekst uit de folder")
    je = models.TextField("zin op het scherm")
    uitleg = models.TextField("wat bedoelen we hiermee", blank=True)
    onderdelen = models.JSONField(default=list, blank=True)
    objects = ProfieltekstQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "profieltekst", "profielteksten"
        constraints = [UniqueConstraint(fields=["code", "versie"], name="profieltekst_per_versie")]

    def __str__(self):
        return f"{self.code} versie {self.versie}"


class Stelling(models.TextChoices):
    """The closing answer of the candidate; the same words for both sides."""

    PAST = "past", "past"
    TWIJFEL = "twijfel", "twijfel"
    PAST_NIET = "past_niet", "past niet"


class VerslagQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The candidate's own; a sent one for the own trainers.

        Never the regiomanager, never the bureau (regels §1, §6).
        """
        if not gebruiker.is_authenticated:
            return self.none()
        eigen = Q(traject__in=Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).values("pk"))
        trainer = Q(verstuurd_om__isnull=False, teruggehaald_om__isnull=True) & Q(
            traject__in=Traject.objects.als_trainer_van(gebruiker, "EK1").values("pk")
        )
        return self.filter(eigen | trainer)

    def te_doen_als(self, door, rol):
        """The candidate's own; a sent one for the own trainers; the bureau arranges who is asked about a sent one."""
        rijen = self.filter(traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))
        if rol == Rol.TRAINER:
            rijen = rijen.filter(pk__in=Verslag.objects.zichtbaar_voor(door).values("pk"))
        return rijen if rol == Rol.KANDIDAAT else rijen.filter(verstuurd_om__isnull=False)

    def nu(self):
        """Those that can still be acted on."""
        return self.lopend()

    def teruggehaald(self):
        """Those that their writer took back."""
        return self.filter(teruggehaald_om__isnull=False)

    def lopend(self):
        return self.filter(afgerond_om__isnull=True, teruggehaald_om__isnull=True)

    def bij_de_trainers(self):
        """Those that were sent and of which nothing is released yet."""
        gestuurd = self.filter(verstuurd_om__isnull=False, teruggehaald_om=None)
        return gestuurd.exclude(pk__in=Verslag._base_manager.filter(VRIJGEGEVEN).values("pk"))

    def vrijgegeven(self):
        """Those of which the trainers' views may be shown to the candidate: the one release rule (invariant 4)."""
        return self.filter(pk__in=Verslag._base_manager.filter(VRIJGEGEVEN).values("pk"))


class Verslag(models.Model):
    """One version of the self-reflection report. Sent, it never changes; a new version follows it."""

    traject = models.ForeignKey(Traject, CASCADE, related_name="verslagen")
    versie = models.PositiveSmallIntegerField()
    taken_tekst = models.TextField(blank=True)
    conclusie = models.CharField(max_length=10, blank=True, choices=Stelling)
    waarom = models.TextField(blank=True)
    wijziging = models.PositiveIntegerField(default=0)  # counts saves of the draft: two tabs are safe
    bewaard_om = models.DateTimeField(null=True, blank=True)
    verstuurd_om = models.DateTimeField(null=True, blank=True)
    reactie_voor = models.DateField(null=True, blank=True)  # the promised date, fixed when sent
    geopend_om = models.DateTimeField(null=True, blank=True)
    teruggehaald_om = models.DateTimeField(null=True, blank=True)
    afgerond_om = models.DateTimeField(null=True, blank=True)  # this version is history, the next one may start
    traject_pad = "traject"
    objects = VerslagQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "verslag", "verslagen"
        constraints = [
            UniqueConstraint(fields=["traject", "versie"], name="verslagversie"),
            UniqueConstraint(
                fields=["traject"],
                condition=Q(afgerond_om__isnull=True, teruggehaald_om__isnull=True),
                name="een_lopend_verslag",
            ),
            CheckConstraint(
                condition=Q(verstuurd_om__isnull=True) | ~Q(conclusie=""), name="verstuurd_heeft_conclusie"
            ),
            CheckConstraint(
                condition=Q(teruggehaald_om__isnull=True) | Q(geopend_om__isnull=True),
                name="teruggehaald_is_niet_geopend",
            ),
        ]

    def __str__(self):
        return f"verslag {self.versie} van traject {self.traject_id}"

    @property
    def is_verstuurd(self):
        return self.verstuurd_om is not None


class Keuze(models.TextChoices):
    """The four-point scale without a middle, 'weet ik nog niet', and the facts of the practical conditions."""

    PAST_NIET = "1", "Past niet bij mij"
    BEETJE = "2", "Past een beetje"
    GOED = "3", "Past goed"
    HEEL_GOED = "4", "Past heel goed"
    WEET_NIET = "weet_niet", "Weet ik nog niet"
    JA = "ja", "Ja"
    NOG_NIET = "nog_niet", "Nog niet"


SCHAAL = (Keuze.PAST_NIET, Keuze.BEETJE, Keuze.GOED, Keuze.HEEL_GOED)


class Antwoord(models.Model):
    verslag = models.ForeignKey(Verslag, CASCADE, related_name="antwoorden")
    profieltekst = models.ForeignKey(Profieltekst, PROTECT, related_name="+")
    keuze = models.CharField(max_length=10, blank=True, choices=Keuze)
    tekst = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "antwoord", "antwoorden"
        constraints = [
            UniqueConstraint(fields=["verslag", "profieltekst"], name="een_antwoord_per_punt"),
            CheckConstraint(condition=Q(keuze__in=["", *Keuze.values]), name="keuze_bestaat"),
        ]

    def __str__(self):
        return f"{self.profieltekst_id}: {self.keuze}"


# The release rule of invariant 4, once: a decision holds that asks no gesprek, or the gesprek that the holding decision
# asked for is recorded
# as held. A gesprek about an earlier, revoked decision releases nothing: what trainers write after it waits again.
VRIJGEGEVEN = Q(
    besluiten__herroepen_om__isnull=True, besluiten__vervolg__in=["poort", "afronden", "nieuw_verslag"]
) | Q(
    besluiten__herroepen_om__isnull=True, besluiten__vervolg="gesprek", gesprekken__gehouden_om__gt=F("besluiten__om")
)
