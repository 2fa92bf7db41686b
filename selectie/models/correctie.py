"""Corrections beside what was written: a view that was taken back, and what is added to the record of a conversation.

Never an edit.
"""

from django.db import models
from django.db.models import CASCADE, PROTECT, Q
from django.utils import timezone

from lms.kern.models import Gebruiker, Rol, Traject
from selectie.models.verslag import Gesprek, Mening, Stelling


class Meningversie(models.Model):
    """A view as it was given before its trainer took it back or changed it, with the reason where one was asked.

    No reverse accessor.
    """

    mening = models.ForeignKey(Mening, CASCADE, related_name="+", related_query_name="meningversies")
    gegeven_om = models.DateTimeField()
    tot_om = models.DateTimeField(default=timezone.now)
    stelling = models.CharField(max_length=10, choices=Stelling)
    reactie = models.TextField(blank=True)
    notitie = models.TextField(blank=True)
    punten = models.JSONField(default=dict, blank=True)
    reden = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "eerdere mening", "eerdere meningen"

    def __str__(self):
        return f"eerdere mening {self.pk}"


class GesprekaanvullingQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker):
        """The trainers of EK1, and the candidate: the record of a held conversation is of both."""
        if not gebruiker.is_authenticated:
            return self.none()
        trainer = Q(gesprek__verslag__traject__in=Traject.objects.als_trainer_van(gebruiker, "EK1").values("pk"))
        eigen = Q(gesprek__verslag__traject__in=Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).values("pk"))
        return self.filter(trainer | eigen, gesprek__gehouden_om__isnull=False, gesprek__vervallen_om=None)


class Gesprekaanvulling(models.Model):
    """What was wrong or missing in the record of a held conversation, and why it is said now.

    The record itself stays as it was.
    """

    gesprek = models.ForeignKey(Gesprek, CASCADE, related_name="aanvullingen")
    om = models.DateTimeField(default=timezone.now)
    door = models.ForeignKey(Gebruiker, PROTECT, related_name="+")
    tekst = models.TextField(blank=True)
    reden = models.TextField(blank=True)
    objects = GesprekaanvullingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "aanvulling op een gesprek", "aanvullingen op een gesprek"
        ordering = ["om", "pk"]

    def __str__(self):
        return f"aanvulling {self.pk}"
