"""Chromium on the filled demo.

The demo is built once per run, kept as a copy of the database, and put back for every test that asks `site`.
"""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as instellingen
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from lms.kern.models import Gebruiker
from lms.portaal.demo import Demo
from tests.browser.lopen import Gezien, Sjablonen, Wandeling

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
OPTIES = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip
WACHT = 10_000  # milliseconds
TELEFOON, SCHERM = 390, 1280


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    with pytest.MonkeyPatch.context() as omgeving, sync_playwright() as playwright:
        omgeving.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(_database, django_db_blocker, chromium, tmp_path_factory):
    """The database of this run with the demo in it, and a copy of it to go back to. Browser tests run on SQLite."""
    assert connection.vendor == "sqlite", "Draai de browsertests op SQLite: zonder DATABASE_URL."
    kopie = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    with django_db_blocker.unblock():
        _database.kopieren()
        with transaction.atomic():
            Demo().maken()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copy(_database.eigen, kopie)
    return kopie


class Bezig:
    """How many requests the server is working on now."""

    def __init__(self):
        self.aantal, self.slot, self.antwoord = 0, threading.Lock(), WSGIHandler.get_response
        WSGIHandler.get_response = lambda handler, request: self._tellend(handler, request)

    def _tellend(self, handler, request):
        self._erbij(1)
        try:
            return self.antwoord(handler, request)
        finally:
            self._erbij(-1)

    def _erbij(self, verschil):
        with self.slot:
            self.aantal += verschil

    def stil(self, hoogstens=10):
        """Wait, at most so many seconds, until nothing is being answered."""
        einde = time.monotonic() + hoogstens
        while self.aantal and time.monotonic() < einde:
            time.sleep(0.02)

    def sluiten(self):
        WSGIHandler.get_response = self.antwoord


@pytest.fixture(scope="session")
def server(_database, sjablonen):
    server = LiveServer("127.0.0.1")
    server.bezig = Bezig()
    yield server
    server.bezig.sluiten()
    server.stop()


class Site:
    """The running site: its address, and people at their own browser."""

    def __init__(self, browser, adres):
        self.browser, self.adres, self.open = browser, adres, []

    def context(self, breedte=SCHERM, **opties):
        context = self.browser.new_context(
            base_url=self.adres,
            viewport={"width": breedte, "height": 900},
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            **opties,
        )
        context.set_default_timeout(WACHT)
        self.open.append(context)
        return context

    def als(self, naam, breedte=SCHERM, **opties):
        """A page of somebody who is logged in already (only the paths log in through the form themselves)."""
        context = self.context(breedte, **opties)
        if naam:
            client = Client()
            client.force_login(Gebruiker.objects.get(email=f"{naam}@demo.example"))
            waarde = client.cookies[instellingen.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": instellingen.SESSION_COOKIE_NAME, "value": waarde, "url": self.adres}])
        return luisterend(context.new_page())

    def sluiten(self):
        """Leave every page first: what it still saves then comes in before the database is put back."""
        while self.open:
            context = self.open.pop()
            for pagina in context.pages:
                pagina.goto("about:blank")
            context.close()


def nagekeken(pagina, gezien, breedte=TELEFOON):
    """Look at the page in the middle of a path, as the walk does: once per skeleton by axe, all widths, the console."""
    if breedte == TELEFOON:
        assert Wandeling(pagina, gezien).kijk() == []
    assert pagina.klachten == []


def _noteer(pagina, bericht):
    # Django's own admin names no icon
    if bericht.type in ("error", "warning") and not bericht.location["url"].endswith("/favicon.ico"):
        pagina.klachten.append(f"{bericht.type}: {bericht.text}")


def luisterend(pagina):
    """A page that keeps what its console and its requests complain about, in `pagina.klachten`."""
    pagina.klachten = []
    pagina.on("console", lambda bericht: _noteer(pagina, bericht))
    pagina.on("pageerror", lambda fout: pagina.klachten.append(f"script: {fout}"))
    pagina.on(
        "response",
        lambda antwoord: (
            pagina.klachten.append(f"{antwoord.status} {antwoord.url}") if antwoord.status >= 500 else None
        ),
    )
    return pagina


def _site(demo, server, chromium, _database, django_db_blocker):
    with django_db_blocker.unblock():
        connection.close()
        sjabloon, _database.sjabloon = _database.sjabloon, demo
        try:
            _database.kopieren()
        finally:
            _database.sjabloon = sjabloon
        site = Site(chromium, server.url)
        yield site
        site.sluiten()
        server.bezig.stil()
        _database.kopieren()


@pytest.fixture
def site(demo, server, chromium, _database, django_db_blocker):
    """A fresh demo for a test that changes it."""
    yield from _site(demo, server, chromium, _database, django_db_blocker)


@pytest.fixture(scope="module")
def kijksite(demo, server, chromium, _database, django_db_blocker):
    """One demo for all tests of a module that only look.

    A test that asks `site` comes after them: it puts the plain database back.
    """
    yield from _site(demo, server, chromium, _database, django_db_blocker)


@pytest.fixture(scope="session")
def sjablonen():
    """Every template of ours that was rendered while browser tests ran."""
    sjablonen = Sjablonen()
    yield sjablonen.gebruikt
    sjablonen.sluiten()


@pytest.fixture(scope="session")
def gezien(sjablonen):
    return Gezien()


@pytest.fixture(params=[TELEFOON, SCHERM])
def breedte(request):
    return request.param
