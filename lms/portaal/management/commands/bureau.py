"""`manage.py bureau EMAIL VOORNAAM ACHTERNAAM`: the first person of the bureau, who then gives everybody else a
role.
"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from lms.kern.handelingen import eerste_bureau


class Command(BaseCommand):
    help = (
        "Geeft iemand de rol bureau. Bestaat het e-mailadres nog niet, dan komt er een account; inloggen gaat "
        "met een code."
    )

    def add_arguments(self, parser):
        for naam in ("email", "voornaam"):
            parser.add_argument(naam)
        parser.add_argument("achternaam", nargs="?", default="")

    def handle(self, *args, email, voornaam, achternaam, **options):
        try:
            persoon = eerste_bureau(door=None, email=email, voornaam=voornaam, achternaam=achternaam)
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from fout
        self.stdout.write(f"{persoon.naam} hoort nu bij het bureau.")
