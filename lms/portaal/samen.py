"""One act for several people: each person is an act of its own, with its own answer.

Sent twice it does nothing twice; what a request does not finish, the worker does.
"""

from cursus.models import Deelname
from lms.kern.handelingen import groep_beginnen, groep_uitvoeren
from lms.kern.models import Rol, Traject

HOOGSTENS = 100
UITNODIGEN, PLAATSEN, HERINNEREN = "uitnodigen", "plaatsen", "herinneren"
DADEN = {UITNODIGEN: "Uitnodigen", PLAATSEN: "Een plek geven", HERINNEREN: "Een herinnering sturen"}
BEZIG, GEDAAN, WACHTLIJST = "Dit loopt nog. Het gaat vanzelf verder.", "Gedaan.", "Vol: op de wachtlijst gezet."


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
    sleutel = f"samen:{door.pk}:{verzoek_id}"
    groep = groep_beginnen(door=door, daad=act, rijen=trajecten, sleutel=sleutel, **gegevens)
    groep_uitvoeren([groep])
    delen = {deel.rij: deel for deel in groep.delen.all()}
    wacht = _op_de_wachtlijst(trajecten, uitvoering) if daad == PLAATSEN else ()
    return [(t, delen[t.pk].gelukt, _zin(delen[t.pk], t.pk in wacht)) for t in trajecten if t.pk in delen]


def _zin(deel, wacht):
    if deel.klaar_om is None:
        return BEZIG
    return deel.zin or (WACHTLIJST if wacht else GEDAAN)


def _op_de_wachtlijst(trajecten, uitvoering):
    rijen = Deelname.objects.filter(traject__in=trajecten, uitvoering=uitvoering, geplaatst_om=None, afgemeld_om=None)
    return set(rijen.values_list("traject", flat=True))
