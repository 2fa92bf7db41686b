"""What is open on a trainer in step 7: reports on which the own view is asked, with their conversation."""

from django.urls import reverse

from cursus.models import Deelname
from lms.kern.berichten import nalopen
from lms.kern.datums import moment
from lms.kern.handelingen import ook_noteren
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from lms.kern.overdracht import TRAINERSPLEK, Openstaand, Plicht, mensen_met, verder
from lms.kern.pad.afleiding import bijwerken
from selectie.handelingen.trainers import ontheffen, opnieuw_tellen, vragen
from selectie.models import Gesprek, Mening, Verslag


def _gevraagd(einde):
    """The views that are asked of who leaves the group or the team, without those about who ends it: nobody reads or
    acts as staff on the own path, a colleague does that at the report.
    """
    rijen = Mening.objects.gevraagd().filter(trainer=einde.persoon).exclude(verslag__traject__kandidaat=einde.door)
    if einde.wat == TRAINERSPLEK:
        groep = Deelname.objects.filter(uitvoering=einde.rij.uitvoering_id, geplaatst_om__isnull=False)
        rijen = rijen.filter(verslag__traject__in=groep.values("traject"))
    return rijen.select_related("verslag__traject__kandidaat").order_by("verslag__traject", "pk")


def _wachtend(einde):
    """Those of which the report still waits: for a view, for a conversation, or for agreement after it."""
    klaar = Verslag.objects.vrijgegeven().exclude(pk__in=Gesprek.objects.nu().values("verslag")).values("pk")
    return _gevraagd(einde).nu().filter(verslag__traject__afgesloten_op=None).exclude(verslag__in=klaar)


def _verslagen(einde):
    """The same number of questions for any number of reports."""
    meningen = list(_wachtend(einde))
    verslagen = {mening.verslag_id for mening in meningen}
    gesprekken = {gesprek.verslag_id: gesprek for gesprek in Gesprek.objects.te_houden().filter(verslag__in=verslagen)}
    gevraagd = Mening.objects.gevraagd().filter(verslag__in=verslagen).select_related("trainer").order_by("pk")
    naast = {}  # {report: its other trainers}
    for rij in gevraagd.exclude(trainer=einde.persoon):
        naast.setdefault(rij.verslag_id, []).append(rij.trainer)
    trainers, minstens = list(mensen_met(Rol.TRAINER, behalve=[einde.persoon.pk])), instelling("trainers_per_verslag")
    return [
        _verslag(mening, gesprekken.get(mening.verslag_id), naast.get(mening.verslag_id, []), trainers, minstens)
        for mening in meningen
    ]


def _verslag(mening, gesprek, anderen, trainers, minstens):
    kandidaat = mening.verslag.traject.kandidaat
    niet = {kandidaat.pk, *(mens.pk for mens in anderen)}
    genoeg = len(anderen) >= minstens
    return Openstaand(
        mening.pk,
        f"Verslag van {kandidaat.naam}{_stand(gesprek)}",
        reverse("bureau_trainers", args=[mening.verslag.traject_id]),
        mensen=tuple((mens.pk, mens.naam) for mens in trainers if mens.pk not in niet),
        bureau=verder(anderen) if genoeg else "",
        let_op="" if genoeg else "Met te weinig trainers komt er geen besluit. Kies daarom iemand.",
    )


def _stand(gesprek):
    if gesprek is None:
        return ""
    return f", gesprek op {moment(gesprek.moment_om)}" if gesprek.moment_om else ", er komt een gesprek"


def _verslagen_doorgeven(einde, keuzes):
    """Each asked view is lifted; who takes over is asked, and hears of a planned conversation.

    Who is no trainer any more is lifted also where all is said: a revoked decision would ask them again.
    """
    eindigen = _gevraagd(einde) if einde.wat == Rol.TRAINER else _wachtend(einde)
    for mening in list(eindigen):
        traject, papieren = mening.verslag.traject, {"door": einde.door, "als": Rol.BUREAU}
        ontheffen(mening, f"{einde.persoon.naam} stopt als trainer.")
        ook_noteren(mening, "trainer_ontheffen", traject=traject, **papieren)
        nieuw = keuzes.get(mening.pk)
        if nieuw is not None:
            ook_noteren(vragen(mening.verslag, nieuw), "trainer_toevoegen", traject=traject, **papieren)
        elif mening.pk in keuzes:
            opnieuw_tellen(mening.verslag, einde.door)
        if not mening.verslag.afgerond_om:  # of an earlier version there are no turns
            bijwerken(traject)
            nalopen(traject)


def _paden(einde):
    return _gevraagd(einde).order_by().values_list("verslag__traject", flat=True)


PLICHTEN = (
    Plicht("verslag", "Verslagen", (Rol.TRAINER, TRAINERSPLEK), _verslagen, _verslagen_doorgeven, paden=_paden),
)
