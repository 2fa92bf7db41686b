"""`manage.py bulk`: the demo with thousands of people, for measuring.

Only where LMS_DEMO=1 and nobody is outside the demo.
"""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from lms.portaal.bulk import vullen


class Command(BaseCommand):
    help = "Vult de database met veel mensen op elke plek van het pad, om te meten. Begint met de demo."

    def add_arguments(self, parser):
        parser.add_argument("--trajecten", type=int, default=1000)
        parser.add_argument("--coordinatoren", type=int, default=250)
        parser.add_argument("--zaad", type=int, default=1)

    def handle(self, *args, trajecten, coordinatoren, zaad, **options):
        call_command("demo", verbosity=0, stdout=self.stdout)  # refuses where real people are
        vullen(trajecten, coordinatoren, zaad=zaad)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"Er zijn {trajecten} trajecten en {coordinatoren} coördinatoren bij gekomen.")
