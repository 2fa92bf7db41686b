"""The outbox: messages are rows written in the act's transaction, rendered and handed over by `verstuur`."""

import datetime as dt
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import select_template
from django.utils import timezone
from django.utils.module_loading import import_string

from lms.kern.models import Bericht, Gebruiker, Rol

MAX_POGINGEN = 5
VASTGELOPEN = dt.timedelta(minutes=15)


def bericht_maken(aan, soort, *, traject=None, sleutel=""):
    """Put a message of template berichten/<soort>.txt in the outbox for person `aan`. Who has no e-mail address gets none. Returns the row or None."""
    if not aan.email:
        return None
    return Bericht.objects.create(aan=aan, traject=traject, soort=soort, sleutel=sleutel or f"{soort}:{secrets.token_urlsafe(12)}")


def berichten_voor_beurten(traject, beurten):
    """One message per new turn for whoever is at turn: the candidate, the named trainer, the regiomanagers of the region, the bureau for an application."""
    rijen = []
    for beurt in beurten:
        if not beurt.aanzet.mail or (beurt.vanaf and beurt.vanaf > timezone.localdate() and not beurt.aanzet.code.endswith("_volgen")):
            continue
        rijen += [
            Bericht(aan=persoon, traject=traject, soort=f"beurt_{beurt.code}", sleutel=f"beurt:{beurt.pk}:{persoon.pk}")
            for persoon in _ontvangers(traject, beurt)
            if persoon.email
        ]
    return Bericht.objects.bulk_create(rijen)


def _ontvangers(traject, beurt):
    if beurt.persoon_id:
        return [beurt.persoon]
    if beurt.rol == Rol.KANDIDAAT:
        return [traject.kandidaat]
    if beurt.rol in (Rol.REGIOMANAGER, Rol.BUREAU) and len(beurt.aanzet.rollen) == 1:
        rollen = {"rolvervullingen__rol": beurt.rol, "rolvervullingen__tot__isnull": True}
        if beurt.rol == Rol.REGIOMANAGER:
            rollen["rolvervullingen__regio"] = traject.regio_id
        return list(Gebruiker.objects.filter(**rollen).exclude(pk=traject.kandidaat_id))
    return []


def opmaken(bericht):
    """Render a message: (onderwerp, tekst). The first line of the template is the subject. A turn without its own template gets the general one."""
    beurt = bericht.traject.beurten.filter(code=bericht.soort.removeprefix("beurt_")).first() if bericht.traject else None
    gegevens = {
        "bericht": bericht, "aan": bericht.aan, "traject": bericht.traject, "beurt": beurt,
        "kandidaat": bericht.traject.kandidaat if bericht.traject else None, "site": settings.SITE_URL,
    }  # fmt: skip
    sjabloon = select_template([f"berichten/{bericht.soort}.txt", "berichten/beurt.txt"]).template
    onderwerp, _, romp = sjabloon.render(Context(gegevens, autoescape=False)).strip().partition("\n")
    return onderwerp.strip(), romp.strip() + "\n"


def bijlagen_van(bericht):
    """The files that go with a message: [(name, bytes, mimetype)]. Which function makes them is in the settings, so that the ground names no app above it."""
    pad = settings.BERICHT_BIJLAGEN.get(bericht.soort)
    return import_string(pad)(bericht) if pad else []


def versturen(*, maximaal=200):
    """One pass of the outbox; safe to run twice at once. Returns (verstuurd, mislukt).

    A message is claimed before it is handed over; a crash in between leaves it "onzeker" for staff, never a silent second mail.
    """
    nu = timezone.now()
    Bericht.objects.filter(bezig_om__lt=nu - VASTGELOPEN, verstuurd_om=None, onzeker_om=None).update(onzeker_om=nu)
    verstuurd = mislukt = 0
    for pk in list(
        Bericht.objects.te_versturen(nu).filter(bezig_om=None).order_by("klaar_om", "pk").values_list("pk", flat=True)[:maximaal]
    ):
        if not Bericht.objects.filter(pk=pk, bezig_om=None, verstuurd_om=None, vervallen_om=None).update(bezig_om=nu):
            continue
        if _overhandigen(Bericht.objects.select_related("aan", "traject__kandidaat").get(pk=pk)):
            verstuurd += 1
        else:
            mislukt += 1
    return verstuurd, mislukt


def _overhandigen(bericht):
    try:
        onderwerp, tekst = opmaken(bericht)
        mail = EmailMessage(onderwerp, tekst, to=[bericht.aan.email], headers={"Auto-Submitted": "auto-generated"})
        for bijlage in bijlagen_van(bericht):
            mail.attach(*bijlage)
        mail.send()
    except OSError:
        return _later_opnieuw(bericht)
    Bericht.objects.filter(pk=bericht.pk).update(verstuurd_om=timezone.now(), onderwerp=onderwerp[:200])
    return True


def _later_opnieuw(bericht):
    pogingen = bericht.pogingen + 1
    velden = {"pogingen": pogingen, "bezig_om": None, "klaar_om": timezone.now() + dt.timedelta(minutes=5 * 2**pogingen)}
    if pogingen >= MAX_POGINGEN:
        velden |= {"onzeker_om": timezone.now()}
    Bericht.objects.filter(pk=bericht.pk).update(**velden)
    return False
