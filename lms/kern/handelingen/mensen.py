"""Acts about a person: own data, languages, and the roles the bureau gives."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.kern.berichten import accountbericht_maken
from lms.kern.handelingen.motor import Stil, handeling
from lms.kern.handelingen.weigeren import vereis
from lms.kern.models import TOEKENBAAR, Gebruiker, Rol, Rolvervulling, Taalkennis
from lms.kern.telefoon import telefoon_nakijken
from lms.kern.velden import NAAMDELEN, adres_nakijken, naam_nakijken, namen_nakijken, regel_nakijken

EIGEN_VELDEN = ("voornaam", "tussenvoegsel", "achternaam", "naam_op_certificaat", "telefoon", "woonplaats")


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def gegevens_wijzigen(gebruiker, *, door, **velden):
    """Change one's own contact data and name.

    Raises ValidationError at a field that holds what a name cannot. A certificate that was issued keeps the name it was
    printed with.
    """
    velden = {veld: regel_nakijken(waarde) for veld, waarde in velden.items() if veld in EIGEN_VELDEN}
    if velden.keys() & set(NAAMDELEN):
        delen = namen_nakijken(*(velden.get(deel, getattr(gebruiker, deel)) for deel in NAAMDELEN))
        velden |= dict(zip(NAAMDELEN, delen, strict=True))
    if "telefoon" in velden:
        try:
            velden["telefoon"] = telefoon_nakijken(velden["telefoon"])
        except ValidationError as fout:
            raise ValidationError({"telefoon": fout}) from fout
    if velden.get("naam_op_certificaat"):
        velden["naam_op_certificaat"] = naam_nakijken(velden["naam_op_certificaat"])
    veranderd = {veld: waarde for veld, waarde in velden.items() if getattr(gebruiker, veld) != waarde}
    if not veranderd:
        return Stil()
    for veld, waarde in veranderd.items():
        setattr(gebruiker, veld, waarde)
    gebruiker.save()
    return sorted(veranderd)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def talen_zetten(gebruiker, *, door, talen):
    """Set the languages somebody speaks: {Taal: niveau}. What is not in it goes."""
    vereis(all(niveau in Taalkennis.Niveau.values for niveau in talen.values()), "Kies hoe goed je een taal spreekt.")
    gebruiker.talen.exclude(taal__in=talen).delete()
    for taal, niveau in talen.items():
        Taalkennis.objects.update_or_create(gebruiker=gebruiker, taal=taal, defaults={"niveau": niveau})


GROEP_BIJ_ROL = {Rol.REDACTEUR: "Redactie", Rol.BUREAU: "Bureau"}  # the groups of the Wagtail admin follow the roles


def _groepen_van(rollen):
    return {groep for rol, groep in GROEP_BIJ_ROL.items() if rol in rollen}


def groepen_nalopen(gebruiker):
    """At the door of the admin: a role that began or ended by its date, without an act, takes its group along.

    One query.
    """
    nu = set(gebruiker.groups.values_list("name", flat=True)) & set(GROEP_BIJ_ROL.values())
    if nu != _groepen_van(gebruiker.rollen()):
        groepen_bijwerken(gebruiker)


def groepen_bijwerken(gebruiker):
    """Kernel: the Wagtail groups of somebody are those of the roles that hold today."""
    namen = _groepen_van(gebruiker.rolvervullingen.geldig().values_list("rol", flat=True))
    gebruiker.groups.remove(*Group.objects.filter(name__in=GROEP_BIJ_ROL.values()).exclude(name__in=namen))
    gebruiker.groups.add(*Group.objects.filter(name__in=namen))


def _account(email, **naam):
    """Kernel: a person with a confirmed address and no password; logs in with a code."""
    voornaam, tussenvoegsel, achternaam = namen_nakijken(*(naam.get(deel, "") for deel in NAAMDELEN))
    persoon = Gebruiker(email=email, voornaam=voornaam, tussenvoegsel=tussenvoegsel, achternaam=achternaam)
    persoon.set_unusable_password()
    persoon.save()
    EmailAddress.objects.create(user=persoon, email=persoon.email, verified=True, primary=True)
    return persoon


@handeling(Rol.SYSTEEM, maakt=True)
def eerste_bureau(*, door, email, voornaam, achternaam):
    """As the system, from the command line: give somebody the role bureau; makes the account when there is none.
    Returns the Gebruiker.

    Raises ValidationError for an address or a name that cannot be.
    """
    email = adres_nakijken(email)
    vereis(email, "Vul een e-mailadres in.", "email")
    persoon = Gebruiker.objects.filter(email__iexact=email).first() or _account(
        email, voornaam=voornaam, achternaam=achternaam
    )
    Rolvervulling.objects.get_or_create(gebruiker=persoon, rol=Rol.BUREAU, tot=None)
    groepen_bijwerken(persoon)
    return persoon


@handeling(Rol.BUREAU, maakt=True)
def medewerker_maken(*, door, voornaam, achternaam, email, rol, tussenvoegsel="", regio=None):
    """A new colleague with a role, who gets a mail that says how to log in with a code. Returns the Gebruiker."""
    email = adres_nakijken(email)
    vereis(email, "Vul een e-mailadres in.", "email")
    vereis(
        not Gebruiker.objects.filter(email__iexact=email).exists(),
        "Dit e-mailadres is al bekend. Zoek de persoon op en geef een rol.",
        "email",
    )
    persoon = _account(email, voornaam=voornaam, tussenvoegsel=tussenvoegsel, achternaam=achternaam)
    _rol_erbij(persoon, rol, regio)
    waarden = {"voornaam": persoon.voornaam, "rol": Rol(rol).label.lower()}
    accountbericht_maken(
        email, "medewerker_welkom", over=f"welkom:{persoon.pk}", waarden=waarden, geldig=dt.timedelta(days=3)
    )
    return persoon


def _rol_erbij(gebruiker, rol, regio):
    """Kernel: a staff role from today. Returns the Rolvervulling."""
    vereis(rol in TOEKENBAAR, "Kies een rol.", "rol")
    vereis(
        bool(regio) == (rol == Rol.REGIOMANAGER), "Een regiomanager hoort bij een regio, een andere rol niet.", "regio"
    )
    vereis(
        not gebruiker.rolvervullingen.geldig().filter(rol=rol, regio=regio).exists(),
        "Deze persoon heeft deze rol al.",
        "rol",
    )
    rij = Rolvervulling.objects.create(gebruiker=gebruiker, rol=rol, regio=regio, van=timezone.localdate())
    groepen_bijwerken(gebruiker)
    return rij


@handeling(Rol.BUREAU)
def rol_geven(gebruiker, *, door, rol, regio=None):
    """Give a staff role from today; a regiomanager with a region. Returns the Rolvervulling."""
    return _rol_erbij(gebruiker, rol, regio)
