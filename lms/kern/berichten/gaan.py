"""When the messages about stopping and coming back are true."""

from django.db.models import Q

from lms.kern.berichten.feiten import Feit


def _gesloten(aan: int | None) -> Q:
    return Q(afgesloten_op__isnull=False)


FEITEN = {"gestopt": Feit("kern.Traject", _gesloten), "afgerond": Feit("kern.Traject", _gesloten)}
