"""/bestand/<uuid>/: a private file, after a check, as an attachment that can do nothing. Who looked is journaled."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404

from lms.kern.handelingen import inzage_noteren
from lms.kern.models import Bestand


@login_required
def bestand(request, uuid):
    rij, als = Bestand.objects.select_related("traject").gezien_door(request.user, uuid=uuid)
    if rij is None or not rij.inhoud.storage.exists(rij.inhoud.name):
        raise Http404
    inzage_noteren(rij.traject, door=request.user, als=als, wat=rij.soort)
    return bijlage(rij)


def bijlage(rij):
    """A private file as an attachment that can do nothing. Raises Http404 when it is not on disk."""
    try:
        inhoud = rij.inhoud.open("rb")
    except FileNotFoundError as fout:
        raise Http404 from fout
    antwoord = FileResponse(inhoud, as_attachment=True, filename=rij.naam, content_type=rij.mime)
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Content-Security-Policy"] = "sandbox; default-src 'none'"
    antwoord["Cache-Control"] = "no-store, private"
    return antwoord
