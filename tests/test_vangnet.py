"""What `make mutaties` showed that no other test saw: both sides of a consent, the own report as a trainer, who is not
asked, days that cannot be.
"""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certificering import handelingen as certificering
from cursus import handelingen as cursus
from cursus.models import Uitvoering
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bestand, Gebruiker, Instelling, Rolvervulling, Toestemming, Traject
from selectie import handelingen as selectie
from selectie.handelingen.concept import afdruk
from selectie.handelingen.verslag import trainers_van
from selectie.models import AKKOORD_VERSIE, Aanmeldconcept, Mening, Verslag
from tests.fabrieken import besluit_van, gesprek_van, verslag_van
from tests.selectie.test_antwoorden import PDF


def maak_trainer(mens, groep):
    """This person has the role and a place as trainer of this group."""
    Rolvervulling.objects.create(gebruiker=mens, rol="trainer", van=dt.date(2020, 1, 1))
    groep.trainerschappen.create(trainer=mens)
    return Gebruiker.objects.get(pk=mens.pk)


# --- consent ----------------------------------------------------------------------------------------------------------


def test_een_leeg_vakje_is_geen_toestemming_om_te_bewaren(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    selectie.afronden_bevestigen(besluit_van(traject), door=traject.kandidaat)
    traject.refresh_from_db()
    assert (traject.afsluiting, Toestemming.objects.filter(waarvoor="bewaren").count()) == ("samen", 0)


def test_een_leeg_vakje_na_de_evaluatie_ook_niet(w):
    traject = w.traject(7)
    w.poort(traject)
    w.conferentie(traject)
    w.evalueer(traject, "past_niet")
    certificering.traject_afronden(traject, door=traject.kandidaat)
    traject.refresh_from_db()
    assert (traject.afsluiting, Toestemming.objects.filter(waarvoor="bewaren").count()) == ("samen", 0)


def test_zonder_toestemming_gaat_er_geen_aanmelding_door(w):
    """Also past the form: the act looks itself, for somebody who is known too."""
    gegevens = {"voornaam": "Nel", "achternaam": "Vos", "email": w.rm.email, "regio": w.noord.pk, "motivatie": "x",
                "cv": "x", "onafhankelijk": "ja"}  # fmt: skip
    for akkoord, gaat in (({}, False), ({"akkoord": "0"}, False), ({"akkoord": AKKOORD_VERSIE}, True)):
        concept, _token = selectie.concept_maken(gegevens | akkoord)
        if gaat:
            assert selectie.aanmelding_van_bekende(concept, door=w.rm, gelezen=afdruk(concept))
            continue
        with pytest.raises(ValidationError, match="Geef eerst toestemming"):
            selectie.aanmelding_van_bekende(concept, door=w.rm, gelezen=afdruk(concept))
        assert Toestemming.objects.filter(waarvoor="aanmelding").count() == 0
    assert Toestemming.objects.get(waarvoor="aanmelding").gebruiker == w.rm


# --- who may ----------------------------------------------------------------------------------------------------------


def test_wie_zelf_trainer_is_leest_het_eigen_verslag_niet_als_trainer(w):
    traject = w.traject(5)
    maak_trainer(traject.kandidaat, w.ek1)
    assert list(trainers_van(traject)) == [w.t1, w.t2]
    verslag = w.verslag(traject)
    assert set(Mening.objects.filter(verslag=verslag).values_list("trainer", flat=True)) == {w.t1.pk, w.t2.pk}


def test_de_kandidaat_wordt_nooit_als_trainer_van_het_eigen_verslag_gevraagd(w):
    traject = w.traject(6)
    zelf = maak_trainer(traject.kandidaat, w.ek1)
    with pytest.raises(ValidationError, match="Kies een trainer"):
        selectie.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=zelf, waarom="ziek")
    assert Mening.objects.filter(trainer=zelf).count() == 0
    assert selectie.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="ziek")


def test_een_teruggehaald_verslag_leest_geen_trainer(w, client):
    traject = w.traject(6)
    terug = verslag_van(traject)
    assert list(Verslag.objects.zichtbaar_voor(w.t1)) == [terug]
    selectie.verslag_terughalen(terug, door=traject.kandidaat)
    assert list(Verslag.objects.zichtbaar_voor(w.t1)) == []
    with pytest.raises(Geweigerd):
        selectie.verslag_openen(terug, door=w.t1)
    client.force_login(Gebruiker.objects.get(pk=w.t1.pk))
    adres = reverse("trainer_verslag", args=[terug.pk])
    assert client.get(adres).url == reverse("trainer_verslagen")  # who was asked reads there that it was taken back
    assert [client.get(f"{adres}{deel}/").status_code for deel in ("nakijken", "herroepen", "heropenen")] == [404] * 3


def test_wie_niet_gevraagd_is_plant_niet_en_schrijft_niet_op(w):
    traject = w.verschil()
    w.ek1.trainerschappen.create(trainer=w.t3)
    gesprek, morgen = gesprek_van(traject), timezone.now() + dt.timedelta(days=1)
    record = {
        "gehouden_op": timezone.localdate(), "aanwezigen": "x", "afspraken": "x", "trainers": "past",
    }  # fmt: skip
    with pytest.raises(Geweigerd):
        selectie.gesprek_voorstellen(gesprek, door=w.t3, momenten=[(morgen, "Telefoon")])
    with pytest.raises(Geweigerd):
        selectie.gesprek_vastleggen(gesprek, door=w.t3, **record)
    gesprek.refresh_from_db()
    assert (gesprek.voorgesteld_om, gesprek.gehouden_om) == (None, None)
    assert selectie.gesprek_vastleggen(gesprek, door=w.t2, **record)


@pytest.mark.parametrize("mening", ["past", "twijfel", "past_niet"])
def test_de_eerste_mening_beslist_nooit(w, mening):
    traject = w.traject(6, conclusie="past_niet")
    assert w.mening(traject, w.t1, mening) is None
    assert besluit_van(traject) is None


def test_er_is_pas_een_besluit_met_genoeg_meningen(w):
    """Also when the setting was raised after the report was sent."""
    traject = w.traject(6)
    Instelling.objects.create(code="trainers_per_verslag", waarde=3)
    w.mening(traject, w.t1)
    assert w.mening(traject, w.t2) is None
    assert besluit_van(traject) is None
    selectie.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="drie is de afspraak")
    assert w.mening(traject, w.t3) == besluit_van(traject)


# --- days that cannot be ----------------------------------------------------------------------------------------------


def test_een_gesprek_is_niet_van_voor_het_verslag(w):
    traject = w.verschil()
    ervoor = timezone.localdate(verslag_van(traject).verstuurd_om) - dt.timedelta(days=1)
    record = {"aanwezigen": "x", "afspraken": "x", "trainers": "past"}
    with pytest.raises(ValidationError, match="vóór het verslag"):
        selectie.gesprek_vastleggen(gesprek_van(traject), door=w.t1, gehouden_op=ervoor, **record)
    assert gesprek_van(traject).gehouden_om is None


def test_een_aanbod_loopt_nooit_door_na_het_begin(w):
    groep = w.groep("informatie", 1, [], capaciteit=1, over=20)
    eerste, tweede = w.traject(1), w.traject(1)
    for traject in (eerste, tweede):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    begin = groep.bijeenkomsten.get().begint_om
    with time_machine.travel(begin - dt.timedelta(hours=6), tick=False):
        Uitvoering.objects.filter(pk=groep.pk).update(capaciteit=2)
        assert cursus.plekken_aanbieden() == 1
        assert timezone.now() < tweede.deelnames.get(afgemeld_om=None).aanbod_tot <= begin


# --- what is shared and kept ------------------------------------------------------------------------------------------


def test_de_eigen_rij_met_dieet_wordt_niet_als_medewerker_gelezen(w):
    groep = w.groep("EK1", 3, [w.t1], over=5)
    eigen, ander = w.traject(3), w.traject(3)
    for traject in (eigen, ander):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
        zorg = {"dieet": "geen noten", "toegang": "", "dieet_mag": True, "toegang_mag": False}
        cursus.trainingszorg_bewaren(traject, door=traject.kandidaat, soort="EK1", **zorg)
    trainer = maak_trainer(eigen.kandidaat, groep)
    assert [rij.traject for rij in cursus.zorg_inzien(groep, door=trainer)] == [ander]
    assert eigen.journaal.filter(handeling="inzage").count() == 0


def test_een_oud_concept_gaat_weg_met_zijn_bestand(w, settings, django_capture_on_commit_callbacks):
    concept, _token = selectie.concept_maken({"voornaam": "Nel"})
    jong, _token = selectie.concept_maken({"voornaam": "Bo"})
    selectie.concept_bewaren(concept, {}, brief=SimpleUploadedFile("brief.pdf", PDF))
    schijf = [pad for pad in settings.BESTANDEN_ROOT.rglob("*") if pad.is_file()]
    assert len(schijf) == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=365), tick=False):
        Aanmeldconcept.objects.filter(pk=jong.pk).update(gewijzigd_om=timezone.now())
        with django_capture_on_commit_callbacks(execute=True):
            assert selectie.concepten_opruimen() == 1
    assert list(Aanmeldconcept.objects.values_list("pk", flat=True)) == [jong.pk]
    assert (Bestand.objects.count(), [pad.exists() for pad in schijf]) == (0, [False])


def test_wie_over_een_teruggehaald_verslag_was_gevraagd_ziet_het_traject_niet_meer(w):
    """The bureau asked somebody instead; then the candidate took the report back, unread, and sent it to the group."""
    traject = w.traject(6)
    verslag = verslag_van(traject)
    selectie.trainer_toevoegen(verslag, door=w.bureau, trainer=w.t3, waarom="Ziek.")
    assert Traject.objects.zichtbaar_voor(w.t3).filter(pk=traject.pk).exists()
    selectie.verslag_terughalen(verslag, door=traject.kandidaat)
    assert not Traject.objects.zichtbaar_voor(w.t3).filter(pk=traject.pk).exists()
    assert not Traject.objects.als_trainer_van(w.t3, "EK1").filter(pk=traject.pk).exists()
