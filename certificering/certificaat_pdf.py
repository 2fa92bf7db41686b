"""The certificate as a tagged PDF (PDF/A-3a and PDF/UA-1), made from its snapshot.

The same snapshot always gives the same bytes.
"""

import datetime as dt
import io
from functools import cache
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils import formats

BRON = Path(__file__).parent / "certificaat.typ"
NORMEN = ["a-3a", "ua-1"]


@cache
def _compiler():
    """One compiler per process: reading the fonts costs more than a page."""
    lettertypen = settings.BASE_DIR / "var" / "lettertypen"
    return typst.Compiler(input=str(BRON), root=str(BRON.parent),
    font_paths=[str(lettertypen)] if lettertypen.is_dir() else [],
                          ignore_system_fonts=True)  # fmt: skip


def qr_adres(adres):
    """The same code as an address for an <img>: an SVG inside the page, without a request."""
    return segno.make(adres, error="m").svg_data_uri(border=0, dark="#2a1b2e")


def qr_svg(adres):
    """A QR code of `adres` as an SVG text, in one path."""
    uit = io.BytesIO()
    segno.make(adres, error="m", micro=False).save(
        uit, kind="svg", border=0, dark="#2a1b2e", xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return uit.getvalue().decode()


def _invoer(gegevens):
    velden = {
        naam: gegevens[naam]
        for naam in ("naam", "functie", "voor", "tekst", "plaats", "uitgever", "nummer", "controle")
    }
    datum = dt.date.fromisoformat(gegevens["datum"])
    return {**velden, "datum": formats.date_format(datum, "j F Y"), "qr": qr_svg(gegevens["controle"])}


def maak_pdf(gegevens):
    """The PDF of one snapshot (Certificaat.gegevens) as bytes.

    Its own date is the date of issue, so the result is reproducible.
    """
    moment = dt.datetime.combine(dt.date.fromisoformat(gegevens["datum"]), dt.time(12), tzinfo=dt.UTC)
    return _compiler().compile(
        sys_inputs=_invoer(gegevens), pdf_standards=NORMEN, timestamp=int(moment.timestamp()), format="pdf"
    )
