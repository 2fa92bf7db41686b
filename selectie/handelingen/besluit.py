"""Step 7, the decision after a conversation, and what happens when a decision is taken back. Kernels only."""

from django.utils import timezone

from lms.kern.berichten import bericht_maken, mensen_met_rol
from lms.kern.models import Bericht, Journaalregel, Rol
from selectie.handelingen.mening import Vervolg, gereageerd_melden, samen_ja_melden, terug_naar_concept
from selectie.handelingen.verslag import kopie
from selectie.models import Besluit, Gesprek, Gespreksantwoord, Mening, Stelling, Trainervraag, Verslag, Voorstel

OVER_TRAINERS = (
    "trainer_toevoegen",
    "trainer_ontheffen",
    "trainervraag_beantwoorden",
)  # says nothing of what is decided


def vervolg_na_gesprek(kandidaat, trainers, nieuw_verslag):
    """What follows from both answers after the talk: the candidate's no always wins; who doubts or has agreed on it
    writes a new report; still different means no step 8 (folder, step 7).
    """
    if kandidaat == Stelling.PAST_NIET:
        return Vervolg.AFRONDEN
    if nieuw_verslag or kandidaat == Stelling.TWIJFEL:
        return Vervolg.NIEUW_VERSLAG
    return Vervolg.POORT if trainers == Stelling.PAST else Vervolg.AFRONDEN


def laatste_besluit(verslag):
    """Kernel: the decision about this report that counts now: the last of those that hold."""
    return Besluit.objects.geldig().filter(verslag=verslag).order_by("-om", "-pk").first()


def besluit_na_gesprek(gesprek, door):
    """The Besluit of a held conversation, once the trainers agreed what they say now and the candidate answered; a no
    of the candidate waits for nobody. Returns it, or None.
    """
    antwoord = Gespreksantwoord.objects.filter(gesprek=gesprek, vervangen_om=None).first()
    voorstel = Voorstel.objects.filter(gesprek=gesprek, vervallen_om=None).first()
    samen = voorstel is not None and voorstel.aangenomen_om is not None
    if antwoord is None or not samen and antwoord.keuze != Stelling.PAST_NIET:
        return None
    verslag, nu = gesprek.verslag, timezone.now()
    trainers = voorstel.trainers if samen else laatste_besluit(verslag).trainers
    vervolg = vervolg_na_gesprek(antwoord.keuze, trainers, samen and voorstel.nieuw_verslag)
    besluit = Besluit.objects.create(
        verslag=verslag, gesprek=gesprek, door=door, trainers=trainers, kandidaat=antwoord.keuze, vervolg=vervolg,
        toelichting=gesprek.afspraken,
    )  # fmt: skip
    Gesprek.objects.filter(pk=gesprek.pk).update(besloten_om=nu)
    Voorstel.objects.nu().filter(verslag=verslag).update(vervallen_om=nu)  # there is nothing left to agree about
    if vervolg == Vervolg.NIEUW_VERSLAG:
        Verslag.objects.filter(pk=verslag.pk).update(afgerond_om=nu)
        kopie(verslag.traject, verslag)
    elif vervolg == Vervolg.POORT:
        samen_ja_melden(besluit)
    elif door.pk != verslag.traject.kandidaat_id:  # who answered last is on the page that says it
        gereageerd_melden(besluit)
    Trainervraag.objects.nu().filter(verslag=verslag).update(klaar_om=nu)
    return besluit


def is_verteld(besluit):
    """Whether anybody outside the trainers may know of this decision: a mail went out, the candidate saw a page that
    shows it (`besluit_lezen`) or somebody acted on the path since, or it was made in a conversation.
    """
    if besluit.gesprek_id:
        return True
    daarna = Journaalregel.objects.filter(traject=besluit.verslag.traject_id, om__gte=besluit.om)
    if daarna.exclude(als__in=(Rol.TRAINER, Rol.SYSTEEM)).exclude(handeling__in=OVER_TRAINERS).exists():
        return True
    berichten = Bericht.objects.filter(
        soort__in=("samen_ja", "samen_ja_regio", "praten", "gereageerd"), feit=besluit.pk
    )
    return berichten.exclude(verstuurd_om=None, bezig_om=None).exists()


def waarom_het_blijft(besluit):
    """Kernel: why this decision cannot be taken back (any more), or ""."""
    verslag, traject = besluit.verslag, besluit.verslag.traject
    if besluit.gesprek_id and besluit.kandidaat == Stelling.PAST_NIET:
        return "Dit was de keuze van de kandidaat zelf. Die blijft staan."
    later = traject.verslagen.filter(versie__gt=verslag.versie)
    if besluit.vervolg == Vervolg.NIEUW_VERSLAG:  # made with the decision, and untouched since
        later = later.exclude(versie=verslag.versie + 1, bewaard_om=None, verstuurd_om=None, teruggehaald_om=None)
    if later.exists():
        return "De kandidaat schrijft al aan een nieuw verslag. Dit besluit kan niet meer terug."
    if Besluit.objects.geldig().filter(verslag=verslag, om__gt=besluit.om).exists():
        return "Na dit besluit kwam er nog een. Neem eerst dat terug."
    if Gesprek.objects.zonder_besluit().filter(verslag=verslag).exists():
        return "Jullie praatten er al samen over. Doe een voorstel: wat zeggen jullie nu?"
    if traject.conferenties.exclude(telt_mee=False).exists():
        return "Er is al een conferentie gevraagd. Dit besluit kan niet meer terug."
    return ""


def terugnemen(besluit, door, reden, *, nu_door=None):
    """Kernel: this decision holds no longer. Each trainer confirms or changes the own view; after a conversation the
    trainers propose anew what they say. Who was told hears that it no longer stands.
    """
    verslag, nu, verteld = besluit.verslag, timezone.now(), is_verteld(besluit)
    gelezen = verteld and Verslag.objects.vrijgegeven().filter(pk=verslag.pk).exists()
    Besluit.objects.filter(pk=besluit.pk).update(herroepen_om=nu, herroepen_door=door, herroepen_reden=reden)
    verslag.traject.verslagen.filter(versie__gt=verslag.versie, bewaard_om=None, verstuurd_om=None).delete()
    Verslag.objects.filter(pk=verslag.pk).update(afgerond_om=None)
    Gesprek.objects.te_houden().filter(verslag=verslag).update(vervallen_om=nu)
    if besluit.gesprek_id:
        Gesprek.objects.filter(pk=besluit.gesprek_id).update(besloten_om=None)
        Voorstel.objects.filter(gesprek=besluit.gesprek_id, vervallen_om=None).update(vervallen_om=nu)
        Gespreksantwoord.objects.filter(gesprek=besluit.gesprek_id, vervangen_om=None).update(vervangen_om=nu)
    else:
        for mening in Mening.objects.gevraagd().filter(verslag=verslag, gegeven_om__isnull=False):
            terug_naar_concept(mening, reden=reden, gelezen=gelezen)
    trainers_melden(verslag, "besluit_teruggenomen", behalve=nu_door or door, na_gesprek=bool(besluit.gesprek_id))
    if verteld:
        traject = verslag.traject
        bericht_maken(traject.kandidaat, "besluit_vervallen", traject=traject, feit=besluit)
        bureau_melden(besluit, "besluit_teruggenomen_bureau")
    _regio_melden(besluit)


def _regio_melden(besluit):
    """A regiomanager who heard that somebody can begin hears that it is not so yet."""
    gehoord = Bericht.objects.filter(soort="samen_ja_regio", feit=besluit.pk, vervallen_om=None)
    for bericht in gehoord.exclude(verstuurd_om=None, bezig_om=None).select_related("aan"):
        bericht_maken(bericht.aan, "samen_ja_regio_af", traject=besluit.verslag.traject, feit=besluit, bundelen=True)


def trainers_melden(verslag, soort, *, behalve=None, **gegevens):
    """Tell the asked trainers at once, but for who did it."""
    gevraagd = Mening.objects.gevraagd().filter(verslag=verslag).exclude(trainer=behalve).select_related("trainer")
    for mening in gevraagd:
        bericht_maken(mening.trainer, soort, traject=verslag.traject, feit=verslag, gegevens=gegevens)


def bureau_melden(besluit, soort):
    """Tell the bureau, in its digest."""
    traject = besluit.verslag.traject
    for mens in mensen_met_rol(traject, Rol.BUREAU):
        bericht_maken(mens, soort, traject=traject, feit=besluit, bundelen=True)
