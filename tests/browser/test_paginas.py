"""Every page that people can reach: no violation of axe at 390 px, no sideways scroll at 320, 390 and 1280 px,
nothing in the console.
"""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from cursus.models import Uitvoering
from lms.kern import fouten
from lms.kern.models import Traject
from tests.browser.lopen import Wandeling, axe, opzij
from tests.post import bezorgd

NIEMAND = "?naam=niemand-heet-zo"
BEGIN = {
    "": ["/", "/aanmelden/", "/c/", "/c/?nummer=x", "/inloggen/", "/accounts/password/reset/",
    "/accounts/signup/", "/agenda/?soort=EK2", "/op-de-hoogte/"],
    "stap1": ["/account/", "/accounts/password/change/", "/accounts/logout/", "/mijn/gegevens/", "/mijn/stoppen/"],
    "stap2": ["/mijn/bijeenkomst/"],
    "stap3": ["/mijn/keuze/"],
    "stap4": ["/mijn/training/", "/mijn/notities/", "/cursus/ek1/", "/cursus/ek1/dag-1/"],
    "stap5": ["/mijn/notities/"],
    "stap6": ["/mijn/verslag/nakijken/", "/mijn/verslag/jouw-antwoord/"],
    "stap7": ["/mijn/verslag/versie/1/"],
    "stap8": ["/mijn/poort/", "/mijn/conferenties/1/", "/mijn/certificaat/"],
    "wacht": ["/mijn/besluit/"],
    "overleg": ["/mijn/besluit/"],
    "verschil": ["/mijn/besluit/"],
    "gestopt": ["/mijn/hervatten/"],
    "gecertificeerd": ["/mijn/certificaat/", "/mijn/conferenties/1/"],
    "ek2": ["/account/", "/mijn/verslag-ek2/", "/mijn/certificaat/", "/cursus/ek2/", "/cursus/ek2/dag-1/"],
    "coordinator": ["/mijn/certificaat/", "/mijn/conferenties/"],
    "trainer1": ["/account/", f"/trainer/kandidaten/{NIEMAND}", "/cursus/ek1/dag-2/"],
    "trainer2": [],
    "trainer3": [],
    "regiomanager": [f"/regio/kandidaten/{NIEMAND}", f"/regio/register/{NIEMAND}&beschikbaar=0",
    "/regio/register/?taal=999", "/regio/conferenties/?lijst=klaar"],
    "regiomanager2": [],
    "bureau": [f"/bureau/kandidaten/{NIEMAND}", "/bureau/instellingen/", "/bureau/mensen/", "/bureau/mensen/nieuw/",
    "/bureau/berichten/"],
    "redacteur": ["/mijn/"],
    "beheer": ["/mijn/"],
}  # fmt: skip


@pytest.mark.parametrize("naam", BEGIN)
def test_alle_paginas(kijksite, gezien, naam):
    wandeling = Wandeling(kijksite.als(naam, 390), gezien, kijksite.adres)
    wandeling.loop(*(["/start/"] if naam else []), *BEGIN[naam])
    assert wandeling.klachten == []
    assert len(wandeling.bezocht) >= 3
    kijksite.sluiten()


def test_wandeling_vindt_wat_er_mis_is(kijksite):
    """The checks can fail: a page with every fault of this module is found out, and the policy stops an inline
    script.
    """
    pagina = kijksite.als("", 390)
    pagina.goto("/hulp/")
    assert (axe(pagina), opzij(pagina), pagina.klachten) == ([], [], [])
    pagina.evaluate("""() => { const main = document.querySelector('main');
      main.insertAdjacentHTML('beforeend', '<input type="text"><p class="fout"><span>bijna niet te lezen</span></p>' +
        '<div class="breed">x</div>');
      document.querySelector('.fout').style.color = '#ddd'; document.querySelector('.breed').style.width = '350px';
      const s = document.createElement('script'); s.textContent = '1'; document.body.append(s); }""")
    assert {klacht.split(":")[0] for klacht in axe(pagina)} == {"label", "color-contrast"}
    assert [klacht.split(":")[0] for klacht in opzij(pagina)] == ["schuift opzij op 320 px"]
    assert "Content Security Policy" in pagina.klachten[0]


def _traject(naam):
    return Traject.objects.get(kandidaat__email=f"{naam}@demo.example").pk


def _workshop():
    return Uitvoering.objects.get(titel="Online workshop: vragen die openen").pk


# who, address, the button that sends the form as it is. None of these has everything it needs.
LEEG = [
    ("", "/inloggen/", "Inloggen"),
    ("", "/inloggen/", "Mail mij een code"),
    ("", "/accounts/password/reset/", "Mail mij een link"),
    ("", "/aanmelden/", "Verder naar je brief"),
    ("", "/c/", "Controleer"),
    ("", "/op-de-hoogte/", "Houd me op de hoogte"),
    ("bureau", lambda: f"/bureau/agenda/{_workshop()}/", "Zet op de lijst"),
    ("stap2", "/mijn/bijeenkomst/", "Kies deze datum"),
    ("stap3", "/mijn/keuze/", "Dit is mijn keuze"),
    ("stap5", "/mijn/notities/", "Bewaar"),
    ("stap6", "/mijn/verslag/nakijken/", "Stuur naar mijn trainers"),
    ("stap8", "/mijn/conferenties/1/", "Bewaar de conferentie"),
    ("trainer1", lambda: f"/trainer/kandidaten/{_traject('stap5')}/notitie/", "Bewaar de notitie"),
    ("regiomanager", lambda: f"/regio/kandidaten/{_traject('ek2')}/conferentie/", "Vraag"),
    ("bureau", lambda: f"/bureau/kandidaten/{_traject('wacht')}/trainers/", "Vraag deze trainer"),
    ("bureau", "/bureau/mensen/nieuw/", "Maak"),
    ("stap1", "/accounts/password/change/", "Verander mijn wachtwoord"),
]


@pytest.mark.parametrize(("naam", "pad", "knop"), LEEG)
def test_fouten_staan_er_netjes(kijksite, gezien, naam, pad, knop):
    """An empty form: the summary has the focus, each error names its field, and the page is as good as without
    errors.
    """
    pagina = kijksite.als(naam, 390)
    pagina.goto(pad() if callable(pad) else pad)
    pagina.get_by_role("main").get_by_role("button", name=knop).first.click()
    overzicht = pagina.locator("[data-fouten]")
    overzicht.wait_for()
    assert overzicht.evaluate("el => el === document.activeElement")
    for doel in overzicht.locator("a[href^='#']").evaluate_all("els => els.map(el => el.getAttribute('href'))"):
        assert pagina.locator(f"[id='{doel[1:]}']").count() == 1, doel
    assert Wandeling(pagina, gezien).kijk() == []
    kijksite.sluiten()


WEG = [("", "/bestaat-niet/", 404), ("", "/aanmelden/verder/oud/", 404), ("", "/c/EK-2222-2222/", 404),
("stap6", "/trainer/verslagen/999999/", 403),
       ("trainer1", "/trainer/verslagen/999999/", 404), ("stap4", "/cursus/ek2/", 403),
       ("stap4", "/bureau/", 403)]  # fmt: skip


@pytest.mark.parametrize(("naam", "pad", "status"), WEG)
def test_hier_kom_je_niet(kijksite, gezien, naam, pad, status):
    wandeling = Wandeling(kijksite.als(naam, 390), gezien)
    wandeling.bezoek(pad, status)
    assert wandeling.klachten == []
    kijksite.sluiten()


VOL = ["certificering/controle_te_vaak.html", "429.html", "account/druk.html"]


@pytest.mark.parametrize("soort", [400, 405, 413, 429, 500, 503, "csrf", *VOL])
def test_als_het_misgaat(kijksite, soort):
    """Pages that only a fault shows: the page itself, served at an address of this site."""
    pagina = kijksite.als("", 390)
    pagina.goto("/aanmelden/brief/")
    verzoek = RequestFactory().get("/")
    verzoek.user, verzoek.session = AnonymousUser(), {}
    if soort == "csrf":
        inhoud = fouten.csrf_geweigerd(RequestFactory().post("/mijn/notities/")).content
    else:
        inhoud = fouten.pagina(soort).content if isinstance(soort, int) else render_to_string(soort, request=verzoek)
    pagina.route("**/proef/", lambda route: route.fulfill(body=inhoud, content_type="text/html; charset=utf-8"))
    pagina.goto("/proef/")
    assert pagina.get_by_role("heading", level=1).count() == 1
    assert (axe(pagina), opzij(pagina), pagina.klachten) == ([], [], [])
    kijksite.sluiten()


def test_inloggen_met_een_code(kijksite, gezien):
    """The login by a mailed code, with a wrong code first."""
    pagina = kijksite.als("", 390)
    wandeling = Wandeling(pagina, gezien)
    wandeling.bezoek("/inloggen/?next=/mijn/gegevens/")
    pagina.locator("[name=email]").fill("stap1@demo.example")
    pagina.get_by_role("button", name="Mail mij een code").click()
    pagina.get_by_label("Je code").fill("fout")
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.locator("[data-fouten]").wait_for()
    wandeling.kijk()
    pagina.get_by_label("Je code").fill(re.search(r"Je code is (\S+)\. ", bezorgd()[-1].body).group(1))
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.get_by_role("heading", name="gegevens", level=1).wait_for()
    assert wandeling.klachten == []
    kijksite.sluiten()


def test_wachtwoord_vergeten(kijksite, gezien):
    wandeling = Wandeling(kijksite.als("", 390), gezien)
    wandeling.bezoek("/accounts/password/reset/")
    wandeling.pagina.get_by_label("E-mailadres").fill("niemand@demo.example")
    wandeling.pagina.get_by_role("button", name="Mail mij een link").click()
    wandeling.pagina.get_by_role("heading", name="Kijk in je mail").wait_for()
    assert wandeling.kijk() == []
    kijksite.sluiten()
