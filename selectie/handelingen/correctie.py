"""Step 7, corrections: an own view taken back, a decision revoked, the record of a conversation added to.

A reason is asked.
"""

from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Rol
from selectie.handelingen.besluit import bureau_melden, is_verteld, terugnemen, waarom_het_blijft
from selectie.handelingen.mening import in_overleg, terug_naar_concept
from selectie.handelingen.voorstel import terugnemen_voorstellen
from selectie.models import Besluit, Gesprekaanvulling, Mening, Voorstel


@handeling(Rol.TRAINER, correctie=True)
def mening_heropenen(eigen_mening, *, door, reden):
    """Take the own given view back, as long as no colleague's was seen: it becomes a draft again, and the given one
    stays as a Meningversie. After the last view the decision is revoked instead (regels §3, As data).
    """
    verslag = eigen_mening.verslag
    vereis(eigen_mening.gegeven_om, "Je hebt nog geen mening gegeven.")
    ander = Mening.objects.filter(verslag=verslag, gegeven_om__isnull=False).exclude(pk=eigen_mening.pk)
    vereis(
        not Besluit.objects.geldig().filter(verslag=verslag).exists(),
        "Jullie besloten al samen. Neem dan het besluit terug.",
    )
    vereis(not in_overleg(verslag), "Jullie zijn in overleg. Je kunt je mening nu gewoon veranderen.")
    vereis(not ander.exists(), "Je las de mening van een collega al. Daarom blijft jouw mening staan.")
    terug_naar_concept(eigen_mening, reden=reden)


@handeling(Rol.TRAINER)
def besluit_herroepen(besluit, *, door, waarom=""):
    """Take a decision back, with a reason; it is never edited (regels §3). The last one about the last report only.

    While nobody outside the trainers was told it is done at once and the colleagues hear it. Afterwards it is a
    proposal: it stops new assignments, and every other asked trainer must agree. Returns the Voorstel, or None.
    """
    vereis(waarom.strip(), "Schrijf op waarom je dit besluit terugneemt.", "waarom")
    blijft = waarom_het_blijft(besluit)
    vereis(not blijft, blijft)
    al = Voorstel.objects.nu().filter(besluit=besluit).exists()
    vereis(not al, "Er ligt al een voorstel om dit besluit terug te nemen.")
    if not is_verteld(besluit):
        terugnemen(besluit, door, waarom.strip())
        return None
    bureau_melden(besluit, "terugnemen_voorgesteld")
    return terugnemen_voorstellen(besluit, door, waarom.strip())


@handeling(Rol.TRAINER, correctie=True, gesloten_mag=True, ook_oud=True)
def gesprek_aanvullen(gesprek, *, door, tekst, reden):
    """Add to the record of a held conversation, or say what was wrong in it.

    The record stays; both are read by both sides.
    """
    vereis(gesprek.gehouden_om and not gesprek.vervallen_om, "Dit gesprek is nog niet opgeschreven.")
    vereis(gesprek.afspraken, "Wat over dit gesprek is opgeschreven, is gewist. Er komt niets meer bij.")
    vereis(tekst.strip(), "Schrijf op wat er anders was, of wat er nog bij hoort.", "tekst")
    return Gesprekaanvulling.objects.create(gesprek=gesprek, door=door, tekst=tekst.strip(), reden=reden)
