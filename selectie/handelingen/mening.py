"""Step 7, the trainers' side: every asked trainer gives an own view; the last one makes the joint decision.

Nobody outvotes anybody.
"""

from django.utils import timezone

from lms.kern.berichten import bericht_maken, mensen_met_rol
from lms.kern.handelingen import Botsing, concept, handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from selectie.models import Besluit, Gesprek, Mening, Meningversie, Puntreactie, Stelling, Trainervraag, Verslag

Vervolg = Besluit.Vervolg


@concept(Rol.TRAINER)
def mening_bewaren(eigen_mening, *, door, wijziging, **velden):
    """Save the draft of an own view.

    `velden`: mening, reactie, notitie, punten {code: text}. Returns the new number of the draft.
    """
    vereis(not eigen_mening.gegeven_om or in_overleg(eigen_mening.verslag), "Je mening is al gegeven.")
    draft = Mening.objects.filter(pk=eigen_mening.pk, wijziging=wijziging)
    if not draft.update(concept=velden, wijziging=wijziging + 1):
        raise Botsing(eigen_mening.concept)
    return wijziging + 1


def versie_bewaren(mening, *, reden="", gelezen=False):
    """Kernel: keep a given view beside the row, before it is taken back or changed. `gelezen`: the candidate could
    read it, and still can.

    Returns its replies {code: text}.
    """
    punten = dict(Puntreactie.objects.filter(mening=mening).values_list("code", "tekst"))
    velden = {"stelling": mening.mening, "reactie": mening.reactie, "notitie": mening.notitie}
    Meningversie.objects.create(
        mening=mening, gegeven_om=mening.gegeven_om, punten=punten, reden=reden, vrijgegeven=gelezen, **velden
    )
    return punten


def terug_naar_concept(mening, *, reden, gelezen=False):
    """Kernel: a given view is a draft again, with what was given in it; the given one stays as a Meningversie."""
    punten = versie_bewaren(mening, reden=reden, gelezen=gelezen)
    concept = {"mening": mening.mening, "reactie": mening.reactie, "notitie": mening.notitie, "punten": punten}
    Puntreactie.objects.filter(mening=mening).delete()
    leeg = {"mening": "", "reactie": "", "notitie": "", "gegeven_om": None}
    Mening.objects.filter(pk=mening.pk).update(**leeg, concept=concept, wijziging=mening.wijziging + 1)


def _vastleggen(rij, *, mening, reactie, notitie, punten):
    vereis(mening in Stelling.values, "Kies wat jij vindt.", "mening")
    vereis(reactie.strip(), "Schrijf een reactie aan de kandidaat.", "reactie")
    velden = {
        "mening": mening,
        "reactie": reactie.strip(),
        "notitie": notitie.strip(),
        "gegeven_om": timezone.now(),
        "concept": {},
    }
    Mening.objects.filter(pk=rij.pk).update(**velden)
    Puntreactie.objects.filter(mening=rij).delete()
    Puntreactie.objects.bulk_create(
        Puntreactie(mening=rij, code=code, tekst=tekst.strip()) for code, tekst in punten.items() if tekst.strip()
    )


def _te_geven(eigen_mening, door):
    """What the check page of a view shows: this draft about this report."""
    return {"mening": eigen_mening.pk, "tekst": eigen_mening.wijziging, "gegeven": str(eigen_mening.gegeven_om)}


@handeling(Rol.TRAINER, nagekeken=_te_geven)
def mening_geven(eigen_mening, *, door, mening, reactie, notitie="", punten=None, waarom=""):
    """Give the own view: past, twijfel or past_niet, with a signed reaction.

    The last asked trainer makes the Besluit. Returns it, or None.
    """
    verslag = eigen_mening.verslag
    vereis(not eigen_mening.gegeven_om, "Je hebt je mening al gegeven.")
    al = Besluit.objects.uitgepraat().filter(verslag=verslag).exists()
    vereis(not al, "Er is al een besluit. Jouw mening is bij dit verslag niet meer nodig.")
    gepraat = Gesprek.objects.zonder_besluit().filter(verslag=verslag).exists()
    vereis(not gepraat, "Jullie praatten er al samen over. Zeg bij het gesprek of je het eens bent met het voorstel.")
    # who answers has read: no way back any more
    Verslag.objects.filter(pk=verslag.pk, geopend_om=None).update(geopend_om=timezone.now())
    _vastleggen(eigen_mening, mening=mening, reactie=reactie, notitie=notitie, punten=punten or {})
    return besluit_als_iedereen_klaar_is(verslag, door)


def in_overleg(verslag):
    """Kernel: everybody has spoken and there is no decision that holds."""
    meningen = Mening.objects.gevraagd().filter(verslag=verslag)
    klaar = not meningen.filter(gegeven_om=None).exists()
    return klaar and not Besluit.objects.geldig().filter(verslag=verslag).exists()


@handeling(Rol.TRAINER, nagekeken=_te_geven)
def mening_wijzigen(eigen_mening, *, door, mening, reactie, notitie="", punten=None, waarom=""):
    """In overleg, everybody sees everything and may change the own view, openly: the earlier one stays readable for
    the colleagues, with `waarom`. Agreeing makes the Besluit.
    """
    verslag = eigen_mening.verslag
    kan = eigen_mening.gegeven_om and in_overleg(verslag)
    vereis(kan, "Je mening kun je alleen veranderen als jullie in overleg zijn.")
    versie_bewaren(eigen_mening, reden=waarom.strip())
    _vastleggen(eigen_mening, mening=mening, reactie=reactie, notitie=notitie, punten=punten or {})
    return besluit_als_iedereen_klaar_is(verslag, door)


def gezamenlijk(stellingen):
    """Kernel: the joint answer of these views: all past, or none past; "" when they differ (in overleg)."""
    passend = {stelling == Stelling.PAST for stelling in stellingen}
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


def besluit_als_iedereen_klaar_is(verslag, door):
    """Kernel: the Besluit, when all who are asked gave the same answer. Returns it, or None."""
    if Besluit.objects.geldig().filter(verslag=verslag, gesprek=None).exists():
        return None
    meningen = list(Mening.objects.gevraagd().filter(verslag=verslag))
    genoeg = len(meningen) >= instelling("trainers_per_verslag")
    trainers = gezamenlijk([m.mening for m in meningen]) if genoeg and all(m.gegeven_om for m in meningen) else ""
    if not trainers:
        return None
    vervolg = vervolg_van(verslag.conclusie, trainers)
    Trainervraag.objects.nu().filter(verslag=verslag).update(klaar_om=timezone.now())
    besluit = Besluit.objects.create(
        verslag=verslag, door=door, trainers=trainers, kandidaat=verslag.conclusie, vervolg=vervolg
    )
    if vervolg == Vervolg.GESPREK:
        Gesprek.objects.create(verslag=verslag)
        traject = verslag.traject
        bericht_maken(traject.kandidaat, "praten", traject=traject, sleutel=f"praten:{besluit.pk}", feit=besluit)
    elif vervolg == Vervolg.POORT:
        samen_ja_melden(besluit)
    else:
        gereageerd_melden(besluit)
    return besluit


def gereageerd_melden(besluit):
    """Kernel: the candidate hears that the trainers reacted, and nothing of what they said."""
    traject = besluit.verslag.traject
    bericht_maken(traject.kandidaat, "gereageerd", traject=traject, sleutel=f"gereageerd:{besluit.pk}", feit=besluit)


def samen_ja_melden(besluit):
    """Kernel: both said yes; tell the candidate.

    The regiomanager hears it when the gate asks for a conference, and now.
    """
    traject = besluit.verslag.traject
    bericht_maken(traject.kandidaat, "samen_ja", traject=traject, sleutel=f"samen_ja:{besluit.pk}", feit=besluit)
    for regiomanager in mensen_met_rol(traject, Rol.REGIOMANAGER):
        sleutel = f"samen_ja_regio:{besluit.pk}:{regiomanager.pk}"
        bericht_maken(regiomanager, "samen_ja_regio", traject=traject, sleutel=sleutel, feit=besluit, bundelen=True)
