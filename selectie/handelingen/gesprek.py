"""Step 7, the conversation: moments offered, one picked, the talk held and recorded.

Only its record releases the trainers' views.
"""

from django.utils import timezone

from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import afsluiten, handeling, vereis
from lms.kern.models import Rol, Toestemming, Traject
from selectie.handelingen.mening import Vervolg, samen_ja_melden
from selectie.models import Besluit, Gesprek, Gespreksmoment, Mening, Stelling, Verslag

MEESTE_MOMENTEN = 5


@handeling(Rol.TRAINER)
def gesprek_voorstellen(gesprek, *, door, momenten):
    """Offer moments for the conversation: `momenten` is a list of (moment, place).

    Replaces earlier ones; a picked moment is let go.
    """
    vereis(1 <= len(momenten) <= MEESTE_MOMENTEN, f"Kies één tot {MEESTE_MOMENTEN} momenten.")
    vereis(all(begin > timezone.now() for begin, _ in momenten), "Kies momenten die nog komen.")
    vereis(len({begin for begin, _ in momenten}) == len(momenten), "Twee momenten zijn hetzelfde.")
    vereis(all(plek.strip() for _, plek in momenten), "Schrijf bij elk moment de plek op, of: online of telefoon.")
    gesprek.momenten.all().delete()
    Gespreksmoment.objects.bulk_create(
        Gespreksmoment(gesprek=gesprek, begint_om=begin, plek=plek.strip()) for begin, plek in momenten
    )
    Gesprek.objects.filter(pk=gesprek.pk).update(voorgesteld_om=timezone.now(), moment_om=None, plek="")


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def moment_kiezen(gesprek, *, door, moment):
    """Pick one of the offered moments. `moment`: pk of a Gespreksmoment. The trainers get a message."""
    keuze = gesprek.momenten.filter(pk=moment).first()
    vereis(keuze and keuze.begint_om > timezone.now(), "Dit moment kan niet meer. Kies een ander moment.", "moment")
    gesprek.moment_om, gesprek.plek = keuze.begint_om, keuze.plek
    Gesprek.objects.filter(pk=gesprek.pk).update(moment_om=gesprek.moment_om, plek=gesprek.plek)
    bericht_maken(gesprek.verslag.traject.kandidaat, "gesprek_gepland", **_over_het_moment(gesprek))
    for mening in Mening.objects.gevraagd().filter(verslag=gesprek.verslag).select_related("trainer"):
        gesprek_melden(gesprek, mening.trainer)


def _over_het_moment(gesprek):
    """The moment goes along: it is what a cancellation takes out of the diaries."""
    moment = {"begin": gesprek.moment_om.isoformat(), "plek": gesprek.plek}
    return {"traject": gesprek.verslag.traject, "feit": gesprek, "gegevens": moment}


def gesprek_melden(gesprek, trainer):
    """Kernel: a trainer hears of a planned conversation, with its entry for the diary."""
    bericht_maken(trainer, "gesprek_gepland_trainer", **_over_het_moment(gesprek))


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def momenten_passen_niet(gesprek, *, door):
    """None of the offered moments fits: the trainers are asked for others."""
    vereis(gesprek.voorgesteld_om and not gesprek.moment_om, "Er zijn nu geen momenten om uit te kiezen.")
    gesprek.momenten.all().delete()
    Gesprek.objects.filter(pk=gesprek.pk).update(voorgesteld_om=None)


def _vervolg_na_gesprek(kandidaat, trainers, nieuw_verslag):
    """What follows from both answers after the talk.

    The candidate's no always wins; still different means no step 8 (folder, step 7).
    """
    vereis(kandidaat in Stelling.values, "Kies wat de kandidaat nu zegt.", "kandidaat")
    vereis(trainers in (Stelling.PAST, Stelling.PAST_NIET), "Kies wat jullie als trainers nu zeggen.", "trainers")
    if kandidaat == Stelling.PAST_NIET:
        vereis(
            not nieuw_verslag, "De kandidaat zegt dat het niet past. Dan volgt er geen nieuw verslag.", "nieuw_verslag"
        )
        return Vervolg.AFRONDEN
    if nieuw_verslag:
        return Vervolg.NIEUW_VERSLAG
    vereis(
        kandidaat != Stelling.TWIJFEL, "Twijfelt de kandidaat nog? Spreek dan een nieuw verslag af.", "nieuw_verslag"
    )
    return Vervolg.POORT if trainers == Stelling.PAST else Vervolg.AFRONDEN


@handeling(Rol.TRAINER)
def gesprek_vastleggen(
    gesprek,
    *,
    door,
    gehouden_op,
    aanwezigen,
    afspraken,
    kandidaat,
    trainers,
    opmerking_kandidaat="",
    nieuw_verslag=False,
):
    """Record the held conversation: date, who was there, what was agreed, the candidate's own remark, and what both
    sides say now.

    Makes the Besluit of this conversation and releases the trainers' views to the candidate. Returns the Besluit.
    """
    verslag = gesprek.verslag
    vereis(
        gehouden_op and gehouden_op <= timezone.localdate(),
        "Kies de dag waarop jullie met elkaar praatten.",
        "gehouden_op",
    )
    vereis(gehouden_op >= timezone.localdate(verslag.verstuurd_om), "Deze dag is vóór het verslag.", "gehouden_op")
    vereis(aanwezigen.strip(), "Schrijf op wie erbij waren.", "aanwezigen")
    vereis(afspraken.strip(), "Schrijf op wat jullie afspraken.", "afspraken")
    vervolg = _vervolg_na_gesprek(kandidaat, trainers, nieuw_verslag)
    nu = timezone.now()
    Gesprek.objects.filter(pk=gesprek.pk).update(
        gehouden_op=gehouden_op, gehouden_om=nu, vastgelegd_door=door, aanwezigen=aanwezigen.strip()[:300],
        afspraken=afspraken.strip(), opmerking_kandidaat=opmerking_kandidaat.strip(),
    )  # fmt: skip
    besluit = Besluit.objects.create(
        verslag=verslag,
        gesprek=gesprek,
        door=door,
        trainers=trainers,
        kandidaat=kandidaat,
        vervolg=vervolg,
        toelichting=afspraken.strip(),
    )
    if vervolg == Vervolg.NIEUW_VERSLAG:
        Verslag.objects.filter(pk=verslag.pk).update(afgerond_om=nu)
    elif vervolg == Vervolg.POORT:
        samen_ja_melden(besluit)
    return besluit


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def afronden_bevestigen(besluit, *, door, bewaren=False):
    """The candidate confirms that the path ends, as this decision says.

    `bewaren`: may we keep the data for a year, so that coming back is easy?
    """
    traject = besluit.verslag.traject
    eindigt = besluit.vervolg == Vervolg.AFRONDEN and not besluit.verslag.afgerond_om
    vereis(eindigt, "Er is nu niets om af te ronden.")
    if bewaren:
        Toestemming.objects.get_or_create(gebruiker=traject.kandidaat, waarvoor="bewaren", ingetrokken_om=None)
    afsluiten(traject, Traject.Afsluiting.SAMEN)
    bericht_maken(traject.kandidaat, "afgerond", traject=traject, feit=traject)
