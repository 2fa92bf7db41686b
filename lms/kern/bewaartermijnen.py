"""How long what is kept: which setting goes with which kind of papers, and the day that follows from it.

Said on the privacy page, on the own page, and promised in a Bewaartermijn.
"""

import calendar
import datetime as dt
import re

from django.utils import timezone

from lms.kern.datums import dag, tel
from lms.kern.instellingen import STANDAARD, instelling
from lms.kern.models import Bewaartermijn, Traject
from lms.kern.models.kladjes import HOUDT

Soort = Bewaartermijn.Soort
INSTELLING = {
    Soort.TRAJECT: "bewaren",
    Soort.BRIEF: "bewaren_brief",
    Soort.VERSLAG: "bewaren_verslag",
    Soort.EVALUATIE: "bewaren_evaluatie",
    Soort.SCOPE: "bewaren_evaluatie",
    Soort.JOURNAAL: "bewaren_journaal",
}
MET_TOESTEMMING = "bewaren_met_toestemming"
TOESTEMMING = "bewaren"  # what the consent is for
TEKSTVERSIE = 1  # of the question in which it is asked; a changed question is asked anew
VRAAG = "Mogen we je gegevens een jaar bewaren? Dan kun je makkelijk terugkomen."


def dag_na(vanaf: dt.date, code: str) -> dt.date:
    """The day that setting `code` (in days or years) after `vanaf` falls on; 29 February becomes the 28th."""
    aantal = instelling(code)
    if STANDAARD[code][1] != "jaar":
        return vanaf + dt.timedelta(days=aantal)
    jaar = min(vanaf.year + aantal, dt.MAXYEAR)
    return vanaf.replace(year=jaar, day=min(vanaf.day, calendar.monthrange(jaar, vanaf.month)[1]))


def in_woorden(code: str) -> str:
    """Setting `code` as it stands in a sentence: "28 dagen", "1 dag", "een jaar", "7 jaar"."""
    aantal, eenheid = instelling(code), STANDAARD[code][1]
    if eenheid == "jaar":
        return "een jaar" if aantal == 1 else f"{aantal} jaar"
    if aantal and aantal % 365 == 0:
        return "een jaar" if aantal == 365 else f"{aantal // 365} jaar"
    return "1 dag" if aantal == 1 else f"{aantal} dagen"


# In the text of a page: {bewaren} becomes "28 dagen". What is not here is refused when an editor writes it.
PLEK = re.compile(r"\{(\w+)\}")
PLEKKEN = (*dict.fromkeys(INSTELLING.values()), MET_TOESTEMMING, "concept_aanmelding", "kladje")


def onbekende_plekken(tekst: str) -> list[str]:
    """The named places in this text that we do not know."""
    return sorted({naam for naam in PLEK.findall(tekst) if naam not in PLEKKEN})


def ingevuld(tekst: str) -> str:
    """The text with every term that we know as it is now; what we do not know stays as it stands."""
    return PLEK.sub(lambda plek: _termijn(plek[1]) if plek[1] in PLEKKEN else plek[0], tekst)


def _termijn(naam: str) -> str:
    return tel(HOUDT.days, "dag,dagen") if naam == "kladje" else in_woorden(naam)


def zonder_vinkje() -> str:
    """What happens to who rounds off without asking to keep the papers, with the day."""
    wissen_op = dag(dag_na(timezone.localdate(), INSTELLING[Soort.TRAJECT]))
    return f"Zonder vinkje wissen we je brief, cv en verslag op {wissen_op}. Je kunt dit later nog veranderen."


def gewist_op(traject: Traject, soort: str) -> dt.datetime | None:
    """When these papers of this path were erased, with the path or by themselves; None as long as they are there."""
    soorten = (soort, Soort.TRAJECT, Soort.JOURNAAL)
    weg = Bewaartermijn.objects.filter(traject=traject, soort__in=soorten, gewist_om__isnull=False)
    return weg.order_by("gewist_om").values_list("gewist_om", flat=True).first()
