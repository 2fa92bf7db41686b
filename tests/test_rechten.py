"""The rights table: every own address × role × method, and every act × role, against one literal.

A status per role in the order of ROLLEN: 2 page · 3 redirect · L to the login page · 4 not found · X refused · 5 method
not allowed · 9 changed elsewhere · 0 not understood. Someone else's object is the same 404 as one that does not exist.
"""

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.urls import get_resolver, reverse

import lms.portaal.handelingen  # noqa: F401 - registers its act
from lms.kern.handelingen import CONCEPTEN, HANDELINGEN
from tests.fabrieken import onderwerp_van
from tests.rechten_tabel import ACTS, ADRESSEN
from tests.rechten_wereld import ROLLEN, RechtenWereld

EIGEN = ("lms", "cursus", "selectie", "certificering")


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker, tmp_path_factory):
    oud = django_settings.BESTANDEN_ROOT
    django_settings.BESTANDEN_ROOT = tmp_path_factory.mktemp("bestanden")
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield RechtenWereld()
                transaction.set_rollback(True)
        finally:
            django_settings.BESTANDEN_ROOT = oud


@pytest.fixture(autouse=True)
def _eigen_map():
    """The world of this module has its own folder for files; the one per test would hide them."""


def eigen_adressen():
    """The name of every own URL pattern; the planning views in the Wagtail admin are named by their address."""

    def loop(patronen, voor=""):
        for patroon in patronen:
            if hasattr(patroon, "url_patterns"):
                yield from loop(patroon.url_patterns, voor + str(patroon.pattern))
            elif getattr(patroon.callback, "__module__", "").split(".")[0] in EIGEN:
                adres = voor + str(patroon.pattern)
                # Django's own addresses: walked in tests/fouten/test_lezen_in_beheer.py
                if adres.startswith("beheer/django/"):
                    continue
                yield adres if adres.startswith("beheer/") else patroon.name

    return set(loop(get_resolver().url_patterns))


def adres_van(naam, argumenten, wereld):
    if naam.startswith("beheer/"):
        return "/" + naam.replace("<int:pk>", str(argumenten(wereld)[0]) if argumenten else "")
    return reverse(naam, args=argumenten(wereld) if argumenten else [])


def teken(antwoord):
    if antwoord.status_code in (301, 302):
        return "L" if antwoord.url.startswith(resolve_url("account_login")) else "3"
    return {200: "2", 400: "0", 403: "X", 404: "4", 405: "5", 409: "9"}.get(
        antwoord.status_code, str(antwoord.status_code)
    )


def gemeten(wereld, adres, methode):
    tekens = ""
    for rol in ROLLEN:
        client = wereld.client(rol)
        with transaction.atomic():
            antwoord = getattr(client, methode)(adres)
            tekens += teken(antwoord)
            for sluit in antwoord._resource_closers:  # not close(): that would close the database connection too
                sluit()
            transaction.set_rollback(True)
    return tekens


def test_elk_eigen_adres_staat_in_de_tabel():
    assert eigen_adressen() == set(ADRESSEN)


@pytest.mark.parametrize("naam", sorted(ADRESSEN))
def test_adres_per_rol_en_methode(wereld, naam):
    argumenten, lezen, schrijven = ADRESSEN[naam]
    adres = adres_van(naam, argumenten, wereld)
    assert (gemeten(wereld, adres, "get"), gemeten(wereld, adres, "post")) == (lezen, schrijven)


ZONDER_NUMMER = {
    "aanmelden_bevestigen",
    "aanmelden_bevestigen_bestand",
    "aanmelden_verder",
    "belangstelling_afmelden",
    "belangstelling_bevestigen",
    "bestand",
    "bureau_certificaat",
    "bureau_instelling",
    "controle_nummer",
    "eigen_ics",
}
EIGEN_VOLGORDE = {"mijn_verslag_deel", "mijn_verslag_versie"}  # the own running number, not somebody's object
MET_NUMMER = sorted(
    naam for naam, (argumenten, _, _) in ADRESSEN.items() if argumenten and naam not in ZONDER_NUMMER | EIGEN_VOLGORDE
)


@pytest.mark.parametrize("naam", MET_NUMMER)
def test_een_nummer_dat_niet_bestaat_is_dezelfde_404(wereld, naam):
    """For every role that may use the page: a number that does not exist looks like someone else's object.

    Huge numbers too.
    """
    argumenten, lezen, _ = ADRESSEN[naam]
    echt = argumenten(wereld)
    assert isinstance(echt[0], int)
    for nummer in (0, 987_654_321, 10**25):
        adres = adres_van(naam, lambda w, n=nummer: (n, *echt[1:]), wereld)
        for rol, mag in zip(ROLLEN, lezen, strict=True):
            if mag in "24":
                assert wereld.client(rol).get(adres).status_code in (404, 405), (adres, rol)


def test_elke_handeling_heeft_de_rollen_van_de_tabel():
    alle = HANDELINGEN | CONCEPTEN
    assert {
        naam: " ".join(str(rol) for rol in act.rollen) for naam, act in alle.items() if not naam.startswith("test_")
    } == ACTS


def test_zonder_recht_doet_geen_enkele_handeling_iets(wereld):
    """Every act on a traject × every person without one of its roles on it, and every act that makes a row × every
    person without its role: refused, before any argument is looked at.
    """
    from lms.kern.handelingen import Geweigerd
    from lms.kern.handelingen.poort import heeft_rol
    from lms.kern.models import Traject

    geweigerd = 0
    for naam, act in (HANDELINGEN | CONCEPTEN).items():
        if naam.startswith("test_"):
            continue
        for rol in "octTrRbeB":
            persoon = wereld.mensen[rol]
            if getattr(act, "regels", None) and act.regels.maakt:
                if not any(heeft_rol(persoon, r) for r in act.rollen):
                    with pytest.raises(Geweigerd):
                        act(door=persoon)
                    geweigerd += 1
                continue
            mag = any(Traject.objects.zichtbaar_als(persoon, r).filter(pk=wereld.zaak.pk).exists() for r in act.rollen)
            onderwerp = None if mag or naam in _ANDER_ONDERWERP else onderwerp_van(act, wereld.zaak, persoon)
            if onderwerp is None:
                continue
            with pytest.raises(Geweigerd):
                act(onderwerp, door=persoon)
            geweigerd += 1
    assert geweigerd > 250


_ANDER_ONDERWERP = {
    "agendaplek_afgelasten", "agendaplek_afmelden", "agendaplek_doorschuiven", "agendaplek_geven",
    "agendaplek_plaatsen", "agendaplek_vragen",
    "gegevens_wijzigen", "talen_zetten", "rol_geven", "rol_beeindigen", "rollen_beeindigen", "trainersplek_beeindigen",
    "kalenderadres_maken",
    "kalenderadres_intrekken", "les_afronden", "locatie_wijzigen", "uitvoering_wijzigen", "uitvoering_afgelasten",
    "overal_uitloggen", "toegang_bevestigen", "toegang_intrekken", "toegang_voorstellen",
    "aanmelding_indienen", "aanmelding_van_bekende", "belangstelling_bevestigen", "belangstelling_stoppen",
    "belangstelling_wissen", "bericht_opnieuw", "bericht_schrappen", "namens_bevestigen", "namens_bewaren",
    "namens_op_papier", "namens_sturen", "namens_weggooien", "toegang_van_server",
}  # fmt: skip
