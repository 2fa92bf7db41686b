"""Home assignments: handed in as text or file, answered by a trainer of the group.

An aid and never a condition, so no turn and no step.
"""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from cursus.handelingen.notities import les_moet_open_zijn
from cursus.models import Inlevering, Trainerschap
from lms.kern import bestanden
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import EERST_HET_BESLUIT, handeling, vereis
from lms.kern.models import Bestand, Gebruiker, Rol


def trainers_van_training(traject, soort):
    """The trainers of the group in which this person has a place for `soort` EK1 or EK2, never the person."""
    rijen = Trainerschap.objects.filter(
        uitvoering__deelnames__traject=traject,
        uitvoering__deelnames__soort=soort,
        uitvoering__deelnames__geplaatst_om__isnull=False,
        uitvoering__deelnames__afgemeld_om=None,
        tot=None,
    )
    return (
        Gebruiker.objects.filter(pk__in=rijen.values("trainer"))
        .exclude(pk=traject.kandidaat_id)
        .order_by("voornaam", "pk")
    )


def _terug(inlevering):
    """Take an unanswered version back: from now on only the person can open it, its file included."""
    Inlevering.objects.filter(pk=inlevering.pk).update(teruggehaald_om=timezone.now())
    if inlevering.bestand_id:
        Bestand.objects.filter(pk=inlevering.bestand_id).update(soort="teruggehaald")


def _vervangen(traject, les, houd):
    """Remove the files of versions of this lesson that were taken back, but `houd`: they were replaced and nobody
    can reach them any more.
    """
    for rij in (
        traject.inleveringen.filter(les=les, bestand__soort="teruggehaald")
        .exclude(bestand=houd)
        .select_related("bestand")
    ):
        bestanden.weghalen(rij.bestand)


def _bewaar(upload, traject, soort):
    try:
        return bestanden.bewaren(upload, soort=f"opdracht_{soort}", traject=traject)
    except ValidationError as fout:
        raise ValidationError({"bestand": fout.messages}) from fout


@handeling(Rol.KANDIDAAT)
def opdracht_inleveren(traject, *, door, les, tekst, bestand=None, houd_bestand=False):
    """Hand in a home assignment: text, a file, or both. An unanswered version is taken back and replaced;
    `houd_bestand` takes its file along.

    Raises Geweigerd when the lesson is closed, ValidationError when there is nothing to hand in, no group, or the file
    is refused (at `bestand`).
    """
    vereis(les.thuis, "Bij deze les hoort geen thuisopdracht.")
    les_moet_open_zijn(traject, les)
    soort = les.cursus.soort
    vereis(
        trainers_van_training(traject, soort).exists(),
        "Je hebt nog geen groep met trainers. Je tekst blijft bewaard bij de les.",
    )
    vorige = traject.inleveringen.nu().filter(les=les, beantwoord_om=None).first()
    oud = vorige.bestand if vorige and houd_bestand and not bestand else None
    vereis(tekst.strip() or bestand or oud, "Schrijf je antwoord, of kies een bestand.", "tekst")
    nieuw = _bewaar(bestand, traject, soort) if bestand else oud
    if vorige:
        _terug(vorige)
    if oud:
        Bestand.objects.filter(pk=oud.pk).update(soort=f"opdracht_{soort}")
    _vervangen(traject, les, nieuw)
    versie = (traject.inleveringen.filter(les=les).aggregate(hoogste=Max("versie"))["hoogste"] or 0) + 1
    return Inlevering.objects.create(traject=traject, les=les, soort=soort, versie=versie, tekst=tekst, bestand=nieuw)


@handeling(Rol.KANDIDAAT, gesloten_mag=True)
def opdracht_terughalen(inlevering, *, door):
    """Take a home assignment back that is not answered yet. The text stays with the person."""
    vereis(not inlevering.beantwoord_om, "Je trainer heeft al geantwoord. Terughalen kan niet meer.")
    _terug(inlevering)
    return inlevering


@handeling(Rol.TRAINER)
def opdracht_beantwoorden(inlevering, *, door, antwoord):
    """Answer a home assignment, as a trainer of the group of that training.

    The person gets one mail without content. Not while the report of that training is with the trainers.
    """
    vereis(not inlevering.beantwoord_om, "Een andere trainer heeft al geantwoord. Je tekst staat er nog.")
    vereis(antwoord.strip(), "Schrijf je antwoord.", "antwoord")
    stil = inlevering.soort == "EK1" and inlevering.traject.verslagen.bij_de_trainers().exists()
    vereis(not stil, EERST_HET_BESLUIT)
    Inlevering.objects.filter(pk=inlevering.pk).update(
        antwoord=antwoord, beantwoord_om=timezone.now(), beantwoord_door=door
    )
    traject = inlevering.traject
    bericht_maken(
        traject.kandidaat, "opdracht_beantwoord", traject=traject, sleutel=f"opdracht_beantwoord:{inlevering.pk}"
    )
    inlevering.refresh_from_db()
    return inlevering
