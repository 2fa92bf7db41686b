"""The bureau types an application on behalf of somebody; the person confirms by the mailed link, or did so on paper."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from lms.kern.bezoek import bezoek_onthouden
from lms.kern.deur import te_vaak_pagina
from lms.kern.instellingen import instelling
from lms.kern.models import Bericht, Gebruiker, Regio, Rol
from lms.kern.schermen import gepost, geupload, rol_nodig, te_vaak
from lms.kern.zoeken import vouw
from selectie import handelingen
from selectie.forms.bureau import OpPapierForm
from selectie.forms.namens import BevestigenForm, NamensForm
from selectie.handelingen.concept import over
from selectie.handelingen.namens import bekend_als, wat_ontbreekt
from selectie.models import Aanmeldconcept
from selectie.views.bestand import bijlage


def _van_het_bureau():
    return Aanmeldconcept.objects.filter(bureau__isnull=False).select_related("bureau", "brief_bestand", "cv_bestand")


def _fouten_van_bestanden(form, fout):
    for veld, zinnen in fout.message_dict.items() if fout else ():
        form.add_error(veld, zinnen)


def _te_bewaren(form):
    """Whether the draft can be kept: all is good, or all but a file."""
    return form.is_valid() or set(form.errors) <= {"brief_bestand", "cv_bestand"}


@rol_nodig(Rol.BUREAU)
def invoeren(request):
    """A new draft."""
    form = NamensForm(gepost(request), geupload(request), initial={"verzoek_id": secrets.token_urlsafe(12)})
    if request.method == "POST" and _te_bewaren(form):
        concept = handelingen.namens_beginnen(door=request.user, formulier=form.cleaned_data["verzoek_id"])
        fout = handelingen.namens_bewaren(concept, door=request.user, gegevens=form.gegevens(), **form.uploads())
        _fouten_van_bestanden(form, fout)
        if form.is_valid():
            messages.success(request, "Bewaard als concept. Kijk het na en laat het bevestigen.")
            return redirect("bureau_concept", concept.pk)
    return render(
        request,
        "selectie/bureau_invoeren.html",
        {"form": form, "concept": None, "terug": reverse("bureau_aanmeldingen")},
    )


@rol_nodig(Rol.BUREAU)
def wijzigen(request, pk):
    """Change a draft; a link that was sent stops working."""
    concept = get_object_or_404(_van_het_bureau(), pk=pk)
    form = NamensForm(gepost(request), geupload(request), initial=concept.gegevens)
    if request.method == "POST" and _te_bewaren(form):
        try:
            fout = handelingen.namens_bewaren(concept, door=request.user, gegevens=form.gegevens(), **form.uploads())
        except ValidationError as weg:
            form.add_error(None, weg)
        else:
            _fouten_van_bestanden(form, fout)
        if form.is_valid():
            messages.success(request, "Bewaard.")
            return redirect("bureau_concept", pk)
    handelingen.namens_inzien(concept, door=request.user)
    return render(
        request,
        "selectie/bureau_invoeren.html",
        {"form": form, "concept": concept, "terug": reverse("bureau_concept", args=[pk])},
    )


@dataclass(frozen=True)
class Conceptregel:
    """A draft in the list: until when it is kept, and what is missing in words."""

    concept: Aanmeldconcept
    tot: dt.datetime
    mist: list[str]


@rol_nodig(Rol.BUREAU)
def concepten(request):
    """The drafts with their state, the oldest first."""
    bewaard = dt.timedelta(days=instelling("concept_aanmelding"))
    regels = [
        Conceptregel(concept, concept.gewijzigd_om + bewaard, wat_ontbreekt(concept))
        for concept in _van_het_bureau().order_by("gemaakt_om", "pk")[:200]
    ]
    return render(request, "selectie/bureau_concepten.html", {"regels": regels})


def _naamgenoten(concept):
    """People of the same name: who has no e-mail address is recognised by a human being."""
    zoek = vouw(" ".join(concept.gegevens.get(veld, "") for veld in ("achternaam", "voornaam", "tussenvoegsel")))
    return list(Gebruiker.objects.filter(zoek=zoek)[:5])


@rol_nodig(Rol.BUREAU)
def concept(request, pk):
    """The draft as it will be: what is still missing, whether the person is known, and how it is confirmed."""
    concept = _van_het_bureau().filter(pk=pk).first()
    if concept is None and request.method == "POST":
        messages.info(request, "Deze aanmelding is er niet meer. Misschien is hij al bevestigd.")
        return redirect("bureau_concepten")
    if concept is None:
        raise Http404
    papier = OpPapierForm(request.POST if request.POST.get("daad") == "papier" else None)
    antwoord = _doen(request, concept, papier) if request.method == "POST" else None
    if antwoord:
        return antwoord
    handelingen.namens_inzien(concept, door=request.user)
    mens, lopend = bekend_als(concept)
    link = (
        Bericht.objects.filter(sleutel__startswith=f"{over(concept)}:link:").order_by("-pk").first()
        if concept.gestuurd_om
        else None
    )
    return render(
        request,
        "selectie/bureau_concept.html",
        {"concept": concept, "gegevens": concept.ingevuld,
         "regio": Regio.objects.filter(pk=concept.gegevens.get("regio")).first(),
        "mist": wat_ontbreekt(concept)}
        | {"mens": mens, "lopend": lopend, "papier": papier, "link": link,
        "naamgenoten": [] if concept.email else _naamgenoten(concept)},
    )  # fmt: skip


def _doen(request, concept, papier):
    """One of the three things to do with a draft. Returns a redirect, or None to show the page again."""
    daad = request.POST.get("daad")
    try:
        if daad == "sturen":
            handelingen.namens_sturen(concept, door=request.user)
            messages.success(
                request, f"De mail aan {concept.gegevens['voornaam']} gaat zo uit, met een link om te bevestigen."
            )
            return redirect("bureau_concept", concept.pk)
        if daad == "weggooien":
            handelingen.namens_weggooien(concept, door=request.user)
            messages.success(request, "Het concept is weg.")
            return redirect("bureau_concepten")
        if daad == "papier" and papier.is_valid():
            traject = handelingen.namens_op_papier(concept, door=request.user, **papier.waarden())
            messages.success(request, f"De aanmelding van {traject.kandidaat.naam} staat er nu.")
            return redirect("bureau_aanmelding", traject.pk)
    except ValidationError as fout:
        if daad == "papier":
            papier.neem_over(fout)
        else:
            messages.warning(request, fout.messages[0])
            return redirect("bureau_concept", concept.pk)
    return None


def _te_bevestigen(token):
    return handelingen.link_vinden(token, van_bureau=True)


def bevestigen(request, token):
    """The mailed link: GET shows everything, POST confirms.

    Nothing is made before. An old, a used and an unknown link look the same.
    """
    concept = _te_bevestigen(token)
    if concept is None:
        return render(request, "selectie/aanmelden_verlopen.html", status=404)
    if "veranderen" in request.POST and te_vaak(request, "bevestigen", aantal=40, seconden=3600):
        return te_vaak_pagina(request)
    if "veranderen" in request.POST:
        bezoek_onthouden(request, handelingen.concept_kopieren(concept), concept.email)
        return redirect("aanmelden_nakijken")
    form = BevestigenForm(gepost(request), initial=concept.gegevens)
    if request.method == "POST" and form.is_valid():
        if te_vaak(request, "bevestigen", aantal=40, seconden=3600):
            form.add_error(None, "Je probeerde dit heel vaak. Wacht een uur, of bel ons.")
        else:
            try:
                velden = {veld: form.cleaned_data[veld] for veld in ("gelezen", "onafhankelijk")}
                handelingen.namens_bevestigen(concept, door=None, **velden)
            except ValidationError as fout:
                form.add_error(None, fout)
            else:
                return redirect("aanmelden_bevestigd")
    concept = _te_bevestigen(token) or concept
    regio = Regio.objects.filter(pk=concept.gegevens.get("regio")).first()
    context = {
        "form": form,
        "concept": concept,
        "gegevens": concept.ingevuld,
        "regio": regio,
        "token": token,
        "afdruk": handelingen.afdruk(concept),
    }
    return render(request, "selectie/aanmelden_bevestigen.html", context)


def bevestigd(request):
    """Thanks; the same for everybody."""
    return render(request, "selectie/aanmelden_bevestigd.html")


def bevestigen_bestand(request, token, soort):
    """A file of the draft, for who has the mailed link."""
    concept = _te_bevestigen(token)
    bestand = getattr(concept, f"{soort}_bestand", None) if concept and soort in ("brief", "cv") else None
    if bestand is None:
        raise Http404
    return bijlage(bestand)
