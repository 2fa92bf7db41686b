"""Acts on somebody's way in: a lost second step, another address, a block.

About a colleague two people of the bureau decide.
"""

import datetime as dt
import hashlib

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from lms.kern.berichten import accountbericht_maken, berichten_laten_vervallen
from lms.kern.handelingen.motor import handeling
from lms.kern.handelingen.opschrijven import schrijf_op
from lms.kern.handelingen.weigeren import vereis
from lms.kern.models import Gebruiker, Rol, Rolvervulling, Toegangsvoorstel
from lms.kern.velden import adres_nakijken

GELDIG = dt.timedelta(days=7)  # how long a proposal waits for the second person
NASLEEP = dt.timedelta(days=30)  # who had a staff role so short ago still counts: ending a role first is no way around
POST_GELDIG = dt.timedelta(days=3)  # a warning that could not be mailed goes on being tried so long
# so long somebody is at the bureau before confirming: no colleague made for the occasion
INWERKEN = dt.timedelta(days=7)
Soort = Toegangsvoorstel.Soort


def twee_mensen_nodig(persoon):
    """Whether the way in of this person takes two: a staff role now, later or until a month ago, or superuser."""
    grens = timezone.localdate() - NASLEEP
    return (
        persoon.is_superuser
        or Rolvervulling.objects.filter(Q(tot=None) | Q(tot__gt=grens), gebruiker=persoon.pk).exists()
    )


@handeling(Rol.BUREAU)
def toegang_voorstellen(gebruiker, *, door, soort, waarom, nieuw_adres=""):
    """Propose a change of somebody's way in; about somebody outside the team it is done at once.

    Returns the Toegangsvoorstel.
    """
    vereis(soort in Soort.values, "Kies wat je wilt doen.", "soort")
    vereis(waarom.strip(), "Schrijf op waarom. Een collega leest dit.", "waarom")
    vereis(len(waarom.strip()) <= 1000, "Deze tekst is te lang. Er passen 1000 tekens in.", "waarom")
    nieuw_adres = _nagekeken(gebruiker, soort, nieuw_adres)
    nu = timezone.now()
    # a new proposal overtakes one that waits: at most one is open about somebody
    wachtend = Toegangsvoorstel.objects.filter(over=gebruiker, bevestigd_om=None, ingetrokken_om=None)
    for pk in wachtend.values_list("pk", flat=True):
        berichten_laten_vervallen(_over(pk))
    wachtend.update(ingetrokken_om=nu, ingetrokken_door=door)
    voorstel = Toegangsvoorstel.objects.create(
        over=gebruiker,
        soort=soort,
        nieuw_adres=nieuw_adres,
        reden=waarom.strip(),
        door=door,
        tot=nu + GELDIG,
        afdruk=_afdruk(gebruiker),
    )
    if twee_mensen_nodig(gebruiker):
        _mailen(gebruiker, "toegang_voorgesteld", gebruiker.email, over=_over(voorstel.pk), wat=Soort(soort).label)
        return voorstel
    Toegangsvoorstel.objects.filter(pk=voorstel.pk).update(bevestigd_om=nu)
    _uitvoeren(gebruiker, soort, nieuw_adres, door=door, als=Rol.BUREAU)
    voorstel.refresh_from_db()
    return voorstel


@handeling(Rol.BUREAU)
def toegang_bevestigen(gebruiker, *, door, voorstel):
    """The second person of the bureau agrees: exactly what was proposed is done, to somebody about whom nothing
    changed since. Returns it.
    """
    rij = _open_voorstel(gebruiker, voorstel)
    vereis(rij.door_id != door.pk, "Je stelde dit zelf voor. Een collega van het bureau bevestigt het.")
    vereis(
        rij.door.is_active and Rol.BUREAU in rij.door.rollen(),
        "Wie dit voorstelde, werkt niet meer bij het bureau. Stel het opnieuw voor.",
    )
    vereis(_ingewerkt(door), "Je werkt nog geen week bij het bureau. Vraag een andere collega.")
    vereis(
        _ingewerkt(rij.door),
        "Wie dit voorstelde, werkt nog geen week bij het bureau. Laat een andere collega het voorstellen.",
    )
    vereis(rij.afdruk == _afdruk(gebruiker), "Er is intussen iets veranderd bij deze persoon. Stel het opnieuw voor.")
    vereis(
        _nagekeken(gebruiker, rij.soort, rij.nieuw_adres) == rij.nieuw_adres,
        "Dit adres kan niet meer. Stel het opnieuw voor.",
    )
    Toegangsvoorstel.objects.filter(pk=rij.pk).update(bevestigd_om=timezone.now(), bevestigd_door=door)
    berichten_laten_vervallen(_over(rij.pk))
    _uitvoeren(gebruiker, rij.soort, rij.nieuw_adres, door=door, als=Rol.BUREAU)
    return rij


def _ingewerkt(medewerker):
    """Whether somebody is at the bureau for a week already: neither of the two is made for the occasion."""
    return medewerker.rolvervullingen.geldig().filter(rol=Rol.BUREAU, van__lte=timezone.localdate() - INWERKEN).exists()


@handeling(Rol.BUREAU)
def toegang_intrekken(gebruiker, *, door, voorstel):
    """Take a proposal back, also that of a colleague."""
    rij = _open_voorstel(gebruiker, voorstel)
    Toegangsvoorstel.objects.filter(pk=rij.pk).update(ingetrokken_om=timezone.now(), ingetrokken_door=door)
    berichten_laten_vervallen(_over(rij.pk))
    return rij


@handeling(Rol.KANDIDAAT)
def overal_uitloggen(gebruiker, *, door):
    """End all own sessions; whoever calls this keeps the own one afterwards. Returns the person as it is now."""
    sessies_vernieuwen(gebruiker)
    return gebruiker


@handeling(Rol.SYSTEEM)
def toegang_van_server(gebruiker, *, door, soort, nieuw_adres=""):
    """As the system, from the command line, where the bureau is one person.

    Raises ValidationError. Returns the Gebruiker.
    """
    _uitvoeren(gebruiker, soort, _nagekeken(gebruiker, soort, nieuw_adres), door=None, als=Rol.SYSTEEM)
    return gebruiker


def sessies_vernieuwen(gebruiker):
    """Kernel: a new salt. Every session, waiting login and password link of this person ends; the object carries
    the new salt.
    """
    gebruiker.sessiezout = get_random_string(16)
    Gebruiker.objects.filter(pk=gebruiker.pk).update(sessiezout=gebruiker.sessiezout)


def nieuw_adres_nakijken(persoon, adres):
    """The address as it is stored.

    Raises ValidationError when it cannot be one, is the own one already, or belongs to somebody else.
    """
    adres = adres_nakijken(adres)
    vereis(adres, "Vul een e-mailadres in, zoals naam@voorbeeld.nl.")
    vereis(adres != persoon.email, "Dit is het adres dat er al staat.")
    bekend = Gebruiker.objects.filter(email__iexact=adres).exclude(pk=persoon.pk).exists()
    bekend = bekend or EmailAddress.objects.filter(email__iexact=adres).exclude(user_id=persoon.pk).exists()
    vereis(not bekend, "Dit e-mailadres hoort al bij iemand anders.")
    return adres


def _over(pk):
    """What the warning about this proposal is about: it lapses with it."""
    return f"toegang:{pk}"


def _mailen(persoon, soort, adres, *, over, **waarden):
    """Kernel: account mail to an address of this moment, at once and at any hour. Who has no address gets none."""
    if adres:
        accountbericht_maken(
            adres, soort, over=over, waarden={"voornaam": persoon.voornaam, **waarden}, geldig=POST_GELDIG
        )


def _afdruk(persoon):
    """A print of what a proposal is about: address, block and second steps."""
    stappen = sorted(
        Authenticator.objects.filter(user_id=persoon.pk).exclude(type="recovery_codes").values_list("pk", flat=True)
    )
    return hashlib.sha256(repr((persoon.email, persoon.is_active, stappen)).encode()).hexdigest()


def _open_voorstel(persoon, pk):
    voorstel = (
        Toegangsvoorstel.objects.open()
        .select_for_update(of=("self",))
        .select_related("door")
        .filter(over=persoon, pk=pk)
        .first()
    )
    vereis(voorstel, "Dit voorstel is er niet meer. Stel het opnieuw voor als het nog nodig is.")
    return voorstel


def _nagekeken(persoon, soort, nieuw_adres):
    """Whether this can be done to this person now.

    Returns the new address as it is stored, or "". Raises ValidationError.
    """
    if soort == Soort.TWEEDE_STAP_WEG:
        vereis(Authenticator.objects.filter(user_id=persoon.pk).exists(), "Deze persoon heeft geen tweede stap.")
    if soort in (Soort.BLOKKEREN, Soort.DEBLOKKEREN):
        vereis(persoon.is_active == (soort == Soort.BLOKKEREN), "Dat is al zo.")
    if soort != Soort.ADRES_WIJZIGEN:
        return ""
    try:
        return nieuw_adres_nakijken(persoon, nieuw_adres)
    except ValidationError as fout:
        raise ValidationError({"nieuw_adres": fout.messages}) from fout


def _uitvoeren(persoon, soort, nieuw_adres, *, door, als):
    """Kernel: do it to the locked row, end all sessions, journal it and tell the person."""
    oud = persoon.email
    if soort == Soort.TWEEDE_STAP_WEG:
        Authenticator.objects.filter(user_id=persoon.pk).delete()
    elif soort == Soort.ADRES_WIJZIGEN:
        persoon.email = nieuw_adres
        EmailAddress.objects.filter(user_id=persoon.pk).delete()
        EmailAddress.objects.create(user_id=persoon.pk, email=nieuw_adres, verified=True, primary=True)
    else:
        persoon.is_active = soort == Soort.DEBLOKKEREN
    persoon.save(update_fields=["email", "is_active"])
    sessies_vernieuwen(persoon)
    schrijf_op(persoon, None, "toegang_uitgevoerd", sleutel={"soort": str(soort)}, door=door, als=als)
    blok = soort in (Soort.BLOKKEREN, Soort.DEBLOKKEREN)  # the one overtakes the other
    _mailen(persoon, f"toegang_{soort}", persoon.email, over=f"toegang-{'blok' if blok else soort}:{persoon.pk}")
    if soort == Soort.ADRES_WIJZIGEN:
        _mailen(
            persoon, "toegang_oud_adres", oud, over=f"toegang-oud:{get_random_string(12)}"
        )  # each old address hears it: nothing overtakes it
