"""The first pages of the site, from fixtures/cursus/*.json.

Adds whole sections that are missing; what an editor made, changed or removed stays so.
"""

import datetime as dt
import json
import re
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cursus.models import (
    AgendaPagina,
    CursusIndex,
    CursusPagina,
    DagPagina,
    HomePage,
    LesPagina,
    NieuwsIndex,
    NieuwsPagina,
    StandaardPagina,
)

MAP = settings.BASE_DIR / "fixtures" / "cursus"
RIJK = {"tekst", "verhaal", "opdracht"}  # the fields of a block that hold rich text
RIJTJES = {  # the fields of a block that hold rows, written as lists of their values
    ("vergelijking", "paren"): ("stuurt", "is_open"),
    ("stappen", "stappen"): ("nummer", "titel", "tekst"),
    ("oefenkaart", "keuzes"): ("zegt", "waarom"),
    ("rollenspel", "rollen"): ("rol", "kaart"),
}


def lees(naam):
    """The parsed content of fixtures/cursus/<naam>.json."""
    return json.loads((MAP / f"{naam}.json").read_text(encoding="utf-8"))


def html(alineas):
    """A list of paragraphs as rich text: '- …' is a list item, **…** is bold."""
    uit, lijst = [], []
    for alinea in [*alineas, None]:
        if alinea is not None and alinea.startswith("- "):
            lijst.append(f"<li>{_vet(alinea[2:])}</li>")
            continue
        if lijst:
            uit.append(f"<ul>{''.join(lijst)}</ul>")
            lijst = []
        if alinea is not None:
            uit.append(f"<p>{_vet(alinea)}</p>")
    return "".join(uit)


def _vet(tekst):
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", tekst)


def _waarde(soort, naam, waarde):
    if (soort, naam) in RIJTJES:
        return [dict(zip(RIJTJES[soort, naam], regel, strict=True)) for regel in waarde]
    if soort == "tekening" and naam == "delen":
        return [_deel(*deel.split(":")) for deel in waarde]
    if soort == "terugblik" and naam == "vragen":  # each question is answered, so each has an id of its own
        return [{"type": "item", "value": vraag, "id": str(uuid.uuid4())} for vraag in waarde]
    return html(waarde) if naam in RIJK and isinstance(waarde, list) else waarde


def _deel(wat, kleur="plum", plek="naast"):
    return {"wat": wat, "kleur": kleur, "plek": plek}


def blokken(rijen):
    """The blocks of a page in the form that a StreamField stores."""
    uit = []
    for blok in rijen:
        soort = blok["type"]
        waarden = {naam: _waarde(soort, naam, waarde) for naam, waarde in blok.items() if naam != "type"}
        uit.append({"type": soort, "value": blok.get("value", waarden or None)})
    return json.dumps(uit)


def _vragen(vragen):
    return blokken([{"type": "vraag", "value": vraag} for vraag in vragen])


def _velden(bron):
    """What every page has: title, slug, search texts and, where given, introduction and blocks."""
    velden = {
        "title": bron["titel"], "slug": bron.get("slug", ""), "seo_title": bron.get("seo", ""),
        "search_description": bron.get("zoekbeschrijving", ""),
        "inleiding": bron["inleiding"],
    }  # fmt: skip
    return velden | ({"inhoud": blokken(bron["inhoud"])} if "inhoud" in bron else {})


def _zet(ouder, model, bron, **meer):
    pagina = ouder.add_child(instance=model(**(_velden(bron) | meer)))
    pagina.save_revision().publish()
    return pagina


def pagina_s_inrichten():
    """Make the Wagtail site and every section of pages that is not there yet."""
    bron = lees("paginas")
    home = HomePage.objects.first() or _home(bron["home"])
    for pagina in bron["paginas"]:
        if not StandaardPagina.objects.filter(slug=pagina["slug"]).exists():
            _zet(home, StandaardPagina, pagina, toon_contact=pagina.get("toon_contact", False))
    if not AgendaPagina.objects.exists():
        _zet(home, AgendaPagina, bron["agenda"] | {"slug": "agenda"})
    if not NieuwsIndex.objects.exists():
        index = _zet(home, NieuwsIndex, bron["nieuws"] | {"slug": "nieuws"})
        for bericht in lees("nieuws"):
            _zet(index, NieuwsPagina, bericht, datum=dt.date.fromisoformat(bericht["datum"]))
    cursus = CursusIndex.objects.first() or _zet(home, CursusIndex, bron["cursus"] | {"slug": "cursus"})
    for naam in ("ek1", "ek2"):
        if not CursusPagina.objects.filter(soort=naam.upper()).exists():
            _cursus(cursus, lees(naam))


def _home(bron):
    """The home page as root of the site; Wagtail's own welcome page goes when nobody built on it."""
    wortel = Page.get_first_root_node()
    welkom = wortel.get_children().filter(slug="home").first()
    if welkom and welkom.specific_class is Page and not welkom.get_children().exists():
        welkom.delete()
        wortel = Page.objects.get(pk=wortel.pk)
    home = _zet(
        wortel, HomePage, bron | {"slug": "voorpagina"}, welkom=bron["welkom"], past_kop=bron["past_kop"],
        past_punten="\n".join(bron["past_punten"]), weten=html(bron["weten"]),
    )  # fmt: skip
    adres = urlsplit(settings.SITE_URL)
    velden = {
        "hostname": adres.hostname,
        "port": adres.port or (443 if adres.scheme == "https" else 80),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    Site.objects.update_or_create(is_default_site=True, defaults=velden | {"root_page": home})
    return home


def _cursus(index, bron):
    cursus = _zet(index, CursusPagina, bron, soort=bron["soort"], vragen=_vragen(bron["vragen"]))
    for dag in bron["dagen"]:
        pagina = _zet(cursus, DagPagina, dag, nr=dag["nr"], rollenspellen=blokken(dag["rollenspellen"]))
        for les in dag["lessen"]:
            _zet(pagina, LesPagina, les, thuis=les.get("thuis", False), profielcodes=les["codes"])
