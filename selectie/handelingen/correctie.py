"""Step 7, corrections: an own view taken back, a decision revoked, the record of a conversation added to.

A reason is asked, no mail goes out.
"""

from django.utils import timezone

from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Rol
from selectie.handelingen.mening import in_overleg, versie_bewaren
from selectie.models import Besluit, Gesprek, Gesprekaanvulling, Mening, Puntreactie, Verslag


@handeling(Rol.TRAINER, correctie=True)
def mening_heropenen(eigen_mening, *, door, reden):
    """Take the own given view back, as long as not everybody has spoken: it becomes a draft again, and the given one
    stays as a Meningversie.

    The colleague's view is hidden again until the own one is given (regels §3, As data). After the last view the
    decision is revoked instead.
    """
    rij, verslag = eigen_mening, eigen_mening.verslag
    vereis(rij.gegeven_om, "Je hebt nog geen mening gegeven.")
    vereis(
        not Besluit.objects.geldig().filter(verslag=verslag).exists(),
        "Jullie besloten al samen. Neem dan het besluit terug.",
    )
    vereis(not in_overleg(verslag), "Jullie zijn in overleg. Je kunt je mening nu gewoon veranderen.")
    punten = versie_bewaren(rij, reden=reden)
    concept = {"mening": rij.mening, "reactie": rij.reactie, "notitie": rij.notitie, "punten": punten}
    Puntreactie.objects.filter(mening=rij).delete()
    leeg = {"mening": "", "reactie": "", "notitie": "", "gegeven_om": None}
    Mening.objects.filter(pk=rij.pk).update(**leeg, concept=concept, wijziging=rij.wijziging + 1)


def waarom_het_blijft(besluit):
    """Why this decision cannot be revoked, or ""."""
    verslag, traject = besluit.verslag, besluit.verslag.traject
    if traject.verslagen.filter(versie__gt=verslag.versie, teruggehaald_om=None).exists():
        return "De kandidaat schrijft al aan een nieuw verslag. Dit besluit kan niet meer terug."
    if Besluit.objects.geldig().filter(verslag=verslag, om__gt=besluit.om).exists():
        return "Na dit besluit kwam er nog een. Neem eerst dat terug."
    if traject.conferenties.exists():
        return "Er is al een conferentie gevraagd. Dit besluit kan niet meer terug."
    return ""


@handeling(Rol.TRAINER, correctie=True)
def besluit_herroepen(besluit, *, door, reden):
    """Revoke a decision, with a reason; it is never edited (regels §3). The last one about the last report only.

    Without a conversation the trainers are in overleg again and may change their views; with one a new record is asked.
    """
    blijft = waarom_het_blijft(besluit)
    vereis(not blijft, blijft)
    verslag, nu = besluit.verslag, timezone.now()
    Besluit.objects.filter(pk=besluit.pk).update(herroepen_om=nu, herroepen_door=door, herroepen_reden=reden)
    Gesprek.objects.filter(verslag=verslag, gehouden_om=None, vervallen_om=None).update(vervallen_om=nu)
    if besluit.gesprek_id:
        Gesprek.objects.create(verslag=verslag)
    Verslag.objects.filter(pk=verslag.pk).update(afgerond_om=None)


@handeling(Rol.TRAINER, correctie=True, gesloten_mag=True, ook_oud=True)
def gesprek_aanvullen(gesprek, *, door, tekst, reden):
    """Add to the record of a held conversation, or say what was wrong in it.

    The record stays; both are read by both sides.
    """
    vereis(gesprek.gehouden_om and not gesprek.vervallen_om, "Dit gesprek is nog niet opgeschreven.")
    vereis(tekst.strip(), "Schrijf op wat er anders was, of wat er nog bij hoort.", "tekst")
    return Gesprekaanvulling.objects.create(gesprek=gesprek, door=door, tekst=tekst.strip(), reden=reden)
