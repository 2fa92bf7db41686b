"""The list of mutations stays true, and two of them are tried: one that is caught and one that changes nothing."""

import ast
from dataclasses import replace

import pytest

from tests.mutaties import MUTATIES, ROOT, is_gevangen, kopie


@pytest.mark.parametrize("mutatie", MUTATIES, ids=lambda mutatie: mutatie.wat)
def test_de_plek_staat_er_precies_een_keer_en_de_tests_bestaan(mutatie):
    assert (ROOT / mutatie.bestand).read_text().count(mutatie.oud) == 1
    nieuw = (ROOT / mutatie.bestand).read_text().replace(mutatie.oud, mutatie.nieuw)
    assert mutatie.oud != mutatie.nieuw
    ast.parse(nieuw)
    for test in mutatie.tests:
        bestand, _, naam = test.partition("::")
        assert f"def {naam}(" in (ROOT / bestand).read_text(), test


def test_dertig_plekken_en_elke_plek_een_keer():
    assert len(MUTATIES) >= 30
    assert len({mutatie.wat for mutatie in MUTATIES}) == len(MUTATIES)
    assert all(mutatie.tests for mutatie in MUTATIES)


def test_een_fout_wordt_gevangen_en_wat_niets_verandert_niet():
    echt = next(mutatie for mutatie in MUTATIES if mutatie.wat == "een mening is genoeg")
    with kopie() as huis:
        assert is_gevangen(huis, echt)[0]
        assert not is_gevangen(huis, replace(echt, nieuw=f"{echt.oud}  # the same"))[0]
        assert (huis / echt.bestand).read_text() == (ROOT / echt.bestand).read_text()
