"""The pages of the second step, for who uses them: on a phone, without a passkey, on a site without a name."""

import re

import pytest
from django.test import Client

from tests.fabrieken import WACHTWOORD
from tests.kern.test_tweede_stap import STAP, aan, ingelogd, klaargezet, met_app  # noqa: F401


def test_op_een_telefoon_opent_een_link_de_app_en_de_sleutel_staat_in_vieren(w):
    html = ingelogd(w.t1).get(STAP + "app/").content.decode()
    geheim = re.search(r'data-geheim="(\w+)"', html).group(1)
    assert 'href="otpauth://totp/' in html
    assert " ".join(re.findall(".{1,4}", geheim)) in html


def test_het_bestand_met_herstelcodes_heeft_een_nederlandse_naam(w):
    client = ingelogd(w.t1)
    klaargezet(client)
    antwoord = client.get(STAP + "herstelcodes/bewaren/")
    assert 'filename="herstelcodes.txt"' in antwoord["Content-Disposition"]
    assert Client().get(STAP + "herstelcodes/bewaren/").status_code == 302


@pytest.mark.parametrize(("host", "wel"), [("localhost", True), ("127.0.0.1:8000", False), ("[::1]", False)])
def test_waar_de_site_een_ip_adres_heeft_is_geen_sleutel_te_maken(w, settings, host, wel):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert ("data-passkey-blok" in Client().get("/inloggen/", headers={"host": host}).content.decode()) == wel
    client = Client()
    client.force_login(w.t1)
    assert ("Sleutels (passkeys)" in client.get(STAP, headers={"host": host}).content.decode()) == wel


def test_wie_geen_sleutel_heeft_ziet_geen_gebruik_je_sleutel(w, settings):
    """Who has one does: tests/browser/test_tweede_stap.py logs in with it."""
    met_app(w.t1)
    settings.ALLOWED_HOSTS = ["localhost"]
    client = Client(headers={"host": "localhost"})
    client.post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD})
    html = client.get(STAP + "code/").content.decode()
    assert "Gebruik je sleutel" not in html
    assert "Vul de code uit je app in" in html
