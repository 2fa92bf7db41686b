"""Acts of the bureau on settings and the outbox. There is no traject to lock, so they stand outside the decorator."""

from django.db import transaction
from django.utils import timezone

from lms.kern.handelingen.motor import NIET_HIER, Geweigerd, vereis
from lms.kern.instellingen import STANDAARD, instelling
from lms.kern.models import Bericht, Instelling, Journaalregel, Rol


def _alleen_bureau(door):
    if Rol.BUREAU not in door.rollen():
        raise Geweigerd(NIET_HIER)


def _als_standaard(standaard, waarde):
    """`waarde` in the type of the default. Raises ValidationError."""
    if isinstance(standaard, bool):
        return bool(waarde)
    if isinstance(standaard, int):
        vereis(str(waarde).strip().isdecimal() and int(waarde) <= 10_000, "Vul een heel getal in, van 0 tot 10.000.", "waarde")
        return int(waarde)
    vereis(len(str(waarde)) <= 2000, "Deze tekst is te lang.", "waarde")
    return str(waarde).strip()


def instelling_wijzigen(code, *, door, waarde):
    """Set `code` to `waarde` from now on. Promised dates stay as they were promised. Raises Geweigerd, ValidationError."""
    _alleen_bureau(door)
    vereis(code in STANDAARD, "Deze instelling bestaat niet.")
    nieuw = _als_standaard(STANDAARD[code][0], waarde)
    if instelling(code) == nieuw:
        return
    with transaction.atomic():
        Instelling.objects.create(code=code, waarde=nieuw)
        Journaalregel.objects.create(handeling="instelling_wijzigen", door=door, als=Rol.BUREAU, gegevens={"code": code})


def bericht_opnieuw(bericht, *, door):
    """Put a message that is uncertain or waits for a retry back in the outbox, to go now."""
    _alleen_bureau(door)
    with transaction.atomic():
        aantal = Bericht.objects.filter(pk=bericht.pk, verstuurd_om=None, vervallen_om=None).update(
            onzeker_om=None, bezig_om=None, pogingen=0, klaar_om=timezone.now(), bundelen=False, bundel=None
        )
        vereis(aantal, "Dit bericht is al verstuurd of vervallen.")
        Journaalregel.objects.create(
            handeling="bericht_opnieuw",
            door=door,
            als=Rol.BUREAU,
            traject=bericht.traject,
            over=bericht.aan,
            gegevens={"bericht": bericht.pk},
        )


def bericht_schrappen(bericht, *, door):
    """Cancel a message that has not gone."""
    _alleen_bureau(door)
    with transaction.atomic():
        aantal = Bericht.objects.filter(pk=bericht.pk, verstuurd_om=None, vervallen_om=None).update(vervallen_om=timezone.now())
        vereis(aantal, "Dit bericht is al verstuurd of vervallen.")
        Journaalregel.objects.create(
            handeling="bericht_schrappen",
            door=door,
            als=Rol.BUREAU,
            traject=bericht.traject,
            over=bericht.aan,
            gegevens={"bericht": bericht.pk},
        )
