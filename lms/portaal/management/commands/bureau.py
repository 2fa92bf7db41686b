"""`manage.py bureau EMAIL VOORNAAM ACHTERNAAM`: the first person of the bureau, who then gives everybody else a role."""

from django.core.management.base import BaseCommand

from lms.kern.handelingen import eerste_bureau


class Command(BaseCommand):
    help = "Geeft iemand de rol bureau. Bestaat het e-mailadres nog niet, dan komt er een account; inloggen gaat met een code."

    def add_arguments(self, parser):
        for naam in ("email", "voornaam", "achternaam"):
            parser.add_argument(naam)

    def handle(self, *args, email, voornaam, achternaam, **options):
        persoon = eerste_bureau(email=email, voornaam=voornaam, achternaam=achternaam)
        self.stdout.write(f"{persoon.naam} hoort nu bij het bureau.")
