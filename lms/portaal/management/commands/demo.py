"""`manage.py demo`: `inrichten` plus sessions around today and people at every step. Only where LMS_DEMO=1."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from lms.kern.models import Gebruiker
from lms.portaal.demo import DOMEIN, Demo


class Command(BaseCommand):
    help = "Vult een lege database met de demo. Weigert waar echte mensen in staan."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("De demo kan alleen met LMS_DEMO=1.")
        if Gebruiker.objects.exclude(email=None).exclude(email__endswith=f"@{DOMEIN}").exists():
            raise CommandError(f"Hier staan mensen buiten {DOMEIN}. De demo doet niets.")
        call_command("inrichten", verbosity=options["verbosity"], stdout=self.stdout)
        if Gebruiker.objects.exists():
            self.stdout.write("De demo stond er al.")
            return
        with transaction.atomic():
            Demo().maken()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write("De demo staat klaar.")
