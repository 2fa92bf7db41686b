"""Own notes and answers at a lesson: saved as one types, private, shared one by one, and never lost."""

import pytest
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import DagPagina, LesPagina, Notitie
from cursus.models.invullen import invulvelden, vragen_van
from lms.kern.handelingen import VOORBIJ, Botsing, Geweigerd
from lms.kern.models import Journaalregel
from selectie.models import Antwoord
from tests.cursus.test_paginas import tekst
from tests.fabrieken import staat

KANARIE = "kanarie-lesnotitie"


@pytest.fixture
def les(db):
    return LesPagina.objects.get(slug="open-vragen")


@pytest.fixture
def lezer(w, client):
    """Somebody in EK1, logged in."""
    traject = w.traject(4)
    client.force_login(traject.kandidaat)
    return traject


def adres(les):
    return f"/cursus/schrijven/{les.pk}/"


def bewaar(client, les, *, fetch=True, **velden):
    """Send the whole page as a browser does: every field of it, with `velden` changed."""
    kop = {"X-Requested-With": "fetch"} if fetch else {}
    staat_er = {veld.naam: veld.tekst for veld in client.get(les.url).context["velden"].values()}
    return client.post(adres(les), staat_er | velden, headers=kop)


def basis(client, les):
    return client.get(les.url).context["basis"]


def vraag_van(les, soort="opdracht"):
    return next(blok for blok, (wat, _) in vragen_van(les).items() if wat == soort)


def test_elke_vraag_en_opdracht_heeft_een_eigen_veld(db, les):
    for rij in LesPagina.objects.all():
        keer = {"nadenkvraag": 1, "opdracht": 1, "terugblik": 3}
        soorten = [blok.block_type for blok in rij.inhoud for _ in range(keer.get(blok.block_type, 0))]
        assert [veld.soort for veld in invulvelden(rij, [])] == [*soorten, "notitie"]
    assert vragen_van(les)[vraag_van(les)][1]


def test_bewaren_terwijl_je_typt(w, client, les, lezer):
    voor = staat(lezer)
    antwoord = bewaar(
        client, les, n=KANARIE, wijziging=basis(client, les), **{f"a_{vraag_van(les)}": "Wie wil je erbij?"}
    )
    assert antwoord.status_code == 200
    assert antwoord.json()["tekst"].startswith("Bewaard om ")
    assert antwoord.json()["wijziging"] == basis(client, les)
    rijen = list(Notitie.objects.values_list("traject", "les", "soort", "vraag", "tekst", "gedeeld_om"))
    assert rijen == [
        (lezer.pk, les.pk, "EK1", vraag_van(les), "Wie wil je erbij?", None),
        (lezer.pk, les.pk, "EK1", "", KANARIE, None),
    ]
    assert f">{KANARIE}</textarea>" in tekst(client.get(les.url))
    assert staat(lezer) == voor
    bewaar(client, les, n=f"{KANARIE} 2", wijziging=basis(client, les))
    assert Journaalregel.objects.filter(handeling="lesnotities_bewaren").count() == 1


def test_zonder_script_is_het_een_gewone_knop(w, client, les, lezer):
    antwoord = bewaar(client, les, fetch=False, n=KANARIE, bewaar="1")
    assert (antwoord.status_code, antwoord.url) == (302, les.url)
    assert Notitie.objects.get().tekst == KANARIE


def test_klaar_bewaart_eerst_wat_er_staat(w, client, les, lezer):
    assert bewaar(client, les, fetch=False, n=KANARIE, klaar="1").url != les.url
    assert Notitie.objects.get().tekst == KANARIE
    assert lezer.kandidaat.voortgang.get().les_id == les.pk


def test_een_leeg_veld_is_weg(w, client, les, lezer):
    bewaar(client, les, n=KANARIE)
    bewaar(client, les, n="", wijziging=basis(client, les))
    assert not Notitie.objects.exists()


def test_twee_tabbladen_houden_allebei_hun_tekst(w, client, les, lezer):
    oud = basis(client, les)
    assert bewaar(client, les, n="uit het tweede", wijziging=oud).status_code == 200
    antwoord = bewaar(client, les, n="uit het eerste", wijziging=oud)
    assert (antwoord.status_code, Notitie.objects.get().tekst) == (409, "uit het tweede")
    pagina = bewaar(client, les, fetch=False, n="uit het eerste", wijziging=oud, klaar="1")
    html = tekst(pagina)
    assert pagina.status_code == 200
    assert "uit het eerste</textarea>" in html
    assert "Deze les is ook op een ander scherm veranderd" in html
    assert pagina.context["botsing"] == [("Mijn notitie bij deze les", "uit het tweede")]
    assert not lezer.kandidaat.voortgang.exists()
    bewaar(client, les, fetch=False, n="uit het eerste", wijziging=oud, toch="1")
    assert Notitie.objects.get().tekst == "uit het eerste"


def test_hetzelfde_nog_eens_botst_niet(w, client, les, lezer):
    oud = basis(client, les)
    for _ in range(2):
        assert bewaar(client, les, n=KANARIE, wijziging=oud).status_code == 200


def test_een_vraag_die_de_redacteur_weghaalt_neemt_geen_antwoord_mee(w, client, les, lezer):
    blok = vraag_van(les)
    bewaar(client, les, **{f"a_{blok}": KANARIE})
    del les.inhoud[next(nr for nr, b in enumerate(les.inhoud) if b.id == blok)]
    les.save_revision().publish()
    html = tekst(client.get(les.url))
    assert "Eerder schreef je hier ook" in html
    assert KANARIE in html
    assert bewaar(client, les, **{f"a_{blok}": f"{KANARIE} en meer"}).status_code == 200  # a tab that was still open
    assert Notitie.objects.get().tekst == f"{KANARIE} en meer"


@pytest.mark.parametrize(
    ("invoer", "zin"),
    [
        ("x" * 1_000_001, "Deze tekst is te lang. Er passen 10000 tekens in."),
        ("a\x00b", "Er staat een teken in dat je niet ziet. Typ het opnieuw."),
    ],
)
def test_vreemde_invoer_is_een_zin_en_de_tekst_blijft(w, client, les, lezer, invoer, zin):
    antwoord = bewaar(client, les, n=invoer)
    assert (antwoord.status_code, antwoord.json()["tekst"]) == (400, f"Nog niet bewaard. {zin}")
    pagina = bewaar(client, les, fetch=False, n=invoer, klaar="1")
    assert pagina.status_code == 200
    assert pagina.context["fouten"] == [("n", zin)]
    assert pagina.context["velden"][""].tekst == invoer
    assert not Notitie.objects.exists()


def test_een_veld_dat_niet_bestaat_doet_niets(w, client, les, lezer):
    assert bewaar(client, les, a_x=KANARIE, **{"a_../../etc": KANARIE}).status_code == 200
    assert not Notitie.objects.exists()


def test_wie_geen_traject_heeft_schrijft_niet_en_kan_wel_verder(w, client, les):
    client.force_login(w.t1)
    assert "Jouw notitie" not in tekst(client.get(les.url))
    assert bewaar(client, les, fetch=False, n=KANARIE, klaar="1").status_code == 302
    assert not Notitie.objects.exists()


def test_niemand_anders_leest_een_notitie(w, client, les, lezer):
    """Not a fellow candidate, trainer, bureau or regiomanager; not on a page, in the log or in the list of
    candidates.
    """
    bewaar(client, les, n=KANARIE)
    ander = w.traject(3)
    paden = {
        ander.kandidaat: [les.url, "/mijn/schrift/", "/cursus/zoeken/?q=kanarie-lesnotitie"],
        w.t1: [
            f"/trainer/kandidaten/{lezer.pk}/",
            f"/trainer/kandidaten/{lezer.pk}/lessen/",
            f"/trainer/groepen/{w.ek1.pk}/",
            "/trainer/",
            les.url,
        ],
        w.bureau: [f"/bureau/kandidaten/{lezer.pk}/", les.url],
        w.rm: [f"/regio/kandidaten/{lezer.pk}/"],
    }
    for wie, adressen in paden.items():
        client.force_login(wie)
        for pad in adressen:
            html = tekst(client.get(pad))
            assert KANARIE not in html.replace("q=kanarie-lesnotitie", "").replace(f"‘{KANARIE}’", "").replace(
                f'value="{KANARIE}"', ""
            ), pad
            assert "schreef bij een les" not in html, pad


def test_een_notitie_delen_en_weer_niet(w, client, les, lezer):
    bewaar(client, les, n=KANARIE, **{f"a_{vraag_van(les)}": "blijft geheim"})
    assert bewaar(client, les, fetch=False, n=KANARIE, delen="n").url == les.url
    pad = f"/trainer/kandidaten/{lezer.pk}/lessen/"
    client.force_login(w.t1)
    html = tekst(client.get(pad))
    assert KANARIE in html
    assert "blijft geheim" not in html
    assert Journaalregel.objects.filter(handeling="inzage", door=w.t1, gegevens__wat="notitie").count() == 1
    for wie in (w.t3, w.bureau, w.rm):
        client.force_login(wie)
        assert client.get(pad).status_code in (403, 404)
    client.force_login(lezer.kandidaat)
    assert "bekeek wat je deelde bij een les" in tekst(client.get("/mijn/gegevens/"))
    client.post("/mijn/schrift/", {"notitie": Notitie.objects.get(vraag="").pk})
    client.force_login(w.t1)
    assert KANARIE not in tekst(client.get(pad))


def test_een_oude_pagina_doet_wat_de_knop_zegt(w, client, les, lezer):
    """Stopped in another tab: "deel dit niet meer" in this one never starts it again. Nor is an erased text shared."""
    bewaar(client, les, n=KANARIE)
    notitie = Notitie.objects.get()
    cursus.notitie_delen(notitie, door=lezer.kandidaat)
    for _ in range(2):
        client.post("/mijn/schrift/", {"notitie": notitie.pk})
        assert Notitie.objects.get().gedeeld_om is None
    for _ in range(2):
        client.post("/mijn/schrift/", {"notitie": notitie.pk, "delen": "1"})
        assert Notitie.objects.get().gedeeld_om is not None
    Notitie.objects.update(tekst="")
    cursus.notitie_niet_delen(notitie, door=lezer.kandidaat)  # sharing less is never too late
    assert VOORBIJ in tekst(client.post("/mijn/schrift/", {"notitie": notitie.pk, "delen": "1"}, follow=True))
    assert Notitie.objects.get().gedeeld_om is None


def test_delen_kan_alleen_met_een_eigen_notitie(w, client, les, lezer):
    ander = w.traject(3)
    vreemd = Notitie.objects.create(traject=ander, les=les, soort="EK1", tekst=KANARIE)
    for nummer in (vreemd.pk, "9" * 30, "x", ""):
        assert client.post("/mijn/schrift/", {"notitie": nummer}).status_code == 404
    client.post(adres(les), {"delen": "n"})
    client.post(adres(les), {"niet_delen": "a_onbekend"})
    vreemd.refresh_from_db()
    assert vreemd.gedeeld_om is None


def test_een_gestopt_traject_leest_nog_en_kan_het_delen_stoppen(w, client, les, lezer):
    bewaar(client, les, n=KANARIE)
    cursus.notitie_delen(Notitie.objects.get(), door=lezer.kandidaat)
    client.post("/mijn/stoppen/", {})
    assert KANARIE in tekst(client.get("/mijn/schrift/"))
    client.post("/mijn/schrift/", {"notitie": Notitie.objects.get().pk})
    assert Notitie.objects.get().gedeeld_om is None
    lezer.refresh_from_db()
    with pytest.raises(Geweigerd):
        cursus.notitie_delen(Notitie.objects.get(), door=lezer.kandidaat)


def test_schrijven_in_een_dichte_les_kan_niet(w, client, les, lezer):
    DagPagina.objects.filter(nr=1).update(opent="datum", opent_op=timezone.localdate() + timezone.timedelta(days=1))
    assert client.post(adres(les), {"n": KANARIE}).status_code == 403
    with pytest.raises(Geweigerd):
        cursus.lesnotities_bewaren(lezer, door=lezer.kandidaat, les=les, teksten={"": KANARIE})
    assert not Notitie.objects.exists()


def test_de_handeling_kent_de_botsing_zelf(w, les):
    traject = w.traject(3)
    eerste = cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les, teksten={"": "een"})
    cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les, teksten={"": "twee"}, basis=eerste)
    with pytest.raises(Botsing):
        cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les, teksten={"": "drie"}, basis=eerste)
    assert Notitie.objects.get().tekst == "twee"


# --- into the report --------------------------------------------------------------------------------------------------

BLAD = "/mijn/verslag/wat-je-kunt/1/"


def in_verslag(w, client, tekst_les=KANARIE):
    traject = w.traject(5)
    les = LesPagina.objects.get(slug="open-vragen")  # V03 V05 V07b
    cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=les, teksten={"": tekst_les})
    client.force_login(traject.kandidaat)
    return traject, traject.lesnotities.get()


def test_een_tekst_uit_een_les_wordt_een_voorbeeld(w, client):
    traject, notitie = in_verslag(w, client)
    html = tekst(client.get(BLAD))
    assert html.count("Neem iets over uit je lessen") == 1  # of V01, V02 and V03 only V03 is in that lesson
    velden = {"k_V03": "3", "t_V03": "Al getypt.", "k_V01": "2", "neem": f"V03:n{notitie.pk}"}
    assert client.post(BLAD, velden).url == f"{BLAD}#id_k_V03"
    antwoorden = dict(Antwoord.objects.values_list("profieltekst__code", "tekst"))
    assert antwoorden["V03"] == f"Al getypt.\n\n{KANARIE}"
    assert Antwoord.objects.get(profieltekst__code="V01").keuze == "2"
    client.post(BLAD, velden | {"t_V03": antwoorden["V03"]})
    assert Antwoord.objects.get(profieltekst__code="V03").tekst == antwoorden["V03"]  # twice is once
    notitie.refresh_from_db()
    assert notitie.gedeeld_om is None
    assert set(Journaalregel.objects.filter(traject=traject, door=traject.kandidaat).values_list("handeling",
    flat=True)) <= {
        "deelname_besluiten", "lesnotities_bewaren", "verslag_bewaren",
    }  # fmt: skip


def test_van_een_ander_of_bij_een_ander_punt_kan_niet(w, client):
    _, vreemd = in_verslag(w, client, "geheim-van-een-ander")
    _, eigen = in_verslag(w, client)
    for keuze in (f"V03:n{vreemd.pk}", f"V01:n{eigen.pk}", "V03:x", "V03"):
        html = tekst(client.post(BLAD, {"t_V03": "Al getypt.", "t_V01": "Ook.", "neem": keuze}))
        assert "Deze tekst is er niet meer. Je voorbeeld staat er nog." in html
        assert "Al getypt.</textarea>" in html
        assert "geheim-van-een-ander" not in html


def test_te_lang_samen_houdt_wat_er_stond(w, client):
    _, notitie = in_verslag(w, client, "y" * 9_000)
    html = tekst(client.post(BLAD, {"t_V03": "z" * 2_000, "neem": f"V03:n{notitie.pk}"}))
    assert "Samen is dit te lang." in html
    assert f"{'z' * 2_000}</textarea>" in html
