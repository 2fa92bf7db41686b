"""The worker is killed in every job, at one write after the other, and starts again: in the end all is there, once.

The suite takes some jobs and some writes, `make zwaar` (LMS_ZWAAR=1) all of them.
"""

import datetime as dt
import os
import signal

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Deelname, Trainingszorg, Uitvoering
from lms.kern.models import Bericht, Beurt, Instelling, Taak
from lms.portaal.onderhoud import TAKEN, klaarzetten
from selectie import handelingen as selectie
from selectie.models import Aanmeldconcept

ZWAAR = os.environ.get("LMS_ZWAAR") == "1"
PROEF = ("plekken aangeboden", "termijnen", "concepten opgeruimd")
MEESTE_KEREN = 400 if ZWAAR else 4
SCHRIJFT = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def achterstand(transactional_db, w):
    """A house in which work waits: free places, terms that passed, old drafts, a training that is over."""
    Instelling.objects.create(code="mail_vanaf", waarde=0)
    Instelling.objects.create(code="mail_tot", waarde=24)
    vol, straks = w.groep("informatie", 1, [], capaciteit=1, over=20), w.groep("informatie", 1, [], over=2)
    for _ in range(4):
        traject = w.traject(1)
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=vol)
    for _ in range(2):
        traject = w.traject(1)
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=straks)
    Uitvoering.objects.filter(pk=vol.pk).update(capaciteit=3)
    wacht, wacht_ook = w.traject(6), w.traject(5)
    wens = w.traject(1)
    cursus.datumwens_doorgeven(wens, door=wens.kandidaat, soort="informatie")
    Beurt.objects.filter(traject__in=(wacht, wacht_ook)).update(
        uiterlijk_op=timezone.localdate() - dt.timedelta(days=1), kijk_op=timezone.localdate()
    )
    for naam in ("Nel", "Bo"):
        concept, _token = selectie.concept_maken({"voornaam": naam})
        Aanmeldconcept.objects.filter(pk=concept.pk).update(gewijzigd_om=timezone.now() - dt.timedelta(days=400))
    over = w.traject(4)
    Trainingszorg.objects.create(traject=over, soort="EK1", dieet="geen noten")
    return w


def stand():
    """What a pass leaves: the messages that hold, each as often as it is there, and what is still to be done."""
    brieven = Bericht.objects.filter(vervallen_om=None).exclude(soort="dagbericht")
    return (
        sorted(brieven.values_list("soort", "aan", "feit", "traject").order_by()),
        sorted(Deelname.objects.values_list("pk", "geplaatst_om", "aanbod_tot__date")),
        (Aanmeldconcept.objects.count(), Trainingszorg.objects.count()),
        sorted(Beurt.objects.values_list("traject", "code", "rol", "kijk_op").order_by(), key=str),
    )


def gedood(taak, keer):
    """Run this job in a process that ends, killed, right after its write number `keer`. Returns whether it was."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        teller = 0

        def schrijft(uitvoeren, sql, waarden, veel, context):
            nonlocal teller
            uitkomst = uitvoeren(sql, waarden, veel, context)
            teller += sql.startswith(SCHRIJFT)
            if teller == keer:
                os.kill(os.getpid(), signal.SIGKILL)
            return uitkomst

        try:
            with connection.execute_wrapper(schrijft):
                taak()
            connections.close_all()
            os._exit(0)
        finally:
            os._exit(1)
    afloop = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert afloop in (0, -signal.SIGKILL)
    return afloop != 0


@pytest.mark.parametrize("naam", TAKEN if ZWAAR else PROEF)
def test_een_gedode_taak_is_na_een_nieuw_begin_precies_een_keer_gedaan(achterstand, naam):
    with transaction.atomic():
        TAKEN[naam]()
        hoort = stand()
        transaction.set_rollback(True)
    keer = 1
    while keer <= MEESTE_KEREN and gedood(TAKEN[naam], keer):
        keer += 1
    assert ZWAAR or keer > 1  # killed at least once
    TAKEN[naam]()
    assert stand() == hoort


def test_na_een_dood_midden_in_een_ronde_doet_de_volgende_ronde_alles(achterstand):
    def sterven():
        os.kill(os.getpid(), signal.SIGKILL)

    met_een_dood = {**dict(list(TAKEN.items())[:4]), "proef": sterven}
    connection.close()
    pid = os.fork()
    if pid == 0:
        klaarzetten(met_een_dood)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    assert set(klaarzetten().values()) & {"mislukt"} == set()
    nog_eens = stand()
    klaarzetten()
    assert stand() == nog_eens
    assert Taak.objects.exclude(naam="proef").exists()
