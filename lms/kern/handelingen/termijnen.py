"""What the worker does when time passes: turns whose day has come, reminders, escalations, signals (regels §7, §9).
Never a consequence by itself.

Each is one message with a key that begins with the key of its turn, so that it is sent once and cancelled with the
turn. A turn carries the day on which there is something to look at again, so that a pass with nothing due reads none.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db import transaction
from django.utils import timezone

from lms.kern.berichten import mensen_met_rol, ontvangers, teamleden
from lms.kern.instellingen import instelling
from lms.kern.models import Bericht, Beurt, Rol
from lms.kern.pad.beurten import BEURTEN

MET_TERMIJN = [b.code for b in BEURTEN if b.termijn]
CONFERENTIE, TWEEDE = ("wachten_conferentie", "wachten_conferentie_2"), ("tweede_conferentie", "tweede_conferentie_2")
LANG_WACHTEN = {"conferentie_vragen": CONFERENTIE, "conferentie_opnieuw": CONFERENTIE, "tweede_conferentie": TWEEDE}
DAGEN = ("verslag_herinnering", "verslag_herinnering_2", "trainers_duwtje", "trainers_escalatie", *CONFERENTIE)
INSTELLINGEN = {*DAGEN, *TWEEDE}  # when one of these changes, every turn is looked at anew
MAAND = 30  # days; a signal to a person, not a promise
TEGELIJK = 500  # turns in one transaction
EEN_DAG, EEN_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True)
class Mijlpaal:
    """A message that is due from `dag` on, for the people of `wie` ("" = who is at turn). `merk`: its part of the
    key.
    """

    dag: dt.date
    soort: str
    merk: str
    wie: str = ""


def termijnen_bewaken():
    """Make every message that is due today and was not made before. Safe to run twice. Returns how many were made."""
    vandaag, dagen, team = timezone.localdate(), None, cache(teamleden)
    gemaakt = laatste = 0
    while Beurt.objects.filter(kijk_op__lte=vandaag, pk__gt=laatste).exists():
        with transaction.atomic():
            beurten = list(_te_bekijken(vandaag, laatste))
            if not beurten:  # an act has them all
                break
            dagen = dagen or _dagen()
            gemaakt += _bekijken(beurten, dagen, vandaag, team)
        laatste = beurten[-1].pk
    return gemaakt


def _te_bekijken(vandaag, na):
    """The next turns whose day to look has come. One that an act is changing right now is left for the next pass."""
    rijen = Beurt.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    rijen = rijen.filter(kijk_op__lte=vandaag, pk__gt=na).select_related("traject__kandidaat", "persoon")
    return rijen.order_by("pk")[:TEGELIJK]


def _bekijken(beurten, dagen, vandaag, team):
    rijen, opnieuw = [], {}
    for beurt in beurten:
        mijlpalen = sorted(_mijlpalen(beurt, dagen, vandaag), key=lambda m: m.dag)
        # of each group of readers the last one that has passed; those before it are no longer news
        for mijlpaal in {m.wie: m for m in mijlpalen if m.dag <= vandaag}.values():
            rijen += _rijen(beurt, mijlpaal, team)
        straks = next((m.dag for m in mijlpalen if m.dag > vandaag), None)
        opnieuw.setdefault(straks, []).append(beurt.pk)
    bekend = set(Bericht.objects.filter(sleutel__in=[r.sleutel for r in rijen]).values_list("sleutel", flat=True))
    nieuw = [r for r in rijen if r.sleutel not in bekend]
    Bericht.objects.bulk_create(nieuw, ignore_conflicts=True)
    for dag, pks in opnieuw.items():
        Beurt.objects.filter(pk__in=pks).update(kijk_op=dag)
    return len(nieuw)


def _dagen():
    """The settings that count here, read once per pass."""
    return {code: instelling(code) for code in DAGEN} | {code: MAAND * instelling(code) for code in TWEEDE}


def _wekelijks(dag, soort, vandaag):
    """From `dag` on once a week: the one of this week, and the next."""
    week = max((vandaag - dag).days // 7, 0)
    return [Mijlpaal(dag + n * EEN_WEEK, soort, f"{soort}-{n}") for n in (week, week + 1)]


def _mijlpalen(beurt, dagen, vandaag):
    """All that there is to say about this turn, past and to come."""
    sinds, aanzet = timezone.localdate(beurt.sinds), beurt.aanzet

    def na(dag, code):
        return dag + dt.timedelta(days=dagen[code])

    def voor_wie_aan_zet_is(dag, soort):
        return Mijlpaal(dag, soort, soort)

    if beurt.code in LANG_WACHTEN:
        een, twee = (na(sinds, code) for code in LANG_WACHTEN[beurt.code])
        return [*_wekelijks(een, "wacht_lang", vandaag), *_wekelijks(twee, "wacht_heel_lang", vandaag)]
    alle = []
    if beurt.vanaf and beurt.vanaf > sinds and beurt.rol == Rol.KANDIDAAT and aanzet.mail and not aanzet.vooraf:
        alle.append(
            Mijlpaal(beurt.vanaf, f"beurt_{beurt.code}", "")
        )  # "later" comes back, the contact after four weeks
    voorbij = beurt.uiterlijk_op  # "vóór" that day: on the day itself it is late
    if not aanzet.termijn or not voorbij:
        return alle
    if beurt.code == "verslag_schrijven":
        return [
            voor_wie_aan_zet_is(na(voorbij, "verslag_herinnering"), "herinner"),
            voor_wie_aan_zet_is(na(voorbij, "verslag_herinnering_2"), "herinner_2"),
        ]
    if beurt.code == "mening_geven":
        return [
            voor_wie_aan_zet_is(na(sinds, "trainers_duwtje"), "duwtje"),
            voor_wie_aan_zet_is(voorbij, "te_laat"),
            Mijlpaal(na(sinds, "trainers_escalatie"), "trainers_stil", "trainers_stil", Rol.BUREAU),
        ]
    alle.append(voor_wie_aan_zet_is(voorbij, "herinner" if beurt.rol == Rol.KANDIDAAT else "te_laat"))
    if beurt.rol in (Rol.TRAINER, Rol.REGIOMANAGER):
        alle.append(Mijlpaal(voorbij + EEN_DAG, "blijft_liggen", "blijft_liggen", Rol.BUREAU))
    return alle


def _rijen(beurt, mijlpaal, team):
    traject = beurt.traject
    wie = mensen_met_rol(traject, mijlpaal.wie, team) if mijlpaal.wie else ontvangers(traject, beurt, team)
    return [
        Bericht(
            aan=persoon,
            traject=traject,
            soort=mijlpaal.soort,
            sleutel=":".join(filter(None, ("beurt", str(beurt.pk), mijlpaal.merk, str(persoon.pk)))),
            bundelen=beurt.rol != Rol.KANDIDAAT,
        )
        for persoon in wie
        if persoon.email
    ]
