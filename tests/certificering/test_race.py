"""Two people at once, on real transactions. Each race has a negative control that shows that it is real."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from certificering import handelingen as H
from certificering.handelingen.certificaat import uitgeven
from certificering.models import Certificaat, Evaluatie, Registratie, Scope
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Journaalregel
from tests.fabrieken import Wereld, evaluatie_van

pytestmark = pytest.mark.django_db(transaction=True)
AANTAL = 6


def tegelijk(werk, aantal=AANTAL):
    """Run `werk` in so many threads that start at the same moment; returns what each gave or raised."""
    hek, uitkomsten = threading.Barrier(aantal), []

    def een():
        try:
            hek.wait()
            uitkomsten.append(werk())
        except (ValidationError, Geweigerd, IntegrityError) as fout:
            uitkomsten.append(fout)
        finally:
            connections.close_all()

    draden = [threading.Thread(target=een) for _ in range(aantal)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uitkomsten


@pytest.fixture
def bijna(transactional_db):
    """Everything agreed: only closing the evaluation is left."""
    w = Wereld()
    traject = w.traject(8)
    w.stemmen(traject)
    w.evaluatiegesprek(traject)
    H.evaluatie_akkoord(evaluatie_van(traject), door=traject.kandidaat, eens=True)
    return w, traject


def test_closing_at_the_same_time_gives_one_certificate(bijna):
    w, traject = bijna
    uitkomsten = tegelijk(lambda: H.evaluatie_afronden(evaluatie_van(traject), door=w.rm))
    assert [type(u) for u in uitkomsten].count(Evaluatie) == 1
    assert {str(u.messages[0]) for u in uitkomsten if isinstance(u, ValidationError)} == {
        "Dit is intussen veranderd. Kijk wat er nu staat."
    }
    assert (Certificaat.objects.count(), Registratie.objects.count(), Scope.objects.count()) == (1, 1, 1)
    assert Journaalregel.objects.filter(handeling="evaluatie_afronden").count() == 1


def test_double_click_gives_one_certificate_and_no_error(bijna):
    w, traject = bijna
    uitkomsten = tegelijk(
        lambda: H.evaluatie_afronden(evaluatie_van(traject), door=w.rm, verzoek_id="zelfde-formulier")
    )
    assert [u for u in uitkomsten if isinstance(u, Exception)] == []
    assert Certificaat.objects.count() == 1


def test_without_the_lock_two_would_be_tried_and_the_constraint_stops_them(bijna):
    """Negative control: the bare kernel, outside the act, runs into the constraint."""
    w, traject = bijna
    Evaluatie.objects.update(uitkomst="positief", vastgesteld_om=timezone.now())
    evaluatie = Evaluatie.objects.get()

    def kaal():
        eigen = type(traject).objects.get(pk=traject.pk)  # no row object is shared between threads
        with transaction.atomic():
            H.registratie.registreren(eigen, door=w.rm)
            return uitgeven(eigen, evaluatie=evaluatie, herkomst="systeem")

    uitkomsten = tegelijk(kaal)
    assert Certificaat.objects.count() == 1
    assert sum(isinstance(u, IntegrityError | ValidationError) for u in uitkomsten) == AANTAL - 1
    if connection.vendor == "postgresql":
        assert any(isinstance(u, IntegrityError) for u in uitkomsten)


def test_counting_at_the_same_time_makes_one_evaluation(transactional_db):
    w = Wereld()
    traject = w.traject(7)
    w.poort(traject)
    rij = H.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")
    H.conferentie_vastleggen(rij, door=traject.kandidaat, uitkomst="met_plan", gehouden_op=timezone.localdate())
    uitkomsten = tegelijk(lambda: H.conferentie_tellen(rij, door=w.rm, telt_mee=True))
    assert (Evaluatie.objects.count(), uitkomsten.count(None)) == (1, 1)


def test_asking_at_the_same_time_gives_one_first_conference(transactional_db):
    w = Wereld()
    traject = w.traject(7)
    w.poort(traject)
    tegelijk(lambda: H.conferentie_vragen(traject, door=w.rm, referentie="EKC-1"))
    assert traject.conferenties.count() == 1


def test_draft_saved_at_the_same_time_loses_nothing(transactional_db):
    w = Wereld()
    traject = w.na_ek2()
    uitkomsten = tegelijk(
        lambda: H.scopeverslag_bewaren(
            traject, door=traject.kandidaat, herstel_waarom=f"tekst {threading.get_ident()}"
        ),
        4,
    )
    assert sum(not isinstance(u, Exception) for u in uitkomsten) == 1
    assert traject.scopeverslagen.count() == 1
    traject.refresh_from_db()
