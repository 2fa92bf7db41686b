"""What the page's script keeps while somebody types, and asks for when a form is opened again. Own rows only."""

import json

from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import JsonResponse

from lms.kern.handelingen.kladjes import kladje_bewaren, kladje_weggooien
from lms.kern.kladveld import KLAD, vorm_van
from lms.kern.models import Kladje
from lms.kern.schermen import te_vaak

PER_UUR = 600  # one every six seconds, all hour long
GROOTST = 64_000  # characters of one draft
LANGST = 200  # of an address, and of what says which form it is
ADRESSEN = 10  # forms of one page


@login_required
def kladje(request):
    """POST: keep or throw away one draft. GET: the own drafts of the forms that are sent to these addresses."""
    if request.method == "POST":
        return _bewaren(request)
    rijen = Kladje.objects.van(request.user).nu().filter(adres__in=_adressen(request))
    return JsonResponse({"kladjes": [_voor_script(rij) for rij in rijen]})


def _adressen(request):
    return [adres[:LANGST] for adres in request.GET.getlist("adres")[:ADRESSEN] if "\x00" not in adres]


def _voor_script(rij):
    om = int(rij.bewaard_om.timestamp() * 1000)
    return {"adres": rij.adres, "vorm": rij.vorm, "welk": rij.welk, "velden": rij.getypt(), "om": om}


def _bewaren(request):
    try:
        welke, namen = _welke(request.POST)
        velden = None if "weg" in request.POST else _velden(request.POST, namen)
    except ValueError:
        return JsonResponse({}, status=400)
    if velden is None:
        kladje_weggooien(door=request.user, **welke)
    elif te_vaak(request, "kladje", aantal=PER_UUR, seconden=3600, wie=f"mens:{request.user.pk}"):
        return JsonResponse({}, status=429)
    elif sum(len(waarde) for _, waarde in velden) > GROOTST:
        return JsonResponse({}, status=413)
    else:
        verzoek_id = request.POST.get("verzoek_id", "").replace("\x00", "")[:64]
        kladje_bewaren(door=request.user, velden=velden, verzoek_id=verzoek_id, **welke)
    return JsonResponse({})


def _welke(post):
    """(which form it is, the names of the fields that it may keep). Raises ValueError when our page did not say so."""
    try:
        vorm, namen = vorm_van(post.get(KLAD, ""))
    except BadSignature as fout:
        raise ValueError(KLAD) from fout
    adres, welk = post.get("adres", ""), post.get("welk", "")
    if not adres.startswith("/") or "\x00" in adres + welk or max(len(adres), len(welk)) > LANGST:
        raise ValueError("adres")
    _paren(welk or "[]")
    return {"adres": adres, "vorm": vorm, "welk": welk}, namen


def _velden(post, namen):
    return [[naam, waarde] for naam, waarde in _paren(post.get("velden", "")) if naam in namen]


def _paren(tekst):
    """[(name, value), …] from the JSON of a script. Raises ValueError."""
    try:
        paren = json.loads(tekst)
    except RecursionError as fout:
        raise ValueError("diep") from fout
    if not isinstance(paren, list) or not all(
        isinstance(paar, list) and len(paar) == 2 and all(isinstance(deel, str) for deel in paar) for paar in paren
    ):
        raise ValueError(tekst[:20])
    return [tuple(paar) for paar in paren]
