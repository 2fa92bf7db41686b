"""Walk the site as somebody: every address that can be reached by links, a few per kind of page, and what is wrong
with each.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from django.conf import settings
from django.test.signals import template_rendered
from django.urls import Resolver404, resolve

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SJABLONEN = settings.BASE_DIR / "templates"
BREEDTES = (390, 320, 1280)
NIET = re.compile(r"^/(beheer|uitloggen|documenten|bestand|static|media)/|/(xlsx|pdf)/$|\.(ics|xml)$")
# kinds with more than two states worth a look, per person
MEER = {"mijn_verslag_deel": 6, "trainer_verslag": 4, "regio_evaluatie": 4}
VOOR_IEDEREEN = {
    "agenda_detail",
    "controle",
    "controle_nummer",
    "account",
    "account_change_password",
    "account_logout",
    "aanmelden",
}
OPENBAAR = 5  # a page that is the same for everybody is looked at this many times in all

# The skeleton of a page: every kind of element in its parent, without words. A page whose skeleton was seen needs no
# second look by axe.
SKELET = """() => [...new Set([...document.querySelectorAll('body *')].map(el =>
  [el.parentElement, el].map(
    e => [e.tagName, e.getAttribute('class'), e.type, e.getAttribute('role')].join('.')).join('>')))]"""
OPZIJ = """() => { const b = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= b) { return null; }
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > b + 1)
    .slice(0, 3).map(e => `${e.tagName}.${e.className} "${(e.textContent || '').trim().slice(0, 30)}"`).join(', '); }"""
AXE_KIJK = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
  v => v.nodes.map(n => `${v.id}: ${n.target} ${n.html.slice(0, 140)} ${n.any[0] ? n.any[0].message : ''}`))"""


KIJKEN = (Path(__file__).parent / "kijken.js").read_text(encoding="utf-8").strip()


def kijk_naar(pagina, wat):
    """Ask kijken.js."""
    return pagina.evaluate(f"{KIJKEN}.{wat}()")


def focus(pagina):
    """What is wrong with where the focus is now: "" when it can be seen and has a name; None when nothing has it."""
    gevonden = kijk_naar(pagina, "focus")
    if gevonden is None:
        return None
    if gevonden["waarom"]:
        return f"focus niet te zien ({gevonden['waarom']}): {gevonden['wat']}"
    return "" if gevonden["naam"] else f"geen naam: {gevonden['wat']}"


def met_andere_ogen(pagina):
    """Text spacing, forced colours and paper; 400 % is the width of 320 px that `opzij` looks at."""
    klachten = []
    kijk_naar(pagina, "ruim")
    klachten += [f"met ruimte tussen letters: {klacht}" for klacht in [pagina.evaluate(OPZIJ)] if klacht]
    klachten += [f"met ruimte tussen letters afgeknipt: {klacht}" for klacht in kijk_naar(pagina, "afgeknipt")]
    kijk_naar(pagina, "gewoon")
    pagina.emulate_media(forced_colors="active")
    klachten += [f"niet te zien in eigen kleuren: {klacht}" for klacht in kijk_naar(pagina, "onzichtbaar")]
    pagina.emulate_media(forced_colors="none", media="print")
    klachten += [f"op papier: {klacht}" for klacht in kijk_naar(pagina, "papier")]
    pagina.emulate_media(media="screen")
    return klachten


def axe(pagina):
    """What axe has against this page; the script goes in through the debugger, so the policy of the page stays on."""
    pagina.evaluate(AXE)
    return pagina.evaluate(AXE_KIJK)


def opzij(pagina):
    """Where the page scrolls sideways, at each width, by resizing the page that is open."""
    klachten = []
    for breedte in BREEDTES:
        pagina.set_viewport_size({"width": breedte, "height": 900})
        gevonden = pagina.evaluate(OPZIJ)
        if gevonden is not None:
            klachten.append(f"schuift opzij op {breedte} px: {gevonden}")
    pagina.set_viewport_size({"width": 390, "height": 900})
    return klachten


def soort(pad):
    """The kind of page at this address, and whether it is the same for everybody."""
    try:
        naam = resolve(pad).url_name
    except Resolver404:
        return pad, False
    delen = pad.strip("/").split("/")
    if naam == "wagtail_serve":
        return f"{delen[0]} {len(delen)}", True
    return naam, naam in VOOR_IEDEREEN


class Sjablonen:
    """The templates of ours that were rendered, told by Django's test runner; the server runs in this process."""

    def __init__(self):
        self.gebruikt = set()
        template_rendered.connect(self._erbij)

    def _erbij(self, template, **_):
        herkomst = Path(str(template.origin.name))
        if herkomst.is_relative_to(SJABLONEN):
            self.gebruikt.add(str(herkomst.relative_to(SJABLONEN)))

    def sluiten(self):
        template_rendered.disconnect(self._erbij)


class Gezien:
    """What all walks together have seen: skeletons per kind of page, and how often a public page."""

    def __init__(self):
        self.skeletten, self.openbaar, self.bekeken = {}, {}, set()

    def nieuw(self, naam, skelet):
        bekend = self.skeletten.setdefault(naam, set())
        is_nieuw = not skelet <= bekend
        bekend |= skelet
        return is_nieuw


class Wandeling:
    """Visits pages at 390 px and keeps what is wrong with them."""

    def __init__(self, pagina, gezien, adres=""):
        self.pagina, self.gezien, self.adres = pagina, gezien, adres
        self.klachten, self.bezocht, self.geteld = [], [], {}

    def kijk(self):
        """Look at the page that is open now."""
        pad = urlsplit(self.pagina.url).path
        gevonden = opzij(self.pagina)
        if self.gezien.nieuw(soort(pad)[0], set(self.pagina.evaluate(SKELET))):
            gevonden += axe(self.pagina)
        if soort(pad)[0] not in self.gezien.bekeken:
            self.gezien.bekeken.add(soort(pad)[0])
            gevonden += met_andere_ogen(self.pagina)
        gevonden += self.pagina.klachten
        self.pagina.klachten.clear()
        self.klachten += [f"{pad}: {klacht}" for klacht in gevonden]
        return self.klachten

    def bezoek(self, pad, status=200):
        """Open a page. A refusal that was expected is no complaint; Chromium writes every status from 400 on its
        console.
        """
        antwoord = self.pagina.goto(pad)
        self.bezocht.append(pad)
        if antwoord.status != status:
            self.klachten.append(f"{pad}: {antwoord.status} in plaats van {status}")
        elif status >= 400:
            self.pagina.klachten.remove(next(k for k in self.pagina.klachten if f"status of {status}" in k))
        self.kijk()

    def _genoeg(self, pad):
        naam, openbaar = soort(urlsplit(pad).path)
        teller, hoogste = (self.gezien.openbaar, OPENBAAR) if openbaar else (self.geteld, MEER.get(naam, 2))
        teller[naam] = teller.get(naam, 0) + 1
        return teller[naam] > hoogste

    def _links(self):
        for adres in self.pagina.eval_on_selector_all("a[href]", "els => els.map(el => el.href)"):
            deel = urlsplit(adres)
            if adres.startswith(self.adres) and not NIET.search(deel.path) and not deel.fragment:
                yield deel.path + (f"?{deel.query}" if deel.query else "")

    def loop(self, *begin):
        """From these addresses along all links."""
        wacht, bekend = list(begin), set(begin)
        while wacht:
            pad = wacht.pop(0)
            if pad not in begin and self._genoeg(pad):
                continue
            self.bezoek(pad)
            bekend.add(urlsplit(self.pagina.url).path)  # where a redirect led
            for nieuw in self._links():
                if nieuw not in bekend:
                    bekend.add(nieuw)
                    wacht.append(nieuw)
