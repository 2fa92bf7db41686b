"""The profile, the report, the trainers' views, the conversation and the mutual decision: steps 6 and 7."""

from django.db import models
from django.db.models import (
    CASCADE,
    PROTECT,
    RESTRICT,
    CheckConstraint,
    Exists,
    F,
    Index,
    OuterRef,
    Q,
    UniqueConstraint,
)
from django.utils import timezone

from lms.kern.models import Gebruiker, Herroepbaar, Rol, Traject


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


class MeningQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """Own always; a colleague's once my own is given; for the candidate only once released. Role by role."""
        if not gebruiker.is_authenticated:
            return self.none()
        ander = ~Q(verslag__traject__kandidaat=gebruiker)
        als_trainer = Q(verslag__traject__in=Traject.objects.als_trainer_van(gebruiker, "EK1").values("pk"))
        ik_gaf = Mening._base_manager.filter(verslag=OuterRef("verslag"), trainer=gebruiker, gegeven_om__isnull=False)
        mijn_traject = Q(verslag__in=Verslag.objects.filter(traject__kandidaat=gebruiker).vrijgegeven().values("pk"))
        return self.filter(
            Q(trainer=gebruiker) & ander & als_trainer
            | Q(gegeven_om__isnull=False) & Exists(ik_gaf) & ander & als_trainer
            | Q(gegeven_om__isnull=False) & mijn_traject
        )

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


class GesprekQuerySet(models.QuerySet):
    def te_doen_als(self, door, rol):
        """For a trainer only those about a report on which the own view is asked."""
        rijen = self.filter(verslag__traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))
        return rijen.filter(verslag__in=_gevraagd_aan(door)) if rol == Rol.TRAINER else rijen

    def nu(self):
        """Those that are still to be held."""
        return self.filter(gehouden_om__isnull=True, vervallen_om__isnull=True)


def _gevraagd_aan(trainer):
    return Mening.objects.gevraagd().filter(trainer=trainer).values("verslag")


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
    opmerking_kandidaat = models.TextField(blank=True)
    traject_pad = "verslag__traject"
    objects = GesprekQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "gesprek", "gesprekken"
        constraints = [
            UniqueConstraint(
                fields=["verslag"],
                condition=Q(gehouden_om__isnull=True, vervallen_om__isnull=True),
                name="een_open_gesprek",
            )
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


class BesluitQuerySet(models.QuerySet):
    def te_doen_als(self, door, rol):
        """For a trainer only those about a report on which the own view is asked."""
        rijen = self.filter(verslag__traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk"))
        return rijen.filter(verslag__in=_gevraagd_aan(door)) if rol == Rol.TRAINER else rijen

    def nu(self):
        """Those that hold."""
        return self.geldig()

    def geldig(self):
        return self.filter(herroepen_om__isnull=True)

    def uitgepraat(self):
        """Those that hold and after which no view is asked any more."""
        return self.geldig().exclude(vervolg=Besluit.Vervolg.GESPREK)

    def zichtbaar_voor(self, gebruiker):
        """The own trainers who gave a view or are asked; the candidate only once released."""
        if not gebruiker.is_authenticated:
            return self.none()
        als_trainer = Q(verslag__traject__in=Traject.objects.als_trainer_van(gebruiker, "EK1").values("pk"))
        eigen = Q(verslag__in=Verslag.objects.filter(traject__kandidaat=gebruiker).vrijgegeven().values("pk"))
        return self.filter(als_trainer | eigen)


class Besluit(Herroepbaar):
    """The joint decision when all views are in (gesprek empty), or what both sides say in a held gesprek.

    Revoked, never edited.
    """

    class Vervolg(models.TextChoices):
        POORT = "poort", "samen ja"
        GESPREK = "gesprek", "eerst praten"
        NIEUW_VERSLAG = "nieuw_verslag", "nog niet: een nieuw verslag"
        AFRONDEN = "afronden", "het traject rondt af"

    verslag = models.ForeignKey(Verslag, CASCADE, related_name="+", related_query_name="besluiten")
    gesprek = models.ForeignKey(
        Gesprek, RESTRICT, null=True, blank=True, related_name="+", related_query_name="besluiten"
    )
    trainers = models.CharField(
        max_length=10, choices=[(Stelling.PAST.value, "past"), (Stelling.PAST_NIET.value, "past (nog) niet")]
    )
    kandidaat = models.CharField(max_length=10, choices=Stelling)
    vervolg = models.CharField(max_length=15, choices=Vervolg)
    toelichting = models.TextField(blank=True)
    gewist_om = models.DateTimeField(null=True, blank=True)
    traject_pad = "verslag__traject"
    objects = BesluitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "besluit", "besluiten"
        constraints = [
            UniqueConstraint(
                fields=["verslag"],
                condition=Q(herroepen_om__isnull=True, gesprek__isnull=True),
                name="een_gezamenlijk_besluit",
            ),
            UniqueConstraint(
                fields=["gesprek"], condition=Q(herroepen_om__isnull=True), name="een_besluit_per_gesprek"
            ),
            CheckConstraint(
                condition=~Q(vervolg="poort") | Q(trainers="past", kandidaat="past"), name="poort_alleen_samen_ja"
            ),
            CheckConstraint(condition=~Q(vervolg="gesprek") | Q(gesprek__isnull=True), name="gesprek_volgt_op_mening"),
            CheckConstraint(
                condition=Q(gesprek__isnull=True) | ~Q(toelichting="") | Q(gewist_om__isnull=False),
                name="gesprek_heeft_toelichting",
            ),
        ]

    def __str__(self):
        return f"besluit {self.pk}: {self.vervolg}"


# The release rule of invariant 4, once: a decision holds that asks no gesprek, or the gesprek that the holding decision
# asked for is recorded
# as held. A gesprek about an earlier, revoked decision releases nothing: what trainers write after it waits again.
VRIJGEGEVEN = Q(
    besluiten__herroepen_om__isnull=True, besluiten__vervolg__in=["poort", "afronden", "nieuw_verslag"]
) | Q(
    besluiten__herroepen_om__isnull=True, besluiten__vervolg="gesprek", gesprekken__gehouden_om__gt=F("besluiten__om")
)
