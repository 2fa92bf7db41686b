"""Moving what happened back in time."""

import datetime as dt

from django.db.models import DateField, DateTimeField, F

from lms.kern.models import Beurt, Journaalregel, Traject
from selectie.models import Aanmelding, Mening, Verslag


def _velden(model):
    """The moments and promised dates of a model that move back with its traject; dates on paper stay."""
    vast = {
        "gehouden_op",
        "afgegeven_op",
        "terug_op",
        "ingeschakeld_op",
        "nazorg_vanaf",
        "nazorg_op",
        "gesprek_op",
        "vanaf",
        "afgesloten_op",
    }
    return [
        v.name for v in model._meta.concrete_fields if isinstance(v, DateField | DateTimeField) and v.name not in vast
    ]


def terug(traject, dagen):
    """Move everything of this traject that has happened `dagen` back in time. Demo data only; never used elsewhere."""
    for model, pad in (
        (Journaalregel, "traject"),
        (Beurt, "traject"),
        (Aanmelding, "traject"),
        (Verslag, "traject"),
        (Mening, "verslag__traject"),
        (Traject, "pk"),
    ):
        schuif(model, {pad: traject.pk}, dagen)
    for naam in ("deelnamebesluiten", "uitzoeknotities", "poortpunten"):
        schuif(getattr(traject, naam).model, {"traject": traject.pk}, dagen)
    traject.refresh_from_db()


def schuif(model, waar, dagen):
    velden = {veld: F(veld) - dt.timedelta(days=dagen) for veld in _velden(model)}
    if velden:
        model._base_manager.filter(**waar).update(**velden)
