"""Step 7, the conversation on the trainers' side: plan it, prepare it with the sheet, record it, and correct the
record.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from lms.kern.models import Rol, Traject
from lms.kern.schermen import gepost, getoond, handelpagina, rol_nodig
from selectie import handelingen, profiel
from selectie.forms.trainer import AanvulForm, GesprekForm, MomentenForm
from selectie.forms.verslag import CONCLUSIES
from selectie.lezen import stand_voor_trainer
from selectie.models import Gesprek, Gesprekaanvulling
from selectie.views.trainer import punt_rij


def _gesprek(request, pk):
    als_trainer = Traject.objects.als_trainer_van(request.user, "EK1").values("pk")
    return get_object_or_404(
        Gesprek.objects.filter(verslag__traject__in=als_trainer, vervallen_om=None).select_related(
            "verslag__traject__kandidaat"
        ),
        pk=pk,
    )


def _getoond(request, sjabloon, context, wat="gesprek"):
    return getoond(request, sjabloon, context, traject=context["verslag"].traject, als=Rol.TRAINER, wat=wat)


@rol_nodig(Rol.TRAINER)
def plannen(request, pk):
    """Plan the conversation: offer moments, see what was picked; and once held, its record with what was added
    later.
    """
    gesprek = _gesprek(request, pk)
    traject = gesprek.verslag.traject
    form = MomentenForm(gepost(request), over=gesprek.aanbod) if not gesprek.gehouden_om else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.uitvoeren(handelingen.gesprek_voorstellen, gesprek, door=request.user):
            messages.success(request, f"{traject.kandidaat.voornaam} krijgt een mail om een moment te kiezen.")
            return redirect("trainer_gesprek", gesprek.pk)
    context = {
        "form": form,
        "verslag": gesprek.verslag,
        "kandidaat": traject.kandidaat,
        **stand_voor_trainer(gesprek.verslag, request.user),
    }
    aanvullingen = Gesprekaanvulling.objects.zichtbaar_voor(request.user).filter(gesprek=gesprek).select_related("door")
    return _getoond(
        request, "selectie/trainer_gesprek.html", {**context, "gesprek": gesprek, "aanvullingen": aanvullingen}
    )


@rol_nodig(Rol.TRAINER)
def vastleggen(request, pk):
    """Record the held conversation. The loser of a race keeps the text and sees what was recorded."""
    gesprek = _gesprek(request, pk)
    traject = gesprek.verslag.traject
    form = GesprekForm(
        gepost(request),
        voornaam=traject.kandidaat.voornaam,
        initial={"gehouden_op": timezone.localdate(), "kandidaat": gesprek.verslag.conclusie},
    )
    if request.method == "POST" and form.uitvoeren(handelingen.gesprek_vastleggen, gesprek, door=request.user):
        messages.success(request, "Het gesprek is vastgelegd. De kandidaat kan het nu lezen.")
        return redirect("trainer_gesprek", gesprek.pk)
    if request.method != "POST" and gesprek.gehouden_om:
        return redirect("trainer_gesprek", gesprek.pk)
    gesprek = _gesprek(request, pk)  # as it is now: the other trainer may just have recorded it
    return _getoond(
        request,
        "selectie/trainer_gesprek_vastleggen.html",
        {"form": form, "gesprek": gesprek, "verslag": gesprek.verslag, "kandidaat": traject.kandidaat},
    )


@rol_nodig(Rol.TRAINER)
def aanvullen(request, pk):
    """Add to the record of a held conversation, with a reason; the record itself stays."""
    gesprek = _gesprek(request, pk)
    if not gesprek.gehouden_om:
        raise Http404
    kandidaat = gesprek.verslag.traject.kandidaat
    context = {"gesprek": gesprek, "verslag": gesprek.verslag, "kandidaat": kandidaat}
    return handelpagina(
        request, AanvulForm(gepost(request)), handelingen.gesprek_aanvullen, gesprek,
        zin=f"Het staat erbij. {kandidaat.voornaam} kan het ook lezen. Er ging geen mail uit.",
        naar=("trainer_gesprek", gesprek.pk),
        toon=lambda request, vooraf: _getoond(request, "selectie/trainer_gesprek_aanvullen.html", vooraf | context),
    )  # fmt: skip


@rol_nodig(Rol.TRAINER)
def blad(request, pk):
    """The sheet for the talk: the answers with the trainers' reactions beside them, doubt first.

    For the asked trainers, once all views are in.
    """
    gesprek = _gesprek(request, pk)
    verslag = gesprek.verslag
    stand = stand_voor_trainer(verslag, request.user)
    if not stand["eigen"] or not all(m.gegeven_om for m in stand["gevraagd"]):
        raise Http404
    rijen = [punt_rij(a, stand) for a in profiel.twijfel_eerst(profiel.antwoorden_van(verslag))]
    context = {
        **stand,
        "gesprek": gesprek,
        "verslag": verslag,
        "kandidaat": verslag.traject.kandidaat,
        "conclusie": dict(CONCLUSIES).get(verslag.conclusie, ""),
        "rijen": [r for r in rijen if r["antwoord"].keuze or r["antwoord"].tekst or r["reacties"]],
        "notities": [m for m in stand["zichtbaar"] if m.notitie],
    }
    return _getoond(request, "selectie/trainer_gesprek_blad.html", context, wat="verslag")
