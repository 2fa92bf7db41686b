"""Step 6 looks back at the lessons: what somebody wrote there may become an example in the report, by own choice.

Nobody sees where it came from.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cursus.models.profielcodes import codes
from lms.kern.formulieren import TEKST_MAX

MEESTE = 20  # per point; the newest first


@dataclass
class Stuk:
    """One own text from a lesson: `sleutel` names it on the page, `les` is the title, `codes` the points of the
    profile of that lesson.
    """

    sleutel: str
    les: str
    vraag: str
    tekst: str
    codes: set


def stukken_van(traject):
    """The own notes, answers and home assignments of this person, newest first. Two queries."""
    notities = (
        traject.lesnotities.exclude(tekst="").select_related("les").defer("les__inhoud").order_by("-bewaard_om", "-pk")
    )
    uit = [Stuk(f"n{rij.pk}", rij.les.title, rij.vraagtekst, rij.tekst, _punten(rij.les)) for rij in notities]
    opdrachten = (
        traject.inleveringen.filter(teruggehaald_om=None).exclude(tekst="").select_related("les").defer("les__inhoud")
    )
    gezien = {stuk.tekst for stuk in uit}
    uit += [
        Stuk(f"i{rij.pk}", rij.les.title, "Thuisopdracht", rij.tekst, _punten(rij.les))
        for rij in opdrachten
        if rij.tekst not in gezien
    ]
    return uit


def _punten(les):
    return {code[:3] for code in codes(les.profielcodes)}


def uit_de_lessen(traject, form):
    """Give a page of the report per point the own texts of lessons that carry its code."""
    stukken = stukken_van(traject)
    form.uit_lessen = {
        tekst.code: [stuk for stuk in stukken if tekst.code in stuk.codes][:MEESTE] for tekst in form.teksten
    }


def met_les(traject, voorbeeld, code, keuze):
    """The example with the chosen text (`keuze` is "code:key") after it: added, never over what was typed.

    Raises ValidationError at its field.
    """
    sleutel = keuze.partition(":")[2]
    stuk = next((stuk for stuk in stukken_van(traject) if stuk.sleutel == sleutel and code in stuk.codes), None)
    if stuk is None:
        raise ValidationError({f"t_{code}": "Deze tekst is er niet meer. Je voorbeeld staat er nog."})
    if stuk.tekst in voorbeeld:
        return voorbeeld
    samen = "\n\n".join(filter(None, [voorbeeld, stuk.tekst]))
    if len(samen) > TEKST_MAX:
        raise ValidationError({f"t_{code}": "Samen is dit te lang. Kopieer alleen het stuk dat je wilt gebruiken."})
    return samen
