"""The outbox: messages are rows written in the act's transaction, rendered and handed over by `versturen`.

Staff get one digest a day (`bundelen`, `dagberichten_maken`), nobody gets mail in the evening (DOMAIN §9). Account mails (codes) do not pass here.
"""

import datetime as dt
import secrets
from collections import Counter

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context
from django.template.loader import select_template
from django.utils import timezone
from django.utils.module_loading import import_string

from lms.kern.instellingen import instelling
from lms.kern.models import Bericht, Beurt, Gebruiker, Rol
from lms.kern.stappen import PER_CODE

DAGBERICHT = "dagbericht"
MAX_POGINGEN = 5
VASTGELOPEN = dt.timedelta(minutes=15)


def bericht_maken(aan, soort, *, traject=None, sleutel="", bundelen=False):
    """Put a message of template berichten/<soort>.txt in the outbox for person `aan`. Who has no e-mail address gets none.

    `bundelen`: for staff, goes along in the daily digest. Returns the row or None.
    """
    if not aan.email:
        return None
    sleutel = sleutel or f"{soort}:{secrets.token_urlsafe(12)}"
    return Bericht.objects.create(aan=aan, traject=traject, soort=soort, sleutel=sleutel, bundelen=bundelen)


def berichten_voor_beurten(traject, beurten):
    """One message per new turn for whoever is at turn: the candidate, the named trainer, the regiomanagers of the region, the bureau for an application."""
    rijen = []
    for beurt in beurten:
        if not beurt.aanzet.mail or (beurt.vanaf and beurt.vanaf > timezone.localdate() and not beurt.aanzet.code.endswith("_volgen")):
            continue
        rijen += [
            Bericht(
                aan=persoon,
                traject=traject,
                soort=f"beurt_{beurt.code}",
                sleutel=f"beurt:{beurt.pk}:{persoon.pk}",
                bundelen=beurt.rol != Rol.KANDIDAAT,
            )
            for persoon in ontvangers(traject, beurt)
            if persoon.email
        ]
    return Bericht.objects.bulk_create(rijen)


def ontvangers(traject, beurt):
    """Who gets a message about this turn: the candidate, the named person, the regiomanagers of the region or the bureau; not a role that only may help."""
    if beurt.persoon_id:
        return [beurt.persoon]
    if beurt.rol == Rol.KANDIDAAT:
        return [traject.kandidaat]
    if beurt.rol in (Rol.REGIOMANAGER, Rol.BUREAU) and len(beurt.aanzet.rollen) == 1:
        return mensen_met_rol(traject, beurt.rol)
    return []


def mensen_met_rol(traject, rol):
    """The people of the bureau, or the regiomanagers of this region; never the candidate."""
    rollen = {"rolvervullingen__rol": rol, "rolvervullingen__tot__isnull": True}
    if rol == Rol.REGIOMANAGER:
        rollen["rolvervullingen__regio"] = traject.regio_id
    return list(Gebruiker.objects.filter(**rollen).exclude(pk=traject.kandidaat_id))


def opmaken(bericht):
    """Render a message: (onderwerp, tekst). The first line of the template is the subject. A turn without its own template gets the general one."""
    gegevens = {
        "bericht": bericht, "aan": bericht.aan, "traject": bericht.traject, "beurt": _beurt_van(bericht),
        "kandidaat": bericht.traject.kandidaat if bericht.traject else None, "site": settings.SITE_URL,
        "regels": _regels(bericht) if bericht.soort == DAGBERICHT else [],
    }  # fmt: skip
    sjabloon = select_template([f"berichten/{bericht.soort}.txt", "berichten/beurt.txt"]).template
    onderwerp, _, romp = sjabloon.render(Context(gegevens, autoescape=False)).strip().partition("\n")
    return onderwerp.strip(), romp.strip() + "\n"


def _beurt_van(bericht):
    """The turn a message is about: its key begins with "beurt:<pk>:". None when the turn is gone, or for another message."""
    soort, _, rest = bericht.sleutel.partition(":")
    return Beurt.objects.filter(pk=int(rest.partition(":")[0]), traject=bericht.traject_id).first() if soort == "beurt" else None


def _regels(dagbericht):
    """What goes along in a digest: [(number, sentence)], the most first. Tasks and subjects only, never a name."""
    delen = dagbericht.delen.filter(vervallen_om=None).select_related("aan", "traject__kandidaat")
    zinnen = Counter()
    for deel in delen:
        aanzet = PER_CODE.get(deel.soort.removeprefix("beurt_"))
        zinnen[aanzet.taak if aanzet else opmaken(deel)[0]] += 1
    return [(aantal, zin) for zin, aantal in zinnen.most_common()]


def dagberichten_maken():
    """One digest per member of staff and day, with all that waits to go along. Called by the worker, safe to run twice. Returns how many were made."""
    nu = timezone.now()
    if stille_uren(nu):
        return 0
    wachtend = Bericht.objects.wachtend().filter(bundelen=True, bundel=None, klaar_om__lte=nu)
    gemaakt = 0
    for persoon in Gebruiker.objects.filter(pk__in=wachtend.values("aan")).order_by("pk"):
        with transaction.atomic():
            dagbericht, nieuw = Bericht.objects.get_or_create(
                sleutel=f"{DAGBERICHT}:{persoon.pk}:{timezone.localdate(nu)}", defaults={"aan": persoon, "soort": DAGBERICHT}
            )
            if nieuw:
                wachtend.filter(aan=persoon).update(bundel=dagbericht)
                gemaakt += 1
    return gemaakt


def stille_uren(moment):
    """Whether no mail goes out at `moment`: in the evening and at night (DOMAIN §9)."""
    return not instelling("mail_vanaf") <= timezone.localtime(moment).hour < instelling("mail_tot")


def bijlagen_van(bericht):
    """The files that go with a message: [(name, bytes, mimetype)]. Which function makes them is in the settings, so that the ground names no app above it."""
    pad = settings.BERICHT_BIJLAGEN.get(bericht.soort)
    return import_string(pad)(bericht) if pad else []


def versturen(*, maximaal=200):
    """One pass of the outbox; safe to run twice at once. Returns (verstuurd, mislukt).

    A message is claimed before it is handed over; a crash in between leaves it "onzeker" for staff, never a silent second mail.
    """
    nu = timezone.now()
    if stille_uren(nu):
        return 0, 0
    Bericht.objects.filter(bezig_om__lt=nu - VASTGELOPEN, verstuurd_om=None, onzeker_om=None).update(onzeker_om=nu)
    _lege_dagberichten_schrappen(nu)
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


def _lege_dagberichten_schrappen(nu):
    """All that would go along was done in the meantime."""
    vol = Bericht.objects.filter(bundel__isnull=False, vervallen_om=None)
    Bericht.objects.wachtend().filter(soort=DAGBERICHT, bezig_om=None).exclude(pk__in=vol.values("bundel")).update(vervallen_om=nu)


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
    bericht.delen.wachtend().update(verstuurd_om=timezone.now(), onderwerp=onderwerp[:200])
    return True


def _later_opnieuw(bericht):
    pogingen = bericht.pogingen + 1
    velden = {"pogingen": pogingen, "bezig_om": None, "klaar_om": timezone.now() + dt.timedelta(minutes=5 * 2**pogingen)}
    if pogingen >= MAX_POGINGEN:
        velden |= {"onzeker_om": timezone.now()}
    Bericht.objects.filter(pk=bericht.pk).update(**velden)
    return False
