"""Calendar entries read back: request, update and cancellation with one UID; feeds; reminders once."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from cursus import handelingen as cursus
from lms.kern.berichten import bijlagen_van, versturen
from lms.kern.models import Bericht
from tests.fabrieken import deelname_van
from tests.post import uitgegaan


def gelezen(inhoud):
    """(method, [event]) of a calendar file."""
    kalender = Calendar.from_ical(inhoud)
    assert kalender["VERSION"] == "2.0"
    return str(kalender.get("METHOD")), list(kalender.walk("VEVENT"))


def laatste(traject, soort):
    return Bericht.objects.filter(traject=traject, soort=soort).latest("pk")


def test_een_plek_in_een_groep_geeft_een_uitnodiging_per_dag(w):
    groep = w.groep("EK1", 3, [w.t1], over=20)
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    bestanden = bijlagen_van(laatste(traject, "geplaatst"))
    assert [naam for naam, _, _ in bestanden] == ["dag-1.ics", "dag-2.ics", "dag-3.ics"]
    methode, (event,) = gelezen(bestanden[0][1])
    dag = groep.bijeenkomsten.get(nr=1)
    assert (methode, bestanden[0][2]) == ("REQUEST", "text/calendar; method=REQUEST")
    assert event["DTSTART"].dt == timezone.localtime(dag.begint_om)
    assert f"DTSTART:{dag.begint_om.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}".encode() in bestanden[0][1]
    assert str(event["UID"]) == f"bijeenkomst-{dag.pk}@127.0.0.1"
    assert str(event["ATTENDEE"]) == f"mailto:{traject.kandidaat.email}"
    assert "Zwolle" in event["LOCATION"]
    assert b"VTIMEZONE" not in bestanden[0][1]


def test_verzetten_en_afmelden_zijn_een_nieuwere_versie_van_dezelfde_afspraak(w):
    groep, traject = w.groep("informatie", 1, [], over=20), w.traject(1)
    begin = timezone.now()
    with time_machine.travel(begin, tick=False):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    uitgegaan()
    dag = groep.bijeenkomsten.get()
    with time_machine.travel(begin + dt.timedelta(hours=1), tick=False):
        verzet = [(dag.begint_om + dt.timedelta(days=1), dag.eindigt_om + dt.timedelta(days=1))]
        cursus.uitvoering_wijzigen(groep, door=w.bureau, dagen=verzet, trainers=[])
    uitgegaan()
    with time_machine.travel(begin + dt.timedelta(hours=2), tick=False):
        cursus.deelname_afmelden(deelname_van(traject, "informatie"), door=traject.kandidaat)
    events = [gelezen(bijlagen_van(laatste(traject, soort))[0][1]) for soort in ("geplaatst", "verplaatst", "afgemeld")]
    assert [methode for methode, _ in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(e["UID"]) for _, (e,) in events}) == 1
    volgnummers = [int(e["SEQUENCE"]) for _, (e,) in events]
    assert volgnummers == sorted(set(volgnummers))
    assert [str(e["STATUS"]) for _, (e,) in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_het_gesprek_komt_bij_kandidaat_en_trainers_in_de_agenda_zonder_inhoud(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    for soort in ("gesprek_gepland", "gesprek_gepland_trainer"):
        ((_, inhoud, _),) = bijlagen_van(laatste(traject, soort))
        _, (event,) = gelezen(inhoud)
        assert event["DTSTART"].dt == timezone.localtime(gesprek.moment_om).replace(microsecond=0)
        assert b"kanarie" not in inhoud
        assert b"past" not in inhoud


def test_de_mail_draagt_de_afspraak(w, altijd_mail):
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=w.groep("EK1", 3, [w.t1], over=20))
    Bericht.objects.exclude(pk=laatste(traject, "geplaatst").pk).delete()
    versturen()
    brief = mail.outbox[-1]
    assert (brief.to, len(brief.attachments)) == ([traject.kandidaat.email], 3)
    assert 'text/calendar; method="REQUEST"; charset="utf-8"' in brief.message().as_string()


def test_agenda_als_feed_zonder_mensen(client, w):
    groep = w.groep("informatie", 1, [], over=20, titel="Straks; met, tekens\\")
    w.groep("informatie", 1, [], over=-3, titel="Geweest")
    antwoord = client.get("/agenda.ics")
    _, events = gelezen(antwoord.content)
    assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(e["SUMMARY"]) for e in events] == [groep.titel]
    assert b"ATTENDEE" not in antwoord.content


def test_eigen_feed_onder_een_geheim_adres_dat_te_stoppen_is(w):
    traject = w.traject(3)
    groep = w.groep("EK1", 3, [w.t1], over=20)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    client = Client()
    client.force_login(traject.kandidaat)
    client.post("/mijn/kalender/", {"verzoek_id": "een"})
    adres = client.get("/mijn/kalender/").content.decode().split(f'value="{settings.SITE_URL}')[1].split('"')[0]
    assert f'value="{settings.SITE_URL}' not in client.get("/mijn/kalender/").content.decode()  # shown once
    _, events = gelezen(Client().get(adres).content)
    assert sum(str(e["SUMMARY"]).startswith("EK1") for e in events) == 3
    client.post("/mijn/kalender/", {"verzoek_id": "twee"})
    assert Client().get(adres).status_code == 404  # a new address ends the old one
    nieuw = client.get("/mijn/kalender/").content.decode().split(f'value="{settings.SITE_URL}')[1].split('"')[0]
    client.post("/mijn/kalender/", {"verzoek_id": "drie", "stop": "1"})
    assert [Client().get(pad).status_code for pad in (nieuw, "/kalender/geraden.ics")] == [404, 404]


def test_trainer_ziet_de_eigen_groepen_in_de_feed_en_geen_andere(w):
    w.groep("EK1", 3, [w.t3], over=20, titel="Van een ander")
    token = cursus.kalenderadres_maken(w.t1, door=w.t1)
    _, events = gelezen(Client().get(f"/kalender/{token}.ics").content)
    titels = {str(e["SUMMARY"]) for e in events}
    assert not [t for t in titels if t.startswith("Van een ander")]
    assert len(titels) == 6  # the days of EK1 and EK2


@pytest.mark.parametrize(("dagen", "aantal"), [(1, 1), (2, 1), (3, 0)])
def test_herinnering_twee_dagen_vooraf_en_een_keer(w, dagen, aantal):
    traject = w.traject(1)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=w.groep("informatie", 1, [], over=dagen))
    assert (cursus.herinneringen_maken(), cursus.herinneringen_maken()) == (aantal, 0)
    assert Bericht.objects.filter(soort="herinnering").count() == aantal


def test_geen_herinnering_voor_wie_zich_afmeldde_stopte_of_bij_een_afgelaste_dag(w):
    groep = w.groep("informatie", 1, [], over=2)
    afgemeld = w.traject(1)
    cursus.deelname_aanvragen(afgemeld, door=afgemeld.kandidaat, uitvoering=groep)
    cursus.deelname_afmelden(deelname_van(afgemeld, "informatie"), door=afgemeld.kandidaat)
    ander = w.groep("informatie", 1, [], over=2)
    afgelast = w.traject(1)
    cursus.deelname_aanvragen(afgelast, door=afgelast.kandidaat, uitvoering=ander)
    cursus.afgelasten_met_mensen(ander, door=w.bureau, waarom="te weinig mensen")
    assert cursus.herinneringen_maken() == 0


def test_trainers_krijgen_een_verzette_en_een_afgelaste_groep_in_hun_agenda(w):
    groep = w.groep("EK1", 2, [w.t1, w.t2], over=20)
    uitgegaan()
    dagen = [
        (b.begint_om + dt.timedelta(days=7), b.eindigt_om + dt.timedelta(days=7))
        for b in groep.bijeenkomsten.order_by("nr")
    ]
    cursus.uitvoering_wijzigen(groep, door=w.bureau, dagen=dagen, trainers=[w.t1, w.t2])
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="Te weinig mensen.")
    for soort, methode, status in (
        ("verplaatst_trainer", "REQUEST", "CONFIRMED"),
        ("afgelast_trainer", "CANCEL", "CANCELLED"),
    ):
        berichten = Bericht.objects.filter(soort=soort)
        assert {b.aan for b in berichten} == {w.t1, w.t2}
        gelezen_in = [gelezen(inhoud) for _, inhoud, _ in bijlagen_van(berichten.first())]
        assert [(kop, str(event["STATUS"])) for kop, (event,) in gelezen_in] == [(methode, status)] * 2
        assert [event["DTSTART"].dt for _, (event,) in gelezen_in] == [timezone.localtime(begin) for begin, _ in dagen]


def test_een_volle_groep_meldt_zich_een_keer_bij_de_trainers(w):
    groep = w.groep("EK1", 3, [w.t1, w.t2], capaciteit=1, over=20)
    assert cursus.groepen_compleet_melden() == 0
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    assert (cursus.groepen_compleet_melden(), cursus.groepen_compleet_melden()) == (2, 0)
    assert list(Bericht.objects.filter(soort="groep_compleet").values_list("bundelen", flat=True)) == [True, True]
