"""Practice cards, role-plays, drawings, true times: what a lesson has beside its text."""

import datetime as dt
import re

import pytest
from django.template.loader import get_template
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.models import Document

from cursus.blocks import Video
from cursus.leestijd import WOORDEN_PER_MINUUT, leestekst, leestijd
from cursus.lesblokken import DELEN, Geluid, opgesteld
from cursus.models import CursusPagina, DagPagina, LesPagina, Notitie, Veiligheidsafspraken
from cursus.models.invullen import vragen_van
from tests.cursus.test_paginas import tekst

LES = "/cursus/ek1/dag-1/open-vragen/"
OORDEEL = re.compile(r"\b(goed antwoord|fout antwoord|juist|onjuist|punten|score|geraden)\b", re.IGNORECASE)


def blokken(les, soort):
    return [blok.value for blok in les.inhoud if blok.block_type == soort]


def test_elke_les_heeft_twee_oefenkaarten_en_een_tekening(db):
    for les in LesPagina.objects.all():
        kaarten = blokken(les, "oefenkaart")
        assert len(kaarten) >= 2, les
        assert len(blokken(les, "tekening")) == 1, les
        for kaart in kaarten:
            assert 3 <= len(kaart["keuzes"]) <= 4, kaart
            assert all(len(keuze["waarom"].split()) >= 6 for keuze in kaart["keuzes"]), kaart
            assert kaart["vraag"].endswith("?")
            assert not OORDEEL.search(str(kaart)), kaart
            assert not re.search(r"\b(u|uw)\b", str(kaart)), kaart


def test_een_oefenkaart_is_heel_zonder_script_en_bewaart_niets(w, client):
    client.force_login(w.traject(2).kandidaat)
    html = tekst(client.get(LES))
    kaarten = re.findall(r'<section class="item oefen".*?</section>', html, re.DOTALL)
    assert len(kaarten) == 2
    for kaart in kaarten:
        assert kaart.count("<details>") == kaart.count("<summary>") >= 3
        assert "<input" not in kaart
    assert client.get("/cursus/zoeken/?q=Wie stuurde jou vandaag een bericht").context["gevonden"][0].les.url == LES


def test_zoeken_vindt_wat_een_tekening_vertelt_en_niet_haar_delen(w, client):
    client.force_login(w.t1)
    gevonden = client.get("/cursus/zoeken/?q=drie deuren in verschillende kleuren").context["gevonden"]
    assert [treffer.les.slug for treffer in gevonden] == ["jouw-keuze"]
    assert not any("ernaast" in stuk for les in LesPagina.objects.all() for stuk in leestekst(les)[2:3])


def test_zoeken_vindt_een_rollenspel_bij_zijn_dag(w, client):
    traject, dag = w.traject(2), DagPagina.objects.get(title="Voorbereiden")
    client.force_login(traject.kandidaat)
    vraag = "/cursus/zoeken/?q=man van de kaartclub"
    assert [treffer.les.pk for treffer in client.get(vraag).context["gevonden"]] == [dag.pk]
    DagPagina.objects.filter(pk=dag.pk).update(opent="datum", opent_op=timezone.localdate() + dt.timedelta(days=2))
    assert client.get(vraag).context["gevonden"] == []


# --- drawings ---------------------------------------------------------------------------------------------------------


def test_elk_deel_van_een_tekening_is_te_tekenen():
    assert len(DELEN) >= 12
    for naam in DELEN:
        svg = get_template(f"cursus/tekening/{naam}.html").render()
        assert re.search(r'class="(vlak|licht|wit|lijn)"', svg), naam
        assert "fill=" not in svg, naam  # colours come from the sheet: they survive forced colours


def test_een_tekening_heeft_een_naam_en_haar_delen(w, client):
    client.force_login(w.t1)
    html = tekst(client.get(LES))
    svg = re.search(r'<svg viewBox="0 -40 .*?</svg>', html, re.DOTALL).group()
    assert 'role="img" aria-label="Twee mensen zitten aan tafel. De een vraagt iets en de ander praat."' in svg
    assert svg.count("<g ") == 5


def test_delen_staan_naast_elkaar_of_boven_de_vorige():
    delen = [{"wat": wat, "kleur": "plum", "plek": plek} for wat, plek in
             (("persoon", "naast"), ("ballon", "boven"), ("tafel", "naast"), ("bestaat-niet", "naast"))]  # fmt: skip
    plekken, breed = opgesteld(delen)
    assert [(plek.x, plek.y) for plek in plekken] == [(8, 0), (8, -88), (74, 0)]
    assert breed == 180


# --- role-plays and the rings -----------------------------------------------------------------------------------------


def test_elke_dag_heeft_twee_rollenspellen_en_drie_vragen_voor_jezelf(db):
    for dag in DagPagina.objects.all():
        assert len(dag.rollenspellen) == 2, dag
        for spel in dag.rollenspellen:
            assert len(spel.value["rollen"]) == 2
            assert spel.value["proberen"]
            assert len(spel.value["terugkijken"]) >= 3
        terugblikken = [blok for les in LesPagina.objects.child_of(dag) for blok in blokken(les, "terugblik")]
        assert [len(blok["vragen"]) for blok in terugblikken] == [3], dag
    assert [len(cursus.vragen) for cursus in CursusPagina.objects.all()] == [3, 3]


def test_een_rollenspel_heeft_een_eigen_blad(w, client):
    dag = DagPagina.objects.get(title="Voorbereiden")
    client.force_login(w.traject(2).kandidaat)
    html = tekst(client.get(dag.url))
    assert f'href="/cursus/rollenspel/{dag.pk}/2/"' in html
    blad = tekst(client.get(f"/cursus/rollenspel/{dag.pk}/1/"))
    for stuk in ("“Ik heb niemand”", "Rol: De vrouw", "Dit probeert de coördinator", "Kijk samen terug", "data-print"):
        assert stuk in blad
    for nr in (0, 3, 99):
        assert client.get(f"/cursus/rollenspel/{dag.pk}/{nr}/").status_code == 404
    assert client.get("/cursus/rollenspel/999999/1/").status_code == 404


def test_een_rollenspel_van_een_dichte_dag_blijft_dicht(w, client):
    dag = DagPagina.objects.get(title="Voorbereiden")
    client.force_login(w.traject(1).kandidaat)
    assert client.get(f"/cursus/rollenspel/{dag.pk}/1/").status_code == 403
    client.force_login(w.traject(2).kandidaat)
    DagPagina.objects.filter(pk=dag.pk).update(opent="datum", opent_op=timezone.localdate() + dt.timedelta(days=2))
    antwoord = client.get(f"/cursus/rollenspel/{dag.pk}/1/")
    assert antwoord.status_code == 403
    assert "Ik heb niemand" not in tekst(antwoord)


def test_de_kring_om_te_tekenen_staat_bij_haar_les(w, client):
    client.force_login(w.traject(2).kandidaat)
    assert "/cursus/teken-je-kring/" in tekst(client.get("/cursus/ek1/dag-1/teken-je-eigen-kring/"))
    html = tekst(client.get("/cursus/teken-je-kring/"))
    assert html.count('class="ring"') == 3
    assert "data-print" in html


# --- looking back -----------------------------------------------------------------------------------------------------


def test_een_terugblik_is_een_gewone_notitie(w, client):
    traject = w.traject(3)
    client.force_login(traject.kandidaat)
    les = LesPagina.objects.get(slug="teken-je-eigen-kring")
    vragen = [blok for blok, (soort, _) in vragen_van(les).items() if soort == "terugblik"]
    assert len(vragen) == 3
    assert f'href="{les.url}#terugblik"' in tekst(client.get("/cursus/ek1/dag-1/"))
    html = tekst(client.get(les.url))
    assert all(f'name="a_{vraag}"' in html for vraag in vragen)
    client.post(f"/cursus/schrijven/{les.pk}/", {f"a_{vragen[1]}": "kanarie-terugblik", "bewaar": "1"})
    notitie = Notitie.objects.get()
    assert (notitie.les_id, notitie.vraag, notitie.tekst) == (les.pk, vragen[1], "kanarie-terugblik")
    assert notitie.vraagtekst == "Welke vraag van een ander zette jou aan het denken?"
    assert notitie.gedeeld_om is None


# --- times ------------------------------------------------------------------------------------------------------------


def test_de_tijd_volgt_uit_de_woorden_en_de_oefeningen(db):
    """Counted apart, from the page as it is read: within two minutes of what the lesson says."""
    for les in LesPagina.objects.all():
        woorden = len(re.sub(r"<[^>]+>", " ", " ".join(leestekst(les))).split())
        assert abs(les.tijd.lezen - woorden / WOORDEN_PER_MINUUT) <= 2, les
        assert les.tijd.samen == les.tijd.lezen + les.tijd.oefenen
    gewoon, thuis = (LesPagina.objects.get(slug=slug) for slug in ("de-hulpreflex", "schrijf-een-uitnodiging"))
    assert gewoon.tijd.oefenen == 5 + 2  # the exercise and two cards
    assert thuis.tijd.oefenen == 15 + 2 + 5  # the home assignment, two cards, looking back


def test_meer_tekst_is_meer_tijd(db):
    les = LesPagina.objects.get(slug="de-hulpreflex")
    voor = leestijd(les)
    les.inhoud.append(("tekst", {"kop": "", "tekst": f"<p>{'woord ' * 3 * WOORDEN_PER_MINUUT}</p>"}))
    assert leestijd(les).lezen == voor.lezen + 3
    assert leestijd(les).oefenen == voor.oefenen


def test_de_les_zegt_haar_tijd(w, client):
    client.force_login(w.t1)
    les = LesPagina.objects.get(slug="open-vragen", title__startswith="Luisteren")
    html = " ".join(re.sub(r"<[^>]+>", " ", tekst(client.get(LES))).split())
    assert f"Lezen: ongeveer {les.tijd.lezen} minuten · oefenen: ongeveer {les.tijd.oefenen} minuten" in html


# --- safety, sound ----------------------------------------------------------------------------------------------------


def test_zonder_afspraken_staat_er_niets_en_daarna_wel(w, client):
    client.force_login(w.t1)
    pad = "/cursus/ek1/dag-2/iedereen-voorbereiden/"
    assert "Als er geweld is" not in tekst(client.get(pad))
    Veiligheidsafspraken.objects.create(tekst="Bel bij gevaar 112.", adres="https://www.eigen-kracht.nl/veilig")
    html = tekst(client.get(pad))
    assert "Bel bij gevaar 112." in html
    assert 'href="https://www.eigen-kracht.nl/veilig"' in html
    assert "Als er geweld is" not in tekst(client.get(LES))


def _document(naam):
    document = Document(title=naam, file=f"documents/{naam}")
    document.save()
    return document.pk


@pytest.mark.parametrize(
    ("weg", "waarde", "fout"),
    [
        ("ondertitels", None, "ondertitels"),
        ("tekst", "", "tekst"),
        ("tekst", "<p></p>", "tekst"),
        ("ondertitels", "film.mp4", "ondertitels"),
        ("video", "film.vtt", "video"),
    ],
)
def test_een_video_heeft_altijd_ondertitels_en_tekst(db, weg, waarde, fout):
    blok = Video()
    heel = {
        "titel": "Een kring",
        "video": _document("a.mp4"),
        "ondertitels": _document("a.vtt"),
        "tekst": "<p>Dag.</p>",
    }
    blok.clean(blok.to_python(heel))
    kapot = heel | {weg: _document(waarde) if waarde and "." in waarde else waarde}
    with pytest.raises(StructBlockValidationError) as gezien:
        blok.clean(blok.to_python(kapot))
    assert list(gezien.value.block_errors) == [fout]


def test_een_geluid_heeft_altijd_zijn_tekst(db):
    blok = Geluid()
    geluid = _document("x.mp3")
    with pytest.raises(StructBlockValidationError) as fout:
        blok.clean(blok.to_python({"titel": "Een stem", "geluid": geluid, "minuten": 2, "tekst": ""}))
    assert list(fout.value.block_errors) == ["tekst"]
    goed = blok.clean(blok.to_python({"titel": "Een stem", "geluid": geluid, "minuten": 2, "tekst": "<p>Dag.</p>"}))
    assert "<audio controls" in blok.render(goed)
    with pytest.raises(StructBlockValidationError):
        blok.clean(blok.to_python({"titel": "Een stem", "geluid": _document("y.mp4"), "tekst": "<p>Dag.</p>"}))


@pytest.mark.parametrize("blok", [Video(), Geluid()])
def test_een_concept_mag_nog_wachten_op_de_tekst(db, blok):
    """A draft is kept half done; only publishing asks for everything."""
    half = blok.to_python({"titel": "Een kring", "tekst": ""})
    assert blok.clean_deferred(half)["titel"] == "Een kring"
    with pytest.raises(StructBlockValidationError):
        blok.clean(half)
