"""Step 1: an address is proven by a code, and then person, address and traject are made in one go. Who is known already
logs in and sends then.

The code opens only the person that it makes. It belongs to the address it was mailed to; the text that is sent is the
text that was read through.
"""

import datetime as dt
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from cursus.models import Uitvoering
from lms.kern import bestanden
from lms.kern.berichten import accountbericht_maken, bericht_maken, berichten_laten_vervallen, mensen_met_rol
from lms.kern.codes import GEEN_CODE, code_uit, nieuwe_code
from lms.kern.handelingen import handeling, heropenen, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Bestand, Gebruiker, Regio, Rol, Toestemming, Traject
from lms.kern.velden import NAAMDELEN, adres_nakijken, namen_nakijken
from selectie.handelingen.concept import afdruk, concept_bewaren, link_maken, over
from selectie.models import AKKOORD_VERSIE, Aanmeldconcept, Aanmelding, Brief

CODE_GELDIG = dt.timedelta(minutes=15)
CODE_POGINGEN = 5
CODE_OPNIEUW = dt.timedelta(seconds=30)
AL_VERSTUURD = "Je aanmelding is al verstuurd. Log in met je e-mailadres."
AL_BEKEND = "Met dit e-mailadres ben je hier al bekend. Log eerst in, en stuur je aanmelding dan."
VERANDERD = "Je aanmelding is veranderd nadat je hem nakeek. Kijk hem nog een keer na."


def link_sturen(concept):
    """Mail the link to go on later, once per address. Returns the Bericht, or None when it went before."""
    if not concept.email or concept.gegevens.get("link_gemaild") == concept.email:
        return None
    geldig = dt.timedelta(days=instelling("concept_aanmelding"))
    with transaction.atomic():
        rij = Aanmeldconcept.objects.select_for_update().filter(pk=concept.pk).first()
        if rij is None or rij.email != concept.email:
            return None
        concept_bewaren(rij, {"link_gemaild": rij.email})
        waarden = {"link": settings.SITE_URL + reverse("aanmelden_verder", args=[link_maken(rij)])}
        return accountbericht_maken(
            rij.email, "aanmelding_bewaard", over=f"{over(rij)}:link", waarden=waarden, geldig=geldig
        )


def _bewijs(adres, code):
    """What is hashed: the code together with the address it goes to, so that it opens nothing for another one."""
    return f"{adres.lower()}:{code}"


def code_loopt(concept):
    """Whether a code to the address of this draft can still be filled in."""
    vers = concept.code_om and timezone.now() - concept.code_om < CODE_GELDIG
    return bool(concept.code_hash and vers and concept.code_pogingen < CODE_POGINGEN)


def code_sturen(concept):
    """Mail a code of six digits to the address of the draft. Somebody who is known already gets "je bent hier al
    bekend" instead: no code is right then.

    What the page shows after it is the same. Returns the Bericht. Raises ValidationError when a code was sent a moment
    ago.
    """
    nu, adres = timezone.now(), concept.email
    bekend = Gebruiker.objects.filter(email__iexact=adres).exists()
    code = nieuwe_code()
    bewijs = make_password(_bewijs(adres, secrets.token_urlsafe(16) if bekend else code))  # before the lock: it costs
    with transaction.atomic():
        rij = Aanmeldconcept.objects.select_for_update().filter(pk=concept.pk).first()
        vereis(rij, AL_VERSTUURD)
        vereis(rij.email == adres, VERANDERD)
        wacht = rij.code_om and nu - rij.code_om < CODE_OPNIEUW
        vereis(not wacht, "We stuurden je net een mail. Wacht een halve minuut voor je een nieuwe vraagt.")
        rij.code_hash, rij.code_om, rij.code_pogingen = bewijs, nu, 0
        rij.save(update_fields=["code_hash", "code_om", "code_pogingen", "gewijzigd_om"])
        soort, waarden = ("aanmelding_bekend", None) if bekend else ("aanmelding_code", {"code": code})
        bericht = accountbericht_maken(rij.email, soort, over=f"{over(rij)}:code", waarden=waarden, geldig=CODE_GELDIG)
    concept.refresh_from_db()
    return bericht


def _code_nakijken(concept, *, code, gelezen):
    """Count the try outside the transaction of the application, so that a wrong code always counts.

    Returns the arguments of the act: the hash that the code fits.
    """
    vereis(code_uit(code), GEEN_CODE, "code")  # before the try is counted
    te_proberen = Aanmeldconcept.objects.filter(
        pk=concept.pk, code_pogingen__lt=CODE_POGINGEN, code_om__gt=timezone.now() - CODE_GELDIG
    )
    # one statement: guesses at once all count
    geteld = te_proberen.exclude(code_hash="").update(code_pogingen=F("code_pogingen") + 1)
    vereis(geteld, "Deze code werkt niet meer. Vraag een nieuwe code.", "code")
    rij = Aanmeldconcept.objects.filter(pk=concept.pk).first()
    klopt = rij and check_password(_bewijs(rij.email, code_uit(code)), rij.code_hash)
    vereis(klopt, "Deze code klopt niet. Kijk nog eens in je mail.", "code")
    return {"bewijs": rij.code_hash, "gelezen": gelezen}


@handeling(Rol.BEZOEKER, vooraf=_code_nakijken, weg=AL_VERSTUURD)
def aanmelding_indienen(concept, *, door, bewijs, gelezen):
    """Send the application of somebody new: makes the person, the confirmed address and the traject.

    Called with `code`, from the mail. `gelezen`: the print of what was read through. Both are compared under the lock.
    Returns the Traject. Raises ValidationError: at field `code`, or when something changed, is missing, or the address
    is known by now.
    """
    # of exactly this address
    vereis(concept.code_hash == bewijs, "Deze code werkt niet meer. Vraag een nieuwe code.", "code")
    _compleet(concept, gelezen)
    vereis(not Gebruiker.objects.filter(email__iexact=concept.email).exists(), AL_BEKEND)
    return traject_beginnen(_nieuwe_persoon(concept.gegevens), concept)


@handeling(Rol.KANDIDAAT, weg="Je aanmelding is al verstuurd.")
def aanmelding_van_bekende(concept, *, door, gelezen):
    """Send the application of somebody who is logged in: that login proves the address. Who stopped and whose papers
    are still kept comes back with it.

    Returns the Traject. Raises ValidationError.
    """
    gebruiker = Gebruiker.objects.select_for_update().get(pk=door.pk)
    zelf = gebruiker.email and concept.email.lower() == gebruiker.email.lower()
    vereis(zelf, "Deze aanmelding is van een ander e-mailadres dan waarmee je bent ingelogd.")
    _compleet(concept, gelezen)
    vereis(not gebruiker.trajecten.lopend().exists(), "Je hebt al een traject dat loopt.")
    gestopt = _om_te_heropenen(gebruiker)
    _gegevens_overnemen(gebruiker, concept.gegevens, NAAMDELEN + CONTACT)
    return _terugkomen(gestopt, concept) if gestopt else traject_beginnen(gebruiker, concept)


def _compleet(concept, gelezen):
    vereis(gelezen == afdruk(concept), VERANDERD)
    vereis(
        concept.gegevens.get("akkoord") == AKKOORD_VERSIE,
        "Geef eerst toestemming.",
    )
    vereis(concept.gegevens.get("motivatie") or concept.brief_bestand, "Schrijf eerst je brief.")
    vereis(concept.gegevens.get("cv") or concept.cv_bestand, "Schrijf eerst je cv.")


CONTACT = ("telefoon", "woonplaats")


def _gegevens_overnemen(gebruiker, gegevens, velden):
    """Kernel: what was read on the check page is what is kept: these fields of a person who was known already."""
    if set(velden) & set(NAAMDELEN):
        gegevens = {
            **gegevens,
            **dict(zip(NAAMDELEN, namen_nakijken(*(gegevens.get(deel, "") for deel in NAAMDELEN)), strict=True)),
        }
    for veld in velden:
        if gegevens.get(veld) or veld in NAAMDELEN:
            setattr(gebruiker, veld, gegevens.get(veld, ""))
    gebruiker.save()


def _om_te_heropenen(gebruiker):
    """The last traject of somebody who stopped, while its papers are still kept (regels §2, coming back).

    None otherwise.
    """
    laatste = (
        gebruiker.trajecten.exclude(afsluiting=Traject.Afsluiting.UITGESCHREVEN)
        .order_by("-afgesloten_op", "-pk")
        .first()
    )
    return laatste if laatste and Brief.objects.filter(aanmelding__traject=laatste).exists() else None


def _terugkomen(traject, concept):
    """Kernel: the traject goes on where it was; the new letter, cv, region and answers take the place of the old ones.

    The bureau hears it.
    """
    heropenen(traject)
    traject.regio = Regio.objects.get(pk=concept.gegevens["regio"])
    Traject._base_manager.filter(pk=traject.pk).update(regio=traject.regio)
    Aanmelding.objects.filter(traject=traject).update(**_antwoorden(concept))
    brief = Brief.objects.select_for_update().get(aanmelding__traject=traject)
    oud = (brief.motivatie_bestand, brief.cv_bestand)
    for veld, waarde in _papieren(concept).items():
        setattr(brief, veld, waarde)
    brief.save()
    for bestand in oud:
        bestanden.weghalen(bestand)
    _toestemming(traject.kandidaat, concept)
    _bestanden_overdragen(concept, traject)
    berichten_laten_vervallen(over(concept))
    concept.delete()
    for medewerker in mensen_met_rol(traject, Rol.BUREAU):
        bericht_maken(medewerker, "teruggekomen", traject=traject, bundelen=True)
    return traject


def _nieuwe_persoon(gegevens):
    """Kernel: makes the person of a draft, with the confirmed address; without an address somebody who cannot log
    in. Raises ValidationError when somebody with this address was made in this very moment.
    """
    email = adres_nakijken(gegevens.get("email", ""))
    naam = dict(zip(NAAMDELEN, namen_nakijken(*(gegevens.get(deel, "") for deel in NAAMDELEN)), strict=True))
    gebruiker = Gebruiker(email=email or None, **naam, **{veld: gegevens.get(veld, "") for veld in CONTACT})
    gebruiker.set_unusable_password()
    try:
        with transaction.atomic():
            gebruiker.save()
            if email:
                EmailAddress.objects.create(user=gebruiker, email=email, verified=True, primary=True)
    except IntegrityError as fout:
        raise ValidationError(AL_BEKEND) from fout
    return gebruiker


def bevestigd_beginnen(concept, *, op_papier_op=None):
    """Kernel: what the bureau typed was confirmed, by the link or on paper.

    Returns the Traject. Somebody new is made; who stopped and whose papers are kept goes on; a colleague is asked to
    log in: a link opens nothing of the team.
    """
    email = adres_nakijken(concept.email)
    bekend = Gebruiker.objects.select_for_update().filter(email__iexact=email).first() if email else None
    if bekend is None:
        return traject_beginnen(_nieuwe_persoon(concept.gegevens), concept, op_papier_op=op_papier_op)
    vereis(not bekend.rolvervullingen.geldig().exists() and not bekend.is_superuser, AL_BEKEND)
    vereis(
        not bekend.trajecten.lopend().exists(), "Met dit e-mailadres loopt al een traject. Log in om verder te gaan."
    )
    gestopt = _om_te_heropenen(bekend)
    _gegevens_overnemen(bekend, concept.gegevens, CONTACT)
    return _terugkomen(gestopt, concept) if gestopt else traject_beginnen(bekend, concept)


def _papieren(concept):
    """Letter and cv of a draft, as the fields of a Brief."""
    gegevens = concept.gegevens
    return {
        "motivatie": gegevens.get("motivatie", ""),
        "cv": gegevens.get("cv", ""),
        "motivatie_bestand": concept.brief_bestand,
        "cv_bestand": concept.cv_bestand,
        "toelichting_onafhankelijk": gegevens.get("toelichting", ""),
    }


def _antwoorden(concept):
    """What a draft says beside its papers, as the fields of an Aanmelding."""
    return {
        "onafhankelijk": {"ja": True, "nee": False}.get(concept.gegevens.get("onafhankelijk")),
        "gewenste_uitvoering": Uitvoering.objects.filter(pk=concept.gegevens.get("bijeenkomst")).first(),
    }


def _toestemming(gebruiker, concept):
    """The consent as it was given: of this person, with the version of the text that was read."""
    versie = concept.gegevens.get("akkoord") or AKKOORD_VERSIE
    Toestemming.objects.get_or_create(
        gebruiker=gebruiker, waarvoor="aanmelding", ingetrokken_om=None, defaults={"tekstversie": int(versie)}
    )


def _bestanden_overdragen(concept, traject):
    Bestand.objects.filter(pk__in=[b.pk for b in (concept.brief_bestand, concept.cv_bestand) if b]).update(
        traject=traject
    )


def traject_beginnen(gebruiker, concept, *, op_papier_op=None):
    """Kernel: traject, application, letter and consent of this draft, which goes."""
    gegevens = concept.gegevens
    traject = Traject.objects.create(kandidaat=gebruiker, regio=Regio.objects.get(pk=gegevens["regio"]))
    aanmelding = Aanmelding.objects.create(traject=traject, op_papier_op=op_papier_op, **_antwoorden(concept))
    Brief.objects.create(aanmelding=aanmelding, **_papieren(concept))
    _bestanden_overdragen(concept, traject)
    _toestemming(gebruiker, concept)
    berichten_laten_vervallen(over(concept))
    concept.delete()
    bericht_maken(gebruiker, "aanmelding_ontvangen", traject=traject)
    return traject
