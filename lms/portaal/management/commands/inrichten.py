"""`manage.py inrichten`: everything a database needs, production too. Idempotent."""

from django.core.management.base import BaseCommand
from django.db import transaction

from cursus.groepen import groepen_inrichten
from cursus.inhoud import pagina_s_inrichten
from lms.portaal.inrichten import vaste_gegevens


class Command(BaseCommand):
    help = "Zet regio's, talen, locaties, het profiel en de pagina's klaar. Verandert niets wat er al is."

    def handle(self, *args, **options):
        with transaction.atomic():
            vaste_gegevens()
            pagina_s_inrichten()
            groepen_inrichten()
        self.stdout.write("Ingericht.")
