"""What is open on a trainer: groups still to be given. On an editor: texts that are not on the site yet."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cursus.handelingen.trainers import trainers_wisselen
from cursus.models import Aanwezigheid, Bijeenkomst, Deelname, Soort, Trainerschap, Uitvoering
from lms.kern.datums import datum
from lms.kern.handelingen import ook_noteren
from lms.kern.instellingen import instelling
from lms.kern.models import Beurt, Rol
from lms.kern.overdracht import REGISTRATIE, TRAINERSPLEK, Openstaand, Plicht, mensen_met, namen, verder

VERSLAG_KOMT = 7  # until this step somebody may still send a report to the trainers of the group
NA_EK2 = ("scopeverslag_schrijven", "scopeverslag_beantwoorden")


def _plekken(einde):
    """The trainer's places that end."""
    rijen = Trainerschap.objects.nu().filter(trainer=einde.persoon)
    return rijen.filter(pk=einde.rij.pk) if einde.wat == TRAINERSPLEK else rijen


def _mensen_op_weg():
    """Places of people whose report is still to come, or still to be read, by the trainers of their group."""
    rijen = Deelname.objects.filter(uitvoering=OuterRef("pk"), geplaatst_om__isnull=False, afgemeld_om=None)
    na_ek2 = Beurt.objects.filter(traject=OuterRef("traject"), code__in=NA_EK2)
    komt = Q(soort=Soort.EK1, traject__stap__lte=VERSLAG_KOMT) | Q(Exists(na_ek2), soort=Soort.EK2)
    return rijen.filter(komt, traject__afgesloten_op=None)


def nog_te_geven():
    """Groups and meetings that still ask something of their trainers."""
    komt = Bijeenkomst.objects.filter(uitvoering=OuterRef("pk"), eindigt_om__gt=timezone.now())
    open_ = Aanwezigheid.objects.filter(bijeenkomst__uitvoering=OuterRef("pk"), resultaat="", geldt=True)
    open_ = open_.filter(traject__afgesloten_op=None)
    werk = Q(Exists(komt)) | Q(Exists(open_)) | Q(Exists(_mensen_op_weg()))
    return Uitvoering.objects.filter(werk, afgelast_om=None)


def _groepen(einde):
    """The same number of questions for any number of groups."""
    groepen = nog_te_geven().filter(pk__in=_plekken(einde).values("uitvoering")).met_data()
    groepen = list(groepen.order_by("begint_om", "pk"))
    plekken = Trainerschap.objects.nu().filter(uitvoering__in=groepen).exclude(trainer=einde.persoon)
    naast, deelnemers = {}, {}
    for plek in plekken.select_related("trainer").order_by("pk"):
        naast.setdefault(plek.uitvoering_id, []).append(plek.trainer)
    deelnames = Deelname.objects.filter(uitvoering__in=groepen, afgemeld_om=None)
    for groep, mens in deelnames.values_list("uitvoering", "traject__kandidaat"):
        deelnemers.setdefault(groep, set()).add(mens)
    trainers, minstens = list(mensen_met(Rol.TRAINER, behalve=[einde.persoon.pk])), instelling("trainers_per_verslag")
    return [
        _groep(groep, naast.get(groep.pk, []), deelnemers.get(groep.pk, set()), trainers, minstens) for groep in groepen
    ]


def _groep(groep, anderen, deelnemers, trainers, minstens):
    niet = deelnemers | {mens.pk for mens in anderen}
    return Openstaand(
        groep.pk,
        f"{groep.titel}, {datum(groep.begint_om)}" if groep.begint_om else groep.titel,
        reverse("trainer_groep", args=[groep.pk]),
        mensen=tuple((mens.pk, mens.naam) for mens in trainers if mens.pk not in niet),
        bureau=_zonder_nieuwe(groep, anderen),
        let_op=_wie_er_blijft(groep, anderen, minstens),
    )


def _zonder_nieuwe(groep, anderen):
    """What it means when nobody takes the place: a training always keeps a trainer."""
    if not anderen:
        return "" if groep.is_training else "Niemand. Het bureau regelt deze bijeenkomst"
    return verder(anderen)


def _wie_er_blijft(groep, anderen, minstens):
    if not groep.is_training or len(anderen) >= minstens:
        return ""
    if not anderen:
        return "Dit is de laatste trainer van deze groep."
    zin = f"Dit is de op één na laatste trainer. Daarna is er alleen nog {namen(anderen)}."
    if groep.soort == Soort.EK1:
        zin += " Een verslag kan pas weg als er weer genoeg trainers zijn."
    return zin


def _groepen_doorgeven(einde, keuzes):
    """All places end; who takes one over gets the days for the diary, who leaves gets them out of it."""
    rijen = list(_plekken(einde))
    groepen = Uitvoering.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    groepen = groepen.in_bulk([rij.uitvoering_id for rij in rijen])
    Trainerschap.objects.filter(pk__in=[rij.pk for rij in rijen]).update(tot=timezone.localdate())
    for rij in rijen:
        if rij.uitvoering_id in keuzes:
            _plek_doorgeven(groepen[rij.uitvoering_id], keuzes[rij.uitvoering_id], einde)
        if einde.wat != TRAINERSPLEK:  # else it is the subject of the act itself
            ook_noteren(rij, "trainersplek_beeindigen", door=einde.door, als=Rol.BUREAU)


def _plek_doorgeven(groep, nieuw, einde):
    if nieuw is not None:
        plek = Trainerschap.objects.create(uitvoering=groep, trainer=nieuw)
        ook_noteren(plek, "trainersplek_geven", door=einde.door, als=Rol.BUREAU)
    if groep.bijeenkomsten.filter(eindigt_om__gt=timezone.now()).exists():  # else nothing is left for a diary
        trainers_wisselen(groep, erbij=[nieuw.pk] if nieuw else [], eraf=[einde.persoon.pk])


def _paden(einde):
    """The people of the groups: who of them sends a report meanwhile waits, and asks who is trainer then."""
    plekken = Deelname.objects.filter(uitvoering__in=_plekken(einde).values("uitvoering"), afgemeld_om=None)
    return plekken.filter(traject__afgesloten_op=None).values_list("traject", flat=True)


def _laatste_trainers(einde):
    """The last trainers of the house are named."""
    blijven = list(mensen_met(Rol.TRAINER, behalve=[einde.persoon.pk])[:2])
    if len(blijven) > 1:
        return []
    if not blijven:
        return [f"{einde.persoon.naam} is de laatste trainer. Daarna is er geen trainer meer."]
    return [f"{einde.persoon.naam} is de op één na laatste trainer. Daarna is er alleen nog {blijven[0].naam}."]


def _teksten(einde):
    rijen = Page.objects.filter(latest_revision__user=einde.persoon, has_unpublished_changes=True).order_by("title")
    return [
        Openstaand(
            pagina.pk,
            pagina.title,
            reverse("wagtailadmin_pages:edit", args=[pagina.pk]),
            vanzelf="Dit staat nog niet op de site. Andere redacteuren en het bureau kunnen ermee verder.",
        )
        for pagina in rijen
    ]


def _eigen_plekken(einde):
    """Places of who stops as coordinator, in a training that is still to come."""
    komt = einde.rij.traject.deelnames.nu().filter(uitvoering__bijeenkomsten__eindigt_om__gt=timezone.now())
    plekken = komt.select_related("uitvoering").distinct().order_by("pk")
    return [
        Openstaand(plek.pk, plek.uitvoering.titel, vanzelf="Deze plek komt vrij voor iemand anders.")
        for plek in plekken
    ]


PLICHTEN = (
    Plicht("groep", "Groepen", (Rol.TRAINER, TRAINERSPLEK), _groepen, _groepen_doorgeven, paden=_paden),
    Plicht("trainers", "Trainers", (Rol.TRAINER,), lambda einde: [], lambda einde, keuzes: None, _laatste_trainers),
    # the end of the path takes the place and the days in the diary with it
    Plicht("plek", "Plekken", (REGISTRATIE,), _eigen_plekken, lambda einde, keuzes: None),
    Plicht("tekst", "Teksten", (Rol.REDACTEUR,), _teksten, lambda einde, keuzes: None),
)
