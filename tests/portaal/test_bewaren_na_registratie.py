"""Retention of who succeeded, the nightly job and its trial, what a crash leaves, and the table of what goes when."""

import datetime as dt
import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from certificering import handelingen as certificering
from certificering.models import Certificaat, Evaluatie, Registratie, Scopeverslag
from cursus.models import LesPagina, Notitie
from lms.kern import handelingen
from lms.kern.bewaartermijnen import INSTELLING, dag_na
from lms.kern.models import Bericht, Bestand, Bewaartermijn, Gebruiker, Instelling, Journaalregel
from lms.portaal import onderhoud, privacy
from lms.portaal.handelingen import bewaartermijnen_wissen
from lms.portaal.handelingen import bewaren as wissen
from selectie.models import Antwoord, Besluit, Brief, Mening, Verslag
from tests.fabrieken import registratie_van, scopeverslag_van
from tests.portaal.hulp import Soort, alle_tekst, bestand_van, klok, op, staat_nog, stoppen, termijn

pytestmark = pytest.mark.django_db


def gecertificeerd(w):
    traject = w.traject(9)
    paden = [bestand_van(traject, soort) for soort in ("brief", "cv", "opdracht_EK1")]
    Notitie.objects.create(traject=traject, les=LesPagina.objects.live().first(), soort="EK1", tekst="kanarie-les")
    return traject, paden


def uitschrijven(w, traject):
    registratie = registratie_van(traject)
    act = certificering.registratiestand_zetten
    act(
        registratie, door=w.bureau, stand="uitgeschreven", waarom="kanarie-waarom",
        gezien=act.afdruk(registratie, w.bureau),
    )  # fmt: skip


# --- who succeeded ---


def test_bij_de_registratie_worden_de_dagen_beloofd(w):
    traject = w.traject(9)
    vandaag = timezone.localdate()
    assert {t.soort: (t.wissen_op - vandaag).days for t in traject.bewaartermijnen.all()} == {
        "brief": 28, "verslag": 365, "evaluatie": 730,
    }  # fmt: skip
    handelingen.instelling_wijzigen(door=w.bureau, code="bewaren_brief", waarde=1)
    assert termijn(traject, Soort.BRIEF).wissen_op == vandaag + dt.timedelta(days=28)


def test_brief_en_cv_gaan_28_dagen_na_de_registratie_en_de_rest_blijft(transactional_db, w):
    traject, (brief, cv, opdracht) = gecertificeerd(w)
    dag = termijn(traject, Soort.BRIEF).wissen_op
    with op(dag - dt.timedelta(days=1), 23, 59):
        assert bewaartermijnen_wissen() == 0
        assert Brief.objects.filter(aanmelding__traject=traject).exists()
        assert brief.exists()
        assert cv.exists()
    with op(dag):
        assert bewaartermijnen_wissen() == 1
    assert not Brief.objects.filter(aanmelding__traject=traject).exists()
    assert not Bestand.objects.filter(traject=traject, soort__in=("brief", "cv")).exists()
    assert (brief.exists(), cv.exists(), opdracht.exists()) == (False, False, True)
    assert staat_nog("kanarie-brief", "kanarie-cv") == []
    assert Verslag.objects.get(traject=traject).waarom == "kanarie-waarom"
    mens = Gebruiker.objects.get(pk=traject.kandidaat_id)
    assert mens.email
    assert Bericht.objects.get(aan=mens, soort="papieren_gewist").gegevens == {"soort": "brief"}


def test_verslag_reacties_en_gesprek_gaan_een_jaar_na_de_registratie(transactional_db, w):
    traject, (_, _, opdracht) = gecertificeerd(w)
    dag = termijn(traject, Soort.VERSLAG).wissen_op
    with op(dag - dt.timedelta(days=1)):
        assert bewaartermijnen_wissen() == 1  # the letter, of which the day came long ago
        assert Antwoord.objects.filter(verslag__traject=traject).exists()
    with op(dag):
        assert bewaartermijnen_wissen() == 1
    woorden = ("kanarie-voorbeeld", "kanarie-waarom", "kanarie-reactie", "kanarie-notitie", "kanarie-punt")
    assert staat_nog(*woorden, "Een goed gesprek", "kanarie-les") == []
    assert not opdracht.exists()
    # decisions without texts stay: signed by who made them, and the step somebody reached
    assert list(Mening.objects.filter(verslag__traject=traject).values_list("mening", flat=True)) == ["past", "past"]
    assert Besluit.objects.get(verslag__traject=traject).vervolg == "poort"
    traject.refresh_from_db()
    assert traject.stap == 9
    assert staat_nog("kanarie-regiomanager")  # the evaluation is kept a year more


def test_de_evaluatie_gaat_na_twee_jaar_en_het_certificaat_blijft(w):
    traject, _ = gecertificeerd(w)
    dag = termijn(traject, Soort.EVALUATIE).wissen_op
    with op(dag - dt.timedelta(days=1)):
        bewaartermijnen_wissen()
        assert Evaluatie.objects.get(conferentie__traject=traject).regiomanager_tekst == "kanarie-regiomanager"
    with op(dag):
        assert bewaartermijnen_wissen() == 1
    evaluatie = Evaluatie.objects.get(conferentie__traject=traject)
    assert (evaluatie.kandidaat_tekst, evaluatie.regiomanager_taken, evaluatie.afspraken) == ("", {}, "")
    assert evaluatie.uitkomst == "positief"
    assert staat_nog("kanarie") == []
    assert Certificaat.objects.get(traject=traject).gegevens["naam"] == traject.kandidaat.naam
    assert Registratie.objects.filter(traject=traject).exists()
    assert Gebruiker.objects.get(pk=traject.kandidaat_id).email


def test_het_verslag_na_ek2_gaat_twee_jaar_na_het_register(w):
    traject = w.na_ek2()
    with op(timezone.localdate() + dt.timedelta(days=900), 12):  # long after the registration
        bewaartermijnen_wissen()
        velden = {"herstel": True, "herstel_waarom": "kanarie-scope", "groep": False, "groep_waarom": ""}
        certificering.scopeverslag_bewaren(traject, door=traject.kandidaat, **velden)
        certificering.scopeverslag_sturen(scopeverslag_van(traject), door=traject.kandidaat)
        certificering.scopeverslag_beantwoorden(scopeverslag_van(traject), door=w.t1, tekst="kanarie-scopereactie")
        certificering.scope_registreren(scopeverslag_van(traject), door=w.bureau)
        dag = timezone.localdate() + dt.timedelta(days=730)
        assert termijn(traject, Soort.SCOPE).wissen_op == dag
    with op(dag - dt.timedelta(days=1)):
        assert bewaartermijnen_wissen() == 0
        assert staat_nog("kanarie-scopereactie")
    with op(dag):
        Scopeverslag.objects.create(traject=traject, versie=2, herstel_waarom="mijn volgende")
        assert bewaartermijnen_wissen() == 1
    assert staat_nog("kanarie-scope") == []
    assert Scopeverslag.objects.get(versie=1).herstel is True
    assert Scopeverslag.objects.get(versie=2).herstel_waarom == "mijn volgende"  # is being written now
    assert registratie_van(traject).scopes.filter(soort="herstel", tot=None).exists()


def test_zeven_jaar_na_het_einde_van_de_registratie_gaan_naam_mails_en_logboek(w):
    traject, _ = gecertificeerd(w)
    mens = Gebruiker.objects.get(pk=traject.kandidaat_id)
    adres, nummer = mens.email, traject.certificaten.get().nummer
    uitschrijven(w, traject)
    rij = termijn(traject, Soort.JOURNAAL)
    assert rij.wissen_op == dag_na(timezone.localdate(), "bewaren_journaal")
    assert rij.wissen_op.year == timezone.localdate().year + 7
    assert klok(traject) is None  # the clock of who stopped is another one
    with op(rij.wissen_op - dt.timedelta(days=1)):
        bewaartermijnen_wissen()
        assert Journaalregel.objects.filter(traject=traject).count() > 10
        assert Gebruiker.objects.get(pk=mens.pk).email == adres
    with op(rij.wissen_op):
        assert bewaartermijnen_wissen() == 1
    assert [r.handeling for r in Journaalregel.objects.filter(traject=traject)] == ["papieren_wissen"]
    assert not Bericht.objects.filter(traject=traject).exists()
    mens.refresh_from_db()
    assert (mens.naam, mens.email) == ("Naam gewist", None)
    assert staat_nog("kanarie") == []
    certificaat = Certificaat.objects.get(nummer=nummer)  # a fact that can be checked by its number
    assert (certificaat.einde, certificaat.einde_reden) == ("beeindigd", "gewist")


def test_wie_van_voor_het_systeem_komt_heeft_geen_papieren_om_te_wissen(w):
    traject = w.ouder()
    assert not Bewaartermijn.objects.filter(traject=traject).exists()
    uitschrijven(w, traject)
    assert [t.soort for t in Bewaartermijn.objects.filter(traject=traject)] == ["journaal"]


def test_jaren_zijn_kalenderjaren():
    assert dag_na(dt.date(2024, 2, 29), "bewaren_journaal") == dt.date(2031, 2, 28)


# --- the job ---


def test_de_proef_noemt_wat_gaat_en_verandert_niets(w):
    een, twee = w.traject(3), w.traject(9)
    stoppen(een)
    with op(timezone.localdate() + dt.timedelta(days=28)):
        voor, uit = alle_tekst(), io.StringIO()
        call_command("bewaartermijn", "--proef", stdout=uit)
        assert alle_tekst() == voor
        regels = uit.getvalue().splitlines()
        assert f"alles van een afgesloten traject: 1 (traject {een.pk})" in regels
        assert f"brief en cv: 1 (traject {twee.pk})" in regels
        assert "evaluatie: 0" in regels
        assert regels[-1] == "Dit was een proef. Er is niets gewist."
        uit = io.StringIO()
        call_command("bewaartermijn", stdout=uit)
        assert "Gewist: 2" in uit.getvalue()
        uit = io.StringIO()
        call_command("bewaartermijn", "--proef", stdout=uit)
        assert f"traject {een.pk}" not in uit.getvalue()


def test_de_nacht_hoort_bij_wat_de_werker_doet(w):
    traject = w.traject(3)
    with op(stoppen(traject).wissen_op):
        assert onderhoud.klaarzetten()["papieren gewist na hun bewaartermijn"] == 1


def test_wat_halverwege_breekt_is_heel_gebleven_en_gaat_de_volgende_ronde(transactional_db, w, monkeypatch):
    trajecten = [w.traject(5) for _ in range(3)]
    paden = [bestand_van(traject, "brief") for traject in trajecten]
    for traject in trajecten:
        stoppen(traject)
    kapot, echt = trajecten[1], wissen._mens_weg

    def breekt(mens):
        if mens.pk == kapot.kandidaat_id:
            raise RuntimeError("de stroom viel uit")
        echt(mens)

    with op(klok(kapot).wissen_op):
        monkeypatch.setattr(wissen, "_mens_weg", breekt)
        with pytest.raises(RuntimeError):
            bewaartermijnen_wissen()
        # the others are done; of this one nothing went, not on disk either
        assert [klok(traject).gewist_om is None for traject in trajecten] == [False, True, False]
        assert [pad.exists() for pad in paden] == [False, True, False]
        assert Brief.objects.get(aanmelding__traject=kapot).motivatie == "kanarie-brief"
        monkeypatch.setattr(wissen, "_mens_weg", echt)
        assert bewaartermijnen_wissen() == 1
    assert not paden[1].exists()
    assert Gebruiker.objects.get(pk=kapot.kandidaat_id).naam == "Naam gewist"


def test_wie_terugkwam_terwijl_de_nacht_bezig_was_blijft_heel(w):
    traject = w.traject(3)
    rij = stoppen(traject)
    with op(rij.wissen_op):
        handelingen.traject_hervatten(traject, door=traject.kandidaat)
        with pytest.raises(handelingen.Geweigerd):
            wissen.papieren_wissen(rij, door=None)
    assert Brief.objects.filter(aanmelding__traject=traject).exists()


def test_een_belofte_van_later_gaat_ook_met_de_hand_niet_eerder(w):
    traject = w.traject(3)
    assert wissen.papieren_wissen(stoppen(traject), door=None) is False
    assert Brief.objects.filter(aanmelding__traject=traject).exists()


def test_zonder_werk_kost_een_ronde_twee_vragen(w, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert bewaartermijnen_wissen() == 0


# --- the table ---


def test_alles_wat_wordt_gewist_heeft_een_moment():
    """Every field that is erased stands in one line that says when, or goes by a job of its own."""
    te_wissen = {
        label for label, velden in privacy.VELDEN.items() if set(velden.values()) & {privacy.GEEF_WIS, privacy.TEAM_WIS}
    }
    tabellen = (
        set(privacy.PAPIEREN),
        {t for t in privacy.VAN_DE_PERSOON if t in privacy.VELDEN},
        set(privacy.EIGEN_TAAK),
    )
    assert te_wissen <= set.union(*tabellen)
    assert not tabellen[0] & tabellen[1] | tabellen[0] & tabellen[2] | tabellen[1] & tabellen[2]
    assert set(privacy.EIGEN_TAAK.values()) <= set(onderhoud.TAKEN)
    assert {papier.soort for papieren in privacy.PAPIEREN.values() for papier in papieren} <= set(INSTELLING)


def test_elke_regel_van_de_tabel_vindt_zijn_rijen(w):
    """Every path to a traject or person exists, and every line with texts has fields to empty."""
    traject, vandaag = w.traject(0), timezone.localdate()
    for label, papieren in privacy.PAPIEREN.items():
        for papier in papieren:
            assert wissen._rijen(label, papier, traject.pk, Soort.BRIEF, vandaag).count() >= 0
            assert papier.rij_weg or wissen._lege_waarden(label)
    for label, pad in privacy.VAN_DE_PERSOON.items():
        assert apps.get_model(label)._base_manager.filter(**{pad: 0}).count() == 0


def test_elke_termijn_is_een_instelling():
    assert set(INSTELLING.values()) == {
        "bewaren", "bewaren_brief", "bewaren_verslag", "bewaren_evaluatie", "bewaren_journaal",
    }  # fmt: skip
    assert not Instelling.objects.exists()
