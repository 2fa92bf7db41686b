"""Step 7, who is asked: a trainer is added, replaced or lifted, with or without a given view, also after a decision."""

from django.utils import timezone

from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from selectie.handelingen.gesprek import gesprek_melden
from selectie.handelingen.mening import besluit_als_iedereen_klaar_is, in_overleg, versie_bewaren
from selectie.handelingen.voorstel import instemming_ontheffen, instemming_vragen, voorstellen_tellen
from selectie.models import Gesprek, Mening, Trainervraag, Verslag


@handeling(Rol.BUREAU)
def trainer_toevoegen(verslag, *, door, trainer, waarom):
    """Ask another trainer about a report, with a reason: a replacement, or a third one when trainers differ. Who is
    asked while a conversation goes on takes part in it; who is asked after a decision is asked when it is taken back.
    """
    traject = verslag.traject
    vereis(waarom.strip(), "Schrijf op waarom je een trainer toevoegt.", "waarom")
    vereis(Rol.TRAINER in trainer.rollen() and trainer.pk != traject.kandidaat_id, "Kies een trainer.", "trainer")
    vereis(
        not Mening.objects.gevraagd().filter(verslag=verslag, trainer=trainer).exists(),
        "Deze trainer is al gevraagd.",
        "trainer",
    )
    for vraag in Trainervraag.objects.filter(verslag=verslag, klaar_om=None).select_related("door"):
        Trainervraag.objects.filter(pk=vraag.pk).update(klaar_om=timezone.now())
        bericht_maken(vraag.door, "trainervraag_antwoord", traject=traject, feit=verslag)
    return vragen(verslag, trainer)


def vragen(verslag, trainer):
    """Kernel: ask this trainer, also about what the others are asked to agree with now, and tell of a planned
    conversation. Returns the Mening.
    """
    mening = Mening.objects.create(verslag=verslag, trainer=trainer)
    instemming_vragen(verslag, trainer)
    gesprek = Gesprek.objects.te_houden().filter(verslag=verslag).first()
    if gesprek and gesprek.moment_om:
        gesprek_melden(gesprek, trainer)
    return mening


def ontheffen(mening, waarom):
    """Kernel: this trainer is asked no longer. A given view stays, signed by who gave it; the candidate who could read
    it still can.
    """
    if mening.gegeven_om:
        gelezen = Verslag.objects.vrijgegeven().filter(pk=mening.verslag_id).exists()
        versie_bewaren(mening, reden=waarom.strip(), gelezen=gelezen)
    Mening.objects.filter(pk=mening.pk).update(ontheven_om=timezone.now(), ontheven_reden=waarom.strip())
    instemming_ontheffen(mening.verslag, mening.trainer)


def opnieuw_tellen(verslag, door):
    """Kernel: what the others said may be all there is now. Returns the Besluit that follows, or None."""
    return besluit_als_iedereen_klaar_is(verslag, door) or voorstellen_tellen(verslag, door)


@handeling(Rol.BUREAU)
def trainer_ontheffen(mening, *, door, waarom):
    """Stop asking a trainer, with a reason, whether the view was given or not. Who is lifted hears it."""
    vereis(waarom.strip(), "Schrijf op waarom je deze trainer ontheft.", "waarom")
    over = Mening.objects.gevraagd().filter(verslag=mening.verslag_id).count() - 1
    vereis(
        over >= instelling("trainers_per_verslag"), "Voeg eerst een andere trainer toe. Besluiten doen jullie samen."
    )
    ontheffen(mening, waarom)
    bericht_maken(mening.trainer, "ontheven", traject=mening.verslag.traject)
    return opnieuw_tellen(mening.verslag, door)


@handeling(Rol.TRAINER)
def trainer_vragen(verslag, *, door, waarom):
    """In overleg, or when no proposal finds agreement: ask the bureau for somebody who thinks along."""
    samen_bezig = in_overleg(verslag) or Gesprek.objects.zonder_besluit().filter(verslag=verslag).exists()
    vereis(samen_bezig, "Een derde trainer vraag je als jullie er samen niet uitkomen.")
    vereis(waarom.strip(), "Schrijf in een paar woorden waarom je een derde trainer vraagt.", "waarom")
    al = Trainervraag.objects.filter(verslag=verslag, klaar_om=None).exists()
    vereis(not al, "Dit is al gevraagd. Het bureau kijkt ernaar.")
    return Trainervraag.objects.create(verslag=verslag, door=door, waarom=waarom.strip())


@handeling(Rol.BUREAU)
def trainervraag_beantwoorden(trainervraag, *, door, antwoord):
    """No trainer is added now; the trainers read why at the report."""
    vereis(antwoord.strip(), "Schrijf op waarom er nu geen trainer bij komt.", "antwoord")
    Trainervraag.objects.filter(pk=trainervraag.pk).update(klaar_om=timezone.now(), antwoord=antwoord.strip())
    verslag = trainervraag.verslag
    bericht_maken(trainervraag.door, "trainervraag_antwoord", traject=verslag.traject, feit=verslag)
