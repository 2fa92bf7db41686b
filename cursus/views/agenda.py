"""One session of the public agenda; signing up for and off from an agenda item; the own list of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cursus.forms import AfmeldForm
from cursus.handelingen import agendaplek_afmelden, agendaplek_vragen, agendaplekken_doorschuiven, is_laat
from cursus.models import OP_HET_PAD, Agendaplek, Uitvoering, bezoeker, waarom_niet
from cursus.models.agenda import keuzes, met_dagen
from cursus.views.regels import plekregels
from lms.kern.formulieren import BevestigForm
from lms.kern.schermen import gepost, knop

MEEST = 100  # items on one page of the own agenda


def _openbaar():
    """Everything the public agenda may show, also what began or was cancelled."""
    vandaag = timezone.localdate()
    gepubliceerd = Q(publiceren_op=None) | Q(publiceren_op__lte=vandaag)
    return met_dagen(Uitvoering.objects.met_data().filter(gepubliceerd, begint_om__isnull=False), regios=True)


def _eigen_plek(gebruiker, uitvoering):
    """The open Agendaplek of a logged-in person at an item, or None."""
    if not gebruiker.is_authenticated or uitvoering.soort in OP_HET_PAD:
        return None
    return Agendaplek.objects.nu().filter(gebruiker=gebruiker, uitvoering=uitvoering).first()


def agenda_detail(request, pk):
    """A published session. One that began or was cancelled stays readable, without a button.

    An agenda item says who may come, and why not.
    """
    u = get_object_or_404(_openbaar(), pk=pk)
    plek = _eigen_plek(request.user, u)
    te_kiezen = not u.afgelast_om and u.begint_om > timezone.now()
    punt = u.soort not in OP_HET_PAD
    vraagt = punt and te_kiezen and request.user.is_authenticated
    gegevens = {
        "u": u, "keuzes": keuzes(request.user) if te_kiezen and not punt else {}, "te_kiezen": te_kiezen, "punt": punt,
        "plek": plek,
        "meedoen": u.meedoen if plek and plek.geplaatst_om else "",
        "reden": waarom_niet(bezoeker(request.user), u) if vraagt and plek is None else "", "form": BevestigForm(),
    }  # fmt: skip
    return render(request, "cursus/agenda_detail.html", gegevens)


WACHT = "Je staat op de wachtlijst. Komt er een plek vrij, dan krijg je een mail."


@login_required
def agenda_aanmelden(request, pk):
    """Sign up for an agenda item; who comes here by its address reads the item first."""
    u = get_object_or_404(_openbaar().exclude(soort__in=OP_HET_PAD), pk=pk)
    form = BevestigForm(gepost(request))
    if request.method != "POST":
        return redirect("agenda_detail", pk=pk)

    def zin(form):
        wacht = Agendaplek.objects.wachtend().filter(gebruiker=request.user, uitvoering=u).exists()
        return WACHT if wacht else "Je hebt een plek. Tot dan!"

    terug = reverse("agenda_detail", args=[pk])
    return knop(request, form, agendaplek_vragen, request.user, zin=zin, naar=terug, uitvoering=u)


@login_required
def agenda_afmelden(request, pk):
    """Confirm page for giving up the own place in an agenda item."""
    u = get_object_or_404(met_dagen(Uitvoering.objects.met_data(), regios=True), pk=pk)
    plek = _eigen_plek(request.user, u)
    if plek is None:
        raise Http404
    laat = not plek.op_wachtlijst and is_laat(u)
    form = AfmeldForm(gepost(request), laat=laat)
    if request.method == "POST" and form.uitvoeren(agendaplek_afmelden, plek, door=request.user):
        agendaplekken_doorschuiven(u)
        messages.success(request, "Je bent afgemeld. Fijn dat je het laat weten.")
        return redirect("mijn_agenda")
    return render(
        request,
        "cursus/mijn_afmelden.html",
        {"form": form, "plek": plek, "u": u, "terug": "mijn_agenda", "laat": laat, "punt": True},
    )


@login_required
def mijn_agenda(request):
    """The agenda items of somebody: where one has a place or waits, and where one may come too."""
    regels = plekregels(Agendaplek.objects.nu().filter(gebruiker=request.user), regios=True)
    komend = [regel for regel in regels if regel.u.begint_om > timezone.now() and not regel.u.afgelast_om]
    eigen, bekend = sorted(komend, key=lambda regel: regel.u.begint_om), {regel.u.pk for regel in regels}
    wie, open_ = (
        bezoeker(request.user),
        met_dagen(Uitvoering.objects.komend().exclude(soort__in=OP_HET_PAD), regios=True)[:MEEST],
    )
    ook = [u for u in open_ if u.pk not in bekend and not waarom_niet(wie, u)]
    return render(request, "cursus/mijn_agenda.html", {"eigen": eigen, "ook": ook})
