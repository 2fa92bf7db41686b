"""Attendance: record and correct a day, make up a missed one, waive one."""

from django.utils import timezone

from cursus.handelingen.bellen import bellen_als_het_vaker_gebeurt, belverzoek_laten_vallen
from cursus.handelingen.plekken import vervang
from cursus.models import TRAINING, Aanwezigheid, Deelname, Resultaat, Soort, Trainerschap
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Rol, Traject

TRAINER, GAST, BUREAU = Rol.TRAINER, Rol.GASTTRAINER, Rol.BUREAU


def _rij(traject, bijeenkomst):
    rij = (
        Aanwezigheid.objects.filter(traject=traject, bijeenkomst=bijeenkomst)
        .select_related("bijeenkomst__uitvoering")
        .first()
    )
    vereis(rij, "Deze persoon hoort niet bij deze dag.")
    return rij


def _mag_opschrijven(door, bijeenkomst):
    """Trainers record their own groups only: sight of the person through another group is not enough."""
    if Rol.BUREAU in door.rollen():
        return
    eigen = Trainerschap.objects.filter(uitvoering=bijeenkomst.uitvoering_id, trainer=door, tot=None).exists()
    vereis(eigen, "Alleen de trainers van deze groep schrijven op wie er was.")


def _resultaat_schrijven(traject, rij, *, door, resultaat, reden):
    vereis(
        resultaat in (Resultaat.JA, Resultaat.DEELS, Resultaat.DEELS_TELT, Resultaat.NEE),
        "Kies ja, deels of nee.",
        "resultaat",
    )
    vereis(resultaat != Resultaat.DEELS_TELT or reden.strip(), "Schrijf op waarom deze dag meetelt.")
    Aanwezigheid.objects.filter(pk=rij.pk).update(
        resultaat=resultaat, reden=reden.strip(), om=timezone.now(), door=door
    )
    if rij.soort == Soort.INFORMATIE and resultaat in (Resultaat.NEE, Resultaat.DEELS):
        _niet_verschenen(traject, rij)


def _niet_verschenen(traject, rij):
    """A no-show at an information meeting: the place is given up and a new one can be chosen, or somebody calls
    first (regels §7).
    """
    traject.deelnames.filter(uitvoering=rij.bijeenkomst.uitvoering, afgemeld_om=None).update(
        afgemeld_om=timezone.now(), afmelding=Deelname.Afmelding.NIET_VERSCHENEN
    )
    Aanwezigheid.objects.filter(pk=rij.pk).update(vervangen_door=rij.pk)
    bellen_als_het_vaker_gebeurt(traject)


@handeling(TRAINER, GAST, BUREAU)
def aanwezigheid_vastleggen(traject, *, door, bijeenkomst, resultaat, waarom=""):
    """Record whether somebody was there: ja, deels, deels_telt (with `waarom`) or nee. Not before the day itself."""
    rij = _rij(traject, bijeenkomst)
    _mag_opschrijven(door, bijeenkomst)
    vereis(rij.resultaat == "", "Dit is al ingevuld. Je kunt het wel verbeteren.")
    vereis(rij.vervangen_door_id is None, "Deze dag is al ingehaald of vrijgesteld.")
    vereis(timezone.localdate(bijeenkomst.begint_om) <= timezone.localdate(), "Deze dag is nog niet geweest.")
    _resultaat_schrijven(traject, rij, door=door, resultaat=resultaat, reden=waarom)


@handeling(TRAINER, GAST, BUREAU, correctie=True)
def aanwezigheid_verbeteren(traject, *, door, bijeenkomst, resultaat, reden):
    """Correct a recorded day, with a reason. "" makes it open again. No message goes out."""
    rij = _rij(traject, bijeenkomst)
    _mag_opschrijven(door, bijeenkomst)
    vereis(rij.resultaat not in ("", Resultaat.VRIJGESTELD), "Hier is nog niets ingevuld.")
    vereis(
        rij.soort != Soort.INFORMATIE or not rij.vervangen_door_id or resultaat == Resultaat.JA,
        "Kies ja, of laat het zo.",
    )
    if rij.vervangen_door_id == rij.pk:
        _terug_op_bijeenkomst(traject, rij)
    vereis(rij.vervangen_door_id in (None, rij.pk), "Deze dag is al ingehaald of vrijgesteld.")
    if resultaat == "":
        Aanwezigheid.objects.filter(pk=rij.pk).update(resultaat="", reden=reden, om=None, door=None)
        return
    _resultaat_schrijven(traject, rij, door=door, resultaat=resultaat, reden=reden)


def _terug_op_bijeenkomst(traject, rij):
    anders = traject.deelnames.filter(soort=Soort.INFORMATIE, afgemeld_om=None).exists()
    vereis(not anders, "Deze persoon heeft al een nieuwe datum gekozen.")
    deelname = traject.deelnames.filter(uitvoering=rij.bijeenkomst.uitvoering).order_by("-pk").first()
    Deelname.objects.filter(pk=deelname.pk).update(afgemeld_om=None, afmelding="")
    Aanwezigheid.objects.filter(pk=rij.pk).update(vervangen_door=None)
    belverzoek_laten_vallen(traject)


@handeling(BUREAU)
def dag_inhalen(traject, *, door, soort, nr, bijeenkomst):
    """Plan a missed or repeated day in another group; the missed one points to it."""
    vereis(bijeenkomst.uitvoering.soort == soort and bijeenkomst.nr == nr, "Kies dezelfde dag in een andere groep.")
    vereis(not bijeenkomst.uitvoering.afgelast_om, "Deze dag gaat niet door.")
    oud = traject.aanwezigheden.filter(soort=soort, nr=nr, vervangen_door=None).first()
    vereis(oud and oud.bijeenkomst_id != bijeenkomst.pk, "Deze dag hoeft niet ingehaald te worden.")
    vereis(oud.resultaat != "", "Deze dag staat nog open in de eigen groep.")
    vereis(not traject.aanwezigheden.filter(bijeenkomst=bijeenkomst).exists(), "Deze persoon staat al op die dag.")
    rij = vervang(traject, oud, bijeenkomst=bijeenkomst)
    bericht_maken(traject.kandidaat, "inhaaldag", traject=traject, feit=rij)
    return rij


@handeling(BUREAU, TRAINER)
def dag_vrijstellen(traject, *, door, soort, nr, reden_vrijstelling):
    """Waive a day, with a reason: it counts as done."""
    mag = Rol.BUREAU in door.rollen() or Traject.objects.als_trainer_van(door, soort).filter(pk=traject.pk).exists()
    vereis(mag, "Alleen de trainers van deze training en het bureau stellen een dag vrij.")
    vereis(reden_vrijstelling.strip(), "Schrijf op waarom deze dag niet hoeft.", "reden_vrijstelling")
    oud = traject.aanwezigheden.filter(soort=soort, nr=nr, vervangen_door=None).first()
    vereis(oud and oud.resultaat in ("", Resultaat.NEE, Resultaat.DEELS), "Deze dag is al klaar.")
    vereis(soort in TRAINING, "Alleen een trainingsdag kan worden vrijgesteld.")
    waarden = {
        "bijeenkomst": None,
        "resultaat": Resultaat.VRIJGESTELD,
        "reden": reden_vrijstelling.strip(),
        "om": timezone.now(),
        "door": door,
    }
    return vervang(traject, oud, **waarden)
