"""The blocks that only a lesson or a day of the course has: to practise, to look back, to see and to hear."""

from dataclasses import dataclass

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cursus.blocks import INHOUD, TEKST, Invulblok, met_tekst

# --- to practise ------------------------------------------------------------------------------------------------------


class Keuze(blocks.StructBlock):
    zegt = blocks.CharBlock(label="wat je zegt of doet", max_length=200)
    waarom = blocks.TextBlock(
        label="wat dat doet met de ander", help_text="Twee of drie zinnen. Geen goed of fout: zeg wat er gebeurt."
    )


class Oefenkaart(blocks.StructBlock):
    """A situation and a few things to say, each with its own why. Nothing is counted and nothing is kept."""

    titel = blocks.CharBlock(label="titel", max_length=80)
    situatie = blocks.TextBlock(label="situatie", help_text="Een verzonnen situatie, zonder namen van echte mensen.")
    vraag = blocks.CharBlock(label="vraag", max_length=200, default="Welke vraag laat de ander zelf denken?")
    keuzes = blocks.ListBlock(Keuze(label="keuze"), label="keuzes", min_num=3, max_num=4)

    class Meta:
        label, icon, template = "oefenkaart", "clipboard-list", "cursus/blokken/oefenkaart.html"


class Rol(blocks.StructBlock):
    rol = blocks.CharBlock(label="wie ben je", max_length=80)
    kaart = blocks.TextBlock(
        label="wat je weet en voelt", help_text="In de je-vorm. Alleen wie deze rol speelt, leest dit."
    )


class Rollenspel(blocks.StructBlock):
    """A sheet for two (or three) to print: everybody reads the situation, each the own role."""

    titel = blocks.CharBlock(label="titel", max_length=80)
    situatie = blocks.TextBlock(label="situatie", help_text="Een verzonnen situatie, zonder namen van echte mensen.")
    minuten = blocks.IntegerBlock(label="hoeveel minuten spelen jullie", min_value=1, max_value=60, default=8)
    rollen = blocks.ListBlock(Rol(label="rol"), label="rollen", min_num=2, max_num=3)
    proberen = blocks.ListBlock(
        blocks.CharBlock(label="punt", max_length=200), label="wat probeer je als coördinator", min_num=1
    )
    terugkijken = blocks.ListBlock(blocks.CharBlock(label="vraag", max_length=200), label="kijk samen terug", min_num=1)

    class Meta:
        label, icon, template = "rollenspel", "group", "cursus/blokken/rollenspel.html"


# --- to look back -----------------------------------------------------------------------------------------------------


class Terugblik(Invulblok):
    """Three questions for oneself at the end of a day; each has a field as a question of the lesson has."""

    kop = blocks.CharBlock(label="kop", max_length=80, default="Kijk terug op deze dag")
    vragen = blocks.ListBlock(blocks.CharBlock(label="vraag", max_length=300), label="vragen", min_num=3, max_num=3)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        velden = context.get("velden") or {}
        context["vragen"] = [(vraag.value, velden.get(vraag.id)) for vraag in value["vragen"].bound_blocks]
        return context

    class Meta:
        label, icon, template = "terugblik op de dag", "history", "cursus/blokken/terugblik.html"


# --- to see -----------------------------------------------------------------------------------------------------------

# part → (what an editor reads, how wide it stands); each is drawn in templates/cursus/tekening/<part>.html
DELEN = {
    "persoon": ("persoon", 44),
    "kind": ("kind", 36),
    "oudere": ("oudere met een stok", 56),
    "rolstoel": ("persoon in een rolstoel", 62),
    "tafel": ("tafel", 92),
    "kring": ("mensen om een tafel", 128),
    "stoel": ("lege stoel", 40),
    "telefoon": ("telefoon", 32),
    "huis": ("huis", 86),
    "flat": ("flat", 72),
    "straat": ("straat met lantaarn", 92),
    "boom": ("boom", 58),
    "deur": ("deur", 50),
    "ballon": ("iemand praat", 60),
    "vraag": ("een vraag", 60),
    "brief": ("brief", 54),
    "papier": ("papier met pen", 52),
    "klok": ("klok", 44),
    "kopje": ("kopje koffie", 46),
}
KLEUREN = [("plum", "paars"), ("sun", "geel"), ("leaf", "groen"), ("sky", "blauw"), ("steen", "grijs")]
HOOG, BOVEN, ERBIJ = 112, 88, 40  # the height of a part on its ground, how far above it another stands, room for that


@dataclass
class Plek:
    """One part of a drawing with its place in it."""

    sjabloon: str
    kleur: str
    x: int
    y: int


def opgesteld(delen):
    """(the parts in their place, how wide the drawing is): beside each other on one ground, or above the one before."""
    plekken, x, vorige = [], 8, 8
    for deel in delen:
        if deel["wat"] not in DELEN:
            continue
        boven = deel["plek"] == "boven"
        plekken.append(
            Plek(
                f"cursus/tekening/{deel['wat']}.html",
                deel["kleur"] or "plum",
                vorige if boven else x,
                -BOVEN if boven else 0,
            )
        )
        rechts = plekken[-1].x + DELEN[deel["wat"]][1] + 6
        vorige, x = plekken[-1].x, max(x, rechts)
    return plekken, x + 8


class Deel(blocks.StructBlock):
    wat = blocks.ChoiceBlock(label="wat", choices=[(naam, woord) for naam, (woord, _) in DELEN.items()])
    kleur = blocks.ChoiceBlock(label="kleur", choices=KLEUREN, default="plum")
    plek = blocks.ChoiceBlock(
        label="plek", choices=[("naast", "ernaast"), ("boven", "boven de vorige")], default="naast"
    )


class Tekening(blocks.StructBlock):
    """A drawing of own parts, in the colours of the house."""

    alt = blocks.CharBlock(label="wat is er te zien", max_length=200, help_text="Wie de tekening niet ziet, leest dit.")
    delen = blocks.ListBlock(Deel(label="deel"), label="van links naar rechts", min_num=1, max_num=9)

    def get_searchable_content(self, value):
        """What a reader is told; not the names of its parts and colours."""
        return [value["alt"]]

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["plekken"], context["breed"] = opgesteld(value["delen"])
        context["boven"] = ERBIJ if any(plek.y for plek in context["plekken"]) else 0
        context["hoog"] = HOOG + context["boven"]
        return context

    class Meta:
        label, icon, template = "tekening", "image", "cursus/blokken/tekening.html"


class Kringblad(blocks.StaticBlock):
    class Meta:
        label, icon, template = "blad om je kring te tekenen", "radio-full", "cursus/blokken/kringblad.html"
        admin_text = "Een link naar het blad met drie ringen, om te printen en in te vullen."


class Veiligheid(blocks.StaticBlock):
    """Where violence is named: the pointer to the safety agreements, as it stands in the settings."""

    class Meta:
        label, icon, template = "verwijzing naar de veiligheidsafspraken", "warning", "cursus/blokken/veiligheid.html"
        admin_text = "Wat hier staat, vul je in bij Instellingen, Veiligheidsafspraken. Leeg: dan staat hier niets."


# --- to hear ----------------------------------------------------------------------------------------------------------


class Geluid(blocks.StructBlock):
    titel = blocks.CharBlock(label="titel", max_length=120)
    geluid = DocumentChooserBlock(label="geluid (mp3)")
    minuten = blocks.IntegerBlock(label="minuten", min_value=1, required=False)
    tekst = blocks.RichTextBlock(
        label="tekst van het geluid", features=TEKST, help_text="Alles wat er gezegd wordt, voor wie het niet hoort."
    )

    def clean(self, value):
        value = super().clean(value)
        soorten = {"geluid": ("mp3", "Kies een geluid (mp3).")}
        return value if self.is_deferred_validation else met_tekst(value, soorten)

    class Meta:
        label, icon, template = "geluid", "media", "cursus/blokken/geluid.html"


LES = [
    *INHOUD,
    ("tekening", Tekening()),
    ("oefenkaart", Oefenkaart()),
    ("terugblik", Terugblik()),
    ("kringblad", Kringblad()),
    ("veiligheid", Veiligheid()),
    ("geluid", Geluid()),
]
ROLLENSPELLEN = [("rollenspel", Rollenspel())]
