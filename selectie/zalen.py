"""Where a conversation can be: by phone, online, or in one of the halls."""

from cursus.models import Locatie


def plekken():
    """Places to choose from when planning a conversation, as texts; another place may be typed."""
    zalen = Locatie.objects.filter(online=False).order_by("plaats", "naam")
    return ["Telefoon", "Online", *(f"{zaal.naam}, {zaal.plaats}" for zaal in zalen)]
