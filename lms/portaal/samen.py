"""One act for several people: each person is an act of its own, with its own answer.

Sent twice it does nothing twice; what a request does not finish, the worker does.
"""

from cursus.models import Deelname
from lms.kern.handelingen import VOORBIJ, groep_beginnen, groep_uitvoeren
from lms.kern.models import Rol, Traject
from selectie.models import Aanmelding

HOOGSTENS = 100
UITNODIGEN, PLAATSEN, HERINNEREN = "uitnodigen", "plaatsen", "herinneren"
DADEN = {UITNODIGEN: "Uitnodigen", PLAATSEN: "Een plek geven", HERINNEREN: "Een herinnering sturen"}
BEZIG, GEDAAN, WACHTLIJST = "Dit loopt nog. Het gaat vanzelf verder.", "Gedaan.", "Vol: op de wachtlijst gezet."
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

    Returns [(traject, gelukt, sentence)]; a refusal of one person leaves the others alone; `gelukt` is None for whom
    the worker goes on.
    """
    act, gegevens = {
        UITNODIGEN: ("aanmelding_beantwoorden", {"antwoord": "uitnodigen"}),
        PLAATSEN: ("deelname_aanvragen", {"uitvoering": uitvoering}),
        HERINNEREN: ("herinnering_sturen", {}),
    }[daad]
    rijen = _rijen(trajecten, daad)
    sleutel = f"samen:{door.pk}:{verzoek_id}"
    groep = groep_beginnen(door=door, daad=act, rijen=list(rijen.values()), sleutel=sleutel, **gegevens)
    groep_uitvoeren([groep])
    delen = {deel.rij: deel for deel in groep.delen.all()}
    wacht = _op_de_wachtlijst(trajecten, uitvoering) if daad == PLAATSEN else ()
    return [(t, *_uitslag(delen.get(rijen[t.pk].pk) if t.pk in rijen else None, t.pk in wacht)) for t in trajecten]


def _rijen(trajecten, daad):
    """{traject: the row the act is about} of those who have one."""
    if daad == UITNODIGEN:
        return {rij.traject_id: rij for rij in Aanmelding.objects.filter(traject__in=trajecten)}
    return {traject.pk: traject for traject in trajecten}


def _uitslag(deel, wacht):
    if deel is None or deel.zin == VOORBIJ:
        return False, AL_BEANTWOORD
    if deel.klaar_om is None:
        return None, BEZIG
    return deel.gelukt, deel.zin or (WACHTLIJST if wacht else GEDAAN)


def _op_de_wachtlijst(trajecten, uitvoering):
    rijen = Deelname.objects.filter(traject__in=trajecten, uitvoering=uitvoering, geplaatst_om=None, afgemeld_om=None)
    return set(rijen.values_list("traject", flat=True))
