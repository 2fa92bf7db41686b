"""Corrections of step 7 and the sheet for the talk: with a reason, beside what was written, without a mail; nothing
of it before release.
"""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht, Rolvervulling
from lms.portaal import privacy
from selectie import handelingen
from selectie.models import Besluit, Gesprek, Gesprekaanvulling, Mening, Meningversie, Puntreactie
from tests.aanval.hulp import klant
from tests.fabrieken import besluit_van, gesprek_van, mening_van, staat, verslag_van
from tests.lezen import leesbaar as tekst


def _gehouden(w, **velden):
    traject = w.verschil()
    w.gesprek(traject, **{"kandidaat": "past", "trainers": "past_niet", **velden})
    return traject, Gesprek.objects.get(verslag__traject=traject)


# --- an own view ------------------------------------------------------------------------------------------------------


def test_een_eigen_mening_terugnemen_maakt_er_weer_een_concept_van(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past_niet")
    aantal = Bericht.objects.count()
    handelingen.mening_heropenen(mening_van(traject, w.t1), door=w.t1, reden="kanarie-reden")
    rij, versie = Mening.objects.get(trainer=w.t1), Meningversie.objects.get()
    assert (rij.gegeven_om, rij.mening, rij.reactie, rij.notitie) == (None, "", "", "")
    assert rij.concept == {
        "mening": "past_niet",
        "reactie": "kanarie-reactie",
        "notitie": "kanarie-notitie",
        "punten": {"V08": "kanarie-punt"},
    }
    assert (versie.mening_id, versie.stelling, versie.reactie, versie.reden) == (
        rij.pk,
        "past_niet",
        "kanarie-reactie",
        "kanarie-reden",
    )
    assert not Puntreactie.objects.exists()
    assert staat(traject) == (7, ["mening_geven:trainer1", "mening_geven:trainer2"])
    assert Bericht.objects.count() == aantal


def test_een_mening_terugnemen_kan_niet_zonder_reden_of_na_de_laatste(w):
    traject = w.traject(6)
    with pytest.raises(ValidationError, match="nog geen mening"):
        handelingen.mening_heropenen(mening_van(traject, w.t1), door=w.t1, reden="x")
    w.mening(traject, w.t1)
    with pytest.raises(ValidationError, match="waarom"):
        handelingen.mening_heropenen(mening_van(traject, w.t1), door=w.t1)
    w.mening(traject, w.t2, "past_niet")
    with pytest.raises(ValidationError, match="in overleg"):
        handelingen.mening_heropenen(mening_van(traject, w.t1), door=w.t1, reden="x")
    handelingen.mening_wijzigen(mening_van(traject, w.t2), door=w.t2, mening="past", reactie="Toch wel.")
    with pytest.raises(ValidationError, match="Neem dan het besluit terug"):
        handelingen.mening_heropenen(mening_van(traject, w.t1), door=w.t1, reden="x")
    assert [(v.mening.trainer, v.stelling) for v in Meningversie.objects.all()] == [
        (w.t2, "past_niet")
    ]  # in overleg the old one is kept too


def test_wie_een_collega_las_neemt_de_eigen_mening_niet_meer_terug(w):
    """A third trainer is asked: the first two have spoken and see each other. What was given then stays."""
    traject = w.traject(6)
    w.mening(traject, w.t1, "past")
    w.mening(traject, w.t2, "past_niet")
    handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Samen.")
    pad = f"/trainer/verslagen/{traject.verslagen.get().pk}/"
    html = tekst(klant(w.t1).get(pad))
    assert "kanarie-reactie" in html
    assert "heropenen/" not in html
    with pytest.raises(ValidationError, match="las de mening van een collega al"):
        handelingen.mening_heropenen(mening_van(traject, w.t1), door=w.t1, reden="Te snel.")


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
    w.herroep(besluit_van(traject), reden="verkeerd aangekruist")
    assert staat(traject) == (7, ["antwoord_na_gesprek:kandidaat", "voorstel_doen:trainer"])
    handelingen.voorstel_doen(gesprek_van(traject), door=w.t1, trainers="past_niet", nieuw_verslag=True)
    w.stem_in(traject)
    handelingen.antwoord_na_gesprek(gesprek_van(traject), door=traject.kandidaat, keuze="past")
    handelingen.verslag_bewaren(traject, door=traject.kandidaat, velden={"waarom": "Nu weet ik het."})
    with pytest.raises(ValidationError, match="schrijft al aan een nieuw verslag"):
        handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="x")
    assert traject.verslagen.lopend().get().waarom == "Nu weet ik het."


def test_een_besluit_is_nooit_veranderd_alleen_teruggenomen(w):
    traject = w.traject(7)
    voor = Besluit.objects.values("pk", "trainers", "kandidaat", "vervolg", "om").get()
    w.herroep(besluit_van(traject), door=w.t2, reden="kanarie-reden")
    assert Besluit.objects.values("pk", "trainers", "kandidaat", "vervolg", "om").get() == voor
    assert Besluit.objects.values_list("herroepen_door", "herroepen_reden").get() == (w.t2.pk, "kanarie-reden")
    assert "kanarie-reden" not in tekst(klant(traject.kandidaat).get("/mijn/gebeurd/"))


# --- the record of a conversation
# --------------------------------------------------------------------------------------


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
    handelingen.afronden_bevestigen(besluit_van(traject), door=traject.kandidaat)
    handelingen.gesprek_aanvullen(gesprek, door=w.t1, tekst="Nog iets.", reden="Vergeten.")
    w.ek1.trainerschappen.create(trainer=w.t3)
    for ander in (w.t3, w.rm, w.bureau, traject.kandidaat):
        with pytest.raises((Geweigerd, PermissionDenied)):
            handelingen.gesprek_aanvullen(gesprek, door=ander, tekst="x", reden="x")
    assert Gesprekaanvulling.objects.count() == 1


def test_aanvullen_kan_niet_voor_het_gesprek_en_niet_bij_een_ander(w):
    w.verschil()
    gesprek = Gesprek.objects.get()
    with pytest.raises(ValidationError, match="nog niet opgeschreven"):
        handelingen.gesprek_aanvullen(gesprek, door=w.t1, tekst="x", reden="x")
    assert klant(w.t1).get(f"/trainer/gesprekken/{gesprek.pk}/aanvullen/").status_code == 404
    _, ander = _gehouden(w)
    with pytest.raises(Geweigerd):
        handelingen.gesprek_aanvullen(ander, door=w.t3, tekst="x", reden="x")


# --- an old page


def _tweede_verslag(w):
    """A first report that ended in "a new report", and a second one on which both say yes. Both decisions."""
    traject = w.verschil("twijfel", "past")
    eerste = w.gesprek(traject, kandidaat="twijfel", trainers="past_niet", nieuw_verslag=True)
    w.verslag(traject)
    w.mening(traject, w.t1)
    return traject, eerste, w.mening(traject, w.t2)


def test_op_de_pagina_van_het_eerste_verslag_gaat_het_besluit_over_het_tweede_nooit_terug(w):
    _, eerste, tweede = _tweede_verslag(w)
    pagina, client = f"/trainer/verslagen/{eerste.verslag_id}/herroepen/", klant(w.t1)
    for besluit, zin in ((eerste, "schrijft al aan een nieuw verslag"), (tweede, "Dit besluit is er niet meer")):
        assert zin in tekst(client.post(pagina, {"besluit": besluit.pk, "waarom": "Verkeerde klik."}))
    assert "is er niet meer" in tekst(client.post(pagina, {"reden": "Verkeerde klik."}))
    assert set(Besluit.objects.geldig()) >= {eerste, tweede}


def test_een_oude_pagina_neemt_niet_terug_wat_er_daarna_besloten_is(w):
    """The decision of the page was taken back and made anew in the meantime: that new one stays."""
    traject = w.traject(7)
    pagina, client = f"/trainer/verslagen/{traject.verslagen.get().pk}/herroepen/", klant(w.t1)
    oud = besluit_van(traject)
    assert f'value="{oud.pk}"' in tekst(client.get(pagina))
    w.herroep(oud, door=w.t2)
    w.mening(traject, w.t1)
    w.mening(traject, w.t2)
    nieuw = besluit_van(traject)
    assert "intussen veranderd" in tekst(client.post(pagina, {"besluit": oud.pk, "waarom": "Verkeerde klik."}))
    assert (nieuw.pk != oud.pk, besluit_van(traject).herroepen_om) == (True, None)


def test_een_later_besluit_gaat_eerst_terug(w):
    traject = w.verschil()
    eerste = besluit_van(traject)
    w.gesprek(traject, kandidaat="past", trainers="past")
    with pytest.raises(ValidationError, match="Neem eerst dat terug"):
        handelingen.besluit_herroepen(eerste, door=w.t1, waarom="x")


def test_het_bureau_ontheft_ook_wie_geen_trainer_meer_is(w):
    traject = w.traject(6)
    handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Voor wie wegging.")
    Rolvervulling.objects.filter(gebruiker=w.t2).update(tot=timezone.localdate())
    mening = mening_van(traject, w.t2)
    pagina, client = f"/bureau/kandidaten/{traject.pk}/trainers/", klant(w.bureau)
    assert f'<option value="{mening.pk}">' in tekst(client.get(pagina))
    stuur = {"daad": "eraf", "eraf-mening": mening.pk, "eraf-waarom": "Werkt hier niet meer."}
    assert client.post(pagina, stuur).status_code == 302
    mening.refresh_from_db()
    assert mening.ontheven_om


# --- the sheet
# ----------------------------------------------------------------------------------------------------------


def test_het_blad_zet_antwoorden_naast_reacties_twijfel_eerst(w):
    traject = w.verschil()
    gesprek = Gesprek.objects.get()
    html = tekst(klant(w.t2).get(f"/trainer/gesprekken/{gesprek.pk}/blad/"))
    plekken = [
        html.index(deel)
        for deel in ("kanarie-waarom", "kanarie-reactie", "Ik stond te trillen.", "kanarie-punt", "kanarie-voorbeeld")
    ]
    assert plekken == sorted(plekken)
    # of both trainers
    assert (html.count("kanarie-reactie"), html.count("kanarie-punt"), html.count("kanarie-notitie")) == (2, 2, 2)
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
    w.herroep(besluit_van(ander))
    assert klant(w.t1).get(f"/trainer/gesprekken/{vervallen.pk}/blad/").status_code == 404
    handelingen.afronden_bevestigen(besluit_van(traject), door=traject.kandidaat)
    assert klant(w.t1).get(pad).status_code == 200


def test_wat_trainers_schreven_is_van_de_kandidaat_zodra_het_mag(w):
    """Class "team": given on request once it may be shown, erased with the papers.

    Before the talk the rule gives nothing.
    """
    assert {privacy.VELDEN["selectie.Mening"][veld] for veld in ("reactie", "notitie", "concept")} == {privacy.TEAM_WIS}
    traject = w.verschil()
    w.plan_gesprek(traject)
    zichtbaar = Mening.objects.zichtbaar_voor(traject.kandidaat)
    assert list(zichtbaar.values_list("notitie", flat=True)) == []
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    assert list(zichtbaar.values_list("notitie", flat=True)) == ["kanarie-notitie"] * 2
