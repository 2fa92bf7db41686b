"""One kind of code everywhere: six digits, however they were pasted; what cannot be a code costs no try."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lms.kern.codes import CODE_NODIG, GEEN_CODE, GEEN_STAPCODE, Stapcodeveld, code_uit, nieuwe_code
from selectie.models import Aanmeldconcept
from tests.fabrieken import WACHTWOORD
from tests.post import bezorgd, code

GOED = (
    "519029", "519-029", "519 029", " 519029 ", "519\u00a0029", "5 1 9 0 2 9", "519–029", "519.029", "519029.",
    "Je code is 519029.", "Je code is 519 029. Hij werkt tot 14.32 uur.", "code: 519\u2011029", "５１９０２９",
    "٥١٩٠٢٩", "519\u200b029", "Je code is 519029. Ik herhaal: 519 029.",
)  # fmt: skip
FOUT = ("", "   ", "51902", "5190291", "abcdef", "519029 of 519030", "06 12 34 56 78", "BCDF-GHJK", "1234 5678")


@pytest.mark.parametrize("getypt", GOED)
def test_zes_cijfers_zijn_de_code_hoe_ze_ook_geplakt_zijn(getypt):
    assert code_uit(getypt) == "519029"


@pytest.mark.parametrize("getypt", FOUT)
def test_wat_geen_code_is(getypt):
    assert code_uit(getypt) == ""


@given(st.text(max_size=60))
def test_wat_eruit_komt_zijn_altijd_zes_cijfers_of_niets(tekst):
    assert re.fullmatch(r"[0-9]{6}|", code_uit(tekst))


def test_een_nieuwe_code_heeft_altijd_zes_cijfers(monkeypatch):
    assert re.fullmatch(r"\d{6}", nieuwe_code())
    monkeypatch.setattr("lms.kern.codes.secrets.randbelow", lambda _: 7)
    assert nieuwe_code() == "000007"


# --- logging in
# --------------------------------------------------------------------------------------------------------------


def _vraag(w):
    client = Client()
    antwoord = client.post("/inloggen/", {"email": w.t1.email})
    assert (antwoord.status_code, antwoord.url) == (302, "/accounts/login/code/confirm/")
    return client, code()


@pytest.mark.parametrize("vorm", ["{0}", "{1}-{2}", "{1} {2}", "{1}\u00a0{2}", "Je code is {1} {2}."])
def test_inloggen_met_een_code_zoals_mensen_hem_plakken(w, vorm):
    client, c = _vraag(w)
    antwoord = client.post("/accounts/login/code/confirm/", {"code": vorm.format(c, c[:3], c[3:])})
    assert (antwoord.status_code, antwoord.url) == (302, "/start/")


def test_wat_geen_code_kan_zijn_kost_geen_poging(w):
    client, c = _vraag(w)
    for getypt, zin in (
        ("", CODE_NODIG),
        ("51902", GEEN_CODE),
        ("weet ik niet", GEEN_CODE),
        ("x" * 400, GEEN_CODE),
    ) * 2:
        assert zin in client.post("/accounts/login/code/confirm/", {"code": getypt}).content.decode()
    assert client.post("/accounts/login/code/confirm/", {"code": c}).url == "/start/"


def test_een_verkeerde_code_kost_er_wel_een(w):
    client, c = _vraag(w)
    fout = "000000" if c != "000000" else "111111"
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": fout})
    assert client.post("/accounts/login/code/confirm/", {"code": c}).url != "/start/"


def test_ook_wat_geen_code_is_heeft_een_grens(w, settings):
    settings.BEZOEKERS_PER_ADRES = 1
    client, _ = _vraag(w)
    statussen = [client.post("/accounts/login/code/confirm/", {"code": "x"}).status_code for _ in range(32)]
    assert statussen == [200] * 30 + [429] * 2


def test_de_code_in_de_mail_heeft_zes_cijfers(w):
    _vraag(w)
    assert re.search(r"Je code is \d{6}\. ", bezorgd()[-1].body)


# --- one page, two forms
# ------------------------------------------------------------------------------------------------------


def _hoofd(antwoord):
    return antwoord.content.decode().split("<main")[1].split("</main")[0]


def test_de_code_staat_eerst_en_het_wachtwoord_eronder(client, db):
    html = _hoofd(client.get("/inloggen/?next=/mijn/"))
    namen = [n for n in re.findall(r'<input[^>]* name="(\w+)"', html) if n in ("email", "login", "password")]
    assert namen == ["email", "login", "password"]
    assert html.count('name="next"') >= 2


def test_oude_adressen_leiden_naar_de_ene_deur(client, db):
    for adres in ("/accounts/login/", "/accounts/login/code/", "/beheer/login/"):
        antwoord = client.get(f"{adres}?next=/mijn/")
        assert (antwoord.status_code, unquote(antwoord.url)) == (302, "/inloggen/?next=/mijn/"), adres
    assert client.get("/accounts/login/code/?next=https://kwaad.example/").url == "/inloggen/"


def test_een_fout_in_het_ene_vak_laat_het_andere_met_rust(client, w):
    html = _hoofd(client.post("/inloggen/", {"email": ""}))
    assert html.count("msg-error") == 2  # the field, and the one of the key that stays hidden
    assert 'href="#id_email"' in html
    html = _hoofd(client.post("/inloggen/", {"login": w.t1.email, "password": ""}))
    assert 'href="#id_wachtwoord_password"' in html
    assert html.count(w.t1.email) == 2  # also offered for a code


def test_wie_een_code_vroeg_voor_een_verkeerd_adres_kan_een_ander_vullen(w):
    client, _ = _vraag(w)
    html = _hoofd(client.get("/accounts/login/code/confirm/?next=/mijn/notities/"))
    assert "/inloggen/?anders=1&amp;next=%2Fmijn%2Fnotities%2F" in html
    assert client.get("/inloggen/?anders=1&next=/mijn/notities/").status_code == 200


def test_na_inloggen_met_een_code_ga_je_verder_waar_je_was(w):
    client = Client()
    client.post("/inloggen/", {"email": w.t1.email, "next": "/trainer/verslagen/"})
    antwoord = client.post("/accounts/login/code/confirm/", {"code": code(), "next": "/trainer/verslagen/"})
    assert antwoord.url == "/trainer/verslagen/"


def test_inloggen_met_het_wachtwoord_blijft(w):
    assert Client().post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD}).url == "/start/"


# --- the application and the second step
# --------------------------------------------------------------------------------------


def test_aanmelden_telt_alleen_wat_een_code_kan_zijn(w):
    client = Client()
    client.post("/aanmelden/", {
        "voornaam": "Noor", "achternaam": "Bos", "email": "noor@demo.example", "telefoon": "06 12345678",
        "woonplaats": "Emmen", "regio": w.noord.pk,
    })  # fmt: skip
    client.post("/aanmelden/brief/", {"motivatie": "Brief.", "cv": "Cv."})
    client.post("/aanmelden/onafhankelijk/", {"onafhankelijk": "ja", "akkoord": "on"})
    gelezen = re.search(r'name="gelezen" value="([^"]+)"', client.get("/aanmelden/nakijken/").content.decode()).group(1)
    client.post("/aanmelden/nakijken/", {"gelezen": gelezen})
    goed = code()
    for _ in range(6):
        assert GEEN_CODE in client.post("/aanmelden/code/", {"code": "12345"}).content.decode()
    assert Aanmeldconcept.objects.get().code_pogingen == 0
    antwoord = client.post("/aanmelden/code/", {"code": f"Je code is {goed[:3]} {goed[3:]}."})
    assert (antwoord.status_code, antwoord.url) == (302, "/mijn/")


@pytest.mark.parametrize(
    ("getypt", "wordt"),
    [("123 456", "123456"), ("Code: 123-456", "123456"), ("1234 5678", "12345678"), (" 12345678 ", "12345678")],
)
def test_een_code_van_de_tweede_stap_mag_ook_met_spaties(getypt, wordt):
    assert Stapcodeveld().clean(getypt) == wordt


def test_een_code_van_de_tweede_stap_die_geen_code_is():
    with pytest.raises(Exception, match=GEEN_STAPCODE.split(".", maxsplit=1)[0]):
        Stapcodeveld().clean("geen idee")
