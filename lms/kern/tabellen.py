"""The base of every list: django-tables2 with our template, safe page numbers and at most three page sizes."""

import inspect

import django_tables2 as tables
from django.core.paginator import EmptyPage
from django.utils.html import format_html, format_html_join

PER_PAGINA = 25
MAXIMAAL = (25, 50, 100)


class Tabel(tables.Table):
    """A table in templates/onderdelen/tabel.html.

    `caption` is read out loud; `empty_text` is the page's own business.
    """

    caption = ""

    class Meta:
        template_name = "onderdelen/tabel.html"

    def inrichten(self, request):
        """Sort and page along the address; odd values give the first or the last page. Returns the table."""
        self.request = request
        volgorde = [s for s in request.GET.getlist(self.prefixed_order_by_field) if s.isascii()]
        if volgorde:
            self.order_by = volgorde
        per_pagina = _getal(request, "per_page", PER_PAGINA)
        self.paginate(per_page=per_pagina if per_pagina in MAXIMAAL else PER_PAGINA)
        try:
            self.page = self.paginator.page(_getal(request, "page", 1))
        except EmptyPage:
            self.page = self.paginator.page(self.paginator.num_pages)
        return self

    def _maker(self, kolom):
        """How a cell of this column is made: our own `render_<name>(record)` directly, else the way of
        django-tables2, which looks up its arguments each time.
        """
        eigen = getattr(self, f"render_{kolom.name}", None)
        if eigen and list(inspect.signature(eigen).parameters) == ["record"]:
            return lambda rij: eigen(rij.record)
        return lambda rij: rij.get_cell(kolom.name)

    def rijen(self):
        """The rows of this page as HTML: a cell carries its header for the phone; first and last cell stand alone."""
        kolommen = [(str(kolom.header), self._maker(kolom)) for kolom in self.columns]
        los = (0, len(kolommen) - 1)
        vormen = [
            '<td data-l="{}">{}</td>' if nr in los else '<td data-l="{}"><div>{}</div></td>'
            for nr in range(len(kolommen))
        ]
        rijen = (
            (
                format_html_join(
                    "",
                    "{}",
                    ((format_html(vorm, kop, maak(rij)),) for vorm, (kop, maak) in zip(vormen, kolommen, strict=True)),
                ),
            )
            for rij in self.paginated_rows
        )
        return format_html_join("\n", "<tr>{}</tr>", rijen)


def _getal(request, naam, standaard):
    waarde = request.GET.get(naam, "")
    return int(waarde) if waarde.isascii() and waarde.isdecimal() and len(waarde) < 10 else standaard
