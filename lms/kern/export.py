"""Lists as a spreadsheet: written row by row, without formulas, every value as it was."""

import datetime as dt
import io
import re

from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Font

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGST = 32_767  # what one cell can hold
ONGELDIG = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _cel(blad, waarde):
    """A value for one cell.

    Text that would become a formula or an error code is marked as text; control characters go.
    """
    if isinstance(waarde, dt.datetime):
        return timezone.localtime(waarde).replace(tzinfo=None) if timezone.is_aware(waarde) else waarde
    if waarde is None or isinstance(waarde, int | float | dt.date):
        return waarde
    tekst = ONGELDIG.sub("", str(waarde))[:LANGST]
    if tekst.startswith("=") or tekst in ERROR_CODES:
        cel = WriteOnlyCell(blad, tekst)
        cel.data_type = "s"
        return cel
    return tekst


def schrijf(bestand, titel, koppen, rijen):
    """Write one sheet to an open binary file. `rijen` may be a generator: one row is in memory at a time."""
    boek = Workbook(write_only=True)
    blad = boek.create_sheet(titel)
    blad.freeze_panes = "A2"
    kop = []
    for naam in koppen:
        cel = WriteOnlyCell(blad, naam)
        cel.font = Font(bold=True)
        kop.append(cel)
    blad.append(kop)
    for rij in rijen:
        blad.append([_cel(blad, waarde) for waarde in rij])
    boek.save(bestand)


def xlsx_antwoord(naam, titel, koppen, rijen):
    """A download of one sheet. `naam`: the file name without extension."""
    bestand = io.BytesIO()  # the packed file is small; its sheet was written to disk row by row
    schrijf(bestand, titel, koppen, rijen)
    bestand.seek(0)
    return FileResponse(bestand, as_attachment=True, filename=f"{naam}.xlsx", content_type=MIME)
