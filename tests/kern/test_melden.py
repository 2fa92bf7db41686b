"""Faults told to a service: a real one on this machine reads what arrives."""

import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# a page that breaks on words somebody typed, with somebody's cookie; and a loop that says what broke
PROEF = """
import logging, django
django.setup()
from django.test import RequestFactory
import sentry_sdk
request = RequestFactory().post("/aanmelden/verder/kanarie-token/?q=kanarie-vraag", {"tekst": "kanarie-tekst"})
request.META["HTTP_COOKIE"] = "sessionid=kanarie-sessie"
request.resolver_match = type("Gevonden", (), {"route": "aanmelden/verder/<str:token>/"})()
def stuk(tekst):
    raise ValueError(f"kan niets met {tekst}")
try:
    stuk("kanarie-tekst")
except ValueError:
    extra = {"request": request, "status_code": 500}
    logging.getLogger("django.request").exception("Internal Server Error: %s", request.path, extra=extra)
    logging.getLogger("lms.portaal.werker").exception("Taak %s ging mis.", "kanarie-taak")
logging.getLogger("lms").warning("kanarie-waarschuwing")
sentry_sdk.flush(5)
"""


@pytest.fixture
def dienst():
    """(address, what arrived) of a service for faults."""
    binnen = []

    class Ontvanger(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            inhoud = self.rfile.read(int(self.headers["Content-Length"]))
            binnen.append(gzip.decompress(inhoud) if self.headers.get("Content-Encoding") == "gzip" else inhoud)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            """Nothing on the screen."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ontvanger)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://sleutel@127.0.0.1:{server.server_port}/1", binnen
    server.shutdown()
    server.server_close()


def draai(adres, tmp_path):
    omgeving = os.environ | {
        "LMS_FOUTEN": adres, "LMS_DEMO": "1", "LMS_SECRET": "x" * 50, "LMS_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lms.settings", "DATABASE_URL": "", "NO_PROXY": "127.0.0.1",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", PROEF], cwd=ROOT, env=omgeving, capture_output=True, text=True, check=False, timeout=60
    )


def test_een_fout_komt_aan_met_soort_plek_en_pagina_en_zonder_een_woord_van_iemand(dienst, tmp_path):
    adres, binnen = dienst
    proces = draai(adres, tmp_path)
    assert proces.returncode == 0, proces.stderr
    pagina, taak = (json.loads(pakje.split(b"\n")[2]) for pakje in sorted(binnen, key=lambda p: b"werker" in p))
    assert pagina["tags"] == {"pagina": "aanmelden/verder/<str:token>/", "methode": "POST"}
    (fout,) = pagina["exception"]["values"]
    assert (fout["type"], fout["stacktrace"]["frames"][-1]["function"]) == ("ValueError", "stuk")
    assert taak["logentry"]["message"] == "Taak %s ging mis."
    assert b"kanarie" not in b"".join(binnen)


def test_zonder_adres_gaat_er_niets_uit_en_een_fout_adres_wordt_gezegd(dienst, tmp_path):
    _, binnen = dienst
    assert draai("", tmp_path).returncode == 0
    assert binnen == []
    proces = draai("geen adres", tmp_path)
    assert proces.returncode != 0
    assert "LMS_FOUTEN is geen adres" in proces.stderr
