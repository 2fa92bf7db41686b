"""What the trainers of a group hear: a date that moved or was cancelled, and that the group is complete.

Plain kernels, inside an act or the worker.
"""

from django.utils import timezone

from cursus.models import TRAINING, Deelname, Uitvoering
from lms.kern.berichten import bericht_maken
from lms.kern.models import Bericht


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
    gemaakt = 0
    for uitvoering in Uitvoering.objects.komend().filter(soort__in=TRAINING):
        if (
            Deelname.objects.filter(uitvoering=uitvoering, afgemeld_om=None, geplaatst_om__isnull=False).count()
            < uitvoering.capaciteit
        ):
            continue
        for trainer in _trainers(uitvoering):
            sleutel = f"groep_compleet:{uitvoering.pk}:{trainer.pk}"
            if not Bericht.objects.filter(sleutel=sleutel).exists():
                gemaakt += bool(bericht_maken(trainer, "groep_compleet", sleutel=sleutel, bundelen=True))
    return gemaakt
