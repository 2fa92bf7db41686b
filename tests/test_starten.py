"""`make run` on what was there before."""

import sqlite3

import pytest

from lms import starten


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(starten, "VAR", tmp_path)
    monkeypatch.setenv("LMS_DEMO", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def database(var, *namen):
    with sqlite3.connect(var / "lms.sqlite3") as verbinding:
        verbinding.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        verbinding.executemany("INSERT INTO django_migrations VALUES ('kern', ?)", [(naam,) for naam in namen])
    verbinding.close()


def test_een_demo_van_voor_deze_migraties_gaat_opzij_en_dat_staat_er(var, capsys):
    database(var, "0001_begin", "0002_van_vroeger")
    opzij = starten.oude_demo_opzij()
    assert (opzij.exists(), (var / "lms.sqlite3").exists()) == (True, False)
    assert opzij.name in capsys.readouterr().out
    assert starten.oude_demo_opzij() is None


def test_een_demo_van_nu_blijft_staan(var):
    database(var, "0001_begin")
    assert starten.oude_demo_opzij() is None
    assert (var / "lms.sqlite3").exists()


@pytest.mark.parametrize(("naam", "waarde"), [("LMS_DEMO", "0"), ("DATABASE_URL", "postgres://x")])
def test_buiten_de_demo_gaat_nooit_iets_opzij(var, monkeypatch, naam, waarde):
    database(var, "0002_van_vroeger")
    monkeypatch.setenv(naam, waarde)
    assert starten.oude_demo_opzij() is None
    assert (var / "lms.sqlite3").exists()
