"""The public check of a certificate: all printed facts and the state, no profile."""

import logging

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone

from certificering.forms import ControleForm
from certificering.forms.certificaat import netjes
from certificering.models import Certificaat, Registratiestand
from lms.kern.schermen import te_vaak

log = logging.getLogger(__name__)
STATEN = {
    "": ("done", "Dit certificaat is echt en geldig"),
    "beeindigd": ("now", "Dit certificaat is beëindigd"),
    "ingetrokken": ("no", "Dit certificaat is ingetrokken"),
    "vervangen": ("now", "Dit certificaat is vervangen door een nieuw certificaat"),
}


def _te_vaak(request):
    """The limit on looks. A count that cannot be kept never closes the check: it only reads, and there is nothing
    to guess.
    """
    try:
        return te_vaak(request, "controle", aantal=settings.CONTROLE_PER_MINUUT, seconden=60)
    except Exception:
        log.exception("De controles worden nu niet geteld")
        return False


def zoeken(request):
    """/c/: type a number."""
    form = ControleForm(request.GET if "nummer" in request.GET else None)
    if form.is_bound and form.is_valid():
        nummer = netjes(form.cleaned_data["nummer"])
        if nummer:
            return redirect("controle_nummer", nummer)
        form.add_error("nummer", "Zo ziet een nummer er niet uit. Kijk nog eens goed op het certificaat.")
    return render(request, "certificering/controle.html", {"form": form})


def nummer(request, nummer):
    """/c/<nummer>/: geldig, beëindigd, ingetrokken, vervangen or niet gevonden.

    A limited number of looks per minute.
    """
    if _te_vaak(request):
        return render(request, "certificering/controle_te_vaak.html", status=429)
    rij = Certificaat.objects.filter(nummer=netjes(nummer)).first()
    context = {"form": ControleForm(), "nu": timezone.now()}
    if rij is None:
        return render(request, "certificering/controle_niet_gevonden.html", context, status=404)
    geregistreerd = Registratiestand.objects.filter(
        registratie__traject=rij.traject_id, tot=None, stand=Registratiestand.Stand.GEREGISTREERD
    ).exists()
    soort, kop = STATEN[rij.einde]
    context |= {
        "certificaat": rij,
        "gegevens": rij.gegevens,
        "soort": soort,
        "kop": kop,
        "geregistreerd": geregistreerd,
    }
    return render(request, "certificering/controle_nummer.html", context)
