"""Places in sessions and groups: sign up, place by hand, waiting list, cancel."""

import datetime as dt

from django.utils import timezone

from cursus.models import OP_HET_PAD, Aanwezigheid, Datumwens, Deelname, Resultaat, Soort, Uitvoering, mag_ek2
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from lms.kern.pad.stappen import STAPPEN

KANDIDAAT, BUREAU = Rol.KANDIDAAT, Rol.BUREAU
STAP_VOOR = {Soort.INFORMATIE: 2, Soort.EK1: 4}


def _mag_erheen(traject, uitvoering):
    vereis(
        uitvoering.soort in (Soort.INFORMATIE, Soort.EK1, Soort.EK2), "Hier meld je je niet op deze manier voor aan."
    )
    if uitvoering.soort == Soort.EK2:
        reden = mag_ek2(traject)
        vereis(not reden, reden)
        return
    stap = STAP_VOOR[uitvoering.soort]
    vereis(traject.stap == stap, f"Dit hoort bij stap {stap}: {STAPPEN[stap - 1].titel.lower()}. Daar ben je nu niet.")


def op_slot(uitvoering):
    """Lock order: always the traject first, then the uitvoering."""
    return Uitvoering._base_manager.select_for_update().get(pk=uitvoering.pk)


def bezet(uitvoering):
    """Places that are taken or on offer."""
    return (
        uitvoering.deelnames.bezet().count() + uitvoering.agendaplekken.nu().filter(geplaatst_om__isnull=False).count()
    )


def is_laat(uitvoering):
    """Whether signing off now is late: within the setting `laat_afmelden` before the first day."""
    eerste = uitvoering.bijeenkomsten.order_by("begint_om").values_list("begint_om", flat=True).first()
    return bool(eerste) and eerste - timezone.now() < dt.timedelta(days=instelling("laat_afmelden"))


def verwacht(traject, uitvoering):
    """Kernel: one expected attendance row per day that is not yet covered by an earlier one."""
    gedekt = set(
        Aanwezigheid.objects.filter(traject=traject, soort=uitvoering.soort, geldt=True).values_list("nr", flat=True)
    )
    for bijeenkomst in uitvoering.bijeenkomsten.order_by("nr"):
        if bijeenkomst.nr in gedekt:
            _vervang_open_dag(traject, bijeenkomst)
        else:
            Aanwezigheid.objects.create(
                traject=traject, soort=uitvoering.soort, nr=bijeenkomst.nr, bijeenkomst=bijeenkomst
            )


def _vervang_open_dag(traject, bijeenkomst):
    """A day that was missed in an earlier group is expected again in the new one; a day that counts stays."""
    soort = bijeenkomst.uitvoering.soort
    oud = Aanwezigheid.objects.get(traject=traject, soort=soort, nr=bijeenkomst.nr, geldt=True)
    if oud.resultaat in (Resultaat.NEE, Resultaat.DEELS) and oud.bijeenkomst_id != bijeenkomst.pk:
        vervang(traject, oud, bijeenkomst=bijeenkomst)


def vervang(traject, oud, **nieuw):
    """Kernel: make the row that takes the place of `oud`, which no longer counts."""
    Aanwezigheid.objects.filter(pk=oud.pk).update(geldt=False)
    dag = Aanwezigheid.objects.create(traject=traject, soort=oud.soort, nr=oud.nr, **nieuw)
    Aanwezigheid.objects.filter(pk=oud.pk).update(vervangen_door=dag)
    return dag


def haal_weg(dag):
    """Kernel: delete an expected row; the missed day it replaced counts again."""
    oud = list(Aanwezigheid.objects.filter(vervangen_door=dag).values_list("pk", flat=True))
    Aanwezigheid.objects.filter(pk__in=oud).update(vervangen_door=None)
    dag.delete()
    Aanwezigheid.objects.filter(pk__in=oud).update(geldt=True)


def plaatsen(traject, uitvoering, *, wachtlijst=True, boven_capaciteit=False):
    """Kernel: give a place, or a place on the waiting list when it is full.

    Returns the Deelname. Also used when an application is answered.
    """
    uitvoering = op_slot(uitvoering)
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst gaat niet door. Kies een andere datum.")
    eerste = uitvoering.bijeenkomsten.order_by("begint_om").first()
    vereis(eerste, "Deze bijeenkomst heeft nog geen datum.")
    bestaand = traject.deelnames.filter(soort=uitvoering.soort, afgemeld_om=None).first()
    if bestaand:
        vereis(
            bestaand.uitvoering_id == uitvoering.pk and bestaand.op_wachtlijst,
            "Je hebt al een plek. Meld je daar eerst af.",
        )
    wacht_iemand = (
        uitvoering.deelnames.filter(geplaatst_om=None, afgemeld_om=None).exclude(traject=traject).exists()
    )  # who waits goes first
    vol = not boven_capaciteit and (wacht_iemand or bezet(uitvoering) >= uitvoering.capaciteit)
    vereis(not vol or wachtlijst, "Deze bijeenkomst is net vol.")
    nu = timezone.now()
    if bestaand:
        if not vol:
            Deelname.objects.filter(pk=bestaand.pk).update(geplaatst_om=nu, aanbod_tot=None)
    else:
        bestaand = Deelname.objects.create(
            traject=traject, uitvoering=uitvoering, soort=uitvoering.soort, geplaatst_om=None if vol else nu
        )
    if not vol:
        verwacht(traject, uitvoering)
    bestaand.refresh_from_db()
    bericht_maken(traject.kandidaat, "wachtlijst" if vol else "geplaatst", traject=traject, feit=bestaand)
    return bestaand


@handeling(KANDIDAAT, BUREAU)
def deelname_aanvragen(traject, *, door, uitvoering):
    """Sign up for a session or group; full means the waiting list.

    Returns the Deelname. Raises ValidationError out of order.
    """
    _mag_erheen(traject, uitvoering)
    if door.pk == traject.kandidaat_id:
        vereis(Uitvoering.objects.komend().filter(pk=uitvoering.pk).exists(), "Hiervoor kun je je niet meer aanmelden.")
    return plaatsen(traject, uitvoering)


@handeling(BUREAU)
def deelname_plaatsen(traject, *, door, uitvoering):
    """The bureau places by hand: from the waiting list, or above the capacity."""
    _mag_erheen(traject, uitvoering)
    return plaatsen(traject, uitvoering, boven_capaciteit=True)


def ontruimen(traject, deelname, afmelding):
    """Kernel: give up a place. Expected rows without a result go; what was attended stays."""
    Deelname.objects.filter(pk=deelname.pk).update(afgemeld_om=timezone.now(), afmelding=afmelding, aanbod_tot=None)
    open_rijen = Aanwezigheid.objects.filter(
        traject=traject, bijeenkomst__uitvoering=deelname.uitvoering, resultaat="", geldt=True
    )
    for dag in open_rijen:
        haal_weg(dag)


@handeling(KANDIDAAT, BUREAU)
def deelname_afmelden(deelname, *, door):
    """Give up a place or a place on the waiting list.

    A place given up within `laat_afmelden` is noted as late; it still goes on.
    """
    traject = deelname.traject
    geweest = (
        Aanwezigheid.objects.filter(traject=traject, bijeenkomst__uitvoering=deelname.uitvoering)
        .exclude(resultaat="")
        .exists()
    )
    vereis(not geweest, "Deze bijeenkomst is al begonnen. Bel ons als je wilt wisselen.")
    afmelding = Deelname.Afmelding.BUREAU
    if door.pk == traject.kandidaat_id:
        laat = deelname.geplaatst_om and is_laat(deelname.uitvoering)
        afmelding = Deelname.Afmelding.LAAT if laat else Deelname.Afmelding.ZELF
    ontruimen(traject, deelname, afmelding)
    bericht_maken(traject.kandidaat, "afgemeld", traject=traject, feit=deelname)


@handeling(KANDIDAAT)
def datumwens_doorgeven(traject, *, door, soort):
    """None of the dates on screen fits: hear once when there are others."""
    vereis(soort in OP_HET_PAD, "Hiervoor kun je geen andere datum vragen.")
    vereis(
        not traject.deelnames.filter(soort=soort, afgemeld_om=None).exists(),
        "Je hebt al een plek. Meld je daar eerst af.",
    )
    gezien = list(Uitvoering.objects.komend().filter(soort=soort).values_list("pk", flat=True))
    wens, _ = Datumwens.objects.update_or_create(
        traject=traject, soort=soort, gemeld_om=None, defaults={"gezien": gezien, "gevraagd_om": timezone.now()}
    )
    return wens
