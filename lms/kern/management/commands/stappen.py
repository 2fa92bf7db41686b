"""`manage.py stappen [--herstel]`: compare the stored print of every traject with its derivation."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lms.kern.models import Traject
from lms.kern.pad.afleiding import afdruk_wijkt_af, bijwerken


class Command(BaseCommand):
    help = (
        "Vergelijkt stap en beurten van elk traject met de feiten. Met --herstel worden ze gelijk gemaakt, "
        "zonder berichten."
    )

    def add_arguments(self, parser):
        parser.add_argument("--herstel", action="store_true")

    def handle(self, *args, herstel, **options):
        fout = 0
        for traject in Traject.objects.order_by("pk").iterator():
            verschil = afdruk_wijkt_af(traject)
            if not verschil:
                continue
            fout += 1
            self.stdout.write(f"traject {traject.pk}: {verschil}")
            if herstel:
                with transaction.atomic():
                    bijwerken(Traject.objects.select_for_update(of=("self",)).get(pk=traject.pk), berichten=False)
        if fout and not herstel:
            raise CommandError(f"{fout} trajecten wijken af.")
        self.stdout.write(f"{fout} trajecten hersteld." if herstel and fout else "Alles klopt.")
