"""The worklists: the turns a staff role may see, from the stored print, oldest first."""

from collections import Counter

from django.db.models import Count, Q
from django.utils import timezone

from cursus.models import Bijeenkomst, Uitvoering
from lms.kern.models import Beurt, Rol, Traject
from lms.kern.stappen import PER_CODE

ROLLCALL = [code for code in PER_CODE if code.endswith("_aanwezigheid")]


def beurten_voor(gebruiker, rol):
    """The open turns of `rol` for this person: named for this person, or for everybody of the role who sees the traject."""
    zichtbaar = Traject.objects.zichtbaar_als(gebruiker, rol).lopend()
    voor_mij = Q(persoon=gebruiker) | Q(persoon=None)
    return (
        Beurt.objects.filter(voor_mij, rol=rol, traject__in=zichtbaar.values("pk"))
        .open_op(timezone.localdate())
        .exclude(code__in=ROLLCALL)
        .select_related("traject__kandidaat", "traject__regio")
        .order_by("sinds", "pk")
    )


def per_soort(beurten):
    """[(code, task, number)] of the turns, in the order of the path. One query."""
    aantallen = Counter(dict(beurten.order_by().values_list("code").annotate(n=Count("pk"))))
    return [{"code": code, "taak": aanzet.taak, "aantal": aantallen[code]} for code, aanzet in PER_CODE.items() if aantallen[code]]


def dagen_in_te_vullen(gebruiker, rol):
    """Days that have begun with people nobody wrote down yet: {open, allen} per day. One query."""
    uitvoeringen = Uitvoering.objects.zichtbaar_als(gebruiker, rol)
    if rol == Rol.BUREAU:
        uitvoeringen = uitvoeringen.filter(soort="informatie")  # trainers do their own groups
    morgen = timezone.localtime().replace(hour=23, minute=59)
    return (
        Bijeenkomst.objects.filter(uitvoering__in=uitvoeringen.values("pk"), begint_om__lte=morgen)
        .annotate(allen=Count("aanwezigheden"), open=Count("aanwezigheden", filter=Q(aanwezigheden__resultaat="", aanwezigheden__vervangen_door=None)))
        .filter(open__gt=0)
        .select_related("uitvoering")
        .order_by("begint_om")
    )
