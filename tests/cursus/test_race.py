"""The last places, fifty people at once: exactly the capacity, no error, the rest on the waiting list."""

import threading
from collections import Counter

from django.db import connection, connections

from cursus import handelingen as cursus
from cursus.models import Aanwezigheid, Deelname, Soort

MENSEN, PLEKKEN = 50, 5


def tegelijk(functies):
    """Run all functions at the same moment, each with its own connection. Returns how they ended, counted."""
    slagboom, uit = threading.Barrier(len(functies)), []

    def een(functie):
        try:
            connection.ensure_connection()
            slagboom.wait(timeout=30)
            functie()
            uit.append("ok")
        except Exception as fout:
            uit.append(f"{type(fout).__name__}: {fout}")
        finally:
            connections.close_all()

    draden = [threading.Thread(target=een, args=(functie,)) for functie in functies]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return Counter(uit)


def test_vijftig_mensen_voor_vijf_plekken(transactional_db, w):
    groep = w.groep(Soort.INFORMATIE, 1, [], over=5, capaciteit=PLEKKEN)
    trajecten = [w.traject(1) for _ in range(MENSEN)]

    def kies(traject):
        return lambda: cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)

    assert tegelijk([kies(traject) for traject in trajecten]) == Counter(ok=MENSEN)
    assert cursus.bezet(groep) == PLEKKEN
    assert Deelname.objects.filter(uitvoering=groep, geplaatst_om=None, afgemeld_om=None).count() == MENSEN - PLEKKEN
    assert Aanwezigheid.objects.filter(bijeenkomst__uitvoering=groep).count() == PLEKKEN


def test_zonder_slot_gaat_het_mis(transactional_db, w):
    """Negative control: the same question and the same write without one locked moment sells too many places."""
    groep = w.groep(Soort.INFORMATIE, 1, [], over=5, capaciteit=PLEKKEN)
    trajecten = [w.traject(1) for _ in range(10)]
    gekeken = threading.Barrier(len(trajecten))

    def naief(traject):
        def kies():
            vrij = cursus.bezet(groep) < PLEKKEN
            gekeken.wait(timeout=30)
            if vrij:
                Deelname.objects.create(
                    traject=traject, uitvoering=groep, soort=groep.soort, geplaatst_om=traject.kandidaat.aangemaakt_om
                )

        return kies

    assert tegelijk([naief(traject) for traject in trajecten]) == Counter(ok=10)
    assert cursus.bezet(groep) == 10 > PLEKKEN
    Deelname.objects.all().delete()  # the print of these trajecten was never brought up to date


def test_twee_keer_versturen_op_hetzelfde_moment_is_een_plek(transactional_db, w):
    groep, traject = w.groep(Soort.INFORMATIE, 1, [], over=5), w.traject(1)

    def kies():
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep, verzoek_id="een")

    assert tegelijk([kies] * 8) == Counter(ok=8)
    assert Deelname.objects.filter(traject=traject).count() == 1
