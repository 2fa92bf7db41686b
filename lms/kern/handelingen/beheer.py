"""Acts of the bureau on settings and the outbox; and what is journaled of looking in Django's admin."""

from django.db.models import Q
from django.utils import timezone

from lms.kern.handelingen.motor import Stil, handeling
from lms.kern.handelingen.opschrijven import inzage_noteren
from lms.kern.handelingen.termijnen import INSTELLINGEN
from lms.kern.handelingen.weigeren import vereis
from lms.kern.instellingen import STANDAARD, instelling
from lms.kern.models import Bericht, Beurt, Gebruiker, Instelling, Rol, Traject


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
    welke = {"model": model._meta.label} | ({"pk": rij.pk} if rij is not None else {})
    inzage_noteren(traject, door=door, als=Rol.BEHEER, wat="beheer", over=mens, **welke)


@handeling(Rol.BUREAU, maakt=True)
def instelling_wijzigen(*, door, code, waarde):
    """Set `code` to `waarde` from now on; every change is a row, which is returned.

    Promised dates stay as they were promised. Raises Geweigerd, ValidationError.
    """
    vereis(code in STANDAARD, "Deze instelling bestaat niet.")
    nieuw = _als_standaard(STANDAARD[code][0], waarde)
    if instelling(code) == nieuw:
        return Stil()
    if code in INSTELLINGEN:
        Beurt.objects.update(kijk_op=timezone.localdate())
    return Instelling.objects.create(code=code, waarde=nieuw)


@handeling(Rol.BUREAU, gesloten_mag=True)
def bericht_opnieuw(bericht, *, door):
    """Put a message that is uncertain or waits for a retry back in the outbox, to go now."""
    # not while it is handed over
    stil = Q(bezig_om=None) | Q(onzeker_om__isnull=False) | Q(geweigerd_om__isnull=False)
    aantal = (
        Bericht.objects.filter(stil, pk=bericht.pk, verstuurd_om=None, vervallen_om=None)
        .exclude(voorrang=True)
        .update(
            onzeker_om=None, geweigerd_om=None, bezig_om=None, pogingen=0, klaar_om=timezone.now(), bundelen=False,
            bundel=None,
        )
    )  # fmt: skip
    vereis(
        aantal,
        "Dit bericht gaat niet opnieuw: het is verstuurd of vervallen, of het is mail om in te loggen. Die "
        "vraagt de persoon zelf.",
    )


@handeling(Rol.BUREAU, gesloten_mag=True)
def bericht_schrappen(bericht, *, door):
    """Cancel a message that has not gone."""
    aantal = Bericht.objects.filter(pk=bericht.pk, verstuurd_om=None, vervallen_om=None).update(
        vervallen_om=timezone.now(), geheim=""
    )
    vereis(aantal, "Dit bericht is al verstuurd of vervallen.")
