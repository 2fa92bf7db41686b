"""The eight steps by keyboard alone: Tab, arrows, Space and Enter, and always a focus that can be seen."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from cursus.models import Voortgang
from lms.kern.models import Gebruiker, Traject
from selectie import handelingen as selectie
from selectie.models import Gesprek
from tests.browser.conftest import SCHERM, nagekeken
from tests.browser.lopen import focus
from tests.fabrieken import gesprek_van
from tests.post import code


class Toetsen:
    """Somebody without a mouse."""

    def __init__(self, pagina):
        self.pagina = pagina
        pagina.emulate_media(reduced_motion="reduce")  # else the page still scrolls when the focus is looked at

    def naar(self, doel, hoogstens=150):
        """Tab until `doel` has the focus, which must be visible there."""
        for _ in range(hoogstens):
            if doel.evaluate("el => el === document.activeElement"):
                assert doel.evaluate("el => el.matches(':focus-visible')")
                return
            self.pagina.keyboard.press("Tab")
            assert not focus(self.pagina)
        raise AssertionError(f"Met Tab niet te bereiken: {doel}")

    def druk(self, doel, toets="Enter"):
        self.naar(doel)
        with self.pagina.expect_navigation():
            self.pagina.keyboard.press(toets)

    def kies(self, groep, nummer):
        """Pick the nth radio of a group: Tab enters the group, arrows move in it."""
        keuzes = self.pagina.locator(f"input[name='{groep}']")
        if keuzes.locator("nth=0").evaluate("el => !document.querySelector(`input[name='${el.name}']:checked`)"):
            self.naar(keuzes.first)
            self.pagina.keyboard.press("Space")
            for _ in range(nummer):
                self.pagina.keyboard.press("ArrowDown")
        assert self.pagina.locator(f"input[name='{groep}']:checked").count() == 1

    def typ(self, doel, tekst):
        self.naar(doel)
        self.pagina.keyboard.type(tekst)


def test_verslag_met_het_toetsenbord(kijksite, gezien):
    """Log in, go on with the half-written report, answer every open point, send it: Tab, arrows, Space and Enter
    only.
    """
    pagina = kijksite.als("", SCHERM)
    pagina.goto("/inloggen/")
    toets = Toetsen(pagina)
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    pagina.keyboard.press("Enter")
    toets.typ(pagina.locator("[name=login]"), "stap6@demo.example")
    toets.typ(pagina.locator("[name=password]"), "demo-eigen-kracht")
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")
    toets.druk(pagina.locator("main .task a.btn"))
    toets.druk(pagina.get_by_role("link", name="Ga verder"))
    while pagina.get_by_role("heading", level=1).inner_text() != "Jouw antwoord":
        assert pagina.locator("[data-fouten]").all_inner_texts() == []
        for groep in dict.fromkeys(
            pagina.locator("main input[type=radio]").evaluate_all("els => els.map(el => el.name)")
        ):
            toets.kies(groep, 2 if groep.startswith("k_O") or groep.startswith("k_V") else 1)
        if pagina.locator("textarea[name=taken_tekst]").count():
            toets.typ(pagina.locator("textarea[name=taken_tekst]"), "Ja, dit zie ik mezelf doen.")
        toets.druk(pagina.locator("main .ends button.btn"))
    toets.kies("conclusie", 0)
    toets.typ(pagina.locator("textarea[name=waarom]"), "Ik hoef niet te helpen. Dat vind ik mooi.")
    toets.druk(pagina.get_by_role("button", name="Verder naar nakijken"))
    assert "16 van 16 punten" in pagina.get_by_role("main").inner_text()
    toets.druk(pagina.get_by_role("button", name="Stuur naar mijn trainers"))
    assert pagina.get_by_role("heading", name="Je trainers lezen je verslag").count() == 1
    nagekeken(pagina, gezien, SCHERM)
    verslag = Traject.objects.get(kandidaat__email="stap6@demo.example").verslagen.get()
    assert (verslag.conclusie, verslag.waarom) == ("past", "Ik hoef niet te helpen. Dat vind ik mooi.")


def test_aanmelden_met_het_toetsenbord(kijksite):
    """Step 1, with the code from the mail."""
    pagina = kijksite.als("", SCHERM)
    toets = Toetsen(pagina)
    pagina.goto("/aanmelden/")
    for veld, tekst in (
        ("voornaam", "Ans"),
        ("achternaam", "de Wit"),
        ("email", "ans@demo.example"),
        ("telefoon", "06 12 34 56 78"),
        ("woonplaats", "Epe"),
    ):
        toets.typ(pagina.locator(f"[name={veld}]"), tekst)
    toets.typ(pagina.locator("[name=regio]"), "Gelderland")
    toets.druk(pagina.get_by_role("button", name="Verder naar je brief"))
    toets.typ(pagina.locator("[name=motivatie]"), "Ik wil dit graag.")
    toets.typ(pagina.locator("[name=cv]"), "Ik zorgde voor mijn moeder.")
    toets.druk(pagina.get_by_role("button", name="Bewaar en ga verder"))
    toets.kies("onafhankelijk", 0)
    toets.naar(pagina.locator("[name=akkoord]"))
    pagina.keyboard.press("Space")
    toets.druk(pagina.get_by_role("button", name="Verder naar nakijken"))
    toets.druk(pagina.get_by_role("button", name="Mail mij een code"))
    toets.typ(pagina.locator("[name=code]"), code())
    toets.druk(pagina.get_by_role("button", name="Stuur je brief en cv"))
    assert pagina.get_by_role("heading", level=1).inner_text() == "Dag Ans"
    assert Traject.objects.get(kandidaat__email="ans@demo.example").regio.naam == "Gelderland"
    kijksite.sluiten()


def _traject(naam):
    return Traject.objects.get(kandidaat__email=f"{naam}@demo.example")


# step, who, where, the radio group with the answer to pick, the text to type, the button, and what is true after it
STAPPEN = [
    (2, "stap2", "/mijn/bijeenkomst/", ("uitvoering", 0), None, "Kies deze datum",
    lambda t: t.deelnames.filter(uitvoering__soort="informatie").count() == 1),
    (3, "stap3", "/mijn/keuze/", ("keuze", 0), None, "Dit is mijn keuze",
    lambda t: t.deelnamebesluiten.get().keuze == "ja"),
    (4, "stap4", "/cursus/ek1/dag-1/", None, None, None, lambda t: Voortgang.objects.filter(gebruiker=t.kandidaat,
    les__slug="open-vragen").count() == 1),
    (5, "stap5", "/mijn/notities/", None, "We praatten over luisteren.", "Bewaar mijn notitie",
    lambda t: t.uitzoeknotities.count() == 1),
    (7, "verschil", "/mijn/besluit/", ("moment", 1), None, "Kies dit moment",
    lambda t: Gesprek.objects.get(verslag__traject=t).moment_om is not None),
    (8, "stap8", "/mijn/conferenties/1/", ("uitkomst", 2), None, "Bewaar de conferentie",
    lambda t: t.conferenties.get().vastgelegd_om is not None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stap", "naam", "pad", "keuze", "tekst", "knop", "klopt"), STAPPEN, ids=[f"stap {rij[0]}" for rij in STAPPEN]
)
def test_stap_met_het_toetsenbord(kijksite, stap, naam, pad, keuze, tekst, knop, klopt):
    traject = _traject(naam)
    if stap == 7:
        _twee_momenten(traject)
    pagina = kijksite.als(naam, SCHERM)
    toets = Toetsen(pagina)
    pagina.goto(pad)
    if stap == 4:
        toets.druk(pagina.get_by_role("main").get_by_role("link", name="Luisteren, open vragen en doorvragen"))
        knop = re.compile("^Klaar")
    if keuze:
        toets.kies(*keuze)
    if tekst:
        toets.typ(pagina.locator("textarea[name=tekst]"), tekst)
    toets.druk(pagina.get_by_role("main").get_by_role("button", name=knop).first)
    assert pagina.locator("[data-fouten]").count() == 0
    assert klopt(_traject(naam))
    assert pagina.klachten == []
    kijksite.sluiten()


def _twee_momenten(traject):
    over = timezone.now() + dt.timedelta(days=4)
    trainer = Gebruiker.objects.get(email="trainer1@demo.example")
    selectie.gesprek_voorstellen(
        gesprek_van(traject), door=trainer, momenten=[(over, "Bellen"), (over + dt.timedelta(days=1), "Online")]
    )
