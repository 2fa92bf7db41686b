"""Asking for a conference, its record without family data, and whether it counts."""

import datetime as dt

from django.utils import timezone

from certificering.models import Conferentie, Evaluatie, Registratiestand, Variant
from lms.kern.handelingen import handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from selectie.models import Voorstel

KANDIDAAT, REGIOMANAGER, BUREAU = Rol.KANDIDAAT, Rol.REGIOMANAGER, Rol.BUREAU
Uitkomst = Conferentie.Uitkomst
GEHOUDEN = (Uitkomst.MET_PLAN, Uitkomst.PLAN_VOLGT)


def geldig_certificaat(traject):
    return traject.certificaten.filter(einde="").first()


def stand(traject):
    """The code of the registration's state now, or "" for somebody who was never registered."""
    rij = Registratiestand.objects.filter(registratie__traject=traject, tot=None).first()
    return rij.stand if rij else ""


def _waarom_niet_eerste(traject):
    """Before the certificate: a mutual yes, an open gate, one conference at a time (invariant 3)."""
    if traject.stap < 8:
        return "Dit kan na een wederzijds besluit in stap 7."
    punten = set(traject.poortpunten.filter(herroepen_om=None).values_list("punt", flat=True))
    if not punten >= {"vog", "onafhankelijk"}:
        return "Eerst moet het bureau de VOG zien en bevestigt de kandidaat dat die onafhankelijk is."
    if Voorstel.objects.nu().filter(verslag__traject=traject, soort=Voorstel.Soort.TERUGNEMEN).exists():
        return "De trainers kijken opnieuw naar hun besluit. Wacht daar nog even op."
    evaluaties = Evaluatie.objects.filter(conferentie__traject=traject)
    if traject.conferenties.lopend().exists():
        return "Er loopt al een conferentie. Schrijf eerst op of die meetelt."
    if evaluaties.lopend().exists():
        return "Rond eerst de evaluatie van de vorige conferentie af."
    if evaluaties.filter(uitkomst=Evaluatie.Uitkomst.PAST_NIET).exists():
        return "In de evaluatie zeiden jullie samen dat het niet past."
    return ""


def mag_conferentie(traject):
    """The reason in Dutch why this person cannot be asked for a conference now, or ""."""
    if traject.afgesloten_op:
        return "Dit traject is gestopt."
    if not geldig_certificaat(traject):
        return _waarom_niet_eerste(traject)
    if stand(traject) != Registratiestand.Stand.GEREGISTREERD:
        return "Deze coördinator staat nu niet als geregistreerd in het register."
    return ""


def variant_past(traject, variant):
    """Whether this person organises conferences of this kind."""
    if variant == Variant.FAMILIE:
        return True
    return traject.registratie.scopes.filter(soort=variant, tot=None).exists() if geldig_certificaat(traject) else False


@handeling(REGIOMANAGER)
def conferentie_vragen(traject, *, door, referentie, variant=Variant.FAMILIE, ingeschakeld_op=None):
    """Ask a candidate with an open gate, or a registered coordinator, for a conference. Returns the Conferentie."""
    reden = mag_conferentie(traject)
    vereis(not reden, reden)
    vereis(referentie.strip(), "Vul het aanvraagnummer in.", "referentie")
    vereis(variant in Variant.values, "Kies waarvoor de conferentie is.", "variant")
    vereis(variant_past(traject, variant), "Daarvoor organiseert deze coördinator (nog) geen conferenties.", "variant")
    ingeschakeld_op = ingeschakeld_op or timezone.localdate()
    vereis(ingeschakeld_op <= timezone.localdate(), "Deze datum is nog niet geweest.", "ingeschakeld_op")
    return Conferentie.objects.create(
        traject=traject,
        regio=traject.regio,
        referentie=referentie.strip()[:40],
        variant=variant,
        ingeschakeld_op=ingeschakeld_op,
    )


def _datum_nakijken(conferentie, uitkomst, gehouden_op):
    if uitkomst in GEHOUDEN:
        vereis(gehouden_op, "Vul de datum van de bijeenkomst in.", "gehouden_op")
        vereis(gehouden_op <= timezone.localdate(), "Deze datum is nog niet geweest.", "gehouden_op")
        vereis(
            gehouden_op >= conferentie.ingeschakeld_op,
            "Deze datum is van vóór de dag dat je gevraagd werd.",
            "gehouden_op",
        )
    else:
        vereis(not gehouden_op, "Bij deze uitkomst was er geen bijeenkomst. Laat de datum leeg.", "gehouden_op")


@handeling(KANDIDAAT)
def conferentie_vastleggen(
    conferentie,
    *,
    door,
    uitkomst,
    gehouden_op=None,
    kring=None,
    kinderen=None,
    beroepskrachten=None,
    uren=None,
):
    """The coordinator records how it went: outcome, date and numbers, never names.

    Can be changed until the regiomanager counts it.
    """
    vereis(
        conferentie.telt_mee is None,
        "Je regiomanager heeft al gekeken of deze conferentie meetelt. Bel als er iets niet klopt.",
    )
    vereis(uitkomst in Uitkomst.values, "Kies hoe het is gegaan.", "uitkomst")
    _datum_nakijken(conferentie, uitkomst, gehouden_op)
    conferentie.uitkomst, conferentie.gehouden_op = uitkomst, gehouden_op
    conferentie.kring, conferentie.kinderen, conferentie.beroepskrachten, conferentie.uren = (
        kring,
        kinderen,
        beroepskrachten,
        uren,
    )
    conferentie.nazorg_vanaf = gehouden_op + dt.timedelta(days=instelling("vierwekencontact")) if gehouden_op else None
    conferentie.vastgelegd_om = timezone.now()
    conferentie.save()


@handeling(KANDIDAAT)
def nazorg_vastleggen(conferentie, *, door, nazorg_op):
    """The date of the contact with a few people, four weeks after the meeting (folder, T10)."""
    vereis(conferentie.gehouden_op, "Er was geen bijeenkomst. Dan hoeft dit niet.")
    vereis(nazorg_op <= timezone.localdate(), "Deze datum is nog niet geweest.", "nazorg_op")
    vereis(nazorg_op > conferentie.gehouden_op, "Deze datum is van vóór de bijeenkomst.", "nazorg_op")
    Conferentie.objects.filter(pk=conferentie.pk).update(nazorg_op=nazorg_op)


def _evaluatie_vragen(conferentie):
    """Kernel: a conference that counts is evaluated when no certificate stands and no evaluation is open."""
    traject = conferentie.traject
    if geldig_certificaat(traject) or Evaluatie.objects.filter(conferentie__traject=traject).lopend().exists():
        return
    Evaluatie.objects.get_or_create(conferentie=conferentie)


def _tellen(conferentie, *, door, telt_mee, waarom):
    vereis(telt_mee or waarom, "Schrijf op waarom deze conferentie niet meetelt. De coördinator leest dit.", "waarom")
    if telt_mee and not conferentie.ouder:
        vereis(conferentie.uitkomst, "Wacht tot de coördinator heeft opgeschreven hoe het ging.")
        vereis(
            conferentie.uitkomst != Uitkomst.GESTOPT,
            "Een conferentie die stopte in de voorbereiding telt niet mee.",
            "telt_mee",
        )
        vereis(
            conferentie.gehouden_op or waarom,
            "Er was geen bijeenkomst. Schrijf op waarom de conferentie toch meetelt.",
            "waarom",
        )
    conferentie.telt_mee, conferentie.telt_reden, conferentie.geteld_om, conferentie.geteld_door = (
        telt_mee,
        waarom,
        timezone.now(),
        door,
    )
    conferentie.save()
    if telt_mee:
        _evaluatie_vragen(conferentie)


def stoppen(conferentie, *, door, waarom):
    """Kernel: this conference stops in preparation and does not count."""
    conferentie.uitkomst = Uitkomst.GESTOPT
    _tellen(conferentie, door=door, telt_mee=False, waarom=waarom)


@handeling(REGIOMANAGER)
def conferentie_tellen(conferentie, *, door, telt_mee, waarom=""):
    """The regiomanager says whether the conference counts, with a reason the coordinator reads."""
    vereis(conferentie.telt_mee is None, "Hier is al naar gekeken. Het bureau kan het herzien.")
    vereis(conferentie.vastgelegd_om, "Wacht tot de coördinator heeft opgeschreven hoe het ging.")
    _tellen(conferentie, door=door, telt_mee=telt_mee, waarom=waarom.strip())


@handeling(KANDIDAAT)
def telling_beantwoorden(conferentie, *, door, reactie):
    """The coordinator answers the reason of the regiomanager; the bureau can review it."""
    vereis(conferentie.telt_mee is not None, "Je regiomanager heeft nog niet gekeken of deze conferentie meetelt.")
    vereis(reactie.strip(), "Schrijf je reactie op.", "reactie")
    Conferentie.objects.filter(pk=conferentie.pk).update(telt_reactie=reactie.strip())


@handeling(BUREAU, correctie=True)
def telling_herzien(conferentie, *, door, reden, telt_mee):
    """The bureau reviews whether a conference counts.

    What was built on it (an evaluation, the certificate) must be settled first.
    """
    vereis(conferentie.telt_mee is not None, "De regiomanager heeft nog niet gekeken of deze conferentie meetelt.")
    vereis(conferentie.telt_mee != telt_mee, "Dat staat er al zo.", "telt_mee")
    evaluatie = Evaluatie.objects.filter(conferentie=conferentie).first()
    if not telt_mee and evaluatie:
        op_certificaat = conferentie.traject.certificaten.filter(evaluatie=evaluatie, einde="").exists()
        vereis(not op_certificaat, "Op deze conferentie rust een certificaat. Trek dat eerst in.")
        vereis(
            not (evaluatie.kandidaat_om or evaluatie.regiomanager_om) or evaluatie.uitkomst,
            "De evaluatie van deze conferentie is al begonnen. Rond die eerst af.",
        )
        if not evaluatie.uitkomst:
            evaluatie.delete()
    _tellen(conferentie, door=door, telt_mee=telt_mee, waarom=reden)
