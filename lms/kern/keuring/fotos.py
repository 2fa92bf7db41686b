"""Photos: decoded within a known amount of memory and written anew as jpg, so that place, camera and anything
hidden behind them are gone.
"""

from lms.kern.keuring import Afgekeurd
from lms.kern.keuring.grenzen import opnieuw_opslaan

PIXELS = 50_000_000
GEHEUGEN = 100 * 1024 * 1024
BYTES = {"png": 4, "webp": 12}  # bytes a pixel costs while decoding, where nothing can be scaled on the way
UITGEPAKT = 12_600_000  # pixels of a jpg after scaling while decoding
STROOK = 64  # rows of a heic at once
ZIJDE = 2800  # an A4 of 240 dots per inch
FORMAAT = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",)}


def keuren(bron, uit, soort, *, plaat=False):
    """Decode the photo in `bron` and write it to `uit`.

    Returns "jpg", or "png" for a picture with see-through parts when `plaat`. Raises Afgekeurd.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - the limits of this process come first

    Image.MAX_IMAGE_PIXELS = None  # our own limit is on memory, by kind
    beeld = _heic(bron) if soort == "heic" else _openen(Image, bron, soort)
    beeld = ImageOps.exif_transpose(beeld)
    opnieuw_opslaan()
    if plaat and (beeld.mode in ("RGBA", "LA", "PA") or "transparency" in beeld.info):
        beeld.convert("RGBA").save(uit, "PNG")
        return "png"
    if beeld.mode not in ("RGB", "L"):
        beeld = _op_wit(Image, beeld)
    beeld.info.clear()
    beeld.save(uit, "JPEG", quality=85)
    return "jpg"


def _openen(Image, bron, soort):
    if soort == "webp" and _pixels_webp(bron) * BYTES["webp"] > GEHEUGEN:  # opening takes the memory already
        raise Afgekeurd("foto_groot", round(_pixels_webp(bron) / 1e6))
    beeld = Image.open(bron, formats=FORMAAT[soort])
    pixels = beeld.width * beeld.height
    if pixels > PIXELS or _kost(beeld, soort, pixels) > GEHEUGEN:
        raise Afgekeurd("foto_groot", round(pixels / 1e6))
    if soort == "jpg":
        deler = next((d for d in (1, 2, 4, 8) if pixels / d**2 <= UITGEPAKT), 8)
        beeld.draft("RGB" if beeld.mode == "RGB" else None, (beeld.width // deler, beeld.height // deler))
    richting = beeld.getexif().get(0x0112)
    beeld.load()
    info, beeld.info = beeld.info, {}
    if max(beeld.size) > ZIJDE:
        if beeld.mode in ("1", "P", "PA"):
            beeld = beeld.convert("L" if beeld.mode == "1" else "RGBA" if "transparency" in info else "RGB")
        factor = ZIJDE / max(beeld.size)
        beeld = beeld.resize((max(1, round(beeld.width * factor)), max(1, round(beeld.height * factor))))
    beeld.info = (
        {"transparency": info["transparency"]} if "transparency" in info and beeld.mode in ("P", "RGB", "L") else {}
    )
    if richting:
        beeld.getexif()[0x0112] = richting
    return beeld


def _pixels_webp(bron):
    """Width × height, as the first part of a webp says it."""
    bron.seek(0)
    kop = bron.read(30)
    bron.seek(0)
    if kop[12:16] == b"VP8X":
        return (1 + int.from_bytes(kop[24:27], "little")) * (1 + int.from_bytes(kop[27:30], "little"))
    if kop[12:16] == b"VP8L":
        maten = int.from_bytes(kop[21:25], "little")
        return (1 + (maten & 0x3FFF)) * (1 + (maten >> 14 & 0x3FFF))
    return (int.from_bytes(kop[26:28], "little") & 0x3FFF) * (int.from_bytes(kop[28:30], "little") & 0x3FFF)


def _kost(beeld, soort, pixels):
    """Bytes that decoding takes at least.

    A progressive jpg is kept whole, two bytes a value, before anything can be scaled.
    """
    if soort != "jpg":
        return pixels * (1 if beeld.mode in ("1", "L") else BYTES[soort])
    if not beeld.info.get("progressive"):
        return 0
    lagen = [laag[1] * laag[2] for laag in beeld.layer]
    return 2 * pixels * sum(lagen) / max(lagen)


def _heic(bron):
    """The photo, reduced strip by strip from the decoder's own memory: a second copy of the whole would not fit."""
    import pillow_heif  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False
    bestand = pillow_heif.open_heif(bron, convert_hdr_to_8bit=True)
    breed, hoog = bestand.size
    if breed * hoog > PIXELS:
        raise Afgekeurd("foto_groot", round(breed * hoog / 1e6))
    opnieuw_opslaan()
    modus = bestand.mode if bestand.mode in ("RGB", "RGBA", "L") else None
    if modus is None:
        raise Afgekeurd("foto_kapot")
    factor = max(1, max(breed, hoog) / ZIJDE)
    beeld = Image.new(modus, (round(breed / factor), round(hoog / factor)))
    for boven in range(0, beeld.height, STROOK):
        rijen = min(STROOK, beeld.height - boven)
        van, tot = boven * hoog / beeld.height, min(hoog, (boven + rijen) * hoog / beeld.height)
        eerste, laatste = max(0, int(van) - 8), min(hoog, int(tot) + 8)  # with what a smooth edge looks at
        stuk = bestand.data[eerste * bestand.stride : laatste * bestand.stride]
        deel = Image.frombuffer(modus, (breed, laatste - eerste), stuk, "raw", modus, bestand.stride, 1)
        beeld.paste(deel.resize((beeld.width, rijen), box=(0, van - eerste, breed, tot - eerste)), (0, boven))
    return beeld  # libheif has turned it already


def _op_wit(Image, beeld):
    if beeld.mode in ("CMYK", "YCbCr", "LAB", "HSV", "I", "F", "I;16", "1"):
        return beeld.convert("L" if beeld.mode in ("1", "I", "F", "I;16") else "RGB")
    beeld = beeld.convert("RGBA")
    wit = Image.new("RGB", beeld.size, "white")
    wit.paste(beeld, mask=beeld.getchannel("A"))
    return wit
