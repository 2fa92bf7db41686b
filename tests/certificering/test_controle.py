"""The public check page: five states, all printed facts, nothing more."""

import pytest
from django.urls import reverse

from certificering import handelingen as H
from certificering.forms.certificaat import netjes
from certificering.models import Certificaat
from tests.certificering.hulp import tekst
from tests.fabrieken import certificaat_van, registratie_van


def pagina(client, nummer):
    antwoord = client.get(reverse("controle_nummer", args=[nummer]))
    return antwoord.status_code, tekst(antwoord)


def test_valid(w, client):
    t = w.traject(9)
    certificaat = Certificaat.objects.get()
    status, woorden = pagina(client, certificaat.nummer)
    assert status == 200
    for feit in (
        "Dit certificaat is echt en geldig",
        t.kandidaat.naam,
        "families en individuen",
        certificaat.nummer,
        "Eigen Kracht Centrale, Zwolle",
    ):
        assert feit in woorden
    assert certificaat.gegevens["tekst"] in woorden
    assert "Staat nu geregistreerd ja" in woorden


@pytest.mark.parametrize(
    ("act", "kop"),
    [
        ("certificaat_intrekken", "Dit certificaat is ingetrokken"),
        ("certificaat_beeindigen", "Dit certificaat is beëindigd"),
        ("certificaat_vervangen", "Dit certificaat is vervangen"),
    ],
)
def test_ended_states_without_the_reason(w, client, act, kop):
    t = w.traject(9)
    nummer = Certificaat.objects.get().nummer
    getattr(H, act)(certificaat_van(t), door=w.bureau, waarom="kanarie-reden")
    status, woorden = pagina(client, nummer)
    assert (status, kop in woorden, "kanarie-reden" in woorden) == (200, True, False)
    assert f"Staat nu geregistreerd {'ja' if act == 'certificaat_vervangen' else 'nee'}" in woorden


def test_suspended_stays_valid_but_is_not_registered(w, client):
    t = w.traject(9)
    H.registratiestand_zetten(registratie_van(t), door=w.rm, stand="geschorst", waarom="kanarie-reden")
    _, woorden = pagina(client, Certificaat.objects.get().nummer)
    assert "echt en geldig" in woorden
    assert "Staat nu geregistreerd nee" in woorden
    assert "kanarie-reden" not in woorden
    assert "geschorst" not in woorden


def test_unknown_is_told_apart_from_withdrawn(w, client):
    status, woorden = pagina(client, "EK-AAAA-BBBB")
    assert (status, "Dit nummer vinden we niet" in woorden, "ingetrokken" in woorden) == (404, True, False)


@pytest.mark.parametrize("nummer", ["x", "EK-7Q4M", "\x00", "ek-0000-1111", "A" * 5000, "'; drop table", "É" * 8])
def test_odd_numbers_are_not_found(db, client, nummer):
    assert pagina(client, nummer)[0] == 404


@pytest.mark.parametrize("vorm", ["{}", " {} ", "lower", "zonder"])
def test_form_takes_the_number_in_every_spelling(w, client, vorm):
    w.traject(9)
    nummer = Certificaat.objects.get().nummer
    getypt = {"lower": nummer.lower(), "zonder": nummer.replace("-", " ")}.get(vorm, vorm.format(nummer))
    antwoord = client.get(reverse("controle"), {"nummer": getypt})
    assert (antwoord.status_code, antwoord.url) == (302, reverse("controle_nummer", args=[nummer]))


def test_form_explains_what_is_no_number(db, client):
    assert "Zo ziet een nummer er niet uit" in tekst(client.get(reverse("controle"), {"nummer": "hallo"}))
    assert "Vul het nummer in" in tekst(client.get(reverse("controle"), {"nummer": ""}))
    assert client.get(reverse("controle")).status_code == 200


def test_neat_form():
    assert [netjes(x) for x in ("ek7q4m2xkd", "EK-7Q4M-2XKD", "EK-1Q4M-2XKD", "")] == [
        "EK-7Q4M-2XKD",
        "EK-7Q4M-2XKD",
        "",
        "",
    ]


def test_too_many_looks_are_refused_for_a_while(db, client, settings):
    settings.CONTROLE_PER_MINUUT = 3
    assert [pagina(client, "EK-AAAA-BBBB")[0] for _ in range(5)] == [404, 404, 404, 429, 429]


def test_older_certificate_has_its_facts(w, client):
    w.ouder("elif", ek2=True, scopes=["herstel"])
    status, woorden = pagina(client, Certificaat.objects.get().nummer)
    assert (status, "families en individuen, herstel" in woorden, "Gegeven op" in woorden) == (200, True, False)


def test_page_links_to_no_profile_and_asks_no_index(w, client):
    w.traject(9)
    html = client.get(reverse("controle_nummer", args=[Certificaat.objects.get().nummer])).content.decode()
    assert "/regio/" not in html
    assert 'name="robots" content="noindex"' in html
