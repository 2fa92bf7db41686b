"""Where limits and locks stand: one table without culling, with own connections, so that a count is never part of
somebody's transaction.

On SQLite a database file of its own beside the main one (an attack never holds the main writer), else a table in the
main database. Every step is one statement, so counting at once in several processes loses nothing. Expired rows are
cleaned, live ones never.
"""

import json
import os
import sqlite3
import time
from collections import deque
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

TABEL = (
    "CREATE TABLE IF NOT EXISTS grens "
    "(sleutel varchar(250) PRIMARY KEY, aantal bigint NOT NULL, waarde text, tot {getal} NOT NULL, duur "
    "{getal} NOT NULL)"
)
INDEX = "CREATE INDEX IF NOT EXISTS grens_tot ON grens (tot)"
# A row that lasts longer than its own period was written before the clock went back: its period begins again now, its
# count stays.
BOTSING = (
    "ON CONFLICT (sleutel) DO UPDATE SET aantal = CASE WHEN grens.tot <= {nu} THEN 1 ELSE grens.aantal + 1 END, "
    "tot = CASE WHEN grens.tot <= {nu} OR grens.tot > excluded.tot THEN excluded.tot ELSE grens.tot END, duur "
    "= excluded.duur "
    "RETURNING sleutel, aantal"
)
OPGERUIMD_PER_KEER, OPRUIMEN_NA, VERBINDINGEN = 1000, 60, 4


class Onbereikbaar(Exception):
    """The table cannot be written or read: a full disk, a database that is away."""


class _Sqlite:
    teken, getal, fouten = "?", "REAL", (sqlite3.Error, OSError)

    @staticmethod
    def adres():
        return str(settings.GRENZEN_PAD)

    @staticmethod
    def openen(adres):
        verbinding = sqlite3.connect(adres, timeout=2, isolation_level=None, check_same_thread=False)
        verbinding.execute("PRAGMA journal_mode=WAL").close()
        verbinding.execute("PRAGMA synchronous=NORMAL").close()
        return verbinding


class _Postgres:
    teken, getal = "%s", "double precision"

    def __init__(self):
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is the database

        self.psycopg, self.fouten = psycopg, (psycopg.Error, OSError)

    @staticmethod
    def adres():
        bron = connections["default"].settings_dict
        paren = (("dbname", "NAME"), ("user", "USER"), ("password", "PASSWORD"), ("host", "HOST"), ("port", "PORT"))
        opties = {naam: waarde for naam, waarde in bron.get("OPTIONS", {}).items() if naam.startswith("ssl")}
        return tuple(
            sorted({naam: bron[sleutel] for naam, sleutel in paren if bron.get(sleutel)}.items() | opties.items())
        )

    def openen(self, adres):
        tijden = "-c statement_timeout=3000 -c lock_timeout=2000"
        return self.psycopg.connect(**dict(adres), autocommit=True, connect_timeout=3, options=tijden)


class Opslag:
    """Counters and values with a life. Raises Onbereikbaar when the table is not there for us."""

    def __init__(self):
        self._vrij = deque()  # (process, address, connection): a connection is used by one thread at a time
        self._opgeruimd = time.monotonic()
        self._soort = None
        # keeps SQLite's log open: on a full disk what stands in it could not be opened again
        self._anker = (0, "", None)
        self.opdrachten = 0  # how many statements this process sent, for the tests that count them

    @property
    def soort(self):
        if self._soort is None:
            self._soort = _Postgres() if connections["default"].vendor == "postgresql" else _Sqlite()
        return self._soort

    def _lenen(self, adres):
        while self._vrij:
            try:
                proces, van, verbinding = self._vrij.pop()
            except IndexError:  # another thread was first
                break
            if (proces, van) == (os.getpid(), adres):
                return verbinding
            if proces == os.getpid():
                verbinding.close()
        verbinding = self.soort.openen(adres)
        try:
            verbinding.execute(TABEL.format(getal=self.soort.getal)).close()
            verbinding.execute(INDEX).close()
        except self.soort.fouten as fout:  # two processes making it at once
            if "exist" not in str(fout) and "unique" not in str(fout):
                verbinding.close()
                raise
        if isinstance(self.soort, _Sqlite) and self._anker[:2] != (os.getpid(), adres):
            self._anker = (os.getpid(), adres, self.soort.openen(adres))
            self._anker[2].execute("SELECT 1 FROM grens").close()
        return verbinding

    @contextmanager
    def _verbinding(self):
        try:
            adres = self.soort.adres()
            verbinding = self._lenen(adres)
            try:
                yield verbinding
            except BaseException:
                verbinding.close()
                raise
            if len(self._vrij) < VERBINDINGEN:
                self._vrij.append((os.getpid(), adres, verbinding))
            else:
                verbinding.close()
        except self.soort.fouten as fout:
            raise Onbereikbaar(str(fout)) from fout

    def _vraag(self, zin, waarden=()):
        """Run one statement, once more with a new connection when the old one was cut. Returns the rows, or the number
        of changed rows.

        One that was cut is seldom alone (the server started again), so the others that nobody uses go with it.
        """
        zin = zin.replace("?", self.soort.teken)
        self.opdrachten += 1
        for poging in (1, 2):
            try:
                with self._verbinding() as verbinding:
                    cursor = verbinding.execute(zin, waarden)
                    uitkomst = cursor.fetchall() if cursor.description else cursor.rowcount
                    cursor.close()
                    return uitkomst
            except Onbereikbaar:
                if poging == 2 or isinstance(self.soort, _Sqlite):
                    raise
                self.sluiten()
        return None

    def tellen(self, paren):
        """Count one up for each (key, seconds), all in one statement.

        Returns {key: how many in its period, this one included}.
        """
        nu, paren = time.time(), sorted(dict(paren).items())
        rijen = ", ".join(["(?, 1, ?, ?)"] * len(paren))
        waarden = [waarde for sleutel, duur in paren for waarde in (sleutel, nu + duur, duur)]
        zin = f"INSERT INTO grens (sleutel, aantal, tot, duur) VALUES {rijen} {BOTSING.format(nu='?')}"  # noqa: S608 - no value in it
        uitkomst = dict(self._vraag(zin, [*waarden, nu, nu]))
        if time.monotonic() - self._opgeruimd > OPRUIMEN_NA:
            self._opgeruimd = time.monotonic()
            self.opruimen()
        return uitkomst

    def stand(self, sleutels):
        """{key: count} of what is counted now, without counting."""
        sleutels = list(sleutels)
        plekken = ", ".join("?" * len(sleutels))
        zin = f"SELECT sleutel, aantal FROM grens WHERE sleutel IN ({plekken}) AND tot > ?"  # noqa: S608 - only marks
        return dict(self._vraag(zin, [*sleutels, time.time()]))

    def terugnemen(self, sleutels):
        """One count less for each key: what was counted beforehand turned out well."""
        plekken = ", ".join("?" * len(sleutels))
        self._vraag(f"UPDATE grens SET aantal = aantal - 1 WHERE aantal > 0 AND sleutel IN ({plekken})", list(sleutels))  # noqa: S608

    def lezen(self, sleutel):
        """The value of a key, or None."""
        nu = time.time()
        rijen = self._vraag("SELECT waarde, tot, duur FROM grens WHERE sleutel = ? AND tot > ?", [sleutel, nu])
        if not rijen or rijen[0][0] is None:
            return None
        waarde, tot, duur = rijen[0]
        if tot - nu > duur:  # the clock went back
            self._vraag("UPDATE grens SET tot = ? WHERE sleutel = ?", [nu + duur, sleutel])
        return json.loads(waarde)

    def zetten(self, sleutel, waarde, duur):
        """Store a value (anything JSON knows) for `duur` seconds."""
        zin = (
            "INSERT INTO grens (sleutel, aantal, waarde, tot, duur) VALUES (?, 0, ?, ?, ?) "
            "ON CONFLICT (sleutel) DO UPDATE SET waarde = excluded.waarde, tot = excluded.tot, duur = excluded.duur"
        )
        self._vraag(zin, [sleutel, json.dumps(waarde), time.time() + duur, duur])

    def toevoegen(self, sleutel, waarde, duur):
        """Store a value only when there is none that lives.

        Returns whether it was stored; of several at once one is.
        """
        nu = time.time()
        zin = (
            "INSERT INTO grens (sleutel, aantal, waarde, tot, duur) VALUES (?, 0, ?, ?, ?) "
            "ON CONFLICT (sleutel) DO UPDATE SET waarde = excluded.waarde, tot = excluded.tot, duur = excluded.duur "
            "WHERE grens.tot <= ? OR grens.tot > excluded.tot RETURNING 1"
        )
        return bool(self._vraag(zin, [sleutel, json.dumps(waarde), nu + duur, duur, nu]))

    def weg(self, sleutels):
        """Remove keys. Returns whether there was one."""
        plekken = ", ".join("?" * len(sleutels))
        return bool(self._vraag(f"DELETE FROM grens WHERE sleutel IN ({plekken})", list(sleutels)))  # noqa: S608

    def opruimen(self):
        """Remove expired rows, a bounded number at a time."""
        zin = "DELETE FROM grens WHERE sleutel IN (SELECT sleutel FROM grens WHERE tot <= ? LIMIT ?)"
        self._vraag(zin, [time.time() - OPRUIMEN_NA, OPGERUIMD_PER_KEER])

    def sluiten(self):
        """Close the connections of this process that nobody uses now."""
        while self._vrij:
            proces, _, verbinding = self._vrij.pop()
            if proces == os.getpid():
                verbinding.close()

    def legen(self):
        """Forget everything: for the tests, and nothing else."""
        if self.opdrachten:
            self._vraag("DELETE FROM grens")
            self.opdrachten = 0
