"""The candidate's own pages: choosing a date, the waiting list, cancelling, what is missing for EK2."""

import pytest

from cursus import handelingen as cursus
from cursus.models import Datumwens, Deelname, Soort
from lms.kern.handelingen import VOORBIJ
from lms.kern.models import Journaalregel
from tests.cursus.test_paginas import tekst
from tests.fabrieken import dag_van, deelname_van, persoon

INFORMATIE, EK1, EK2 = Soort.INFORMATIE, Soort.EK1, Soort.EK2
INFO_PAD, TRAINING = "/mijn/bijeenkomst/", "/mijn/training/"


@pytest.fixture
def kies(w, client):
    """Somebody in step 2 who is logged in, and a meeting to choose."""
    traject = w.traject(1)
    client.force_login(traject.kandidaat)
    return traject, w.groep(INFORMATIE, 1, [], over=5, titel="Informatiebijeenkomst Zwolle", capaciteit=1)


def plekken(traject):
    """(session, waiting) of every open place, the attended information meeting apart."""
    rijen = Deelname.objects.filter(traject=traject, afgemeld_om=None)
    return [(rij.uitvoering_id, rij.op_wachtlijst) for rij in rijen]


def afmelden(traject):
    return f"/mijn/afmelden/{deelname_van(traject).pk}/"


@pytest.mark.parametrize("pad", [INFO_PAD, TRAINING, "/mijn/afmelden/1/"])
def test_eerst_inloggen_en_zonder_traject_niets(db, client, pad):
    assert client.get(pad).status_code == 302
    client.force_login(persoon("buiten"))
    assert client.get(pad).status_code == 404


def test_een_datum_kiezen(w, client, kies):
    traject, groep = kies
    antwoord = client.post(INFO_PAD, {"uitvoering": groep.pk, "verzoek_id": "een"})
    assert (antwoord.status_code, antwoord.url) == (302, INFO_PAD)
    assert plekken(traject) == [(groep.pk, False)]
    html = tekst(client.get(INFO_PAD))
    assert "Je hebt een plek. Tot dan!" in html
    assert "Ik kan niet, meld mij af" in html
    assert "Kies een informatiebijeenkomst" not in html


def test_twee_keer_versturen_is_een_plek(w, client, kies):
    traject, groep = kies
    for _ in range(2):
        assert client.post(INFO_PAD, {"uitvoering": groep.pk, "verzoek_id": "een"}).status_code == 302
    assert plekken(traject) == [(groep.pk, False)]
    assert Journaalregel.objects.filter(handeling="deelname_aanvragen", traject=traject).count() == 1


def test_een_volle_datum_is_de_wachtlijst(w, client, kies):
    traject, groep = kies
    cursus.deelname_aanvragen(w.traject(1), door=w.bureau, uitvoering=groep)
    assert "je komt op de wachtlijst" in tekst(client.get(INFO_PAD))
    client.post(INFO_PAD, {"uitvoering": groep.pk})
    assert plekken(traject) == [(groep.pk, True)]
    assert "Op de wachtlijst" in tekst(client.get(INFO_PAD))


def test_geen_van_deze_dagen(w, client, kies):
    traject, groep = kies
    client.post(INFO_PAD, {"uitvoering": "geen"})
    assert Datumwens.objects.get(traject=traject).gezien == [groep.pk]
    assert "We mailen je als er nieuwe data zijn." in tekst(client.get(INFO_PAD))


@pytest.mark.parametrize("waarde", ["", "x", "999999", "-1", "1" * 400, "\x00"])
def test_een_rare_keuze_geeft_een_zin_en_geen_plek(w, client, kies, waarde):
    traject, _ = kies
    antwoord = client.post(INFO_PAD, {"uitvoering": waarde})
    assert antwoord.status_code == 200
    assert "Je bent er bijna" in tekst(antwoord)
    assert plekken(traject) == []


def test_een_datum_van_een_andere_soort_kan_niet(w, client, kies):
    traject, _ = kies
    ek1 = w.groep(EK1, 3, [w.t1], over=5)
    assert "Deze datum kan niet (meer). Kies een andere." in tekst(client.post(INFO_PAD, {"uitvoering": ek1.pk}))
    assert plekken(traject) == []


def test_te_laat_of_afgelast_tussen_kijken_en_kiezen(w, client, kies):
    traject, groep = kies
    cursus.uitvoering_afgelasten(groep, door=w.bureau, waarom="x")
    assert "Deze datum kan niet (meer). Kies een andere." in tekst(client.post(INFO_PAD, {"uitvoering": groep.pk}))
    assert plekken(traject) == []


def test_de_wens_uit_de_agenda_staat_aangekruist(w, client, kies):
    _, groep = kies
    html = tekst(client.get(f"{INFO_PAD}?kies={groep.pk}"))
    assert f'value="{groep.pk}" checked' in html
    assert "checked" not in tekst(client.get(f"{INFO_PAD}?kies=x"))


def test_zonder_data_kan_een_mail_gevraagd_worden(w, client):
    traject = w.traject(1)
    client.force_login(traject.kandidaat)
    html = tekst(client.get(INFO_PAD))
    assert "Er zijn nu geen data" in html
    assert "Mail mij bij nieuwe data" in html
    client.post(INFO_PAD, {"uitvoering": "geen"})
    assert Datumwens.objects.filter(traject=traject).count() == 1
    assert "Mail mij bij nieuwe data" not in tekst(client.get(INFO_PAD))


@pytest.mark.parametrize(("tot", "woord"), [(0, "Eerst lezen wij je brief en cv."), (2, "Je was erbij op")])
def test_voor_en_na_stap_2_is_er_niets_te_kiezen(w, client, tot, woord):
    traject, groep = w.traject(tot), w.groep(INFORMATIE, 1, [], over=5)
    client.force_login(traject.kandidaat)
    assert woord in tekst(client.get(INFO_PAD))
    assert client.post(INFO_PAD, {"uitvoering": groep.pk}).status_code == 200
    assert not Deelname.objects.filter(traject=traject, uitvoering=groep).exists()


def test_na_niet_verschijnen_kies_je_opnieuw(w, client, kies):
    traject, _ = kies
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=w.info)
    cursus.aanwezigheid_vastleggen(dag_van(traject, w.info.bijeenkomsten.get()), door=w.bureau, resultaat="nee")
    html = tekst(client.get(INFO_PAD))
    assert "Je kon er de vorige keer niet bij zijn." in html
    assert "Kies een informatiebijeenkomst" in html


def test_ek1_kiezen_en_de_dagen_zien(w, client):
    traject, groep = w.traject(3), w.groep(EK1, 3, [w.t1, w.t2], over=5)
    client.force_login(traject.kandidaat)
    assert client.post(TRAINING, {"uitvoering": groep.pk}).url == TRAINING
    html = tekst(client.get(TRAINING))
    assert "Jouw dagen EK1" in html
    assert html.count("nog open") == 3
    assert w.t1.naam not in html


def test_ek2_zegt_wat_er_ontbreekt(w, client):
    traject, groep = w.traject(9), w.groep(EK2, 3, [w.t1], over=5)
    client.force_login(traject.kandidaat)
    html = tekst(client.get(TRAINING))
    assert "EK2 kan na twee conferenties die meetellen. Nu telt er 1 mee." in html
    assert "Jouw dagen EK1" in html
    assert "EK2 kan na twee" in tekst(client.post(TRAINING, {"uitvoering": groep.pk}))
    w.conferentie(traject)
    assert client.post(TRAINING, {"uitvoering": groep.pk}).status_code == 302
    assert Deelname.objects.filter(traject=traject, soort=EK2, geplaatst_om__isnull=False).count() == 1


def test_te_vroeg_voor_ek1(w, client):
    client.force_login(w.traject(2).kandidaat)
    assert "Een groep voor EK1 kies je bij stap 4." in tekst(client.get(TRAINING))


def test_afmelden_met_een_eigen_pagina(w, client, kies):
    traject, groep = kies
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    pad = afmelden(traject)
    html = tekst(client.get(pad))
    assert "Je plek gaat naar iemand anders." in html
    assert "Het is al bijna zover." in html
    assert "Kruis dit aan, of bel ons." in tekst(client.post(pad, {"verzoek_id": "een"}))
    assert plekken(traject) == [(groep.pk, False)]
    for _ in range(2):  # sent twice it is answered as the first time
        assert client.post(pad, {"verzoek_id": "een", "zeker": "on"}).url == INFO_PAD
    assert plekken(traject) == []
    assert VOORBIJ in tekst(client.get(pad, follow=True))


def test_een_oude_pagina_meldt_niet_af_van_de_nieuwe_plek(w, client, kies):
    """The second tab still shows the meeting that was left for another one."""
    traject, groep = kies
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    pad = afmelden(traject)
    cursus.deelname_afmelden(deelname_van(traject), door=traject.kandidaat)
    anders = w.groep(INFORMATIE, 1, [], over=20)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=anders)
    antwoord = client.post(pad, {"zeker": "on"}, follow=True)
    assert VOORBIJ in tekst(antwoord)
    assert plekken(traject) == [(anders.pk, False)]


def test_ruim_op_tijd_afmelden_vraagt_geen_telefoontje(w, client):
    traject, groep = w.traject(1), w.groep(INFORMATIE, 1, [], over=20)
    client.force_login(traject.kandidaat)
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    assert "Het is al bijna zover." not in tekst(client.get(afmelden(traject)))


def test_afmelden_na_dag_1_wordt_uitgelegd(w, client):
    traject = w.traject(3)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    cursus.aanwezigheid_vastleggen(dag_van(traject, w.ek1.bijeenkomsten.get(nr=1)), door=w.t1, resultaat="ja")
    client.force_login(traject.kandidaat)
    assert "Deze bijeenkomst is al begonnen. Bel ons als je wilt wisselen." in tekst(
        client.post(afmelden(traject), {"zeker": "on"})
    )
    assert "meld mij af" not in tekst(client.get(TRAINING))


@pytest.mark.parametrize("soort", ["EK3", "ek1", "studiedag", "x" * 300])
def test_afmelden_voor_iets_onbekends_is_er_niet(w, client, kies, soort):
    assert client.get(f"/mijn/afmelden/{soort}/").status_code == 404


def test_een_ander_meldt_jou_niet_af(w, client, kies):
    traject, groep = kies
    cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)
    client.force_login(w.traject(1).kandidaat)
    assert client.post(afmelden(traject)).status_code == 404
    assert plekken(traject) == [(groep.pk, False)]


@pytest.mark.parametrize("aantal", [1, 3, 25])
def test_vragen_van_het_kiezen(w, client, django_assert_num_queries, aantal):
    for n in range(aantal):
        w.groep(INFORMATIE, 1, [], over=3 + n)
    client.force_login(w.traject(1).kandidaat)
    client.get(INFO_PAD)
    with django_assert_num_queries(9):
        client.get(INFO_PAD)


def test_wie_ek1_heeft_gevolgd_leest_dat(w, client):
    client.force_login(w.traject(4).kandidaat)
    html = tekst(client.get(TRAINING))
    assert "Je hebt EK1 gevolgd." in html
    assert "Aangemeld" not in html
    assert html.count("ja</span>") == 3
