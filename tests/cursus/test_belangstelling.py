"""Houd me op de hoogte: opt-in by a mailed link, never telling who is known, once per date, silent at night, one
click out.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Belangstellende, Soort, Uitvoering
from lms.kern.berichten import versturen
from lms.kern.models import Bericht, Regio
from tests.cursus.test_paginas import tekst

PAD = "/op-de-hoogte/"
DAG = dt.datetime(2027, 3, 1, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def overdag():
    with time_machine.travel(DAG, tick=False) as reis:
        yield reis


def geef_op(client, email="kees@demo.example", regio="Noord"):
    return client.post(PAD, {"email": email, "regio": Regio.objects.get(naam=regio).pk})


def bevestigd(regio, email="kees@demo.example"):
    return Belangstellende.objects.create(email=email, regio=regio, bevestigd_om=timezone.now())


def adressen(tekst_):
    return [regel.removeprefix("http://127.0.0.1:8000") for regel in tekst_.splitlines() if "/op-de-hoogte/" in regel]


def test_opgeven_bevestigen_en_stoppen(w, client, overdag):
    assert "Kijk in je mail" in tekst(geef_op(client))
    rij = Belangstellende.objects.get()
    assert (rij.bevestigd_om, versturen(), versturen()) == (None, (1, 0), (0, 0))
    (link,) = adressen(mail.outbox[0].body)
    assert "Ja, houd me op de hoogte" in tekst(client.get(link))
    rij.refresh_from_db()
    assert rij.bevestigd_om is None  # looking confirms nothing
    assert "Dank je wel" in tekst(client.post(link))
    rij.refresh_from_db()
    assert rij.bevestigd_om
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Stop met deze mails?" in tekst(client.get(stop))
    assert Belangstellende.objects.exists()
    streng = Client(enforce_csrf_checks=True)  # a mail program has no token of ours
    assert streng.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Belangstellende.objects.exists()
    assert "Je krijgt geen mails meer" in tekst(client.get(stop))
    assert "Deze link werkt niet meer" in tekst(client.post(link))


def test_bekend_of_niet_het_scherm_is_hetzelfde(w, client, overdag):
    bevestigd(w.noord)
    bekend, nieuw = tekst(geef_op(client, "KEES@demo.example")), tekst(geef_op(client, "nieuw@demo.example"))
    assert bekend.replace("kees@demo.example", "x") == nieuw.replace("nieuw@demo.example", "x")
    assert Belangstellende.objects.count() == 2
    versturen()
    assert sorted(bericht.subject for bericht in mail.outbox) == [
        "Je blijft op de hoogte",
        "Wil je op de hoogte blijven?",
    ]


def test_vaak_vragen_is_een_mail_en_te_vaak_geen(w, client, overdag):
    for _ in range(8):
        assert "Kijk in je mail" in tekst(geef_op(client))
    assert list(Bericht.objects.values_list("vervallen_om", flat=True)).count(None) == 1
    assert Bericht.objects.count() == 3
    for n in range(30):
        geef_op(client, f"mens{n}@demo.example")
    assert Belangstellende.objects.count() < 22


@pytest.mark.parametrize(
    "velden",
    [
        {},
        {"email": "geen-adres", "regio": "1"},
        {"email": "a@b.nl\nBcc: x@y.nl"},
        {"email": "x" * 400 + "@b.nl", "regio": "999999"},
    ],
)
def test_rare_invoer_is_een_nette_fout(w, client, velden):
    antwoord = client.post(PAD, velden)
    assert antwoord.status_code == 200
    assert antwoord.context["form"].errors
    assert not Belangstellende.objects.exists()


@pytest.mark.parametrize("sleutel", ["geraden", "MQ:1abc:xyz", "%00", "x" * 500])
def test_een_geraden_link_is_er_niet(w, client, sleutel):
    bevestigd(w.noord)
    for wat in ("bevestigen", "afmelden"):
        assert client.post(f"{PAD}{wat}/{sleutel}/").status_code == 404
    assert Belangstellende.objects.count() == 1


def test_niet_bevestigd_wordt_gewist_op_de_dag_erna(w, client, overdag):
    geef_op(client)
    bevestigd(w.noord, "blijft@demo.example")
    with time_machine.travel(DAG + dt.timedelta(days=7), tick=False):
        assert cursus.belangstelling_opruimen() == 0
    with time_machine.travel(DAG + dt.timedelta(days=7, minutes=1), tick=False):
        assert cursus.belangstelling_opruimen() == 1
    assert [rij.email for rij in Belangstellende.objects.all()] == ["blijft@demo.example"]


def test_een_nieuwe_datum_wordt_een_keer_gemeld_aan_wie_in_die_regio_wil(w, overdag):
    cursus.belangstelling_melden()  # what was there before anybody asked is no news
    noord, zuid = bevestigd(w.noord), bevestigd(w.zuid, "zus@demo.example")
    Belangstellende.objects.create(email="stil@demo.example", regio=w.noord)
    a, b = (
        w.groep(Soort.INFORMATIE, 1, [], over=9, titel="Zwolle"),
        w.groep(Soort.STUDIEDAG, 1, [], over=9, titel="Studiedag"),
    )
    w.groep(Soort.EK1, 3, [], over=9)
    overal = w.groep(Soort.WORKSHOP, 1, [], over=9, titel="Overal")
    Uitvoering.objects.filter(pk=overal.pk).update(regio=None)
    assert (cursus.belangstelling_melden(), cursus.belangstelling_melden()) == (2, 0)
    assert Bericht.objects.get(adres=noord.email).gegevens["uitvoeringen"] == [a.pk, b.pk, overal.pk]
    assert Bericht.objects.get(adres=zuid.email).gegevens["uitvoeringen"] == [overal.pk]
    assert versturen() == (2, 0)
    per = {bericht.to[0]: bericht for bericht in mail.outbox}
    assert per["kees@demo.example"].subject == "Er zijn 3 nieuwe bijeenkomsten"
    assert "Voor iedereen die Eigen Kracht-coördinator wil worden" in per["kees@demo.example"].body
    assert per["zus@demo.example"].subject == "Er is een nieuwe bijeenkomst"
    assert f"/agenda/{overal.pk}/" in per["zus@demo.example"].body


def test_wat_later_in_de_agenda_komt_wordt_dan_gemeld(w, overdag):
    cursus.belangstelling_melden()
    bevestigd(w.noord)
    groep = w.groep(Soort.INFORMATIE, 1, [], over=9)
    Uitvoering.objects.filter(pk=groep.pk).update(publiceren_op=timezone.localdate() + dt.timedelta(days=2))
    assert cursus.belangstelling_melden() == 0
    overdag.shift(dt.timedelta(days=2))
    assert cursus.belangstelling_melden() == 1


@pytest.mark.parametrize(("uur", "minuut", "gaat"), [(20, 59, 1), (21, 0, 0), (3, 0, 0), (8, 0, 1)])
def test_na_negen_uur_geen_nieuws_maar_wel_de_bevestiging(w, uur, minuut, gaat):
    with time_machine.travel(DAG.replace(hour=uur, minute=minuut), tick=False):
        cursus.belangstelling_melden()
        bevestigd(w.noord)
        w.groep(Soort.INFORMATIE, 1, [], over=9)
        cursus.belangstelling_melden()
        assert versturen() == (gaat, 0)
        cursus.belangstelling_vragen(door=None, email="nieuw@demo.example", regio=w.noord)
        assert versturen() == (1, 0)


def test_afgelast_voor_de_mail_ging_is_geen_mail(w, overdag):
    cursus.belangstelling_melden()
    bevestigd(w.noord)
    groep = w.groep(Soort.INFORMATIE, 1, [], over=9)
    cursus.belangstelling_melden()
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="x")
    assert (versturen(), mail.outbox, Bericht.objects.wachtend().filter(soort="belangstelling_nieuw").count()) == (
        (0, 1),
        [],
        0,
    )


def test_een_storing_bij_het_versturen_verliest_niets(w, overdag, settings):
    settings.EMAIL_BACKEND = "tests.post.Kapot"
    cursus.belangstelling_vragen(door=None, email="kees@demo.example", regio=w.noord)
    assert versturen() == (0, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert versturen() == (0, 0)  # a moment later
    overdag.shift(dt.timedelta(minutes=1))
    assert versturen() == (1, 0)
