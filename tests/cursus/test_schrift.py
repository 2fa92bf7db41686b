"""Mijn schrift, and what participants say about a training without a name."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Bijeenkomst, CursusPagina, LesPagina, Trainingsreactie
from cursus.models.invullen import vragen_van
from cursus.models.reacties import VANAF
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Journaalregel, Kladje
from tests.cursus.test_paginas import tekst
from tests.fabrieken import staat

SCHRIFT = "/mijn/schrift/"


def schrijf(traject, slug, teksten):
    les = LesPagina.objects.get(slug=slug)
    cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les, teksten=teksten)
    return les


# --- the notebook -----------------------------------------------------------------------------------------------------


def test_alles_staat_bij_elkaar_in_de_volgorde_van_de_cursus(w, client):
    traject = w.traject(4)
    les = LesPagina.objects.get(slug="teken-je-eigen-kring")
    terug = [blok for blok, (soort, _) in vragen_van(les).items() if soort == "terugblik"][0]
    schrijf(traject, "een-vraag-met-ruimte", {"": "kanarie-dag-twee"})
    schrijf(traject, les.slug, {"": "kanarie-notitie", terug: "kanarie-terugblik"})
    ingeleverd = cursus.opdracht_inleveren(traject, door=traject.kandidaat, les=les, tekst="kanarie-thuis")
    cursus.opdracht_beantwoorden(ingeleverd, door=w.t1, antwoord="kanarie-antwoord")
    client.force_login(traject.kandidaat)
    antwoord = client.get(SCHRIFT)
    html = tekst(antwoord)
    plekken = [html.index(f"kanarie-{wat}") for wat in ("notitie", "thuis", "antwoord", "terugblik", "dag-twee")]
    assert plekken == sorted(plekken)
    assert html.index("Je keek terug op de dag") < html.index("kanarie-terugblik")
    assert [notitie.tekst for notitie in antwoord.context["bladen"][0].terugblik] == ["kanarie-terugblik"]
    assert "data-print" in html


def test_een_leeg_schrift_nodigt_uit(w, client):
    client.force_login(w.traject(2).kandidaat)
    html = tekst(client.get(SCHRIFT))
    assert "Hier komt wat jij opschrijft" in html
    assert not re.search(r"nog (geen|niets)|ontbreekt", html.split("<main")[1].split("</main")[0])


def test_het_schrift_staat_bij_de_cursus_en_bij_mijn_traject(w, client):
    client.force_login(w.traject(3).kandidaat)
    for pad in ("/cursus/ek1/", "/mijn/", "/cursus/ek1/dag-1/open-vragen/"):
        assert f'href="{SCHRIFT}"' in tekst(client.get(pad)), pad


@pytest.mark.parametrize("lessen", [1, 9])
def test_het_schrift_kost_hoogstens_acht_vragen(w, client, django_assert_max_num_queries, lessen):
    traject = w.traject(4)
    for les in LesPagina.objects.order_by("path")[:lessen]:
        cursus.lesnotities_bewaren(
            traject, door=traject.kandidaat, les=les, teksten=dict.fromkeys(["", *vragen_van(les)], "x")
        )
        if les.thuis:
            cursus.opdracht_inleveren(traject, door=traject.kandidaat, les=les, tekst="y")
    client.force_login(traject.kandidaat)
    client.get(SCHRIFT)
    with django_assert_max_num_queries(8):
        client.get(SCHRIFT)


def test_geen_les_is_zwaarder_dan_een_telefoon_wil(w, client):
    """The page itself; the sheet, scripts and fonts are fetched once for the whole site."""
    traject = w.traject(3)
    client.force_login(traject.kandidaat)
    gewicht = {les.slug: len(client.get(les.url).content) for les in LesPagina.objects.filter(path__startswith=(
        CursusPagina.objects.get(soort="EK1").path))}  # fmt: skip
    assert len(gewicht) == 14
    assert max(gewicht.values()) < 60_000, max(gewicht.items(), key=lambda paar: paar[1])


# --- after the last day -----------------------------------------------------------------------------------------------


def plek_van(traject, soort="EK1"):
    return traject.deelnames.get(soort=soort, afgemeld_om=None)


def voorbij(w):
    Bijeenkomst.objects.filter(uitvoering=w.ek1).update(
        begint_om=timezone.now() - dt.timedelta(days=2), eindigt_om=timezone.now() - dt.timedelta(days=1)
    )


def beantwoord(traject, *teksten):
    vragen = [blok.value for blok in CursusPagina.objects.get(soort="EK1").vragen]
    paren = list(zip(vragen, teksten, strict=False))
    return cursus.training_beantwoorden(plek_van(traject), door=traject.kandidaat, antwoorden=paren)


def test_de_vragen_staan_er_na_de_laatste_dag(w, client):
    traject = w.traject(5)
    client.force_login(traject.kandidaat)
    pad = f"/mijn/training/reactie/{plek_van(traject).pk}/"
    Bijeenkomst.objects.filter(uitvoering=w.ek1).update(
        begint_om=timezone.now() + dt.timedelta(days=2), eindigt_om=timezone.now() + dt.timedelta(days=3)
    )
    assert client.get(pad).status_code == 404
    assert pad not in tekst(client.get(SCHRIFT))
    voorbij(w)
    assert pad in tekst(client.get(SCHRIFT))
    assert pad in tekst(client.get("/mijn/training/"))
    html = tekst(client.get(pad))
    for blok in CursusPagina.objects.get(soort="EK1").vragen:
        assert blok.value in html
    assert 'value="" data-niet="vraag_1,vraag_2,vraag_3"' in html  # kept nowhere on the way


def test_een_antwoord_heeft_geen_mens_geen_moment_en_geen_plek_in_de_rij(w, client):
    traject = w.traject(5)
    voorbij(w)
    client.force_login(traject.kandidaat)
    pad = f"/mijn/training/reactie/{plek_van(traject).pk}/"
    voor, regels = staat(traject), Journaalregel.objects.count()
    form = client.get(pad).context["form"]
    velden = {"vraag_1": "kanarie-een", "vraag_3": " kanarie-drie ", "verzoek_id": form["verzoek_id"].value()}
    assert client.post(pad, velden).url == SCHRIFT
    vragen = [blok.value for blok in CursusPagina.objects.get(soort="EK1").vragen]
    reactie = Trainingsreactie.objects.get()
    assert reactie.antwoorden == [[vragen[0], "kanarie-een"], [vragen[2], "kanarie-drie"]]
    assert {veld.name for veld in Trainingsreactie._meta.fields} == {"id", "uitvoering", "antwoorden"}
    assert plek_van(traject).reageerde is True
    assert (staat(traject), Journaalregel.objects.count()) == (voor, regels)
    assert not Kladje.objects.exists()
    # once: a second send changes nothing, and what was said is not shown to anybody, the writer included
    assert "Je hebt dit al verstuurd." in tekst(client.post(pad, velden))
    assert Trainingsreactie.objects.count() == 1
    for elders in (pad, SCHRIFT, "/mijn/", "/mijn/training/", "/mijn/gegevens/"):
        assert "kanarie" not in tekst(client.get(elders)), elders


def test_elk_nieuw_antwoord_zet_alle_antwoorden_opnieuw(w):
    """Neither the number nor the place in the table stays with an answer."""
    voorbij(w)
    een, twee = w.traject(5), w.traject(5)
    beantwoord(een, "eerste")
    voor = set(Trainingsreactie.objects.values_list("pk", flat=True))
    beantwoord(twee, "tweede")
    na = set(Trainingsreactie.objects.values_list("pk", flat=True))
    assert len(na) == 2
    assert not voor & na


def test_pas_vanaf_vijf_antwoorden_lezen_trainers_en_bureau_mee(w, client):
    voorbij(w)
    mensen = [w.traject(5) for _ in range(VANAF)]
    pad = f"/trainer/groepen/{w.ek1.pk}/reacties/"
    for nr, traject in enumerate(mensen):
        for wie in (w.t1, w.bureau):
            client.force_login(wie)
            html = tekst(client.get(pad))
            assert "kanarie" not in html, nr
            assert "Hier lees je straks wat deelnemers zeggen" in html
        beantwoord(traject, f"kanarie-{9 - nr}")
    for wie in (w.t1, w.bureau):
        client.force_login(wie)
        html = tekst(client.get(pad))
        assert re.findall(r"kanarie-\d", html) == [f"kanarie-{nr}" for nr in range(5, 10)]  # by text, not as it came
        assert not any(traject.kandidaat.achternaam in html for traject in mensen)
        assert re.findall(r"<h2>(.*?)</h2>", html)[0] == CursusPagina.objects.get(soort="EK1").vragen[0].value
    for wie, code in ((w.t3, 404), (w.rm, 403), (mensen[0].kandidaat, 403)):
        client.force_login(wie)
        assert client.get(pad).status_code == code


def test_wie_niets_schrijft_of_te_vroeg_is_hoort_dat(w):
    traject, ander = w.traject(5), w.traject(5)
    voorbij(w)
    with pytest.raises(ValidationError, match="Eén zin is genoeg"):
        beantwoord(traject, " ", "")
    Bijeenkomst.objects.filter(uitvoering=w.ek1, nr=3).update(
        begint_om=timezone.now() + dt.timedelta(days=1), eindigt_om=timezone.now() + dt.timedelta(days=2)
    )
    with pytest.raises(ValidationError, match="na de laatste dag"):
        beantwoord(traject, "x")
    with pytest.raises(Geweigerd):
        cursus.training_beantwoorden(plek_van(traject), door=ander.kandidaat, antwoorden=[("V", "x")])
    assert not Trainingsreactie.objects.exists()


def test_wat_iemand_zei_blijft_als_de_papieren_gaan(w):
    voorbij(w)
    traject = w.traject(5)
    beantwoord(traject, "blijft")
    plek_van(traject).delete()
    assert Trainingsreactie.objects.count() == 1
