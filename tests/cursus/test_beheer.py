"""Planning in the Wagtail admin: who gets in, saving through the acts, errors in the form, and no inline script."""

import re

import pytest
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from cursus import handelingen as cursus
from cursus.groepen import groepen_inrichten
from cursus.models import LesPagina, Locatie, Soort, Uitvoering
from lms.kern.handelingen import groepen_bijwerken
from lms.kern.models import Bericht, Gebruiker, Journaalregel
from tests.cursus.test_paginas import tekst
from tests.post import uitgegaan

NIEUW = "/beheer/uitvoering/new/"
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE)


@pytest.fixture
def bureau(w, client):
    groepen_bijwerken(w.bureau)
    client.force_login(w.bureau)
    return w.bureau


def velden(**meer):
    """A valid form for an information meeting."""
    locatie = Locatie.objects.get(plaats="Rotterdam")
    basis = {
        "soort": "informatie", "titel": "Informatiebijeenkomst Rotterdam", "locatie": locatie.pk, "regio": "",
        "capaciteit": "12", "minimum": "6",
        "wie_zoeken_we": "mannen", "publiceren_op": "", "dag1": "2027-02-12", "begin1": "19:30", "eind1": "21:30",
        "dag2": "", "begin2": "09:30", "eind2": "16:30", "dag3": "", "begin3": "09:30", "eind3": "16:30",
    }  # fmt: skip
    return basis | meer


def fouten(antwoord):
    return antwoord.context["form"].errors


def test_het_bureau_plant_een_bijeenkomst(w, client, bureau):
    antwoord = client.post(NIEUW, velden())
    assert (antwoord.status_code, antwoord.url) == (302, "/beheer/uitvoering/")
    nieuw = Uitvoering.objects.get(titel="Informatiebijeenkomst Rotterdam")
    dag = nieuw.bijeenkomsten.get()
    assert dag.begint_om.isoformat() == "2027-02-12T18:30:00+00:00"  # 19.30 in Amsterdam, winter time
    assert Journaalregel.objects.get(handeling="uitvoering_maken", gegevens__uitvoering=nieuw.pk).door == bureau
    assert "Informatiebijeenkomst Rotterdam" in tekst(client.get("/beheer/uitvoering/"))


def test_drie_dagen_met_trainers(w, client, bureau):
    client.post(
        NIEUW, velden(soort="EK1", titel="EK1", dag2="2027-02-13", dag3="2027-02-20", trainers=[w.t1.pk, w.t2.pk])
    )
    nieuw = Uitvoering.objects.get(titel="EK1")
    assert list(nieuw.bijeenkomsten.values_list("nr", flat=True)) == [1, 2, 3]
    assert set(nieuw.trainerschappen.values_list("trainer", flat=True)) == {w.t1.pk, w.t2.pk}


@pytest.mark.parametrize(
    ("meer", "veld", "zin"),
    [
        ({"dag1": ""}, "dag1", "Dit veld is verplicht."),
        ({"eind1": "18:00"}, "__all__", "De eindtijd is vóór de begintijd."),
        ({"dag2": "2027-02-12", "begin2": "20:00", "eind2": "22:00"}, "__all__", "Twee dagen overlappen elkaar."),
        ({"begin1": ""}, "begin1", "Vul in hoe laat het begint."),
        ({"capaciteit": "0"}, "capaciteit", None),
        ({"capaciteit": "99999999999"}, "capaciteit", None),
        ({"dag1": "morgen"}, "dag1", None),
        ({"titel": "\x00"}, "titel", None),
    ],
)
def test_een_fout_staat_in_het_formulier(w, client, bureau, meer, veld, zin):
    antwoord = client.post(NIEUW, velden(**meer))
    assert antwoord.status_code == 200
    assert veld in fouten(antwoord)
    if zin and veld != "dag1":
        assert fouten(antwoord)[veld] == [zin]
    assert not Uitvoering.objects.filter(titel="Informatiebijeenkomst Rotterdam").exists()


def test_wijzigen_zegt_het_de_mensen_en_weigert_wat_niet_kan(w, client, bureau):
    groep, mensen = w.groep(Soort.EK1, 3, [w.t1], over=20), [w.traject(3), w.traject(3)]
    for traject in mensen:
        cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=groep)
    uitgegaan()
    pad = f"/beheer/uitvoering/edit/{groep.pk}/"
    html = tekst(client.get(pad))
    assert "Mensen en aanwezigheid" in html
    dagen = {"dag1": "2027-02-12", "begin1": "09:30", "eind1": "16:30", "dag2": "2027-02-13", "dag3": "2027-02-14"}
    basis = velden(soort="EK1", titel="EK1", trainers=[w.t1.pk], **dagen)
    antwoord = client.post(pad, basis | {"capaciteit": "1"})
    assert fouten(antwoord) == {"capaciteit": ["Al geplaatst: 2 mensen. Zo weinig plekken kan niet."]}
    assert client.post(pad, basis).status_code == 302
    assert Bericht.objects.filter(soort="verplaatst").count() == 2
    assert {str(t.beurten.get(code="ek1_volgen").vanaf) for t in mensen} == {"2027-02-12"}


def test_gaat_niet_door(w, client, bureau):
    groep, traject = w.groep(Soort.INFORMATIE, 1, [], over=5), w.traject(1)
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=groep)
    pad = f"/beheer/uitvoering/afgelasten/{groep.pk}/"
    assert "Eén persoon krijgt een mail." in tekst(client.get(pad))
    assert "Schrijf op waarom" in tekst(client.post(pad, {"waarom": ""}))
    assert client.post(pad, {"waarom": "De zaal is dicht."}).url == "/beheer/uitvoering/"
    assert Bericht.objects.filter(aan=traject.kandidaat, soort="afgelast").count() == 1
    assert "Deze bijeenkomst is al afgelast." in tekst(client.post(pad, {"waarom": "x"}))
    assert fouten(client.post(f"/beheer/uitvoering/edit/{groep.pk}/", velden())) == {
        "__all__": ["Deze bijeenkomst is afgelast."]
    }
    assert client.get("/beheer/uitvoering/afgelasten/999999/").status_code == 404


def test_een_locatie(w, client, bureau):
    leeg = {"adres": "", "postcode4": "", "ov": "", "parkeren": "", "lunch": "", "max_personen": "12"}
    assert client.post("/beheer/locatie/new/", {"naam": "De Loods", "plaats": "Goes", **leeg}).status_code == 302
    locatie = Locatie.objects.get(naam="De Loods")
    assert (
        client.post(
            f"/beheer/locatie/edit/{locatie.pk}/", {"naam": "De Loods", "plaats": "Goes", **leeg, "rolstoel": "on"}
        ).status_code
        == 302
    )
    assert Locatie.objects.get(pk=locatie.pk).rolstoel
    assert fouten(client.post("/beheer/locatie/new/", {"naam": "De Loods", "plaats": "Goes", **leeg}))
    assert Journaalregel.objects.filter(handeling="locatie_wijzigen").count() == 1


def test_niemand_verwijdert_kopieert_of_ziet_een_geschiedenis(w, client, bureau):
    for pad in ("delete", "copy", "history", "usage"):
        assert client.get(f"/beheer/uitvoering/{pad}/{w.ek1.pk}/").status_code == 404


def naar_binnen(client, pad):
    """Whether this person gets the page; Wagtail sends others back to its own front page."""
    antwoord = client.get(pad)
    return antwoord.status_code == 200


@pytest.mark.parametrize("wie", ["t1", "rm", "redacteur"])
def test_plannen_is_voor_het_bureau(w, client, wie):
    mens = getattr(w, wie)
    groepen_bijwerken(mens)
    client.force_login(mens)
    paden = [
        "/beheer/uitvoering/",
        NIEUW,
        f"/beheer/uitvoering/edit/{w.ek1.pk}/",
        f"/beheer/uitvoering/afgelasten/{w.ek1.pk}/",
        "/beheer/locatie/",
    ]
    assert [naar_binnen(client, pad) for pad in paden] == [False] * 5
    client.post(NIEUW, velden())
    client.post(f"/beheer/uitvoering/afgelasten/{w.ek1.pk}/", {"waarom": "x"})
    assert Uitvoering.objects.count() == 4
    assert not Uitvoering.objects.filter(afgelast_om__isnull=False).exists()


def test_een_beheerder_kijkt_maar_plant_niet(w, client):
    client.force_login(Gebruiker.objects.create_superuser("baas@demo.example", "x", voornaam="B", achternaam="A"))
    assert naar_binnen(client, "/beheer/uitvoering/")
    assert naar_binnen(client, f"/beheer/uitvoering/inspect/{w.ek1.pk}/")
    assert not naar_binnen(client, NIEUW)
    client.post(f"/beheer/uitvoering/edit/{w.ek1.pk}/", velden())
    assert Uitvoering.objects.get(pk=w.ek1.pk).titel == "EK1 Zwolle"


def test_de_groepen_van_de_rollen_bestaan_met_hun_rechten(w):
    """The names that the act of giving a role uses are those with rights; making them again changes nothing."""
    rechten = [GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()]
    groepen_inrichten()
    assert [GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()] == rechten
    for mens, groep in ((w.redacteur, "Redactie"), (w.bureau, "Bureau")):
        groepen_bijwerken(mens)
        assert [g.name for g in mens.groups.all()] == [groep]
        assert mens.has_perm("wagtailadmin.access_admin")


def test_de_redacteur_bewerkt_pagina_s(w, client):
    groepen_bijwerken(w.redacteur)
    client.force_login(w.redacteur)
    les = LesPagina.objects.get(slug="open-vragen")
    assert naar_binnen(client, f"/beheer/pages/{les.pk}/edit/")
    assert naar_binnen(client, f"/beheer/pages/add/cursus/nieuwspagina/{Page.objects.get(slug='nieuws').pk}/")
    assert not naar_binnen(client, "/beheer/users/")
    client.force_login(w.t1)
    assert not naar_binnen(client, f"/beheer/pages/{les.pk}/edit/")


def test_geen_inline_script_in_het_beheer(w, client, bureau):
    les = LesPagina.objects.get(slug="open-vragen")
    index = Page.objects.get(slug="nieuws")
    paden = [
        "/beheer/", NIEUW, f"/beheer/uitvoering/edit/{w.ek1.pk}/", "/beheer/uitvoering/", "/beheer/locatie/new/",
        f"/beheer/pages/{les.pk}/edit/",
        f"/beheer/pages/add/cursus/nieuwspagina/{index.pk}/", f"/beheer/pages/{les.pk}/move/",
        f"/beheer/pages/{les.pk}/copy/", "/beheer/images/add/",
        "/beheer/documents/multiple/add/", "/beheer/settings/cursus/contactgegevens/",
    ]  # fmt: skip
    for pad in paden:
        antwoord = client.get(pad, follow=True)
        assert antwoord.status_code == 200, pad
        assert INLINE.findall(tekst(antwoord)) == [], pad
        beleid = antwoord.headers["Content-Security-Policy"]
        assert "script-src 'self'" in beleid
        assert "unsafe" not in beleid.split("script-src")[1].split(";")[0]


def test_wagtails_eigen_script_zou_worden_gezien():
    """Negative control for the pattern above."""
    assert INLINE.findall(
        '<script>x</script><script type="application/json">{}</script><script src="a.js"></script>'
    ) == ["<script>"]


@pytest.mark.parametrize("aantal", [1, 3])
def test_vragen_van_de_lijst(w, client, bureau, django_assert_num_queries, aantal):
    for n in range(aantal):
        w.groep(Soort.INFORMATIE, 1, [], over=n + 1)
    client.get("/beheer/uitvoering/")
    with django_assert_num_queries(15):
        client.get("/beheer/uitvoering/")
