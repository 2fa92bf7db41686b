"""`manage.py werker`: the loop behind the site: sends the outbox every few seconds until it is stopped."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from cursus.handelingen import nieuwe_data_melden
from lms.kern.berichten import versturen
from selectie.handelingen import concepten_opruimen

logger = logging.getLogger(__name__)
OPRUIMEN_ELKE = 720


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
                versturen()
                if ronde % OPRUIMEN_ELKE == 0:
                    concepten_opruimen()
                    nieuwe_data_melden()
            except DatabaseError:
                logger.exception("Deze ronde lukte niet; we proberen het zo weer.")
            ronde += 1
            stop.wait(pauze)
