"""Acts out of order, twice and at the same moment, on real transactions. Each race has its negative control."""

import inspect
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from cursus.handelingen import deelname_aanvragen, deelname_afmelden, plekken_aanbieden
from lms.kern.handelingen import HANDELINGEN, Geweigerd
from lms.kern.models import Journaalregel
from lms.kern.onthouden import alles_vergeten
from selectie import handelingen
from selectie.handelingen import verslag as verslagflow
from selectie.handelingen.mening import _vastleggen, besluit_als_iedereen_klaar_is
from selectie.models import Besluit, Gesprek, Mening, Voorstel
from tests.aanval.hulp import klant
from tests.fabrieken import Wereld, besluit_van, dag_nr, deelname_van, mening_van, onderwerp_van, verslag_van
from tests.lezen import leesbaar

MENING = {"mening": "past", "reactie": "Fijn verslag.", "notitie": ""}


def tegelijk(*werk):
    """Run each function in a thread of its own, starting at the same moment; returns what each gave or raised, in
    order.
    """
    hek, uitkomsten = threading.Barrier(len(werk)), [None] * len(werk)

    def een(nr, doe):
        try:
            hek.wait()
            uitkomsten[nr] = doe()
        except (ValidationError, Geweigerd, IntegrityError) as fout:
            uitkomsten[nr] = fout
        finally:
            connections.close_all()

    draden = [threading.Thread(target=een, args=paar) for paar in enumerate(werk)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uitkomsten


@pytest.mark.parametrize("tweede", ["past", "past_niet"])
def test_twee_trainers_geven_in_dezelfde_seconde_de_laatste_mening(transactional_db, tweede):
    """Both views are kept; one decision, or in overleg when they differ. Never two decisions, never none."""
    w = Wereld()
    traject = w.traject(6)
    uit = tegelijk(
        lambda: handelingen.mening_geven(mening_van(traject, w.t1), door=w.t1, **MENING),
        lambda: handelingen.mening_geven(mening_van(traject, w.t2), door=w.t2, **{**MENING, "mening": tweede}),
    )
    assert [u for u in uit if isinstance(u, Exception)] == []
    assert sorted(Mening.objects.values_list("mening", flat=True)) == sorted(["past", tweede])
    assert Mening.objects.filter(gegeven_om=None).count() == 0
    assert Besluit.objects.count() == (1 if tweede == "past" else 0)


def test_het_verslag_twee_keer_tegelijk_gestuurd_is_een_keer(transactional_db):
    """Two tabs press the button in the same second: one version, one asked view per trainer, and a sentence for the
    other tab.
    """
    w = Wereld()
    traject = w.traject(5)
    handelingen.verslag_bewaren(traject, door=traject.kandidaat, velden={"conclusie": "past", "waarom": "Daarom."})
    uit = tegelijk(*[lambda: handelingen.verslag_sturen(verslag_van(traject), door=traject.kandidaat)] * 2)
    assert sorted(type(u).__name__ for u in uit) == ["ValidationError", "Verslag"]
    assert (traject.verslagen.count(), Mening.objects.count()) == (1, 2)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite laat er maar een tegelijk schrijven.")
def test_twee_werkers_laten_een_aanbod_verlopen_en_bieden_de_plek_een_keer_aan(transactional_db):
    """The second worker finds the offer lapsed and the place on offer to the next: nothing twice, nothing raised."""
    w = Wereld()
    vol = w.groep("informatie", 1, [], capaciteit=1, over=20)
    rij = [w.traject(1) for _ in range(3)]
    for traject in rij:
        deelname_aanvragen(traject, door=w.bureau, uitvoering=vol)
    deelname_afmelden(deelname_van(rij[0]), door=w.bureau)
    plekken_aanbieden()
    rij[1].deelnames.update(aanbod_tot=timezone.now())
    uit = tegelijk(plekken_aanbieden, plekken_aanbieden)
    assert [u for u in uit if isinstance(u, Exception)] == []
    assert Journaalregel.objects.filter(handeling="aanbod_laten_verlopen").count() == 1
    assert [deelname_van(traject).aanbod_tot is not None for traject in rij] == [False, False, True]
    assert Journaalregel.objects.filter(handeling="plek_aanbieden").count() == 2


def test_bewaren_en_sturen_tegelijk_wachten_nooit_op_elkaar(transactional_db, monkeypatch):
    """The page saves itself (report, then the journal) while the button is pressed (traject, then report)."""
    w = Wereld()
    traject = w.traject(5)
    velden = {"conclusie": "past", "waarom": "Daarom."}
    handelingen.verslag_bewaren(traject, door=traject.kandidaat, velden=velden)
    Journaalregel.objects.filter(handeling="verslag_bewaren").delete()  # so that this save writes the line of today
    alles_vergeten()
    heeft_het_verslag, schrijven = threading.Event(), verslagflow._antwoorden_schrijven

    def traag(*args):
        heeft_het_verslag.set()
        time.sleep(1)  # the other one has the traject by now, and waits for the report
        schrijven(*args)

    def sturen():
        heeft_het_verslag.wait(10)
        return handelingen.verslag_sturen(verslag_van(traject), door=traject.kandidaat)

    monkeypatch.setattr(verslagflow, "_antwoorden_schrijven", traag)
    uit = tegelijk(
        lambda: handelingen.verslag_bewaren(traject, door=traject.kandidaat, velden={**velden, "taken_tekst": "Ja."}),
        sturen,
    )
    assert [type(u).__name__ for u in uit] == ["str", "Verslag"]
    assert traject.verslagen.get().taken_tekst == "Ja."


def test_de_laatste_mening_en_een_mening_terug_in_dezelfde_seconde(transactional_db):
    """One of both comes first: either the view went back and waits, or the decision stands and going back is refused.

    Never a decision on one view.
    """
    w = Wereld()
    traject = w.traject(6)
    handelingen.mening_geven(mening_van(traject, w.t1), door=w.t1, **MENING)
    uit = tegelijk(
        lambda: handelingen.mening_heropenen(mening_van(traject, w.t1), door=w.t1, reden="Te snel."),
        lambda: handelingen.mening_geven(mening_van(traject, w.t2), door=w.t2, **MENING),
    )
    terug = not isinstance(uit[0], Exception)
    assert Besluit.objects.geldig().count() == (0 if terug else 1)
    assert Mening.objects.filter(gegeven_om=None).count() == (1 if terug else 0)


def test_zonder_het_slot_zou_niemand_of_twee_keer_besloten_worden(transactional_db):
    """Negative control: the kernels alone, each reading before the other has written, make no decision at all."""
    w = Wereld()
    traject = w.traject(6)
    verslag = traject.verslagen.get()
    allebei = threading.Barrier(2)

    def kaal(trainer):
        def doe():
            gezien = list(Mening.objects.gevraagd().filter(verslag=verslag))  # read first, as without a lock
            allebei.wait()
            rij = next(m for m in gezien if m.trainer_id == trainer.pk)
            if all(m.gegeven_om or m.pk == rij.pk for m in gezien):
                return besluit_als_iedereen_klaar_is(verslag, trainer)
            with transaction.atomic():
                _vastleggen(rij, mening="past", reactie="x", notitie="", punten={})
            return None

        return doe

    tegelijk(kaal(w.t1), kaal(w.t2))
    # everybody ready, nobody decided
    assert (Mening.objects.filter(gegeven_om=None).count(), Besluit.objects.count()) == (0, 0)
    from lms.kern.pad.afleiding import bijwerken

    bijwerken(traject, berichten=False)


def test_twee_trainers_leggen_hetzelfde_gesprek_vast(transactional_db):
    """One record stands; the other trainer keeps the typed text and can see what was recorded."""
    w = Wereld()
    traject = w.verschil()
    w.plan_gesprek(traject)
    gesprek = Gesprek.objects.get()
    adres = f"/trainer/gesprekken/{gesprek.pk}/vastleggen/"

    def schrijf(trainer, tekst):
        client = klant(trainer)
        velden = {
            "gehouden_op": timezone.localdate().isoformat(),
            "aanwezigen": "Wij",
            "afspraken": tekst,
            "trainers": "past",
            "nagekeken": "ja",
        }
        return lambda: client.post(adres, velden)

    een, twee = tegelijk(schrijf(w.t1, "afspraak-van-een"), schrijf(w.t2, "afspraak-van-twee"))
    winnaar, verliezer = sorted((een, twee), key=lambda a: a.status_code, reverse=True)
    assert (winnaar.status_code, verliezer.status_code) == (302, 200)
    gesprek.refresh_from_db()
    getypt = {"afspraak-van-een", "afspraak-van-twee"} - {gesprek.afspraken}
    tekst = leesbaar(verliezer)
    assert getypt.pop() in tekst
    assert gesprek.afspraken in tekst
    assert Voorstel.objects.filter(gesprek=gesprek).count() == 1


# --- twice, stale, out of order
# -----------------------------------------------------------------------------------------


def test_hetzelfde_formulier_twee_keer_is_een_keer_en_een_ander_krijgt_een_zin(w):
    traject = w.traject(6)
    handelingen.mening_geven(mening_van(traject, w.t1), door=w.t1, verzoek_id="een", **MENING)
    assert handelingen.mening_geven(mening_van(traject, w.t1), door=w.t1, verzoek_id="een", **MENING) is None
    with pytest.raises(ValidationError, match="al gegeven"):
        handelingen.mening_geven(mening_van(traject, w.t1), door=w.t1, verzoek_id="twee", **MENING)
    assert Journaalregel.objects.filter(handeling="mening_geven").count() == 1


def test_het_formulier_van_een_ander_maakt_niets_ongedaan(transactional_db):
    """A one-time id that somebody else used does not answer for my act, and breaks nothing."""
    w = Wereld()
    traject = w.traject(6)
    handelingen.mening_geven(mening_van(traject, w.t1), door=w.t1, verzoek_id="zelfde", **MENING)
    with pytest.raises(ValidationError):
        handelingen.mening_geven(mening_van(traject, w.t2), door=w.t2, verzoek_id="zelfde", **MENING)
    assert Mening.objects.get(trainer=w.t2).gegeven_om is None
    assert Besluit.objects.count() == 0


GEGEVENS = {
    "momenten": [], "moment": 1, "antwoord": "uitnodigen", "keuze": "ja", "tekst": "x", "mening": "past",
    "reactie": "x", "waarom": "x", "reden": "x",
    "wijziging": 0, "gehouden_op": None, "aanwezigen": "x", "afspraken": "x", "kandidaat": "past", "trainers": "past",
    "punt": "vog", "afgegeven_op": None,
    "taken": {}, "gesprek_op": timezone.localdate, "voorstel": "positief", "eens": True, "soort": "EK1", "nr": 1,
}  # fmt: skip


def test_handelingen_buiten_hun_beurt_geven_een_zin_en_veranderen_niets(w):
    """Every act on the selection's path, at every step that is not its own, by who may do it otherwise: a Dutch
    sentence, nothing written.
    """
    type(w.ek1).objects.update(capaciteit=400)
    buiten = {
        "deelname_besluiten": (1, 4, 6), "verslag_sturen": (1, 2, 6, 7), "verslag_terughalen": (1, 5, 7),
        "mening_geven": (5, 7), "mening_wijzigen": (5, 6, 7),
        "gesprek_voorstellen": (5, 6, 7), "moment_kiezen": (1, 6, 7), "momenten_passen_niet": (1, 6, 7),
        "gesprek_vastleggen": (5, 6, 7),
        "afronden_bevestigen": (1, 6, 7), "vog_vastleggen": (1, 6), "onafhankelijk_bevestigen": (1, 6),
        "besluit_herroepen": (5, 6),
        "poortpunt_herroepen": (1, 7), "aanmelding_beantwoorden": (1, 6), "evaluatie_akkoord": (1, 7),
        "evaluatie_afronden": (1, 7), "scopeverslag_sturen": (1, 7),
        "evaluatie_kandidaat": (1, 7), "evaluatie_regiomanager": (1, 7), "scope_registreren": (1, 7),
        "traject_hervatten": (1, 7), "traject_afronden": (1, 7),
    }  # fmt: skip
    for naam, stappen in buiten.items():
        act = HANDELINGEN[naam]
        for stap in stappen:
            traject = w.traject(stap)
            wie = {"kandidaat": traject.kandidaat, "trainer": w.t1, "bureau": w.bureau, "regiomanager": w.rm}[
                str(act.rollen[0])
            ]
            namen = [p for p in inspect.signature(act.kern).parameters if p in GEGEVENS]
            velden = {n: GEGEVENS[n]() if callable(GEGEVENS[n]) else GEGEVENS[n] for n in namen} | (
                {"reden": "x"} if act.correctie else {}
            )
            voor = Journaalregel.objects.count()
            onderwerp = onderwerp_van(act, traject, wie)
            if onderwerp is None:  # nothing there that it could be about
                continue
            with pytest.raises((ValidationError, Geweigerd)) as fout:
                act(onderwerp, door=wie, **velden)
            zinnen = getattr(fout.value, "messages", None) or [str(fout.value)]
            assert all(zin.strip().endswith((".", "?", "!")) for zin in zinnen), (naam, zinnen)
            assert Journaalregel.objects.count() == voor, naam


def test_twee_tabbladen_van_een_mening_bewaren_beide_teksten(w):
    traject = w.traject(6)
    adres = f"/trainer/verslagen/{traject.verslagen.get().pk}/"
    client = klant(w.t1)
    client.get(adres)
    velden = {"mening": "past", "notitie": "", "wijziging": 0}
    assert client.post(adres, {**velden, "reactie": "tekst-uit-tab-een"}).status_code == 302
    tekst = leesbaar(client.post(adres, {**velden, "reactie": "tekst-uit-tab-twee"}))
    assert "tekst-uit-tab-een" in tekst
    assert "tekst-uit-tab-twee" in tekst


def test_een_oud_formulier_op_een_gestopt_traject_is_een_403_met_reden(w):
    from lms.kern.handelingen import traject_stoppen

    traject = w.traject(6)
    verslag = traject.verslagen.get()
    klant(w.t1).get(f"/trainer/verslagen/{verslag.pk}/")
    traject_stoppen(traject, door=traject.kandidaat)
    antwoord = klant(w.t1).post(
        f"/trainer/verslagen/{verslag.pk}/", {"mening": "past", "reactie": "x", "notitie": "", "wijziging": 0}
    )
    assert antwoord.status_code == 403
    assert "gestopt" in leesbaar(antwoord)
    assert Mening.objects.filter(gegeven_om__isnull=False).count() == 0


# --- the right in the act itself
# ------------------------------------------------------------------------------------------


def test_een_trainer_die_niet_gevraagd_is_neemt_geen_besluit_terug(w):
    """Of the same group, but not asked about this report: the decision belongs to those who made it."""
    traject = w.traject(7)
    w.ek1.trainerschappen.create(trainer=w.t3)
    with pytest.raises(Geweigerd):
        handelingen.besluit_herroepen(besluit_van(traject), door=w.t3, waarom="x")
    assert Besluit.objects.geldig().count() == 1


def test_een_trainer_van_alleen_ek2_doet_niets_in_ek1(w):
    w.ek2.trainerschappen.create(trainer=w.t3)
    traject = w.na_ek2()
    with pytest.raises(ValidationError, match="trainers van EK1"):
        handelingen.uitzoeken_noteren(traject, door=w.t3, tekst="x")
    with pytest.raises(Geweigerd):
        HANDELINGEN["dag_vrijstellen"](dag_nr(traject, "EK1", 1), door=w.t3, reden_vrijstelling="x")


def test_een_trainer_van_alleen_ek1_stelt_geen_dag_van_ek2_vrij(w):
    traject = w.traject(9)
    w.ek1.trainerschappen.create(trainer=w.t3)
    w.conferentie(traject)
    deelname_aanvragen(traject, door=w.bureau, uitvoering=w.ek2)
    with pytest.raises(Geweigerd):
        HANDELINGEN["dag_vrijstellen"](dag_nr(traject, "EK2", 1), door=w.t3, reden_vrijstelling="x")
    assert HANDELINGEN["dag_vrijstellen"](dag_nr(traject, "EK2", 1), door=w.t1, reden_vrijstelling="x")


def test_na_een_mening_is_terughalen_voorbij_ook_zonder_openen(w):
    traject = w.traject(6)
    handelingen.mening_geven(mening_van(traject, w.t1), door=w.t1, **MENING)
    with pytest.raises(ValidationError, match="al geopend"):
        handelingen.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
