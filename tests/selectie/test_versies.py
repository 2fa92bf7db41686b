"""What changed between two versions: said to the trainers and to the candidate, in the wording that was answered
then.
"""

import re

import pytest

from selectie import handelingen
from selectie.models import Mening, Profieltekst
from selectie.profiel import actuele_teksten
from selectie.vergelijken import punten, slot, vorige_versie
from tests.aanval.hulp import klant
from tests.fabrieken import verslag_van
from tests.lezen import leesbaar as tekst

ANDERS = {"O01": ("3", "kanarie-anders"), "V08": ("2", ""), "V01": ("3", "kanarie-nieuw")}


@pytest.fixture
def tweede(w):
    """A second version after a conversation: O01 another scale and example, V08 without its example, V01 new, the
    closing answer from past to twijfel.
    """
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    velden = {"conclusie": "twijfel", "waarom": "kanarie-waarom-twee", "taken_tekst": "Dat zie ik mezelf doen."}
    handelingen.verslag_bewaren(traject, door=traject.kandidaat, antwoorden=ANDERS, velden=velden)
    return handelingen.verslag_sturen(verslag_van(traject), door=traject.kandidaat)


def test_wat_veranderde_staat_per_punt_in_een_lijst(tweede):
    eerste = tweede.traject.verslagen.get(versie=1)
    lijsten = [list(v.antwoorden.select_related("profieltekst")) for v in (eerste, tweede)]
    gevonden = {code: (w.keuze, w.tekst, w.voor, w.na) for code, w in punten(*lijsten).items()}
    assert gevonden == {
        "O01": (("Past heel goed", "Past goed"), "anders", "kanarie-voorbeeld", "kanarie-anders"),
        "V08": (None, "weg", "Ik stond te trillen.", ""),
        "V01": (("nog niets gekozen", "Past goed"), "nieuw", "", "kanarie-nieuw"),
    }
    assert [(w.code, w.keuze, w.tekst) for w in slot(eerste, tweede)] == [("slot", ("past", "twijfel"), "anders")]
    assert punten(lijsten[0], lijsten[0]) == {}
    assert slot(eerste, eerste) == []


def test_een_teruggehaalde_versie_telt_niet_als_vorige(w):
    traject = w.traject(6)
    handelingen.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
    nieuw = handelingen.verslag_sturen(verslag_van(traject), door=traject.kandidaat)
    assert vorige_versie(nieuw, list(traject.verslagen.all())) is None
    assert "Alleen wat veranderde" not in tekst(klant(w.t1).get(f"/trainer/verslagen/{nieuw.pk}/"))


def test_de_trainer_leest_wat_veranderde_en_houdt_de_vorige_bij_de_hand(w, tweede):
    eerste, client = tweede.traject.verslagen.get(versie=1), klant(w.t1)
    pad = f"/trainer/verslagen/{tweede.pk}/"
    html = tekst(client.get(pad))
    assert f'href="/trainer/verslagen/{eerste.pk}/"' in html
    # the closing answer and three points
    assert re.search(r"Alleen wat veranderde \(\d+\)", html).group() == "Alleen wat veranderde (4)"
    assert "kanarie-voorbeeld" in html
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", tekst(client.get(f"{pad}?toon=veranderd"))))
    assert "Eerst: Past heel goed" in html
    assert "Eerst: past → , nu: twijfel" in html
    assert "Ik stond te trillen." in html
    assert "Alleen wat veranderde" not in tekst(client.get(f"/trainer/verslagen/{eerste.pk}/"))


def test_de_kandidaat_leest_wat_veranderde_en_niets_van_de_trainers(w, tweede):
    client = klant(tweede.traject.kandidaat)
    w.mening(tweede.traject, w.t1, "past")
    html = tekst(client.get("/mijn/verslag/versie/2/"))
    assert "Wat veranderde er sinds verslag 1?" in html
    assert "Ik stond te trillen." in html
    assert "kanarie-reactie" not in html
    assert "Wat veranderde" not in tekst(client.get("/mijn/verslag/versie/1/"))


def test_een_andere_manier_van_lezen_laat_reacties_op_andere_punten_staan(w, tweede):
    """Only the points of this way of reading are in the form; saving it keeps the replies on the others."""
    client, pad = klant(w.t1), f"/trainer/verslagen/{tweede.pk}/"
    client.get(pad)
    client.post(pad, {"wijziging": 0, "mening": "", "reactie": "", "p_O01": "een", "p_V08": "twee"})
    client.post(f"{pad}?toon=voorbeelden", {"wijziging": 1, "mening": "", "reactie": "", "p_O01": "nieuw"})
    assert Mening.objects.get(verslag=tweede, trainer=w.t1).concept["punten"] == {"O01": "nieuw", "V08": "twee"}
    client.post(pad, {"wijziging": 2, "mening": "", "reactie": "", "p_O01": "nieuw", "p_V08": ""})
    assert Mening.objects.get(verslag=tweede, trainer=w.t1).concept["punten"] == {"O01": "nieuw"}


def test_de_zin_die_is_beantwoord_blijft_bij_de_versie(w):
    """A newer wording never reaches a sent report; the next version answers the new one, and both are said."""
    traject = w.verschil()
    oud = Profieltekst.objects.get(code="O01")
    Profieltekst.objects.create(
        code="O01",
        versie=oud.versie + 1,
        groep=oud.groep,
        volgorde=oud.volgorde,
        tekst="kanarie-folder",
        je="Je doet iets heel anders",
    )
    actuele_teksten.vergeten()
    client = klant(traject.kandidaat)
    assert (
        "Je doet iets heel anders" in tekst(client.get("/mijn/verslag/versie/1/")),
        oud.je in tekst(client.get("/mijn/verslag/versie/1/")),
    ) == (
        False,
        True,
    )
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    handelingen.verslag_bewaren(traject, door=traject.kandidaat, antwoorden={"O01": ("1", "")})
    verslag = handelingen.verslag_sturen(verslag_van(traject), door=traject.kandidaat)
    html = tekst(klant(w.t1).get(f"/trainer/verslagen/{verslag.pk}/"))
    assert "Je doet iets heel anders" in html
    assert f"De zin was toen: “{oud.je}”" in html


def test_na_het_sturen_begint_het_volgende_verslag_bovenaan(w):
    """The form has an address of its own, without the anchor of the page: a browser hands an anchor on to where it
    is led.
    """
    traject = w.traject(6)
    html = tekst(klant(w.t1).get(f"/trainer/verslagen/{traject.verslagen.get().pk}/"))
    assert f'<form method="post" action="/trainer/verslagen/{traject.verslagen.get().pk}/"' in html


def test_de_notitie_voor_trainers_zegt_wie_haar_kan_lezen(w):
    traject = w.traject(6)
    html = tekst(klant(w.t1).get(f"/trainer/verslagen/{traject.verslagen.get().pk}/"))
    naam = traject.kandidaat.voornaam
    assert f"{naam} kan erom vragen. Na het gesprek gaat de notitie mee als {naam} de eigen gegevens downloadt." in html


def test_het_eerste_blad_van_een_nieuw_verslag_toont_de_vorige_antwoorden_en_botst_niet(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    client, pad = klant(traject.kandidaat), "/mijn/verslag/wie-je-bent/1/"
    html = tekst(client.get(pad))
    assert "kanarie-voorbeeld" in html
    basis = re.search(r'name="wijziging" value="([^"]*)"', html).group(1)
    antwoord = client.post(
        pad,
        {"wijziging": basis, "k_O01": "4", "t_O01": "kanarie-voorbeeld", "k_O02": "2"},
        headers={"X-Requested-With": "fetch"},
    )
    assert antwoord.status_code == 200, tekst(antwoord)
    nieuw = traject.verslagen.lopend().get()
    assert {a.profieltekst.code: a.keuze for a in nieuw.antwoorden.select_related("profieltekst") if a.keuze} == {
        "O01": "4",
        "O02": "2",
        "V08": "2",
    }
    assert traject.verslagen.get(versie=1).antwoorden.count() == 2
