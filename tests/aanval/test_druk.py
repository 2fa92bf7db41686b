"""The running server with eight of the worst files at once: pages go on, and who has to wait hears that it is busy,
not that the file is wrong.
"""

import contextlib
import functools
import http.client
import http.cookiejar
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from lms.kern.bestanden import nakijken, proces
from tests.aanval.maken import jpg_scans, pdf

WORTEL = Path(__file__).resolve().parents[2]
DRUK, TE_GROOT = "Het is nu erg druk. Probeer het zo opnieuw.", "Deze foto is te groot."
BEZIG, TE_VAAK = "Je vorige bestand wordt nog nagekeken.", "Je stuurde heel vaak een bestand."


def _vrije_poort():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture
def server(_database, tmp_path):
    """A gunicorn as `make run` starts it, on a copy of the template database."""
    if connection.vendor != "sqlite":
        pytest.skip("de server van deze test draait op SQLite")
    shutil.copy(_database.sjabloon, tmp_path / "lms.sqlite3")
    poort = _vrije_poort()
    omgeving = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")}
    omgeving |= {"LMS_VAR": str(tmp_path), "LMS_DEMO": "1", "LMS_DEBUG": "1", "LMS_SECRET": "x" * 50}
    opdracht = [
        sys.executable,
        "-m",
        "gunicorn",
        "lms.wsgi",
        "--bind",
        f"127.0.0.1:{poort}",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(opdracht, cwd=WORTEL, env=omgeving, stdout=log, stderr=log) as proces_,
    ):
        try:
            for _ in range(150):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", poort), timeout=0.2):
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{poort}", tmp_path
        finally:
            proces_.terminate()
            proces_.wait(timeout=20)


class _Vanaf(urllib.request.HTTPHandler):
    """Requests from this address: each visitor their own."""

    def __init__(self, bron):
        super().__init__()
        self.verbinding = functools.partial(http.client.HTTPConnection, source_address=(bron, 0))

    def http_open(self, vraag):
        return self.do_open(self.verbinding, vraag)


class Bezoeker:
    def __init__(self, adres, bron="127.0.0.1"):
        self.adres = adres
        self.open = urllib.request.build_opener(
            _Vanaf(bron), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        ).open

    def get(self, pad):
        with self.open(self.adres + pad, timeout=60) as antwoord:
            return antwoord.read().decode()

    def post(self, pad, velden, bestanden=()):
        """(end address, text) after a form was sent as a browser does."""
        teken = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(pad)).group(1)
        grens, delen = uuid.uuid4().hex, []
        for naam, waarde in {**velden, "csrfmiddlewaretoken": teken}.items():
            delen.append(f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n{waarde}\r\n'.encode())
        for naam, bestandsnaam, inhoud in bestanden:
            kop = f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"; filename="{bestandsnaam}"\r\n\r\n'
            delen.append(kop.encode() + inhoud + b"\r\n")
        romp = b"".join(delen) + f"--{grens}--\r\n".encode()
        vraag = urllib.request.Request(  # noqa: S310 - our own server
            self.adres + pad,
            romp,
            {"Content-Type": f"multipart/form-data; boundary={grens}", "Referer": self.adres + pad},
        )
        with self.open(vraag, timeout=60) as antwoord:
            return antwoord.url, antwoord.read().decode()


def aanmelder(adres, nr, bron=""):
    bezoeker = Bezoeker(adres, bron or f"127.0.0.{10 + nr}")
    regio = re.search(r'<option value="(\d+)">', bezoeker.get("/aanmelden/")).group(1)
    over = {
        "voornaam": "Noor",
        "achternaam": "Bos",
        "email": f"noor{nr}@demo.example",
        "telefoon": "0612345678",
        "woonplaats": "Emmen",
    }
    eind, _ = bezoeker.post("/aanmelden/", {**over, "regio": regio})
    assert eind.endswith("/aanmelden/brief/")
    return bezoeker


def test_acht_ergste_bestanden_tegelijk_houden_de_voorpagina_niet_op(server):
    adres, map_ = server
    mensen, ergste, uitkomsten = [aanmelder(adres, nr) for nr in range(8)], jpg_scans(), []
    kijker = Bezoeker(adres)
    kijker.get("/")

    def stuur(mens):
        velden = {"motivatie": "Dit typte ik.", "cv": "Mijn cv."}
        uitkomsten.append(mens.post("/aanmelden/brief/", velden, [("brief_bestand", "foto.jpg", ergste)]))

    draden = [threading.Thread(target=stuur, args=(mens,)) for mens in mensen]
    for draad in draden:
        draad.start()
    tijden = []
    while any(draad.is_alive() for draad in draden):
        begin = time.monotonic()
        kijker.get("/")
        tijden.append(time.monotonic() - begin)
        time.sleep(0.05)
    assert len(tijden) >= 5
    assert max(tijden) < 1, (max(tijden), statistics.median(tijden))
    assert len(uitkomsten) == 8
    for _, tekst in uitkomsten:
        assert "Dit typte ik." in tekst
        assert (DRUK in tekst) != (TE_GROOT in tekst)
    assert [p for p in (map_ / "bestanden").rglob("*") if p.is_file()] == []
    eind, _ = mensen[0].post(
        "/aanmelden/brief/", {"motivatie": "Dit typte ik.", "cv": "Mijn cv."}, [("brief_bestand", "cv.pdf", pdf())]
    )
    assert eind.endswith("/aanmelden/onafhankelijk/")  # and then it goes on as before


def test_een_bezoeker_met_zes_draden_houdt_een_ander_niet_op(server):
    """Six threads of one address with the slowest file: who comes from elsewhere has each file taken in."""
    adres, _ = server
    velden, ergste, klaar, uitkomsten = (
        {"motivatie": "Dit typte ik.", "cv": "Mijn cv."},
        jpg_scans(),
        threading.Event(),
        set(),
    )
    bende = [aanmelder(adres, nr, bron="127.0.0.60") for nr in range(6)]
    ander = aanmelder(adres, 7, bron="127.0.0.61")

    def bezetten(mens):
        while not klaar.is_set():
            _, tekst = mens.post("/aanmelden/brief/", velden, [("brief_bestand", "foto.jpg", ergste)])
            uitkomsten.update(zin for zin in (DRUK, TE_GROOT, BEZIG, TE_VAAK) if zin in tekst)

    draden = [threading.Thread(target=bezetten, args=(mens,)) for mens in bende]
    for draad in draden:
        draad.start()
    try:
        time.sleep(1)
        einden = [ander.post("/aanmelden/brief/", velden, [("brief_bestand", "cv.pdf", pdf())])[0] for _ in range(4)]
    finally:
        klaar.set()
        for draad in draden:
            draad.join()
    assert all(eind.endswith("/aanmelden/onafhankelijk/") for eind in einden), einden
    assert BEZIG in uitkomsten
    assert TE_VAAK not in uitkomsten


def test_zonder_vrije_plek_is_het_druk_en_niet_de_fout_van_het_bestand(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(proces, "WACHT_OP_PLEK", 0.2)
    with proces._plek(2), proces._plek(2), pytest.raises(ValidationError, match=DRUK):  # both are held
        nakijken(SimpleUploadedFile("cv.pdf", pdf()), mb=10)
    assert nakijken(SimpleUploadedFile("cv.pdf", pdf()), mb=10).mime == "application/pdf"


def test_een_keuring_die_niet_begint_is_niet_de_fout_van_het_bestand(settings, tmp_path, monkeypatch, caplog):
    """A library that is missing, or a check that somebody ended: busy, and a line for who looks after the site."""
    settings.VAR_DIR, settings.BASE_DIR = tmp_path, tmp_path  # no code there
    with pytest.raises(ValidationError, match=DRUK):
        nakijken(SimpleUploadedFile("cv.pdf", pdf()), mb=10)
    assert "de keuring stopte met 1" in caplog.text


def test_over_de_klok_is_het_druk(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(proces, "KLOK", 0.01)
    with pytest.raises(ValidationError, match=DRUK):
        nakijken(SimpleUploadedFile("cv.pdf", pdf()), mb=10)


def test_een_vierde_draad_wacht_niet(settings, tmp_path):
    """The threads of one server process are for pages too: as many as may be busy with files are, and the next
    hears so at once.
    """
    settings.VAR_DIR = tmp_path
    with contextlib.ExitStack() as bezet:
        for _ in range(proces.WACHTENDEN):
            bezet.enter_context(proces._bezig)
        begin = time.monotonic()
        with pytest.raises(ValidationError, match=DRUK):
            nakijken(SimpleUploadedFile("cv.pdf", pdf()), mb=10)
        assert time.monotonic() - begin < 0.1


def test_de_keuring_krijgt_niets_mee(settings, tmp_path, monkeypatch):
    """No secret, no address of a database: a parser that is taken over finds an empty house."""
    gezien = {}
    echt = subprocess.Popen

    def kijk(opdracht, **opties):
        gezien.update(opties["env"])
        return echt(opdracht, **opties)

    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(proces.subprocess, "Popen", kijk)
    nakijken(SimpleUploadedFile("cv.pdf", pdf()), mb=10)
    assert set(gezien) == {"LANG", "TMPDIR"}
