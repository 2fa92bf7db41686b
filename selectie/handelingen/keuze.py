"""Steps 3 and 5: the candidate's own choice, and short notes of talks."""

import datetime as dt

from django.utils import timezone

from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import EERST_HET_BESLUIT, afsluiten, handeling, vereis
from lms.kern.models import Rol, Traject
from lms.kern.pad.stappen import open_stappen
from selectie.models import Deelnamebesluit, Uitzoeknotitie

Keuze = Deelnamebesluit.Keuze
LATER_UITERLIJK = dt.timedelta(days=366)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def deelname_besluiten(traject, *, door, keuze, terug_op=None):
    """Step 3: ja, later (comes back on `terug_op`) or nee (ends the path, warmly; coming back is always possible)."""
    vereis(traject.stap == 3, "Deze keuze maak je na de informatiebijeenkomst, en vóór de training.")
    vereis(keuze in Keuze.values, "Kies ja, later of nee.", "keuze")
    if keuze == Keuze.LATER:
        vandaag = timezone.localdate()
        vereis(
            terug_op and vandaag < terug_op <= vandaag + LATER_UITERLIJK,
            "Kies een datum tussen morgen en een jaar vanaf nu.",
            "terug_op",
        )
    nu = timezone.now()
    traject.deelnamebesluiten.filter(herroepen_om=None).update(
        herroepen_om=nu, herroepen_door=door, herroepen_reden="nieuwe keuze"
    )
    Deelnamebesluit.objects.create(
        traject=traject, keuze=keuze, terug_op=terug_op if keuze == Keuze.LATER else None, om=nu, door=door
    )
    if keuze == Keuze.NEE:
        afsluiten(traject, Traject.Afsluiting.GESTOPT)
        bericht_maken(traject.kandidaat, "gestopt", traject=traject, feit=traject)


@handeling(Rol.KANDIDAAT, Rol.TRAINER)
def uitzoeken_noteren(traject, *, door, tekst):
    """Step 5: a short note of a talk that was held, visible to candidate and own trainers."""
    eigen = (
        door.pk == traject.kandidaat_id or Traject.objects.als_trainer_van(door, "EK1").filter(pk=traject.pk).exists()
    )
    vereis(eigen, "Alleen de trainers van EK1 schrijven een notitie.")
    stil = door.pk != traject.kandidaat_id and traject.verslagen.bij_de_trainers().exists()
    vereis(not stil, EERST_HET_BESLUIT)
    begonnen = traject.aanwezigheden.filter(soort="EK1", resultaat__in=["ja", "deels", "deels_telt"]).exists()
    vereis(
        begonnen or 5 in open_stappen(traject.stap) or traject.stap > 5,
        "Een notitie schrijf je vanaf de eerste dag van EK1.",
    )
    vereis(tekst.strip(), "Schrijf een paar woorden.", "tekst")
    return Uitzoeknotitie.objects.create(traject=traject, door=door, tekst=tekst.strip())
