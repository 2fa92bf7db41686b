"""One act for several people: each person is an act of its own, with its own answer.

Sent twice it does nothing twice.
"""

from django.core.exceptions import PermissionDenied, ValidationError

from cursus.handelingen import deelname_aanvragen
from lms.kern.handelingen import VOORBIJ, herinnering_sturen
from lms.kern.models import Rol, Traject
from selectie.handelingen import aanmelding_beantwoorden
from selectie.models import Aanmelding

HOOGSTENS = 100
UITNODIGEN, PLAATSEN, HERINNEREN = "uitnodigen", "plaatsen", "herinneren"
DADEN = {UITNODIGEN: "Uitnodigen", PLAATSEN: "Een plek geven", HERINNEREN: "Een herinnering sturen"}

AL_BEANTWOORD = "Deze aanmelding is al beantwoord."


def gekozen(gebruiker, nummers):
    """The chosen trajecten that this person of the bureau may see, by name; at most HOOGSTENS."""
    pks = [int(n) for n in nummers if n.isascii() and n.isdecimal() and len(n) < 12][:HOOGSTENS]
    return list(
        Traject.objects.zichtbaar_als(gebruiker, Rol.BUREAU)
        .filter(pk__in=pks)
        .select_related("kandidaat")
        .order_by("kandidaat__zoek", "pk")
    )


def uitvoeren(trajecten, daad, *, door, verzoek_id, uitvoering=None):
    """Do `daad` for each of `trajecten`.

    Returns [(traject, gelukt, sentence)]; a refusal of one person leaves the others alone.
    """
    return [(t, *_een(t, daad, door=door, verzoek_id=f"{verzoek_id}:{t.pk}", uitvoering=uitvoering)) for t in trajecten]


def _een(traject, daad, *, door, verzoek_id, uitvoering):
    act, extra = {
        UITNODIGEN: (aanmelding_beantwoorden, {"antwoord": "uitnodigen"}),
        PLAATSEN: (deelname_aanvragen, {"uitvoering": uitvoering}),
        HERINNEREN: (herinnering_sturen, {}),
    }[daad]
    onderwerp = Aanmelding.objects.filter(traject=traject).first() if daad == UITNODIGEN else traject
    if onderwerp is None:
        return False, AL_BEANTWOORD
    try:
        uitkomst = act(onderwerp, door=door, verzoek_id=verzoek_id, **extra)
    except ValidationError as fout:
        return False, AL_BEANTWOORD if fout.messages == [VOORBIJ] else " ".join(fout.messages)
    except PermissionDenied as fout:
        return False, str(fout)
    return True, "Vol: op de wachtlijst gezet." if getattr(uitkomst, "op_wachtlijst", False) else "Gedaan."
