"""What the trainers of a group hear: a date that moved or was cancelled, and that the group is complete.

Plain kernels, inside an act or the worker.
"""

from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from cursus.models import TRAINING, Deelname, Trainerschap, Uitvoering
from lms.kern.berichten import bericht_maken, nog_niet_gemaakt


def _trainers(uitvoering):
    return [t.trainer for t in uitvoering.trainerschappen.filter(tot=None).select_related("trainer").order_by("pk")]


def trainers_laten_weten(uitvoering, soort):
    """A mail with the updated or cancelled calendar entries to each trainer of the group.

    `soort`: verplaatst or afgelast.
    """
    stempel = timezone.now().isoformat()
    for trainer in _trainers(uitvoering):
        if soort == "verplaatst":
            bericht_maken(
                trainer, "verplaatst_trainer", sleutel=f"verplaatst_trainer:{uitvoering.pk}:{trainer.pk}:{stempel}"
            )
        else:
            bericht_maken(
                trainer, "afgelast_trainer", sleutel=f"afgelast_trainer:{uitvoering.pk}:{trainer.pk}:{stempel}"
            )


def groepen_compleet_melden():
    """Once per group and trainer, when all places of a training to come are taken (DOMAIN §9).

    Called by the worker. Returns how many were made.
    """
    plekken = Deelname.objects.filter(uitvoering=OuterRef("pk"), afgemeld_om=None, geplaatst_om__isnull=False)
    aantal = plekken.order_by().values("uitvoering").annotate(n=Count("pk")).values("n")
    compleet = Uitvoering.objects.komend().filter(soort__in=TRAINING).annotate(geplaatst=Subquery(aantal))
    compleet = compleet.filter(geplaatst__gte=F("capaciteit"))
    rijen = Trainerschap.objects.filter(uitvoering__in=compleet.values("pk"), tot=None).select_related("trainer")
    nodig = {f"groep_compleet:{rij.uitvoering_id}:{rij.trainer_id}": rij.trainer for rij in rijen.order_by("pk")}
    return sum(
        bool(bericht_maken(trainer, "groep_compleet", sleutel=sleutel, bundelen=True))
        for sleutel, trainer in nog_niet_gemaakt(nodig)
    )
