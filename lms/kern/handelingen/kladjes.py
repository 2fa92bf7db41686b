"""What is kept of a form while somebody types. No act about a path: no step, no message, no line in the journal.

Only the own ones. A draft goes when its form was taken, and by itself after HOUDT.
"""

import json

from django.core.signing import BadSignature
from django.utils import timezone

from lms.kern.bestanden.houden import gehouden_opruimen, gehouden_verlopen
from lms.kern.kladveld import KLAD, vorm_van
from lms.kern.models import Journaalregel, Kladje

HOOGSTENS = 40  # drafts of one person; the oldest goes


def kladje_bewaren(*, door, adres, vorm, welk, velden, verzoek_id=""):
    """Keep what `door` typed in this form, instead of what was kept before.

    A save that comes in after its form was taken (`verzoek_id` is in the journal) leaves nothing: looked at afterwards,
    so that one of both always sees the other.
    """
    rij = Kladje(
        gebruiker=door, adres=adres, vorm=vorm, welk=welk, velden=Kladje.verzegeld(velden), bewaard_om=timezone.now()
    )
    Kladje.objects.bulk_create(
        [rij],
        update_conflicts=True,
        unique_fields=["gebruiker", "adres", "vorm", "welk"],
        update_fields=["velden", "bewaard_om"],
    )
    eigen = Kladje.objects.van(door)
    if verzoek_id and Journaalregel.objects.filter(verzoek_id=verzoek_id, door=door).exists():
        eigen.filter(adres=adres, vorm=vorm, welk=welk).delete()
    te_veel = list(eigen.order_by("-bewaard_om", "-pk").values_list("pk", flat=True)[HOOGSTENS:])
    if te_veel:
        eigen.filter(pk__in=te_veel).delete()


def kladje_weggooien(*, door, adres, vorm, welk):
    """The person does not want it back, or typed it all away again."""
    Kladje.objects.van(door).filter(adres=adres, vorm=vorm, welk=welk).delete()


def kladje_verstuurd(gepost, *, door, adres):
    """The form that was `gepost` was taken: its draft goes. With or without our script."""
    try:
        vorm, _ = vorm_van(gepost[KLAD])
    except BadSignature:
        return
    rijen = Kladje.objects.van(door).filter(adres=adres, vorm=vorm).only("pk", "welk")
    klaar = [rij.pk for rij in rijen if _hoort_bij(rij.welk, gepost)]
    if klaar:
        Kladje.objects.filter(pk__in=klaar).delete()


def _hoort_bij(welk, gepost):
    """Whether what the form held hidden was posted now."""
    return all(gepost.get(naam) == waarde for naam, waarde in json.loads(welk or "[]"))


def kladjes_opruimen():
    """Remove what was not touched for HOUDT, held files too. Returns how many; one question when there is nothing."""
    bestanden = gehouden_verlopen().order_by().values("pk")
    if not Kladje.objects.verlopen().order_by().values("pk").union(bestanden, all=True).exists():
        return 0
    return Kladje.objects.verlopen().delete()[0] + gehouden_opruimen()
