"""The test database: migrated and filled once by `migrate` and `inrichten`, kept as a template, copied per run and
per worker.
"""

import fcntl
import hashlib
import io
import os
import shutil
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.template.base import Node

from lms.kern import grenzen
from lms.kern.bestanden import proces
from lms.kern.onthouden import alles_vergeten
from tests.fabrieken import Wereld

proces.WACHT_OP_PLEK, proces.KLOK = 30, 90  # a machine busy with tests says nothing about a file
ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "tests"
BRON = (
    "*/migrations/*.py",
    "lms/*/migrations/*.py",
    "fixtures/**/*",
    "requirements.lock",
    "lms/portaal/inrichten.py",
    "lms/portaal/management/commands/inrichten.py",
    "cursus/inhoud.py",
    "cursus/blocks.py",
)


def _sleutel():
    som = hashlib.sha256()
    for patroon in BRON:
        for pad in sorted(ROOT.glob(patroon)):
            if pad.is_file():
                som.update(str(pad.relative_to(ROOT)).encode() + pad.read_bytes())
    return som.hexdigest()[:16]


def _vullen():
    call_command("migrate", verbosity=0)
    call_command("inrichten", verbosity=0, stdout=io.StringIO())


class _OnbekendeVariabele(str):
    """A variable in one of our own templates that does not resolve fails the test; other people's templates are
    theirs.
    """

    __slots__ = ()

    def __bool__(self):
        """Django's own question, whether there is such a setting: yes.

        In a template, where a row is not there ({% if x.y %}): no, as in production.
        """
        return sys._getframe(1).f_code.co_name == "resolve"

    def __contains__(self, deel):
        return deel == "%s"

    def __mod__(self, naam):
        herkomst = _herkomst()
        if herkomst.startswith(str(ROOT / "templates")):
            raise AssertionError(f"{{{{ {naam} }}}} bestaat niet in {herkomst.removeprefix(str(ROOT))}")
        return ""


def _herkomst():
    """The file of the template node that is being rendered."""
    frame = sys._getframe(2)
    while frame:
        zelf = frame.f_locals.get("self")
        if isinstance(zelf, Node) and getattr(zelf, "origin", None):
            return str(zelf.origin.name)
        frame = frame.f_back
    return ""


def pytest_configure(config):
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _OnbekendeVariabele("onbekend")
    CACHE.mkdir(parents=True, exist_ok=True)
    settings.GRENZEN_PAD = CACHE / f"grenzen-{os.getpid()}.sqlite3"


# Kills, hanging mail, a full disk, the same thing twice at once, random acts: here at the size of a sample.
ZWAAR = {"test_doden.py", "test_site.py", "test_vol.py", "test_tegelijk.py", "test_race.py", "test_paden.py"}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.name in ZWAAR:
            item.add_marker("zwaar")


def pytest_unconfigure(config):
    for staart in ("", "-wal", "-shm"):
        Path(f"{settings.GRENZEN_PAD}{staart}").unlink(missing_ok=True)


class _Sqlite:
    """Each copy is a file of its own: a request of the test before that is still busy keeps its own database, and
    what it writes or tidies away on closing never touches the next.
    """

    def __init__(self, sleutel, werker):
        self.sjabloon, self.werker, self.kopie = CACHE / f"{sleutel}.sqlite3", f"werker-{os.getppid()}-{werker}", 0

    @property
    def eigen(self):
        return CACHE / f"{self.werker}-{self.kopie}.sqlite3"

    def _wijs(self, pad):
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(pad)

    def maken(self):
        if not self.sjabloon.exists():
            half = self.sjabloon.with_suffix(".half")
            half.unlink(missing_ok=True)
            self._wijs(half)
            _vullen()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            half.rename(self.sjabloon)

    def kopieren(self):
        self.opruimen()
        self.kopie += 1
        shutil.copy(self.sjabloon, self.eigen)
        self._wijs(self.eigen)

    def opruimen(self):
        connections.close_all()
        for staart in ("", "-wal", "-shm"):
            Path(f"{self.eigen}{staart}").unlink(missing_ok=True)


class _Postgres:
    def __init__(self, sleutel, werker):
        self.sjabloon, self.eigen, self.basis = (
            f"lms_sjabloon_{sleutel}",
            f"lms_test_{os.getppid()}_{werker}",
            settings.DATABASES["default"]["NAME"],
        )

    def _wijs(self, naam):
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = naam

    def _sql(self, *zinnen):
        self._wijs(self.basis)
        with connection.cursor() as cursor:
            for zin in zinnen:
                cursor.execute(zin)
            gevonden = cursor.fetchall() if cursor.description else []
        connections.close_all()
        return gevonden

    def maken(self):
        if not self._sql(f"SELECT 1 FROM pg_database WHERE datname = '{self.sjabloon}'"):  # noqa: S608 - own hex names
            half = f"{self.sjabloon}_half"
            self._sql(f'DROP DATABASE IF EXISTS "{half}"')
            self._sql(f'CREATE DATABASE "{half}"')
            self._wijs(half)
            _vullen()
            self._sql(f'ALTER DATABASE "{half}" RENAME TO "{self.sjabloon}"')

    def kopieren(self):
        with _op_slot():
            self._sql(f'DROP DATABASE IF EXISTS "{self.eigen}" WITH (FORCE)')
            self._sql(f'CREATE DATABASE "{self.eigen}" TEMPLATE "{self.sjabloon}"')
        self._wijs(self.eigen)

    def opruimen(self):
        self._sql(f'DROP DATABASE IF EXISTS "{self.eigen}" WITH (FORCE)')


class _op_slot:
    """One worker at a time: creating databases from one template at once fails."""

    def __enter__(self):
        CACHE.mkdir(parents=True, exist_ok=True)
        self.bestand = (CACHE / "slot").open("w")
        fcntl.flock(self.bestand, fcntl.LOCK_EX)

    def __exit__(self, *fout):
        self.bestand.close()


_klaar = []  # the database of this run with its blocker, once it is there


@pytest.fixture(scope="session")
def _database(django_db_blocker):
    werker = os.environ.get("PYTEST_XDIST_WORKER", "een")
    soort = _Postgres if connection.vendor == "postgresql" else _Sqlite
    database = soort(_sleutel(), werker)
    with django_db_blocker.unblock():
        with _op_slot():
            database.maken()
        database.kopieren()
        _klaar.append((database, django_db_blocker))
        yield database
        _klaar.clear()
        database.opruimen()


@pytest.fixture(scope="session")
def django_db_setup(_database):
    """Replaces pytest-django's own: the database is a copy of the template."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A transactional test flushes the database in its teardown: put the template back after it, when another test
    follows.
    """
    yield
    if {"transactional_db", "live_server"} & set(item.fixturenames) and nextitem is not None and _klaar:
        database, blocker = _klaar[-1]
        with blocker.unblock():
            database.kopieren()


@pytest.fixture(autouse=True)
def _eigen_map(settings, tmp_path):
    settings.BESTANDEN_ROOT = tmp_path / "bestanden"
    settings.MEDIA_ROOT = str(tmp_path / "media")
    grenzen.opslag.legen()
    alles_vergeten()


@pytest.fixture
def w(db):
    """A small world of people, groups and trajecten: see tests/fabrieken.py."""
    return Wereld()


@pytest.fixture
def altijd_mail(db):
    """Mail goes out at any hour, so that a test does not depend on the clock."""
    from lms.kern.models import Instelling

    Instelling.objects.create(code="mail_vanaf", waarde=0)
    Instelling.objects.create(code="mail_tot", waarde=24)


@pytest.fixture(autouse=True)
def afdruk_klopt(request):
    """After every test with a database: the stored print equals the derivation, for all trajecten."""
    yield
    if "db" in request.fixturenames or "w" in request.fixturenames:
        from lms.kern.models import Traject
        from lms.kern.pad.afleiding import afdruk_wijkt_af

        assert {t.pk: afdruk_wijkt_af(t) for t in Traject.objects.all() if afdruk_wijkt_af(t)} == {}
