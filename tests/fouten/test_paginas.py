"""Error pages cannot fail: Dutch, with our headers, without a post that is read, a session or a database."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection
from django.http import Http404
from django.template import engines
from django.test import Client
from django.urls import get_resolver

from lms.kern import fouten
from tests.aanval.hulp import klant
from tests.post import bezorgd
from tests.rechten_wereld import ROLLEN, RechtenWereld

KOPREGELS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store, private",
}


def nagekeken(antwoord, status):
    """A Dutch page with all our headers and this status."""
    tekst = antwoord.content.decode()
    assert (antwoord.status_code, '<html lang="nl">' in tekst, "<h1>" in tekst) == (status, True, True), (
        antwoord.status_code,
        tekst[:200],
    )
    assert {naam: antwoord.get(naam) for naam in KOPREGELS} == KOPREGELS
    assert antwoord["X-Frame-Options"] in ("DENY", "SAMEORIGIN")
    assert "default-src 'none'" in antwoord["Content-Security-Policy"]
    assert "script-src 'self'" in antwoord["Content-Security-Policy"]
    assert antwoord["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    return tekst


TE_GROOT = b"x=" + b"a" * 3_100_000
TE_VEEL = "&".join(f"v{n}=1" for n in range(1100)).encode()
KAPOT = (
    b'--grens\r\nContent-Disposition: form-data; name="a"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n@@@\r\n--grens--\r\n"
)
FORM = "application/x-www-form-urlencoded"
SLECHT = {
    "latijn": (b"login=x", f"{FORM}; charset=iso-8859-1", 400),
    "utf-16": (b"login=x", f"{FORM}; charset=utf-16", 400),
    **{
        f"schrift {naam}": (b"login=x", f"multipart/form-data; boundary=a; charset={naam}", 400)
        for naam in ("idna", "rot13", "hex", "zlib", "punycode", "bestaat-niet")
    },
    "multipart zonder grens": (b"x", "multipart/form-data", 400),
    "multipart kapot": (KAPOT, "multipart/form-data; boundary=grens", 400),
    "multipart rare grens": (b"x", "multipart/form-data; boundary=\xe9", 400),
    "te veel velden": (TE_VEEL, FORM, 400),
    "te groot": (TE_GROOT, FORM, 413),
}


@pytest.mark.parametrize("wie", ["bezoeker", "ingelogd"])
@pytest.mark.parametrize(
    "adres", ["/inloggen/", "/aanmelden/", "/mijn/gegevens/", "/beheer/", "/hulp/", "/bestaat-niet/"]
)
@pytest.mark.parametrize("soort", SLECHT)
def test_een_verzoek_dat_niet_te_lezen_is_krijgt_een_nederlandse_pagina(w, soort, adres, wie):
    """Also when the check of the token, a middleware or Wagtail is the first to read it."""
    romp, inhoud, status = SLECHT[soort]
    for streng in (True, False):
        client = Client(enforce_csrf_checks=streng, raise_request_exception=False)
        client.cookies["csrftoken"] = "a" * 32  # so that the check of the token reads the post
        if wie == "ingelogd":
            client.force_login(w.t1)
        antwoord = client.generic("POST", adres, romp, content_type=inhoud)
        if antwoord.status_code not in (302, 200, 403, 404):  # who reads nothing refuses nothing
            nagekeken(antwoord, status)
    assert antwoord.status_code < 500


def test_een_post_in_een_ander_schrift_is_een_400(w):
    nagekeken(
        Client(raise_request_exception=False).generic(
            "POST", "/inloggen/", b"login=x", content_type=f"{FORM}; charset=iso-8859-1"
        ),
        400,
    )
    antwoord = Client(raise_request_exception=False).generic(
        "POST", "/inloggen/", b"login=x", content_type=f"{FORM}; charset=onzin"
    )
    assert antwoord.status_code < 500


@pytest.mark.parametrize(
    "pad",
    [
        "/%00",
        "/beheer/%00/",
        "/mijn/%00",
        "/media/images/%00",
        "/c/%00/",
        "/%ED%A0%80/",
        "/c/%ED%A0%80/",
        "/static/%00",
        "/documenten/1/%00",
        "/nieuws/%00/",
    ],
)
def test_rare_tekens_in_het_adres(w, pad):
    for client in (Client(raise_request_exception=False), klant(w.redacteur, raise_request_exception=False)):
        antwoord = client.get(pad)
        assert antwoord.status_code in (302, 400, 403, 404), pad
        # those have a Dutch page of their own
        if antwoord.status_code >= 400 and not pad.startswith(("/c/", "/beheer/")):
            nagekeken(antwoord, antwoord.status_code)


@pytest.mark.parametrize(
    "hoofd", [{"HTTP_HOST": "kwaad.example"}, {"HTTP_HOST": "a b"}, {"HTTP_HOST": "127.0.0.1:8000@kwaad.example"}]
)
def test_een_andere_naam_van_de_site_is_een_nederlandse_400(client, db, settings, hoofd):
    for https in (False, True):
        settings.SECURE_SSL_REDIRECT = https  # then the very first middleware asks the name
        tekst = nagekeken(Client(raise_request_exception=False).get("/hulp/", **hoofd), 400)
        assert "kwaad" not in tekst


METHODEN = ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "ONZIN"]


@pytest.mark.parametrize("methode", METHODEN)
def test_een_methode_die_een_pagina_niet_kent(w, methode):
    """On pages of ours, of Wagtail, of both admins, of allauth; with and without a login.

    Nothing is done, nothing is shown.
    """
    traject = w.traject(6)
    verslag = traject.verslagen.get()
    adressen = [
        "/",
        "/hulp/",
        "/nieuws/",
        "/inloggen/",
        "/mijn/",
        "/aanmelden/",
        "/beheer/",
        "/beheer/django/",
        "/c/",
        "/bestaat-niet/",
        f"/trainer/verslagen/{verslag.pk}/",
        "/account/rol/",
        "/agenda.ics",
    ]
    for client in (Client(), klant(w.t1), klant(traject.kandidaat)):
        for adres in adressen:
            antwoord = client.generic(methode, adres)
            tekst = nagekeken(antwoord, 405)
            assert antwoord["Allow"] == "GET, HEAD, POST"
            assert "kanarie" not in tekst
    verslag.refresh_from_db()
    assert (verslag.geopend_om, traject.journaal.filter(handeling__in=["inzage", "verslag_openen"]).count()) == (
        None,
        0,
    )


def test_een_405_van_een_pagina_zelf_is_ook_nederlands(client, db):
    antwoord = client.post("/.well-known/security.txt")
    nagekeken(antwoord, 405)
    assert antwoord["Allow"] == "GET, HEAD"


def _kapot(*_, **__):
    raise OperationalError("dit mag niemand vragen")


@pytest.mark.parametrize("soort", ["400", "403", "404", "429", "500", "csrf"])
def test_een_foutpagina_vraagt_niets(monkeypatch, soort):
    """No database, no session, no user, no post: a request that fails on each of them still gets its page."""

    class Leeg:
        method, path, META, headers = "POST", "/mijn/", {}, {}

        def __getattr__(self, naam):
            raise AssertionError(f"de foutpagina vraagt {naam}")

    verzoek = Leeg()
    monkeypatch.setattr(connection, "cursor", _kapot)
    antwoord = {
        "400": lambda: fouten.fout_400(verzoek, BadRequest("x")),
        "403": lambda: fouten.fout_403(verzoek, PermissionDenied("Secret English")),
        "404": lambda: fouten.fout_404(verzoek, Http404("x")),
        "429": lambda: fouten.fout_429(verzoek),
        "500": lambda: fouten.fout_500(verzoek),
        "csrf": lambda: fouten.csrf_geweigerd(verzoek, "x"),
    }[soort]()
    assert antwoord.status_code == int(soort.replace("csrf", "403"))
    assert b"<h1>" in antwoord.content
    assert b"English" not in antwoord.content


def test_ook_zonder_sjabloon_of_bestandenlijst_is_er_een_pagina(monkeypatch, rf):
    """The last resort: the template engine or the list of static files is broken."""
    monkeypatch.setattr(fouten, "render_to_string", _kapot)
    for status in (400, 403, 404, 405, 413, 429, 500, 503):
        antwoord = fouten.pagina(status)
        assert (antwoord.status_code, "038 - 422 25 26" in antwoord.content.decode()) == (status, True)


def test_de_handlers_zijn_van_ons():
    resolver = get_resolver()
    for status in (400, 403, 404, 500):
        assert resolver.resolve_error_handler(status).__module__ == "lms.kern.fouten"
    from lms import urls

    assert urls.handler429 is fouten.fout_429


def test_te_groot_is_413():
    assert fouten.fout_400(None, RequestDataTooBig("x")).status_code == 413


def test_een_weigering_zegt_haar_reden_en_een_vreemde_reden_blijft_weg(w):
    antwoord = klant(w.t1, raise_request_exception=False).get("/bureau/")
    assert "Dit kun je hier niet doen." in nagekeken(antwoord, 403)


def test_een_fout_van_ons_is_een_nederlandse_500(w, monkeypatch):
    from lms.portaal.views import mijn

    def stuk(request, *args):
        raise RuntimeError("kanarie-inhoud")

    monkeypatch.setattr(mijn, "inzage_voor_kandidaat", stuk)
    antwoord = klant(w.traject(1).kandidaat, raise_request_exception=False).get("/mijn/gegevens/")
    assert "kanarie" not in nagekeken(antwoord, 500)


# --- the csrf page ----------------------------------------------------------------------------------------------------


def test_de_csrf_pagina_leidt_terug_naar_het_formulier_en_herhaalt_niets(w):
    traject = w.traject(5)
    client = Client(enforce_csrf_checks=True)
    client.force_login(traject.kandidaat)
    adres = "/mijn/notities/"
    antwoord = client.post(adres, {"tekst": "kanarie-getypt"}, HTTP_REFERER=f"http://testserver{adres}?x=1")
    tekst = nagekeken(antwoord, 403)
    assert f'href="{adres}?x=1"' in tekst
    assert ("kanarie-getypt" in tekst, "<form" in tekst, "erver" in tekst) == (False, False, False)
    assert "ekc.js" in tekst  # marks what was sent as not arrived, so that the form offers it


@pytest.mark.parametrize(
    "van",
    ["", "https://kwaad.example/mijn/", "//kwaad.example/", "javascript:alert(1)", "http://testserver//kwaad.example/"],
)
def test_de_csrf_pagina_leidt_nooit_ergens_anders_heen(w, van):
    client = Client(enforce_csrf_checks=True)
    tekst = client.post("/aanmelden/", {"voornaam": "x"}, HTTP_REFERER=van).content.decode()
    assert (
        "kwaad.example" in tekst.replace("/kwaad.example/", "/kwaad.example/", 1) and 'href="//' in tekst,
        "javascript:" in tekst,
    ) == (
        False,
        False,
    )
    tekst = client.post("//kwaad.example/x/", {"voornaam": "x"}).content.decode()
    assert 'href="//' not in tekst


# --- post-only addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("van", ["http://[x", "http://[::1", "//[", "http://a]b/"])
def test_een_kapotte_verwijzer_laat_geen_foutpagina_vallen(w, van):
    for client in (
        Client(enforce_csrf_checks=True, raise_request_exception=False),
        Client(raise_request_exception=False),
    ):
        client.force_login(w.t1)
        antwoord = client.post("/bureau/", HTTP_REFERER=van)
        nagekeken(antwoord, 403)


def test_als_de_pagina_over_een_fout_zelf_valt_is_er_nog_een(w, monkeypatch):
    monkeypatch.setattr(fouten, "adres_van_formulier", lambda request: 1 / 0)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    nagekeken(client.post("/aanmelden/", {}), 500)


@pytest.fixture
def rechten(db):
    return RechtenWereld()


def test_geen_enkel_eigen_adres_is_een_kale_405_voor_wie_het_opent(rechten):
    """A post-only address opened by GET, also after logging in, leads to a page that may be opened."""
    from tests.rechten_tabel import ADRESSEN
    from tests.test_rechten import adres_van

    for naam, (argumenten, _, _) in ADRESSEN.items():
        adres = adres_van(naam, argumenten, rechten)
        for rol in ROLLEN:
            antwoord = rechten.client(rol).get(adres)
            list(antwoord)  # reads and closes a file
            assert antwoord.status_code != 405, (naam, rol)
    adres = f"/bureau/berichten/{rechten.bericht.pk}/opnieuw/"
    antwoord = rechten.client("b").get(adres, follow=True)
    assert (antwoord.status_code, antwoord.request["PATH_INFO"]) == (200, f"/bureau/berichten/{rechten.bericht.pk}/")


def test_na_het_inloggen_leidt_een_post_adres_naar_zijn_pagina(rechten):
    client = Client()
    antwoord = client.post(
        "/inloggen/?next=/account/rol/",
        {"login": rechten.t1.email, "password": "demo-eigen-kracht", "next": "/account/rol/"},
        follow=True,
    )
    assert (antwoord.status_code, antwoord.request["PATH_INFO"]) == (200, "/account/")
    client = Client()
    antwoord = client.post(
        "/inloggen/",
        {"login": rechten.mensen["k"].email, "password": "demo-eigen-kracht", "next": "/mijn/besluit/afronden/"},
        follow=True,
    )
    assert (antwoord.status_code, antwoord.request["PATH_INFO"]) == (200, "/mijn/besluit/")


# --- the admins for who may not ---------------------------------------------------------------------------------------


def test_wie_niet_in_het_beheer_mag_leest_dat_zonder_rondjes(rechten):
    mag = {"/beheer/": "ebB", "/beheer/django/": "B"}
    for adres, wie in mag.items():
        for rol in ROLLEN[1:]:
            antwoord = rechten.client(rol).get(adres, follow=True)
            if rol in wie:
                assert antwoord.status_code == 200, (adres, rol)
            else:
                nagekeken(antwoord, 403)
                assert antwoord.redirect_chain == [], (adres, rol)
        ketting = rechten.client("a").get(adres, follow=True).redirect_chain
        assert ketting[-1][0].startswith("/inloggen/?next="), ketting


# --- numbers that are none --------------------------------------------------------------------------------------------


def _beheeradressen():
    """Every address under /beheer/ with odd arguments filled in."""

    def loop(patronen, voor):
        for patroon in patronen:
            pad = voor + str(patroon.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
            if hasattr(patroon, "url_patterns"):
                yield from loop(patroon.url_patterns, pad)
            else:
                yield pad

    import re

    for pad in loop(get_resolver().url_patterns, "/"):
        if not pad.startswith(("/beheer/", "/documenten/", "/accounts/", "/_util")) or "logout" in pad:
            continue
        pad = re.sub(r"\\([-./])", r"\1", pad)
        for woord, getal in (("abc", 1), ("0", 0), ("9" * 25, 10**18), ("%00", 2)):
            adres = re.sub(r"<(\w+:)?\w+>", lambda m, g=getal, v=woord: str(g) if m.group(1) == "int:" else v, pad)
            adres = re.sub(r"\(\?P<\w+>[^)]*\)\??|\([^)?]*\)", str(woord), adres)
            yield adres


@pytest.mark.parametrize("rol", ["e", "B"])
def test_beheer_is_nooit_een_500_bij_rare_nummers(rechten, rol, monkeypatch):
    # Wagtail's own templates name what is not there
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    client = klant(rechten.mensen[rol], raise_request_exception=False)
    fout, gezien = [], 0
    for adres in sorted(set(_beheeradressen())):
        for vraag in (
            "",
            "?id=abc&p=abc&page_type=x.y&collection_id=abc&user=abc&content_type=abc&object_id=abc&next=%00&q=%00&ordering=abc&parent_page_id=abc",
        ):
            antwoord = client.get(adres + vraag)
            gezien += 1
            if antwoord.status_code >= 500:
                fout.append((adres, vraag[:4]))
    assert gezien > 500
    assert fout == []


@pytest.mark.parametrize(
    "adres",
    ["/beheer/images/chooser/abc/", "/beheer/documents/chooser/abc/", "/beheer/images/chooser/chosen-multiple/?id=abc"],
)
def test_een_nummer_dat_geen_nummer_is_in_een_keuzevenster(rechten, adres):
    assert klant(rechten.redacteur, raise_request_exception=False).get(adres).status_code == 404


# --- the name of the site ---------------------------------------------------------------------------------------------

VERVALST = {
    "HTTP_HOST": "ander.example",
    "HTTP_X_FORWARDED_HOST": "kwaad.example",
    "HTTP_X_FORWARDED_PROTO": "gopher",
    "HTTP_X_FORWARDED_FOR": "6.6.6.6",
}


def test_niets_wordt_gebouwd_van_de_naam_in_het_verzoek(w, settings):
    """Also of a second name that is allowed: whole addresses in pages, feeds, calendars and mails carry the own
    name of the site.
    """
    settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
    w.groep("informatie", 1, [], over=20, titel="Straks")
    online = w.groep("studiedag", 1, [], over=20, titel="Online")
    client, zelf = Client(), klant(w.traject(2).kandidaat)
    adressen = [
        "/",
        "/agenda/",
        f"/agenda/{online.pk}/",
        "/agenda.ics",
        "/nieuws/",
        "/nieuws/rss.xml",
        "/inloggen/",
        "/c/",
        "/op-de-hoogte/",
        "/.well-known/security.txt",
        "/bestaat-niet/",
    ]
    for adres in adressen:
        tekst = client.get(adres, **VERVALST).content.decode()
        assert ("ander.example" in tekst, "kwaad.example" in tekst, "6.6.6.6" in tekst) == (False, False, False), adres
    kaart = client.get("/sitemap.xml", **VERVALST).content.decode()
    assert ("ander.example" in kaart, f"{settings.SITE_URL}/agenda/" in kaart) == (False, True)
    assert settings.SITE_URL in client.get("/agenda.ics", **VERVALST).content.decode().replace("\r\n ", "")
    client.post("/accounts/password/reset/", {"email": w.t1.email}, **VERVALST)
    client.post("/accounts/login/code/", {"email": w.t1.email}, **VERVALST)
    zelf.post("/mijn/kalender/", {}, **VERVALST)
    assert settings.SITE_URL in zelf.get("/mijn/kalender/", **VERVALST).content.decode()
    post = "\n".join(f"{bericht.subject} {bericht.body}" for bericht in bezorgd())
    assert (
        f"{settings.SITE_URL}/accounts/password/reset/key/" in post,
        "ander.example" in post,
        "kwaad.example" in post,
    ) == (
        True,
        False,
        False,
    )
