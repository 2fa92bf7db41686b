"""The motor of acts: about which row, by whom, on a row that still counts, and what a database error means."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from certificering import handelingen as certificering
from certificering.models import Conferentie
from lms.kern.handelingen import HANDELINGEN, Geweigerd, handeling, traject_stoppen
from lms.kern.handelingen.weigeren import WasEerder
from lms.kern.models import Journaalregel, Rol
from selectie import handelingen as selectie
from selectie.models import Mening
from tests.fabrieken import besluit_van, evaluatie_van, gesprek_van, mening_van, verslag_van


@pytest.fixture
def proef():
    """Make an act for one test."""
    namen = []

    def maak(functie, **velden):
        functie.__name__ = f"test_{functie.__name__}"
        namen.append(functie.__name__)
        return handeling(Rol.KANDIDAAT, **velden)(functie)

    yield maak
    for naam in namen:
        del HANDELINGEN[naam]


def test_van_twee_lopende_conferenties_verandert_die_van_de_pagina(w):
    traject = w.traject(9)
    eerste, tweede = (
        certificering.conferentie_vragen(traject, door=w.rm, referentie=naam) for naam in ("Eerste", "Tweede")
    )
    certificering.conferentie_vastleggen(eerste, door=traject.kandidaat, uitkomst="gestopt")
    eerste.refresh_from_db(), tweede.refresh_from_db()
    assert (eerste.uitkomst, tweede.uitkomst) == ("gestopt", "")
    regel = Journaalregel.objects.get(handeling="conferentie_vastleggen", gegevens={"conferentie": eerste.pk})
    assert (regel.traject, regel.over, regel.als) == (traject, traject.kandidaat, "kandidaat")


def test_het_eenmalige_nummer_van_een_formulier_geldt_alleen_voor_zijn_eigen_rij(w):
    """A second submit is answered as the first; the same number about another row is not taken for done."""
    traject = w.traject(9)
    eerste, tweede = (
        certificering.conferentie_vragen(traject, door=w.rm, referentie=naam) for naam in ("Eerste", "Tweede")
    )
    velden = {"door": traject.kandidaat, "uitkomst": "gestopt", "verzoek_id": "zelfde"}
    certificering.conferentie_vastleggen(eerste, **velden)
    assert certificering.conferentie_vastleggen(eerste, **velden) is None
    with pytest.raises(ValidationError, match="net ook"):
        certificering.conferentie_vastleggen(tweede, **velden)
    assert Conferentie.objects.get(pk=tweede.pk).uitkomst == ""


def test_een_rij_die_voorbij_is_zegt_dat_en_een_van_een_ander_bestaat_niet(w):
    traject = w.traject(6)
    selectie.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Samen.")
    mijn = mening_van(traject, w.t1)
    selectie.trainer_ontheffen(mijn, door=w.bureau, waarom="Ziek.")
    for act in (selectie.mening_geven, selectie.mening_bewaren):
        velden = {"mening": "past", "reactie": "x"} | ({"wijziging": 0} if act is selectie.mening_bewaren else {})
        with pytest.raises(ValidationError) as fout:
            act(mijn, door=w.t1, **velden)
        assert fout.value.code == "voorbij"
        with pytest.raises(Geweigerd) as fout:
            act(mijn, door=w.t2, **velden)  # of a colleague
        assert (fout.value.code, str(fout.value)) == ("niet_hier", "Dit kun je hier niet doen.")


def test_te_doen_is_geen_recht_om_te_lezen(w):
    """The bureau lifts a view that it may not read."""
    traject = w.traject(6)
    assert list(Mening.objects.zichtbaar_voor(w.bureau)) == []
    assert Mening.objects.te_doen_als(w.bureau, Rol.BUREAU).count() == 2
    assert Mening.objects.te_doen_als(w.t1, Rol.TRAINER).get() == mening_van(traject, w.t1)


def test_op_een_gestopt_traject_is_geen_rij_meer_te_doen(w):
    traject = w.verschil()
    traject_stoppen(traject, door=traject.kandidaat)
    for act, rij, velden in (
        (selectie.besluit_herroepen, besluit_van(traject), {"waarom": "x"}),
        (selectie.gesprek_voorstellen, gesprek_van(traject), {"momenten": []}),
    ):
        with pytest.raises(Geweigerd) as fout:
            act(rij, door=w.t1, **velden)
        assert fout.value.code == "gestopt"


def test_het_pad_gaat_op_slot_voor_de_rij(w):
    """Always in this order, or two acts wait for each other."""
    traject = w.traject(8)
    evaluatie = evaluatie_van(traject)
    with CaptureQueriesContext(connection) as vragen:
        certificering.evaluatie_kandidaat(evaluatie, door=traject.kandidaat, taken={}, tekst="Goed.")
    op_slot = [v["sql"] for v in vragen if " UPDATE OF " in v["sql"]]
    if connection.vendor == "postgresql":
        assert ["kern_traject" in sql.split("FROM", 1)[1].split()[0] for sql in op_slot] == [True, False]
    assert evaluatie_van(traject).kandidaat_tekst == "Goed."


def test_alleen_wie_net_te_laat_was_hoort_dat_iemand_anders_het_ook_deed(w, proef):
    """Any other rule of the database that is broken is a fault of ours: no sentence, but a traceback."""
    traject = w.traject(9)

    def dubbel(traject, *, door):
        traject.certificaten.create(nummer=traject.certificaten.get().nummer, gegevens={}, herkomst="ouder")

    def fout(traject, *, door):
        traject.conferenties.create(referentie="x", regio=traject.regio, telt_mee=True)

    with pytest.raises(WasEerder):
        proef(dubbel)(traject, door=traject.kandidaat)
    with pytest.raises(IntegrityError):
        proef(fout)(traject, door=traject.kandidaat)
