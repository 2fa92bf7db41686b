"""Reads about one person: who may follow EK2, who may read which course, whose traject it is now."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import cached_property

from cursus.models.planning import Soort
from lms.kern.models import TOEKENBAAR, Rol, Traject

GETELD_VOOR_EK2 = 2  # folder: "Na twee uitgevoerde Eigen Kracht-conferenties volgt EK2"
EK1_VANAF = 3
NA_EK1 = 6  # from the step of the report on, the days of EK1 are over


def mag_ek2(traject):
    """All that is missing before this traject may follow EK2, in words, or "" (folder; invariant 2)."""
    geteld, geregistreerd = _geteld_en_geregistreerd(traject)
    if geteld >= GETELD_VOOR_EK2:
        return "" if geregistreerd else "EK2 kan als je geregistreerd bent als Eigen Kracht-coördinator."
    zin = f"EK2 kan na twee conferenties die meetellen. Nu {'telt' if geteld == 1 else 'tellen'} er {geteld} mee."
    return zin if geregistreerd else f"{zin} Je bent ook nog niet geregistreerd als Eigen Kracht-coördinator."


REGISTRATIE = {"registratie__standen__stand": "geregistreerd", "registratie__standen__tot__isnull": True}


def _geteld_en_geregistreerd(traject):
    """(number of conferences that count, whether this person is registered), in one query."""
    nu = Traject.objects.filter(pk=OuterRef("pk"), **REGISTRATIE)
    geteld = Count("conferenties", filter=Q(conferenties__telt_mee=True, conferenties__variant="familie"))
    rij = (
        Traject.objects.filter(pk=traject.pk)
        .annotate(geteld=geteld, geregistreerd=Exists(nu))
        .values_list("geteld", "geregistreerd")
        .first()
    )
    return rij or (0, False)


def is_geregistreerd(traject):
    return Traject.objects.filter(pk=traject.pk, **REGISTRATIE).exists()


def eigen_traject(gebruiker):
    """The open traject of this person, or None."""
    if not gebruiker.is_authenticated:
        return None
    return Traject.objects.zichtbaar_als(gebruiker, Rol.KANDIDAAT).lopend().first()


class Toegang:
    """What one logged-in person may open of the courses; every question to the database is asked once."""

    def __init__(self, gebruiker, traject=None, aanwezigheden=None):
        """`traject` and `aanwezigheden` (the days that count, with their meeting): what the caller has read already."""
        self.gebruiker, self._aanwezigheden = gebruiker, aanwezigheden
        if traject is not None:
            self.traject = traject

    @cached_property
    def alles(self):
        """Who works here reads everything."""
        return self.gebruiker.is_superuser or bool(self.gebruiker.rollen().intersection(TOEKENBAAR))

    @cached_property
    def traject(self):
        return eigen_traject(self.gebruiker)

    def cursus_dicht(self, soort):
        """Why the pages of course `soort` are still closed, or ""."""
        if self.alles:
            return ""
        if self.traject is None:
            return "De cursus is voor kandidaten en coördinatoren."
        if soort == Soort.EK1:
            open_nu = self.traject.stap >= EK1_VANAF or is_geregistreerd(self.traject)
            return "" if open_nu else "EK1 gaat open na de informatiebijeenkomst."
        if self.traject.aanwezigheden.filter(soort=Soort.EK2).exists():
            return ""
        return mag_ek2(self.traject)

    @cached_property
    def _dagen(self):
        rijen = self._aanwezigheden
        if rijen is None:
            rijen = self.traject.aanwezigheden.filter(geldt=True).select_related("bijeenkomst")
        dagen = {}
        for rij in rijen:
            dagen.setdefault(rij.soort, {})[rij.nr] = rij.bijeenkomst.begint_om if rij.bijeenkomst else None
        return dagen

    def groepsdagen(self, soort):
        """{day number: when it begins for this person}; a made-up day counts on its own date, a waived day has none."""
        return self._dagen.get(soort, {}) if self.traject else {}

    def had_training(self, soort):
        """Whether somebody is past the days of EK1, also a coordinator from before the system."""
        return soort == Soort.EK1 and self.traject is not None and self.traject.stap >= NA_EK1


def cursus_dicht(gebruiker, soort):
    """Why the course pages of `soort` are still closed for a logged-in person, or ""."""
    return Toegang(gebruiker).cursus_dicht(soort)
