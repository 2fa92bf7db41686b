"""What every view needs: the login, role and traject doors, and a small limit per address."""

from functools import wraps

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


def te_vaak(request, naam, *, aantal, seconden):
    """Count this request under `naam` and the visitor's address; True when there were more than `aantal` in `seconden`."""
    sleutel = f"grens:{naam}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(sleutel, 0, seconden)
    try:
        return cache.incr(sleutel) > aantal
    except ValueError:  # expired between add and incr
        return False
