"""Looking back together: two voices, the conversation, agreement, and what follows from it."""

from django.utils import timezone

from certificering.handelingen.certificaat import laat_medewerkers_weten, uitgeven
from certificering.handelingen.conferentie import geldig_certificaat
from certificering.handelingen.registratie import registreren
from certificering.models import Evaluatie
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import afsluiten, handeling, vereis
from lms.kern.models import Gebruiker, Rol, Toestemming, Traject

KANDIDAAT, REGIOMANAGER = Rol.KANDIDAAT, Rol.REGIOMANAGER
Uitkomst = Evaluatie.Uitkomst
KANDIDAAT_WAARDEN = {"gedaan": "gedaan", "deels": "een beetje", "niet": "deze keer niet"}
REGIOMANAGER_WAARDEN = {"goed": "gaat goed", "groeit": "groeit", "bespreken": "bespreken"}


def _taken_nakijken(taken, waarden):
    vereis(isinstance(taken, dict) and set(taken.values()) <= set(waarden), "Kies bij elke taak een van de antwoorden.")
    return {code: waarde for code, waarde in taken.items() if waarde}


@handeling(KANDIDAAT)
def evaluatie_kandidaat(evaluatie, *, door, taken, tekst):
    """The candidate's own voice: per task done or not, and what went well or would go differently.

    Stays open until the conversation.
    """
    vereis(not evaluatie.gesprek_op, "Jullie gesprek is al geweest. Hier kun je niets meer veranderen.")
    vereis(tekst.strip(), "Schrijf in een paar zinnen hoe het ging.", "tekst")
    evaluatie.kandidaat_taken = _taken_nakijken(taken, KANDIDAAT_WAARDEN)
    evaluatie.kandidaat_tekst, evaluatie.kandidaat_om = tekst.strip(), timezone.now()
    evaluatie.save()


@handeling(REGIOMANAGER)
def evaluatie_regiomanager(evaluatie, *, door, taken, tekst):
    """The regiomanager's own voice. The candidate reads it only after their conversation was recorded."""
    vereis(not evaluatie.gesprek_op, "Het gesprek is al geweest. Hier kun je niets meer veranderen.")
    vereis(tekst.strip(), "Schrijf in een paar zinnen hoe je de conferentie zag.", "tekst")
    evaluatie.regiomanager_taken = _taken_nakijken(taken, REGIOMANAGER_WAARDEN)
    evaluatie.regiomanager_tekst, evaluatie.regiomanager_om, evaluatie.regiomanager_door = (
        tekst.strip(),
        timezone.now(),
        door,
    )
    evaluatie.save()


@handeling(REGIOMANAGER)
def evaluatiegesprek_vastleggen(evaluatie, *, door, gesprek_op, voorstel, afspraken="", derde=""):
    """The record of the conversation: date, what both say together, agreements.

    After "oneens" somebody else was there too.
    """
    vereis(evaluatie.kandidaat_om and evaluatie.regiomanager_om, "Eerst kijken jullie allebei terug op de conferentie.")
    vereis(not evaluatie.gesprek_op, "Dit gesprek staat er al.")
    vereis(gesprek_op <= timezone.localdate(), "Deze datum is nog niet geweest.", "gesprek_op")
    gehouden = evaluatie.conferentie.gehouden_op
    vereis(not gehouden or gesprek_op >= gehouden, "Het gesprek is na de conferentie.", "gesprek_op")
    vereis(voorstel in Uitkomst.values, "Kies wat jullie samen zeggen.", "voorstel")
    vereis(voorstel == Uitkomst.POSITIEF or afspraken.strip(), "Schrijf op wat jullie hebben afgesproken.", "afspraken")
    vereis(not evaluatie.oneens_om or derde.strip(), "Schrijf op wie er nog bij het gesprek was.", "derde")
    evaluatie.gesprek_op, evaluatie.voorstel, evaluatie.afspraken, evaluatie.derde = (
        gesprek_op,
        voorstel,
        afspraken.strip(),
        derde.strip(),
    )
    evaluatie.save()


def _besproken(evaluatie, door):
    """What both read before they agree or close: the record of the conversation, both voices, and the name that
    will be printed.
    """
    velden = (
        "pk",
        "gesprek_op",
        "voorstel",
        "afspraken",
        "derde",
        "regiomanager_tekst",
        "regiomanager_taken",
        "kandidaat_tekst",
        "akkoord_om",
    )
    naam = Gebruiker.objects.get(trajecten__conferenties=evaluatie.conferentie_id).certificaatnaam
    return {"naam": naam} | {veld: str(getattr(evaluatie, veld)) for veld in velden}


@handeling(KANDIDAAT, nagekeken=_besproken)
def evaluatie_akkoord(evaluatie, *, door, eens, tekst=""):
    """The candidate agrees with the record, or not: then a new conversation follows, with somebody else there too."""
    vereis(evaluatie.gesprek_op, "Eerst praten jullie samen over de conferentie.")
    vereis(not evaluatie.akkoord_om, "Je hebt dit al gezegd.")
    if eens:
        evaluatie.akkoord_om = timezone.now()
    else:
        vereis(tekst.strip(), "Schrijf op waar je het niet mee eens bent.", "tekst")
        evaluatie.oneens_om, evaluatie.oneens_tekst, evaluatie.gesprek_op = timezone.now(), tekst.strip(), None
    evaluatie.save()


@handeling(REGIOMANAGER, nagekeken=_besproken)
def evaluatie_afronden(evaluatie, *, door):
    """Close the evaluation after both agreed.

    Positive: certificate, registration, scope and home region in this same transaction, once.
    """
    vereis(evaluatie.akkoord_om, "Eerst zegt de kandidaat of die het ermee eens is.")
    vereis(evaluatie.conferentie.telt_mee, "Deze conferentie telt niet mee.")
    traject = evaluatie.conferentie.traject
    evaluatie.uitkomst, evaluatie.vastgesteld_om = evaluatie.voorstel, timezone.now()
    evaluatie.save()
    if evaluatie.uitkomst == Uitkomst.POSITIEF:
        vereis(not geldig_certificaat(traject), "Er is al een certificaat.")
        registreren(traject, door=door)
        laat_medewerkers_weten(traject, uitgeven(traject, evaluatie=evaluatie, herkomst="systeem"))
    else:
        bericht_maken(traject.kandidaat, "evaluatie_klaar", traject=traject, feit=evaluatie)
    return evaluatie


@handeling(KANDIDAAT)
def traject_afronden(traject, *, door, bewaren=False):
    """After an evaluation in which both said that it does not fit: the path ends when the candidate confirms.

    `bewaren`: may we keep the data for a year, so that coming back is easy?
    """
    samen = Evaluatie.objects.filter(conferentie__traject=traject, uitkomst=Uitkomst.PAST_NIET).exists()
    vereis(samen and not geldig_certificaat(traject), "Dit kan alleen als jullie samen zeggen dat het niet past.")
    if bewaren:
        Toestemming.objects.get_or_create(gebruiker=traject.kandidaat, waarvoor="bewaren", ingetrokken_om=None)
    afsluiten(traject, Traject.Afsluiting.SAMEN)
    bericht_maken(traject.kandidaat, "afgerond", traject=traject, feit=traject)
