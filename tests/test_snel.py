"""`make quick` takes the tests that belong to what changed, and the Makefile says what it can do."""

import re
import subprocess

from tests.snel import ROOT, kiezen, nabijheid

TESTS = {
    "tests/kern/test_motor.py": "from lms.kern.handelingen.motor import Geweigerd",
    "tests/cursus/test_plaatsen.py": "from cursus.handelingen import plek_vrijgeven",
    "tests/selectie/test_paginas.py": "klant.get('/verslag/')",
    "tests/portaal/test_bulk.py": "call_command('bulk')",
}


def test_de_test_met_de_naam_van_de_module_gaat_voor():
    assert kiezen(["lms/kern/handelingen/motor.py"], TESTS)[0] == "tests/kern/test_motor.py"


def test_een_veranderde_test_gaat_voor_alles():
    assert kiezen(["cursus/urls.py", "tests/portaal/test_bulk.py"], TESTS)[0] == "tests/portaal/test_bulk.py"


def test_wat_een_test_noemt_telt():
    bron = "def plek_vrijgeven(): pass\ndef _eigen(): pass"
    dichtbij = {test: nabijheid("cursus/handelingen/plekken.py", bron, test, tekst) for test, tekst in TESTS.items()}
    assert [test for test in dichtbij if dichtbij[test]] == ["tests/cursus/test_plaatsen.py"]


def test_bij_een_sjabloon_horen_de_paginas_van_zijn_app():
    assert kiezen(["templates/selectie/verslag.html"], TESTS) == ["tests/selectie/test_paginas.py"]


def test_wat_niets_raakt_kiest_niets():
    assert kiezen(["README.md"], TESTS) == []


def test_make_help_noemt_elk_doel_met_een_regel():
    makefile = (ROOT / "Makefile").read_text()
    doelen = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    uit = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    assert {regel.split()[0] for regel in uit.stdout.splitlines()} == doelen
    assert all(len(regel.split()) > 2 for regel in uit.stdout.splitlines())
