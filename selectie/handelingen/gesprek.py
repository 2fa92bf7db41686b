"""Step 7, the conversation: moments offered, one picked or agreed by phone, moved, held and recorded.

Only its record releases the trainers' views. What both sides say after it stands in `samen.py`.
"""

import datetime as dt

from django.utils import timezone

from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import handeling, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Rol
from selectie.handelingen.voorstel import na_gesprek_voorstellen
from selectie.models import Gesprek, Gespreksmoment, Mening

MEESTE_MOMENTEN = 5
GEWEEST = "Dit gesprek is al opgeschreven."


def _kan(moment):
    return dt.timedelta() < moment - timezone.now() < dt.timedelta(days=366)


@handeling(Rol.TRAINER, Rol.BUREAU)
def gesprek_voorstellen(gesprek, *, door, momenten):
    """Offer moments for the conversation: `momenten` is a list of (moment, place).

    Replaces earlier ones; a picked moment is let go.
    """
    vereis(not gesprek.gehouden_om, GEWEEST)
    vereis(1 <= len(momenten) <= MEESTE_MOMENTEN, f"Kies één tot {MEESTE_MOMENTEN} momenten.")
    vereis(all(_kan(begin) for begin, _ in momenten), "Kies momenten in het komende jaar, die nog komen.")
    vereis(len({begin for begin, _ in momenten}) == len(momenten), "Twee momenten zijn hetzelfde.")
    vereis(all(plek.strip() for _, plek in momenten), "Schrijf bij elk moment de plek op, of: online of telefoon.")
    gesprek.momenten.all().delete()
    Gespreksmoment.objects.bulk_create(
        Gespreksmoment(gesprek=gesprek, begint_om=begin, plek=plek.strip()) for begin, plek in momenten
    )
    leeg = {"moment_om": None, "plek": "", "andere_dagen": ""}
    Gesprek.objects.filter(pk=gesprek.pk).update(voorgesteld_om=timezone.now(), **leeg)


@handeling(Rol.TRAINER, Rol.BUREAU)
def gesprek_afspreken(gesprek, *, door, moment, plek):
    """A moment that was agreed with the candidate by phone or at a meeting, in place of what stood there."""
    vereis(not gesprek.gehouden_om, GEWEEST)
    vereis(moment and _kan(moment), "Kies een moment dat nog komt, in het komende jaar.", "dag")
    vereis(plek.strip(), "Schrijf de plek op, of: online of telefoon.", "plek")
    gesprek.momenten.all().delete()
    _plannen(gesprek, moment, plek.strip(), voorgesteld_om=gesprek.voorgesteld_om or timezone.now())


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def moment_kiezen(gesprek, *, door, moment):
    """Pick one of the offered moments. `moment`: pk of a Gespreksmoment. The trainers get a message."""
    vereis(not gesprek.gehouden_om, GEWEEST)
    keuze = gesprek.momenten.filter(pk=moment).first()
    vereis(keuze and keuze.begint_om > timezone.now(), "Dit moment kan niet meer. Kies een ander moment.", "moment")
    _plannen(gesprek, keuze.begint_om, keuze.plek)


def _plannen(gesprek, moment, plek, **velden):
    """The conversation stands at this moment; candidate and trainers hear it."""
    was, gesprek.moment_om, gesprek.plek = gesprek.moment_om, moment, plek
    Gesprek.objects.filter(pk=gesprek.pk).update(moment_om=moment, plek=plek, andere_dagen="", **velden)
    bericht_maken(gesprek.verslag.traject.kandidaat, "gesprek_gepland", **_over_het_moment(gesprek, was))
    for mening in Mening.objects.gevraagd().filter(verslag=gesprek.verslag).select_related("trainer"):
        gesprek_melden(gesprek, mening.trainer, was)


def _over_het_moment(gesprek, was=None):
    """The moment goes along: it is what a cancellation takes out of the diaries."""
    moment = {"begin": gesprek.moment_om.isoformat()}  # the place is free text: it stays in the row
    if was:
        moment["was"] = was.isoformat()
    return {"traject": gesprek.verslag.traject, "feit": gesprek, "gegevens": moment}


def gesprek_melden(gesprek, trainer, was=None):
    """Kernel: a trainer hears of a planned conversation, with its entry for the diary. `was`: when it stood before."""
    bericht_maken(trainer, "gesprek_gepland_trainer", **_over_het_moment(gesprek, was))


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def momenten_passen_niet(gesprek, *, door, andere_dagen=""):
    """None of the offered moments fits, or the picked one does not any more: the trainers are asked for others.

    `andere_dagen`: which days do suit, in own words.
    """
    vereis(not gesprek.gehouden_om, GEWEEST)
    vereis(gesprek.voorgesteld_om, "Er zijn nu geen momenten om uit te kiezen.")
    gesprek.momenten.all().delete()
    leeg = {"voorgesteld_om": None, "moment_om": None, "plek": ""}
    Gesprek.objects.filter(pk=gesprek.pk).update(**leeg, andere_dagen=andere_dagen.strip())


@handeling(Rol.TRAINER)
def gesprek_vastleggen(gesprek, *, door, gehouden_op, aanwezigen, afspraken, trainers, nieuw_verslag=False):
    """Record the held conversation: date, who was there, what was agreed; and propose what the trainers say now.

    Releases to the candidate the views that lay there before it. Returns the Voorstel: the other asked trainers are
    asked to agree, the candidate to give the own answer.
    """
    verslag, vandaag = gesprek.verslag, timezone.localdate()
    vereis(not gesprek.gehouden_om, GEWEEST)
    vereis(gehouden_op and gehouden_op <= vandaag, "Kies de dag waarop jullie met elkaar praatten.", "gehouden_op")
    vereis(gehouden_op >= timezone.localdate(verslag.verstuurd_om), "Deze dag is vóór het verslag.", "gehouden_op")
    vereis(aanwezigen.strip(), "Schrijf op wie erbij waren.", "aanwezigen")
    vereis(afspraken.strip(), "Schrijf op wat jullie afspraken.", "afspraken")
    Gesprek.objects.filter(pk=gesprek.pk).update(
        gehouden_op=gehouden_op, gehouden_om=timezone.now(), vastgelegd_door=door,
        klaar_voor=vandaag + dt.timedelta(days=instelling("klopt_dit")),
        aanwezigen=aanwezigen.strip()[:300], afspraken=afspraken.strip(), andere_dagen="",
    )  # fmt: skip
    if gesprek.moment_om and timezone.localdate(gesprek.moment_om) > gehouden_op:  # held sooner: out of the diaries
        Gesprek.objects.filter(pk=gesprek.pk).update(moment_om=None, plek="")
    gesprek.refresh_from_db()
    return na_gesprek_voorstellen(gesprek, door, trainers, nieuw_verslag)
