"""Places in agenda items: sign up, by hand, sign off, and the waiting list, which moves up by itself.

Unlike a place on the path there is no offer with a term: nothing follows from the place, so who is next simply has it
and can sign off.
"""

from django.db.models import F
from django.utils import timezone

from cursus.handelingen.plekken import bezet, is_laat, op_slot
from cursus.models import OP_HET_PAD, Agendaplek, Uitvoering, bezoeker, waarom_niet
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Gebruiker, Rol

ZELF, BUREAU = Rol.KANDIDAAT, Rol.BUREAU  # everybody is kandidaat for the own account


def _open_plek(gebruiker, uitvoering):
    return Agendaplek.objects.open().filter(gebruiker=gebruiker, uitvoering=uitvoering).first()


def _vrij(uitvoering):
    return bezet(uitvoering) < uitvoering.capaciteit


def _gaat_door(uitvoering):
    vereis(uitvoering.soort not in OP_HET_PAD, "Hier meld je je niet op deze manier voor aan.")
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst gaat niet door.")


def _zeg(plek):
    """The mail that belongs to what this row is now."""
    soort = "agenda_geplaatst" if plek.geplaatst_om else "agenda_wachtlijst"
    bericht_maken(plek.gebruiker, soort, feit=plek)


@handeling(ZELF)
def agendaplek_vragen(gebruiker, *, door, uitvoering):
    """Sign up for an agenda item one may come to; full means the waiting list.

    Returns the Agendaplek. Raises ValidationError with the reason.
    """
    uitvoering = op_slot(uitvoering)
    _gaat_door(uitvoering)
    reden = waarom_niet(bezoeker(gebruiker), uitvoering)
    vereis(not reden, reden)
    vereis(Uitvoering.objects.komend().filter(pk=uitvoering.pk).exists(), "Hiervoor kun je je niet meer aanmelden.")
    vereis(not _open_plek(gebruiker, uitvoering), "Je staat al op de lijst.")
    vol = not _vrij(uitvoering) or Agendaplek.objects.wachtend().filter(uitvoering=uitvoering).exists()
    plek = Agendaplek.objects.create(
        gebruiker=gebruiker, uitvoering=uitvoering, geplaatst_om=None if vol else timezone.now()
    )
    _zeg(plek)
    return plek


@handeling(BUREAU)
def agendaplek_geven(gebruiker, *, door, uitvoering):
    """The bureau places by hand: somebody who called, from the waiting list, or above the capacity.

    Returns the Agendaplek.
    """
    uitvoering = op_slot(uitvoering)
    _gaat_door(uitvoering)
    plek = _open_plek(gebruiker, uitvoering)
    vereis(not plek or plek.op_wachtlijst, "Deze persoon heeft al een plek.")
    if plek is None:
        plek = Agendaplek(gebruiker=gebruiker, uitvoering=uitvoering)
    plek.geplaatst_om = timezone.now()
    plek.save()
    _zeg(plek)
    return plek


@handeling(ZELF, BUREAU)
def agendaplek_afmelden(gebruiker, *, door, uitvoering):
    """Give up a place or a place on the waiting list.

    Within the term of the setting `laat_afmelden` the bureau sees that it was late.
    """
    plek = _open_plek(gebruiker, op_slot(uitvoering))
    vereis(plek, "Je staat hier niet (meer) op de lijst.")
    eerste = uitvoering.bijeenkomsten.order_by("begint_om").first()
    vereis(
        door.pk != gebruiker.pk or not eerste or eerste.begint_om > timezone.now(), "Deze bijeenkomst is al begonnen."
    )
    soort = Agendaplek.Afmelding.BUREAU
    if door.pk == gebruiker.pk:
        soort = Agendaplek.Afmelding.LAAT if plek.geplaatst_om and is_laat(uitvoering) else Agendaplek.Afmelding.ZELF
    _weg(plek, soort)
    bericht_maken(gebruiker, "agenda_afgemeld", feit=plek)


def _weg(plek, soort):
    Agendaplek.objects.filter(pk=plek.pk).update(afgemeld_om=timezone.now(), afmelding=soort)


@handeling(BUREAU, Rol.SYSTEEM)
def agendaplek_afgelasten(gebruiker, *, door, uitvoering):
    """Give up one person's place because the item is cancelled."""
    plek = _open_plek(gebruiker, op_slot(uitvoering))
    vereis(plek, "Deze persoon staat niet (meer) op de lijst.")
    _weg(plek, Agendaplek.Afmelding.AFGELAST)
    bericht_maken(gebruiker, "agenda_afgelast", feit=plek)


@handeling(Rol.SYSTEEM)
def agendaplek_doorschuiven(gebruiker, *, door, uitvoering):
    """A place came free: the first of the waiting list has it.

    Raises ValidationError when it is somebody else's turn or still full.
    """
    uitvoering = op_slot(uitvoering)
    _gaat_door(uitvoering)
    vereis(_vrij(uitvoering), "Er is geen vrije plek.")
    plek = Agendaplek.objects.wachtend().filter(uitvoering=uitvoering).first()
    vereis(plek and plek.gebruiker_id == gebruiker.pk, "Iemand anders is eerst aan de beurt.")
    plek.geplaatst_om = timezone.now()
    plek.save()
    _zeg(plek)


def agendaplekken_doorschuiven(uitvoering=None):
    """Give every free place to who waits longest, one act per person. Safe to run twice. Returns how many moved up.

    Called by the worker for all items to come, and right after a place was given up or added for that one.
    """
    rijen = Uitvoering.objects.komend().exclude(soort__in=OP_HET_PAD).filter(bezet__lt=F("capaciteit"))
    rijen = rijen.filter(pk__in=Agendaplek.objects.wachtend().order_by().values("uitvoering"))
    if uitvoering is not None:
        rijen = rijen.filter(pk=uitvoering.pk)
    return sum(_doorschuiven(rij) for rij in rijen)


def _doorschuiven(uitvoering):
    aantal = 0
    while _vrij(uitvoering) and (plek := Agendaplek.objects.wachtend().filter(uitvoering=uitvoering).first()):
        agendaplek_doorschuiven(Gebruiker.objects.get(pk=plek.gebruiker_id), door=None, uitvoering=uitvoering)
        aantal += 1
    return aantal


def agenda_laten_weten(uitvoering):
    """Kernel: a date or place changed. One mail per person on the list."""
    for plek in Agendaplek.objects.open().filter(uitvoering=uitvoering).select_related("gebruiker"):
        bericht_maken(plek.gebruiker, "agenda_verplaatst", feit=plek)
