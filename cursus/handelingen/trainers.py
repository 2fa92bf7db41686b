"""Who trains a group: the end of a place, and what trainers hear (a date that moved or was cancelled, the group is
complete).
"""

from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from cursus.models import TRAINING, Deelname, Trainerschap, Uitvoering
from lms.kern.berichten import bericht_maken, nog_niet_gemaakt, post_nalopen
from lms.kern.handelingen import handeling, paden_op_slot
from lms.kern.models import Gebruiker, Rol
from lms.kern.overdracht import TRAINERSPLEK, Einde, afdruk_van, doorgeven


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


def einden_van_plek(trainerschap, door):
    """What ends with a trainer's place, for what is handed on."""
    return [Einde(TRAINERSPLEK, trainerschap, trainerschap.trainer, door)]


@handeling(Rol.BUREAU, nagekeken=lambda trainerschap, door: afdruk_van(einden_van_plek(trainerschap, door)))
def trainersplek_beeindigen(trainerschap, *, door, overdracht=None):
    """Somebody trains this group no longer: the group, and the reports of its people, are handed on."""
    einden = einden_van_plek(trainerschap, door)
    paden_op_slot(einden)
    doorgeven(einden, overdracht or {})
    Trainerschap.objects.nu().filter(pk=trainerschap.pk).update(tot=timezone.localdate())  # of what asked nothing more
    post_nalopen(Gebruiker.objects.get(pk=trainerschap.trainer_id))
    return trainerschap
