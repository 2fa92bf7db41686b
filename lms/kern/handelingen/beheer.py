"""Acts of the bureau on settings and the outbox. There is no traject to lock, so they stand outside the decorator."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms.kern.handelingen.motor import NIET_HIER, Geweigerd, vereis
from lms.kern.handelingen.termijnen import INSTELLINGEN
from lms.kern.instellingen import STANDAARD, instelling
from lms.kern.models import Bericht, Beurt, Gebruiker, Instelling, Journaalregel, Rol, Traject


def _alleen_bureau(door):
    if Rol.BUREAU not in door.rollen():
        raise Geweigerd(NIET_HIER)


def _als_standaard(standaard, waarde):
    """`waarde` in the type of the default. Raises ValidationError."""
    if isinstance(standaard, bool):
        return bool(waarde)
    if isinstance(standaard, int):
        vereis(
            str(waarde).strip().isdecimal() and int(waarde) <= 10_000,
            "Vul een heel getal in, van 0 tot 10.000.",
            "waarde",
        )
        return int(waarde)
    vereis(len(str(waarde)) <= 2000, "Deze tekst is te lang.", "waarde")
    return str(waarde).strip()


def beheer_inzien(*, door, model, rij=None):
    """Journal that the superuser looked in Django's admin: at a list of `model`, or at one row, about the person it
    belongs to.
    """
    bron = getattr(rij, "registratie", rij)
    traject = bron if isinstance(bron, Traject) else getattr(bron, "traject", None)
    mens = (
        rij
        if isinstance(rij, Gebruiker)
        else next((getattr(rij, n) for n in ("over", "gebruiker", "aan") if getattr(rij, n, None)), None)
    )
    gegevens = {"wat": "beheer", "model": model._meta.label} | ({"pk": rij.pk} if rij is not None else {})
    over = traject.kandidaat if traject else mens
    Journaalregel.objects.create(
        handeling="inzage", traject=traject, over=over, door=door, als=Rol.BEHEER, gegevens=gegevens
    )


def instelling_wijzigen(code, *, door, waarde):
    """Set `code` to `waarde` from now on.

    Promised dates stay as they were promised. Raises Geweigerd, ValidationError.
    """
    _alleen_bureau(door)
    vereis(code in STANDAARD, "Deze instelling bestaat niet.")
    nieuw = _als_standaard(STANDAARD[code][0], waarde)
    if instelling(code) == nieuw:
        return
    with transaction.atomic():
        Instelling.objects.create(code=code, waarde=nieuw)
        if code in INSTELLINGEN:
            Beurt.objects.update(kijk_op=timezone.localdate())
        Journaalregel.objects.create(
            handeling="instelling_wijzigen", door=door, als=Rol.BUREAU, gegevens={"code": code}
        )


def bericht_opnieuw(bericht, *, door):
    """Put a message that is uncertain or waits for a retry back in the outbox, to go now."""
    _alleen_bureau(door)
    with transaction.atomic():
        aantal = (
            Bericht.objects.filter(pk=bericht.pk, verstuurd_om=None, vervallen_om=None)
            .exclude(voorrang=True)
            # not while it is handed over
            .filter(Q(bezig_om=None) | Q(onzeker_om__isnull=False) | Q(geweigerd_om__isnull=False))
            .update(
                onzeker_om=None,
                geweigerd_om=None,
                bezig_om=None,
                pogingen=0,
                klaar_om=timezone.now(),
                bundelen=False,
                bundel=None,
            )
        )
        vereis(
            aantal,
            "Dit bericht gaat niet opnieuw: het is verstuurd of vervallen, of het is mail om in te loggen. Die "
            "vraagt de persoon zelf.",
        )
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
        aantal = Bericht.objects.filter(pk=bericht.pk, verstuurd_om=None, vervallen_om=None).update(
            vervallen_om=timezone.now(), geheim=""
        )
        vereis(aantal, "Dit bericht is al verstuurd of vervallen.")
        Journaalregel.objects.create(
            handeling="bericht_schrappen",
            door=door,
            als=Rol.BUREAU,
            traject=bericht.traject,
            over=bericht.aan,
            gegevens={"bericht": bericht.pk},
        )
