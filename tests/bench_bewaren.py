"""`python -m tests.bench_bewaren [5000]`: how long the night takes that erases so many people, letter to decision.

A figure, no judgement: each path is a copy of one of the demo, and all that were not registered have just ended. On
SQLite in a folder of its own, or in the database of DATABASE_URL.
"""

import datetime as dt
import os
import shutil
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AANTAL = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
MAP = ROOT / "var" / "bench-bewaren"


def klaarzetten():
    """Fill the database, and end every path that was not registered. Returns how many have come to their day."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from lms.kern.models import Bewaartermijn, Traject
    from lms.portaal.bulk import vullen

    for opdracht in (("migrate", "-v0"), ("inrichten", "-v0"), ("demo", "-v0")):
        call_command(*opdracht)
    vullen(int(AANTAL * 1.3), 0)
    gisteren = timezone.localdate() - dt.timedelta(days=1)
    paden = Traject.objects.filter(registratie=None).order_by("-pk")[:AANTAL].values_list("pk", flat=True)
    paden = list(paden)
    Bewaartermijn.objects.all().delete()
    Traject.objects.filter(pk__in=paden, afgesloten_op=None).update(
        begonnen_op=gisteren - dt.timedelta(days=90), afgesloten_op=gisteren, afsluiting="gestopt"
    )
    Bewaartermijn.objects.bulk_create(
        Bewaartermijn(traject_id=pk, soort="traject", vanaf=gisteren, wissen_op=gisteren, zonder_op=gisteren)
        for pk in paden
    )
    return len(paden)


def meten():
    from django.db import connection

    from lms.kern.models import Gebruiker
    from lms.portaal.handelingen import bewaartermijnen_wissen

    begin, cpu = time.perf_counter(), time.process_time()
    gedaan = bewaartermijnen_wissen()
    duur, cpu = time.perf_counter() - begin, time.process_time() - cpu
    weg = Gebruiker.objects.filter(voornaam="Naam gewist").count()
    regel = (
        f"{connection.vendor}: {gedaan} trajecten gewist, {weg} mensen zonder naam, in {duur:.1f} s (CPU {cpu:.1f} s)"
    )
    print(regel)  # noqa: T201


if __name__ == "__main__":
    shutil.rmtree(MAP, ignore_errors=True)
    os.environ |= {
        "LMS_DEMO": "1", "LMS_SECRET": "bench", "LMS_VAR": str(MAP), "DJANGO_SETTINGS_MODULE": "lms.settings",
    }  # fmt: skip
    begin = time.perf_counter()
    aantal = klaarzetten()
    print(f"{aantal} trajecten klaargezet in {time.perf_counter() - begin:.0f} s")  # noqa: T201
    meten()
