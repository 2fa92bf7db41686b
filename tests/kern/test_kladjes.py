"""What is typed and not sent yet stands on the server too: for seven days, for its owner only, and gone when its form
was taken.
"""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from lms.kern.handelingen.kladjes import HOOGSTENS, kladje_bewaren, kladjes_opruimen
from lms.kern.models import Journaalregel, Kladje
from lms.portaal.views import kladjes
from tests.aanval.hulp import klant

NOTITIES = "/mijn/notities/"
TEKST = "Een lang gesprek gehad, over thuis."


def merk(client, pad=NOTITIES, nr=0):
    """The declaration of a form, as its page carries it."""
    return re.findall(r'name="klad" value="([^"]+)"', client.get(pad).content.decode())[nr]


def bewaar(client, klad, velden=(("tekst", TEKST),), **extra):
    gegevens = {"klad": klad, "adres": NOTITIES, "welk": "[]", "velden": json.dumps(velden), **extra}
    return client.post("/kladje/", gegevens)


def gelezen(client, *adressen):
    return client.get("/kladje/", {"adres": adressen or [NOTITIES]}).json()["kladjes"]


def test_wat_getypt_is_komt_terug_op_elk_apparaat(w):
    kandidaat = w.traject(5).kandidaat
    client = klant(kandidaat)
    assert bewaar(client, merk(client)).status_code == 200
    (kladje,) = gelezen(klant(kandidaat), "/elders/", NOTITIES)  # another browser
    assert kladje.pop("om") > 1_600_000_000_000
    assert kladje == {
        "adres": NOTITIES,
        "vorm": "selectie.forms.kandidaat.NotitieForm",
        "welk": "[]",
        "velden": [["tekst", TEKST]],
    }
    assert gelezen(klant(kandidaat), "/mijn/stoppen/") == []
    bewaar(client, merk(client), [["tekst", "Anders."]])
    assert [kladje["velden"] for kladje in gelezen(client)] == [[["tekst", "Anders."]]]  # one per form


def test_alleen_van_jezelf(w):
    client = klant(w.traject(5).kandidaat)
    bewaar(client, merk(client))
    for ander in (w.traject(5).kandidaat, w.t1, w.bureau):
        assert gelezen(klant(ander)) == []
        bewaar(klant(ander), merk(client), weg="1")
    assert Kladje.objects.count() == 1


def test_in_de_database_staat_het_niet_leesbaar_en_in_het_journaal_niets(w):
    client = klant(w.traject(5).kandidaat)
    regels = Journaalregel.objects.count()
    bewaar(client, merk(client))
    assert TEKST not in str(Kladje.objects.values().get())
    assert Journaalregel.objects.count() == regels


def test_een_ander_geheim_van_de_site_maakt_het_onleesbaar_en_geen_fout(w, settings):
    client = klant(w.traject(5).kandidaat)
    bewaar(client, merk(client))
    settings.SECRET_KEY = "een-heel-ander-geheim"
    assert Kladje.objects.get().getypt() == []


def test_verstuurd_is_weg(w):
    kandidaat = w.traject(5).kandidaat
    client = klant(kandidaat)
    klad = merk(client)
    bewaar(client, klad)
    assert client.post(NOTITIES, {"tekst": "x" * 10_001, "klad": klad}).status_code == 200  # not taken
    assert len(gelezen(client)) == 1
    # with a browser without our script, on another device
    assert klant(kandidaat).post(NOTITIES, {"tekst": TEKST, "klad": klad}).status_code == 302
    assert gelezen(client) == []


def test_een_bewaring_die_na_het_versturen_binnenkomt_laat_niets_achter(w):
    client = klant(w.traject(5).kandidaat)
    klad = merk(client)
    client.post(NOTITIES, {"tekst": TEKST, "klad": klad, "verzoek_id": "een-keer"})
    bewaar(client, klad, verzoek_id="een-keer")
    assert gelezen(client) == []


def test_van_twee_rijen_op_een_pagina_gaat_alleen_het_verstuurde(w):
    client = klant(w.traject(5).kandidaat)
    klad = merk(client)
    for rij in ("1", "2"):
        bewaar(client, klad, welk=json.dumps([["rij", rij]]))
    client.post(NOTITIES, {"tekst": TEKST, "klad": klad, "rij": "2"})
    assert [kladje["welk"] for kladje in gelezen(client)] == ['[["rij", "1"]]']


def test_weggegooid_is_weg(w):
    client = klant(w.traject(5).kandidaat)
    klad = merk(client)
    bewaar(client, klad)
    assert bewaar(client, klad, weg="1").status_code == 200
    assert Kladje.objects.count() == 0


def test_zonder_inloggen_naar_de_deur(w):
    client = klant(w.traject(5).kandidaat)
    klad = merk(client)
    client.logout()
    assert bewaar(client, klad).url.startswith("/inloggen/")
    assert client.get("/kladje/").url.startswith("/inloggen/")


@pytest.mark.parametrize(
    "anders",
    [
        {"klad": "selectie.forms.kandidaat.NotitieForm|tekst:verzonnen"},
        {"klad": ""},
        {"adres": "https://elders.example/"},
        {"adres": "/" + "x" * 200},
        {"adres": "/\x00"},
        {"welk": "geen json"},
        {"welk": '[["a"]]'},
        {"velden": '[["tekst", 5]]'},
        {"velden": ""},
        {"velden": "[" * 100_000},
    ],
)
def test_wat_niet_van_een_pagina_van_ons_komt_wordt_niet_bewaard(w, anders):
    client = klant(w.traject(5).kandidaat)
    klad = merk(client)
    assert bewaar(client, anders.pop("klad", klad), **anders).status_code == 400
    assert Kladje.objects.count() == 0


def test_alleen_de_velden_die_het_formulier_noemt(w):
    """A made-up name, the token, a hidden field and a tick are dropped."""
    client = klant(w.traject(5).kandidaat)
    velden = [["tekst", TEKST], ["wachtwoord", "geheim"], ["csrfmiddlewaretoken", "x"], ["verzoek_id", "y"]]
    bewaar(client, merk(client), velden)
    assert gelezen(client)[0]["velden"] == [["tekst", TEKST]]


def test_te_groot_en_te_vaak(w, monkeypatch):
    client = klant(w.traject(5).kandidaat)
    klad = merk(client)
    assert bewaar(client, klad, [["tekst", "x" * 64_001]]).status_code == 413
    monkeypatch.setattr(kladjes, "PER_UUR", 3)
    antwoorden = [bewaar(client, klad).status_code for _ in range(4)]
    assert antwoorden[-1] == 429
    assert bewaar(client, klad, weg="1").status_code == 200  # throwing away always may
    assert gelezen(client) == []


def test_niet_meer_dan_een_paar_per_persoon(w):
    mens = w.traject(5).kandidaat
    for nr in range(HOOGSTENS + 2):
        kladje_bewaren(door=mens, adres=f"/{nr}/", vorm="v", welk="", velden=[["a", "b"]])
    assert Kladje.objects.van(mens).count() == HOOGSTENS
    assert not Kladje.objects.filter(adres__in=["/0/", "/1/"]).exists()


def test_na_zeven_dagen_ruimt_de_werker_het_op(w):
    client = klant(w.traject(5).kandidaat)
    bewaar(client, merk(client))
    oud = timezone.now() - dt.timedelta(days=7)
    Kladje.objects.update(bewaard_om=oud + dt.timedelta(minutes=5))
    assert (kladjes_opruimen(), len(gelezen(client))) == (0, 1)
    Kladje.objects.update(bewaard_om=oud)
    assert gelezen(client) == []
    assert (kladjes_opruimen(), Kladje.objects.count()) == (1, 0)


def test_bewaren_vraagt_weinig(w, django_assert_num_queries):
    client = klant(w.traject(5).kandidaat)
    klad = merk(client)
    bewaar(client, klad)
    with django_assert_num_queries(4):  # session, person, the draft, not too many
        bewaar(client, klad)
    with django_assert_num_queries(3):
        gelezen(client)
