"""The conference record, without data of the family, and its evaluation."""

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Index, Q
from django.utils import timezone

from lms.kern.models import Gebruiker, Regio, Rol, Traject


class Variant(models.TextChoices):
    FAMILIE = "familie", "families en individuen"
    HERSTEL = "herstel", "herstel"
    GROEP = "groep", "groep of buurt"
    LEERVRAGEN = "leervragen", "leervragen"


class ConferentieQuerySet(models.QuerySet):
    def zichtbaar_als(self, gebruiker, *rollen):
        """Those of the trajecten that `gebruiker` sees in one of `rollen`."""
        q = Q(pk__in=[])
        for rol in rollen:
            q |= Q(traject__in=Traject.objects.zichtbaar_als(gebruiker, rol).values("pk"))
        return self.filter(q)

    def te_doen_als(self, door, rol):
        return self.zichtbaar_als(door, rol)

    def zichtbaar_voor(self, gebruiker):
        """The coordinator's own, those in the regiomanager's view, the bureau's all."""
        return self.zichtbaar_als(gebruiker, Rol.KANDIDAAT, Rol.REGIOMANAGER, Rol.BUREAU)

    def te_begeleiden(self, gebruiker):
        """For the pages of regiomanagers and bureau: never the own ones."""
        return self.zichtbaar_als(gebruiker, Rol.REGIOMANAGER, Rol.BUREAU)

    def lopend(self):
        return self.filter(telt_mee__isnull=True)


class Conferentie(models.Model):
    """One assignment of a coordinator. No names and no recognisable details of the family, anywhere."""

    class Uitkomst(models.TextChoices):
        MET_PLAN = "met_plan", "bijeenkomst met plan"
        PLAN_VOLGT = "plan_volgt", "bijeenkomst, plan volgt"
        ZONDER_BIJEENKOMST = "zonder_bijeenkomst", "plan zonder bijeenkomst"
        GESTOPT = "gestopt", "gestopt in voorbereiding"

    traject = models.ForeignKey(Traject, CASCADE, related_name="conferenties")
    regio = models.ForeignKey(Regio, PROTECT, related_name="+")
    referentie = models.CharField("aanvraagnummer", max_length=40)
    variant = models.CharField("waarvoor", max_length=12, choices=Variant, default=Variant.FAMILIE)
    ingeschakeld_op = models.DateField("ingeschakeld op", default=timezone.localdate)
    gehouden_op = models.DateField("gehouden op", null=True, blank=True)
    uitkomst = models.CharField("uitkomst", max_length=20, blank=True, choices=Uitkomst)
    kring = models.PositiveSmallIntegerField("mensen uit de kring", null=True, blank=True)
    kinderen = models.PositiveSmallIntegerField("kinderen", null=True, blank=True)
    beroepskrachten = models.PositiveSmallIntegerField("beroepskrachten", null=True, blank=True)
    uren = models.DecimalField("uren in totaal", max_digits=5, decimal_places=1, null=True, blank=True)
    vastgelegd_om = models.DateTimeField(null=True, blank=True)
    telt_mee = models.BooleanField("telt mee", null=True, blank=True)
    telt_reden = models.TextField("waarom", blank=True)
    telt_reactie = models.TextField("reactie van de coördinator", blank=True)
    geteld_om = models.DateTimeField(null=True, blank=True)
    geteld_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    ouder = models.BooleanField("van vóór het systeem", default=False)
    nazorg_vanaf = models.DateField("contact vanaf", null=True, blank=True)  # promised when the meeting was recorded
    nazorg_op = models.DateField("contact na vier weken", null=True, blank=True)
    traject_pad = "traject"
    objects = ConferentieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "conferentie", "conferenties"
        indexes = [Index(fields=["traject", "telt_mee"], name="conferentie_telling")]
        constraints = [
            CheckConstraint(
                condition=Q(geteld_om__isnull=True, telt_mee__isnull=True)
                | Q(geteld_om__isnull=False, telt_mee__isnull=False),
                name="telling_heeft_moment",
            ),
            CheckConstraint(
                condition=Q(telt_mee__isnull=True) | Q(telt_mee=False) | ~Q(uitkomst="") | Q(ouder=True),
                name="telt_alleen_met_uitkomst",
            ),
            CheckConstraint(
                condition=Q(telt_mee__isnull=True) | Q(telt_mee=True) | ~Q(telt_reden=""), name="telt_niet_heeft_reden"
            ),
            CheckConstraint(
                condition=Q(vastgelegd_om__isnull=True) | ~Q(uitkomst=""), name="vastgelegd_heeft_uitkomst"
            ),
        ]

    def __str__(self):
        return self.referentie

    @property
    def staat(self):
        """One word for where this conference stands."""
        if self.telt_mee is not None:
            return "telt mee" if self.telt_mee else "telt niet mee"
        return "vastgelegd" if self.vastgelegd_om else "in voorbereiding"


class EvaluatieQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        return self.filter(conferentie__in=Conferentie.objects.zichtbaar_voor(gebruiker).values("pk"))

    def lopend(self):
        return self.filter(uitkomst="")

    def nu(self):
        """Those that can still be acted on."""
        return self.lopend()


class Evaluatie(models.Model):
    """Asked as soon as a conference counts and no certificate stands; uitkomst "" = open.

    The conversation comes first.
    """

    class Uitkomst(models.TextChoices):
        POSITIEF = "positief", "positief"
        NOG_NIET = "nog_niet", "nog niet"
        PAST_NIET = "past_niet", "past niet"

    conferentie = models.OneToOneField(Conferentie, CASCADE, related_name="evaluatie")
    gevraagd_om = models.DateTimeField(default=timezone.now)
    kandidaat_om = models.DateTimeField(null=True, blank=True)
    kandidaat_tekst = models.TextField(blank=True)
    kandidaat_taken = models.JSONField(default=dict, blank=True)  # {"T01": "gedaan", …}
    regiomanager_om = models.DateTimeField(null=True, blank=True)
    regiomanager_door = models.ForeignKey(Gebruiker, PROTECT, null=True, blank=True, related_name="+")
    regiomanager_tekst = models.TextField(blank=True)  # waits for the conversation (invariant 4)
    regiomanager_taken = models.JSONField(default=dict, blank=True)  # {"T01": "goed" | "groeit" | "bespreken"}
    gesprek_op = models.DateField(null=True, blank=True)
    voorstel = models.CharField(max_length=10, blank=True, choices=Uitkomst)  # what both said in the conversation
    afspraken = models.TextField(blank=True)
    derde = models.CharField("wie was er nog bij", max_length=120, blank=True)  # in the talk after "oneens"
    akkoord_om = models.DateTimeField(null=True, blank=True)
    oneens_om = models.DateTimeField(null=True, blank=True)
    oneens_tekst = models.TextField(blank=True)
    uitkomst = models.CharField(max_length=10, blank=True, choices=Uitkomst)
    vastgesteld_om = models.DateTimeField(null=True, blank=True)
    traject_pad = "conferentie__traject"
    objects = EvaluatieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "evaluatie", "evaluaties"
        constraints = [
            CheckConstraint(
                condition=Q(uitkomst="")
                | Q(
                    gesprek_op__isnull=False,
                    kandidaat_om__isnull=False,
                    regiomanager_om__isnull=False,
                    akkoord_om__isnull=False,
                    vastgesteld_om__isnull=False,
                ),
                name="uitkomst_heeft_beide_stemmen",
            ),
        ]

    def __str__(self):
        return f"evaluatie van {self.conferentie_id}"

    @property
    def vrijgegeven(self):
        """The release rule: the record of their conversation may be shown to the candidate, also when the candidate
        disagreed with it.
        """
        return self.gesprek_op is not None or self.oneens_om is not None

    @property
    def stem_vrijgegeven(self):
        """The regiomanager's part: not what was written again after the candidate disagreed, that waits for the new
        conversation.
        """
        return self.gesprek_op is not None or self.oneens_om is not None and self.regiomanager_om < self.oneens_om
