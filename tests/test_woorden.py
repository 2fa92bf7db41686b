"""How the house says things: one and many, nothing that counts what is lacking, sentences that fit the answer."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from lms.kern.datums import tel
from lms.kern.templatetags.ekc import kring
from selectie.views.verslag import GESTUURD

ROOT = Path(__file__).resolve().parent.parent
SJABLONEN = sorted(pad for pad in (ROOT / "templates").rglob("*.*") if pad.suffix in (".html", ".txt"))
CODE = sorted(
    pad
    for map_ in ("lms", "selectie", "cursus", "certificering")
    for pad in (ROOT / map_).rglob("*.py")
    if "migrations" not in pad.parts and "demo" not in pad.parts and "management" not in pad.parts
)
MEER = (
    "dagen|lessen|punten|plekken|mensen|personen|voorbeelden|conferenties|verslagen|weken|maanden|codes|sleutels|"
    "bijeenkomsten|groepen|trainers|aanmeldingen|kandidaten|deelnemers|coördinatoren|vragen|mails|uren|dingen|minuten|"
    "tekens|reacties|berichten|antwoorden|opdrachten|notities|bladen|keren|medewerkers|regio's|talen|wensen|beurten"
)
IN_SJABLOON = re.compile(r"\}\}(?:</b>)? (?:nieuwe )?(?:" + MEER + r")\b")
IN_CODE = re.compile(r"\{[^{}]+\} (?:nieuwe )?(?:" + MEER + r")\b")
# always more than one: a setting or a number of ours that cannot be 1
ALTIJD_MEER = {
    "templates/cursus/les.html": "minuten van een les",
    "templates/selectie/mijn_verslag_deel.html": "punten op een blad",
    "lms/kern/formulieren.py": "TEKST_MAX",
    "lms/kern/wachtwoorden.py": "min_length",
    "lms/kern/codes.py": "zes",
    "lms/portaal/gezond.py": "een stand voor beheer",
    "templates/certificering/bureau_scope.html": "een naam",
}
LEEG_GETELD = re.compile(
    r"geen enkel|ontbreekt nog|ontbreken nog|\b0 mee\b|nog geen enkele|Er ontbreekt", re.IGNORECASE
)


def _zonder(pad):
    return str(pad.relative_to(ROOT)) in ALTIJD_MEER


@pytest.mark.parametrize(
    ("aantal", "wordt"), [(0, "0 dagen"), (1, "1 dag"), (2, "2 dagen"), ("1", "1 dag"), ([1], "1 dag")]
)
def test_een_en_meer(aantal, wordt):
    assert tel(aantal, "dag,dagen") == wordt


@pytest.mark.parametrize("pad", [p for p in SJABLONEN if not _zonder(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_een_getal_voor_een_meervoud_kent_ook_een(pad):
    """A number stands before a plural through `tel`, or with its own sentence for one right before it."""
    tekst = re.sub(r"\s+", " ", pad.read_text())
    los = [
        tekst[max(0, m.start() - 40) : m.end()]
        for m in IN_SJABLOON.finditer(tekst)
        if not re.search(r"== 1|> 1|pluralize", tekst[max(0, m.start() - 160) : m.start()])
        and not re.search(r"van (?:de )?\{\{[^}]*$", tekst[: m.start()])  # "3 van de 16 punten"
    ]
    assert los == []


@pytest.mark.parametrize("pad", [p for p in CODE if not _zonder(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_ook_in_de_code(pad):
    los = [
        regel.strip()
        for regel in pad.read_text().splitlines()
        if IN_CODE.search(regel) and "== 1" not in regel and re.search(r"f[\"']", regel) and "len(dagen)" not in regel
    ]
    assert los == []


@pytest.mark.parametrize("pad", SJABLONEN + CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_niets_telt_wat_er_niet_is(pad):
    tekst = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", pad.read_text(), flags=re.DOTALL)
    if "beheer" in pad.parts or "regels.md" in pad.name:
        return  # what an editor checks before publishing
    assert LEEG_GETELD.findall(tekst) == []


def test_de_kring_telt_geen_nul():
    assert kring([], 1)["tekst"] == "Je bent nu bij stap 1 van de 8."
    assert kring([1], 2)["tekst"] == "1 van de 8 stappen klaar. Je bent nu bij stap 2 van de 8."


@pytest.mark.parametrize("conclusie", ["past", "twijfel", "past_niet"])
def test_na_het_sturen_past_de_zin_bij_het_antwoord(w, conclusie):
    traject = w.traject(5)
    client = Client()
    client.force_login(traject.kandidaat)
    client.post("/mijn/verslag/jouw-antwoord/", {"conclusie": conclusie, "waarom": "Daarom."})
    pagina = client.get("/mijn/verslag/nakijken/").content.decode()
    gezien = re.search(r'name="gezien" value="([^"]*)"', pagina).group(1)
    antwoord = client.post("/mijn/verslag/nakijken/", {"gezien": gezien}, follow=True).content.decode()
    assert f"Je verslag is gestuurd. {GESTUURD[conclusie]}" in antwoord
    assert ("Goed gedaan" in antwoord) == (conclusie == "past")


def test_voor_het_sturen_klaagt_de_pagina_niet(w):
    client = Client()
    client.post("/aanmelden/", {
        "voornaam": "Noor", "achternaam": "Bos", "email": "noor@demo.example", "telefoon": "06 12345678",
        "woonplaats": "Emmen", "regio": w.noord.pk,
    })  # fmt: skip
    kijken = client.get("/aanmelden/nakijken/").content.decode()
    assert "Dit vul je nog in" in kijken
    assert "data-fouten" not in kijken
    sturen = client.post("/aanmelden/nakijken/", {}).content.decode()
    assert "Je bent er bijna" in sturen
    assert "data-fouten" in sturen


# --- public pages
# ------------------------------------------------------------------------------------------------------

MOEILIJK = re.compile(r"\bregie\b|volwaardig|vasthoudend|\bhonorarium\b(?! ?\()", re.IGNORECASE)
VERKLARING = (
    "voldoet gedeeltelijk aan WCAG 2.2", "Deze verklaring is van", "We testen zelf", "Wat nog niet goed is",
    "binnen twee weken", "College voor de Rechten van de Mens",
)  # fmt: skip


def _openbaar():
    paginas = json.loads((ROOT / "fixtures/cursus/paginas.json").read_text())
    yield "home", json.dumps(paginas["home"], ensure_ascii=False)
    for pagina in paginas["paginas"]:
        yield pagina["slug"], json.dumps(pagina, ensure_ascii=False)


def test_moeilijke_woorden_op_openbare_paginas_staan_uitgelegd():
    for slug, tekst in _openbaar():
        uitgelegd = tekst.replace("Dat heet een honorarium.", "")
        assert MOEILIJK.findall(uitgelegd) == [], slug


def test_de_verklaring_over_toegankelijkheid_heeft_alle_delen():
    tekst = dict(_openbaar())["toegankelijkheid"]
    assert [deel for deel in VERKLARING if deel not in tekst] == []
