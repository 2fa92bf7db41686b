"""Planning further: copying, two editors at once, odd input, what cannot be thrown away, and being found."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from cursus import handelingen as cursus
from cursus.models import LesPagina, Soort, Uitvoering, Voortgang
from lms.kern.handelingen import groepen_bijwerken
from lms.kern.models import Gebruiker
from tests.cursus.test_beheer import NIEUW, bureau, fouten, velden  # noqa: F401 - the fixture
from tests.cursus.test_paginas import tekst


def test_kopieren_neemt_alles_over_behalve_de_data(w, client, bureau):  # noqa: F811
    groep = w.groep(Soort.EK1, 3, [w.t1, w.t2], over=20, titel="EK1 voorjaar", capaciteit=11)
    assert f"{NIEUW}?kopie={groep.pk}" in tekst(client.get("/beheer/uitvoering/"))
    assert f"{NIEUW}?kopie={groep.pk}" in tekst(client.get(f"/beheer/uitvoering/edit/{groep.pk}/"))
    form = client.get(f"{NIEUW}?kopie={groep.pk}").context["form"]
    assert [form[veld].value() for veld in ("soort", "titel", "capaciteit", "locatie", "regio")] == [
        "EK1", "EK1 voorjaar", 11, groep.locatie_id, w.noord.pk,
    ]  # fmt: skip
    assert set(form["trainers"].value()) == {w.t1.pk, w.t2.pk}
    assert [form[f"dag{n}"].value() for n in (1, 2, 3)] == [None] * 3
    assert str(form["begin1"].value()) == "09:30:00"


@pytest.mark.parametrize("kopie", ["", "x", "0", "99999999999999999999", "%00", "-1", "²"])
def test_een_kopie_van_niets_is_een_leeg_formulier(w, client, bureau, kopie):  # noqa: F811
    antwoord = client.get(f"{NIEUW}?kopie={kopie}")
    assert (antwoord.status_code, antwoord.context["form"]["titel"].value()) == (200, None)


@pytest.mark.parametrize(
    ("meer", "veld", "zin"),
    [
        ({"dag1": "2020-01-01"}, "dag1", "Deze datum is al geweest."),
        ({"dag1": "0001-01-01"}, "dag1", "Deze datum is al geweest."),
        ({"dag1": "9999-12-31"}, "dag1", "Vul een jaar in van 2000 tot en met 2100."),
        ({"capaciteit": "99"}, "capaciteit", "In deze zaal passen hoogstens 30 mensen."),
        ({"capaciteit": "5", "minimum": "6"}, "minimum", "Dit is meer dan het aantal plekken."),
    ],
)
def test_wat_niet_kan_wordt_gezegd(w, client, bureau, meer, veld, zin):  # noqa: F811
    assert fouten(client.post(NIEUW, velden(**meer)))[veld] == [zin]
    assert Uitvoering.objects.count() == 4


def test_een_oude_datum_van_voor_de_jaartelling_bij_het_wijzigen(w, client, bureau):  # noqa: F811
    antwoord = client.post(f"/beheer/uitvoering/edit/{w.ek1.pk}/", velden(dag1="0001-01-01"))
    assert fouten(antwoord)["dag1"] == ["Vul een jaar in van 2000 tot en met 2100."]


def test_wie_mag_komen_en_uit_welke_regio(w, client, bureau):  # noqa: F811
    client.post(
        NIEUW, velden(soort="studiedag", titel="Studiedag", voor_wie="coordinatoren", regios=[w.noord.pk, w.zuid.pk])
    )
    dag = Uitvoering.objects.get(titel="Studiedag")
    assert (dag.voor_wie, set(dag.regios.all())) == ("coordinatoren", {w.noord, w.zuid})
    client.post(NIEUW, velden(titel="Info", voor_wie="trainers", regios=[w.noord.pk]))  # the path has its own rules
    info = Uitvoering.objects.get(titel="Info")
    assert (info.voor_wie, list(info.regios.all())) == ("iedereen", [])


def test_twee_redacteuren_tegelijk_de_tweede_hoort_het_en_verliest_niets(w, client, bureau):  # noqa: F811
    groep = w.groep(Soort.INFORMATIE, 1, [], over=20, titel="Zwolle")
    pad = f"/beheer/uitvoering/edit/{groep.pk}/"
    versie = client.get(pad).context["form"]["versie"].value()
    assert client.post(pad, velden(titel="Van de eerste", capaciteit="12", versie=versie)).status_code == 302
    antwoord = client.post(pad, velden(titel="Van de tweede", capaciteit="9", versie=versie))
    gezegd = list(fouten(antwoord)["__all__"])
    assert gezegd[0].startswith("Iemand anders heeft dit net ook veranderd.")
    assert gezegd[1:] == ["Bij ‘Titel’ staat nu: Van de eerste.", "Bij ‘Plekken’ staat nu: 12."]
    assert 'value="Van de tweede"' in tekst(antwoord)
    groep.refresh_from_db()
    assert (groep.titel, groep.capaciteit) == ("Van de eerste", 12)
    weer = antwoord.context["form"]["versie"].value()
    assert client.post(pad, velden(titel="Van de tweede", capaciteit="9", versie=weer)).status_code == 302
    groep.refresh_from_db()
    assert groep.titel == "Van de tweede"


def test_een_les_die_iemand_las_blijft(w, client):
    groepen_bijwerken(w.redacteur)
    client.force_login(w.redacteur)
    les = LesPagina.objects.get(slug="open-vragen")
    Voortgang.objects.create(gebruiker=w.traject(3).kandidaat, les=les)
    cursuspagina = les.get_parent().get_parent()
    for pagina in (les, Page.objects.get(slug="agenda")):
        assert "kan niet weg" in tekst(client.post(f"/beheer/pages/{pagina.pk}/delete/", follow=True))
    client.post(f"/beheer/bulk/wagtailcore/page/delete/?next=/beheer/&id={les.pk}", follow=True)
    assert Page.objects.filter(pk__in=[les.pk, cursuspagina.pk]).count() == 2
    assert Voortgang.objects.count() == 1
    weg = Page.objects.get(slug="op-mijn-handen-zitten")
    client.post(f"/beheer/pages/{weg.pk}/delete/")
    assert not Page.objects.filter(pk=weg.pk).exists()
    client.force_login(Gebruiker.objects.create_superuser("baas@demo.example", "x", voornaam="B", achternaam="A"))
    assert "1 persoon las of schreef hier al" in tekst(
        client.post(f"/beheer/pages/{cursuspagina.pk}/delete/", follow=True)
    )  # with the lesson below it
    assert Page.objects.filter(pk=cursuspagina.pk).exists()


def test_gevonden_worden(w, client):
    groep = w.groep(Soort.INFORMATIE, 1, [], over=20, titel="Zwolle")
    verborgen = w.groep(Soort.INFORMATIE, 1, [], over=20, titel="Later")
    Uitvoering.objects.filter(pk=verborgen.pk).update(publiceren_op=timezone.localdate().replace(year=2090))
    kaart = tekst(client.get("/sitemap.xml"))
    assert f"/agenda/{groep.pk}/</loc>" in kaart
    assert f"/agenda/{verborgen.pk}/" not in kaart
    assert "/zo-werkt-het/</loc>" in kaart
    assert "/cursus/" not in kaart
    feed = tekst(client.get("/nieuws/rss.xml"))
    assert "<title>Nieuws van de Eigen Kracht-opleiding</title>" in feed
    assert "/nieuws/op-mijn-handen-zitten/</link>" in feed
    html = tekst(client.get(f"/agenda/{groep.pk}/"))
    begin = groep.bijeenkomsten.get().begint_om
    assert f'itemprop="startDate" content="{timezone.localtime(begin).isoformat()}"' in html
    for deel in (
        'itemtype="https://schema.org/Event"',
        'itemprop="name">Zwolle',
        "schema.org/EventScheduled",
        'content="Zwolle"',
    ):
        assert deel in html
    cursus.afgelasten_met_mensen(groep, door=w.bureau, waarom="x")
    assert "schema.org/EventCancelled" in tekst(client.get(f"/agenda/{groep.pk}/"))


def test_de_agenda_met_vijfhonderd_data_vraagt_evenveel(w, client, django_assert_num_queries):
    eerste = w.groep(Soort.STUDIEDAG, 1, [], over=30)
    dag = eerste.bijeenkomsten.get()
    rijen = Uitvoering.objects.bulk_create(
        [
            Uitvoering(soort=Soort.STUDIEDAG, titel=f"Dag {n}", locatie=eerste.locatie, regio=w.noord, capaciteit=9)
            for n in range(500)
        ]
    )
    dag.__class__.objects.bulk_create(
        [dag.__class__(uitvoering=rij, nr=1, begint_om=dag.begint_om, eindigt_om=dag.eindigt_om) for rij in rijen]
    )
    client.get("/agenda/")
    with django_assert_num_queries(11):
        antwoord = client.get("/agenda/?page=3")
    assert (len(antwoord.context["bladzij"]), antwoord.context["bladzij"].paginator.count) == (20, 501)
    client.get("/")
    with django_assert_num_queries(9):
        client.get("/")
