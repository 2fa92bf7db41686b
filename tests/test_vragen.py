"""How many questions a page asks the database: literal, and the same for 1, 3 and 25 rows."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cursus.models import Uitvoering
from lms.kern.models import Bericht
from tests.lezen import leesbaar


def aantal(gebruiker, pad):
    """The number of queries of a warm page, session and user included."""
    client = Client()
    client.force_login(gebruiker)
    assert client.get(pad).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        assert client.get(pad).status_code == 200
    return len([v for v in vragen if not v["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("tot", range(10))
def test_mijn_traject_vraagt_nooit_meer_dan_twaalf(w, tot):
    assert aantal(w.traject(tot).kandidaat, "/mijn/") <= 12


LIJSTEN = [
    ("t1", "/trainer/", 9), ("t1", "/trainer/verslagen/", 9), ("t1", "/trainer/kandidaten/", 9),
    ("rm", "/regio/kandidaten/", 9),
    ("bureau", "/bureau/kandidaten/", 9), ("bureau", "/bureau/kandidaten/?stap=7&naam=jansen", 9),
    ("bureau", "/bureau/", 9), ("bureau", "/bureau/berichten/", 8),
    ("bureau", "/bureau/mensen/", 8), ("rm", "/regio/", 9),
]  # fmt: skip


@pytest.mark.parametrize(("wie", "pad", "grens"), LIJSTEN)
def test_een_lijst_vraagt_bij_25_rijen_evenveel_als_bij_een(w, wie, pad, grens):
    gebruiker, gemeten = getattr(w, wie), []
    Uitvoering.objects.update(capaciteit=100)
    w.traject(8)
    w.traject(0)
    for erbij in (1, 2, 22):
        for _ in range(erbij):
            w.traject(6)
        gemeten.append(aantal(gebruiker, pad))
    assert gemeten[1:] == [gemeten[1]] * 2
    assert gemeten[0] <= gemeten[1] <= grens + 1 <= 10


def test_dossier_en_verslag_vragen_een_vast_aantal(w):
    traject = w.verschil()
    verslag = traject.verslagen.get()
    assert aantal(w.t1, f"/trainer/kandidaten/{traject.pk}/") <= 12
    assert aantal(w.bureau, f"/bureau/kandidaten/{traject.pk}/") <= 12
    assert aantal(w.rm, f"/regio/kandidaten/{traject.pk}/") <= 12
    assert aantal(w.t1, f"/trainer/verslagen/{verslag.pk}/") <= 12
    assert aantal(w.bureau, f"/bureau/berichten/{Bericht.objects.first().pk}/") <= 10


def _bewaarvragen(na_vastleggen, client, pad, **velden):
    """The queries of one autosave of a warm page, beyond session and user.

    `na_vastleggen` runs what follows a commit, as outside a test.
    """
    for nr in range(2):
        html = leesbaar(client.get(pad))
        velden["wijziging"] = re.search(r'name="wijziging" value="([^"]*)"', html).group(1)
        with na_vastleggen(execute=True), CaptureQueriesContext(connection) as vragen:
            gegeven = velden | {
                naam: f"{waarde} {nr}" for naam, waarde in velden.items() if naam in ("t_O01", "reactie")
            }
            assert client.post(pad, gegeven, headers={"X-Requested-With": "fetch"}).status_code == 200
    return len([v for v in vragen if not v["sql"].startswith(("SAVEPOINT", "RELEASE"))]) - 2


def test_vanzelf_bewaren_vraagt_een_vast_klein_aantal(w, django_capture_on_commit_callbacks):
    schrijver, lezer = w.traject(5), w.traject(6)
    clients = {}
    for wie in (schrijver.kandidaat, w.t1):
        clients[wie] = Client()
        clients[wie].force_login(wie)
    verslag = _bewaarvragen(
        django_capture_on_commit_callbacks,
        clients[schrijver.kandidaat],
        "/mijn/verslag/wie-je-bent/1/",
        k_O01="3",
        t_O01="tekst",
    )
    mening = _bewaarvragen(
        django_capture_on_commit_callbacks,
        clients[w.t1],
        f"/trainer/verslagen/{lezer.verslagen.get().pk}/",
        mening="past",
        reactie="tekst",
    )
    assert (verslag, mening) == (6, 6)
