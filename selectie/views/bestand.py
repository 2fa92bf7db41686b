"""/bestand/<uuid>/: a private file, after a check, as an attachment that can do nothing. Who looked is journaled."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from lms.kern.handelingen import inzage_noteren
from lms.kern.models import Bestand


@login_required
def bestand(request, uuid):
    rij = get_object_or_404(Bestand.objects.zichtbaar_voor(request.user).select_related("traject"), uuid=uuid)
    try:
        inhoud = rij.inhoud.open("rb")
    except FileNotFoundError as fout:
        raise Http404 from fout
    inzage_noteren(rij.traject, door=request.user, wat=rij.soort)
    antwoord = FileResponse(inhoud, as_attachment=True, filename=rij.naam, content_type=rij.mime)
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["Content-Security-Policy"] = "sandbox; default-src 'none'"
    antwoord["Cache-Control"] = "no-store, private"
    return antwoord
