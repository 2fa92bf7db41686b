"""Step 7 after the conversation: a proposal, the agreement of every asked trainer and the candidate's own answer, each
a row of its own; taking back; who is asked; the side roads of planning. Nothing a trainer says now reaches the
candidate before all agreed.
"""

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cursus.handelingen import opdracht_beantwoorden
from cursus.models import Inlevering, LesPagina
from lms.kern.berichten import opmaken, versturen
from lms.kern.datums import moment
from lms.kern.handelingen import traject_hervatten, traject_stoppen
from lms.kern.models import Bericht, Beurt
from lms.kern.pad.afleiding import bijwerken
from lms.portaal import werk
from selectie import handelingen
from selectie.models import Besluit, Gesprek, Instemming, Mening, Meningversie, Trainervraag, Voorstel
from tests.einde import als, einde_van_rol
from tests.fabrieken import besluit_van, gesprek_van, mening_van, staat, verslag_van
from tests.lezen import leesbaar as tekst

NA_HET_GESPREK = [  # the candidate says, the trainers say, a new report is agreed -> what follows
    ("past", "past", False, "poort"),
    ("past", "past_niet", False, "afronden"),
    ("past", "past_niet", True, "nieuw_verslag"),
    ("twijfel", "past", False, "nieuw_verslag"),
    ("twijfel", "past_niet", False, "nieuw_verslag"),
    ("twijfel", "past_niet", True, "nieuw_verslag"),
    ("past_niet", "past", False, "afronden"),
    ("past_niet", "past_niet", False, "afronden"),
    ("past_niet", "past_niet", True, "afronden"),
]


# --- 3a: proposal, agreement, own answer ------------------------------------------------------------------------------


@pytest.mark.parametrize(("kandidaat", "trainers", "nieuw", "vervolg"), NA_HET_GESPREK)
@pytest.mark.parametrize("eerst", ["trainers", "kandidaat"])
def test_wat_er_volgt_na_het_gesprek(w, kandidaat, trainers, nieuw, vervolg, eerst):
    traject = w.verschil()
    gesprek = w.opschrijven(traject, trainers=trainers, nieuw_verslag=nieuw).gesprek
    if eerst == "trainers":
        w.stem_in(traject)
        handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze=kandidaat)
    else:
        handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze=kandidaat)
        if kandidaat != "past_niet":
            w.stem_in(traject)
    assert besluit_van(traject).vervolg == vervolg
    assert traject.verslagen.count() == (2 if vervolg == "nieuw_verslag" else 1)  # the new one begins at once
    assert not Instemming.objects.nu().exists()


def test_een_trainer_alleen_besluit_niet_en_de_kandidaat_ook_niet(w):
    traject = w.verschil()
    gesprek = w.opschrijven(traject).gesprek
    assert staat(traject) == (7, ["antwoord_na_gesprek:kandidaat", "instemmen:trainer2"])
    handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past", opmerking="Ik wil graag.")
    assert staat(traject) == (7, ["instemmen:trainer2"])
    assert besluit_van(traject).vervolg == "gesprek"
    w.stem_in(traject)
    assert (besluit_van(traject).vervolg, staat(traject)[0]) == ("poort", 8)


def test_het_opschrijven_geeft_vrij_wat_er_lag_en_niet_wat_de_trainers_nu_zeggen(w):
    traject = w.verschil(mening="past_niet")
    client = als(traject.kandidaat)
    w.opschrijven(traject, trainers="past_niet")
    html = tekst(client.get("/mijn/besluit/"))
    assert "kanarie-afspraak" in html
    assert "kanarie-reactie" in html
    assert "Je trainers zeggen nu" not in html
    w.stem_in(traject)
    assert "Je trainers zeggen nu samen: <b>Het past niet</b>" in tekst(client.get("/mijn/besluit/"))


def test_wie_het_er_niet_mee_eens_is_brengt_het_terug_in_overleg_naast_het_voorstel(w):
    traject = w.verschil()
    gesprek = w.opschrijven(traject, trainers="past").gesprek
    with pytest.raises(ValidationError, match="wat er volgens jou anders is"):
        w.stem_in(traject, akkoord=False, waarom="")
    w.stem_in(traject, akkoord=False, waarom="kanarie-oneens")
    assert staat(traject) == (7, ["antwoord_na_gesprek:kandidaat", "voorstel_doen:trainer"])
    for trainer in (w.t1, w.t2):  # the first proposal stays readable for both
        html = tekst(als(trainer).get(f"/trainer/gesprekken/{gesprek.pk}/"))
        assert "kanarie-oneens" in html
        assert "Eerder voorstel van Trainer1" in html
    assert "kanarie-oneens" not in tekst(als(traject.kandidaat).get("/mijn/besluit/"))
    handelingen.voorstel_doen(gesprek, door=w.t2, trainers="past_niet")
    with pytest.raises(ValidationError, match="ligt al een voorstel"):
        handelingen.voorstel_doen(gesprek, door=w.t1, trainers="past")
    w.stem_in(traject, w.t1)
    handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past")
    assert besluit_van(traject).vervolg == "afronden"


def test_het_nee_van_de_kandidaat_wacht_op_niemand(w):
    traject = w.verschil()
    gesprek = w.opschrijven(traject, trainers="past").gesprek
    handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past_niet")
    besluit = besluit_van(traject)
    assert (besluit.vervolg, besluit.kandidaat) == ("afronden", "past_niet")
    assert besluit.trainers == "past_niet"  # what they said together before; nobody agreed with the proposal yet
    assert staat(traject) == (7, ["afronden_bevestigen:kandidaat"])


def test_een_ander_antwoord_vervangt_het_vorige_tot_er_een_besluit_is(w):
    traject = w.verschil()
    gesprek = w.opschrijven(traject).gesprek
    for keuze in ("twijfel", "past"):
        handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze=keuze)
    assert list(gesprek.antwoorden.order_by("pk").values_list("keuze", flat=True)) == ["twijfel", "past"]
    assert gesprek.antwoorden.get(vervangen_om=None).keuze == "past"
    w.stem_in(traject)
    with pytest.raises((ValidationError, PermissionDenied), match="intussen"):
        handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past_niet")


def test_het_bureau_geeft_het_antwoord_door_en_leest_niet_wat_er_gezegd_is(w):
    traject = w.verschil()
    w.opschrijven(traject)
    client, pad = als(w.bureau), f"/bureau/kandidaten/{traject.pk}/gesprek/"
    html = tekst(client.get(pad))
    assert "kanarie" not in html
    antwoord = client.post(pad, {"daad": "antwoord", "antwoord-keuze": "past", "antwoord-opmerking": "kanarie-zelf"})
    assert antwoord.url == pad
    html = tekst(client.get(pad))
    assert "gaf al een antwoord" in html
    assert "kanarie" not in html
    assert traject.journaal.get(handeling="antwoord_na_gesprek").namens == traject.kandidaat
    assert "kanarie-zelf" in tekst(als(traject.kandidaat).get("/mijn/besluit/"))


def test_opschrijven_kijkt_eerst_na_en_vraagt_het_voor_het_geplande_moment(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    client, pad = als(w.t1), f"/trainer/gesprekken/{gesprek.pk}/vastleggen/"
    velden = {
        "gehouden_op": str(timezone.localdate()),
        "aanwezigen": "wij",
        "afspraken": "Oefenen.",
        "trainers": "past",
    }
    html = tekst(client.post(pad, velden))
    assert "Het gesprek staat gepland op" in html
    assert "Trainer2" in html  # who is asked to agree
    assert not Voorstel.objects.exists()
    html = tekst(client.post(pad, velden | {"verander": "ja"}))
    assert "Oefenen." in html
    assert not Voorstel.objects.exists()
    assert client.post(pad, velden | {"nagekeken": "ja"}).status_code == 302
    assert Voorstel.objects.get().trainers == "past"


# --- 3b: who is asked -------------------------------------------------------------------------------------------------


def test_een_trainer_gaat_weg_tussen_voorstel_en_instemming(w):
    """Who comes instead is asked to agree, and can; the one who left hears it and is asked nothing more."""
    traject = w.verschil()
    gesprek = w.opschrijven(traject).gesprek
    handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Ziek.")
    handelingen.trainer_ontheffen(mening_van(traject, w.t2), door=w.bureau, waarom="Ziek.")
    assert staat(traject) == (7, ["antwoord_na_gesprek:kandidaat", "instemmen:trainer3"])
    assert Bericht.objects.filter(aan=w.t2, soort="ontheven").count() == 1
    with pytest.raises(ValidationError, match="eens bent met het voorstel"):  # it would be read at once
        w.mening(traject, w.t3)
    antwoord = als(w.t3).post(f"/trainer/gesprekken/{gesprek.pk}/klopt/", {"antwoord": "ja"})
    assert antwoord.url == f"/trainer/gesprekken/{gesprek.pk}/"
    handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past")
    assert besluit_van(traject).vervolg == "poort"
    assert Mening.objects.get(trainer=w.t2).mening == "past_niet"  # stays signed


def test_wie_ontheven_wordt_houdt_niemand_op(w):
    """Lifting the last one who was silent makes what the others agreed count."""
    traject = w.verschil()
    gesprek = w.opschrijven(traject).gesprek
    handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Erbij.")
    handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past")
    w.stem_in(traject, w.t3)
    assert besluit_van(traject).vervolg == "gesprek"
    handelingen.trainer_ontheffen(mening_van(traject, w.t2), door=w.bureau, waarom="Stil.")
    assert besluit_van(traject).vervolg == "poort"


def test_een_derde_trainer_vragen_en_wat_het_bureau_antwoordt(w):
    traject = w.traject(6)
    verslag = verslag_van(traject)
    with pytest.raises(ValidationError, match="er samen niet uitkomen"):
        handelingen.trainer_vragen(verslag, door=w.t1, waarom="x")
    w.mening(traject, w.t1, "past")
    w.mening(traject, w.t2, "past_niet")
    client = als(w.t1)
    assert (
        client.post(f"/trainer/verslagen/{verslag.pk}/derde-trainer/", {"derde-waarom": "Drukte."}).status_code == 302
    )
    assert "trainer_erbij:bureau" in staat(traject)[1]
    bureau, pad = als(w.bureau), f"/bureau/kandidaten/{traject.pk}/trainers/"
    html = tekst(bureau.get(pad))
    assert "Trainer1 vraagt om een derde trainer" in html
    assert "kanarie" not in html
    assert bureau.post(pad, {"daad": "geen", "geen-antwoord": "Niemand is vrij."}).status_code == 302
    assert "Niemand is vrij." in tekst(client.get(f"/trainer/verslagen/{verslag.pk}/"))
    handelingen.trainer_vragen(verslag, door=w.t2, waarom="Toch.")
    handelingen.trainer_toevoegen(verslag, door=w.bureau, trainer=w.t3, waarom="Gevraagd.")
    assert not Trainervraag.objects.nu().exists()
    assert "We denken" not in tekst(als(traject.kandidaat).get("/mijn/besluit/"))


def test_een_derde_trainer_verraadt_zich_niet_aan_de_kandidaat(w):
    traject = w.traject(6)
    client, voor = als(traject.kandidaat), None
    for _ in range(2):
        paginas = [tekst(client.get(pad)) for pad in ("/mijn/", "/mijn/besluit/", "/mijn/gebeurd/")]
        kaal = [html[html.index("<main") : html.index("</main>")] for html in paginas]
        assert voor in (None, kaal)
        voor = kaal
        handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Erbij.") if (
            not Mening.objects.filter(trainer=w.t3).exists()
        ) else None


# --- 3c, 3d: planning and moving --------------------------------------------------------------------------------------


def test_een_gekozen_moment_dat_toch_niet_past_gaat_terug_met_de_dagen_die_wel_passen(w, altijd_mail):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    versturen()
    client = als(traject.kandidaat)
    assert "Vraag om een ander moment" in tekst(client.get("/mijn/besluit/"))
    assert client.post("/mijn/besluit/andere-momenten/", {"andere_dagen": "Elke dinsdag."}).url == "/mijn/besluit/"
    gesprek.refresh_from_db()
    assert (gesprek.moment_om, gesprek.andere_dagen) == (None, "Elke dinsdag.")
    assert staat(traject) == (7, ["gesprek_voorstellen:trainer"])
    assert "Elke dinsdag." in tekst(als(w.t1).get(f"/trainer/gesprekken/{gesprek.pk}/"))
    assert Bericht.objects.wachtend().filter(soort__startswith="gesprek_afgezegd").count() == 3  # out of the diaries


def test_een_afgesproken_moment_staat_vast_voor_iedereen(w):
    traject = w.verschil()
    gesprek = gesprek_van(traject)
    dag = timezone.localdate() + dt.timedelta(days=3)
    client, pad = als(w.bureau), f"/bureau/kandidaten/{traject.pk}/gesprek/"
    velden = {"daad": "afspreken", "afspreken-dag": str(dag), "afspreken-tijd": "19:30", "afspreken-plek": "Online"}
    assert client.post(pad, velden).url == pad
    gesprek.refresh_from_db()
    assert (timezone.localtime(gesprek.moment_om).hour, gesprek.plek) == (19, "Online")
    soorten = Bericht.objects.wachtend().filter(soort__startswith="gesprek_gepland")
    assert set(soorten.values_list("aan", flat=True)) == {traject.kandidaat_id, w.t1.pk, w.t2.pk}
    with pytest.raises(ValidationError, match="dat nog komt"):
        handelingen.gesprek_afspreken(gesprek, door=w.t1, moment=timezone.now(), plek="Online")


def test_elke_beurt_van_het_gesprek_heeft_een_termijn_en_escaleert(w):
    traject = w.verschil()
    w.opschrijven(traject)
    codes = {b.code: b.uiterlijk_op for b in Beurt.objects.filter(traject=traject)}
    assert codes == dict.fromkeys(("antwoord_na_gesprek", "instemmen"), timezone.localdate() + dt.timedelta(days=5))


# --- 3e: taking back --------------------------------------------------------------------------------------------------


def _verteld(traject):
    Bericht.objects.filter(traject=traject, soort__startswith="samen_ja").update(verstuurd_om=timezone.now())


def test_na_vertellen_is_terugnemen_een_voorstel_dat_een_conferentie_tegenhoudt(w):
    from certificering import handelingen as certificering

    traject = w.traject(7)
    w.poort(traject)
    _verteld(traject)
    voorstel = handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="kanarie-reden")
    assert voorstel is not None
    assert besluit_van(traject).herroepen_om is None
    assert staat(traject) == (8, ["conferentie_vragen:regiomanager", "terugnemen_instemmen:trainer2"])
    with pytest.raises(ValidationError, match="kijken opnieuw naar hun besluit"):
        certificering.conferentie_vragen(traject, door=w.rm, referentie="EKC-1")
    assert Bericht.objects.filter(soort="terugnemen_voorgesteld", aan=w.bureau).count() == 1
    for pad in ("/mijn/", "/mijn/besluit/", "/mijn/gebeurd/"):  # the candidate hears nothing of a proposal
        html = tekst(als(traject.kandidaat).get(pad))
        assert "kanarie-reden" not in html
        assert "opnieuw" not in html
    html = tekst(als(w.t2).get(f"/trainer/verslagen/{verslag_van(traject).pk}/herroepen/"))
    assert "kanarie-reden" in html
    als(w.t2).post(f"/trainer/verslagen/{verslag_van(traject).pk}/herroepen/", {"antwoord": "ja"})
    assert staat(traject) == (7, ["mening_geven:trainer1", "mening_geven:trainer2"])
    soorten = set(Bericht.objects.filter(traject=traject, vervallen_om=None).values_list("soort", flat=True))
    assert {
        "besluit_vervallen", "besluit_teruggenomen_bureau", "besluit_teruggenomen", "samen_ja_regio_af"
    } <= soorten  # fmt: skip
    assert "kanarie-reactie" in tekst(als(traject.kandidaat).get("/mijn/besluit/"))  # what could be read stays readable
    for trainer in (w.t1, w.t2):  # the same decision can be made again
        w.mening(traject, trainer)
    assert (staat(traject)[0], besluit_van(traject).vervolg) == (8, "poort")
    assert not Bericht.objects.wachtend().filter(soort="besluit_vervallen").exists()  # nothing that is no longer so


def test_de_kandidaat_ziet_aan_niets_of_de_trainers_het_eens_zijn(w):
    """The day, the sentence and the names are the same while they agree, differ or propose anew."""
    traject = w.verschil()
    gesprek = w.opschrijven(traject).gesprek
    handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past")
    client = als(traject.kandidaat)

    def gezien():
        paginas = [tekst(client.get(pad)) for pad in ("/mijn/", "/mijn/besluit/", "/mijn/gebeurd/")]
        return [html[html.index("<main") : html.index("</main>")] for html in paginas]

    def zonder_geheimen(paginas):
        return [re.sub(r'value="[^"]*"', "", html) for html in paginas]

    voor = zonder_geheimen(gezien())
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1), tick=False):
        w.stem_in(traject, akkoord=False)
        assert zonder_geheimen(gezien()) == voor
        handelingen.voorstel_doen(gesprek, door=w.t2, trainers="past_niet")
        assert zonder_geheimen(gezien()) == voor


def test_wie_stopt_als_trainer_terwijl_een_voorstel_wacht_geeft_het_door(w):
    traject = w.verschil()
    w.opschrijven(traject)
    einde = einde_van_rol(w, w.t2)
    assert f"verslag_{mening_van(traject, w.t2).pk}" in einde.html


def test_wie_niet_meegaat_laat_het_besluit_staan(w):
    traject = w.traject(7)
    _verteld(traject)
    handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="x")
    w.stem_in(traject, akkoord=False, waarom="Het klopt gewoon.")
    assert (staat(traject)[0], besluit_van(traject).herroepen_om) == (8, None)
    assert Bericht.objects.filter(soort="besluit_blijft", aan=w.t1).count() == 1
    assert not Bericht.objects.filter(soort="besluit_vervallen").exists()


def test_een_voorstel_om_terug_te_nemen_verloopt(w):
    traject = w.traject(7)
    _verteld(traject)
    voorstel = handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="x")
    assert handelingen.terugnemen_verlopen() == 0
    Voorstel.objects.filter(pk=voorstel.pk).update(uiterlijk_op=timezone.localdate())
    assert (handelingen.terugnemen_verlopen(), handelingen.terugnemen_verlopen()) == (1, 0)
    assert "terugnemen_instemmen:trainer2" not in staat(traject)[1]
    assert besluit_van(traject).herroepen_om is None


def test_wie_intussen_verder_schreef_houdt_het_besluit(w):
    """A new report was agreed; while the trainers look at it again, the candidate goes on writing."""
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="x")
    handelingen.verslag_bewaren(traject, door=traject.kandidaat, velden={"waarom": "Nieuw."})
    w.stem_in(traject)
    assert besluit_van(traject).herroepen_om is None
    assert traject.verslagen.lopend().get().waarom == "Nieuw."


def test_in_overleg_is_een_andere_mening_open_met_de_eerdere_erbij(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past")
    w.mening(traject, w.t2, "past_niet")
    client, pad = als(w.t1), f"/trainer/verslagen/{verslag_van(traject).pk}/"
    html = tekst(client.get(pad))
    assert "Waarom verander je je mening?" in html
    velden = {
        "wijziging": "0",
        "mening": "twijfel",
        "reactie": "Toch niet zo zeker.",
        "waarom": "kanarie-waarom-anders",
    }
    html = tekst(client.get(client.post(pad, velden).url))
    assert "kanarie-waarom-anders" in html
    eigen = mening_van(traject, w.t1)
    handelingen.mening_wijzigen(
        eigen, door=w.t1, mening="twijfel", reactie="Toch niet.", waarom="kanarie-waarom-anders"
    )
    html = tekst(als(w.t2).get(pad))
    assert "kanarie-waarom-anders" in html
    assert Meningversie.objects.get().stelling == "past"
    assert "kanarie" not in tekst(als(traject.kandidaat).get("/mijn/besluit/"))


# --- 2, 3f: talking once more, what stays readable, coming back ------------------------------------------------------


def test_allebei_past_niet_dan_toch_praten(w):
    traject = w.traject(7, conclusie="past_niet", mening="past_niet")
    client = als(traject.kandidaat)
    html = tekst(client.get("/mijn/besluit/"))
    assert html.index("Ik wil praten") < html.index("Rond mijn traject af")
    assert Bericht.objects.filter(soort="gereageerd", aan=traject.kandidaat).count() == 1
    assert not Bericht.objects.filter(soort="beurt_afronden_bevestigen").exists()
    assert client.post("/mijn/besluit/praten/").url == "/mijn/besluit/"
    assert staat(traject) == (7, ["gesprek_voorstellen:trainer"])
    assert "kanarie-reactie" in tekst(client.get("/mijn/besluit/"))  # released stays released
    w.gesprek(traject, kandidaat="past", trainers="past")
    assert staat(traject)[0] == 8


def test_een_oud_besluit_rondt_niets_meer_af(w):
    traject = w.traject(7, conclusie="past_niet", mening="past_niet")
    eerste = besluit_van(traject)
    handelingen.nog_eens_praten(eerste, door=traject.kandidaat)
    w.gesprek(traject, kandidaat="past", trainers="past")
    with pytest.raises(ValidationError, match="niets om af te ronden"):
        handelingen.afronden_bevestigen(eerste, door=traject.kandidaat)


def test_terugkomen_na_samen_afronden_begint_met_praten_of_een_nieuw_verslag(w):
    traject = w.traject(7, conclusie="past_niet", mening="past_niet")
    besluit = besluit_van(traject)
    with pytest.raises(ValidationError, match="spreek je af met je trainers"):
        handelingen.nieuw_verslag_beginnen(besluit, door=traject.kandidaat)
    handelingen.afronden_bevestigen(besluit, door=traject.kandidaat)
    traject.refresh_from_db()
    traject_hervatten(traject, door=traject.kandidaat)
    client = als(traject.kandidaat)
    html = tekst(client.get("/mijn/besluit/"))
    assert "Ik wil eerst praten" in html
    assert client.post("/mijn/besluit/nieuw-verslag/").url == "/mijn/verslag/"
    assert staat(traject) == (6, ["verslag_schrijven:kandidaat"])
    assert traject.verslagen.lopend().get().waarom == "kanarie-waarom"


def test_wie_stopte_leest_geen_belofte(w):
    traject = w.traject(6)
    traject_stoppen(traject, door=traject.kandidaat)
    html = tekst(als(traject.kandidaat).get("/mijn/besluit/"))
    assert "Je hoort vóór" not in html
    assert "Je traject is gestopt" in html


def test_eerdere_verslagen_houden_hun_reacties_elk_bij_hun_punt(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    handelingen.verslag_sturen(verslag_van(traject), door=traject.kandidaat)
    client = als(traject.kandidaat)
    html = tekst(client.get("/mijn/besluit/"))
    assert "Je trainers lezen je verslag" in html
    assert "kanarie-reactie" not in html
    assert "/mijn/verslag/versie/1/" in html
    html = tekst(client.get("/mijn/verslag/versie/1/"))
    je = verslag_van(traject).antwoorden.get(profieltekst__code="V08").profieltekst.je
    assert html.index(f"Bij “{je}”") < html.index("kanarie-punt")
    assert "kanarie-afspraak" in html
    nieuwe = tekst(als(w.t1).get(f"/trainer/verslagen/{verslag_van(traject).pk}/"))
    assert "Eerder afgesproken" in nieuwe
    assert "kanarie-afspraak" in nieuwe


def test_tweemaal_tegelijk_instemmen_geeft_een_besluit(w):
    traject = w.verschil()
    gesprek = w.opschrijven(traject).gesprek
    handelingen.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past")
    rij = Instemming.objects.nu().get()
    handelingen.instemmen(rij, door=w.t2, akkoord=True)
    with pytest.raises((ValidationError, PermissionDenied)):
        handelingen.instemmen(rij, door=w.t2, akkoord=False, waarom="Toch niet.")
    assert Besluit.objects.filter(gesprek=gesprek).count() == 1
    assert Gesprek.objects.get().besloten_om is not None


# --- nothing of a trainer between sending and release ----------------------------------------------------------------


def test_tussen_sturen_en_vrijgave_schrijft_een_trainer_de_kandidaat_niets(w):
    traject = w.traject(5)
    les = LesPagina.objects.filter(thuis=True).first()
    opdracht = Inlevering.objects.create(traject=traject, les=les, soort="EK1", tekst="Mijn kring.")
    w.verslag(traject)
    for _ in range(2):
        with pytest.raises(ValidationError, match="ligt nu bij de trainers"):
            handelingen.uitzoeken_noteren(traject, door=w.t1, tekst="kanarie")
        with pytest.raises(ValidationError, match="ligt nu bij de trainers"):
            opdracht_beantwoorden(opdracht, door=w.t1, antwoord="kanarie")
        if not Mening.objects.filter(gegeven_om__isnull=False).exists():
            w.mening(traject, w.t1)
    handelingen.uitzoeken_noteren(traject, door=traject.kandidaat, tekst="Wat ik nog wil vragen.")  # the own words may
    w.mening(traject, w.t2)
    opdracht_beantwoorden(opdracht, door=w.t1, antwoord="Mooi.")
    handelingen.uitzoeken_noteren(traject, door=w.t1, tekst="Goed gesproken.")


# --- what strangers found ---------------------------------------------------------------------------------------------


def test_wat_de_kandidaat_zag_neemt_niemand_alleen_terug(w):
    """Without any mail: the page was enough, also after logging out."""
    traject = w.traject(7)
    client = als(traject.kandidaat)
    client.get("/mijn/besluit/")
    client.logout()
    assert handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="x") is not None
    assert traject.journaal.filter(handeling="besluit_lezen").count() == 1


def test_het_oordeel_van_de_trainers_staat_er_niet_voor_het_gesprek_waar_de_kandidaat_om_vroeg(w):
    traject = w.traject(7, conclusie="past_niet", mening="past_niet")
    client = als(traject.kandidaat)
    client.post("/mijn/besluit/praten/")
    html = tekst(client.get("/mijn/besluit/"))
    assert "Trainers zeggen" not in html
    assert "Je vroeg om een gesprek" in html
    assert "Rond mijn traject af" in html  # that choice stays


def test_eerder_gepraat_dan_gepland_gaat_uit_de_agenda(w, altijd_mail):
    traject = w.verschil()
    w.plan_gesprek(traject)
    versturen()
    w.opschrijven(traject)
    assert Bericht.objects.wachtend().filter(soort__startswith="gesprek_afgezegd").count() == 3
    assert "Jullie praatten al samen." in opmaken(Bericht.objects.get(soort="gesprek_afgezegd"))[1]


def test_wie_ontheven_is_hoort_na_het_gesprek_niets_meer(w, altijd_mail):
    traject = w.verschil()
    w.plan_gesprek(traject)
    handelingen.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Ziek.")
    handelingen.trainer_ontheffen(mening_van(traject, w.t2), door=w.bureau, waarom="Ziek.")
    versturen()
    voor = Bericht.objects.filter(aan=w.t2).count()
    w.opschrijven(traject)
    assert Bericht.objects.filter(aan=w.t2).count() == voor


def test_met_te_weinig_trainers_is_het_bureau_aan_de_beurt(w):
    traject = w.verschil()
    w.opschrijven(traject)
    for trainer in (w.t1, w.t2):
        Mening.objects.filter(trainer=trainer).update(ontheven_om=timezone.now())
    bijwerken(traject)
    assert "trainers_aanvullen:bureau" in staat(traject)[1]


def test_een_gesprek_van_wie_niet_gevraagd_is_staat_niet_in_diens_lijst(w):
    traject = w.verschil()
    w.ek1.trainerschappen.create(trainer=w.t3)
    assert "gesprek_voorstellen" in [b.code for b in werk.beurten_voor(w.t1, "trainer")]
    assert "gesprek_voorstellen" not in [b.code for b in werk.beurten_voor(w.t3, "trainer")]
    assert traject.beurten.filter(code="gesprek_voorstellen").exists()


@pytest.mark.parametrize(("dag", "tijd"), [("9999-12-31", "10:00"), ("2027-03-28", "02:30")])
def test_een_moment_dat_niet_kan_is_een_zin(w, dag, tijd):
    w.verschil()
    gesprek = Gesprek.objects.get()
    velden = {"daad": "afspreken", "af-dag": dag, "af-tijd": tijd, "af-plek": "Online"}
    html = tekst(als(w.t1).post(f"/trainer/gesprekken/{gesprek.pk}/", velden))
    assert 'class="errors"' in html
    gesprek.refresh_from_db()
    assert gesprek.moment_om is None


def test_een_reden_zonder_keuze_blijft_staan(w):
    traject = w.verschil()
    gesprek = w.opschrijven(traject).gesprek
    html = tekst(als(w.t2).post(f"/trainer/gesprekken/{gesprek.pk}/klopt/", {"waarom": "Een lange reden."}))
    assert "Kies ja of nee." in html
    assert "Een lange reden." in html


def test_het_bureau_leest_momenten_zoals_ze_zijn(w):
    traject = w.verschil()
    om = timezone.now() + dt.timedelta(days=2)
    handelingen.gesprek_voorstellen(gesprek_van(traject), door=w.t1, momenten=[(om, "Telefoon")])
    assert f"{moment(om)}, Telefoon" in tekst(als(w.bureau).get(f"/bureau/kandidaten/{traject.pk}/gesprek/"))
    bericht = Bericht.objects.get(soort="beurt_moment_kiezen")
    assert f"- {moment(om)}, Telefoon" in opmaken(bericht)[1]


def test_een_verzet_gesprek_noemt_oud_en_nieuw(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    was = gesprek.moment_om
    nieuw = was + dt.timedelta(hours=1)
    handelingen.gesprek_afspreken(gesprek, door=w.bureau, moment=nieuw, plek="Online")
    body = opmaken(Bericht.objects.filter(soort="gesprek_gepland").latest("pk"))[1]
    assert moment(nieuw) in body
    assert f"Dit komt in de plaats van {moment(was)}." in body


def test_wie_stopte_en_terugkwam_begint_niet_alleen_een_nieuw_verslag(w):
    """Only after "samen afgerond"."""
    traject = w.verschil(conclusie="past", mening="past_niet")
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    traject_stoppen(traject, door=traject.kandidaat)
    traject.refresh_from_db()
    traject_hervatten(traject, door=traject.kandidaat)
    with pytest.raises(ValidationError, match="spreek je af met je trainers"):
        handelingen.nieuw_verslag_beginnen(besluit_van(traject), door=traject.kandidaat)


def test_de_keuze_van_de_kandidaat_nemen_de_trainers_niet_terug(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past_niet", trainers="past")
    with pytest.raises(ValidationError, match="keuze van de kandidaat zelf"):
        handelingen.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="x")


def test_een_jonger_verslag_van_de_kandidaat_blijft(w):
    """Sent and recalled, so that its copy was never saved: taking the decision about the first back would erase it."""
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    eerste = besluit_van(traject)
    handelingen.verslag_sturen(verslag_van(traject), door=traject.kandidaat)
    handelingen.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
    with pytest.raises(ValidationError, match="schrijft al aan een nieuw verslag"):
        handelingen.besluit_herroepen(eerste, door=w.t1, waarom="x")
