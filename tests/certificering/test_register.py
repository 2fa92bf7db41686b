"""The register: filters against a brute-force answer, order, counts, chips, loosening, and the spreadsheet of the
same rows.
"""

import datetime as dt
import io
import itertools

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from certificering import handelingen as H
from certificering.models import Registratie
from lms.kern.models import Taal, Taalkennis
from lms.kern.zoeken import vouw
from tests.certificering.hulp import tekst
from tests.fabrieken import registratie_van

ADRES = "/regio/register/"
NAMEN = ("Elif Yıldırım", "Björn Öz", "Agnieszka Wałęsa", "Marloes Kaya-Smit", "=dus Formule", "Fatima El Idrissi")


def coordinator(w, naam, *, regio, talen=(), scopes=(), extra=(), **velden):
    """A coordinator from before the system with this name, languages and scopes."""
    traject = w.ouder(regio=regio, ek2=bool(scopes), scopes=scopes, extra=extra, geteld=2)
    mens = traject.kandidaat
    mens.voornaam, _, mens.achternaam = naam.partition(" ")
    mens.save()
    for taal in talen:
        Taalkennis.objects.create(gebruiker=mens, taal=Taal.objects.get(naam=taal))
    if velden:
        H.beschikbaarheid_zetten(registratie_van(traject), door=w.bureau, **velden)
    return traject


@pytest.fixture
def vol(w):
    """Six coordinators who differ in everything, one dormant, one suspended, one ended."""
    straks = timezone.localdate() + dt.timedelta(days=10)
    alles = [
        coordinator(w, NAMEN[0], regio=w.noord, talen=["Turks", "Nederlands"], scopes=["herstel"]),
        coordinator(w, NAMEN[1], regio=w.zuid, talen=["Nederlands"], extra=[w.noord], beschikbaar="nee"),
        coordinator(w, NAMEN[2], regio=w.zuid, talen=["Pools"], beschikbaar="vanaf", beschikbaar_vanaf=straks),
        coordinator(w, NAMEN[3], regio=w.noord, talen=["Turks"], scopes=["herstel", "groep"]),
        coordinator(w, NAMEN[4], regio=w.zuid, talen=["Turks", "Pools"]),
        coordinator(w, NAMEN[5], regio=w.noord),
    ]
    for naam, stand in (("Slaap Turks", "slapend"), ("Geschorst Turks", "geschorst"), ("Weg Turks", "uitgeschreven")):
        traject = coordinator(w, naam, regio=w.noord, talen=["Turks"])
        H.registratiestand_zetten(registratie_van(traject), door=w.bureau, stand=stand, waarom="kanarie-reden")
    return alles


def rijen(antwoord):
    return [rij.record.pk for rij in antwoord.context["tabel"].page.object_list] if antwoord.context["aantal"] else []


def met_de_hand(vraag):
    """The brute-force answer: every registration looked at one by one, in Python."""
    vandaag, gevonden = timezone.localdate(), set()
    for rij in Registratie.objects.all():
        mens, stand = rij.traject.kandidaat, rij.standen.get(tot=None).stand
        if stand != "geregistreerd" and not (stand == "slapend" and vraag.get("slapend")):
            continue
        if "naam" in vraag and not all(woord in mens.zoek for woord in vouw(vraag["naam"]).split()):
            continue
        if "regio" in vraag and vraag["regio"] not in {
            str(w.regio_id) for w in rij.werkgebieden.all() if w.tot is None
        }:
            continue
        if "scope" in vraag and vraag["scope"] not in {s.soort for s in rij.scopes.all() if s.tot is None}:
            continue
        if "taal" in vraag and vraag["taal"] not in {str(k.taal_id) for k in mens.talen.all()}:
            continue
        if "beschikbaar" in vraag:
            grens = vandaag + dt.timedelta(days=int(vraag["beschikbaar"]))
            if not (rij.beschikbaar == "ja" or rij.beschikbaar == "vanaf" and rij.beschikbaar_vanaf <= grens):
                continue
        gevonden.add(rij.pk)
    return gevonden


def test_every_combination_of_filters_equals_brute_force(w, vol, als):
    client = als(w.rm)
    turks, pools = (str(Taal.objects.get(naam=naam).pk) for naam in ("Turks", "Pools"))
    keuzes = {
        "naam": [None, "oz", "walesa"],
        "regio": [None, str(w.noord.pk), str(w.zuid.pk)],
        "scope": [None, "familie", "herstel", "leervragen"],
        "taal": [None, turks, pools],
        "beschikbaar": [None, "0", "14"],
        "slapend": [None, "on"],
    }
    gezien = set()
    for combinatie in itertools.product(*keuzes.values()):
        vraag = {naam: waarde for naam, waarde in zip(keuzes, combinatie, strict=True) if waarde}
        antwoord = client.get(ADRES, vraag)
        verwacht = met_de_hand(vraag)
        assert (set(rijen(antwoord)), antwoord.context["aantal"]) == (verwacht, len(verwacht)), vraag
        gezien.add(len(verwacht))
    assert {0, 1, 2, 3, 6, 7} <= gezien  # the questions really differ


def test_suspended_and_ended_are_never_found(w, vol, als):
    """Invariant 9, also by name and with everything asked for."""
    client = als(w.bureau)
    for naam, aantal in (("geschorst", 0), ("weg turks", 0), ("slaap", 0)):
        assert client.get(ADRES, {"naam": naam}).context["aantal"] == aantal
    assert client.get(ADRES, {"naam": "slaap", "slapend": "on"}).context["aantal"] == 1
    assert client.get(ADRES, {"naam": "geschorst", "slapend": "on"}).context["aantal"] == 0


@pytest.mark.parametrize(
    ("getypt", "naam"),
    [
        ("öz", "Björn Öz"),
        ("OZ", "Björn Öz"),
        ("bjorn", "Björn Öz"),
        ("yildirim elif", "Elif Yıldırım"),
        ("wałęsa", "Agnieszka Wałęsa"),
    ],
)
def test_name_search_folds_letters(w, vol, als, getypt, naam):
    antwoord = als(w.rm).get(ADRES, {"naam": getypt})
    assert antwoord.context["aantal"] == 1
    assert naam in tekst(antwoord)


def test_own_regions_first_then_name(w, vol, als):
    namen = {t.registratie.pk: t.kandidaat.naam for t in vol}
    volgorde = [namen[pk] for pk in rijen(als(w.rm).get(ADRES))]
    eigen = [NAMEN[i] for i in (0, 1, 3, 5)]
    assert set(volgorde[:4]) == set(eigen)
    for deel in (volgorde[:4], volgorde[4:]):
        assert deel == sorted(deel, key=lambda naam: vouw(f"{naam.partition(' ')[2]} {naam.partition(' ')[0]}"))


def test_sorting_by_name_and_by_last_conference(w, als):
    klaar, nooit = w.traject(9, naam="zoe"), w.ouder("adam")
    client = als(w.rm)
    pks = (klaar.registratie.pk, nooit.registratie.pk)
    assert rijen(client.get(ADRES, {"sort": "laatste"})) == [pks[1], pks[0]]
    assert rijen(client.get(ADRES, {"sort": "-laatste"})) == [pks[0], pks[1]]
    assert rijen(client.get(ADRES, {"sort": "-naam"})) == [pks[0], pks[1]]


def test_chips_remove_one_wish(w, vol, als):
    turks = str(Taal.objects.get(naam="Turks").pk)
    antwoord = als(w.rm).get(ADRES, {"taal": turks, "scope": "herstel", "page": "2"})
    assert [chip["woorden"] for chip in antwoord.context["chips"]] == ["Herstel", "Turks"]
    assert [chip["adres"] for chip in antwoord.context["chips"]] == [f"?taal={turks}", "?scope=herstel"]


def test_empty_answer_says_which_wish_is_in_the_way(w, vol, als):
    pools = str(Taal.objects.get(naam="Pools").pk)
    antwoord = als(w.rm).get(ADRES, {"taal": pools, "scope": "groep"})
    woorden = tekst(antwoord)
    assert "Niemand past bij al deze wensen" in woorden
    assert "Zonder de wens Groep of buurt passen er 2" in woorden
    assert "Zonder de wens Pools past er 1" in woorden


def test_empty_register_has_its_words(w, als):
    assert "Er staat nog niemand in het register" in tekst(als(w.rm).get(ADRES))


@pytest.mark.parametrize("wie", ["rm", "bureau"])
@pytest.mark.parametrize("aantal", [1, 3, 25])
def test_register_query_count(w, als, django_assert_num_queries, wie, aantal):
    for nr in range(aantal):
        coordinator(w, f"Naam {nr}", regio=w.noord, talen=["Turks", "Pools"], scopes=["herstel"])
    client = als(getattr(w, wie))
    client.get(ADRES)
    with django_assert_num_queries(9):
        assert client.get(ADRES).context["aantal"] == aantal
    with django_assert_num_queries(9):
        client.get(ADRES, {"scope": "herstel", "sort": "laatste", "naam": "naam", "per_page": "100"})


@pytest.mark.parametrize("aantal", [1, 3, 25])
def test_conference_list_query_count(w, als, django_assert_num_queries, aantal):
    t = w.traject(9)
    for nr in range(aantal - 1):
        H.conferentie_vragen(t, door=w.rm, referentie=f"EKC-{nr}")
    client, adres = als(w.rm), reverse("regio_conferenties")
    client.get(adres, {"lijst": ""})
    with django_assert_num_queries(5 if aantal > 1 else 4):
        client.get(adres)
    als(t.kandidaat).get(reverse("mijn_conferenties"))


@pytest.mark.parametrize("aantal", [1, 3])
def test_own_pages_query_count(w, als, django_assert_max_num_queries, aantal):
    t = w.traject(9)
    for nr in range(aantal - 1):
        H.conferentie_vragen(t, door=w.rm, referentie=f"EKC-{nr}")
    client = als(t.kandidaat)
    for adres in (reverse("mijn_conferenties"), reverse("mijn_conferentie", args=[1]), reverse("mijn_certificaat")):
        client.get(adres)
        with django_assert_max_num_queries(10):
            client.get(adres)


def test_pages_of_25(w, als):
    for nr in range(27):
        coordinator(w, f"Naam {nr:02}", regio=w.noord)
    client = als(w.rm)
    een, twee = client.get(ADRES), client.get(ADRES, {"page": "2"})
    assert (len(rijen(een)), len(rijen(twee))) == (25, 2)
    assert not set(rijen(een)) & set(rijen(twee))
    assert "Pagina 2 van 2" in tekst(twee)


@pytest.mark.parametrize(
    "vraag",
    [
        "page=0", "page=-1", "page=99999999999999999999", "page=x", "per_page=0", "per_page=-5", "per_page=x",
        "sort=onzin", "sort=-",
        "sort=naam&sort=-naam", "sort=%00", "sort=traject__kandidaat__password", "naam=%00", "naam=%ED%A0%80",
        "regio=99999999999999999999999",
        "regio=x", "taal=-1", "scope=onzin", "beschikbaar=99999999999", "beschikbaar=x", "slapend=%F0%9F%98%80",
        "onbekend=1", "naam=" + "x" * 9000,
        "taal=1&taal=2", "sort=%C3%A9",
    ],
)  # fmt: skip
def test_odd_parameters_never_break(w, vol, als, vraag):
    for adres in (ADRES, "/regio/register/xlsx/", reverse("regio_conferenties")):
        assert als(w.rm).get(f"{adres}?{vraag}").status_code == 200


def test_broken_value_falls_away_and_is_said(w, vol, als):
    antwoord = als(w.rm).get(ADRES, {"scope": "onzin", "naam": "elif"})
    assert antwoord.context["aantal"] == 1
    assert "Je bent er bijna" in tekst(antwoord)


# --- spreadsheet ------------------------------------------------------------------------------------------------------


def blad(client, **vraag):
    antwoord = client.get("/regio/register/xlsx/", vraag)
    cellen = load_workbook(io.BytesIO(b"".join(antwoord.streaming_content))).active
    return [[cel.value for cel in rij] for rij in cellen.iter_rows()], [
        cel for rij in cellen.iter_rows() for cel in rij
    ]


def test_spreadsheet_has_exactly_the_filtered_rows_in_order(w, vol, als):
    client = als(w.rm)
    turks = str(Taal.objects.get(naam="Turks").pk)
    for vraag in ({}, {"taal": turks}, {"taal": turks, "scope": "groep"}, {"sort": "-naam"}, {"naam": "bestaat niet"}):
        namen = [Registratie.objects.get(pk=pk).traject.kandidaat.naam for pk in rijen(client.get(ADRES, vraag))]
        inhoud, _ = blad(client, **vraag)
        assert [rij[0] for rij in inhoud[1:]] == namen


def test_spreadsheet_has_no_formula_and_every_value_back(w, vol, als):
    lastig = vol[4].kandidaat
    lastig.telefoon, lastig.woonplaats = "+31 6 12345678", "-5\x07"
    lastig.save()
    inhoud, cellen = blad(als(w.rm), naam="formule")
    assert inhoud[1][:4] == ["=dus Formule", lastig.email, "+31 6 12345678", "-5"]
    assert {cel.data_type for cel in cellen} <= {"s", "n", "d"}


def test_spreadsheet_leaves_out_reasons_and_the_suspended(w, vol, als):
    inhoud, _ = blad(als(w.bureau))
    plat = str(inhoud)
    assert "kanarie-reden" not in plat
    assert "Geschorst" not in plat
    assert len(inhoud) == 1 + len(vol)


def test_spreadsheet_query_count_does_not_grow(w, als, django_assert_max_num_queries):
    for nr in range(12):
        coordinator(w, f"Naam {nr}", regio=w.noord, talen=["Turks"])
    client = als(w.rm)
    client.get(ADRES)
    with django_assert_max_num_queries(9):
        inhoud, _ = blad(client)
    assert len(inhoud) == 13


def test_an_old_page_of_a_moved_coordinator_says_that_it_is_past(w, als):
    t = w.na_ek2()
    adres = reverse("regio_registratie", args=[registratie_van(t).pk])
    for wat in ("stand", "beschikbaar", "thuisregio"):
        html = als(w.rm2).post(adres, {"wat": wat}, follow=True)
        assert html.status_code == 200
        assert "Dit kan hier nu niet meer." in html.content.decode()
