"""The start page after login, the account page and "Wissel van rol"."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cursus.models import Contactgegevens
from lms.kern.bezoek import BEZOEK, bezoek_van
from lms.kern.models import Rol
from lms.kern.schermen import alleen_post
from lms.kern.sessies import resterend
from lms.portaal import gezond as gezondheid
from lms.portaal.context import NAMEN, START, rol_nu, rollen_om_te_kiezen
from selectie.handelingen import concept_vinden


@login_required
def start(request):
    """Where somebody begins: the application that was written in this browser, else the start page of the role of
    the menu.
    """
    klaar = _geschreven_aanmelding(request)
    if klaar:
        return klaar
    rol = rol_nu(request)
    if rol == Rol.REDACTEUR or request.user.is_superuser and rol == Rol.KANDIDAAT and not request.eigen_traject:
        return redirect(reverse("wagtailadmin_home"))
    return redirect(START[rol])


def _geschreven_aanmelding(request):
    """To the draft that was written here before logging in.

    Who has a running traject needs none: said once, and the draft waits at its mailed link.
    """
    concept = concept_vinden(bezoek_van(request)) if BEZOEK in request.session else None
    if concept is None:
        return None
    if not request.user.trajecten.lopend().exists():
        return redirect("aanmelden_nakijken")
    del request.session[BEZOEK]
    messages.info(
        request,
        "Je hebt hier al een traject. Wat je net schreef, is niet verstuurd. Je vindt het nog met de link in je mail.",
    )
    return None


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
        f"Contact: mailto:{Contactgegevens.nu().email}",
        f"Expires: {einde.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    )
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def gezond(request):
    """Whether the site works: strangers read ja or nee (200 or 503), bureau and superuser what was looked at."""
    standen = gezondheid.standen()
    goed = all(stand.goed for stand in standen)
    regels = ["ja" if goed else "nee"]
    if _mag_meer_weten(request):
        regels += [f"{'goed' if s.goed else 'FOUT'}  {s.wat}: {s.hoe}" for s in standen]
    antwoord = HttpResponse(
        "\n".join(regels) + "\n", content_type="text/plain; charset=utf-8", status=200 if goed else 503
    )
    antwoord.is_foutpagina = not goed  # it says itself what is wrong
    antwoord["Cache-Control"] = "no-store"
    return antwoord


def _mag_meer_weten(request):
    try:
        return request.user.is_authenticated and (request.user.is_superuser or Rol.BUREAU in request.user.rollen())
    except DatabaseError:
        return False


@require_safe
def sessie(request):
    """For the script that warns before the end: how many seconds this session has left. With `?werkt` somebody is at
    work, which begins the time anew as every other page does.
    """
    antwoord = JsonResponse({"over": resterend(request) if request.user.is_authenticated else 0})
    antwoord["Cache-Control"] = "no-store"
    return antwoord


VERANDER = ("aanmelden", "account_login", "account_reset_password", "belangstelling")


@require_safe
def mailstand(request):
    """The piece of a waiting page that says how far its mail is."""
    verander = request.GET.get("verander", "")
    context = {"verander": verander if verander in VERANDER else ""}
    return render(request, "portaal/mailstand.html", context)


@alleen_post("account")
@login_required
def wissel(request):
    """Change the menu and the start page; rights stay the union of all roles."""
    gekozen = request.POST.get("rol", "")
    if gekozen not in {str(rol) for rol in rollen_om_te_kiezen(request)}:
        raise Http404
    request.session["rol"] = gekozen
    return redirect("start")
