"""Attendance: who may write, the day itself, no-shows, made up and waived days, corrections."""

import pytest
from django.core.exceptions import ValidationError

from cursus import handelingen as cursus
from cursus.models import Aanwezigheid, Deelname, Soort
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht, Gebruiker, Rolvervulling
from tests.cursus.test_plaatsen import rijen, zin
from tests.fabrieken import dag_nr, dag_van, deelname_van, staat

EK1, EK2, INFORMATIE = Soort.EK1, Soort.EK2, Soort.INFORMATIE


@pytest.fixture
def ek1(w):
    """Somebody with a place in w.ek1, whose three days have been held; returns (traject, the days)."""
    traject = w.traject(3)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    return traject, list(w.ek1.bijeenkomsten.order_by("nr"))


def schrijf(traject, door, dag, resultaat, waarom=""):
    cursus.aanwezigheid_vastleggen(dag_van(traject, dag), door=door, resultaat=resultaat, waarom=waarom)


def test_alle_dagen_ja_sluit_stap_4(w, ek1):
    traject, dagen = ek1
    for dag in dagen:
        schrijf(traject, w.t1, dag, "ja")
    assert staat(traject)[0] == 5


def test_een_trainer_van_een_andere_groep_schrijft_niet(w, ek1):
    traject, dagen = ek1
    for wie in (w.t3, w.rm, w.redacteur, traject.kandidaat):
        with pytest.raises(Geweigerd):
            schrijf(traject, wie, dagen[0], "ja")
    assert rijen(traject)[0] == (1, "", False)


def test_zicht_door_een_andere_groep_is_niet_genoeg(w, ek1):
    """t3 sees the person by a guest day: the other days are not t3's to write, nor the guest day t1's."""
    traject, dagen = ek1
    schrijf(traject, w.t1, dagen[1], "nee")
    gast = w.ek1b.bijeenkomsten.get(nr=2)
    cursus.dag_inhalen(dag_nr(traject, EK1, 2), door=w.bureau, bijeenkomst=gast)
    with pytest.raises(Geweigerd):
        schrijf(traject, w.t3, dagen[0], "ja")
    with pytest.raises(ValidationError) as fout:
        schrijf(traject, w.t1, gast, "ja")
    assert zin(fout) == "Alleen de trainers van deze groep schrijven op wie er was."


def test_niet_voor_de_dag_zelf(w):
    traject, groep = w.traject(3), w.groep(EK1, 3, [w.t1], over=1)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    with pytest.raises(ValidationError) as fout:
        schrijf(traject, w.t1, groep.bijeenkomsten.get(nr=1), "ja")
    assert zin(fout) == "Deze dag is nog niet geweest."


def test_op_de_dag_zelf_kan_het(w):
    traject, groep = w.traject(3), w.groep(EK1, 3, [w.t1], over=0)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    schrijf(traject, w.t1, groep.bijeenkomsten.get(nr=1), "ja")
    assert rijen(traject)[0] == (1, "ja", False)


def test_deels_telt_alleen_met_een_reden(w, ek1):
    traject, dagen = ek1
    with pytest.raises(ValidationError) as fout:
        schrijf(traject, w.t1, dagen[0], "deels_telt", "  ")
    assert zin(fout) == "Schrijf op waarom deze dag meetelt."
    schrijf(traject, w.t1, dagen[0], "deels_telt", "De middag is ingehaald.")
    assert rijen(traject)[0] == (1, "deels_telt", False)


def test_een_tweede_keer_invullen_kan_niet_verbeteren_wel(w, ek1):
    traject, dagen = ek1
    schrijf(traject, w.t1, dagen[0], "nee")
    with pytest.raises(ValidationError):
        schrijf(traject, w.t2, dagen[0], "ja")
    with pytest.raises(ValidationError):
        cursus.aanwezigheid_verbeteren(dag_van(traject, dagen[0]), door=w.t2, resultaat="ja", reden=" ")
    berichten = Bericht.objects.count()
    cursus.aanwezigheid_verbeteren(
        dag_van(traject, dagen[0]), door=w.t2, resultaat="ja", reden="Stond op de verkeerde regel."
    )
    assert rijen(traject)[0] == (1, "ja", False)
    assert Bericht.objects.count() == berichten


def test_verbeteren_zet_een_stap_terug_zonder_mail(w, ek1):
    traject, dagen = ek1
    for dag in dagen:
        schrijf(traject, w.t1, dag, "ja")
    berichten = Bericht.objects.count()
    cursus.aanwezigheid_verbeteren(dag_van(traject, dagen[2]), door=w.t1, resultaat="", reden="Verkeerd ingevuld.")
    assert (staat(traject)[0], Bericht.objects.count()) == (4, berichten)


def test_gemiste_dag_ingehaald_en_vrijgesteld(w, ek1):
    traject, dagen = ek1
    schrijf(traject, w.t1, dagen[0], "ja")
    schrijf(traject, w.t1, dagen[1], "nee")
    schrijf(traject, w.t1, dagen[2], "nee")
    assert "ek1_inhalen:bureau" in staat(traject)[1]
    andere = w.ek1b.bijeenkomsten.get(nr=2)
    cursus.dag_inhalen(dag_nr(traject, EK1, 2), door=w.bureau, bijeenkomst=andere)
    schrijf(traject, w.t3, andere, "ja")  # the trainers of the guest group tick
    cursus.dag_vrijstellen(dag_nr(traject, EK1, 3), door=w.bureau, reden_vrijstelling="Eerder gevolgd.")
    assert staat(traject)[0] == 5
    assert rijen(traject) == [
        (1, "ja", False),
        (2, "nee", True),
        (2, "ja", False),
        (3, "nee", True),
        (3, "vrijgesteld", False),
    ]
    assert Aanwezigheid.objects.get(traject=traject, bijeenkomst=dagen[1]).vervangen_door.bijeenkomst == andere


def test_inhalen_vraagt_dezelfde_dag_in_een_andere_groep(w, ek1):
    traject, dagen = ek1
    anders = w.ek1b.bijeenkomsten.get(nr=1)
    with pytest.raises(ValidationError) as fout:
        cursus.dag_inhalen(dag_nr(traject, EK1, 2), door=w.bureau, bijeenkomst=anders)
    assert zin(fout) == "Kies dezelfde dag in een andere groep."
    with pytest.raises(ValidationError) as fout:
        cursus.dag_inhalen(dag_nr(traject, EK1, 1), door=w.bureau, bijeenkomst=anders)
    assert zin(fout) == "Deze dag staat nog open in de eigen groep."
    with pytest.raises(ValidationError) as fout:
        cursus.dag_inhalen(dag_nr(traject, EK1, 1), door=w.bureau, bijeenkomst=dagen[0])
    assert zin(fout) == "Deze dag hoeft niet ingehaald te worden."


def test_vrijstellen_vraagt_een_reden_en_een_open_dag(w, ek1):
    traject, dagen = ek1
    with pytest.raises(ValidationError):
        cursus.dag_vrijstellen(dag_nr(traject, EK1, 1), door=w.bureau, reden_vrijstelling=" ")
    schrijf(traject, w.t1, dagen[0], "ja")
    with pytest.raises(ValidationError) as fout:
        cursus.dag_vrijstellen(dag_nr(traject, EK1, 1), door=w.bureau, reden_vrijstelling="x")
    assert zin(fout) == "Deze dag is al klaar."


def test_een_gemiste_inhaaldag_kan_nog_een_keer(w, ek1):
    traject, dagen = ek1
    schrijf(traject, w.t1, dagen[0], "nee")
    een = w.ek1b.bijeenkomsten.get(nr=1)
    cursus.dag_inhalen(dag_nr(traject, EK1, 1), door=w.bureau, bijeenkomst=een)
    schrijf(traject, w.t3, een, "nee")
    twee = w.groep(EK1, 3, [w.t3], over=-2).bijeenkomsten.get(nr=1)
    cursus.dag_inhalen(dag_nr(traject, EK1, 1), door=w.bureau, bijeenkomst=twee)
    assert rijen(traject)[:3] == [(1, "nee", True), (1, "nee", True), (1, "", False)]


def test_niet_verschenen_op_de_informatiebijeenkomst_opent_een_nieuwe_keuze(w):
    traject = w.traject(1)
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=w.info)
    dag = w.info.bijeenkomsten.get()
    schrijf(traject, w.bureau, dag, "nee")
    assert staat(traject) == (2, ["bijeenkomst_kiezen:kandidaat"])
    assert Deelname.objects.get(traject=traject).afmelding == Deelname.Afmelding.NIET_VERSCHENEN
    nieuw = w.groep(INFORMATIE, 1, [], over=3)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=nieuw)
    assert len(rijen(traject, INFORMATIE)) == 2


def test_toch_verschenen_wordt_verbeterd_tenzij_er_een_nieuwe_datum_is(w):
    traject, dag = w.traject(1), w.info.bijeenkomsten.get()
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=w.info)
    schrijf(traject, w.bureau, dag, "nee")
    cursus.aanwezigheid_verbeteren(dag_van(traject, dag), door=w.bureau, resultaat="ja", reden="Stond op de lijst.")
    assert staat(traject)[0] == 3
    ander = w.traject(1)
    cursus.deelname_aanvragen(ander, door=w.bureau, uitvoering=w.info)
    schrijf(ander, w.bureau, dag, "nee")
    cursus.deelname_aanvragen(ander, door=ander.kandidaat, uitvoering=w.groep(INFORMATIE, 1, [], over=3))
    with pytest.raises(ValidationError) as fout:
        cursus.aanwezigheid_verbeteren(dag_van(ander, dag), door=w.bureau, resultaat="ja", reden="x")
    assert zin(fout) == "Deze persoon heeft al een nieuwe datum gekozen."


def test_niemand_schrijft_de_eigen_aanwezigheid_op(w, ek1):
    """A trainer who follows the group: the colleague writes."""
    traject, dagen = ek1
    Rolvervulling.objects.create(gebruiker=traject.kandidaat, rol="trainer")
    w.ek1.trainerschappen.create(trainer=traject.kandidaat)
    with pytest.raises(Geweigerd):
        schrijf(traject, Gebruiker.objects.get(pk=traject.kandidaat_id), dagen[0], "ja")
    schrijf(traject, w.t1, dagen[0], "ja")


def test_wisselen_van_groep_houdt_wat_gevolgd_is(w, ek1):
    """Day 1 attended, then another group: only the missing days are asked there."""
    traject, dagen = ek1
    schrijf(traject, w.t1, dagen[0], "ja")
    schrijf(traject, w.t1, dagen[1], "nee")
    deelname = traject.deelnames.get(soort=EK1)
    Deelname.objects.filter(pk=deelname.pk).update(afgemeld_om=deelname.gevraagd_om, afmelding="bureau")
    nieuw = w.groep(EK1, 3, [w.t3], over=4)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=nieuw)
    geldig = Aanwezigheid.objects.filter(traject=traject, soort=EK1, geldt=True).order_by("nr")
    assert [(rij.nr, rij.resultaat, rij.bijeenkomst.uitvoering_id) for rij in geldig] == [
        (1, "ja", w.ek1.pk),
        (2, "", nieuw.pk),
        (3, "", w.ek1.pk),
    ]


def test_afmelden_voor_een_tweede_inhaaldag_zet_de_laatste_gemiste_dag_terug(w, ek1):
    """Missed, made up and missed again, planned a third time in a whole new group, and then given up: the second
    miss counts again.
    """
    traject, dagen = ek1
    schrijf(traject, w.t1, dagen[0], "nee")
    een = w.ek1b.bijeenkomsten.get(nr=1)
    cursus.dag_inhalen(dag_nr(traject, EK1, 1), door=w.bureau, bijeenkomst=een)
    schrijf(traject, w.t3, een, "nee")
    deelname = traject.deelnames.get(soort=EK1)
    Deelname.objects.filter(pk=deelname.pk).update(afgemeld_om=deelname.gevraagd_om, afmelding="bureau")
    nieuw = w.groep(EK1, 3, [w.t3], over=4)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=nieuw)
    assert rijen(traject)[:3] == [(1, "nee", True), (1, "nee", True), (1, "", False)]
    cursus.deelname_afmelden(deelname_van(traject, EK1), door=w.bureau)
    assert rijen(traject)[:2] == [(1, "nee", True), (1, "nee", False)]


@pytest.mark.parametrize("keer", [1, 2])
def test_een_keer_of_vaker_inhalen_en_dan_vrijstellen(w, ek1, keer):
    traject, dagen = ek1
    schrijf(traject, w.t1, dagen[0], "nee")
    for _ in range(keer):
        dag = w.groep(EK1, 3, [w.t3]).bijeenkomsten.get(nr=1)
        cursus.dag_inhalen(dag_nr(traject, EK1, 1), door=w.bureau, bijeenkomst=dag)
        schrijf(traject, w.t3, dag, "nee")
    cursus.dag_vrijstellen(dag_nr(traject, EK1, 1), door=w.bureau, reden_vrijstelling="Het mag zo.")
    dag1 = [rij for rij in rijen(traject) if rij[0] == 1]
    assert dag1 == [(1, "nee", True)] * (keer + 1) + [(1, "vrijgesteld", False)]
