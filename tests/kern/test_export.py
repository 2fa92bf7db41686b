"""The spreadsheet writer: no formulas, every value back as it was, no crash on control characters."""

import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from lms.kern.export import schrijf, xlsx_antwoord


def heen_en_terug(*rijen):
    """Write rows and read them back, each cell as (value, kind of cell)."""
    bestand = io.BytesIO()
    schrijf(bestand, "Blad", ("Kop",), rijen)
    blad = load_workbook(bestand, read_only=False).active
    return [[(cel.value, cel.data_type) for cel in rij] for rij in blad.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    "waarde",
    [
        "=dus",
        "=1+1",
        "+31 6 12345678",
        "-5",
        "@SUM(A1)",
        "#N/A",
        "007",
        "1e5",
        "Şükrü Wałęsa ı",
        "twee\nregels",
        "_x0041_ staat er",
        "'",
    ],
)
def test_text_comes_back_unchanged_and_is_no_formula(waarde):
    ((waarde_terug, soort),) = heen_en_terug((waarde,))[0:1][0]
    assert (waarde_terug, soort) == (waarde, "s")


@pytest.mark.parametrize("teken", ["\x00", "\x07", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_control_characters_go_and_the_rest_stays(teken):
    assert heen_en_terug((f"a{teken}b",))[0][0][0] == "ab"


def test_numbers_dates_and_nothing():
    rij = heen_en_terug((5, 2.5, dt.date(2027, 2, 12), None, True))[0]
    datum = rij.pop(2)[0]
    assert [waarde for waarde, _ in rij] == [5, 2.5, None, True]
    assert datum.isoformat() == "2027-02-12T00:00:00"


def test_moment_is_written_in_local_time():
    moment = dt.datetime(2027, 7, 1, 10, 0, tzinfo=dt.UTC)
    assert heen_en_terug((moment,))[0][0][0] == timezone.localtime(moment).replace(tzinfo=None)


def test_very_long_text_is_cut_to_what_a_cell_holds():
    assert len(heen_en_terug(("x" * 40_000,))[0][0][0]) == 32_767


def test_answer_is_a_download():
    antwoord = xlsx_antwoord("register", "Register", ("Naam",), iter([("Elif",)]))
    assert antwoord["Content-Disposition"] == 'attachment; filename="register.xlsx"'
    blad = load_workbook(io.BytesIO(b"".join(antwoord.streaming_content))).active
    assert [[c.value for c in rij] for rij in blad.iter_rows()] == [["Naam"], ["Elif"]]
