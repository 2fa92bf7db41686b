"""A pass of the worker in which nothing is due asks little, however much is under way."""

import datetime as dt

import pytest
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Bijeenkomst, Uitvoering
from lms.kern.handelingen import traject_stoppen
from lms.portaal.onderhoud import MISLUKT, klaarzetten
from tests.fabrieken import Wereld


@pytest.fixture
def w(db):
    return Wereld()


def test_een_ronde_zonder_werk_vraagt_hoogstens_26_dingen(w, django_assert_max_num_queries):
    """With reminders that went out, full groups, people who wait and reports that are late."""
    begin = timezone.now() + dt.timedelta(days=1)
    for u in (w.groep("EK1", 3, [w.t1], over=1, capaciteit=2), w.groep("EK1", 3, [w.t2], over=1, capaciteit=2)):
        Bijeenkomst.objects.filter(uitvoering=u, nr=1).update(begint_om=begin, eindigt_om=begin + dt.timedelta(hours=7))
        for _ in range(3):  # two places and one who waits
            cursus.deelname_aanvragen(w.traject(3), door=w.bureau, uitvoering=u)
    for _ in range(3):
        w.traject(6)
    for _ in range(3):  # somebody waited and stopped: the place that came free is offered to nobody
        u = w.groep("EK1", 3, [w.t1], over=30, capaciteit=1)
        cursus.deelname_aanvragen(w.traject(3), door=w.bureau, uitvoering=u)
        wacht = w.traject(3)
        cursus.deelname_aanvragen(wacht, door=w.bureau, uitvoering=u)
        traject_stoppen(wacht, door=wacht.kandidaat)
        Uitvoering.objects.filter(pk=u.pk).update(capaciteit=5)
    for _ in range(12):  # and nobody waits
        w.groep("informatie", 1, [w.t1], over=30)
    assert Uitvoering.objects.komend().count() > 1
    for _ in range(3):
        assert MISLUKT not in klaarzetten().values()
    with django_assert_max_num_queries(26):
        gedaan = klaarzetten()
    assert set(gedaan.values()) <= {0, None}
