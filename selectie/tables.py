"""The intake list of the bureau."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from lms.kern.datums import datum
from lms.kern.tabellen import Tabel
from lms.kern.templatetags.ekc import pill
from selectie.models import Aanmelding


class AanmeldingTabel(Tabel):
    caption = "Aanmeldingen, het oudste eerst"
    naam = tables.Column("Naam", accessor="traject__kandidaat", order_by=("traject__kandidaat__zoek", "pk"))
    binnen = tables.Column("Binnen", accessor="ingediend_om", order_by=("ingediend_om", "pk"))
    staat = tables.Column("Staat", empty_values=(), orderable=False)
    regio = tables.Column("Regio", accessor="traject__regio__naam", order_by=("traject__regio__naam", "pk"))
    wens = tables.Column("Wil naar", empty_values=(), accessor="gewenste_uitvoering", orderable=False)
    dagen = tables.Column("Termijn", empty_values=(), orderable=False)
    lezen = tables.Column("", empty_values=(), orderable=False)

    class Meta(Tabel.Meta):
        pass

    def render_naam(self, record):
        return format_html(
            '<a class="name" href="{}">{}</a>',
            reverse("bureau_dossier", args=[record.traject_id]),
            record.traject.kandidaat.naam,
        )

    def render_binnen(self, record):
        return datum(record.ingediend_om)

    def render_staat(self, record):
        if not record.traject.is_lopend:
            return pill("plain", record.traject.get_afsluiting_display().capitalize())
        if record.antwoord == Aanmelding.Antwoord.UITNODIGEN:
            return pill("done", "Beantwoord")
        return pill("wait", "Wacht op aanvulling") if record.wacht else pill("now", "Te beantwoorden")

    def render_wens(self, record):
        return record.gewenste_uitvoering.titel if record.gewenste_uitvoering else "–"

    def render_dagen(self, record):
        """The days that are left of the promised term, of whoever is at turn."""
        dag = next(
            (b.uiterlijk_op for b in record.traject.beurten.all() if 1 in b.aanzet.stappen and b.uiterlijk_op), None
        )
        if dag is None:
            return "–"
        over = (dag - timezone.localdate()).days
        if over <= 0:
            return pill("no", "Te laat")
        return "nog 1 dag" if over == 1 else f"nog {over} dagen"

    def render_lezen(self, record):
        adres, naam = reverse("bureau_aanmelding", args=[record.traject_id]), record.traject.kandidaat.naam
        return format_html(
            '<a class="btn second sm" href="{}">Lees brief en cv<span class="vh"> van {}</span></a>', adres, naam
        )
