"""The waiting list: a freed place goes to the next with a term, then to the one after; a newcomer never overtakes."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Uitvoering
from lms.kern import handelingen as kern
from lms.kern.datums import dag, grens, moment
from lms.kern.handelingen import VOORBIJ
from lms.kern.models import Bericht, Gebruiker, Journaalregel
from tests.fabrieken import deelname_van, staat


@pytest.fixture
def vol(w):
    """A meeting of one place with one person in it and three who wait, in order."""
    w.vol = w.groep("informatie", 1, [], capaciteit=1, over=20)
    w.rij = [w.traject(1) for _ in range(4)]
    for traject in w.rij:
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=w.vol)
    return w


def plek(traject):
    return traject.deelnames.get(soort="informatie", afgemeld_om=None)


def codes(traject):
    return staat(traject)[1]


def test_vrijgekomen_plek_gaat_naar_de_eerste_met_een_termijn(vol):
    eerste, tweede, derde, _ = vol.rij
    assert codes(tweede) == ["bijeenkomst_plaatsen:bureau"]
    cursus.deelname_afmelden(deelname_van(eerste, "informatie"), door=eerste.kandidaat)
    assert (cursus.plekken_aanbieden(), cursus.plekken_aanbieden()) == (1, 0)
    vier = timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=4), dt.time.min))
    assert (plek(tweede).aanbod_tot, grens(vier)) == (vier, dag(vier))  # three whole days: "vóór" the fourth
    assert codes(tweede) == ["plek_aannemen:kandidaat"]
    assert plek(derde).aanbod_tot is None
    assert Bericht.objects.get(soort="aanbod").aan == tweede.kandidaat


def test_aannemen_geeft_de_plek_en_een_afspraak(vol):
    eerste, tweede, derde, _ = vol.rij
    cursus.deelname_afmelden(deelname_van(eerste, "informatie"), door=eerste.kandidaat)
    cursus.plekken_aanbieden()
    with pytest.raises(ValidationError):
        cursus.aanbod_aannemen(deelname_van(derde, "informatie"), door=derde.kandidaat)
    cursus.aanbod_aannemen(deelname_van(tweede, "informatie"), door=tweede.kandidaat)
    assert plek(tweede).geplaatst_om is not None
    assert tweede.aanwezigheden.count() == 1
    assert cursus.plekken_aanbieden() == 0


def test_zonder_antwoord_gaat_de_plek_door_en_blijft_de_eerste_achteraan_staan(vol):
    eerste, tweede, derde, vierde = vol.rij
    cursus.deelname_afmelden(deelname_van(eerste, "informatie"), door=eerste.kandidaat)
    cursus.plekken_aanbieden()
    with time_machine.travel(timezone.now() + dt.timedelta(days=5), tick=False):
        with pytest.raises(ValidationError, match="niet meer vrij"):
            cursus.aanbod_aannemen(deelname_van(tweede, "informatie"), door=tweede.kandidaat)
        assert cursus.plekken_aanbieden() == 1
        assert plek(derde).aanbod_tot is not None
        assert plek(tweede).op_wachtlijst
        cursus.deelname_afmelden(deelname_van(derde, "informatie"), door=derde.kandidaat)
        cursus.plekken_aanbieden()
        assert plek(vierde).aanbod_tot is not None  # before the one who let it pass
        cursus.deelname_afmelden(deelname_van(vierde, "informatie"), door=vierde.kandidaat)
        cursus.plekken_aanbieden()
        assert plek(tweede).aanbod_tot is not None


def test_in_de_laatste_week_is_de_termijn_een_dag(vol):
    eerste, tweede, *_ = vol.rij
    with time_machine.travel(timezone.now() + dt.timedelta(days=15), tick=False):
        cursus.deelname_afmelden(deelname_van(eerste, "informatie"), door=eerste.kandidaat)
        cursus.plekken_aanbieden()
        assert plek(tweede).aanbod_tot == timezone.make_aware(
            dt.datetime.combine(timezone.localdate() + dt.timedelta(days=2), dt.time.min)
        )


def test_een_aanbod_op_de_dag_ervoor_geldt_tot_het_begin(vol):
    eerste, tweede, *_ = vol.rij
    begint_om = vol.vol.bijeenkomsten.get().begint_om
    with time_machine.travel(begint_om - dt.timedelta(hours=20), tick=False):
        cursus.deelname_afmelden(deelname_van(eerste, "informatie"), door=eerste.kandidaat)
        cursus.plekken_aanbieden()
        assert plek(tweede).aanbod_tot == begint_om
        assert grens(plek(tweede).aanbod_tot) == moment(begint_om)


def test_een_nieuwkomer_komt_achter_de_wachtlijst_ook_als_er_net_een_plek_vrij_is(vol):
    eerste = vol.rij[0]
    cursus.deelname_afmelden(deelname_van(eerste, "informatie"), door=eerste.kandidaat)
    nieuw = vol.traject(1)
    cursus.deelname_aanvragen(nieuw, door=nieuw.kandidaat, uitvoering=vol.vol)
    assert plek(nieuw).op_wachtlijst
    with pytest.raises(ValidationError, match="eerst aan de beurt"):
        cursus.plek_aanbieden(deelname_van(nieuw, "informatie"), door=vol.bureau)


def test_meer_plekken_worden_in_een_keer_aangeboden_en_nooit_te_veel(vol):
    Uitvoering.objects.filter(pk=vol.vol.pk).update(capaciteit=3)
    assert cursus.plekken_aanbieden() == 2
    assert [plek(t).aanbod_tot is not None for t in vol.rij] == [False, True, True, False]
    assert Uitvoering.objects.met_data().get(pk=vol.vol.pk).plekken_over == 0


def test_wie_stopt_maakt_een_plek_vrij(vol):
    eerste, tweede, *_ = vol.rij
    kern.traject_stoppen(eerste, door=eerste.kandidaat)
    assert cursus.plekken_aanbieden() == 1
    assert plek(tweede).aanbod_tot is not None


def test_op_het_scherm_afmelden_biedt_meteen_aan_en_de_volgende_zegt_ja(vol):
    eerste, tweede, *_ = vol.rij
    clients = []
    for traject in (eerste, tweede):
        client = Client()
        client.force_login(Gebruiker.objects.get(pk=traject.kandidaat_id))
        clients.append(client)
    clients[0].post(f"/mijn/afmelden/{plek(eerste).pk}/", {"verzoek_id": "weg"})
    assert "Er is een plek voor je" in clients[1].get("/mijn/").content.decode()
    html = clients[1].get("/mijn/bijeenkomst/").content.decode()
    assert "Ja, ik neem deze plek" in html
    for _ in range(2):
        assert clients[1].post(f"/mijn/aanbod/{plek(tweede).pk}/", {"verzoek_id": "ja"}).url == "/mijn/bijeenkomst/"
    assert plek(tweede).geplaatst_om is not None
    assert clients[1].post(f"/mijn/aanbod/{plek(vol.rij[2]).pk}/", {"verzoek_id": "x"}).status_code == 404


def test_een_oude_pagina_neemt_geen_plek_aan_die_al_is_opgegeven(vol):
    """The offer stood in a second tab; meanwhile the place on the list was given up, and asked for anew."""
    eerste, tweede, *_ = vol.rij
    cursus.deelname_afmelden(plek(eerste), door=eerste.kandidaat)
    cursus.plekken_aanbieden()
    oud = plek(tweede)
    cursus.deelname_afmelden(oud, door=tweede.kandidaat)
    cursus.deelname_aanvragen(tweede, door=tweede.kandidaat, uitvoering=vol.vol)
    client = Client()
    client.force_login(Gebruiker.objects.get(pk=tweede.kandidaat_id))
    for adres in (f"/mijn/aanbod/{oud.pk}/", f"/mijn/afmelden/{oud.pk}/"):
        assert VOORBIJ in client.post(adres, follow=True).content.decode()
    assert plek(tweede).op_wachtlijst
    with pytest.raises(ValidationError, match=VOORBIJ):
        cursus.plek_aanbieden(oud, door=vol.bureau)


def test_een_aanbod_dat_al_is_aangenomen_wordt_niet_twee_keer_aangenomen(vol):
    eerste, tweede, *_ = vol.rij
    cursus.deelname_afmelden(plek(eerste), door=eerste.kandidaat)
    cursus.plekken_aanbieden()
    cursus.aanbod_aannemen(plek(tweede), door=tweede.kandidaat)
    with pytest.raises(ValidationError, match="Deze plek heb je al"):
        cursus.aanbod_aannemen(plek(tweede), door=tweede.kandidaat)


def test_twee_werkers_laten_hetzelfde_aanbod_verlopen(vol):
    """The second one finds it done: nothing happens, and nothing is raised."""
    eerste, tweede, *_ = vol.rij
    cursus.deelname_afmelden(plek(eerste), door=eerste.kandidaat)
    cursus.plekken_aanbieden()
    with time_machine.travel(timezone.now() + dt.timedelta(days=4), tick=False):
        oud = plek(tweede)
        assert [cursus.aanbod_laten_verlopen(oud, door=None) for _ in range(2)] == [None, None]
        assert plek(tweede).aanbod_verlopen_om == timezone.now()
    assert Journaalregel.objects.filter(handeling="aanbod_laten_verlopen").count() == 1
