"""The worker behind the site: four loops that never wait for each other, and a guard that begins anew when they stop
or hang.

Account mail is looked at every second, other mail and acts for many people every five, the jobs every ten minutes.
Nobody logs in without mail: so the guard restarts the loops whatever happened to them, and a loop that hangs longer
than it may ends the process.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from django.db import close_old_connections

from lms.kern.berichten import versturen
from lms.kern.handelingen import groepen_afmaken
from lms.portaal import gezond
from lms.portaal.gezond import ronde_noteren
from lms.portaal.onderhoud import klaarzetten

logger = logging.getLogger(__name__)
HARTSLAG = 30  # seconds
GEHANGEN = 3  # the exit code of a process whose loop hung


@dataclass
class Lus:
    """One loop: `doe` every `elke` seconds; longer than `hoogstens` seconds in one round means that it hangs."""

    naam: str
    doe: object
    elke: float
    hoogstens: float
    begon: float = field(default=0.0, init=False)
    genoteerd: float = field(default=0.0, init=False)

    def draaien(self, stop):
        while not stop.is_set():
            self.begon = time.monotonic()
            close_old_connections()
            try:
                self.doe()
                self._noteren()
            except Exception:  # noqa: BLE001 - the next round tries again
                logger.exception("Een ronde van '%s' lukte niet. We proberen het zo weer.", self.naam)
            finally:
                close_old_connections()
                self.begon = 0.0
            stop.wait(self.elke)

    def _noteren(self):
        """That it works, at most once in half a minute."""
        if time.monotonic() - self.genoteerd > HARTSLAG or not self.genoteerd:
            ronde_noteren({self.naam: 0})
            self.genoteerd = time.monotonic()

    def hangt(self):
        return bool(self.begon) and time.monotonic() - self.begon > self.hoogstens


def lussen():
    return (
        Lus(gezond.ACCOUNTMAIL, lambda: versturen(voorrang=True, maximaal=10), elke=1, hoogstens=600),
        Lus(gezond.MAIL, lambda: versturen(voorrang=False), elke=5, hoogstens=1800),
        Lus(gezond.GROEPEN, groepen_afmaken, elke=5, hoogstens=600),
        Lus(gezond.TAKEN, klaarzetten, elke=600, hoogstens=1800),
    )


def _stopteken():
    stop = threading.Event()
    for teken in (signal.SIGTERM, signal.SIGINT):
        signal.signal(teken, lambda *_: stop.set())
    return stop


def werken():
    """Run the loops until this process is told to stop, its guard is gone, or one of them hangs."""
    stop, bewaker = _stopteken(), os.getppid()
    draden = [(lus, threading.Thread(target=lus.draaien, args=(stop,), daemon=True)) for lus in lussen()]
    for _, draad in draden:
        draad.start()
    while not stop.wait(1):
        if os.getppid() != bewaker:
            stop.set()
        for lus, draad in draden:
            if lus.hangt() or not draad.is_alive():
                logger.error("'%s' hangt. De werker begint opnieuw.", lus.naam)
                os._exit(GEHANGEN)
    for _, draad in draden:
        draad.join(timeout=15)


def bewaken(opdracht=None, *, pauze=1.0):
    """Keep a process that works running until this one is told to stop.

    A process that keeps ending is begun ever later, at most every 30 seconds.
    """
    stop, wachten = _stopteken(), pauze
    opdracht = opdracht or [sys.executable, sys.argv[0], "werker", "--lussen"]
    while not stop.is_set():
        begon = time.monotonic()
        proces = subprocess.Popen(opdracht)  # noqa: S603 - our own command
        while proces.poll() is None and not stop.wait(0.2):
            pass
        if stop.is_set():
            proces.terminate()
            proces.wait(timeout=60)
            return
        wachten = pauze if time.monotonic() - begon > 60 else min(wachten * 2, 30)
        logger.error("De werker stopte (%s). Hij begint over %.0f seconden opnieuw.", proces.returncode, wachten)
        stop.wait(wachten)
