"""Why a file is refused, in words for who sent it: the true reason, and what helps."""

import math

SOORTEN = "Kies een pdf, een Word-bestand (docx) of een foto."
DRUK = "Het is nu erg druk. Probeer het zo opnieuw."
BEZIG = "Je vorige bestand wordt nog nagekeken. Probeer het zo opnieuw."
VOL = "Bewaren lukt nu niet. Probeer het later nog eens. Wat je typte, staat er nog."
TE_VAAK = "Je stuurde heel vaak een bestand. Wacht een uur, of bel ons."
_PDF = "Kies ‘Opslaan als’ en dan ‘pdf’. Stuur die pdf."
_INGEWIKKELD = "Dit bestand is te ingewikkeld. Sla het opnieuw op als gewone pdf."
_BINNENIN = "In dit Word-bestand zit een ander bestand. Haal het eruit, of sla het op als pdf."

ZINNEN = {
    "leeg": "Dit bestand is leeg.",
    "onbekend": f"Dit soort bestand kunnen we niet lezen. {SOORTEN}",
    "druk": DRUK,
    "bezig": BEZIG,
    "dag_vol": "Er zijn vandaag te veel bestanden gestuurd. Typ je brief en cv, of probeer het morgen.",
    "vol": VOL,
    "te_vaak": TE_VAAK,
    "te_veel": "Je hebt al heel veel bestanden gestuurd. Bel ons, dan kijken we samen.",
    "ingewikkeld": _INGEWIKKELD,
    "uitgepakt": "Dit Word-bestand is uitgepakt te groot. Maak de foto's erin kleiner, of sla het op als pdf.",
    # other kinds: how to make a pdf of it
    "odt": "Dit is een bestand van LibreOffice (odt). Open het, kies ‘Exporteren als pdf’ en stuur die pdf.",
    "rtf": f"Dit is een rtf-bestand. Open het in Word of een ander tekstprogramma. {_PDF}",
    "doc": f"Dit is een bestand van een oude Word of van Excel. Open het. {_PDF}",
    "pages": "Dit is een bestand van Pages. Open het, kies ‘Exporteer naar’ en dan ‘PDF’. Stuur die pdf.",
    "tif": (
        "Dit is een tif-bestand. Open het, kies ‘Afdrukken’ en dan ‘Opslaan als pdf’. Stuur die pdf. Een foto "
        "van het blad mag ook."
    ),
    "gif": f"Dit is een gif-plaatje. {SOORTEN}",
    "excel": f"Dit is een bestand van Excel. Open het. {_PDF}",
    "powerpoint": f"Dit is een bestand van PowerPoint. Open het. {_PDF}",
    "zip": "Dit is een map met bestanden (zip). Pak hem uit en stuur een van de bestanden.",
    "mp4": f"Dit is een film. {SOORTEN}",
    "vtt": f"Dit zijn ondertitels. {SOORTEN}",
    "mp3": f"Dit is een geluid. {SOORTEN}",
    "programma": f"Dit is een programma. {SOORTEN}",
    # pdf
    "pdf_kapot": "Deze pdf is beschadigd. Sla hem opnieuw op en probeer het nog eens.",
    "pdf_slot": "Op deze pdf zit een wachtwoord. Haal het eraf en probeer het opnieuw.",
    "pdf_programma": "In deze pdf zit een programma. Sla hem opnieuw op als gewone pdf.",
    "pdf_bijlage": "In deze pdf zit een ander bestand. Sla hem opnieuw op als gewone pdf.",
    "pdf_haalt_op": "Deze pdf haalt iets op van een andere plek. Sla hem opnieuw op als gewone pdf.",
    "pdf_media": "In deze pdf zit een film of geluid. Sla hem opnieuw op als gewone pdf.",
    # docx
    "docx_kapot": "Dit Word-bestand is beschadigd. Sla het opnieuw op, of stuur een pdf.",
    "docx_slot": "Op dit Word-bestand zit een wachtwoord. Haal het eraf, of sla het op als pdf zonder wachtwoord.",
    "docx_macro": "In dit Word-bestand zit een macro. Sla het op zonder macro's, of als pdf.",
    "docx_bijlage": _BINNENIN,
    "docx_programma": "Dit Word-bestand start een ander programma. Sla het op als pdf.",
    "docx_sjabloon": "Dit Word-bestand haalt een sjabloon op van een andere plek. Sla het op als pdf.",
    "docx_haalt_op": "Dit Word-bestand haalt iets op van een andere plek. Sla het op als pdf.",
    "docx_dtd": "Dit Word-bestand is op een vreemde manier gemaakt. Sla het opnieuw op in Word, of als pdf.",
    # photos
    "geen_plaat": "Dit is geen plaatje dat we kunnen gebruiken. Kies een jpg, png of webp.",
    "foto_kapot": "Deze foto is beschadigd. Maak een nieuwe foto.",
    "foto_groot": "Deze foto is te groot. Maak een nieuwe, kleinere foto.",
}


def mb(grootte, *, omhoog=True):
    """Bytes in words: "10,3 MB".

    Never rounded to where it would be untrue: what is too big reads as more than the limit.
    """
    tienden = (math.ceil if omhoog else round)(grootte * 10 / 1024 / 1024)
    return f"{tienden / 10:.1f}".replace(".", ",").removesuffix(",0") + " MB"


def zin(code, *, waarde=None, grootte=0, grens=0):
    """The sentence of a code."""
    if code == "te_groot":
        return f"Dit bestand is te groot: {mb(grootte)}. Het mag {grens} MB zijn."
    if code == "foto_groot" and waarde:
        return f"Deze foto is te groot ({waarde} megapixel). Maak een nieuwe, kleinere foto."
    return ZINNEN[code]
