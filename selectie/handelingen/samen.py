"""Step 7, what the candidate says after a conversation, talks once more about, or confirms."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import afsluiten, handeling, vereis
from lms.kern.models import Rol, Toestemming, Traject
from selectie.handelingen.besluit import besluit_na_gesprek, laatste_besluit
from selectie.handelingen.mening import Vervolg
from selectie.handelingen.verslag import kopie
from selectie.models import Besluit, Gesprek, Gespreksantwoord, Stelling, Verslag


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def antwoord_na_gesprek(gesprek, *, door, keuze, opmerking=""):
    """Say what the candidate says now, with an own remark; another answer replaces it until there is a decision.

    Returns the Besluit when that makes it, or None.
    """
    vereis(gesprek.gehouden_om, "Je antwoord geef je na het gesprek.")
    vereis(keuze in Stelling.values, "Kies wat jij nu zegt.", "keuze")
    Gespreksantwoord.objects.filter(gesprek=gesprek, vervangen_om=None).update(vervangen_om=timezone.now())
    Gespreksantwoord.objects.create(gesprek=gesprek, door=door, keuze=keuze, opmerking=opmerking.strip())
    return besluit_na_gesprek(gesprek, door)


@handeling(Rol.KANDIDAAT, ook_oud=True, gesloten_mag=True)
def besluit_lezen(besluit, *, door):
    """The candidate saw a page that shows this decision, or that it asks for a talk: from now on it is known."""
    return besluit


def gezien_door_kandidaat(traject):
    """Note that the candidate sees what counts now. One question when there is nothing new."""
    besluiten = Besluit.objects.geldig().filter(verslag__traject=traject)
    gelezen = traject.journaal.filter(handeling="besluit_lezen", om__gte=OuterRef("om"))
    for besluit in besluiten.filter(~Exists(gelezen)).order_by("pk"):
        besluit_lezen(besluit, door=traject.kandidaat)


def _rondt_af(besluit):
    """Whether the path ends as this decision says: nothing was decided after it."""
    eindigt = besluit.vervolg == Vervolg.AFRONDEN and not besluit.verslag.afgerond_om
    return eindigt and laatste_besluit(besluit.verslag) == besluit


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def nog_eens_praten(besluit, *, door):
    """Before confirming that the path ends: the candidate wants to talk (once more). Returns the Gesprek; the decision
    stands until that conversation makes another.
    """
    vereis(_rondt_af(besluit), "Een gesprek vraag je aan als je trainers gereageerd hebben.")
    loopt = Gesprek.objects.nu().filter(verslag=besluit.verslag).exists()
    vereis(not loopt, "Er komt al een gesprek.")
    return Gesprek.objects.create(verslag=besluit.verslag)


def is_teruggekomen(besluit):
    """Whether this person ended the path together after this decision, and came back since."""
    regels = besluit.verslag.traject.journaal
    rond = regels.filter(handeling="afronden_bevestigen", om__gt=besluit.om).order_by("-om").first()
    terug = regels.filter(handeling__in=("traject_hervatten", "aanmelding_van_bekende"))
    return rond is not None and terug.filter(om__gt=rond.om).exists()


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def nieuw_verslag_beginnen(besluit, *, door):
    """Who comes back after the path was ended together writes a new report: it begins with the answers of the last."""
    vereis(is_teruggekomen(besluit), "Een nieuw verslag spreek je af met je trainers.")
    vereis(_rondt_af(besluit), "Je nieuwe verslag kan al.")
    verslag = besluit.verslag
    Gesprek.objects.te_houden().filter(verslag=verslag).update(vervallen_om=timezone.now())
    Verslag.objects.filter(pk=verslag.pk).update(afgerond_om=timezone.now())
    return kopie(verslag.traject, verslag)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def afronden_bevestigen(besluit, *, door, bewaren=False):
    """The candidate confirms that the path ends, as this decision says.

    `bewaren`: may we keep the data for a year, so that coming back is easy?
    """
    traject = besluit.verslag.traject
    vereis(_rondt_af(besluit), "Er is nu niets om af te ronden.")
    if bewaren:
        Toestemming.objects.get_or_create(gebruiker=traject.kandidaat, waarvoor="bewaren", ingetrokken_om=None)
    afsluiten(traject, Traject.Afsluiting.SAMEN)
    bericht_maken(traject.kandidaat, "afgerond", traject=traject, feit=traject)
