"""The people who log in to the demo."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.utils import timezone

from lms.kern.handelingen import rol_geven
from lms.kern.handelingen.mensen import groepen_bijwerken
from lms.kern.models import Gebruiker, Rolvervulling
from lms.portaal.demo.teksten import DOMEIN, WACHTWOORD


class Mensen:
    """The team, and everybody who gets an account."""

    def _persoon(self, naam, voornaam, tussenvoegsel, achternaam, woonplaats=""):
        velden = {
            "voornaam": voornaam,
            "tussenvoegsel": tussenvoegsel,
            "achternaam": achternaam,
            "woonplaats": woonplaats,
        }
        gebruiker = Gebruiker(email=f"{naam}@{DOMEIN}", telefoon="06 - 12 34 56 78", **velden)
        gebruiker.password = self.wachtwoord
        gebruiker.save()
        EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
        self.mensen[naam] = gebruiker
        return gebruiker

    def _team(self):
        beheer = Gebruiker.objects.create_superuser(f"beheer@{DOMEIN}", WACHTWOORD, voornaam="Bea", achternaam="Heerma")
        EmailAddress.objects.create(user=beheer, email=beheer.email, verified=True, primary=True)
        # the bureau first: it gives the others their role
        rijen = sorted(self.gegevens["team"], key=lambda rij: rij[4] != "bureau")
        for naam, voornaam, tussenvoegsel, achternaam, rol, regio in rijen:
            persoon = self._persoon(naam, voornaam, tussenvoegsel, achternaam)
            if rol == "bureau":
                Rolvervulling.objects.create(gebruiker=persoon, rol=rol)
                groepen_bijwerken(persoon)
            else:
                rol_geven(persoon, door=self.mensen["bureau"], rol=rol, regio=self.regios.get(regio))
        Rolvervulling.objects.update(van=timezone.localdate() - dt.timedelta(days=400))
        self.mensen = {naam: Gebruiker.objects.get(pk=persoon.pk) for naam, persoon in self.mensen.items()}
        self.bureau, self.t1, self.t2, self.t3, self.rm = (
            self.mensen[n] for n in ("bureau", "trainer1", "trainer2", "trainer3", "regiomanager")
        )
