"""The privacy page: every sentence on it is bound to a test, and its numbers are the settings of now."""

import ast
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cursus.blocks import Tekst
from cursus.inhoud import html, lees
from lms.kern import handelingen
from lms.kern.bewaartermijnen import PLEKKEN, in_woorden, ingevuld
from lms.kern.instellingen import STANDAARD
from selectie import handelingen as selectie
from tests.lezen import leesbaar

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
STOP, NA = "portaal/test_bewaartermijn.py", "portaal/test_bewaren_na_registratie.py"
PAG = "portaal/test_bewaren_paginas.py"
HIER = "portaal/test_privacypagina.py"

# sentence -> the tests (file::function) that break when it is no longer true
ZINNEN = {
    # who is responsible
    "De Eigen Kracht Centrale is verantwoordelijk voor je gegevens.": [
        f"{HIER}::test_wie_verantwoordelijk_is_staat_er"
    ],
    "Onderaan deze pagina staat hoe je ons bereikt.": [f"{HIER}::test_wie_verantwoordelijk_is_staat_er"],
    # what and why
    "Je naam en hoe we je bereiken.": [f"{NA}::test_alles_wat_wordt_gewist_heeft_een_moment"],
    "Dan kunnen we je antwoorden en uitnodigen.": [
        "selectie/test_antwoorden.py::test_uitnodigen_bewaart_de_veranderde_brief_en_de_mail_heeft_alleen_een_link",
    ],
    "Je brief en je cv.": [f"{HIER}::test_wat_je_stuurde_lees_je_terug"],
    "Zo leren we je kennen.": ["selectie/test_antwoorden.py::test_een_brief_is_alleen_voor_bureau_en_kandidaat"],
    "Waar je bent in de acht stappen, en op welke dagen je er was.": [
        f"{HIER}::test_je_regiomanager_ziet_je_stap_en_leest_je_brief_niet",
    ],
    "Zo weet iedereen wie er aan de beurt is.": [
        "test_huis.py::test_elke_beurt_heeft_een_pagina_woorden_en_een_termijn"
    ],
    "Je verslag en de reacties daarop.": [f"{NA}::test_verslag_reacties_en_gesprek_gaan_een_jaar_na_de_registratie"],
    "Daarmee besluiten jij en je trainers samen.": ["test_doorloop.py::test_het_hele_verhaal_van_brief_tot_scope"],
    "Word je coördinator: je certificaat en je registratie.": [
        f"{NA}::test_de_evaluatie_gaat_na_twee_jaar_en_het_certificaat_blijft",
    ],
    "Zo kunnen we je vragen voor een conferentie.": ["test_doorloop.py::test_het_hele_verhaal_van_brief_tot_scope"],
    "Je VOG laat je zien.": ["test_huis.py::test_wat_een_trainer_schreef_staat_bij_het_team"],
    "We bewaren er geen kopie van.": ["test_huis.py::test_wat_een_trainer_schreef_staat_bij_het_team"],
    # on what ground
    "Bij je aanmelding vragen we je toestemming.": [f"{HIER}::test_zonder_toestemming_gaat_er_geen_aanmelding_weg"],
    "Zonder die toestemming kun je je aanmelding niet sturen.": [
        f"{HIER}::test_zonder_toestemming_gaat_er_geen_aanmelding_weg",
    ],
    "Wil je het later niet meer?": [f"{PAG}::test_na_het_stoppen_komt_de_vraag_en_ja_en_nee_zijn_te_veranderen"],
    "Dan stop je, zonder reden, en dan wissen we je gegevens.": [
        f"{STOP}::test_van_wie_stopte_staat_nergens_meer_een_woord",
    ],
    "Voor eten en toegang bij een training vragen we je toestemming apart.": [
        "cursus/test_wensen.py::test_vertellen_en_teruglezen",
    ],
    "Ook als we je gegevens langer mogen bewaren, vragen we dat apart.": [
        f"{STOP}::test_met_toestemming_een_jaar_en_met_versie_en_moment",
    ],
    "Die toestemming trek je zelf weer in.": [f"{STOP}::test_intrekken_brengt_de_eerste_dag_terug_en_daarna_morgen"],
    "Een certificaat moet iedereen kunnen controleren.": ["certificering/test_controle.py::test_valid"],
    "Daarom bewaren we dat ook als je registratie is geëindigd.": [
        f"{NA}::test_zeven_jaar_na_het_einde_van_de_registratie_gaan_naam_mails_en_logboek",
    ],
    # who sees what
    "Je brief en cv: jij, je trainers en het bureau.": [f"{HIER}::test_een_andere_kandidaat_ziet_niets_van_jou"],
    "Je verslag: jij en je eigen trainers.": [
        "aanval/test_geheim.py::test_een_trainer_van_een_andere_groep_leest_niets",
        f"{HIER}::test_het_bureau_leest_je_verslag_niet",
    ],
    "Je stap en je regio: ook je regiomanager.": [
        f"{HIER}::test_je_regiomanager_ziet_je_stap_en_leest_je_brief_niet",
    ],
    "Andere kandidaten zien niets van jou.": [f"{HIER}::test_een_andere_kandidaat_ziet_niets_van_jou"],
    "Wie het nummer van je certificaat weet, ziet je naam en of het geldig is.": [
        "certificering/test_controle.py::test_valid",
        "certificering/test_controle.py::test_ended_states_without_the_reason",
    ],
    "Leest iemand van ons je brief, cv of verslag?": [
        "fouten/test_inzage.py::test_elke_pagina_met_een_tekst_van_een_ander_staat_in_het_journaal",
    ],
    "Dan schrijven we dat op.": [
        "fouten/test_inzage.py::test_elke_pagina_met_een_tekst_van_een_ander_staat_in_het_journaal",
    ],
    "Bij ‘Mijn gegevens’ zie je wie er keek.": ["aanval/test_geheim.py::test_na_de_vrijgave_staat_erbij_wie_keek"],
    # food and access
    "Heb je iets nodig bij eten of toegang?": ["cursus/test_wensen.py::test_vertellen_en_teruglezen"],
    "Je vertelt het alleen als je dat wilt.": ["cursus/test_wensen.py::test_vertellen_en_teruglezen"],
    "Je trainers en het bureau lezen het.": ["cursus/test_wensen.py::test_wie_het_las_staat_in_het_logboek"],
    "Haal je het weg, dan is het meteen weg.": ["cursus/test_wensen.py::test_een_veld_leegmaken_is_meteen_weg"],
    "De dag na de laatste trainingsdag wissen we het.": [
        "cursus/test_wensen.py::test_op_de_laatste_dag_staat_het_er_nog_en_de_dag_erna_nergens_meer"
    ],
    # how long
    "Zolang je traject loopt of wacht, wissen we niets.": [
        f"{STOP}::test_de_klok_loopt_alleen_voor_een_traject_dat_is_geeindigd",
    ],
    "Kies je ‘later’, dan ook niet.": [f"{STOP}::test_de_klok_loopt_alleen_voor_een_traject_dat_is_geeindigd"],
    "Een aanmelding die je niet verstuurt: {concept_aanmelding}.": [
        "test_vangnet.py::test_een_oud_concept_gaat_weg_met_zijn_bestand"
    ],
    "Tekst die je typt en niet verstuurt: {kladje}.": [
        "kern/test_kladjes.py::test_na_zeven_dagen_ruimt_de_werker_het_op"
    ],
    "Stop je, zeg je nee of ronden we samen af: nog {bewaren}.": [f"{STOP}::test_elk_einde_belooft_een_dag"],
    "Met jouw toestemming {bewaren_met_toestemming}.": [
        f"{STOP}::test_met_toestemming_een_jaar_en_met_versie_en_moment"
    ],
    "Word je geregistreerd: je brief en cv nog {bewaren_brief}.": [
        f"{NA}::test_brief_en_cv_gaan_28_dagen_na_de_registratie_en_de_rest_blijft",
    ],
    "Je verslag, de reacties en wat over gesprekken is opgeschreven: nog {bewaren_verslag} na je registratie.": [
        f"{NA}::test_verslag_reacties_en_gesprek_gaan_een_jaar_na_de_registratie",
    ],
    "De teksten van je evaluatie: nog {bewaren_evaluatie} na je registratie.": [
        f"{NA}::test_de_evaluatie_gaat_na_twee_jaar_en_het_certificaat_blijft",
    ],
    "Je verslag na EK2: nog {bewaren_evaluatie} nadat het in het register staat.": [
        f"{NA}::test_het_verslag_na_ek2_gaat_twee_jaar_na_het_register",
    ],
    "Eindigt je registratie: je naam, de lijst met mails en het logboek nog {bewaren_journaal}.": [
        f"{NA}::test_zeven_jaar_na_het_einde_van_de_registratie_gaan_naam_mails_en_logboek",
    ],
    "Als je stopt, noemen we de dag waarop we wissen.": [
        f"{PAG}::test_de_kijkpagina_zegt_wat_stopt_wat_blijft_en_welke_dag_we_wissen",
        f"{PAG}::test_de_mail_na_een_einde_noemt_de_dag_en_vraagt_het",
    ],
    "Kom je vóór die dag terug, dan ga je verder waar je was.": [
        f"{STOP}::test_terugkomen_stopt_de_klok_en_een_volgend_einde_vraagt_opnieuw",
    ],
    "Is er gewist, dan krijg je een mail.": [
        f"{STOP}::test_de_laatste_mail_gaat_naar_het_adres_en_dan_is_ook_dat_weg",
        f"{NA}::test_brief_en_cv_gaan_28_dagen_na_de_registratie_en_de_rest_blijft",
    ],
    "Dat iemand een stap deed of er een dag was, blijft staan.": [
        f"{STOP}::test_van_wie_stopte_staat_nergens_meer_een_woord",
    ],
    "Zonder teksten.": [f"{STOP}::test_van_wie_stopte_staat_nergens_meer_een_woord"],
    "Stop je helemaal, dan ook zonder je naam.": [
        f"{STOP}::test_van_wie_stopte_staat_nergens_meer_een_woord",
        f"{STOP}::test_wie_nog_iets_anders_bij_ons_is_houdt_naam_en_account",
    ],
    # rights
    "Wat je ons stuurde, zie je op je eigen pagina.": [f"{HIER}::test_wat_je_stuurde_lees_je_terug"],
    "Je naam en hoe we je bereiken, verander je bij ‘Mijn gegevens’.": [f"{HIER}::test_je_verandert_zelf_je_gegevens"],
    "Daar staat ook wat we tot wanneer bewaren.": [f"{PAG}::test_bij_mijn_gegevens_staat_wat_we_tot_wanneer_bewaren"],
    "Wil je een kopie, of wil je dat we iets eerder wissen?": [f"{HIER}::test_wie_verantwoordelijk_is_staat_er"],
    "Bel of mail ons.": [f"{HIER}::test_wie_verantwoordelijk_is_staat_er"],
    "Ben je het ergens niet mee eens?": [f"{HIER}::test_wie_verantwoordelijk_is_staat_er"],
    "Je kunt ook een klacht indienen bij de Autoriteit Persoonsgegevens: autoriteitpersoonsgegevens.nl.": [
        f"{HIER}::test_wie_verantwoordelijk_is_staat_er",
    ],
    # no followers
    "Deze site plaatst geen advertenties en volgt je niet.": [
        "test_huis.py::test_kopregels_op_een_gewone_en_een_eigen_pagina",
        f"{HIER}::test_er_zijn_geen_koekjes_die_volgen",
    ],
    "We gebruiken alleen wat nodig is om je ingelogd te houden en om je tekst niet te verliezen.": [
        f"{HIER}::test_er_zijn_geen_koekjes_die_volgen",
    ],
}


def blokken():
    return next(pagina for pagina in lees("paginas")["paginas"] if pagina["slug"] == "privacy")["inhoud"]


def zinnen():
    alineas = [alinea.removeprefix("- ") for blok in blokken() for alinea in blok["tekst"]]
    return [zin for alinea in alineas for zin in re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Ž])", alinea)]


def test_elke_zin_is_gebonden_aan_een_test_die_bestaat():
    assert set(zinnen()) == set(ZINNEN)
    functies = {}
    for plekken in ZINNEN.values():
        for plek in plekken:
            pad, _, naam = plek.partition("::")
            if pad not in functies:
                boom = ast.parse((ROOT / pad).read_text())
                functies[pad] = {k.name for k in ast.walk(boom) if isinstance(k, ast.FunctionDef)}
            assert naam in functies[pad], plek


def test_de_getallen_op_de_pagina_zijn_de_instellingen_van_nu(w):
    tekst = leesbaar(Client().get("/privacy/"))
    for woorden in (
        "nog 28 dagen",
        "een jaar",
        "nog 2 jaar nadat",
        "nog 7 jaar",
        "verstuurt: 30 dagen",
        "verstuurt: 7 dagen",
    ):
        assert woorden in tekst
    assert b"&lt;" not in Client().get("/privacy/").content  # the markup of the editor stays markup
    assert "{" not in re.sub(r"<[^>]+>", "", tekst.split("<main")[1])
    for code, waarde, woorden in (
        ("bewaren", 40, "af: nog 40 dagen"),
        ("bewaren_met_toestemming", 200, "toestemming 200 dagen"),
        ("bewaren_brief", 1, "brief en cv nog 1 dag"),
        ("bewaren_verslag", 730, "opgeschreven: nog 2 jaar"),
        ("bewaren_evaluatie", 365, "EK2: nog een jaar"),
        ("bewaren_journaal", 5, "logboek nog 5 jaar"),
        ("concept_aanmelding", 12, "verstuurt: 12 dagen"),
    ):
        handelingen.instelling_wijzigen(door=w.bureau, code=code, waarde=waarde)
        assert woorden in leesbaar(Client().get("/privacy/")), code


def test_elke_plek_in_de_tekst_is_er_en_een_andere_wordt_geweigerd():
    assert {naam for zin in zinnen() for naam in re.findall(r"\{(\w+)\}", zin)} == set(PLEKKEN)
    assert all(code in STANDAARD for code in PLEKKEN if code != "kladje")
    blok = Tekst()
    goed = blok.to_python({"kop": "Hoe lang", "tekst": html(["Nog {bewaren}."])})
    assert blok.clean(goed)
    with pytest.raises(ValidationError):
        blok.clean(blok.to_python({"kop": "Hoe lang", "tekst": html(["Nog {altijd}."])}))
    assert ingevuld("{bewaren} en {altijd}") == f"{in_woorden('bewaren')} en {{altijd}}"


def test_wie_verantwoordelijk_is_staat_er(db):
    tekst = leesbaar(Client().get("/privacy/"))
    assert "De Eigen Kracht Centrale is verantwoordelijk voor je gegevens." in tekst
    for woord in ("038 - 422 25 26", "info@eigen-kracht.nl", "autoriteitpersoonsgegevens.nl"):
        assert woord in tekst.split("<main")[1].split("</main")[0]


def als(mens):
    client = Client()
    client.force_login(mens)
    return client


def test_een_andere_kandidaat_ziet_niets_van_jou(w):
    jij, ander = w.traject(7), w.traject(7)
    for pad in ("/mijn/", "/mijn/brief/", "/mijn/verslag/", "/mijn/besluit/", "/mijn/gebeurd/", "/mijn/gegevens/"):
        assert jij.kandidaat.voornaam not in leesbaar(als(ander.kandidaat).get(pad)), pad
    for pad in (f"/trainer/kandidaten/{jij.pk}/brief/", f"/bureau/kandidaten/{jij.pk}/aanmelding/"):
        assert als(ander.kandidaat).get(pad).status_code in (403, 404), pad
    assert "kanarie-brief" in leesbaar(als(w.t1).get(f"/trainer/kandidaten/{jij.pk}/brief/"))
    assert "kanarie-brief" in leesbaar(als(jij.kandidaat).get("/mijn/brief/"))


def test_het_bureau_leest_je_verslag_niet(w):
    traject = w.traject(7)
    assert not traject.verslagen.zichtbaar_voor(w.bureau).exists()
    assert "kanarie-waarom" not in leesbaar(als(w.bureau).get(f"/bureau/kandidaten/{traject.pk}/"))


def test_je_regiomanager_ziet_je_stap_en_leest_je_brief_niet(w):
    traject = w.traject(5)
    tekst = leesbaar(als(w.rm).get(f"/regio/kandidaten/{traject.pk}/"))
    assert traject.kandidaat.naam in tekst
    assert "kanarie" not in tekst
    assert als(w.rm2).get(f"/regio/kandidaten/{traject.pk}/").status_code == 404


def test_zonder_toestemming_gaat_er_geen_aanmelding_weg(w):
    mens = w.traject(0).kandidaat
    handelingen.traject_stoppen(mens.trajecten.get(), door=mens)
    gegevens = {"voornaam": "Kim", "email": mens.email, "regio": w.noord.pk, "motivatie": "x", "cv": "x"}
    concept, _ = selectie.concept_maken(gegevens)
    with pytest.raises(ValidationError, match="toestemming"):
        selectie.aanmelding_van_bekende(concept, door=mens, gelezen=selectie.afdruk(concept))


def test_wat_je_stuurde_lees_je_terug(w):
    traject = w.traject(6)
    assert "kanarie-cv" in leesbaar(als(traject.kandidaat).get("/mijn/brief/"))
    assert "kanarie-waarom" in leesbaar(als(traject.kandidaat).get("/mijn/verslag/versie/1/"))


def test_je_verandert_zelf_je_gegevens(w):
    mens = w.traject(1).kandidaat
    als(mens).post("/mijn/gegevens/", {"daad": "gegevens", "voornaam": "Anders", "achternaam": "Bos"})
    mens.refresh_from_db()
    assert mens.voornaam == "Anders"


def test_er_zijn_geen_koekjes_die_volgen(w):
    client = Client()
    for pad in ("/", "/privacy/", "/agenda/", "/nieuws/", "/inloggen/", "/aanmelden/"):
        assert client.get(pad, follow=True).status_code == 200
    client.force_login(w.traject(1).kandidaat)
    client.get("/mijn/")
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
