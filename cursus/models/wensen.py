"""A wish for a date, and what somebody with a place chose to tell for the training.

Diet and access stand apart: voluntary, with consent, erased after the last day.
"""

from django.db import models
from django.db.models import CASCADE, CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from cursus.models.planning import TRAINING, Deelname, Soort, Uitvoering
from lms.kern.models import Rol, Traject


class Datumwens(models.Model):
    """None of the dates fits: this person hears once when there are dates that were not in `gezien`, the sessions
    on screen then.
    """

    traject = models.ForeignKey(Traject, CASCADE, related_name="datumwensen")
    soort = models.CharField(max_length=20, choices=Soort)
    gezien = models.JSONField(default=list)
    gevraagd_om = models.DateTimeField(default=timezone.now)
    gemeld_om = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "datumwens", "datumwensen"
        constraints = [
            UniqueConstraint(
                fields=["traject", "soort"], condition=Q(gemeld_om__isnull=True), name="een_open_datumwens_per_soort"
            )
        ]

    def __str__(self):
        return f"datumwens {self.soort} van {self.traject_id}"


def zichtbaar_bij(rijen, gebruiker):
    """Rows of people with a place in a group, as its trainers and the bureau see them; the own row too."""
    mag = Q(traject__in=Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).values("pk"))
    for rol in (Rol.TRAINER, Rol.BUREAU):
        groepen = Uitvoering.objects.zichtbaar_als(gebruiker, rol).filter(soort__in=TRAINING)
        plekken = Deelname.objects.filter(
            uitvoering__in=groepen.values("pk"), geplaatst_om__isnull=False, afgemeld_om__isnull=True
        )
        for soort in TRAINING:  # what was told for EK2 is not for the trainers of EK1
            mag |= Q(soort=soort, traject__in=plekken.filter(soort=soort).values("traject"))
    return rijen.filter(mag)


class TrainingswensQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        return zichtbaar_bij(self, gebruiker) if gebruiker.is_authenticated else self.none()


class Trainingswens(models.Model):
    """Languages and wishes, shared with the trainers of the group."""

    traject = models.ForeignKey(Traject, CASCADE, related_name="trainingswensen")
    soort = models.CharField(max_length=20, choices=Soort)
    talen = models.CharField("talen die je spreekt", max_length=200, blank=True)
    wensen = models.TextField("wensen", blank=True)
    gezegd_om = models.DateTimeField(default=timezone.now)
    objects = TrainingswensQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "wens voor de training", "wensen voor de training"
        constraints = [UniqueConstraint(fields=["traject", "soort"], name="een_trainingswens_per_soort")]

    def __str__(self):
        return f"wens {self.soort} van {self.traject_id}"


class Trainingszorg(models.Model):
    """Diet and access needs: only while there is consent for that field, and only until the last day of the group."""

    traject = models.ForeignKey(Traject, CASCADE, related_name="trainingszorg")
    soort = models.CharField(max_length=20, choices=Soort)
    dieet = models.CharField("eten", max_length=300, blank=True)
    toegang = models.CharField("toegang", max_length=300, blank=True)
    gezegd_om = models.DateTimeField(default=timezone.now)
    traject_pad = "traject"
    objects = TrainingswensQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "dieet en toegang", "dieet en toegang"
        constraints = [
            UniqueConstraint(fields=["traject", "soort"], name="een_trainingszorg_per_soort"),
            CheckConstraint(condition=~Q(dieet="", toegang=""), name="trainingszorg_niet_leeg"),
        ]

    def __str__(self):
        return f"dieet en toegang {self.soort} van {self.traject_id}"
