"""The pages of steps 1 to 8 as people use them: what is shown, kept and refused."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lms.kern import handelingen as kern
from lms.kern.handelingen import VOORBIJ
from lms.kern.models import Bericht, Bestand, Gebruiker, Regio, Traject
from selectie import handelingen
from selectie.models import Aanmeldconcept, Aanmelding, Gesprek, Mening, Voorstel
from tests.aanval import maken
from tests.fabrieken import gesprek_van
from tests.lezen import leesbaar as tekst
from tests.post import bezorgd, code


def als(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def geheim(html, naam="verzoek_id"):
    return re.search(rf'name="{naam}" value="([^"]*)"', html).group(1)


def verborgen(html):
    """The hidden fields of a check page."""
    return {naam: geheim(html, naam) for naam in ("verzoek_id", "gezien")}


# --- applying ---------------------------------------------------------------------------------------------------------


def _gegevens(**anders):
    basis = {
        "voornaam": "Fatima",
        "achternaam": "El Idrissi",
        "email": "fatima@demo.example",
        "telefoon": "06 12345678",
        "woonplaats": "Zwolle",
    }
    return {**basis, "regio": Regio.objects.get(naam="Noord").pk, **anders}


def _tot_code(client, **anders):
    client.post("/aanmelden/", _gegevens(**anders))
    client.post("/aanmelden/brief/", {"motivatie": "Mijn brief", "cv": "Mijn cv"})
    client.post("/aanmelden/onafhankelijk/", {"onafhankelijk": "nee", "akkoord": "on"})
    nakijken(client)
    return code()


def nakijken(client):
    """Read the application through and confirm it, as the page asks."""
    return client.post(
        "/aanmelden/nakijken/", {"gelezen": geheim(tekst(client.get("/aanmelden/nakijken/")), "gelezen")}
    )


def test_aanmelden_bewaart_en_gaat_verder_met_de_link_uit_de_mail(client, db):
    client.post("/aanmelden/", _gegevens())
    client.post("/aanmelden/brief/", {"motivatie": "Mijn brief", "cv": ""})
    link = re.search(r"https?://[^/]+(/aanmelden/verder/\S+)", bezorgd()[0].body).group(1)
    ander_toestel = Client()
    assert ander_toestel.post(link).url == "/aanmelden/nakijken/"
    html = tekst(ander_toestel.get("/aanmelden/nakijken/"))
    assert "Mijn brief" in html
    assert "Schrijf je cv." in html
    assert not Traject.objects.exists()


def test_nee_bij_onafhankelijk_houdt_niemand_tegen(client, db):
    mailcode = _tot_code(client)
    assert client.post("/aanmelden/code/", {"code": mailcode}).url == "/mijn/"
    assert Aanmelding.objects.get().onafhankelijk is False
    assert Bericht.objects.get(soort="aanmelding_ontvangen").aan.email == "fatima@demo.example"
    assert not Aanmeldconcept.objects.exists()


def test_een_verkeerde_code_telt_en_na_vijf_keer_werkt_ook_de_goede_niet(client, db):
    mailcode = _tot_code(client)
    fout = "000000" if mailcode != "000000" else "111111"
    for _ in range(5):
        assert "klopt niet" in tekst(client.post("/aanmelden/code/", {"code": fout}))
    assert "werkt niet meer" in tekst(client.post("/aanmelden/code/", {"code": mailcode}))
    assert not Gebruiker.objects.exists()


def test_gekozen_datum_is_een_wens_en_wordt_een_plek_bij_uitnodigen(client, w):
    straks = w.groep("informatie", 1, [], over=9)
    client.get(f"/aanmelden/?bijeenkomst={straks.pk}")
    client.post(f"/aanmelden/?bijeenkomst={straks.pk}", _gegevens())
    client.post("/aanmelden/brief/", {"motivatie": "b", "cv": "c"})
    client.post("/aanmelden/onafhankelijk/", {"onafhankelijk": "ja", "akkoord": "on"})
    nakijken(client)
    client.post("/aanmelden/code/", {"code": code()})
    traject = Traject.objects.get(kandidaat__email="fatima@demo.example")
    assert not traject.deelnames.exists()
    handelingen.aanmelding_beantwoorden(traject.aanmelding, door=w.bureau, antwoord="uitnodigen")
    assert traject.deelnames.get().uitvoering == straks


def test_een_geweigerd_bestand_laat_de_getypte_tekst_staan(client, db):
    client.post("/aanmelden/", _gegevens())
    bestand = SimpleUploadedFile("cv.pdf", b"MZ this is a program", content_type="application/pdf")
    html = tekst(client.post("/aanmelden/brief/", {"motivatie": "Mijn lange brief", "cv": "", "cv_bestand": bestand}))
    assert "Dit is een programma." in html
    assert "Mijn lange brief" in html
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == "Mijn lange brief"
    assert not Bestand.objects.exists()


VANZELF = {"HTTP_X_REQUESTED_WITH": "fetch"}


def test_de_brief_bewaart_zichzelf_en_een_ander_tabblad_wordt_niet_overschreven(client, db):
    client.post("/aanmelden/", _gegevens())
    basis = geheim(tekst(client.get("/aanmelden/brief/")), "wijziging")
    gegevens = {"motivatie": "Half af.", "cv": "", "wijziging": basis}
    antwoord = client.post("/aanmelden/brief/", gegevens, **VANZELF)
    assert antwoord.json()["tekst"].startswith("Bewaard om ")
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == "Half af."
    verder = gegevens | {"motivatie": "Helemaal af.", "wijziging": antwoord.json()["wijziging"]}
    assert client.post("/aanmelden/brief/", verder, **VANZELF).status_code == 200
    oud = client.post("/aanmelden/brief/", gegevens | {"motivatie": "Een oud tabblad."}, **VANZELF)
    assert (oud.status_code, oud.json()["tekst"][:17]) == (409, "Nog niet bewaard.")
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == "Helemaal af."


def test_de_brief_die_zichzelf_bewaart_houdt_het_goede_deel_en_laat_bestanden_met_rust(client, db):
    client.post("/aanmelden/", _gegevens())
    client.post(
        "/aanmelden/brief/", {"motivatie": "b", "cv": "", "cv_bestand": SimpleUploadedFile("cv.pdf", maken.pdf())}
    )
    antwoord = client.post(
        "/aanmelden/brief/", {"motivatie": "x" * 10_001, "cv": "Mijn cv.", "weg_cv": "on"}, **VANZELF
    )
    assert (antwoord.status_code, antwoord.json()["tekst"][:25]) == (400, "Nog niet alles is bewaard")
    concept = Aanmeldconcept.objects.get()
    assert (concept.gegevens["motivatie"], concept.gegevens["cv"]) == ("b", "Mijn cv.")
    assert concept.cv_bestand.naam == "cv.pdf"


def test_twee_tabbladen_van_een_aanmelding_bewaren_beide_teksten(client, db):
    client.post("/aanmelden/", _gegevens())
    basis = geheim(tekst(client.get("/aanmelden/brief/")), "wijziging")
    client.post("/aanmelden/brief/", {"motivatie": "eerste tab", "cv": "cv", "wijziging": basis})
    html = tekst(client.post("/aanmelden/brief/", {"motivatie": "tweede tab", "cv": "cv", "wijziging": basis}))
    assert "eerste tab" in html
    assert "tweede tab" in html
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == "eerste tab"
    nieuw = geheim(html, "wijziging")
    assert (
        client.post("/aanmelden/brief/", {"motivatie": "tweede tab", "cv": "cv", "wijziging": nieuw}).status_code == 302
    )
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == "tweede tab"


# --- the report -------------------------------------------------------------------------------------------------------


def _bewaar(client, pad, **velden):
    return client.post(pad, velden, headers={"X-Requested-With": "fetch"})


def test_vanzelf_bewaren_antwoordt_met_tijd_en_nieuwe_afdruk(w):
    traject = w.traject(5)
    client, pad = als(traject.kandidaat), "/mijn/verslag/wie-je-bent/1/"
    basis = geheim(tekst(client.get(pad)), "wijziging")
    antwoord = _bewaar(client, pad, wijziging=basis, k_O01="3", t_O01="voorbeeld")
    assert antwoord.json()["tekst"].startswith("Bewaard om ")
    assert antwoord.json()["wijziging"] != basis
    assert "voorbeeld" in tekst(client.get(pad))


def test_twee_tabbladen_tonen_beide_teksten_en_de_mens_kiest(w):
    traject = w.traject(5)
    client, pad = als(traject.kandidaat), "/mijn/verslag/wie-je-bent/1/"
    basis = geheim(tekst(client.get(pad)), "wijziging")
    client.post(pad, {"wijziging": basis, "k_O01": "3", "t_O01": "eerste tab"})
    assert _bewaar(client, pad, wijziging=basis, k_O01="4", t_O01="tweede tab").status_code == 409
    html = tekst(client.post(pad, {"wijziging": basis, "k_O01": "4", "t_O01": "tweede tab"}))
    assert "eerste tab" in html
    assert "tweede tab" in html
    assert client.post(pad, {"wijziging": basis, "toch": "1", "k_O01": "4", "t_O01": "tweede tab"}).status_code == 302
    assert traject.verslagen.get().antwoorden.get(profieltekst__code="O01").tekst == "tweede tab"


def test_een_keuze_die_niet_bestaat_en_een_te_lange_tekst(w):
    client, pad = als(w.traject(5).kandidaat), "/mijn/verslag/wie-je-bent/1/"
    assert "Kies een van de antwoorden die er staan" in tekst(client.post(pad, {"k_O01": "9"}))
    lang = "x" * 10_001
    html = tekst(client.post(pad, {"k_O01": "3", "t_O01": lang}))
    assert "Deze tekst is te lang" in html
    assert lang in html


@pytest.mark.parametrize(
    "pad",
    [
        "/mijn/verslag/onzin/1/",
        "/mijn/verslag/wie-je-bent/0/",
        "/mijn/verslag/wie-je-bent/4/",
        "/mijn/verslag/versie/7/",
    ],
)
def test_een_blad_dat_er_niet_is(w, pad):
    assert als(w.traject(5).kandidaat).get(pad).status_code == 404


def test_sturen_zonder_antwoord_zegt_wat_er_nog_mist(w):
    traject = w.traject(5)
    client = als(traject.kandidaat)
    client.post("/mijn/verslag/wie-je-bent/1/", {"k_O01": "3"})
    html = tekst(client.post("/mijn/verslag/nakijken/", verborgen(tekst(client.get("/mijn/verslag/nakijken/")))))
    assert "past het werk bij jou?" in html
    assert "/mijn/verslag/jouw-antwoord/" in html


def test_terughalen_verdwijnt_zodra_een_trainer_leest(w):
    traject = w.traject(6)
    client = als(traject.kandidaat)
    assert "Haal mijn verslag terug" in tekst(client.get("/mijn/verslag/"))
    als(w.t1).get(f"/trainer/verslagen/{traject.verslagen.get().pk}/")
    assert "Haal mijn verslag terug" not in tekst(client.get("/mijn/verslag/"))
    assert client.post("/mijn/verslag/terughalen/", {"verzoek_id": "x"}).status_code == 302
    assert traject.verslagen.count() == 1


def test_eigen_verslag_toont_de_tekst_die_is_beantwoord(w):
    traject = w.traject(6)
    html = tekst(als(traject.kandidaat).get("/mijn/verslag/versie/1/"))
    assert "kanarie-voorbeeld" in html
    assert "Past heel goed" in html


# --- trainers ---------------------------------------------------------------------------------------------------------


def test_trainer_leest_geeft_mening_en_krijgt_het_volgende_verslag_aangeboden(w):
    eerste, tweede = w.traject(6), w.traject(6)
    client = als(w.t1)
    pad = f"/trainer/verslagen/{eerste.verslagen.get().pk}/"
    html = tekst(client.get(pad))
    assert "1 van 2" in html
    assert html.index("Ik stond te trillen.") < html.index("kanarie-voorbeeld")  # doubt first
    antwoord = client.post(
        pad, {"wijziging": geheim(html, "wijziging"), "mening": "past", "reactie": "Mooi.", "p_V08": "Dat zag ik ook."}
    )
    html = tekst(client.get(antwoord.url))
    assert "Het past" in html
    antwoord = client.post(antwoord.url, verborgen(html))
    assert antwoord.url == pad  # never inside another's
    html = tekst(client.get(pad))
    assert "We wachten op Trainer2." in html
    assert f'href="/trainer/verslagen/{tweede.verslagen.get().pk}/"' in html
    assert Mening.objects.get(verslag__traject=eerste, trainer=w.t1).mening == "past"


def test_mening_zonder_reactie_blijft_concept(w):
    traject = w.traject(6)
    client, pad = als(w.t1), f"/trainer/verslagen/{traject.verslagen.get().pk}/"
    client.get(pad)
    client.post(pad, {"wijziging": "0", "mening": "past", "reactie": ""})
    html = tekst(client.post(f"{pad}nakijken/", verborgen(tekst(client.get(f"{pad}nakijken/")))))
    assert "Schrijf een reactie aan de kandidaat." in html
    assert Mening.objects.get(trainer=w.t1).gegeven_om is None


def test_dubbel_sturen_van_een_mening_geeft_een_mening(w):
    traject = w.traject(6)
    client, pad = als(w.t1), f"/trainer/verslagen/{traject.verslagen.get().pk}/"
    client.get(pad)
    client.post(pad, {"wijziging": "0", "mening": "past", "reactie": "Goed."})
    html = tekst(client.get(f"{pad}nakijken/"))
    for _ in range(2):
        assert client.post(f"{pad}nakijken/", verborgen(html)).status_code == 302
    assert Mening.objects.filter(gegeven_om__isnull=False).count() == 1


def test_collega_blijft_verborgen_tot_de_eigen_mening_er_is(w):
    traject = w.traject(6)
    w.mening(traject, w.t2, "past_niet")
    pad = f"/trainer/verslagen/{traject.verslagen.get().pk}/"
    html = tekst(als(w.t1).get(pad))
    assert "kanarie-reactie" not in html
    assert "is klaar" in html
    w.mening(traject, w.t1, "past")
    assert "kanarie-reactie" in tekst(als(w.t1).get(pad))
    assert als(w.t3).get(pad).status_code == 404


def test_tweede_trainer_die_hetzelfde_gesprek_opschrijft_houdt_zijn_tekst(w):
    traject = w.verschil()
    gesprek = Gesprek.objects.get()
    pad = f"/trainer/gesprekken/{gesprek.pk}/vastleggen/"
    velden = {"gehouden_op": str(timezone.localdate()), "aanwezigen": "wij", "trainers": "past", "nagekeken": "ja"}
    assert als(w.t1).post(pad, {**velden, "afspraken": "tekst van een"}).status_code == 302
    html = tekst(als(w.t2).post(pad, {**velden, "afspraken": "tekst van twee"}))
    assert "tekst van een" in html
    assert "tekst van twee" in html
    assert Voorstel.objects.filter(verslag__traject=traject).count() == 1


@pytest.mark.parametrize(
    "velden",
    [
        {},
        {"dag_1": "2020-01-01", "tijd_1": "10:00", "plek_1": "hier"},
        {"dag_1": "2099-01-01"},
        {"dag_1": "gisteren", "tijd_1": "x", "plek_1": "y"},
    ],
)
def test_momenten_die_niet_kunnen(w, velden):
    w.verschil()
    gesprek = Gesprek.objects.get()
    antwoord = als(w.t1).post(f"/trainer/gesprekken/{gesprek.pk}/", {"verzoek_id": "a", **velden})
    assert antwoord.status_code == 200
    assert 'class="errors"' in tekst(antwoord)
    assert not gesprek.momenten.exists()


# --- the candidate's decision page ------------------------------------------------------------------------------------


def test_besluitpagina_per_fase(w):
    traject = w.traject(6)
    client = als(traject.kandidaat)
    assert "Je trainers lezen je verslag" in tekst(client.get("/mijn/besluit/"))
    w.mening(traject, w.t1, "past_niet")
    w.mening(traject, w.t2, "past_niet")
    assert "We willen graag met je praten over je verslag" in tekst(client.get("/mijn/besluit/"))
    w.plan_gesprek(traject)
    assert "Jullie praten op" in tekst(client.get("/mijn/besluit/"))
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    html = tekst(client.get("/mijn/besluit/"))
    assert "kanarie-reactie" in html
    assert "Ik zie dit anders" in html
    assert html.index("kanarie-reactie") < html.index("Rond mijn traject af")  # nothing that ends comes first
    assert client.post("/mijn/besluit/afronden/", {"verzoek_id": "z", "bewaren": "on"}).status_code == 302
    assert not Traject.objects.get(pk=traject.pk).is_lopend


def test_beide_zeggen_past_niet_toont_geen_oordeel_van_de_trainers(w):
    traject = w.traject(7, conclusie="past_niet", mening="past_niet")
    html = tekst(als(traject.kandidaat).get("/mijn/besluit/"))
    assert "kanarie-reactie" in html
    assert "Trainers zeggen" not in html
    assert "nog) niet" not in html


def test_na_de_termijn_zegt_de_pagina_dat_we_nog_bezig_zijn(w):
    traject = w.traject(6)
    traject.verslagen.update(reactie_voor=timezone.localdate() - dt.timedelta(days=1))
    traject.beurten.update(uiterlijk_op=timezone.localdate() - dt.timedelta(days=1))
    client = als(traject.kandidaat)
    for pad in ("/mijn/", "/mijn/besluit/"):
        assert "We zijn nog bezig" in tekst(client.get(pad))


def test_een_moment_van_een_ander_gesprek_kan_niet(w):
    traject, ander = w.verschil(), w.verschil()
    for rij in (traject, ander):
        handelingen.gesprek_voorstellen(
            gesprek_van(rij), door=w.t1, momenten=[(timezone.now() + dt.timedelta(days=1), "Telefoon")]
        )
    vreemd = Gesprek.objects.get(verslag__traject=ander).momenten.get()
    html = tekst(als(traject.kandidaat).post("/mijn/besluit/", {"moment": vreemd.pk}))
    assert "Dit moment kan niet meer" in html


# --- stopping, gate, files --------------------------------------------------------------------------------------------


def test_gestopt_traject_is_te_lezen_en_niet_te_veranderen(w):
    traject = w.traject(5)
    kern.traject_stoppen(traject, door=traject.kandidaat)
    client = als(traject.kandidaat)
    assert "Ik wil weer verder" in tekst(client.get("/mijn/"))
    assert client.get("/mijn/verslag/wie-je-bent/1/").url == "/mijn/verslag/"
    antwoord = client.post("/mijn/notities/", {"tekst": "x"})
    assert antwoord.status_code == 403
    assert "Dit traject is gestopt." in tekst(antwoord)
    assert client.post("/mijn/hervatten/", {"verzoek_id": "h"}).url == "/mijn/"


def test_bestand_is_een_bijlage_die_niets_kan_en_wie_keek_staat_erbij(w, settings):
    traject = w.traject(1)
    bestand = Bestand(traject=traject, soort="cv", naam="mijn cv.pdf", mime="application/pdf", grootte=4)
    bestand.inhoud.save("cv", SimpleUploadedFile("cv.pdf", b"%PDF"))
    bestand.save()
    antwoord = als(w.bureau).get(f"/bestand/{bestand.uuid}/")
    assert b"".join(antwoord.streaming_content) == b"%PDF"
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert antwoord["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Bureau" in tekst(als(traject.kandidaat).get("/mijn/gegevens/"))
    assert als(w.rm).get(f"/bestand/{bestand.uuid}/").status_code == 404


def test_poort_namens_de_kandidaat_en_terugnemen(w):
    traject = w.traject(7)
    client, pad = als(w.bureau), f"/bureau/kandidaten/{traject.pk}/poort/"
    assert "Kies de datum" in tekst(
        client.post(pad, {"daad": "vog", "afgegeven_op": str(timezone.localdate() + dt.timedelta(days=2))})
    )
    client.post(pad, {"daad": "vog", "afgegeven_op": str(timezone.localdate())})
    client.post(pad, {"daad": "onafhankelijk", "verzoek_id": "n"})
    assert traject.poortpunten.count() == 2
    velden = {"daad": "herroepen", "poortpunt": traject.poortpunten.get(punt="vog").pk, "reden": "verkeerde persoon"}
    client.post(pad, velden)
    assert traject.poortpunten.nu().get().punt == "onafhankelijk"


def test_een_oude_pagina_neemt_geen_latere_vog_terug(w):
    """Taken back and seen anew in another tab: what was confirmed here is the first one."""
    traject = w.traject(7)
    client, pad = als(w.bureau), f"/bureau/kandidaten/{traject.pk}/poort/"
    oud = handelingen.vog_vastleggen(traject, door=w.bureau, afgegeven_op=timezone.localdate())
    handelingen.poortpunt_herroepen(oud, door=w.bureau, reden="verkeerde persoon")
    handelingen.vog_vastleggen(traject, door=w.bureau, afgegeven_op=timezone.localdate())
    for nummer in (oud.pk, 10**18, "x", ""):
        html = tekst(client.post(pad, {"daad": "herroepen", "poortpunt": nummer, "reden": "nog eens"}))
        assert VOORBIJ in html
    assert traject.poortpunten.nu().count() == 1
