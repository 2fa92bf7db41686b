"""Putting a message in the outbox: for a person, for a turn, or account mail for an address."""

import datetime as dt
import json
import secrets

from django.utils import timezone

from lms.kern.berichten.feiten import plaats_maken
from lms.kern.geheim import versleutelen
from lms.kern.models import Bericht, Gebruiker, Rol, Traject


def bericht_maken(aan, soort, *, traject=None, sleutel="", feit=None, gegevens=None, bundelen=False):
    """Put a message of template berichten/<soort>.txt in the outbox for person `aan`. Who has no e-mail address gets
    none.

    `feit`: the row it is about (see feiten.py); what waits about the same row is overtaken. `bundelen`: for staff, goes
    along in the daily digest. Returns the row, or None when there is nothing to tell.
    """
    nummer = feit.pk if feit else 0
    if not aan.email or not plaats_maken(aan, soort, nummer):
        return None
    return Bericht.objects.create(
        aan=aan,
        traject=traject,
        soort=soort,
        sleutel=sleutel or f"{soort}:{nummer}:{secrets.token_urlsafe(12)}",
        feit=nummer,
        gegevens=gegevens or {},
        bundelen=bundelen,
    )


def nog_niet_gemaakt(per_sleutel):
    """Of {key: anything} the pairs whose message was never made. One question for every thousand."""
    sleutels, bekend = list(per_sleutel), set()
    for begin in range(0, len(sleutels), 1000):
        deel = sleutels[begin : begin + 1000]
        bekend.update(Bericht.objects.filter(sleutel__in=deel).values_list("sleutel", flat=True))
    return [(sleutel, per_sleutel[sleutel]) for sleutel in sleutels if sleutel not in bekend]


def accountbericht_maken(adres, soort, *, over, waarden=None, gegevens=None, geldig=dt.timedelta(days=1)):
    """Account mail for `adres`: goes before all other mail, at any hour. What waits about the same `over` is overtaken
    and lapses.

    `soort`: template berichten/<soort>.txt, or the prefix of one of allauth's (with a slash). `waarden`: what only the
    reader may know, sealed until it was sent. `gegevens`: numbers of rows, readable. Not sent within `geldig`, it
    lapses. Returns the Bericht.
    """
    berichten_laten_vervallen(over)
    nu = timezone.now()
    return Bericht.objects.create(
        adres=adres,
        soort=soort,
        sleutel=f"{over}:{secrets.token_urlsafe(12)}",
        gegevens=gegevens or {},
        geheim=versleutelen(json.dumps(waarden)) if waarden else "",
        voorrang=True,
        verloopt_om=nu + geldig,
    )


def berichten_laten_vervallen(over):
    """What was not sent about `over` (the first part of its key, without the last colon) is true no more.

    Returns how many.
    """
    wacht = Bericht.objects.filter(sleutel__startswith=f"{over}:", verstuurd_om=None, vervallen_om=None)
    return wacht.update(vervallen_om=timezone.now(), geheim="")


def berichten_voor_beurten(traject, beurten):
    """One message per new turn for whoever is at turn: the candidate, the named trainer, the regiomanagers of the
    region, the bureau for an application.
    """
    rijen = []
    for beurt in beurten:
        te_vroeg = beurt.vanaf and beurt.vanaf > timezone.localdate() and not beurt.aanzet.vooraf
        if te_vroeg or not beurt.aanzet.mail:
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


def teamleden(rol, regio_id=None):
    """The people of the bureau, or the regiomanagers of this region, who can log in."""
    rollen = {"rolvervullingen__rol": rol, "rolvervullingen__tot__isnull": True}
    if rol == Rol.REGIOMANAGER:
        rollen["rolvervullingen__regio"] = regio_id
    return list(Gebruiker.objects.filter(**rollen, is_active=True).order_by("pk"))


def mensen_met_rol(traject, rol, team=teamleden):
    """The people of the bureau, or the regiomanagers of this region; never the candidate.

    `team`: who looks them up, for a caller that asks for many paths.
    """
    leden = team(rol, traject.regio_id if rol == Rol.REGIOMANAGER else None)
    return [lid for lid in leden if lid.pk != traject.kandidaat_id]


def ontvangers(traject, beurt, team=teamleden):
    """Who gets a message about this turn: the candidate, the named person, those that its row names, the regiomanagers
    of the region or the bureau; not a role that only may help.
    """
    if beurt.persoon_id:
        return [beurt.persoon]
    if beurt.rol == Rol.KANDIDAAT:
        return [traject.kandidaat]
    if beurt.aanzet.wie:
        return _mensen(traject, beurt.aanzet.wie)
    if beurt.rol in (Rol.REGIOMANAGER, Rol.BUREAU) and len(beurt.aanzet.rollen) == 1:
        return mensen_met_rol(traject, beurt.rol, team)
    return []


def _mensen(traject, wie):
    rijen = Traject._base_manager.filter(wie.waar.volledig(Traject), pk=traject.pk).values(wie.pad)
    return list(Gebruiker.objects.filter(pk__in=rijen, is_active=True).exclude(pk=traject.kandidaat_id).order_by("pk"))
