"""Reads of step 7: what the candidate and the trainers may see of a report now.

Starts from zichtbaar_voor; writes nothing.
"""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lms.kern.instellingen import nieuwe_dag
from lms.kern.models import Rol
from selectie.models import Besluit, Gesprekaanvulling, Mening, Puntreactie, Verslag


def besluit_voor_kandidaat(traject):
    """What the decision page shows the candidate, as a dict with `fase`; None when no report was sent.

    fase: lezen, praten (no moments yet), kiezen, gepland, samen_ja, nieuw_verslag, afronden. Until release nothing of
    the trainers is in it.
    """
    verslag = traject.verslagen.filter(verstuurd_om__isnull=False, teruggehaald_om=None).order_by("-versie").first()
    if verslag is None:
        return None
    gesprek = verslag.gesprekken.filter(vervallen_om=None).order_by("-pk").first()
    besluit = (
        Besluit.objects.zichtbaar_voor(traject.kandidaat)
        .filter(verslag=verslag)
        .geldig()
        .order_by("-om", "-pk")
        .first()
    )
    stand = {
        "verslag": verslag,
        "gesprek": gesprek,
        "besluit": besluit,
        "momenten": [],
        "meningen": [],
        "fase": "lezen",
    }
    if gesprek and not gesprek.gehouden_om:
        stand["fase"] = "gepland" if gesprek.moment_om else "kiezen" if gesprek.voorgesteld_om else "praten"
        stand["momenten"] = list(gesprek.momenten.filter(begint_om__gt=timezone.now()))
        if stand["fase"] == "kiezen" and not stand["momenten"]:
            stand["fase"] = "praten"
    elif besluit:
        stand["fase"] = {"poort": "samen_ja", "afronden": "afronden", "nieuw_verslag": "nieuw_verslag"}[besluit.vervolg]
    stand["aanvullingen"] = []
    if gesprek and gesprek.gehouden_om:
        stand["aanvullingen"] = (
            Gesprekaanvulling.objects.zichtbaar_voor(traject.kandidaat).filter(gesprek=gesprek).select_related("door")
        )
    stand["nieuwe_dag"] = nieuwe_dag(verslag.reactie_voor) if verslag.reactie_voor else None
    stand["meningen"] = meningen_met_punten(Mening.objects.zichtbaar_voor(traject.kandidaat).filter(verslag=verslag))
    return stand


INZAGE = ("inzage", "verslag_openen")  # the first reading of a report is an act of its own


def inzage_voor_kandidaat(traject):
    """Who looked at the papers, newest first, as journal lines with `.wat`.

    Until a sent report is released, what trainers read since then stays out: who reads again, or a third one who reads,
    tells what they are doing (invariant 4). It is all there afterwards.
    """
    regels = traject.journaal.filter(handeling__in=INZAGE).select_related("door").order_by("-om", "-pk")
    bij_de_trainers = traject.verslagen.filter(verstuurd_om__isnull=False, teruggehaald_om=None)
    dicht = bij_de_trainers.exclude(pk__in=bij_de_trainers.vrijgegeven().values("pk")).order_by("verstuurd_om").first()
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
    gevraagd = list(
        Mening.objects.gevraagd()
        .filter(verslag=verslag)
        .annotate(mag=Exists(mag), uitgepraat=Exists(Besluit.objects.uitgepraat().filter(verslag=OuterRef("verslag"))))
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
        "wacht_op": " en ".join(m.trainer.voornaam for m in gevraagd if not m.gegeven_om),
        "eigen": eigen,
        "besluit": besluit,
        "overleg": overleg,
        "kan_schrijven": schrijft and verslag.afgerond_om is None,
        "zichtbaar": _met_punten(
            sorted((m for m in gevraagd if m.mag and m.gegeven_om), key=lambda m: (m.gegeven_om, m.pk))
        ),
        "gesprek": gesprek,
    }


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
