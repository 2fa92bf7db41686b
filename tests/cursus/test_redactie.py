"""The editor's side: the report of profile codes, and pages that are not thrown away while people work in them."""

import re

import pytest
from django.db.models import ProtectedError
from django.http import QueryDict

from cursus import handelingen as cursus
from cursus.beheer.rapport import dekking, niet_behandeld
from cursus.models import CursusPagina, LesPagina, Notitie
from cursus.models.profielcodes import NAMEN
from lms.kern.handelingen import groepen_bijwerken
from lms.kern.models import Gebruiker
from tests.cursus.test_paginas import tekst

WEIGER = "Haal de pagina offline. Dan blijft alles bewaard."


@pytest.fixture
def redacteur(w, client):
    groepen_bijwerken(w.redacteur)
    client.force_login(w.redacteur)
    return w.redacteur


@pytest.fixture
def les(db):
    return LesPagina.objects.get(slug="open-vragen")


def test_rapport_noemt_elke_code_met_haar_lessen(w, client, redacteur, les):
    html = tekst(client.get("/beheer/profielcodes/"))
    per_code = {code: [rij.slug for rij in lessen] for _, rijen in dekking() for code, _, lessen in rijen}
    assert per_code["V03"] == [rij.slug for rij in LesPagina.objects.order_by("path") if "V03" in rij.profielcodes]
    assert f"/beheer/pages/{les.pk}/edit/" in html
    assert "Elke code komt in een les voor." in html
    assert "/beheer/profielcodes/" in tekst(client.get("/beheer/"))


def test_rapport_zegt_welke_code_nergens_staat(w, client, redacteur):
    for rij in LesPagina.objects.filter(profielcodes__contains="K01"):
        LesPagina.objects.filter(pk=rij.pk).update(
            profielcodes=rij.profielcodes.replace("K01 ", "").replace("V07c", "")
        )
    html = tekst(client.get("/beheer/profielcodes/"))
    assert [code for code, _ in niet_behandeld(dekking())] == ["K01"]
    assert "Deze codes komen in geen enkele les voor:" in html
    assert "K01 iedereen voorbereid" in html


def test_een_les_met_tekst_van_mensen_gaat_niet_weg(w, client, redacteur, les):
    traject = w.traject(3)
    cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les, teksten={"": "kanarie"})
    dag, cursuspagina = les.get_parent(), les.cursus
    for pagina in (les, dag, cursuspagina):
        for methode in ("get", "post"):
            antwoord = getattr(client, methode)(f"/beheer/pages/{pagina.pk}/delete/")
            assert antwoord.status_code == 302
    html = tekst(client.get(f"/beheer/pages/{cursuspagina.get_parent().pk}/"))
    assert WEIGER in html
    assert "1 persoon las of schreef hier al." in html
    antwoord = client.post(f"/beheer/bulk/wagtailcore/page/delete/?id={les.pk}&next=/beheer/")
    assert antwoord.status_code == 302
    assert (LesPagina.objects.filter(pk=les.pk).exists(), Notitie.objects.count()) == (True, 1)
    with pytest.raises(ProtectedError):
        les.delete()


def test_een_les_waar_niemand_was_mag_weg(w, client, redacteur, les):
    assert client.get(f"/beheer/pages/{les.pk}/delete/").status_code == 200
    client.post(f"/beheer/pages/{les.pk}/delete/")
    assert not LesPagina.objects.filter(pk=les.pk).exists()


def test_depubliceren_bewaart_alles(w, client, redacteur, les):
    traject = w.traject(3)
    cursus.les_afronden(traject.kandidaat, door=traject.kandidaat, les=les)
    cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les, teksten={"": "kanarie"})
    assert client.post(f"/beheer/pages/{les.pk}/unpublish/").status_code == 302
    client.force_login(traject.kandidaat)
    assert client.get(les.url).status_code == 404
    assert "kanarie" in tekst(client.get("/mijn/schrift/"))


def test_een_tweede_ek1_of_voorpagina_kan_niet(w, client, les):
    baas = Gebruiker.objects.create_superuser("baas@demo.example", "x", voornaam="B", achternaam="A")
    client.force_login(baas)
    for pagina in (les.cursus, les.cursus.get_parent()):
        assert client.get(f"/beheer/pages/{pagina.pk}/copy/").status_code == 302
        assert "is er maar één" in tekst(client.get(f"/beheer/pages/{pagina.get_parent().pk}/"))
    assert client.get(f"/beheer/pages/{les.pk}/copy/").status_code == 200
    assert [
        type(les.get_parent().specific).can_create_at(les.get_parent()),
        LesPagina.can_create_at(les.get_parent()),
    ] == [False, True]
    assert not LesPagina.can_create_at(les.cursus)
    nieuw = {
        "title": "Nog een EK1",
        "slug": "ek1-2",
        "soort": "EK1",
        "inhoud-count": "0",
        "vragen-count": "0",
        "inleiding": "",
        "action-publish": "1",
    }
    antwoord = client.post(f"/beheer/pages/add/cursus/cursuspagina/{les.cursus.get_parent().pk}/", nieuw)
    assert antwoord.status_code == 200
    assert CursusPagina.objects.filter(soort="EK1").count() == 1


def test_voorbeeld_van_een_concept_laat_de_velden_zien(w, client, redacteur, les):
    """A preview shows the lesson as a candidate sees it, and saves nothing."""
    les.title = "Een nieuwe titel"
    revisie = les.save_revision()
    html = tekst(client.get(f"/beheer/pages/{les.pk}/revisions/{revisie.pk}/view/"))
    assert "Een nieuwe titel" in html
    assert 'name="n"' in html
    assert not Notitie.objects.exists()


# --- the codes of the profile are chosen ------------------------------------------------------------------------------


def _lesformulier(les, gekozen):
    klas = LesPagina.get_edit_handler().get_form_class()
    gegevens = QueryDict(mutable=True)
    gegevens["inhoud-count"] = "0"
    gegevens.setlist("profielcodes", gekozen)
    return klas(gegevens, instance=les)


def test_profielcodes_worden_gekozen_uit_een_lijst(redacteur, client):
    les = LesPagina.objects.get(slug="de-hulpreflex")
    html = tekst(client.get(f"/beheer/pages/{les.pk}/edit/"))
    assert html.count('type="checkbox" name="profielcodes"') == len(NAMEN)
    assert [code for code in NAMEN if re.search(rf'value="{code}"[^>]*checked', html)] == ["O03", "O07", "V07c"]
    assert "V05 open vragen en doorvragen" in html
    form = _lesformulier(les, ["V05", "T01"])
    form.is_valid()
    assert form.cleaned_data["profielcodes"] == "T01 V05"
    assert "profielcodes" not in form.errors
    assert "profielcodes" in form.changed_data
    les.refresh_from_db()
    assert "profielcodes" not in _lesformulier(les, ["V07c", "O07", "O03"]).changed_data
    leeg = _lesformulier(les, [])
    leeg.is_valid()
    assert leeg.cleaned_data["profielcodes"] == ""
    vreemd = _lesformulier(les, ["T99"])
    assert not vreemd.is_valid()
    assert "profielcodes" in vreemd.errors
