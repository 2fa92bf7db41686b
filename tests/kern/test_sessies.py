"""Sessions: the list of one's own, the idle end, and everything that ends with a changed or blocked account."""

import datetime as dt
import re
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.kern.handelingen import toegang_van_server
from lms.kern.models import Gebruiker
from lms.kern.sessies import in_woorden
from tests.fabrieken import WACHTWOORD
from tests.lezen import leesbaar
from tests.post import bezorgd

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(autouse=True)
def geen_grens():
    """Limits of an earlier test do not count."""
    cache.clear()


def ingelogd(mens, browser=CHROME):
    client = Client(headers={"user-agent": browser})
    client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD})
    assert SESSION_KEY in client.session
    return client


def binnen(client, pad="/account/"):
    return client.get(pad).status_code == 200


# --- the list
# -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "woorden"),
    [
        (CHROME, "Chrome op Windows"), (IPHONE, "Safari op een iPhone"), (CHROME + " Edg/126.0", "Edge op Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox op Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36",
        "Chrome op een Android-toestel"),
        ("", "Een onbekende browser"), ("curl/8", "Een onbekende browser"),
    ],
)  # fmt: skip
def test_een_browser_in_woorden(agent, woorden):
    assert in_woorden(agent) == woorden


def test_je_ziet_waar_je_bent_ingelogd_en_logt_daar_uit(w):
    mens = w.traject(2).kandidaat
    hier, daar, ander = ingelogd(mens), ingelogd(mens, IPHONE), ingelogd(w.t1)
    html = leesbaar(hier.get("/account/ingelogd/"))
    assert ("Chrome op Windows" in html, "Safari op een iPhone" in html, html.count("Log daar uit</button>")) == (
        True,
        True,
        1,
    )
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}  # noqa: S104 - no address is kept
    vreemd = UserSession.objects.get(user=w.t1)
    assert hier.post("/account/ingelogd/", {"sessie": vreemd.pk}).status_code == 404
    hier.post("/account/ingelogd/", {"sessie": UserSession.objects.get(user=mens, user_agent__contains="iPhone").pk})
    assert (binnen(hier), binnen(daar), binnen(ander)) == (True, False, True)


@pytest.mark.parametrize("nummer", ["", "x", "-1", "9" * 30, "0", "²"])
def test_een_rare_sessie_is_er_niet(w, nummer):
    client = ingelogd(w.t1)
    assert client.post("/account/ingelogd/", {"sessie": nummer}).status_code == 404
    assert binnen(client)


def test_log_overal_uit_laat_alleen_deze_sessie(w):
    """Also sessions that are in no list, such as one from before there was a list."""
    hier, daar, buiten_de_lijst = ingelogd(w.t1), ingelogd(w.t1, IPHONE), Client()
    buiten_de_lijst.force_login(w.t1)
    ander = ingelogd(w.t2)
    assert binnen(buiten_de_lijst)
    hier.post("/account/ingelogd/", {"daad": "overal"})
    assert [binnen(c) for c in (hier, daar, buiten_de_lijst, ander)] == [True, False, False, True]
    html = leesbaar(hier.get("/account/ingelogd/"))
    assert ("Hier ben je nu" in html, "iPhone" in html) == (True, False)


# --- idle
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wie", "uren", "blijft"),
    [("team", 1.9, True), ("team", 2.1, False), ("kandidaat", 11.9, True), ("kandidaat", 12.1, False)],
)
def test_een_sessie_eindigt_na_stilte(w, time_machine, wie, uren, blijft):
    mens = w.t1 if wie == "team" else w.traject(2).kandidaat
    begin = time.time()
    time_machine.move_to(begin)
    client = ingelogd(mens)
    for keer in (1, 2):  # sliding: counted from the last request
        time_machine.move_to(begin + keer * uren * 3600)
        antwoord = client.get("/mijn/?x=1")
        assert (antwoord.status_code == 200) == blijft
        if not blijft:
            assert antwoord.url == "/inloggen/?next=/mijn/%3Fx%3D1"
            assert SESSION_KEY not in client.session
            break


def test_een_uur_terug_maakt_een_sessie_niet_langer(w, time_machine):
    begin = time.time()
    time_machine.move_to(begin)
    client = ingelogd(w.t1)
    time_machine.move_to(begin - 3600)
    assert binnen(client)
    time_machine.move_to(begin - 3600 + 2.1 * 3600)
    assert not binnen(client)


def test_een_pagina_schrijft_de_sessie_hoogstens_eens_per_vijf_minuten(w, time_machine):
    begin = time.time()
    time_machine.move_to(begin)
    client = ingelogd(w.traject(2).kandidaat)
    client.get("/mijn/")
    gemeten = []
    for na in (10, 200, 301, 310):
        time_machine.move_to(begin + na)
        with CaptureQueriesContext(connection) as vragen:
            client.get("/mijn/")
        gemeten.append(len([v for v in vragen if v["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]))
    assert gemeten == [0, 0, 2, 0]  # the session, and when it was last seen


def test_de_eerste_pagina_na_het_inloggen_schrijft_niets(w):
    client = Client()
    client.force_login(w.traject(2).kandidaat)
    client.get("/mijn/")
    with CaptureQueriesContext(connection) as vragen:
        client.get("/mijn/")
    assert [v["sql"] for v in vragen if v["sql"].startswith(("UPDATE", "INSERT"))] == []


# --- a changed or blocked account
# ---------------------------------------------------------------------------------------------


def _adres(mens):
    Gebruiker.objects.filter(pk=mens.pk).update(email="nieuw@demo.example")


def _wachtwoord(mens):
    mens = Gebruiker.objects.get(pk=mens.pk)
    mens.set_password("een-ander-lang-wachtwoord")
    mens.save()


def _blok(mens):
    Gebruiker.objects.filter(pk=mens.pk).update(is_active=False)


def _acten(mens):
    toegang_van_server(mens, door=None, soort="adres_wijzigen", nieuw_adres="nieuw@demo.example")


def _blok_en_weer_los(mens):
    toegang_van_server(mens, door=None, soort="blokkeren")
    toegang_van_server(mens, door=None, soort="deblokkeren")


WIJZIGINGEN = [_adres, _wachtwoord, _blok, _acten, _blok_en_weer_los]


@pytest.mark.parametrize("wijziging", WIJZIGINGEN)
def test_een_veranderd_account_sluit_zijn_sessies_meteen(w, wijziging):
    client, gedwongen = ingelogd(w.t1), Client()
    gedwongen.force_login(w.t1)
    assert binnen(client)
    assert binnen(gedwongen)
    wijziging(w.t1)
    assert (binnen(client), binnen(gedwongen)) == (False, False)


def _code_gevraagd(mens):
    client = Client()
    client.post("/accounts/login/code/", {"email": mens.email})
    return client, re.search(r"Je code is (\S+)\.", bezorgd()[-1].body).group(1)


def test_een_code_van_een_gelijk_gebleven_account_werkt(w):
    client, code = _code_gevraagd(w.t1)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert binnen(client)


@pytest.mark.parametrize("wijziging", WIJZIGINGEN)
def test_een_code_sterft_met_wat_er_verandert(w, wijziging):
    """Code asked, the account changed by somebody, code entered: refused, and said why."""
    client, code = _code_gevraagd(w.t1)
    wijziging(w.t1)
    antwoord = client.post("/accounts/login/code/confirm/", {"code": code}, follow=True)
    assert SESSION_KEY not in client.session
    assert not binnen(client)
    assert "Begin opnieuw met inloggen" in leesbaar(antwoord)


@pytest.mark.parametrize("wijziging", WIJZIGINGEN)
def test_een_halve_login_sterft_met_wat_er_verandert(w, wijziging):
    """Password given, second step still asked: the account changed in between."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(w.t1, generate_totp_secret())
    code = RecoveryCodes.activate(w.t1).generate_codes()[0]
    client = Client()
    assert client.post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD}).url == "/account/tweede-stap/code/"
    wijziging(w.t1)
    client.post("/account/tweede-stap/code/", {"code": code})
    assert SESSION_KEY not in client.session
    assert not binnen(client)


@pytest.mark.parametrize("wijziging", WIJZIGINGEN)
def test_een_link_voor_een_wachtwoord_sterft_met_wat_er_verandert(w, wijziging):
    Client().post("/accounts/password/reset/", {"email": w.t1.email})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", bezorgd()[-1].body).group(1)
    assert "Kies een nieuw wachtwoord" in leesbaar(Client().get(link, follow=True))
    wijziging(w.t1)
    client = Client()
    assert "Deze link werkt niet meer" in leesbaar(client.get(link, follow=True))


def test_het_eigen_wachtwoord_veranderen_houdt_de_eigen_sessie(w):
    hier, daar = ingelogd(w.t1), ingelogd(w.t1, IPHONE)
    nieuw = "een-ander-lang-wachtwoord"
    hier.post("/accounts/password/change/", {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw})
    assert Gebruiker.objects.get(pk=w.t1.pk).check_password(nieuw)
    assert (binnen(hier), binnen(daar)) == (True, False)


def test_een_ander_geheim_logt_niemand_uit_zolang_het_oude_erbij_staat(w, settings):
    client = ingelogd(w.t1)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een-nieuw-geheim"
    assert binnen(client)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [], "nog-een-nieuw-geheim"
    assert not binnen(client)


def test_wie_een_nieuw_adres_kreeg_logt_in_met_dat_adres_alleen(w):
    _acten(w.t1)
    assert list(EmailAddress.objects.filter(user=w.t1).values_list("email", "verified", "primary")) == [
        ("nieuw@demo.example", True, True)
    ]
    for adres, lukt in (("trainer1@demo.example", False), ("nieuw@demo.example", True)):
        client = Client()
        client.post("/inloggen/", {"login": adres, "password": WACHTWOORD})
        assert (SESSION_KEY in client.session) == lukt


# --- the page that warns before the end
# ---------------------------------------------------------------------------------------


def _over(client, vraag=""):
    return client.get(f"/account/sessie/{vraag}").json()["over"]


def test_vragen_hoe_lang_het_nog_is_houdt_een_sessie_niet_open(w):
    client = Client()
    begin = dt.datetime(2026, 11, 26, 10, 0, tzinfo=dt.UTC)
    with time_machine.travel(begin, tick=False):
        client.force_login(w.t1)
    with time_machine.travel(begin + dt.timedelta(minutes=115), tick=False):
        assert (_over(client), _over(client)) == (300, 300)
    with time_machine.travel(begin + dt.timedelta(minutes=121), tick=False):
        assert _over(client) == 0
        assert client.get("/trainer/").status_code == 302


def test_wie_werkt_houdt_de_sessie_open_zonder_een_pagina_te_openen(w):
    client = Client()
    begin = dt.datetime(2026, 11, 26, 10, 0, tzinfo=dt.UTC)
    with time_machine.travel(begin, tick=False):
        client.force_login(w.t1)
    for uren in (1.9, 3.8, 5.7):
        with time_machine.travel(begin + dt.timedelta(hours=uren), tick=False):
            assert _over(client, "?werkt=1") == 7200
    with time_machine.travel(begin + dt.timedelta(hours=7.6), tick=False):
        assert client.get("/trainer/").status_code == 200


def test_wie_niet_is_ingelogd_heeft_geen_sessie(db):
    client = Client()
    assert _over(client) == 0
    assert "data-sessie" not in client.get("/inloggen/").content.decode()


def test_elke_pagina_van_wie_is_ingelogd_weet_hoe_lang_nog(w):
    client = Client()
    client.force_login(w.t1)
    assert 'data-sessie="/account/sessie/" data-over="7200"' in " ".join(
        client.get("/trainer/").content.decode().split()
    )
    client.force_login(w.traject(2).kandidaat)
    assert 'data-over="43200"' in client.get("/mijn/").content.decode()
