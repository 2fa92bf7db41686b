"""Makes files by hand: ordinary ones, and disguised, broken, exploding ones."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image
from pillow_heif import register_heif_opener
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

register_heif_opener()

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PAKKET = "http://schemas.openxmlformats.org/package/2006"
RELATIE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
EXE = b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00" + b"\x00" * 400


def typen(*meer, deel="/word/document.xml", soort=f"{WORD}.document.main+xml"):
    """The content types of a document with its main part, and (part, type) of what else is in it."""
    rijen = "".join(f'<Override PartName="{naam}" ContentType="{wat}"/>' for naam, wat in ((deel, soort), *meer))
    standaard = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/>'
    )
    return f'<?xml version="1.0"?><Types xmlns="{PAKKET}/content-types">{standaard}{rijen}</Types>'.encode()


def relaties(*rijen):
    """A part of relations: (kind, target, or target and "External")."""
    uit = "".join(
        f'<Relationship Id="rId{nr}" Type="{RELATIE}/{soort}" '
        f'Target="{doel}"{" TargetMode=" + chr(34) + buiten[0] + chr(34) if buiten else ""}/>'
        for nr, (soort, doel, *buiten) in enumerate(rijen, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PAKKET}/relationships">{uit}</Relationships>'.encode()


TYPEN = typen()


def docx(extra=(), *, voor=b"", document=DOCUMENT, typen=TYPEN, hoofd="word/document.xml", soort=zipfile.ZIP_DEFLATED):
    uit = io.BytesIO()
    uit.write(voor)
    with zipfile.ZipFile(uit, "a" if voor else "w", soort) as pak:
        pak.writestr("[Content_Types].xml", typen)
        if hoofd:
            pak.writestr(hoofd, document)
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
    return DictionaryObject(
        {NameObject("/S"): NameObject(soort), NameObject("/JS"): TextStringObject("app.alert(1)"), **velden}
    )


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
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/A"): _actie(),
        }
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


def zip_met(*delen):
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pak:
        for naam, inhoud in delen:
            pak.writestr(naam, inhoud)
    return uit.getvalue()


def xlsx(*extra, macro=False):
    """The sheet behind a chart."""
    soort = (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        if macro
        else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    )
    return zip_met(
        ("[Content_Types].xml", typen(deel="/xl/workbook.xml", soort=soort)),
        ("xl/workbook.xml", b"<workbook/>"),
        *extra,
    )


def ole(*namen):
    """An old container with these streams in its directory."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + b"".join(naam.encode("utf-16-le").ljust(128, b"\0") for naam in namen)
        + b"\0" * 2048
    )


def met_uri_bij_openen(s):
    s._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://kwaad.example/")}
    )


def naar_blad(s):
    """Opens at its first page, zoomed: what Word and LibreOffice write."""
    s._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/GoTo"),
            NameObject("/D"): ArrayObject([s.pages[0].indirect_reference, NameObject("/Fit")]),
        }
    )


def naar_blad_en_verder(s):
    naar_blad(s)
    s._root_object["/OpenAction"][NameObject("/Next")] = s._add_object(_actie("/Named"))


def met_link(s):
    """A link that somebody can tap."""
    actie = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://werk.example/")}
    )
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/A"): actie,
        }
    )
    s.pages[0][NameObject("/Annots")] = ArrayObject([s._add_object(link)])


def europass(s):
    s.add_attachment(
        "attachment.xml", b'<?xml version="1.0" encoding="UTF-8"?><Candidate xmlns="http://www.europass.eu/1.0"/>'
    )


def met_maker(s):
    s.add_metadata({"/Author": "Geheime Maker", "/Creator": "Geheim Programma"})
    meta = DecodedStreamObject()
    meta.set_data(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Geheime Maker</x:xmpmeta>")
    s._root_object[NameObject("/Metadata")] = s._add_object(meta)


def verborgen_naam(inhoud):
    """The same pdf with the name of its script written in escapes."""
    return inhoud.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")


def pdf_keten(aantal=90_000):
    """Objects that each point to the next, in a small file."""
    doc = pikepdf.new()
    doc.add_blank_page()
    laatste = doc.make_indirect(pikepdf.Dictionary(A=1))
    for _ in range(aantal):
        laatste = doc.make_indirect(pikepdf.Dictionary(N=laatste))
    doc.Root.K = laatste
    return _als_bytes(doc)


def pdf_bladen(aantal=20_000):
    doc = pikepdf.new()
    for _ in range(aantal):
        doc.add_blank_page()
    return _als_bytes(doc)


def _als_bytes(doc):
    uit = io.BytesIO()
    doc.save(uit, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    doc.close()
    return uit.getvalue()


def pdf_bom():
    """A stream of objects that unpacks to 400 MB, in 400 kB."""
    lang = zlib.compress(b"1 0 " + b" " * 400_000_000, 9)
    kop = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    strook = (
        b"3 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(lang)
        + lang
        + b"\nendstream endobj\n"
    )
    wijzer = len(kop + strook)
    tabel = (
        bytes([1, 0, 0, 0, 0, 1])
        + b"".join(bytes([2, 0, 0, 0, 3, 0]) for _ in range(2))
        + bytes([1])
        + len(kop).to_bytes(4, "big")
        + b"\0"
    )
    xref = (
        b"4 0 obj<</Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(tabel)
        + tabel
        + b"\nendstream endobj\n"
    )
    return kop + strook + xref + b"startxref\n%d\n%%%%EOF" % wijzer


def ruis(maat, modus="RGB"):
    """A picture like a photo: it does not pack to nothing."""
    return Image.effect_noise((maat[0] // 8, maat[1] // 8), 60).resize(maat).convert(modus)


def beeld(formaat, maat=(40, 30), *, modus="RGB", kleur="green", **opties):
    uit = io.BytesIO()
    Image.new(modus, maat, kleur).save(uit, formaat, **opties)
    return uit.getvalue()


def grote_foto(maat, **opties):
    uit = io.BytesIO()
    ruis(maat).save(uit, "JPEG", quality=70, **opties)
    return uit.getvalue()


def foto_met_plek():
    """A photo that tells where it was made, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010F] = 6, "Geheime Maker", "Geheim Toestel"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 12.0)
    return foto(exif=exif.tobytes(), comment=b"Geheime Maker")


def png_groot(breed, hoog):
    """A grey-less picture of one colour in a few kB."""

    def blok(soort, inhoud):
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    pak = zlib.compressobj(9)
    rij = b"\0" * (1 + 3 * breed)
    data = b"".join(pak.compress(rij) for _ in range(hoog)) + pak.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + blok(b"IHDR", struct.pack(">IIBBBBB", breed, hoog, 8, 2, 0, 0, 0))
        + blok(b"IDAT", data)
        + blok(b"IEND", b"")
    )


def webp_belofte(breed, hoog):
    """A webp that says it is large, and holds nothing."""
    kop = (
        b"VP8X"
        + struct.pack("<I", 10)
        + b"\0\0\0\0"
        + (breed - 1).to_bytes(3, "little")
        + (hoog - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", len(kop) + 4) + b"WEBP" + kop


def jpg_scans(aantal=20_000):
    """A progressive jpg in which one empty scan is said over and over: every one costs a walk over the whole
    picture.
    """
    heel = foto(maat=(4000, 3000), progressive=True)
    scan = heel[heel.rindex(b"\xff\xda") : -2]
    return heel[:-2] + scan * aantal + b"\xff\xd9"
