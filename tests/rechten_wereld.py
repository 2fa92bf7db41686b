"""The world of the rights table: one object for every address, and one person for every role."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from certificering import handelingen as certificering
from certificering.models import Conferentie, Registratie
from cursus import handelingen as cursus
from cursus.models import LesPagina
from lms.kern.handelingen import toegang_voorstellen
from lms.kern.handelingen.mensen import groepen_bijwerken
from lms.kern.models import Bericht, Bestand, Gebruiker, Taak
from lms.portaal.gezond import STIL_NA, ronde_noteren
from selectie.models import Gesprek
from tests.fabrieken import WACHTWOORD, Wereld, namens, scopeverslag_van

# a anoniem · k kandidaat · o andere kandidaat · c coördinator · t trainer van de groep · T andere trainer
# r regiomanager · R andere regiomanager · b bureau · e redacteur · B beheer (superuser)
ROLLEN = "akoctTrRbeB"


class RechtenWereld(Wereld):
    def __init__(self):
        super().__init__()
        groepen_bijwerken(self.bureau)
        groepen_bijwerken(self.redacteur)
        self.beheer = Gebruiker.objects.create_superuser(
            "beheer@demo.example", WACHTWOORD, voornaam="Bea", achternaam="Heerma"
        )
        self.gast = self.groep("informatie", 1, [], over=20, titel="Informatiebijeenkomst straks")
        self.studiedag = self.groep("studiedag", 1, [], over=20, titel="Studiedag straks")
        self.zaak = self.verschil()  # a candidate whose conversation is to be planned
        self.ander = self.traject(5, regio=self.zuid)  # another candidate, writing a report
        self.verslag_rij = self.zaak.verslagen.get()
        self.deelname_rij = self.zaak.deelnames.get(soort="EK1")
        self.gesprek_rij = Gesprek.objects.get(verslag=self.verslag_rij)
        self.loopbaan = self.na_ek2()  # a coordinator who sent the report after EK2
        self.scopeverslag_rij = self._scopeverslag()
        self.conferentie_rij = Conferentie.objects.filter(traject=self.loopbaan).order_by("pk").first()
        self.registratie = Registratie.objects.get(traject=self.loopbaan)
        self.nummer = self.loopbaan.certificaten.get().nummer
        self.bericht = Bericht.objects.filter(traject=self.zaak).first()
        self.bestand = Bestand.objects.create(
            traject=self.zaak, soort="cv", naam="cv.pdf", mime="application/pdf", grootte=3
        )
        self.bestand.inhoud.save("cv", _inhoud())
        ronde_noteren(dict.fromkeys(STIL_NA, 0))
        Taak.objects.update(klaar_om=timezone.now() + dt.timedelta(days=1))  # or /gezond/ says no after two minutes
        self.taak_trainer = self.zaak.beurten.get(code="gesprek_voorstellen")
        self.les = LesPagina.objects.live().first()
        self.thuisles = LesPagina.objects.live().filter(thuis=True).first()
        self.inlevering = cursus.opdracht_inleveren(
            self.zaak, door=self.zaak.kandidaat, les=self.thuisles, tekst="kanarie-opdracht"
        )
        self.namens = namens(self.bureau, {"voornaam": "Nel", "achternaam": "Vos", "motivatie": "kanarie-concept"})
        self.toegangsvoorstel = toegang_voorstellen(
            self.t1, door=self.bureau, soort="blokkeren", waarom="kanarie-reden"
        )
        Bericht.objects.filter(voorrang=True).update(verstuurd_om=timezone.now())  # or /gezond/ says no after a while
        self.mensen = {
            "a": None, "k": self.zaak.kandidaat, "o": self.ander.kandidaat, "c": self.loopbaan.kandidaat, "t": self.t1,
            "T": self.t3,
            "r": self.rm, "R": self.rm2, "b": self.bureau, "e": self.redacteur, "B": self.beheer,
        }  # fmt: skip

    def _scopeverslag(self):
        certificering.scopeverslag_bewaren(
            self.loopbaan,
            door=self.loopbaan.kandidaat,
            herstel=True,
            herstel_waarom="kanarie-scope",
            groep=False,
            groep_waarom="",
            wijziging=0,
        )
        certificering.scopeverslag_sturen(scopeverslag_van(self.loopbaan), door=self.loopbaan.kandidaat)
        return self.loopbaan.scopeverslagen.get()

    def client(self, rol):
        client = Client(raise_request_exception=True)
        if self.mensen[rol]:
            client.force_login(self.mensen[rol])
        return client


def _inhoud():
    from django.core.files.base import ContentFile

    return ContentFile(b"%PDF")
