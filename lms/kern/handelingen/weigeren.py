"""How an act says no: in Dutch, with its reason. `Geweigerd` (403) when the person may not, ValidationError (at its
field) when the facts do not allow it.
"""

from django.core.exceptions import PermissionDenied, ValidationError

NIET_HIER = "Dit kun je hier niet doen."
GESTOPT = "Dit traject is gestopt."
VOORBIJ = "Dit is intussen veranderd. Kijk wat er nu staat."


class Geweigerd(PermissionDenied):
    """A refusal with its reason, in Dutch."""


class Botsing(ValidationError):
    """A draft was changed elsewhere: carries the text that is stored now, so that both texts stay on screen."""

    def __init__(self, bewaard):
        super().__init__("Je hebt dit ook ergens anders veranderd. Kies welke tekst je wilt houden.")
        self.bewaard = bewaard


class Veranderd(ValidationError):
    """What a person read through and confirmed is no longer what is there: it is read again before it is done."""


def vereis(voorwaarde, zin, veld=None):
    """Raise a ValidationError with `zin` (at `veld` when given) unless `voorwaarde` holds."""
    if not voorwaarde:
        raise ValidationError({veld: zin} if veld else zin)
