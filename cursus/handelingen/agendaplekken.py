"""Places in agenda items: sign up, by hand, sign off, and the waiting list, which moves up by itself.

Unlike a place on the path there is no offer with a term: nothing follows from the place, so who is next simply has it
and can sign off.
"""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from cursus.handelingen.plekken import bezet, is_laat, op_slot
from cursus.models import OP_HET_PAD, Agendaplek, Uitvoering, bezoeker, waarom_niet
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import Geweigerd, handeling, vereis
from lms.kern.models import Rol

ZELF, BUREAU = Rol.KANDIDAAT, Rol.BUREAU  # everybody is kandidaat for the own account


def _staat_op_de_lijst(gebruiker, uitvoering):
    return Agendaplek.objects.nu().filter(gebruiker=gebruiker, uitvoering=uitvoering).exists()


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
    vereis(not _staat_op_de_lijst(gebruiker, uitvoering), "Je staat al op de lijst.")
    vol = not _vrij(uitvoering) or Agendaplek.objects.wachtend().filter(uitvoering=uitvoering).exists()
    plek = Agendaplek.objects.create(
        gebruiker=gebruiker, uitvoering=uitvoering, geplaatst_om=None if vol else timezone.now()
    )
    _zeg(plek)
    return plek


@handeling(BUREAU)
def agendaplek_geven(gebruiker, *, door, uitvoering):
    """The bureau places somebody who called and is not on the list, also above the capacity.

    Returns the Agendaplek.
    """
    uitvoering = op_slot(uitvoering)
    _gaat_door(uitvoering)
    vereis(not _staat_op_de_lijst(gebruiker, uitvoering), "Deze persoon heeft al een plek.")
    plek = Agendaplek.objects.create(gebruiker=gebruiker, uitvoering=uitvoering, geplaatst_om=timezone.now())
    _zeg(plek)
    return plek


@handeling(BUREAU)
def agendaplek_plaatsen(plek, *, door):
    """The bureau gives a place to who waits, also before others and above the capacity."""
    _gaat_door(op_slot(plek.uitvoering))
    vereis(plek.op_wachtlijst, "Deze persoon heeft al een plek.")
    _plaats(plek)


@handeling(ZELF, BUREAU)
def agendaplek_afmelden(plek, *, door):
    """Give up a place or a place on the waiting list.

    Within the term of the setting `laat_afmelden` the bureau sees that it was late.
    """
    uitvoering, zelf = op_slot(plek.uitvoering), door.pk == plek.gebruiker_id
    eerste = uitvoering.bijeenkomsten.order_by("begint_om").first()
    vereis(not zelf or not eerste or eerste.begint_om > timezone.now(), "Deze bijeenkomst is al begonnen.")
    soort = Agendaplek.Afmelding.BUREAU
    if zelf:
        soort = Agendaplek.Afmelding.LAAT if plek.geplaatst_om and is_laat(uitvoering) else Agendaplek.Afmelding.ZELF
    _weg(plek, soort)
    bericht_maken(plek.gebruiker, "agenda_afgemeld", feit=plek)


def _weg(plek, soort):
    Agendaplek.objects.filter(pk=plek.pk).update(afgemeld_om=timezone.now(), afmelding=soort)


def _plaats(plek):
    plek.geplaatst_om = timezone.now()
    plek.save(update_fields=["geplaatst_om"])
    _zeg(plek)


@handeling(BUREAU, Rol.SYSTEEM)
def agendaplek_afgelasten(plek, *, door):
    """Give up one person's place because the item is cancelled."""
    _weg(plek, Agendaplek.Afmelding.AFGELAST)
    bericht_maken(plek.gebruiker, "agenda_afgelast", feit=plek)


@handeling(Rol.SYSTEEM)
def agendaplek_doorschuiven(plek, *, door):
    """A place came free: the first of the waiting list has it.

    Raises ValidationError when it is somebody else's turn or still full.
    """
    uitvoering = op_slot(plek.uitvoering)
    _gaat_door(uitvoering)
    vereis(_vrij(uitvoering), "Er is geen vrije plek.")
    vereis(Agendaplek.objects.wachtend().filter(uitvoering=uitvoering).first() == plek, "Iemand anders is eerst.")
    _plaats(plek)


def agendaplekken_doorschuiven(uitvoering=None):
    """Give every free place to who waits longest, one act per person. Safe to run twice. Returns how many moved up.

    Called by the worker for all items to come, and right after a place was given up or added for that one.
    """
    punten = Uitvoering.objects.komend().exclude(soort__in=OP_HET_PAD).filter(bezet__lt=F("capaciteit"))
    punten = punten.filter(pk__in=Agendaplek.objects.wachtend().order_by().values("uitvoering"))
    if uitvoering is not None:
        punten = punten.filter(pk=uitvoering.pk)
    return sum(_doorschuiven(punt) for punt in punten)


def _doorschuiven(uitvoering):
    aantal = 0
    while _vrij(uitvoering) and (plek := Agendaplek.objects.wachtend().filter(uitvoering=uitvoering).first()):
        try:
            agendaplek_doorschuiven(plek, door=None)
        except (ValidationError, Geweigerd):  # another worker was first, or this person just left
            break
        aantal += 1
    return aantal


def agenda_laten_weten(uitvoering):
    """Kernel: a date or place changed. One mail per person on the list."""
    for plek in Agendaplek.objects.nu().filter(uitvoering=uitvoering).select_related("gebruiker"):
        bericht_maken(plek.gebruiker, "agenda_verplaatst", feit=plek)
