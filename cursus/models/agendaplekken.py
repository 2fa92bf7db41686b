"""Places in agenda items (studiedag, workshop, regiobijeenkomst, terugkomdag): of a person, not of a traject.

And who may come.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import CASCADE, PROTECT, CheckConstraint, Index, Q, UniqueConstraint
from django.utils import timezone

from cursus.models.doelgroep import VOOR, Doelgroep
from cursus.models.planning import OP_HET_PAD, Uitvoering
from cursus.models.toegang import eigen_traject, is_geregistreerd
from lms.kern.models import Gebruiker, Rol, Traject
from lms.kern.pad.stappen import NA_DE_ACHT

EERSTE_CONFERENTIE = 8  # the step in which somebody waits for, or prepares, a first conference


class AgendaplekQuerySet(models.QuerySet):
    def te_doen_als(self, door, rol):
        """The own places; the bureau arranges those of everybody."""
        return self.filter(gebruiker=door) if rol != Rol.BUREAU else self

    def nu(self):
        """Who has a place or waits."""
        return self.filter(afgemeld_om__isnull=True)

    def wachtend(self):
        """The waiting list, who asked first goes first."""
        return self.nu().filter(geplaatst_om__isnull=True).order_by("gevraagd_om", "pk")


class Agendaplek(models.Model):
    class Afmelding(models.TextChoices):
        ZELF = "zelf", "afgemeld"
        LAAT = "laat", "laat afgemeld"
        AFGELAST = "afgelast", "afgelast"
        BUREAU = "bureau", "door het bureau"

    gebruiker = models.ForeignKey(Gebruiker, CASCADE, related_name="agendaplekken")
    uitvoering = models.ForeignKey(Uitvoering, PROTECT, related_name="agendaplekken")
    gevraagd_om = models.DateTimeField(default=timezone.now)
    geplaatst_om = models.DateTimeField(null=True, blank=True)
    afgemeld_om = models.DateTimeField(null=True, blank=True)
    afmelding = models.CharField(max_length=20, blank=True, choices=Afmelding)
    persoon_pad = "gebruiker"
    objects = AgendaplekQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "plek bij een agendapunt", "plekken bij agendapunten"
        indexes = [
            Index(
                fields=["uitvoering", "gevraagd_om"],
                condition=Q(afgemeld_om__isnull=True),
                name="agendaplek_wachtlijst",
            )
        ]
        constraints = [
            UniqueConstraint(
                fields=["gebruiker", "uitvoering"], condition=Q(afgemeld_om__isnull=True), name="een_agendaplek"
            ),
            CheckConstraint(
                condition=Q(afgemeld_om__isnull=True, afmelding="") | Q(afgemeld_om__isnull=False) & ~Q(afmelding=""),
                name="agenda_afmelding_heeft_reden",
            ),
        ]

    def __str__(self):
        return f"agendaplek van {self.gebruiker_id} bij {self.uitvoering_id}"

    @property
    def op_wachtlijst(self):
        return self.geplaatst_om is None and self.afgemeld_om is None


@dataclass(frozen=True)
class Bezoeker:
    """What counts for the question who may come: step of the open traject (0 without), registered, trainer, regions
    (pks).
    """

    stap: int
    geregistreerd: bool
    trainer: bool
    regios: frozenset


def bezoeker(gebruiker):
    """The Bezoeker of somebody who is logged in. At most four queries, however many items are asked about."""
    traject = eigen_traject(gebruiker)
    geregistreerd = bool(traject) and is_geregistreerd(traject)
    regios = set(gebruiker.regios()) | ({traject.regio_id} if traject else set())
    if geregistreerd:
        open_gebied = {
            "registratie__werkgebieden__tot__isnull": True,
            "registratie__werkgebieden__regio__isnull": False,
        }
        regios |= set(
            Traject.objects.filter(pk=traject.pk, **open_gebied).values_list(
                "registratie__werkgebieden__regio", flat=True
            )
        )
    return Bezoeker(traject.stap if traject else 0, geregistreerd, Rol.TRAINER in gebruiker.rollen(), frozenset(regios))


def _hoort_bij(wie, voor_wie):
    return {
        Doelgroep.IEDEREEN: True,
        Doelgroep.KANDIDATEN: 0 < wie.stap < NA_DE_ACHT and not wie.geregistreerd,
        Doelgroep.WACHT: wie.stap == EERSTE_CONFERENTIE and not wie.geregistreerd,
        Doelgroep.COORDINATOREN: wie.geregistreerd,
        Doelgroep.TRAINERS: wie.trainer,
    }[voor_wie]


def waarom_niet(wie, uitvoering):
    """Why this Bezoeker may not come to this agenda item, in Dutch, or "".

    Reads the (prefetched) regions of the item.
    """
    if uitvoering.soort in OP_HET_PAD:
        return "Hier meld je je niet op deze manier voor aan."
    if not _hoort_bij(wie, uitvoering.voor_wie):
        return f"Dit is voor {VOOR[uitvoering.voor_wie]}. Daar hoor je nu niet bij."
    regios = list(uitvoering.regios.all())
    if regios and not wie.trainer and not {regio.pk for regio in regios} & wie.regios:
        return f"Dit is alleen voor {_namen(regios)}. Jouw regio hoort daar niet bij."
    return ""


def _namen(regios):
    """'regio Noord' or 'de regio's Noord en Utrecht'."""
    namen = [regio.naam for regio in regios]
    return f"regio {namen[0]}" if len(namen) == 1 else f"de regio's {', '.join(namen[:-1])} en {namen[-1]}"
