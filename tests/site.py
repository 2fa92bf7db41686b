"""The whole site as processes of its own, beside the test: gunicorn and the worker on a copy of the test's database."""

import contextlib
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def vrije_poort():
    with socket.socket() as stekker:
        stekker.bind(("127.0.0.1", 0))
        return stekker.getsockname()[1]


class Site:
    """Start with `with Site(tmp_path, EMAIL_URL=…) as site:`; `site.werker` is the guard of the worker."""

    def __init__(self, map_, **omgeving):
        self.map, self.poort, self.processen = Path(map_), vrije_poort(), []
        basis = {naam: waarde for naam, waarde in os.environ.items() if naam in ("PATH", "HOME", "LANG")}
        adres = f"http://127.0.0.1:{self.poort}"
        eigen = {
            "LMS_DEMO": "1",
            "LMS_DEBUG": "1",
            "LMS_SECRET": "alleen-voor-de-tests",
            "LMS_VAR": str(map_),
            "LMS_URL": adres,
        }
        self.omgeving = {**basis, **eigen, **self._database(), **omgeving}

    def _database(self):
        if connection.vendor != "sqlite":
            s = connection.settings_dict
            return {
                "DATABASE_URL": f"postgres://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{s['PORT'] or 5432}/{s['NAME']}"
            }
        kopie = sqlite3.connect(self.map / "lms.sqlite3")
        with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"])) as bron, contextlib.closing(kopie):
            bron.backup(kopie)
        return {}

    def starten(self, *opdracht):
        with (self.map / "log").open("ab") as logboek:
            proces = subprocess.Popen(
                [sys.executable, *opdracht], cwd=ROOT, env=self.omgeving, stdout=logboek, stderr=logboek
            )
        self.processen.append(proces)
        return proces

    def __enter__(self):
        gunicorn = (
            "-m",
            "gunicorn",
            "lms.wsgi",
            "--bind",
            f"127.0.0.1:{self.poort}",
            "--workers",
            "2",
            "--threads",
            "4",
        )
        self.server = self.starten(*gunicorn, "--log-level", "warning")
        self.werker = self.starten("manage.py", "werker")
        self.wacht_op(lambda: self.vraag("/hulp/")[0] == 200, 60)
        return self

    def __exit__(self, *fout):
        for proces in self.processen:
            proces.terminate()
        for proces in self.processen:
            try:
                proces.wait(timeout=20)
            except subprocess.TimeoutExpired:
                proces.kill()

    def vraag(self, pad, methode="GET", lijf=None, **koppen):
        """(status, headers, text) of one request; status 0 when nobody answers."""
        verbinding = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=30)
        try:
            verbinding.request(methode, pad, lijf, koppen)
            antwoord = verbinding.getresponse()
            return antwoord.status, antwoord.headers, antwoord.read().decode(errors="replace")
        except OSError:
            return 0, {}, ""
        finally:
            verbinding.close()

    def kinderen(self):
        """The processes that the guard of the worker keeps running."""
        return [
            int(pid) for pid in Path(f"/proc/{self.werker.pid}/task/{self.werker.pid}/children").read_text().split()
        ]

    def logboek(self):
        return (self.map / "log").read_text(errors="replace")

    @staticmethod
    def wacht_op(klaar, seconden=20):
        einde = time.monotonic() + seconden
        while time.monotonic() < einde:
            if klaar():
                return
            time.sleep(0.2)
        raise AssertionError(f"Na {seconden} seconden nog niet.")


def doden(pid):
    os.kill(pid, signal.SIGKILL)
