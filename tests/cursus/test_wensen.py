"""What people tell for the training: who reads it, that diet and access need consent, are journaled, and are gone
the day after the last day.
"""

import datetime as dt

import pytest
import time_machine
from django.core import serializers
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cursus import handelingen as cursus
from cursus.handelingen.wensen import _gewist
from cursus.models import Soort, Trainingswens, Trainingszorg, Uitvoering
from lms.kern.handelingen import Geweigerd, traject_stoppen
from lms.kern.models import Bericht, Gebruiker, Journaalregel, Toestemming
from tests.cursus.test_paginas import tekst
from tests.fabrieken import deelname_van

EK1, PAD = Soort.EK1, "/mijn/training/wensen/"


@pytest.fixture
def geplaatst(w, client):
    """Somebody with a place in a group that begins in five days. Returns (traject, groep)."""
    groep = w.groep(EK1, 3, [w.t1, w.t2], over=5)
    traject = w.traject(3, naam="anna")
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    client.force_login(traject.kandidaat)
    return traject, groep


def vertel(traject, dieet="geen varken", toegang="kanarie-lift", **meer):
    velden = {"dieet": dieet, "toegang": toegang, "dieet_mag": True, "toegang_mag": True} | meer
    return cursus.trainingszorg_bewaren(traject, door=traject.kandidaat, soort=EK1, **velden)


def test_zonder_plek_valt_er_niets_te_vertellen(w, client):
    traject = w.traject(3)
    client.force_login(traject.kandidaat)
    assert "Dit vul je in als je een plek hebt in een groep." in tekst(client.get(PAD))
    with pytest.raises(ValidationError, match="als je een plek hebt"):
        vertel(traject)


def test_vertellen_en_teruglezen(w, client, geplaatst):
    traject, groep = geplaatst
    html = tekst(client.get(PAD))
    assert "Na de laatste dag van je training wissen we wat hier staat." in html
    assert (
        client.post(PAD, {"daad": "wens", "talen": "Tigrinya", "wensen": "Ik lees graag van papier."}).status_code
        == 302
    )
    antwoord = client.post(PAD, {"daad": "zorg", "dieet": "geen varken", "toegang": ""})
    assert "dieet_mag" in antwoord.context["zorg"].errors
    assert 'value="geen varken"' in tekst(antwoord)
    assert not Trainingszorg.objects.exists()
    assert (
        client.post(PAD, {"daad": "zorg", "dieet": "geen varken", "dieet_mag": "on", "toegang": ""}).status_code == 302
    )
    html = tekst(client.get(PAD))
    assert ('value="Tigrinya"' in html, 'value="geen varken"' in html) == (True, True)
    assert set(Toestemming.objects.filter(ingetrokken_om=None).values_list("waarvoor", flat=True)) == {"training_dieet"}


def test_de_groep_leest_de_wensen_en_alleen_de_eigen_trainers(w, client, geplaatst):
    traject, groep = geplaatst
    cursus.trainingswens_bewaren(traject, door=traject.kandidaat, soort=EK1, talen="Tigrinya", wensen="kanarie-wens")
    vertel(traject)
    for mens, ziet in (
        (w.t1, 200),
        (w.bureau, 200),
        (w.t3, 404),
        (w.rm, 403),
        (w.redacteur, 403),
        (traject.kandidaat, 403),
    ):
        client.force_login(mens)
        groepspagina, zorg = (
            client.get(f"/trainer/groepen/{groep.pk}/"),
            client.get(f"/trainer/groepen/{groep.pk}/zorg/"),
        )
        assert (groepspagina.status_code, zorg.status_code) == (ziet, ziet)
        assert ("kanarie-wens" in tekst(groepspagina), "kanarie-lift" in tekst(zorg)) == (ziet == 200, ziet == 200)
        assert "kanarie-lift" not in tekst(groepspagina)
    with pytest.raises(Geweigerd):
        cursus.zorg_inzien(groep, door=w.t3)
    assert set(Trainingswens.objects.zichtbaar_voor(w.t3)) | set(Trainingszorg.objects.zichtbaar_voor(w.rm)) == set()
    assert [set(Trainingszorg.objects.zichtbaar_voor(m)) != set() for m in (w.t1, w.bureau, traject.kandidaat)] == [
        True
    ] * 3


def test_wie_het_las_staat_in_het_logboek(w, client, geplaatst):
    traject, groep = geplaatst
    vertel(traject)
    client.force_login(w.t1)
    client.get(f"/trainer/groepen/{groep.pk}/zorg/")
    regel = Journaalregel.objects.get(handeling="inzage", traject=traject, gegevens__wat="zorg")
    assert (regel.door, regel.als) == (w.t1, "trainer")
    client.force_login(traject.kandidaat)
    assert "wat je nodig hebt bij eten en toegang" in tekst(client.get("/mijn/gegevens/"))


def overal(woord):
    """Every table of ours, the mails, the journal and Wagtail's own log, searched for a word."""
    modellen = (Trainingszorg, Trainingswens, Journaalregel, Bericht, Toestemming, Gebruiker, ModelLogEntry)
    return [m.__name__ for m in modellen if woord in serializers.serialize("json", m.objects.all())]


def test_op_de_laatste_dag_staat_het_er_nog_en_de_dag_erna_nergens_meer(w, client, geplaatst):
    traject, groep = geplaatst
    vertel(traject)
    laatste = groep.bijeenkomsten.get(nr=3).eindigt_om
    assert overal("kanarie-lift") == ["Trainingszorg"]  # nowhere else, also before
    with time_machine.travel(timezone.localtime(laatste).replace(hour=23, minute=59), tick=False):
        assert cursus.zorg_opruimen() == 0
    assert Trainingszorg.objects.count() == 1
    with time_machine.travel(timezone.localtime(laatste).replace(hour=0, minute=1) + dt.timedelta(days=1), tick=False):
        assert (cursus.zorg_opruimen(), cursus.zorg_opruimen()) == (1, 0)
    assert overal("kanarie-lift") == []
    assert not Toestemming.objects.filter(ingetrokken_om=None, waarvoor__startswith="training_").exists()
    assert Journaalregel.objects.get(handeling="trainingszorg_wissen").als == "systeem"


def test_twee_werkers_wissen_hetzelfde(w, geplaatst):
    """The second one finds nothing left, and goes on."""
    traject, groep = geplaatst
    vertel(traject)
    zorg = Trainingszorg.objects.get()
    cursus.trainingszorg_wissen(zorg, door=None)
    assert not _gewist(zorg)
    assert Journaalregel.objects.filter(handeling="trainingszorg_wissen").count() == 1


def test_een_veld_leegmaken_is_meteen_weg(w, geplaatst):
    traject, _ = geplaatst
    vertel(traject)
    vertel(traject, toegang="")
    assert overal("kanarie-lift") == []
    assert set(Toestemming.objects.filter(ingetrokken_om=None).values_list("waarvoor", flat=True)) == {"training_dieet"}
    vertel(traject, dieet="", toegang="")
    assert not Trainingszorg.objects.exists()


def test_wie_geen_plek_meer_heeft_of_stopt_houdt_niets_achter(w, geplaatst):
    traject, groep = geplaatst
    vertel(traject)
    cursus.deelname_afmelden(deelname_van(traject, EK1), door=traject.kandidaat)
    assert cursus.zorg_opruimen() == 1
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    vertel(traject)
    traject_stoppen(traject, door=traject.kandidaat)
    assert cursus.zorg_opruimen() == 1
    assert overal("kanarie-lift") == []


def test_een_beheerder_ziet_het_nergens_in_het_beheer(w, client, geplaatst):
    traject, _ = geplaatst
    vertel(traject)
    client.force_login(Gebruiker.objects.create_superuser("baas@demo.example", "x", voornaam="B", achternaam="A"))
    index = tekst(client.get(reverse("admin:index")))
    assert "trainingszorg" not in index.lower()
    assert "belangstellende" not in index.lower()
    assert (
        client.get(f"/beheer/django/cursus/trainingszorg/{Trainingszorg.objects.get().pk}/change/").status_code == 404
    )


def test_de_presentielijst_om_af_te_drukken(w, client, geplaatst):
    traject, groep = geplaatst
    client.force_login(w.t1)
    html = tekst(client.get(f"/trainer/groepen/{groep.pk}/lijst/"))
    assert (html.count("<tr>"), html.count('scope="row"'), "Anna Jansen" in html) == (2, 1, True)
    assert client.get(f"/trainer/groepen/{w.ek1b.pk}/lijst/").status_code == 404


def test_laat_afgemeld_ziet_het_team(w, client, geplaatst):
    traject, groep = geplaatst
    antwoord = client.post(f"/mijn/afmelden/{deelname_van(traject, EK1).pk}/", {})
    assert "Dit is laat." in tekst(antwoord)
    assert traject.deelnames.filter(soort=EK1, afgemeld_om=None).exists()
    client.post(f"/mijn/afmelden/{deelname_van(traject, EK1).pk}/", {"zeker": "on"})
    assert traject.deelnames.get(soort=EK1).afmelding == "laat"
    for mens, pad in (
        (w.t1, f"/trainer/groepen/{groep.pk}/"),
        (w.bureau, f"/bureau/kandidaten/{traject.pk}/plaatsen/"),
    ):
        client.force_login(mens)
        assert "Laat afgemeld" in tekst(client.get(pad))


@pytest.mark.parametrize("aantal", [1, 25])
def test_vragen_van_groep_en_zorg(w, client, django_assert_num_queries, aantal):
    Uitvoering.objects.update(capaciteit=100)
    groep = w.groep(EK1, 3, [w.t1, w.t2], over=5, capaciteit=30)
    for _ in range(aantal):
        traject = w.traject(3)
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
        cursus.trainingswens_bewaren(traject, door=traject.kandidaat, soort=EK1, talen="Turks", wensen="x")
        vertel(traject)
    for mens, pad, vragen in (
        (w.bureau, f"/trainer/groepen/{groep.pk}/", 8),
        (w.t1, f"/trainer/groepen/{groep.pk}/", 9),
        (w.bureau, f"/trainer/groepen/{groep.pk}/zorg/", 8),
    ):
        client.force_login(mens)
        client.get(pad)
        with django_assert_num_queries(vragen):
            client.get(pad)
