"""What somebody typed and did not send comes back: on another device, after a pause, after logging out; and nobody
loses it by leaving without internet.
"""

import re

import pytest
from django.contrib.sessions.models import Session

from lms.kern.models import Kladje
from selectie.models import Aanmeldconcept
from tests.browser.conftest import TELEFOON
from tests.browser.lopen import axe, opzij
from tests.browser.test_bewaren import _brief_van, _inloggen, _kopieen

NOTITIES, BLAD = "/mijn/notities/", "/mijn/verslag/wie-je-bent/2/"
VELD = "textarea[name=tekst]"
TEKST = "We praatten lang over thuis."
TERUG, WEG = "Zet mijn tekst terug", "Nee, gooi het weg"
GEEN_INTERNET = "Geen internet. Je tekst staat nog hier."


def _getypt(pagina, tekst=TEKST, adres=NOTITIES, veld=VELD):
    """Type, and wait until the server has it."""
    pagina.goto(adres)
    with pagina.expect_response("**/kladje/", timeout=8000) as bewaard:
        pagina.locator(veld).press_sequentially(tekst)
    assert bewaard.value.status == 200


def _bewaard():
    return [dict(rij.getypt()).get("tekst") for rij in Kladje.objects.all()]


def test_op_een_ander_apparaat_komt_het_terug_en_na_het_versturen_is_het_overal_weg(site):
    _getypt(site.als("stap5"))
    assert _bewaard() == [TEKST]
    telefoon = site.als("stap5", TELEFOON)
    telefoon.goto(NOTITIES)
    telefoon.get_by_text("Je typte hier iets dat nog niet bewaard is. Wil je het terug?").wait_for()
    assert (axe(telefoon), opzij(telefoon)) == ([], [])
    telefoon.get_by_role("button", name=TERUG).click()
    assert telefoon.locator(VELD).input_value() == TEKST
    telefoon.get_by_role("button", name="Bewaar mijn notitie").click()
    telefoon.get_by_text("Je notitie is bewaard").wait_for()
    assert _bewaard() == []
    derde = site.als("stap5")
    with derde.expect_response("**/kladje/?**"):
        derde.goto(NOTITIES)
    assert derde.get_by_role("button", name=TERUG).count() == 0
    assert telefoon.klachten == derde.klachten == []


def test_weggooien_is_ook_op_de_server_weg(site):
    pagina = site.als("stap5")
    _getypt(pagina)
    pagina.goto(NOTITIES)
    with pagina.expect_response("**/kladje/"):
        pagina.get_by_role("button", name=WEG).click()
    assert (_bewaard(), _kopieen(pagina)) == ([], 0)
    with pagina.expect_response("**/kladje/?**"):
        pagina.goto(NOTITIES)
    assert pagina.get_by_role("button", name=TERUG).count() == 0


def test_wat_op_het_andere_apparaat_later_is_getypt_wordt_hier_aangeboden(site):
    een, twee = site.als("stap5"), site.als("stap5")
    _getypt(een, "Eerst dit.")
    een.goto("/mijn/")
    twee.goto(NOTITIES)
    with twee.expect_response("**/kladje/"):
        twee.get_by_role("button", name=WEG).click()
    with twee.expect_response("**/kladje/", timeout=8000):
        twee.locator(VELD).fill("En dit is nieuwer.")
    een.goto(NOTITIES)
    een.wait_for_timeout(500)  # the copy of this tab stood there first
    assert een.get_by_role("button", name=TERUG).count() == 1
    een.get_by_role("button", name=TERUG).click()
    assert een.locator(VELD).input_value() == "En dit is nieuwer."


def test_na_uitloggen_en_weer_inloggen_wordt_het_aangeboden(site):
    """The tab forgets on logging out; the server does not."""
    pagina = site.als("stap5")
    _getypt(pagina)
    pagina.goto("/uitloggen/")
    pagina.get_by_role("button", name="Log uit").click()
    pagina.wait_for_load_state()
    assert _kopieen(pagina) == 0
    _inloggen(pagina, "stap5")
    pagina.goto(NOTITIES)
    pagina.get_by_role("button", name=TERUG).click()
    assert pagina.locator(VELD).input_value() == TEKST


def _sessie_voorbij(pagina):
    """Twelve hours without a request: the session is no more, the page still stands there."""
    Session.objects.all().delete()


@pytest.mark.parametrize(
    ("naam", "adres", "veld", "knop", "klaar"),
    [
        ("stap5", NOTITIES, VELD, "Bewaar mijn notitie", "Je notitie is bewaard"),
        ("stap6", BLAD, "textarea[name^=t_]", re.compile("^Volgende"), "blad 3 van"),
    ],
    ids=["zonder-vanzelf-bewaren", "met-vanzelf-bewaren"],
)
def test_alles_wat_er_mis_kan_gaan_en_de_tekst_staat_er_nog(site, naam, adres, veld, knop, klaar):
    """Type, wait, leave, come back, lose the session, log in again, go offline: the text is there all the time."""
    pagina = site.als(naam)
    pagina.goto(adres)
    vak = pagina.locator(veld).first
    vak.fill("Het begin.")
    pagina.wait_for_timeout(4000)
    pagina.goto("/mijn/")
    pagina.goto(adres)
    _teruggezet(pagina, vak, "Het begin.")
    _sessie_voorbij(pagina)
    vak.fill("Het begin. En een stuk erbij.")
    pagina.get_by_role("button", name=knop).first.click()
    pagina.wait_for_url("**/inloggen/**")
    _inloggen(pagina, naam)
    pagina.goto(adres)
    _teruggezet(pagina, vak, "Het begin. En een stuk erbij.")
    pagina.context.set_offline(True)
    vak.fill("Het begin, een stuk erbij, en het eind.")
    pagina.get_by_role("button", name=knop).first.click()
    pagina.get_by_text(GEEN_INTERNET).wait_for()
    assert vak.input_value() == "Het begin, een stuk erbij, en het eind."
    pagina.context.set_offline(False)
    pagina.get_by_role("button", name=knop).first.click()
    pagina.get_by_text(klaar).wait_for()
    assert (_kopieen(pagina), Kladje.objects.count()) == (0, 0)


def _teruggezet(pagina, vak, tekst):
    """Saved by itself, put back by the browser, or offered."""
    if vak.input_value() != tekst:
        pagina.get_by_role("button", name=TERUG).click()
    assert vak.input_value() == tekst


# --- without internet nobody leaves text behind ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", ["main a:text-is('Vorige')", ".top nav a >> nth=0"], ids=["in-het-formulier", "in-het-menu"]
)
def test_zonder_internet_brengt_geen_link_je_weg_van_wat_je_typte(site, link):
    pagina = site.als("stap6")
    pagina.goto(BLAD)
    pagina.context.set_offline(True)
    vak = pagina.locator("textarea[name^=t_]").first
    vak.fill("In de trein getypt.")
    pagina.locator(link).click()
    pagina.get_by_text(GEEN_INTERNET).wait_for()
    assert (vak.input_value(), pagina.url.endswith(BLAD)) == ("In de trein getypt.", True)
    assert (axe(pagina), opzij(pagina)) == ([], [])
    pagina.context.set_offline(False)
    pagina.get_by_text(re.compile("^Bewaard om")).wait_for()
    pagina.locator(link).click()
    pagina.wait_for_url(lambda url: not url.endswith(BLAD))


def test_zonder_internet_houdt_ook_een_blad_met_alleen_keuzes_je_vast(site):
    pagina = site.als("stap6")
    pagina.goto("/mijn/verslag/praktisch/")
    pagina.context.set_offline(True)
    pagina.locator("form.report input[type=radio]").first.check()
    pagina.get_by_role("button", name=re.compile("^Volgende")).first.click()
    pagina.get_by_text(GEEN_INTERNET).wait_for()
    assert pagina.locator("form.report input[type=radio]").first.is_checked()


def test_zonder_iets_getypt_te_hebben_mag_een_link_gewoon(site):
    pagina = site.als("stap5")
    pagina.goto(NOTITIES)
    pagina.context.set_offline(True)
    pagina.get_by_role("link", name="Naar mijn traject").click()
    pagina.wait_for_url("chrome-error://**")


# --- the letter of an application ------------------------------------------------------------------------------------


def test_de_brief_van_een_aanmelding_bewaart_zichzelf(site):
    pagina = _brief_van(site, "brief@demo.example")
    pagina.get_by_text(re.compile(r"^Bewaard om \d{1,2}\.\d\d uur$")).wait_for()
    assert (
        Aanmeldconcept.objects.get(gegevens__email="brief@demo.example").gegevens["motivatie"] == "Ik wil dit al jaren."
    )
    assert _kopieen(pagina) == 0
    pagina.reload()
    assert pagina.locator("[name=motivatie]").input_value() == "Ik wil dit al jaren."
    pagina.context.set_offline(True)
    pagina.locator("[name=cv]").fill("Veertien jaar in de thuiszorg.")
    pagina.get_by_role("link", name="Terug", exact=True).click()
    pagina.get_by_text(GEEN_INTERNET).wait_for()
    pagina.context.set_offline(False)
    pagina.get_by_role("button", name="Bewaar en ga verder").click()
    pagina.wait_for_url("**/aanmelden/onafhankelijk/")
    assert Aanmeldconcept.objects.get(gegevens__email="brief@demo.example").gegevens["cv"].startswith("Veertien")
