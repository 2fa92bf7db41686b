"""The journal is written here only: what was done, by whom, in which role; and who looked."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from lms.kern.handelingen.poort import persoon_van
from lms.kern.models import Gebruiker, Journaalregel, Traject
from lms.kern.onthouden import Gezien


def sleutel_van(rij: Model | None) -> dict[str, Any]:
    """How the journal names a row: nothing for the traject of the line itself, nor without a row."""
    return {} if rij is None or isinstance(rij, Traject) else {str(rij._meta.model_name): rij.pk}


def schrijf_op(
    rij: Model | None, traject: Traject | None, naam: str, *, sleutel: dict[str, Any] | None = None, **velden: Any
) -> None:
    """The line of an act on this row."""
    velden["verzoek_id"] = velden.get("verzoek_id") or None
    velden["gegevens"] = sleutel_van(rij) if sleutel is None else sleutel
    velden["naar"] = traject.stap if traject else None
    Journaalregel.objects.create(traject=traject, over_id=persoon_van(rij, traject), handeling=naam, **velden)


def ook_noteren(rij: Model, naam: str, *, door: Gebruiker | None, als: str, traject: Traject | None = None) -> None:
    """A line for a row that changed along with the subject of an act."""
    schrijf_op(rij, traject, naam, door=door, als=als, van=traject.stap if traject else None)


def inzage_noteren(
    traject: Traject | None, *, door: Gebruiker, als: str, wat: str, over: Gebruiker | None = None, **gegevens: Any
) -> None:
    """Journal that `door` read a letter, cv, report or sensitive field of this traject in the role `als` (`wat` is
    a code). Not for the own one.

    Without a traject: `over`, the person it was about; `gegevens` name the row.
    """
    over_id = traject.kandidaat_id if traject else over.pk if over else None
    if traject and door.pk == over_id:
        return
    Journaalregel.objects.create(
        traject=traject, over_id=over_id, handeling="inzage", door=door, als=als, gegevens={"wat": wat, **gegevens}
    )


def inzagen_noteren(trajecten: Iterable[Traject], *, door: Gebruiker, als: str, wat: str) -> None:
    """The same for what was read of several people at once. One question."""
    Journaalregel.objects.bulk_create(
        Journaalregel(
            traject=traject, over_id=traject.kandidaat_id, handeling="inzage", door=door, als=als, gegevens={"wat": wat}
        )
        for traject in trajecten
        if door.pk != traject.kandidaat_id
    )


# (day, traject, draft, person) that this process knows to be in the journal
_genoteerd = Gezien(hoogstens=10_000)


def vandaag_noteren(traject: Traject, naam: str, *, door: Gebruiker, als: str) -> None:
    """One journal line a day for a draft.

    What was committed today is remembered, so that saving every few seconds asks nothing.
    """
    sleutel = (timezone.localdate(), traject.pk, naam, door.pk)
    if sleutel in _genoteerd:
        return
    begin = timezone.make_aware(dt.datetime.combine(sleutel[0], dt.time.min))
    if not Journaalregel.objects.filter(traject=traject, handeling=naam, door=door, om__gte=begin).exists():
        Journaalregel.objects.create(traject=traject, over_id=traject.kandidaat_id, handeling=naam, door=door, als=als)
    transaction.on_commit(lambda: _genoteerd.voeg_toe(sleutel))
