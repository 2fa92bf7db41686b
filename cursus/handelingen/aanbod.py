"""The waiting list promotes: a freed place is offered to the next with a term to answer, then to the one after."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from cursus.handelingen.plekken import bezet, op_slot, verwacht
from cursus.models import Deelname, Uitvoering
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import Geweigerd, Stil, handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol

LAATSTE_WEEK = dt.timedelta(days=7)


def _zonder_aanbod():
    """All who wait and were offered nothing."""
    return Deelname.objects.filter(geplaatst_om=None, afgemeld_om=None, aanbod_tot=None, traject__afgesloten_op=None)


def _wachtend(uitvoering):
    """Who waits without an offer, in order: asked first goes first; who let an offer pass goes to the end."""
    wachtenden = _zonder_aanbod().filter(uitvoering=uitvoering)
    return wachtenden.order_by(F("aanbod_verlopen_om").asc(nulls_first=True), "gevraagd_om", "pk")


def _termijn(uitvoering):
    """Until when somebody may answer: the end of a day, by the setting, sooner in the last week, never past the
    start.
    """
    begint_om = uitvoering.bijeenkomsten.order_by("begint_om").values_list("begint_om", flat=True).first()
    dagen = instelling("vrije_plek_kort" if begint_om - timezone.now() < LAATSTE_WEEK else "vrije_plek")
    laatste_dag = timezone.localdate() + dt.timedelta(days=dagen)
    einde = timezone.make_aware(dt.datetime.combine(laatste_dag + dt.timedelta(days=1), dt.time.min))
    return min(einde, begint_om)


@handeling(Rol.SYSTEEM, Rol.BUREAU)
def plek_aanbieden(deelname, *, door):
    """Offer the free place to this person on the waiting list, who must be the next.

    Raises ValidationError when there is no free place or somebody else is first.
    """
    uitvoering = op_slot(deelname.uitvoering)
    vereis(not uitvoering.afgelast_om and bezet(uitvoering) < uitvoering.capaciteit, "Er is geen vrije plek.")
    vereis(_wachtend(uitvoering).first() == deelname, "Iemand anders is eerst aan de beurt.")
    tot = _termijn(uitvoering)
    Deelname.objects.filter(pk=deelname.pk).update(aanbod_om=timezone.now(), aanbod_tot=tot)
    bericht_maken(deelname.traject.kandidaat, "aanbod", traject=deelname.traject, feit=deelname)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def aanbod_aannemen(deelname, *, door):
    """Take the offered place, within the term."""
    vereis(deelname.op_wachtlijst, "Deze plek heb je al.")
    vereis(
        deelname.aanbod_tot and deelname.aanbod_tot > timezone.now(),
        "Deze plek is niet meer vrij voor jou. Je staat nog op de wachtlijst.",
    )
    uitvoering = op_slot(deelname.uitvoering)
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst gaat niet door. Kies een andere datum.")
    Deelname.objects.filter(pk=deelname.pk).update(geplaatst_om=timezone.now(), aanbod_tot=None)
    verwacht(deelname.traject, uitvoering)
    bericht_maken(deelname.traject.kandidaat, "geplaatst", traject=deelname.traject, feit=deelname)


@handeling(Rol.SYSTEEM)
def aanbod_laten_verlopen(deelname, *, door):
    """The term has passed without an answer: the person stays on the list, at the end.

    Nothing happens when it was answered meanwhile, or when another worker did this just before.
    """
    nu = timezone.now()
    if deelname.aanbod_tot is None or deelname.aanbod_tot > nu:
        return Stil()
    Deelname.objects.filter(pk=deelname.pk).update(aanbod_tot=None, aanbod_verlopen_om=nu)
    return None


def plekken_aanbieden(uitvoering=None):
    """Let passed offers lapse and offer every free place to the next, one act per person. Safe to run twice. Returns
    how many were offered.

    Called by the worker for all sessions to come, and right after a place was given up for that one.
    """
    voorbij = Deelname.objects.nu().filter(geplaatst_om=None, aanbod_tot__lte=timezone.now())
    for deelname in voorbij.filter(traject__afgesloten_op=None):
        aanbod_laten_verlopen(deelname, door=None)
    wachtlijsten = Uitvoering.objects.komend().filter(
        bezet__lt=F("capaciteit"), pk__in=_zonder_aanbod().values("uitvoering")
    )
    if uitvoering is not None:
        wachtlijsten = wachtlijsten.filter(pk=uitvoering.pk)
    return sum(_aanbieden(wachtlijst) for wachtlijst in wachtlijsten)


def _aanbieden(uitvoering):
    aangeboden = 0
    while bezet(uitvoering) < uitvoering.capaciteit and (volgende := _wachtend(uitvoering).first()):
        try:
            plek_aanbieden(volgende, door=None)
        except (ValidationError, Geweigerd):  # another worker was first, or this person just left
            break
        aangeboden += 1
    return aangeboden
