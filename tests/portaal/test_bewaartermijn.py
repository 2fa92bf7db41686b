"""Retention of a path that has ended: what was promised is erased on its day, not sooner, and nothing else is."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone

from certificering import handelingen as certificering
from cursus import handelingen as cursus
from lms.kern import handelingen
from lms.kern.berichten import versturen
from lms.kern.models import (
    Agendaregel,
    Bericht,
    Bewaartermijn,
    Gebruiker,
    Instelling,
    Journaalregel,
    Kladje,
    Rolvervulling,
    Toestemming,
    Traject,
)
from lms.portaal.handelingen import bewaartermijnen_wissen
from selectie import handelingen as selectie
from selectie.models import Antwoord, Besluit, Brief, Gesprek, Verslag
from tests.fabrieken import besluit_van, gesprek_van, registratie_van
from tests.portaal.hulp import KANARIE, klok, op, staat_nog, stoppen, vol

pytestmark = pytest.mark.django_db


# --- the clock ---


def test_de_klok_loopt_alleen_voor_een_traject_dat_is_geeindigd(w):
    later, wacht = w.traject(2), w.traject(6)
    selectie.deelname_besluiten(
        later, door=later.kandidaat, keuze="later", terug_op=timezone.localdate() + dt.timedelta(days=90)
    )
    assert not Bewaartermijn.objects.exists()
    with op(timezone.localdate() + dt.timedelta(days=800)):
        assert bewaartermijnen_wissen() == 0  # however long: "later", waiting and silence are no end
    assert Brief.objects.filter(aanmelding__traject__in=(later, wacht)).count() == 2


@pytest.mark.parametrize("einde", ["gestopt", "nee", "samen", "nu_nog_niet"])
def test_elk_einde_belooft_een_dag(w, einde):
    match einde:
        case "gestopt":
            traject = w.traject(4)
            handelingen.traject_stoppen(traject, door=traject.kandidaat)
        case "nee":
            traject = w.traject(2)
            selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="nee")
        case "samen":
            traject = w.traject(7, conclusie="past_niet", mening="past_niet")
            selectie.afronden_bevestigen(besluit_van(traject), door=traject.kandidaat)
        case _:
            Instelling.objects.create(code="nu_nog_niet", waarde=True)
            traject = w.traject(0)
            cursus.belnotitie_vastleggen(
                traject, door=w.bureau, gesproken_op=timezone.localdate(), tekst="We praatten."
            )
            selectie.nu_nog_niet_afspreken(traject.aanmelding, door=w.bureau)
    assert klok(traject).wissen_op == klok(traject).zonder_op == timezone.localdate() + dt.timedelta(days=28)


def test_een_andere_instelling_verschuift_geen_belofte(w):
    traject = w.traject(1)
    beloofd = stoppen(traject).wissen_op
    handelingen.instelling_wijzigen(door=w.bureau, code="bewaren", waarde=3)
    handelingen.instelling_wijzigen(door=w.bureau, code="bewaren_met_toestemming", waarde=100)
    assert klok(traject).wissen_op == beloofd
    handelingen.bewaren_toestaan(klok(traject), door=traject.kandidaat)  # promised now, with the setting of now
    assert klok(traject).wissen_op == timezone.localdate() + dt.timedelta(days=100)
    handelingen.instelling_wijzigen(door=w.bureau, code="bewaren_met_toestemming", waarde=1)
    assert klok(traject).wissen_op == timezone.localdate() + dt.timedelta(days=100)


def test_de_dag_ervoor_is_alles_er_nog_en_de_dag_zelf_is_het_weg(w):
    traject = w.traject(6)
    dag = stoppen(traject).wissen_op
    with op(dag - dt.timedelta(days=1), 23, 59):
        assert bewaartermijnen_wissen() == 0
        assert Brief.objects.filter(aanmelding__traject=traject).exists()
    with op(dag, 0, 1):  # in Amsterdam; in UTC it is the day before
        assert bewaartermijnen_wissen() == 1
    assert not Brief.objects.filter(aanmelding__traject=traject).exists()
    assert klok(traject).gewist_om
    with op(dag, 0, 11):
        assert bewaartermijnen_wissen() == 0


# --- consent ---


def test_met_toestemming_een_jaar_en_met_versie_en_moment(w):
    traject = w.traject(3)
    stoppen(traject)
    handelingen.bewaren_toestaan(klok(traject), door=traject.kandidaat)
    rij = Toestemming.objects.get(gebruiker=traject.kandidaat, waarvoor="bewaren")
    assert (rij.tekstversie, rij.ingetrokken_om) == (1, None)
    assert timezone.localdate(rij.gegeven_om) == timezone.localdate()
    dag = timezone.localdate() + dt.timedelta(days=365)
    assert (klok(traject).wissen_op, klok(traject).langer) == (dag, True)
    with op(dag - dt.timedelta(days=1)):
        assert bewaartermijnen_wissen() == 0
    with op(dag):
        assert bewaartermijnen_wissen() == 1
    rij.refresh_from_db()
    assert rij.ingetrokken_om  # it was for this end; a next one is asked anew


def test_toestemming_bij_het_afronden_telt_meteen(w):
    traject = w.traject(7, conclusie="past_niet", mening="past_niet")
    selectie.afronden_bevestigen(besluit_van(traject), door=traject.kandidaat, bewaren=True)
    assert klok(traject).wissen_op == timezone.localdate() + dt.timedelta(days=365)
    assert klok(traject).zonder_op == timezone.localdate() + dt.timedelta(days=28)


def test_intrekken_brengt_de_eerste_dag_terug_en_daarna_morgen(w):
    traject = w.traject(3)
    eerst = stoppen(traject).wissen_op
    handelingen.bewaren_toestaan(klok(traject), door=traject.kandidaat)
    handelingen.bewaren_intrekken(klok(traject), door=traject.kandidaat)
    assert klok(traject).wissen_op == eerst
    handelingen.bewaren_toestaan(klok(traject), door=traject.kandidaat)  # and again otherwise
    with op(eerst + dt.timedelta(days=60), 12):
        handelingen.bewaren_intrekken(klok(traject), door=traject.kandidaat)
        assert klok(traject).wissen_op == eerst + dt.timedelta(days=61)
        assert bewaartermijnen_wissen() == 0  # until then the person may change it once more
        mails = Bericht.objects.filter(aan=traject.kandidaat, soort="bewaren_ingetrokken")
        assert mails.filter(vervallen_om=None).count() == 1
    with op(eerst + dt.timedelta(days=61)):
        assert bewaartermijnen_wissen() == 1
    assert Journaalregel.objects.filter(traject=traject, handeling="bewaren_intrekken").count() == 2


def test_alleen_de_persoon_zelf_kiest_en_alleen_zolang_de_gegevens_er_zijn(w):
    traject, ander = w.traject(3), w.traject(1)
    stoppen(traject)
    for wie in (w.bureau, ander.kandidaat, w.t1):
        with pytest.raises(handelingen.Geweigerd):
            handelingen.bewaren_toestaan(klok(traject), door=wie)
    with op(klok(traject).wissen_op):
        bewaartermijnen_wissen()
    with pytest.raises((ValidationError, handelingen.Geweigerd)):
        handelingen.bewaren_toestaan(klok(traject), door=Gebruiker.objects.get(pk=traject.kandidaat_id))
    assert not Toestemming.objects.filter(gebruiker=traject.kandidaat, waarvoor="bewaren", ingetrokken_om=None)


# --- coming back ---


def test_terugkomen_stopt_de_klok_en_een_volgend_einde_vraagt_opnieuw(w):
    traject = w.traject(4)
    dag = stoppen(traject).wissen_op
    handelingen.bewaren_toestaan(klok(traject), door=traject.kandidaat)
    handelingen.traject_hervatten(traject, door=traject.kandidaat)
    assert klok(traject) is None
    with op(dag + dt.timedelta(days=400)):
        assert bewaartermijnen_wissen() == 0
        traject.refresh_from_db()
        stoppen(traject)
        assert klok(traject).wissen_op == timezone.localdate() + dt.timedelta(days=28)  # the old consent was for then


def test_een_nieuwe_brief_voor_de_dag_is_ook_terugkomen(w):
    traject = w.traject(1)
    dag = stoppen(traject).wissen_op
    mens = traject.kandidaat
    gegevens = {
        "voornaam": "Kim", "achternaam": "Bos", "email": mens.email, "regio": w.noord.pk, "motivatie": "Weer.",
        "cv": "Weer.", "onafhankelijk": "ja", "akkoord": 1,
    }  # fmt: skip
    concept, _ = selectie.concept_maken(gegevens)
    selectie.aanmelding_van_bekende(concept, door=mens, gelezen=selectie.afdruk(concept))
    with op(dag):
        assert bewaartermijnen_wissen() == 0
    assert Brief.objects.get(aanmelding__traject=traject).motivatie == "Weer."


def test_na_het_wissen_is_terugkomen_een_nieuw_begin(w):
    traject = w.traject(4)
    Rolvervulling.objects.create(gebruiker=traject.kandidaat, rol="redacteur", van=dt.date(2020, 1, 1))
    with op(stoppen(traject).wissen_op):
        bewaartermijnen_wissen()
        traject.refresh_from_db()
        with pytest.raises(ValidationError, match="opnieuw aanmelden"):
            handelingen.traject_hervatten(traject, door=Gebruiker.objects.get(pk=traject.kandidaat_id))


# --- nothing of the person is left ---


def test_van_wie_stopte_staat_nergens_meer_een_woord(transactional_db, w):
    """Everything somebody wrote, and what others wrote about it, in a path as full as it gets before it ends."""
    traject = w.verschil(conclusie="twijfel")
    w.plan_gesprek(traject)
    w.gesprek(traject, kandidaat="past_niet", trainers="past_niet")
    selectie.gesprek_aanvullen(gesprek_van(traject), door=w.t1, tekst="kanarie-aanvulling", reden="kanarie-reden")
    Agendaregel.objects.create(persoon=w.t1, soort="gesprek", nummer=gesprek_van(traject).pk, plek="kanarie-plek")
    paden = vol(w, traject)
    mens = Gebruiker.objects.get(pk=traject.kandidaat_id)
    adres, stap = mens.email, Traject.objects.get(pk=traject.pk).stap
    selectie.afronden_bevestigen(besluit_van(traject), door=mens)
    versturen()
    assert len(staat_nog(*KANARIE)) > 20
    assert all(pad.exists() for pad in paden)
    with op(klok(traject).wissen_op, 9):
        assert bewaartermijnen_wissen() == 1
        versturen()
        bewaartermijnen_wissen()  # lets the address of the last mail go
    assert staat_nog(*KANARIE, adres) == []
    assert not any(pad.exists() for pad in paden)
    # the facts stay, and so does the step
    traject.refresh_from_db()
    assert traject.stap == stap
    assert Besluit.objects.filter(verslag__traject=traject).count() == 2
    assert Besluit.objects.filter(verslag__traject=traject, gewist_om=None).count() == 0
    assert Verslag.objects.get(traject=traject).conclusie == "twijfel"
    assert not Antwoord.objects.filter(verslag__traject=traject).exists()
    assert Gesprek.objects.get(verslag__traject=traject).gehouden_om
    mens.refresh_from_db()
    assert (mens.naam, mens.email, mens.is_active, mens.has_usable_password()) == ("Naam gewist", None, False, False)
    assert not EmailAddress.objects.filter(user=mens).exists()
    assert not Kladje.objects.filter(gebruiker=mens).exists()
    regel = Journaalregel.objects.get(traject=traject, handeling="papieren_wissen")
    assert (regel.als, regel.door, regel.gegevens) == ("systeem", None, {"bewaartermijn": klok(traject).pk})


def test_de_laatste_mail_gaat_naar_het_adres_en_dan_is_ook_dat_weg(w, mailoutbox):
    traject = w.traject(2)
    adres = traject.kandidaat.email
    with op(stoppen(traject).wissen_op, 0, 5):
        bewaartermijnen_wissen()
        versturen()
        assert [m for m in mailoutbox if m.subject == "Je gegevens zijn gewist"] == []  # nobody gets mail at night
    with op(klok(traject).wissen_op, 9):
        versturen()
        [mail] = [m for m in mailoutbox if m.subject == "Je gegevens zijn gewist"]
        assert mail.to == [adres]
        assert "Dag Kandidaat" in mail.body
        assert "opnieuw aan" in mail.body
        bewaartermijnen_wissen()
    feit = Bericht.objects.get(soort="gewist")
    assert (feit.adres, feit.geheim, feit.aan_id) == ("", "", traject.kandidaat_id)
    assert feit.verstuurd_om
    assert staat_nog(adres) == []


def test_een_laatste_mail_die_niet_aankomt_houdt_het_adres_niet_vast(w):
    traject = w.traject(2)
    dag = stoppen(traject).wissen_op
    with op(dag):
        bewaartermijnen_wissen()
        assert Bericht.objects.get(soort="gewist").adres
    with op(dag + dt.timedelta(days=8)):
        bewaartermijnen_wissen()
    assert Bericht.objects.get(soort="gewist").adres == ""


@pytest.mark.parametrize("band", ["rol", "oude rol", "ander traject", "registratie"])
def test_wie_nog_iets_anders_bij_ons_is_houdt_naam_en_account(w, band):
    if band == "registratie":
        ander = w.ouder()
        mens = ander.kandidaat
        registratie = registratie_van(ander)
        certificering.registratiestand_zetten(registratie, door=w.bureau, stand="uitgeschreven", waarom="verhuisd")
        traject = Traject.objects.create(kandidaat=mens, regio=w.noord)
    else:
        traject = w.traject(3)
        mens = traject.kandidaat
    if band in ("rol", "oude rol"):
        Rolvervulling.objects.create(
            gebruiker=mens, rol="trainer", van=dt.date(2020, 1, 1),
            tot=dt.date(2021, 1, 1) if band == "oude rol" else None,
        )  # fmt: skip
    dag = stoppen(traject).wissen_op
    if band == "ander traject":
        Traject.objects.create(kandidaat=mens, regio=w.noord)
    with op(dag):
        bewaartermijnen_wissen()
    mens.refresh_from_db()
    assert mens.email
    assert mens.naam != "Naam gewist"
    assert mens.is_active
    assert Bericht.objects.filter(aan=mens, soort="papieren_gewist").exists()
    assert klok(traject).gewist_om


def test_een_tweede_traject_van_dezelfde_persoon_gaat_op_zijn_eigen_dag(w):
    eerste = w.traject(3)
    mens = eerste.kandidaat
    Rolvervulling.objects.create(gebruiker=mens, rol="redacteur", van=dt.date(2020, 1, 1))
    dag = stoppen(eerste).wissen_op
    with op(dag):
        bewaartermijnen_wissen()
        concept, _ = selectie.concept_maken({
            "voornaam": "Kim", "achternaam": "Bos", "email": mens.email, "regio": w.noord.pk, "motivatie": "Nieuw.",
            "cv": "Nieuw.", "onafhankelijk": "ja", "akkoord": 1,
        })  # fmt: skip
        tweede = selectie.aanmelding_van_bekende(concept, door=mens, gelezen=selectie.afdruk(concept))
        assert tweede.pk != eerste.pk
        stoppen(tweede)
    Rolvervulling.objects.filter(gebruiker=mens).delete()
    with op(dag + dt.timedelta(days=27)):
        assert bewaartermijnen_wissen() == 0
        assert Brief.objects.get(aanmelding__traject=tweede).motivatie == "Nieuw."
    with op(dag + dt.timedelta(days=28)):
        assert bewaartermijnen_wissen() == 1
    mens.refresh_from_db()
    assert mens.naam == "Naam gewist"  # both are gone: now nothing binds this person to us
