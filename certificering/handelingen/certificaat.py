"""Certificates: a number, a snapshot of everything printed, and how it ended. Issuing happens inside the act that closes an evaluation."""

import secrets

from django.conf import settings
from django.utils import timezone

from certificering.handelingen.registratie import scopes_nu, stand_schrijven
from certificering.models import Certificaat, Registratiestand, Variant
from lms.kern.berichten import bericht_maken, mensen_met_rol
from lms.kern.handelingen import afsluiten, handeling, vereis
from lms.kern.models import Rol, Traject

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
    scopes = [Variant(soort).label for soort in scopes_nu(traject.registratie)]
    pad = (
        f"{naam} volgde de training EK1 en voerde een eerste Eigen Kracht-conferentie uit. De evaluatie was positief. "
        if herkomst == "systeem"
        else ""
    )
    return {
        "naam": naam, "functie": FUNCTIE, "scope": scopes, "voor": f"conferenties voor {_opsomming(scopes)}",
        "tekst": f"{pad}{naam} staat geregistreerd als {FUNCTIE}.", "datum": timezone.localdate().isoformat(),
        "plaats": PLAATS, "uitgever": UITGEVER, "nummer": nummer, "controle": f"{settings.SITE_URL.rstrip('/')}/c/{nummer}/",
    }  # fmt: skip


def uitgeven(traject, *, evaluatie, herkomst):
    """Kernel: make the certificate with its snapshot and tell coordinator, regiomanager and bureau. Needs the registration."""
    nummer = nieuw_nummer()
    certificaat = Certificaat.objects.create(
        traject=traject, evaluatie=evaluatie, herkomst=herkomst, nummer=nummer, uitgegeven_op=timezone.localdate(),
        gegevens=afdruk(traject, nummer, herkomst),
    )  # fmt: skip
    bericht_maken(traject.kandidaat, "certificaat", traject=traject, sleutel=f"certificaat:{certificaat.pk}")
    return certificaat


def laat_medewerkers_weten(traject, certificaat):
    """Kernel: the regiomanagers of the region and the bureau hear of a new coordinator (visitekaartjes, e-mailaccount)."""
    mensen = {m.pk: m for rol in (Rol.REGIOMANAGER, Rol.BUREAU) for m in mensen_met_rol(traject, rol)}
    for mens in mensen.values():
        sleutel = f"certificaat_intern:{certificaat.pk}:{mens.pk}"
        bericht_maken(mens, "certificaat_intern", traject=traject, sleutel=sleutel, bundelen=True)


def einde_schrijven(traject, einde, waarom):
    """Kernel: end the valid certificate, with a reason. Append-only: an ended certificate never becomes valid again."""
    waarom = waarom.strip()
    vereis(waarom, "Schrijf op waarom.", "waarom")
    rij = traject.certificaten.filter(einde="").first()
    vereis(rij, "Er is geen geldig certificaat.")
    Certificaat.objects.filter(pk=rij.pk).update(einde=einde, einde_om=timezone.now(), einde_reden=waarom)
    return rij


def uitschrijven(traject, einde, *, door, waarom):
    """Kernel: certificate ended, registration ended, traject closed."""
    einde_schrijven(traject, einde, waarom)
    stand_schrijven(traject.registratie, Registratiestand.Stand.UITGESCHREVEN, door=door, waarom=waarom)
    afsluiten(traject, Traject.Afsluiting.UITGESCHREVEN)


@handeling(BUREAU)
def certificaat_intrekken(traject, *, door, waarom):
    """Withdraw: the paper should not have been given, or can no longer stand. The registration ends too."""
    uitschrijven(traject, Einde.INGETROKKEN, door=door, waarom=waarom)


@handeling(BUREAU)
def certificaat_beeindigen(traject, *, door, waarom):
    """End: somebody stops as a coordinator. The registration ends too."""
    uitschrijven(traject, Einde.BEEINDIGD, door=door, waarom=waarom)


@handeling(BUREAU)
def certificaat_vervangen(traject, *, door, waarom):
    """A new paper with the name and scope of now; the old one becomes "vervangen". Returns the new Certificaat."""
    oud = einde_schrijven(traject, Einde.VERVANGEN, waarom)
    return uitgeven(traject, evaluatie=oud.evaluatie, herkomst=oud.herkomst)
