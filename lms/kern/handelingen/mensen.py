"""Acts about a person: own data, languages, and the roles the bureau gives."""

from django.utils import timezone

from lms.kern.handelingen.motor import Stil, handeling, vereis
from lms.kern.models import TOEKENBAAR, Rol, Rolvervulling, Taalkennis

EIGEN_VELDEN = ("voornaam", "tussenvoegsel", "achternaam", "naam_op_certificaat", "telefoon", "woonplaats")


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def gegevens_wijzigen(gebruiker, *, door, **velden):
    """Change one's own contact data and name. A certificate that was issued keeps the name it was printed with."""
    vereis(velden.get("voornaam", gebruiker.voornaam).strip() and velden.get("achternaam", gebruiker.achternaam).strip(), "Vul je naam in.")
    veranderd = {
        veld: waarde.strip() for veld, waarde in velden.items() if veld in EIGEN_VELDEN and getattr(gebruiker, veld) != waarde.strip()
    }
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


@handeling(Rol.BUREAU)
def rol_geven(gebruiker, *, door, rol, regio=None):
    """Give a staff role from today; a regiomanager with a region. Returns the Rolvervulling."""
    vereis(rol in TOEKENBAAR, "Kies een rol.", "rol")
    vereis(bool(regio) == (rol == Rol.REGIOMANAGER), "Een regiomanager hoort bij een regio, een andere rol niet.", "regio")
    vereis(not gebruiker.rolvervullingen.geldig().filter(rol=rol, regio=regio).exists(), "Deze persoon heeft deze rol al.", "rol")
    return Rolvervulling.objects.create(gebruiker=gebruiker, rol=rol, regio=regio, van=timezone.localdate())


@handeling(Rol.BUREAU)
def rol_beeindigen(gebruiker, *, door, rolvervulling):
    """End a role today: from now on it gives no rights; the row stays."""
    rij = gebruiker.rolvervullingen.filter(pk=rolvervulling, tot=None).first()
    vereis(rij, "Deze rol is al geëindigd.")
    Rolvervulling.objects.filter(pk=rij.pk).update(tot=timezone.localdate())
    return rij
