"""`make bench`: how much the pages cost, on SQLite and PostgreSQL, with 1,000 and 20,000 trajecten, each beside its
floor in the same run.

The floor is the same rows by the barest Django view behind the same middleware. CPU is of this process (on PostgreSQL
the server's own work is not in it); wall time is beside it. Medians of warm requests. Not a test: it prints figures and
judges nothing.
"""

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEREN = 15
GEEN_VRAAG = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def _omgeving(soort, aantal, postgres):
    env = dict(
        os.environ,
        LMS_DEMO="1",
        LMS_SECRET="bench",
        LMS_VAR=str(ROOT / "var" / f"bench-{soort}-{aantal}"),
        DJANGO_SETTINGS_MODULE="lms.settings",
    )
    env.pop("DATABASE_URL", None)
    if soort == "postgres":
        env["DATABASE_URL"] = f"{postgres.rpartition('/')[0]}/lms_bench_{aantal}"
    return env


def orkest(aantallen):
    """Fill and measure every database in a process of its own."""
    from tests.postgres import adres

    postgres = adres()
    for soort in ("sqlite", *(["postgres"] if postgres else [])):
        for aantal in aantallen:
            env = _omgeving(soort, aantal, postgres)
            if soort == "postgres":
                import psycopg

                with psycopg.connect(postgres, autocommit=True) as verbinding:
                    verbinding.execute(f"DROP DATABASE IF EXISTS lms_bench_{aantal}")
                    verbinding.execute(f"CREATE DATABASE lms_bench_{aantal}")
            else:
                for oud in Path(env["LMS_VAR"]).glob("*.sqlite3*"):
                    oud.unlink()
            subprocess.run(
                [sys.executable, "-m", "tests.bench", "--meet", str(aantal), "--soort", soort],
                env=env,
                cwd=ROOT,
                check=True,
            )  # noqa: S603
    if not postgres:
        print("PostgreSQL overgeslagen: er antwoordt geen server.")  # noqa: T201


def _vul(aantal):
    from django.core.management import call_command

    begin = time.perf_counter()
    call_command("migrate", verbosity=0)
    migreren = time.perf_counter() - begin
    call_command("bulk", trajecten=aantal, coordinatoren=max(250, aantal // 8), stdout=open(os.devnull, "w"))  # noqa: SIM115
    call_command("collectstatic", interactive=False, verbosity=0)
    return migreren, time.perf_counter() - begin - migreren


def _meet(client, vraag):
    """(status, queries, CPU ms, wall ms, KiB) of one warm request: medians."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    antwoord = vraag(client)
    with CaptureQueriesContext(connection) as vragen:
        vraag(client)
    aantal = len([v for v in vragen.captured_queries if not v["sql"].startswith(GEEN_VRAAG)])
    cpu, wand = [], []
    for _ in range(KEREN):
        a, b = time.process_time(), time.perf_counter()
        vraag(client)
        cpu.append((time.process_time() - a) * 1000)
        wand.append((time.perf_counter() - b) * 1000)
    return antwoord.status_code, aantal, statistics.median(cpu), statistics.median(wand), len(antwoord.content) / 1024


def _get(adres):
    return lambda client: client.get(adres)


def _bewaren(adres, pagina):
    """The autosave of one page of the report: a new text each time."""
    velden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', pagina))
    teller = iter(range(10**9))

    def vraag(client):
        antwoord = client.post(
            adres,
            {**velden, "k_O01": "3", "t_O01": f"Een voorbeeld {next(teller)}."},
            headers={"X-Requested-With": "fetch"},
        )
        velden.update(
            {k: v for k, v in (antwoord.json() if "json" in antwoord["Content-Type"] else {}).items() if k in velden}
        )
        return antwoord

    return vraag


def _kaal(request, wat):
    """The barest views: the same rows, one line of text each."""
    from django.http import HttpResponse

    from lms.kern.models import Beurt, Journaalregel, Traject
    from selectie.models import Antwoord

    request.user.rollen()
    if wat == "lijst":
        rijen = Traject.objects.lopend().select_related("kandidaat", "regio").order_by("kandidaat__zoek", "pk")[:25]
        tekst = "".join(f"<li>{t.kandidaat.naam} {t.stap} {t.regio}</li>" for t in rijen)
    elif wat == "werk":
        rijen = Beurt.objects.filter(rol="bureau").select_related("traject__kandidaat").order_by("sinds", "pk")[:25]
        tekst = "".join(f"<li>{b.traject.kandidaat.naam} {b.code} {b.sinds}</li>" for b in rijen)
    elif wat.startswith("dossier"):
        regels = (
            Journaalregel.objects.filter(traject=wat.removeprefix("dossier"))
            .select_related("door")
            .order_by("-om")[:60]
        )
        tekst = "".join(f"<li>{r.om} {r.door and r.door.naam} {r.handeling}</li>" for r in regels)
    elif wat.startswith("verslag"):
        rijen = Antwoord.objects.filter(verslag=wat.removeprefix("verslag")).select_related("profieltekst")
        tekst = "".join(f"<li>{a.profieltekst.tekst} {a.keuze} {a.tekst}</li>" for a in rijen)
    else:
        traject = Traject.objects.eigen(request.user)
        tekst = "".join(f"<li>{b.code}</li>" for b in traject.beurten.all())
    return HttpResponse(tekst)


def _rijen():
    """[(what, who, request, floor)] on people out of the middle of the copies."""
    from lms.kern.models import Gebruiker, Traject
    from selectie.models import Mening, Verslag

    bulk = Traject.objects.lopend().filter(kandidaat__email__startswith="bulk-").select_related("kandidaat")
    schrijver = bulk.filter(stap=6, verslagen__verstuurd_om=None, verslagen__isnull=False).order_by("pk")[3]
    mening = Mening.objects.filter(gegeven_om=None, ontheven_om=None, trainer__email__startswith="bulk").order_by("pk")[
        3
    ]
    verslag = Verslag.objects.get(pk=mening.verslag_id)
    bureau, regio, trainer = (
        Gebruiker.objects.get(email="bureau@demo.example"),
        Gebruiker.objects.get(email="regiomanager@demo.example"),
        mening.trainer,
    )
    rijen = [("dashboard", schrijver.kandidaat, _get("/mijn/"), "mijn")]
    for naam, vraag in (
        ("lijst, 25 rijen", ""), ("… op stap", "?sort=stap"), ("… op wacht", "?sort=-sinds"),
        ("… gefilterd", "?stap=7&aan_zet=trainer"),
        ("… wacht > 28", "?wacht=28"), ("… op naam", "?naam=ozturk"), ("… 100 rijen", "?per_page=100"),
        ("… bladzij 30", "?page=30"),
    ):  # fmt: skip
        rijen.append((naam, bureau, _get(f"/bureau/kandidaten/{vraag}"), "lijst"))
    rijen += [
        ("lijst regiomanager", regio, _get("/regio/kandidaten/"), "lijst"),
        ("lijst trainer", trainer, _get("/trainer/kandidaten/"), "lijst"),
        ("werklijst bureau", bureau, _get("/bureau/"), "werk"),
        ("werklijst trainer", trainer, _get("/trainer/"), "werk"),
        ("dossier", bureau, _get(f"/bureau/kandidaten/{verslag.traject_id}/"), f"dossier{verslag.traject_id}"),
        ("verslag lezen", trainer, _get(f"/trainer/verslagen/{verslag.pk}/"), f"verslag{verslag.pk}"),
    ]  # fmt: skip
    return rijen, schrijver


def meten(aantal, soort):
    """Fill the database of this process and print its table."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client, override_settings

    migreren, vullen = _vul(aantal)
    print(  # noqa: T201
        f"\n== {soort}, {aantal} trajecten · {platform.machine()}, {os.cpu_count()} kernen, Python "
        f"{platform.python_version()}, Django {django.__version__}, "
        f"{connection.vendor} · migreren {migreren:.1f} s, vullen {vullen:.0f} s · DEBUG {settings.DEBUG}"
    )
    print(f"{'wat':22}{'vragen':>7}{'CPU ms':>9}{'wand ms':>9}{'KiB':>7}   {'vloer ms':>8}{'keer':>6}")  # noqa: T201
    with override_settings(ROOT_URLCONF="tests.bench"):
        rijen, schrijver = _rijen()
        client = Client()
        client.force_login(schrijver.kandidaat)
        adres = "/mijn/verslag/wie-je-bent/1/"
        rijen.append(
            ("vanzelf bewaren", schrijver.kandidaat, _bewaren(adres, client.get(adres).content.decode()), "mijn")
        )
        for naam, wie, vraag, vloer in rijen:
            client = Client()
            client.force_login(wie)
            status, vragen, cpu, wand, kib = _meet(client, vraag)
            _, _, kaal, _, _ = _meet(client, _get(f"/bench/{vloer}/"))
            regel = f"{naam:22}{vragen:7}{cpu:9.1f}{wand:9.1f}{kib:7.1f}   {kaal:8.1f}{cpu / kaal:6.1f}"
            print(regel if status == 200 else f"{regel}  (status {status})")  # noqa: T201
    _handeling(schrijver)
    _werker()
    _post()


def _handeling(schrijver):
    """One act, called directly and rolled back, beside its floor: the bare insert in a transaction."""
    from django.db import transaction

    from selectie.handelingen import uitzoeken_noteren
    from selectie.models import Uitzoeknotitie

    def tijd(doen):
        metingen = []
        for _ in range(KEREN):
            with transaction.atomic():
                begin = time.process_time()
                with transaction.atomic():
                    doen()
                metingen.append((time.process_time() - begin) * 1000)
                transaction.set_rollback(True)
        return statistics.median(metingen)

    act = tijd(lambda: uitzoeken_noteren(schrijver, door=schrijver.kandidaat, tekst="Kort."))
    kaal = tijd(lambda: Uitzoeknotitie.objects.create(traject=schrijver, door=schrijver.kandidaat, tekst="Kort."))
    print(f"{'een handeling':22}{'':7}{act:9.1f}{'':9}{'':7}   {kaal:8.1f}{act / kaal:6.1f}")  # noqa: T201


def _werker():
    """A pass of the worker after everything due was made: questions, CPU and the memory it took."""
    import resource

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from lms.portaal.onderhoud import klaarzetten

    for _ in range(6):
        if not any(klaarzetten().values()):
            break
    eerst = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    with CaptureQueriesContext(connection) as vragen:
        klaarzetten()
    aantal = len([v for v in vragen.captured_queries if not v["sql"].startswith(GEEN_VRAAG)])
    cpu = time.process_time() - begin
    meer = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - eerst) / 1024
    print(f"{'ronde zonder werk':22}{aantal:7}{cpu * 1000:9.0f}   + {meer:.0f} MiB")  # noqa: T201


def _post():
    """How many mails a second of what waits go to a mail server on this machine: at most 1,000, as they come."""
    from django.test import override_settings

    from lms.kern.berichten import versturen
    from lms.kern.models import Bericht, Instelling
    from tests.post import Postkantoor

    for code, uur in (("mail_vanaf", 0), ("mail_tot", 24)):
        Instelling.objects.update_or_create(code=code, defaults={"waarde": uur})
    soorten = Bericht.objects.wachtend().values("soort").distinct().count()
    kantoor = Postkantoor()
    post = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": kantoor.poort, "EMAIL_BACKEND": "lms.kern.berichten.post.Post"}
    begin = time.perf_counter()
    with override_settings(**post):
        while versturen(voorrang=False)[0] and len(kantoor.mails) < 1000:
            pass
    duur, aantal = time.perf_counter() - begin, len(kantoor.mails)
    print(f"{'mail, per seconde':22}{aantal / duur:7.0f}   ({aantal} van {soorten} soorten)")  # noqa: T201
    kantoor.sluiten()


def _adressen():
    from django.contrib.auth.decorators import login_required
    from django.urls import path

    from lms.urls import urlpatterns as alle

    return [path("bench/<str:wat>/", login_required(_kaal)), *alle]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--meet", type=int)
    parser.add_argument("--soort", default="sqlite")
    parser.add_argument("aantallen", nargs="*", type=int, default=[1000, 20000])
    keuze = parser.parse_args()
    if keuze.meet:
        meten(keuze.meet, keuze.soort)
    else:
        orkest(keuze.aantallen)
elif os.environ.get("DJANGO_SETTINGS_MODULE") and os.environ.get("LMS_SECRET") == "bench":
    urlpatterns = _adressen()
