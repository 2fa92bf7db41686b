"""The bureau types an application on behalf of somebody: a draft until that person confirms, by a mailed link or on paper (DOMAIN §2, §7)."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lms.kern.accounts import code_mailen
from lms.kern.formulieren import vingerafdruk
from lms.kern.handelingen import NIET_HIER, Geweigerd, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Journaalregel, Rol, Traject
from selectie.handelingen.aanmelden import concept_bewaren, concept_weggooien, hash_van, persoon_van, traject_beginnen
from selectie.models import Aanmeldconcept

AL_WEG = "Deze aanmelding is er niet meer. Misschien is hij al bevestigd."


def _alleen_bureau(door):
    if Rol.BUREAU not in door.rollen():
        raise Geweigerd(NIET_HIER)


def _noteren(naam, concept, door):
    Journaalregel.objects.create(handeling=naam, door=door, als=Rol.BUREAU, gegevens={"concept": concept.pk})


def namens_beginnen(*, door, gegevens, verzoek_id="", **uploads):
    """Make the draft; a second send of the same form gives the same one. Returns (Aanmeldconcept, ValidationError of a bad file or None). Raises Geweigerd."""
    _alleen_bureau(door)
    sleutel = hash_van(f"bureau:{verzoek_id or secrets.token_urlsafe(32)}")
    with transaction.atomic():
        concept, nieuw = Aanmeldconcept.objects.get_or_create(token_hash=sleutel, defaults={"bureau": door})
        if nieuw:
            _noteren("namens_beginnen", concept, door)
    return concept, _bewaren(concept, gegevens, uploads)


def namens_bewaren(concept, *, door, gegevens, **uploads):
    """Change the draft. A link that was sent stops working: nobody confirms a text that was not read. Returns the error of a bad file, or None."""
    _alleen_bureau(door)
    vereis(Aanmeldconcept.objects.filter(pk=concept.pk, bureau__isnull=False).exists(), AL_WEG)
    veranderd = any(concept.gegevens.get(veld, "") != waarde for veld, waarde in gegevens.items()) or any(
        upload is not None for upload in uploads.values()
    )
    if veranderd and concept.gestuurd_om:
        Aanmeldconcept.objects.filter(pk=concept.pk).update(gestuurd_om=None, token_hash=hash_van(secrets.token_urlsafe(32)))
    return _bewaren(concept, gegevens, uploads)


def _bewaren(concept, gegevens, uploads):
    try:
        concept_bewaren(concept, gegevens, **uploads)
    except ValidationError as fout:
        return fout
    return None


def wat_ontbreekt(concept):
    """What is still needed before it can be confirmed, as sentences."""
    gegevens = concept.gegevens
    nodig = (
        (gegevens.get("voornaam") and gegevens.get("achternaam"), "de naam"),
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
    """Mail the person a link to read everything and confirm. Sending again makes the older link worthless. Raises Geweigerd, ValidationError."""
    _alleen_bureau(door)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        rij = _op_slot(concept)
        _compleet(rij)
        vereis(rij.email, "Er is geen e-mailadres. Leg vast dat deze persoon op papier bevestigde.")
        vereis(rij.email != (door.email or "").lower(), "Dit is je eigen adres. Meld je zelf aan, of vraag een collega.")
        vereis(bekend_als(rij)[1] is None, "Op dit e-mailadres loopt al een traject. Open het dossier.")
        wacht = rij.gestuurd_om and (timezone.now() - rij.gestuurd_om).total_seconds() < 30
        vereis(not wacht, "De link is net gestuurd. Wacht even voor je hem opnieuw stuurt.")
        Aanmeldconcept.objects.filter(pk=rij.pk).update(gestuurd_om=timezone.now(), token_hash=hash_van(token), gewijzigd_om=timezone.now())
        _noteren("namens_sturen", rij, door)
    code_mailen(
        rij.email,
        "Kijk je aanmelding na",
        f"Dag {rij.gegevens['voornaam']},\n\nWe vulden je aanmelding bij de Eigen Kracht Centrale voor je in.\nLees hem en zeg of het klopt:\n\n"
        f"{settings.SITE_URL}{reverse('aanmelden_bevestigen', args=[token])}\n\n"
        f"De link werkt {instelling('concept_aanmelding')} dagen. Stuur hem niet door. Zolang je niets doet, bewaren we alleen dit concept.\n"
        "Heb je ons niet gevraagd je aan te melden? Dan hoef je niets te doen.\n",
    )


def afdruk(concept):
    """A print of what the person read: a text that changed in between is read again before it is confirmed."""
    return vingerafdruk({**concept.gegevens, "_brief": concept.brief_bestand_id, "_cv": concept.cv_bestand_id})


def namens_bevestigen(concept, *, gelezen, onafhankelijk):
    """The person read everything and confirms: person, address and traject are made in one go, as with an own application. Returns the Traject.

    `gelezen`: the print of what was on screen. Raises ValidationError: already confirmed, changed in between, or an open traject.
    """
    with transaction.atomic():
        rij = Aanmeldconcept.objects.select_for_update().filter(pk=concept.pk, bureau__isnull=False, gestuurd_om__isnull=False).first()
        vereis(rij, "Je aanmelding is al bevestigd. Log in met je e-mailadres.")
        vereis(gelezen == afdruk(rij), "Er is net iets veranderd in je aanmelding. Lees hem nog een keer.")
        _compleet(rij)
        rij.gegevens = {**rij.gegevens, "onafhankelijk": onafhankelijk, "akkoord": True}
        gebruiker = persoon_van(rij.gegevens)
        return traject_beginnen(gebruiker, rij, door=gebruiker)


def namens_op_papier(concept, *, door, op_papier_op):
    """Who has no e-mail address confirmed on paper: person (who cannot log in), application and traject in one go, journaled `namens`. Returns the Traject."""
    _alleen_bureau(door)
    with transaction.atomic():
        rij = _op_slot(concept)
        _compleet(rij)
        vereis(not rij.email, "Deze persoon heeft een e-mailadres. Stuur de link om te bevestigen.")
        vereis(rij.gegevens.get("onafhankelijk"), "Vul nog in wat deze persoon zei over onafhankelijk zijn.")
        vereis(op_papier_op and op_papier_op <= timezone.localdate(), "Kies de datum die op het papier staat.", "op_papier_op")
        return traject_beginnen(persoon_van(rij.gegevens), rij, door=door, op_papier_op=op_papier_op)


def namens_weggooien(concept, *, door):
    """Throw the draft away with its files; nothing was made from it."""
    _alleen_bureau(door)
    with transaction.atomic():
        rij = _op_slot(concept)
        _noteren("namens_weggooien", rij, door)
        concept_weggooien(rij)
