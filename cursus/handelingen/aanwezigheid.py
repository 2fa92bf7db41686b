"""Attendance: record and correct a day, make up a missed one, waive one."""

from django.utils import timezone

from cursus.handelingen.bellen import bellen_als_het_vaker_gebeurt, belverzoek_laten_vallen
from cursus.handelingen.plekken import vervang
from cursus.models import TRAINING, Aanwezigheid, Deelname, Resultaat, Soort, Uitvoering
from lms.kern.berichten import agenda_nalopen, bericht_maken
from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Rol

TRAINER, GAST, BUREAU = Rol.TRAINER, Rol.GASTTRAINER, Rol.BUREAU


def _mag_opschrijven(door, aanwezigheid):
    """Trainers record their own groups only: sight of the person through another group is not enough."""
    if Rol.BUREAU in door.rollen():
        return
    eigen = Uitvoering.objects.zichtbaar_als(door, TRAINER).filter(bijeenkomsten__aanwezigheden=aanwezigheid)
    vereis(eigen.exists(), "Alleen de trainers van deze groep schrijven op wie er was.")


def _resultaat_schrijven(dag, *, door, resultaat, reden):
    vereis(
        resultaat in (Resultaat.JA, Resultaat.DEELS, Resultaat.DEELS_TELT, Resultaat.NEE),
        "Kies ja, deels of nee.",
        "resultaat",
    )
    vereis(resultaat != Resultaat.DEELS_TELT or reden.strip(), "Schrijf op waarom deze dag meetelt.")
    Aanwezigheid.objects.filter(pk=dag.pk).update(
        resultaat=resultaat, reden=reden.strip(), om=timezone.now(), door=door
    )
    if dag.soort == Soort.INFORMATIE and resultaat in (Resultaat.NEE, Resultaat.DEELS):
        _niet_verschenen(dag)


def _niet_verschenen(dag):
    """A no-show at an information meeting: the place is given up and a new one can be chosen, or somebody calls
    first (regels §7).
    """
    dag.traject.deelnames.nu().filter(uitvoering=dag.bijeenkomst.uitvoering_id).update(
        afgemeld_om=timezone.now(), afmelding=Deelname.Afmelding.NIET_VERSCHENEN
    )
    Aanwezigheid.objects.filter(pk=dag.pk).update(geldt=False)
    bellen_als_het_vaker_gebeurt(dag.traject)


@handeling(TRAINER, GAST, BUREAU)
def aanwezigheid_vastleggen(aanwezigheid, *, door, resultaat, waarom=""):
    """Record whether somebody was there: ja, deels, deels_telt (with `waarom`) or nee. Not before the day itself."""
    _mag_opschrijven(door, aanwezigheid)
    vereis(aanwezigheid.resultaat == "", "Dit is al ingevuld. Je kunt het wel verbeteren.")
    begint_om = aanwezigheid.bijeenkomst.begint_om
    vereis(timezone.localdate(begint_om) <= timezone.localdate(), "Deze dag is nog niet geweest.")
    _resultaat_schrijven(aanwezigheid, door=door, resultaat=resultaat, reden=waarom)


@handeling(TRAINER, GAST, BUREAU, correctie=True, ook_oud=True)
def aanwezigheid_verbeteren(aanwezigheid, *, door, resultaat, reden):
    """Correct a recorded day, with a reason. "" makes it open again. No message goes out.

    Also of who did not show up: that day was given up with the place.
    """
    vereis(aanwezigheid.resultaat not in ("", Resultaat.VRIJGESTELD), "Hier is nog niets ingevuld.")
    _mag_opschrijven(door, aanwezigheid)
    niet_verschenen = not aanwezigheid.geldt and not aanwezigheid.vervangen_door_id
    vereis(not aanwezigheid.vervangen_door_id, "Deze dag is al ingehaald of vrijgesteld.")
    if niet_verschenen:
        vereis(resultaat == Resultaat.JA, "Kies ja, of laat het zo.")
        _terug_op_bijeenkomst(aanwezigheid)
    if resultaat == "":
        Aanwezigheid.objects.filter(pk=aanwezigheid.pk).update(resultaat="", reden=reden, om=None, door=None)
        return
    _resultaat_schrijven(aanwezigheid, door=door, resultaat=resultaat, reden=reden)


def _terug_op_bijeenkomst(dag):
    """The place that was given up when this person did not show up is back."""
    deelnames = dag.traject.deelnames
    anders = deelnames.nu().filter(soort=Soort.INFORMATIE).exists()
    vereis(not anders, "Deze persoon heeft al een nieuwe datum gekozen.")
    deelname = deelnames.filter(uitvoering=dag.bijeenkomst.uitvoering_id).order_by("-pk").first()
    Deelname.objects.filter(pk=deelname.pk).update(afgemeld_om=None, afmelding="")
    Aanwezigheid.objects.filter(pk=dag.pk).update(geldt=True)
    belverzoek_laten_vallen(dag.traject)


@handeling(BUREAU)
def dag_inhalen(aanwezigheid, *, door, bijeenkomst):
    """Plan a missed or repeated day in another group; the missed one points to it."""
    traject, uitvoering = aanwezigheid.traject, bijeenkomst.uitvoering
    dezelfde = (uitvoering.soort, bijeenkomst.nr) == (aanwezigheid.soort, aanwezigheid.nr)
    vereis(dezelfde, "Kies dezelfde dag in een andere groep.")
    vereis(not uitvoering.afgelast_om, "Deze dag gaat niet door.")
    vereis(aanwezigheid.bijeenkomst_id != bijeenkomst.pk, "Deze dag hoeft niet ingehaald te worden.")
    vereis(aanwezigheid.resultaat != "", "Deze dag staat nog open in de eigen groep.")
    vereis(not traject.aanwezigheden.filter(bijeenkomst=bijeenkomst).exists(), "Deze persoon staat al op die dag.")
    dag = vervang(traject, aanwezigheid, bijeenkomst=bijeenkomst)
    bericht_maken(traject.kandidaat, "inhaaldag", traject=traject, feit=dag)
    return dag


@handeling(BUREAU, TRAINER)
def dag_vrijstellen(aanwezigheid, *, door, reden_vrijstelling):
    """Waive a day, with a reason: it counts as done. Of the trainers those of this training."""
    vereis(reden_vrijstelling.strip(), "Schrijf op waarom deze dag niet hoeft.", "reden_vrijstelling")
    vereis(aanwezigheid.resultaat in ("", Resultaat.NEE, Resultaat.DEELS), "Deze dag is al klaar.")
    vereis(aanwezigheid.soort in TRAINING, "Alleen een trainingsdag kan worden vrijgesteld.")
    waarden = {
        "bijeenkomst": None,
        "resultaat": Resultaat.VRIJGESTELD,
        "reden": reden_vrijstelling.strip(),
        "om": timezone.now(),
        "door": door,
    }
    dag = vervang(aanwezigheid.traject, aanwezigheid, **waarden)
    agenda_nalopen(aanwezigheid.traject.kandidaat)
    return dag
