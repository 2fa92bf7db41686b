"""What somebody reads where papers stood that were erased on their day."""

from django.shortcuts import render

from lms.kern.bewaartermijnen import gewist_op
from lms.kern.pad.stappen import NA_DE_ACHT


def gewist(request, traject, soort, wat, *, is_="is"):
    """The page that says that these papers were erased; None as long as they are there.

    One question; none for a path that runs and is not past the eight steps, of which nothing goes.
    """
    if traject.is_lopend and traject.stap < NA_DE_ACHT:
        return None
    moment = gewist_op(traject, soort)
    if moment is None:
        return None
    return render(request, "selectie/papier_gewist.html", {"wat": wat, "is": is_, "gewist": moment})
