"""Acts on the traject as a whole: stopping and coming back."""

from django.utils import timezone

from lms.kern.berichten import bericht_maken
from lms.kern.bewaartermijnen import Soort
from lms.kern.handelingen.bewaren import beloven, klok_starten, klok_stoppen
from lms.kern.handelingen.motor import handeling
from lms.kern.handelingen.weigeren import vereis
from lms.kern.models import Bericht, Beurt, Rol, Traject


def afsluiten(traject, afsluiting):
    """Plain kernel for acts: close a traject with a code of Traject.Afsluiting, and promise the day of erasing.

    Runs inside an act.
    """
    traject.afgesloten_op, traject.afsluiting = timezone.localdate(), afsluiting
    Traject._base_manager.filter(pk=traject.pk).update(afgesloten_op=traject.afgesloten_op, afsluiting=afsluiting)
    if afsluiting == Traject.Afsluiting.UITGESCHREVEN:
        beloven(traject, Soort.JOURNAAL)
    else:
        klok_starten(traject)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def traject_stoppen(traject, *, door):
    """Stop a path from any open state, alone and without a reason (invariant 7).

    A registered coordinator's traject stays open.
    """
    vereis(
        not traject.certificaten.filter(einde="").exists(),
        "Je bent geregistreerd. Bel ons als je wilt stoppen als coördinator.",
    )
    afsluiten(traject, Traject.Afsluiting.GESTOPT)
    bericht_maken(traject.kandidaat, "gestopt", traject=traject, feit=traject)


def heropenen(traject):
    """Plain kernel for acts: a closed traject goes on where it was. Raises ValidationError."""
    vereis(traject.afgesloten_op, "Dit traject loopt al.")
    vereis(traject.afsluiting != Traject.Afsluiting.UITGESCHREVEN, "Dit traject is uitgeschreven. Bel ons.")
    vereis(
        not Traject.objects.filter(kandidaat=traject.kandidaat_id, afgesloten_op__isnull=True).exists(),
        "Je hebt al een ander traject dat loopt.",
    )
    klok_stoppen(traject)
    traject.afgesloten_op, traject.afsluiting = None, ""
    Traject._base_manager.filter(pk=traject.pk).update(afgesloten_op=None, afsluiting="")


@handeling(Rol.KANDIDAAT, Rol.BUREAU, gesloten_mag=True)
def traject_hervatten(traject, *, door):
    """Come back after stopping: the traject reopens where it was."""
    heropenen(traject)


@handeling(Rol.BUREAU)
def herinnering_sturen(traject, *, door):
    """A friendly mail about the candidate's own open turn, at most once a day.

    Cancelled when the turn is gone before it went out.
    """
    vandaag = timezone.localdate()
    beurten = Beurt.objects.open_op(vandaag).filter(traject=traject, rol=Rol.KANDIDAAT)
    beurt = beurten.exclude(code="samen_uitzoeken").order_by("sinds", "pk").first()
    vereis(beurt, "Deze kandidaat is nu niet aan de beurt.")
    vereis(traject.kandidaat.email, "Deze kandidaat heeft geen e-mailadres. Bel even.")
    sleutel = f"beurt:{beurt.pk}:herinner-{vandaag}:{traject.kandidaat_id}"
    vereis(not Bericht.objects.filter(sleutel=sleutel).exists(), "Vandaag is er al een herinnering gestuurd.")
    bericht_maken(traject.kandidaat, "herinner", traject=traject, sleutel=sleutel)
