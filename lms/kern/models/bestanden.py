"""Private files: who may see them, and where they stand."""

import os
import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import CASCADE, Q
from django.utils import timezone

from lms.kern.models.mensen import Rol
from lms.kern.models.traject import Traject


def _pad(bestand, naam):
    return f"{bestand.uuid.hex[:2]}/{bestand.uuid.hex}"


class PriveOpslag(FileSystemStorage):
    """Private files: outside the media root, never served by a web server.

    Where that is, is asked each time: tests have a place of their own.
    """

    base_url = None  # type: ignore[assignment]

    @property
    def base_location(self):
        return settings.BESTANDEN_ROOT

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def _save(self, name, content):
        """Store a file whole, or not at all: on a full disk no half one stays behind."""
        try:
            return super()._save(name, content)
        except OSError:
            self.delete(name)
            raise


def bestandsopslag():
    return PriveOpslag()


class BestandQuerySet(models.QuerySet):
    # in this order: the nearest one is the role in which somebody looks
    ROLLEN = (Rol.KANDIDAAT, Rol.TRAINER, Rol.BUREAU)

    def zichtbaar_als(self, gebruiker, rol):
        """Letter and cv: the candidate, the own trainers and the bureau; never the regiomanager (regels §6).

        A home assignment: the candidate and the trainers of that training, until it is taken back.
        """
        if not gebruiker.is_authenticated or rol not in self.ROLLEN:
            return self.none()
        if rol == Rol.TRAINER:
            ek1, ek2 = (Traject.objects.als_trainer_van(gebruiker, soort).values("pk") for soort in ("EK1", "EK2"))
            eerste = Q(traject__in=ek1, soort__in=(*self.model.VAN_DE_AANMELDING, "opdracht_EK1"))
            return self.filter(eerste | Q(traject__in=ek2, soort="opdracht_EK2"))
        rijen = self.filter(traject__in=Traject.objects.zichtbaar_als(gebruiker, rol).values("pk"))
        return rijen.filter(soort__in=self.model.VAN_DE_AANMELDING) if rol == Rol.BUREAU else rijen

    def gezien_door(self, gebruiker, **welke):
        """(the file, the role in which somebody sees it); (None, None) when there is none or it may not be seen."""
        for rol in self.ROLLEN:
            rij = self.zichtbaar_als(gebruiker, rol).filter(**welke).first()
            if rij is not None:
                return rij, rol
        return None, None


class Bestand(models.Model):
    """A private file: checked, without metadata where that is safe, under a random name.

    `soort` says what it is, and so who may see it.
    """

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
