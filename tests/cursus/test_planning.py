"""Planning through its acts: making, changing, cancelling, and who may."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Aanwezigheid, Bijeenkomst, Locatie, Soort, Uitvoering
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht, Journaalregel
from tests.cursus.test_plaatsen import rijen, zin
from tests.fabrieken import staat
from tests.post import uitgegaan

EK1, INFORMATIE = Soort.EK1, Soort.INFORMATIE


def dagen_van(uitvoering):
    return [(dag.begint_om, dag.eindigt_om) for dag in uitvoering.bijeenkomsten.order_by("nr")]


def wijzig(w, uitvoering, *, dagen=None, trainers=None, **velden):
    trainers = [t.trainer for t in uitvoering.trainerschappen.filter(tot=None)] if trainers is None else trainers
    cursus.uitvoering_wijzigen(
        uitvoering, door=w.bureau, dagen=dagen or dagen_van(uitvoering), trainers=trainers, **velden
    )
    cursus.bijwerken_na_planning(uitvoering)


def test_alleen_het_bureau_plant(w):
    dagen, locatie = dagen_van(w.info), Locatie.objects.first()
    for wie in (w.t1, w.rm, w.redacteur, w.kandidaat().kandidaat):
        with pytest.raises(Geweigerd):
            cursus.uitvoering_maken(door=wie, dagen=dagen, soort=INFORMATIE, titel="x", locatie=locatie)
        with pytest.raises(Geweigerd):
            cursus.uitvoering_wijzigen(w.ek1, door=wie, dagen=dagen_van(w.ek1), trainers=[])
        with pytest.raises(Geweigerd):
            cursus.locatie_wijzigen(locatie, door=wie, naam="x")
    assert Uitvoering.objects.count() == 4


def test_dagen_worden_nagekeken(w):
    nu, locatie = timezone.now(), Locatie.objects.first()
    velden = {"door": w.bureau, "soort": INFORMATIE, "titel": "x", "locatie": locatie}
    uur = dt.timedelta(hours=1)
    for dagen, woord in (
        ([], "Vul minstens één datum in."),
        ([(nu, nu)], "De eindtijd is vóór de begintijd."),
        ([(nu, nu + 3 * uur), (nu + uur, nu + 4 * uur)], "Twee dagen overlappen elkaar."),
    ):
        with pytest.raises(ValidationError) as fout:
            cursus.uitvoering_maken(dagen=dagen, **velden)
        assert zin(fout) == woord


def test_een_verschoven_datum_laat_iedereen_het_weten(w):
    groep, traject = w.groep(EK1, 3, [w.t1], over=5), w.traject(3)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    uitgegaan()
    oud = traject.beurten.get(code="ek1_volgen").vanaf
    week = dt.timedelta(days=7)
    wijzig(w, groep, dagen=[(begin + week, eind + week) for begin, eind in dagen_van(groep)])
    assert list(Bericht.objects.filter(soort="verplaatst").values_list("aan", flat=True)) == [traject.kandidaat_id]
    assert traject.beurten.get(code="ek1_volgen").vanaf == oud + week
    assert set(groep.bijeenkomsten.values_list("volgnummer", flat=True)) == {1}


def test_een_andere_titel_stuurt_niets(w):
    groep, traject = w.groep(EK1, 3, [w.t1], over=5), w.traject(3)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    wijzig(w, groep, titel="EK1 zomer")
    assert not Bericht.objects.filter(soort="verplaatst").exists()
    assert Uitvoering.objects.get(pk=groep.pk).titel == "EK1 zomer"


def test_een_extra_dag_wordt_verwacht_en_een_dag_weg_kan_niet(w):
    groep, traject = w.groep(EK1, 2, [w.t1], over=5), w.traject(3)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    begin, eind = dagen_van(groep)[-1]
    wijzig(w, groep, dagen=[*dagen_van(groep), (begin + dt.timedelta(days=3), eind + dt.timedelta(days=3))])
    assert len(rijen(traject)) == 3
    with pytest.raises(ValidationError) as fout:
        wijzig(w, groep, dagen=dagen_van(groep)[:1])
    assert zin(fout) == "Er zijn al mensen geplaatst. Een dag weghalen kan niet meer."


def test_een_dag_met_aanwezigheid_blijft_staan(w):
    traject = w.traject(4)
    begin, eind = dagen_van(w.ek1)[0]
    uur = dt.timedelta(hours=1)
    with pytest.raises(ValidationError) as fout:
        wijzig(w, w.ek1, dagen=[(begin + uur, eind + uur), *dagen_van(w.ek1)[1:]])
    assert zin(fout) == "Op dag 1 is al aanwezigheid ingevuld. Die datum kan niet meer veranderen."
    assert traject.aanwezigheden.filter(soort=EK1, resultaat="ja").count() == 3


def test_minder_plekken_dan_mensen_en_een_andere_soort_kan_niet(w):
    groep = w.groep(EK1, 3, [w.t1], over=5)
    for traject in (w.traject(3), w.traject(3)):
        cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    with pytest.raises(ValidationError) as fout:
        wijzig(w, groep, capaciteit=1)
    assert fout.value.message_dict == {"capaciteit": ["Al geplaatst: 2 mensen. Zo weinig plekken kan niet."]}
    with pytest.raises(ValidationError) as fout:
        wijzig(w, groep, soort=INFORMATIE)
    assert list(fout.value.message_dict) == ["soort"]


def test_een_trainer_die_gaat_houdt_een_einddatum(w):
    wijzig(w, w.ek1, trainers=[w.t2, w.t3])
    assert set(w.ek1.trainerschappen.filter(tot=None).values_list("trainer", flat=True)) == {w.t2.pk, w.t3.pk}
    assert w.ek1.trainerschappen.get(trainer=w.t1).tot == timezone.localdate()
    assert not Uitvoering.objects.zichtbaar_voor(w.t1).filter(pk=w.ek1.pk).exists()
    wijzig(w, w.ek1, trainers=[w.t1, w.t2, w.t3])
    assert w.ek1.trainerschappen.filter(trainer=w.t1).count() == 2


def test_afgelasten_geeft_iedereen_een_nieuwe_keuze(w):
    groep = w.groep(EK1, 3, [w.t1], over=5, capaciteit=1)
    geplaatst, wacht = w.traject(3), w.traject(3)
    for traject in (geplaatst, wacht):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="Te weinig mensen.", verzoek_id="een")
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="Te weinig mensen.", verzoek_id="een")
    for traject in (geplaatst, wacht):
        assert staat(traject) == (4, ["ek1_kiezen:bureau", "ek1_kiezen:kandidaat"])
        assert Bericht.objects.filter(aan=traject.kandidaat, soort="afgelast").count() == 1
    assert not Aanwezigheid.objects.filter(bijeenkomst__uitvoering=groep).exists()
    assert not Uitvoering.objects.komend().filter(pk=groep.pk).exists()
    with pytest.raises(ValidationError) as fout:
        cursus.deelname_plaatsen(geplaatst, door=w.bureau, uitvoering=groep)
    assert zin(fout) == "Deze bijeenkomst gaat niet door. Kies een andere datum."


def test_een_begonnen_groep_wordt_niet_afgelast(w):
    w.traject(4)
    with pytest.raises(ValidationError) as fout:
        cursus.afgelasten_met_mensen(w.ek1, door=w.bureau, waarom="x")
    assert zin(fout) == "Deze groep is al begonnen."


def test_een_locatie_maken_en_wijzigen_staat_in_het_journaal(w):
    locatie = cursus.locatie_maken(door=w.bureau, naam="De Loods", plaats="Goes")
    cursus.locatie_wijzigen(locatie, door=w.bureau, naam="De Loods", plaats="Goes", max_personen=12)
    assert Locatie.objects.get(pk=locatie.pk).max_personen == 12
    assert list(
        Journaalregel.objects.filter(handeling__startswith="locatie_")
        .order_by("pk")
        .values_list("handeling", "gegevens")
    ) == [
        ("locatie_maken", {"locatie": locatie.pk}),
        ("locatie_wijzigen", {"locatie": locatie.pk}),
    ]
    with pytest.raises(ValidationError):
        cursus.locatie_maken(door=w.bureau, naam="De Loods", plaats="Goes")


def test_komend_laat_weg_wat_niet_te_kiezen_is(w):
    goed = w.groep(INFORMATIE, 1, [], over=3)
    later = w.groep(INFORMATIE, 1, [], over=4)
    weg = w.groep(INFORMATIE, 1, [], over=5)
    zonder = w.groep(INFORMATIE, 1, [], over=6)
    Uitvoering.objects.filter(pk=later.pk).update(publiceren_op=timezone.localdate() + dt.timedelta(days=1))
    cursus.uitvoering_afgelasten(weg, door=w.bureau, waarom="x")
    Bijeenkomst.objects.filter(uitvoering=zonder).delete()
    assert list(Uitvoering.objects.komend()) == [goed]
