"""The register: finding a fitting coordinator, the spreadsheet of what was found, and one registration."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from certificering import handelingen as H
from certificering.filters import WENSEN, RegisterFilter
from certificering.forms import BeschikbaarForm, RegioForm, StandForm, UitschrijfForm
from certificering.models import Registratie, Registratiestand
from certificering.tables import RegisterTabel, beschikbaar_pill, register_koppen, register_rijen
from certificering.views.formulieren import TE_LAAT, Formulieren
from lms.kern.doorgeven import Eindepagina, einde_tonen
from lms.kern.export import xlsx_antwoord
from lms.kern.models import Rol, Traject
from lms.kern.schermen import rol_nodig

VOLGORDES = (("", "Eigen regio's eerst"), ("naam", "Op naam"), ("laatste", "Langst geen conferentie"))


def _zichtbaar(gebruiker):
    """Whom a regiomanager or the bureau may find: everybody but oneself."""
    return Registratie.objects.zichtbaar_voor(gebruiker).exclude(traject__kandidaat=gebruiker)


def _filter(request):
    return RegisterFilter(request.GET, queryset=_zichtbaar(request.user).voor_register(request.user))


def _chips(request, gezocht):
    """Every wish with the address of this list without it."""
    chips = []
    for naam, _, woorden in gezocht.wensen():
        zonder = request.GET.copy()
        for weg in (naam, "page"):
            zonder.pop(weg, None)
        chips.append({"woorden": woorden, "adres": f"?{zonder.urlencode()}"})
    return chips


def _zonder(request, gezocht):
    rijen = []
    for naam, woorden, aantal in gezocht.zonder():
        adres = request.GET.copy()
        for weg in (naam, "page"):
            adres.pop(weg, None)
        rijen.append({"woorden": woorden, "aantal": aantal, "adres": f"?{adres.urlencode()}"})
    return rijen


@rol_nodig(Rol.REGIOMANAGER, Rol.BUREAU)
def register(request):
    """/regio/register/: count first, wishes as chips, own regions first; an empty answer says which wish is in the
    way.
    """
    gezocht = _filter(request)
    tabel = RegisterTabel(gezocht.qs).inrichten(request)
    aantal = tabel.paginator.count
    context = {
        "tabel": tabel,
        "aantal": aantal,
        "form": gezocht.form,
        "chips": _chips(request, gezocht),
        "zonder": _zonder(request, gezocht) if not aantal else [],
        "volgordes": VOLGORDES,
        "volgorde": request.GET.get("sort", ""),
        "wensen": WENSEN,
        "vraag": request.GET.urlencode(),
    }
    return render(request, "certificering/regio_register.html", context)


@rol_nodig(Rol.REGIOMANAGER, Rol.BUREAU)
def xlsx(request):
    """The same rows as the list shows now, as a spreadsheet."""
    tabel = RegisterTabel(_filter(request).qs).inrichten(request)
    naam = f"register-{timezone.localdate().isoformat()}"
    return xlsx_antwoord(naam, "Register", register_koppen(), register_rijen(tabel.data.data))


ACTEN = {
    "beschikbaar": (H.beschikbaarheid_zetten, "De beschikbaarheid is aangepast."),
    "stand": (H.registratiestand_zetten, "De stand is aangepast."),
    "regio_erbij": (H.werkgebied_toevoegen, "De regio staat erbij."),
    "regio_weg": (H.werkgebied_beeindigen, "De regio is weggehaald."),
    "thuisregio": (H.thuisregio_zetten, "De thuisregio is aangepast."),
}


def _mag_wijzigen(gebruiker, traject):
    if not traject.is_lopend:
        return False
    return any(
        Traject.objects.zichtbaar_als(gebruiker, rol).filter(pk=traject.pk).exists()
        for rol in (Rol.REGIOMANAGER, Rol.BUREAU)
    )


def _soorten(registratie):
    beschikbaar = {"beschikbaar": registratie.beschikbaar, "beschikbaar_vanaf": registratie.beschikbaar_vanaf}
    return {
        "beschikbaar": (BeschikbaarForm, {"initial": beschikbaar}),
        "stand": (StandForm, {}),
        "regio_erbij": (RegioForm, {}),
        "regio_weg": (RegioForm, {}),
        "thuisregio": (RegioForm, {}),
    }


@rol_nodig(Rol.REGIOMANAGER, Rol.BUREAU)
def registratie(request, pk):
    """One coordinator: matching fields for everybody who may search, changes and history for the own region and the
    bureau.
    """
    registratie = get_object_or_404(_zichtbaar(request.user).voor_register(request.user), pk=pk)
    mag = _mag_wijzigen(request.user, registratie.traject)
    formulieren = Formulieren(request, _soorten(registratie), open=list(ACTEN) if mag else [])
    if request.method == "POST":
        antwoord = formulieren.verwerk(ACTEN, registratie, terug=request.path)
        if antwoord:
            return antwoord
        if not mag and formulieren.wat in formulieren.forms:  # the region moved while the page was open
            messages.warning(request, TE_LAAT)
    context = {
        "rij": registratie,
        "kandidaat": registratie.traject.kandidaat,
        "pil": beschikbaar_pill(registratie, registratie.stand_nu),
        "geregistreerd": registratie.stand_nu == Registratiestand.Stand.GEREGISTREERD,
        "is_rm": Traject.objects.zichtbaar_als(request.user, Rol.REGIOMANAGER)
        .filter(pk=registratie.traject_id)
        .exists(),
        "is_bureau": Rol.BUREAU in request.user.rollen(),
        "mag": mag,
        "forms": formulieren.forms if mag else {},
        "standen": registratie.standen.select_related("door").order_by("-van", "-pk") if mag else [],
        "certificaten": registratie.traject.certificaten.order_by("-pk"),
    }
    return render(request, "certificering/regio_registratie.html", context)


@rol_nodig(Rol.REGIOMANAGER, Rol.BUREAU)
def uitschrijven(request, pk):
    """Somebody stops as a coordinator: first what runs, then the end."""
    registratie = get_object_or_404(_zichtbaar(request.user).select_related("traject__kandidaat"), pk=pk)
    if not _mag_wijzigen(request.user, registratie.traject):
        raise Http404
    mens = registratie.traject.kandidaat
    pagina = Eindepagina(
        mens,
        f"{mens.naam} stopt als coördinator",
        "Geef door en schrijf uit",
        reverse("regio_registratie", args=[pk]),
        mens.naam,
        f"{mens.voornaam} is uitgeschreven. Het certificaat geldt niet meer.",
    )
    return einde_tonen(
        request, pagina, H.registratiestand_zetten, registratie, H.einden_van_registratie(registratie, request.user),
        soort=UitschrijfForm, stand=Registratiestand.Stand.UITGESCHREVEN,
    )  # fmt: skip
