"""The content: every day and lesson of the plan is there, every point of the profile is taught, every lesson says
something.
"""

import json
import re

import pytest
from django.conf import settings

from cursus.inhoud import html
from cursus.models import CursusPagina, DagPagina, LesPagina, NieuwsPagina
from cursus.models.profielcodes import NAMEN, codes, namen
from selectie.models import Profieltekst

PLAN = {
    "EK1": [
        ("De kring en jouw rol", ["N01 N02 N03 N04 N05 N06 O01 O02", "T01 T02 T03 T04 T05 T06 T07 T08 T09 T10 T11",
        "O03 O07 V07c", "V03 V05 V07b", "T01 T03"]),
        ("Voorbereiden", ["T01 T03 O04 V01", "T04 T05", "T02 K01 K02 O01 O06 V04 V06", "T07 T08", "T06 V02 O05 V09"]),
        ("De bijeenkomst en jij", ["T09 V08", "T09 V07a V07c", "T10 T11 V04 P01 P02 P03 P04 P05", "alle"]),
    ],
    "EK2": [
        ("Terugkijken en herstel", ["alle T V", "T04 T05", "T01 T02 V06", "T07 T08"]),
        ("Herstel oefenen", ["V03 V05", "T09 V08", "T09", "T10"]),
        ("Groep, wijk, buurt en jouw keuze", ["T01 T03", "V02 V08 V09", "T05 T09 V07", "O07"]),
    ],
}  # fmt: skip
PROFIEL = [code for code in NAMEN if code[0] in "TOPV" and len(code) == 3]
NIET = [
    "sollicitant",
    "cursist",
    "student",
    "leerling",
    "examen",
    "geslaagd",
    "gezakt",
    "afgewezen",
    "onvoldoende",
    "assessment",
    "portfolio",
    "beoordeling",
    "diploma",
    "licentie",
    "cliënt",
    "casus",
]


def lessen(soort):
    return LesPagina.objects.descendant_of(CursusPagina.objects.get(soort=soort)).order_by("path")


def woorden(blok):
    return len(re.sub(r"<[^>]+>", " ", str(blok)).split())


@pytest.mark.parametrize("soort", ["EK1", "EK2"])
def test_dagen_en_lessen_volgens_het_plan(db, soort):
    cursus = CursusPagina.objects.get(soort=soort)
    for nr, (titel, verwacht) in enumerate(PLAN[soort], 1):
        dag = DagPagina.objects.child_of(cursus).get(nr=nr)
        assert dag.title == titel
        gevonden = list(LesPagina.objects.child_of(dag).order_by("path").values_list("profielcodes", flat=True))
        verwacht = [
            {"alle": " ".join(PROFIEL), "alle T V": " ".join(c for c in PROFIEL if c[0] in "TV")}.get(v, v)
            for v in verwacht
        ]
        assert [sorted(codes(c)) for c in gevonden] == [sorted(codes(c)) for c in verwacht]


def test_thuisopdrachten_sluiten_dag_1_en_2_van_ek1(db):
    thuis = list(lessen("EK1").filter(thuis=True).values_list("title", flat=True))
    assert thuis == ["Teken je eigen kring", "Schrijf een uitnodiging"]


def test_elke_profielcode_komt_in_een_gewone_les(db):
    """Apart from the lessons that name the whole profile, each T, O, P and V code has a lesson of its own."""
    gedekt = set()
    for les in LesPagina.objects.all():
        if len(codes(les.profielcodes)) < 12:
            gedekt |= {code[:3] for code in codes(les.profielcodes)}
    assert gedekt >= {code for code in PROFIEL if code not in gedekt} | set(PROFIEL)


def test_de_codes_zijn_die_van_het_profiel(db):
    profiel = {item.code for item in Profieltekst.objects.all()} | {
        o["code"] for item in Profieltekst.objects.all() for o in item.onderdelen
    }
    assert set(NAMEN) == profiel


@pytest.mark.parametrize("soort", ["EK1", "EK2"])
def test_elke_les_heeft_tekst_en_een_opdracht(db, soort):
    for les in lessen(soort):
        soorten = [blok.block_type for blok in les.inhoud]
        assert soorten.count("opdracht") == 1, les
        assert sum(woorden(blok) for blok in les.inhoud) >= 140, (les, sum(woorden(blok) for blok in les.inhoud))
        assert 7 <= les.tijd.samen <= 40
        assert les.inleiding


def test_woorden_die_we_niet_gebruiken(db):
    for pagina in [*LesPagina.objects.all(), *NieuwsPagina.objects.all()]:
        tekst = f"{pagina.title} {pagina.inleiding} {pagina.inhoud}".lower()
        assert [woord for woord in NIET if re.search(rf"\b{woord}", tekst)] == [], pagina


def test_elk_profielpunt_heeft_een_uitleg():
    items = json.loads((settings.BASE_DIR / "fixtures" / "profiel.json").read_text(encoding="utf-8"))
    assert len(items) == 40
    for item in items:
        zinnen = re.findall(r"[.?!](?:\s|$)", item["uitleg"])
        assert 1 <= len(zinnen) <= 4, item["code"]


def test_html_maakt_alinea_s_lijsten_en_vet():
    assert (
        html(["Een **woord**.", "- a", "- b", "Slot."])
        == "<p>Een <b>woord</b>.</p><ul><li>a</li><li>b</li></ul><p>Slot.</p>"
    )


def test_namen_zegt_een_hele_groep_in_een_woord():
    assert namen("T01 V07b") == ["wie erbij kan zijn", "vragen en niet sturen"]
    assert namen(" ".join(PROFIEL)) == ["alle taken", "alle overtuigingen", "alles wat praktisch is", "alle vermogens"]


MOEILIJK = re.compile(
    r"\b(regie|mandaat|volwaardig\w*|vasthoudend|mantelzorger|bemiddelaar|exemplaar)\b", re.IGNORECASE
)


def test_een_les_zegt_je_gebruikt_gewone_woorden_en_haalt_niemand_aan():
    """No "u" in a sample question, no words above B1 that nothing explains, no quote of somebody who is not there."""
    for naam in ("ek1", "ek2"):
        bron = (settings.BASE_DIR / "fixtures" / "cursus" / f"{naam}.json").read_text(encoding="utf-8")
        assert not re.search(r"\b[Uu]w?\b", bron), naam
        assert not MOEILIJK.search(bron), MOEILIJK.search(bron)
        assert '"citaat"' not in bron
    for woord, uitleg in {"intervisie": "samen leren", "honorarium": "betaald", "draaiboek": "wie doet wat"}.items():
        stukken = [zin for naam in ("ek1", "ek2") for zin in _zinnen(naam) if woord in zin]
        assert uitleg in stukken[0], woord


def _zinnen(naam):
    """The texts of a course, in the order in which they are read."""
    bron = (settings.BASE_DIR / "fixtures" / "cursus" / f"{naam}.json").read_text(encoding="utf-8")
    return re.findall(r'"((?:[^"\\]|\\.)*)"', bron)
