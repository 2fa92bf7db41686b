"""Terms and mail: reminders once, cancelled with their reason, staff in one digest a day, nobody in the evening
(regels §7, §9).
"""

import datetime as dt
from contextlib import contextmanager

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from lms.kern.berichten import dagberichten_maken, opmaken, versturen
from lms.kern.handelingen import instelling_wijzigen, termijnen_bewaken, traject_stoppen
from lms.kern.instellingen import nieuwe_dag
from lms.kern.models import Bericht
from lms.portaal.onderhoud import ronde
from selectie import handelingen as selectie
from selectie.models import Verslag
from tests.fabrieken import Wereld
from tests.lezen import leesbaar

DAG = dt.datetime(2026, 3, 9, 12, tzinfo=timezone.get_current_timezone())  # a Monday; the clock changes on 29 March


@contextmanager
def op(dagen, uur=12):
    """The clock at `uur` on the day `dagen` after DAG."""
    dag = (DAG + dt.timedelta(days=dagen)).replace(hour=uur)
    with time_machine.travel(dag, tick=False):
        yield


@pytest.fixture
def w(db):
    with op(0):
        return Wereld()


def gemaakt(traject, dagen):
    """The kinds of message that the worker makes on that day, with for whom; the second pass makes nothing."""
    voor = set(Bericht.objects.values_list("pk", flat=True))
    with op(dagen):
        termijnen_bewaken()
        nieuw = Bericht.objects.exclude(pk__in=voor).filter(traject=traject).order_by("soort", "aan__email")
        rijen = [(b.soort, b.aan.voornaam.lower()) for b in nieuw.select_related("aan")]
        assert termijnen_bewaken() == 0
    return rijen


def test_verslag_wordt_twee_keer_vriendelijk_herinnerd_en_daarna_niet_meer(w):
    with op(0):
        traject = w.traject(5, naam="fatima")
    assert traject.beurten.get(code="verslag_schrijven").uiterlijk_op == dt.date(2026, 3, 23)
    assert [gemaakt(traject, n) for n in (13, 14, 27)] == [[], [], []]
    assert gemaakt(traject, 28) == [("herinner", "fatima")]
    assert gemaakt(traject, 41) == []
    assert gemaakt(traject, 42) == [("herinner_2", "fatima")]
    assert [gemaakt(traject, n) for n in (43, 100, 400)] == [[], [], []]
    traject.refresh_from_db()
    assert (traject.is_lopend, traject.stap) == (True, 6)  # never a consequence by itself


def test_wie_lang_niet_keek_krijgt_alleen_de_laatste_herinnering(w):
    with op(0):
        traject = w.traject(5, naam="fatima")
    assert gemaakt(traject, 60) == [("herinner_2", "fatima")]


def test_keuze_en_bijeenkomst_een_herinnering_na_de_termijn(w):
    with op(0):
        kiest, besluit = w.traject(1, naam="anna"), w.traject(2, naam="bram")
    assert (gemaakt(besluit, 13), gemaakt(besluit, 14), gemaakt(besluit, 15)) == ([], [("herinner", "bram")], [])
    assert (gemaakt(kiest, 20), gemaakt(kiest, 21), gemaakt(kiest, 50)) == ([], [("herinner", "anna")], [])


def test_trainers_krijgen_een_duwtje_daarna_te_laat_en_het_bureau_hoort_het(w):
    with op(0):
        traject = w.traject(6)
        w.mening(traject, w.t1)
    assert gemaakt(traject, 9) == []
    assert gemaakt(traject, 10) == [("duwtje", "trainer2")]  # who gave a view is left in peace
    assert gemaakt(traject, 13) == []
    assert gemaakt(traject, 14) == [("te_laat", "trainer2")]
    assert gemaakt(traject, 15) == [("trainers_stil", "bureau")]
    assert gemaakt(traject, 30) == []


def test_duwtje_vervalt_als_de_mening_er_is(w):
    with op(0):
        traject = w.traject(6)
    gemaakt(traject, 10)
    with op(10):
        w.mening(traject, w.t1)
    staten = dict(Bericht.objects.filter(soort="duwtje").values_list("aan__voornaam", "vervallen_om"))
    assert (staten["Trainer1"] is not None, staten["Trainer2"] is None) == (True, True)


def test_stoppen_laat_elke_herinnering_vervallen(w):
    with op(0):
        traject = w.traject(5)
    assert gemaakt(traject, 28)
    with op(28):
        traject_stoppen(traject, door=traject.kandidaat)
        assert list(Bericht.objects.wachtend().filter(soort__startswith="herinner")) == []
    assert gemaakt(traject, 42) == []


def test_later_komt_terug_op_zijn_dag_met_een_mail(w):
    with op(0):
        traject = w.traject(2, naam="fatima")
        selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="later", terug_op=dt.date(2026, 4, 1))
    assert [gemaakt(traject, n) for n in (14, 22)] == [[], []]  # 31 March: a day early, and no reminder of the old term
    assert gemaakt(traject, 23) == [("beurt_deelname_later", "fatima")]
    assert gemaakt(traject, 24) == []


def test_wachten_op_een_conferentie_is_een_signaal_per_week_voor_de_eigen_regiomanager(w):
    with op(0):
        traject = w.traject(7)
        w.poort(traject)
    assert gemaakt(traject, 89) == []
    assert gemaakt(traject, 90) == [("wacht_lang", "regiomanager")]
    assert gemaakt(traject, 91) == []  # the same week
    assert gemaakt(traject, 97) == [("wacht_lang", "regiomanager")]
    assert gemaakt(traject, 180) == [("wacht_heel_lang", "regiomanager")]


def test_een_dagbericht_per_medewerker_zonder_namen_en_eerlijk_als_het_gedaan_is(w):
    with op(0):
        een, twee, drie = w.traject(6, naam="fatima"), w.traject(6, naam="abdel"), w.traject(6, naam="joost")
        w.mening(drie, w.t1)  # done before the digest: cancelled
        Bericht.objects.filter(bundelen=False).update(vervallen_om=timezone.now())
        Bericht.objects.exclude(traject__in=[een, twee, drie]).delete()
    with op(1, uur=9):
        ronde()
        Bericht.objects.filter(soort__startswith="herinner").delete()
        brieven = {m.to[0]: m.body for m in mail.outbox}
        assert set(brieven) >= {"trainer1@demo.example", "trainer2@demo.example"}
        assert "- 2 keer: Lees en reageer op het verslag" in brieven["trainer1@demo.example"]
        assert "- 3 keer: Lees en reageer op het verslag" in brieven["trainer2@demo.example"]
        assert not [
            naam for naam in ("fatima", "abdel", "joost", "kanarie") if naam in "".join(brieven.values()).lower()
        ]
        mail.outbox.clear()
        w.traject(6)
        ronde()
        assert [m for m in mail.outbox if m.to == ["trainer1@demo.example"]] == []  # one a day
    with op(2, uur=9):
        ronde()
        assert "- Lees en reageer op het verslag" in next(
            m.body for m in mail.outbox if m.to == ["trainer1@demo.example"]
        )


def test_een_dagbericht_waarvan_alles_gedaan_is_vervalt(w):
    with op(0):
        traject = w.traject(6)
        assert dagberichten_maken() > 0
        w.mening(traject, w.t1)
        w.mening(traject, w.t2)
        Bericht.objects.filter(bundelen=True, soort="samen_ja_regio").delete()
        versturen()
        dagbericht = Bericht.objects.get(soort="dagbericht", aan=w.t1)
    assert (dagbericht.verstuurd_om, dagbericht.vervallen_om is not None) == (None, True)


def test_een_mail_die_mislukt_gaat_later_met_zijn_regels_opnieuw(w, settings):
    with op(0):
        w.traject(6)
        dagberichten_maken()
        settings.EMAIL_BACKEND = "tests.post.Kapot"
        assert versturen()[0] == 0
        rij = Bericht.objects.get(soort="dagbericht", aan=w.t1)
        assert (rij.verstuurd_om, rij.pogingen, rij.delen.wachtend().count() > 0) == (None, 1, True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with op(0, uur=14):
        versturen()
    rij.refresh_from_db()
    assert (rij.verstuurd_om is not None, rij.delen.wachtend().count()) == (True, 0)


@pytest.mark.parametrize(("uur", "gaat"), [(0, False), (7, False), (8, True), (20, True), (21, False), (23, False)])
def test_tussen_negen_uur_en_acht_uur_gaat_er_geen_mail_uit(w, uur, gaat):
    with op(0):
        w.traject(6)
    with op(1, uur=uur):
        assert (versturen()[0] > 0, dagberichten_maken() > 0) == (gaat, gaat)


def test_de_uren_waarop_mail_gaat_zijn_een_instelling(w):
    with op(0):
        w.traject(6)
    with op(0, uur=23):
        assert versturen() == (0, 0)
        instelling_wijzigen(door=w.bureau, code="mail_tot", waarde=24)
        assert versturen()[0] > 0


@pytest.mark.parametrize(("dagen", "nieuw"), [(-1, None), (0, 7), (6, 7), (7, 14), (15, 21)])
def test_na_een_beloofde_dag_noemen_we_een_nieuwe(db, dagen, nieuw):
    beloofd = dt.date(2026, 3, 9)
    with op(dagen):
        assert nieuwe_dag(beloofd) == (nieuw and beloofd + dt.timedelta(days=nieuw))


def test_na_de_termijn_leest_de_kandidaat_dat_we_nog_bezig_zijn_met_een_dag(w, client):
    with op(0):
        traject = w.traject(6)
        w.mening(traject, w.t1, "past_niet")
    for dagen, zin in (
        (13, "Je hoort vóór <b>maandag 23 maart</b>"),
        (14, "We zijn nog bezig. Het duurt wat langer dan we dachten. Je hoort vóór <b>maandag 30 maart</b>"),
    ):
        with op(dagen):
            client.force_login(traject.kandidaat)  # a session ends after half a day of silence
            for pad in ("/mijn/", "/mijn/besluit/"):
                assert zin in leesbaar(client.get(pad))


def test_elke_herinnering_is_te_lezen_zonder_een_woord_van_de_trainers(w):
    with op(0):
        traject = w.verschil()
        for soort in ("herinner", "herinner_2", "duwtje", "te_laat", "trainers_stil", "wacht_lang", "wacht_heel_lang"):
            onderwerp, tekst = opmaken(
                Bericht(aan=traject.kandidaat, traject=traject, soort=soort, sleutel=f"x:{soort}")
            )
            assert 10 < len(onderwerp) < 90
            assert "kanarie" not in onderwerp + tekst
    assert Verslag.objects.count() == 1
