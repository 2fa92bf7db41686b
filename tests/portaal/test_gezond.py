"""/gezond/ and the log: whether the house works, without a word about anybody."""

import datetime as dt
import json
import logging
import threading

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client, RequestFactory
from django.utils import timezone

from lms.kern.berichten import accountbericht_maken
from lms.kern.log import Regel
from lms.kern.models import Bericht, Taak
from lms.portaal import gezond
from lms.portaal.onderhoud import klaarzetten
from lms.portaal.werker import Lus
from tests.fabrieken import Wereld


@pytest.fixture
def w(db):
    return Wereld()


def gevraagd(persoon=None):
    client = Client()
    if persoon:
        client.force_login(persoon)
    antwoord = client.get("/gezond/")
    return antwoord.status_code, antwoord.content.decode().splitlines()


@pytest.fixture
def loopt(db):
    gezond.ronde_noteren(dict.fromkeys(gezond.STIL_NA, 0))


def test_een_vreemde_leest_alleen_ja_of_nee(w, loopt):
    assert gevraagd() == gevraagd(w.t1) == (200, ["ja"])
    Taak.objects.filter(naam="accountmail").update(klaar_om=timezone.now() - dt.timedelta(minutes=3))
    assert gevraagd() == gevraagd(w.t1) == (503, ["nee"])


def test_het_bureau_leest_wat_er_mis_is(w, loopt):
    assert gevraagd(w.bureau)[1][0] == "ja"
    Taak.objects.filter(naam="mail").delete()
    status, regels = gevraagd(w.bureau)
    assert (status, regels[0]) == (503, "nee")
    assert "FOUT  lus mail: nog nooit" in regels


def test_een_taak_die_mislukt_staat_er_tot_hij_weer_lukt(w, loopt):
    def stuk():
        raise ZeroDivisionError("kanarie")

    klaarzetten({"proef": stuk})
    status, regels = gevraagd(w.bureau)
    assert status == 503
    assert [r for r in regels if r.startswith("FOUT  taak proef: ZeroDivisionError om ")]
    assert "kanarie" not in "".join(regels)
    klaarzetten({"proef": lambda: 3})
    assert gevraagd()[0] == 200
    assert Taak.objects.get(naam="proef").aantal == 3


def test_mail_over_inloggen_die_te_lang_wacht_is_niet_gezond(w, loopt):
    accountbericht_maken("iemand@demo.example", "aanmelding_code", over="x:1", waarden={"code": "123456"})
    assert gevraagd()[0] == 200
    Bericht.objects.update(klaar_om=timezone.now() - dt.timedelta(minutes=6))
    assert gevraagd()[0] == 503


def test_een_database_die_niet_antwoordt_is_nee_en_geen_fout(w, loopt, monkeypatch):
    def weg():
        raise OperationalError("kanarie")
        yield

    monkeypatch.setattr(gezond, "_lussen", weg)
    assert gevraagd(w.bureau) == (503, ["nee", "FOUT  database: OperationalError"])


def test_een_lus_schrijft_op_dat_hij_werkt(db, monkeypatch):
    monkeypatch.setattr("lms.portaal.werker.close_old_connections", lambda: None)  # the test needs its own
    stop = threading.Event()
    lus = Lus("proef", stop.set, elke=0, hoogstens=60)
    lus.draaien(stop)
    assert Taak.objects.get(naam="proef").klaar_om is not None


def regel_van(fout=None, request=None):
    spoor = (type(fout), fout, fout.__traceback__) if fout else None
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Error: %s", ("/x/geheim/",), spoor)
    if request is not None:
        record.request, record.status_code = request, 500
    return json.loads(Regel().format(record))


def test_een_regel_zegt_wat_en_waar_en_niets_van_iemand():
    try:
        try:
            raise IntegrityError("Key (email)=(kanarie@demo.example) already exists.")
        except IntegrityError as eerst:
            raise ValueError("kanarie in het formulier") from eerst
    except ValueError as fout:
        regel = regel_van(fout)
    assert regel["fout"] == "ValueError < IntegrityError"
    assert "test_gezond.py" in regel["waar"][-1]
    assert "kanarie" not in json.dumps(regel)


def test_een_regel_over_een_pagina_noemt_het_patroon_en_niet_het_adres():
    request = RequestFactory().get("/aanmelden/verder/kanarie-geheim/")
    request.resolver_match = type("Gevonden", (), {"route": "aanmelden/verder/<str:token>/"})()
    regel = regel_van(request=request)
    assert (regel["pagina"], regel["bericht"], regel["methode"]) == (
        "aanmelden/verder/<str:token>/",
        "antwoord 500",
        "GET",
    )
    assert "geheim" not in json.dumps(regel)


def test_een_fout_in_een_pagina_laat_een_regel_achter(w, monkeypatch, caplog):
    def stuk(*args, **kwargs):
        raise ZeroDivisionError("kanarie")

    monkeypatch.setattr("lms.portaal.views.mijn._dashboard", stuk)
    client = Client(raise_request_exception=False)
    client.force_login(w.traject(3).kandidaat)
    with caplog.at_level(logging.ERROR, "django.request"):
        assert client.get("/mijn/").status_code == 500
    regels = [json.loads(Regel().format(r)) for r in caplog.records if r.exc_info]
    assert [(r["fout"], r["pagina"]) for r in regels] == [("ZeroDivisionError", "mijn/")]
    assert "kanarie" not in json.dumps(regels)
