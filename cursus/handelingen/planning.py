"""Planning, called by the Wagtail admin: make, change and cancel sessions, groups and locations."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from cursus.handelingen.agendaplekken import agenda_laten_weten, agendaplekken_doorschuiven
from cursus.handelingen.plekken import bezet, haal_weg, ontruimen
from cursus.handelingen.trainers import trainers_laten_weten, trainers_wisselen
from cursus.models import Aanwezigheid, Bijeenkomst, Datumwens, Deelname, Locatie, Trainerschap, Uitvoering
from lms.kern.berichten import bericht_maken
from lms.kern.datums import tel
from lms.kern.handelingen import groep_klaarzetten, groep_uitvoeren, handeling, vereis
from lms.kern.models import Groepsdaad, Rol, Traject
from lms.kern.overdracht import TRAINERSPLEK, Einde, openstaand

BUREAU = Rol.BUREAU
BOTSING = (
    "Iemand anders heeft dit net ook veranderd. Wat jij invulde, staat er nog. Kijk wat er nu bewaard is en "
    "bewaar daarna opnieuw."
)


def _dagen_nakijken(dagen):
    vereis(dagen, "Vul minstens één datum in.")
    for begin, eind in dagen:
        vereis(eind > begin, "De eindtijd is vóór de begintijd.")
    for (_, eind), (begin, _) in zip(sorted(dagen), sorted(dagen)[1:], strict=False):
        vereis(begin >= eind, "Twee dagen overlappen elkaar.")


def _velden_zetten(uitvoering, velden):
    """Write the plain fields after checking them; `regios` (a list) is the caller's, it needs a row first."""
    for naam, waarde in velden.items():
        setattr(uitvoering, naam, waarde)
    vereis(uitvoering.minimum <= uitvoering.capaciteit, "Dit is meer dan het aantal plekken.", "minimum")
    uitvoering.full_clean()
    uitvoering.save()


@handeling(BUREAU, maakt=True)
def locatie_maken(*, door, **velden):
    """Add a location. Returns the Locatie."""
    locatie = Locatie(**velden)
    locatie.full_clean()
    locatie.save()
    return locatie


@handeling(BUREAU)
def locatie_wijzigen(locatie, *, door, **velden):
    """Change a location; sessions there show the new facts at once, and who comes there hears of another address."""
    waar = ("naam", "adres", "plaats", "postcode4", "online", "link")
    was = [getattr(locatie, naam) for naam in waar]
    for naam, waarde in velden.items():
        setattr(locatie, naam, waarde)
    locatie.full_clean()
    locatie.save()
    if [getattr(locatie, naam) for naam in waar] != was:
        for uitvoering in Uitvoering.objects.met_een_dag_na(timezone.now()).filter(locatie=locatie, afgelast_om=None):
            _laat_weten(uitvoering)


@handeling(BUREAU, maakt=True)
def uitvoering_maken(*, door, dagen, trainers=(), **velden):
    """Plan a new session or group. `dagen`: list of (begin, eind) moments. Returns the Uitvoering.

    Raises ValidationError.
    """
    _dagen_nakijken(dagen)
    _zijn_trainer(trainers)
    regios = velden.pop("regios", ())
    uitvoering = Uitvoering()
    _velden_zetten(uitvoering, velden)
    uitvoering.regios.set(regios)
    Bijeenkomst.objects.bulk_create(
        [
            Bijeenkomst(uitvoering=uitvoering, nr=n, begint_om=b, eindigt_om=e)
            for n, (b, e) in enumerate(sorted(dagen), 1)
        ]
    )
    Trainerschap.objects.bulk_create([Trainerschap(uitvoering=uitvoering, trainer=trainer) for trainer in trainers])
    if max(eind for _, eind in dagen) > timezone.now():
        trainers_wisselen(uitvoering, erbij=[trainer.pk for trainer in trainers], eraf=())
    nieuwe_data_melden()
    return uitvoering


@handeling(BUREAU)
def uitvoering_wijzigen(uitvoering, *, door, dagen, trainers, versie=None, **velden):
    """Change a session or group. A moved date tells everyone concerned; trainers get a from and until date.

    `versie`: what the form was made from; when somebody else saved in between a ValidationError with code "botsing"
    says so.
    """
    if versie is not None and versie != uitvoering.versie:
        raise ValidationError(BOTSING, code="botsing")
    _dagen_nakijken(dagen)
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst is afgelast.")
    capaciteit = velden.get("capaciteit", uitvoering.capaciteit)
    vereis(
        capaciteit >= bezet(uitvoering),
        f"Al geplaatst: {tel(bezet(uitvoering), 'persoon,mensen')}. Zo weinig plekken kan niet.",
        "capaciteit",
    )
    if "soort" in velden and velden["soort"] != uitvoering.soort:
        vereis(
            not _heeft_mensen(uitvoering),
            "Er hebben zich al mensen aangemeld. De soort kan niet meer veranderen.",
            "soort",
        )
    waar = (uitvoering.locatie_id, uitvoering.link)
    if "regios" in velden:
        uitvoering.regios.set(velden.pop("regios"))
    _velden_zetten(uitvoering, velden | {"versie": uitvoering.versie + 1})
    verschoven = _dagen_zetten(uitvoering, sorted(dagen))
    _trainers_zetten(uitvoering, trainers, door)
    if verschoven or (uitvoering.locatie_id, uitvoering.link) != waar:
        _laat_weten(uitvoering)
    groep_klaarzetten("traject_na_planning", _erin(uitvoering), door=door, sleutel=_wijziging(uitvoering))
    nieuwe_data_melden()


def _heeft_mensen(uitvoering):
    return uitvoering.deelnames.exists() or uitvoering.agendaplekken.exists()


def _dagen_zetten(uitvoering, dagen):
    oud = list(uitvoering.bijeenkomsten.order_by("nr"))
    vereis(
        len(dagen) >= len(oud) or not _heeft_mensen(uitvoering),
        "Er zijn al mensen geplaatst. Een dag weghalen kan niet meer.",
    )
    verschoven = False
    for nr, (begin, eind) in enumerate(dagen, 1):
        rij = next((b for b in oud if b.nr == nr), None)
        if rij is None:
            rij = Bijeenkomst.objects.create(uitvoering=uitvoering, nr=nr, begint_om=begin, eindigt_om=eind)
            _nieuwe_dag_verwachten(rij)
            verschoven = True
        elif (rij.begint_om, rij.eindigt_om) != (begin, eind):
            geweest = rij.aanwezigheden.exclude(resultaat="").exists()
            vereis(not geweest, f"Op dag {nr} is al aanwezigheid ingevuld. Die datum kan niet meer veranderen.")
            Bijeenkomst.objects.filter(pk=rij.pk).update(
                begint_om=begin, eindigt_om=eind, volgnummer=rij.volgnummer + 1
            )
            verschoven = True
    Bijeenkomst.objects.filter(uitvoering=uitvoering, nr__gt=len(dagen)).delete()
    return verschoven


def _nieuwe_dag_verwachten(bijeenkomst):
    for deelname in bijeenkomst.uitvoering.deelnames.filter(geplaatst_om__isnull=False, afgemeld_om=None):
        if not Aanwezigheid.objects.filter(
            traject=deelname.traject_id, soort=deelname.soort, nr=bijeenkomst.nr, geldt=True
        ).exists():
            Aanwezigheid.objects.create(
                traject_id=deelname.traject_id, soort=deelname.soort, nr=bijeenkomst.nr, bijeenkomst=bijeenkomst
            )


def _zijn_trainer(mensen):
    """Who is no trainer would get days and tasks that are always refused."""
    for mens in mensen:
        vereis(Rol.TRAINER in mens.rollen(), f"{mens.naam} is geen trainer.", "trainers")


def _niets_open_bij(uitvoering, pks, door):
    """Who still reads reports of this group hands them on first, on the page of the group."""
    for plek in uitvoering.trainerschappen.nu().filter(trainer__in=pks).select_related("trainer"):
        einde = Einde(TRAINERSPLEK, plek, plek.trainer, door)
        vereis(
            not any(dingen for plicht, dingen in openstaand(einde) if plicht.code != "groep"),
            f"Bij {plek.trainer.naam} staan nog verslagen open. Geef die eerst door, op de pagina van de groep.",
            "trainers",
        )


def _trainers_zetten(uitvoering, trainers, door):
    nieuw, vandaag = {t.pk for t in trainers}, timezone.localdate()
    oud = set(uitvoering.trainerschappen.nu().values_list("trainer", flat=True))
    _zijn_trainer([t for t in trainers if t.pk not in oud])
    _niets_open_bij(uitvoering, oud - nieuw, door)
    uitvoering.trainerschappen.filter(tot=None).exclude(trainer__in=nieuw).update(tot=vandaag)
    Trainerschap.objects.bulk_create([Trainerschap(uitvoering=uitvoering, trainer_id=pk) for pk in nieuw - oud])
    trainers_wisselen(uitvoering, erbij=nieuw - oud, eraf=oud - nieuw)


def _laat_weten(uitvoering):
    """When or where changed: everybody with a place, who makes up a day and the trainers get the days anew."""
    plekken = uitvoering.deelnames.filter(afgemeld_om=None, geplaatst_om__isnull=False, traject__afgesloten_op=None)
    for deelname in plekken.select_related("traject__kandidaat"):
        bericht_maken(deelname.traject.kandidaat, "verplaatst", traject=deelname.traject, feit=deelname)
    for dag in Aanwezigheid.objects.gasten(uitvoering).select_related("traject__kandidaat"):
        bericht_maken(dag.traject.kandidaat, "dag_verplaatst", traject=dag.traject, feit=dag)
    trainers_laten_weten(uitvoering, "verplaatst")
    agenda_laten_weten(uitvoering)


def nieuwe_data_melden():
    """Mail once who asked for other dates and can choose one now.

    Also called by the worker: dates appear by `publiceren_op` too.
    """
    per_soort = {}
    for pk, soort in Uitvoering.objects.komend().values_list("pk", "soort"):
        per_soort.setdefault(soort, set()).add(pk)
    wensen = Datumwens.objects.filter(gemeld_om=None, soort__in=per_soort, traject__afgesloten_op=None).select_related(
        "traject__kandidaat"
    )
    for wens in wensen:
        bezig = wens.traject.deelnames.filter(soort=wens.soort, afgemeld_om=None).exists()
        nieuw = per_soort[wens.soort] - set(wens.gezien)
        if (
            not bezig
            and nieuw
            and Datumwens.objects.filter(pk=wens.pk, gemeld_om=None).update(gemeld_om=timezone.now())
        ):
            bericht_maken(wens.traject.kandidaat, "nieuwe_data", traject=wens.traject, sleutel=f"nieuwe_data:{wens.pk}")


def bijwerken_na_planning(uitvoering):
    """After a change of dates: bring the turns of the people concerned up to date, one act per person. What is not
    done now, the worker does.
    """
    groep_uitvoeren(Groepsdaad.objects.filter(sleutel=_wijziging(uitvoering)))
    agendaplekken_doorschuiven(uitvoering)


def _wijziging(uitvoering):
    """The key of what follows for the people of this session from its last change."""
    return f"planning:{uitvoering.pk}:{Uitvoering._base_manager.values_list('versie', flat=True).get(pk=uitvoering.pk)}"


def _erin(uitvoering):
    """The open trajecten with a place, a place on the waiting list or a day to make up in this session."""
    erin = Q(pk__in=uitvoering.deelnames.nu().values("traject"))
    erin |= Q(pk__in=Aanwezigheid.objects.gasten(uitvoering).values("traject"))
    return Traject.objects.filter(erin, afgesloten_op=None).order_by("pk")


@handeling(BUREAU, Rol.SYSTEEM)
def traject_na_planning(traject, *, door):
    """Only refreshes the print of one traject after a date moved."""


@handeling(BUREAU, Rol.SYSTEEM)
def deelname_afgelasten(deelname, *, door):
    """Give up one person's place because the session is cancelled; a new one can be chosen."""
    ontruimen(deelname.traject, deelname, Deelname.Afmelding.AFGELAST)
    bericht_maken(deelname.traject.kandidaat, "afgelast", traject=deelname.traject, feit=deelname)


@handeling(BUREAU, Rol.SYSTEEM, ook_oud=True)
def dag_afgelasten(aanwezigheid, *, door):
    """The session in which this missed day would be made up is cancelled: the day counts as missed again."""
    dag = Aanwezigheid.objects.nu().filter(vervangt=aanwezigheid, resultaat="").first()
    afgelast = dag and dag.bijeenkomst and dag.bijeenkomst.uitvoering.afgelast_om
    vereis(afgelast, "Deze dag staat niet meer op een bijeenkomst die niet doorgaat.")
    haal_weg(dag)
    traject, waar = aanwezigheid.traject, {"bijeenkomst": dag.bijeenkomst_id}
    bericht_maken(traject.kandidaat, "dag_afgelast", traject=traject, feit=aanwezigheid, gegevens=waar)


@handeling(BUREAU)
def uitvoering_afgelasten(uitvoering, *, door, waarom):
    """Cancel a session or group that has not begun. The people in it follow one by one with `deelname_afgelasten`."""
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst is al afgelast.")
    vereis(waarom.strip(), "Schrijf op waarom de bijeenkomst niet doorgaat.", "waarom")
    begonnen = Aanwezigheid.objects.filter(bijeenkomst__uitvoering=uitvoering).exclude(resultaat="").exists()
    vereis(not begonnen, "Deze groep is al begonnen.")
    Uitvoering._base_manager.filter(pk=uitvoering.pk).update(afgelast_om=timezone.now(), afgelast_reden=waarom.strip())
    trainers_laten_weten(uitvoering, "afgelast")
    plekken = uitvoering.deelnames.nu().filter(traject__afgesloten_op=None).order_by("traject")
    groep_klaarzetten("deelname_afgelasten", plekken, door=door, sleutel=f"afgelast:{uitvoering.pk}")
    gemist = Aanwezigheid.objects.filter(vervangen_door__in=Aanwezigheid.objects.gasten(uitvoering)).order_by("pk")
    groep_klaarzetten("dag_afgelasten", gemist, door=door, sleutel=f"dag-afgelast:{uitvoering.pk}")
    agendaplekken = uitvoering.agendaplekken.nu().order_by("pk")
    groep_klaarzetten("agendaplek_afgelasten", agendaplekken, door=door, sleutel=f"agenda-afgelast:{uitvoering.pk}")


def afgelasten_met_mensen(uitvoering, *, door, waarom, verzoek_id=""):
    """Cancel a session and then every place in it: the session first, so that nobody new comes in between. What is not
    done now, the worker does.
    """
    uitvoering_afgelasten(uitvoering, door=door, waarom=waarom, verzoek_id=verzoek_id)
    sleutels = [f"{wat}:{uitvoering.pk}" for wat in ("afgelast", "dag-afgelast", "agenda-afgelast")]
    groep_uitvoeren(Groepsdaad.objects.filter(sleutel__in=sleutels))
