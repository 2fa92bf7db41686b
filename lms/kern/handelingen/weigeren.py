"""How an act says no: in Dutch, with its reason, and with a code that tests and pages compare.

`Geweigerd` (403) when the person may not, ValidationError (at its field) when the facts do not allow it.
"""

from django.core.exceptions import PermissionDenied, ValidationError

NIET_HIER = "Dit kun je hier niet doen."
GESTOPT = "Dit traject is gestopt."
# of a trainer who writes to a candidate between sending a report and its release (regels §2, invariant 4)
EERST_HET_BESLUIT = (
    "Het verslag ligt nu bij de trainers. Schrijf dit na het besluit, of zeg het in het gesprek. "
    "Wat je typte, staat er nog."
)
VOORBIJ = "Dit is intussen veranderd. Kijk wat er nu staat."


class Geweigerd(PermissionDenied):
    """A refusal with its reason, in Dutch. `code`: niet_hier, gestopt, or what the act says."""

    def __init__(self, zin: str = NIET_HIER, code: str = "niet_hier") -> None:
        super().__init__(zin)
        self.code = code


class Gestopt(Geweigerd):
    """The path is closed."""

    def __init__(self) -> None:
        super().__init__(GESTOPT, "gestopt")


class Voorbij(ValidationError):
    """The row is past: it was answered, replaced or taken back meanwhile."""

    def __init__(self) -> None:
        super().__init__(VOORBIJ, code="voorbij")


class Botsing(ValidationError):
    """A draft was changed elsewhere: carries the text that is stored now, so that both texts stay on screen."""

    def __init__(self, bewaard: object) -> None:
        super().__init__("Je hebt dit ook ergens anders veranderd. Kies welke tekst je wilt houden.", code="botsing")
        self.bewaard = bewaard


class Veranderd(ValidationError):
    """What a person read through and confirmed is no longer what is there: it is read again before it is done."""

    def __init__(self) -> None:
        super().__init__("Er is net iets veranderd. Lees het nog een keer en stuur het dan.", code="veranderd")


class WasEerder(ValidationError):
    """Somebody else did the same in this very moment."""

    def __init__(self) -> None:
        zin = "Iemand anders deed dit net ook. Kijk wat er nu staat. Je tekst staat er nog."
        super().__init__(zin, code="was_eerder")


def vereis(voorwaarde: object, zin: str, veld: str | None = None, code: str = "") -> None:
    """Raise a ValidationError with `zin` (at `veld` when given) unless `voorwaarde` holds."""
    if not voorwaarde:
        fout = ValidationError(zin, code=code or None)
        raise ValidationError({veld: fout}) if veld else fout
