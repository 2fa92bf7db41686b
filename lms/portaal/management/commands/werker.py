"""`manage.py werker`: what works behind the site until it is stopped: mail, reminders, terms. It restarts itself."""

from django.core.management.base import BaseCommand

from lms.portaal.werker import bewaken, werken


class Command(BaseCommand):
    help = "Verstuurt steeds de berichten die klaarstaan en doet wat op tijd moet."

    def add_arguments(self, parser):
        parser.add_argument("--lussen", action="store_true", help="het proces dat werkt, zonder bewaker")

    def handle(self, *args, lussen, **options):
        werken() if lussen else bewaken()
