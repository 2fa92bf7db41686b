"""The hard cases of steps 1 to 7, each as one story.

The stored print is compared with the derivation after every test.
"""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.template import engines
from django.test import Client
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Trainerschap
from lms.kern import handelingen as kern
from lms.kern.models import Bericht, Gebruiker, Journaalregel, Rolvervulling, Traject
from lms.kern.pad.afleiding import bijwerken
from lms.portaal.werk import beurten_voor
from selectie import handelingen as selectie
from selectie.models import Besluit, Brief, Gesprek, Mening, Verslag
from tests.fabrieken import besluit_van, dag_nr, dag_van, gesprek_van, mening_van, staat, verslag_van


@pytest.mark.parametrize("tot", range(8))
def test_elke_stap_volgt_op_de_vorige(w, tot):
    assert w.traject(tot).stap == tot + 1


def test_stap_4_en_5_zijn_tegelijk_open(w):
    traject = w.traject(3)
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=w.ek1)
    assert staat(traject) == (4, ["ek1_aanwezigheid:trainer", "ek1_volgen:kandidaat"])
    cursus.aanwezigheid_vastleggen(dag_van(traject, w.ek1.bijeenkomsten.get(nr=1)), door=w.t1, resultaat="ja")
    assert staat(traject)[1] == [
        "ek1_aanwezigheid:trainer",
        "ek1_volgen:kandidaat",
        "samen_uitzoeken:kandidaat",
        "samen_uitzoeken:trainer",
    ]


def test_verslag_kan_zonder_notitie(w):
    traject = w.traject(4)
    assert traject.stap == 5
    w.verslag(traject)
    assert staat(traject) == (7, ["mening_geven:trainer1", "mening_geven:trainer2"])


def test_later_komt_terug_op_datum(w):
    traject, dag = w.traject(2), timezone.localdate() + dt.timedelta(days=60)
    selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="later", terug_op=dag)
    beurt = traject.beurten.get()
    assert (beurt.code, beurt.vanaf) == ("deelname_later", dag)
    selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="ja")
    assert staat(traject) == (4, ["ek1_kiezen:bureau", "ek1_kiezen:kandidaat"])


def test_nee_bij_stap_3_sluit_warm_af_en_terugkomen_kan(w):
    traject = w.traject(2)
    selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="nee")
    traject.refresh_from_db()
    assert (traject.afsluiting, staat(traject)[1]) == ("gestopt", [])
    kern.traject_hervatten(traject, door=traject.kandidaat)
    selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="ja")
    assert staat(traject)[0] == 4


# --- the table of the mutual decision ---------------------------------------------------------------------------------

TABEL = [
    ("past", "past", 8, ["onafhankelijk_verklaren:kandidaat", "vog_laten_zien:kandidaat"]),
    ("past_niet", "past_niet", 7, ["afronden_bevestigen:kandidaat"]),
    ("past_niet", "twijfel", 7, ["afronden_bevestigen:kandidaat"]),
    ("past", "past_niet", 7, ["gesprek_voorstellen:trainer"]),
    ("past", "twijfel", 7, ["gesprek_voorstellen:trainer"]),
    ("past_niet", "past", 7, ["gesprek_voorstellen:trainer"]),
    ("twijfel", "past", 7, ["gesprek_voorstellen:trainer"]),
    ("twijfel", "past_niet", 7, ["gesprek_voorstellen:trainer"]),
]


@pytest.mark.parametrize(("kandidaat", "trainers", "stap", "beurten"), TABEL)
def test_tabel_van_het_wederzijds_besluit(w, kandidaat, trainers, stap, beurten):
    traject = w.traject(7, conclusie=kandidaat, mening=trainers)
    assert staat(traject) == (stap, beurten)
    assert Besluit.objects.get().trainers == ("past" if trainers == "past" else "past_niet")


@pytest.mark.parametrize(
    ("een", "ander", "gezamenlijk"),
    [("past_niet", "twijfel", "past_niet"), ("past", "twijfel", None), ("past", "past_niet", None)],
)
def test_gemengde_meningen_zijn_overleg_nooit_meerderheid(w, een, ander, gezamenlijk):
    traject = w.traject(6)
    w.mening(traject, w.t1, een)
    w.mening(traject, w.t2, ander)
    assert (Besluit.objects.first().trainers if gezamenlijk else Besluit.objects.first()) == gezamenlijk
    if not gezamenlijk:
        assert staat(traject) == (7, ["overleggen:trainer1", "overleggen:trainer2"])


def test_in_overleg_kan_ieder_de_eigen_mening_veranderen(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past")
    with pytest.raises(ValidationError):
        # colleague not ready: not in overleg yet
        selectie.mening_wijzigen(mening_van(traject, w.t1), door=w.t1, mening="past_niet", reactie="x")
    w.mening(traject, w.t2, "past_niet")
    selectie.mening_wijzigen(
        mening_van(traject, w.t2), door=w.t2, mening="past", reactie="Na ons gesprek denk ik: het past."
    )
    assert staat(traject)[0] == 8


def test_derde_trainer_beslist_niet_met_meerderheid(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past")
    w.mening(traject, w.t2, "past_niet")
    selectie.trainer_toevoegen(
        verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="Jullie komen er samen niet uit."
    )
    assert staat(traject) == (7, ["mening_geven:trainer3"])
    assert Mening.objects.zichtbaar_voor(w.t3).count() == 1  # only the own, empty row
    w.mening(traject, w.t3, "past")
    assert staat(traject) == (7, ["overleggen:trainer1", "overleggen:trainer2", "overleggen:trainer3"])
    selectie.mening_wijzigen(mening_van(traject, w.t2), door=w.t2, mening="past", reactie="Goed.")
    assert staat(traject)[0] == 8


def test_trainer_vertrekt_halverwege(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past")
    Trainerschap.objects.filter(trainer__in=[w.t1, w.t2]).update(tot=timezone.localdate())
    with pytest.raises(ValidationError):
        selectie.trainer_ontheffen(mening_van(traject, w.t2), door=w.bureau, waarom="ziek")  # never fewer than two
    selectie.trainer_toevoegen(verslag_van(traject), door=w.bureau, trainer=w.t3, waarom="voor t2")
    selectie.trainer_ontheffen(mening_van(traject, w.t2), door=w.bureau, waarom="ziek")
    assert staat(traject) == (7, ["mening_geven:trainer3"])
    w.mening(traject, w.t3, "past")
    assert staat(traject)[0] == 8
    assert Mening.objects.get(trainer=w.t1).reactie == "kanarie-reactie"  # stays signed by who wrote it
    assert not Traject.objects.zichtbaar_voor(w.t2).filter(pk=traject.pk).exists()


def test_een_trainer_is_niet_genoeg(w):
    traject = w.traject(5)
    Trainerschap.objects.filter(trainer=w.t2).update(tot=timezone.localdate())
    with pytest.raises(ValidationError, match="nog niet genoeg trainers"):
        w.verslag(traject)


# --- gesprek ----------------------------------------------------------------------------------------------------------


def test_gesprek_van_voorstel_tot_gezamenlijk_ja(w):
    traject = w.verschil()
    w.plan_gesprek(traject)
    assert staat(traject) == (7, ["gesprek_houden:trainer"])
    w.gesprek(traject, kandidaat="past", trainers="past")
    assert staat(traject)[0] == 8


def test_geen_van_de_momenten_past(w):
    traject = w.verschil()
    selectie.gesprek_voorstellen(
        gesprek_van(traject), door=w.t1, momenten=[(timezone.now() + dt.timedelta(days=1), "Telefoon")]
    )
    assert staat(traject)[1] == ["moment_kiezen:kandidaat"]
    selectie.momenten_passen_niet(gesprek_van(traject), door=traject.kandidaat)
    assert staat(traject)[1] == ["gesprek_voorstellen:trainer"]


def test_nog_niet_vraagt_nieuwe_versie_en_vraagt_de_trainers_opnieuw(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    assert staat(traject) == (6, ["verslag_schrijven:kandidaat"])
    tweede = w.verslag(traject)
    assert tweede.versie == 2
    assert staat(traject) == (7, ["mening_geven:trainer1", "mening_geven:trainer2"])
    zichtbaar = Mening.objects.zichtbaar_voor(traject.kandidaat)
    assert (zichtbaar.filter(verslag=tweede).count(), zichtbaar.exclude(verslag=tweede).count()) == (0, 2)
    for trainer in (w.t1, w.t2):
        w.mening(traject, trainer)
    assert staat(traject)[0] == 8


def test_nieuwe_versie_begint_met_de_antwoorden_van_de_vorige(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    selectie.verslag_bewaren(traject, door=traject.kandidaat, velden={"waarom": "Nu weet ik het zeker."})
    concept = traject.verslagen.get(versie=2)
    assert concept.antwoorden.get(profieltekst__code="O01").tekst == "kanarie-voorbeeld"


def test_dag_overdoen_na_gesprek(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    andere = w.ek1b.bijeenkomsten.get(nr=2)
    cursus.dag_inhalen(dag_nr(traject, "EK1", 2), door=w.bureau, bijeenkomst=andere)
    assert staat(traject)[0] == 4
    cursus.aanwezigheid_vastleggen(dag_van(traject, andere), door=w.t3, resultaat="ja")
    assert staat(traject) == (6, ["verslag_schrijven:kandidaat"])


def test_nog_steeds_verschil_rondt_af_en_de_kandidaat_bevestigt(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past_niet")
    assert staat(traject) == (7, ["afronden_bevestigen:kandidaat"])
    selectie.afronden_bevestigen(besluit_van(traject), door=traject.kandidaat, bewaren=True)
    traject.refresh_from_db()
    assert (traject.afsluiting, traject.kandidaat.toestemmingen.get().waarvoor) == ("samen", "bewaren")


def test_het_nee_van_de_kandidaat_wint(w):
    traject = w.verschil(conclusie="past_niet", mening="past")
    w.gesprek(traject, kandidaat="past_niet", trainers="past")
    assert staat(traject) == (7, ["afronden_bevestigen:kandidaat"])


def test_twijfel_na_gesprek_vraagt_een_nieuw_verslag(w):
    traject = w.verschil(conclusie="twijfel", mening="past")
    with pytest.raises(ValidationError, match="nieuw verslag"):
        w.opschrijven(traject, trainers="past", nieuw_verslag=True)
    w.gesprek(traject, kandidaat="twijfel", trainers="past")
    assert staat(traject)[0] == 6


def test_tweede_vastlegging_van_hetzelfde_gesprek_wordt_geweigerd(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past")
    with pytest.raises(ValidationError):
        w.gesprek(traject, kandidaat="past", trainers="past_niet")
    assert Besluit.objects.filter(gesprek__isnull=False).count() == 1


# --- what reaches whom ------------------------------------------------------------------------------------------------


def _zicht(traject, gebruiker):
    rijen = Mening.objects.zichtbaar_voor(gebruiker).filter(verslag__traject=traject)
    return {email.split("@")[0] for email in rijen.values_list("trainer__email", flat=True)}


def test_blind_tot_je_eigen_mening_er_is(w):
    traject = w.traject(6)
    w.mening(traject, w.t1, "past_niet")
    kijkers = (w.t1, w.t2, w.t3, traject.kandidaat, w.rm, w.bureau)
    assert [_zicht(traject, g) for g in kijkers] == [{"trainer1"}, {"trainer2"}, set(), set(), set(), set()]
    w.mening(traject, w.t2, "past_niet")
    assert (_zicht(traject, w.t2), _zicht(traject, traject.kandidaat)) == ({"trainer1", "trainer2"}, set())


def test_vrijgave_pas_na_gesprek(w):
    traject = w.verschil()
    kandidaat = traject.kandidaat

    def lekt():
        journaal = Journaalregel.objects.filter(traject=traject).values(
            "handeling", "van", "naar", "reden_code", "gegevens"
        )
        besluiten = list(Besluit.objects.zichtbaar_voor(kandidaat).values())
        return "kanarie" in str([list(Mening.objects.zichtbaar_voor(kandidaat).values()), list(journaal), besluiten])

    assert not lekt()
    w.plan_gesprek(traject)
    assert not lekt()
    w.gesprek(traject, kandidaat="past", trainers="past_niet", nieuw_verslag=True)
    assert lekt()


def test_een_sjabloon_kan_niet_bij_meningen_en_besluiten(w):
    verslag = w.verschil().verslagen.get()
    assert [naam for naam in dir(verslag) if "mening" in naam or "besluit" in naam] == []
    html = (
        engines["django"]
        .from_string("{{ v.meningen.all }}{{ v.mening_set.all }}{{ v.besluiten.all }}")
        .render({"v": verslag})
    )
    assert html == ""


def test_trainer_met_eigen_traject_leest_niet_over_zichzelf(w):
    traject = w.traject(5)
    Rolvervulling.objects.create(gebruiker=traject.kandidaat, rol="trainer", van=dt.date(2020, 1, 1))
    Trainerschap.objects.create(uitvoering=w.ek1, trainer=traject.kandidaat)
    kandidaat = Gebruiker.objects.get(pk=traject.kandidaat_id)
    w.verslag(traject)
    w.mening(traject, w.t1, "past_niet")
    assert (list(Mening.objects.zichtbaar_voor(kandidaat)), Mening.objects.count()) == ([], 2)
    for welke in (mening_van(traject, w.t2), Mening.objects.create(verslag=verslag_van(traject), trainer=kandidaat)):
        with pytest.raises(PermissionDenied):
            selectie.mening_geven(welke, door=kandidaat, mening="past", reactie="x")


def test_rol_en_zicht_moeten_dezelfde_rol_zijn(w):
    """Noord's regiomanager is trainer of a Zuid candidate: sees it as trainer, may not act as bureau or
    regiomanager.
    """
    Rolvervulling.objects.create(gebruiker=w.rm, rol="trainer", van=dt.date(2020, 1, 1))
    Trainerschap.objects.create(uitvoering=w.ek1, trainer=w.rm)
    traject, rm = w.traject(6, regio=w.zuid), Gebruiker.objects.get(pk=w.rm.pk)
    assert Traject.objects.zichtbaar_als(rm, "trainer").filter(pk=traject.pk).exists()
    assert not Traject.objects.zichtbaar_als(rm, "regiomanager").filter(pk=traject.pk).exists()
    with pytest.raises(PermissionDenied):
        selectie.trainer_toevoegen(verslag_van(traject), door=rm, trainer=w.t3, waarom="x")


def test_regiomanager_en_bureau_zien_geen_verslag(w):
    traject = w.traject(6)
    kijkers = (w.t1, traject.kandidaat, w.t3, w.rm, w.bureau, w.redacteur)
    assert [Verslag.objects.zichtbaar_voor(g).count() for g in kijkers] == [1, 1, 0, 0, 0, 0]


def test_een_trainer_van_ek2_leest_het_verslag_van_ek1_niet(w):
    """Sees the person as trainer of the EK2 group, but not the report, the views, the letter or the notes of EK1."""
    w.ek2 = w.groep("EK2", 3, [w.t3])
    traject = w.na_ek2()
    assert Traject.objects.zichtbaar_als(w.t3, "trainer").filter(pk=traject.pk).exists()
    assert [m.objects.zichtbaar_voor(w.t3).count() for m in (Verslag, Mening, Besluit, Brief)] == [0, 0, 0, 0]
    assert [m.objects.zichtbaar_voor(w.t1).count() for m in (Verslag, Mening, Besluit, Brief)] == [1, 2, 1, 1]
    assert [b.code for b in beurten_voor(w.t3, "trainer")] == []
    client = Client()
    client.force_login(w.t3)
    html = client.get(f"/trainer/kandidaten/{traject.pk}/").content.decode()
    assert "Een goed gesprek." not in html
    assert "Verslag 1" not in html


# --- sending, recalling, drafts ---------------------------------------------------------------------------------------


def test_terughalen_kan_tot_een_trainer_opent(w):
    traject = w.traject(6)
    selectie.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)
    assert staat(traject)[0] == 5 + 1
    oud, nieuw = traject.verslagen.order_by("versie")
    assert (oud.teruggehaald_om is not None, nieuw.versie, nieuw.waarom) == (True, 2, "kanarie-waarom")
    assert nieuw.antwoorden.count() == 2
    tweede = selectie.verslag_sturen(verslag_van(traject), door=traject.kandidaat)
    selectie.verslag_openen(tweede, door=w.t1)
    with pytest.raises(ValidationError, match="al geopend"):
        selectie.verslag_terughalen(verslag_van(traject), door=traject.kandidaat)


def test_verstuurd_verslag_verandert_nooit(w):
    traject = w.traject(6)
    with pytest.raises(ValidationError, match="al verstuurd"):
        selectie.verslag_bewaren(traject, door=traject.kandidaat, velden={"waarom": "toch anders"})
    assert traject.verslagen.get().waarom == "kanarie-waarom"


def test_verslag_zonder_antwoord_wordt_niet_verstuurd(w):
    traject = w.traject(5)
    selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden={"O01": ("3", "")})
    with pytest.raises(ValidationError) as fout:
        selectie.verslag_sturen(verslag_van(traject), door=traject.kandidaat)
    assert list(fout.value.error_dict) == ["conclusie"]


def test_twee_tabbladen_op_een_pagina_botsen_en_andere_paginas_niet(w):
    traject = w.traject(5)
    kandidaat = traject.kandidaat
    basis = selectie.verslag_bewaren(traject, door=kandidaat, antwoorden={"O01": ("3", "een")})
    selectie.verslag_bewaren(traject, door=kandidaat, antwoorden={"V01": ("2", "ander deel")})
    selectie.verslag_bewaren(traject, door=kandidaat, antwoorden={"O01": ("4", "twee")}, basis=basis)
    with pytest.raises(kern.Botsing) as botsing:
        selectie.verslag_bewaren(traject, door=kandidaat, antwoorden={"O01": ("1", "drie")}, basis=basis)
    assert botsing.value.bewaard == {"O01": ("4", "twee")}
    assert traject.verslagen.get().antwoorden.get(profieltekst__code="O01").tekst == "twee"


def test_een_keuze_die_niet_bestaat_wordt_geweigerd(w):
    traject = w.traject(5)
    for antwoorden in ({"O01": ("9", "")}, {"X99": ("1", "")}):
        with pytest.raises(ValidationError):
            selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden=antwoorden)
    assert not traject.verslagen.exists()


def test_concept_van_mening_van_twee_tabbladen(w):
    traject = w.traject(6)
    velden = {"mening": "past", "reactie": "Dag", "notitie": "", "punten": {}}
    assert selectie.mening_bewaren(mening_van(traject, w.t1), door=w.t1, wijziging=0, **velden) == 1
    with pytest.raises(kern.Botsing):
        selectie.mening_bewaren(mening_van(traject, w.t1), door=w.t1, wijziging=0, **velden)


# --- corrections, stopping, journal -----------------------------------------------------------------------------------


def test_besluit_dat_niemand_kent_gaat_meteen_terug_en_de_collega_hoort_het(w):
    traject = w.traject(7)
    with pytest.raises(ValidationError):
        selectie.besluit_herroepen(besluit_van(traject), door=w.t1)
    assert selectie.besluit_herroepen(besluit_van(traject), door=w.t1, waarom="verkeerde persoon") is None
    assert staat(traject) == (7, ["mening_geven:trainer1", "mening_geven:trainer2"])
    assert not Bericht.objects.filter(soort="besluit_vervallen").exists()
    assert Bericht.objects.filter(soort="besluit_teruggenomen", aan=w.t2).count() == 1
    for trainer in (w.t1, w.t2):
        w.mening(traject, trainer)
    assert (staat(traject)[0], Besluit.objects.count()) == (8, 2)


def test_herroepen_na_een_gesprek_vraagt_een_nieuw_voorstel(w):
    traject = w.verschil()
    w.gesprek(traject, kandidaat="past", trainers="past")
    w.herroep(besluit_van(traject), reden="verkeerd aangeklikt")
    assert staat(traject) == (7, ["antwoord_na_gesprek:kandidaat", "voorstel_doen:trainer"])
    selectie.voorstel_doen(gesprek_van(traject), door=w.t1, trainers="past_niet", nieuw_verslag=True)
    w.stem_in(traject)
    selectie.antwoord_na_gesprek(gesprek_van(traject), door=traject.kandidaat, keuze="past")
    assert (staat(traject)[0], Gesprek.objects.count()) == (6, 1)


@pytest.mark.parametrize("tot", range(8))
def test_stoppen_en_terugkomen_kan_in_elke_stap(w, tot):
    traject = w.traject(tot)
    voor = staat(traject)
    kern.traject_stoppen(traject, door=traject.kandidaat)
    assert staat(traject)[1] == []
    with pytest.raises(PermissionDenied, match="gestopt"):
        selectie.uitzoeken_noteren(traject, door=traject.kandidaat, tekst="x")
    kern.traject_hervatten(traject, door=traject.kandidaat)
    assert staat(traject) == voor


def test_geweigerde_handeling_laat_niets_achter(w):
    traject = w.traject(6)
    aantal = Journaalregel.objects.count(), Mening.objects.filter(gegeven_om=None).count()
    with pytest.raises(ValidationError):
        selectie.mening_geven(mening_van(traject, w.t1), door=w.t1, mening="past", reactie="  ")
    assert (Journaalregel.objects.count(), Mening.objects.filter(gegeven_om=None).count()) == aantal


def test_tweede_keer_hetzelfde_formulier_doet_niets(w):
    traject = w.traject(4)
    for _ in range(2):
        selectie.uitzoeken_noteren(traject, door=w.t1, tekst="x", verzoek_id="een-keer")
    assert traject.uitzoeknotities.count() == 1


def test_bureau_typt_namens_de_kandidaat(w):
    traject = w.traject(2)
    selectie.deelname_besluiten(traject, door=w.bureau, keuze="ja")
    regel = Journaalregel.objects.get(handeling="deelname_besluiten")
    assert (regel.als, regel.namens) == ("bureau", traject.kandidaat)


def test_bericht_bij_nieuwe_beurt_vervalt_met_de_beurt(w):
    traject = w.traject(6)
    soorten = list(
        Bericht.objects.filter(traject=traject, soort__startswith="beurt_", vervallen_om=None).values_list(
            "soort", flat=True
        )
    )
    assert soorten == ["beurt_mening_geven", "beurt_mening_geven"]
    assert Bericht.objects.get(traject=traject, soort="beurt_verslag_schrijven").vervallen_om is not None


@pytest.mark.parametrize("tot", range(8))
def test_bijwerken_vraagt_een_vast_aantal_vragen(w, tot, django_assert_max_num_queries):
    traject = w.traject(tot)
    with django_assert_max_num_queries(6):
        bijwerken(traject)
