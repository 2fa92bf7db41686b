"""`manage.py toegang EMAIL --adres NIEUW`: somebody's way in, from the server, for who is alone at the bureau.

Journaled as the system.
"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from lms.kern.handelingen import toegang_van_server
from lms.kern.models import Gebruiker, Toegangsvoorstel

Soort = Toegangsvoorstel.Soort


class Command(BaseCommand):
    help = (
        "Haalt een tweede stap weg, verandert een e-mailadres of blokkeert inloggen, voor wie alleen bij het "
        "bureau werkt."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        keuze = parser.add_mutually_exclusive_group(required=True)
        keuze.add_argument("--tweede-stap-weg", dest="soort", action="store_const", const=Soort.TWEEDE_STAP_WEG)
        keuze.add_argument("--adres", metavar="NIEUW")
        keuze.add_argument("--blokkeren", dest="soort", action="store_const", const=Soort.BLOKKEREN)
        keuze.add_argument("--deblokkeren", dest="soort", action="store_const", const=Soort.DEBLOKKEREN)

    def handle(self, *args, email, soort, adres, **options):
        soort, persoon = soort or Soort.ADRES_WIJZIGEN, Gebruiker.objects.filter(email__iexact=email).first()
        if persoon is None:
            raise CommandError("Er is niemand met dit e-mailadres.")
        try:
            persoon = toegang_van_server(persoon, door=None, soort=soort, nieuw_adres=adres or "")
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from fout
        self.stdout.write(f"Gedaan voor {persoon.naam}: {soort.label}.")
