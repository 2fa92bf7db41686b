"""Migrations of our own: a name that says what they do, a way back, and never data moved and thrown away in one go."""

import re

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

EIGEN = ("kern", "cursus", "selectie", "certificering")
WEG = (migrations.RemoveField, migrations.DeleteModel)
DATA = (migrations.RunPython, migrations.RunSQL)
MIGRATIES = sorted(
    (sleutel, migratie)
    for sleutel, migratie in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
    if sleutel[0] in EIGEN
)


def bezwaren(naam, operaties):
    """What is wrong with a migration of this name and these operations, as codes."""
    gevonden = []
    if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]{3,}", naam) or re.search(r"_auto_|_alter_|_remove_|_and_more", naam):
        gevonden.append("naam")
    if any(isinstance(operatie, DATA) and not operatie.reversible for operatie in operaties):
        gevonden.append("geen weg terug")
    soorten = {DATA: any(isinstance(o, DATA) for o in operaties), WEG: any(isinstance(o, WEG) for o in operaties)}
    if all(soorten.values()):
        gevonden.append("data en weggooien samen")
    return gevonden


@pytest.mark.parametrize(("sleutel", "migratie"), MIGRATIES, ids=lambda waarde: str(waarde))
def test_elke_migratie_heeft_een_naam_en_een_weg_terug(sleutel, migratie):
    assert bezwaren(sleutel[1], migratie.operations) == []


def test_wat_mis_kan_wordt_gezien():
    heen = migrations.RunPython(lambda apps, schema: None)
    en_terug = migrations.RunPython(lambda apps, schema: None, migrations.RunPython.noop)
    weg = migrations.RemoveField("bestand", "naam")
    assert bezwaren("0009_auto_20261127", []) == ["naam"]
    assert bezwaren("0009_remove_bestand_naam_and_more", [weg]) == ["naam"]
    assert bezwaren("0009_namen", [heen]) == ["geen weg terug"]
    assert bezwaren("0009_namen", [en_terug, weg]) == ["data en weggooien samen"]
    assert bezwaren("0009_namen", [en_terug]) == []


def test_er_zijn_migraties_van_elke_app():
    assert {sleutel[0] for sleutel, _ in MIGRATIES} == set(EIGEN)
