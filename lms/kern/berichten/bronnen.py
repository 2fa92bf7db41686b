"""What the apps tell about their own messages, so that the ground names no app above it.

Each module of settings.BERICHTEN may hold `FEITEN` ({kind: Feit}) and, with the path of the function that makes them,
`KOPPEN` (headers) and `GEGEVENS` (more for the template); `IN_DE_AGENDA` (the kinds that change somebody's diary) and
`AFSPRAKEN` ({kind of entry: path of a function from a person to what should stand there}).
"""

from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from lms.kern.models import Bericht


@cache
def uit_de_apps(wat: str) -> dict[str, Any]:
    """{kind: what the app of that kind says}, of all apps."""
    return {
        soort: waarde for plek in settings.BERICHTEN for soort, waarde in getattr(import_module(plek), wat, {}).items()
    }


def gemaakt(wat: str, bericht: Bericht, anders: Any) -> Any:
    """What the app of this message makes of it; `anders` when it makes nothing for this kind."""
    pad = uit_de_apps(wat).get(bericht.soort)
    return import_string(pad)(bericht) if pad else anders
