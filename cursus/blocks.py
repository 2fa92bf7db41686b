"""The blocks an editor can put on a page. Few, and named after what they say to the reader."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from lms.kern.bewaartermijnen import PLEKKEN, onbekende_plekken

TEKST = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
KORT = ["bold", "italic", "link"]


def met_tekst(waarde, soorten):
    """A film or sound block of which each file is of its kind (`soorten`: name → (extension, sentence)) and the text
    is written out. Raises StructBlockValidationError.
    """
    fouten = {
        naam: ValidationError(zin)
        for naam, (extensie, zin) in soorten.items()
        if waarde[naam].file_extension.lower() != extensie
    }
    if not strip_tags(waarde["tekst"].source).strip():
        fouten["tekst"] = ValidationError("Schrijf hier wat er gezegd wordt, voor wie het niet hoort.")
    if fouten:
        raise blocks.StructBlockValidationError(fouten)
    return waarde


class Tekst(blocks.StructBlock):
    kop = blocks.CharBlock(label="kop", required=False, max_length=120)
    tekst = blocks.RichTextBlock(label="tekst", features=TEKST)

    def clean(self, value):
        """Raises for a word between braces that is no term: it would stand on the page as it is."""
        schoon = super().clean(value)
        vreemd = onbekende_plekken(str(schoon["tekst"].source if schoon["tekst"] else ""))
        if vreemd:
            zin = f"Dit kennen we niet tussen accolades: {', '.join(vreemd)}. Wel: {', '.join(PLEKKEN)}."
            raise blocks.StructBlockValidationError(block_errors={"tekst": ValidationError(zin)})
        return schoon

    class Meta:
        label, icon, template = "tekst", "pilcrow", "cursus/blokken/tekst.html"


class Voorbeeldverhaal(blocks.StructBlock):
    titel = blocks.CharBlock(label="titel", max_length=120)
    verhaal = blocks.RichTextBlock(
        label="verhaal", features=KORT, help_text="Een verzonnen verhaal, zonder namen van echte mensen."
    )

    class Meta:
        label, icon, template = "voorbeeldverhaal", "openquote", "cursus/blokken/voorbeeldverhaal.html"


class Invulblok(blocks.StructBlock):
    """A block that a reader can answer: on a lesson page it has a field of its own, elsewhere it only asks."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["veld"] = (context.get("velden") or {}).get(context.get("id"))
        return context


class Opdracht(Invulblok):
    titel = blocks.CharBlock(label="titel", max_length=120, default="Probeer het zelf")
    opdracht = blocks.RichTextBlock(label="opdracht", features=["bold", "italic", "ol", "ul"])
    meenemen = blocks.CharBlock(label="wat neem je mee", required=False, max_length=200)

    class Meta:
        label, icon, template = "opdracht", "edit", "cursus/blokken/opdracht.html"


class Nadenkvraag(Invulblok):
    vraag = blocks.CharBlock(label="vraag", max_length=300)

    class Meta:
        label, icon, template = "vraag om over na te denken", "help", "cursus/blokken/nadenkvraag.html"


class Onthoud(blocks.StructBlock):
    tekst = blocks.RichTextBlock(label="tekst", features=KORT)

    class Meta:
        label, icon, template = "onthoud", "pin", "cursus/blokken/onthoud.html"


class Paar(blocks.StructBlock):
    stuurt = blocks.CharBlock(label="dit stuurt", max_length=200)
    is_open = blocks.CharBlock(label="dit is open", max_length=200)


class Vergelijking(blocks.StructBlock):
    paren = blocks.ListBlock(Paar(label="paar"), label="paren", min_num=1)

    class Meta:
        label, icon, template = "vergelijking: dit stuurt, dit is open", "grip", "cursus/blokken/vergelijking.html"


class Citaat(blocks.StructBlock):
    citaat = blocks.TextBlock(label="citaat")
    van = blocks.CharBlock(label="wie zegt dit", required=False, max_length=120)

    class Meta:
        label, icon, template = "citaat", "openquote", "cursus/blokken/citaat.html"


class Checklist(blocks.StructBlock):
    kop = blocks.CharBlock(label="kop", required=False, max_length=120)
    punten = blocks.ListBlock(blocks.CharBlock(label="punt", max_length=300), label="punten", min_num=1)

    class Meta:
        label, icon, template = "checklist", "tick", "cursus/blokken/checklist.html"


class Stappen(blocks.StructBlock):
    kop = blocks.CharBlock(label="kop", required=False, max_length=120)
    inleiding = blocks.CharBlock(label="inleiding", required=False, max_length=200)
    stappen = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("nummer", blocks.CharBlock(label="nummer", max_length=8)),
                ("titel", blocks.CharBlock(label="titel", max_length=80)),
                ("tekst", blocks.TextBlock(label="tekst")),
            ]
        ),
        label="stappen",
        min_num=1,
    )

    class Meta:
        label, icon, template = "stappen", "list-ol", "cursus/blokken/stappen.html"


class Afbeelding(blocks.StructBlock):
    afbeelding = ImageChooserBlock(label="afbeelding")
    alt = blocks.CharBlock(
        label="wat is er te zien",
        required=False,
        max_length=200,
        help_text="Leeg als de afbeelding alleen versiering is.",
    )
    bijschrift = blocks.CharBlock(label="bijschrift", required=False, max_length=200)

    class Meta:
        label, icon, template = "afbeelding", "image", "cursus/blokken/afbeelding.html"


class Video(blocks.StructBlock):
    titel = blocks.CharBlock(label="titel", max_length=120)
    video = DocumentChooserBlock(label="video (mp4)")
    ondertitels = DocumentChooserBlock(label="ondertitels (vtt)")
    minuten = blocks.IntegerBlock(label="minuten", min_value=1, required=False)
    tekst = blocks.RichTextBlock(
        label="tekst van de video", features=TEKST, help_text="Alles wat er gezegd wordt en te zien is."
    )

    def clean(self, value):
        """Without captions and its text a video is not published; a draft may wait for them."""
        soorten = {"video": ("mp4", "Kies een film (mp4)."), "ondertitels": ("vtt", "Kies ondertitels (vtt).")}
        value = super().clean(value)
        return value if self.is_deferred_validation else met_tekst(value, soorten)

    class Meta:
        label, icon, template = "video", "media", "cursus/blokken/video.html"


class Document(blocks.StructBlock):
    titel = blocks.CharBlock(label="titel", max_length=120)
    document = DocumentChooserBlock(label="document")

    class Meta:
        label, icon, template = "document", "doc-full", "cursus/blokken/document.html"


INHOUD = [
    ("tekst", Tekst()),
    ("voorbeeldverhaal", Voorbeeldverhaal()),
    ("opdracht", Opdracht()),
    ("nadenkvraag", Nadenkvraag()),
    ("onthoud", Onthoud()),
    ("vergelijking", Vergelijking()),
    ("citaat", Citaat()),
    ("checklist", Checklist()),
    ("stappen", Stappen()),
    ("afbeelding", Afbeelding()),
    ("video", Video()),
    ("document", Document()),
]
