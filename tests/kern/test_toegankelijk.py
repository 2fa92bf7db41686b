"""What a screen reader meets, page by page: the heading first, a title of its own, the result of the last act, names
with their context, and a field that says what it is for.
"""

import html
import re
from collections import defaultdict

import pytest
from django.test import Client
from django.urls import reverse

from lms.kern.kop import kop_eerst
from tests.rechten_tabel import ADRESSEN
from tests.rechten_wereld import RechtenWereld

ROLLEN = "akoctTrRbeB"
LESSEN = ()


@pytest.fixture(scope="module")
def paginas(django_db_setup, django_db_blocker):
    """{(address name, role): HTML} of every page of ours that somebody may open."""
    from django.db import transaction  # noqa: PLC0415

    gevonden = {}
    with django_db_blocker.unblock(), transaction.atomic():
        wereld = RechtenWereld()
        for naam, (argumenten, lezen, _) in ADRESSEN.items():
            if naam.startswith("beheer/"):
                continue
            for rol, teken in zip(ROLLEN, lezen, strict=True):
                if teken == "2" and rol in "akctrb":
                    with transaction.atomic():
                        antwoord = wereld.client(rol).get(reverse(naam, args=argumenten(wereld) if argumenten else []))
                        if not antwoord.streaming and antwoord["Content-Type"].startswith("text/html"):
                            gevonden[naam, rol] = antwoord.content.decode()
                        for sluit in getattr(antwoord, "_resource_closers", ()):
                            sluit()  # not close(): that would close the database connection too
                        transaction.set_rollback(True)
        transaction.set_rollback(True)
    return {sleutel: tekst for sleutel, tekst in gevonden.items() if "<title>" in tekst}


def _hoofd(tekst):
    return re.split(r"<main[^>]*>", tekst, maxsplit=1)[1].split("</main>")[0]


def _woorden(stuk):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", stuk))).strip()


def test_de_kop_komt_eerst(paginas):
    assert len(paginas) > 60
    ervoor = {
        sleutel: _woorden(_hoofd(tekst).split("<h1", 1)[0])
        for sleutel, tekst in paginas.items()
        if "<h1" in _hoofd(tekst)
    }
    fout = {sleutel: woorden for sleutel, woorden in ervoor.items() if woorden and sleutel[0] not in LESSEN}
    assert not fout, "\n".join(f"{sleutel}: {woorden}" for sleutel, woorden in fout.items())
    assert [sleutel for sleutel, tekst in paginas.items() if _hoofd(tekst).count("<h1") != 1] == []


def test_elke_titel_hoort_bij_een_pagina(paginas):
    soorten = defaultdict(set)
    for (naam, rol), tekst in paginas.items():
        soorten[rol, _woorden(re.search(r"<title>(.*?)</title>", tekst, re.DOTALL).group(1))].add(naam)
    dubbel = {titel: namen for titel, namen in soorten.items() if len(namen) > 1}
    assert not dubbel, "\n".join(f"{titel}: {namen}" for titel, namen in dubbel.items())
    assert all(not titel.startswith("–") for _, titel in soorten)


def test_persoonlijke_velden_zeggen_wat_ze_zijn(paginas):
    """What a browser may fill in by itself says so, or says that it is about somebody else."""
    for sleutel, tekst in paginas.items():
        for veld in re.findall(r"<input[^>]*>", _hoofd(tekst)):
            naam = (re.search(r'name="([^"]+)"', veld) or [None, ""])[1]
            if naam in ("telefoon", "email", "nieuw_adres") and 'type="hidden"' not in veld:
                assert "autocomplete=" in veld, (sleutel, veld)


def test_elke_radio_hoort_bij_een_groep_met_een_naam(paginas):
    for sleutel, tekst in paginas.items():
        hoofd = _hoofd(tekst)
        for m in re.finditer(r'<input[^>]*type="radio"[^>]*>', hoofd):
            voor = hoofd[: m.start()]
            in_groep = voor.rfind("<fieldset") > voor.rfind("</fieldset") or 'role="group"' in voor
            assert in_groep, (sleutel, m.group())


def test_geen_twee_dingen_heten_hetzelfde_op_een_pagina(paginas):
    """A button or link that is there more often with the same words does the same, or names what it is about."""
    dubbel = {}
    for sleutel, tekst in paginas.items():
        namen = defaultdict(set)
        for m in re.finditer(r"<summary[^>]*>(.*?)</summary>", _hoofd(tekst), re.DOTALL):
            namen[_woorden(m.group(1))].add(m.start())
        for m in re.finditer(r"<button([^>]*)>(.*?)</button>", _hoofd(tekst), re.DOTALL):
            label = re.search(r'aria-label="([^"]*)"', m.group(1))
            if "aria-hidden" not in m.group(1):
                namen[label.group(1) if label else _woorden(m.group(2))].add(m.start())
        meer = {naam for naam, plekken in namen.items() if len(plekken) > 1 and naam}
        if meer:
            dubbel[sleutel] = meer
    assert not dubbel, "\n".join(f"{sleutel}: {namen}" for sleutel, namen in dubbel.items())


def test_na_een_daad_zegt_de_titel_wat_er_gebeurde(w):
    client = Client()
    client.force_login(w.t1)
    tekst = client.post("/uitloggen/", follow=True).content.decode()
    titel = re.search(r"<title>(.*?)</title>", tekst, re.DOTALL).group(1)
    assert titel.strip().startswith("Je bent uitgelogd")
    hoofd = _hoofd(tekst)
    assert hoofd.count("data-melding") == 1
    assert hoofd.index("</h1>") < hoofd.index("data-melding")
    melding = re.search(r"<p[^>]*data-melding[^>]*>", hoofd).group()
    assert 'tabindex="-1"' in melding
    assert "role=" not in melding  # it gets the focus: a live region would say it twice


@pytest.mark.parametrize(
    ("stuk", "wordt"),
    [
        ("<h1>A</h1><p>x</p>", "<h1>A</h1>M<p>x</p>"),
        ('<p class="crumbs">t</p><h1>A</h1>', '<h1>A</h1><p class="eerst crumbs">t</p>M'),
        (
            '<p class="crumbs no-print">t</p>\n<div class="page-head"><p class="eyebrow">e</p><h1 class="x">A</h1></div>',  # noqa: E501
            '<div class="page-head"><h1 class="x">A</h1><p class="eerst crumbs no-print">t</p>\n<p class="eerst eyebrow">e</p>M</div>',  # noqa: E501
        ),
        ("<p>zonder kop</p>", "M<p>zonder kop</p>"),
    ],
)
def test_wat_boven_de_kop_staat_komt_erna_in_de_tekst(stuk, wordt):
    assert kop_eerst(stuk, "M") == wordt
