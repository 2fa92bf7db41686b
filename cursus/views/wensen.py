"""Wat moeten we weten voor de training: the candidate tells; trainers of the group and the bureau read diet and
access apart.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from cursus.forms import WensForm, ZorgForm
from cursus.handelingen import trainingswens_bewaren, trainingszorg_bewaren, zorg_inzien
from cursus.models import TRAINING, Trainingswens, Trainingszorg
from cursus.views.groepen import groep_of_404
from cursus.views.plaatsen import traject_of_404
from lms.kern.models import Rol
from lms.kern.schermen import gepost, rol_nodig


def _plek(traject):
    """The placed training of this person: EK2 when there is one, else EK1; None without a place."""
    plekken = traject.deelnames.filter(soort__in=TRAINING, afgemeld_om=None, geplaatst_om__isnull=False).select_related(
        "uitvoering"
    )
    return max(plekken, key=lambda plek: plek.soort, default=None)


@login_required
def mijn_wensen(request):
    """Tell what the trainers should know. Without a place there is nothing to fill in yet."""
    traject = traject_of_404(request)
    plek = _plek(traject)
    if plek is None:
        return render(request, "cursus/mijn_wensen.html", {"plek": None})
    wens = Trainingswens.objects.filter(traject=traject, soort=plek.soort).first()
    zorg = Trainingszorg.objects.filter(traject=traject, soort=plek.soort).first()
    daad, post = request.POST.get("daad", ""), gepost(request)
    forms = {
        "wens": WensForm(post if daad == "wens" else None, initial=_begin_wens(request.user, wens)),
        "zorg": ZorgForm(post if daad == "zorg" else None, initial=_begin_zorg(zorg)),
    }
    act = {"wens": trainingswens_bewaren, "zorg": trainingszorg_bewaren}.get(daad)
    if act and forms[daad].uitvoeren(act, traject, door=request.user, soort=plek.soort):
        messages.success(request, "Bewaard.")
        return redirect("mijn_wensen")
    return render(request, "cursus/mijn_wensen.html", {**forms, "plek": plek, "bewaard": wens, "zorg_staat": zorg})


def _begin_wens(gebruiker, wens):
    """What stands there; the first time the languages of the own data, so that nobody types them twice."""
    if wens:
        return {"talen": wens.talen, "wensen": wens.wensen}
    return {"talen": ", ".join(gebruiker.talen.values_list("taal__naam", flat=True))[:200]}


def _begin_zorg(zorg):
    if zorg is None:
        return {}
    return {
        "dieet": zorg.dieet,
        "toegang": zorg.toegang,
        "dieet_mag": bool(zorg.dieet),
        "toegang_mag": bool(zorg.toegang),
    }


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_zorg(request, pk):
    """Diet and access of one group, for its trainers and the bureau. Every look is journaled."""
    uitvoering = groep_of_404(request, pk)
    rijen = zorg_inzien(uitvoering, door=request.user) if uitvoering.is_training else []
    return render(request, "cursus/groep_zorg.html", {"u": uitvoering, "rijen": rijen})
