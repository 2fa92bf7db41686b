"""The bureau's own page of one person's places and days."""

import pytest
from django.core.exceptions import ValidationError

from cursus import handelingen as cursus
from cursus.models import Aanwezigheid, Deelname, Soort
from lms.kern.handelingen import VOORBIJ
from lms.kern.models import Gebruiker, Rolvervulling
from tests.cursus.test_aanwezigheid import schrijf
from tests.cursus.test_paginas import tekst
from tests.cursus.test_plaatsen import rijen
from tests.fabrieken import dag_nr, deelname_van

EK1 = Soort.EK1


def pad(traject):
    return f"/bureau/kandidaten/{traject.pk}/plaatsen/"


@pytest.fixture
def traject(w, client):
    """Somebody in step 4, and the bureau logged in."""
    client.force_login(w.bureau)
    return w.traject(3)


def test_alleen_het_bureau(w, client, traject):
    for wie in (w.t1, w.rm, w.redacteur, traject.kandidaat):
        client.force_login(wie)
        assert client.get(pad(traject)).status_code == 403
    client.logout()
    assert client.get(pad(traject)).status_code == 302


def test_niemand_plaatst_zichzelf(w, client, traject):
    Rolvervulling.objects.create(gebruiker=traject.kandidaat, rol="bureau")
    client.force_login(Gebruiker.objects.get(pk=traject.kandidaat_id))
    assert client.get(pad(traject)).status_code == 404
    assert client.get("/bureau/kandidaten/999999/plaatsen/").status_code == 404


def test_plaatsen_ook_boven_de_capaciteit(w, client, traject):
    groep = w.groep(EK1, 3, [w.t1], over=5, capaciteit=1)
    cursus.deelname_aanvragen(w.traject(3), door=w.bureau, uitvoering=groep)
    html = tekst(client.get(pad(traject)))
    assert "(vol)" in html
    assert client.post(pad(traject), {"wat": "plaatsen", "plaats-uitvoering": groep.pk}).status_code == 302
    assert Deelname.objects.get(traject=traject, soort=EK1).geplaatst_om
    html = tekst(client.get(pad(traject)))
    assert "Geplaatst" in html
    assert "Hier mag je ook plaatsen" not in html


def test_een_groep_van_een_andere_soort_staat_er_niet(w, client, traject):
    info = w.groep(Soort.INFORMATIE, 1, [], over=5)
    antwoord = client.post(pad(traject), {"wat": "plaatsen", "plaats-uitvoering": info.pk})
    assert "Je bent er bijna" in tekst(antwoord)
    assert not Deelname.objects.filter(traject=traject, uitvoering=info).exists()


def test_afmelden_door_het_bureau(w, client, traject):
    groep = w.groep(EK1, 3, [w.t1], over=5)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    velden = {"wat": f"afmelden-{deelname_van(traject, EK1).pk}"}
    assert client.post(pad(traject), velden).status_code == 302
    assert Deelname.objects.get(traject=traject, soort=EK1).afmelding == Deelname.Afmelding.BUREAU
    assert VOORBIJ in tekst(client.post(pad(traject), velden))


def test_een_oude_pagina_meldt_niet_af_van_een_latere_plek(w, client, traject):
    """The place on the page was given up, and another group was chosen meanwhile: that place stays."""
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.groep(EK1, 3, [w.t1], over=5))
    velden = {"wat": f"afmelden-{deelname_van(traject, EK1).pk}"}
    cursus.deelname_afmelden(deelname_van(traject, EK1), door=traject.kandidaat)
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.groep(EK1, 3, [w.t1], over=8))
    assert VOORBIJ in tekst(client.post(pad(traject), velden))
    assert deelname_van(traject, EK1).afgemeld_om is None


def test_een_oude_pagina_verandert_geen_dag_die_vervangen_is(w, client, traject):
    """A second tab waived the day: the first one plans nothing, and says so."""
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    schrijf(traject, w.t1, w.ek1.bijeenkomsten.get(nr=1), "nee")
    dag = dag_nr(traject, EK1, 1)
    cursus.dag_vrijstellen(dag, door=w.bureau, reden_vrijstelling="Eerder gevolgd.")
    voor = rijen(traject)
    velden = {"wat": f"inhalen-{dag.pk}", f"i{dag.pk}-bijeenkomst": w.ek1b.bijeenkomsten.get(nr=1).pk}
    assert VOORBIJ in tekst(client.post(pad(traject), velden, follow=True))
    assert rijen(traject) == voor
    for act, gegevens in (
        (cursus.dag_inhalen, {"bijeenkomst": w.ek1b.bijeenkomsten.get(nr=1)}),
        (cursus.dag_vrijstellen, {"reden_vrijstelling": "x"}),
        (cursus.aanwezigheid_vastleggen, {"resultaat": "ja"}),
    ):
        with pytest.raises(ValidationError, match=VOORBIJ):
            act(dag, door=w.bureau, **gegevens)
    assert rijen(traject) == voor


def test_een_gemiste_dag_inplannen_en_een_dag_vrijstellen(w, client, traject):
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    for nr, resultaat in ((1, "nee"), (2, "ja")):
        schrijf(traject, w.t1, w.ek1.bijeenkomsten.get(nr=nr), resultaat)
    anders = w.ek1b.bijeenkomsten.get(nr=1)
    html = tekst(client.get(pad(traject)))
    assert f'<option value="{anders.pk}"' in html
    assert f'<option value="{w.ek1b.bijeenkomsten.get(nr=3).pk}"' not in html
    een, drie = (dag_nr(traject, EK1, nr).pk for nr in (1, 3))
    velden = {"wat": f"inhalen-{een}", f"i{een}-bijeenkomst": anders.pk}
    assert client.post(pad(traject), velden).status_code == 302
    velden = {"wat": f"vrijstellen-{drie}", f"v{drie}-reden_vrijstelling": "Eerder gevolgd."}
    assert client.post(pad(traject), velden).status_code == 302
    assert rijen(traject) == [
        (1, "nee", True),
        (1, "", False),
        (2, "ja", False),
        (3, "", True),
        (3, "vrijgesteld", False),
    ]


def test_vrijstellen_zonder_reden_houdt_het_formulier_open(w, client, traject):
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    een = dag_nr(traject, EK1, 1).pk
    html = tekst(client.post(pad(traject), {"wat": f"vrijstellen-{een}", f"v{een}-reden_vrijstelling": " "}))
    assert "Schrijf op waarom deze dag niet hoeft." in html
    assert "<details open>" in html
    assert not Aanwezigheid.objects.filter(traject=traject, resultaat="vrijgesteld").exists()


@pytest.mark.parametrize(
    "velden",
    [
        {},
        {"wat": "x"},
        {"wat": "afmelden-EK9"},
        {"wat": "plaatsen", "plaats-uitvoering": "x"},
        {"wat": "inhalen-EK1-9"},
    ],
)
def test_rare_invoer_doet_niets(w, client, traject, velden):
    assert client.post(pad(traject), velden, follow=True).status_code == 200
    assert not Deelname.objects.filter(traject=traject, soort=EK1).exists()


@pytest.mark.parametrize("aantal", [1, 3])
def test_vragen_van_de_plaatspagina(w, client, django_assert_num_queries, traject, aantal):
    for n in range(aantal):
        w.groep(EK1, 3, [w.t1], over=5 + n)
    client.get(pad(traject))
    with django_assert_num_queries(8):
        client.get(pad(traject))
