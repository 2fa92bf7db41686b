"""Duties are handed on, never left: every end shows what is open, and gives it away in the same act."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.kalender import dagen_van
from cursus.models import Trainerschap
from lms.kern import handelingen
from lms.kern.models import Bericht, Beurt, Gebruiker, Rolvervulling
from lms.portaal import werk
from selectie import handelingen as selectie
from selectie.models import Mening
from tests.einde import Einde, als, einde_van_rol, regels, rol_van, rollen
from tests.fabrieken import besluit_van, gesprek_van, mening_van, persoon
from tests.lezen import leesbaar
from tests.post import uitgegaan


@pytest.fixture
def groep(w):
    """A group to come, with the two trainers."""
    return w.groep("EK1", 3, [w.t1, w.t2], over=20, titel="EK1 straks")


def trainers(groep):
    return sorted(Trainerschap.objects.nu().filter(uitvoering=groep).values_list("trainer__voornaam", flat=True))


# --- a trainer --------------------------------------------------------------------------------------------------------


def test_een_trainer_zonder_iets_open_stopt_meteen(w):
    pagina = einde_van_rol(w, persoon("nieuw", "trainer"))
    assert "Er staat niets open." in pagina.html
    assert pagina.stuur().url.startswith("/bureau/mensen/")
    assert "trainer" not in rollen(Gebruiker.objects.get(email="nieuw@demo.example"))


def test_een_groep_krijgt_een_andere_trainer_in_dezelfde_handeling(w, groep):
    pagina = einde_van_rol(w, w.t1)
    veld = f"groep_{groep.pk}"
    assert pagina.keuzes() == {veld: [str(w.t3.pk), "bureau"]}
    assert f'href="/trainer/groepen/{groep.pk}/"' in pagina.html
    assert "Dit is de op één na laatste trainer. Daarna is er alleen nog Trainer2 Jansen." in pagina.html
    assert pagina.stuur(**{veld: w.t3.pk}).status_code == 302
    assert (trainers(groep), "trainer" in rollen(w.t1)) == (["Trainer2", "Trainer3"], False)
    assert ("trainersplek_geven", "Trainer3") in regels("trainersplek_geven")
    assert regels("rol_beeindigen") == [("rol_beeindigen", "Trainer1")]


def test_wie_weg_is_krijgt_geen_dagen_en_geen_groepsmail_meer(w, groep):
    uitgegaan()
    assert {dag.uitvoering_id for dag in dagen_van(w.t1)} >= {groep.pk}
    einde_van_rol(w, w.t1).stuur(**{f"groep_{groep.pk}": w.t3.pk})
    wacht = sorted(Bericht.objects.wachtend().values_list("soort", "aan__voornaam"))
    assert wacht == [("trainer_eraf", "Trainer1"), ("trainer_erbij", "Trainer3")]
    assert list(dagen_van(w.t1)) == []
    cursus.trainers_laten_weten(groep, "verplaatst")
    nieuw = Bericht.objects.filter(soort="verplaatst_trainer").values_list("aan__voornaam", flat=True)
    assert sorted(nieuw) == ["Trainer2"]  # the new one hears it in the mail that still waits


def test_zonder_keuze_eindigt_niets(w, groep):
    pagina = einde_van_rol(w, w.t1)
    assert "mag leeg blijven" not in pagina.html
    antwoord = pagina.stuur()
    assert f'href="#id_groep_{groep.pk}"' in leesbaar(antwoord)
    assert "Kies wie dit overneemt: EK1 straks" in leesbaar(antwoord)
    assert (trainers(groep), "trainer" in rollen(w.t1)) == (["Trainer1", "Trainer2"], True)


def test_het_bureau_kan_zeggen_dat_de_ander_verdergaat(w, groep):
    einde_van_rol(w, w.t1).stuur(**{f"groep_{groep.pk}": "bureau"})
    assert trainers(groep) == ["Trainer2"]


def test_de_laatste_trainer_van_een_groep_geeft_hem_aan_iemand(w):
    alleen = w.groep("EK1", 3, [w.t3], over=20)
    w.t1.rolvervullingen.update(tot=timezone.localdate())
    w.t2.rolvervullingen.update(tot=timezone.localdate())
    pagina = einde_van_rol(w, w.t3)
    assert "Dit is de laatste trainer van deze groep." in pagina.html
    assert "Trainer3 Jansen is de laatste trainer. Daarna is er geen trainer meer." in pagina.html
    assert pagina.keuzes() == {}
    antwoord = leesbaar(pagina.stuur())
    assert "Dit is de laatste trainer van deze groep." in antwoord
    assert (trainers(alleen), "trainer" in rollen(w.t3)) == (["Trainer3"], True)


def test_de_op_een_na_laatste_trainer_van_het_huis_wordt_genoemd(w):
    w.t2.rolvervullingen.update(tot=timezone.localdate())
    zin = "Trainer1 Jansen is de op één na laatste trainer. Daarna is er alleen nog Trainer3 Jansen."
    assert zin in einde_van_rol(w, w.t1).html


def test_een_deelnemer_van_de_groep_wordt_er_geen_trainer(w, groep):
    traject = w.traject(3)
    Rolvervulling.objects.create(gebruiker=traject.kandidaat, rol="trainer")
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=groep)
    assert einde_van_rol(w, w.t1).keuzes()[f"groep_{groep.pk}"] == [str(w.t3.pk), "bureau"]


def test_een_voltooide_groep_telt_niet_en_eindigt_vanzelf(w):
    w.traject(9)
    pagina = einde_van_rol(w, w.t1)
    assert pagina.keuzes() == {}
    pagina.stuur()
    assert not Trainerschap.objects.nu().filter(trainer=w.t1).exists()


def test_een_groep_met_mensen_die_nog_een_verslag_schrijven_is_niet_klaar(w):
    traject = w.traject(5)
    pagina = einde_van_rol(w, w.t1)
    assert list(pagina.keuzes()) == [f"groep_{w.ek1.pk}"]
    uitgegaan()
    pagina.stuur(**{f"groep_{w.ek1.pk}": w.t3.pk})
    assert not Bericht.objects.wachtend().filter(soort__startswith="trainer_").exists()  # no day is left for a diary
    w.verslag(traject)
    gevraagd = Mening.objects.gevraagd().filter(verslag__traject=traject).values_list("trainer__voornaam", flat=True)
    assert sorted(gevraagd) == ["Trainer2", "Trainer3"]


def test_een_verslag_gaat_naar_een_andere_trainer(w):
    traject = w.traject(6)
    mening = mening_van(traject, w.t1)
    pagina = einde_van_rol(w, w.t1)
    assert pagina.keuzes() == {f"groep_{w.ek1.pk}": [str(w.t3.pk), "bureau"], f"verslag_{mening.pk}": [str(w.t3.pk)]}
    assert f'href="/bureau/kandidaten/{traject.pk}/trainers/"' in pagina.html
    assert "kanarie" not in pagina.html
    pagina.stuur(**{f"groep_{w.ek1.pk}": "bureau", f"verslag_{mening.pk}": w.t3.pk})
    mening.refresh_from_db()
    assert (mening.ontheven_reden, mening.gegeven_om) == ("Trainer1 Jansen stopt als trainer.", None)
    assert sorted(traject.beurten.values_list("persoon__voornaam", flat=True)) == ["Trainer2", "Trainer3"]
    namen = regels("trainer_ontheffen", "trainer_toevoegen")
    assert namen == [("trainer_ontheffen", "Kandidaat1"), ("trainer_toevoegen", "Kandidaat1")]
    wacht = Bericht.objects.wachtend().filter(soort="beurt_mening_geven").values_list("aan__voornaam", flat=True)
    assert sorted(wacht) == ["Trainer2", "Trainer3"]


def test_alleen_de_groep_doorgeven_is_niet_genoeg(w):
    mening = mening_van(w.traject(6), w.t1)
    antwoord = einde_van_rol(w, w.t1).stuur(**{f"groep_{w.ek1.pk}": "bureau"})
    assert f'href="#id_verslag_{mening.pk}"' in leesbaar(antwoord)
    assert trainers(w.ek1) == ["Trainer1", "Trainer2"]  # nothing of it was done


def test_een_gepland_gesprek_houdt_zijn_moment_en_krijgt_een_ander(w):
    traject = w.verschil()
    gesprek = w.plan_gesprek(traject)
    uitgegaan()
    mening = mening_van(traject, w.t1)
    pagina = einde_van_rol(w, w.t1)
    assert "gesprek op" in pagina.html
    pagina.stuur(**{f"groep_{w.ek1.pk}": w.t3.pk, f"verslag_{mening.pk}": w.t3.pk})
    gesprek.refresh_from_db()
    assert (gesprek.moment_om is not None, gesprek.vervallen_om) == (True, None)
    wacht = Bericht.objects.wachtend().filter(soort__startswith="gesprek_")
    assert sorted(wacht.values_list("soort", "aan__voornaam")) == [
        ("gesprek_afgezegd_trainer", "Trainer1"),
        ("gesprek_gepland_trainer", "Trainer3"),
    ]
    assert Mening.objects.get(pk=mening.pk).mening == "past_niet"  # stays signed by who gave it
    w.opschrijven(traject, door=w.t3)
    w.stem_in(traject, w.t2)
    selectie.antwoord_na_gesprek(gesprek, door=traject.kandidaat, keuze="past")
    assert besluit_van(traject).vervolg == "poort"


def test_met_genoeg_anderen_gaan_zij_samen_verder(w):
    traject = w.traject(6)
    selectie.trainer_toevoegen(traject.verslagen.get(), door=w.bureau, trainer=w.t3, waarom="drukte")
    for trainer in (w.t2, w.t3):
        w.mening(traject, trainer)
    mening = mening_van(traject, w.t1)
    pagina = einde_van_rol(w, w.t1)
    assert "Niemand erbij. Trainer2 Jansen en Trainer3 Jansen gaan verder" in pagina.html
    pagina.stuur(**{f"groep_{w.ek1.pk}": "bureau", f"verslag_{mening.pk}": "bureau"})
    assert besluit_van(traject).vervolg == "poort"  # who waited for the last one waits no more


def test_wie_niet_meer_kan_worden_gevraagd_krijgt_na_terugnemen_geen_beurt(w):
    traject = w.traject(7)
    einde_van_rol(w, w.t1).stuur()
    assert not Mening.objects.gevraagd().filter(trainer=w.t1).exists()
    assert selectie.besluit_herroepen(besluit_van(traject), door=w.t2, waarom="Er was iets niet goed.") is None
    assert set(traject.beurten.exclude(persoon=None).values_list("persoon__voornaam", flat=True)) == {"Trainer2"}


def test_de_nieuwe_trainer_kan_elke_beurt_doen(w):
    """No turn that leads to a page which is not there, or to a refusal."""
    verslag, gesprek = w.traject(6), w.verschil()
    w.plan_gesprek(gesprek)
    keuzes = {f"verslag_{mening_van(t, w.t1).pk}": w.t3.pk for t in (verslag, gesprek)}
    einde_van_rol(w, w.t1).stuur(**{f"groep_{w.ek1.pk}": w.t3.pk} | keuzes)
    beurten = list(werk.beurten_voor(Gebruiker.objects.get(pk=w.t3.pk), "trainer"))
    assert sorted(beurt.code for beurt in beurten) == ["mening_geven", "mening_geven"]
    alle = Beurt.objects.filter(persoon=w.t3) | Beurt.objects.filter(code="gesprek_houden")
    for beurt in alle:
        assert als(w.t3).get(f"/taak/{beurt.pk}/", follow=True).status_code == 200, beurt.code
    for traject in (verslag, gesprek):
        w.mening(traject, w.t3, "past")
    assert not Beurt.objects.filter(persoon=w.t3, code="mening_geven").exists()


def test_na_het_gesprek_hoeft_de_nieuwe_trainer_geen_mening_meer_te_geven(w):
    traject = w.verschil()
    mening = mening_van(traject, w.t1)
    einde_van_rol(w, w.t1).stuur(**{f"groep_{w.ek1.pk}": w.t3.pk, f"verslag_{mening.pk}": w.t3.pk})
    assert traject.beurten.filter(persoon=w.t3, code="mening_geven").exists()
    w.opschrijven(traject, door=w.t2, trainers="past_niet")
    selectie.antwoord_na_gesprek(gesprek_van(traject), door=traject.kandidaat, keuze="past_niet")
    assert list(traject.beurten.values_list("code", flat=True)) == ["afronden_bevestigen"]


def test_wat_er_tussen_lezen_en_drukken_bijkwam_wordt_eerst_gelezen(w, groep):
    pagina = einde_van_rol(w, w.t1)
    later = w.groep("EK1", 3, [w.t1, w.t2], over=60, titel="EK1 later")
    antwoord = pagina.stuur(**{f"groep_{groep.pk}": w.t3.pk})
    assert antwoord.url == pagina.pad
    assert "Er is net iets veranderd." in leesbaar(pagina.client.get(pagina.pad))
    assert (trainers(groep), trainers(later)) == (["Trainer1", "Trainer2"], ["Trainer1", "Trainer2"])


def test_zonder_pagina_laat_de_handeling_ook_niets_liggen(w, groep):
    with pytest.raises(ValidationError, match="Kies wie dit overneemt"):
        handelingen.rol_beeindigen(rol_van(w.t1), door=w.bureau)
    with pytest.raises(ValidationError, match="Kies wie dit overneemt"):
        handelingen.rol_beeindigen(
            rol_van(w.t1), door=w.bureau, overdracht={f"groep_{groep.pk}": w.rm.pk}
        )  # no trainer
    assert "trainer" in rollen(w.t1)


def test_een_rol_die_al_geeindigd_is_bestaat_hier_niet(w):
    pad = f"/bureau/rollen/{rol_van(w.redacteur).pk}/einde/"
    Einde(w.bureau, pad).stuur()
    assert als(w.bureau).get(pad).status_code == 404


# --- one trainer's place ----------------------------------------------------------------------------------------------


def test_een_plek_als_trainer_neemt_alleen_de_verslagen_van_die_groep_mee(w):
    hier = w.traject(6)
    cursus.uitvoering_wijzigen(
        w.ek1b, door=w.bureau, trainers=[w.t3, w.t1],
        dagen=[(b.begint_om, b.eindigt_om) for b in w.ek1b.bijeenkomsten.all()],
    )  # fmt: skip
    plek = Trainerschap.objects.nu().get(uitvoering=w.ek1, trainer=w.t1)
    pagina = Einde(w.bureau, f"/bureau/groepen/trainer/{plek.pk}/")
    mening = mening_van(hier, w.t1)
    assert sorted(pagina.keuzes()) == [f"groep_{w.ek1.pk}", f"verslag_{mening.pk}"]
    assert pagina.stuur(**{f"groep_{w.ek1.pk}": w.t3.pk, f"verslag_{mening.pk}": w.t3.pk}).status_code == 302
    assert (trainers(w.ek1), trainers(w.ek1b)) == (["Trainer2", "Trainer3"], ["Trainer1", "Trainer3"])
    assert "trainer" in rollen(w.t1)
    assert regels("trainersplek_beeindigen") == [("trainersplek_beeindigen", "Trainer1")]
    assert als(w.bureau).get(pagina.pad).status_code == 404
