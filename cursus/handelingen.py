"""The acts of the course: planning, places and attendance. The only module of this app that writes planning facts."""

from django.db import transaction
from django.utils import timezone

from cursus.models import TRAINING, Aanwezigheid, Bijeenkomst, Deelname, Resultaat, Soort, Trainerschap, Uitvoering
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import NIET_HIER, Geweigerd, handeling, vereis
from lms.kern.models import Journaalregel, Rol, Traject
from lms.kern.stappen import STAPPEN

KANDIDAAT, TRAINER, GAST, BUREAU = Rol.KANDIDAAT, Rol.TRAINER, Rol.GASTTRAINER, Rol.BUREAU
STAP_VOOR = {Soort.INFORMATIE: 2, Soort.EK1: 4}
GETELD_VOOR_EK2 = 2  # folder: "Na twee uitgevoerde Eigen Kracht-conferenties volgt EK2"


# --- places -----------------------------------------------------------------------------------------------------------


def mag_ek2(traject):
    """The reason why this traject may not follow EK2 yet, or "" (folder; invariant 2)."""
    geteld = traject.conferenties.filter(telt_mee=True, variant="familie").count()
    if geteld < GETELD_VOOR_EK2:
        return f"EK2 kan na twee conferenties die meetellen. Nu telt er {geteld} mee."
    if not Traject.objects.filter(
        pk=traject.pk, registratie__standen__stand="geregistreerd", registratie__standen__tot__isnull=True
    ).exists():
        return "EK2 kan als je geregistreerd bent als Eigen Kracht-coördinator."
    return ""


def _mag_erheen(traject, uitvoering):
    vereis(uitvoering.soort in (Soort.INFORMATIE, Soort.EK1, Soort.EK2), "Hier meld je je niet op deze manier voor aan.")
    if uitvoering.soort == Soort.EK2:
        reden = mag_ek2(traject)
        vereis(not reden, reden)
        return
    stap = STAP_VOOR[uitvoering.soort]
    vereis(traject.stap == stap, f"Dit hoort bij stap {stap}: {STAPPEN[stap - 1].titel.lower()}. Daar ben je nu niet.")


def _op_slot(uitvoering):
    """Lock order: always the traject first, then the uitvoering."""
    return Uitvoering._base_manager.select_for_update().get(pk=uitvoering.pk)


def bezet(uitvoering):
    return uitvoering.deelnames.filter(geplaatst_om__isnull=False, afgemeld_om__isnull=True).count()


def verwacht(traject, uitvoering):
    """Kernel: one expected attendance row per day that is not yet covered by an earlier one."""
    gedekt = set(Aanwezigheid.objects.filter(traject=traject, soort=uitvoering.soort, vervangen_door=None).values_list("nr", flat=True))
    for bijeenkomst in uitvoering.bijeenkomsten.order_by("nr"):
        if bijeenkomst.nr in gedekt:
            _vervang_open_dag(traject, bijeenkomst)
        else:
            Aanwezigheid.objects.create(traject=traject, soort=uitvoering.soort, nr=bijeenkomst.nr, bijeenkomst=bijeenkomst)


def _vervang_open_dag(traject, bijeenkomst):
    """A day that was missed in an earlier group is expected again in the new one; a day that counts stays."""
    soort = bijeenkomst.uitvoering.soort
    oud = Aanwezigheid.objects.get(traject=traject, soort=soort, nr=bijeenkomst.nr, vervangen_door=None)
    if oud.resultaat in (Resultaat.NEE, Resultaat.DEELS) and oud.bijeenkomst_id != bijeenkomst.pk:
        vervang(traject, oud, bijeenkomst=bijeenkomst)


def vervang(traject, oud, **nieuw):
    """Kernel: make the row that takes the place of `oud`. Points `oud` at itself first, so that the partial unique index allows the new row."""
    Aanwezigheid.objects.filter(pk=oud.pk).update(vervangen_door=oud)
    rij = Aanwezigheid.objects.create(traject=traject, soort=oud.soort, nr=oud.nr, **nieuw)
    Aanwezigheid.objects.filter(pk=oud.pk).update(vervangen_door=rij)
    return rij


def plaatsen(traject, uitvoering, *, wachtlijst=True, boven_capaciteit=False):
    """Kernel: give a place, or a place on the waiting list when it is full. Returns the Deelname. Also used when an application is answered."""
    uitvoering = _op_slot(uitvoering)
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst gaat niet door. Kies een andere datum.")
    eerste = uitvoering.bijeenkomsten.order_by("begint_om").first()
    vereis(eerste, "Deze bijeenkomst heeft nog geen datum.")
    bestaand = traject.deelnames.filter(soort=uitvoering.soort, afgemeld_om=None).first()
    if bestaand:
        vereis(bestaand.uitvoering_id == uitvoering.pk and bestaand.op_wachtlijst, "Je hebt al een plek. Meld je daar eerst af.")
    vol = bezet(uitvoering) >= uitvoering.capaciteit and not boven_capaciteit
    vereis(not vol or wachtlijst, "Deze bijeenkomst is net vol.")
    nu = timezone.now()
    if bestaand:
        if not vol:
            Deelname.objects.filter(pk=bestaand.pk).update(geplaatst_om=nu)
    else:
        bestaand = Deelname.objects.create(traject=traject, uitvoering=uitvoering, soort=uitvoering.soort, geplaatst_om=None if vol else nu)
    if not vol:
        verwacht(traject, uitvoering)
    bestaand.refresh_from_db()
    bericht_maken(
        traject.kandidaat,
        "wachtlijst" if vol else "geplaatst",
        traject=traject,
        sleutel=f"plaats:{bestaand.pk}:{'wacht' if vol else 'plek'}",
    )
    return bestaand


@handeling(KANDIDAAT, BUREAU)
def deelname_aanvragen(traject, *, door, uitvoering):
    """Sign up for a session or group; full means the waiting list. Returns the Deelname. Raises ValidationError out of order."""
    _mag_erheen(traject, uitvoering)
    if door.pk == traject.kandidaat_id:
        vereis(Uitvoering.objects.komend().filter(pk=uitvoering.pk).exists(), "Hiervoor kun je je niet meer aanmelden.")
    return plaatsen(traject, uitvoering)


@handeling(BUREAU)
def deelname_plaatsen(traject, *, door, uitvoering):
    """The bureau places by hand: from the waiting list, or above the capacity."""
    _mag_erheen(traject, uitvoering)
    return plaatsen(traject, uitvoering, boven_capaciteit=True)


def _ontruimen(traject, deelname, afmelding):
    """Kernel: give up a place. Expected rows without a result go; what was attended stays."""
    Deelname.objects.filter(pk=deelname.pk).update(afgemeld_om=timezone.now(), afmelding=afmelding)
    open_rijen = Aanwezigheid.objects.filter(
        traject=traject, bijeenkomst__uitvoering=deelname.uitvoering, resultaat="", vervangen_door=None
    )
    for rij in open_rijen:
        oud = Aanwezigheid.objects.filter(vervangen_door=rij).first()
        if oud:  # the missed day is current again: point it at itself while the replacement goes
            Aanwezigheid.objects.filter(pk=oud.pk).update(vervangen_door=oud)
        rij.delete()
        if oud:
            Aanwezigheid.objects.filter(pk=oud.pk).update(vervangen_door=None)


@handeling(KANDIDAAT, BUREAU)
def deelname_afmelden(traject, *, door, soort):
    """Cancel a place or a place on the waiting list of `soort`."""
    deelname = traject.deelnames.filter(soort=soort, afgemeld_om=None).select_related("uitvoering").first()
    vereis(deelname, "Je staat hier niet (meer) op de lijst.")
    geweest = Aanwezigheid.objects.filter(traject=traject, bijeenkomst__uitvoering=deelname.uitvoering).exclude(resultaat="").exists()
    vereis(not geweest, "Deze bijeenkomst is al begonnen. Bel ons als je wilt wisselen.")
    _ontruimen(traject, deelname, Deelname.Afmelding.ZELF if door.pk == traject.kandidaat_id else Deelname.Afmelding.BUREAU)
    bericht_maken(traject.kandidaat, "afgemeld", traject=traject, sleutel=f"afgemeld:{deelname.pk}")


# --- attendance -------------------------------------------------------------------------------------------------------


def _rij(traject, bijeenkomst):
    rij = Aanwezigheid.objects.filter(traject=traject, bijeenkomst=bijeenkomst).select_related("bijeenkomst__uitvoering").first()
    vereis(rij, "Deze persoon hoort niet bij deze dag.")
    return rij


def _mag_opschrijven(door, bijeenkomst):
    """Trainers record their own groups only: sight of the person through another group is not enough."""
    if Rol.BUREAU in door.rollen():
        return
    eigen = Trainerschap.objects.filter(uitvoering=bijeenkomst.uitvoering_id, trainer=door, tot=None).exists()
    vereis(eigen, "Alleen de trainers van deze groep schrijven op wie er was.")


def _resultaat_schrijven(traject, rij, *, door, resultaat, reden):
    vereis(resultaat in (Resultaat.JA, Resultaat.DEELS, Resultaat.DEELS_TELT, Resultaat.NEE), "Kies ja, deels of nee.", "resultaat")
    vereis(resultaat != Resultaat.DEELS_TELT or reden.strip(), "Schrijf op waarom deze dag meetelt.", "reden")
    Aanwezigheid.objects.filter(pk=rij.pk).update(resultaat=resultaat, reden=reden.strip(), om=timezone.now(), door=door)
    if rij.soort == Soort.INFORMATIE and resultaat in (Resultaat.NEE, Resultaat.DEELS):
        _niet_verschenen(traject, rij)


def _niet_verschenen(traject, rij):
    """A no-show at an information meeting: the place is given up and a new one can be chosen (DOMAIN §7)."""
    traject.deelnames.filter(uitvoering=rij.bijeenkomst.uitvoering, afgemeld_om=None).update(
        afgemeld_om=timezone.now(), afmelding=Deelname.Afmelding.NIET_VERSCHENEN
    )
    Aanwezigheid.objects.filter(pk=rij.pk).update(vervangen_door=rij.pk)


@handeling(TRAINER, GAST, BUREAU)
def aanwezigheid_vastleggen(traject, *, door, bijeenkomst, resultaat, reden=""):
    """Record whether somebody was there: ja, deels, deels_telt (with a reason) or nee. Not before the day itself."""
    rij = _rij(traject, bijeenkomst)
    _mag_opschrijven(door, bijeenkomst)
    vereis(rij.resultaat == "", "Dit is al ingevuld. Je kunt het wel verbeteren.")
    vereis(timezone.localdate(bijeenkomst.begint_om) <= timezone.localdate(), "Deze dag is nog niet geweest.")
    _resultaat_schrijven(traject, rij, door=door, resultaat=resultaat, reden=reden)


@handeling(TRAINER, GAST, BUREAU, correctie=True)
def aanwezigheid_verbeteren(traject, *, door, bijeenkomst, resultaat, reden):
    """Correct a recorded day, with a reason. "" makes it open again. No message goes out."""
    rij = _rij(traject, bijeenkomst)
    _mag_opschrijven(door, bijeenkomst)
    vereis(rij.resultaat not in ("", Resultaat.VRIJGESTELD), "Hier is nog niets ingevuld.")
    vereis(rij.soort != Soort.INFORMATIE or not rij.vervangen_door_id or resultaat == Resultaat.JA, "Kies ja, of laat het zo.")
    if rij.vervangen_door_id == rij.pk:
        _terug_op_bijeenkomst(traject, rij)
    vereis(rij.vervangen_door_id in (None, rij.pk), "Deze dag is al ingehaald of vrijgesteld.")
    if resultaat == "":
        Aanwezigheid.objects.filter(pk=rij.pk).update(resultaat="", reden="", om=None, door=None)
        return
    _resultaat_schrijven(traject, rij, door=door, resultaat=resultaat, reden=reden)


def _terug_op_bijeenkomst(traject, rij):
    anders = traject.deelnames.filter(soort=Soort.INFORMATIE, afgemeld_om=None).exists()
    vereis(not anders, "Deze persoon heeft al een nieuwe datum gekozen.")
    deelname = traject.deelnames.filter(uitvoering=rij.bijeenkomst.uitvoering).order_by("-pk").first()
    Deelname.objects.filter(pk=deelname.pk).update(afgemeld_om=None, afmelding="")
    Aanwezigheid.objects.filter(pk=rij.pk).update(vervangen_door=None)


@handeling(BUREAU)
def dag_inhalen(traject, *, door, soort, nr, bijeenkomst):
    """Plan a missed or repeated day in another group; the missed one points to it."""
    vereis(bijeenkomst.uitvoering.soort == soort and bijeenkomst.nr == nr, "Kies dezelfde dag in een andere groep.")
    vereis(not bijeenkomst.uitvoering.afgelast_om, "Deze dag gaat niet door.")
    oud = traject.aanwezigheden.filter(soort=soort, nr=nr, vervangen_door=None).first()
    vereis(oud and oud.bijeenkomst_id != bijeenkomst.pk, "Deze dag hoeft niet ingehaald te worden.")
    vereis(oud.resultaat != "", "Deze dag staat nog open in de eigen groep.")
    vereis(not traject.aanwezigheden.filter(bijeenkomst=bijeenkomst).exists(), "Deze persoon staat al op die dag.")
    rij = vervang(traject, oud, bijeenkomst=bijeenkomst)
    bericht_maken(traject.kandidaat, "inhaaldag", traject=traject, sleutel=f"inhaaldag:{rij.pk}")
    return rij


@handeling(BUREAU, TRAINER)
def dag_vrijstellen(traject, *, door, soort, nr, reden_vrijstelling):
    """Waive a day, with a reason: it counts as done."""
    vereis(reden_vrijstelling.strip(), "Schrijf op waarom deze dag niet hoeft.", "reden_vrijstelling")
    oud = traject.aanwezigheden.filter(soort=soort, nr=nr, vervangen_door=None).first()
    vereis(oud and oud.resultaat in ("", Resultaat.NEE, Resultaat.DEELS), "Deze dag is al klaar.")
    vereis(soort in TRAINING, "Alleen een trainingsdag kan worden vrijgesteld.")
    waarden = {
        "bijeenkomst": None,
        "resultaat": Resultaat.VRIJGESTELD,
        "reden": reden_vrijstelling.strip(),
        "om": timezone.now(),
        "door": door,
    }
    return vervang(traject, oud, **waarden)


# --- planning, called by the Wagtail admin ----------------------------------------------------------------------------


def _dagen_nakijken(dagen):
    vereis(dagen, "Vul minstens één datum in.")
    for begin, eind in dagen:
        vereis(eind > begin, "De eindtijd is vóór de begintijd.")
    for (_, eind), (begin, _) in zip(sorted(dagen), sorted(dagen)[1:], strict=False):
        vereis(begin >= eind, "Twee dagen overlappen elkaar.")


def uitvoering_maken(*, door, dagen, trainers=(), **velden):
    """Plan a new session or group (bureau). `dagen`: list of (begin, eind) moments. Outside the decorator: there is no subject yet.

    Returns the Uitvoering. Raises Geweigerd or ValidationError.
    """
    if Rol.BUREAU not in door.rollen():
        raise Geweigerd(NIET_HIER)
    _dagen_nakijken(dagen)
    with transaction.atomic():
        uitvoering = Uitvoering(**velden)
        uitvoering.full_clean()
        uitvoering.save()
        Bijeenkomst.objects.bulk_create(
            [Bijeenkomst(uitvoering=uitvoering, nr=n, begint_om=b, eindigt_om=e) for n, (b, e) in enumerate(sorted(dagen), 1)]
        )
        Trainerschap.objects.bulk_create([Trainerschap(uitvoering=uitvoering, trainer=trainer) for trainer in trainers])
        Journaalregel.objects.create(handeling="uitvoering_maken", door=door, als=Rol.BUREAU, gegevens={"uitvoering": uitvoering.pk})
    return uitvoering


@handeling(BUREAU)
def uitvoering_wijzigen(uitvoering, *, door, dagen, trainers, **velden):
    """Change a session or group. A moved date tells everyone concerned; trainers get a from and until date."""
    _dagen_nakijken(dagen)
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst is afgelast.")
    capaciteit = velden.get("capaciteit", uitvoering.capaciteit)
    vereis(capaciteit >= bezet(uitvoering), f"Er zijn al {bezet(uitvoering)} mensen geplaatst. Zo weinig plekken kan niet.", "capaciteit")
    if "soort" in velden and velden["soort"] != uitvoering.soort:
        vereis(not uitvoering.deelnames.exists(), "Er hebben zich al mensen aangemeld. De soort kan niet meer veranderen.", "soort")
    for naam, waarde in velden.items():
        setattr(uitvoering, naam, waarde)
    uitvoering.full_clean()
    uitvoering.save()
    verschoven = _dagen_zetten(uitvoering, sorted(dagen))
    _trainers_zetten(uitvoering, trainers)
    if verschoven:
        _laat_weten(uitvoering, "verplaatst")


def _dagen_zetten(uitvoering, dagen):
    oud = list(uitvoering.bijeenkomsten.order_by("nr"))
    vereis(len(dagen) >= len(oud) or not uitvoering.deelnames.exists(), "Er zijn al mensen geplaatst. Een dag weghalen kan niet meer.")
    verschoven = False
    for nr, (begin, eind) in enumerate(dagen, 1):
        rij = next((b for b in oud if b.nr == nr), None)
        if rij is None:
            rij = Bijeenkomst.objects.create(uitvoering=uitvoering, nr=nr, begint_om=begin, eindigt_om=eind)
            _nieuwe_dag_verwachten(rij)
        elif (rij.begint_om, rij.eindigt_om) != (begin, eind):
            geweest = rij.aanwezigheden.exclude(resultaat="").exists()
            vereis(not geweest, f"Op dag {nr} is al aanwezigheid ingevuld. Die datum kan niet meer veranderen.")
            Bijeenkomst.objects.filter(pk=rij.pk).update(begint_om=begin, eindigt_om=eind, volgnummer=rij.volgnummer + 1)
            verschoven = True
    Bijeenkomst.objects.filter(uitvoering=uitvoering, nr__gt=len(dagen)).delete()
    return verschoven


def _nieuwe_dag_verwachten(bijeenkomst):
    for deelname in bijeenkomst.uitvoering.deelnames.filter(geplaatst_om__isnull=False, afgemeld_om=None):
        if not Aanwezigheid.objects.filter(
            traject=deelname.traject_id, soort=deelname.soort, nr=bijeenkomst.nr, vervangen_door=None
        ).exists():
            Aanwezigheid.objects.create(traject_id=deelname.traject_id, soort=deelname.soort, nr=bijeenkomst.nr, bijeenkomst=bijeenkomst)


def _trainers_zetten(uitvoering, trainers):
    nieuw, vandaag = {t.pk for t in trainers}, timezone.localdate()
    uitvoering.trainerschappen.filter(tot=None).exclude(trainer__in=nieuw).update(tot=vandaag)
    bestaand = set(uitvoering.trainerschappen.filter(tot=None).values_list("trainer", flat=True))
    Trainerschap.objects.bulk_create([Trainerschap(uitvoering=uitvoering, trainer_id=pk) for pk in nieuw - bestaand])


def _laat_weten(uitvoering, soort):
    stempel = timezone.now().isoformat()
    for deelname in uitvoering.deelnames.filter(afgemeld_om=None).select_related("traject__kandidaat"):
        bericht_maken(deelname.traject.kandidaat, soort, traject=deelname.traject, sleutel=f"{soort}:{deelname.pk}:{stempel}")


def bijwerken_na_planning(uitvoering, door):
    """After a change of dates: bring the turns of the people concerned up to date, one act per person."""
    for traject in Traject.objects.filter(deelnames__uitvoering=uitvoering, deelnames__afgemeld_om=None, afgesloten_op=None).distinct():
        traject_na_planning(traject, door=door)


@handeling(BUREAU)
def traject_na_planning(traject, *, door):
    """Only refreshes the print of one traject after a date moved."""


@handeling(BUREAU)
def deelname_afgelasten(traject, *, door, uitvoering):
    """Give up one person's place because the session is cancelled; a new one can be chosen."""
    deelname = traject.deelnames.filter(uitvoering=uitvoering, afgemeld_om=None).first()
    vereis(deelname, "Deze persoon staat niet (meer) op de lijst.")
    _ontruimen(traject, deelname, Deelname.Afmelding.AFGELAST)
    bericht_maken(traject.kandidaat, "afgelast", traject=traject, sleutel=f"afgelast:{deelname.pk}")


@handeling(BUREAU)
def uitvoering_afgelasten(uitvoering, *, door, waarom):
    """Cancel a session or group that has not begun. The people in it follow one by one with `deelname_afgelasten`."""
    vereis(not uitvoering.afgelast_om, "Deze bijeenkomst is al afgelast.")
    vereis(waarom.strip(), "Schrijf op waarom de bijeenkomst niet doorgaat.", "waarom")
    begonnen = Aanwezigheid.objects.filter(bijeenkomst__uitvoering=uitvoering).exclude(resultaat="").exists()
    vereis(not begonnen, "Deze groep is al begonnen.")
    Uitvoering._base_manager.filter(pk=uitvoering.pk).update(afgelast_om=timezone.now(), afgelast_reden=waarom.strip())


def afgelasten_met_mensen(uitvoering, *, door, waarom, verzoek_id=""):
    """Cancel a session and then every place in it: the session first, so that nobody new comes in between."""
    uitvoering_afgelasten(uitvoering, door=door, waarom=waarom, verzoek_id=verzoek_id)
    trajecten = Traject.objects.filter(deelnames__uitvoering=uitvoering, deelnames__afgemeld_om=None, afgesloten_op=None).distinct()
    for traject in trajecten:
        deelname_afgelasten(traject, door=door, uitvoering=uitvoering)
