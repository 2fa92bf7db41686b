"""What participants say about a training after its last day, without a name.

An answer has no link to a person and nothing that orders it: its number is random, and with each new one all of that
group are written anew in another order. Who answered is a tick on the place, without a moment.
"""

import uuid

from django.db import models
from django.db.models import PROTECT, Max
from django.utils import timezone

from cursus.models.planning import TRAINING, Uitvoering

VANAF = 5  # from so many answers on they are shown


class TrainingsreactieQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The trainers of the group and the bureau, and only of a group with enough answers."""
        genoeg = Trainingsreactie._base_manager.values("uitvoering").annotate(n=models.Count("pk")).filter(n__gte=VANAF)
        groepen = Uitvoering.objects.zichtbaar_voor(gebruiker).filter(pk__in=genoeg.values("uitvoering"))
        return self.filter(uitvoering__in=groepen.values("pk"))


class Trainingsreactie(models.Model):
    """The answers of one participant, as [[question, text], …]."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uitvoering = models.ForeignKey(Uitvoering, PROTECT, related_name="reacties")
    antwoorden = models.JSONField(default=list)
    objects = TrainingsreactieQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "reactie op een training", "reacties op een training"

    def __str__(self):
        return f"reactie op {self.uitvoering_id}"


def na_afloop(uitvoering):
    """Whether the last day of this training is over."""
    laatste = uitvoering.bijeenkomsten.aggregate(laatste=Max("eindigt_om"))["laatste"]
    return uitvoering.soort in TRAINING and laatste is not None and laatste <= timezone.now()


def te_beantwoorden(traject):
    """The places of this person in trainings that are over and of which nothing was said yet. One query."""
    plekken = traject.deelnames.nu().filter(soort__in=TRAINING, geplaatst_om__isnull=False, reageerde=False)
    met_einde = plekken.annotate(einde=Max("uitvoering__bijeenkomsten__eindigt_om"))
    return list(met_einde.filter(einde__lte=timezone.now(), uitvoering__afgelast_om=None).order_by("soort"))
