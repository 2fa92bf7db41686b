"""Erasing on the promised day: papers of a path, and the person when nothing else binds somebody to us.

One act per promise, each in its own transaction: what was stopped halfway is done whole the next time. What goes when
stands in `lms.portaal.privacy`.
"""

import datetime as dt
import json
import logging
import secrets
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection
from django.db.models import Case, JSONField, Q, Value, When
from django.db.models.sql import DeleteQuery, UpdateQuery
from django.utils import timezone

from lms.kern import bestanden
from lms.kern.berichten import bericht_maken
from lms.kern.geheim import versleutelen
from lms.kern.handelingen import Stil, handeling
from lms.kern.handelingen.bewaren import alleen_van_dit_pad, toestemming_beeindigen
from lms.kern.models import (
    Accountmail,
    Agendaregel,
    Bericht,
    Bestand,
    Bewaartermijn,
    Gebruiker,
    Journaalregel,
    Rol,
)
from lms.kern.zoeken import vouw
from lms.portaal.privacy import (
    GEEF_WIS,
    GEWIST,
    NIET_LEEG,
    PAPIEREN,
    TEAM_WIS,
    VAN_DE_PERSOON,
    VELDEN,
    WANNEER_GEWIST,
)

logger = logging.getLogger(__name__)
Soort = Bewaartermijn.Soort
ALLES = (Soort.TRAJECT, Soort.JOURNAAL)
NAAMLOOS = "Naam gewist"
ZONDER_NAAM = {
    "email": None, "voornaam": NAAMLOOS, "tussenvoegsel": "", "achternaam": "", "naam_op_certificaat": "",
    "telefoon": "", "woonplaats": "", "zoek": vouw(NAAMLOOS), "is_active": False, "sessiezout": "", "last_login": None,
    "password": UNUSABLE_PASSWORD_PREFIX,
}  # fmt: skip
LAATSTE_MAIL = "gewist"  # to an address that is kept no longer than it takes to send it
LAATSTE_MAIL_GELDIG = dt.timedelta(days=7)
PLEK = 1_987_654_321  # stands for the number of a traject or person in a compiled statement
NU = dt.datetime(1, 1, 2, tzinfo=dt.UTC)  # stands for the moment in a compiled statement


def _rijen(label, papier, traject, soort, vanaf=None):
    """The rows of this model that go with this promise about the traject with this number."""
    rijen = apps.get_model(label)._base_manager.filter(**{papier.naar: traject})
    if soort in ALLES:
        return rijen
    tot = {f"{papier.tot}__date__lte": vanaf} if papier.tot else {}
    return rijen.filter(**papier.waar, **tot)


def _lege_waarden(label):
    """{field: what stands in it afterwards} of the fields of this model that are erased."""
    model, leeg = apps.get_model(label), {}
    for naam, klasse in VELDEN[label].items():
        if klasse not in (GEEF_WIS, TEAM_WIS):
            continue
        if (label, naam) in NIET_LEEG:
            leeg[naam] = Case(When(**{naam: ""}, then=Value("")), default=Value(GEWIST))
        else:
            leeg[naam] = {} if isinstance(model._meta.get_field(naam), JSONField) else ""
    if label in WANNEER_GEWIST:
        leeg[WANNEER_GEWIST[label]] = NU
    return leeg


def _papieren(soort):
    """[(label, Papier)] of what goes with a promise of this kind; each model once when all of it goes."""
    return [
        (label, papier)
        for label, papieren in PAPIEREN.items()
        for papier in (papieren[:1] if soort in ALLES else papieren)
        if soort in ALLES or papier.soort == soort
    ]


def _als_sql(rijen, leeg=None):
    """The statement that deletes these rows, or empties their fields: (sql, parameters)."""
    vraag = rijen.query.chain(UpdateQuery if leeg else DeleteQuery)
    if leeg:
        vraag.add_update_values(leeg)
    return vraag.get_compiler(connection=connection).as_sql()


@dataclass(frozen=True)
class Opdracht:
    """One compiled statement; with `zoek` it is carried out for each number which that finds.

    PLEK stands for the number. Looked up first, because SQLite reads a whole table for "id in (select …)".
    """

    doe: tuple
    zoek: tuple | None = None


def _opdracht(rijen, leeg=None):
    """How these rows are deleted or emptied: at once along a column of their own, else number by number."""
    if " IN (SELECT" not in _als_sql(rijen, leeg)[0]:
        return Opdracht(_als_sql(rijen, leeg))
    een_voor_een = rijen.model._base_manager.filter(pk=PLEK)
    return Opdracht(_als_sql(een_voor_een, leeg), rijen.order_by().values("pk").query.sql_with_params())


@cache
def _gebakken(soort_database, soort):
    """The statements of a kind of promise, compiled once per process: building them costs more than running them.

    `soort` "mens": those of a person. What looks at a day too is not in it.
    """
    if soort == "mens":
        wat = [
            (apps.get_model(label)._base_manager.filter(**{pad: PLEK}), None) for label, pad in VAN_DE_PERSOON.items()
        ]
        wacht = Bericht.objects.filter(aan=PLEK, verstuurd_om=None, vervallen_om=None)
        wat += [(wacht, {"vervallen_om": NU, "geheim": ""}), (Gebruiker.objects.filter(pk=PLEK), ZONDER_NAAM)]
    else:
        wat = [
            (_rijen(label, papier, PLEK, soort), None if papier.rij_weg else _lege_waarden(label))
            for label, papier in _papieren(soort)
            if label != Bestand._meta.label and (soort in ALLES or not papier.tot)
        ]
    if soort in ALLES:
        wat.append((Bewaartermijn.objects.nu().filter(traject=PLEK), {"gewist_om": NU}))
    opdrachten = [_opdracht(rijen, leeg) for rijen, leeg in wat]
    if soort in (*ALLES, Soort.VERSLAG):  # talks stand in the diaries of the trainers too
        gesprekken = apps.get_model("selectie.Gesprek")._base_manager.filter(verslag__traject=PLEK).values("pk")
        regels = _als_sql(Agendaregel.objects.filter(soort="gesprek", nummer=PLEK))
        opdrachten.append(Opdracht(regels, gesprekken.query.sql_with_params()))
    return opdrachten


def _doen(soort, nummer):
    """Carry out the statements of this kind, for the traject (or person) with this number."""
    moment_plek, nu = (connection.ops.adapt_datetimefield_value(moment) for moment in (NU, timezone.now()))

    def uitvoeren(cursor, opdracht, getal):
        sql, waarden = opdracht
        cursor.execute(sql, [getal if w == PLEK else nu if w == moment_plek else w for w in waarden])

    with connection.cursor() as cursor:
        for opdracht in _gebakken(connection.vendor, str(soort)):
            nummers = [nummer]
            if opdracht.zoek:
                uitvoeren(cursor, opdracht.zoek, nummer)
                nummers = [gevonden for (gevonden,) in cursor.fetchall()]
            for getal in nummers:
                uitvoeren(cursor, opdracht.doe, getal)


def _papieren_weg(termijn):
    """Kernel: the texts and files of this promise; facts stay, so the step somebody reached does too."""
    soort, traject = termijn.soort, termijn.traject_id
    _doen(soort, traject)
    for label, papier in _papieren(soort):
        if label == Bestand._meta.label:
            for bestand in _rijen(label, papier, traject, soort):
                bestanden.weghalen(bestand)
        elif papier.tot and soort not in ALLES:
            _rijen(label, papier, traject, soort, termijn.vanaf).update(**_lege_waarden(label))


def _mails_en_logboek_weg(traject):
    """Kernel: that mails went and acts were done is forgotten seven years after a registration ended."""
    Bericht.objects.filter(Q(traject=traject) | Q(aan=traject.kandidaat_id)).delete()
    Journaalregel.objects.filter(Q(traject=traject) | Q(over=traject.kandidaat_id)).delete()


def _mens_weg(mens):
    """Kernel: the account and all that hangs on it; the row stays, without a name, for what this person did."""
    _doen("mens", mens.pk)
    if mens.email:
        adressen = {mens.email, mens.email.lower()}
        Bericht.objects.filter(adres__in=adressen).exclude(adres="").delete()
        if settings.DEMO:
            Accountmail.objects.filter(aan__in=adressen).delete()


def _laatste_mail(termijn, mens):
    """Kernel: one mail that it has been done, to an address that goes with it (see `adressen_loslaten`)."""
    Bericht.objects.create(
        adres=mens.email,
        soort=LAATSTE_MAIL,
        sleutel=f"{LAATSTE_MAIL}:{termijn.pk}:{secrets.token_urlsafe(12)}",
        gegevens={"persoon": mens.pk},
        geheim=versleutelen(json.dumps({"voornaam": mens.voornaam})),
        verloopt_om=timezone.now() + LAATSTE_MAIL_GELDIG,
    )


@handeling(Rol.SYSTEEM, gesloten_mag=True, berichten=False)
def papieren_wissen(bewaartermijn, *, door):
    """Erase what was promised, when its day has come; and the person, when this was all that bound us.

    Returns whether it was done. A line without content stands in the journal, and the person hears it.
    """
    termijn, traject = bewaartermijn, bewaartermijn.traject
    if termijn.gewist_om or termijn.wissen_op > timezone.localdate():
        return Stil(False)
    mens = Gebruiker.objects.select_for_update(no_key=True).get(pk=traject.kandidaat_id)
    _papieren_weg(termijn)
    if termijn.soort not in ALLES:
        Bewaartermijn.objects.filter(pk=termijn.pk).update(gewist_om=timezone.now())
    if termijn.soort == Soort.TRAJECT:
        toestemming_beeindigen(mens)  # it was for this end
    if termijn.soort == Soort.JOURNAAL:
        _mails_en_logboek_weg(traject)
    if termijn.soort in ALLES and alleen_van_dit_pad(mens, traject):
        _mens_weg(mens)
        if mens.email:
            _laatste_mail(termijn, mens)
    else:
        bericht_maken(mens, "papieren_gewist", traject=traject, gegevens={"soort": termijn.soort})
    return True


def adressen_loslaten():
    """Of a last mail that went out, or never will, only the fact stays: the address goes. Returns how many."""
    klaar = Q(verstuurd_om__isnull=False) | Q(vervallen_om__isnull=False)
    klaar |= Q(geweigerd_om__isnull=False) | Q(onzeker_om__isnull=False) | Q(verloopt_om__lte=timezone.now())
    aantal = 0
    for bericht in Bericht.objects.filter(klaar, soort=LAATSTE_MAIL, aan=None):
        Accountmail.objects.filter(aan__iexact=bericht.adres).delete()
        velden = {"aan": bericht.gegevens["persoon"], "adres": "", "geheim": ""}
        if not bericht.verstuurd_om:
            velden["vervallen_om"] = bericht.vervallen_om or timezone.now()
        aantal += Bericht.objects.filter(pk=bericht.pk).update(**velden)
    return aantal


def bewaartermijnen_wissen():
    """The night's work: every promise of which the day has come. Returns how many were done.

    One that fails holds up no other, and is tried again in the next round; the last failure is raised at the end.
    """
    adressen_loslaten()
    gedaan, fout = 0, None
    for termijn in list(Bewaartermijn.objects.aan_de_beurt().select_related("traject")):
        try:
            gedaan += bool(papieren_wissen(termijn, door=None))
        except Exception as e:  # noqa: BLE001 - the others go on
            logger.exception("Bewaartermijn %s kon niet worden gewist.", termijn.pk)
            fout = e
    if fout is not None:
        raise fout
    return gedaan


def wat_zou_gaan():
    """[(words of the kind, numbers of the trajecten)] of what goes now; changes nothing."""
    per_soort = {soort: [] for soort in Soort}
    for soort, traject in Bewaartermijn.objects.aan_de_beurt().values_list("soort", "traject"):
        per_soort[soort].append(traject)
    return [(Soort(soort).label, trajecten) for soort, trajecten in per_soort.items()]
