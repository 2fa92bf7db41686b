"""`manage.py verstuur`: one pass of what the worker does; safe to run twice at once."""

from django.core.management.base import BaseCommand

from lms.portaal.onderhoud import MISLUKT, ronde


class Command(BaseCommand):
    help = "Zet herinneringen klaar, verstuurt de berichten en ruimt verlopen aanmeldingen op."

    def handle(self, *args, **options):
        gedaan = ronde()
        if options["verbosity"] > 1 or gedaan["later opnieuw"] or MISLUKT in gedaan.values():
            self.stdout.write(", ".join(f"{wat}: {aantal}" for wat, aantal in gedaan.items()))
