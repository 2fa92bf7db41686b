"""`manage.py verstuur`: one pass of the outbox; safe to run twice at once."""

from django.core.management.base import BaseCommand

from lms.kern.berichten import versturen
from selectie.handelingen import concepten_opruimen


class Command(BaseCommand):
    help = "Verstuurt de berichten die klaarstaan en ruimt verlopen aanmeldingen op."

    def handle(self, *args, **options):
        verstuurd, mislukt = versturen()
        opgeruimd = concepten_opruimen()
        if options["verbosity"] > 1 or mislukt:
            self.stdout.write(f"{verstuurd} verstuurd, {mislukt} later opnieuw, {opgeruimd} concepten opgeruimd.")
