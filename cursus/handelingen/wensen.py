"""What somebody tells for the training: languages and wishes; diet and access apart, with consent, and gone after
the last day.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cursus.models import TRAINING, Deelname, Trainingswens, Trainingszorg
from lms.kern.handelingen import Geweigerd, Stil, handeling, inzagen_noteren, toegestane_rol, vereis
from lms.kern.models import Rol, Toestemming

TOESTEMMING = {"dieet": "training_dieet", "toegang": "training_toegang"}


def _met_plek(traject, soort):
    geplaatst = traject.deelnames.filter(soort=soort, afgemeld_om=None, geplaatst_om__isnull=False).exists()
    vereis(soort in TRAINING and geplaatst, "Dit kan als je een plek hebt in een groep.")


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def trainingswens_bewaren(traject, *, door, soort, talen, wensen):
    """Tell the trainers of the own group which languages somebody speaks and what would be nice to know.

    Empty is fine.
    """
    _met_plek(traject, soort)
    velden = {"talen": talen.strip(), "wensen": wensen.strip(), "gezegd_om": timezone.now()}
    Trainingswens.objects.update_or_create(traject=traject, soort=soort, defaults=velden)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def trainingszorg_bewaren(traject, *, door, soort, dieet, toegang, dieet_mag, toegang_mag):
    """Tell about diet and access, each only with its own consent; a field left empty, or without consent, is erased at
    once.

    Raises ValidationError at the consent of a field that has text (AVG art. 9; regels, invariant 10).
    """
    _met_plek(traject, soort)
    tekst, mag = {"dieet": dieet.strip(), "toegang": toegang.strip()}, {"dieet": dieet_mag, "toegang": toegang_mag}
    for veld in TOESTEMMING:
        vereis(
            mag[veld] or not tekst[veld],
            "Kruis aan dat je trainers en het bureau dit mogen lezen, of maak het veld leeg.",
            f"{veld}_mag",
        )
    if not any(tekst.values()):
        return None if _zorg_weg(traject, soort) else Stil()
    Trainingszorg.objects.update_or_create(traject=traject, soort=soort, defaults=tekst | {"gezegd_om": timezone.now()})
    for veld, waarvoor in TOESTEMMING.items():
        _toestemming(traject.kandidaat, waarvoor, tekst[veld])
    return None


def _toestemming(gebruiker, waarvoor, staat):
    geldig = Toestemming.objects.filter(gebruiker=gebruiker, waarvoor=waarvoor, ingetrokken_om=None)
    if not staat:
        geldig.update(ingetrokken_om=timezone.now())
    elif not geldig.exists():
        Toestemming.objects.create(gebruiker=gebruiker, waarvoor=waarvoor)


def _zorg_weg(traject, soort):
    """Kernel: erase diet and access of this traject and end the consents. Returns whether there was something."""
    aantal, _ = Trainingszorg.objects.filter(traject=traject, soort=soort).delete()
    for waarvoor in TOESTEMMING.values():
        _toestemming(traject.kandidaat, waarvoor, "")
    return bool(aantal)


@handeling(Rol.SYSTEEM, Rol.KANDIDAAT, gesloten_mag=True)
def trainingszorg_wissen(trainingszorg, *, door):
    """Erase diet and access: the person wants it, or the training is over."""
    _zorg_weg(trainingszorg.traject, trainingszorg.soort)


def zorg_opruimen():
    """Erase diet and access from the day after the last day of the group, and of who has no place any more.

    Returns how many.
    """
    vandaag = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time.min))
    volgt_nog = Deelname.objects.filter(
        traject=OuterRef("traject"), soort=OuterRef("soort"), afgemeld_om=None, geplaatst_om__isnull=False,
        uitvoering__bijeenkomsten__eindigt_om__gte=vandaag,
    )  # fmt: skip
    voorbij = Trainingszorg.objects.filter(Q(traject__afgesloten_op__isnull=False) | ~Exists(volgt_nog))
    return sum(_gewist(zorg) for zorg in voorbij)


def _gewist(zorg):
    """Erase one row; False when it is gone already, by another worker or by the person."""
    try:
        trainingszorg_wissen(zorg, door=None)
    except Geweigerd:
        return False
    return True


def zorg_inzien(uitvoering, *, door):
    """Read diet and access of the people in one's own group (its trainers) or of any group (bureau). Returns the rows
    by name.

    Each look is journaled per person. Raises Geweigerd for who may not see this group.
    """
    als = toegestane_rol(uitvoering, None, door, (Rol.TRAINER, Rol.BUREAU))
    vereis(uitvoering.is_training, "Dit is geen training.")
    erbij = uitvoering.deelnames.filter(geplaatst_om__isnull=False, afgemeld_om=None).exclude(traject__kandidaat=door)
    rijen = Trainingszorg.objects.filter(
        soort=uitvoering.soort, traject__in=erbij.values("traject"), traject__afgesloten_op=None
    )
    rijen = list(rijen.select_related("traject__kandidaat").order_by("traject__kandidaat__zoek", "pk"))
    inzagen_noteren([rij.traject for rij in rijen], door=door, als=als, wat="zorg")
    return rijen
