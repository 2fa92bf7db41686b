"""Storing and removing: a file on disk lives and dies with its row."""

import contextlib
import datetime as dt
import logging
import time
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from lms.kern.bestanden.nagekeken import Nagekeken, geweigerd, nakijken
from lms.kern.instellingen import instelling
from lms.kern.keuring import Afgekeurd
from lms.kern.models import Bestand

logger = logging.getLogger("lms.bestanden")
_geschreven = ContextVar("geschreven", default=None)
EEN_DAG = 24 * 3600


@contextlib.contextmanager
def of_niets():
    """Around a transaction: when it is undone, so is every file that was written in it."""
    merk = _geschreven.set([])
    try:
        yield
    except BaseException:
        for opslag, naam in _geschreven.get():
            _van_schijf(opslag, naam)
        raise
    else:
        gelukt = _geschreven.get()
    finally:
        _geschreven.reset(merk)
    if _geschreven.get() is not None:  # one inside another: the outer one can still be undone
        _geschreven.get().extend(gelukt)


def _van_schijf(opslag, naam):
    try:
        opslag.delete(naam)
    except OSError:
        logger.exception("een bestand kon niet van de schijf; het opruimen neemt het later mee")


def _past_erbij(traject, grootte):
    """Raise Afgekeurd when this person has sent more files than anybody needs; without a traject, when everybody
    together did in a day.

    A draft holds two files, but anybody can start one: together they may not fill the disk.
    """
    if traject is None:
        vandaag = Bestand.objects.filter(
            traject=None, opgeslagen_om__gte=timezone.now() - dt.timedelta(seconds=EEN_DAG)
        )
        if (vandaag.aggregate(samen=Sum("grootte"))["samen"] or 0) + grootte > instelling(
            "mb_zonder_traject"
        ) * 1024 * 1024:
            raise Afgekeurd("dag_vol")
        return
    nu = Bestand.objects.filter(traject=traject).aggregate(aantal=Count("pk"), samen=Sum("grootte"))
    if (
        nu["aantal"] >= instelling("bestanden_per_persoon")
        or (nu["samen"] or 0) + grootte > instelling("mb_per_persoon") * 1024 * 1024
    ):
        raise Afgekeurd("te_veel")


def bewaren(upload, *, soort, traject=None, veld=""):
    """Store an upload as a private Bestand; what a Bestandsveld checked is not checked again. `soort`: "brief", "cv",
    "opdracht_EK1" …

    Raises ValidationError, at `veld` when given: refused, too much for one person, or no room on the disk. Then nothing
    is stored.
    """
    try:
        return _bewaren(upload, soort=soort, traject=traject)
    except ValidationError as fout:
        raise ValidationError({veld: fout.messages} if veld else fout.messages) from fout


def _bewaren(upload, *, soort, traject):
    nagekeken = upload if isinstance(upload, Nagekeken) else nakijken(upload)
    bestand = Bestand(traject=traject, soort=soort, naam=nagekeken.naam, mime=nagekeken.mime, grootte=nagekeken.grootte)
    opslag = bestand._meta.get_field("inhoud").storage
    naam = bestand._meta.get_field("inhoud").generate_filename(bestand, nagekeken.naam)
    try:
        _past_erbij(traject, nagekeken.grootte)
        try:
            bestand.inhoud.save(nagekeken.naam, nagekeken.inhoud, save=False)
        except OSError as fout:
            logger.exception("een bestand kon niet op de schijf")
            _van_schijf(opslag, naam)  # half a file
            raise Afgekeurd("vol") from fout
    except Afgekeurd as fout:
        raise geweigerd(fout, nagekeken.inhoud) from fout
    if _geschreven.get() is not None:
        _geschreven.get().append((opslag, bestand.inhoud.name))
    try:
        bestand.save()
    except BaseException:
        _van_schijf(opslag, bestand.inhoud.name)
        raise
    return bestand


def weghalen(bestand):
    """Delete a Bestand that was replaced or dropped (or None): the row now, the file once that is certain."""
    if bestand is None:
        return
    opslag, naam = bestand.inhoud.storage, bestand.inhoud.name
    bestand.delete()
    transaction.on_commit(lambda: _van_schijf(opslag, naam))


VEEL_LOS = 20


def opruimen():
    """Remove files older than a day that no row names: left by a process that was ended halfway.

    Returns how many; none when they are so many that the database is probably the wrong one.
    """
    map_, grens, los, samen = Path(settings.BESTANDEN_ROOT), time.time() - EEN_DAG, [], 0
    for vak in sorted(map_.iterdir()) if map_.is_dir() else ():
        oud = (
            {f"{vak.name}/{pad.name}": pad for pad in vak.iterdir() if pad.is_file() and pad.stat().st_mtime < grens}
            if vak.is_dir()
            else {}
        )
        bekend = (
            set(Bestand.objects.filter(inhoud__startswith=f"{vak.name}/").values_list("inhoud", flat=True))
            if oud
            else set()
        )
        los += [oud[naam] for naam in oud.keys() - bekend]
        samen += len(oud)
    if len(los) > max(VEEL_LOS, samen // 10):  # another database, or an older one put back: then these are not nobody's
        logger.error(
            "%s van de %s bestanden horen bij geen rij. Er wordt niets weggehaald: is dit de goede database?",
            len(los),
            samen,
        )
        return 0
    for pad in los:
        pad.unlink(missing_ok=True)
    return len(los)
