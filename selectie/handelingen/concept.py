"""The draft of an application: made, found again by its link, kept, thrown away.

What was proven about it ends when its address changes.
"""

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from lms.kern import bestanden
from lms.kern.afdruk import vingerafdruk
from lms.kern.berichten import berichten_laten_vervallen
from lms.kern.bestanden.nagekeken import Nagekeken
from lms.kern.handelingen import vereis
from lms.kern.instellingen import instelling
from selectie.models import Aanmeldconcept


class AlVerstuurd(Exception):  # noqa: N818 - what happened, in the words of the house
    """The draft was sent or thrown away meanwhile, in another tab or browser."""


# what in the draft belongs to its address: consent, and that the link went there
BEWIJZEN = ("akkoord", "link_gemaild")


def hash_van(token):
    return hashlib.sha256(token.encode()).hexdigest()


def over(concept):
    """How the messages about this draft begin their key."""
    return f"aanmelding:{concept.pk}"


def concept_maken(gegevens=None):
    """Begin an application. Returns (Aanmeldconcept, token); only the token's hash is stored."""
    token = secrets.token_urlsafe(32)
    return Aanmeldconcept.objects.create(token_hash=hash_van(token), gegevens=gegevens or {}), token


def _bewaard():
    """Drafts that are not older than the setting allows."""
    return Aanmeldconcept.objects.filter(
        gewijzigd_om__gte=timezone.now() - dt.timedelta(days=instelling("concept_aanmelding"))
    )


def concept_vinden(token):
    """The own draft of a visitor that this browser works on; None when the key is unknown, ended, or of a draft of
    the bureau.
    """
    return _bewaard().filter(token_hash=hash_van(str(token)), bureau=None).first() if token else None


def link_vinden(token, *, van_bureau):
    """The draft of a mailed link: a visitor's, or one that the bureau typed and that waits to be confirmed.

    None otherwise.
    """
    rijen = _bewaard().filter(link_hash=hash_van(str(token)), bureau__isnull=not van_bureau)
    return rijen.filter(gestuurd_om__isnull=False).first() if van_bureau else rijen.first()


def link_maken(concept):
    """Kernel: a new mailed link for this draft; an older one ends. Returns its token."""
    token = secrets.token_urlsafe(32)
    Aanmeldconcept.objects.filter(pk=concept.pk).update(link_hash=hash_van(token))
    return token


def concept_overnemen(concept):
    """Who opened the mailed link works on: a new key for that browser, the key of every other browser ends.

    Returns the token.
    """
    token = secrets.token_urlsafe(32)
    Aanmeldconcept.objects.filter(pk=concept.pk, bureau=None).update(token_hash=hash_van(token))
    return token


def concept_kopieren(concept):
    """A draft of the person's own, with all that the bureau typed and its files; that of the bureau stays.

    Returns its token.
    """
    with bestanden.of_niets(), transaction.atomic():
        concept = Aanmeldconcept.objects.select_for_update().filter(pk=concept.pk).first()
        vereis(concept, "Deze aanmelding is er niet meer.")
        eigen, token = concept_maken(
            {naam: waarde for naam, waarde in concept.gegevens.items() if naam not in BEWIJZEN}
        )
        for veld in ("brief_bestand", "cv_bestand"):
            bestand = getattr(concept, veld)
            if bestand:
                setattr(eigen, veld, bestanden.bewaren(_kopie(bestand), soort=bestand.soort))
        eigen.save()
    return token


def _kopie(bestand):
    with bestand.inhoud.open("rb") as inhoud:
        return Nagekeken(bestand.naam, bestand.mime, ContentFile(inhoud.read()))


def afdruk(concept):
    """A print of all that will be sent: a text that changed in between is read again before it is confirmed."""
    inhoud = {naam: waarde for naam, waarde in concept.gegevens.items() if naam not in BEWIJZEN}
    return vingerafdruk({**inhoud, "_brief": concept.brief_bestand_id, "_cv": concept.cv_bestand_id})


def concept_bewaren(concept, gegevens, **uploads):
    """Keep what was filled in. `uploads`: brief and/or cv, an upload to store or False to remove.

    Returns the new token when the address changed: every proof went to the old one, so code, links and consent end.
    None otherwise. Raises ValidationError by field for a bad file; the rest is kept then.
    """
    fouten = {}
    with bestanden.of_niets(), transaction.atomic():
        rij = Aanmeldconcept.objects.select_for_update().filter(pk=concept.pk).first()
        if rij is None:
            raise AlVerstuurd
        ander_adres = rij.email and gegevens.get("email", rij.email).lower() != rij.email.lower()
        token = _bewijzen_beeindigen(rij) if ander_adres else None
        rij.gegevens = {**rij.gegevens, **gegevens}
        for soort, upload in uploads.items():
            if upload is None:
                continue
            try:
                nieuw = bestanden.bewaren(upload, soort=soort) if upload else None
            except ValidationError as fout:
                fouten[f"{soort}_bestand"] = fout.messages
            else:
                bestanden.weghalen(getattr(rij, f"{soort}_bestand"))
                setattr(rij, f"{soort}_bestand", nieuw)
        rij.save()
    concept.refresh_from_db()
    if fouten:
        raise ValidationError(fouten)
    return token


def _bewijzen_beeindigen(concept):
    """Kernel, on the locked row: code, resume link, link to confirm and consent belong to the address they went to.

    Returns the new token.
    """
    token = secrets.token_urlsafe(32)
    concept.link_hash, concept.code_hash, concept.code_om, concept.gestuurd_om = "", "", None, None
    if concept.bureau_id is None:
        concept.token_hash = hash_van(token)
    concept.gegevens = {naam: waarde for naam, waarde in concept.gegevens.items() if naam not in BEWIJZEN}
    berichten_laten_vervallen(over(concept))
    return token


def concepten_opruimen():
    """Remove drafts older than the setting, with their files. Returns how many."""
    grens = timezone.now() - dt.timedelta(days=instelling("concept_aanmelding"))
    weg = 0
    for pk in list(Aanmeldconcept.objects.filter(gewijzigd_om__lt=grens).values_list("pk", flat=True)):
        with transaction.atomic():
            oud = Aanmeldconcept.objects.select_for_update().filter(pk=pk, gewijzigd_om__lt=grens).first()
            if oud:  # not sent or changed meanwhile
                concept_weggooien(oud)
                weg += 1
    return weg


def concept_weggooien(concept):
    """Kernel: delete a draft with its files; what was not mailed about it lapses."""
    bestanden_van = (concept.brief_bestand, concept.cv_bestand)
    with transaction.atomic():
        berichten_laten_vervallen(over(concept))
        concept.delete()
        for bestand in bestanden_van:
            bestanden.weghalen(bestand)
