"""The button below a lesson."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cursus.handelingen import les_afronden
from cursus.models import LesPagina, Toegang, cursus_dicht
from cursus.models.lessen import leesstand
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Gebruiker, Rol


@login_required
@require_POST
def les_klaar(request, pk):
    """Mark a lesson as done and go to the next, or to the course after the last."""
    les = get_object_or_404(LesPagina.objects.live(), pk=pk)
    cursus = les.cursus
    dicht = cursus_dicht(request.user, cursus.soort)
    if dicht:
        raise Geweigerd(dicht)
    zelf = Gebruiker.objects.zichtbaar_als(request.user, Rol.KANDIDAAT).get()
    les_afronden(zelf, door=request.user, les=les)
    alle = [rij.pk for rij in leesstand(cursus, Toegang(request.user))["alle"]]
    volgende = alle[alle.index(les.pk) + 1 :] if les.pk in alle else []
    return redirect(LesPagina.objects.get(pk=volgende[0]).url if volgende else cursus.url)
