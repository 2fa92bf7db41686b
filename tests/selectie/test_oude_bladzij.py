"""A page whose address does not name its row: it acts on what it showed, never on what took its place."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.kern.formulieren import OVER, BevestigForm
from lms.kern.handelingen import VOORBIJ
from lms.kern.models import Gebruiker
from selectie import handelingen
from selectie.models import Mening
from tests.aanval.hulp import klant
from tests.fabrieken import besluit_van, gesprek_van, verslag_van
from tests.lezen import leesbaar as tekst
from tests.selectie.test_paginas import geheim


def _volgende_week(uur):
    return timezone.localtime().replace(hour=uur, minute=0, second=0, microsecond=0) + dt.timedelta(days=7)


def _moment(uur):
    dag = _volgende_week(uur)
    return {"dag_1": f"{dag:%Y-%m-%d}", "tijd_1": f"{dag:%H:%M}", "plek_1": "Zwolle"}


def _voorstellen(w, gesprek, uur):
    handelingen.gesprek_voorstellen(gesprek, door=w.t1, momenten=[(_volgende_week(uur), "Zwolle")])
    gesprek.refresh_from_db()


@pytest.fixture
def aanbod(w):
    traject = w.verschil()
    gesprek = gesprek_van(traject)
    _voorstellen(w, gesprek, 10)
    return traject, gesprek


def test_nieuwe_momenten_worden_niet_ongezien_afgewezen(w, aanbod):
    traject, gesprek = aanbod
    client = klant(traject.kandidaat)
    oud = geheim(tekst(client.get("/mijn/besluit/")))
    _voorstellen(w, gesprek, 15)
    html = tekst(client.post("/mijn/besluit/andere-momenten/", {"verzoek_id": oud}, follow=True))
    assert VOORBIJ in html
    assert gesprek.momenten.count() == 1
    client.post("/mijn/besluit/andere-momenten/", {"verzoek_id": geheim(html)})
    assert not gesprek.momenten.exists()


def test_een_bladzij_van_voor_de_keuze_laat_het_gekozen_moment_staan(w, aanbod):
    """The trainer who still sees "waits for the candidate" does not let go what was picked meanwhile."""
    traject, gesprek = aanbod
    client, pad = klant(w.t2), f"/trainer/gesprekken/{gesprek.pk}/"
    oud = geheim(tekst(client.get(pad)))
    handelingen.moment_kiezen(gesprek, door=traject.kandidaat, moment=gesprek.momenten.get().pk)
    html = tekst(client.post(pad, {"verzoek_id": oud, **_moment(15)}))
    gesprek.refresh_from_db()
    assert VOORBIJ in html
    assert gesprek.moment_om == _volgende_week(10)
    assert "15:00" in html  # what was typed still stands
    assert client.post(pad, {"verzoek_id": geheim(html), **_moment(15)}).status_code == 302
    gesprek.refresh_from_db()
    assert gesprek.moment_om is None


def test_een_tweede_druk_op_de_knop_is_de_eerste(w, aanbod):
    """The act changes what the page stood for; sent twice it is done once, and answered as done."""
    traject, gesprek = aanbod
    client, pad = klant(w.t1), f"/trainer/gesprekken/{gesprek.pk}/"
    stuur = {"verzoek_id": geheim(tekst(client.get(pad))), **_moment(15)}
    antwoorden = [client.post(pad, stuur) for _ in range(2)]
    assert [antwoord.status_code for antwoord in antwoorden] == [302, 302]
    assert gesprek.momenten.count() == 1
    client = klant(traject.kandidaat)
    stuur = {"verzoek_id": geheim(tekst(client.get("/mijn/besluit/")))}
    for _ in range(2):
        assert VOORBIJ not in tekst(client.post("/mijn/besluit/andere-momenten/", stuur, follow=True))


def test_terughalen_is_van_het_verslag_dat_er_stond(w):
    traject = w.traject(6)
    client = klant(traject.kandidaat)
    oud = geheim(tekst(client.get("/mijn/verslag/")))
    handelingen.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
    handelingen.verslag_sturen(traject.verslagen.lopend().get(), door=traject.kandidaat)
    html = tekst(client.post("/mijn/verslag/terughalen/", {"verzoek_id": oud}, follow=True))
    assert VOORBIJ in html
    assert traject.verslagen.filter(teruggehaald_om=None, verstuurd_om__isnull=False).get().versie == 2


def test_afronden_is_van_het_besluit_dat_er_stond(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    client = klant(traject.kandidaat)
    oud = geheim(tekst(client.get("/mijn/besluit/")))
    w.herroep(besluit_van(traject), door=w.t1, reden="Verkeerd opgeschreven.")
    handelingen.voorstel_doen(gesprek_van(traject), door=w.t1, trainers="past_niet")
    w.allen_eens(traject)
    handelingen.antwoord_na_gesprek(gesprek_van(traject), door=traject.kandidaat, keuze="past")
    assert VOORBIJ in tekst(client.post("/mijn/besluit/afronden/", {"verzoek_id": oud}, follow=True))
    traject.refresh_from_db()
    assert traject.is_lopend


def test_een_trainer_erbij_is_bij_het_verslag_dat_er_stond(w):
    traject = w.traject(6)
    client, pad = klant(w.bureau), f"/bureau/kandidaten/{traject.pk}/trainers/"
    html = tekst(client.get(pad))
    stuur = {"daad": "erbij", "erbij-verzoek_id": geheim(html, "erbij-verzoek_id"), "erbij-trainer": w.t3.pk,
             "erbij-waarom": "Voor wie wegging."}  # fmt: skip
    handelingen.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
    handelingen.verslag_sturen(traject.verslagen.lopend().get(), door=traject.kandidaat)
    assert VOORBIJ in tekst(client.post(pad, stuur))
    assert not Mening.objects.filter(verslag__traject=traject, trainer=w.t3).exists()


def test_wie_al_gevraagd_is_staat_niet_in_de_keuze(w):
    traject = w.traject(6)
    html = tekst(klant(w.bureau).get(f"/bureau/kandidaten/{traject.pk}/trainers/"))
    keuze = html[html.index('id="id_erbij-trainer"') :].partition("</select>")[0]
    assert f'value="{w.t3.pk}"' in keuze
    assert f'value="{w.t1.pk}"' not in keuze


def test_een_besluit_dat_blijft_biedt_geen_formulier(w):
    traject = w.traject(8)
    html = tekst(klant(w.t1).get(f"/trainer/verslagen/{verslag_van(traject).pk}/herroepen/", follow=True))
    assert "Er is al een conferentie gevraagd. Dit besluit kan niet meer terug." in html
    assert "Neem het besluit terug" not in html


def test_na_het_besluit_van_het_gesprek_vraagt_geen_bladzij_meer_een_mening(w):
    """Who took over a view while a talk was to come: once the talk decided, there is nothing left to give."""
    traject = w.verschil()
    nieuw = Mening.objects.create(verslag=verslag_van(traject), trainer=w.t3)
    client, pad = klant(w.t3), f"/trainer/verslagen/{nieuw.verslag_id}/"
    assert "Nakijken en sturen" in tekst(client.get(pad))
    w.gesprek(traject, kandidaat="past", trainers="past")
    html = tekst(client.get(pad))
    assert "Nakijken en sturen" not in html
    assert "Lees het gesprek terug" in html
    assert not traject.beurten.filter(code="mening_geven").exists()
    nieuw.refresh_from_db()
    afdruk = handelingen.mening_geven.afdruk(nieuw, w.t3)
    with pytest.raises(ValidationError, match="niet meer nodig"):
        handelingen.mening_geven(nieuw, door=w.t3, mening="past", reactie="Mooi.", gezien=afdruk)


def test_wie_een_teruggehaald_verslag_opent_leest_dat_het_terug_is(w):
    traject = w.traject(6)
    pad = f"/trainer/verslagen/{verslag_van(traject).pk}/"
    handelingen.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
    antwoord = klant(w.t1).get(pad, follow=True)
    assert "De kandidaat heeft dit verslag teruggehaald." in tekst(antwoord)
    assert "kanarie" not in tekst(antwoord)
    assert klant(w.t3).get(pad).status_code == 404


@pytest.mark.django_db
def test_het_eenmalige_nummer_draagt_de_rij_van_de_bladzij():
    gezien, gedaan = [], Gebruiker(pk=7)

    def daad(rij, *, door, verzoek_id):
        gezien.append(verzoek_id)

    nummer = BevestigForm(over=gedaan)["verzoek_id"].value()
    assert nummer.endswith(f"{OVER}7")
    oud = BevestigForm({"verzoek_id": nummer}, over=Gebruiker(pk=8))
    assert not oud.uitvoeren(daad, gedaan, door=None)
    assert oud["verzoek_id"].value().endswith(f"{OVER}8")  # what is drawn now can be sent
    assert BevestigForm({"verzoek_id": nummer}, over=gedaan).uitvoeren(daad, gedaan, door=None)
    assert BevestigForm({"verzoek_id": "los"}, over=gedaan).uitvoeren(daad, gedaan, door=None)
    assert gezien == [nummer, "los"]
