"""The base of every list: django-tables2 with our template, safe page numbers and at most three page sizes."""

import django_tables2 as tables
from django.core.paginator import EmptyPage

PER_PAGINA = 25
MAXIMAAL = (25, 50, 100)


class Tabel(tables.Table):
    """A table in templates/onderdelen/tabel.html. `caption` is read out loud; `empty_text` is the page's own business."""

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


def _getal(request, naam, standaard):
    waarde = request.GET.get(naam, "")
    return int(waarde) if waarde.isascii() and waarde.isdecimal() and len(waarde) < 10 else standaard
