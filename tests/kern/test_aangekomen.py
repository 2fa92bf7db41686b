"""A page names the marks of texts that were taken, and no other: not after a login in between, an error, or an act
that did not work.
"""

import re
import time

from tests.aanval.hulp import klant

MERK = "0123456789abcdef01234567"
NOTITIES = "/mijn/notities/"


def genoemd(client, pad="/mijn/"):
    gevonden = re.search(r'data-aangekomen="([^"]*)"', client.get(pad).content.decode())
    return gevonden.group(1).split() if gevonden else []


def test_wat_aankwam_wordt_genoemd_op_elke_volgende_pagina(w):
    client = klant(w.traject(5).kandidaat)
    assert genoemd(client) == []
    assert client.post(NOTITIES, {"tekst": "Een gesprek gehad.", "tabmerk": MERK}).status_code == 302
    assert genoemd(client) == genoemd(client, NOTITIES) == [MERK]
    assert genoemd(klant(w.traject(5).kandidaat)) == []  # another browser


def test_wat_niet_aankwam_wordt_niet_genoemd(w):
    kandidaat = w.traject(5).kandidaat
    client = klant(kandidaat)
    assert client.post(NOTITIES, {"tekst": "x" * 10_001, "tabmerk": MERK}).status_code == 200
    assert genoemd(client) == []
    client.logout()
    assert client.post(NOTITIES, {"tekst": "Na het uitloggen.", "tabmerk": MERK}).url.startswith("/inloggen/")
    client.force_login(kandidaat)
    assert genoemd(client) == []
    client = klant(w.traject(7).kandidaat)
    # to a page that says so
    assert client.post("/mijn/verslag/wie-je-bent/1/", {"t_O02": "Te laat.", "tabmerk": MERK}).status_code == 302
    assert genoemd(client) == []


def test_alleen_een_merk_en_niet_te_veel(w):
    client = klant(w.traject(5).kandidaat)
    client.post(NOTITIES, {"tekst": "Dag.", "tabmerk": '"><script>'})
    assert genoemd(client) == []
    for nr in range(25):
        client.post(NOTITIES, {"tekst": f"Dag {nr}.", "tabmerk": f"{nr:024x}"})
    assert genoemd(client) == [f"{nr:024x}" for nr in range(5, 25)]


def test_na_een_uur_is_het_vergeten(w, monkeypatch):
    client = klant(w.traject(5).kandidaat)
    client.post(NOTITIES, {"tekst": "Dag.", "tabmerk": MERK})
    later = time.time() + 3700
    monkeypatch.setattr("lms.kern.aangekomen.time.time", lambda: later)
    assert genoemd(client) == []
