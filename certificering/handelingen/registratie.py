"""The registration of a coordinator: its state, regions and availability.

States and regions are dated rows; nothing is overwritten.
"""

from django.utils import timezone

from certificering.models import Certificaat, Registratie, Registratiestand, Scope, Variant, Werkgebied
from lms.kern.bewaartermijnen import Soort
from lms.kern.handelingen import afsluiten, beloven, handeling, vereis
from lms.kern.models import Rol, Traject
from lms.kern.overdracht import REGISTRATIE, Einde, afdruk_van, doorgeven

KANDIDAAT, REGIOMANAGER, BUREAU = Rol.KANDIDAAT, Rol.REGIOMANAGER, Rol.BUREAU
Stand = Registratiestand.Stand
Beschikbaar = Registratie.Beschikbaar


def scopes_nu(registratie):
    """The codes somebody organises conferences for now, in the fixed order of Variant."""
    nu = set(registratie.scopes.filter(tot=None).values_list("soort", flat=True))
    return [soort for soort in Variant.values if soort in nu]


def registreren(traject, *, door=None, ouder=False, regios=()):
    """Kernel: registration with scope familie and home region, exactly once. Returns the Registratie."""
    vereis(not Registratie.objects.filter(traject=traject).exists(), "Deze persoon is al geregistreerd.")
    registratie = Registratie.objects.create(traject=traject)
    Registratiestand.objects.create(registratie=registratie, stand=Stand.GEREGISTREERD, door=door)
    Scope.objects.create(registratie=registratie, soort=Variant.FAMILIE, ouder=ouder)
    for regio in regios or [traject.regio]:
        Werkgebied.objects.create(registratie=registratie, regio=regio, thuis=regio.pk == traject.regio_id)
    if not ouder:  # whoever comes from before the system has none of these papers
        beloven(traject, Soort.BRIEF, Soort.VERSLAG, Soort.EVALUATIE)
    traject.registratie = registratie
    return registratie


def stand_schrijven(registratie, stand, *, door, waarom):
    """Kernel: close the current state and open the next one, from today."""
    vandaag = timezone.localdate()
    registratie.standen.filter(tot=None).update(tot=vandaag)
    Registratiestand.objects.create(registratie=registratie, stand=stand, van=vandaag, reden=waarom.strip(), door=door)


def einde_schrijven(traject, einde, waarom):
    """Kernel: end the valid certificate where there is one, with a reason. Append-only."""
    waarom = waarom.strip()
    vereis(waarom, "Schrijf op waarom.", "waarom")
    traject.certificaten.geldig().update(einde=einde, einde_om=timezone.now(), einde_reden=waarom)


def einden_van_registratie(registratie, door):
    """What ends with a registration, for what is handed on."""
    return [Einde(REGISTRATIE, registratie, registratie.traject.kandidaat, door)]


def uitschrijven(registratie, einde, *, door, waarom, overdracht=None):
    """Kernel, the one end of a registration: what runs is handed on, certificate ended as `einde` says, state closed,
    traject closed.
    """
    vereis(waarom.strip(), "Schrijf op waarom.", "waarom")
    doorgeven(einden_van_registratie(registratie, door), overdracht or {})
    einde_schrijven(registratie.traject, einde, waarom)
    stand_schrijven(registratie, Stand.UITGESCHREVEN, door=door, waarom=waarom)
    afsluiten(registratie.traject, Traject.Afsluiting.UITGESCHREVEN)


def _loopt_nog(registratie, door):
    return afdruk_van(einden_van_registratie(registratie, door))


@handeling(REGIOMANAGER, BUREAU, nagekeken=_loopt_nog)
def registratiestand_zetten(registratie, *, door, stand, waarom, overdracht=None):
    """Set the state, with a reason: a person decides, never the clock.

    Uitgeschreven ends the certificate and hands on what runs, geschorst and slapend do not.
    """
    vereis(stand in Stand.values, "Kies een stand.", "stand")
    vereis(waarom.strip(), "Schrijf op waarom.", "waarom")
    vereis(not registratie.standen.filter(tot=None, stand=stand).exists(), "Dat staat er al zo.", "stand")
    if stand == Stand.UITGESCHREVEN:
        uitschrijven(registratie, Certificaat.Einde.BEEINDIGD, door=door, waarom=waarom, overdracht=overdracht)
    else:
        stand_schrijven(registratie, stand, door=door, waarom=waarom)


@handeling(KANDIDAAT, REGIOMANAGER, BUREAU)
def beschikbaarheid_zetten(registratie, *, door, beschikbaar, beschikbaar_vanaf=None):
    """Available now, from a date, or not for a while. No reason is asked."""
    vereis(beschikbaar in Beschikbaar.values, "Kies of je beschikbaar bent.", "beschikbaar")
    vanaf = beschikbaar_vanaf if beschikbaar == Beschikbaar.VANAF else None
    vereis(beschikbaar != Beschikbaar.VANAF or vanaf, "Vul in vanaf welke dag.", "beschikbaar_vanaf")
    Registratie._base_manager.filter(pk=registratie.pk).update(beschikbaar=beschikbaar, beschikbaar_vanaf=vanaf)


@handeling(REGIOMANAGER, BUREAU)
def werkgebied_toevoegen(registratie, *, door, regio):
    """A coordinator also works in another region, from today."""
    vereis(not registratie.werkgebieden.filter(regio=regio, tot=None).exists(), "Die regio staat er al.", "regio")
    Werkgebied.objects.create(registratie=registratie, regio=regio)


@handeling(REGIOMANAGER, BUREAU)
def werkgebied_beeindigen(registratie, *, door, regio):
    """A coordinator no longer works in an extra region."""
    rij = registratie.werkgebieden.filter(regio=regio, tot=None).first()
    vereis(rij, "Die regio staat er niet bij.", "regio")
    vereis(not rij.thuis, "Dit is de thuisregio. Kies eerst een andere thuisregio.", "regio")
    Werkgebied.objects.filter(pk=rij.pk).update(tot=timezone.localdate())


@handeling(REGIOMANAGER, BUREAU)
def thuisregio_zetten(registratie, *, door, regio):
    """A move: the home region changes from today and the old one keeps its row."""
    traject = registratie.traject
    vereis(traject.regio_id != regio.pk, "Dit is al de thuisregio.", "regio")
    open_rijen = registratie.werkgebieden.filter(tot=None)
    open_rijen.filter(thuis=True).update(tot=timezone.localdate())
    open_rijen.filter(regio=regio).update(tot=timezone.localdate())
    Werkgebied.objects.create(registratie=registratie, regio=regio, thuis=True)
    Traject._base_manager.filter(pk=traject.pk).update(regio=regio)
    traject.regio = regio
