"""An act over many people is a stored job: whatever happens in the middle, everybody has had a turn once."""

import datetime as dt

import pytest
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Deelname
from lms.kern import handelingen
from lms.kern.handelingen import HANDELINGEN, Geweigerd, groep_uitvoeren, groepen_afmaken
from lms.kern.models import Gebruiker, Groepsdaad, Groepsdeel, Journaalregel, Rol, Rolvervulling
from lms.portaal import samen


@pytest.fixture
def groep(w):
    """A group with three people and one on the waiting list."""
    groep = w.groep("EK1", 3, [w.t1], capaciteit=3, over=20)
    for _ in range(4):
        cursus.deelname_aanvragen((traject := w.traject(3)), door=traject.kandidaat, uitvoering=groep)
    return groep


def open_plekken(groep):
    return Deelname.objects.filter(uitvoering=groep, afgemeld_om=None).count()


def test_een_val_midden_in_het_afgelasten_laat_niemand_achter(w, groep, monkeypatch):
    """The request dies at the second person: the worker does the others, each once."""
    act, gedaan = HANDELINGEN["deelname_afgelasten"], []

    def sterft(*args, **kwargs):
        if gedaan:
            raise KeyboardInterrupt
        gedaan.append(1)
        return act(*args, **kwargs)

    sterft.rollen = act.rollen
    monkeypatch.setitem(HANDELINGEN, "deelname_afgelasten", sterft)
    with pytest.raises(KeyboardInterrupt):
        cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="De zaal is dicht.")
    assert open_plekken(groep) == 3
    monkeypatch.setitem(HANDELINGEN, "deelname_afgelasten", act)
    assert groepen_afmaken() == 2  # the one at which it died is still taken
    Groepsdeel.objects.filter(klaar_om=None).update(bezig_om=timezone.now() - dt.timedelta(minutes=11))
    assert (groepen_afmaken(), groepen_afmaken()) == (1, 0)
    assert open_plekken(groep) == 0
    assert Journaalregel.objects.filter(handeling="deelname_afgelasten").count() == 4


def test_wie_zich_intussen_afmeldt_houdt_de_anderen_niet_op(w, groep):
    """The list was made; one of them signs off before it is done."""
    cursus.uitvoering_afgelasten(groep, door=w.bureau, waarom="Te weinig mensen.")
    een = Deelname.objects.filter(uitvoering=groep).order_by("pk").first()
    cursus.deelname_afmelden(een, door=een.traject.kandidaat)
    groepen_afmaken()
    assert open_plekken(groep) == 0
    assert list(Groepsdeel.objects.values_list("gelukt", flat=True)) == [False, True, True, True]


def test_een_tweede_keer_na_een_val_tussen_doen_en_opschrijven_doet_niets_dubbel(w):
    mens = w.traject(5)
    groep = handelingen.groep_beginnen(door=w.bureau, daad="herinnering_sturen", rijen=[mens], sleutel="een")
    groep_uitvoeren([groep])
    Groepsdeel.objects.update(klaar_om=None, gelukt=None, bezig_om=None)  # done, and not written down
    groepen_afmaken()
    assert Groepsdeel.objects.get().gelukt is True
    assert Journaalregel.objects.filter(handeling="herinnering_sturen").count() == 1


def test_een_fout_bij_een_persoon_wordt_drie_keer_geprobeerd_en_dan_gezegd(w, monkeypatch, caplog):
    def kapot(*args, **kwargs):
        raise RuntimeError("kapot")

    kapot.rollen = HANDELINGEN["herinnering_sturen"].rollen
    een, twee = w.traject(6), w.traject(6)
    monkeypatch.setitem(HANDELINGEN, "herinnering_sturen", kapot)
    groep = handelingen.groep_beginnen(door=w.bureau, daad="herinnering_sturen", rijen=[een, twee], sleutel="een")
    for _ in range(4):
        Groepsdeel.objects.update(bezig_om=None)
        groep_uitvoeren([groep])
    assert list(groep.delen.values_list("gelukt", "pogingen")) == [(False, 3)] * 2
    assert "met de hand" in groep.delen.first().zin
    assert len(caplog.records) == 6


def test_wie_niet_meer_bij_het_bureau_werkt_doet_niets_meer(w):
    mens = w.traject(5)
    groep = handelingen.groep_beginnen(door=w.bureau, daad="herinnering_sturen", rijen=[mens], sleutel="een")
    Rolvervulling.objects.filter(gebruiker=w.bureau, rol=Rol.BUREAU).update(tot=timezone.localdate())
    groep_uitvoeren([groep])
    assert groep.delen.get().gelukt is False


def test_wat_uit_een_feit_volgt_gaat_door_ook_als_wie_het_begon_weg_is(w, groep):
    """The session is cancelled; nobody keeps a place in it because a colleague was blocked a second later."""
    cursus.uitvoering_afgelasten(groep, door=w.bureau, waarom="Te weinig mensen.")
    Rolvervulling.objects.filter(gebruiker=w.bureau).update(tot=timezone.localdate())
    assert groepen_afmaken() == 4
    assert open_plekken(groep) == 0
    regels = Journaalregel.objects.filter(handeling="deelname_afgelasten")
    assert set(regels.values_list("door", "als")) == {(None, "systeem")}


def test_dezelfde_knop_twee_keer_is_een_groep(w):
    mens = w.traject(5)
    een = samen.uitvoeren([mens], samen.HERINNEREN, door=w.bureau, verzoek_id="x")
    assert een == samen.uitvoeren([mens], samen.HERINNEREN, door=w.bureau, verzoek_id="x")
    assert (Groepsdaad.objects.count(), een[0][1:]) == (1, (True, samen.GEDAAN))
    assert samen.uitvoeren([mens], samen.HERINNEREN, door=w.bureau, verzoek_id="y")[0][1] is False


def test_wat_niet_in_een_verzoek_past_loopt_door_en_zegt_dat(w, monkeypatch):
    monkeypatch.setattr("lms.portaal.samen.groep_uitvoeren", lambda groepen: groep_uitvoeren(groepen, -1.0))
    mens = w.traject(5)
    assert samen.uitvoeren([mens], samen.HERINNEREN, door=w.bureau, verzoek_id="x") == [(mens, None, samen.BEZIG)]
    assert groepen_afmaken() == 1


def test_alleen_het_bureau_begint_iets_voor_meer_mensen(w):
    with pytest.raises(Geweigerd):
        handelingen.groep_beginnen(door=w.t1, daad="herinnering_sturen", rijen=[w.traject(5)], sleutel="een")


def test_een_handeling_die_iets_maakt_kent_geen_rij_en_een_andere_wel(w):
    with pytest.raises(TypeError):
        handelingen.instelling_wijzigen(w.bureau, door=w.bureau, code="verslag", waarde=20)
    with pytest.raises(TypeError):
        handelingen.traject_stoppen(door=w.bureau)


def test_wie_iemand_maakt_staat_met_zijn_rol_in_het_journaal_en_een_tweede_keer_is_er_een(w):
    velden = {"voornaam": "Nel", "achternaam": "Vos", "email": "nel@demo.example", "rol": "trainer"}
    nel = handelingen.medewerker_maken(door=w.bureau, verzoek_id="vast", **velden)
    assert handelingen.medewerker_maken(door=w.bureau, verzoek_id="vast", **velden) is None
    regel = Journaalregel.objects.get(handeling="medewerker_maken")
    assert (regel.over, regel.als, regel.door) == (Gebruiker.objects.get(pk=nel.pk), "bureau", w.bureau)


def test_een_formulier_kan_het_nummer_van_een_deel_niet_wegnemen(w, groep):
    """One-time ids of forms and of parts stand in one column: that of a part is not to be guessed."""
    laatste = Groepsdeel.objects.order_by("-pk").first()
    for nr in range(1, 9):
        kandidaat = w.traject(2).kandidaat
        handelingen.traject_stoppen(
            kandidaat.trajecten.get(), door=kandidaat, verzoek_id=f"groep-{(laatste.pk if laatste else 0) + nr}"
        )
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="De zaal is dicht.")
    assert open_plekken(groep) == 0
    assert not Groepsdeel.objects.filter(gelukt=False).exists()
