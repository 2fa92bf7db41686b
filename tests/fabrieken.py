"""People, groups and trajecten for tests. Everything goes through the acts, so a traject is always one that could exist."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Locatie, Soort
from lms.kern.handelingen import bijwerken
from lms.kern.models import Gebruiker, Regio, Rolvervulling, Traject
from selectie.models import Aanmelding, Brief

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


class Wereld:
    """Two regions, their staff, an information meeting, two EK1 groups and an EK2 group, all held in the last days."""

    def __init__(self):
        self.noord, self.zuid = Regio.objects.get(naam="Noord"), Regio.objects.get(naam="Zeeland en West-Brabant")
        self.bureau = persoon("bureau", "bureau")
        self.t1, self.t2, self.t3 = (persoon(f"trainer{n}", "trainer") for n in (1, 2, 3))
        self.rm, self.rm2 = persoon("regiomanager", "regiomanager", self.noord), persoon("regiomanager2", "regiomanager", self.zuid)
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
            door=self.bureau, dagen=paren, trainers=trainers, soort=soort, titel=titel or f"{soort} Zwolle", locatie=locatie,
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
