"""Step 7, what one trainer proposes and every asked trainer agrees with: what they say together after a conversation,
or that a decision is taken back. Nobody outvotes anybody.
"""

import datetime as dt

from django.utils import timezone

from lms.kern.handelingen import handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from selectie.handelingen.besluit import (
    besluit_na_gesprek,
    bureau_melden,
    terugnemen,
    trainers_melden,
    waarom_het_blijft,
)
from selectie.models import Instemming, Mening, Stelling, Voorstel

Soort = Voorstel.Soort
SAMEN = 2  # nobody decides alone, whatever the settings say


def na_gesprek_voorstellen(gesprek, door, trainers, nieuw_verslag):
    """Kernel: one trainer writes what the trainers say now. Returns the Voorstel."""
    vereis(trainers in (Stelling.PAST, Stelling.PAST_NIET), "Kies wat jullie als trainers nu zeggen.", "trainers")
    vereis(not nieuw_verslag or trainers != Stelling.PAST, "Past het? Dan hoeft er geen nieuw verslag te komen.")
    velden = {"gesprek": gesprek, "trainers": trainers, "nieuw_verslag": nieuw_verslag}
    return _voorstellen(gesprek.verslag, door, Soort.GESPREK, **velden)


def terugnemen_voorstellen(besluit, door, reden):
    """Kernel: one trainer proposes that a decision is taken back. It lapses after its term. Returns the Voorstel."""
    uiterlijk = timezone.localdate() + dt.timedelta(days=instelling("instemmen_terugnemen"))
    return _voorstellen(besluit.verslag, door, Soort.TERUGNEMEN, besluit=besluit, reden=reden, uiterlijk_op=uiterlijk)


def _voorstellen(verslag, door, soort, **velden):
    al = Voorstel.objects.nu().filter(verslag=verslag, soort=soort).exists()
    vereis(not al, "Er ligt al een voorstel. Kijk eerst of iedereen het daarmee eens is.")
    voorstel = Voorstel.objects.create(verslag=verslag, door=door, soort=soort, **velden)
    nu, gevraagd = timezone.now(), Mening.objects.gevraagd().filter(verslag=verslag).values_list("trainer", flat=True)
    Instemming.objects.bulk_create(
        Instemming(
            voorstel=voorstel,
            trainer_id=trainer,
            gegeven_om=nu if trainer == door.pk else None,
            akkoord=trainer == door.pk,
        )
        for trainer in gevraagd
    )
    tellen(voorstel, door)
    return voorstel


def tellen(voorstel, door):
    """Kernel: when every asked trainer agreed, and enough are asked, the proposal counts. Returns the Besluit that
    follows, or None.
    """
    gevraagd = list(Instemming.objects.filter(voorstel=voorstel, ontheven_om=None))
    samen = len(gevraagd) >= SAMEN and all(i.gegeven_om and i.akkoord for i in gevraagd)
    if not samen or not Voorstel.objects.nu().filter(pk=voorstel.pk).update(aangenomen_om=timezone.now()):
        return None
    if voorstel.soort == Soort.GESPREK:
        return besluit_na_gesprek(voorstel.gesprek, door)
    if waarom_het_blijft(voorstel.besluit):  # the candidate went on writing meanwhile
        _blijft_staan(voorstel)
    else:
        terugnemen(voorstel.besluit, voorstel.door, voorstel.reden, nu_door=door)
    return None


def voorstellen_tellen(verslag, door):
    """Kernel: after somebody is asked no longer. Returns the Besluit that follows, or None."""
    uitkomsten = [tellen(voorstel, door) for voorstel in Voorstel.objects.nu().filter(verslag=verslag)]
    return next(filter(None, uitkomsten), None)


def instemming_vragen(verslag, trainer):
    """Kernel: who is asked from now on, is asked about the proposals that wait too."""
    Instemming.objects.bulk_create(
        Instemming(voorstel=voorstel, trainer=trainer) for voorstel in Voorstel.objects.nu().filter(verslag=verslag)
    )


def instemming_ontheffen(verslag, trainer):
    """Kernel: the agreement of this trainer is not waited for any longer; one that was given stays, signed."""
    wacht = Voorstel.objects.nu().filter(verslag=verslag).values("pk")
    Instemming.objects.filter(voorstel__in=wacht, trainer=trainer, ontheven_om=None).update(ontheven_om=timezone.now())


@handeling(Rol.TRAINER)
def voorstel_doen(gesprek, *, door, trainers, nieuw_verslag=False):
    """After somebody did not agree: propose anew what the trainers say now. Returns the Voorstel."""
    vereis(gesprek.gehouden_om, "Schrijf eerst het gesprek op.")
    al = Voorstel.objects.filter(gesprek=gesprek, vervallen_om=None).exists()
    vereis(not al, "Er ligt al een voorstel. Kijk eerst of iedereen het daarmee eens is.")
    return na_gesprek_voorstellen(gesprek, door, trainers, nieuw_verslag)


@handeling(Rol.TRAINER)
def instemmen(instemming, *, door, akkoord, waarom=""):
    """Answer a proposal. The last agreement makes it count; who does not agree says why and ends it: the trainers go on
    talking beside the kept proposal. Returns the Besluit that follows, or None.
    """
    voorstel = instemming.voorstel
    te_laat = voorstel.uiterlijk_op and voorstel.uiterlijk_op <= timezone.localdate()
    vereis(not te_laat, "De afgesproken dag is voorbij. Het besluit blijft staan.")
    vereis(akkoord or waarom.strip(), "Schrijf voor je collega’s op wat er volgens jou anders is.", "waarom")
    Instemming.objects.filter(pk=instemming.pk).update(
        gegeven_om=timezone.now(), akkoord=akkoord, waarom=waarom.strip()
    )
    if akkoord:
        return tellen(voorstel, door)
    Voorstel.objects.filter(pk=voorstel.pk).update(vervallen_om=timezone.now())
    if voorstel.soort == Soort.TERUGNEMEN:
        _blijft_staan(voorstel, door)
    return None


def _blijft_staan(voorstel, door=None):
    trainers_melden(voorstel.verslag, "besluit_blijft", behalve=door)
    bureau_melden(voorstel.besluit, "besluit_blijft_bureau")


@handeling(Rol.SYSTEEM, gesloten_mag=True)
def terugnemen_laten_verlopen(voorstel, *, door):
    """Not everybody agreed in time to take a decision back: it stands."""
    Voorstel.objects.filter(pk=voorstel.pk).update(vervallen_om=timezone.now())
    _blijft_staan(voorstel)


def terugnemen_verlopen():
    """The job: proposals to take a decision back whose term has passed. Returns how many."""
    voorbij = Voorstel.objects.nu().filter(soort=Soort.TERUGNEMEN, uiterlijk_op__lte=timezone.localdate())
    for voorstel in voorbij:
        terugnemen_laten_verlopen(voorstel, door=None)
    return len(voorbij)
