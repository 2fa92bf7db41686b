"""A coordinator from before this system: registered by import, without any of the eight steps."""

from django.utils import timezone

from certificering.handelingen.certificaat import FUNCTIE, UITGEVER, nieuw_nummer
from certificering.handelingen.registratie import registreren, scopes_nu
from certificering.models import Certificaat, Conferentie, Scope, Scopeverslag, Variant
from cursus.models import Aanwezigheid, Resultaat, Soort
from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Rol, Traject

VAN_VROEGER = "van vóór het systeem"


def _papier(traject, registratie, uitgegeven_op):
    """The certificate the person already has. Its snapshot has no text: this system did not print it."""
    labels = [Variant(soort).label for soort in scopes_nu(registratie)]
    Certificaat.objects.create(
        traject=traject, herkomst="ouder", nummer=nieuw_nummer(), uitgegeven_op=uitgegeven_op,
        gegevens={"naam": traject.kandidaat.certificaatnaam, "functie": FUNCTIE, "scope": labels, "uitgever": UITGEVER},
    )  # fmt: skip


def _conferenties(traject, geteld):
    nu = timezone.now()
    Conferentie.objects.bulk_create(
        Conferentie(
            traject=traject, regio=traject.regio, referentie=f"{VAN_VROEGER} {nr}", telt_mee=True, geteld_om=nu,
            ouder=True,
        )
        for nr in range(1, geteld + 1)
    )  # fmt: skip


def _ek2(traject, scopes):
    """EK2 was followed before this system: three waived days and a report that is already registered."""
    nu = timezone.now()
    Aanwezigheid.objects.bulk_create(
        Aanwezigheid(traject=traject, soort=Soort.EK2, nr=nr, resultaat=Resultaat.VRIJGESTELD, reden=VAN_VROEGER, om=nu)
        for nr in (1, 2, 3)
    )
    Scopeverslag.objects.create(
        traject=traject,
        versie=1,
        herstel=Variant.HERSTEL in scopes,
        groep=Variant.GROEP in scopes,
        verstuurd_om=nu,
        geregistreerd_om=nu,
    )


@handeling(Rol.SYSTEEM, Rol.BUREAU, maakt=True, berichten=False)
def coordinator_importeren(*, door, kandidaat, regio, extra=(), geteld=0, ek2=False, scopes=(), uitgegeven_op=None):
    """Register somebody from before the system.

    `extra`: more regions; `geteld`: conferences that counted; `scopes`: codes beyond familie. Returns the Traject;
    sends no mail.
    """
    vereis(not kandidaat.trajecten.lopend().exists(), "Deze persoon heeft al een traject.")
    vereis(set(scopes) <= set(Variant.values), "Zo'n soort conferentie kennen we niet.")
    traject = Traject.objects.create(kandidaat=kandidaat, regio=regio)
    registratie = registreren(traject, door=door, ouder=True, regios=[regio, *extra])
    Scope.objects.bulk_create(
        Scope(registratie=registratie, soort=s, ouder=True) for s in set(scopes) - {Variant.FAMILIE}
    )
    _papier(traject, registratie, uitgegeven_op)
    _conferenties(traject, geteld)
    if ek2:
        _ek2(traject, scopes)
    return traject
