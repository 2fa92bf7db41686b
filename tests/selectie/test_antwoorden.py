"""The bureau's answer to an application: a letter changed before it goes, a question and its answer, a call, "nu
nog niet"; and not showing up.
"""

import datetime as dt
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pypdf import PdfWriter

from cursus import handelingen as cursus
from lms.kern.berichten import opmaken
from lms.kern.handelingen import VOORBIJ, Geweigerd, rol_geven, traject_hervatten, traject_stoppen
from lms.kern.instellingen import STANDAARD
from lms.kern.models import Bericht, Bestand, Instelling, Journaalregel
from selectie import handelingen
from selectie.models import Aanmeldbrief, Aanmelding
from tests.fabrieken import dag_van, persoon, staat
from tests.lezen import leesbaar as tekst
from tests.test_huis import VERBODEN
from tests.test_vragen import aantal


def _pdf():
    schrijver, uit = PdfWriter(), io.BytesIO()
    schrijver.add_blank_page(90, 90)
    schrijver.write(uit)
    return uit.getvalue()


PDF = _pdf()


def als(gebruiker):
    client = Client()
    client.force_login(gebruiker)
    return client


def download(client, adres):
    """The status and headers of a download, with its file closed."""
    antwoord = client.get(adres)
    for sluit in antwoord._resource_closers:
        sluit()
    return antwoord


def pad(traject):
    return f"/bureau/kandidaten/{traject.pk}/aanmelding/"


def vraag(w, traject, zin="Waar werkte je toen? kanarie-vraag"):
    return handelingen.aanvulling_vragen(traject.aanmelding, door=w.bureau, tekst=zin)


def over(traject):
    """What the form of the answer carries: the last question that was asked."""
    return {"vraag": traject.aanmeldbrieven.filter(soort="vragen").first().pk}


# --- the letter -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["brief_uitnodigen", "brief_vragen", "brief_bellen"])
def test_de_brieven_uit_de_instellingen_wijzen_niemand_af(code):
    standaard = STANDAARD[code][0]
    assert not VERBODEN.search(standaard)
    assert not re.search(r"afw|helaas|niet geschikt|nog niet|\b(U|uw)\b", standaard)
    assert standaard.startswith("Dag {voornaam},")


def test_uitnodigen_bewaart_de_veranderde_brief_en_de_mail_heeft_alleen_een_link(w):
    traject = w.traject(0)
    html = tekst(als(w.bureau).get(pad(traject)))
    assert f"Dag {traject.kandidaat.voornaam}," in html
    assert "{" not in re.search(r"<textarea.*?</textarea>", html, re.DOTALL).group()
    antwoord = als(w.bureau).post(pad(traject), {"daad": "uitnodigen", "tekst": "Dag! kanarie-uitnodiging"})
    assert antwoord.url == "/bureau/aanmeldingen/"
    assert staat(traject) == (2, ["bijeenkomst_kiezen:kandidaat"])
    assert [(b.soort, b.tekst, b.door) for b in traject.aanmeldbrieven.all()] == [
        ("uitnodigen", "Dag! kanarie-uitnodiging", w.bureau)
    ]
    mail = Bericht.objects.get(aan=traject.kandidaat)
    assert "/mijn/brief/" in opmaken(mail)[1]
    assert "kanarie" not in opmaken(mail)[1]
    assert "kanarie-uitnodiging" in tekst(als(traject.kandidaat).get("/mijn/brief/"))


def test_met_een_wens_komt_er_een_mail_over_de_plek_en_een_over_de_brief(w):
    straks = w.groep("informatie", 1, [], over=9, titel="Straks in Zwolle")
    traject = w.traject(0)
    Aanmelding.objects.filter(traject=traject).update(gewenste_uitvoering=straks)
    assert "Straks in Zwolle" in handelingen.brief_tekst(traject, "uitnodigen", door=w.bureau)
    handelingen.aanmelding_beantwoorden(traject.aanmelding, door=w.bureau)
    assert traject.deelnames.get().uitvoering == straks
    assert sorted(Bericht.objects.filter(aan=traject.kandidaat).values_list("soort", flat=True)) == [
        "brief_voor_je",
        "geplaatst",
    ]


@pytest.mark.parametrize(
    ("brief", "zin"),
    [
        ("", "Schrijf eerst je brief."),
        ("Dag, {vraag}", "op de plek van {vraag}"),
        ("Je bent afgewezen.", "wijzen we niemand af"),
        ("Je bent niet geschikt", "wijzen we niemand af"),
        ("x" * 10_001, "te lang"),
    ],
)
def test_een_brief_die_zo_niet_kan_blijft_op_het_scherm(w, brief, zin):
    traject = w.traject(0)
    html = tekst(als(w.bureau).post(pad(traject), {"daad": "bellen", "tekst": brief}))
    assert zin in html
    assert brief in html
    assert not Aanmeldbrief.objects.exists()


def test_een_leeg_sjabloon_valt_terug_op_de_standaard(w):
    Instelling.objects.create(code="brief_uitnodigen", waarde="")
    handelingen.aanmelding_beantwoorden((traject := w.traject(0)).aanmelding, door=w.bureau)
    assert traject.aanmeldbrieven.get().tekst.startswith("Dag ")


def test_de_tweede_die_antwoordt_ziet_dat_en_houdt_de_tekst(w):
    traject = w.traject(0)
    handelingen.aanmelding_beantwoorden(traject.aanmelding, door=w.bureau)
    html = tekst(als(w.bureau).post(pad(traject), {"daad": "uitnodigen", "tekst": "Mijn eigen brief"}))
    assert VOORBIJ in html
    assert "Mijn eigen brief" in html
    assert traject.aanmeldbrieven.count() == 1


def test_twee_keer_versturen_is_een_keer(w):
    traject = w.traject(0)
    client = als(w.bureau)
    nummer = re.search(r'name="verzoek_id" value="([^"]+)"', tekst(client.get(pad(traject)))).group(1)
    for _ in range(2):
        assert (
            client.post(pad(traject), {"daad": "bellen", "tekst": "We bellen", "verzoek_id": nummer}).status_code == 302
        )
    assert traject.aanmeldbrieven.count() == 1


def test_bellen_laat_de_aanmelding_open(w):
    traject = w.traject(0)
    handelingen.bellen_aankondigen(traject.aanmelding, door=w.bureau, tekst="We bellen je graag.")
    assert staat(traject) == (1, ["aanmelding_beantwoorden:bureau"])
    assert Bericht.objects.get(aan=traject.kandidaat).soort == "brief_voor_je"


def test_zonder_mail_komt_de_brief_op_papier(w):
    traject = w.traject(0)
    type(traject.kandidaat).objects.filter(pk=traject.kandidaat_id).update(email=None)
    antwoord = als(w.bureau).post(pad(traject), {"daad": "uitnodigen", "tekst": "Dag op papier"})
    brief = traject.aanmeldbrieven.get()
    assert antwoord.url == f"/bureau/brieven/{brief.pk}/"
    html = tekst(als(w.bureau).get(antwoord.url))
    assert "Dag op papier" in html
    assert "Doe deze brief op de post" in html
    assert not Bericht.objects.filter(aan=traject.kandidaat).exists()


def test_een_brief_is_alleen_voor_bureau_en_kandidaat(w):
    traject = w.traject(6)
    nummer = traject.aanmeldbrieven.get().pk
    Aanmeldbrief.objects.filter(pk=nummer).update(tekst="kanarie-brief-van-ons")
    for wie in (w.t1, w.rm, w.redacteur, traject.kandidaat):
        assert als(wie).get(f"/bureau/brieven/{nummer}/").status_code == 403
    assert "kanarie-brief-van-ons" not in tekst(als(w.t1).get(f"/trainer/kandidaten/{traject.pk}/brief/"))
    assert "kanarie-brief-van-ons" not in tekst(als(w.traject(6).kandidaat).get("/mijn/brief/"))


# --- a question and its answer ----------------------------------------------------------------------------------------


def test_een_vraag_maakt_de_kandidaat_aan_de_beurt_en_het_antwoord_weer_het_bureau(w):
    traject = w.traject(0)
    vraag(w, traject)
    assert staat(traject) == (1, ["aanmelding_aanvullen:kandidaat"])
    mail = Bericht.objects.get(aan=traject.kandidaat)
    assert (mail.soort, "kanarie" in opmaken(mail)[1]) == ("beurt_aanmelding_aanvullen", False)
    client = als(traject.kandidaat)
    assert "Vul je aanmelding aan" in tekst(client.get("/mijn/"))
    assert "kanarie-vraag" in tekst(client.get("/mijn/brief/aanvullen/"))
    bestand = SimpleUploadedFile("rapport.pdf", PDF, content_type="application/pdf")
    velden = {"antwoord": "In de kas. kanarie-antwoord", "bestand": bestand}
    assert client.post("/mijn/brief/aanvullen/", velden | over(traject)).url == "/mijn/"
    assert staat(traject) == (1, ["aanmelding_beantwoorden:bureau"])
    rij = traject.aanmeldbrieven.get()
    assert (rij.antwoord, rij.antwoord_bestand.naam, rij.beantwoord_door) == (
        "In de kas. kanarie-antwoord",
        "rapport.pdf",
        traject.kandidaat,
    )
    assert traject.aanmelding.brief.motivatie == "kanarie-brief"  # what was sent stays
    assert "kanarie-antwoord" in tekst(als(w.bureau).get(pad(traject)))
    assert download(als(w.bureau), f"/bestand/{rij.antwoord_bestand.uuid}/").status_code == 200
    assert als(w.rm).get(f"/bestand/{rij.antwoord_bestand.uuid}/").status_code == 404


def test_er_staat_hoogstens_een_vraag_open(w):
    traject = w.traject(0)
    vraag(w, traject)
    with pytest.raises(ValidationError, match="al een vraag open"):
        vraag(w, traject)


def test_uitnodigen_kan_ook_als_er_nog_een_vraag_open_staat(w):
    traject = w.traject(0)
    gesteld = vraag(w, traject)
    handelingen.aanmelding_beantwoorden(traject.aanmelding, door=w.bureau)
    assert staat(traject) == (2, ["bijeenkomst_kiezen:kandidaat"])
    assert "Er staat geen vraag open" in tekst(als(traject.kandidaat).get("/mijn/brief/aanvullen/"))
    with pytest.raises(ValidationError, match="hoeft niet meer"):
        handelingen.aanmelding_aanvullen(gesteld, door=traject.kandidaat, antwoord="te laat")


def test_een_tweede_tab_houdt_het_getypte_antwoord(w):
    traject = w.traject(0)
    vraag(w, traject)
    client = als(traject.kandidaat)
    client.post("/mijn/brief/aanvullen/", {"antwoord": "eerste"} | over(traject))
    html = tekst(client.post("/mijn/brief/aanvullen/", {"antwoord": "tweede tab"} | over(traject)))
    assert VOORBIJ in html
    assert "tweede tab" in html
    assert traject.aanmeldbrieven.get().antwoord == "eerste"


def test_een_oude_pagina_beantwoordt_geen_latere_vraag(w):
    """The bureau typed the answer and asked something else: the text stays, beside the question that waits now."""
    traject = w.traject(0)
    een, client = vraag(w, traject), als(traject.kandidaat)
    als(w.bureau).post(f"{pad(traject)}aanvullen/", {"antwoord": "Verteld aan de telefoon."} | over(traject))
    twee = vraag(w, traject, "En waar woon je nu?")
    html = tekst(client.post("/mijn/brief/aanvullen/", {"antwoord": "In de kas.", "vraag": een.pk}))
    assert (VOORBIJ in html, "En waar woon je nu?" in html, "In de kas.</textarea>" in html) == (True, True, True)
    assert f'name="vraag" value="{twee.pk}"' in " ".join(html.split())
    assert [b.antwoord for b in traject.aanmeldbrieven.order_by("pk")] == ["Verteld aan de telefoon.", ""]


def test_de_vraag_van_een_ander_is_er_niet(w):
    traject, ander = w.traject(0), w.traject(0)
    vraag(w, traject), vraag(w, ander)
    velden = {"antwoord": "x"} | over(ander)
    assert VOORBIJ in tekst(als(traject.kandidaat).post("/mijn/brief/aanvullen/", velden))
    assert not Aanmeldbrief.objects.exclude(antwoord="").exists()


def test_na_de_uitnodiging_verandert_een_oude_pagina_niets(w):
    """Three answers of a second tab; the row on the page was answered meanwhile."""
    Instelling.objects.create(code="nu_nog_niet", waarde=True)
    traject = w.traject(0)
    oud = traject.aanmelding
    handelingen.aanmelding_beantwoorden(oud, door=w.bureau)
    for act, gegevens in (
        (handelingen.aanvulling_vragen, {"tekst": "Waar?"}),
        (handelingen.bellen_aankondigen, {"tekst": "We bellen."}),
        (handelingen.nu_nog_niet_afspreken, {}),
    ):
        with pytest.raises(ValidationError, match=VOORBIJ):
            act(oud, door=w.bureau, **gegevens)
    assert traject.aanmeldbrieven.count() == 1


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("cv.pdf", b"MZ programma", "een programma"),
        ("cv.txt", b"Dag", "kunnen we niet lezen"),
        ("leeg.pdf", b"", "bestand is leeg"),
    ],
)
def test_een_kapot_of_vermomd_bestand_bij_het_antwoord(w, naam, inhoud, zin):
    traject = w.traject(0)
    vraag(w, traject)
    velden = {"antwoord": "blijft staan", "bestand": SimpleUploadedFile(naam, inhoud)} | over(traject)
    html = tekst(als(traject.kandidaat).post("/mijn/brief/aanvullen/", velden))
    assert zin in html
    assert "blijft staan" in html
    assert (Bestand.objects.exists(), traject.aanmeldbrieven.get().beantwoord_om) == (False, None)


def test_het_bureau_typt_het_antwoord_namens(w):
    traject = w.traject(0)
    vraag(w, traject)
    als(w.bureau).post(f"{pad(traject)}aanvullen/", {"antwoord": "Verteld aan de telefoon."} | over(traject))
    regel = Journaalregel.objects.get(handeling="aanmelding_aanvullen")
    assert (regel.door, regel.als, regel.namens) == (w.bureau, "bureau", traject.kandidaat)


def test_de_trainer_leest_het_antwoord_bij_de_brief(w):
    traject = w.traject(0)
    handelingen.aanmelding_aanvullen(vraag(w, traject), door=traject.kandidaat, antwoord="kanarie-antwoord")
    handelingen.aanmelding_beantwoorden(traject.aanmelding, door=w.bureau)
    w.bijwonen(traject, w.info)
    handelingen.deelname_besluiten(traject, door=traject.kandidaat, keuze="ja")
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=w.ek1)
    html = tekst(als(w.t1).get(f"/trainer/kandidaten/{traject.pk}/brief/"))
    assert ("kanarie-antwoord" in html, "kanarie-vraag" in html) == (True, False)


# --- nu nog niet ------------------------------------------------------------------------------------------------------


def _gesprek(w, traject):
    return cursus.belnotitie_vastleggen(
        traject, door=w.bureau, gesproken_op=timezone.localdate(), tekst="kanarie-notitie: verhuist eerst"
    )


def test_nu_nog_niet_staat_uit(w):
    traject = w.traject(0)
    _gesprek(w, traject)
    assert "Nu nog niet" not in tekst(als(w.bureau).get(pad(traject)))
    with pytest.raises(ValidationError, match="staat uit"):
        handelingen.nu_nog_niet_afspreken(traject.aanmelding, door=w.bureau)


def test_nu_nog_niet_kan_pas_na_een_opgeschreven_gesprek_en_mailt_niets(w):
    Instelling.objects.create(code="nu_nog_niet", waarde=True)
    traject = w.traject(0)
    with pytest.raises(ValidationError, match="schrijf het gesprek op"):
        handelingen.nu_nog_niet_afspreken(traject.aanmelding, door=w.bureau)
    assert "Praat eerst met" in tekst(als(w.bureau).get(f"{pad(traject)}?daad=nu_nog_niet"))
    _gesprek(w, traject)
    mails = Bericht.objects.filter(aan=traject.kandidaat).count()
    als(w.bureau).post(pad(traject), {"daad": "nu_nog_niet"})
    traject.refresh_from_db()
    assert (traject.is_lopend, traject.afsluiting) == (False, "niet_uitgenodigd")
    assert Bericht.objects.filter(aan=traject.kandidaat).count() == mails
    client = als(traject.kandidaat)
    alles = "".join(tekst(client.get(p)) for p in ("/mijn/", "/mijn/brief/", "/mijn/gebeurd/"))
    assert not re.search(r"kanarie-notitie|[Nn]u nog niet|afgewezen|Je bent uitgenodigd", alles)


def test_na_nu_nog_niet_kan_iedereen_terug_en_antwoordt_het_bureau_opnieuw(w):
    Instelling.objects.create(code="nu_nog_niet", waarde=True)
    traject = w.traject(0)
    _gesprek(w, traject)
    handelingen.nu_nog_niet_afspreken(traject.aanmelding, door=w.bureau)
    als(w.bureau).post(pad(traject), {"daad": "hervatten"})
    assert staat(traject) == (1, ["aanmelding_beantwoorden:bureau"])
    with pytest.raises(ValidationError, match="schrijf het gesprek op"):  # an old talk is no talk about this answer
        handelingen.nu_nog_niet_afspreken(traject.aanmelding, door=w.bureau)
    _gesprek(w, traject)
    handelingen.nu_nog_niet_afspreken(traject.aanmelding, door=w.bureau)
    traject_hervatten(traject, door=traject.kandidaat)
    handelingen.aanmelding_beantwoorden(traject.aanmelding, door=w.bureau)
    assert staat(traject) == (2, ["bijeenkomst_kiezen:kandidaat"])


@pytest.mark.parametrize(("dagen", "notitie"), [(1, "morgen"), (-400, "voor het begin"), (0, " ")])
def test_een_gesprek_heeft_een_dag_die_kan_en_een_notitie(w, dagen, notitie):
    with pytest.raises(ValidationError):
        cursus.belnotitie_vastleggen(
            w.traject(0), door=w.bureau, gesproken_op=timezone.localdate() + dt.timedelta(days=dagen), tekst=notitie
        )


def test_alleen_het_bureau_schrijft_een_gesprek_op(w):
    traject = w.traject(0)
    for wie in (traject.kandidaat, w.rm, w.t1):
        with pytest.raises(Geweigerd):
            cursus.belnotitie_vastleggen(traject, door=wie, gesproken_op=timezone.localdate(), tekst="x")


# --- not showing up ---------------------------------------------------------------------------------------------------


def _niet_gekomen(w, traject):
    cursus.deelname_plaatsen(traject, door=w.bureau, uitvoering=(groep := w.groep("informatie", 1, [])))
    cursus.aanwezigheid_vastleggen(dag_van(traject, groep.bijeenkomsten.get()), door=w.bureau, resultaat="nee")
    return groep


def test_een_keer_niet_komen_nodigt_vanzelf_opnieuw_uit_en_twee_keer_vraagt_een_telefoontje(w):
    traject = w.traject(1)
    _niet_gekomen(w, traject)
    assert staat(traject) == (2, ["bijeenkomst_kiezen:kandidaat"])
    assert Bericht.objects.filter(aan=traject.kandidaat, soort="beurt_bijeenkomst_kiezen").count() == 2
    _niet_gekomen(w, traject)
    assert staat(traject) == (2, ["even_bellen:bureau"])
    assert (
        Bericht.objects.filter(aan=traject.kandidaat, soort="beurt_bijeenkomst_kiezen", vervallen_om=None).count() <= 2
    )
    assert "We bellen je graag" in tekst(als(traject.kandidaat).get("/mijn/"))
    client = als(w.bureau)
    assert "Bel even" in tekst(client.get("/bureau/"))
    client.post(
        f"/bureau/kandidaten/{traject.pk}/bellen/",
        {"gesproken_op": timezone.localdate().isoformat(), "tekst": "Komt de volgende keer."},
    )
    assert staat(traject) == (2, ["bijeenkomst_kiezen:kandidaat"])
    _niet_gekomen(w, traject)
    assert staat(traject) == (2, ["even_bellen:bureau"])


def test_de_instelling_bepaalt_na_hoeveel_keer(w):
    Instelling.objects.create(code="bellen_na", waarde=1)
    traject = w.traject(1)
    groep = _niet_gekomen(w, traject)
    assert staat(traject) == (2, ["even_bellen:bureau"])
    cursus.aanwezigheid_verbeteren(
        dag_van(traject, groep.bijeenkomsten.get()), door=w.bureau, resultaat="ja", reden="Was er toch."
    )
    assert staat(traject)[0] == 3
    assert not traject.belnotities.exists()
    Instelling.objects.create(code="bellen_na", waarde=0)
    _niet_gekomen(w, nooit := w.traject(1))
    assert staat(nooit) == (2, ["bijeenkomst_kiezen:kandidaat"])


# --- the list ---------------------------------------------------------------------------------------------------------


def _namen(client, vraagteken=""):
    return re.findall(r'class="name" href="[^"]+">([^<]+)<', tekst(client.get(f"/bureau/aanmeldingen/{vraagteken}")))


def test_de_lijst_heeft_filters_en_de_oudste_bovenaan(w):
    oud, nieuw, wacht, klaar, weg = (w.kandidaat(f"mens{n}", regio=w.zuid if n == 2 else None) for n in range(5))
    for nr, traject in enumerate((oud, nieuw, wacht, klaar, weg)):
        moment = timezone.now() - dt.timedelta(days=9 - nr)
        Aanmelding.objects.filter(traject=traject).update(ingediend_om=moment)
    Aanmelding.objects.filter(traject=nieuw).update(gewenste_uitvoering=w.info)
    vraag(w, wacht)
    handelingen.aanmelding_beantwoorden(klaar.aanmelding, door=w.bureau)
    naam = {t: t.kandidaat.naam for t in (oud, nieuw, wacht, klaar, weg)}
    client = als(w.bureau)
    traject_stoppen(weg, door=weg.kandidaat)
    assert _namen(client) == [naam[oud], naam[nieuw], naam[wacht]]
    assert _namen(client, "?staat=open") == [naam[oud], naam[nieuw]]
    assert _namen(client, "?staat=wacht") == [naam[wacht]]
    assert _namen(client, "?staat=beantwoord") == [naam[klaar]]
    assert _namen(client, "?staat=alles") == [naam[t] for t in (oud, nieuw, wacht, klaar, weg)]
    assert _namen(client, "?wens=ja") == [naam[nieuw]]
    assert _namen(client, "?wens=nee") == [naam[oud], naam[wacht]]
    assert _namen(client, f"?regio={w.zuid.pk}") == [naam[wacht]]
    assert _namen(client, f"?naam={naam[nieuw].split()[0].upper()}&sort=-binnen") == [naam[nieuw]]
    assert "Niets gevonden" in tekst(client.get("/bureau/aanmeldingen/?naam=zzz"))


@pytest.mark.parametrize(
    "onzin",
    ["?staat=x", "?regio=999999999999", "?regio=a", "?wens=%00", "?naam=%00", "?page=0&per_page=9&sort=ö", "?page=99"],
)
def test_rare_parameters_breken_de_lijst_niet(w, onzin):
    w.traject(0)
    assert als(w.bureau).get(f"/bureau/aanmeldingen/{onzin}").status_code == 200


def test_de_lege_lijst_zegt_dat_alles_beantwoord_is(w):
    assert "Alles is beantwoord" in tekst(als(w.bureau).get("/bureau/aanmeldingen/"))


def test_de_eigen_aanmelding_van_een_medewerker_staat_er_niet(w):
    mens = persoon("collega")
    traject = w.kandidaat("zelf")
    rol_geven(traject.kandidaat, door=w.bureau, rol="bureau")
    assert traject.kandidaat.naam not in _namen(als(traject.kandidaat))
    assert mens.naam not in _namen(als(w.bureau))


def test_de_lijst_vraagt_bij_1_3_en_25_rijen_evenveel(w):
    gemeten = []
    for erbij in (1, 2, 22):
        for _ in range(erbij):
            traject = w.traject(0)
        gemeten.append(aantal(w.bureau, "/bureau/aanmeldingen/"))
    assert gemeten == [LIJST] * 3
    vraag(w, traject)
    assert aantal(w.bureau, f"/bureau/kandidaten/{traject.pk}/aanmelding/") <= 20


LIJST = 8
