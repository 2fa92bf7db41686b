"""Ending somebody's role, or all of them: first what is open, then who takes it over, then the end."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from lms.kern import handelingen
from lms.kern.doorgeven import Eindepagina, einde_tonen
from lms.kern.models import Gebruiker, Rol, Rolvervulling
from lms.kern.schermen import rol_nodig


@rol_nodig(Rol.BUREAU)
def rol_einde(request, pk):
    """End one role of somebody."""
    rijen = Rolvervulling.objects.te_doen_als(request.user, Rol.BUREAU).nu().select_related("gebruiker", "regio")
    rol = get_object_or_404(rijen, pk=pk)
    mens, naam = rol.gebruiker, f"{rol.get_rol_display()} {rol.regio or ''}".strip()
    pagina = Eindepagina(
        mens,
        f"{mens.naam} stopt als {naam}",
        "Geef door en beëindig deze rol",
        reverse("bureau_mens", args=[mens.pk]),
        mens.naam,
        f"{mens.voornaam} is geen {naam} meer.",
    )
    return einde_tonen(request, pagina, handelingen.rol_beeindigen, rol, handelingen.einden_van([rol], request.user))


@rol_nodig(Rol.BUREAU)
def mens_weg(request, pk):
    """Somebody leaves the team: all roles end together."""
    mens = get_object_or_404(Gebruiker.objects.zichtbaar_als(request.user, Rol.BUREAU), pk=pk)
    rollen = handelingen.open_rollen(mens)
    if not rollen:
        raise Http404
    pagina = Eindepagina(
        mens,
        f"{mens.naam} gaat weg",
        "Geef alles door en beëindig alle rollen",
        reverse("bureau_mens", args=[mens.pk]),
        mens.naam,
        f"{mens.voornaam} heeft geen rol meer.",
    )
    return einde_tonen(
        request, pagina, handelingen.rollen_beeindigen, mens, handelingen.einden_van(rollen, request.user)
    )
