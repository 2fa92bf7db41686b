"""Step 7, the conversation on the trainers' side: plan it, prepare it with the sheet, record it, agree on what is said
after it, and correct the record.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from lms.kern.berichten import komende_afspraken
from lms.kern.models import Rol, Traject
from lms.kern.schermen import alleen_post, gepost, getoond, handelpagina, knop, rol_nodig
from selectie import handelingen, profiel
from selectie.forms.trainer import (
    AanvulForm,
    AfspreekForm,
    GesprekForm,
    InstemForm,
    MomentenForm,
    TrainerVraagForm,
    VoorstelForm,
)
from selectie.forms.verslag import CONCLUSIES
from selectie.lezen import na_het_gesprek, overleg_over, stand_voor_trainer
from selectie.models import NA_HET_GESPREK, Gesprek, Gesprekaanvulling, Instemming, Verslag
from selectie.views.trainer import punt_rij
from selectie.zalen import plekken


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


def _naar(pk):
    return ("trainer_gesprek", pk)


def _adres(pk):
    return reverse("trainer_gesprek", args=[pk])


@rol_nodig(Rol.TRAINER)
def plannen(request, pk):
    """Plan the conversation: offer moments or write down the agreed one; once held its record, what the trainers say
    now and who agrees, and what was added later.
    """
    gesprek = _gesprek(request, pk)
    voornaam = gesprek.verslag.traject.kandidaat.voornaam
    context = _om_het_gesprek(request, gesprek)
    if gesprek.gehouden_om:
        return _na_het_gesprek(request, gesprek, context)
    daad = request.POST.get("daad", "")
    form = MomentenForm(request.POST if request.method == "POST" and daad != "afspreken" else None, over=gesprek.aanbod)
    afspraak = AfspreekForm(request.POST if daad == "afspreken" else None, prefix="af", over=gesprek.aanbod)
    if request.method == "POST":
        acts = {"afspreken": (afspraak, handelingen.gesprek_afspreken, "Het gesprek staat gepland.")}
        anders = (form, handelingen.gesprek_voorstellen, f"{voornaam} krijgt een mail om een moment te kiezen.")
        welk, act, zin = acts.get(daad, anders)
        if welk.uitvoeren(act, gesprek, door=request.user):
            messages.success(request, zin)
            return redirect(*_naar(pk))
    context |= {"form": form, "afspraak": afspraak, "plekken": plekken()}
    context["eigen_agenda"] = komende_afspraken(request.user)
    return _getoond(request, "selectie/trainer_gesprek.html", context)


def _om_het_gesprek(request, gesprek):
    stand = stand_voor_trainer(gesprek.verslag, request.user)
    kandidaat = gesprek.verslag.traject.kandidaat
    return {"verslag": gesprek.verslag, "kandidaat": kandidaat, **stand, "gesprek": gesprek}


def _na_het_gesprek(request, gesprek, context, **gevuld):
    """`gevuld`: a form of this page that came back with its errors."""
    aanvullingen = Gesprekaanvulling.objects.zichtbaar_voor(request.user).filter(gesprek=gesprek).select_related("door")
    context |= na_het_gesprek(gesprek, request.user) | overleg_over(gesprek.verslag, request.user, context)
    context |= {
        "aanvullingen": aanvullingen,
        "loopt": not gesprek.besloten_om and gesprek.verslag.traject.is_lopend and bool(context["eigen"]),
        "instem": InstemForm(over=context["eigen_instemming"]),
        "nieuw": VoorstelForm(over=gesprek),
        "vraag": TrainerVraagForm(prefix="derde"),
        **gevuld,
    }
    return _getoond(request, "selectie/trainer_gesprek.html", context)


@alleen_post(_adres)
@rol_nodig(Rol.TRAINER)
def instemmen(request, pk):
    """Answer the proposal of a colleague about this conversation."""
    gesprek = _gesprek(request, pk)
    eigen = na_het_gesprek(gesprek, request.user)["eigen_instemming"]
    form = InstemForm(request.POST, over=eigen)
    if eigen is None:
        eerder = Instemming.objects.filter(voorstel__gesprek=gesprek, trainer=request.user).order_by("-pk").first()
        messages.info(request, "Hier is al op geantwoord." if eerder else "Je wordt hier niet (meer) gevraagd.")
        return redirect(*_naar(pk))
    if form.uitvoeren(handelingen.instemmen, eigen, door=request.user):
        messages.success(request, "Je antwoord is bewaard.")
        return redirect(*_naar(pk))
    return _na_het_gesprek(request, gesprek, _om_het_gesprek(request, gesprek), instem=form)


@alleen_post(_adres)
@rol_nodig(Rol.TRAINER)
def voorstel(request, pk):
    """Propose anew what the trainers say after this conversation."""
    gesprek = _gesprek(request, pk)
    form = VoorstelForm(request.POST, over=gesprek)
    if not form.is_valid() and gesprek.gehouden_om:
        return _na_het_gesprek(request, gesprek, _om_het_gesprek(request, gesprek), nieuw=form)
    zin = "Je voorstel staat er. Je collega’s zeggen of het klopt."
    return knop(request, form, handelingen.voorstel_doen, gesprek, zin=zin, naar=_naar(pk))


@alleen_post(lambda pk: reverse("trainer_verslag", args=[pk]))
@rol_nodig(Rol.TRAINER)
def derde_trainer(request, pk):
    """Ask the bureau for a third trainer at this report."""
    als_trainer = Traject.objects.als_trainer_van(request.user, "EK1").values("pk")
    verslag = get_object_or_404(Verslag.objects.zichtbaar_voor(request.user), pk=pk, traject__in=als_trainer)
    zin = "Het bureau krijgt je vraag."
    form = TrainerVraagForm(request.POST, prefix="derde")
    return knop(request, form, handelingen.trainer_vragen, verslag, zin=zin, naar=("trainer_verslag", pk))


@rol_nodig(Rol.TRAINER)
def vastleggen(request, pk):
    """Record the held conversation, after a page that shows it once more. The loser of a race keeps the text and sees
    what was recorded.
    """
    gesprek = _gesprek(request, pk)
    traject = gesprek.verslag.traject
    form = GesprekForm(
        gepost(request), voornaam=traject.kandidaat.voornaam, initial={"gehouden_op": timezone.localdate()}
    )
    if request.method != "POST" and gesprek.gehouden_om:
        return redirect(*_naar(pk))

    def toon(sjabloon):
        def tonen(request, vooraf):
            gesprek = _gesprek(request, pk)  # as it is now: the other trainer may just have recorded it
            context = {"gesprek": gesprek, "verslag": gesprek.verslag, "kandidaat": traject.kandidaat}
            context |= {"zegt": dict(NA_HET_GESPREK).get(form.data.get("trainers"), ""), "nu": timezone.now()}
            context |= {"wacht_op": stand_voor_trainer(gesprek.verslag, request.user)["collegas"]}
            return _getoond(request, sjabloon, context | vooraf)

        return tonen

    return handelpagina(
        request, form, handelingen.gesprek_vastleggen, gesprek,
        zin=f"Het gesprek is opgeschreven. {traject.kandidaat.voornaam} kan het nu lezen en geeft een eigen antwoord.",
        naar=_naar(pk),
        toon=toon("selectie/trainer_gesprek_vastleggen.html"),
        nagekeken=toon("selectie/trainer_gesprek_nakijken.html"),
    )  # fmt: skip


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
        naar=_naar(gesprek.pk),
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
