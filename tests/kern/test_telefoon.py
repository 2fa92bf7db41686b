"""Phone numbers: what people type is understood and written down in one way; what cannot be dialled is said at its
field.
"""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cursus.models import Contactgegevens
from lms.kern import handelingen
from lms.kern.telefoon import FOUT, FOUT_DIENST, FOUT_LAND, FOUT_LETTERS, FOUT_NUL, FOUT_TWEE, telefoon_nakijken
from lms.kern.templatetags.ekc import om_te_bellen
from selectie.models import Aanmeldconcept

GOED = (
    ("0612345678", "06 - 12 34 56 78"), ("06 12345678", "06 - 12 34 56 78"), ("06-12 34 56 78", "06 - 12 34 56 78"),
    ("06 – 1234 5678", "06 - 12 34 56 78"), ("+31 6 12345678", "06 - 12 34 56 78"),
    ("+31 (0)6 1234 5678", "06 - 12 34 56 78"), ("0031612345678", "06 - 12 34 56 78"),
    ("31612345678", "06 - 12 34 56 78"), ("612345678", "06 - 12 34 56 78"), ("tel: 0612345678", "06 - 12 34 56 78"),
    ("06\u00a012345678", "06 - 12 34 56 78"), ("06.12.34.56.78", "06 - 12 34 56 78"),
    ("０６１２３４５６７８", "06 - 12 34 56 78"), ("(038) 422 25 26", "038 - 422 25 26"),
    ("0384222526", "038 - 422 25 26"),
    ("038/4222526", "038 - 422 25 26"), ("0521 123456", "0521 - 12 34 56"), ("088-1234567", "088 - 123 45 67"),
    ("+32 470 12 34 56", "+32 470123456"), ("0032470123456", "+32 470123456"), ("+1 212 555 0100", "+1 2125550100"),
    ("+49 (0) 30 123456", "+49 30123456"), ("+351 912 345 678", "+351 912345678"), ("", ""), ("  ", ""),
)  # fmt: skip
FOUTEN = (
    ("06abc", FOUT_LETTERS), ("06 1234", FOUT), ("06 123456789", FOUT), ("0012", FOUT_LAND), ("12345678", FOUT_NUL),
    ("+31 6 1234", FOUT), ("+0612345678", FOUT_LAND), ("+32 1", FOUT_LAND), ("+1234567890123456", FOUT_LAND),
    ("0612345678 / 0384222526", FOUT_TWEE), ("0612345678 of 0384222526", FOUT_TWEE), ("0900 1234", FOUT_DIENST),
    ("geen", FOUT_LETTERS), ("-", FOUT), ("06 1234 5678 (werk)", FOUT_LETTERS), ("06²345678", FOUT),
)  # fmt: skip


@pytest.mark.parametrize(("getypt", "bewaard"), GOED)
def test_een_nummer_wordt_op_een_manier_opgeschreven(getypt, bewaard):
    assert telefoon_nakijken(getypt) == bewaard
    assert telefoon_nakijken(bewaard) == bewaard


@pytest.mark.parametrize(("getypt", "zin"), FOUTEN)
def test_een_nummer_dat_niet_kan_zegt_wat_er_moet_staan(getypt, zin):
    with pytest.raises(ValidationError) as fout:
        telefoon_nakijken(getypt)
    assert fout.value.messages == [zin]


@given(st.text(alphabet="0123456789+ -()./٣²a", max_size=18))
def test_wat_doorkomt_blijft_zo_en_is_te_bellen(tekst):
    try:
        nummer = telefoon_nakijken(tekst)
    except ValidationError:
        return
    assert telefoon_nakijken(nummer) == nummer
    assert not nummer or om_te_bellen(nummer).removeprefix("+").isascii()


def test_aanmelden_bewaart_het_nummer_zoals_het_hoort_en_zegt_wat_niet_kan(w):
    client = Client()
    velden = {
        "voornaam": "Noor", "achternaam": "Bos", "email": "noor@demo.example", "woonplaats": "Emmen",
        "regio": w.noord.pk,
    }  # fmt: skip
    for getypt, zin in (("06abc", FOUT_LETTERS), ("06 1234", FOUT), ("", "Vul je telefoonnummer in")):
        html = client.post("/aanmelden/", velden | {"telefoon": getypt}).content.decode()
        assert zin in html
        assert 'href="#id_telefoon"' in html
    assert client.post("/aanmelden/", velden | {"telefoon": "+31 (0)6-12345678"}).status_code == 302
    assert Aanmeldconcept.objects.get().gegevens["telefoon"] == "06 - 12 34 56 78"


def test_eigen_gegevens_en_het_bureau_volgen_dezelfde_regel(w):
    mens, client = w.traject(2).kandidaat, Client()
    client.force_login(mens)
    velden = {"daad": "gegevens", "voornaam": "Noor", "achternaam": "Bos"}
    assert FOUT in client.post("/mijn/gegevens/", velden | {"telefoon": "06 1234"}).content.decode()
    assert client.post("/mijn/gegevens/", velden | {"telefoon": "0032 470 123456"}).status_code == 302
    mens.refresh_from_db()
    assert mens.telefoon == "+32 470123456"
    client.force_login(w.bureau)
    namens = {"voornaam": "Noor", "regio": w.noord.pk, "telefoon": "06abc"}
    assert FOUT_LETTERS in client.post("/bureau/aanmeldingen/invoeren/", namens).content.decode()


def test_de_handeling_weigert_het_bij_het_veld(w):
    with pytest.raises(ValidationError) as fout:
        handelingen.gegevens_wijzigen(w.t1, door=w.t1, telefoon="06 1")
    assert fout.value.message_dict == {"telefoon": [FOUT]}


def test_het_nummer_van_het_huis_moet_te_bellen_zijn():
    Contactgegevens(telefoon="038 - 422 25 26").full_clean()
    with pytest.raises(ValidationError) as fout:
        Contactgegevens(telefoon="038 - 422 25").full_clean()
    assert fout.value.message_dict == {"telefoon": [FOUT]}


def test_een_nummer_in_een_link_is_alleen_cijfers():
    assert (om_te_bellen("06 - 12 34 56 78"), om_te_bellen("+32 470123456")) == ("0612345678", "+32470123456")
