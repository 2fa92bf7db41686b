"""Corrections of step 7 and the sheet for the talk: with a reason, beside what was written, without a mail; nothing of it before release."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht
from lms.portaal import privacy
from selectie import handelingen
from selectie.models import Besluit, Gesprek, Gesprekaanvulling, Mening, Meningversie, Puntreactie
from tests.aanval.hulp import klant
from tests.fabrieken import staat


def tekst(antwoord):
    return antwoord.content.decode()


def _gehouden(w, **velden):
    traject = w.verschil()
    w.gesprek(traject, **{"kandidaat": "past", "trainers": "past_niet", **velden})
    return traject, Gesprek.objects.get(verslag__traject=traject)


# --- an own view ------------------------------------------------------------------------------------------------------


def test_een_eigen_mening_terugnemen_maakt_er_weer_een_concept_van(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past_niet")
    aantal = Bericht.objects.count()
    handelingen.mening_heropenen(traject, door=w.t1, reden="kanarie-reden")
    rij, versie = Mening.objects.get(trainer=w.t1), Meningversie.objects.get()
    assert (rij.gegeven_om, rij.mening, rij.reactie, rij.notitie) == (None, "", "", "")
    assert rij.concept == {
        "mening": "past_niet",
        "reactie": "kanarie-reactie",
        "notitie": "kanarie-notitie",
        "punten": {"V08": "kanarie-punt"},
    }
    assert (versie.mening_id, versie.stelling, versie.reactie, versie.reden) == (rij.pk, "past_niet", "kanarie-reactie", "kanarie-reden")
    assert not Puntreactie.objects.exists()
    assert staat(traject) == (7, ["mening_geven:trainer1", "mening_geven:trainer2"])
    assert Bericht.objects.count() == aantal


def test_een_mening_terugnemen_kan_niet_zonder_reden_of_na_de_laatste(w):
    traject = w.traject(6)
    with pytest.raises(ValidationError, match="nog geen mening"):
        handelingen.mening_heropenen(traject, door=w.t1, reden="x")
    w.mening(traject, w.t1)
    with pytest.raises(ValidationError, match="waarom"):
        handelingen.mening_heropenen(traject, door=w.t1)
    w.mening(traject, w.t2, "past_niet")
    with pytest.raises(ValidationError, match="in overleg"):
        handelingen.mening_heropenen(traject, door=w.t1, reden="x")
    handelingen.mening_wijzigen(traject, door=w.t2, mening="past", reactie="Toch wel.")
    with pytest.raises(ValidationError, match="Neem dan het besluit terug"):
        handelingen.mening_heropenen(traject, door=w.t1, reden="x")
    assert [(v.mening.trainer, v.stelling) for v in Meningversie.objects.all()] == [
        (w.t2, "past_niet")
    ]  # in overleg the old one is kept too


def test_wie_terugneemt_ziet_de_collega_weer_niet(w):
    """A third trainer is asked: the first two have spoken and see each other; who takes the own view back sees nothing until it is given."""
    traject = w.traject(6)
    w.mening(traject, w.t1, "past")
    w.mening(traject, w.t2, "past_niet")
    handelingen.trainer_toevoegen(traject, door=w.bureau, trainer=w.t3, waarom="Samen.")
    pad = f"/trainer/verslagen/{traject.verslagen.get().pk}/"
    assert "kanarie-reactie" in tekst(klant(w.t1).get(pad))
    handelingen.mening_heropenen(traject, door=w.t1, reden="Te snel.")
    Mening.objects.filter(trainer=w.t1).update(concept={})
    assert "kanarie-reactie" not in tekst(klant(w.t1).get(pad))


def test_terugnemen_op_het_scherm_en_opnieuw_sturen(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past_niet")
    pad, client = f"/trainer/verslagen/{traject.verslagen.get().pk}/", klant(w.t1)
    assert f"{pad}heropenen/" in tekst(client.get(pad))
    assert 'class="errors"' in tekst(client.post(f"{pad}heropenen/", {"reden": ""}))
    assert Mening.objects.get(trainer=w.t1).gegeven_om is not None
    assert client.post(f"{pad}heropenen/", {"reden": "Verkeerd geklikt."}).url == pad
    html = tekst(client.get(pad))
    assert "kanarie-reactie" in html
    assert "Je mening is weer een concept." in html
    w.mening(traject, w.t1, "past")
    assert Mening.objects.get(trainer=w.t1).mening == "past"


# --- a decision -------------------------------------------------------------------------------------------------------


def test_een_afspraak_over_een_nieuw_verslag_kan_terug_tot_de_kandidaat_schrijft(w):
    traject, _ = _gehouden(w, nieuw_verslag=True)
    handelingen.besluit_herroepen(traject, door=w.t1, reden="verkeerd aangekruist")
    assert staat(traject) == (7, ["gesprek_voorstellen:trainer"])
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    handelingen.verslag_bewaren(traject, door=traject.kandidaat, velden={"waarom": "Nu weet ik het."})
    with pytest.raises(ValidationError, match="schrijft al aan een nieuw verslag"):
        handelingen.besluit_herroepen(traject, door=w.t1, reden="x")
    assert traject.verslagen.lopend().get().waarom == "Nu weet ik het."


def test_een_besluit_is_nooit_veranderd_alleen_teruggenomen(w):
    traject = w.traject(7)
    voor = Besluit.objects.values("pk", "trainers", "kandidaat", "vervolg", "om").get()
    handelingen.besluit_herroepen(traject, door=w.t2, reden="kanarie-reden")
    assert Besluit.objects.values("pk", "trainers", "kandidaat", "vervolg", "om").get() == voor
    assert Besluit.objects.values_list("herroepen_door", "herroepen_reden").get() == (w.t2.pk, "kanarie-reden")
    assert "kanarie-reden" not in tekst(klant(traject.kandidaat).get("/mijn/gebeurd/"))


# --- the record of a conversation --------------------------------------------------------------------------------------


def test_aanvullen_zet_het_erbij_en_verandert_niets(w):
    traject, gesprek = _gehouden(w)
    aantal = Bericht.objects.count()
    pad, client = f"/trainer/gesprekken/{gesprek.pk}/", klant(w.t2)
    assert "kanarie-afspraak" in tekst(client.get(f"{pad}aanvullen/"))
    assert client.post(f"{pad}aanvullen/", {"tekst": "kanarie-erbij", "reden": "Vergeten."}).url == pad
    gesprek.refresh_from_db()
    assert (gesprek.afspraken, Gesprekaanvulling.objects.get().tekst, Bericht.objects.count()) == (
        "kanarie-afspraak",
        "kanarie-erbij",
        aantal,
    )
    for lezer, adres in ((w.t1, pad), (traject.kandidaat, "/mijn/besluit/")):
        html = tekst(klant(lezer).get(adres))
        assert ("kanarie-afspraak" in html, "kanarie-erbij" in html) == (True, True), adres
    assert staat(traject) == (7, ["afronden_bevestigen:kandidaat"])


def test_aanvullen_kan_ook_na_het_afronden_en_alleen_door_de_trainers_van_het_verslag(w):
    traject, gesprek = _gehouden(w)
    handelingen.afronden_bevestigen(traject, door=traject.kandidaat)
    handelingen.gesprek_aanvullen(traject, door=w.t1, gesprek=gesprek, tekst="Nog iets.", reden="Vergeten.")
    w.ek1.trainerschappen.create(trainer=w.t3)
    with pytest.raises(ValidationError, match="Alleen de trainers van dit verslag"):
        handelingen.gesprek_aanvullen(traject, door=w.t3, gesprek=gesprek, tekst="x", reden="x")
    for ander in (w.rm, w.bureau, traject.kandidaat):
        with pytest.raises((Geweigerd, PermissionDenied)):
            handelingen.gesprek_aanvullen(traject, door=ander, gesprek=gesprek, tekst="x", reden="x")
    assert Gesprekaanvulling.objects.count() == 1


def test_aanvullen_kan_niet_voor_het_gesprek_en_niet_bij_een_ander(w):
    traject = w.verschil()
    gesprek = Gesprek.objects.get()
    with pytest.raises(ValidationError, match="nog niet opgeschreven"):
        handelingen.gesprek_aanvullen(traject, door=w.t1, gesprek=gesprek, tekst="x", reden="x")
    assert klant(w.t1).get(f"/trainer/gesprekken/{gesprek.pk}/aanvullen/").status_code == 404
    _, ander = _gehouden(w)
    with pytest.raises(ValidationError, match="nog niet opgeschreven"):
        handelingen.gesprek_aanvullen(traject, door=w.t1, gesprek=ander, tekst="x", reden="x")


# --- the sheet ----------------------------------------------------------------------------------------------------------


def test_het_blad_zet_antwoorden_naast_reacties_twijfel_eerst(w):
    traject = w.verschil()
    gesprek = Gesprek.objects.get()
    html = tekst(klant(w.t2).get(f"/trainer/gesprekken/{gesprek.pk}/blad/"))
    plekken = [
        html.index(deel) for deel in ("kanarie-waarom", "kanarie-reactie", "Ik stond te trillen.", "kanarie-punt", "kanarie-voorbeeld")
    ]
    assert plekken == sorted(plekken)
    assert (html.count("kanarie-reactie"), html.count("kanarie-punt"), html.count("kanarie-notitie")) == (2, 2, 2)  # of both trainers
    assert html.index("Alleen voor de trainers") < html.index("kanarie-notitie")
    assert "Trainers zeggen" not in html  # no marks of the trainers
    assert traject.journaal.filter(handeling="inzage", door=w.t2).count() == 1


def test_het_blad_is_alleen_voor_de_gevraagde_trainers(w):
    w.verschil()
    pad = f"/trainer/gesprekken/{Gesprek.objects.get().pk}/blad/"
    assert klant(w.t3).get(pad).status_code == 404
    w.ek1.trainerschappen.create(trainer=w.t3)
    assert klant(w.t3).get(pad).status_code == 404  # of the group, but not asked about this report
    assert [klant(g).get(pad).status_code for g in (w.t1, w.t2, w.rm, w.bureau)] == [200, 200, 403, 403]


def test_het_blad_blijft_na_het_gesprek_en_verdwijnt_met_het_besluit(w):
    traject, gesprek = _gehouden(w)
    pad = f"/trainer/gesprekken/{gesprek.pk}/blad/"
    assert klant(w.t1).get(pad).status_code == 200
    ander = w.verschil()
    vervallen = Gesprek.objects.get(verslag__traject=ander)
    handelingen.besluit_herroepen(ander, door=w.t1, reden="x")
    assert klant(w.t1).get(f"/trainer/gesprekken/{vervallen.pk}/blad/").status_code == 404
    handelingen.afronden_bevestigen(traject, door=traject.kandidaat)
    assert klant(w.t1).get(pad).status_code == 200


def test_wat_trainers_schreven_is_van_de_kandidaat_zodra_het_mag(w):
    """Class "team": given on request once it may be shown, erased with the papers. Before the talk the rule gives nothing."""
    assert {privacy.VELDEN["selectie.Mening"][veld] for veld in ("reactie", "notitie", "concept")} == {privacy.TEAM_WIS}
    traject = w.verschil()
    w.plan_gesprek(traject)
    zichtbaar = Mening.objects.zichtbaar_voor(traject.kandidaat)
    assert list(zichtbaar.values_list("notitie", flat=True)) == []
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    assert list(zichtbaar.values_list("notitie", flat=True)) == ["kanarie-notitie"] * 2
