"""The bureau types an application on behalf of somebody: a draft until that person confirms, by a mailed link or on
paper (regels §2, §7).
"""

import datetime as dt
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from lms.kern.berichten import accountbericht_maken, berichten_laten_vervallen
from lms.kern.handelingen import Stil, handeling, inzage_noteren, toegestane_rol, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Rol, Traject
from selectie.handelingen.aanmelden import bevestigd_beginnen
from selectie.handelingen.concept import afdruk, concept_bewaren, concept_weggooien, hash_van, over
from selectie.models import AKKOORD_VERSIE, Aanmeldconcept

AL_WEG = "Deze aanmelding is er niet meer. Misschien is hij al bevestigd."
AL_BEVESTIGD = "Je aanmelding is al bevestigd. Log in met je e-mailadres."


def namens_inzien(concept, *, door):
    """Journal that somebody of the bureau reads the letter and cv of a draft.

    There is no traject yet. Raises Geweigerd.
    """
    als = toegestane_rol(concept, None, door, [Rol.BUREAU])
    inzage_noteren(None, door=door, als=als, wat="brief", aanmeldconcept=concept.pk)


@handeling(Rol.BUREAU, maakt=True)
def namens_beginnen(*, door, formulier=""):
    """Make an empty draft; a second send of the same form (its one-time id) gives the same one.

    Returns the Aanmeldconcept.
    """
    sleutel = hash_van(f"bureau:{formulier or secrets.token_urlsafe(32)}")
    concept, nieuw = Aanmeldconcept.objects.get_or_create(token_hash=sleutel, defaults={"bureau": door})
    return concept if nieuw else Stil(concept)


@handeling(Rol.BUREAU, weg=AL_WEG)
def namens_bewaren(concept, *, door, gegevens, **uploads):
    """Change the draft. A link that was sent stops working: nobody confirms a text that was not read.

    Returns the error of a bad file, or None: the rest is kept then.
    """
    veranderd = any(concept.gegevens.get(veld, "") != waarde for veld, waarde in gegevens.items())
    veranderd = veranderd or any(upload is not None for upload in uploads.values())
    if veranderd and concept.gestuurd_om:
        Aanmeldconcept.objects.filter(pk=concept.pk).update(gestuurd_om=None, link_hash="")
        berichten_laten_vervallen(over(concept))
    try:
        concept_bewaren(concept, gegevens, **uploads)
    except ValidationError as fout:
        return fout
    return None if veranderd else Stil()


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


def _compleet(rij):
    mist = wat_ontbreekt(rij)
    vereis(not mist, f"Vul eerst nog in: {', '.join(mist)}.")


@handeling(Rol.BUREAU, weg=AL_WEG)
def namens_sturen(concept, *, door):
    """Mail the person a link to read everything and confirm.

    Sending again makes the older link worthless. Returns the Bericht. Raises Geweigerd, ValidationError.
    """
    _compleet(concept)
    vereis(concept.email, "Er is geen e-mailadres. Leg vast dat deze persoon op papier bevestigde.")
    vereis(
        concept.email.lower() != (door.email or "").lower(),
        "Dit is je eigen adres. Meld je zelf aan, of vraag een collega.",
    )
    vereis(bekend_als(concept)[1] is None, "Op dit e-mailadres loopt al een traject. Open het dossier.")
    wacht = concept.gestuurd_om and (timezone.now() - concept.gestuurd_om).total_seconds() < 30
    vereis(not wacht, "De link is net gestuurd. Wacht even voor je hem opnieuw stuurt.")
    token = secrets.token_urlsafe(32)
    Aanmeldconcept.objects.filter(pk=concept.pk).update(
        gestuurd_om=timezone.now(), link_hash=hash_van(token), gewijzigd_om=timezone.now()
    )
    waarden = {
        "voornaam": concept.gegevens["voornaam"],
        "dagen": instelling("concept_aanmelding"),
        "link": settings.SITE_URL + reverse("aanmelden_bevestigen", args=[token]),
    }
    geldig = dt.timedelta(days=waarden["dagen"])
    return accountbericht_maken(
        concept.email, "aanmelding_bevestigen", over=f"{over(concept)}:link", waarden=waarden, geldig=geldig
    )


@handeling(Rol.BEZOEKER, weg=AL_BEVESTIGD)
def namens_bevestigen(concept, *, door, gelezen, onafhankelijk):
    """The person read everything and confirms: person, address and traject are made in one go, as with an own
    application. Returns the Traject.

    `gelezen`: the print of what was on screen. Raises ValidationError: already confirmed, changed in between, or an
    open traject.
    """
    vereis(concept.bureau_id and concept.gestuurd_om, AL_BEVESTIGD)
    vereis(gelezen == afdruk(concept), "Er is net iets veranderd in je aanmelding. Lees hem nog een keer.")
    _compleet(concept)
    concept.gegevens = {**concept.gegevens, "onafhankelijk": onafhankelijk, "akkoord": AKKOORD_VERSIE}
    return bevestigd_beginnen(concept)


@handeling(Rol.BUREAU, weg=AL_WEG, namens=True)
def namens_op_papier(concept, *, door, op_papier_op):
    """Who has no e-mail address confirmed on paper: person (who cannot log in), application and traject in one go,
    journaled `namens`. Returns the Traject.
    """
    _compleet(concept)
    vereis(not concept.email, "Deze persoon heeft een e-mailadres. Stuur de link om te bevestigen.")
    vereis(concept.gegevens.get("onafhankelijk"), "Vul nog in wat deze persoon zei over onafhankelijk zijn.")
    vereis(
        op_papier_op and op_papier_op <= timezone.localdate(), "Kies de datum die op het papier staat.", "op_papier_op"
    )
    return bevestigd_beginnen(concept, op_papier_op=op_papier_op)


@handeling(Rol.BUREAU, weg=AL_WEG)
def namens_weggooien(concept, *, door):
    """Throw the draft away with its files; nothing was made from it."""
    concept_weggooien(concept)
