"""What every view needs: the login, role and traject doors, and a small limit per address."""

import hashlib
import time
from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.shortcuts import redirect

from lms.kern.handelingen import NIET_HIER, Geweigerd
from lms.kern.models import Traject


def rol_nodig(*rollen):
    """A view for people who have one of `rollen`: anonymous goes to the login page, others get a 403 with its reason."""

    def versier(view):
        @login_required
        @wraps(view)
        def bewaakt(request, *args, **kwargs):
            if not request.user.rollen().intersection(rollen):
                raise Geweigerd(NIET_HIER)
            return view(request, *args, **kwargs)

        return bewaakt

    return versier


def met_traject(view):
    """A view about the own path: sets request.traject (the open one, else the last). Who has none goes to /mijn/, which invites to apply."""

    @login_required
    @wraps(view)
    def bewaakt(request, *args, **kwargs):
        request.traject = Traject.objects.eigen(request.user)
        return view(request, *args, **kwargs) if request.traject else redirect("mijn")

    return bewaakt


def gepost(request):
    """What was sent with a POST, also when it was empty; None for a GET, so that a form stays unbound."""
    return request.POST if request.method == "POST" else None


def te_vaak(request, naam, *, aantal, seconden, wie=""):
    """Count this request under `naam` and the visitor's address, or under `wie`; True when there were more than `aantal` in these `seconden`.

    The period is in the key: not every cache keeps the life of a key that is counted up. Behind a proxy the visitor is whom the proxy names.
    """
    wie = wie or get_adapter().get_client_ip(request)
    wie = hashlib.sha256(wie.encode()).hexdigest()[:32]
    sleutel = f"grens:{naam}:{wie}:{int(time.time()) // seconden}"
    cache.add(sleutel, 0, seconden)
    try:
        aantal_nu = cache.incr(sleutel)
    except ValueError:  # expired between add and incr
        return False
    cache.touch(sleutel, seconden)
    return aantal_nu > aantal
