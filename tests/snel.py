"""`make quick`: the tests of what changed since main or is not committed yet, the nearest first, until the minute is
over.

A test file is near a module when it is in the module's app and named after it, or imports it, or names what the
module defines. What is not near enough or does not fit in the minute is left to `make test`, and is said.
"""

import ast
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDEN, HOOGSTENS = 35, 8


def veranderd():
    """Paths that differ from where this branch left main, or are not committed."""
    basis = _git("merge-base", "HEAD", "main") or ["HEAD"]
    paden = _git("diff", "--name-only", basis[0]) + _git("ls-files", "--others", "--exclude-standard")
    return sorted({pad for pad in paden if (ROOT / pad).exists()})


def _git(*opdracht):
    uit = subprocess.run(["git", *opdracht], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return uit.stdout.split("\n")[:-1] if uit.returncode == 0 else []


def _namen(bron):
    """What a module defines for others: its public functions, classes and constants."""
    namen = set()
    for knoop in ast.parse(bron).body:
        if isinstance(knoop, ast.FunctionDef | ast.ClassDef):
            namen.add(knoop.name)
        elif isinstance(knoop, ast.Assign):
            namen |= {doel.id for doel in knoop.targets if isinstance(doel, ast.Name)}
    return {naam for naam in namen if not naam.startswith("_") and len(naam) > 3}


def nabijheid(pad, bron, test, tekst):
    """How near a test file is to a changed file: 0 is not at all."""
    if pad == test:
        return 1000
    stam, eigen_map = Path(pad).stem, Path(test).parent.name in Path(pad).parts[:3]
    punten = 20 * (eigen_map and Path(test).stem == f"test_{stam}")
    if {"templates", "views", "forms"} & {*Path(pad).parts}:
        punten += 15 * (eigen_map and "paginas" in test)
    if not pad.endswith(".py"):
        return punten + 10 * (re.search(rf"\b{re.escape(Path(pad).name)}", tekst) is not None)
    module = pad.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    ouder = module.rpartition(".")[0]
    punten += 10 * (re.search(rf"(from|import) {re.escape(module)}\b", tekst) is not None)
    punten += 10 * (re.search(rf"from {re.escape(ouder)} import [^\n]*\b{stam}\b", tekst) is not None)
    return punten + sum(re.search(rf"\b{naam}\b", tekst) is not None for naam in _namen(bron))


def kiezen(paden, tests):
    """The nearest test files of these changed files, the most wanted first. `tests`: {path: text}."""
    punten = dict.fromkeys(tests, 0)
    for pad in paden:
        bron = (ROOT / pad).read_text(errors="replace") if pad.endswith(".py") else ""
        dichtst = sorted(((nabijheid(pad, bron, test, tekst), test) for test, tekst in tests.items()), reverse=True)
        for waarde, test in dichtst[:3]:
            punten[test] += waarde
    return sorted((test for test in punten if punten[test]), key=lambda test: -punten[test])


class Klok:
    """Stops between two tests when the minute is over."""

    def __init__(self):
        self.einde = time.monotonic() + SECONDEN

    def pytest_runtest_logfinish(self, nodeid):
        if time.monotonic() > self.einde:
            self.sessie.shouldstop = f"de minuut is om na {nodeid}"

    def pytest_sessionstart(self, session):
        self.sessie = session


def main():
    bestanden = [*(ROOT / "tests").rglob("test_*.py")]
    tests = {str(p.relative_to(ROOT)): p.read_text() for p in bestanden if "browser" not in p.parts}
    gekozen = kiezen(veranderd(), tests)
    niet = gekozen[HOOGSTENS:]
    gekozen = [pad for pad in gekozen[:HOOGSTENS] if pad != "tests/test_huis.py"]
    sys.stdout.write("".join(f"  {pad}\n" for pad in [*gekozen, "tests/test_huis.py"]))
    uitkomst = pytest.main(
        ["-m", "not browser and not zwaar", *gekozen, "tests/test_huis.py"], plugins=[klok := Klok()]
    )
    if niet or klok.sessie.shouldstop:
        sys.stdout.write(f"Niet alles past in een minuut (nog {len(niet)} bestanden): `make test` doet de rest.\n")
    gestopt = klok.sessie.shouldstop and not klok.sessie.testsfailed
    return 0 if gestopt else uitkomst


if __name__ == "__main__":
    sys.exit(main())
