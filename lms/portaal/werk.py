"""The worklists: the turns a staff role may see, from the stored print, oldest first."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from cursus.handelingen.plichten import nog_te_geven
from cursus.models import TRAINING, Aanwezigheid, Bijeenkomst, Trainerschap, Uitvoering
from lms.kern.instellingen import instelling
from lms.kern.models import Beurt, Regio, Rol, Rolvervulling, Traject
from lms.kern.pad.beurten import BEURTEN, PER_CODE
from lms.kern.pad.beurten.verslag import GEVRAAGDEN
from selectie.models import Gesprek, Mening

PRESENTIE = [beurt.code for beurt in BEURTEN if beurt.presentie]
VAN_GEVRAAGDEN = [beurt.code for beurt in BEURTEN if beurt.wie is GEVRAAGDEN]  # not of every trainer of the group
NA_EK2 = [beurt.code for beurt in BEURTEN if beurt.training == "EK2"]


def zonder_kanten(traject, rol):
    """Of steps 1–7 a regiomanager reads name, step, since when and "gesprek": no sides, no outcome (regels §1)."""
    return rol == Rol.REGIOMANAGER and traject.stap <= 7


def in_gesprek(beurten):
    return any(b.aanzet.gesprek for b in beurten)


def woord_voor_einde(traject, rol):
    """How a traject ended, in words; for who may not know an outcome only that it ended."""
    return "loopt niet meer" if zonder_kanten(traject, rol) else traject.get_afsluiting_display()


def _voor_mij(gebruiker, rol):
    """Named for this person, or for everybody of the role; for a trainer only what belongs to the training of the
    own group.
    """
    if rol != Rol.TRAINER:
        return Q(persoon=gebruiker) | Q(persoon=None)
    ek1, ek2 = (Traject.objects.als_trainer_van(gebruiker, soort).values("pk") for soort in ("EK1", "EK2"))
    gevraagd = Mening.objects.gevraagd().filter(trainer=gebruiker).values("verslag__traject")
    return (
        Q(persoon=gebruiker)
        | Q(persoon=None, code__in=NA_EK2, traject__in=ek2)
        | Q(persoon=None, code__in=VAN_GEVRAAGDEN, traject__in=gevraagd)
        | Q(persoon=None, traject__in=ek1) & ~Q(code__in=[*NA_EK2, *VAN_GEVRAAGDEN])
    )


def beurten_voor(gebruiker, rol):
    """The open turns of `rol` for this person: named for this person, or for everybody of the role who sees the
    traject.
    """
    zichtbaar = Traject.objects.zichtbaar_als(gebruiker, rol).lopend()
    return (
        Beurt.objects.filter(_voor_mij(gebruiker, rol), Exists(zichtbaar.filter(pk=OuterRef("traject"))), rol=rol)
        .open_op(timezone.localdate())
        .exclude(code__in=PRESENTIE)
        .select_related("traject__kandidaat", "traject__regio")
        .order_by("sinds", "pk")
    )


def van_niemand():
    """The turns that nobody sees who can do them: named for somebody of the team who cannot log in or lost the role, or
    of a region without a regiomanager. Of what a candidate can't do the bureau hears when its term is past.
    """
    kan = Rolvervulling.objects.geldig().filter(gebruiker__is_active=True, rol=OuterRef("rol"))
    genoemd = Q(persoon__isnull=False, rol__in=(Rol.TRAINER, Rol.REGIOMANAGER, Rol.BUREAU))
    zonder_persoon = genoemd & ~Exists(kan.filter(gebruiker=OuterRef("persoon")))
    van_de_regio = Q(persoon=None, rol=Rol.REGIOMANAGER) & ~Exists(kan.filter(regio=OuterRef("traject__regio")))
    beurten = Beurt.objects.open_op(timezone.localdate()).filter(traject__afgesloten_op=None)
    return beurten.filter(zonder_persoon | van_de_regio)


def te_weinig_trainers():
    """Trainings that go on with fewer trainers who can log in than a report needs."""
    kunnen = Trainerschap.objects.nu().filter(uitvoering=OuterRef("pk"), trainer__is_active=True).order_by()
    aantal = Coalesce(Subquery(kunnen.values("uitvoering").annotate(n=Count("pk")).values("n")), 0)
    return (
        nog_te_geven()
        .filter(soort__in=TRAINING)
        .alias(kunnen=aantal)
        .filter(kunnen__lt=instelling("trainers_per_verslag"))
    )


def tellingen(**wat):
    """{name: number of rows} of these querysets. One query."""
    een, *meer = [
        rijen.order_by().values(naam=Value(naam)).annotate(n=Count("pk")).values_list("naam", "n")
        for naam, rijen in wat.items()
    ]
    return dict.fromkeys(wat, 0) | dict(een.union(*meer, all=True))


def gesprekken_van(trainer):
    """The planned conversations in which this trainer takes part, the first one first."""
    gevraagd = Mening.objects.gevraagd().filter(trainer=trainer).values("verslag")
    gepland = Gesprek.objects.te_houden().filter(verslag__in=gevraagd, moment_om__isnull=False)
    gepland = gepland.filter(
        verslag__traject__afgesloten_op=None, moment_om__gte=timezone.now() - dt.timedelta(hours=12)
    )
    return gepland.select_related("verslag__traject__kandidaat").order_by("moment_om", "pk")


def zonder_vog():
    """The turns of candidates who still show their VOG, who waits longest first: a list to look things up in, no work
    of the bureau.
    """
    beurten = Beurt.objects.filter(code="vog_laten_zien", traject__afgesloten_op=None)
    return beurten.select_related("traject__kandidaat").order_by("sinds", "pk")


@dataclass(frozen=True)
class Liggend:
    """With whom turns wait that this person or region cannot do now, and where that is set right."""

    naam: str
    adres: str
    aantal: int


def bij_wie(beurten):
    """[Liggend] of turns of nobody, the most first."""
    beurten = beurten.select_related("persoon", "traject__regio")
    wachtend = Counter(beurt.persoon or beurt.traject.regio for beurt in beurten)
    return [
        Liggend(f"{wie}, zonder regiomanager", reverse("bureau_mensen"), aantal)
        if isinstance(wie, Regio)
        else Liggend(wie.naam, reverse("bureau_mens", args=[wie.pk]), aantal)
        for wie, aantal in wachtend.most_common()
    ]


def per_soort(beurten):
    """[(code, task, number)] of the turns, in the order of the path. One query."""
    aantallen = Counter(dict(beurten.order_by().values_list("code").annotate(n=Count("pk"))))
    return [
        {"code": code, "taak": aanzet.taak, "aantal": aantallen[code]}
        for code, aanzet in PER_CODE.items()
        if aantallen[code]
    ]


def dagen_in_te_vullen(gebruiker, rol):
    """Days that have begun with people nobody wrote down yet: {open, allen} per day. One query."""
    uitvoeringen = Uitvoering.objects.zichtbaar_als(gebruiker, rol)
    if rol == Rol.BUREAU:
        uitvoeringen = uitvoeringen.filter(soort="informatie")  # trainers do their own groups
    morgen = timezone.localtime().replace(hour=23, minute=59)
    rijen = Aanwezigheid.objects.filter(bijeenkomst=OuterRef("pk"))
    open_rijen = rijen.filter(resultaat="", geldt=True)
    return (
        Bijeenkomst.objects.filter(Exists(open_rijen), uitvoering__in=uitvoeringen.values("pk"), begint_om__lte=morgen)
        .annotate(allen=_aantal(rijen), open=_aantal(open_rijen))
        .select_related("uitvoering")
        .order_by("begint_om")
    )


def _aantal(rijen):
    return Subquery(rijen.order_by().values("bijeenkomst").annotate(n=Count("pk")).values("n"))
