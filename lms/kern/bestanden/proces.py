"""Starts the check of a file in a process of its own, two at once on this machine, and never lets a page wait long
for it.
"""

import contextlib
import fcntl
import json
import logging
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from lms.kern import grenzen
from lms.kern.keuring import Afgekeurd
from lms.kern.keuring.herkennen import KOP, soort_van

logger = logging.getLogger("lms.bestanden")
TEGELIJK = 2  # checks at once, over all processes
WACHTENDEN = 3  # threads of one process that may be busy with a check: the others stay free for pages
WACHT_OP_PLEK = 5  # seconds for a place to check
KLOK = 20  # seconds by the clock; only a very busy machine needs them, as a check has 6 seconds of CPU
OP_SLOT = WACHT_OP_PLEK + 2 * KLOK  # seconds that a check of one visitor is remembered when this process is gone
DIRECT = {"", "programma", "rtf", "tif", "gif", "mp4", "mp3", "vtt"}  # refused by the first bytes alone
PLATEN = {"jpg", "png", "webp", "heic"}  # what a picture of an editor can be made of
_bezig = threading.BoundedSemaphore(WACHTENDEN)


@dataclass
class Gekeurd:
    """A file that was checked and written anew: what may be stored."""

    soort: str
    inhoud: ContentFile


def _plek(aantal):
    """One of the places to check, held by the lock on its file; the check holds it too, also when this process is gone.

    None when all stay taken.
    """
    map_ = Path(settings.VAR_DIR) / "keuring"
    map_.mkdir(parents=True, exist_ok=True)
    tot = time.monotonic() + WACHT_OP_PLEK
    while True:
        for nr in range(aantal):
            plek = (map_ / f"plek-{nr}").open("a")
            try:
                fcntl.flock(plek, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                plek.close()
            else:
                return plek
        if time.monotonic() > tot:
            return None
        time.sleep(0.05)


def keuren(upload, *, plaat=False):
    """Check an upload by content and write it anew. `plaat`: a picture of an editor, which may stay png. Raises
    Afgekeurd.

    This process reads the first bytes only. "druk" says nothing about the file: no place in time, or a machine too
    busy. "bezig": this visitor (`upload.afzender`) has another one being checked.
    """
    upload.seek(0)
    soort = soort_van(upload.read(KOP))
    if plaat and soort not in PLATEN:
        raise Afgekeurd("geen_plaat")
    if soort in DIRECT:
        raise Afgekeurd(soort or "onbekend")
    with _een_tegelijk(getattr(upload, "afzender", None)):
        if not _bezig.acquire(blocking=False):
            raise Afgekeurd("druk")
        try:
            return _in_een_proces(upload, soort, plaat=plaat)
        except OSError as fout:
            logger.exception("een bestand kon niet worden nagekeken")
            raise Afgekeurd("vol") from fout
        finally:
            _bezig.release()


@contextlib.contextmanager
def _een_tegelijk(afzender):
    """One check at a time for one visitor, over all processes: else one person takes every place.

    Without waiting: that would take a thread.
    """
    if afzender is None:
        yield
        return
    sleutel = grenzen.Grens("keuring", afzender.wie, 1, OP_SLOT).sleutel
    if not grenzen.toevoegen(sleutel, 1, OP_SLOT):
        raise Afgekeurd("bezig")
    try:
        yield
    finally:
        grenzen.weg(sleutel)


def _in_een_proces(upload, soort, *, plaat):
    with contextlib.ExitStack() as stapel:
        plek = _plek(1 if soort == "heic" else TEGELIJK)
        if plek is None:
            raise Afgekeurd("druk")
        stapel.enter_context(plek)
        bron = stapel.enter_context(tempfile.TemporaryFile())
        for stuk in upload.chunks():
            bron.write(stuk)
        bron.seek(0)
        uit = stapel.enter_context(tempfile.TemporaryFile())
        antwoord = _draaien(soort, bron, uit, plek, plaat=plaat)
        uit.seek(0)
        return Gekeurd(antwoord["soort"], ContentFile(uit.read()))


def _draaien(soort, bron, uit, plek, *, plaat):
    """Run the check. Returns its answer; raises Afgekeurd with its code, or with what ended it."""
    opdracht = [
        sys.executable,
        "-E",
        "-s",
        "-m",
        "lms.kern.keuring",
        soort,
        str(uit.fileno()),
        *(["plaat"] if plaat else []),
    ]
    with subprocess.Popen(  # noqa: S603 - our own module, no word of it comes from the file
        opdracht, stdin=bron, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(uit.fileno(), plek.fileno()),
        cwd=settings.BASE_DIR, env={"LANG": "C.UTF-8", "TMPDIR": tempfile.gettempdir()}, close_fds=True,
    ) as proces:  # fmt: skip
        try:
            tekst, _ = proces.communicate(timeout=KLOK)
        except subprocess.TimeoutExpired as fout:
            proces.kill()
            proces.communicate()
            raise Afgekeurd("druk") from fout
    if proces.returncode == 0:
        antwoord = json.loads(tekst)
        if "code" in antwoord:
            raise Afgekeurd(antwoord["code"], antwoord.get("waarde"))
        return antwoord
    if proces.returncode == -signal.SIGXCPU:
        raise Afgekeurd("ingewikkeld" if soort in ("pdf", "zip") else "foto_groot")
    if proces.returncode in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS):  # a parser fell over
        raise Afgekeurd({"pdf": "pdf_kapot", "zip": "docx_kapot", "ole": "doc"}.get(soort, "foto_kapot"))
    # ended from outside, or could not start: not the fault of the file
    logger.error("de keuring stopte met %s", proces.returncode)
    raise Afgekeurd("druk")
