"""People and roles: the first bureau worker, colleagues, dated roles and the groups of the Wagtail admin."""

import datetime as dt

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from lms.kern import handelingen
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Instelling, Journaalregel, Rolvervulling, Traject
from lms.portaal.admin import TE_ZIEN
from tests.fabrieken import WACHTWOORD


def _groepen(persoon):
    return sorted(persoon.groups.values_list("name", flat=True))


def test_eerste_bureau_vanaf_de_opdrachtregel(db):
    for _ in range(2):
        call_command("bureau", "Anneke@demo.example", "Anneke", "Visser", verbosity=0)
    persoon = Gebruiker.objects.get()
    assert (persoon.email, [str(r) for r in sorted(persoon.rollen())], _groepen(persoon)) == (
        "anneke@demo.example",
        ["bureau", "kandidaat"],
        ["Bureau"],
    )
    assert persoon.rolvervullingen.count() == 1


def test_een_rol_geldt_vanaf_vandaag_en_eindigt_vandaag(w):
    persoon = w.traject(0).kandidaat
    rij = handelingen.rol_geven(persoon, door=w.bureau, rol="redacteur")
    assert _groepen(persoon) == ["Redactie"]
    assert "redacteur" in Gebruiker.objects.get(pk=persoon.pk).rollen()
    handelingen.rol_beeindigen(rij, door=w.bureau)
    assert "redacteur" not in Gebruiker.objects.get(pk=persoon.pk).rollen()
    assert (_groepen(persoon), Rolvervulling.objects.get(pk=rij.pk).tot) == ([], timezone.localdate())


def test_wie_trainer_was_ziet_niets_meer(w):
    traject = w.traject(6)
    w.t1.rolvervullingen.update(tot=timezone.localdate())
    assert not Traject.objects.zichtbaar_voor(Gebruiker.objects.get(pk=w.t1.pk)).filter(pk=traject.pk).exists()


@pytest.mark.parametrize(
    ("rol", "met_regio"), [("regiomanager", False), ("trainer", True), ("koning", False), ("kandidaat", False)]
)
def test_een_rol_die_niet_kan_wordt_geweigerd(w, rol, met_regio):
    with pytest.raises(ValidationError):
        handelingen.rol_geven(w.t1, door=w.bureau, rol=rol, regio=w.noord if met_regio else None)


def test_niemand_geeft_zichzelf_een_rol(w):
    with pytest.raises(PermissionDenied):
        handelingen.rol_geven(w.bureau, door=w.bureau, rol="trainer")
    with pytest.raises(PermissionDenied):
        handelingen.medewerker_maken(door=w.t1, voornaam="x", achternaam="y", email="x@demo.example", rol="bureau")


def test_een_mislukte_rol_laat_geen_account_achter(w):
    with pytest.raises(ValidationError):
        handelingen.medewerker_maken(
            door=w.bureau, voornaam="x", achternaam="y", email="x@demo.example", rol="regiomanager"
        )
    assert not Gebruiker.objects.filter(email="x@demo.example").exists()


def test_instelling_verandert_geen_beloofde_datum(w):
    traject = w.traject(6)
    beloofd = traject.verslagen.get().reactie_voor
    handelingen.instelling_wijzigen(door=w.bureau, code="trainers_reageren", waarde="3")
    assert (traject.verslagen.get().reactie_voor, Instelling.objects.get().waarde) == (beloofd, 3)
    tweede = w.traject(6)
    assert tweede.verslagen.get().reactie_voor == timezone.localdate() + dt.timedelta(days=3)
    assert Journaalregel.objects.filter(handeling="instelling_wijzigen").count() == 1


@pytest.mark.parametrize("waarde", ["-1", "x", "99999999", ""])
def test_instelling_weigert_wat_geen_getal_is(w, waarde):
    with pytest.raises(ValidationError):
        handelingen.instelling_wijzigen(door=w.bureau, code="verslag", waarde=waarde)
    with pytest.raises(PermissionDenied):
        handelingen.instelling_wijzigen(door=w.t1, code="verslag", waarde="3")


def test_zoeken_vindt_oe_met_o(w):
    persoon = w.traject(0).kandidaat
    handelingen.gegevens_wijzigen(persoon, door=persoon, voornaam="Öykü", achternaam="Wiśniewska-Ørsted")
    assert Gebruiker.objects.get(pk=persoon.pk).zoek == "wisniewska-orsted oyku"


def test_django_beheer_toont_feiten_en_verandert_niets(w, client):
    namen = {model._meta.label for model in admin.site._registry}
    assert namen == set(TE_ZIEN)
    assert {"kern.Traject", "kern.Journaalregel", "certificering.Certificaat"} <= namen
    beheer = Gebruiker.objects.create_superuser("beheer@demo.example", WACHTWOORD, voornaam="Bea", achternaam="Heerma")
    traject = w.traject(6)
    client.force_login(beheer)
    pad = f"/beheer/django/kern/traject/{traject.pk}/change/"
    assert client.get(pad).status_code == 200
    assert client.post(pad, {"stap": 9}).status_code == 403
    assert client.post(f"/beheer/django/kern/traject/{traject.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/beheer/django/kern/traject/add/").status_code == 403
    assert "kanarie" not in client.get(f"/beheer/django/kern/gebruiker/{traject.kandidaat_id}/change/").content.decode()


def test_de_instellingen_van_het_domein_staan_er_met_hun_waarde(db):
    verwacht = {
        "bureau_antwoordt": 10, "bijeenkomst_kiezen": 21, "deelnamebesluit": 14, "verslag": 14,
        "verslag_herinnering": 14, "verslag_herinnering_2": 28,
        "trainers_reageren": 14, "trainers_duwtje": 10, "trainers_escalatie": 15, "gesprek_kiezen": 7,
        "scopeverslag_reactie": 14, "vrije_plek": 3,
        "vrije_plek_kort": 1, "laat_afmelden": 7, "groep_minimaal": 6, "groep_maximaal": 14, "bellen_na": 2,
        "nu_nog_niet": False, "trainers_per_verslag": 2,
        "hint_voorbeelden": 5, "bestand_mb": 10, "bestanden_per_persoon": 200, "mb_per_persoon": 400,
        "mb_zonder_traject": 2000, "concept_aanmelding": 30, "bewaren": 28, "bewaren_met_toestemming": 365,
        "wachten_conferentie": 90,
        "wachten_conferentie_2": 180, "tweede_conferentie": 6, "tweede_conferentie_2": 12,
        "vierwekencontact": 28,
        "kosten_training": "",
    }  # fmt: skip
    assert {code: instelling(code) for code in verwacht} == verwacht
