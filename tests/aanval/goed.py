"""Files that people really have: each gets in, as what it is."""

import zipfile
from functools import cache
from io import BytesIO

from tests.aanval import listig
from tests.aanval.maken import (
    DOCUMENT,
    beeld,
    docx,
    europass,
    foto,
    foto_met_plek,
    grote_foto,
    met_link,
    met_maker,
    naar_blad,
    pdf,
    relaties,
    typen,
    xlsx,
)  # fmt: skip

PDF, DOCX, JPG = "pdf", "docx", "jpg"
KERN = (
    b'<?xml version="1.0"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator xml:lang="nl">Geheime Maker</dc:creator>'
    b"<cp:lastModifiedBy>Geheime Maker</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    b'<?xml version="1.0"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Company>Geheime Maker</Company></Properties>"
)
GRAFIEK = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def _sjabloon(doel):
    return docx([("word/_rels/settings.xml.rels", relaties(("attachedTemplate", doel, "External")))])


def _grafiek():
    delen = [
        ("word/charts/chart1.xml", b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'),
        ("word/charts/_rels/chart1.xml.rels", relaties(("package", "../embeddings/Microsoft_Excel_Sheet1.xlsx"))),
        ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", xlsx()),
    ]
    return docx(delen, typen=typen(("/word/charts/chart1.xml", GRAFIEK)))


def _word_online():
    return docx(
        [("_rels/.rels", relaties(("officeDocument", "/word/document2.xml")))],
        typen=typen(deel="/word/document2.xml"),
        hoofd="word/document2.xml",
    )


def _opgeslagen_met_stroom():
    """Written without knowing the sizes beforehand, as Google Docs does: they stand behind each part."""

    class Stroom(BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

    uit = Stroom()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        pak.writestr("[Content_Types].xml", typen())
        pak.writestr("word/document.xml", DOCUMENT)
    return uit.getvalue()


@cache
def _heic():
    return foto("HEIF", (4_032, 3_024))


GOED = {
    "pdf": ("Mijn brief.pdf", pdf(), PDF),
    "pdf die op een blad opengaat": ("brief.pdf", pdf(naar_blad), PDF),
    "pdf met een link": ("cv.pdf", pdf(met_link), PDF),
    "pdf met printslot": ("brief.pdf", pdf(wachtwoord=""), PDF),
    "pdf met printslot, nieuwe soort": ("brief.pdf", pdf(wachtwoord="", methode="AES-256"), PDF),
    "pdf van Europass": ("Europass-CV.pdf", pdf(europass), PDF),
    "pdf met een maker": ("brief.pdf", pdf(met_maker), PDF),
    "pdf met 1 kB ervoor": ("brief.pdf", b"Content-Type: application/pdf\r\n\r\n".ljust(1000) + pdf(), PDF),
    "pdf met regels erachter": ("brief.pdf", pdf() + b"\r\n" * 500, PDF),
    "pdf van 200 bladen": ("map.pdf", lambda: pdf(bladen=200), PDF),
    "pdf zonder extensie": ("brief", pdf(), PDF),
    "pdf met twee extensies": ("brief.pdf.exe", pdf(), PDF),
    "pdf die docx heet": ("brief.docx", pdf(), PDF),
    "docx": ("Mijn brief.docx", docx([("word/media/image1.png", foto("PNG"))]), DOCX),
    "docx die pdf heet": ("brief.pdf", docx(), DOCX),
    "docx met een sjabloon op de eigen schijf": ("cv.docx", _sjabloon("file:///C:/Users/noor/Cv.dotx"), DOCX),
    "docx met een sjabloon met een oud pad": ("cv.docx", _sjabloon("file:///C:\\Program%20Files\\Sjablonen\\Cv.dotx"),
    DOCX),
    "docx met Normal.dotm": ("cv.docx", _sjabloon("Normal.dotm"), DOCX),
    "docx met een grafiek": ("cv.docx", _grafiek(), DOCX),
    "docx met een blad van Excel": ("cv.docx", docx([("word/embeddings/Blad.xlsx", xlsx())]), DOCX),
    "docx van Word online": ("cv.docx", _word_online(), DOCX),
    "docx van een ander programma": ("cv.docx", _opgeslagen_met_stroom(), DOCX),
    "docx met een link en een plaatje van het net": (
        "cv.docx",
        docx([("word/_rels/document.xml.rels", relaties(("hyperlink", "https://werk.example/", "External"),
        ("image", "https://werk.example/x.png", "External")))]),
        DOCX,
    ),
    "docx met een maker": ("cv.docx", docx([("docProps/core.xml", KERN), ("docProps/app.xml", APP),
    ("word/media/image1.jpeg", foto_met_plek())]), DOCX),
    "docx met het woord DDE in de tekst": ("cv.docx", docx(document=DOCUMENT.replace(b"<w:body/>",
    b"<w:body><w:t>DDE</w:t></w:body>")), DOCX),
    "jpg": ("foto.JPG", foto(), JPG),
    "jfif": ("foto.jfif", foto(), JPG),
    "jpg zonder extensie": ("foto", foto(), JPG),
    "jpg die png heet": ("foto.png", foto(), JPG),
    "jpg met plek en maker": ("IMG_1.jpg", foto_met_plek(), JPG),
    "jpg in grijs": ("scan.jpg", beeld("JPEG", modus="L", kleur=128), JPG),
    "jpg in drukkleuren": ("scan.jpg", beeld("JPEG", modus="CMYK", kleur=(0, 0, 0, 0)), JPG),
    "jpg van 50 megapixel": ("foto.jpg", lambda: grote_foto((8_640, 5_760)), JPG),
    "jpg van 24 megapixel in stappen": ("foto.jpg", lambda: grote_foto((5_712, 4_284), progressive=True), JPG),
    "png": ("foto.png", foto("PNG"), JPG),
    "png die jpg heet": ("foto.jpg", foto("PNG"), JPG),
    "png, doorzichtig": ("foto.png", beeld("PNG", modus="RGBA", kleur=(9, 9, 9, 0)), JPG),
    "png met een palet": ("schets.png", beeld("PNG", modus="P", kleur=3), JPG),
    "png zwart-wit, scan": ("scan.png", lambda: beeld("PNG", (4960, 7016), modus="1", kleur=1), JPG),
    "webp": ("foto.webp", foto("WEBP"), JPG),
    "webp die jpg heet": ("foto.jpg", foto("WEBP"), JPG),
    "heic": ("IMG_1.HEIC", foto("HEIF", (64, 64)), JPG),
    "heic die jpg heet": ("IMG_1.jpg", foto("HEIF", (64, 64)), JPG),
    "heic van 12 megapixel": ("IMG_2.heic", _heic, JPG),
    **listig.GOED,
}  # fmt: skip
