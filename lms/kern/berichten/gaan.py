"""When the messages of the ground itself are true: about stopping, and of one entry in the diary."""

from django.db.models import Q

from lms.kern.berichten.feiten import Feit


def _gesloten(aan: int | None) -> Q:
    return Q(afgesloten_op__isnull=False)


def _eigen_regel(aan: int | None) -> Q:
    return Q(persoon=aan)


FEITEN = {
    "gestopt": Feit("kern.Traject", _gesloten),
    "afgerond": Feit("kern.Traject", _gesloten),
    "agendadag": Feit("kern.Agendaregel", _eigen_regel),
}
IN_DE_AGENDA = {"gestopt": True, "afgerond": True}  # whatever still stands there goes out of it
GEGEVENS = {"agendadag": "lms.kern.berichten.agenda.gegevens_voor"}
