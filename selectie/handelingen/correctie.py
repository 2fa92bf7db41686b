"""Step 7, corrections: an own view taken back, a decision revoked, the record of a conversation added to. A reason is asked, no mail goes out."""

from django.utils import timezone

from lms.kern.handelingen import handeling, vereis
from lms.kern.models import Rol
from selectie.handelingen.mening import eigen_mening, in_overleg, lopend_verslag, versie_bewaren
from selectie.models import Besluit, Gesprek, Gesprekaanvulling, Mening, Puntreactie, Verslag


@handeling(Rol.TRAINER, correctie=True)
def mening_heropenen(traject, *, door, reden):
    """Take the own given view back, as long as not everybody has spoken: it becomes a draft again, and the given one stays as a Meningversie.

    The colleague's view is hidden again until the own one is given (DOMAIN §3, As data). After the last view the decision is revoked instead.
    """
    verslag = lopend_verslag(traject)
    rij = eigen_mening(verslag, door)
    vereis(rij.gegeven_om, "Je hebt nog geen mening gegeven.")
    vereis(not Besluit.objects.geldig().filter(verslag=verslag).exists(), "Jullie besloten al samen. Neem dan het besluit terug.")
    vereis(not in_overleg(verslag), "Jullie zijn in overleg. Je kunt je mening nu gewoon veranderen.")
    punten = versie_bewaren(rij, reden=reden)
    concept = {"mening": rij.mening, "reactie": rij.reactie, "notitie": rij.notitie, "punten": punten}
    Puntreactie.objects.filter(mening=rij).delete()
    leeg = {"mening": "", "reactie": "", "notitie": "", "gegeven_om": None}
    Mening.objects.filter(pk=rij.pk).update(**leeg, concept=concept, wijziging=rij.wijziging + 1)


def _laatst_besloten(traject):
    """The report whose decision may be revoked: the last one sent, while the candidate is not writing a new version."""
    verslag = traject.verslagen.filter(verstuurd_om__isnull=False, teruggehaald_om=None).order_by("-versie").first()
    vereis(verslag, "Er is nu geen verslag om over te besluiten.")
    nieuwer = traject.verslagen.lopend().exclude(pk=verslag.pk).exists()
    vereis(not nieuwer, "De kandidaat schrijft al aan een nieuw verslag. Dit besluit kan niet meer terug.")
    return verslag


@handeling(Rol.TRAINER, correctie=True)
def besluit_herroepen(traject, *, door, reden):
    """Revoke the last decision about the last report, with a reason; it is never edited (DOMAIN §3).

    Without a conversation the trainers are in overleg again and may change their views; with one a new record is asked.
    """
    verslag = _laatst_besloten(traject)
    eigen_mening(verslag, door)
    besluit = Besluit.objects.geldig().filter(verslag=verslag).order_by("-om", "-pk").first()
    vereis(besluit, "Er is geen besluit om terug te nemen.")
    vereis(not traject.conferenties.exists(), "Er is al een conferentie gevraagd. Dit besluit kan niet meer terug.")
    nu = timezone.now()
    Besluit.objects.filter(pk=besluit.pk).update(herroepen_om=nu, herroepen_door=door, herroepen_reden=reden)
    Gesprek.objects.filter(verslag=verslag, gehouden_om=None, vervallen_om=None).update(vervallen_om=nu)
    if besluit.gesprek_id:
        Gesprek.objects.create(verslag=verslag)
    Verslag.objects.filter(pk=verslag.pk).update(afgerond_om=None)


@handeling(Rol.TRAINER, correctie=True, gesloten_mag=True)
def gesprek_aanvullen(traject, *, door, gesprek, tekst, reden):
    """Add to the record of a held conversation, or say what was wrong in it. `gesprek`: a Gesprek. The record stays; both are read by both sides."""
    rij = Gesprek.objects.filter(pk=gesprek.pk, verslag__traject=traject, gehouden_om__isnull=False, vervallen_om=None).first()
    vereis(rij, "Dit gesprek is nog niet opgeschreven.")
    gevraagd = Mening.objects.gevraagd().filter(verslag=rij.verslag_id, trainer=door).exists()
    vereis(gevraagd, "Alleen de trainers van dit verslag vullen het gesprek aan.")
    vereis(tekst.strip(), "Schrijf op wat er anders was, of wat er nog bij hoort.", "tekst")
    return Gesprekaanvulling.objects.create(gesprek=rij, door=door, tekst=tekst.strip(), reden=reden)
