"""Agenda items: who may come and why not, the last place, the waiting list, mails with a calendar entry, the
bureau's list.
"""

import datetime as dt
import threading
from collections import Counter

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.kalender import dagen_van
from cursus.models import Agendaplek, Doelgroep, Soort, Uitvoering, bezoeker, waarom_niet
from lms.kern.models import Bericht
from tests.cursus.test_paginas import tekst
from tests.cursus.test_race import tegelijk
from tests.fabrieken import persoon
from tests.post import uitgegaan

STUDIEDAG = Soort.STUDIEDAG


def punt(w, voor=Doelgroep.IEDEREEN, regios=(), **meer):
    """An agenda item in twenty days."""
    groep = w.groep(STUDIEDAG, 1, [], **({"over": 20, "titel": "Studiedag"} | meer))
    groep.voor_wie = voor
    groep.save()
    groep.regios.set(regios)
    return groep


def vraag(gebruiker, groep, **meer):
    return cursus.agendaplek_vragen(gebruiker, door=gebruiker, uitvoering=groep, **meer)


def af(gebruiker, groep):
    cursus.agendaplek_afmelden(plek_van(gebruiker, groep), door=gebruiker)


def plek_van(gebruiker, groep):
    """The last place of this person in this item."""
    return Agendaplek.objects.filter(gebruiker=gebruiker, uitvoering=groep).latest("pk")


def soorten(gebruiker):
    return list(
        Bericht.objects.filter(aan=gebruiker, soort__startswith="agenda_")
        .order_by("pk")
        .values_list("soort", flat=True)
    )


@pytest.fixture
def mensen(w):
    """One of every kind: begin of the path, waiting for a first conference, registered coordinator, trainer,
    somebody without a traject.
    """
    return {
        "begin": w.traject(2).kandidaat, "wacht": w.traject(7).kandidaat, "coordinator": w.traject(9).kandidaat,
        "trainer": w.t1,
        "bureau": w.bureau,
    }  # fmt: skip


MAG = {
    Doelgroep.IEDEREEN: {"begin", "wacht", "coordinator", "trainer", "bureau"},
    Doelgroep.KANDIDATEN: {"begin", "wacht"},
    Doelgroep.WACHT: {"wacht"},
    Doelgroep.COORDINATOREN: {"coordinator"},
    Doelgroep.TRAINERS: {"trainer"},
}


def test_wie_er_mag_komen_is_een_instelling_van_het_punt(w, mensen):
    gevonden = {}
    for voor in Doelgroep:
        groep = punt(w, voor)
        gevonden[voor] = {naam for naam, mens in mensen.items() if not waarom_niet(bezoeker(mens), groep)}
    assert gevonden == MAG


def test_de_weigering_zegt_waarom_en_de_handeling_ook(w, mensen):
    groep = punt(w, Doelgroep.WACHT)
    with pytest.raises(ValidationError) as fout:
        vraag(mensen["begin"], groep)
    assert fout.value.messages == ["Dit is voor wie wacht op een eerste conferentie. Daar hoor je nu niet bij."]
    assert not Agendaplek.objects.exists()
    vraag(mensen["wacht"], groep)
    assert Agendaplek.objects.get().geplaatst_om


def test_een_punt_voor_een_regio(w, mensen):
    groep = punt(w, regios=[w.zuid])
    assert (
        waarom_niet(bezoeker(mensen["begin"]), groep)
        == "Dit is alleen voor regio Zeeland en West-Brabant. Jouw regio hoort daar niet bij."
    )
    assert waarom_niet(bezoeker(w.traject(2, regio=w.zuid).kandidaat), groep) == ""
    assert waarom_niet(bezoeker(w.rm2), groep) == ""
    assert waarom_niet(bezoeker(w.t1), groep) == ""  # a trainer belongs to no region
    groep.regios.set([w.noord, w.zuid])
    assert (
        Uitvoering.objects.get(pk=groep.pk).voor
        == "kandidaten, coördinatoren en trainers uit Noord en Zeeland en West-Brabant"
    )


def test_een_informatiebijeenkomst_gaat_niet_langs_deze_weg(w, mensen):
    info = w.groep(Soort.INFORMATIE, 1, [], over=9)
    for act, door in ((cursus.agendaplek_vragen, mensen["begin"]), (cursus.agendaplek_geven, w.bureau)):
        with pytest.raises(ValidationError, match="niet op deze manier"):
            act(mensen["begin"], door=door, uitvoering=info)


def test_vol_is_wachtlijst_en_wie_vooraan_staat_schuift_door(w):
    a, b, c = (persoon(naam) for naam in "abc")
    groep = punt(w, capaciteit=1)
    for mens in (a, b, c):
        vraag(mens, groep)
    assert [p.op_wachtlijst for p in Agendaplek.objects.order_by("pk")] == [False, True, True]
    Uitvoering.objects.filter(pk=groep.pk).update(capaciteit=2)
    with pytest.raises(ValidationError, match="Iemand anders is eerst"):
        cursus.agendaplek_doorschuiven(plek_van(c, groep), door=None)
    Uitvoering.objects.filter(pk=groep.pk).update(capaciteit=1)
    af(a, groep)
    assert (cursus.agendaplekken_doorschuiven(), cursus.agendaplekken_doorschuiven()) == (1, 0)
    assert soorten(a) == ["agenda_geplaatst", "agenda_afgemeld"]
    assert soorten(b) == ["agenda_wachtlijst", "agenda_geplaatst"]
    assert soorten(c) == ["agenda_wachtlijst"]
    assert (cursus.bezet(groep), Uitvoering.objects.met_data().get(pk=groep.pk).bezet) == (1, 1)


def test_een_nieuwkomer_haalt_niemand_in(w):
    a, b, c = (persoon(naam) for naam in "abc")
    groep = punt(w, capaciteit=1)
    for mens in (a, b):
        vraag(mens, groep)
    af(a, groep)
    assert vraag(c, groep).op_wachtlijst


def test_twee_keer_aanmelden_en_twee_keer_versturen(w):
    a, groep = persoon("a"), punt(w)
    vraag(a, groep, verzoek_id="een")
    assert vraag(a, groep, verzoek_id="een") is None
    with pytest.raises(ValidationError, match="Je staat al op de lijst"):
        vraag(a, groep)
    af(a, groep)
    vraag(a, groep)
    assert Agendaplek.objects.count() == 2


@pytest.mark.parametrize(("dagen", "soort"), [(7, "zelf"), (6, "laat")])
def test_laat_afmelden_op_de_grens(w, dagen, soort):
    """The setting is 7 days: more than that before the start is in time."""
    a, groep = persoon("a"), punt(w)
    vraag(a, groep)
    begin = groep.bijeenkomsten.get().begint_om
    with time_machine.travel(begin - dt.timedelta(days=dagen, minutes=1), tick=False):
        af(a, groep)
    assert Agendaplek.objects.get().afmelding == soort


def test_van_de_wachtlijst_af_is_nooit_laat(w):
    a, b, groep = persoon("a"), persoon("b"), punt(w, capaciteit=1, over=2)
    vraag(a, groep)
    vraag(b, groep)
    af(b, groep)
    assert Agendaplek.objects.get(gebruiker=b).afmelding == "zelf"


def test_verzetten_en_afgelasten_met_een_afspraak(w):
    a, groep = persoon("a"), punt(w)
    vraag(a, groep)
    uitgegaan()
    dag = groep.bijeenkomsten.get()
    nieuw = [(dag.begint_om + dt.timedelta(days=1), dag.eindigt_om + dt.timedelta(days=1))]
    cursus.uitvoering_wijzigen(groep, door=w.bureau, dagen=nieuw, trainers=[])
    uitgegaan()
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="De zaal is dicht.")
    assert soorten(a) == ["agenda_geplaatst", "agenda_verplaatst", "agenda_afgelast"]
    assert Agendaplek.objects.get().afmelding == "afgelast"


def test_de_eigen_kalender_en_een_herinnering(w):
    a, b, groep = persoon("a"), persoon("b"), punt(w, capaciteit=1, over=2)
    vraag(a, groep)
    vraag(b, groep)
    assert [d.uitvoering_id for d in dagen_van(a)] == [groep.pk]
    assert list(dagen_van(b)) == []
    assert (cursus.herinneringen_maken(), cursus.herinneringen_maken()) == (1, 0)
    assert soorten(a)[-1] == "agenda_herinnering"
    assert soorten(b) == ["agenda_wachtlijst"]


def test_op_het_scherm(w, client, mensen):
    groep = punt(w, Doelgroep.KANDIDATEN, titel="Oefenmiddag")
    pad = f"/agenda/{groep.pk}/"
    html = tekst(client.get(pad))
    assert "Log in en meld je aan" in html
    assert "Voor kandidaten" in tekst(client.get("/agenda/"))
    client.force_login(mensen["coordinator"])
    assert "Daar hoor je nu niet bij." in tekst(client.get(pad))
    assert "Daar hoor je nu niet bij." in tekst(client.post(f"{pad}aanmelden/", follow=True))
    client.force_login(mensen["begin"])
    assert "Oefenmiddag" in tekst(client.get("/mijn/agenda/"))
    assert "Je hebt een plek. Tot dan!" in tekst(client.post(f"{pad}aanmelden/", follow=True))
    assert "Meld je af" in tekst(client.get(f"{pad}afmelden/"))
    assert client.post(f"{pad}afmelden/").url == "/mijn/agenda/"
    assert client.get(f"{pad}afmelden/").status_code == 404
    assert client.get(f"/agenda/{w.info.pk}/aanmelden/").status_code == 404


def test_wat_nog_niet_in_de_agenda_staat_kan_niet(w):
    a, groep = persoon("a"), punt(w)
    Uitvoering.objects.filter(pk=groep.pk).update(publiceren_op=timezone.localdate() + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="niet meer aanmelden"):
        vraag(a, groep)


def test_de_lijst_van_het_bureau(w, client):
    a, b, c, groep = persoon("a"), persoon("b"), persoon("c"), punt(w, Doelgroep.TRAINERS, capaciteit=1)
    client.force_login(w.bureau)
    pad = f"/bureau/agenda/{groep.pk}/"
    assert "heeft geen account" in tekst(client.post(pad, {"wat": "erbij", "email": "niemand@demo.example"}))
    for mens in (a, b):  # not for them, and full: by hand it may
        assert client.post(pad, {"wat": "erbij", "email": mens.email.upper()}).status_code == 302
    assert [p.geplaatst_om is not None for p in Agendaplek.objects.all()] == [True, True]
    assert "Deze persoon heeft al een plek." in tekst(client.post(pad, {"wat": "erbij", "email": a.email}))
    wacht = Agendaplek.objects.create(gebruiker=c, uitvoering=groep)
    assert client.post(pad, {"wat": f"geef-{wacht.pk}"}).status_code == 302
    assert client.post(pad, {"wat": f"afmelden-{wacht.pk}"}).status_code == 302
    assert client.post(pad, {"wat": "geef-x"}).status_code == 200
    html = tekst(client.get(pad))
    assert [html.count(f"{mens.naam}</span></td>") for mens in (a, b, c)] == [1, 1, 0]
    assert "door het bureau" in html
    assert client.get(f"/trainer/groepen/{groep.pk}/").url == pad
    assert client.get(f"/bureau/agenda/{w.ek1.pk}/").status_code == 404


@pytest.mark.parametrize("aantal", [1, 3, 25])
def test_vragen_van_de_lijsten(w, client, django_assert_num_queries, aantal):
    groep = punt(w, capaciteit=100)
    for n in range(aantal):
        vraag(persoon(f"mens{n}"), groep)
        punt(w, regios=[w.noord], over=3 + n)
    client.force_login(w.bureau)
    for pad, vragen in ((f"/bureau/agenda/{groep.pk}/", 7), ("/bureau/agenda/", 7), ("/mijn/agenda/", 8)):
        client.get(pad)
        with django_assert_num_queries(vragen):
            client.get(pad)


def test_vijftig_mensen_voor_de_laatste_plek(transactional_db, w):
    groep = punt(w, capaciteit=1)
    mensen = [persoon(f"mens{n}") for n in range(50)]
    assert tegelijk([lambda mens=mens: vraag(mens, groep) for mens in mensen]) == Counter(ok=50)
    assert (cursus.bezet(groep), Agendaplek.objects.wachtend().count()) == (1, 49)


def test_zonder_slot_gaat_de_laatste_plek_twee_keer_weg(transactional_db, w):
    """Negative control: the same look and the same write without one locked moment."""
    groep, gekeken = punt(w, capaciteit=1), threading.Barrier(5)

    def naief(mens):
        def kies():
            vrij = cursus.bezet(groep) < 1
            gekeken.wait(timeout=30)
            if vrij:
                Agendaplek.objects.create(gebruiker=mens, uitvoering=groep, geplaatst_om=timezone.now())

        return kies

    assert tegelijk([naief(persoon(f"mens{n}")) for n in range(5)]) == Counter(ok=5)
    assert cursus.bezet(groep) == 5
