"""`manage.py bewaartermijn`: erase what was promised for today or earlier; `--proef` says what would go."""

from django.core.management.base import BaseCommand

from lms.portaal.handelingen import bewaartermijnen_wissen, wat_zou_gaan


class Command(BaseCommand):
    help = "Wist papieren waarvan de bewaartermijn voorbij is. Met --proef zie je alleen wat er zou gaan."

    def add_arguments(self, parser):
        parser.add_argument("--proef", action="store_true", help="noem wat er zou gaan, en wis niets")

    def handle(self, *args, proef, **options):
        for soort, trajecten in wat_zou_gaan():
            welke = f" (traject {', '.join(map(str, trajecten))})" if trajecten else ""
            self.stdout.write(f"{soort}: {len(trajecten)}{welke}")
        if proef:
            self.stdout.write("Dit was een proef. Er is niets gewist.")
        else:
            self.stdout.write(f"Gewist: {bewaartermijnen_wissen()}")
