"""The house keeps its own rules: every word has its place, every template its manners, every field its class."""

import ast
import inspect
import os
import re
import secrets
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from wagtail.models import Page

import lms.portaal.handelingen  # noqa: F401 - registers its act
import selectie.handelingen  # noqa: F401 - registers its acts
from lms.kern.checks import voorwaarde_fouten
from lms.kern.handelingen import CONCEPTEN, HANDELINGEN
from lms.kern.instellingen import STANDAARD, nieuwe_dag
from lms.kern.models import Gebruiker, Traject
from lms.kern.pad.afleiding import afleiden, bijwerken
from lms.kern.pad.beurten import BEURTEN, PER_CODE
from lms.kern.pad.stappen import STAPPEN
from lms.kern.pad.voorwaarden import er_is, geen
from lms.portaal import privacy, tijdlijn
from lms.portaal.context import MENU
from selectie.models import Aanmeldbrief, Uitzoeknotitie, Verslag

ROOT = Path(__file__).resolve().parent.parent
SJABLONEN = [
    p for p in (ROOT / "templates").rglob("*") if p.suffix in (".html", ".txt") and "wagtailadmin" not in p.parts
]
EIGEN = ("kern", "cursus", "selectie", "certificering")


# --- turns, acts and words --------------------------------------------------------------------------------------------


def test_elke_beurt_heeft_een_pagina_woorden_en_een_termijn():
    """All of it stands in its row, and nowhere else."""
    namen = {naam for naam in get_resolver().reverse_dict if isinstance(naam, str)}
    for beurt in BEURTEN:
        assert set(beurt.paginas) == set(beurt.rollen), beurt.code
        assert {pagina.naam for pagina in beurt.paginas.values()} <= namen, beurt.code
        assert all(pagina.met != "feit" or beurt.feit for pagina in beurt.paginas.values()), beurt.code
        assert bool(beurt.kaart) == ("kandidaat" in beurt.rollen), beurt.code
        assert bool(beurt.knop) == bool(set(beurt.rollen) - {"kandidaat"} and not beurt.presentie), beurt.code
        assert bool(beurt.termijn) != bool(beurt.geen_termijn), beurt.code
        assert not beurt.termijn or beurt.termijn in STANDAARD, beurt.code


def test_een_beurt_met_een_termijn_heeft_iemand_die_het_hoort():
    """A named person, the candidate, the people that its row names, or a role of which all are mailed."""
    for beurt in BEURTEN:
        if beurt.termijn and not beurt.persoon and "trainer" in beurt.rollen:
            assert beurt.wie, beurt.code


def test_de_betekenis_van_een_beurt_staat_niet_in_de_spelling_van_zijn_code():
    raar = re.compile(r"\.code\.(starts|ends)with|code__(starts|ends)with|\" in \w+\.code\b")
    assert [
        pad.name
        for map_ in ("lms", "certificering", "cursus", "selectie")
        for pad in (ROOT / map_).rglob("*.py")
        if raar.search(pad.read_text())
    ] == []


def test_de_kandidaat_leest_in_stap_7_overal_dezelfde_zin():
    """Until a conversation is asked, nothing tells what the trainers are doing."""
    assert {PER_CODE[code].wacht for code in ("mening_geven", "overleggen")} == {"Je trainers lezen je verslag."}
    stil = {
        "mening_geven",
        "mening_wijzigen",
        "mening_bewaren",
        "trainer_toevoegen",
        "trainer_ontheffen",
        "verslag_openen",
        "besluit_herroepen",
        "inzage",
    }
    assert not stil & set(tijdlijn.VOOR_KANDIDAAT)


def test_de_tijdlijn_noemt_alleen_handelingen_die_bestaan():
    bekend = set(HANDELINGEN) | set(CONCEPTEN) | {"inzage"}
    elders = {
        "agendaplek_afgelasten",
        "agendaplek_afmelden",
        "agendaplek_doorschuiven",
        "agendaplek_geven",
        "agendaplek_plaatsen",
        "agendaplek_vragen",
        "gegevens_wijzigen",
        "talen_zetten",
        "rol_geven",
        "rol_beeindigen",
        "rollen_beeindigen",
        "trainersplek_beeindigen",
        "kalenderadres_maken",
        "kalenderadres_intrekken",
        "les_afronden",
        "locatie_wijzigen",
        "uitvoering_wijzigen",
        "uitvoering_afgelasten",
        "overal_uitloggen",
        "toegang_bevestigen",
        "toegang_intrekken",
        "toegang_voorstellen",
        "belangstelling_bevestigen",
        "belangstelling_stoppen",
        "belangstelling_vragen",
        "belangstelling_wissen",
        "eerste_bureau",
        "groep_beginnen",
        "instelling_wijzigen",
        "locatie_maken",
        "medewerker_maken",
        "namens_beginnen",
        "namens_bewaren",
        "namens_sturen",
        "namens_weggooien",
        "toegang_van_server",
        "uitvoering_maken",
        "training_beantwoorden",  # without a name: no line at all
    }
    assert bekend - elders <= set(tijdlijn.VOOR_TEAM)  # every act on a traject has words for the team
    assert set(tijdlijn.VOOR_KANDIDAAT) <= bekend
    assert set(tijdlijn.VOOR_TEAM) <= bekend
    assert bekend >= tijdlijn.OPENBAAR_VOOR_REGIO


# Acts about the path itself, or of which the traject is the parent of the row that they make.
OVER_HET_PAD = {
    "traject_stoppen", "traject_hervatten", "traject_afronden", "traject_na_planning", "herinnering_sturen",
    "deelname_aanvragen", "deelname_plaatsen", "datumwens_doorgeven", "deelname_besluiten", "uitzoeken_noteren",
    "belnotitie_vastleggen", "lesnotities_bewaren", "opdracht_inleveren", "trainingswens_bewaren",
    "trainingszorg_bewaren", "verslag_bewaren", "scopeverslag_bewaren", "vog_vastleggen", "onafhankelijk_bevestigen",
    "conferentie_vragen",
}  # fmt: skip


def test_een_handeling_gaat_over_de_rij_op_de_pagina():
    eerste = {
        naam: next(iter(inspect.signature(act).parameters))
        for naam, act in (HANDELINGEN | CONCEPTEN).items()
        if not naam.startswith("test_")
    }
    assert {naam for naam, soort in eerste.items() if soort == "traject"} == OVER_HET_PAD


def test_alleen_de_motor_schrijft_het_journaal():
    """What was done and who looked is written in one place; the demo alone puts a line in the past."""
    maakt = re.compile(r"(?<!class )Journaalregel(\.objects\.(\w+_)?create)?\(")
    schrijvers = {
        str(pad.relative_to(ROOT))
        for map_ in ("lms", "certificering", "cursus", "selectie")
        for pad in (ROOT / map_).rglob("*.py")
        if maakt.search(pad.read_text())
    }
    assert schrijvers == {"lms/kern/handelingen/opschrijven.py", "lms/portaal/demo/pad.py"}


def test_wie_iets_mag_wordt_in_de_poort_bepaald():
    """No act looks at the roles of who does it by itself."""
    raar = re.compile(r"raise Geweigerd(?!\()|rollen\(\)\[0\]")
    assert [
        str(pad.relative_to(ROOT))
        for map_ in ("lms", "certificering", "cursus", "selectie")
        for pad in (ROOT / map_).rglob("handelingen/*.py")
        if raar.search(pad.read_text()) and pad.name not in ("poort.py", "weigeren.py", "__init__.py")
    ] == []


def test_elke_instelling_doet_iets():
    """A setting that nothing reads is not on the page of the bureau."""
    bronnen = [
        pad.read_text()
        for map_ in ("lms", "certificering", "cursus", "selectie", "templates")
        for pad in (ROOT / map_).rglob("*.*")
        if pad.suffix in (".py", ".html", ".txt") and pad.name != "instellingen.py"
    ]
    bronnen.append(inspect.getsource(nieuwe_dag))
    gelezen = set(re.findall(r"[\"'](\w+)[\"']", "".join(bronnen)))
    gelezen |= {f"brief_{soort}" for soort in Aanmeldbrief.Soort.values}
    assert set(STANDAARD) - gelezen == set()


def test_elk_bericht_heeft_een_sjabloon_met_een_onderwerp():
    code = "".join(
        p.read_text() for map_ in ("lms", "cursus", "selectie", "certificering") for p in (ROOT / map_).rglob("*.py")
    )
    soorten = set(re.findall(r'bericht_maken\([^,]+, "(\w+)"', code)) | {"wachtlijst", "geplaatst"}
    assert len(soorten) > 12
    for soort in soorten:
        regels = (ROOT / f"templates/berichten/{soort}.txt").read_text().splitlines()
        assert 4 < len(regels[0]) < 90, soort
        assert get_template(f"berichten/{soort}.txt")


def test_het_menu_leidt_ergens_heen():
    for punten in MENU.values():
        assert 0 < len(punten) <= 4
        for _naam, adres in punten:
            assert adres.startswith("/") or reverse(adres)


# --- the step table ---------------------------------------------------------------------------------------------------


def test_de_stappentabel_wordt_nagekeken():
    alle = Traject._base_manager.all()
    assert [f.id for f in voorwaarde_fouten("x", er_is(bestaat_niet__nr=1), alle)] == ["lms.E001"]
    assert [f.id for f in voorwaarde_fouten("x", er_is(aanmelding__antwoord="", deelnames__soort="EK1"), alle)] == [
        "lms.E003"
    ]
    ontkend = geen(aanmelding__antwoord="")
    object.__setattr__(ontkend, "q", ~ontkend.q)
    assert [f.id for f in voorwaarde_fouten("x", ontkend, alle)] == ["lms.E002"]
    assert [s.nr for s in STAPPEN] == list(range(1, 9))


def test_isnull_is_ook_waar_zonder_rij_en_het_woord_vangt_dat(w):
    """The trap behind `volledig`: rel__veld__isnull=True holds where there is no row at all."""
    traject, woord = w.traject(5), er_is(verslagen__meningen__gegeven_om__isnull=True)
    assert Traject.objects.filter(woord.q, pk=traject.pk).exists()
    assert not Traject.objects.filter(woord.volledig(Traject), pk=traject.pk).exists()


def test_een_feit_buiten_een_handeling_om_wordt_gezien(w):
    """Negative control for the comparison after every test."""
    traject = w.traject(4)
    notitie = Uitzoeknotitie.objects.create(traject=traject, door=w.t1)
    assert (Traject.objects.get(pk=traject.pk).stap, afleiden(traject)[0]) == (5, 6)
    with pytest.raises(CommandError):
        call_command("stappen")
    call_command("stappen", "--herstel")
    assert Traject.objects.get(pk=traject.pk).stap == 6
    notitie.delete()
    bijwerken(Traject.objects.get(pk=traject.pk), berichten=False)


# --- templates and words on screen ------------------------------------------------------------------------------------

VERBODEN = re.compile(
    r"sollicit|cursist|leerling|student|examen|\btoets\b|geslaagd|gezakt|afgewezen|onvoldoende|diploma|licentie|bevoegdheid|cliënt|\bcasus\b|behandelplan|"
    r"beoordel|assessment|portfolio|gefaald|kandidaatstelling|Eigen Kracht coördinator",
    re.IGNORECASE,
)
SPELLING = re.compile(r"\bcoordinator|Eigen-Kracht|Eigen Kracht-centrale", re.ASCII)


def _zichtbaar(tekst):
    return re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}|<[^>]+>", " ", tekst, flags=re.DOTALL)


@pytest.mark.parametrize("pad", SJABLONEN, ids=lambda p: str(p.relative_to(ROOT)))
def test_sjabloon_houdt_zich_aan_het_beleid_en_de_woorden(pad):
    tekst = pad.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*src=)", tekst), "inline style or script"
    assert "|safe" not in tekst
    if pad.suffix == ".html":
        assert not [regel for regel in tekst.splitlines() if len(regel) > 120], "longer than 120 characters"
    for fout in (VERBODEN, SPELLING):
        assert not fout.search(_zichtbaar(tekst)), fout.search(_zichtbaar(tekst))


def test_geen_u_en_geen_verboden_woord_in_de_teksten_van_de_opleiding():
    for pad in [*(ROOT / "fixtures").rglob("*.json")]:
        tekst = re.sub(r'"slug": "[^"]*"', "", pad.read_text())
        if pad.name in ("profiel.json", "demo.json"):
            continue  # the wording of the folder; codes of the demo
        for fout in (VERBODEN, SPELLING):
            assert not fout.search(tekst), (pad.name, fout.search(tekst))
        assert not re.search(r"\b(uw|U)\b", tekst), pad.name


# --- privacy ----------------------------------------------------------------------------------------------------------


def persoonlijke_velden(model):
    """Fields that can hold something about a person: free text, files, JSON, and keys to people."""
    for veld in model._meta.concrete_fields:
        vrij = (
            isinstance(veld, models.TextField | models.JSONField | models.FileField)
            or isinstance(veld, models.CharField)
            and not veld.choices
        )
        if vrij or isinstance(veld, models.ForeignKey) and veld.related_model is Gebruiker:
            yield veld.name


def test_elk_persoonlijk_veld_is_een_keer_ingedeeld():
    gevonden = {}
    for app in EIGEN:
        for model in apps.get_app_config(app).get_models():
            if not issubclass(model, Page) and list(persoonlijke_velden(model)):
                gevonden[model._meta.label] = set(persoonlijke_velden(model))
    assert gevonden == {label: set(velden) for label, velden in privacy.VELDEN.items()}
    klassen = {privacy.GEEF_WIS, privacy.GEEF, privacy.TEAM_WIS, privacy.BEWAAR, privacy.GEEN}
    assert {klasse for velden in privacy.VELDEN.values() for klasse in velden.values()} <= klassen


def test_wat_een_trainer_schreef_staat_bij_het_team():
    assert privacy.VELDEN["selectie.Mening"]["reactie"] == privacy.TEAM_WIS
    assert not any(veld.name.startswith(("vog_bestand", "vog_kopie")) for veld in Verslag._meta.fields)


# --- settings and headers ---------------------------------------------------------------------------------------------


def _manage(*opdracht, **omgeving):
    schoon = {k: v for k, v in os.environ.items() if not k.startswith(("LMS_", "DJANGO_", "DATABASE_URL", "PYTEST"))}
    return subprocess.run(
        [sys.executable, "manage.py", *opdracht],
        cwd=ROOT,
        env={**schoon, **omgeving},
        capture_output=True,
        text=True,
        check=False,
    )


def test_de_instellingen_blijven_een_bestand_dat_je_leest():
    assert len((ROOT / "lms/settings.py").read_text().splitlines()) <= 200


# Annotated to the last function. This list only gets longer; a type that is waved away says which, and there are few.
STRENG = {
    "lms.kern.pad.*", "lms.kern.berichten.*",
    "lms.kern.handelingen.motor", "lms.kern.handelingen.poort", "lms.kern.handelingen.weigeren",
    "lms.kern.handelingen.opschrijven", "lms.kern.handelingen.groep",
}  # fmt: skip


# `rij` is the noun of code that is about any row (motor, gate, outbox); elsewhere a row has a name of its own.
RIJ_HOOGSTENS = {"cursus": 108, "selectie": 83, "certificering": 48, "lms": 264}


def test_een_rij_heeft_een_naam():
    """How often `rij` stands in the code: only ever less."""
    for map_, hoogstens in RIJ_HOOGSTENS.items():
        paden = [pad for pad in (ROOT / map_).rglob("*.py") if "migrations" not in pad.parts]
        assert sum(len(re.findall(r"\brij\b", pad.read_text())) for pad in paden) <= hoogstens, map_


# What a view may set something on: its form, field or line, an answer, a page of rows of which it knows the number.
ZETBAAR = {"self", "request", "form", "veld", "regel", "antwoord", "bladen"}


def test_een_scherm_hangt_niets_aan_een_rij():
    """What a page shows beside a row is a field of its own line (a dataclass), never an attribute hung on the row."""
    for map_ in ("lms", "cursus", "selectie", "certificering"):
        for pad in (ROOT / map_).rglob("views/*.py"):
            for knoop in ast.walk(ast.parse(pad.read_text())):
                doelen = knoop.targets if isinstance(knoop, ast.Assign) else []
                los = [deel for doel in doelen for deel in (doel.elts if isinstance(doel, ast.Tuple) else [doel])]
                op = {
                    deel.value.id
                    for deel in los
                    if isinstance(deel, ast.Attribute) and isinstance(deel.value, ast.Name)
                }
                assert op <= ZETBAAR, (pad, op - ZETBAAR)


def test_geen_code_kijkt_of_het_een_test_is():
    """What a test wants otherwise it sets itself: tests/instellingen.py and tests/conftest.py."""
    for map_ in ("lms", "cursus", "selectie", "certificering"):
        for pad in (ROOT / map_).rglob("*.py"):
            assert not re.search("pytest|TESTING", pad.read_text()), pad


def test_wat_streng_getypeerd_is_blijft_dat():
    regels = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["overrides"]
    streng = {module for regel in regels if regel.get("disallow_untyped_defs") for module in regel["module"]}
    assert streng == STRENG
    code = "".join(
        p.read_text() for map_ in ("lms", "cursus", "selectie", "certificering") for p in (ROOT / map_).rglob("*.py")
    )
    assert len(re.findall("type: ignore", code)) == len(re.findall(r"type: ignore\[\w", code)) <= 3


def test_zonder_geheim_start_de_site_niet(tmp_path):
    uit = _manage("check", LMS_VAR=str(tmp_path))
    assert uit.returncode != 0
    assert "LMS_SECRET" in uit.stderr


def test_de_demo_weigert_buiten_de_demo(tmp_path):
    uit = _manage("demo", LMS_VAR=str(tmp_path), LMS_SECRET=secrets.token_urlsafe(50), LMS_HOSTS="opleiding.example")
    assert uit.returncode != 0
    assert "LMS_DEMO=1" in uit.stderr


def test_kopregels_op_een_gewone_en_een_eigen_pagina(client, w):
    gewoon = client.get("/hulp/")
    assert gewoon.status_code == 200
    beleid = gewoon["Content-Security-Policy"]
    assert "unsafe" not in beleid
    assert "default-src 'none'" in beleid
    assert gewoon["X-Content-Type-Options"] == "nosniff"
    assert gewoon["Referrer-Policy"] == "same-origin"
    client.force_login(w.traject(0).kandidaat)
    assert "no-store" in client.get("/mijn/")["Cache-Control"]


def test_een_deur_voor_iedereen(client):
    """Wagtail's and Django's own login pages lead to the one login page, and keep where somebody was going."""
    for pad in ("/beheer/login/?next=/beheer/", "/beheer/django/login/?next=/beheer/django/"):
        antwoord = client.get(pad)
        assert antwoord.status_code == 302
        assert antwoord.url.startswith("/inloggen/?next=/beheer/")
    assert client.get("/beheer/").status_code == 302


def test_inloggen_stuurt_nooit_naar_een_ander_huis(client, w):
    gegevens = {"login": w.t1.email, "password": "demo-eigen-kracht", "next": "https://elders.example/"}
    assert client.post("/inloggen/", gegevens).url == "/start/"


def test_bekend_en_onbekend_adres_krijgen_hetzelfde_antwoord(client, w):
    teksten = []
    for adres in (w.t1.email, "niemand@demo.example"):
        antwoord = client.post("/accounts/login/code/", {"email": adres}, follow=True)
        teksten.append(antwoord.content.decode().replace(adres, "adres"))
        client.cookies.clear()
    kaal = [re.sub(r'value="[^"]+"', "", tekst) for tekst in teksten]
    assert kaal[0] == kaal[1]


# --- README -----------------------------------------------------------------------------------------------------------


def test_wat_een_proces_onthoudt_staat_op_een_plek():
    """Nothing of the database is kept in a variable of a module, other than by lms/kern/onthouden.py."""
    leeg = re.compile(r"^(_?[a-z_]+)(?:: [^=\n]+)? = (?:\{\}|\[\]|set\(\)|dict\(\))$", re.MULTILINE)
    gevonden = {
        f"{pad.relative_to(ROOT)}: {naam}"
        for map_ in ("lms", "cursus", "selectie", "certificering")
        for pad in (ROOT / map_).rglob("*.py")
        for naam in leeg.findall(pad.read_text())
    }
    assert gevonden == {"lms/kern/onthouden.py: _alle"}


def test_de_namen_in_de_readme_bestaan():
    """Every code name of the glossary is a class, every path of the map exists, every decision has its reason."""
    readme = (ROOT / "README.md").read_text()
    code = "".join(
        p.read_text() for map_ in ("lms", "cursus", "selectie", "certificering") for p in (ROOT / map_).rglob("*.py")
    )
    woordenlijst = readme.split("## Glossary")[1].split("## Running")[0]
    namen = set(re.findall(r"`([A-Z]\w+)`", woordenlijst))
    assert len(namen) > 25
    assert [naam for naam in namen if f"class {naam}(" not in code and f"class {naam}:" not in code] == []
    paden = set(re.findall(r"`((?:lms|cursus|selectie|certificering|templates|fixtures|tests)/[\w./]+)`", readme))
    assert [pad for pad in paden if not (ROOT / pad).exists()] == []
    assert all(
        regel.count("|") == 3
        for regel in readme.split("## Decisions")[1].split("Left to later")[0].splitlines()
        if regel.startswith("| ")
    )


def test_elke_aangehaalde_regel_staat_in_de_regels():
    """A docstring cites a paragraph of lms/regels.md that is there, and no other document."""
    regels = (ROOT / "lms/regels.md").read_text()
    paragrafen = set(re.findall(r"^## (\d+)\.", regels, re.M))
    onbekend = []
    for map_ in ("lms", "cursus", "selectie", "certificering", "tests"):
        for pad in (ROOT / map_).rglob("*.py"):
            tekst = pad.read_text()
            onbekend += [(pad.name, nr) for nr in re.findall(r"regels §(\d+)", tekst) if nr not in paragrafen]
            onbekend += [(pad.name, nr) for nr in re.findall(r"invariants? (\d+)", tekst) if not 1 <= int(nr) <= 11]
            onbekend += re.findall(r"\b(?:DOM" r"AIN|ARCHI" r"TECTURE)\b(?! =)", tekst)
    assert onbekend == []


# Declared without an import of ours, and who uses it.
ZONDER_IMPORT = {
    "gunicorn": "serves the site in production",
    "whitenoise": "named in settings",
    "django-csp": "named in settings",
    "psycopg": "the driver of PostgreSQL",
    "redis": "the driver of REDIS_URL",
    "defusedxml": "openpyxl reads with it when it is there",
    "argon2-cffi": "the hasher of passwords",
    "pytest-cov": "make dekking", "coverage": "make dekking", "pytest-xdist": "make test", "pytest-django": "make test",
    "ruff": "make lint", "djangofmt": "make lint", "import-linter": "make lint",
    "mypy": "make lint", "django-stubs": "make lint",
}  # fmt: skip


def test_pyproject_noemt_precies_wat_we_gebruiken():
    """Every imported package is declared and every declared one is imported, or has its reason here."""
    bron = tomllib.loads((ROOT / "pyproject.toml").read_text())
    eisen = [*bron["project"]["dependencies"], *bron["dependency-groups"]["dev"]]
    genoemd = {re.match(r"[\w-]+", eis)[0].lower().replace("_", "-") for eis in eisen}
    van = packages_distributions()
    eigen = {*EIGEN, "lms", "tests", *sys.stdlib_module_names}
    gebruikt = set()
    for map_ in ("lms", "cursus", "selectie", "certificering", "tests"):
        for pad in (ROOT / map_).rglob("*.py"):
            for knoop in ast.walk(ast.parse(pad.read_text())):
                namen = [n.name for n in knoop.names] if isinstance(knoop, ast.Import) else []
                if isinstance(knoop, ast.ImportFrom) and not knoop.level:
                    namen = [knoop.module]
                gebruikt |= {naam.split(".")[0] for naam in namen} - eigen
    pakketten = {van[naam][0].lower().replace("_", "-") for naam in gebruikt}
    assert sorted(pakketten - genoemd) == []
    assert sorted(genoemd - pakketten - set(ZONDER_IMPORT)) == []
