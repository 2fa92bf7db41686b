"""Limits and locks are never forgotten: many keys, many processes, a restart, a full disk, a clock that goes back."""

import datetime as dt
import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
import time_machine
from allauth import __version__ as allauth_versie
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import Rate, get_cache_key
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client, RequestFactory

from lms.kern import grenzen, schermen
from lms.kern.grenzen import Grens, bezoeker, tellen
from lms.kern.grenzen.cache import Huiscache
from lms.kern.grenzen.opslag import Opslag
from tests.fabrieken import WACHTWOORD

ROOT = Path(__file__).resolve().parent.parent.parent
NU = dt.datetime(2026, 11, 26, 10, 0, tzinfo=dt.UTC)


def verzoek(**kop):
    gevraagd = RequestFactory().post("/", **kop)
    gevraagd.allauth = None
    return gevraagd


# --- nothing is forgotten ---------------------------------------------------------------------------------------------


def test_420_adressen_opgezocht_en_het_slot_houdt(w, settings):
    for _ in range(6):
        Client().post("/inloggen/", {"login": w.t1.email, "password": "verkeerd"})
    for nr in range(420):
        Client(REMOTE_ADDR=f"10.1.{nr // 250}.{nr % 250}").get("/c/EK-AAAA-AAAA/")
    goed = Client().post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD})
    assert goed.status_code == 200  # not let in
    assert "nu vijf minuten niet" in goed.content.decode()


def test_vijfduizend_sleutels_en_geen_enkele_weg(db):
    eerste = verzoek()
    while not schermen.te_vaak(eerste, "proef", aantal=3, seconden=3600):
        pass
    rate = Rate(5, 300.0, "key")
    sleutels = [
        get_cache_key(eerste, app="allauth.account", action="login_failed", rate=rate, key=f"x{nr}")
        for nr in range(5000)
    ]
    for nr, sleutel in enumerate(sleutels):
        cache.set(sleutel, [float(nr)], 300)
    assert [cache.get(sleutel) for sleutel in sleutels] == [[float(nr)] for nr in range(5000)]
    assert schermen.te_vaak(eerste, "proef", aantal=3, seconden=3600) is True


def test_wat_een_bibliotheek_aan_grenzen_bewaart_gaat_naar_de_tabel(w):
    """The spelling of allauth's keys is its own: another version, another look."""
    assert allauth_versie == "65.21.1"
    limiet = get_cache_key(verzoek(), app="allauth.account", action="login_failed", rate=Rate(5, 300.0, "key"), key="x")
    gebruikt = TOTP(Authenticator(user=w.t1, data={}))._get_used_cache_key("123456")
    assert [
        Huiscache.van_grenzen(sleutel) for sleutel in (limiet, f"{limiet}:lock", gebruikt, "wagtail_site_root_paths")
    ] == [
        True,
        True,
        True,
        False,
    ]
    assert TOTP(Authenticator(user=w.t1, data={}))._mark_code_used("123456") is True
    cache.clear()
    caches["gewoon"].clear()
    # a code works once, whatever is cleared
    assert TOTP(Authenticator(user=w.t1, data={}))._mark_code_used("123456") is False


def test_de_cache_doet_wat_een_cache_doet(db):
    for sleutel in ("allauth:rl:proef", "gewoon:proef"):
        assert (cache.get(sleutel), cache.get(sleutel, 7), sleutel in cache) == (None, 7, False)
        assert (cache.add(sleutel, [1], 60), cache.add(sleutel, [2], 60), cache.get(sleutel)) == (True, False, [1])
        cache.set(sleutel, [3], None)
        assert (cache.touch(sleutel, 60), cache.get(sleutel), sleutel in cache) == (True, [3], True)
        assert (cache.delete(sleutel), cache.delete(sleutel), cache.touch(sleutel), cache.get(sleutel)) == (
            True,
            False,
            False,
            None,
        )


def test_de_grens_van_de_tweede_factor_telt_in_de_tabel(w):
    uitkomsten = [ratelimit.consume(verzoek(), action="login_failed", key="mfa-auth-user-1") for _ in range(7)]
    assert uitkomsten == [True] * 5 + [False] * 2
    ratelimit.clear(verzoek(), action="login_failed", key="mfa-auth-user-1")
    assert ratelimit.consume(verzoek(), action="login_failed", key="mfa-auth-user-1") is True


def test_een_herstart_vergeet_niets(db):
    grens = Grens("herstart", "iemand", 2, 3600)
    tellen(grens), tellen(grens)
    na_de_herstart = Opslag()
    assert na_de_herstart.stand([grens.sleutel]) == {grens.sleutel: 2}
    na_de_herstart.sluiten()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Een bestand hangt nooit op.")
def test_een_herstart_van_de_database_kost_geen_bezoeker_iets(db):
    """All connections that waited were cut, not only the first one that is taken."""
    plek, grens = Opslag(), Grens("herstart", "database", 10, 3600)
    with ExitStack() as samen:
        pids = [samen.enter_context(plek._verbinding()).info.backend_pid for _ in range(3)]
    assert len(plek._vrij) == len(set(pids)) == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid, 3000) FROM unnest(%s) AS pid", [pids])
        assert cursor.fetchall() == [(True,)] * 3
    assert plek.tellen([(grens.sleutel, 3600)]) == {grens.sleutel: 1}
    plek.legen()  # on PostgreSQL all stores are one table, and the house's own does not know of these rows
    plek.sluiten()


def test_opruimen_neemt_alleen_wat_voorbij_is(db):
    kort, lang = Grens("kort", "x", 1, 60), Grens("lang", "x", 1, 3600)
    with time_machine.travel(NU, tick=False):
        tellen(kort, lang)
    with time_machine.travel(NU + dt.timedelta(minutes=5), tick=False):
        grenzen.opslag.opruimen()
        assert grenzen.opslag._vraag("SELECT count(*) FROM grens") in ([(1,)], [[1]])
        assert tellen(lang) == [lang]


# --- counting at once -------------------------------------------------------------------------------------------------

KIND = """
import sys, threading
import django
from django.conf import settings
django.setup()
from django.db import connections
settings.GRENZEN_PAD = sys.argv[1]
connections["default"].settings_dict["NAME"] = sys.argv[2]
from lms.kern.grenzen import Grens, tellen
grenzen = [Grens("samen", "iedereen", 10**9, 3600), Grens("samen", "ook iedereen", 10**9, 3600)]
draden = [threading.Thread(target=lambda: [tellen(*grenzen) for _ in range(50)]) for _ in range(4)]
[draad.start() for draad in draden]
[draad.join() for draad in draden]
"""


def test_twee_processen_met_vier_draden_verliezen_geen_tel(db, settings):
    naam = str(connection.settings_dict["NAME"])
    omgeving = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings",
        "LMS_DEMO": "1",
        "LMS_SECRET": settings.SECRET_KEY,
    }
    kinderen = [
        subprocess.Popen(
            [sys.executable, "-c", KIND, str(settings.GRENZEN_PAD), naam],
            cwd=ROOT,
            env=omgeving,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    fouten = [kind.communicate(timeout=120)[1].decode() for kind in kinderen]
    assert [kind.returncode for kind in kinderen] == [0, 0], fouten
    assert "cannot be stored" not in "".join(fouten)
    samen = [Grens("samen", wie, 1, 3600).sleutel for wie in ("iedereen", "ook iedereen")]
    assert sorted(grenzen.opslag.stand(samen).values()) == [400, 400]


def test_van_tien_tegelijk_komen_er_vijf_door(db):
    """The login lock itself: nobody slips through by trying at the same moment."""
    hek, door = threading.Barrier(10), []
    grens = Grens("slot", "iemand", 5, 300)

    def probeer():
        hek.wait()
        door.append(not tellen(grens))

    draden = [threading.Thread(target=probeer) for _ in range(10)]
    [draad.start() for draad in draden]
    [draad.join() for draad in draden]
    assert sorted(door) == [False] * 5 + [True] * 5


# --- a table that cannot be written
# ----------------------------------------------------------------------------------------


@pytest.fixture
def geen_tabel(settings, tmp_path, monkeypatch):
    """A place where no table can be: the folder is not there, or nobody answers."""
    settings.GRENZEN_PAD = tmp_path / "bestaat" / "niet" / "grenzen.sqlite3"
    if connection.vendor == "postgresql":
        monkeypatch.setattr(
            type(grenzen.opslag.soort), "adres", staticmethod(lambda: (("host", "127.0.0.1"), ("port", "1")))
        )
    monkeypatch.setattr(grenzen, "_nood", type(grenzen._nood)())


def test_zonder_tabel_gaan_paginas_door_en_houden_grenzen_in_dit_proces(w, geen_tabel, client, settings):
    assert client.get("/c/EK-AAAA-AAAA/").status_code == 404
    assert client.get("/").status_code == 200
    for _ in range(6):
        antwoord = client.post("/inloggen/", {"login": w.t1.email, "password": "verkeerd"})
    assert "nu vijf minuten niet" in antwoord.content.decode()
    assert client.post("/inloggen/", {"login": w.t2.email, "password": WACHTWOORD}).status_code == 302
    settings.CONTROLE_PER_MINUUT = 3
    assert [client.get("/c/EK-AAAA-AAAA/").status_code for _ in range(5)].count(429) == 3
    assert cache.add("allauth:rl:x", 1, 60) is True
    assert (cache.add("allauth:rl:x", 1, 60), cache.get("allauth:rl:x"), cache.delete("allauth:rl:x")) == (
        False,
        1,
        True,
    )


VOL = """
import resource, signal, sys
import django
from django.conf import settings
django.setup()
settings.GRENZEN_PAD = sys.argv[1]
from lms.kern.grenzen import Grens, tellen
op_slot = Grens("slot", "iemand", 5, 3600)
for _ in range(6):
    tellen(op_slot)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))  # no file grows any more
ander = Grens("slot", "ander", 5, 3600)
print([bool(tellen(op_slot)), *[bool(tellen(ander)) for _ in range(6)]])
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(bool(tellen(op_slot)))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of its own is SQLite's")
def test_op_een_volle_schijf_blijft_op_slot_wat_op_slot_was(settings, tmp_path):
    omgeving = {**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings", "LMS_DEMO": "1", "LMS_SECRET": "x"}
    uit = subprocess.run(
        [sys.executable, "-c", VOL, str(tmp_path / "vol.sqlite3")],
        cwd=ROOT,
        env=omgeving,
        capture_output=True,
        text=True,
    )
    assert uit.stdout.splitlines() == ["[True, False, False, False, False, False, True]", "True"], uit.stderr
    assert uit.stderr.count("cannot be stored") == 1  # one line a minute, not one per visitor


# --- the clock
# ------------------------------------------------------------------------------------------------------------


def test_een_uur_terug_in_de_tijd_opent_niets_en_sluit_niet_voor_altijd(db):
    grens = Grens("slot", "iemand", 5, 300)

    def probeer(minuten):
        with time_machine.travel(NU + dt.timedelta(minutes=minuten), tick=False):
            return bool(tellen(grens))

    assert [probeer(0) for _ in range(6)] == [False] * 5 + [True]
    assert [probeer(-60), probeer(-56)] == [True, True]  # still locked
    assert probeer(-54) is False  # for five minutes, not for an hour and five


def test_een_waarde_blijft_ook_niet_langer_als_de_klok_teruggaat(db):
    with time_machine.travel(NU, tick=False):
        assert cache.add("allauth:rl:x:lock", 1, 10) is True
        cache.set("allauth:rl:x", [1.0], 300)
    with time_machine.travel(NU - dt.timedelta(hours=1), tick=False):
        assert (cache.get("allauth:rl:x"), cache.add("allauth:rl:x:lock", 1, 10)) == ([1.0], True)
    with time_machine.travel(NU - dt.timedelta(minutes=54), tick=False):
        assert cache.get("allauth:rl:x") is None


# --- what it costs
# ------------------------------------------------------------------------------------------------------------


def opdrachten(doe):
    voor = grenzen.opslag.opdrachten
    doe()
    return grenzen.opslag.opdrachten - voor


def test_alleen_een_stap_met_een_grens_vraagt_de_tabel_iets_hoogstens_twee_keer(w, client):
    tellen(Grens("warm", "x", 1, 60))
    client.force_login(w.bureau)
    for pad in (
        "/",
        "/bureau/kandidaten/",
        "/account/",
        "/inloggen/",
        "/c/",
        "/aanmelden/",
        "/accounts/password/reset/",
    ):
        assert opdrachten(lambda p=pad: client.get(p)) == 0, pad
    vreemd = Client()
    inloggen = {"login": w.t1.email, "password": WACHTWOORD}
    assert opdrachten(lambda: vreemd.get("/c/EK-AAAA-AAAA/")) == 1
    assert opdrachten(lambda: vreemd.post("/inloggen/", {**inloggen, "password": "verkeerd"})) == 1
    # asking, and the mail to that address
    assert opdrachten(lambda: vreemd.post("/accounts/login/code/", {"email": w.t1.email})) == 2
    assert opdrachten(lambda: vreemd.post("/accounts/password/reset/", {"email": w.t1.email})) == 2
    vreemd = Client()
    assert opdrachten(lambda: vreemd.post("/inloggen/", inloggen)) == 2
    assert opdrachten(lambda: vreemd.post("/accounts/password/change/", {"oldpassword": "x"})) <= 2


def test_duizend_keer_tellen_is_snel_en_laat_de_gewone_database_met_rust(db, django_assert_num_queries):
    begin = time.perf_counter()
    with django_assert_num_queries(0):
        for nr in range(1000):
            tellen(Grens("snel", f"{nr}", 5, 300))
    assert time.perf_counter() - begin < 10


# --- who is who
# ------------------------------------------------------------------------------------------------------------


def test_een_huishouden_met_ipv6_is_een_bezoeker():
    adressen = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "10.0.0.1")
    gevonden = [bezoeker(verzoek(REMOTE_ADDR=adres)) for adres in adressen]
    assert gevonden == ["2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:3::/64", "10.0.0.1"]


def test_in_de_tabel_staat_niet_wie_het_is(w):
    Client().post("/inloggen/", {"login": w.t1.email, "password": "verkeerd"})
    inhoud = str(grenzen.opslag._vraag("SELECT sleutel, waarde FROM grens"))
    assert "mislukt" in inhoud
    assert not [wie for wie in ("trainer1", "127.0.0.1") if wie in inhoud]
    assert get_adapter().get_client_ip(verzoek()) == "127.0.0.1"
