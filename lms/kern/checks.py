"""System checks over the step table: every fact named there exists, no negation, one relation per condition."""

from importlib.util import find_spec

from django.apps import apps
from django.core.checks import Error, register
from django.core.exceptions import FieldError
from django.db.models import Q

from lms.kern.pad.beurten import BEURTEN
from lms.kern.pad.stappen import STAPPEN, VERVOLG


def _ontkend(q):
    return q.negated or any(isinstance(kind, Q) and _ontkend(kind) for kind in q.children)


def _relaties(q):
    for kind in q.children:
        if isinstance(kind, Q):
            yield from _relaties(kind)
        else:
            yield kind[0].split("__")[0]


def _voorwaarden():
    for stap in (*STAPPEN, *VERVOLG):
        yield f"stap {stap.code}", stap.feit + stap.anders
    for beurt in BEURTEN:
        yield beurt.code, beurt.als + ((beurt.wie.waar,) if beurt.wie else ())


def voorwaarde_fouten(naam, voorwaarde, alle):
    """The errors of one condition: E001 unknown name, E002 negation, E003 more than one relation."""
    fouten = []
    try:
        str(alle.filter(voorwaarde.q).query)
    except FieldError as fout:
        fouten.append(Error(f"{naam}: dit feit bestaat niet: {fout}", id="lms.E001"))
    if _ontkend(voorwaarde.q):
        fouten.append(Error(f"{naam}: een ontkenning binnen een voorwaarde; gebruik geen()", id="lms.E002"))
    if len(set(_relaties(voorwaarde.q))) > 1:
        fouten.append(Error(f"{naam}: een voorwaarde gaat over één relatie", id="lms.E003"))
    return fouten


@register()
def stappen_bestaan(app_configs, **kwargs):
    """Check every condition and every path of the step table against the models."""
    alle = apps.get_model("kern.Traject")._base_manager
    fouten = [
        fout for naam, voorwaarden in _voorwaarden() for v in voorwaarden for fout in voorwaarde_fouten(naam, v, alle)
    ]
    for beurt in BEURTEN:
        for pad in filter(None, (beurt.persoon, beurt.vanaf, beurt.feit, beurt.wie.pad if beurt.wie else "")):
            try:
                str(alle.values_list(pad).query)
            except FieldError as fout:
                fouten.append(Error(f"{beurt.code}: {fout}", id="lms.E001"))
    return fouten


@register()
def keuring_heeft_alles(app_configs, **kwargs):
    """The libraries of the check of files run in another process: what is missing would only be seen when somebody
    sends one.
    """
    mist = [naam for naam in ("pikepdf", "PIL", "pillow_heif") if find_spec(naam) is None]
    return [Error(f"De keuring van bestanden mist: {', '.join(mist)}", id="lms.E010")] if mist else []
