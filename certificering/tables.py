"""The lists of this app."""

import django_tables2 as tables
from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join

from certificering.models import Registratie, Registratiestand
from lms.kern.datums import datum
from lms.kern.tabellen import Tabel
from lms.kern.templatetags.ekc import pill


def _regels(woorden):
    return format_html_join("", "<span class='regel'>{}</span>", ((woord,) for woord in woorden)) or "–"


def _kort(dag):
    """A date near now without its year."""
    dichtbij = abs((dag - timezone.localdate()).days) < 180
    return formats.date_format(dag, "j F") if dichtbij else datum(dag)


def beschikbaar_pill(registratie, stand):
    """Word, sign and colour for when somebody can begin."""
    if stand == Registratiestand.Stand.SLAPEND:
        return pill("", "Slapend")
    if registratie.is_nu_beschikbaar:
        return pill("done", "Nu")
    if registratie.beschikbaar == Registratie.Beschikbaar.VANAF:
        return pill("wait", f"Vanaf {_kort(registratie.beschikbaar_vanaf)}")
    return pill("plain", "Even niet")


class RegisterTabel(Tabel):
    caption = "Coördinatoren die passen bij je zoekvraag"
    naam = tables.Column("Naam", accessor="traject__kandidaat", order_by=("traject__kandidaat__zoek", "pk"))
    regios = tables.Column("Regio", empty_values=(), orderable=False)
    talen = tables.Column("Talen", empty_values=(), orderable=False)
    scopes = tables.Column("Soort conferentie", empty_values=(), orderable=False)
    beschikbaar = tables.Column("Beschikbaar", empty_values=(), orderable=False)
    laatste = tables.Column("Laatste conferentie", empty_values=())
    actie = tables.Column("", empty_values=(), orderable=False)

    class Meta(Tabel.Meta):
        pass

    def render_naam(self, record):
        mens = record.traject.kandidaat
        return format_html(
            '<a class="name" href="{}">{}</a><br><span class="soft small">{}</span>',
            reverse("regio_registratie", args=[record.pk]), mens.naam, mens.woonplaats,
        )  # fmt: skip

    def render_regios(self, record):
        return _regels([rij.regio.naam for rij in record.regios_nu])

    def render_talen(self, record):
        return ", ".join(kennis.taal.naam for kennis in record.traject.kandidaat.talen_nu) or "–"

    def render_scopes(self, record):
        return _regels([scope.get_soort_display().capitalize() for scope in record.scopes_nu])

    def render_beschikbaar(self, record):
        return beschikbaar_pill(record, record.stand_nu)

    def render_laatste(self, record):
        wanneer = datum(record.laatste) if record.laatste else ("van vóór het systeem" if record.aantal else "nog geen")
        return format_html('{}<br><span class="soft small">{} in totaal</span>', wanneer, record.aantal)

    def order_laatste(self, queryset, is_descending):
        volgorde = F("laatste").desc(nulls_last=True) if is_descending else F("laatste").asc(nulls_first=True)
        return queryset.order_by(volgorde, "traject__kandidaat__zoek", "pk"), True

    def render_actie(self, record):
        if not record.eigen or record.stand_nu != Registratiestand.Stand.GEREGISTREERD:
            return ""
        adres = reverse("regio_conferentie_vragen", args=[record.traject_id])
        return format_html(
            '<a class="btn second sm nowrap" href="{}">Vraag {}</a>', adres, record.traject.kandidaat.voornaam
        )


STATEN = {"telt mee": "done", "telt niet mee": "plain", "vastgelegd": "now", "in voorbereiding": "wait"}


class ConferentieTabel(Tabel):
    """Conferences a regiomanager or the bureau follows. Needs `open_evaluatie` annotated."""

    caption = "Conferenties"
    referentie = tables.Column("Aanvraagnummer", order_by=("referentie", "pk"))
    coordinator = tables.Column(
        "Coördinator", accessor="traject__kandidaat", order_by=("traject__kandidaat__zoek", "pk")
    )
    regio = tables.Column("Regio", accessor="regio__naam", order_by=("regio__naam", "pk"))
    datum = tables.Column("Datum", accessor="ingeschakeld_op", order_by=("ingeschakeld_op", "pk"))
    staat = tables.Column("Stand", orderable=False)
    actie = tables.Column("", empty_values=(), orderable=False)

    class Meta(Tabel.Meta):
        pass

    def render_referentie(self, record):
        return format_html(
            '<a class="name" href="{}">{}</a>', reverse("regio_conferentie", args=[record.pk]), record.referentie
        )

    def render_datum(self, record):
        if record.gehouden_op:
            return f"gehouden op {datum(record.gehouden_op)}"
        return f"gevraagd op {datum(record.ingeschakeld_op)}"

    def render_staat(self, record):
        if record.open_evaluatie:
            return pill("now", "Evaluatie open")
        return pill(STATEN[record.staat], record.staat.capitalize())

    def render_actie(self, record):
        naam, woord = ("regio_evaluatie", "Evaluatie") if record.open_evaluatie else ("regio_conferentie", "Bekijk")
        return format_html('<a class="btn second sm" href="{}">{}</a>', reverse(naam, args=[record.pk]), woord)


def register_koppen():
    return (
        "Naam", "E-mail", "Telefoon", "Woonplaats", "Regio's", "Talen", "Waarvoor", "Stand", "Beschikbaar",
        "Beschikbaar vanaf",
        "Geregistreerd op", "Conferenties die meetellen", "Laatste conferentie",
    )  # fmt: skip


def register_rijen(registraties):
    """The rows of the spreadsheet: exactly what was filtered, without any sensitive field."""
    for rij in registraties.iterator(chunk_size=500):
        mens = rij.traject.kandidaat
        yield (
            mens.naam, mens.email, mens.telefoon, mens.woonplaats, ", ".join(w.regio.naam for w in rij.regios_nu),
            ", ".join(k.taal.naam for k in mens.talen_nu), ", ".join(s.get_soort_display() for s in rij.scopes_nu),
            rij.stand_nu,
            "ja" if rij.is_nu_beschikbaar else rij.get_beschikbaar_display(), rij.beschikbaar_vanaf,
            rij.geregistreerd_op, rij.aantal,
            rij.laatste,
        )  # fmt: skip
