"""The calendar as a feed: the public agenda, and somebody's own days under a secret address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cursus import handelingen
from cursus.kalender import eigen_gebeurtenissen, van_bijeenkomst
from cursus.models import Bijeenkomst, Uitvoering
from lms.kern.formulieren import BevestigForm
from lms.kern.kalender import PUBLISH, bestand
from lms.kern.schermen import gepost, te_vaak


def _antwoord(inhoud, *, eigen):
    antwoord = HttpResponse(inhoud, content_type="text/calendar; charset=utf-8")
    antwoord["Cache-Control"] = "no-store, private" if eigen else "public, max-age=900"
    return antwoord


def agenda_ics(request):
    """Everything in the public agenda; no people in it."""
    dagen = Bijeenkomst.objects.filter(uitvoering__in=Uitvoering.objects.komend().values("pk")).select_related(
        "uitvoering__locatie"
    )
    rijen = dagen.order_by("begint_om", "pk")[:500]
    uitleg = [(dag, settings.SITE_URL + reverse("agenda_detail", args=[dag.uitvoering_id])) for dag in rijen]
    return _antwoord(
        bestand([van_bijeenkomst(dag, uitleg=adres) for dag, adres in uitleg], PUBLISH, naam="Eigen Kracht-opleiding"),
        eigen=False,
    )


def eigen_ics(request, token):
    """The own days. An unknown address is a 404, and guessing is slow."""
    gebruiker = (
        None if te_vaak(request, "kalender", aantal=120, seconden=3600) else handelingen.gebruiker_van_kalender(token)
    )
    if gebruiker is None:
        raise Http404
    return _antwoord(
        bestand(eigen_gebeurtenissen(gebruiker), PUBLISH, naam="Mijn Eigen Kracht-opleiding"),
        eigen=True,
    )


@login_required
def mijn_kalender(request):
    """Make, renew or stop the own feed. The address is shown once, right after it was made."""
    form = BevestigForm(gepost(request))
    act = handelingen.kalenderadres_intrekken if "stop" in request.POST else handelingen.kalenderadres_maken
    if request.method == "POST" and form.uitvoeren(act, request.user, door=request.user):
        if form.uitkomst:
            request.session["kalenderadres"] = settings.SITE_URL + reverse("eigen_ics", args=[form.uitkomst])
        else:
            messages.success(request, "Je kalender is gestopt. Het oude adres werkt niet meer.")
        return redirect("mijn_kalender")
    adres = request.session.pop("kalenderadres", "")
    bestaat = request.user.kalenderadressen.filter(ingetrokken_om=None).first()
    return render(request, "cursus/mijn_kalender.html", {"form": form, "adres": adres, "bestaat": bestaat})
