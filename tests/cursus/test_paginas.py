"""The public pages: home, agenda, news; what is shown, filtered and hidden, and how many queries it takes."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Site

from cursus import handelingen as cursus
from cursus.inhoud import pagina_s_inrichten
from cursus.models import HomePage, NieuwsIndex, NieuwsPagina, Soort, StandaardPagina, Uitvoering
from lms.kern.models import Regio
from tests.lezen import leesbaar as tekst

INFORMATIE, EK1, EK2 = Soort.INFORMATIE, Soort.EK1, Soort.EK2
OPENBAAR = [
    "/",
    "/agenda/",
    "/zo-werkt-het/",
    "/nieuws/",
    "/nieuws/op-mijn-handen-zitten/",
    "/hulp/",
    "/privacy/",
    "/toegankelijkheid/",
]


def titels(antwoord):
    """The titles of the sessions on an agenda page, in order."""
    return [u.titel for u in antwoord.context["bladzij"]]


@pytest.mark.parametrize("pad", OPENBAAR)
def test_een_bezoeker_leest_elke_openbare_pagina(w, client, pad):
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    html = tekst(antwoord)
    assert html.count("<h1") == 1
    assert '<meta name="description" content="' in html
    assert "<script>" not in html
    assert " style=" not in html


def test_titels_en_beschrijvingen_zijn_overal_anders(db):
    pagina_s = Page.objects.live().filter(depth__gte=2)
    titels = list(pagina_s.filter(depth__lte=3).values_list("seo_title", flat=True))
    assert len(titels) == len(set(titels))
    assert "" not in titels
    assert pagina_s.filter(depth__lte=3, search_description="").count() == 0


def test_home_laat_de_eerste_vier_data_zien(w, client):
    for n in range(6):
        w.groep(INFORMATIE, 1, [], over=10 - n, titel=f"Bijeenkomst {n}")
    html = tekst(client.get("/"))
    assert [n for n in range(6) if f"Bijeenkomst {n}" in html] == [2, 3, 4, 5]


def test_agenda_zegt_plekken_wachtlijst_en_wie_we_zoeken(w, client):
    groep = w.groep(INFORMATIE, 1, [], over=5, capaciteit=2, titel="Zwolle")
    Uitvoering.objects.filter(pk=groep.pk).update(wie_zoeken_we="mensen die Tigrinya spreken")
    html = tekst(client.get("/agenda/"))
    assert "Nog 2 plekken" in html
    assert "mensen die Tigrinya spreken" in html
    assert f'href="/aanmelden/?bijeenkomst={groep.pk}"' in html
    for _ in range(2):
        cursus.deelname_aanvragen(w.traject(1), door=w.bureau, uitvoering=groep)
    html = tekst(client.get("/agenda/"))
    assert "Vol" in html
    assert "Op de wachtlijst" in html


def test_agenda_filtert_op_regio_en_soort_als_met_de_hand(w, client):
    soorten = [INFORMATIE, EK1, EK2]
    for n, soort in enumerate(soorten * 2):
        groep = w.groep(soort, 1, [], over=n + 2, titel=f"{soort} {n}")
        Uitvoering.objects.filter(pk=groep.pk).update(regio=[w.noord, w.zuid, None][n % 3] if n < 4 else w.zuid)
    alle = list(Uitvoering.objects.komend())
    for regio in [None, *Regio.objects.all()]:
        for soort in ["", *Soort.values]:
            verwacht = [
                u.titel
                for u in alle
                if (regio is None or u.regio_id in (regio.pk, None) or u.locatie.online)
                and (not soort or u.soort == soort)
            ]
            antwoord = client.get("/agenda/", {"regio": regio.pk if regio else "", "soort": soort})
            assert titels(antwoord) == verwacht


@pytest.mark.parametrize(
    "vraag", ["?regio=x&soort=y", "?regio=999999999999999999999", "?page=0", "?page=-1&page=2", "?soort=%00", "?x=1"]
)
def test_kapotte_parameters_geven_de_hele_agenda(w, client, vraag):
    w.groep(INFORMATIE, 1, [], over=5, titel="Zwolle")
    assert titels(client.get(f"/agenda/{vraag}")) == ["Zwolle"]


def test_een_lege_agenda_wijst_de_weg(w, client):
    html = tekst(client.get("/agenda/", {"soort": "EK2"}))
    assert "Hier staan nu geen data" in html
    assert "Bekijk heel Nederland" in html
    assert "Er staan nog geen nieuwe data" in tekst(client.get("/"))


def test_de_agenda_laat_niemand_zien(w, client):
    groep, traject = w.groep(INFORMATIE, 1, [w.t1], over=5), w.traject(1, naam="zandloper")
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=groep)
    for pad in ("/", "/agenda/", f"/agenda/{groep.pk}/"):
        html = tekst(client.get(pad))
        assert "Zandloper" not in html
        assert w.t1.naam not in html


def test_detail_van_een_datum(w, client):
    groep = w.groep(EK1, 3, [w.t1], over=5, titel="EK1 voorjaar")
    html = tekst(client.get(f"/agenda/{groep.pk}/"))
    assert "EK1 voorjaar" in html
    assert "Deze training is voor wie eerst op een informatiebijeenkomst was." in html
    assert "Kies deze datum" not in html


def test_detail_van_een_verborgen_datum_is_er_niet(w, client):
    groep = w.groep(INFORMATIE, 1, [], over=5)
    Uitvoering.objects.filter(pk=groep.pk).update(publiceren_op=timezone.localdate() + dt.timedelta(days=1))
    assert client.get(f"/agenda/{groep.pk}/").status_code == 404
    assert client.get("/agenda/999999/").status_code == 404


def test_detail_van_een_afgelaste_datum_heeft_geen_knop(w, client):
    groep = w.groep(INFORMATIE, 1, [], over=5)
    cursus.uitvoering_afgelasten(groep, door=w.bureau, waarom="x")
    html = tekst(client.get(f"/agenda/{groep.pk}/"))
    assert "Gaat niet door" in html
    assert "Kies deze datum" not in html


def test_wie_mag_kiezen_gaat_naar_de_eigen_pagina(w, client):
    info, ek1 = w.groep(INFORMATIE, 1, [], over=5), w.groep(EK1, 3, [w.t1], over=6)
    client.force_login(w.traject(1).kandidaat)
    html = tekst(client.get("/agenda/"))
    assert f"/mijn/bijeenkomst/?kies={info.pk}" in html
    assert "/mijn/training/" not in html
    client.force_login(w.traject(3).kandidaat)
    html = tekst(client.get("/agenda/"))
    assert f"/mijn/training/?kies={ek1.pk}" in html
    assert "/mijn/bijeenkomst/" not in html
    client.force_login(w.t1)
    assert "?kies=" not in tekst(client.get("/agenda/"))


def test_nieuws_staat_van_nieuw_naar_oud_en_bladert(w, client):
    index = NieuwsIndex.objects.get()
    for n in range(8):
        index.add_child(
            instance=NieuwsPagina(title=f"Bericht {n}", slug=f"b{n}", datum=dt.date(2025, 1, 1 + n), inleiding="x")
        )
    eerste = client.get("/nieuws/").context["bladzij"]
    assert [b.datum for b in eerste] == sorted((b.datum for b in eerste), reverse=True)
    assert len(eerste) == 10
    assert len(client.get("/nieuws/?page=2").context["bladzij"]) == 3
    assert client.get("/nieuws/?page=99").status_code == 200


def test_een_concept_is_niet_te_lezen(w, client):
    pagina = NieuwsPagina.objects.first()
    pagina.unpublish()
    assert client.get(f"/nieuws/{pagina.slug}/").status_code == 404
    assert pagina.title not in tekst(client.get("/nieuws/"))


def test_inrichten_verandert_niets_wat_een_redacteur_deed(db):
    hulp, bericht = StandaardPagina.objects.get(slug="hulp"), NieuwsPagina.objects.first()
    hulp.inleiding = "Door ons veranderd."
    hulp.save_revision().publish()
    bericht.delete()
    aantal = Page.objects.count()
    pagina_s_inrichten()
    call_command("inrichten", verbosity=0)
    assert StandaardPagina.objects.get(slug="hulp").inleiding == "Door ons veranderd."
    assert Page.objects.count() == aantal
    assert Site.objects.get().root_page_id == HomePage.objects.get().pk


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(("pad", "vragen"), [("/", 9), ("/agenda/", 11), ("/nieuws/", 8), ("/zo-werkt-het/", 6)])
def test_vragen_van_openbare_pagina_s(w, client, django_assert_num_queries, pad, vragen, aantal):
    for n in range(aantal):
        w.groep(INFORMATIE, 1, [], over=5 + n)
    client.get(pad)
    with django_assert_num_queries(vragen):
        client.get(pad)
