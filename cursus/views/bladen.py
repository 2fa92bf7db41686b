"""Sheets of the course on paper: a role-play for two, and the rings to draw one's own kring in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cursus.models import DagPagina
from lms.kern.handelingen import Geweigerd


@login_required
def rollenspel(request, pk, nr):
    """One role-play of a day (pk of the day, the number of the play on it), each role on a page of its own.

    404 when there is none, 403 with its reason while the day is closed.
    """
    dag = get_object_or_404(DagPagina.objects.live(), id=pk)
    dicht = dag.waarom_dicht(request)
    if dicht:
        raise Geweigerd(dicht)
    if not 1 <= nr <= len(dag.rollenspellen):
        raise Http404
    context = {"dag": dag, "nr": nr, "spel": dag.rollenspellen[nr - 1], "aantal": len(dag.rollenspellen)}
    return render(request, "cursus/rollenspel.html", context)


@login_required
def kringblad(request):
    """Three rings to write names in. Holds nothing of anybody, so it is open to who is logged in."""
    return render(request, "cursus/kringblad.html")
