"""Step 1: a draft without an account, a code to prove the address, and then person, address and traject in one go."""

import datetime as dt
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from cursus.models import Uitvoering
from lms.kern import bestanden
from lms.kern.accounts import code_mailen
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import bijwerken, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Bestand, Gebruiker, Journaalregel, Regio, Rol, Toestemming, Traject
from selectie.models import Aanmeldconcept, Aanmelding, Brief

CODE_GELDIG = dt.timedelta(minutes=15)
CODE_POGINGEN = 5
CODE_OPNIEUW = dt.timedelta(seconds=30)


def hash_van(token):
    return hashlib.sha256(token.encode()).hexdigest()


def concept_maken(gegevens=None):
    """Begin an application. Returns (Aanmeldconcept, token); only the token's hash is stored."""
    token = secrets.token_urlsafe(32)
    return Aanmeldconcept.objects.create(token_hash=hash_van(token), gegevens=gegevens or {}), token


def concept_vinden(token):
    """The draft of this token, or None when it is unknown, sent, or older than the setting allows."""
    grens = timezone.now() - dt.timedelta(days=instelling("concept_aanmelding"))
    return Aanmeldconcept.objects.filter(token_hash=hash_van(str(token)), gewijzigd_om__gte=grens).first() if token else None


def concept_bewaren(concept, gegevens, **uploads):
    """Keep what was filled in. `uploads`: brief and/or cv, an upload to store or False to remove. Raises ValidationError by field for a bad file."""
    fouten, nieuw = {}, {}
    for soort, upload in uploads.items():
        if upload:
            try:
                nieuw[soort] = bestanden.bewaren(upload, soort=soort)
            except ValidationError as fout:
                fouten[f"{soort}_bestand"] = fout.messages
        elif upload is False:
            nieuw[soort] = None
    with transaction.atomic():
        rij = Aanmeldconcept.objects.select_for_update().get(pk=concept.pk)
        rij.gegevens = {**rij.gegevens, **gegevens}
        for soort, bestand in nieuw.items():
            _bestand_wissen(getattr(rij, f"{soort}_bestand"))
            setattr(rij, f"{soort}_bestand", bestand)
        rij.save()
    concept.refresh_from_db()
    if fouten:
        raise ValidationError(fouten)
    return concept


def _bestand_wissen(bestand):
    if bestand:
        bestand.inhoud.delete(save=False)
        bestand.delete()


def link_sturen(concept, token):
    """Mail the link to go on later, once per address. The address of the site comes from the settings, never from the request."""
    email = concept.gegevens.get("email", "")
    if not email or concept.gegevens.get("link_gemaild") == email:
        return
    concept_bewaren(concept, {"link_gemaild": email})
    dagen = instelling("concept_aanmelding")
    code_mailen(
        email,
        "Je aanmelding is bewaard",
        f"Dag,\n\nJe bent begonnen met je aanmelding bij de Eigen Kracht Centrale.\nMet deze link ga je verder waar je was:\n\n"
        f"{settings.SITE_URL}{reverse('aanmelden_verder', args=[token])}\n\n"
        f"De link werkt {dagen} dagen. Stuur hem niet door.\nHeb je je niet aangemeld? Dan hoef je niets te doen.\n",
    )


def code_sturen(concept):
    """Mail a code of six digits to the address of the draft. Raises ValidationError when one was sent a moment ago."""
    nu = timezone.now()
    vereis(
        not concept.code_om or nu - concept.code_om > CODE_OPNIEUW,
        "We hebben je net een code gemaild. Wacht even voor je een nieuwe vraagt.",
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    Aanmeldconcept.objects.filter(pk=concept.pk).update(code_hash=make_password(code), code_om=nu, code_pogingen=0)
    concept.refresh_from_db()
    code_mailen(
        concept.gegevens["email"],
        "Je code voor je aanmelding",
        f"Dag {concept.gegevens.get('voornaam', '')},\n\nJe code is {code}. Hij werkt 15 minuten.\nVul hem in op het scherm waar je je aanmeldt.\n",
    )


def _code_nakijken(concept, code):
    """Count the try outside the transaction of the application, so that a wrong code always counts."""
    te_proberen = Aanmeldconcept.objects.filter(pk=concept.pk, code_pogingen__lt=CODE_POGINGEN, code_om__gt=timezone.now() - CODE_GELDIG)
    geteld = te_proberen.exclude(code_hash="").update(code_pogingen=F("code_pogingen") + 1)  # one statement: guesses at once all count
    vereis(geteld, "Deze code werkt niet meer. Vraag een nieuwe code.", "code")
    rij = Aanmeldconcept.objects.get(pk=concept.pk)
    vereis(check_password("".join(code.split()), rij.code_hash), "Deze code klopt niet. Kijk nog eens in je mail.", "code")


def aanmelding_indienen(concept, *, code):
    """Send the application: makes the person (or recognises one), the confirmed address and the traject. Outside the decorator: there is no subject yet.

    Returns the Traject. Raises ValidationError: a wrong code at field `code`, an incomplete letter or cv, or an open traject of this person.
    """
    _code_nakijken(concept, code)
    with transaction.atomic():
        rij = Aanmeldconcept.objects.select_for_update().filter(pk=concept.pk).first()
        vereis(rij, "Je aanmelding is al verstuurd. Log in met je e-mailadres.")
        vereis(rij.gegevens.get("motivatie") or rij.brief_bestand, "Je brief ontbreekt nog.")
        vereis(rij.gegevens.get("cv") or rij.cv_bestand, "Je cv ontbreekt nog.")
        gebruiker = persoon_van(rij.gegevens)
        return traject_beginnen(gebruiker, rij, door=gebruiker)


def persoon_van(gegevens):
    """Kernel: the person of this address, recognised or made; without an address a new person who cannot log in. Raises when a traject is running."""
    email = gegevens.get("email", "").lower()
    gebruiker = Gebruiker.objects.filter(email__iexact=email).first() if email else None
    if gebruiker is None:
        velden = ("voornaam", "tussenvoegsel", "achternaam", "telefoon", "woonplaats")
        gebruiker = Gebruiker(email=email or None, **{veld: gegevens.get(veld, "") for veld in velden})
        gebruiker.set_unusable_password()
        gebruiker.save()
    vereis(not gebruiker.trajecten.lopend().exists(), "Met dit e-mailadres loopt al een traject. Log in om verder te gaan.")
    if not email:
        return gebruiker
    EmailAddress.objects.update_or_create(user=gebruiker, email=gebruiker.email, defaults={"verified": True, "primary": True})
    return gebruiker


def traject_beginnen(gebruiker, concept, *, door, op_papier_op=None):
    """Kernel: traject, application, letter and consent of this draft, which goes. `door`: the person, or the bureau for who confirmed on paper."""
    gegevens = concept.gegevens
    traject = Traject.objects.create(kandidaat=gebruiker, regio=Regio.objects.get(pk=gegevens["regio"]))
    aanmelding = Aanmelding.objects.create(
        traject=traject,
        op_papier_op=op_papier_op,
        onafhankelijk={"ja": True, "nee": False}.get(gegevens.get("onafhankelijk")),
        gewenste_uitvoering=Uitvoering.objects.filter(pk=gegevens.get("bijeenkomst")).first(),
    )
    Brief.objects.create(
        aanmelding=aanmelding,
        motivatie=gegevens.get("motivatie", ""),
        cv=gegevens.get("cv", ""),
        motivatie_bestand=concept.brief_bestand,
        cv_bestand=concept.cv_bestand,
        toelichting_onafhankelijk=gegevens.get("toelichting", ""),
    )
    Bestand.objects.filter(pk__in=[b.pk for b in (concept.brief_bestand, concept.cv_bestand) if b]).update(traject=traject)
    Toestemming.objects.get_or_create(gebruiker=gebruiker, waarvoor="aanmelding", ingetrokken_om=None)
    concept.delete()
    bijwerken(traject)
    zelf = door.pk == gebruiker.pk
    Journaalregel.objects.create(
        traject=traject, over=gebruiker, handeling="aanmelding_indienen", door=door, als=Rol.KANDIDAAT if zelf else Rol.BUREAU,
        namens=None if zelf else gebruiker, naar=traject.stap,
    )  # fmt: skip
    bericht_maken(gebruiker, "aanmelding_ontvangen", traject=traject)
    return traject


def concepten_opruimen():
    """Remove drafts older than the setting, with their files. Returns how many."""
    grens = timezone.now() - dt.timedelta(days=instelling("concept_aanmelding"))
    oud = list(Aanmeldconcept.objects.filter(gewijzigd_om__lt=grens).select_related("brief_bestand", "cv_bestand"))
    for concept in oud:
        concept_weggooien(concept)
    return len(oud)


def concept_weggooien(concept):
    """Kernel: delete a draft with its files."""
    bestanden_van = (concept.brief_bestand, concept.cv_bestand)
    concept.delete()
    for bestand in bestanden_van:
        _bestand_wissen(bestand)
