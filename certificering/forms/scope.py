"""The report after EK2 and the trainers' response."""

from certificering.forms.velden import ZONDER_NAMEN, JaNee, ZonderNamen
from lms.kern.formulieren import HandelingForm, Tekstvak


class ScopeverslagForm(HandelingForm):
    """Two independent answers; nothing is required here, so that a half-written draft is kept."""

    kladje = False  # its own draft saves itself
    herstel = JaNee(label="Past herstel ook bij jou?", required=False, ja="Ja, herstel past ook bij mij")
    herstel_waarom = Tekstvak(label="Waarom past herstel bij jou?", rows=5, help_text="Vul dit in als je ja kiest.")
    groep = JaNee(label="Past groep of buurt ook bij jou?", required=False, ja="Ja, groep of buurt past ook bij mij")
    groep_waarom = Tekstvak(
        label="Waarom past groep of buurt bij jou?", rows=5, help_text="Vul dit in als je ja kiest."
    )


class ReactieScopeForm(ZonderNamen, HandelingForm):
    vrije_tekst = ("tekst",)
    tekst = Tekstvak(
        label="Jouw reactie", required=True, rows=6, help_text=f"De coördinator leest dit meteen. {ZONDER_NAMEN}"
    )
