"""What a reader sends from a lesson: own notes and answers, what is shared, and "klaar"; and the search in the
lessons.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone

from cursus.handelingen import les_afronden, lesnotities_bewaren, notitie_delen, notitie_niet_delen
from cursus.lesforms import LesForm
from cursus.models import LesPagina
from cursus.models.lessen import toegang_van
from cursus.zoeken import zoek_in_lessen
from lms.kern.datums import tijd
from lms.kern.deur import te_vaak_pagina
from lms.kern.handelingen import Botsing, Geweigerd
from lms.kern.models import Gebruiker, Rol
from lms.kern.schermen import te_vaak


def open_les(request, pk):
    """The live lesson that this person may open now. 404 when there is none, Geweigerd (403) with its reason while
    it is closed.
    """
    les = get_object_or_404(LesPagina.objects.live(), id=pk)  # not pk: a huge number is then a 404 as well
    dicht = les.waarom_dicht(request)
    if dicht:
        raise Geweigerd(dicht)
    return les


@login_required
def les_schrijven(request, pk):
    """Save what is written at a lesson (also by itself, while typing), and do what the button says: share, hand in,
    go on.
    """
    les = open_les(request, pk)
    if request.method != "POST":
        return redirect(les.url)
    traject = toegang_van(request).traject
    form = LesForm(request.POST, les=les)
    fetch = request.headers.get("X-Requested-With") == "fetch"
    nieuw = ""
    if traject and form.velden:
        try:
            nieuw = _bewaar(request, traject, les, form)
        except ValidationError as fout:
            return _niet_bewaard(request, les, form, fout, fetch)
    if fetch:
        return JsonResponse({"tekst": f"Bewaard om {tijd(timezone.now())}", "wijziging": nieuw})
    return _verder(request, traject, les)


def _bewaar(request, traject, les, form):
    if not form.is_valid():
        raise ValidationError({naam: list(fouten) for naam, fouten in form.errors.items()})
    basis = "" if "toch" in request.POST else form.cleaned_data["wijziging"]
    return lesnotities_bewaren(traject, door=request.user, les=les, teksten=form.teksten(), basis=basis)


def _niet_bewaard(request, les, form, fout, fetch):
    """The answer when nothing was stored: a sentence for the page that saves itself, else the lesson with what was
    typed and what is wrong.
    """
    botsing = fout.bewaard if isinstance(fout, Botsing) else None
    if fetch:
        zin = (
            "Deze les is ook op een ander scherm veranderd. Druk op ‘Bewaar’."
            if botsing is not None
            else fout.messages[0]
        )
        return JsonResponse({"tekst": f"Nog niet bewaard. {zin}"}, status=400 if botsing is None else 409)
    context = les.get_context(request)
    per_veld = fout.message_dict if hasattr(fout, "error_dict") else {}
    for veld in context["velden"].values():
        veld.tekst, veld.fouten = form.data.get(veld.naam, veld.tekst), per_veld.get(veld.naam, [])
    context["fouten"] = [(naam, zin) for naam, zinnen in per_veld.items() for zin in zinnen]
    context["botsing"] = botsing
    return TemplateResponse(request, les.get_template(request), context)


def _verder(request, traject, les):
    """Where the button leads, after everything is saved."""
    if traject and "inleveren" in request.POST:
        return redirect("opdracht", les.pk)
    if traject and ("delen" in request.POST or "niet_delen" in request.POST):
        _delen(request, traject, les)
        return redirect(les.url)
    if "klaar" not in request.POST:
        messages.success(request, "Bewaard.")
        return redirect(les.url)
    zelf = Gebruiker.objects.zichtbaar_als(request.user, Rol.KANDIDAAT).get()
    les_afronden(zelf, door=request.user, les=les)
    alle = les.stand(request)["alle"]
    plek = next((n for n, rij in enumerate(alle) if rij.pk == les.pk), len(alle))
    volgende = next((rij for rij in alle[plek + 1 :] if not rij.dicht), None)
    return redirect(volgende.url if volgende else les.cursus.url)


def _delen(request, traject, les):
    naam = request.POST.get("delen") or request.POST.get("niet_delen", "")
    notities = traject.lesnotities.nu() if "delen" in request.POST else traject.lesnotities
    notitie = notities.filter(les=les, vraag=naam.removeprefix("a_") if naam.startswith("a_") else "").first()
    if notitie is None:
        messages.warning(request, "Schrijf eerst iets op. Dan kun je het delen.")
    elif "delen" in request.POST:
        notitie_delen(notitie, door=request.user)
        messages.success(request, "Je trainers kunnen dit nu lezen. Je kunt er altijd mee stoppen.")
    else:
        notitie_niet_delen(notitie, door=request.user)
        messages.success(request, "Alleen jij ziet dit weer.")


ZOEKEN_PER_MINUUT = 60


@login_required
def les_zoeken(request):
    """Search in the text of the lessons that this person may open."""
    vraag = request.GET.get("q", "")[:100].strip()
    if vraag and te_vaak(request, "zoeken", aantal=ZOEKEN_PER_MINUUT, seconden=60, wie=f"mens:{request.user.pk}"):
        return te_vaak_pagina(request)
    gevonden = zoek_in_lessen(vraag, toegang_van(request)) if vraag else []
    return render(request, "cursus/zoeken.html", {"vraag": vraag, "gevonden": gevonden})
