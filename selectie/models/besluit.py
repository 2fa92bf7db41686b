"""The mutual decision of step 7, and what a trainer proposes to the others: what they say together after a
conversation, or that a decision is taken back.
"""

from django.db import models
from django.db.models import CASCADE, PROTECT, RESTRICT, CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from lms.kern.models import Gebruiker, Herroepbaar, Traject
from selectie.models.gesprek import Gesprek, OverEenVerslag
from selectie.models.verslag import Stelling, Verslag

NA_HET_GESPREK = [
    ("past", "Het past"),
    ("nieuw_verslag", "Het past nog niet: er komt later een nieuw verslag"),
    ("past_niet", "Het past niet"),
]
TRAINERS_ZEGGEN = [(Stelling.PAST.value, "past"), (Stelling.PAST_NIET.value, "past (nog) niet")]


class BesluitQuerySet(OverEenVerslag):
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
    trainers = models.CharField(max_length=10, choices=TRAINERS_ZEGGEN)
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


class VoorstelQuerySet(OverEenVerslag):
    def nu(self):
        """Those that wait for agreement."""
        return self.filter(aangenomen_om__isnull=True, vervallen_om__isnull=True)


class Voorstel(models.Model):
    """Written by one trainer; it counts when every asked trainer agrees. Whoever does not agree ends it, and it stays
    readable for the trainers.
    """

    class Soort(models.TextChoices):
        GESPREK = "gesprek", "wat we na het gesprek zeggen"
        TERUGNEMEN = "terugnemen", "een besluit terugnemen"

    verslag = models.ForeignKey(Verslag, CASCADE, related_name="+", related_query_name="voorstellen")
    soort = models.CharField(max_length=10, choices=Soort)
    gesprek = models.ForeignKey(
        Gesprek, CASCADE, null=True, blank=True, related_name="+", related_query_name="voorstellen"
    )
    besluit = models.ForeignKey(
        Besluit, CASCADE, null=True, blank=True, related_name="+", related_query_name="voorstellen"
    )
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    trainers = models.CharField(max_length=10, blank=True, choices=TRAINERS_ZEGGEN)
    nieuw_verslag = models.BooleanField(default=False)
    reden = models.TextField(blank=True)
    uiterlijk_op = models.DateField(null=True, blank=True)  # taking back lapses by itself after this day
    aangenomen_om = models.DateTimeField(null=True, blank=True)
    vervallen_om = models.DateTimeField(null=True, blank=True)
    traject_pad = "verslag__traject"
    objects = VoorstelQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "voorstel", "voorstellen"
        constraints = [
            UniqueConstraint(
                fields=["verslag", "soort"],
                condition=Q(aangenomen_om__isnull=True, vervallen_om__isnull=True),
                name="een_open_voorstel",
            ),
            UniqueConstraint(
                fields=["gesprek"], condition=Q(vervallen_om__isnull=True), name="een_voorstel_per_gesprek"
            ),
            CheckConstraint(
                condition=Q(soort="gesprek", gesprek__isnull=False, besluit__isnull=True) & ~Q(trainers="")
                | Q(soort="terugnemen", gesprek__isnull=True, besluit__isnull=False, trainers=""),
                name="voorstel_zegt_iets",
            ),
        ]

    def __str__(self):
        return f"voorstel {self.pk}: {self.soort}"

    @property
    def in_woorden(self):
        """What the trainers say together, as they chose it."""
        return dict(NA_HET_GESPREK)["nieuw_verslag" if self.nieuw_verslag else self.trainers]


class InstemmingQuerySet(models.QuerySet):
    def te_doen_als(self, door, rol):
        """The own, on a path of the own groups."""
        return self.filter(
            trainer=door, voorstel__verslag__traject__in=Traject.objects.zichtbaar_als(door, rol).values("pk")
        )

    def nu(self):
        """Those that are asked, of a proposal that waits."""
        open_voorstel = Q(voorstel__in=Voorstel.objects.nu().values("pk"))
        return self.filter(open_voorstel, gegeven_om__isnull=True, ontheven_om__isnull=True)


class Instemming(models.Model):
    """What one asked trainer answers to a proposal."""

    voorstel = models.ForeignKey(Voorstel, CASCADE, related_name="+", related_query_name="instemmingen")
    trainer = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    gevraagd_om = models.DateTimeField(default=timezone.now)
    gegeven_om = models.DateTimeField(null=True, blank=True)
    akkoord = models.BooleanField(default=False)
    waarom = models.TextField(blank=True)
    ontheven_om = models.DateTimeField(null=True, blank=True)
    traject_pad = "voorstel__verslag__traject"
    objects = InstemmingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "instemming", "instemmingen"
        constraints = [
            UniqueConstraint(
                fields=["voorstel", "trainer"], condition=Q(ontheven_om__isnull=True), name="een_instemming_per_trainer"
            )
        ]

    def __str__(self):
        return f"instemming {self.pk}"
