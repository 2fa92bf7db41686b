"""The course pages: for whom they are open, and the progress that is never a condition."""

import pytest

from cursus.models import CursusPagina, LesPagina, Voortgang
from lms.kern.models import Bericht, Gebruiker
from tests.cursus.test_paginas import tekst
from tests.fabrieken import persoon, staat

LES = "/cursus/ek1/dag-1/open-vragen/"
LES2 = "/cursus/ek2/dag-2/voorgesprekken/"


def code(client, wie, pad):
    client.force_login(wie)
    return client.get(pad).status_code


@pytest.mark.parametrize("pad", ["/cursus/", "/cursus/ek1/", "/cursus/ek1/dag-1/", LES, LES2])
def test_een_bezoeker_logt_eerst_in(db, client, pad):
    antwoord = client.get(pad)
    assert (antwoord.status_code, antwoord.url) == (302, f"/inloggen/?next={pad}")


def test_ek1_is_open_vanaf_stap_3(w, client):
    assert [code(client, w.traject(tot).kandidaat, LES) for tot in range(4)] == [403, 403, 200, 200]


def test_ek1_is_dicht_zonder_traject_en_na_stoppen(w, client):
    gestopt = w.traject(3)
    gestopt.afgesloten_op, gestopt.afsluiting = gestopt.begonnen_op, "gestopt"
    gestopt.save()
    gestopt.beurten.all().delete()
    assert code(client, persoon("buiten"), LES) == 403
    assert code(client, gestopt.kandidaat, LES) == 403


def test_dicht_zegt_wanneer_het_opengaat_zonder_de_les(w, client):
    client.force_login(w.traject(1).kandidaat)
    html = tekst(client.get(LES))
    assert "EK1 gaat open na de informatiebijeenkomst." in html
    assert "doorvragen" not in html
    assert "EK2 kan na twee conferenties die meetellen." in tekst(client.get(LES2))


def test_ek2_is_open_voor_wie_mag_of_het_volgde(w, client):
    een, twee, gevolgd = w.traject(9), w.traject(9), w.na_ek2()
    w.conferentie(twee)
    assert code(client, een.kandidaat, LES2) == 403
    assert code(client, twee.kandidaat, LES2) == 200
    gevolgd.registratie.standen.filter(tot=None).update(stand="slapend")
    assert code(client, gevolgd.kandidaat, LES2) == 200
    assert code(client, een.kandidaat, LES) == 200


def test_een_coordinator_van_voor_het_systeem_leest_ek1(w, client):
    assert code(client, w.ouder().kandidaat, LES) == 200


def test_wie_er_werkt_leest_alles(w, client):
    baas = Gebruiker.objects.create_superuser("baas@demo.example", "x", voornaam="B", achternaam="A")
    for wie in (w.t1, w.bureau, w.redacteur, w.rm, baas):
        assert (code(client, wie, LES), code(client, wie, LES2)) == (200, 200)


def test_overzicht_laat_allebei_de_cursussen_zien(w, client):
    client.force_login(w.traject(2).kandidaat)
    html = tekst(client.get("/cursus/"))
    assert "Open EK1" in html
    assert "Open EK2" not in html
    assert "Straks" in html


def test_klaar_gaat_naar_de_volgende_les_en_telt_een_keer(w, client):
    traject = w.traject(2)
    voor = (staat(traject), Bericht.objects.count())
    client.force_login(traject.kandidaat)
    les = LesPagina.objects.get(slug="open-vragen", title__startswith="Luisteren")
    for _ in range(2):
        antwoord = client.post(f"/cursus/schrijven/{les.pk}/", {"klaar": 1})
        assert antwoord.url == "/cursus/ek1/dag-1/teken-je-eigen-kring/"
    assert list(Voortgang.objects.values_list("gebruiker", "les")) == [(traject.kandidaat_id, les.pk)]
    assert (staat(traject), Bericht.objects.count()) == voor
    context = client.get("/cursus/ek1/").context
    assert (context["klaar"], context["verder"].slug) == (1, "teken-je-eigen-kring")


def test_na_de_laatste_les_terug_naar_de_cursus(w, client):
    client.force_login(w.traject(2).kandidaat)
    laatste = LesPagina.objects.descendant_of(CursusPagina.objects.get(soort="EK1")).order_by("path").last()
    assert client.post(f"/cursus/schrijven/{laatste.pk}/", {"klaar": 1}).url == "/cursus/ek1/"


def test_klaar_kan_niet_voor_een_dichte_les(w, client):
    client.force_login(w.traject(1).kandidaat)
    les = LesPagina.objects.get(slug="open-vragen")
    assert client.post(f"/cursus/schrijven/{les.pk}/", {"klaar": 1}).status_code == 403
    assert client.post("/cursus/schrijven/999999/", {"klaar": 1}).status_code == 404
    assert client.get(f"/cursus/schrijven/{les.pk}/").status_code == 403
    assert not Voortgang.objects.exists()


def test_voortgang_van_een_ander_telt_niet(w, client):
    ander, zelf = w.traject(2), w.traject(2)
    Voortgang.objects.create(gebruiker=ander.kandidaat, les=LesPagina.objects.first())
    client.force_login(zelf.kandidaat)
    assert client.get("/cursus/ek1/").context["klaar"] == 0


def test_vorige_en_volgende_lopen_door_over_de_dagen(w, client):
    client.force_login(w.t1)
    context = client.get("/cursus/ek1/dag-2/wie-kan-erbij-zijn/").context
    assert (context["vorige"].slug, context["volgende"].slug) == ("teken-je-eigen-kring", "een-vraag-met-ruimte")
    assert (context["les_nr"], context["aantal"]) == (6, 14)


@pytest.mark.parametrize(("pad", "vragen"), [(LES, 12), ("/cursus/ek1/", 13), ("/cursus/ek1/dag-1/", 12)])
@pytest.mark.parametrize("klaar", [1, 3])
def test_vragen_van_een_les(w, client, django_assert_num_queries, pad, vragen, klaar):
    kandidaat = w.traject(2).kandidaat
    for les in LesPagina.objects.all()[:klaar]:
        Voortgang.objects.create(gebruiker=kandidaat, les=les)
    client.force_login(kandidaat)
    client.get(pad)
    with django_assert_num_queries(vragen):
        client.get(pad)


@pytest.mark.parametrize(
    "pad", ["/cursus/ek9/", "/cursus/ek1/dag-9/", f"{LES}verder/", "/cursus/ek1//", "/cursus/%00/"]
)
def test_een_onbekende_les_is_er_niet(w, client, pad):
    client.force_login(w.t1)
    assert client.get(pad).status_code == 404


def test_een_concept_les_is_er_niet(w, client):
    client.force_login(w.t1)
    LesPagina.objects.get(slug="open-vragen").unpublish()
    assert client.get(LES).status_code == 404
    assert "open-vragen" not in [les.slug for les in client.get("/cursus/ek1/").context["alle"]]
