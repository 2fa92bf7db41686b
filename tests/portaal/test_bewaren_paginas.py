"""What people read about keeping: before the end, after it, in the mail, on the card, and in the list."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from lms.kern import handelingen
from lms.kern.berichten import opmaken
from lms.kern.datums import dag
from lms.kern.models import Bericht, Rolvervulling, Toestemming
from lms.portaal.handelingen import bewaartermijnen_wissen
from selectie import handelingen as selectie
from tests.fabrieken import besluit_van, gesprek_van
from tests.lezen import leesbaar
from tests.portaal.hulp import klok, op, stoppen

pytestmark = pytest.mark.django_db


class Mens:
    def __init__(self, traject):
        self.client = Client()
        self.client.force_login(traject.kandidaat)

    def leest(self, pad):
        antwoord = self.client.get(pad, follow=True)
        assert antwoord.status_code == 200, (pad, antwoord.status_code)
        return " ".join(re.sub(r"<[^>]+>", " ", leesbaar(antwoord)).split())

    def stuurt(self, pad, **velden):
        pagina = leesbaar(self.client.get(pad))
        gevonden = re.findall(r'name="verzoek_id" value="([^"]*)"', pagina)
        return self.client.post(pad, {"verzoek_id": gevonden[-1] if gevonden else "", **velden})


def over(dagen):
    return dag(timezone.localdate() + dt.timedelta(days=dagen))


def test_de_kijkpagina_zegt_wat_stopt_wat_blijft_en_welke_dag_we_wissen(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    tekst = Mens(traject).leest("/mijn/stoppen/")
    assert f"Het gesprek op {dag(gesprek.moment_om)}" in tekst
    assert "gaat niet door" in tekst
    assert "Je krijgt geen herinneringen meer van ons." in tekst
    assert f"Op {over(28)} wissen we je brief, je cv, je verslag en je aantekeningen." in tekst
    assert "Ook je account gaat dan weg." in tekst
    assert traject.is_lopend


def test_een_plek_en_een_wachtlijst_staan_bij_wat_stopt(w):
    from cursus import handelingen as cursus

    straks = w.groep("informatie", 1, [], capaciteit=1, over=20, titel="Kennismaken straks")
    een, twee = w.traject(1), w.traject(1)
    for traject in (een, twee):
        cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=straks)
    assert f"Je plek bij ‘Kennismaken straks’ op {over(20)} kan naar iemand anders." in Mens(een).leest(
        "/mijn/stoppen/"
    )
    assert "Je staat niet meer op de wachtlijst voor ‘Kennismaken straks’." in Mens(twee).leest("/mijn/stoppen/")


def test_na_het_stoppen_komt_de_vraag_en_ja_en_nee_zijn_te_veranderen(w):
    traject = w.traject(4)
    mens = Mens(traject)
    antwoord = mens.stuurt("/mijn/stoppen/")
    assert antwoord.url == "/mijn/bewaren/"
    tekst = mens.leest("/mijn/bewaren/")
    assert "Mogen we je gegevens een jaar bewaren? Dan kun je makkelijk terugkomen." in tekst
    assert f"Ja, bewaar ze tot {over(365)}" in tekst
    assert f"Nee, wis ze op {over(28)}" in tekst
    assert "Kies ja of nee." in leesbaar(mens.stuurt("/mijn/bewaren/"))
    assert mens.stuurt("/mijn/bewaren/", antwoord="ja").url == "/mijn/bewaren/"
    assert klok(traject).langer
    assert f"Op {over(365)} wissen we je brief" in mens.leest("/mijn/bewaren/")
    mens.stuurt("/mijn/bewaren/", antwoord="nee")
    assert not klok(traject).langer
    assert Toestemming.objects.get(waarvoor="bewaren").ingetrokken_om


def test_een_nee_in_stap_3_wordt_eerst_nagekeken(w):
    traject = w.traject(2)
    mens = Mens(traject)
    assert mens.stuurt("/mijn/keuze/", keuze="nee").url == "/mijn/keuze/nee/"
    traject.refresh_from_db()
    assert traject.is_lopend  # nothing was decided yet
    tekst = mens.leest("/mijn/keuze/nee/")
    assert f"Op {over(28)} wissen we je brief" in tekst
    assert "Terug naar mijn keuze" in tekst
    assert mens.stuurt("/mijn/keuze/nee/").url == "/mijn/bewaren/"
    traject.refresh_from_db()
    assert traject.afsluiting == "gestopt"
    assert traject.deelnamebesluiten.get(herroepen_om=None).keuze == "nee"
    assert "Je traject is gestopt" in mens.leest("/mijn/keuze/nee/")  # afterwards it leads to the path


def test_een_nee_buiten_stap_3_leidt_terug(w):
    assert Mens(w.traject(4)).client.get("/mijn/keuze/nee/").url == "/mijn/keuze/"


def test_de_mail_na_een_einde_noemt_de_dag_en_vraagt_het(w):
    traject = w.traject(4)
    stoppen(traject)
    bericht = Bericht.objects.get(soort="gestopt")
    tekst = opmaken(bericht)[1]
    assert f"Op {over(28)} wissen we je brief, je cv, je verslag en je account." in tekst
    assert "Mogen we je gegevens een jaar bewaren? Dan kun je makkelijk terugkomen." in tekst
    assert "/mijn/bewaren/" in tekst
    handelingen.bewaren_toestaan(klok(traject), door=traject.kandidaat)
    tekst = opmaken(bericht)[1]  # as it is when it goes out
    assert f"tot {over(365)}" in tekst
    assert "Mogen we" not in tekst


def test_wie_samen_afrondt_leest_de_dag_op_het_vinkje_en_in_de_mail(w):
    traject = w.verschil(conclusie="past_niet", mening="past_niet")
    mens = Mens(traject)
    assert f"Zonder vinkje wissen we je brief, cv en verslag op {over(28)}." in mens.leest("/mijn/besluit/")
    selectie.afronden_bevestigen(besluit_van(traject), door=traject.kandidaat, bewaren=True)
    assert f"tot {over(365)}" in opmaken(Bericht.objects.get(soort="afgerond"))[1]
    assert f"Op {over(365)} wissen we je gegevens." in mens.leest("/mijn/")


def test_de_kaart_noemt_de_dag_en_na_het_wissen_de_weg_terug(w):
    traject = w.traject(7)
    Rolvervulling.objects.create(gebruiker=traject.kandidaat, rol="redacteur", van=dt.date(2020, 1, 1))
    mens = Mens(traject)
    wissen_op = stoppen(traject).wissen_op
    tekst = mens.leest("/mijn/")
    assert f"Op {dag(wissen_op)} wissen we je gegevens." in tekst
    assert "Geef je antwoord" in tekst
    assert "Je account houd je." in mens.leest("/mijn/bewaren/")
    with op(wissen_op, 12):
        bewaartermijnen_wissen()
        mens = Mens(traject)
        tekst = mens.leest("/mijn/")
        assert "Meld je opnieuw aan" in tekst
        assert "Ik wil weer verder" not in tekst
        assert "Bekijk je brief" not in tekst
        assert "Lees je verslag" not in tekst
        for pad in ("/mijn/brief/", "/mijn/verslag/", "/mijn/verslag/versie/1/", "/mijn/besluit/"):
            assert f"Hier was dat op {dag(timezone.now())}." in mens.leest(pad), pad
        trainer = Client()
        trainer.force_login(w.t1)
        assert "Dit verslag is gewist" in leesbaar(trainer.get(f"/trainer/verslagen/{traject.verslagen.get().pk}/"))
        assert "gewist op" in mens.leest("/mijn/bewaren/")  # leads to the own data
        assert Bericht.objects.get(soort="papieren_gewist").gegevens == {"soort": "traject"}
        assert "de papieren van je traject gewist" in opmaken(Bericht.objects.get(soort="papieren_gewist"))[1]


def test_een_trainer_leest_dat_de_brief_is_gewist(w):
    traject = w.traject(9)
    with op(timezone.localdate() + dt.timedelta(days=28), 12):
        bewaartermijnen_wissen()
        client = Client()
        client.force_login(w.t1)
        assert "De brief en het cv zijn gewist" in leesbaar(client.get(f"/trainer/kandidaten/{traject.pk}/brief/"))


@pytest.mark.parametrize("stap", [4, 9])
def test_bij_mijn_gegevens_staat_wat_we_tot_wanneer_bewaren(w, stap):
    traject = w.traject(stap)
    tekst = Mens(traject).leest("/mijn/gegevens/")
    if stap == 4:
        assert "zolang je traject loopt. Stop je, dan nog 28 dagen" in tekst
        return
    for wat, dagen in (("Je brief en je cv", 28), ("opgeschreven", 365), ("De teksten van je evaluatie", 730)):
        assert f"{wat} tot {over(dagen)}" in tekst
    assert "nog 2 jaar nadat het in het register staat" in tekst
    assert "zolang je geregistreerd bent, en daarna nog 7 jaar" in tekst


def test_wie_van_voor_het_systeem_komt_leest_alleen_wat_er_is(w):
    tekst = Mens(w.ouder()).leest("/mijn/gegevens/")
    assert "Je naam, de lijst met mails en het logboek zolang je geregistreerd bent" in tekst
    assert "Je brief en je cv" not in tekst


def test_intrekken_mailt_de_nieuwe_dag(w):
    traject = w.traject(3)
    stoppen(traject)
    handelingen.bewaren_toestaan(klok(traject), door=traject.kandidaat)
    handelingen.bewaren_intrekken(klok(traject), door=traject.kandidaat)
    assert f"Daarom wissen we ze op {over(28)}." in opmaken(Bericht.objects.get(soort="bewaren_ingetrokken"))[1]


@pytest.mark.parametrize("soort", ["traject", "brief", "verslag", "evaluatie", "scope", "journaal"])
def test_elke_mail_over_wissen_zegt_wat_er_weg_is(w, soort):
    bericht = Bericht(aan=w.traject(0).kandidaat, soort="papieren_gewist", gegevens={"soort": soort})
    onderwerp, tekst = opmaken(bericht)
    assert onderwerp == "We hebben papieren van je gewist"
    assert "zoals we met je afspraken" in tekst


def test_een_gesprek_dat_voorbij_is_staat_niet_bij_wat_stopt(w):
    traject = w.verschil(conclusie="twijfel")
    w.gesprek(traject, kandidaat="past_niet", trainers="past_niet")
    assert gesprek_van(traject).gehouden_om
    assert "gaat niet door" not in Mens(traject).leest("/mijn/stoppen/")
