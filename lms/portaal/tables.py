"""The lists under the roof."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from lms.kern.models import Rol
from lms.kern.stappen import STAPPEN
from lms.kern.tabellen import Tabel
from lms.kern.templatetags.ekc import dagen_geleden, datum, pill
from lms.portaal.werk import in_gesprek, woord_voor_einde, zonder_kanten

AAN_ZET = {
    Rol.KANDIDAAT: ("now", "kandidaat"),
    Rol.TRAINER: ("wait", "trainers"),
    Rol.REGIOMANAGER: ("wait", "regiomanager"),
    Rol.BUREAU: ("wait", "bureau"),
}


class KandidaatTabel(Tabel):
    caption = "Kandidaten en coördinatoren"
    naam = tables.Column("Naam", accessor="kandidaat", order_by=("kandidaat__zoek", "pk"))
    stap = tables.Column("Stap", order_by=("stap", "pk"))
    aan_zet = tables.Column("Aan zet", empty_values=(), orderable=False)
    regio = tables.Column("Regio", accessor="regio__naam", order_by=("regio__naam", "pk"))
    sinds = tables.Column("Wacht", empty_values=(), orderable=False)

    class Meta(Tabel.Meta):
        pass

    def __init__(self, *args, deur, rol, **kwargs):
        self.deur, self.rol = deur, rol
        super().__init__(*args, **kwargs)

    def render_naam(self, record):
        return format_html('<a class="name" href="{}">{}</a>', reverse(f"{self.deur}_dossier", args=[record.pk]), record.kandidaat.naam)

    def render_stap(self, record):
        if record.stap > len(STAPPEN):
            return "Acht stappen klaar"
        return f"{record.stap}. {STAPPEN[record.stap - 1].titel}"

    def _open(self, record):
        vandaag = timezone.localdate()
        return [b for b in record.beurten.all() if not b.vanaf or b.vanaf <= vandaag]

    def render_aan_zet(self, record):
        if not record.is_lopend:
            return pill("plain", f"{woord_voor_einde(record, self.rol)} · {datum(record.afgesloten_op)}".capitalize())
        if zonder_kanten(record, self.rol):
            return pill("wait", "Gesprek") if in_gesprek(self._open(record)) else "–"
        rollen = {b.rol for b in self._open(record)}
        soort, woord = next((AAN_ZET[rol] for rol in AAN_ZET if rol in rollen), ("plain", "niemand"))
        return pill(soort, woord.capitalize())

    def render_sinds(self, record):
        oudste = min((b.sinds for b in self._open(record)), default=None)
        if oudste is None or not record.is_lopend:
            return "–"
        dagen = dagen_geleden(oudste)
        return "sinds vandaag" if dagen == 0 else f"{dagen} {'dag' if dagen == 1 else 'dagen'}"
