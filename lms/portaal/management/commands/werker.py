"""`manage.py werker`: the loop behind the site: sends the outbox every few seconds until it is stopped."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from cursus.handelingen import belangstelling_versturen
from lms.kern.berichten import versturen
from lms.portaal.onderhoud import klaarzetten

logger = logging.getLogger(__name__)
KLAARZETTEN_ELKE = 120  # rounds: about ten minutes


class Command(BaseCommand):
    help = "Verstuurt steeds de berichten die klaarstaan."

    def add_arguments(self, parser):
        parser.add_argument("--pauze", type=float, default=5, help="seconden tussen twee rondes")

    def handle(self, *args, pauze, **options):
        stop = threading.Event()
        for teken in (signal.SIGTERM, signal.SIGINT):
            signal.signal(teken, lambda *_: stop.set())
        ronde = 0
        while not stop.is_set():
            close_old_connections()
            try:
                if ronde % KLAARZETTEN_ELKE == 0:
                    klaarzetten()
                versturen()
                belangstelling_versturen()
            except DatabaseError:
                logger.exception("Deze ronde lukte niet; we proberen het zo weer.")
            ronde += 1
            stop.wait(pauze)
