"""What the mails of step 7 say with it: the trainers by first name, the moment and place, the promised day. Never what
anybody thinks.
"""

import datetime as dt

from django.db.models import Q

from lms.kern.instellingen import instelling
from lms.kern.models import Beurt
from selectie.models import Besluit, Gesprek, Mening, Verslag

OVER_EEN_GESPREK = ("gesprek_gepland", "gesprek_gepland_trainer", "gesprek_afgezegd", "gesprek_afgezegd_trainer")


def opsomming(namen):
    """ "Marek", "Marek en Joyce", "Marek, Joyce en Anne"."""
    namen = list(namen)
    return " en ".join(filter(None, [", ".join(namen[:-1]), *namen[-1:]]))


def namen_van_trainers(verslag, *, wie_praten=False):
    """The first names of the trainers of this report, as one piece of a sentence for the candidate: those to whom it
    was sent until release (a third one who is asked tells what they are doing, invariant 4), afterwards who reacted.
    `wie_praten`: whom the candidate will meet.
    """
    gevraagd = Mening.objects.gevraagd().filter(verslag=verslag).order_by("trainer__voornaam", "pk")
    if verslag is not None and not wie_praten:
        vrij = Verslag.objects.vrijgegeven().filter(pk=verslag.pk).exists()
        eerst = Q(gegeven_om__isnull=False) if vrij else Q(gevraagd_om__lte=verslag.verstuurd_om)
        gevraagd = gevraagd.filter(eerst)
    namen = list(gevraagd.values_list("trainer__voornaam", flat=True))
    return opsomming(namen) if len(namen) > 1 else "Je trainers"


def _verslag_van(bericht):
    if bericht.soort.startswith("beurt_"):
        gestuurd = Verslag.objects.filter(traject=bericht.traject_id, verstuurd_om__isnull=False, teruggehaald_om=None)
        return gestuurd.order_by("-versie").first()
    zoek = {
        "verslag_ontvangen": lambda pk: Verslag.objects.filter(pk=pk),
        "besluit": lambda pk: Verslag.objects.filter(pk__in=Besluit.objects.filter(pk=pk).values("verslag")),
        "gesprek": lambda pk: Verslag.objects.filter(pk__in=Gesprek.objects.filter(pk=pk).values("verslag")),
    }
    soort = bericht.soort if bericht.soort in zoek else "gesprek" if bericht.soort in OVER_EEN_GESPREK else "besluit"
    return zoek[soort](bericht.feit).first()


def gegevens_voor(bericht):
    """{name: value} for the template of this message."""
    verslag = _verslag_van(bericht)
    praten = bericht.soort in (*OVER_EEN_GESPREK, "praten", "beurt_moment_kiezen", "beurt_antwoord_na_gesprek")
    gegevens = {"namen": namen_van_trainers(verslag, wie_praten=praten)}
    gegevens["uiterlijk"] = verslag.reactie_voor if verslag else None
    if bericht.soort in OVER_EEN_GESPREK:
        gegevens |= _over_het_gesprek(bericht, verslag)
    if bericht.soort in ("praten", "beurt_moment_kiezen"):
        gegevens |= _over_de_momenten(bericht, verslag)
    return gegevens


def _over_het_gesprek(bericht, verslag):
    """When and where, when it stood before, and for a cancellation why: who is mailed is not asked any more, or the
    candidate asked for other moments.
    """
    momenten = {naam: bericht.gegevens.get(naam) for naam in ("begin", "was")}
    gesprek = Gesprek.objects.filter(pk=bericht.feit).first()
    return {naam: dt.datetime.fromisoformat(om) if om else None for naam, om in momenten.items()} | {
        "plek": gesprek.plek if gesprek else "",
        "erbij": Mening.objects.gevraagd().filter(verslag=verslag, trainer=bericht.aan_id).exists(),
        "gehouden": bool(gesprek and gesprek.gehouden_om),
        "nieuwe_momenten": bool(gesprek and not gesprek.gehouden_om and not gesprek.vervallen_om),
    }


def _over_de_momenten(bericht, verslag):
    """The moments that are offered, when this mail goes out after them; else the day before which they come."""
    gesprek = Gesprek.objects.te_houden().filter(verslag=verslag).first()
    beurten = Beurt.objects.filter(traject=bericht.traject_id, code="gesprek_voorstellen")
    uiterlijk = beurten.order_by("uiterlijk_op").values_list("uiterlijk_op", flat=True).first()
    return {"momenten": list(gesprek.momenten.all()) if gesprek else [], "uiterlijk": uiterlijk}


def over_de_vog(bericht):
    """How somebody gets a VOG, as the bureau wrote it down."""
    return {"vog_uitleg": instelling("vog_uitleg")}
