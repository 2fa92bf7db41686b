"""The first card of *Mijn traject*: the truth of today. What is next with day, hour and place, what was but is not
written down yet, whose turn it is and by when, all that is the person's own turn, and happy moments first.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from certificering.models import Scopeverslag
from cursus.kalender import plek_van
from lms.kern import handelingen
from lms.kern.instellingen import nieuwe_dag
from lms.kern.models import Rol
from lms.kern.pad.stappen import VERVOLG
from lms.portaal.beurten import adres_van
from selectie.mailwoorden import opsomming
from selectie.models import Gesprek, Profieltekst, Verslag

FEESTELIJK = dt.timedelta(days=14)
CERTIFICAAT, SCOPE = (stap.nr for stap in VERVOLG if stap.code in ("certificaat", "scope"))
BUREAU = "Het landelijk kantoor"
LEZEN = ("mening_geven", "overleggen")  # one sentence and one date, whatever the trainers are doing
GESPREK = "Gesprek over je verslag"
NA_GESPREK = ("instemmen", "voorstel_doen")  # likewise: whether they agree, only they know


@dataclass(frozen=True)
class Komt:
    """A meeting or talk with its day, hour and place."""

    titel: str
    begin: dt.datetime
    plek: str
    adres: str = ""

    @property
    def knop(self):
        return "Bekijk het gesprek" if self.titel == GESPREK else "Bekijk alles over deze dag"

    @property
    def is_vandaag(self):
        return timezone.localdate(self.begin) == timezone.localdate()


@dataclass(frozen=True)
class Taak:
    """An own turn beside the one of the card."""

    titel: str
    adres: str
    uiterlijk: dt.date | None


def kaart_van(traject, beurten, dagen, mensen, vervolg=()):
    """The first card as a dict. `beurten` and `dagen` of this traject; `mensen`: {role: [people]} around the person;
    `vervolg`: the numbers of what follows after the eight that is done.
    """
    if not traject.is_lopend:
        return {"soort": "gestopt", "klok": handelingen.klok_van(traject)}
    vandaag = timezone.localdate()
    eigen = sorted((b for b in beurten if b.rol == Rol.KANDIDAAT), key=_voorrang)
    gesprek = _gepland(traject, beurten)
    komt, geweest = _eerstvolgende(dagen, gesprek), _geweest(dagen, gesprek)
    if komt or geweest:  # following a day is shown by the day itself
        eigen = [b for b in eigen if not _volgt_een_dag(b)]
    nu = [b for b in eigen if not b.vanaf or b.vanaf <= vandaag]
    straks = sorted((b for b in eigen if b.vanaf and b.vanaf > vandaag), key=lambda b: b.vanaf)
    wacht = [b for b in beurten if b.rol != Rol.KANDIDAAT and b.aanzet.wacht and not (gesprek and b.aanzet.gesprek)]
    if any(b.aanzet.gesprek for b in beurten):  # who reads the report only now, reads it for the talk
        wacht = [b for b in wacht if b.code not in LEZEN]
    if komt and komt.is_vandaag:
        kaart, nu = {"soort": "afspraak"}, [None, *nu]
    elif nu:
        kaart = _eigen_kaart(traject, nu[0], vandaag)
    elif komt or geweest:
        kaart = {"soort": "afspraak"}
    elif wacht:
        kaart = _wachtkaart(traject, wacht[0], mensen)
    elif straks:
        kaart = {**_eigen_kaart(traject, straks[0], vandaag), "soort": "straks"}
    else:
        kaart = {"soort": "niets"}
    ook = [Taak(b.aanzet.taak, adres_van(b), b.uiterlijk_op if b.aanzet.termijn else None) for b in nu[1:]]
    meer = _wachtkaart(traject, wacht[0], mensen) if wacht and kaart["soort"] != "wacht" else None
    return kaart | {
        "komt": komt,
        "geweest": geweest,
        "ook": ook,
        "wij": meer,
        "feest": _feest(traject, beurten, vervolg),
    }


def _volgt_een_dag(beurt):
    return beurt.aanzet.vanaf == "aanwezigheden__bijeenkomst__begint_om__date"


def _voorrang(beurt):
    """A note never pushes the main task away."""
    return (beurt.code == "samen_uitzoeken", min(beurt.aanzet.stappen))


# --- what is next, and what just was


def _gepland(traject, beurten):
    """The planned conversation, asked only while a turn belongs to one."""
    if not any(b.aanzet.gesprek for b in beurten):
        return None
    gesprekken = Gesprek.objects.te_houden().filter(verslag__traject=traject, verslag__afgerond_om=None)
    return gesprekken.filter(moment_om__isnull=False).first()


def _zonder_uitslag(dagen):
    """The days at which somebody is expected or was, and of which nobody wrote down yet who was there."""
    rijen = [d for d in dagen if d.bijeenkomst and not d.resultaat]
    return sorted(rijen, key=lambda d: d.bijeenkomst.begint_om)


def _eerstvolgende(dagen, gesprek):
    nu = timezone.now()
    afspraken = [_van_dag(d) for d in _zonder_uitslag(dagen) if d.bijeenkomst.eindigt_om > nu]
    if gesprek and timezone.localdate(gesprek.moment_om) >= timezone.localdate():
        afspraken.append(Komt(GESPREK, gesprek.moment_om, gesprek.plek, reverse("mijn_besluit")))
    return min(afspraken, key=lambda komt: komt.begin, default=None)


def _geweest(dagen, gesprek):
    nu = timezone.now()
    voorbij = [_van_dag(d) for d in _zonder_uitslag(dagen) if d.bijeenkomst.eindigt_om <= nu]
    if gesprek and timezone.localdate(gesprek.moment_om) < timezone.localdate():
        voorbij.append(Komt(GESPREK, gesprek.moment_om, gesprek.plek, reverse("mijn_besluit")))
    return max(voorbij, key=lambda komt: komt.begin, default=None)


def _van_dag(dag):
    uitvoering = dag.bijeenkomst.uitvoering
    titel = f"{dag.soort}, dag {dag.nr}" if uitvoering.is_training else uitvoering.titel
    adres = reverse("mijn_training") if uitvoering.is_training else reverse("mijn_bijeenkomst")
    return Komt(titel, dag.bijeenkomst.begint_om, plek_van(dag.bijeenkomst), adres)


# --- whose turn it is


def _eigen_kaart(traject, beurt, vandaag):
    knop, zin = beurt.aanzet.kaart
    kaart = {
        "soort": "nu",
        "beurt": beurt,
        "titel": beurt.aanzet.taak,
        "knop": knop,
        "zin": zin,
        "adres": adres_van(beurt),
    }
    kaart["te_laat"] = bool(beurt.aanzet.termijn and beurt.uiterlijk_op and beurt.uiterlijk_op <= vandaag)
    kaart["uiterlijk"] = beurt.uiterlijk_op if beurt.aanzet.termijn else None
    if beurt.code == "verslag_schrijven":
        kaart |= _voortgang_verslag(traject)
    return kaart


def _voortgang_verslag(traject):
    """How many of the sixteen points have an answer: two light queries."""
    schaal = Q(
        antwoorden__profieltekst__groep__in=[Profieltekst.Groep.OVERTUIGINGEN, Profieltekst.Groep.VERMOGENS]
    ) & ~Q(antwoorden__keuze="")
    verslag = (
        Verslag.objects.lopend().filter(traject=traject).annotate(klaar=Count("antwoorden", filter=schaal)).first()
    )
    punten = (
        Profieltekst.objects.actueel()
        .order_by()
        .filter(groep__in=[Profieltekst.Groep.OVERTUIGINGEN, Profieltekst.Groep.VERMOGENS])
        .count()
    )
    return {"klaar": verslag.klaar if verslag else 0, "punten": punten, "begonnen": bool(verslag)}


def _wachtkaart(traject, beurt, mensen):
    """For whom, for what and by when; without a term since when."""
    uiterlijk = beurt.uiterlijk_op if beurt.aanzet.termijn and beurt.aanzet.belooft else None
    if beurt.code in NA_GESPREK:
        gesprekken = Gesprek.objects.zonder_besluit().filter(verslag__traject=traject)
        uiterlijk = gesprekken.values_list("klaar_voor", flat=True).first()
    elif beurt.code in LEZEN:
        uiterlijk = Verslag.objects.lopend().filter(traject=traject).values_list("reactie_voor", flat=True).first()
    return {
        "soort": "wacht",
        "titel": beurt.aanzet.wacht,
        "wie": opsomming(mens.voornaam for mens in mensen.get(beurt.rol, [])) or BUREAU,
        "wie_telt": "zijn" if len(mensen.get(beurt.rol, [])) > 1 else "is",
        "uiterlijk": uiterlijk,
        "nieuwe_dag": nieuwe_dag(uiterlijk) if uiterlijk else None,
        "sinds": beurt.sinds,
    }


# --- happy moments


def _feest(traject, beurten, vervolg):
    """The sentence of the newest happy moment of the last two weeks, or "": scope, certificate, a first assignment,
    both said yes. `vervolg`: what follows after the eight that is done.
    """
    vanaf = timezone.now() - FEESTELIJK
    if traject.stap == 8:
        if any(b.code == "conferentie_houden" and b.sinds >= vanaf for b in beurten):
            return "Je bent gevraagd voor je eerste conferentie. Wat mooi!"
        return "Jij en je trainers zeggen samen: het past. Wat mooi!" if traject.stap_sinds >= vanaf else ""
    if SCOPE in vervolg and Scopeverslag.objects.filter(traject=traject, geregistreerd_om__gte=vanaf).exists():
        return "In het register staat nu waarvoor je conferenties organiseert. Gefeliciteerd!"
    if CERTIFICAAT in vervolg and SCOPE not in vervolg:
        nieuw = traject.certificaten.filter(einde="", uitgegeven_op__gte=vanaf.date()).exclude(herkomst="ouder")
        return "Je bent Eigen Kracht-coördinator. Gefeliciteerd met je certificaat!" if nieuw.exists() else ""
    return ""
