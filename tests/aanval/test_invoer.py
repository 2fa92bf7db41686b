"""Odd input on every own address, for everybody who may use it: a page, a redirect or a refusal, never a 500."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import RequestFactory, override_settings
from django.urls import reverse

from lms.kern import schermen
from lms.kern.models import Bericht, Gebruiker
from tests.aanval.hulp import klant
from tests.fabrieken import WACHTWOORD
from tests.post import bezorgd
from tests.rechten_tabel import ADRESSEN
from tests.rechten_wereld import RechtenWereld

RARE_VRAGEN = (
    "page=0", "page=abc", "page=-1", "page=99999999999999999999", "page=1&page=2&page=x", "per_page=0&per_page=abc",
    "sort=-naam,stap&sort=%00", "sort=bestaat_niet",
    "naam=%00&zoek=%00&nummer=%00&regio=%00&wat=%00&staat=%00&toon=%00&lijst=%00&kies=%00&bijeenkomst=%00",
    "naam=%ED%A0%80&zoek=%ED%A0%80&nummer=%ED%A0%80&regio=%ED%A0%80&stap=%ED%A0%80&toon=%ED%A0%80",
    "regio=99999999999999999999&stap=99999999999999999999&taal=99999999999999999999&bijeenkomst=99999999999999999999&kies=99999999999999999999",
    "regio=-1&stap=-1&bijeenkomst=-1&taal=%C2%B2&stap=%C2%B2&page=%C2%B2&bijeenkomst=%C2%B2&per_page=%D9%A3",
    "naam=" + "x" * 5000, "onbekend=1&csv=1&pdf=1&format=xlsx", "naam=%25%27%22--;",
    "beschikbaar=abc&beschikbaar=0&slapend=misschien&scope=x&gestopt=x&aan_zet=x", "next=https://kwaad.example/",
)  # fmt: skip
RAAR = (
    "\x00",
    "\ud800",
    "x" * 1_000_000,
    "99999999999999999999999999",
    "-1",
    "2026-02-30",
    "31-12-9999",
    "0000-00-00",
    "²",
    "<script>",
    "nan",
    "inf",
    "[]",
)
VELDEN = (
    "voornaam", "achternaam", "email", "telefoon", "woonplaats", "regio", "motivatie", "cv", "toelichting", "code",
    "onafhankelijk", "keuze", "terug_op", "tekst",
    "moment", "mening", "reactie", "notitie", "wijziging", "gehouden_op", "aanwezigen", "afspraken", "kandidaat",
    "trainers", "nieuw_verslag", "reden", "waarom",
    "afgegeven_op", "punt", "trainer", "daad", "rolvervulling", "rol", "waarde", "referentie", "variant", "uitkomst",
    "kring", "kinderen", "uren", "telt_mee",
    "gesprek_op", "voorstel", "eens", "stand", "van", "beschikbaar", "beschikbaar_vanaf", "herstel", "groep",
    "herstel_waarom", "uitvoering", "plaats-uitvoering",
    "bijeenkomst", "verzoek_id", "antwoord", "conclusie", "k_O01", "t_O01", "O01", "p_V08", "taal_0", "niveau_0",
    "dag_1", "plek_1", "moment_1", "iedereen", "verbeter", "login", "password",
)  # fmt: skip
WATS = ("", "plaatsen", "afmelden-1", "inhalen-1", "vrijstellen-1", "vastleggen", "nazorg", "reactie",
"terugblik", "akkoord", "tellen", "herzien", "stem", "gesprek", "stand", "regio_erbij", "thuisregio", "vervangen",
"\x00")  # fmt: skip
DADEN = (
    "gegevens",
    "talen",
    "beschikbaar",
    "vog",
    "onafhankelijk",
    "herroepen",
    "erbij",
    "eraf",
    "geven",
    "beeindigen",
)
EIGEN = sorted(naam for naam in ADRESSEN if not naam.startswith("beheer/"))


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield RechtenWereld()
        transaction.set_rollback(True)


@pytest.fixture
def los(wereld, db):
    return wereld


def adres(naam, wereld):
    argumenten = ADRESSEN[naam][0]
    return reverse(naam, args=argumenten(wereld) if argumenten else [])


def wie_mag(naam, w):
    """The people for whom this address gives a page, once per kind."""
    lezen, schrijven = ADRESSEN[naam][1:]
    return [
        rol
        for rol, a, b in zip("akoctTrRbeB", lezen, schrijven, strict=True)
        if (a == "2" or b in "239") and rol in "koctrba"
    ]


def binnen(wereld, doe):
    """Run `doe` and take back what it did. A broken transaction is an error of its own."""
    from django.db import transaction

    with transaction.atomic():
        antwoord = doe()
        for sluit in getattr(antwoord, "_resource_closers", ()):
            sluit()
        transaction.set_rollback(True)
    return antwoord


def leidt_naar_buiten(adres):
    """Whether this address, or the `next` in it, has another host.

    A question inside an own `next` is only text that comes back.
    """
    verder = parse_qs(urlsplit(adres).query).get("next", [""])[0]
    return bool(urlsplit(adres).netloc or urlsplit(verder).netloc)


@pytest.mark.parametrize("naam", EIGEN)
def test_rare_vragen_aan_het_adres(wereld, naam):
    pad = adres(naam, wereld)
    for rol in wie_mag(naam, wereld)[:2]:
        client = wereld.client(rol)
        for vraag in RARE_VRAGEN:
            antwoord = binnen(wereld, lambda c=client, v=vraag: c.get(f"{pad}?{v}"))
            assert antwoord.status_code < 500, (rol, vraag)
            assert not leidt_naar_buiten(antwoord.headers.get("Location", "")), (rol, vraag)


@pytest.mark.parametrize("naam", EIGEN)
def test_rare_waarden_in_elk_formulier(wereld, naam):
    pad = adres(naam, wereld)
    for rol in wie_mag(naam, wereld)[:2]:
        client = wereld.client(rol)
        for nr, waarde in enumerate(RAAR):
            extra = {"wat": WATS[nr % len(WATS)], "daad": DADEN[nr % len(DADEN)]}
            lijf = {**dict.fromkeys(VELDEN, waarde if len(waarde) < 1000 else waarde[:20_000]), **extra}
            lijf |= {"motivatie": waarde, "tekst": waarde} if len(waarde) > 1000 else {}
            antwoord = binnen(
                wereld,
                lambda c=client, b=lijf: c.post(
                    pad, "&".join(f"{k}={_kodeer(v)}" for k, v in b.items()), "application/x-www-form-urlencoded"
                ),
            )
            assert antwoord.status_code < 500, (rol, waarde[:30])


def _kodeer(waarde):
    from urllib.parse import quote

    return quote(waarde.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("naam", EIGEN)
def test_een_ander_soort_verzoek(wereld, naam):
    """Wrong content types, other methods, no token, a fetch: refused or ignored."""
    pad = adres(naam, wereld)
    for rol in wie_mag(naam, wereld)[:1]:
        client = wereld.client(rol)
        for methode in ("head", "put", "delete", "patch", "options"):
            assert binnen(wereld, lambda m=methode, c=client: getattr(c, m)(pad)).status_code < 500, (rol, methode)
        for soort, lijf in (
            ("application/json", b'{"a": "\xff"}'),
            ("text/plain", b"\x00\xff"),
            ("multipart/form-data; boundary=", b"x"),
            ("multipart/form-data; boundary=x", b"--x\r\nkapot"),
            ("application/x-www-form-urlencoded; charset=bestaatniet", b"a=1"),
            ("application/x-www-form-urlencoded", b"%ff=%ed%a0%80&" + b"a=1&" * 1200),
        ):
            antwoord = binnen(
                wereld,
                lambda s=soort, b=lijf, c=client: c.generic("POST", pad, b, s, headers={"X-Requested-With": "fetch"}),
            )
            assert antwoord.status_code < 500, (rol, soort)


def test_zonder_token_komt_geen_enkel_formulier_binnen(wereld):
    for naam in EIGEN:
        for rol in wie_mag(naam, wereld)[:2]:
            client = klant(wereld.mensen[rol], enforce_csrf_checks=True)
            antwoord = binnen(wereld, lambda c=client, n=naam: c.post(adres(n, wereld), {"daad": "x"}))
            assert antwoord.status_code in (302, 403), (naam, rol)
            if antwoord.status_code == 302:
                assert antwoord.url.startswith("/inloggen/"), (naam, rol)


def test_te_veel_tekst_is_een_zin_en_geen_fout(wereld):
    antwoord = binnen(wereld, lambda: wereld.client("a").post("/aanmelden/", {"voornaam": "x" * 4_000_000}))
    assert antwoord.status_code == 413
    assert "Dit is te groot" in antwoord.content.decode()


@pytest.mark.parametrize(
    "nummer", ["%00", "%ED%A0%80", "x" * 3000, "EK-0000-0000", "²²²²", "../../etc", "EK%2DAAAA%2DAAAA", "<script>"]
)
def test_het_nummer_van_een_certificaat_mag_alles_zijn(db, nummer):
    antwoord = klant().get(f"/c/{nummer}/")
    assert antwoord.status_code in (200, 301, 302, 404)
    assert "<script>" not in antwoord.content.decode().replace('<script src="', "")


# --- the login door
# -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "doel",
    [
        "https://kwaad.example/",
        "//kwaad.example",
        "/\\kwaad.example",
        "javascript:alert(1)",
        "http:kwaad.example",
        "%2F%2Fkwaad.example",
        "\thttps://kwaad.example",
    ],
)
@pytest.mark.parametrize(
    "pad", ["/inloggen/", "/accounts/login/", "/beheer/login/", "/beheer/django/login/", "/uitloggen/"]
)
def test_next_brengt_niemand_naar_buiten(w, pad, doel):
    client = klant(w.t1) if "uit" in pad else klant()
    antwoord = client.post(pad, {"login": w.t1.email, "password": WACHTWOORD, "next": doel}, follow=False)
    for adres_ in (antwoord.headers.get("Location", ""), client.get(pad, {"next": doel}).headers.get("Location", "")):
        assert not adres_.startswith(("https://kwaad", "//", "/\\", "javascript", "http:", "\t"))


@pytest.mark.parametrize(("pad", "veld"), [("/accounts/login/code/", "email"), ("/accounts/password/reset/", "email")])
def test_een_bekend_en_een_onbekend_adres_krijgen_hetzelfde_antwoord(w, pad, veld):
    bekend, onbekend = klant(), klant()
    een = bekend.post(pad, {veld: w.t1.email}, follow=True)
    twee = onbekend.post(pad, {veld: "niemand@demo.example"}, follow=True)
    assert een.redirect_chain == twee.redirect_chain
    assert een.status_code == twee.status_code
    from tests.aanval.hulp import WISSELEND

    een_t, twee_t = (
        WISSELEND.sub("", a.content.decode()).replace(m, "")
        for a, m in ((een, w.t1.email), (twee, "niemand@demo.example"))
    )
    assert een_t == twee_t
    assert [m.to for m in bezorgd()] == [
        [w.t1.email],
        ["niemand@demo.example"],
    ]  # both get a mail: the same work, and no clue in the inbox of a third


def test_een_fout_wachtwoord_zegt_niet_of_iemand_bestaat(w, monkeypatch):
    from django.contrib.auth import hashers

    keer = []
    echt = hashers.MD5PasswordHasher.encode if hasattr(hashers, "MD5PasswordHasher") else None
    assert echt
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *a, **k: (keer.append(1), echt(self, *a, **k))[1]
    )
    teksten, werk = [], []
    for adres_ in (w.t1.email, "niemand@demo.example"):
        keer.clear()
        antwoord = klant().post("/inloggen/", {"login": adres_, "password": "verkeerd-wachtwoord"})
        teksten.append(list(antwoord.context["form"].non_field_errors()))
        werk.append(len(keer))
    assert (teksten[0], len(teksten[0])) == (teksten[1], 1)
    assert (werk[0] > 0, werk[0]) == (True, werk[1])  # somebody unknown costs a hash too


@pytest.fixture
def grenzen(settings):
    """The limits of production."""
    settings.BEZOEKERS_PER_ADRES = 1
    settings.CONTROLE_PER_MINUUT = 30


def _keer(n, doe):
    return [doe().status_code for _ in range(n)]


def test_inloggen_heeft_een_grens_per_adres_en_per_persoon(w, grenzen):
    client = klant()
    for _ in range(12):
        antwoord = client.post("/inloggen/", {"login": w.t1.email, "password": "verkeerd"})
    assert antwoord.status_code == 429 or "te vaak" in antwoord.content.decode()
    goed = client.post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD})
    assert goed.status_code != 302  # the right password does not open it meanwhile


def test_code_reset_en_controle_hebben_een_grens(w, grenzen):
    for pad in ("/accounts/login/code/", "/accounts/password/reset/"):
        assert _keer(25, lambda p=pad: klant().post(p, {"email": w.t1.email})).count(302) <= 5, pad
    assert 429 in _keer(32, lambda: klant().get("/c/EK-AAAA-AAAA/"))


def test_een_verzonnen_host_komt_er_niet_in(db):
    assert klant().get("/", headers={"Host": "kwaad.example"}).status_code == 400
    assert klant().get("/aanmelden/", headers={"X-Forwarded-Host": "kwaad.example"}).status_code == 200


def test_de_grens_telt_bezoekers_achter_een_proxy_apart(db, grenzen):
    """Behind the proxy every visitor has its address: the limit is per visitor, and nobody can make up one by a
    header without a proxy.
    """

    def vraag(doorgestuurd):
        verzoek = RequestFactory().get("/", headers={"X-Forwarded-For": doorgestuurd}, REMOTE_ADDR="10.0.0.1")
        return schermen.te_vaak(verzoek, "proef", aantal=1, seconden=60)

    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert [vraag("1.1.1.1") for _ in range(2)] == [False, True]
        assert vraag("2.2.2.2") is False
        assert vraag("9.9.9.9, 2.2.2.2") is True  # a made-up first address does not help
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=0):
        assert [vraag(f"3.3.3.{n}") for n in range(2)] == [False, True]


def test_een_grens_van_een_uur_blijft_een_uur_staan(db):
    """And the hour begins with the first time, not at the full hour."""
    verzoek, begin = RequestFactory().get("/"), dt.datetime(2026, 11, 26, 10, 50, tzinfo=dt.UTC)
    uitkomsten = []
    for minuut in (0, 10, 20, 59, 61):
        with time_machine.travel(begin + dt.timedelta(minutes=minuut), tick=False):
            uitkomsten.append(schermen.te_vaak(verzoek, "uur", aantal=2, seconden=3600))
    assert uitkomsten == [False, False, True, True, False]


def test_een_code_raden_stopt_ook_als_iemand_tien_keer_tegelijk_raadt(transactional_db):
    """Five tries are five tries, whoever tries at the same moment; and a mailed code is not asked without end for
    one address.
    """
    import threading

    from django.core.exceptions import ValidationError
    from django.db import connections

    from selectie import handelingen
    from selectie.models import Aanmeldconcept

    concept, _ = handelingen.concept_maken({"email": "x@demo.example", "voornaam": "X"})
    handelingen.code_sturen(concept)
    hek, geteld = threading.Barrier(10), []

    def raad():
        try:
            hek.wait()
            handelingen.aanmelding_indienen(
                Aanmeldconcept.objects.get(pk=concept.pk), door=None, code="000000x", gelezen=""
            )
        except ValidationError as fout:
            geteld.append("klopt niet" in str(fout))
        finally:
            connections.close_all()

    draden = [threading.Thread(target=raad) for _ in range(10)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert (len(geteld), sum(geteld)) == (10, 5)


def test_een_code_voor_hetzelfde_adres_heeft_een_eigen_grens(w, grenzen):
    """Many visitors, one address: the codes to guess for one person stay few, whoever asks."""
    from selectie import handelingen
    from selectie.models import Aanmeldconcept

    over = {
        "voornaam": "X",
        "achternaam": "Y",
        "email": w.bureau.email,
        "telefoon": "0612345678",
        "woonplaats": "Z",
        "regio": w.noord.pk,
    }
    gelukt = 0
    for nr in range(9):
        client = klant(REMOTE_ADDR=f"10.0.0.{nr}")
        client.post("/aanmelden/", over)
        client.post("/aanmelden/brief/", {"motivatie": "Brief.", "cv": "Cv."})
        client.post("/aanmelden/onafhankelijk/", {"onafhankelijk": "ja", "akkoord": "on"})
        concept = Aanmeldconcept.objects.order_by("-pk").first()
        client.post("/aanmelden/nakijken/", {"gelezen": handelingen.afdruk(concept)})
        concept.refresh_from_db()
        gelukt += concept.code_hash != ""
    mails = Bericht.objects.filter(adres=w.bureau.email)
    assert gelukt == mails.filter(soort="aanmelding_bekend").count() == 6  # codes an hour to one address, whoever asks
    assert mails.exclude(soort="aanmelding_bekend").count() == 3  # links to a draft
    assert Gebruiker.objects.filter(email=w.bureau.email).count() == 1
