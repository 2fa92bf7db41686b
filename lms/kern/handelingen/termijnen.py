"""What the worker does when time passes: turns whose day has come, reminders, escalations, signals (DOMAIN §7, §9).
Never a consequence by itself.

Each is one message with a key that begins with the key of its turn, so that it is sent once and cancelled with the
turn.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from lms.kern.berichten import berichten_voor_beurten, mensen_met_rol, ontvangers
from lms.kern.instellingen import instelling
from lms.kern.models import Bericht, Beurt, Rol
from lms.kern.pad.beurten import BEURTEN

MET_TERMIJN = [b.code for b in BEURTEN if b.termijn]
CONFERENTIE, TWEEDE = ("wachten_conferentie", "wachten_conferentie_2"), ("tweede_conferentie", "tweede_conferentie_2")
LANG_WACHTEN = {"conferentie_vragen": CONFERENTIE, "conferentie_opnieuw": CONFERENTIE, "tweede_conferentie": TWEEDE}
MAAND = 30  # days; a signal to a person, not a promise


@dataclass(frozen=True)
class Mijlpaal:
    """A message that is due from `dag` on, for the people of `wie` ("" = who is at turn)."""

    dag: dt.date
    soort: str
    wie: str = ""


def termijnen_bewaken():
    """Make every message that is due today and was not made before. Safe to run twice. Returns how many were made."""
    vandaag = timezone.localdate()
    return _beurten_die_opengaan(vandaag) + _mijlpalen_melden(vandaag)


def _beurten_die_opengaan(vandaag):
    """A turn for a later day gets its message on that day: "later" comes back, the contact after four weeks."""
    beurten = Beurt.objects.filter(vanaf__lte=vandaag, sinds__date__lt=vandaag, rol=Rol.KANDIDAAT).select_related(
        "traject__kandidaat"
    )
    open_beurten = [b for b in beurten.exclude(code__endswith="_volgen") if b.aanzet.mail]
    bekend = _bekend(f"beurt:{b.pk}:{b.traject.kandidaat_id}" for b in open_beurten)
    nieuw = [b for b in open_beurten if f"beurt:{b.pk}:{b.traject.kandidaat_id}" not in bekend]
    return sum(len(berichten_voor_beurten(b.traject, [b])) for b in nieuw)


def _mijlpalen_melden(vandaag):
    """Of each turn the last milestone that has passed, per group of readers; those before it are no longer news."""
    rijen = []
    codes = Q(code__in=MET_TERMIJN, uiterlijk_op__isnull=False) | Q(code__in=LANG_WACHTEN)
    dagen = _dagen()
    for beurt in Beurt.objects.filter(codes).select_related("traject__kandidaat", "persoon"):
        gepasseerd = sorted((m for m in _mijlpalen(beurt, dagen, vandaag) if m.dag <= vandaag), key=lambda m: m.dag)
        for mijlpaal in {m.wie: m for m in gepasseerd}.values():
            rijen += _rijen(beurt, mijlpaal)
    bekend = _bekend(r.sleutel for r in rijen)
    nieuw = [r for r in rijen if r.sleutel not in bekend]
    Bericht.objects.bulk_create(nieuw, ignore_conflicts=True)
    return len(nieuw)


def _dagen():
    """The settings that count here, read once per pass."""
    codes = ("verslag_herinnering", "verslag_herinnering_2", "trainers_duwtje", "trainers_escalatie", *CONFERENTIE)
    return {code: instelling(code) for code in codes} | {code: MAAND * instelling(code) for code in TWEEDE}


def _wekelijks(dag, soort, vandaag):
    return Mijlpaal(dag, f"{soort}-{(vandaag - dag).days // 7}")


def _mijlpalen(beurt, dagen, vandaag):
    sinds = timezone.localdate(beurt.sinds)

    def na(dag, code):
        return dag + dt.timedelta(days=dagen[code])

    if beurt.code in LANG_WACHTEN:
        een, twee = (na(sinds, code) for code in LANG_WACHTEN[beurt.code])
        return [_wekelijks(een, "wacht_lang", vandaag), _wekelijks(twee, "wacht_heel_lang", vandaag)]
    voorbij = beurt.uiterlijk_op  # "vóór" that day: on the day itself it is late
    if beurt.code == "verslag_schrijven":
        return [
            Mijlpaal(na(voorbij, "verslag_herinnering"), "herinner"),
            Mijlpaal(na(voorbij, "verslag_herinnering_2"), "herinner_2"),
        ]
    if beurt.code == "mening_geven":
        escalatie = Mijlpaal(na(sinds, "trainers_escalatie"), "trainers_stil", Rol.BUREAU)
        return [Mijlpaal(na(sinds, "trainers_duwtje"), "duwtje"), Mijlpaal(voorbij, "te_laat"), escalatie]
    return [Mijlpaal(voorbij, "herinner" if beurt.rol == Rol.KANDIDAAT else "te_laat")]


def _rijen(beurt, mijlpaal):
    soort, _, _week = mijlpaal.soort.partition("-")
    personen = mensen_met_rol(beurt.traject, mijlpaal.wie) if mijlpaal.wie else ontvangers(beurt.traject, beurt)
    return [
        Bericht(
            aan=persoon,
            traject=beurt.traject,
            soort=soort,
            sleutel=f"beurt:{beurt.pk}:{mijlpaal.soort}:{persoon.pk}",
            bundelen=beurt.rol != Rol.KANDIDAAT,
        )
        for persoon in personen
        if persoon.email
    ]


def _bekend(sleutels):
    return set(Bericht.objects.filter(sleutel__in=list(sleutels)).values_list("sleutel", flat=True))
