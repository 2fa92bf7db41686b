"""The calendar as a feed, and reminders once. What goes by mail into diaries: tests/cursus/test_agendas.py."""

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar

from cursus import handelingen as cursus
from lms.kern.models import Bericht
from tests.fabrieken import deelname_van


def gelezen(inhoud):
    """(method, [event]) of a calendar file."""
    kalender = Calendar.from_ical(inhoud)
    assert kalender["VERSION"] == "2.0"
    return str(kalender.get("METHOD")), list(kalender.walk("VEVENT"))


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


def test_een_volle_groep_meldt_zich_een_keer_bij_de_trainers(w):
    groep = w.groep("EK1", 3, [w.t1, w.t2], capaciteit=1, over=20)
    assert cursus.groepen_compleet_melden() == 0
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    assert (cursus.groepen_compleet_melden(), cursus.groepen_compleet_melden()) == (2, 0)
    assert list(Bericht.objects.filter(soort="groep_compleet").values_list("bundelen", flat=True)) == [True, True]
