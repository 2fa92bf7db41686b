"""The candidate's own place: an information meeting, EK1 and EK2, and cancelling."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cursus.forms import AfmeldForm, KiesForm
from cursus.handelingen import (
    aanbod_aannemen,
    datumwens_doorgeven,
    deelname_aanvragen,
    deelname_afmelden,
    is_laat,
    plekken_aanbieden,
)
from cursus.models import Datumwens, Deelname, Resultaat, Soort, Uitvoering, eigen_traject, mag_ek2
from cursus.models.agenda import met_dagen
from cursus.models.reacties import te_beantwoorden
from cursus.views.regels import plekregels
from lms.kern.formulieren import BevestigForm
from lms.kern.handelingen import VOORBIJ
from lms.kern.schermen import alleen_post, gepost, knop

GEVOLGD = (Resultaat.JA, Resultaat.DEELS_TELT, Resultaat.VRIJGESTELD)
ADRES = {Soort.INFORMATIE: "mijn_bijeenkomst", Soort.EK1: "mijn_training", Soort.EK2: "mijn_training"}


def traject_of_404(request):
    traject = eigen_traject(request.user)
    if traject is None:
        raise Http404
    return traject


def _plek(traject, soort):
    """The line of the open deelname of this kind, or None; and whether an earlier one ended in not showing up."""
    deelnames = list(traject.deelnames.filter(soort=soort))
    gemist = any(deelname.afmelding == Deelname.Afmelding.NIET_VERSCHENEN for deelname in deelnames)
    nu = [deelname for deelname in deelnames if deelname.afgemeld_om is None][:1]
    begonnen = (
        traject.aanwezigheden.filter(bijeenkomst__uitvoering=nu[0].uitvoering_id)
        .exclude(resultaat="")
        .values_list("bijeenkomst__uitvoering", flat=True)
        if nu
        else ()
    )
    return next(iter(plekregels(nu, begonnen)), None), gemist


def _dagen(traject, soort):
    """The attendance rows that count now, by day."""
    return (
        traject.aanwezigheden.filter(soort=soort, geldt=True)
        .select_related("bijeenkomst__uitvoering__locatie")
        .order_by("nr")
    )


def _form(request, soort):
    uitvoeringen = met_dagen(Uitvoering.objects.komend().filter(soort=soort))
    gekozen = {"uitvoering": request.GET.get("kies", "")}
    return KiesForm(request.POST if request.method == "POST" else None, initial=gekozen, uitvoeringen=uitvoeringen)


def _kiezen(request, traject, form, soort):
    """Carry out the choice of a date. Returns True when it was done."""
    if form.wil_geen:
        if form.uitvoeren(datumwens_doorgeven, traject, door=request.user, soort=soort):
            messages.success(request, "Genoteerd. We mailen je als er nieuwe data zijn.")
            return True
        return False
    if not form.uitvoeren(deelname_aanvragen, traject, door=request.user):
        return False
    wacht = traject.deelnames.filter(soort=soort, afgemeld_om=None, geplaatst_om=None).exists()
    messages.success(
        request,
        "Je staat op de wachtlijst. We mailen je als er een plek is." if wacht else "Je hebt een plek. Tot dan!",
    )
    return True


def _wens(traject, soort):
    return Datumwens.objects.filter(traject=traject, soort=soort, gemeld_om=None).exists()


@login_required
def mijn_bijeenkomst(request):
    """Choose an information meeting, or see the one that was chosen."""
    traject = traject_of_404(request)
    soort = Soort.INFORMATIE
    regel, gemist = _plek(traject, soort) if traject.stap == 2 else (None, False)
    kan = traject.stap == 2 and regel is None
    form = _form(request, soort) if kan or request.method == "POST" else None
    if request.method == "POST" and _kiezen(request, traject, form, soort):
        return redirect("mijn_bijeenkomst")
    gegevens = {
        "traject": traject, "aanbod": BevestigForm(), "form": form if kan else None, "fouten": form, "regel": regel,
        "gemist": gemist, "soort": soort,
        "wens": kan and _wens(traject, soort), "geweest": _geweest(traject) if traject.stap > 2 else None,
    }  # fmt: skip
    return render(request, "cursus/mijn_bijeenkomst.html", gegevens)


def _geweest(traject):
    """The information meeting that was attended, if there was one."""
    rijen = traject.aanwezigheden.filter(soort=Soort.INFORMATIE, geldt=True).exclude(resultaat="")
    return rijen.select_related("bijeenkomst").first()


def _soort_training(traject):
    """EK2 for who has a certificate, else EK1."""
    return Soort.EK2 if traject.stap > 8 else Soort.EK1


def _waarom_niet(traject, soort):
    """Why no group can be chosen now, or ""."""
    if soort == Soort.EK2:
        return mag_ek2(traject)
    return (
        ""
        if traject.stap == 4
        else "Een groep voor EK1 kies je bij stap 4."
        if traject.stap < 4
        else "Je hebt EK1 gevolgd."
    )


@login_required
def mijn_training(request):
    """Choose a group for EK1 or EK2, or see the own group, its days and what is still missing."""
    traject = traject_of_404(request)
    soort = _soort_training(traject)
    dicht, (regel, _) = _waarom_niet(traject, soort), _plek(traject, soort)
    dagen = list(_dagen(traject, soort))
    klaar = bool(dagen) and all(dag.resultaat in GEVOLGD for dag in dagen)
    kan = not dicht and regel is None and not (soort == Soort.EK2 and dagen)
    form = _form(request, soort) if kan or request.method == "POST" else None
    if request.method == "POST" and _kiezen(request, traject, form, soort):
        return redirect("mijn_training")
    gegevens = {
        "traject": traject, "aanbod": BevestigForm(), "soort": soort, "dicht": dicht, "regel": regel,
        "form": form if kan else None, "fouten": form, "wens": kan and _wens(traject, soort),
        "dagen": dagen, "klaar": klaar, "na_afloop": te_beantwoorden(traject) if dagen else [],
        "ek1_dagen": list(_dagen(traject, Soort.EK1)) if soort == Soort.EK2 else [],
    }  # fmt: skip
    return render(request, "cursus/mijn_training.html", gegevens)


def _eigen_plek(request, pk):
    """The own deelname (pk), also one that was given up: the page or the act then says so."""
    return get_object_or_404(traject_of_404(request).deelnames, pk=pk)


@login_required
def mijn_afmelden(request, pk):
    """Confirm page for giving up a place or a place on the waiting list."""
    plek = _eigen_plek(request, pk)
    (regel,) = plekregels([plek])
    laat, terug = not plek.op_wachtlijst and is_laat(regel.u), ADRES[Soort(plek.soort)]
    form = AfmeldForm(gepost(request), laat=laat)
    if request.method == "POST" and form.uitvoeren(deelname_afmelden, plek, door=request.user):
        plekken_aanbieden(regel.u)
        messages.success(request, "Je bent afgemeld. Je kunt altijd een andere datum kiezen.")
        return redirect(terug)
    if plek.afgemeld_om:  # an old page or link
        messages.warning(request, VOORBIJ)
        return redirect(terug)
    return render(
        request, "cursus/mijn_afmelden.html", {"form": form, "plek": plek, "u": regel.u, "terug": terug, "laat": laat}
    )


@alleen_post("mijn")
@login_required
def mijn_aanbod(request, pk):
    """Take the place that was offered from the waiting list."""
    plek = _eigen_plek(request, pk)
    form, terug = BevestigForm(request.POST), ADRES[Soort(plek.soort)]
    return knop(request, form, aanbod_aannemen, plek, zin="De plek is voor jou. Tot dan!", naar=terug)
