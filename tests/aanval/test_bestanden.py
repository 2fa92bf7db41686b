"""Files over HTTP: what should not get in is told at its field, nothing is stored, and what was typed stays."""

import contextlib
import datetime as dt
import importlib
import io
import os
import resource
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import FileField
from django.utils import timezone
from PIL import Image
from pypdf.generic import DecodedStreamObject, NameObject

from cursus.models import LesPagina
from lms.kern import schermen
from lms.kern.bestanden import Bestandsveld, bewaren, nakijken, opruimen, proces, weghalen
from lms.kern.models import Bestand, Instelling, Journaalregel, Regio
from selectie import handelingen
from selectie.models import Aanmeldconcept
from tests.aanval.hulp import klant, tekst_van
from tests.aanval.kwaad import KWAAD
from tests.aanval.maken import EXE, docx, foto, grote_foto, met_bijlage, pdf
from tests.fabrieken import persoon

GETYPT = "Dit typte ik zelf en wil ik houden."


@pytest.fixture
def aanmelder(db):
    """A visitor on page 2 of an application."""
    client = klant()
    over = {
        "voornaam": "Noor",
        "achternaam": "Bos",
        "email": "noor@demo.example",
        "telefoon": "06 12345678",
        "woonplaats": "Emmen",
    }
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


# --- each field, through its page
# -------------------------------------------------------------------------------------------

SLECHT = {  # of each kind one, and one that only its content gives away
    "een programma": ("cv.pdf", EXE, "Dit is een programma."),
    "een pdf met een bijlage": ("cv.pdf", pdf(met_bijlage), "In deze pdf zit een ander bestand."),
    "een oud Word-bestand": ("cv.docx", KWAAD["doc als docx"][1], "Dit is een bestand van een oude Word of van Excel."),
}
GOEDE = ("Mijn blad.jfif", foto(), "Mijn blad.jpg")


def _aanvraag(w):
    client = klant()
    over = {
        "voornaam": "Noor",
        "achternaam": "Bos",
        "email": "noor@demo.example",
        "telefoon": "06 12345678",
        "woonplaats": "Emmen",
    }
    client.post("/aanmelden/", {**over, "regio": Regio.objects.get(naam="Noord").pk})
    return client, "/aanmelden/brief/", {"motivatie": GETYPT, "cv": "Mijn cv."}


def _namens(w):
    over = {
        "voornaam": "Nel",
        "achternaam": "Vos",
        "regio": Regio.objects.get(naam="Noord").pk,
        "verzoek_id": "een-keer",
    }
    return klant(w.bureau), "/bureau/aanmeldingen/invoeren/", {**over, "motivatie": GETYPT, "cv": "Mijn cv."}


def _vraag(w):
    aanmelding = w.traject(0).aanmelding
    vraag = handelingen.aanvulling_vragen(aanmelding, door=w.bureau, tekst="Waar werkte je?")
    return vraag.traject, {"antwoord": GETYPT, "vraag": vraag.pk}


def _antwoord(w):
    traject, velden = _vraag(w)
    return klant(traject.kandidaat), "/mijn/brief/aanvullen/", velden


def _antwoord_namens(w):
    traject, velden = _vraag(w)
    return klant(w.bureau), f"/bureau/kandidaten/{traject.pk}/aanmelding/aanvullen/", velden


def _opdracht(w):
    les = LesPagina.objects.get(slug="teken-je-eigen-kring")
    return klant(w.traject(4).kandidaat), f"/cursus/opdracht/{les.pk}/", {"tekst": GETYPT}


VELDEN = {
    "brief": (_aanvraag, "brief_bestand"), "cv": (_aanvraag, "cv_bestand"), "brief namens": (_namens, "brief_bestand"),
    "cv namens": (_namens, "cv_bestand"), "antwoord": (_antwoord, "bestand"),
    "antwoord namens": (_antwoord_namens, "bestand"),
    "opdracht": (_opdracht, "bestand"),
}  # fmt: skip


@pytest.mark.parametrize("waar", VELDEN)
def test_elk_veld_weigert_met_de_reden_en_neemt_het_goede_aan(w, settings, waar):
    maak, veld = VELDEN[waar]
    client, adres, velden = maak(w)
    invoer = client.get(adres).context["form"][veld].as_widget()
    assert 'accept="' in invoer
    assert 'data-max-mb="10"' in invoer
    for naam, inhoud, zin in SLECHT.values():
        antwoord = client.post(adres, {**velden, veld: SimpleUploadedFile(naam, inhoud)})
        assert antwoord.status_code == 200
        assert list(antwoord.context["form"].errors) == [veld]
        assert antwoord.context["form"].errors[veld][0].startswith(zin)
        assert GETYPT in tekst_van(antwoord)
        assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])
    assert client.post(adres, {**velden, veld: SimpleUploadedFile(*GOEDE[:2])}).status_code == 302
    bestand = Bestand.objects.get()
    (pad,) = op_schijf(settings)
    assert (bestand.naam, bestand.mime, pad.name) == (GOEDE[2], "image/jpeg", bestand.uuid.hex)
    assert pad.stat().st_size == bestand.grootte


def test_alle_velden_voor_een_bestand_staan_in_de_lijst():
    """Every form of ours with a field for a file uses the one field, and is in VELDEN."""
    gevonden = set()
    for module in ("selectie.forms.aanmelden", "selectie.forms.namens", "cursus.lesforms"):
        for naam, form in vars(importlib.import_module(module)).items():
            for veld, soort in getattr(form, "base_fields", {}).items():
                if isinstance(soort, FileField):
                    assert isinstance(soort, Bestandsveld), (naam, veld)
                    gevonden.add((naam, veld))
    assert len(gevonden) == 6
    bron = "".join(
        pad.read_text()
        for app in ("lms", "selectie", "cursus", "certificering")
        for pad in Path(app).rglob("*.py")
        if "migrations" not in pad.parts
    )
    assert bron.count("(forms.FileField)") + bron.count("= forms.FileField(") == 1  # the one field itself


def test_wat_goed_is_blijft_bewaard_naast_een_veld_met_een_fout(aanmelder):
    """A letter that is too long and a good cv: the cv is kept, and the page says so."""
    antwoord = aanmelder.post(
        "/aanmelden/brief/", {"motivatie": "x" * 10_200, "cv": "", "cv_bestand": SimpleUploadedFile("cv.pdf", pdf())}
    )
    assert list(antwoord.context["form"].errors) == ["motivatie"]
    html = tekst_van(antwoord)
    assert "Bewaard: <b>cv.pdf</b>" in html
    assert "x" * 10_200 in html
    assert Aanmeldconcept.objects.get().cv_bestand.naam == "cv.pdf"


def test_een_ander_tabblad_wordt_niet_overschreven_naast_een_geweigerd_bestand(aanmelder):
    print_ = aanmelder.get("/aanmelden/brief/").context["wijziging"]
    aanmelder.post("/aanmelden/brief/", {"motivatie": "uit tab twee", "cv": "x", "wijziging": print_})
    antwoord = stuur(aanmelder, "cv.exe", EXE, wijziging=print_)
    assert "uit tab twee" in tekst_van(antwoord)
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == "uit tab twee"


@pytest.mark.parametrize(
    ("bytes_", "zin"),
    [
        (10_800_000, "10,3 MB. Het mag 10 MB zijn."),
        (10_485_761, "10,1 MB. Het mag 10 MB zijn."),
        (15_728_640, "15 MB. Het mag 10 MB zijn."),
    ],
)
def test_te_groot_zegt_hoe_groot(aanmelder, settings, bytes_, zin):
    antwoord = stuur(aanmelder, "cv.pdf", pdf().ljust(bytes_))
    assert antwoord.context["form"].errors["brief_bestand"] == [f"Dit bestand is te groot: {zin}"]
    assert op_schijf(settings) == []


def test_van_een_geweigerd_bestand_staat_er_een_regel_in_het_logboek(aanmelder, caplog):
    stuur(aanmelder, "brief van Noor Bos.exe", EXE)
    (regel,) = [r.getMessage() for r in caplog.records if r.name == "lms.bestanden"]
    assert regel == f"bestand geweigerd: soort .exe, grootte {len(EXE)}, reden programma"


def test_te_veel_bestanden_van_een_adres_is_een_zin(aanmelder, monkeypatch):
    monkeypatch.setattr(schermen, "UPLOADS_PER_UUR", 2)
    for _ in range(2):
        assert stuur(aanmelder, "cv.pdf", pdf()).status_code == 302
    antwoord = stuur(aanmelder, "cv.pdf", pdf())
    assert antwoord.context["form"].errors["brief_bestand"] == [
        "Je stuurde heel vaak een bestand. Wacht een uur, of bel ons."
    ]
    assert GETYPT in tekst_van(antwoord)
    # typing goes on
    assert aanmelder.post("/aanmelden/brief/", {"motivatie": GETYPT, "cv": "Mijn cv."}).status_code == 302


def test_een_mens_heeft_een_grens_aan_bestanden(w, settings):
    client, adres, velden = _opdracht(w)
    Instelling.objects.create(code="bestanden_per_persoon", waarde=1)
    assert client.post(adres, {**velden, "bestand": SimpleUploadedFile("a.pdf", pdf())}).status_code == 302
    antwoord = client.post(adres, {**velden, "bestand": SimpleUploadedFile("b.pdf", pdf())})
    assert antwoord.context["form"].errors["bestand"] == [
        "Je hebt al heel veel bestanden gestuurd. Bel ons, dan kijken we samen."
    ]
    assert (Bestand.objects.count(), len(op_schijf(settings))) == (1, 1)
    Instelling.objects.create(code="bestanden_per_persoon", waarde=9)
    Instelling.objects.create(code="mb_per_persoon", waarde=0)
    assert client.post(adres, {**velden, "bestand": SimpleUploadedFile("b.pdf", pdf())}).status_code == 200


def test_een_script_dat_verstuurt_hoort_waar_het_verder_gaat(aanmelder):
    """A redirect would be followed unseen: the address is said instead. A refused file is the page itself."""
    antwoord = aanmelder.post(
        "/aanmelden/brief/",
        {"motivatie": GETYPT, "cv": "x", "brief_bestand": SimpleUploadedFile("a.pdf", pdf())},
        headers={"X-Upload": "1"},
    )
    assert (antwoord.status_code, antwoord["X-Naar"], antwoord.has_header("Location")) == (
        200,
        "/aanmelden/onafhankelijk/",
        False,
    )
    antwoord = aanmelder.post(
        "/aanmelden/brief/",
        {"motivatie": GETYPT, "brief_bestand": SimpleUploadedFile("a.exe", EXE)},
        headers={"X-Upload": "1"},
    )
    assert (antwoord.status_code, antwoord.has_header("X-Naar"), GETYPT in tekst_van(antwoord)) == (200, False, True)


# --- on disk
# ----------------------------------------------------------------------------------------------------------------


def test_een_vervangen_opdracht_gaat_van_de_schijf(w, settings, django_capture_on_commit_callbacks):
    client, adres, velden = _opdracht(w)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(adres, {**velden, "bestand": SimpleUploadedFile("een.pdf", pdf())})
        client.post(adres, {**velden, "houd_bestand": "on"})  # a new version with the same file
    assert [b.naam for b in Bestand.objects.all()] == ["een.pdf"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(adres, {**velden, "bestand": SimpleUploadedFile("twee.pdf", pdf())})
    assert [b.naam for b in Bestand.objects.all()] == ["twee.pdf"]
    assert len(op_schijf(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{adres}terug/")
        client.post(adres, velden)  # taken back, and handed in without a file
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])


def test_wat_niet_doorging_blijft_niet_op_de_schijf(w, settings, monkeypatch):
    """The act stores the file and then fails: its row is undone, and its file too."""
    client, adres, velden = _opdracht(w)

    def kapot(*args, **kwargs):
        raise RuntimeError("stroom weg")

    monkeypatch.setattr("lms.kern.handelingen.motor.schrijf_op", kapot)
    with pytest.raises(RuntimeError):
        client.post(adres, {**velden, "bestand": SimpleUploadedFile("een.pdf", pdf())})
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])


def test_een_ongedaan_gemaakte_vervanging_houdt_het_oude_bestand(transactional_db, settings):
    """Replaced inside a transaction that is undone: row and file of the old one are still there."""
    bestand = bewaren(SimpleUploadedFile("een.pdf", pdf()), soort="cv")
    with transaction.atomic():
        weghalen(bestand)
        transaction.set_rollback(True)
    assert (Bestand.objects.count(), len(op_schijf(settings))) == (1, 1)
    weghalen(Bestand.objects.get())
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])


def test_opruimen_neemt_mee_wat_van_niemand_is(db, settings):
    bestand = bewaren(SimpleUploadedFile("een.pdf", pdf()), soort="cv")
    map_ = Path(bestand.inhoud.path).parent
    wees, vers = map_ / "oud", map_ / "nieuw"
    for pad in (wees, vers):
        pad.write_bytes(b"x")
    for pad in (wees, Path(bestand.inhoud.path)):
        os.utime(pad, (0, 0))
    assert opruimen() == 1
    assert {p.name for p in op_schijf(settings)} == {bestand.uuid.hex, "nieuw"}


@contextlib.contextmanager
def hoogstens(grens):
    """No file of this process grows past `grens` bytes: what a full disk does."""
    zacht, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (grens, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (zacht, hard))


VOL = "Bewaren lukt nu niet. Probeer het later nog eens. Wat je typte, staat er nog."


def _ballast(s):
    blok = DecodedStreamObject()
    blok.set_data(os.urandom(9_000_000))
    s.pages[0][NameObject("/Ballast")] = s._add_object(blok)


ZWAAR = pdf(_ballast)


def test_een_volle_schijf_bij_het_binnenkomen_is_een_zin(aanmelder, settings):
    with hoogstens(8_000_000):  # the database is smaller
        antwoord = stuur(aanmelder, "groot.pdf", ZWAAR)
    assert antwoord.context["form"].errors == {"brief_bestand": [VOL]}
    assert GETYPT in tekst_van(antwoord)
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == GETYPT
    assert stuur(aanmelder, "groot.pdf", ZWAAR).status_code == 302


def test_geen_plek_voor_een_tijdelijk_bestand_is_ook_een_zin(aanmelder, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "bestaat-niet"
    antwoord = stuur(aanmelder, "groot.pdf", ZWAAR)
    assert antwoord.context["form"].errors == {"brief_bestand": [VOL]}
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == GETYPT


def test_een_volle_schijf_bij_het_bewaren_laat_niets_halfs_staan(db, settings):
    nagekeken = nakijken(SimpleUploadedFile("groot.pdf", ZWAAR))
    with hoogstens(8_000_000), pytest.raises(ValidationError, match="Bewaren lukt nu niet"):
        bewaren(nagekeken, soort="cv")
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])


def test_een_volle_schijf_bij_het_nakijken_is_niet_de_fout_van_het_bestand(db):
    with hoogstens(8_000_000), pytest.raises(ValidationError, match="Bewaren lukt nu niet"):
        nakijken(SimpleUploadedFile("groot.pdf", ZWAAR))
    foto_ = grote_foto((2400, 1800))
    with hoogstens(100_000), pytest.raises(ValidationError, match="Bewaren lukt nu niet"):
        nakijken(SimpleUploadedFile("foto.jpg", foto_))


@pytest.mark.parametrize(
    "naam",
    ["../../../etc/cron.d/x.pdf", "..\\..\\x.pdf", "a\r\nSet-Cookie: x=1.pdf", "\x00x.pdf", "\u202efdp.exe.pdf",
    "<script>.pdf", '"; x=".pdf', "x" * 400 + ".pdf", "....pdf"],
)  # fmt: skip
def test_een_rare_naam_wordt_een_gewone(w, settings, naam):
    """Traversal, control characters, direction marks, markup, endless: harmless in the store and in the header."""
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
    # t1 twice, bureau; not the own
    assert Journaalregel.objects.filter(handeling="inzage", over=traject.kandidaat).count() == 3
    assert klant().get(adres).url.startswith("/inloggen/")


def test_een_tweede_upload_vervangt_de_eerste(aanmelder, settings, django_capture_on_commit_callbacks):
    stuur(aanmelder, "een.pdf", pdf())
    with django_capture_on_commit_callbacks(execute=True):
        stuur(aanmelder, "twee.pdf", pdf(bladen=2))
    assert (Bestand.objects.get().naam, len(op_schijf(settings))) == ("twee.pdf", 1)
    stuur(aanmelder, "drie.exe", b"MZ")  # refused: the second one stays
    assert (Bestand.objects.get().naam, len(op_schijf(settings))) == ("twee.pdf", 1)
    with django_capture_on_commit_callbacks(execute=True):
        handelingen.concept_bewaren(Aanmeldconcept.objects.get(), {}, brief=False)
    assert (Bestand.objects.count(), op_schijf(settings)) == (0, [])


def test_zonder_traject_is_er_samen_een_grens_per_dag(db, settings):
    """Anybody can begin an application: what all drafts of a day hold together cannot fill the disk."""
    Instelling.objects.create(code="mb_zonder_traject", waarde=1)
    oud = bewaren(SimpleUploadedFile("a.pdf", pdf()), soort="cv")
    oud.grootte = 1_048_500
    oud.save()
    with pytest.raises(ValidationError, match="Er zijn vandaag te veel bestanden gestuurd"):
        bewaren(SimpleUploadedFile("b.pdf", pdf()), soort="cv")
    assert len(op_schijf(settings)) == 1
    Bestand.objects.update(opgeslagen_om=timezone.now() - dt.timedelta(hours=25))
    bewaren(SimpleUploadedFile("b.pdf", pdf()), soort="cv")


def test_wat_bij_het_nakijken_groeit_komt_er_niet_in(db):
    """The limit holds for what is stored too: a photo of noise, saved very badly, becomes larger when it is written
    anew.
    """
    bron = io.BytesIO()
    Image.effect_noise((2000, 1500), 200).save(bron, "JPEG", quality=5)
    assert bron.tell() < 1024 * 1024
    with pytest.raises(ValidationError, match="te groot"):
        nakijken(SimpleUploadedFile("a.jpg", bron.getvalue()), mb=1)
    assert nakijken(SimpleUploadedFile("a.jpg", bron.getvalue()), mb=10).grootte > 1.1 * 1024 * 1024


def test_druk_telt_niet_mee_voor_wie_stuurt(aanmelder, monkeypatch):
    """Whoever hears that it is busy may try again, as often as it takes."""
    monkeypatch.setattr(schermen, "UPLOADS_PER_UUR", 2)
    with contextlib.ExitStack() as bezet:
        for _ in range(proces.WACHTENDEN):
            bezet.enter_context(proces._bezig)
        for _ in range(4):
            antwoord = stuur(aanmelder, "cv.pdf", pdf(), cv_bestand=SimpleUploadedFile("cv.pdf", pdf()))
            assert antwoord.context["form"].errors["brief_bestand"] == ["Het is nu erg druk. Probeer het zo opnieuw."]
    assert stuur(aanmelder, "cv.pdf", pdf()).status_code == 302
    assert stuur(aanmelder, "cv.pdf", pdf()).status_code == 302
    assert (
        stuur(aanmelder, "cv.pdf", pdf()).context["form"].errors["brief_bestand"][0].startswith("Je stuurde heel vaak")
    )


def test_een_bezoeker_heeft_een_keuring_tegelijk(aanmelder, rf):
    """A second file of the same visitor is not checked beside the first, does not count, and another visitor is not
    held up.
    """

    def verzoek(adres):
        vraag = rf.post("/", {"x": SimpleUploadedFile("cv.pdf", pdf())}, REMOTE_ADDR=adres)
        vraag.user = AnonymousUser()
        return schermen.geupload(vraag)["x"]

    een, twee, ander = verzoek("192.0.2.1"), verzoek("192.0.2.1"), verzoek("192.0.2.2")
    with proces._een_tegelijk(een.afzender):
        with pytest.raises(ValidationError, match="Je vorige bestand wordt nog nagekeken"):
            nakijken(twee)
        assert not twee.afzender.geteld
        assert nakijken(ander).mime == "application/pdf"
    assert nakijken(een).mime == "application/pdf"
