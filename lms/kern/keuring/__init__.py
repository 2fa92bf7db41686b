"""The check of one file that somebody sent, in a process of its own: without Django, without secrets, with limits that
cannot be passed.

`python -m lms.kern.keuring <kind> <fd of the cleaned file> [plaat]` reads the file on stdin, writes the cleaned file
and answers one line of JSON: {"soort": "pdf"} or {"code": "pdf_slot"}. What other people's parsers do wrong stays in
here. `lms.kern.bestanden` starts it and says the codes in Dutch.
"""


class Afgekeurd(Exception):
    """The file is refused: `code` says why, `waarde` is a number for its sentence."""

    def __init__(self, code, waarde=None):
        super().__init__(code)
        self.code, self.waarde = code, waarde
