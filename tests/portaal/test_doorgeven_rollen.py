"""Duties handed on at the end of the other roles, of all roles together, and of a registration."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from certificering import handelingen as certificering
from certificering.models import Conferentie
from cursus import handelingen as cursus
from cursus.models import StandaardPagina
from lms.kern import handelingen
from lms.kern.models import Bericht, Gebruiker, Rolvervulling, Toegangsvoorstel
from lms.portaal import werk
from tests.einde import Einde, als, einde_van_rol, regels, rol_van, rollen
from tests.fabrieken import certificaat_van, mening_van, persoon, registratie_van
from tests.lezen import leesbaar
from tests.post import uitgegaan
from tests.test_vragen import aantal


@pytest.fixture
def collega(w):
    return persoon("collega", "bureau")


def loopt(w, traject):
    """A conference that this coordinator prepares."""
    return certificering.conferentie_vragen(traject, door=w.rm, referentie="EKC-777")


# --- a regiomanager ---------------------------------------------------------------------------------------------------


def test_de_laatste_regiomanager_van_een_regio_geeft_haar_aan_een_ander(w, collega):
    traject = w.traject(9)
    loopt(w, traject)
    uitgegaan()
    pagina, veld = einde_van_rol(w, w.rm), f"regio_{w.noord.pk}"
    assert "Regiomanager Jansen is de laatste regiomanager van Noord." in pagina.html
    assert "1 conferentie die loopt" in pagina.html
    assert f'href="/bureau/kandidaten/?regio={w.noord.pk}"' in pagina.html
    assert pagina.keuzes() == {veld: [str(collega.pk), str(w.rm2.pk)]}
    assert "Kies wie dit overneemt: Regio Noord." in leesbaar(pagina.stuur())
    pagina.stuur(**{veld: w.rm2.pk})
    nieuw = Gebruiker.objects.get(pk=w.rm2.pk)
    assert (sorted(nieuw.regios()), "regiomanager" in rollen(w.rm)) == (sorted([w.noord.pk, w.zuid.pk]), False)
    assert Conferentie.objects.te_begeleiden(nieuw).filter(traject=traject).count() == 2
    assert regels("rol_geven", "rol_beeindigen") == [("rol_geven", "Regiomanager2"), ("rol_beeindigen", "Regiomanager")]
    assert list(Bericht.objects.wachtend().values_list("soort", "aan__voornaam")) == [
        ("regio_overgenomen", "Regiomanager2")
    ]


def test_wie_regiomanager_wordt_kan_alles_afmaken(w):
    traject = w.traject(8)
    w.stemmen(traject)
    einde_van_rol(w, w.rm).stuur(**{f"regio_{w.noord.pk}": w.rm2.pk})
    w.rm = Gebruiker.objects.get(pk=w.rm2.pk)
    beurten = list(werk.beurten_voor(w.rm, "regiomanager"))
    assert [beurt.code for beurt in beurten] == ["evaluatie_gesprek"]
    assert als(w.rm).get(f"/taak/{beurten[0].pk}/", follow=True).status_code == 200
    w.evaluatiegesprek(traject)


def test_een_tweede_regiomanager_van_de_regio_gaat_vanzelf_verder(w):
    w.traject(8)
    persoon("tweede", "regiomanager", w.noord)
    pagina = einde_van_rol(w, w.rm)
    assert "Tweede Jansen is hier ook regiomanager en gaat verder." in pagina.html
    assert ("laatste regiomanager" in pagina.html, pagina.keuzes()) == (False, {})
    assert pagina.stuur().status_code == 302
    assert "regiomanager" not in rollen(w.rm)


def test_zonder_iemand_die_de_regio_kan_overnemen_eindigt_de_rol_niet(w):
    w.rm2.rolvervullingen.update(tot=timezone.localdate())
    w.traject(1)
    pagina = einde_van_rol(w, w.rm)
    assert pagina.keuzes() == {}
    pagina.stuur()
    assert "regiomanager" in rollen(w.rm)
    with pytest.raises(ValidationError, match="Regio Noord"):
        handelingen.rol_beeindigen(rol_van(w.rm), door=w.bureau)


def test_een_lege_regio_vraagt_niemand_maar_wordt_genoemd(w):
    pagina = einde_van_rol(w, w.rm2)
    assert "Regiomanager2 Jansen is de laatste regiomanager van Zeeland en West-Brabant." in pagina.html
    pagina.stuur()
    assert "regiomanager" not in rollen(w.rm2)


def test_wat_nog_niet_weg_was_gaat_niet_naar_wie_weg_is(w):
    w.traject(9)
    wacht = Bericht.objects.wachtend().filter(aan=w.rm)
    assert wacht.exists()
    einde_van_rol(w, w.rm).stuur(**{f"regio_{w.noord.pk}": w.rm2.pk})
    assert not wacht.exists()


def test_van_wie_blijft_vervalt_alleen_wat_bij_de_rol_hoorde(w):
    """Somebody who is trainer too keeps what is asked of a trainer."""
    traject = w.traject(6)
    Rolvervulling.objects.create(gebruiker=w.t1, rol="regiomanager", regio=w.noord)
    w.poort(w.traject(7))
    soorten = Bericht.objects.wachtend().filter(aan=w.t1).values_list("soort", flat=True)
    assert {"beurt_mening_geven", "beurt_conferentie_vragen"} <= set(soorten)
    rol = rol_van(w.t1, "regiomanager")
    Einde(w.bureau, f"/bureau/rollen/{rol.pk}/einde/").stuur()
    assert "beurt_conferentie_vragen" not in set(soorten.all())
    assert Bericht.objects.wachtend().filter(aan=w.t1, soort="beurt_mening_geven", traject=traject).exists()


# --- the bureau and the editors ---------------------------------------------------------------------------------------


def test_de_laatste_van_het_bureau_blijft(w, collega):
    """Also when two of the bureau end each other's role: the second one waited, and is too late."""
    door = Gebruiker.objects.get(pk=w.bureau.pk)
    assert "bureau" in door.rollen()  # read before the own role ended
    einde = Einde(collega, f"/bureau/rollen/{rol_van(w.bureau).pk}/einde/")
    assert "Daarna werkt alleen Collega Jansen nog bij het bureau." in einde.html
    assert einde.stuur().status_code == 302
    with pytest.raises(ValidationError, match="Dit is de laatste persoon van het bureau"):
        handelingen.rol_beeindigen.kern(rol_van(collega), door=door)
    assert "bureau" in rollen(collega)


def test_een_geblokkeerde_collega_telt_niet_als_bureau(w, collega):
    Gebruiker.objects.filter(pk=w.bureau.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="laatste persoon van het bureau"):
        handelingen.rol_beeindigen.kern(rol_van(collega), door=w.bureau)


def test_de_taken_van_het_bureau_blijven_en_een_voorstel_vervalt(w, collega):
    w.traject(0)
    voorstel = handelingen.toegang_voorstellen(w.t1, door=collega, soort="blokkeren", waarom="Weg.")
    over_mij = handelingen.toegang_voorstellen(w.bureau, door=collega, soort="blokkeren", waarom="Weg.")
    pagina = einde_van_rol(w, collega)
    assert "1 taak van het bureau" in pagina.html
    assert "Bureau Jansen ziet deze taken ook." in pagina.html
    assert f'href="/bureau/toegang/{voorstel.pk}/"' in pagina.html
    assert f'href="/bureau/toegang/{over_mij.pk}/"' not in pagina.html  # nobody reads what is about themselves
    pagina.stuur()
    assert not Toegangsvoorstel.objects.open().exists()
    assert not Bericht.objects.wachtend().filter(soort="toegang_voorgesteld").exists()
    assert sorted(regels("toegang_intrekken")) == [("toegang_intrekken", "Bureau"), ("toegang_intrekken", "Trainer1")]


def test_teksten_die_nog_niet_op_de_site_staan_worden_genoemd(w):
    tekst = StandaardPagina.objects.live().first()
    tekst.save_revision(user=w.redacteur)
    Page.objects.filter(pk=tekst.pk).update(has_unpublished_changes=True)
    pagina = einde_van_rol(w, w.redacteur)
    assert f'href="/beheer/pages/{tekst.pk}/edit/"' in pagina.html
    assert "Andere redacteuren en het bureau kunnen ermee verder." in pagina.html
    pagina.stuur()
    assert "redacteur" not in rollen(w.redacteur)
    assert not w.redacteur.groups.exists()


# --- all roles together -----------------------------------------------------------------------------------------------


def test_wie_weggaat_geeft_alles_in_een_keer_door(w, collega):
    traject = w.traject(6)
    mening = mening_van(traject, w.t1)
    Rolvervulling.objects.create(gebruiker=w.t1, rol="regiomanager", regio=w.noord)
    w.rm.rolvervullingen.update(tot=timezone.localdate())
    pagina = Einde(w.bureau, f"/bureau/mensen/{w.t1.pk}/weg/")
    keuzes = {f"groep_{w.ek1.pk}": w.t3.pk, f"verslag_{mening.pk}": w.t3.pk, f"regio_{w.noord.pk}": collega.pk}
    assert set(pagina.keuzes()) == set(keuzes)
    pagina.stuur(**{**keuzes, f"verslag_{mening.pk}": ""})
    assert len(rollen(w.t1)) == 4  # one choice is missing: nothing was done
    pagina.stuur(**keuzes)
    assert rollen(w.t1) == {"kandidaat"}
    assert "regiomanager" in rollen(collega)
    assert regels("rol_beeindigen") == [("rol_beeindigen", "Trainer1")] * 2
    assert als(w.bureau).get(pagina.pad).status_code == 404


def test_de_pagina_van_een_mens_leidt_naar_de_einden(w):
    html = leesbaar(als(w.bureau).get(f"/bureau/mensen/{w.t1.pk}/"))
    assert f'href="/bureau/rollen/{rol_van(w.t1).pk}/einde/"' in html
    assert f'href="/bureau/mensen/{w.t1.pk}/weg/"' in html
    html = leesbaar(als(w.bureau).get(f"/bureau/mensen/{w.t1.pk}/toegang/blokkeren/"))
    assert f'href="/bureau/mensen/{w.t1.pk}/weg/"' in html  # a block ends no role: what is open stays open


def test_de_groep_leidt_het_bureau_naar_het_einde_van_een_plek(w):
    plek = w.ek1.trainerschappen.get(trainer=w.t1)
    link = f'href="/bureau/groepen/trainer/{plek.pk}/"'
    pad = f"/trainer/groepen/{w.ek1.pk}/"
    assert [link in leesbaar(als(wie).get(pad)) for wie in (w.bureau, w.t1)] == [True, False]


def test_de_planning_haalt_niemand_weg_die_nog_een_verslag_leest(w):
    w.traject(6)
    velden = {"dagen": [(b.begint_om, b.eindigt_om) for b in w.ek1.bijeenkomsten.all()], "door": w.bureau}
    with pytest.raises(ValidationError, match="Bij Trainer1 Jansen staan nog verslagen open"):
        cursus.uitvoering_wijzigen(w.ek1, trainers=[w.t2, w.t3], **velden)
    with pytest.raises(ValidationError, match="Regiomanager Jansen is geen trainer"):
        cursus.uitvoering_wijzigen(w.ek1, trainers=[w.t1, w.t2, w.rm], **velden)


# --- a registration ---------------------------------------------------------------------------------------------------


def uitschrijven(w, traject, door=None):
    return Einde(door or w.bureau, f"/regio/register/{registratie_van(traject).pk}/uitschrijven/")


def test_een_lopende_conferentie_gaat_naar_een_andere_coordinator(w):
    traject, ander = w.traject(9), w.traject(9)
    rij = loopt(w, traject)
    uitgegaan()
    pagina, veld = uitschrijven(w, traject, w.rm), f"conferentie_{rij.pk}"
    assert f'href="/regio/conferenties/{rij.pk}/"' in pagina.html
    assert pagina.keuzes() == {veld: [str(ander.kandidaat_id), "bureau"]}
    assert "Kies wie dit overneemt: Conferentie EKC-777." in leesbaar(pagina.stuur(waarom="stopt"))
    assert pagina.stuur(**{veld: ander.kandidaat_id, "waarom": "stopt"}).status_code == 302
    rij.refresh_from_db()
    traject.refresh_from_db()
    assert (rij.uitkomst, rij.telt_mee, traject.afsluiting) == ("gestopt", False, "uitgeschreven")
    nieuw = Conferentie.objects.get(traject=ander, telt_mee=None)
    assert (nieuw.referentie, nieuw.variant, nieuw.regio) == ("EKC-777", "familie", w.noord)
    assert ander.beurten.filter(code="conferentie_houden", feit=nieuw.pk).exists()
    assert Bericht.objects.wachtend().filter(aan=ander.kandidaat, soort="beurt_conferentie_houden").exists()
    for pad, naam in ((traject, "conferentie_tellen"), (ander, "conferentie_vragen")):
        regel = pad.journaal.filter(handeling=naam).order_by("pk").last()
        assert (regel.door, regel.als) == (w.rm, "regiomanager")


def test_anders_zoekt_de_regiomanager_iemand_en_hoort_dat(w):
    traject = w.traject(9)
    rij = loopt(w, traject)
    uitgegaan()
    uitschrijven(w, traject).stuur(**{f"conferentie_{rij.pk}": "bureau", "waarom": "stopt"})
    rij.refresh_from_db()
    assert (rij.telt_mee, rij.telt_reden) == (False, "De coördinator stopt. De regiomanager zoekt iemand anders.")
    bericht = Bericht.objects.wachtend().get(soort="conferentie_terug")
    assert (bericht.aan, bericht.feit) == (w.rm, rij.pk)


def test_van_een_gehouden_conferentie_wordt_eerst_gekeken_of_ze_meetelt(w):
    traject = w.traject(9)
    rij = loopt(w, traject)
    certificering.conferentie_vastleggen(
        rij, door=traject.kandidaat, uitkomst="met_plan", gehouden_op=timezone.localdate(), kring=9
    )
    pagina = uitschrijven(w, traject)
    assert (pagina.keuzes(), "Kijk eerst of deze conferentie meetelt." in pagina.html) == ({}, True)
    pagina.stuur(waarom="stopt")
    traject.refresh_from_db()
    assert traject.is_lopend
    certificering.conferentie_tellen(rij, door=w.rm, telt_mee=True)
    assert uitschrijven(w, traject).stuur(waarom="stopt").status_code == 302


def test_ook_het_einde_van_het_certificaat_laat_geen_conferentie_liggen(w):
    traject = w.traject(9)
    rij = loopt(w, traject)
    certificaat = certificaat_van(traject)
    with pytest.raises(ValidationError, match="Conferentie EKC-777"):
        certificering.certificaat_intrekken(certificaat, door=w.bureau, waarom="fout")
    html = leesbaar(als(w.bureau).get(f"/bureau/certificaten/{certificaat.nummer}/"))
    assert html.count(f'name="conferentie_{rij.pk}"') == 2
    certificering.certificaat_beeindigen(
        certificaat, door=w.bureau, waarom="stopt", overdracht={f"conferentie_{rij.pk}": "bureau"}
    )
    rij.refresh_from_db()
    assert rij.telt_mee is False


def test_een_regiomanager_van_elders_schrijft_niemand_uit(w):
    pad = f"/regio/register/{registratie_van(w.traject(9)).pk}/uitschrijven/"
    assert als(w.rm2).get(pad).status_code == 404


# --- what the pages ask -----------------------------------------------------------------------------------------------


def test_de_pagina_vraagt_evenveel_bij_meer_groepen_verslagen_en_mensen(w, collega):
    gemeten = []
    for erbij in (1, 2):
        for nr in range(erbij):
            w.traject(6)
            w.groep("EK1", 3, [w.t1, w.t2], over=20 + nr + 10 * erbij)
        gemeten.append(
            [aantal(w.bureau, f"/bureau/rollen/{rol_van(mens).pk}/einde/") for mens in (w.t1, w.rm, collega)]
        )
    assert gemeten[0] == gemeten[1]
    assert gemeten[0] == [25, 19, 9]
