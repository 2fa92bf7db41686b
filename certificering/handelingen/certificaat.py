"""Certificates: a number, a snapshot of everything printed, and how it ended.

Issuing happens inside the act that closes an evaluation.
"""

import secrets

from django.conf import settings
from django.utils import timezone

from certificering.handelingen.registratie import einde_schrijven, einden_van_registratie, scopes_nu, uitschrijven
from certificering.models import Certificaat, Variant
from lms.kern.berichten import bericht_maken, mensen_met_rol
from lms.kern.handelingen import handeling
from lms.kern.models import Gebruiker, Rol
from lms.kern.overdracht import afdruk_van

BUREAU = Rol.BUREAU
TEKENS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # 31, without I L O 0 1
FUNCTIE = "Eigen Kracht-coördinator"
UITGEVER, PLAATS = "Eigen Kracht Centrale", "Zwolle"
Einde = Certificaat.Einde


def nieuw_nummer():
    """A number EK-XXXX-XXXX that was never used; it is also the check code, so it cannot be guessed."""
    while True:
        deel = "".join(secrets.choice(TEKENS) for _ in range(8))
        nummer = f"EK-{deel[:4]}-{deel[4:]}"
        if not Certificaat.objects.filter(nummer=nummer).exists():
            return nummer


def _opsomming(woorden):
    return " en ".join(filter(None, [", ".join(woorden[:-1]), woorden[-1]])) if woorden else ""


def afdruk(traject, nummer, herkomst):
    """The snapshot: every word that is printed, so that a later edit of name, template or scope changes no paper."""
    naam = traject.kandidaat.certificaatnaam
    scopes = scopes_in_woorden(traject)
    pad = (
        f"{naam} volgde de training EK1 en voerde een eerste Eigen Kracht-conferentie uit. De evaluatie was positief. "
        if herkomst == "systeem"
        else ""
    )
    return {
        "naam": naam, "functie": FUNCTIE, "scope": scopes, "voor": f"conferenties voor {_opsomming(scopes)}",
        "tekst": f"{pad}{naam} staat geregistreerd als {FUNCTIE}.", "datum": timezone.localdate().isoformat(),
        "plaats": PLAATS, "uitgever": UITGEVER, "nummer": nummer,
        "controle": f"{settings.SITE_URL.rstrip('/')}/c/{nummer}/",
    }  # fmt: skip


def scopes_in_woorden(traject):
    """The kinds of conferences of now, as a paper prints them."""
    return [Variant(soort).label for soort in scopes_nu(traject.registratie)]


def uitgeven(traject, *, evaluatie, herkomst):
    """Kernel: make the certificate with its snapshot and tell coordinator, regiomanager and bureau.

    Needs the registration.
    """
    nummer = nieuw_nummer()
    certificaat = Certificaat.objects.create(
        traject=traject, evaluatie=evaluatie, herkomst=herkomst, nummer=nummer, uitgegeven_op=timezone.localdate(),
        gegevens=afdruk(traject, nummer, herkomst),
    )  # fmt: skip
    bericht_maken(traject.kandidaat, "certificaat", traject=traject, feit=certificaat)
    return certificaat


def laat_medewerkers_weten(traject, certificaat):
    """Kernel: the regiomanagers of the region and the bureau hear of a new coordinator (visitekaartjes,
    e-mailaccount).
    """
    mensen = {m.pk: m for rol in (Rol.REGIOMANAGER, Rol.BUREAU) for m in mensen_met_rol(traject, rol)}
    for mens in mensen.values():
        sleutel = f"certificaat_intern:{certificaat.pk}:{mens.pk}"
        bericht_maken(mens, "certificaat_intern", traject=traject, sleutel=sleutel, feit=certificaat, bundelen=True)


def _loopt_nog(certificaat, door):
    return afdruk_van(einden_van_registratie(certificaat.traject.registratie, door))


@handeling(BUREAU, nagekeken=_loopt_nog)
def certificaat_intrekken(certificaat, *, door, waarom, overdracht=None):
    """Withdraw: the paper should not have been given, or can no longer stand. The registration ends too."""
    registratie = certificaat.traject.registratie
    uitschrijven(registratie, Einde.INGETROKKEN, door=door, waarom=waarom, overdracht=overdracht)


@handeling(BUREAU, nagekeken=_loopt_nog)
def certificaat_beeindigen(certificaat, *, door, waarom, overdracht=None):
    """End: somebody stops as a coordinator. The registration ends too."""
    registratie = certificaat.traject.registratie
    uitschrijven(registratie, Einde.BEEINDIGD, door=door, waarom=waarom, overdracht=overdracht)


def _te_drukken(certificaat, door):
    """What a new paper will say: the name and the kinds of conferences of now."""
    traject = certificaat.traject
    return {
        "naam": Gebruiker.objects.get(pk=traject.kandidaat_id).certificaatnaam,
        "scope": scopes_nu(traject.registratie),
    }


@handeling(BUREAU, nagekeken=_te_drukken)
def certificaat_vervangen(certificaat, *, door, waarom):
    """A new paper with the name and scope of now; the old one becomes "vervangen". Returns the new Certificaat."""
    einde_schrijven(certificaat.traject, Einde.VERVANGEN, waarom)
    return uitgeven(certificaat.traject, evaluatie=certificaat.evaluatie, herkomst=certificaat.herkomst)
