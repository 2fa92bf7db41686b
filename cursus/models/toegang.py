"""Reads about one person: who may follow EK2, who may read which course, whose traject it is now."""

from cursus.models.planning import Soort
from lms.kern.models import TOEKENBAAR, Rol, Traject

GETELD_VOOR_EK2 = 2  # folder: "Na twee uitgevoerde Eigen Kracht-conferenties volgt EK2"
EK1_VANAF = 3


def mag_ek2(traject):
    """The reason why this traject may not follow EK2 yet, or "" (folder; invariant 2)."""
    geteld = traject.conferenties.filter(telt_mee=True, variant="familie").count()
    if geteld < GETELD_VOOR_EK2:
        return f"EK2 kan na twee conferenties die meetellen. Nu {'telt' if geteld == 1 else 'tellen'} er {geteld} mee."
    if not is_geregistreerd(traject):
        return "EK2 kan als je geregistreerd bent als Eigen Kracht-coördinator."
    return ""


def is_geregistreerd(traject):
    return Traject.objects.filter(
        pk=traject.pk, registratie__standen__stand="geregistreerd", registratie__standen__tot__isnull=True
    ).exists()


def eigen_traject(gebruiker):
    """The open traject of this person, or None."""
    if not gebruiker.is_authenticated:
        return None
    return Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).lopend().first()


def cursus_dicht(gebruiker, soort):
    """Why the course pages of `soort` are still closed for a logged-in person, or ""."""
    if gebruiker.is_superuser or gebruiker.rollen().intersection(TOEKENBAAR):
        return ""
    traject = eigen_traject(gebruiker)
    if traject is None:
        return "De cursus is voor kandidaten en coördinatoren."
    if soort == Soort.EK1:
        open_nu = traject.stap >= EK1_VANAF or is_geregistreerd(traject)
        return "" if open_nu else "EK1 gaat open na de informatiebijeenkomst."
    if traject.aanwezigheden.filter(soort=Soort.EK2).exists():
        return ""
    return mag_ek2(traject)
