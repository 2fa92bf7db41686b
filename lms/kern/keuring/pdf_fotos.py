"""The photos in a pdf, without the place where they were made."""

import pikepdf

from lms.kern.keuring.herkomst import zonder_herkomst

MET_HERKOMST = {pikepdf.Name.DCTDecode, pikepdf.Name.DCT, pikepdf.Name.JPXDecode}


def fotos_zonder_herkomst(pdf, fotos):
    """Take place and maker out of each photo that is kept as a jpg, also when it is packed once more."""
    for foto in fotos:
        filters, opties = _rij(foto.get("/Filter")), _rij(foto.get("/DecodeParms", foto.get("/DP")))
        if not filters or filters[-1] not in MET_HERKOMST:
            continue
        ruw = foto.read_raw_bytes()
        if len(filters) > 1:
            buiten = pikepdf.Stream(pdf, ruw, Filter=pikepdf.Array(filters[:-1]))
            if any(optie is not None for optie in opties[:-1]):
                buiten.DecodeParms = pikepdf.Array(opties[: len(filters) - 1])
            ruw = buiten.read_bytes()
        schoon = zonder_herkomst(ruw)
        if schoon != ruw or len(filters) > 1:
            optie = opties[-1] if len(opties) == len(filters) else None
            foto.write(schoon, filter=filters[-1], decode_parms=optie)


def _rij(waarde):
    return [] if waarde is None else list(waarde) if isinstance(waarde, pikepdf.Array) else [waarde]
