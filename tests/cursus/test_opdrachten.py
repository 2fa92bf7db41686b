"""Home assignments: handed in, changed, taken back, answered; who sees them; and never a step or a turn."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Inlevering, LesPagina
from lms.kern.berichten import opmaken
from lms.kern.handelingen import VOORBIJ, Geweigerd
from lms.kern.handelingen.kladjes import kladjes_opruimen
from lms.kern.models import Bericht, Bestand, Journaalregel
from tests.cursus.test_paginas import tekst
from tests.fabrieken import staat

KANARIE, ANTWOORD = "kanarie-opdracht", "kanarie-antwoord"


@pytest.fixture
def les(db):
    return LesPagina.objects.get(slug="teken-je-eigen-kring")


@pytest.fixture
def lezer(w, client):
    traject = w.traject(4)
    client.force_login(traject.kandidaat)
    return traject


def png():
    import io

    from PIL import Image

    uit = io.BytesIO()
    Image.new("RGB", (20, 20), "#6e2360").save(uit, "PNG")
    return SimpleUploadedFile("mijn kring.png", uit.getvalue(), content_type="image/png")


def status(client, pad):
    """The status of a page or file, with the file closed again."""
    antwoord = client.get(pad)
    for sluit in antwoord._resource_closers:
        sluit()
    return antwoord.status_code


def inleveren(traject, les, tekst_=KANARIE, **meer):
    return cursus.opdracht_inleveren(traject, door=traject.kandidaat, les=les, tekst=tekst_, **meer)


def beantwoorden(w, rij, door=None, antwoord=ANTWOORD):
    return cursus.opdracht_beantwoorden(rij, door=door or w.t1, antwoord=antwoord)


def test_inleveren_met_wat_je_bij_de_les_schreef(w, client, les, lezer):
    voor = staat(lezer)
    blok = next(iter(v for v in client.get(les.url).context["velden"].values() if v.soort == "opdracht"))
    assert (
        client.post(f"/cursus/schrijven/{les.pk}/", {blok.naam: KANARIE, "inleveren": "1"}).url
        == f"/cursus/opdracht/{les.pk}/"
    )
    pagina = client.get(f"/cursus/opdracht/{les.pk}/")
    assert pagina.context["form"]["tekst"].value() == KANARIE
    assert "Trainer1 Jansen en Trainer2 Jansen. Niemand anders." in tekst(pagina)
    assert client.post(f"/cursus/opdracht/{les.pk}/", {"tekst": KANARIE}).url == les.url
    rij = Inlevering.objects.get()
    assert (rij.traject, rij.les_id, rij.soort, rij.versie, rij.tekst) == (lezer, les.pk, "EK1", 1, KANARIE)
    assert "Ingeleverd" in tekst(client.get(les.url))
    assert staat(lezer) == voor


def test_de_trainer_leest_en_antwoordt_en_er_gaat_een_mail_zonder_inhoud(w, client, les, lezer):
    rij, voor = inleveren(lezer, les), staat(lezer)
    client.force_login(w.t1)
    for pad in ("/trainer/", f"/trainer/groepen/{w.ek1.pk}/"):
        assert "Thuisopdrachten om te lezen" in tekst(client.get(pad))
    pad = f"/trainer/opdrachten/{rij.pk}/"
    assert KANARIE in tekst(client.get(pad))
    assert Journaalregel.objects.get(handeling="inzage").gegevens == {"wat": "opdracht"}
    assert client.post(pad, {"antwoord": ""}).context["form"].errors == {"antwoord": ["Schrijf je antwoord."]}
    assert client.post(pad, {"antwoord": ANTWOORD}).url == f"/trainer/kandidaten/{lezer.pk}/lessen/"
    bericht = Bericht.objects.get(soort="opdracht_beantwoord")
    onderwerp, romp = opmaken(bericht)
    assert bericht.aan == lezer.kandidaat
    assert "/mijn/schrift/" in romp
    for geheim in (ANTWOORD, KANARIE, les.title):
        assert geheim not in onderwerp + romp
    assert "Thuisopdrachten om te lezen" not in tekst(client.get("/trainer/"))
    client.force_login(lezer.kandidaat)
    for pad in (les.url, "/mijn/schrift/"):
        assert ANTWOORD in tekst(client.get(pad))
    assert "Trainer1 antwoordde op je thuisopdracht" in tekst(client.get("/mijn/gebeurd/"))
    assert staat(lezer) == voor


def test_veranderen_maakt_een_nieuwe_versie_en_de_oude_ziet_niemand(w, client, les, lezer):
    een = inleveren(lezer, les, bestand=png())
    twee = inleveren(lezer, les, "beter", houd_bestand=True)
    een.refresh_from_db()
    assert (een.teruggehaald_om is not None, twee.versie, twee.bestand_id) == (True, 2, een.bestand_id)
    client.force_login(w.t1)
    assert client.get(f"/trainer/opdrachten/{een.pk}/").status_code == 404
    html = tekst(client.post(f"/trainer/opdrachten/{een.pk}/", {"antwoord": ANTWOORD}))
    assert VOORBIJ in html
    assert "heeft deze opdracht teruggehaald of veranderd. Kopieer je tekst." in html
    assert f"{ANTWOORD}</textarea>" in html
    assert KANARIE not in html
    assert status(client, f"/bestand/{twee.bestand.uuid}/") == 200


def test_na_het_antwoord_komt_een_nieuwe_versie_ernaast(w, les):
    traject = w.traject(4)
    een = inleveren(traject, les)
    beantwoorden(w, een)
    with pytest.raises(ValidationError, match="heeft al geantwoord"):
        cursus.opdracht_terughalen(een, door=traject.kandidaat)
    twee = inleveren(traject, les, "nog eens")
    een.refresh_from_db()
    assert (een.antwoord, een.teruggehaald_om, twee.versie, twee.beantwoord_om) == (ANTWOORD, None, 2, None)


def test_een_oude_pagina_haalt_geen_nieuwe_versie_terug(w, client, les, lezer):
    """The second tab still shows the first version: the version that the trainers read now stays with them."""
    een = inleveren(lezer, les)
    twee = inleveren(lezer, les, "beter")
    assert VOORBIJ in tekst(client.post(f"/cursus/opdracht/terug/{een.pk}/", follow=True))
    twee.refresh_from_db()
    assert twee.teruggehaald_om is None
    with pytest.raises(ValidationError, match=VOORBIJ):
        beantwoorden(w, een)
    client.force_login(w.traject(4).kandidaat)
    assert client.post(f"/cursus/opdracht/terug/{twee.pk}/").status_code == 404


def test_terughalen_verbergt_tekst_en_bestand(w, client, les, lezer):
    rij = inleveren(lezer, les, bestand=png())
    client.force_login(w.t1)
    assert status(client, f"/bestand/{rij.bestand.uuid}/") == 200
    client.force_login(lezer.kandidaat)
    assert client.post(f"/cursus/opdracht/terug/{rij.pk}/").url == les.url
    assert status(client, f"/bestand/{rij.bestand.uuid}/") == 200
    client.force_login(w.t1)
    assert status(client, f"/bestand/{rij.bestand.uuid}/") == 404
    assert client.get(f"/trainer/opdrachten/{rij.pk}/").status_code == 404
    assert "Thuisopdrachten om te lezen" not in tekst(client.get("/trainer/"))


def test_wie_een_opdracht_en_haar_bestand_ziet(w, client, les):
    """The trainers of that training; not the bureau, which reads letter and cv only; not another group, not a
    fellow candidate.
    """
    traject, ander = w.traject(4), w.traject(4)
    rij = inleveren(traject, les, bestand=png())
    for wie, mag in ((w.t1, 200), (w.t2, 200), (w.t3, 404), (w.bureau, 403), (w.rm, 403), (ander.kandidaat, 403)):
        client.force_login(wie)
        assert client.get(f"/trainer/opdrachten/{rij.pk}/").status_code == mag, wie
        assert status(client, f"/bestand/{rij.bestand.uuid}/") == (200 if mag == 200 else 404), wie
    cv = Bestand.objects.create(traject=traject, soort="cv", naam="cv.pdf", mime="application/pdf", grootte=1)
    assert Bestand.objects.gezien_door(w.bureau, pk=cv.pk) == (cv, "bureau")


def test_een_trainer_van_ek2_ziet_niets_van_ek1(w, client, les):
    traject = w.na_ek2()
    rij = inleveren(traject, les, bestand=png())
    w.ek1.trainerschappen.update(tot="2020-01-02")
    traject.verslagen.get().antwoorden.all()
    from selectie.models import Mening

    Mening.objects.filter(verslag__traject=traject).update(ontheven_om="2020-01-02T00:00Z", ontheven_reden="weg")
    client.force_login(w.t1)
    # the person is in the own EK2 group
    assert client.get(f"/trainer/kandidaten/{traject.pk}/lessen/").status_code == 200
    assert "Teken je eigen kring" not in tekst(client.get(f"/trainer/kandidaten/{traject.pk}/lessen/"))
    assert client.get(f"/trainer/opdrachten/{rij.pk}/").status_code == 404
    assert status(client, f"/bestand/{rij.bestand.uuid}/") == 404


def test_een_goed_bestand_blijft_naast_een_veld_met_een_fout(w, client, les, lezer):
    """The file is named and goes along with the next try of this form; of another form, or twice, it does not."""
    adres, foto = f"/cursus/opdracht/{les.pk}/", png()
    client.force_login(lezer.kandidaat)
    html = client.post(adres, {"tekst": "x" * 10_001, "bestand": foto, "verzoek_id": "een"}).content.decode()
    bewaard = f"Bewaard: <b>{Bestand.objects.get(soort='gehouden').naam}</b>"
    assert bewaard in html
    merk = re.search(r'name="gehouden_bestand" value="([^"]+)"', html).group(1)
    for ander in ({"verzoek_id": "twee", "gehouden_bestand": merk}, {"verzoek_id": "een", "gehouden_bestand": "x"}):
        assert client.post(adres, ander).status_code == 200  # nothing to hand in
    ook = client.post(adres, {"tekst": "y" * 10_001, "verzoek_id": "een", "gehouden_bestand": merk}).content.decode()
    assert bewaard in ook
    assert client.post(adres, {"verzoek_id": "een", "gehouden_bestand": merk}).status_code == 302
    assert lezer.inleveringen.get().bestand.naam in bewaard
    assert not Bestand.objects.filter(soort="gehouden").exists()


def test_een_gehouden_bestand_gaat_na_zeven_dagen_weg(w, client, les, lezer):
    adres, foto = f"/cursus/opdracht/{les.pk}/", png()
    client.force_login(lezer.kandidaat)
    client.post(adres, {"tekst": "x" * 10_001, "bestand": foto, "verzoek_id": "een"})
    assert kladjes_opruimen() == 0
    Bestand.objects.update(opgeslagen_om=timezone.now() - dt.timedelta(days=7))
    assert (kladjes_opruimen(), Bestand.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("virus.exe", b"MZ", "Dit is een programma."),
        ("leeg.pdf", b"", "Dit bestand is leeg."),
        ("nep.pdf", b"geen pdf", "Dit soort bestand kunnen we niet lezen."),
    ],
)
def test_een_verkeerd_bestand_is_een_zin_en_de_tekst_blijft(w, client, les, lezer, naam, inhoud, zin):
    antwoord = client.post(
        f"/cursus/opdracht/{les.pk}/", {"tekst": KANARIE, "bestand": SimpleUploadedFile(naam, inhoud)}
    )
    html = tekst(antwoord)
    assert antwoord.context["form"].errors["bestand"][0].startswith(zin)
    assert f"{KANARIE}</textarea>" in html
    assert not Inlevering.objects.exists()


def test_zonder_iets_zonder_groep_of_bij_een_gewone_les_kan_niet(w, client, les, lezer):
    assert client.post(f"/cursus/opdracht/{les.pk}/", {"tekst": " "}).context["form"].errors == {
        "tekst": ["Schrijf je antwoord, of kies een bestand."]
    }
    gewoon = LesPagina.objects.get(slug="open-vragen")
    assert client.get(f"/cursus/opdracht/{gewoon.pk}/").status_code == 404
    with pytest.raises(ValidationError, match="geen thuisopdracht"):
        inleveren(lezer, gewoon)
    zonder = w.traject(3)
    with pytest.raises(ValidationError, match="nog geen groep"):
        inleveren(zonder, les)
    client.force_login(zonder.kandidaat)
    assert "Je hebt nog geen groep met trainers" in tekst(client.get(f"/cursus/opdracht/{les.pk}/"))
    with pytest.raises(Geweigerd):
        cursus.opdracht_inleveren(lezer, door=zonder.kandidaat, les=les, tekst=KANARIE)


def test_alleen_een_trainer_van_de_groep_antwoordt_en_een_keer(w, les):
    traject = w.traject(4)
    rij = inleveren(traject, les)
    for wie in (w.t3, w.bureau, traject.kandidaat, w.rm):
        with pytest.raises(Geweigerd):
            beantwoorden(w, rij, wie)
    beantwoorden(w, rij)
    with pytest.raises(ValidationError, match="Een andere trainer heeft al geantwoord"):
        beantwoorden(w, rij, w.t2, "later")
    rij.refresh_from_db()
    assert (rij.antwoord, rij.beantwoord_door) == (ANTWOORD, w.t1)


@pytest.mark.parametrize("aantal", [1, 3, 25])
def test_vragen_van_de_lijst_om_te_lezen(w, client, les, django_assert_num_queries, aantal):
    w.ek1.__class__.objects.update(capaciteit=30)
    for _ in range(aantal):
        inleveren(w.traject(4), les)
    client.force_login(w.t1)
    client.get("/trainer/")
    with django_assert_num_queries(8):
        client.get("/trainer/")
