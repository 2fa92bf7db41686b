"""Houd me op de hoogte, for who has no account: ask, confirm by the mailed link, stop with one click."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cursus import handelingen
from cursus.forms import BelangstellingForm
from cursus.models.belangstelling import is_van_ons, van_sleutel
from lms.kern.bezoek import mail_onthouden, te_veel_mail
from lms.kern.schermen import gepost, te_vaak

PER_BEZOEKER = (20, 3600)  # how many, in so many seconds


def belangstelling(request):
    """The form, and after it always the same page: nobody learns whether an address is known.

    Too often: the same page, and no mail.
    """
    form = BelangstellingForm(gepost(request), label_suffix="", initial={"regio": request.GET.get("regio", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "cursus/belangstelling.html", {"form": form})
    email = form.cleaned_data["email"]
    vaak = te_vaak(request, "belangstelling", aantal=PER_BEZOEKER[0], seconden=PER_BEZOEKER[1])
    if vaak or te_veel_mail(request, email, "link"):
        mail_onthouden(request, None, email, in_sessie=False)
    else:
        bericht = handelingen.belangstelling_vragen(door=None, email=email, regio=form.cleaned_data["regio"])
        mail_onthouden(request, bericht, email)
    return render(request, "cursus/belangstelling_mail.html")


def _rij_of_404(sleutel):
    """The row of a link; None when it is gone. A link that is not ours is a 404."""
    if not is_van_ons(sleutel):
        raise Http404
    return van_sleutel(sleutel)


@never_cache
def belangstelling_bevestigen(request, sleutel):
    """Looking confirms nothing: mail programs follow links by themselves. The button does."""
    belangstellende = _rij_of_404(sleutel)
    if request.method == "POST" and belangstellende:
        handelingen.belangstelling_bevestigen(belangstellende, door=None)
        belangstellende.refresh_from_db()
    return render(request, "cursus/belangstelling_bevestigen.html", {"rij": belangstellende})


@csrf_exempt
@never_cache
def belangstelling_afmelden(request, sleutel):
    """Stop. A mail program may post here by itself (RFC 8058, List-Unsubscribe-Post), so without our token; the
    link itself is the proof.
    """
    belangstellende = _rij_of_404(sleutel)
    gestopt = belangstellende is None
    if request.method == "POST" and belangstellende:
        handelingen.belangstelling_stoppen(belangstellende, door=None)
        gestopt = True
    return render(request, "cursus/belangstelling_afmelden.html", {"rij": belangstellende, "gestopt": gestopt})
