"""Files over HTTP: what should not get in is told at its field, nothing is stored, and what was typed stays."""

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lms.kern.models import Bestand, Journaalregel, Regio
from selectie import handelingen
from selectie.models import Aanmeldconcept
from tests.aanval.hulp import klant, tekst_van
from tests.aanval.kwaad import GOED, KWAAD, docx, pdf
from tests.fabrieken import persoon

GETYPT = "Dit typte ik zelf en wil ik houden."


@pytest.fixture
def aanmelder(db):
    """A visitor on page 2 of an application."""
    cache.clear()
    client = klant()
    over = {"voornaam": "Noor", "achternaam": "Bos", "email": "noor@demo.example", "telefoon": "06", "woonplaats": "Emmen"}
    assert client.post("/aanmelden/", {**over, "regio": Regio.objects.get(naam="Noord").pk}).url == "/aanmelden/brief/"
    return client


def op_schijf(settings):
    map_ = Path(settings.BESTANDEN_ROOT)
    return [p for p in map_.rglob("*") if p.is_file()] if map_.exists() else []


def sluiten(antwoord):
    """Close the file of an answer; close() would close the database connection too."""
    for sluit in antwoord._resource_closers:
        sluit()


def stuur(client, naam, inhoud, soort="application/pdf", **velden):
    upload = SimpleUploadedFile(naam, inhoud, content_type=soort)
    return client.post("/aanmelden/brief/", {"motivatie": GETYPT, "cv": "Mijn cv.", "brief_bestand": upload, **velden})


@pytest.mark.parametrize("geval", sorted(KWAAD))
def test_een_slecht_bestand_wordt_bij_het_veld_geweigerd(aanmelder, settings, geval):
    naam, inhoud = KWAAD[geval]
    antwoord = stuur(aanmelder, naam, inhoud)
    assert antwoord.status_code == 200
    fouten = antwoord.context["form"].errors
    assert list(fouten) == ["brief_bestand"], fouten
    assert all(zin.endswith((".", "?", "!")) and "%" not in zin for zin in fouten["brief_bestand"])
    assert GETYPT in tekst_van(antwoord)
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == GETYPT  # kept, also when the person goes away now


def heic():
    uit = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(uit, "HEIF")
    return uit.getvalue()


@pytest.mark.parametrize("geval", sorted(GOED))
def test_een_goed_bestand_komt_binnen_onder_een_eigen_naam(aanmelder, settings, geval):
    naam, inhoud = GOED[geval]
    assert stuur(aanmelder, naam, inhoud or heic()).url == "/aanmelden/onafhankelijk/"
    bestand = Bestand.objects.get()
    (pad,) = op_schijf(settings)
    assert pad.name == bestand.uuid.hex
    assert naam.split(".")[0] not in str(pad)
    assert bestand.mime in ("application/pdf", "image/jpeg", "image/png") or bestand.naam.endswith(".docx")
    if geval == "heic":
        assert (bestand.naam, bestand.mime, pad.read_bytes()[:3]) == ("IMG_1.jpg", "image/jpeg", b"\xff\xd8\xff")


@pytest.mark.parametrize(
    "naam",
    ["../../../etc/cron.d/x.pdf", "..\\..\\x.pdf", "a\r\nSet-Cookie: x=1.pdf", "\x00x.pdf", "\u202efdp.exe.pdf", "<script>.pdf", '"; x=".pdf', "x" * 400 + ".pdf", "....pdf"],
)  # fmt: skip
def test_een_rare_naam_wordt_een_gewone(w, settings, naam):
    """Traversal, control characters, direction marks, markup, endless: harmless in the store and in the header."""
    from lms.kern.bestanden import bewaren

    upload = SimpleUploadedFile("x.pdf", pdf())
    upload._name = naam  # as a hand-made request would send it
    traject = w.kandidaat()
    bestand = bewaren(upload, soort="cv", traject=traject)
    assert bestand.naam.endswith(".pdf")
    assert len(bestand.naam) <= 120
    assert not set(bestand.naam) & set('/\\<>"|?*\r\n\x00\u202e')
    assert Path(settings.BESTANDEN_ROOT) in Path(bestand.inhoud.path).resolve().parents
    antwoord = klant(traject.kandidaat).get(f"/bestand/{bestand.uuid}/")
    assert antwoord.status_code == 200
    assert "\n" not in antwoord["Content-Disposition"]
    assert antwoord["Content-Disposition"].startswith("attachment")
    sluiten(antwoord)


def test_een_rare_naam_over_http(aanmelder):
    antwoord = stuur(aanmelder, "..\\..\\<b>mijn\x07 brief.pdf", pdf())
    assert antwoord.url == "/aanmelden/onafhankelijk/"
    assert Bestand.objects.get().naam == "bmijn brief.pdf"


def test_een_los_bestand_is_van_niemand(w, aanmelder):
    """A file of an application that was not sent yet can be fetched by nobody."""
    stuur(aanmelder, "x.pdf", pdf())
    adres = f"/bestand/{Bestand.objects.get().uuid}/"
    for mens in (w.bureau, w.t1, w.rm, w.kandidaat().kandidaat):
        assert klant(mens).get(adres).status_code == 404


def test_een_bestand_komt_als_bijlage_die_niets_kan_en_wie_keek_staat_op(w):
    traject, ander = w.traject(6), persoon("buitenstaander")
    bestand = Bestand.objects.create(traject=traject, soort="cv", naam="cv.docx", mime="text/html", grootte=3)
    bestand.inhoud.save("cv", io.BytesIO(docx()))
    adres = f"/bestand/{bestand.uuid}/"
    for mens, status in (
        (traject.kandidaat, 200),
        (w.t1, 200),
        (w.bureau, 200),
        (w.t3, 404),
        (w.rm, 404),
        (ander, 404),
        (w.redacteur, 404),
    ):
        antwoord = klant(mens).get(adres)
        assert antwoord.status_code == status, mens
        sluiten(antwoord)
    antwoord = klant(w.t1).get(adres)
    sluiten(antwoord)
    kop = {naam: antwoord[naam] for naam in ("X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")}
    assert kop == {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store, private",
    }
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert Journaalregel.objects.filter(handeling="inzage", over=traject.kandidaat).count() == 3  # t1 twice, bureau; not the own
    assert klant().get(adres).url.startswith("/inloggen/")


def test_een_weg_bestand_geeft_404_en_een_tweede_upload_vervangt_de_eerste(aanmelder, settings):
    stuur(aanmelder, "een.pdf", pdf())
    stuur(aanmelder, "twee.pdf", pdf(bladen=2))
    assert (Bestand.objects.get().naam, len(op_schijf(settings))) == ("twee.pdf", 1)
    stuur(aanmelder, "drie.exe", b"MZ")  # refused: the second one stays
    assert (Bestand.objects.get().naam, len(op_schijf(settings))) == ("twee.pdf", 1)
    handelingen.concept_bewaren(Aanmeldconcept.objects.get(), {}, brief=False)
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])
