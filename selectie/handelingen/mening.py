"""Step 7, the trainers' side: every asked trainer gives an own view; the last one makes the joint decision. Nobody outvotes anybody."""

from django.utils import timezone

from lms.kern.berichten import bericht_maken, mensen_met_rol
from lms.kern.handelingen import Botsing, concept, handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from selectie.models import Besluit, Gesprek, Mening, Meningversie, Puntreactie, Stelling, Verslag

Vervolg = Besluit.Vervolg


def lopend_verslag(traject):
    """The sent report that a decision is about now. Raises ValidationError when there is none."""
    verslag = traject.verslagen.lopend().filter(verstuurd_om__isnull=False).first()
    vereis(verslag, "Er is nu geen verslag om over te besluiten.")
    return verslag


def eigen_mening(verslag, door):
    """Kernel: the row of this trainer about this report. Raises ValidationError when the view is not asked (any more)."""
    mening = Mening.objects.gevraagd().filter(verslag=verslag, trainer=door).first()
    vereis(mening, "Jouw mening wordt bij dit verslag niet (meer) gevraagd.")
    return mening


@concept(Rol.TRAINER)
def mening_bewaren(traject, *, door, wijziging, **velden):
    """Save the draft of an own view. `velden`: mening, reactie, notitie, punten {code: text}. Returns the new number of the draft."""
    mening = eigen_mening(lopend_verslag(traject), door)
    vereis(not mening.gegeven_om or in_overleg(mening.verslag), "Je mening is al gegeven.")
    gewijzigd = Mening.objects.filter(pk=mening.pk, wijziging=wijziging).update(concept=velden, wijziging=wijziging + 1)
    if not gewijzigd:
        raise Botsing(mening.concept)
    return wijziging + 1


def versie_bewaren(rij, *, reden=""):
    """Kernel: keep a given view beside the row, before it is taken back or changed. Returns its replies {code: text}."""
    punten = dict(Puntreactie.objects.filter(mening=rij).values_list("code", "tekst"))
    velden = {"stelling": rij.mening, "reactie": rij.reactie, "notitie": rij.notitie}
    Meningversie.objects.create(mening=rij, gegeven_om=rij.gegeven_om, punten=punten, reden=reden, **velden)
    return punten


def _vastleggen(rij, *, mening, reactie, notitie, punten):
    vereis(mening in Stelling.values, "Kies wat jij vindt.", "mening")
    vereis(reactie.strip(), "Schrijf een reactie aan de kandidaat.", "reactie")
    velden = {"mening": mening, "reactie": reactie.strip(), "notitie": notitie.strip(), "gegeven_om": timezone.now(), "concept": {}}
    Mening.objects.filter(pk=rij.pk).update(**velden)
    Puntreactie.objects.filter(mening=rij).delete()
    Puntreactie.objects.bulk_create(
        Puntreactie(mening=rij, code=code, tekst=tekst.strip()) for code, tekst in punten.items() if tekst.strip()
    )


@handeling(Rol.TRAINER)
def mening_geven(traject, *, door, mening, reactie, notitie="", punten=None):
    """Give the own view: past, twijfel or past_niet, with a signed reaction. The last asked trainer makes the Besluit. Returns it, or None."""
    verslag = lopend_verslag(traject)
    rij = eigen_mening(verslag, door)
    vereis(not rij.gegeven_om, "Je hebt je mening al gegeven.")
    Verslag.objects.filter(pk=verslag.pk, geopend_om=None).update(geopend_om=timezone.now())  # who answers has read: no way back any more
    _vastleggen(rij, mening=mening, reactie=reactie, notitie=notitie, punten=punten or {})
    return _besluit_als_iedereen_klaar_is(traject, verslag, door)


def in_overleg(verslag):
    """Kernel: everybody has spoken and there is no decision that holds."""
    meningen = Mening.objects.gevraagd().filter(verslag=verslag)
    klaar = not meningen.filter(gegeven_om=None).exists()
    return klaar and not Besluit.objects.geldig().filter(verslag=verslag).exists()


@handeling(Rol.TRAINER)
def mening_wijzigen(traject, *, door, mening, reactie, notitie="", punten=None):
    """In overleg, everybody sees everything and may change the own view; agreeing makes the Besluit."""
    verslag = lopend_verslag(traject)
    rij = eigen_mening(verslag, door)
    vereis(rij.gegeven_om and in_overleg(verslag), "Je mening kun je alleen veranderen als jullie in overleg zijn.")
    versie_bewaren(rij)
    _vastleggen(rij, mening=mening, reactie=reactie, notitie=notitie, punten=punten or {})
    return _besluit_als_iedereen_klaar_is(traject, verslag, door)


def _gezamenlijk(meningen):
    """The joint answer of these views: all past, or none past; "" when they differ (in overleg)."""
    passend = {mening.mening == Stelling.PAST for mening in meningen}
    if len(passend) > 1:
        return ""
    return Stelling.PAST if True in passend else Stelling.PAST_NIET


def vervolg_van(kandidaat, trainers):
    """The table of the mutual decision: what follows from both answers, before any conversation."""
    if kandidaat == trainers == Stelling.PAST:
        return Vervolg.POORT
    if kandidaat == trainers == Stelling.PAST_NIET:
        return Vervolg.AFRONDEN
    return Vervolg.GESPREK


def _besluit_als_iedereen_klaar_is(traject, verslag, door):
    if Besluit.objects.geldig().filter(verslag=verslag, gesprek=None).exists():
        return None
    meningen = list(Mening.objects.gevraagd().filter(verslag=verslag))
    genoeg = len(meningen) >= instelling("trainers_per_verslag")
    trainers = _gezamenlijk(meningen) if genoeg and all(m.gegeven_om for m in meningen) else ""
    if not trainers:
        return None
    vervolg = vervolg_van(verslag.conclusie, trainers)
    besluit = Besluit.objects.create(verslag=verslag, door=door, trainers=trainers, kandidaat=verslag.conclusie, vervolg=vervolg)
    if vervolg == Vervolg.GESPREK:
        Gesprek.objects.create(verslag=verslag)
        bericht_maken(traject.kandidaat, "praten", traject=traject, sleutel=f"praten:{besluit.pk}")
    elif vervolg == Vervolg.POORT:
        samen_ja_melden(traject, besluit)
    return besluit


def samen_ja_melden(traject, besluit):
    """Kernel: both said yes; tell the candidate. The regiomanager hears it when the gate asks for a conference, and now."""
    bericht_maken(traject.kandidaat, "samen_ja", traject=traject, sleutel=f"samen_ja:{besluit.pk}")
    for regiomanager in mensen_met_rol(traject, Rol.REGIOMANAGER):
        sleutel = f"samen_ja_regio:{besluit.pk}:{regiomanager.pk}"
        bericht_maken(regiomanager, "samen_ja_regio", traject=traject, sleutel=sleutel, bundelen=True)


@handeling(Rol.BUREAU)
def trainer_toevoegen(traject, *, door, trainer, waarom):
    """Ask another trainer for a view, with a reason: a replacement, or a third one when trainers differ."""
    verslag = lopend_verslag(traject)
    vereis(waarom.strip(), "Schrijf op waarom je een trainer toevoegt.", "waarom")
    vereis(Rol.TRAINER in trainer.rollen() and trainer.pk != traject.kandidaat_id, "Kies een trainer.", "trainer")
    vereis(not Besluit.objects.geldig().filter(verslag=verslag).exists(), "Er is al een besluit over dit verslag.")
    vereis(not Mening.objects.gevraagd().filter(verslag=verslag, trainer=trainer).exists(), "Deze trainer is al gevraagd.", "trainer")
    return Mening.objects.create(verslag=verslag, trainer=trainer)


@handeling(Rol.BUREAU)
def trainer_ontheffen(traject, *, door, trainer, waarom):
    """Stop asking a trainer who has not answered, with a reason. A given view stays, signed by who gave it."""
    verslag = lopend_verslag(traject)
    vereis(waarom.strip(), "Schrijf op waarom je deze trainer ontheft.", "waarom")
    rij = Mening.objects.gevraagd().filter(verslag=verslag, trainer=trainer, gegeven_om=None).first()
    vereis(rij, "Deze trainer heeft al gereageerd, of is niet gevraagd.", "trainer")
    over = Mening.objects.gevraagd().filter(verslag=verslag).count() - 1
    vereis(over >= instelling("trainers_per_verslag"), "Voeg eerst een andere trainer toe. Besluiten doen jullie samen.")
    Mening.objects.filter(pk=rij.pk).update(ontheven_om=timezone.now(), ontheven_reden=waarom.strip())
    return _besluit_als_iedereen_klaar_is(traject, verslag, door)
