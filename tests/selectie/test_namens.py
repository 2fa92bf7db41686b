"""The bureau types on behalf: a draft until the person confirms by the mailed link, or on paper."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lms.kern.handelingen import Geweigerd, traject_stoppen
from lms.kern.models import Bericht, Bestand, Gebruiker, Journaalregel, Regio, Toestemming, Traject
from selectie import handelingen
from selectie.models import Aanmeldconcept, Aanmelding
from tests.fabrieken import namens, staat
from tests.post import bezorgd
from tests.selectie.test_antwoorden import PDF, als, download, tekst

INVOEREN = "/bureau/aanmeldingen/invoeren/"


def velden(**anders):
    basis = {
        "voornaam": "Nel",
        "achternaam": "Vossen",
        "email": "nel@demo.example",
        "telefoon": "038 1234567",
        "woonplaats": "Zwolle",
    }
    basis |= {
        "regio": Regio.objects.get(naam="Noord").pk,
        "motivatie": "kanarie-motivatie",
        "cv": "kanarie-cv-namens",
        "onafhankelijk": "ja",
    }
    return {**basis, **anders}


def invoeren(w, **anders):
    """Type a draft through the page. Returns (client of the bureau, Aanmeldconcept)."""
    client = als(w.bureau)
    antwoord = client.post(INVOEREN, velden(**anders))
    concept = Aanmeldconcept.objects.order_by("-pk").first()
    assert antwoord.url == f"/bureau/aanmeldingen/concepten/{concept.pk}/"
    return client, concept


def sturen(client, concept):
    """Send the link. Returns its path."""
    client.post(f"/bureau/aanmeldingen/concepten/{concept.pk}/", {"daad": "sturen"})
    return re.search(rf"{re.escape(settings.SITE_URL)}(/aanmelden/bevestigen/\S+)", bezorgd()[-1].body).group(1)


def bevestig(client, link, **anders):
    gelezen = re.search(r'name="gelezen" value="([^"]*)"', tekst(client.get(link))).group(1)
    return client.post(link, {"gelezen": gelezen, "onafhankelijk": "ja", "akkoord": "on", **anders})


def test_een_concept_is_nog_niemand_en_de_bevestiging_maakt_alles_in_een_keer(w):
    client, concept = invoeren(w)
    link = sturen(client, concept)
    assert "kanarie" not in bezorgd()[-1].body
    mens = Client()
    html = tekst(mens.get(link))
    assert "kanarie-motivatie" in html
    assert "kanarie-cv-namens" in html
    assert not Gebruiker.objects.filter(email="nel@demo.example").exists()
    assert "Wacht op bevestiging" in tekst(client.get("/bureau/aanmeldingen/concepten/"))
    assert bevestig(mens, link, onafhankelijk="nee").url == "/aanmelden/bevestigd/"
    traject = Traject.objects.get(kandidaat__email="nel@demo.example")
    assert staat(traject) == (1, ["aanmelding_beantwoorden:bureau"])
    assert (traject.aanmelding.onafhankelijk, traject.aanmelding.op_papier_op) == (False, None)
    assert traject.aanmelding.brief.motivatie == "kanarie-motivatie"
    regel = Journaalregel.objects.get(handeling="namens_bevestigen")
    assert (regel.door, regel.als, regel.over, regel.namens) == (None, "bezoeker", traject.kandidaat, None)
    assert Toestemming.objects.filter(gebruiker=traject.kandidaat, waarvoor="aanmelding").count() == 1
    assert Bericht.objects.get(soort="aanmelding_ontvangen").aan == traject.kandidaat
    assert not Aanmeldconcept.objects.exists()
    assert "_auth_user_id" not in mens.session  # a link in a mail is no login


def test_zonder_toestemming_gebeurt_er_niets(w):
    client, concept = invoeren(w)
    link = sturen(client, concept)
    antwoord = bevestig(Client(), link, akkoord="")
    assert "Zet een vinkje" in tekst(antwoord)
    assert not Traject.objects.exists()


def test_een_gebruikte_een_oude_en_een_onbekende_link_zien_er_hetzelfde_uit(w):
    client, concept = invoeren(w)
    oud = sturen(client, concept)
    Aanmeldconcept.objects.update(gestuurd_om=timezone.now() - timezone.timedelta(minutes=5))
    nieuw = sturen(client, concept)
    assert oud != nieuw
    bevestig(Client(), nieuw)
    paginas = {Client().get(pad).content for pad in (oud, nieuw, "/aanmelden/bevestigen/geraden/")}
    assert {Client().post(pad).status_code for pad in (oud, nieuw)} == {404}
    assert len(paginas) == 1
    assert Traject.objects.count() == 1


def test_na_dertig_dagen_werkt_de_link_niet_meer(w):
    client, concept = invoeren(w)
    link = sturen(client, concept)
    Aanmeldconcept.objects.update(gewijzigd_om=timezone.now() - timezone.timedelta(days=31))
    assert Client().get(link).status_code == 404


def test_twee_tabbladen_bevestigen_een_keer(w):
    client, concept = invoeren(w)
    link = sturen(client, concept)
    een, twee = Client(), Client()
    gelezen = re.search(r'name="gelezen" value="([^"]*)"', tekst(een.get(link))).group(1)
    twee.get(link)
    velden_ = {"gelezen": gelezen, "onafhankelijk": "ja", "akkoord": "on"}
    assert een.post(link, velden_).status_code == 302
    assert twee.post(link, velden_).status_code == 404
    assert Traject.objects.count() == 1


def test_een_tekst_die_veranderde_moet_opnieuw_gelezen_worden(w):
    client, concept = invoeren(w)
    link = sturen(client, concept)
    mens = Client()
    oud = re.search(r'name="gelezen" value="([^"]*)"', tekst(mens.get(link))).group(1)
    handelingen.concept_bewaren(concept, {"motivatie": "iets anders"})
    html = tekst(mens.post(link, {"gelezen": oud, "onafhankelijk": "ja", "akkoord": "on"}))
    assert "Er is net iets veranderd" in html
    assert "iets anders" in html
    assert not Traject.objects.exists()
    assert bevestig(mens, link).status_code == 302


def test_verandert_het_bureau_iets_dan_werkt_de_oude_link_niet(w):
    client, concept = invoeren(w)
    link = sturen(client, concept)
    client.post(f"/bureau/aanmeldingen/concepten/{concept.pk}/wijzigen/", velden(motivatie="verbeterd"))
    assert Client().get(link).status_code == 404
    assert "Klaar om te bevestigen" in tekst(client.get(f"/bureau/aanmeldingen/concepten/{concept.pk}/"))


def test_de_persoon_kan_zelf_veranderen_en_gaat_dan_de_gewone_weg(w):
    client, concept = invoeren(w, brief_bestand=SimpleUploadedFile("brief.pdf", PDF))
    link = sturen(client, concept)
    mens = Client()
    assert mens.post(link, {"veranderen": "1"}).url == "/aanmelden/nakijken/"
    mens.post("/aanmelden/brief/", {"motivatie": "Mijn eigen brief", "cv": "Mijn eigen cv"})
    html = tekst(mens.get("/aanmelden/nakijken/"))
    assert "Mijn eigen brief" in html
    assert "brief.pdf" in html  # the file came along, as a file of its own
    assert "Mijn eigen brief" not in tekst(mens.get(link))
    assert Bestand.objects.count() == 2


def test_een_vreemde_ziet_geen_bestand_van_een_concept(w):
    bestand = SimpleUploadedFile("brief.pdf", PDF, content_type="application/pdf")
    client, concept = invoeren(w, motivatie="", brief_bestand=bestand)
    assert Client().get("/aanmelden/bevestigen/geraden/brief/").status_code == 404
    link = sturen(client, concept)
    assert download(Client(), f"{link}brief/")["Content-Disposition"].startswith("attachment")
    assert Client().get(f"{link}cv/").status_code == 404
    assert Client().get(f"{link}bureau/").status_code == 404
    bevestig(Client(), link)
    assert Bestand.objects.get().traject == Traject.objects.get()


def test_een_geweigerd_bestand_laat_het_concept_en_de_tekst_staan(w):
    client = als(w.bureau)
    bestand = SimpleUploadedFile("cv.pdf", b"MZ programma")
    gegevens = velden(verzoek_id="een-keer", cv_bestand=bestand)
    html = tekst(client.post(INVOEREN, gegevens))
    assert "Dit is een programma." in html
    assert "kanarie-motivatie" in html
    client.post(INVOEREN, velden(verzoek_id="een-keer"))
    client.post(INVOEREN, velden(verzoek_id="een-keer"))
    assert Aanmeldconcept.objects.count() == 1


def test_een_megabyte_tekst_krijgt_een_gewone_zin(w):
    html = tekst(als(w.bureau).post(INVOEREN, velden(motivatie="x" * 1_000_000)))
    assert "Deze tekst is te lang" in html
    assert not Aanmeldconcept.objects.exists()


# --- who is known -----------------------------------------------------------------------------------------------------


def test_het_bureau_ziet_dat_het_adres_bekend_is_en_de_persoon_hoort_niets(w):
    traject = w.traject(2)
    client, concept = invoeren(w, email=traject.kandidaat.email.upper())
    html = tekst(client.get(f"/bureau/aanmeldingen/concepten/{concept.pk}/"))
    assert "Er loopt al een traject" in html
    assert f"/bureau/kandidaten/{traject.pk}/" in html
    client.post(f"/bureau/aanmeldingen/concepten/{concept.pk}/", {"daad": "sturen"})
    assert bezorgd() == []


def test_wie_eerder_stopte_wordt_herkend_zonder_dat_het_scherm_het_zegt(w):
    oud = w.traject(1)
    traject_stoppen(oud, door=oud.kandidaat)
    client, concept = invoeren(w, email=oud.kandidaat.email)
    assert "al bekend" in tekst(client.get(f"/bureau/aanmeldingen/concepten/{concept.pk}/"))
    link = sturen(client, concept)
    assert "bekend" not in tekst(Client().get(link))
    bevestig(Client(), link)
    assert [t.pk for t in oud.kandidaat.trajecten.lopend()] == [oud.pk]  # coming back goes on where it was
    assert Gebruiker.objects.filter(email=oud.kandidaat.email).count() == 1


def test_een_traject_dat_intussen_begon_houdt_de_bevestiging_tegen(w):
    client, concept = invoeren(w, email="later@demo.example")
    link = sturen(client, concept)
    w.kandidaat("later")
    assert "loopt al een traject" in tekst(bevestig(Client(), link))
    assert Traject.objects.count() == 1


def test_niet_voor_het_eigen_adres(w):
    client, concept = invoeren(w, email=w.bureau.email)
    client.post(f"/bureau/aanmeldingen/concepten/{concept.pk}/", {"daad": "sturen"})
    assert bezorgd() == []


# --- on paper ---------------------------------------------------------------------------------------------------------


def test_zonder_mail_maakt_het_bureau_alles_in_een_keer_namens(w):
    client, concept = invoeren(w, email="")
    pad = f"/bureau/aanmeldingen/concepten/{concept.pk}/"
    assert "Stuur de link" not in tekst(client.get(pad))
    morgen = timezone.localdate() + timezone.timedelta(days=1)
    for fout in (
        {},
        {"op_papier_op": timezone.localdate().isoformat()},
        {"op_papier_op": morgen.isoformat(), "akkoord": "on"},
    ):
        assert client.post(pad, {"daad": "papier", **fout}).status_code == 200
    assert not Traject.objects.exists()
    goed = {"daad": "papier", "op_papier_op": timezone.localdate().isoformat(), "akkoord": "on"}
    traject_pad = client.post(pad, goed).url
    traject = Traject.objects.get()
    assert traject_pad == f"/bureau/kandidaten/{traject.pk}/aanmelding/"
    assert client.post(pad, goed).url == "/bureau/aanmeldingen/concepten/"
    assert (traject.kandidaat.email, traject.kandidaat.has_usable_password()) == (None, False)
    assert Aanmelding.objects.get().op_papier_op == timezone.localdate()
    regel = Journaalregel.objects.get(handeling="namens_op_papier")
    assert (regel.door, regel.als, regel.namens) == (w.bureau, "bureau", traject.kandidaat)
    assert not Bericht.objects.filter(aan=traject.kandidaat).exists()
    assert "Bevestigd op papier" in tekst(client.get(traject_pad))


def test_een_naamgenoot_wordt_genoemd_aan_het_bureau(w):
    client, een = invoeren(w, email="")
    client.post(
        f"/bureau/aanmeldingen/concepten/{een.pk}/",
        {"daad": "papier", "op_papier_op": timezone.localdate().isoformat(), "akkoord": "on"},
    )
    client, twee = invoeren(w, email="")
    assert "Er is al iemand met deze naam" in tekst(client.get(f"/bureau/aanmeldingen/concepten/{twee.pk}/"))


def test_wat_nog_mist_staat_in_een_zin_en_houdt_het_sturen_tegen(w):
    client, concept = invoeren(w, motivatie="", cv="")
    pad = f"/bureau/aanmeldingen/concepten/{concept.pk}/"
    assert "Vul eerst nog in: de brief, het cv." in tekst(client.get(pad))
    client.post(pad, {"daad": "sturen"})
    assert bezorgd() == []


def test_weggooien_neemt_de_bestanden_mee(w):
    client, concept = invoeren(w, brief_bestand=SimpleUploadedFile("brief.pdf", PDF))
    client.post(f"/bureau/aanmeldingen/concepten/{concept.pk}/", {"daad": "weggooien"})
    assert (Aanmeldconcept.objects.exists(), Bestand.objects.exists()) == (False, False)


@pytest.mark.parametrize("wie", ["t1", "rm", "redacteur"])
def test_alleen_het_bureau_voert_in(w, wie):
    with pytest.raises(Geweigerd):
        handelingen.namens_beginnen(door=getattr(w, wie))
    concept = namens(w.bureau, {"voornaam": "Nel"})
    acts = (handelingen.namens_sturen, handelingen.namens_weggooien)
    for act in acts:
        with pytest.raises(Geweigerd):
            act(concept, door=getattr(w, wie))
    with pytest.raises(Geweigerd):
        handelingen.namens_op_papier(concept, door=getattr(w, wie), op_papier_op=timezone.localdate())


def test_een_concept_van_een_bezoeker_is_niet_van_het_bureau(w):
    concept, _token = handelingen.concept_maken({"voornaam": "Fatima"})
    client = als(w.bureau)
    for staart in ("", "wijzigen/"):
        assert client.get(f"/bureau/aanmeldingen/concepten/{concept.pk}/{staart}").status_code == 404


def test_de_link_om_verder_te_gaan_komt_van_de_instelling_en_niet_van_de_bezoeker(client, w, settings):
    settings.ALLOWED_HOSTS = ["*"]
    gegevens = {k: v for k, v in velden().items() if k not in ("motivatie", "cv", "onafhankelijk")}
    client.post("/aanmelden/", gegevens, headers={"host": "kwaad.example"})
    assert "kwaad.example" not in bezorgd()[0].body
    assert f"{settings.SITE_URL}/aanmelden/verder/" in bezorgd()[0].body
