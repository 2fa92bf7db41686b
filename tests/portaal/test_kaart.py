"""What the first card of *Mijn traject* says, compared with the facts."""

import datetime as dt

import pytest
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Bijeenkomst
from lms.kern.datums import dag, moment, tijd
from lms.kern.models import Beurt
from selectie import handelingen
from tests.einde import als
from tests.fabrieken import gesprek_van
from tests.lezen import leesbaar


def kaart(traject):
    """The text of the first card, with what stands above it."""
    html = leesbaar(als(traject.kandidaat).get("/mijn/"))
    return html[html.index('<div class="cols">') : html.index("Jouw acht stappen")]


def _verzet(bijeenkomst, begin):
    Bijeenkomst.objects.filter(pk=bijeenkomst.pk).update(begint_om=begin, eindigt_om=begin + dt.timedelta(hours=7))


@pytest.fixture
def geplaatst(w):
    """Somebody with a place in a group that begins in three days."""
    traject = w.traject(3)
    groep = w.groep("EK1", 3, [w.t1, w.t2], over=3)
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=groep)
    return traject, groep


def test_de_volgende_dag_met_uur_en_zaal(geplaatst):
    traject, groep = geplaatst
    eerste, zaal = groep.bijeenkomsten.get(nr=1), groep.locatie
    tekst = kaart(traject)
    assert "EK1, dag 1" in tekst
    assert moment(eerste.begint_om) in tekst
    assert zaal.naam in tekst
    assert zaal.plaats in tekst


def test_vandaag_is_vandaag(geplaatst):
    traject, groep = geplaatst
    eerste = groep.bijeenkomsten.get(nr=1)
    begin = timezone.now() - dt.timedelta(hours=1)
    _verzet(eerste, begin)
    assert f"Vandaag, {tijd(begin)}" in kaart(traject)


def test_van_gisteren_schrijven_we_op_wie_er_was(geplaatst):
    traject, groep = geplaatst
    _verzet(groep.bijeenkomsten.get(nr=1), timezone.now() - dt.timedelta(days=1))
    tekst = kaart(traject)
    assert "EK1, dag 1 was gisteren." in tekst
    assert "We schrijven op wie er was." in tekst
    assert moment(groep.bijeenkomsten.get(nr=2).begint_om) in tekst  # and what comes


def test_een_gepland_gesprek_staat_op_de_kaart_met_plek(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    tekst = kaart(traject)
    assert "Gesprek over je verslag" in tekst
    assert moment(gesprek.moment_om) in tekst
    assert "Telefoon" in tekst


def test_een_gesprek_van_gisteren_wordt_opgeschreven(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    type(gesprek).objects.filter(pk=gesprek.pk).update(moment_om=timezone.now() - dt.timedelta(days=1))
    assert "Gesprek over je verslag was gisteren." in kaart(traject)


@pytest.mark.parametrize("tot", [6, 8])
def test_wie_wacht_leest_op_wie_en_tot_wanneer(w, tot):
    """Of a report by whom and before which day; of what has no term since when."""
    traject = w.traject(tot if tot < 8 else 7)
    if tot == 8:
        w.poort(traject)
    tekst = kaart(traject)
    if tot == 6:
        assert "Trainer1 en Trainer2 zijn hiermee bezig." in tekst
        assert dag(traject.verslagen.get().reactie_voor) in tekst
    else:
        sinds = Beurt.objects.get(traject=traject, code="conferentie_vragen").sinds
        assert f"Regiomanager is hier sinds {dag(sinds)} mee bezig." in tekst


def test_alle_eigen_beurten_staan_er(w):
    """At the gate two things are the candidate's own: the VOG and being independent."""
    traject = w.traject(7)
    tekst = kaart(traject)
    assert "Laat je VOG zien aan het bureau" in tekst
    assert "Bevestig dat je onafhankelijk bent" in tekst
    assert "Jij en je trainers zeggen samen: het past." in tekst  # the happy moment stands first
    assert tekst.index("zeggen samen") < tekst.index("VOG")


def test_de_vog_wacht_op_niemand_van_het_bureau(w):
    """It is the candidate's turn, with a how-to; the bureau has a list and no overdue work."""
    traject = w.traject(7)
    assert not traject.beurten.filter(rol="bureau").exists()
    poort = leesbaar(als(traject.kandidaat).get("/mijn/poort/"))
    assert "Justis" in poort
    html = leesbaar(als(w.bureau).get("/bureau/"))
    assert "Laten hun VOG nog zien" in html
    assert f"/bureau/kandidaten/{traject.pk}/poort/" in html
    handelingen.vog_vastleggen(traject, door=w.bureau, afgegeven_op=timezone.localdate())
    assert "Laten hun VOG nog zien" not in leesbaar(als(w.bureau).get("/bureau/"))


def test_na_het_gesprek_is_de_kandidaat_aan_zet(w):
    traject = w.verschil()
    w.opschrijven(traject)
    tekst = kaart(traject)
    assert "Wat zeg jij nu, na het gesprek?" in tekst
    assert "Je trainers kijken samen naar jullie gesprek." in tekst
    handelingen.antwoord_na_gesprek(gesprek_van(traject), door=traject.kandidaat, keuze="past")
    assert "Wat zeg jij nu" not in kaart(traject)


def test_de_eerste_conferentie_is_een_feest(w):
    from certificering import handelingen as certificering

    traject = w.traject(7)
    w.poort(traject)
    certificering.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")
    assert "Je bent gevraagd voor je eerste conferentie." in kaart(traject)


def test_het_certificaat_staat_bovenaan(w):
    tekst = kaart(w.traject(9))
    assert "Gefeliciteerd met je certificaat!" in tekst
