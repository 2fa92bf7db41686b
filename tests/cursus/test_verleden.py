"""History costs nothing: what is long past is not counted before the sessions to come are found."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.utils import timezone

from cursus.models import Bijeenkomst, Soort, Uitvoering
from cursus.models.agenda import agenda, agenda_filter
from tests.fabrieken import Wereld


@pytest.fixture
def w(db):
    return Wereld()


def verleden(w, aantal):
    """`aantal` information meetings of the past years."""
    toen = timezone.now() - dt.timedelta(days=400)
    rijen = Uitvoering.objects.bulk_create(
        Uitvoering(soort=Soort.INFORMATIE, titel=f"Toen {n}", locatie=w.ek1.locatie, regio=w.noord)
        for n in range(aantal)
    )
    Bijeenkomst.objects.bulk_create(
        Bijeenkomst(uitvoering=u, nr=1, begint_om=toen, eindigt_om=toen + dt.timedelta(hours=2)) for u in rijen
    )


def plan(rijen):
    return rijen.explain()


LIJSTEN = {
    "agenda": lambda: agenda(agenda_filter({})),
    "agenda van een soort": lambda: agenda(agenda_filter({"soort": "informatie"})),
    "kiezen": lambda: Uitvoering.objects.komend().filter(soort=Soort.EK1),
}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="hoe PostgreSQL het doet")
@pytest.mark.parametrize("naam", LIJSTEN)
def test_van_duizenden_in_het_verleden_worden_de_plekken_niet_geteld(w, naam):
    """PostgreSQL chooses by its statistics: how often it looks for the places of a session is what counts."""
    w.groep("EK1", 3, [w.t1], over=20)
    verleden(w, 3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cursus_uitvoering, cursus_bijeenkomst, cursus_deelname, cursus_agendaplek")
    tekst = LIJSTEN[naam]().explain(analyze=True)
    keren = [int(n) for n in re.findall(r"on cursus_(?:deelname|agendaplek) .*loops=(\d+)", tekst)]
    assert max(keren, default=0) <= 10, tekst


@pytest.mark.skipif(connection.vendor != "sqlite", reason="hoe SQLite het doet")
def test_met_twee_keer_zo_veel_verleden_is_het_plan_hetzelfde(w):
    verleden(w, 200)
    voor = {naam: plan(lijst()) for naam, lijst in LIJSTEN.items()}
    verleden(w, 200)
    assert {naam: plan(lijst()) for naam, lijst in LIJSTEN.items()} == voor
    assert all("bijeenkomst_eindigt" in tekst for tekst in voor.values()), voor
    assert not any("SCAN cursus_" in tekst for tekst in voor.values()), voor


def test_wat_komt_is_hetzelfde_als_geteld_met_de_hand(w):
    """Begun, half past, cancelled, not published yet and without a day, beside what can still be chosen."""
    nu = timezone.now()

    def met_dagen(titel, *dagen, **velden):
        rij = Uitvoering.objects.create(soort=Soort.EK1, titel=titel, locatie=w.ek1.locatie, regio=w.noord, **velden)
        for nr, dag in enumerate(dagen, 1):
            begin = nu + dt.timedelta(days=dag)
            Bijeenkomst.objects.create(uitvoering=rij, nr=nr, begint_om=begin, eindigt_om=begin + dt.timedelta(hours=7))
        return rij

    straks = met_dagen("straks", 3, 10)
    met_dagen("begonnen", -1, 5)
    met_dagen("geweest", -20, -10)
    met_dagen("afgelast", 4, afgelast_om=nu)
    met_dagen("later in de agenda", 4, publiceren_op=timezone.localdate() + dt.timedelta(days=1))
    met_dagen("zonder dag")
    morgen = met_dagen("morgen", 1, 30, publiceren_op=timezone.localdate())
    eigen = Uitvoering.objects.filter(
        titel__in=["straks", "begonnen", "geweest", "afgelast", "later in de agenda", "zonder dag", "morgen"]
    )
    assert list(Uitvoering.objects.komend().filter(pk__in=eigen)) == [morgen, straks]
