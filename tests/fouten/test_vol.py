"""A database that is locked, full or read-only and a disk that is full: 503, nothing shown unjournaled, nothing
lost, public pages go on.
"""

import errno
import gc
import io
import logging
import random
import resource
import sqlite3
from contextlib import contextmanager

import pytest
from django.conf import settings as instellingen
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections
from PIL import Image

from lms.kern import fouten
from lms.kern.models import Bestand, Journaalregel
from selectie.models import Aanmeldconcept, Brief, Uitzoeknotitie
from tests.aanval.hulp import klant
from tests.aanval.kwaad import pdf
from tests.fabrieken import Wereld
from tests.fouten.test_paginas import nagekeken
from tests.lezen import leesbaar

OPENBAAR = [
    "/",
    "/agenda/",
    "/nieuws/",
    "/hulp/",
    "/zo-werkt-het/",
    "/privacy/",
    "/c/",
    "/agenda.ics",
    "/nieuws/rss.xml",
    "/sitemap.xml",
    "/inloggen/",
]


def _vullen(grootte):
    """Write rows of this size until no more fit."""
    try:
        for _ in range(5000):
            Journaalregel.objects.create(handeling="vulling", als="systeem", gegevens={"x": "x" * grootte})
    except OperationalError as fout:
        assert "full" in str(fout)  # noqa: PT017 - it must end here
        return
    raise AssertionError("De database werd niet vol.")


@contextmanager
def vol():
    """SQLite: the database may not grow, and what was free in it is used."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        for grootte in (100_000, 10_000, 1000, 100, 0):
            _vullen(grootte)
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@contextmanager
def op_slot():
    """Somebody else holds the lock for writing and does not let go."""
    if connection.vendor == "sqlite":
        ander = sqlite3.connect(instellingen.DATABASES["default"]["NAME"], isolation_level=None)
        ander.execute("BEGIN IMMEDIATE")
        kort, lang, los = "PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000", ander.close
    else:
        ander = connections.create_connection("default")
        ander.set_autocommit(False)
        ander.cursor().execute("LOCK TABLE kern_journaalregel IN EXCLUSIVE MODE")
        kort, lang, los = "SET lock_timeout = '100ms'", "SET lock_timeout = 0", ander.close
    try:
        with connection.cursor() as cursor:
            cursor.execute(kort)
        yield
    finally:
        los()
        with connection.cursor() as cursor:
            cursor.execute(lang)


@contextmanager
def alleen_lezen():
    """PostgreSQL: a database that only reads, as on a full or a failing-over server; SQLite: the same by its own
    switch.
    """
    aan, uit = (
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    with connection.cursor() as cursor:
        cursor.execute(aan)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(uit)


STORINGEN = {"vol": vol, "op slot": op_slot, "alleen lezen": alleen_lezen}


@pytest.fixture(autouse=True)
def _los():
    """What was logged with its traceback keeps a cursor, and so the old database file, alive: let go before the
    database is put back.
    """
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
    gc.collect()


@pytest.fixture
def wereld(transactional_db):
    w = Wereld()
    w.zaak = w.traject(6)
    w.verslag_rij = w.zaak.verslagen.get()
    w.bestand = Bestand.objects.create(traject=w.zaak, soort="cv", naam="cv.pdf", mime="application/pdf", grootte=4)
    w.bestand.inhoud.save("cv", SimpleUploadedFile("cv.pdf", b"%PDF"))
    w.nummer = w.traject(9).certificaten.get().nummer
    return w


@pytest.mark.parametrize("storing", STORINGEN)
def test_wat_niet_in_het_journaal_kan_wordt_niet_getoond_en_niets_gaat_verloren(wereld, storing):
    """Of a letter, a cv, a report: a page that says so.

    What is posted is not half done. Afterwards everything is there.
    """
    if storing == "vol" and connection.vendor != "sqlite":
        pytest.skip("max_page_count is van SQLite.")
    w, zaak = wereld, wereld.zaak
    trainer, bureau, zelf, bezoeker = klant(w.t1), klant(w.bureau), klant(zaak.kandidaat), klant()
    for client in (trainer, bureau, zelf, bezoeker):
        client.raise_request_exception = False
    lezen = {
        f"/trainer/verslagen/{w.verslag_rij.pk}/": trainer, f"/trainer/kandidaten/{zaak.pk}/brief/": trainer,
        f"/bestand/{w.bestand.uuid}/": trainer,
        f"/bureau/kandidaten/{zaak.pk}/aanmelding/": bureau,
    }  # fmt: skip
    trainer.get("/trainer/")  # what only the first page keeps: the role of the menu
    bureau.get("/bureau/")
    voor = Journaalregel.objects.exclude(handeling="vulling").count()
    with STORINGEN[storing]():
        for adres, client in lezen.items():
            antwoord = client.get(adres)
            assert "kanarie" not in nagekeken(antwoord, 503), adres
            assert antwoord["Retry-After"] == "60"
        assert zelf.get("/mijn/").status_code == 200  # the own page writes nothing
        antwoord = zelf.post("/mijn/notities/", {"tekst": "kanarie-nieuw"})
        tekst = nagekeken(antwoord, 503)
        assert ("Even bezig" in tekst, 'href="/mijn/notities/"' in tekst, "kanarie-nieuw" in tekst) == (
            True,
            True,
            False,
        )
        for adres in OPENBAAR:
            assert bezoeker.get(adres).status_code == 200, adres
        assert "echt en geldig" in leesbaar(bezoeker.get(f"/c/{w.nummer}/"))
    assert Journaalregel.objects.exclude(handeling="vulling").count() == voor
    assert not Uitzoeknotitie.objects.filter(tekst="kanarie-nieuw").exists()
    w.verslag_rij.refresh_from_db()
    assert w.verslag_rij.geopend_om is None
    for adres, client in lezen.items():
        antwoord = client.get(adres)
        list(antwoord)
        assert antwoord.status_code == 200, adres
    assert zelf.post("/mijn/notities/", {"tekst": "kanarie-nieuw"}).status_code == 302
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)


@contextmanager
def grens(aantal):
    """No file of this process may grow beyond `aantal` bytes."""
    zacht, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (aantal, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (zacht, hard))


def _in_map():
    return sorted(pad.name for pad in instellingen.BESTANDEN_ROOT.rglob("*") if pad.is_file())


def _brief(bestand):
    return {"motivatie": "kanarie-brief", "cv": "kanarie-cv", "brief_bestand": bestand}


def _grote_foto():
    """A picture that stays large: noise."""
    uit = io.BytesIO()
    Image.frombytes("RGB", (500, 500), random.Random(1).randbytes(750_000)).save(uit, "PNG")  # noqa: S311 - no secret
    return SimpleUploadedFile("brief.png", uit.getvalue())


def test_een_volle_map_bewaart_niets_half_en_raakt_niets_kwijt(transactional_db, settings):
    """The field says so; the file that was there still is, the text too; nothing half is left behind. Then it goes."""
    w = Wereld()
    client = klant()
    client.raise_request_exception = False
    client.post(
        "/aanmelden/",
        {
            "voornaam": "A",
            "achternaam": "B",
            "email": "a@demo.example",
            "telefoon": "06 12345678",
            "woonplaats": "C",
            "regio": w.noord.pk,
        },
    )
    assert client.post("/aanmelden/brief/", _brief(SimpleUploadedFile("brief.pdf", pdf()))).status_code == 302
    eerst, namen = Aanmeldconcept.objects.get(), _in_map()
    assert len(namen) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with grens(400_000):
        antwoord = client.post("/aanmelden/brief/", _brief(_grote_foto()))
        assert (antwoord.status_code, "Bewaren lukt nu niet" in leesbaar(antwoord)) == (200, True)
    nu = Aanmeldconcept.objects.get()
    assert (nu.brief_bestand_id, nu.gegevens, _in_map()) == (eerst.brief_bestand_id, eerst.gegevens, namen)
    assert nu.brief_bestand.inhoud.read().startswith(b"%PDF")
    nu.brief_bestand.inhoud.close()
    assert client.post("/aanmelden/brief/", _brief(_grote_foto())).status_code == 302
    assert len(_in_map()) == 1


def test_een_volle_database_gooit_het_oude_bestand_niet_weg(transactional_db):
    """The new file cannot be written down: the one before is still on disk, and still the one of the draft."""
    if connection.vendor != "sqlite":
        pytest.skip("max_page_count is van SQLite.")
    w = Wereld()
    client = klant()
    client.raise_request_exception = False
    client.post(
        "/aanmelden/",
        {
            "voornaam": "A",
            "achternaam": "B",
            "email": "a@demo.example",
            "telefoon": "06 12345678",
            "woonplaats": "C",
            "regio": w.noord.pk,
        },
    )
    client.post("/aanmelden/brief/", _brief(SimpleUploadedFile("brief.pdf", pdf())))
    eerst, namen = Aanmeldconcept.objects.get(), _in_map()
    with vol():
        groot = _brief(SimpleUploadedFile("brief.pdf", pdf())) | {"motivatie": "lang " * 1900, "cv": "lang " * 1900}
        nagekeken(client.post("/aanmelden/brief/", groot), 503)
    nu = Aanmeldconcept.objects.get()
    assert (nu.brief_bestand_id, nu.gegevens) == (eerst.brief_bestand_id, eerst.gegevens)
    assert set(namen) <= set(_in_map())
    with nu.brief_bestand.inhoud.open("rb") as bestand:
        assert bestand.read().startswith(b"%PDF")


def test_een_volle_schijf_sluit_geen_openbare_pagina(wereld, settings, tmp_path):
    """The cache in files cannot be written: the pages and the certificate check go on, what is counted for a code
    does not.
    """
    settings.CACHES = {
        "default": {"BACKEND": "lms.kern.bestandscache.Bestandscache", "LOCATION": str(tmp_path / "cache")}
    }
    client = klant(raise_request_exception=False)
    client.raise_request_exception = False
    with grens(0):
        for adres in OPENBAAR:
            assert client.get(adres).status_code == 200, adres
        assert "echt en geldig" in leesbaar(client.get(f"/c/{wereld.nummer}/"))
        over = {
            "voornaam": "A",
            "achternaam": "B",
            "email": "a@demo.example",
            "telefoon": "06 12345678",
            "woonplaats": "C",
            "regio": wereld.noord.pk,
        }
        antwoord = client.post("/aanmelden/", over)
    if connection.vendor == "sqlite":
        nagekeken(antwoord, 503)
    else:  # there the limits stand on the disk of the database server
        assert antwoord.status_code == 302
    assert Aanmeldconcept.objects.exists() == (connection.vendor != "sqlite")
    assert client.get(f"/c/{wereld.nummer}/").status_code == 200


def test_welke_storing_voorbijgaat():
    """What passes by itself is a 503; a mistake of ours stays a 500."""
    assert fouten.is_bezig(OSError(errno.ENOSPC, "vol"))
    assert fouten.is_bezig(OSError(errno.EFBIG, "te groot"))
    assert not fouten.is_bezig(OSError(errno.ENOENT, "weg"))
    assert not fouten.is_bezig(ValueError("x"))
    with sqlite3.connect(":memory:") as proef, pytest.raises(sqlite3.OperationalError) as ons:
        proef.execute("SELECT * FROM bestaat_niet")
    proef.close()
    fout = OperationalError("no such table")
    fout.__cause__ = ons.value
    assert not fouten.is_bezig(fout)


def test_als_de_database_niet_te_lezen_is_is_er_een_vaste_pagina(wereld, monkeypatch):
    """Nothing can be read: one static Dutch page, for everybody, on every address."""

    def weg(*_, **__):
        raise OperationalError("connection refused")

    for client in (klant(), klant(wereld.t1)):
        client.raise_request_exception = False
        with monkeypatch.context() as plek:
            plek.setattr(type(connections["default"]), "cursor", weg)
            for adres in ("/", "/agenda/", f"/c/{wereld.nummer}/", "/mijn/", "/beheer/"):
                antwoord = client.get(adres)
                if antwoord.status_code != 302:
                    nagekeken(antwoord, 503)
    assert Brief.objects.count() > 0
