"""What the trainers of a group hear: a date that moved or was cancelled, and that the group is complete.

Plain kernels, inside an act or the worker.
"""

from django.db.models import Count, F, OuterRef, Subquery

from cursus.models import TRAINING, Deelname, Trainerschap, Uitvoering
from lms.kern.berichten import bericht_maken, nog_niet_gemaakt
from lms.kern.models import Gebruiker


def _trainers(uitvoering):
    return [t.trainer for t in uitvoering.trainerschappen.filter(tot=None).select_related("trainer").order_by("pk")]


def trainers_laten_weten(uitvoering, soort):
    """A mail with the updated or cancelled calendar entries to each trainer of the group.

    `soort`: verplaatst or afgelast.
    """
    for trainer in _trainers(uitvoering):
        bericht_maken(trainer, f"{soort}_trainer", feit=uitvoering)


def trainers_wisselen(uitvoering, *, erbij, eraf):
    """Who trains the group from now on gets its days for the diary, who no longer does gets them out of it."""
    for soort, mensen in (("trainer_erbij", erbij), ("trainer_eraf", eraf)):
        for trainer in Gebruiker.objects.filter(pk__in=mensen).order_by("pk"):
            bericht_maken(trainer, soort, feit=uitvoering)


def groepen_compleet_melden():
    """Once per group and trainer, when all places of a training to come are taken (regels §9).

    Called by the worker. Returns how many were made.
    """
    plekken = Deelname.objects.filter(uitvoering=OuterRef("pk"), afgemeld_om=None, geplaatst_om__isnull=False)
    aantal = plekken.order_by().values("uitvoering").annotate(n=Count("pk")).values("n")
    compleet = Uitvoering.objects.komend().filter(soort__in=TRAINING).annotate(geplaatst=Subquery(aantal))
    compleet = compleet.filter(geplaatst__gte=F("capaciteit"))
    rijen = Trainerschap.objects.filter(uitvoering__in=compleet.values("pk"), tot=None).select_related("trainer")
    rijen = rijen.select_related("uitvoering").order_by("pk")
    nodig = {f"groep_compleet:{rij.uitvoering_id}:{rij.trainer_id}": rij for rij in rijen}
    return sum(
        bool(bericht_maken(rij.trainer, "groep_compleet", sleutel=sleutel, feit=rij.uitvoering, bundelen=True))
        for sleutel, rij in nog_niet_gemaakt(nodig)
    )
