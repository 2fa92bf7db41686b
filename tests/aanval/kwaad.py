"""Files that should not get in, made by hand: disguised, broken, exploding."""

import io
import struct
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

TYPEN = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
DOCUMENT = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
EXE = b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00" + b"\x00" * 400


def docx(extra=(), *, voor=b"", document=DOCUMENT, typen=TYPEN, soort=zipfile.ZIP_DEFLATED):
    uit = io.BytesIO()
    uit.write(voor)
    with zipfile.ZipFile(uit, "a" if voor else "w", soort) as pak:
        pak.writestr("[Content_Types].xml", typen)
        pak.writestr("word/document.xml", document)
        for naam, inhoud in extra:
            pak.writestr(naam, inhoud)
    return uit.getvalue()


def pdf(bewerk=None, *, bladen=1, wachtwoord=None, methode=None):
    schrijver = PdfWriter()
    for _ in range(bladen):
        schrijver.add_blank_page(200, 200)
    if bewerk:
        bewerk(schrijver)
    if wachtwoord is not None:
        schrijver.encrypt(wachtwoord, algorithm=methode or "RC4-128")
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def _actie(soort="/JavaScript", **velden):
    return DictionaryObject({NameObject("/S"): NameObject(soort), NameObject("/JS"): TextStringObject("app.alert(1)"), **velden})


def open_actie(s):
    s._root_object[NameObject("/OpenAction")] = s._add_object(_actie())


def start_actie(s):
    s._root_object[NameObject("/OpenAction")] = _actie("/Launch")


def documentactie(s):
    s._root_object[NameObject("/AA")] = DictionaryObject({NameObject("/WC"): _actie()})


def bladactie(s):
    s.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): s._add_object(_actie())})


def knopactie(s):
    knop = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"), NameObject("/A"): _actie()}
    )
    s.pages[0][NameObject("/Annots")] = ArrayObject([s._add_object(knop)])


def xfa(s):
    s._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})


def met_js(s):
    boom = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("x"), s._add_object(_actie())])})
    s._root_object[NameObject("/Names")] = s._add_object(DictionaryObject({NameObject("/JavaScript"): boom}))


def met_bijlage(s):
    s.add_attachment("virus.exe", EXE)


def foto(formaat="JPEG", maat=(40, 30), **opties):
    uit = io.BytesIO()
    Image.new("RGB", maat, "green").save(uit, formaat, **opties)
    return uit.getvalue()


def png_bom():
    """A picture of 30,000 × 30,000 in a few bytes."""
    import zlib

    def blok(soort, inhoud):
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    kop = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + blok(b"IHDR", kop) + blok(b"IDAT", zlib.compress(b"\0" * 1000)) + blok(b"IEND", b"")


def kapotte_deflate():
    """A docx whose compressed stream is nonsense."""
    heel = bytearray(docx(document=DOCUMENT * 50))
    plek = heel.index(b"word/document.xml") + len("word/document.xml")
    heel[plek + 2 : plek + 22] = b"\xff" * 20
    return bytes(heel)


def leugenaar():
    """A docx whose directory says that a part is small."""
    heel = bytearray(docx([("word/groot.bin", b"\0" * 5_000_000)]))
    maat = struct.pack("<I", 5_000_000)
    return bytes(heel).replace(maat, struct.pack("<I", 10))


KWAAD = {
    "leeg": ("brief.pdf", b""),
    "exe als pdf": ("brief.pdf", EXE),
    "exe": ("brief.exe", EXE),
    "exe als docx": ("brief.docx", EXE),
    "exe met docx erachter": ("brief.docx", docx(voor=EXE)),
    "html met docx erachter": ("brief.docx", docx(voor=b"<html><script>alert(1)</script>")),
    "svg": ("brief.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    "svg als png": ("brief.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "html als jpg": ("brief.jpg", b"<html><script>alert(1)</script></html>"),
    "html met jpg-kop": ("brief.jpg", b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>"),
    "html als pdf": ("brief.pdf", b"<html>%PDF-1.4 %%EOF</html>"),
    "pdf met zip erachter": ("brief.pdf", pdf() + docx()),
    "zip zonder word": ("brief.docx", docx()[:0] + (lambda b: (zipfile.ZipFile(b, "w").writestr("a", "b"), b.getvalue())[1])(io.BytesIO())),
    "docx met macro": ("brief.docx", docx([("word/vbaProject.bin", EXE)])),
    "docx met macro onder een andere naam": (
        "brief.docx",
        docx([("word/x.bin", EXE)], typen=TYPEN.replace(b"></Types>", b'><Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')),
    ),
    "docx met bijlage": ("brief.docx", docx([("word/embeddings/oleObject1.bin", EXE)])),
    "docx met sjabloon van buiten": (
        "brief.docx",
        docx([("word/_rels/settings.xml.rels", b'<Relationships><Relationship Type="x/attachedTemplate" Target="http://kwaad.example/x.dotm" TargetMode="External"/></Relationships>')]),
    ),
    "docx die ontploft": ("brief.docx", docx([("word/bom.bin", b"\0" * 150_000_000)])),
    "docx die liegt over de maat": ("brief.docx", leugenaar()),
    "docx met kapotte inhoud": ("brief.docx", kapotte_deflate()),
    "docx met een pad naar buiten": ("brief.docx", docx([("../../etc/passwd", b"x")])),
    "half docx": ("brief.docx", docx(document=DOCUMENT * 500)[:-60]),
    "half pdf": ("brief.pdf", pdf()[:-120]),
    "pdf zonder bladen": ("brief.pdf", pdf(bladen=0)),
    "pdf met wachtwoord": ("brief.pdf", pdf(wachtwoord="geheim")),
    "pdf met leeg wachtwoord": ("brief.pdf", pdf(wachtwoord="")),
    "pdf met javascript": ("brief.pdf", pdf(met_js)),
    "pdf met javascript bij openen": ("brief.pdf", pdf(open_actie)),
    "pdf die iets start": ("brief.pdf", pdf(start_actie)),
    "pdf met een actie bij sluiten": ("brief.pdf", pdf(documentactie)),
    "pdf met een actie op een blad": ("brief.pdf", pdf(bladactie)),
    "pdf met een knop die iets doet": ("brief.pdf", pdf(knopactie)),
    "pdf met xfa": ("brief.pdf", pdf(xfa)),
    "pdf met een bijlage": ("brief.pdf", pdf(met_bijlage)),
    "pdf zonder catalogus": ("brief.pdf", b"%PDF-1.4\ntrailer << /Size 1 >>\nstartxref\n0\n%%EOF"),
    "pdf met een kring": (
        "brief.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9999999>>endobj\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF",
    ),
    "pdf met alleen een kop": ("brief.pdf", b"%PDF-1.7\n%%EOF"),
    "half jpg": ("foto.jpg", foto()[:200]),
    "png-bom": ("foto.png", png_bom()),
    "nep-heic": ("foto.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 200),
    "zonder extensie": ("brief", pdf()),
    "dubbele extensie": ("brief.pdf.exe", pdf()),
    "te groot": ("brief.pdf", pdf() + b" " * (11 * 1024 * 1024) + b"%%EOF"),
}  # fmt: skip

GOED = {
    "pdf": ("Mijn brief.pdf", pdf()),
    "docx": ("Mijn brief.docx", docx([("word/media/image1.png", foto("PNG"))])),
    "jpg": ("foto.JPG", foto()),
    "png": ("foto.png", foto("PNG")),
    "heic": ("IMG_1.HEIC", None),
}
