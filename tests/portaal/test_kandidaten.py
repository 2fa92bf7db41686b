"""The Kandidatenlijst: filters against a brute-force answer, and a spreadsheet of exactly what is filtered."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from lms.kern import handelingen
from lms.kern.models import Traject


def als(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def namen(antwoord):
    return [record.kandidaat.naam for record in antwoord.context["tabel"].page.object_list.data]


@pytest.fixture
def mensen(w):
    """People at several steps, one stopped, one in another region; names with letters that fold."""
    alle = [w.traject(tot) for tot in (0, 2, 3, 5, 6, 6)] + [w.traject(5, regio=w.zuid)]
    for traject, achternaam in zip(alle, ("Öz", "Bakker", "Wiśniewska", "Çelik", "de Boer", "Bakker", "Bakker"), strict=True):
        persoon = traject.kandidaat
        handelingen.gegevens_wijzigen(persoon, door=persoon, voornaam=persoon.voornaam, achternaam=achternaam)
    handelingen.traject_stoppen(alle[1], door=alle[1].kandidaat)
    return alle


VRAGEN = [
    ("", lambda t: t.is_lopend), ("naam=bakker", lambda t: t.is_lopend and "Bakker" in t.kandidaat.naam),
    ("naam=oz", lambda t: t.kandidaat.achternaam == "Öz"), ("naam=WISNIEWSKA", lambda t: t.kandidaat.achternaam == "Wiśniewska"),
    ("stap=7", lambda t: t.is_lopend and t.stap == 7), ("stap=4", lambda t: t.is_lopend and t.stap == 4),
    ("aan_zet=trainer", lambda t: t.is_lopend and t.beurten.filter(rol="trainer").exists()),
    ("aan_zet=kandidaat", lambda t: t.is_lopend and t.beurten.filter(rol="kandidaat").exists()),
    ("gestopt=ja", lambda t: not t.is_lopend), ("stap=7&aan_zet=trainer&naam=bakker", lambda t: t.is_lopend and t.stap == 7 and "Bakker" in t.kandidaat.naam),
    ("naam=xyz", lambda t: False),
]  # fmt: skip


@pytest.mark.parametrize(("vraag", "hoort"), VRAGEN)
def test_filter_geeft_precies_wie_erbij_hoort_en_de_excel_ook(w, mensen, vraag, hoort):
    client = als(w.bureau)
    verwacht = sorted(t.kandidaat.naam for t in Traject.objects.select_related("kandidaat") if hoort(t))
    assert sorted(namen(client.get(f"/bureau/kandidaten/?{vraag}"))) == verwacht
    antwoord = client.get(f"/bureau/kandidaten/xlsx/?{vraag}")
    blad = load_workbook(io.BytesIO(b"".join(antwoord.streaming_content))).active
    kop, *rijen = blad.iter_rows(values_only=True)
    assert kop == ("Naam", "Stap", "Aan zet", "Regio", "Wacht")
    assert sorted(rij[0] for rij in rijen) == verwacht


def test_regio_filter_en_eigen_rijen(w, mensen):
    noord, zuid = (namen(als(g).get("/regio/kandidaten/")) for g in (w.rm, w.rm2))
    assert (len(noord), len(zuid)) == (5, 1)
    assert namen(als(w.bureau).get(f"/bureau/kandidaten/?regio={w.zuid.pk}")) == zuid


@pytest.mark.parametrize(
    "vraag",
    ["stap=99", "stap=x", "regio=99999999", "aan_zet=%00", "page=0", "page=x", "sort=-bestaatniet", "naam=" + "x" * 5000, "stap=7&stap=3"],
)
def test_kapotte_parameters_zijn_geen_fout(w, mensen, vraag):
    assert als(w.bureau).get(f"/bureau/kandidaten/?{vraag}").status_code == 200


def test_volgorde_op_stap(w, mensen):
    stappen = [r.stap for r in als(w.bureau).get("/bureau/kandidaten/?sort=-stap").context["tabel"].page.object_list.data]
    assert stappen == sorted(stappen, reverse=True)
