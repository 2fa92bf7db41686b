"""What `make run` does after the install: database, static files, demo, then the server with the worker beside it.

Plain Python without Django, so that a second start only pays for what changed. Usage: python lms/starten.py [port]
"""

import contextlib
import hashlib
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("LMS_VAR", ROOT / "var"))
WACHTWOORD = "demo-eigen-kracht"
ACCOUNTS = (
    "kandidaten: stap1 stap2 stap3 stap4 stap5 stap6 stap7 stap8 wacht overleg verschil gestopt",
    "coördinatoren: coordinator gecertificeerd ek2",
    "team: trainer1 trainer2 trainer3 regiomanager regiomanager2 bureau redacteur beheer",
)


def geheim():
    """The secret of this copy, made once and kept in var/."""
    pad = VAR / "geheim"
    if not pad.exists():
        pad.write_text(secrets.token_urlsafe(50))
        pad.chmod(0o600)
    return pad.read_text()


def afdruk(*patronen):
    som = hashlib.sha256()
    for patroon in patronen:
        for pad in sorted(ROOT.glob(patroon)):
            if pad.is_file():
                som.update(str(pad).encode() + pad.read_bytes())
    return som.hexdigest()


def alleen_als_veranderd(naam, sleutel, *opdrachten):
    """Run the commands unless they ran before with the same `sleutel`."""
    merk = VAR / f"{naam}.gedaan"
    if merk.exists() and merk.read_text() == sleutel:
        return
    for opdracht in opdrachten:
        subprocess.run([sys.executable, "manage.py", *opdracht], cwd=ROOT, check=True)  # noqa: S603 - our own commands
    merk.write_text(sleutel)


EIGEN = {"kern": "lms/kern", "cursus": "cursus", "selectie": "selectie", "certificering": "certificering"}


def oude_demo_opzij():
    """A demo database from before the migrations that are here now cannot be brought along: it is set aside under
    another name, and a new one is made. Never outside the demo. Returns where it is now, or None.
    """
    pad = VAR / "lms.sqlite3"
    if os.environ.get("LMS_DEMO") != "1" or os.environ.get("DATABASE_URL") or not pad.exists():
        return None
    with contextlib.closing(sqlite3.connect(pad)) as verbinding:
        try:
            gedaan = verbinding.execute("SELECT app, name FROM django_migrations").fetchall()
        except sqlite3.DatabaseError:
            gedaan = []
        verbinding.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if all((ROOT / EIGEN[app] / "migrations" / f"{naam}.py").exists() for app, naam in gedaan if app in EIGEN):
        return None
    opzij = VAR / f"lms-van-{time.strftime('%Y-%m-%d-%H%M%S')}.sqlite3"
    for staart in ("", "-wal", "-shm"):
        oud = Path(f"{pad}{staart}")
        if oud.exists():
            oud.rename(f"{opzij}{staart}")
    print(f"De demo van vóór deze versie staat nu in {opzij}. Er komt een nieuwe.", flush=True)  # noqa: T201
    return opzij


def voorbereiden():
    oude_demo_opzij()
    database = str((VAR / "lms.sqlite3").exists()) + os.environ.get("DATABASE_URL", "")
    inhoud = afdruk(
        "*/migrations/*.py",
        "lms/*/migrations/*.py",
        "requirements.lock",
        "fixtures/**/*",
        "lms/portaal/demo/*.py",
        "lms/portaal/inrichten.py",
        "cursus/inhoud.py",
    )
    opdrachten = [["migrate", "-v0"]]
    if os.environ.get("LMS_DEMO") == "1":
        opdrachten.append(["demo"])
    else:
        opdrachten.append(["inrichten"])
    opdrachten.append(["stappen", "--herstel"])  # the tables of the path may have changed
    if "False" in database:
        (VAR / "database.gedaan").unlink(missing_ok=True)
    alleen_als_veranderd("database", inhoud, *opdrachten)
    alleen_als_veranderd(
        "statisch", afdruk("lms/static/**/*", "requirements.lock"), ["collectstatic", "--noinput", "-v0", "--clear"]
    )


def vertellen(poort):
    print(f"\nDe Eigen Kracht-opleiding staat klaar op http://127.0.0.1:{poort}\n")  # noqa: T201
    if os.environ.get("LMS_DEMO") == "1":
        print("Demo-accounts, allemaal @demo.example met het wachtwoord", WACHTWOORD)  # noqa: T201
        for regel in ACCOUNTS:
            print("  " + regel)  # noqa: T201
    print("\nStoppen: Ctrl+C\n", flush=True)  # noqa: T201


def main():
    poort = sys.argv[1] if len(sys.argv) > 1 else "8000"
    os.chdir(ROOT)
    VAR.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("LMS_DEMO", "1")
    os.environ.setdefault("LMS_SECRET", geheim())
    os.environ.setdefault("LMS_URL", f"http://127.0.0.1:{poort}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings"
    voorbereiden()
    server = [
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
        "--log-level",
        "warning",
    ]
    werker = [sys.executable, "manage.py", "werker"]
    processen = [subprocess.Popen(server), subprocess.Popen(werker)]  # noqa: S603 - our own commands
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        vertellen(poort)
        while processen[0].poll() is None:
            if processen[1].poll() is not None:  # the site goes on; without a worker nobody gets a code
                time.sleep(1)
                processen[1] = subprocess.Popen(werker)  # noqa: S603 - our own command
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for proces in processen:
            proces.terminate()
        for proces in processen:
            try:
                proces.wait(timeout=15)
            except subprocess.TimeoutExpired:
                proces.kill()


if __name__ == "__main__":
    main()
