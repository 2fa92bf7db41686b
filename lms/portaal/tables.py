"""The lists under the roof."""

import django_tables2 as tables
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from cursus.models import TRAINING, Deelname
from lms.kern.datums import dagen_geleden, datum
from lms.kern.models import Rol
from lms.kern.pad.afleiding import tikken_van
from lms.kern.pad.stappen import STAPPEN, open_stappen
from lms.kern.tabellen import Tabel
from lms.kern.templatetags.ekc import pill
from lms.portaal.werk import in_gesprek, woord_voor_einde, zonder_kanten

AAN_ZET = {
    Rol.KANDIDAAT: ("now", "kandidaat"),
    Rol.TRAINER: ("wait", "trainers"),
    Rol.REGIOMANAGER: ("wait", "regiomanager"),
    Rol.BUREAU: ("wait", "bureau"),
}


STAPTEKEN = {"klaar": "\u2713", "nu": "\u25cf", "straks": "\u25cb"}


def _opsomming(nummers):
    return f"{', '.join(map(str, nummers[:-1]))} en {nummers[-1]}" if len(nummers) > 1 else "".join(map(str, nummers))


def stappen_in_een_oogopslag(gedaan, nu):
    """Eight signs with their words: done, now, later. `gedaan`, `nu`: numbers of steps."""
    nu = sorted(nr for nr in nu if nr not in gedaan and nr <= len(STAPPEN))
    staten = ["klaar" if s.nr in gedaan else "nu" if s.nr in nu else "straks" for s in STAPPEN]
    klaar = len(gedaan & set(range(1, 9)))
    delen = [f"{klaar} van de 8 stappen klaar"] * bool(klaar) + [f"nu stap {_opsomming(nu)}"] * bool(nu)
    zin = ", ".join(delen) or "nu nog geen stap"
    tekens = format_html_join("", '<i class="{}">{}</i>', ((staat, STAPTEKEN[staat]) for staat in staten))
    return format_html('<span class="stapjes" role="img" aria-label="{}">{}</span>', zin, tekens)


def met_groep(rijen):
    """Annotate `groepnaam`: the last training group, or None."""
    groep = Deelname.objects.filter(traject=OuterRef("pk"), soort__in=TRAINING, afgemeld_om=None).order_by("-pk")
    return rijen.annotate(groepnaam=Subquery(groep.values("uitvoering__titel")[:1]))


class KandidaatTabel(Tabel):
    caption = "Kandidaten en coördinatoren"
    naam = tables.Column("Naam", accessor="kandidaat", order_by=("kandidaat__zoek", "pk"))
    stap = tables.Column("Stap", order_by=("stap", "pk"))
    aan_zet = tables.Column("Aan zet", empty_values=(), orderable=False)
    groep = tables.Column("Groep", empty_values=(), orderable=False)
    regio = tables.Column("Regio", accessor="regio__naam", order_by=("regio__naam", "pk"))
    sinds = tables.Column("Wacht", empty_values=(), order_by=("wacht_sinds", "pk"))

    class Meta(Tabel.Meta):
        pass

    def __init__(self, *args, deur, rol, **kwargs):
        self.deur, self.rol = deur, rol
        super().__init__(*args, **kwargs)

    def waarden(self, rij):
        """The words of one row, for the spreadsheet: what is on screen, without signs."""
        return [getattr(self, f"woord_{kolom.name}")(rij.record) for kolom in self.columns]

    def _gedaan(self, record):
        """The steps that are done; of all rows on this page in one query.

        A regiomanager reads of steps 1–7 only which one it is.
        """
        if zonder_kanten(record, self.rol) or record.stap > len(STAPPEN):
            return set(range(1, record.stap))
        if not hasattr(self, "tikken"):
            self.tikken = tikken_van(r.record.pk for r in self.paginated_rows)
        return self.tikken[record.pk][0]

    def _groepnaam(self, record):
        if hasattr(record, "groepnaam"):
            return record.groepnaam
        if not hasattr(self, "groepen"):
            nodig = [r.record.pk for r in self.paginated_rows]
            rijen = Deelname.objects.filter(traject__in=nodig, soort__in=TRAINING, afgemeld_om=None).order_by("pk")
            self.groepen = dict(rijen.values_list("traject", "uitvoering__titel"))
        return self.groepen.get(record.pk)

    def _open(self, record):
        vandaag = timezone.localdate()
        return [b for b in record.beurten.all() if not b.vanaf or b.vanaf <= vandaag]

    def render_naam(self, record):
        naam, adres = self.woord_naam(record), reverse(f"{self.deur}_dossier", args=[record.pk])
        link = format_html('<a class="name" href="{}">{}</a>', adres, naam)
        if self.deur != "bureau":
            return link
        vinkje = format_html(
            '<input type="checkbox" name="kies" value="{}" form="samen" aria-label="Kies {}">', record.pk, naam
        )
        return format_html('<span class="kies">{}{}</span>', vinkje, link)

    def woord_naam(self, record):
        return record.kandidaat.naam

    def render_stap(self, record):
        nu = {record.stap} if zonder_kanten(record, self.rol) else set(open_stappen(record.stap))
        tekens = stappen_in_een_oogopslag(self._gedaan(record), nu if record.is_lopend else set())
        return format_html('{}<span class="regel">{}</span>', tekens, self.woord_stap(record))

    def woord_stap(self, record):
        if record.stap > len(STAPPEN):
            return "Acht stappen klaar"
        return f"{record.stap}. {STAPPEN[record.stap - 1].titel}"

    def render_aan_zet(self, record):
        return pill(*self._aan_zet(record))

    def woord_aan_zet(self, record):
        return self._aan_zet(record)[1]

    def _aan_zet(self, record):
        """(kind of pill, word): who is at turn, or how it ended."""
        if not record.is_lopend:
            return "plain", f"{woord_voor_einde(record, self.rol)} · {datum(record.afgesloten_op)}".capitalize()
        if zonder_kanten(record, self.rol):
            return ("wait", "Gesprek") if in_gesprek(self._open(record)) else ("", "–")
        rollen = {b.rol for b in self._open(record)}
        soort, woord = next((AAN_ZET[rol] for rol in AAN_ZET if rol in rollen), ("plain", "niemand"))
        return soort, "Coördinator" if woord == "kandidaat" and record.stap > len(STAPPEN) else woord.capitalize()

    def render_groep(self, record):
        return self.woord_groep(record)

    def woord_groep(self, record):
        return self._groepnaam(record) or "–"

    def woord_regio(self, record):
        return record.regio.naam

    def render_sinds(self, record):
        return self.woord_sinds(record)

    def woord_sinds(self, record):
        if not record.is_lopend:
            return "–"
        oudste = (
            record.stap_sinds
            if zonder_kanten(record, self.rol)
            else min((b.sinds for b in self._open(record)), default=None)
        )
        if oudste is None:
            return "–"
        dagen = dagen_geleden(oudste)
        return "sinds vandaag" if dagen == 0 else f"{dagen} {'dag' if dagen == 1 else 'dagen'}"
