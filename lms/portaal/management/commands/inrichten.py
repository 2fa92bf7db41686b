"""`manage.py inrichten`: everything a database needs, production too. Idempotent."""

from django.core.management.base import BaseCommand
from django.db import transaction

from lms.portaal.inrichten import vaste_gegevens


class Command(BaseCommand):
    help = "Zet regio's, talen, locaties, het profiel en de pagina's klaar. Verandert niets wat er al is."

    def handle(self, *args, **options):
        with transaction.atomic():
            vaste_gegevens()
        self.stdout.write("Ingericht.")
