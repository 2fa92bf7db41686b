"""One check: limits first, then the parser of this kind.

Answers one line of JSON; whatever a parser raises is an answer too.
"""

import json
import os
import sys

from lms.kern.keuring import Afgekeurd
from lms.kern.keuring.grenzen import begrenzen

KAPOT = {"pdf": "pdf_kapot", "zip": "docx_kapot"}
TE_VEEL = {"pdf": "ingewikkeld", "zip": "ingewikkeld"}


def keuren(soort, bron, uit, *, plaat=False):
    """Check `bron` of this kind and write the cleaned file to `uit`.

    Returns what it has become: "pdf", "docx", "jpg" or "png". Raises Afgekeurd.
    """
    # each kind loads its own library only: a start costs 0.05 to 0.12 s
    if soort == "pdf":
        from lms.kern.keuring import pdf  # noqa: PLC0415

        pdf.keuren(bron, uit)
        return "pdf"
    if soort == "zip":
        from lms.kern.keuring import docx  # noqa: PLC0415

        docx.keuren(bron, uit)
        return "docx"
    if soort == "ole":
        inhoud = bron.read()
        raise Afgekeurd("docx_slot" if "EncryptedPackage".encode("utf-16-le") in inhoud else "doc")
    from lms.kern.keuring import fotos  # noqa: PLC0415

    return fotos.keuren(bron, uit, soort, plaat=plaat)


def main():
    soort, uit_fd, *rest = sys.argv[1:]
    begrenzen(soort)
    with os.fdopen(0, "rb", closefd=False) as bron, os.fdopen(int(uit_fd), "w+b") as uit:
        try:
            antwoord = {"soort": keuren(soort, bron, uit, plaat="plaat" in rest)}
            uit.flush()
        except Afgekeurd as fout:
            antwoord = {"code": fout.code, "waarde": fout.waarde}
        except ImportError:  # ours, and not the file's fault
            raise
        except MemoryError:
            antwoord = {"code": TE_VEEL.get(soort, "foto_groot")}
        except OSError as fout:
            antwoord = {
                "code": "vol" if fout.errno in VOL else KAPOT.get(soort, "foto_kapot"),
                "fout": type(fout).__name__,
            }
        except Exception as fout:  # noqa: BLE001 - a parser of somebody else, on a file of a stranger
            antwoord = {"code": KAPOT.get(soort, "foto_kapot"), "fout": type(fout).__name__}
    os.write(1, json.dumps(antwoord).encode())


VOL = {27, 28, 122}  # EFBIG, ENOSPC, EDQUOT

if __name__ == "__main__":
    main()
