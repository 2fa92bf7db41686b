"""Reads of step 7: what the candidate and the trainers may see of a report now.

Starts from zichtbaar_voor; writes nothing.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from lms.kern.instellingen import nieuwe_dag
from lms.kern.models import Bericht, Gebruiker, Rol
from selectie.mailwoorden import namen_van_trainers, opsomming
from selectie.models import (
    Besluit,
    Gesprek,
    Gespreksantwoord,
    Instemming,
    Mening,
    Meningversie,
    Puntreactie,
    Trainervraag,
    Verslag,
    Voorstel,
)


def besluit_voor_kandidaat(traject):
    """What the decision page shows the candidate, as a dict with `fase`; None when no report was sent.

    fase: lezen, praten (no moments yet), kiezen, gepland, na_gesprek, samen_ja, nieuw_verslag, afronden. Until release
    nothing of the trainers is in it; what they say after a conversation not until they all agreed.
    """
    verslag = traject.verslagen.filter(verstuurd_om__isnull=False, teruggehaald_om=None).order_by("-versie").first()
    if verslag is None:
        return None
    gesprek = verslag.gesprekken.filter(vervallen_om=None).order_by("-pk").first()
    besluiten = Besluit.objects.zichtbaar_voor(traject.kandidaat).filter(verslag=verslag).geldig()
    besluit = besluiten.order_by("-om", "-pk").first()
    stand = {
        "verslag": verslag, "gesprek": gesprek, "besluit": besluit, "momenten": [], "fase": "lezen",
        "trainers_nu": None, "trainers": namen_van_trainers(verslag),
    }  # fmt: skip
    if gesprek and not gesprek.gehouden_om:
        stand |= _te_plannen(gesprek)
    elif gesprek and not gesprek.besloten_om:
        # one day, whether the trainers agree or are still talking
        stand |= {"fase": "na_gesprek", "klopt_voor": nieuwe_dag(gesprek.klaar_voor) or gesprek.klaar_voor}
        stand["trainers_nu"] = Voorstel.objects.filter(gesprek=gesprek, vervallen_om=None).exclude(aangenomen_om=None)
        stand["trainers_nu"] = stand["trainers_nu"].first()
    elif besluit:
        fase = {"poort": "samen_ja", "afronden": "afronden", "nieuw_verslag": "nieuw_verslag"}[besluit.vervolg]
        stand["fase"] = "nieuw_verslag" if verslag.afgerond_om else fase
    stand["nieuwe_dag"] = nieuwe_dag(verslag.reactie_voor) if verslag.reactie_voor else None
    stand |= wat_er_te_lezen_is(verslag, traject.kandidaat)
    open_gesprek = stand["fase"] == "na_gesprek" and next((g for g in stand["gehouden"] if g.gesprek == gesprek), None)
    return stand | {"antwoord_gegeven": bool(open_gesprek and open_gesprek.antwoord), **_wanneer(traject)}


def _herzien(traject):
    """Whether the candidate was told that something said earlier no longer stands, and nothing was said since."""
    besluiten = Besluit.objects.filter(verslag__traject=traject)
    laatste = besluiten.filter(herroepen_om__isnull=False).order_by("-herroepen_om").first()
    if laatste is None or besluiten.geldig().filter(om__gt=laatste.herroepen_om).exists():
        return False
    return Bericht.objects.filter(soort="besluit_vervallen", feit=laatste.pk).exists()


def _wanneer(traject):
    """By which day the trainers do what the candidate waits for, and the earlier reports."""
    dagen = dict(traject.beurten.filter(rol=Rol.TRAINER).order_by("-uiterlijk_op").values_list("code", "uiterlijk_op"))
    gestuurd = traject.verslagen.filter(verstuurd_om__isnull=False, teruggehaald_om=None).order_by("-versie")
    return {
        "momenten_voor": dagen.get("gesprek_voorstellen"),
        "herzien": _herzien(traject),
        "eerdere_verslagen": list(gestuurd[1:]),
    }


def _te_plannen(gesprek):
    momenten = list(gesprek.momenten.filter(begint_om__gt=timezone.now()))
    fase = "gepland" if gesprek.moment_om else "kiezen" if gesprek.voorgesteld_om and momenten else "praten"
    return {"fase": fase, "momenten": momenten}


def wat_er_te_lezen_is(verslag, kandidaat):
    """What of one sent report is open to the candidate, for as long as it is kept: the reactions with the point each
    reply is about, what was said before it was changed, the conversations with the own answer and what was added.
    """
    meningen = meningen_met_punten(Mening.objects.zichtbaar_voor(kandidaat).filter(verslag=verslag))
    eerder = Meningversie.objects.zichtbaar_voor(kandidaat).filter(mening__verslag=verslag)
    gesprekken = list(
        verslag.gesprekken.filter(vervallen_om=None, gehouden_om__isnull=False)
        .order_by("-pk")
        .prefetch_related(
            "aanvullingen__door", Prefetch("antwoorden", Gespreksantwoord.objects.filter(vervangen_om=None))
        )
    )
    zinnen = (
        dict(verslag.antwoorden.values_list("profieltekst__code", "profieltekst__je")) if meningen or eerder else {}
    )
    return {
        "reacties": [Reactie.van(m.gegeven_om, m.trainer, m.reactie, m.punten, zinnen) for m in meningen],
        "eerder": [
            Reactie.van(v.gegeven_om, v.mening.trainer, v.reactie, v.punten, zinnen)
            for v in eerder.select_related("mening__trainer").order_by("tot_om", "pk")
        ],
        "gehouden": [Gehouden(g, next(iter(g.antwoorden.all()), None)) for g in gesprekken],
    }


@dataclass(frozen=True)
class Reactie:
    """What one trainer wrote: to the candidate as a whole, and per point [(sentence of the point, reply)]."""

    gegeven_om: dt.datetime
    trainer: Gebruiker
    tekst: str
    punten: list[tuple[str, str]]

    @classmethod
    def van(cls, gegeven_om, trainer, tekst, punten, zinnen):
        return cls(gegeven_om, trainer, tekst, [(zinnen.get(code, ""), antwoord) for code, antwoord in punten.items()])


@dataclass(frozen=True)
class Gehouden:
    """A conversation that was held, and what the candidate said after it."""

    gesprek: Gesprek
    antwoord: Gespreksantwoord | None


INZAGE = ("inzage", "verslag_openen")  # the first reading of a report is an act of its own


def inzage_voor_kandidaat(traject):
    """Who looked at the papers, newest first, as journal lines with `.wat`.

    Until a sent report is released, what trainers read since then stays out: who reads again, or a third one who reads,
    tells what they are doing (invariant 4). It is all there afterwards.
    """
    regels = traject.journaal.filter(handeling__in=INZAGE).select_related("door").order_by("-om", "-pk")
    dicht = traject.verslagen.bij_de_trainers().order_by("verstuurd_om").first()
    if dicht:
        regels = regels.exclude(als=Rol.TRAINER, om__gte=dicht.verstuurd_om)
    regels = list(regels[:20])
    for regel in regels:
        regel.wat = WAT.get(regel.gegevens.get("wat", "verslag"), "je stukken")
    return regels


WAT = {"verslag": "je verslag", "cv": "je cv", "brief": "je brief", "scopeverslag": "je verslag na EK2",
"zorg": "wat je nodig hebt bij eten en toegang",
       "notitie": "wat je deelde bij een les", "opdracht": "je thuisopdracht", "opdracht_EK1": "je thuisopdracht",
       "opdracht_EK2": "je thuisopdracht",
       "gesprek": "wat er over jullie gesprek is opgeschreven", "evaluatie": "jullie evaluatie",
       "beheer": "je gegevens in het beheer"}  # fmt: skip


def meningen_met_punten(meningen):
    """The views of a (visible) queryset with their trainer and `.punten` {code: text}. Two queries."""
    return _met_punten(list(meningen.filter(ontheven_om=None).select_related("trainer").order_by("gegeven_om")))


def _met_punten(rijen):
    punten = {}
    if rijen:
        for reactie in Puntreactie.objects.filter(mening__in=[m.pk for m in rijen]):
            punten.setdefault(reactie.mening_id, {})[reactie.code] = reactie.tekst
    for mening in rijen:
        mening.punten = punten.get(mening.pk, {})
    return rijen


def stand_voor_trainer(verslag, trainer):
    """Who is asked and who is ready, the own view, and colleagues' views as far as they may be seen. At most four
    queries.

    One query brings the asked views; what this trainer may not read yet is blanked at once, by the rule of
    `Mening.zichtbaar_voor`.
    """
    mag = Mening.objects.zichtbaar_voor(trainer).filter(pk=OuterRef("pk"))
    gegeven = Mening.objects.filter(gegeven_om__isnull=False)
    terugnemen = Voorstel.objects.filter(soort=Voorstel.Soort.TERUGNEMEN, aangenomen_om=None)
    gevraagd = list(
        Mening.objects.gevraagd()
        .filter(verslag=verslag)
        .annotate(
            mag=Exists(mag),
            uitgepraat=Exists(Besluit.objects.uitgepraat().filter(verslag=OuterRef("verslag")))
            | Exists(Gesprek.objects.zonder_besluit().filter(verslag=OuterRef("verslag"))),
            napraten=Exists(Gesprek.objects.zonder_besluit().filter(verslag=OuterRef("verslag"))),
            gezien=Exists(gegeven.filter(verslag=OuterRef("verslag")).exclude(trainer=OuterRef("trainer"))),
            veranderd=Exists(Meningversie.objects.filter(mening__verslag=OuterRef("verslag"))),
            voorgesteld=Exists(terugnemen.filter(verslag=OuterRef("verslag"))),
        )
        .select_related("trainer")
        .order_by("pk")
    )
    for mening in gevraagd:
        if not mening.mag:
            mening.mening, mening.reactie, mening.notitie, mening.concept = "", "", "", {}
    eigen = next((m for m in gevraagd if m.trainer_id == trainer.pk), None)
    iedereen_klaar, uitgepraat = all(m.gegeven_om for m in gevraagd), any(m.uitgepraat for m in gevraagd)
    besluit = gesprek = None
    if iedereen_klaar or uitgepraat:  # who took over from a trainer may be asked while a talk goes on
        besluit = (
            Besluit.objects.zichtbaar_voor(trainer).filter(verslag=verslag).geldig().order_by("-om", "-pk").first()
        )
        gesprek = verslag.gesprekken.filter(vervallen_om=None).order_by("-pk").first()
    overleg = iedereen_klaar and besluit is None
    schrijft = bool(eigen) and (overleg or not eigen.gegeven_om and not uitgepraat)
    return {
        "gevraagd": gevraagd,
        "collegas": [m for m in gevraagd if m.trainer_id != trainer.pk],
        "wacht_op": opsomming(m.trainer.voornaam for m in gevraagd if not m.gegeven_om),
        "eigen": eigen,
        "besluit": besluit,
        "overleg": overleg,
        # an own view goes back only while that of no colleague was seen
        "kan_terug": bool(eigen and eigen.gegeven_om)
        and not eigen.gezien
        and not uitgepraat
        and verslag.afgerond_om is None
        and verslag.traject.is_lopend,
        "napraten": any(m.napraten for m in gevraagd),
        "kan_schrijven": schrijft and verslag.afgerond_om is None,
        "zichtbaar": _met_punten(
            sorted((m for m in gevraagd if m.mag and m.gegeven_om), key=lambda m: (m.gegeven_om, m.pk))
        ),
        "gesprek": gesprek,
    }


def na_het_gesprek(gesprek, trainer):
    """What stands after a held conversation, for a trainer: the proposal that waits or counts, who agreed, the own
    agreement that is asked, earlier proposals, and the answer of the candidate.
    """
    voorstellen = list(Voorstel.objects.filter(gesprek=gesprek).select_related("door").order_by("-pk"))
    voorstel = next((v for v in voorstellen if not v.vervallen_om), None)
    instemmingen = list(Instemming.objects.filter(voorstel__in=voorstellen).select_related("trainer").order_by("pk"))
    nu = [i for i in instemmingen if voorstel and i.voorstel_id == voorstel.pk and not i.ontheven_om]
    wacht = [i for i in nu if not i.gegeven_om]
    return {
        "voorstel": voorstel,
        "instemmingen": nu,
        "wacht_op_instemming": opsomming(i.trainer.voornaam for i in wacht),
        "eigen_instemming": next((i for i in wacht if i.trainer_id == trainer.pk), None),
        "eerdere_voorstellen": [
            (v, [i for i in instemmingen if i.voorstel_id == v.pk and i.waarom]) for v in voorstellen if v.vervallen_om
        ],
        "antwoord": gesprek.antwoorden.filter(vervangen_om=None).first(),
    }


def overleg_over(verslag, trainer, stand):
    """What the trainers of a report need when they do not agree: earlier views with their reason, what was taken back
    or proposed to be, the question to the bureau and its answer, and what was agreed about earlier versions. Asked only
    where there is something (`stand` of this trainer knows), so that a plain report stays cheap.
    """
    veranderd = any(m.veranderd for m in stand["gevraagd"])
    return {
        "eerdere_meningen": _eerdere_meningen(verslag, trainer) if veranderd else [],
        "teruggenomen": _teruggenomen(verslag) if veranderd and not stand["besluit"] else None,
        "terugneemvoorstel": _terugneemvoorstel(verslag) if any(m.voorgesteld for m in stand["gevraagd"]) else None,
        "trainervraag": _trainervraag(verslag) if stand["overleg"] or stand["napraten"] else None,
        "eerder_afgesproken": _eerder_afgesproken(verslag) if verslag.versie > 1 else [],
    }


def _eerdere_meningen(verslag, trainer):
    van_verslag = Mening.objects.als_trainer(trainer).filter(verslag=verslag)
    versies = Meningversie.objects.filter(mening__in=van_verslag).select_related("mening__trainer")
    return list(versies.order_by("tot_om", "pk"))


def _teruggenomen(verslag):
    besluiten = Besluit.objects.filter(verslag=verslag, herroepen_om__isnull=False).select_related("herroepen_door")
    return besluiten.order_by("-herroepen_om").first()


def _trainervraag(verslag):
    return Trainervraag.objects.filter(verslag=verslag).order_by("-pk").first()


def _eerder_afgesproken(verslag):
    gesprekken = Gesprek.objects.filter(verslag__traject=verslag.traject_id, verslag__versie__lt=verslag.versie)
    return list(gesprekken.filter(gehouden_om__isnull=False, vervallen_om=None).order_by("pk"))


def _terugneemvoorstel(verslag):
    """(the last proposal to take a decision back, what was written by who did not agree), or None."""
    voorstellen = Voorstel.objects.filter(verslag=verslag, soort=Voorstel.Soort.TERUGNEMEN).select_related("door")
    voorstel = voorstellen.filter(aangenomen_om=None).order_by("-pk").first()
    if voorstel is None:
        return None
    return voorstel, list(Instemming.objects.filter(voorstel=voorstel).exclude(waarom="").select_related("trainer"))


def werkvoorraad_van(trainer):
    """The sent reports that wait for the view or the consultation of this trainer, oldest first."""
    return (
        Verslag.objects.zichtbaar_voor(trainer)
        .lopend()
        .filter(
            verstuurd_om__isnull=False,
            traject__beurten__persoon=trainer,
            traject__beurten__code__in=["mening_geven", "overleggen"],
            traject__afgesloten_op=None,
        )
        .distinct()
        .order_by("verstuurd_om", "pk")
    )


def wat_mist_voor_de_poort(punten, *, eigen=False):
    """One sentence about what still comes before step 8.

    `punten`: what holds, by code; `eigen`: for the candidate. Facts only.
    """
    vog, onafhankelijk = "vog" in punten, "onafhankelijk" in punten
    wie = "je regiomanager" if eigen else "de regiomanager"
    bevestiging = (
        "jouw bevestiging dat je onafhankelijk bent"
        if eigen
        else "de bevestiging van de kandidaat over onafhankelijk zijn"
    )
    laten_zien = "je VOG. Laat hem zien aan het bureau" if eigen else "de VOG. Die heeft het bureau nog niet gezien"
    if vog and onafhankelijk:
        return f"Alles is er. Nu zoekt {wie} een eerste conferentie."
    if vog:
        return f"Dit komt nog: {bevestiging}."
    if onafhankelijk:
        return f"Dit komt nog: {laten_zien}."
    return f"Dit komt nog: {'je' if eigen else 'de'} VOG, en {bevestiging}."
