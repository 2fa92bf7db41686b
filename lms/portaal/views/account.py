"""The start page after login, the account page and "Wissel van rol"."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cursus.models import Contactgegevens
from lms.kern.models import Rol
from lms.portaal.context import NAMEN, START, rol_nu, rollen_om_te_kiezen


@login_required
def start(request):
    """Where somebody begins: the start page of the role of the menu."""
    rol = rol_nu(request)
    if rol == Rol.REDACTEUR or request.user.is_superuser and rol == Rol.KANDIDAAT and not request.eigen_traject:
        return redirect(reverse("wagtailadmin_home"))
    return redirect(START[rol])


@login_required
def account(request):
    """Who you are here: role, own data, password, log out."""
    rollen = [{"code": str(rol), "naam": NAMEN[rol]} for rol in rollen_om_te_kiezen(request)]
    return render(request, "portaal/account.html", {"rollen": rollen, "rol": rol_nu(request)})


@require_safe
def security_txt(request):
    """Where somebody who finds a hole can tell it (RFC 9116): the contact address of the foundation."""
    einde = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=180)
    regels = (
        f"Contact: mailto:{Contactgegevens.load(request).email}",
        f"Expires: {einde.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    )
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")


@require_POST
@login_required
def wissel(request):
    """Change the menu and the start page; rights stay the union of all roles."""
    gekozen = request.POST.get("rol", "")
    if gekozen not in {str(rol) for rol in rollen_om_te_kiezen(request)}:
        raise Http404
    request.session["rol"] = gekozen
    return redirect("start")
