"""A simple limit on how often one address may do something, counted in the shared cache."""

from django.conf import settings
from django.core.cache import cache


def adres(request):
    """The address of the visitor; behind our own proxy the last one that it added."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        keten = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        return keten[-settings.ALLAUTH_TRUSTED_PROXY_COUNT].strip() if keten[0] else request.META.get("REMOTE_ADDR", "")
    return request.META.get("REMOTE_ADDR", "")


def te_vaak(request, naam, *, aantal, seconden=60):
    """Count this visit; True when this address came more than `aantal` times in `seconden`."""
    sleutel = f"limiet:{naam}:{adres(request)}"
    if cache.add(sleutel, 1, seconden):
        return aantal < 1
    try:
        return cache.incr(sleutel) > aantal
    except ValueError:  # it expired in between
        return False
