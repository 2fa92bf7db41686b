"""Places: signing up, the waiting list, late changes, EK2 and its reasons, asking for other dates."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Aanwezigheid, Datumwens, Deelname, Soort, Uitvoering
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht, Journaalregel
from tests.fabrieken import dag_van, deelname_van, staat

INFORMATIE, EK1, EK2 = Soort.INFORMATIE, Soort.EK1, Soort.EK2


def zin(fout):
    return fout.value.messages[0]


def rijen(traject, soort=EK1):
    """(dag, resultaat, superseded) of every attendance row of one training."""
    qs = Aanwezigheid.objects.filter(traject=traject, soort=soort).order_by("nr", "pk")
    return [(rij.nr, rij.resultaat, not rij.geldt) for rij in qs]


def test_plek_maakt_een_verwachte_rij_per_dag(w):
    traject = w.traject(3)
    groep = w.groep(EK1, 3, [w.t1, w.t2], over=5)
    deelname = cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    assert not deelname.op_wachtlijst
    assert rijen(traject) == [(1, "", False), (2, "", False), (3, "", False)]
    assert Bericht.objects.filter(aan=traject.kandidaat, soort="geplaatst", feit=deelname.pk).count() == 1


def test_vol_is_wachtlijst_zonder_verwachte_dagen(w):
    groep = w.groep(EK1, 3, [w.t1], over=5, capaciteit=1)
    eerste, tweede = w.traject(3), w.traject(3)
    cursus.deelname_aanvragen(eerste, door=eerste.kandidaat, uitvoering=groep)
    assert cursus.deelname_aanvragen(tweede, door=tweede.kandidaat, uitvoering=groep).op_wachtlijst
    assert rijen(tweede) == []
    assert staat(tweede)[1] == ["ek1_plaatsen:bureau"]
    assert Bericht.objects.filter(aan=tweede.kandidaat, soort="wachtlijst").count() == 1


def test_bureau_plaatst_van_de_wachtlijst_ook_boven_de_capaciteit(w):
    groep = w.groep(EK1, 3, [w.t1], over=5, capaciteit=1)
    eerste, tweede = w.traject(3), w.traject(3)
    for traject in (eerste, tweede):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    cursus.deelname_plaatsen(tweede, door=w.bureau, uitvoering=groep)
    assert cursus.bezet(groep) == 2
    assert Deelname.objects.filter(traject=tweede, soort=EK1).count() == 1
    assert len(rijen(tweede)) == 3


def test_afmelden_geeft_de_plek_terug_en_haalt_open_dagen_weg(w):
    groep = w.groep(EK1, 3, [w.t1], over=9, capaciteit=1)
    traject, ander = w.traject(3), w.traject(3)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    cursus.deelname_afmelden(deelname_van(traject, EK1), door=traject.kandidaat)
    assert rijen(traject) == []
    assert Deelname.objects.get(traject=traject, soort=EK1).afmelding == Deelname.Afmelding.ZELF
    assert not cursus.deelname_aanvragen(ander, door=ander.kandidaat, uitvoering=groep).op_wachtlijst


def test_afmelden_na_de_eerste_dag_kan_niet_zelf(w):
    traject = w.traject(3)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    cursus.aanwezigheid_vastleggen(dag_van(traject, w.ek1.bijeenkomsten.get(nr=1)), door=w.t1, resultaat="ja")
    with pytest.raises(ValidationError) as fout:
        cursus.deelname_afmelden(deelname_van(traject, EK1), door=traject.kandidaat)
    assert zin(fout) == "Deze bijeenkomst is al begonnen. Bel ons als je wilt wisselen."


def test_twee_plekken_kan_niet(w):
    traject = w.traject(3)
    een, twee = w.groep(EK1, 3, [w.t1], over=5), w.groep(EK1, 3, [w.t1], over=9)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=een)
    with pytest.raises(ValidationError) as fout:
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=twee)
    assert zin(fout) == "Je hebt al een plek. Meld je daar eerst af."


def test_buiten_de_stap_kan_niet(w):
    traject = w.traject(1)
    with pytest.raises(ValidationError) as fout:
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=w.groep(EK1, 3, [w.t1], over=5))
    assert zin(fout) == "Dit hoort bij stap 4: training ek1. Daar ben je nu niet."


def test_begonnen_of_niet_gepubliceerd_kan_een_kandidaat_niet_kiezen(w):
    traject, groep = w.traject(1), w.groep(INFORMATIE, 1, [], over=5)
    Uitvoering.objects.filter(pk=groep.pk).update(publiceren_op=timezone.localdate() + dt.timedelta(days=1))
    for uitvoering in (w.info, groep):
        with pytest.raises(ValidationError) as fout:
            cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=uitvoering)
        assert zin(fout) == "Hiervoor kun je je niet meer aanmelden."


def test_een_ander_plaatst_niet(w):
    traject, ander, groep = w.traject(1), w.traject(1), w.groep(INFORMATIE, 1, [], over=5)
    for wie in (ander.kandidaat, w.t1, w.rm, w.redacteur):
        with pytest.raises(Geweigerd):
            cursus.deelname_aanvragen(traject, door=wie, uitvoering=groep)
    with pytest.raises(Geweigerd):
        cursus.deelname_plaatsen(traject, door=traject.kandidaat, uitvoering=groep)
    assert not traject.deelnames.exists()


def test_ek2_zegt_wat_er_ontbreekt_tot_twee_geteld_en_geregistreerd(w):
    groep, traject = w.groep(EK2, 3, [w.t1], over=5), w.traject(9)
    niets = (
        "EK2 kan na twee conferenties die meetellen. Nu tellen er 0 mee. Je bent ook nog niet geregistreerd "
        "als Eigen Kracht-coördinator."
    )
    assert cursus.mag_ek2(w.traject(3)) == niets
    assert cursus.mag_ek2(traject) == "EK2 kan na twee conferenties die meetellen. Nu telt er 1 mee."
    with pytest.raises(ValidationError) as fout:
        cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    assert zin(fout) == cursus.mag_ek2(traject)
    w.conferentie(traject)
    assert cursus.mag_ek2(traject) == ""
    assert not cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep).op_wachtlijst


def test_ek2_niet_als_een_conferentie_niet_meetelt(w):
    traject = w.traject(9)
    w.conferentie(traject, telt=False)
    assert cursus.mag_ek2(traject) == "EK2 kan na twee conferenties die meetellen. Nu telt er 1 mee."


def test_ek2_niet_voor_twee_geteld_zonder_registratie(w):
    traject = w.traject(9)
    w.conferentie(traject)
    traject.registratie.standen.filter(tot=None).update(stand="geschorst")
    assert cursus.mag_ek2(traject) == "EK2 kan als je geregistreerd bent als Eigen Kracht-coördinator."


def test_geen_datum_past_mailt_een_keer_bij_nieuwe_data(w):
    oud, traject = w.groep(INFORMATIE, 1, [], over=5), w.traject(1)
    wens = cursus.datumwens_doorgeven(traject, door=traject.kandidaat, soort=INFORMATIE)
    assert wens.gezien == [oud.pk]
    cursus.nieuwe_data_melden()
    assert not Bericht.objects.filter(soort="nieuwe_data").exists()
    w.groep(INFORMATIE, 1, [], over=8)
    w.groep(INFORMATIE, 1, [], over=9)
    assert list(Bericht.objects.filter(soort="nieuwe_data").values_list("aan", flat=True)) == [traject.kandidaat_id]
    assert Datumwens.objects.get().gemeld_om is not None


def test_nieuwe_data_wachten_op_publicatie_en_gaan_niet_naar_wie_al_een_plek_heeft(w):
    wacht, klaar = w.traject(1), w.traject(1)
    for traject in (wacht, klaar):
        cursus.datumwens_doorgeven(traject, door=traject.kandidaat, soort=INFORMATIE)
    cursus.deelname_aanvragen(klaar, door=w.bureau, uitvoering=w.info)
    nieuw = w.groep(EK1, 3, [w.t1], over=8)
    assert not Bericht.objects.filter(soort="nieuwe_data").exists()
    Uitvoering.objects.filter(pk=nieuw.pk).update(
        soort=INFORMATIE, publiceren_op=timezone.localdate() + dt.timedelta(days=2)
    )
    cursus.nieuwe_data_melden()
    assert not Bericht.objects.filter(soort="nieuwe_data").exists()
    Uitvoering.objects.filter(pk=nieuw.pk).update(publiceren_op=timezone.localdate())
    cursus.nieuwe_data_melden()
    assert list(Bericht.objects.filter(soort="nieuwe_data").values_list("aan", flat=True)) == [wacht.kandidaat_id]


def test_dezelfde_verzending_telt_een_keer(w):
    traject, groep = w.traject(1), w.groep(INFORMATIE, 1, [], over=5)
    for _ in range(2):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep, verzoek_id="een")
    assert Deelname.objects.filter(traject=traject).count() == 1
    assert Journaalregel.objects.filter(traject=traject, handeling="deelname_aanvragen").count() == 1
