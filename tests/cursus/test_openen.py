"""Days and lessons that open later, going on where you were, and the search: only what is open, ö as o."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import DagPagina, LesPagina, Toegang
from cursus.models.lessen import leesstand
from tests.cursus.test_paginas import tekst

LES = "/cursus/ek1/dag-1/open-vragen/"


def zet(pagina, **velden):
    type(pagina).objects.filter(pk=pagina.pk).update(**velden)


def les():
    return LesPagina.objects.get(slug="open-vragen")


def kijk(client, traject, pad=LES):
    client.force_login(traject.kandidaat)
    return client.get(pad)


def test_een_les_met_een_datum(w, client):
    traject, vandaag = w.traject(3), timezone.localdate()
    zet(les(), opent="datum", opent_op=vandaag + dt.timedelta(days=1))
    antwoord = kijk(client, traject)
    html = tekst(antwoord)
    assert antwoord.status_code == 403
    assert "Luisteren, open vragen en doorvragen is nog niet open" in html
    assert "Dit gaat open op " in html
    assert "Zou je niet" not in html
    zet(les(), opent_op=vandaag)
    assert kijk(client, traject).status_code == 200


def test_een_les_vanaf_een_stap(w, client):
    zet(les(), opent="stap", opent_nr=4)
    assert [kijk(client, w.traject(tot)).status_code for tot in (2, 3)] == [403, 200]


def test_een_dag_vanaf_de_eigen_groepsdag_ook_als_die_wordt_ingehaald(w, client):
    zet(DagPagina.objects.get(nr=1, slug="dag-1", path__startswith=les().path[:-4]), opent="groepsdag", opent_nr=1)
    zonder, straks = w.traject(3), w.traject(3)
    assert "Je hebt nog geen groep." in tekst(kijk(client, zonder))
    groep = w.groep("EK1", 3, [w.t1], over=2)
    cursus.deelname_plaatsen(straks, door=w.bureau, uitvoering=groep)
    antwoord = kijk(client, straks)
    assert antwoord.status_code == 403
    assert "Dit gaat open op dag 1 van je groep: " in tekst(antwoord)
    assert "9.30 uur" in tekst(antwoord)
    assert kijk(client, w.traject(4)).status_code == 200
    assert kijk(client, w.ouder()).status_code == 200


def test_wie_er_werkt_ziet_alles(w, client):
    zet(les(), opent="datum", opent_op=timezone.localdate() + dt.timedelta(days=30))
    for wie in (w.t1, w.bureau, w.redacteur):
        client.force_login(wie)
        assert client.get(LES).status_code == 200


def test_de_lijst_zegt_wanneer_en_linkt_niet(w, client):
    zet(les(), opent="stap", opent_nr=8)
    html = tekst(kijk(client, w.traject(3), "/cursus/ek1/"))
    assert "Dit gaat open bij stap 8 van je traject." in html
    assert f'href="{LES}"' not in html


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"opent": "datum"}, "opent_op"),
        ({"opent": "stap"}, "opent_nr"),
        ({"opent": "stap", "opent_nr": 9}, "opent_nr"),
        ({"opent": "stap", "opent_nr": 2}, "opent_nr"),
        ({"opent": "groepsdag", "opent_nr": 4}, "opent_nr"),
    ],
)
def test_een_halve_instelling_wordt_geweigerd(db, velden, fout):
    rij = les()
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    with pytest.raises(ValidationError) as gevonden:
        rij.full_clean()
    assert list(gevonden.value.message_dict) == [fout]


@pytest.mark.parametrize("regel", ["altijd", "groepsdag"])
@pytest.mark.parametrize("aantal", [1, 3])
def test_vragen_van_een_thuisles_met_alles_erop(w, client, django_assert_num_queries, regel, aantal):
    """Notes, a home assignment, a rule about group days: never more than fifteen questions, however many lessons
    and notes.
    """
    DagPagina.objects.update(opent=regel, opent_nr=1)
    traject, thuis = w.traject(4), LesPagina.objects.get(slug="teken-je-eigen-kring")
    for rij in LesPagina.objects.order_by("path")[:aantal]:
        cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=rij, teksten={"": "notitie"})
    cursus.opdracht_inleveren(traject, door=traject.kandidaat, les=thuis, tekst="klaar")
    client.force_login(traject.kandidaat)
    pad = "/cursus/ek1/dag-1/teken-je-eigen-kring/"
    client.get(pad)
    with django_assert_num_queries(14 if regel == "groepsdag" else 13):
        client.get(pad)


# --- where you were ---------------------------------------------------------------------------------------------------


def test_ga_verder_bij_waar_je_schreef_of_na_wat_je_las(w):
    traject = w.traject(3)
    lessen = list(LesPagina.objects.filter(path__startswith=les().path[:-8]).order_by("path"))

    def verder():
        return leesstand("EK1", Toegang(traject.kandidaat))["verder"]

    assert verder().pk == lessen[0].pk
    cursus.les_afronden(traject.kandidaat, door=traject.kandidaat, les=lessen[2])
    assert verder().pk == lessen[3].pk
    cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=lessen[6], teksten={"": "bezig"})
    assert verder().pk == lessen[6].pk
    cursus.les_afronden(traject.kandidaat, door=traject.kandidaat, les=lessen[6])
    assert verder().pk == lessen[7].pk
    zet(lessen[7], opent="stap", opent_nr=8)
    assert verder().pk == lessen[8].pk


def test_ga_verder_staat_op_mijn_traject_en_bij_de_cursus(w, client):
    traject = w.traject(3)
    cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les(), teksten={"": "bezig"})
    for pad in ("/mijn/", "/cursus/ek1/"):
        assert f"Ga verder bij: {les().title}" in tekst(kijk(client, traject, pad)), pad


# --- search -----------------------------------------------------------------------------------------------------------


def gevonden(client, vraag):
    return [rij.les.slug for rij in client.get("/cursus/zoeken/", {"q": vraag}).context["gevonden"]]


def test_zoeken_vindt_in_de_tekst_en_o_is_ook_o_met_puntjes(w, client):
    kijk(client, w.traject(3))
    assert gevonden(client, "coordinator") == gevonden(client, "COÖRDINATOR") != []
    assert gevonden(client, "doorvragen open vragen")[0] == "open-vragen"
    assert gevonden(client, "zeppelin") == []
    assert "Niets gevonden" in tekst(client.get("/cursus/zoeken/?q=zeppelin"))
    html = tekst(client.get("/cursus/zoeken/?q=doorvragen"))
    assert "dag 1: De kring en jouw rol" in html


def test_zoeken_heeft_een_grens_per_mens(w, client):
    een, ander = w.traject(4), w.traject(4)
    client.force_login(een.kandidaat)
    assert [client.get("/cursus/zoeken/?q=kring").status_code for _ in range(61)][-2:] == [200, 429]
    client.force_login(ander.kandidaat)
    assert client.get("/cursus/zoeken/?q=kring").status_code == 200


def test_zoeken_alleen_in_wat_open_is(w, client):
    kijk(client, w.traject(3))
    assert "open-vragen" in gevonden(client, "doorvragen")
    zet(les(), opent="stap", opent_nr=8)
    assert "open-vragen" not in gevonden(client, "doorvragen")
    assert gevonden(client, "herstelconferentie") == []  # a lesson of EK2
    client.force_login(w.t1)
    assert "open-vragen" in gevonden(client, "doorvragen")
    assert gevonden(client, "herstelconferentie") != []
    kijk(client, w.traject(1))
    assert gevonden(client, "doorvragen") == []


def test_zoeken_ziet_een_nieuwe_tekst_meteen(w, client):
    kijk(client, w.traject(3))
    rij = les()
    rij.inleiding = "Hier staat zeppelin."
    rij.save_revision().publish()
    assert gevonden(client, "zeppelin") == ["open-vragen"]


@pytest.mark.parametrize("vraag", ["", " ", "\x00", "%", "'; drop", "x" * 5_000, "\ud83d", "é" * 300])
def test_vreemde_zoekvragen(w, client, vraag):
    kijk(client, w.traject(3))
    assert client.get("/cursus/zoeken/", {"q": vraag.encode("utf-8", "replace").decode()}).status_code == 200


@pytest.mark.parametrize("aantal", [1, 26])
def test_vragen_van_het_zoeken(w, client, django_assert_num_queries, aantal):
    LesPagina.objects.filter(
        pk__in=list(LesPagina.objects.order_by("path").values_list("pk", flat=True))[aantal:]
    ).update(live=False)
    kijk(client, w.traject(3), "/cursus/zoeken/?q=conferentie")
    with django_assert_num_queries(12):
        client.get("/cursus/zoeken/?q=conferentie")
