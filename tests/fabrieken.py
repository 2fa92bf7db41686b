"""People, groups and trajecten for tests.

Everything goes through the acts, so a traject is always one that could exist.
"""

import datetime as dt
import inspect

from allauth.account.models import EmailAddress
from django.utils import timezone

from certificering import handelingen as certificering
from certificering.models import Evaluatie, Registratie
from cursus import handelingen as cursus
from cursus.models import Locatie, Soort
from lms.kern.models import Gebruiker, Regio, Rolvervulling, Traject
from lms.kern.pad.afleiding import bijwerken
from selectie import handelingen as selectie
from selectie.models import Aanmelding, Besluit, Brief, Gesprek, Instemming, Mening, Trainervraag, Voorstel

WACHTWOORD = "demo-eigen-kracht"


def persoon(naam, rol="", regio=None, **velden):
    """A person with e-mail <naam>@demo.example, a confirmed address, the password WACHTWOORD and perhaps a role."""
    gebruiker = Gebruiker(email=f"{naam}@demo.example", voornaam=naam.title(), achternaam="Jansen", **velden)
    gebruiker.set_password(WACHTWOORD)
    gebruiker.save()
    EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
    if rol:
        Rolvervulling.objects.create(gebruiker=gebruiker, rol=rol, regio=regio, van=dt.date(2020, 1, 1))
    return gebruiker


def evaluatie_van(traject):
    """The last evaluation of this traject, or None."""
    return Evaluatie.objects.filter(conferentie__traject=traject).order_by("pk").last()


def verslag_van(traject):
    """The last report of this traject that was not taken back, or None."""
    return traject.verslagen.filter(teruggehaald_om=None).order_by("versie").last()


def mening_van(traject, trainer):
    """The view that is asked of this trainer about the last report; else somebody else's, or None."""
    meningen = Mening.objects.gevraagd().filter(verslag=verslag_van(traject)).order_by("pk")
    return meningen.filter(trainer=trainer).last() or meningen.last()


def gesprek_van(traject):
    """The last conversation of this traject that was not dropped, or None."""
    return Gesprek.objects.filter(verslag__traject=traject, vervallen_om=None).order_by("pk").last()


def besluit_van(traject):
    """The last decision of this traject that holds, else the last one, or None."""
    besluiten = Besluit.objects.filter(verslag__traject=traject).order_by("om", "pk")
    return besluiten.geldig().last() or besluiten.last()


def certificaat_van(traject):
    """The last certificate of this traject, or None."""
    return traject.certificaten.order_by("pk").last()


def registratie_van(traject):
    """The registration of this traject, or None."""
    return Registratie.objects.filter(traject=traject).first()


def scopeverslag_van(traject):
    """The last report after EK2 of this traject, or None."""
    return traject.scopeverslagen.order_by("versie").last()


def deelname_van(traject, soort=None):
    """The place of this traject (of this kind) that was not given up, else the last one, or None."""
    deelnames = traject.deelnames.filter(**{"soort": soort} if soort else {}).order_by("pk")
    return deelnames.nu().last() or deelnames.last()


def dag_van(traject, bijeenkomst):
    """The attendance of this traject on this day, or None."""
    return traject.aanwezigheden.filter(bijeenkomst=bijeenkomst).first()


def dag_nr(traject, soort, nr):
    """The attendance of this traject that counts for day `nr` of this training, or None."""
    return traject.aanwezigheden.nu().filter(soort=soort, nr=nr).first()


ONDERWERP = {
    "bewaartermijn": lambda traject: traject.bewaartermijnen.order_by("pk").last(),
    "aanmelding": lambda traject: Aanmelding.objects.filter(traject=traject).first(),
    "vraag": lambda traject: traject.aanmeldbrieven.filter(soort="vragen").first(),
    "poortpunt": lambda traject: traject.poortpunten.order_by("pk").last(),
    "notitie": lambda traject: traject.lesnotities.order_by("pk").last(),
    "inlevering": lambda traject: traject.inleveringen.order_by("pk").last(),
    "trainingszorg": lambda traject: traject.trainingszorg.order_by("pk").last(),
    "deelname": deelname_van,
    "aanwezigheid": lambda traject: traject.aanwezigheden.nu().order_by("pk").last(),
    "certificaat": certificaat_van,
    "registratie": registratie_van,
    "scopeverslag": scopeverslag_van,
    "verslag": verslag_van,
    "gesprek": gesprek_van,
    "besluit": besluit_van,
    "voorstel": lambda traject: Voorstel.objects.filter(verslag__traject=traject).order_by("pk").last(),
    "trainervraag": lambda traject: Trainervraag.objects.filter(verslag__traject=traject).order_by("pk").last(),
    "conferentie": lambda traject: traject.conferenties.order_by("pk").last(),
    "evaluatie": evaluatie_van,
}


def onderwerp_van(act, traject, door=None):
    """The row of this traject that an act is about, the last of its kind; None when there is none."""
    soort = next(iter(inspect.signature(act).parameters))
    if soort in ("mening", "eigen_mening"):
        return mening_van(traject, door)
    if soort == "instemming":
        rijen = Instemming.objects.filter(voorstel__verslag__traject=traject).order_by("pk")
        return rijen.nu().filter(trainer=door).last() or rijen.last()
    return ONDERWERP[soort](traject) if soort in ONDERWERP else traject


def namens(bureau, gegevens, formulier=""):
    """A draft that the bureau typed on behalf of somebody."""
    concept = selectie.namens_beginnen(door=bureau, formulier=formulier)
    selectie.namens_bewaren(concept, door=bureau, gegevens=gegevens)
    concept.refresh_from_db()
    return concept


class Wereld:
    """Two regions, their staff, an information meeting, two EK1 groups and an EK2 group, all held in the last days."""

    def __init__(self):
        self.noord, self.zuid = Regio.objects.get(naam="Noord"), Regio.objects.get(naam="Zeeland en West-Brabant")
        self.bureau = persoon("bureau", "bureau")
        self.t1, self.t2, self.t3 = (persoon(f"trainer{n}", "trainer") for n in (1, 2, 3))
        self.rm, self.rm2 = (
            persoon("regiomanager", "regiomanager", self.noord),
            persoon("regiomanager2", "regiomanager", self.zuid),
        )
        self.redacteur = persoon("redacteur", "redacteur")
        self.info = self.groep(Soort.INFORMATIE, 1, [])
        self.ek1, self.ek1b = self.groep(Soort.EK1, 3, [self.t1, self.t2]), self.groep(Soort.EK1, 3, [self.t3])
        self.ek2 = self.groep(Soort.EK2, 3, [self.t1, self.t2])
        self.aantal = 0

    def groep(self, soort, dagen, trainers, *, capaciteit=14, over=-9, titel=""):
        """Plan a session or group of `dagen` days, the first `over` days from now."""
        begin = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0) + dt.timedelta(days=over)
        paren = [(begin + dt.timedelta(days=n), begin + dt.timedelta(days=n, hours=7)) for n in range(dagen)]
        locatie = Locatie.objects.get(plaats="Zwolle")
        return cursus.uitvoering_maken(
            door=self.bureau, dagen=paren, trainers=trainers, soort=soort, titel=titel or f"{soort} Zwolle",
            locatie=locatie,
            capaciteit=capaciteit, minimum=1, regio=self.noord,
        )  # fmt: skip

    def kandidaat(self, naam="", regio=None, **velden):
        """A person with an open traject in step 1, letter sent."""
        self.aantal += 1
        gebruiker = persoon(naam or f"kandidaat{self.aantal}", **velden)
        traject = Traject.objects.create(kandidaat=gebruiker, regio=regio or self.noord)
        aanmelding = Aanmelding.objects.create(traject=traject, onafhankelijk=True)
        Brief.objects.create(aanmelding=aanmelding, motivatie="kanarie-brief", cv="kanarie-cv")
        bijwerken(traject)
        return traject

    # --- further on the path, through the acts ----------------------------------------------------------------------

    def traject(self, tot=0, *, regio=None, naam="", conclusie="past", mening="past"):
        """A traject with the first `tot` steps done (0 to 8, 9 = certified); `conclusie` and `mening` are what both
        sides answer.
        """
        traject = self.kandidaat(naam, regio)
        stappen = (
            self._aangemeld,
            self._informatie,
            self._gekozen,
            self._ek1,
            self._uitgezocht,
            self._verslag,
            self._besluit,
        )
        for stap in (*stappen, self._eerste_conferentie, self._gecertificeerd)[:tot]:
            stap(traject, conclusie=conclusie, mening=mening)
        traject.refresh_from_db()
        return traject

    def _aangemeld(self, traject, **_):
        selectie.aanmelding_beantwoorden(traject.aanmelding, door=self.bureau, antwoord="uitnodigen")

    def _informatie(self, traject, **_):
        self.bijwonen(traject, self.info)

    def _gekozen(self, traject, **_):
        selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="ja")

    def _ek1(self, traject, **_):
        self.bijwonen(traject, self.ek1)

    def _uitgezocht(self, traject, **_):
        selectie.uitzoeken_noteren(traject, door=self.t1, tekst="Een goed gesprek.")

    def _verslag(self, traject, *, conclusie, **_):
        self.verslag(traject, conclusie)

    def _besluit(self, traject, *, mening, **_):
        for trainer in (self.t1, self.t2):
            self.mening(traject, trainer, mening)

    def _eerste_conferentie(self, traject, **_):
        self.poort(traject)
        self.conferentie(traject)

    def _gecertificeerd(self, traject, **_):
        self.evalueer(traject, "positief")

    def bijwonen(self, traject, uitvoering):
        """Place and attend all days."""
        cursus.deelname_aanvragen(traject, door=self.bureau, uitvoering=uitvoering)
        for bijeenkomst in uitvoering.bijeenkomsten.order_by("nr"):
            cursus.aanwezigheid_vastleggen(dag_van(traject, bijeenkomst), door=self.bureau, resultaat="ja")

    def verslag(self, traject, conclusie="past"):
        """Write and send a report. Returns the Verslag."""
        antwoorden = {"O01": ("4", "kanarie-voorbeeld"), "V08": ("2", "Ik stond te trillen.")}
        velden = {"conclusie": conclusie, "waarom": "kanarie-waarom", "taken_tekst": "Dat zie ik mezelf doen."}
        selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden=antwoorden, velden=velden)
        return selectie.verslag_sturen(verslag_van(traject), door=traject.kandidaat)

    def mening(self, traject, trainer, mening="past"):
        """Give a trainer's view, with a canary in every text. Returns the Besluit, or None."""
        teksten = {"reactie": "kanarie-reactie", "notitie": "kanarie-notitie", "punten": {"V08": "kanarie-punt"}}
        return selectie.mening_geven(mening_van(traject, trainer), door=trainer, mening=mening, **teksten)

    def verschil(self, conclusie="past", mening="past_niet"):
        """A sent report on which both sides differ: a gesprek is asked."""
        return self.traject(7, conclusie=conclusie, mening=mening)

    def plan_gesprek(self, traject):
        """Offer a moment and pick it. Returns the Gesprek."""
        moment = timezone.now() + dt.timedelta(days=2)
        selectie.gesprek_voorstellen(gesprek_van(traject), door=self.t1, momenten=[(moment, "Telefoon")])
        gesprek = Gesprek.objects.get(verslag__traject=traject, gehouden_om=None, vervallen_om=None)
        selectie.moment_kiezen(gesprek_van(traject), door=traject.kandidaat, moment=gesprek.momenten.get().pk)
        gesprek.refresh_from_db()
        return gesprek

    def opschrijven(self, traject, *, trainers="past", nieuw_verslag=False, door=None):
        """Record the conversation as held today, with what one trainer proposes that they say. Returns the Voorstel."""
        return selectie.gesprek_vastleggen(
            gesprek_van(traject), door=door or self.t1, gehouden_op=timezone.localdate(),
            aanwezigen="Kandidaat, trainers",
            afspraken="kanarie-afspraak",
            trainers=trainers, nieuw_verslag=nieuw_verslag,
        )  # fmt: skip

    def stem_in(self, traject, trainer=None, *, akkoord=True, waarom="kanarie-oneens"):
        """A trainer answers the proposal that waits. Returns the Besluit that follows, or None."""
        trainer = trainer or self.t2
        rij = Instemming.objects.nu().get(voorstel__verslag__traject=traject, trainer=trainer)
        return selectie.instemmen(rij, door=trainer, akkoord=akkoord, waarom="" if akkoord else waarom)

    def allen_eens(self, traject):
        """Every trainer who is asked agrees with the proposal that waits. Returns the Besluit that follows, or None."""
        wacht = Instemming.objects.nu().filter(voorstel__verslag__traject=traject).select_related("trainer")
        uitkomsten = [self.stem_in(traject, rij.trainer) for rij in wacht]
        return next(filter(None, uitkomsten), None)

    def gesprek(self, traject, *, kandidaat, trainers, nieuw_verslag=False):
        """The whole conversation: recorded today, agreed by the other trainer, answered by the candidate. Returns the
        Besluit.
        """
        gesprek = self.opschrijven(traject, trainers=trainers, nieuw_verslag=nieuw_verslag).gesprek
        besluit = self.allen_eens(traject)
        antwoord = selectie.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze=kandidaat)
        return antwoord or besluit

    def herroep(self, besluit, *, door=None, reden="Vergissing."):
        """A decision is taken back: at once, or because every other asked trainer agrees."""
        voorstel = selectie.besluit_herroepen(besluit, door=door or self.t1, waarom=reden)
        if voorstel is not None:
            for rij in Instemming.objects.nu().filter(voorstel=voorstel).select_related("trainer"):
                selectie.instemmen(rij, door=rij.trainer, akkoord=True)

    def poort(self, traject):
        """Open the gate: VOG seen, independence confirmed."""
        selectie.vog_vastleggen(traject, door=self.bureau, afgegeven_op=timezone.localdate())
        selectie.onafhankelijk_bevestigen(traject, door=traject.kandidaat)

    # --- conferences, evaluation, EK2 (certificering) ------------------------------------------------------------

    def regiomanager_van(self, traject):
        return self.rm if traject.regio_id == self.noord.pk else self.rm2

    def conferentie(self, traject, telt=True):
        """Ask, hold today and count one conference. Returns the Conferentie."""
        rm = self.regiomanager_van(traject)
        rij = certificering.conferentie_vragen(
            traject, door=rm, referentie=f"EKC-{traject.pk}-{traject.conferenties.count() + 1}"
        )
        certificering.conferentie_vastleggen(
            rij,
            door=traject.kandidaat,
            uitkomst="met_plan",
            gehouden_op=timezone.localdate(),
            kring=9,
        )
        certificering.conferentie_tellen(rij, door=rm, telt_mee=telt, waarom="" if telt else "kanarie-telling")
        rij.refresh_from_db()
        return rij

    def stemmen(self, traject):
        """Both voices of the open evaluation. Returns the Evaluatie."""
        certificering.evaluatie_kandidaat(
            evaluatie_van(traject),
            door=traject.kandidaat,
            taken={"T01": "gedaan", "K01": "deels"},
            tekst="Het ging goed.",
        )
        certificering.evaluatie_regiomanager(
            evaluatie_van(traject),
            door=self.regiomanager_van(traject),
            taken={"T01": "goed", "K01": "groeit"},
            tekst="kanarie-regiomanager",
        )
        return Evaluatie.objects.get(conferentie__traject=traject, uitkomst="")

    def evaluatiegesprek(self, traject, voorstel="positief", **velden):
        velden.setdefault("afspraken", "kanarie-afspraak")
        certificering.evaluatiegesprek_vastleggen(
            evaluatie_van(traject),
            door=self.regiomanager_van(traject),
            gesprek_op=timezone.localdate(),
            voorstel=voorstel,
            **velden,
        )

    def evalueer(self, traject, uitkomst="positief"):
        """The whole evaluation of the last conference: voices, conversation, agreement, closed."""
        self.stemmen(traject)
        self.evaluatiegesprek(traject, uitkomst)
        certificering.evaluatie_akkoord(evaluatie_van(traject), door=traject.kandidaat, eens=True)
        evaluatie = certificering.evaluatie_afronden(evaluatie_van(traject), door=self.regiomanager_van(traject))
        traject.refresh_from_db()
        return evaluatie

    def na_ek2(self, **velden):
        """Somebody with a certificate, two counted conferences and EK2 attended."""
        traject = self.traject(9, **velden)
        self.conferentie(traject)
        self.bijwonen(traject, self.ek2)
        traject.refresh_from_db()
        return traject

    def ouder(self, naam="", regio=None, **velden):
        """A coordinator from before the system. Returns the traject."""
        self.aantal += 1
        mens = persoon(naam or f"ouder{self.aantal}")
        return certificering.coordinator_importeren(
            door=self.bureau, kandidaat=mens, regio=regio or self.noord, **velden
        )


def staat(traject):
    """(step, sorted turns) of a traject as text: ["mening_geven:trainer1", "vog_zien:bureau"]; each once, about however
    many rows.
    """
    traject.refresh_from_db()
    wie = {
        f"{b.code}:{b.persoon.email.split('@')[0] if b.persoon else b.rol}"
        for b in traject.beurten.select_related("persoon")
    }
    return traject.stap, sorted(wie)
