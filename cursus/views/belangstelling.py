"""Houd me op de hoogte, for who has no account: ask, confirm by the mailed link, stop with one click."""

from django.core import signing
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cursus import handelingen
from cursus.forms import BelangstellingForm
from cursus.handelingen.belangstelling import van_sleutel
from cursus.models.belangstelling import ZOUT
from lms.kern.schermen import gepost, te_vaak

PER_BEZOEKER, PER_ADRES = (20, 3600), (4, 86_400)  # (how many, in so many seconds)


def belangstelling(request):
    """The form, and after it always the same page: nobody learns whether an address is known. Too often: the same page, and no mail."""
    form = BelangstellingForm(gepost(request), label_suffix="", initial={"regio": request.GET.get("regio", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "cursus/belangstelling.html", {"form": form})
    email = form.cleaned_data["email"]
    vaak = [
        te_vaak(request, "belangstelling", aantal=PER_BEZOEKER[0], seconden=PER_BEZOEKER[1]),
        te_vaak(request, "belangstelling-adres", aantal=PER_ADRES[0], seconden=PER_ADRES[1], wie=email.lower()),
    ]
    if not any(vaak):
        handelingen.belangstelling_vragen(email=email, regio=form.cleaned_data["regio"])
    return render(request, "cursus/belangstelling_mail.html", {"email": email})


def _rij_of_404(sleutel):
    """The row of a link; None when it is gone. A link that is not ours is a 404."""
    try:
        signing.loads(sleutel, salt=ZOUT)
    except signing.BadSignature as fout:
        raise Http404 from fout
    return van_sleutel(sleutel)


@never_cache
def belangstelling_bevestigen(request, sleutel):
    """Looking confirms nothing: mail programs follow links by themselves. The button does."""
    rij = _rij_of_404(sleutel)
    if request.method == "POST" and rij:
        handelingen.belangstelling_bevestigen(rij)
        rij.refresh_from_db()
    return render(request, "cursus/belangstelling_bevestigen.html", {"rij": rij})


@csrf_exempt
@never_cache
def belangstelling_afmelden(request, sleutel):
    """Stop. A mail program may post here by itself (RFC 8058, List-Unsubscribe-Post), so without our token; the link itself is the proof."""
    rij = _rij_of_404(sleutel)
    gestopt = rij is None
    if request.method == "POST" and rij:
        handelingen.belangstelling_stoppen(rij)
        gestopt = True
    return render(request, "cursus/belangstelling_afmelden.html", {"rij": rij, "gestopt": gestopt})
