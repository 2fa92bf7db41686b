"""The bureau types an application on behalf of somebody: a draft until that person confirms, by a mailed link or on
paper (DOMAIN §2, §7).
"""

import datetime as dt
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lms.kern.berichten import accountbericht_maken, berichten_laten_vervallen
from lms.kern.handelingen import NIET_HIER, Geweigerd, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Journaalregel, Rol, Traject
from selectie.handelingen.aanmelden import bevestigd_beginnen
from selectie.handelingen.concept import AlVerstuurd, afdruk, concept_bewaren, concept_weggooien, hash_van, over
from selectie.models import AKKOORD_VERSIE, Aanmeldconcept

AL_WEG = "Deze aanmelding is er niet meer. Misschien is hij al bevestigd."


def _alleen_bureau(door):
    if Rol.BUREAU not in door.rollen():
        raise Geweigerd(NIET_HIER)


def _noteren(naam, concept, door):
    Journaalregel.objects.create(handeling=naam, door=door, als=Rol.BUREAU, gegevens={"concept": concept.pk})


def namens_inzien(concept, *, door):
    """Journal that somebody of the bureau reads the letter and cv of a draft.

    There is no traject yet. Raises Geweigerd.
    """
    _alleen_bureau(door)
    Journaalregel.objects.create(
        handeling="inzage", door=door, als=Rol.BUREAU, gegevens={"wat": "brief", "concept": concept.pk}
    )


def namens_beginnen(*, door, gegevens, verzoek_id="", **uploads):
    """Make the draft; a second send of the same form gives the same one.

    Returns (Aanmeldconcept, ValidationError of a bad file or None). Raises Geweigerd.
    """
    _alleen_bureau(door)
    sleutel = hash_van(f"bureau:{verzoek_id or secrets.token_urlsafe(32)}")
    with transaction.atomic():
        concept, nieuw = Aanmeldconcept.objects.get_or_create(token_hash=sleutel, defaults={"bureau": door})
        if nieuw:
            _noteren("namens_beginnen", concept, door)
    return concept, _bewaren(concept, gegevens, uploads)


def namens_bewaren(concept, *, door, gegevens, **uploads):
    """Change the draft. A link that was sent stops working: nobody confirms a text that was not read.

    Returns the error of a bad file, or None.
    """
    _alleen_bureau(door)
    with transaction.atomic():
        rij = _op_slot(concept)
        veranderd = any(rij.gegevens.get(veld, "") != waarde for veld, waarde in gegevens.items())
        veranderd = veranderd or any(upload is not None for upload in uploads.values())
        if veranderd and rij.gestuurd_om:
            Aanmeldconcept.objects.filter(pk=rij.pk).update(gestuurd_om=None, link_hash="")
            berichten_laten_vervallen(over(rij))
    return _bewaren(concept, gegevens, uploads)


def _bewaren(concept, gegevens, uploads):
    try:
        concept_bewaren(concept, gegevens, **uploads)
    except ValidationError as fout:
        return fout
    except AlVerstuurd as fout:
        raise ValidationError(AL_WEG) from fout
    return None


def wat_ontbreekt(concept):
    """What is still needed before it can be confirmed, as sentences."""
    gegevens = concept.gegevens
    nodig = (
        (gegevens.get("voornaam"), "de naam"),
        (gegevens.get("regio"), "de regio"),
        (gegevens.get("motivatie") or concept.brief_bestand_id, "de brief"),
        (gegevens.get("cv") or concept.cv_bestand_id, "het cv"),
    )
    return [woord for er, woord in nodig if not er]


def bekend_als(concept):
    """(person, open traject) of the address of this draft, for the bureau's eyes only; (None, None) when it is new."""
    mens = Gebruiker.objects.filter(email__iexact=concept.email).first() if concept.email else None
    return mens, Traject.objects.filter(kandidaat=mens).lopend().first() if mens else None


def _op_slot(concept):
    rij = Aanmeldconcept.objects.select_for_update().filter(pk=concept.pk, bureau__isnull=False).first()
    vereis(rij, AL_WEG)
    return rij


def _compleet(rij):
    mist = wat_ontbreekt(rij)
    vereis(not mist, f"Vul eerst nog in: {', '.join(mist)}.")


def namens_sturen(concept, *, door):
    """Mail the person a link to read everything and confirm.

    Sending again makes the older link worthless. Returns the Bericht. Raises Geweigerd, ValidationError.
    """
    _alleen_bureau(door)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        rij = _op_slot(concept)
        _compleet(rij)
        vereis(rij.email, "Er is geen e-mailadres. Leg vast dat deze persoon op papier bevestigde.")
        vereis(
            rij.email.lower() != (door.email or "").lower(),
            "Dit is je eigen adres. Meld je zelf aan, of vraag een collega.",
        )
        vereis(bekend_als(rij)[1] is None, "Op dit e-mailadres loopt al een traject. Open het dossier.")
        wacht = rij.gestuurd_om and (timezone.now() - rij.gestuurd_om).total_seconds() < 30
        vereis(not wacht, "De link is net gestuurd. Wacht even voor je hem opnieuw stuurt.")
        Aanmeldconcept.objects.filter(pk=rij.pk).update(
            gestuurd_om=timezone.now(), link_hash=hash_van(token), gewijzigd_om=timezone.now()
        )
        _noteren("namens_sturen", rij, door)
        waarden = {
            "voornaam": rij.gegevens["voornaam"],
            "dagen": instelling("concept_aanmelding"),
            "link": settings.SITE_URL + reverse("aanmelden_bevestigen", args=[token]),
        }
        geldig = dt.timedelta(days=waarden["dagen"])
        return accountbericht_maken(
            rij.email, "aanmelding_bevestigen", over=f"{over(rij)}:link", waarden=waarden, geldig=geldig
        )


def namens_bevestigen(concept, *, gelezen, onafhankelijk):
    """The person read everything and confirms: person, address and traject are made in one go, as with an own
    application. Returns the Traject.

    `gelezen`: the print of what was on screen. Raises ValidationError: already confirmed, changed in between, or an
    open traject.
    """
    with transaction.atomic():
        rij = (
            Aanmeldconcept.objects.select_for_update()
            .filter(pk=concept.pk, bureau__isnull=False, gestuurd_om__isnull=False)
            .first()
        )
        vereis(rij, "Je aanmelding is al bevestigd. Log in met je e-mailadres.")
        vereis(gelezen == afdruk(rij), "Er is net iets veranderd in je aanmelding. Lees hem nog een keer.")
        _compleet(rij)
        rij.gegevens = {**rij.gegevens, "onafhankelijk": onafhankelijk, "akkoord": AKKOORD_VERSIE}
        return bevestigd_beginnen(rij)


def namens_op_papier(concept, *, door, op_papier_op):
    """Who has no e-mail address confirmed on paper: person (who cannot log in), application and traject in one go,
    journaled `namens`. Returns the Traject.
    """
    _alleen_bureau(door)
    with transaction.atomic():
        rij = _op_slot(concept)
        _compleet(rij)
        vereis(not rij.email, "Deze persoon heeft een e-mailadres. Stuur de link om te bevestigen.")
        vereis(rij.gegevens.get("onafhankelijk"), "Vul nog in wat deze persoon zei over onafhankelijk zijn.")
        vereis(
            op_papier_op and op_papier_op <= timezone.localdate(),
            "Kies de datum die op het papier staat.",
            "op_papier_op",
        )
        return bevestigd_beginnen(rij, door=door, op_papier_op=op_papier_op)


def namens_weggooien(concept, *, door):
    """Throw the draft away with its files; nothing was made from it."""
    _alleen_bureau(door)
    with transaction.atomic():
        rij = _op_slot(concept)
        _noteren("namens_weggooien", rij, door)
        concept_weggooien(rij)
