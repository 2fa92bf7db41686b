"""When the messages of the ground itself are true: about stopping and what is kept, and of one entry in the diary."""

from typing import Any

from django.db.models import Q

from lms.kern.berichten.feiten import Feit
from lms.kern.bewaartermijnen import VRAAG
from lms.kern.datums import dag
from lms.kern.models import Bericht, Bewaartermijn


def _gesloten(aan: int | None) -> Q:
    return Q(afgesloten_op__isnull=False)


def _nog_te_wissen(aan: int | None) -> Q:
    return Q(gewist_om__isnull=True)


def bewaren(bericht: Bericht) -> dict[str, Any]:
    """What a mail at the end of a path says about keeping: the day as it is promised now."""
    klok = Bewaartermijn.objects.klok().filter(traject=bericht.traject).order_by("pk").last()
    return {"wissen_op": dag(klok and klok.wissen_op), "langer": bool(klok and klok.langer), "vraag": VRAAG}


def soort_papier(bericht: Bericht) -> dict[str, Any]:
    """Which papers this mail is about."""
    return {"soort": bericht.gegevens.get("soort", "")}


def _eigen_regel(aan: int | None) -> Q:
    return Q(persoon=aan)


FEITEN = {
    "gestopt": Feit("kern.Traject", _gesloten),
    "afgerond": Feit("kern.Traject", _gesloten),
    "agendadag": Feit("kern.Agendaregel", _eigen_regel),
    "bewaren_ingetrokken": Feit("kern.Bewaartermijn", _nog_te_wissen),
}
IN_DE_AGENDA = {"gestopt": True, "afgerond": True}  # whatever still stands there goes out of it
_BEWAREN = dict.fromkeys(("gestopt", "afgerond", "bewaren_ingetrokken"), "lms.kern.berichten.gaan.bewaren")
GEGEVENS = {
    "agendadag": "lms.kern.berichten.agenda.gegevens_voor",
    "papieren_gewist": "lms.kern.berichten.gaan.soort_papier",
    **_BEWAREN,
}
