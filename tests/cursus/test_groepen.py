"""Groups and the roll call: for their trainers and the bureau, guests by name and tick only, one bad row loses
nothing.
"""

import pytest

from cursus import handelingen as cursus
from cursus.models import Aanwezigheid, Soort, Uitvoering
from lms.kern.models import Gebruiker, Journaalregel, Rolvervulling
from tests.cursus.test_paginas import tekst
from tests.fabrieken import dag_nr, dag_van, deelname_van

EK1 = Soort.EK1
LIJST = "/trainer/groepen/"


@pytest.fixture
def groep(w, client):
    """w.ek1 with three people, and its first trainer logged in. Returns the trajecten."""
    trajecten = [w.traject(3, naam=naam) for naam in ("anna", "bram", "carla")]
    for traject in trajecten:
        cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    client.force_login(w.t1)
    return trajecten


def dag(w, nr=1):
    return f"/trainer/groepen/{w.ek1.pk}/dag/{nr}/"


def rij(traject, nr=1):
    return Aanwezigheid.objects.get(traject=traject, soort=EK1, nr=nr, geldt=True)


def uitslag(trajecten, nr=1):
    return [rij(traject, nr).resultaat for traject in trajecten]


def stuur(client, w, trajecten, keuzes, **meer):
    velden = {f"rij-{rij(traject).pk}": keuze for traject, keuze in zip(trajecten, keuzes, strict=True) if keuze}
    return client.post(dag(w), velden | {"verzoek_id": "een"} | meer)


def test_een_trainer_ziet_alleen_de_eigen_groepen(w, client, groep):
    cursus.deelname_plaatsen(w.traject(3, naam="zandloper"), door=w.bureau, uitvoering=w.ek1b)
    eigen = [*client.get(LIJST).context["bladzij"], *client.get(f"{LIJST}?toon=geweest").context["bladzij"]]
    assert {u.pk for u in eigen} == {w.ek1.pk, w.ek2.pk}
    assert client.get(f"{LIJST}{w.ek1b.pk}/").status_code == 404
    assert client.get(f"{LIJST}{w.ek1b.pk}/dag/1/").status_code == 404
    assert client.get(f"{LIJST}999999/").status_code == 404


def test_het_bureau_ziet_alle_groepen_en_informatiebijeenkomsten(w, client):
    client.force_login(w.bureau)
    lijst = client.get(f"{LIJST}?toon=geweest").context["bladzij"].object_list
    assert {u.pk for u in lijst} == {w.info.pk, w.ek1.pk, w.ek1b.pk, w.ek2.pk}


def test_een_groep_van_drie_dagen_staat_een_keer_in_de_lijst(w, client):
    komt = w.groep("EK1", 3, [w.t1], over=20)
    client.force_login(w.t1)
    assert [u.pk for u in client.get(LIJST).context["bladzij"]].count(komt.pk) == 1


@pytest.mark.parametrize("wie", ["rm", "redacteur"])
def test_anderen_hebben_hier_niets_te_zoeken(w, client, wie):
    client.force_login(getattr(w, wie))
    assert client.get(LIJST).status_code == 403
    client.force_login(w.traject(3).kandidaat)
    assert client.get(f"{LIJST}{w.ek1.pk}/").status_code == 403
    assert client.post(dag(w)).status_code == 403


def test_het_rooster_van_mensen_en_dagen(w, client, groep):
    cursus.aanwezigheid_vastleggen(dag_van(groep[0], w.ek1.bijeenkomsten.get(nr=1)), door=w.t1, resultaat="ja")
    context = client.get(f"{LIJST}{w.ek1.pk}/").context
    assert [(r.traject.kandidaat.voornaam, [cel.resultaat for _, cel in r.cellen]) for r in context["rijen"]] == [
        ("Anna", ["ja", "", ""]),
        ("Bram", ["", "", ""]),
        ("Carla", ["", "", ""]),
    ]


def test_een_gast_staat_er_met_naam_en_vinkje_en_zonder_dossier(w, client, groep):
    cursus.aanwezigheid_vastleggen(dag_van(groep[0], w.ek1.bijeenkomsten.get(nr=1)), door=w.t1, resultaat="nee")
    cursus.dag_inhalen(dag_nr(groep[0], EK1, 1), door=w.bureau, bijeenkomst=w.ek1b.bijeenkomsten.get(nr=1))
    client.force_login(w.t3)
    html = tekst(client.get(f"{LIJST}{w.ek1b.pk}/"))
    assert "Anna Jansen" in html
    assert "haalt hier een dag in" in html
    assert f"/trainer/kandidaten/{groep[0].pk}/" not in html
    pad = f"{LIJST}{w.ek1b.pk}/dag/1/"
    assert "haalt hier een dag in" in tekst(client.get(pad))
    client.post(pad, {f"rij-{rij(groep[0]).pk}": "ja"})
    assert rij(groep[0]).resultaat == "ja"


def test_de_wachtlijst_staat_apart(w, client, groep):
    vol = w.groep(EK1, 3, [w.t1], over=5, capaciteit=1)
    een, twee = w.traject(3, naam="een"), w.traject(3, naam="twee")
    for traject in (een, twee):
        cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=vol)
    context = client.get(f"{LIJST}{vol.pk}/").context
    assert [r.traject for r in context["rijen"]] == [een]
    assert [r.traject for r in context["wachtlijst"]] == [twee]
    assert "Geef een plek" not in tekst(client.get(f"{LIJST}{vol.pk}/"))
    client.force_login(w.bureau)
    assert f"/bureau/kandidaten/{twee.pk}/plaatsen/" in tekst(client.get(f"{LIJST}{vol.pk}/"))


def test_een_verzending_is_een_handeling_per_persoon(w, client, groep):
    antwoord = stuur(client, w, groep, ["ja", "deels", "nee"])
    assert (antwoord.status_code, antwoord.url) == (302, dag(w))
    assert uitslag(groep) == ["ja", "deels", "nee"]
    regels = Journaalregel.objects.filter(handeling="aanwezigheid_vastleggen", traject__in=groep, door=w.t1)
    assert sorted(regels.values_list("traject", flat=True)) == sorted(t.pk for t in groep)
    assert "Opgeschreven: 3 mensen." in tekst(client.get(dag(w)))


def test_wie_niet_is_aangekruist_blijft_open(w, client, groep):
    stuur(client, w, groep, ["ja", "", ""])
    assert uitslag(groep) == ["ja", "", ""]
    stuur(client, w, groep, ["", "", ""], verzoek_id="twee")
    assert uitslag(groep) == ["ja", "", ""]


def test_iedereen_is_er_vult_alleen_wat_open_is(w, client, groep):
    stuur(client, w, groep, ["nee", "", ""], iedereen="1")
    assert uitslag(groep) == ["nee", "ja", "ja"]


def test_een_foute_rij_verliest_de_anderen_niet(w, client, groep):
    pk = rij(groep[1]).pk
    antwoord = stuur(client, w, groep, ["ja", "deels", "nee"], **{f"telt-{pk}": "1", f"waarom-{pk}": " "})
    html = tekst(antwoord)
    assert antwoord.status_code == 200
    assert uitslag(groep) == ["ja", "", "nee"]
    assert "Bram Jansen: Schrijf op waarom deze dag meetelt." in html
    assert 'value="deels" checked' in html
    stuur(
        client,
        w,
        [groep[1]],
        ["deels"],
        verzoek_id="twee",
        **{f"telt-{pk}": "1", f"waarom-{pk}": "Was er vanaf de pauze."},
    )
    assert (rij(groep[1]).resultaat, rij(groep[1]).reden) == ("deels_telt", "Was er vanaf de pauze.")


@pytest.mark.parametrize("waarde", ["x", "vrijgesteld", "\x00", "ja" * 500])
def test_een_rare_waarde_is_een_zin(w, client, groep, waarde):
    antwoord = stuur(client, w, groep, [waarde, "ja", ""])
    assert "Kies ja, deels of nee." in tekst(antwoord)
    assert uitslag(groep) == ["", "ja", ""]


def test_een_rij_van_een_andere_groep_doet_niets(w, client, groep):
    ander = w.traject(3)
    cursus.deelname_plaatsen(ander, door=w.bureau, uitvoering=w.ek1b)
    client.post(dag(w), {f"rij-{rij(ander).pk}": "ja"})
    assert rij(ander).resultaat == ""


def test_twee_trainers_tegelijk_verliezen_niets(w, client, groep):
    """The colleague filled Anna in meanwhile: the second trainer reads it and the others are stored."""
    oud = rij(groep[0]).pk
    client.get(dag(w))
    cursus.aanwezigheid_vastleggen(dag_van(groep[0], w.ek1.bijeenkomsten.get(nr=1)), door=w.t2, resultaat="nee")
    antwoord = client.post(dag(w), {f"rij-{oud}": "ja", f"rij-{rij(groep[1]).pk}": "ja"}, follow=True)
    assert uitslag(groep) == ["nee", "ja", ""]
    assert "Bij 1 persoon is intussen iets veranderd. Kijk wat er nu staat." in tekst(antwoord)


def test_een_oud_kruisje_van_wie_niet_meer_op_de_dag_staat_wordt_gezegd(w, client, groep):
    velden = {f"rij-{rij(groep[0]).pk}": "ja"}
    cursus.deelname_afmelden(deelname_van(groep[0], EK1), door=w.bureau)
    antwoord = tekst(client.post(dag(w), velden, follow=True))
    assert "Bij 1 persoon is intussen iets veranderd." in antwoord
    assert "Je hebt nog niets aangekruist." not in antwoord
    assert not Aanwezigheid.objects.filter(traject=groep[0], soort=EK1).exists()


def test_een_oude_verbetering_van_een_dag_die_weer_open_is(w, client, groep):
    """The colleague undid it in between: nothing is corrected, and the page says why."""
    stuur(client, w, groep, ["ja", "", ""])
    dag_1 = rij(groep[0])
    cursus.aanwezigheid_verbeteren(dag_1, door=w.t2, resultaat="", reden="Verkeerde regel.")
    velden = {"verbeter": dag_1.pk, "resultaat": "nee", "reden": "Was er niet."}
    assert "Hier is nog niets ingevuld." in tekst(client.post(dag(w), velden, follow=True))
    assert uitslag(groep) == ["", "", ""]


def test_dezelfde_verzending_twee_keer(w, client, groep):
    velden = {f"rij-{rij(groep[0]).pk}": "ja", "verzoek_id": "een"}
    for _ in range(2):
        assert client.post(dag(w), velden).status_code == 302
    assert Journaalregel.objects.filter(handeling="aanwezigheid_vastleggen", traject=groep[0], door=w.t1).count() == 1


def test_voor_de_dag_is_er_geen_formulier(w, client):
    straks, traject = w.groep(EK1, 3, [w.t1], over=3), w.traject(3)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=straks)
    client.force_login(w.t1)
    pad = f"{LIJST}{straks.pk}/dag/1/"
    html = tekst(client.get(pad))
    assert "Deze dag is nog niet geweest." in html
    assert "<form" not in html
    assert "Deze dag is nog niet geweest." in tekst(client.post(pad, {f"rij-{rij(traject).pk}": "ja"}))
    assert client.get(f"{LIJST}{straks.pk}/dag/4/").status_code == 404


def test_ongedaan_maken_en_verbeteren(w, client, groep):
    stuur(client, w, groep, ["nee", "ja", "ja"])
    pk = rij(groep[0]).pk
    client.post(dag(w), {"verbeter": pk, "ongedaan": "1", "verzoek_id": "o"})
    assert uitslag(groep) == ["", "ja", "ja"]
    fout = client.post(dag(w), {"verbeter": rij(groep[1]).pk, "resultaat": "nee", "reden": ""})
    assert "Schrijf op waarom je dit verandert." in tekst(fout)
    assert uitslag(groep) == ["", "ja", "ja"]
    client.post(dag(w), {"verbeter": rij(groep[1]).pk, "resultaat": "nee", "reden": "Verkeerde regel."})
    assert (uitslag(groep), rij(groep[1]).reden) == (["", "nee", "ja"], "Verkeerde regel.")
    assert client.post(dag(w), {"verbeter": "999999", "resultaat": "ja", "reden": "x"}).status_code == 404
    assert client.post(dag(w), {"verbeter": "x", "ongedaan": "1"}).status_code == 404


def test_een_trainer_in_de_groep_schrijft_zichzelf_niet_op(w, client, groep):
    zelf = groep[0].kandidaat
    Rolvervulling.objects.create(gebruiker=zelf, rol="trainer")
    w.ek1.trainerschappen.create(trainer=zelf)
    client.force_login(Gebruiker.objects.get(pk=zelf.pk))
    antwoord = stuur(client, w, groep, ["ja", "ja", "ja"])
    assert antwoord.status_code == 302
    assert uitslag(groep) == ["", "ja", "ja"]
    assert f"/trainer/kandidaten/{groep[0].pk}/" not in tekst(client.get(f"{LIJST}{w.ek1.pk}/"))


def test_het_bureau_schrijft_een_informatiebijeenkomst_op(w, client):
    traject = w.traject(1)
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=w.info)
    client.force_login(w.bureau)
    pk = Aanwezigheid.objects.get(traject=traject).pk
    client.post(f"{LIJST}{w.info.pk}/dag/1/", {f"rij-{pk}": "ja"})
    traject.refresh_from_db()
    assert traject.stap == 3


def test_lege_lijsten_zeggen_iets(w, client):
    client.force_login(w.t3)
    assert "Je hebt nu geen groep" in tekst(client.get(LIJST))
    assert "Er zijn nog geen deelnemers" in tekst(client.get(f"{LIJST}{w.ek1b.pk}/"))
    assert "Er staat niemand op deze dag" in tekst(client.get(f"{LIJST}{w.ek1b.pk}/dag/1/"))
    assert client.get(f"{LIJST}?page=x&toon=y").status_code == 200


@pytest.mark.parametrize("aantal", [1, 3, 25])
def test_vragen_van_lijst_rooster_en_dag(w, client, django_assert_num_queries, aantal):
    Uitvoering.objects.update(capaciteit=30)
    for n in range(aantal):
        traject = w.traject(3)
        cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
        w.groep(EK1, 3, [w.t1, w.t2], over=n + 1)
    client.force_login(w.t1)
    client.get(LIJST)
    with django_assert_num_queries(6):
        client.get(LIJST)
    with django_assert_num_queries(9):
        client.get(f"{LIJST}{w.ek1.pk}/")
    with django_assert_num_queries(7):
        client.get(dag(w))
