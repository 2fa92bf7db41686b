"""The regiomanager's pages: asking, following, counting and evaluating conferences.

The bureau reads along and reviews.
"""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render

from certificering import handelingen as H
from certificering.forms import GesprekForm, HerzienForm, RegiomanagerForm, TellenForm, VragenForm
from certificering.handelingen.evaluatie import KANDIDAAT_WAARDEN, REGIOMANAGER_WAARDEN
from certificering.handelingen.registratie import scopes_nu
from certificering.models import Conferentie, Evaluatie, Variant
from certificering.tables import ConferentieTabel
from certificering.views.formulieren import Formulieren
from certificering.views.mijn_conferenties import punten_evaluatie, stem_regels
from lms.kern.formulieren import NakijkForm
from lms.kern.models import Rol, Traject
from lms.kern.schermen import gepost, getoond, handelpagina, pagina, rol_nodig
from lms.kern.zoeken import vouw

WERKLIJSTEN = {
    "": "Alles wat loopt",
    "tellen": "Te bekijken",
    "evaluatie": "Evaluatie open",
    "klaar": "Klaar",
}


def _gekozen(rijen, lijst):
    match lijst:
        case "tellen":
            return rijen.lopend().filter(vastgelegd_om__isnull=False)
        case "evaluatie":
            return rijen.filter(open_evaluatie=True)
        case "klaar":
            return rijen.filter(telt_mee__isnull=False, open_evaluatie=False)
    return rijen.filter(Q(telt_mee__isnull=True) | Q(open_evaluatie=True))


@rol_nodig(Rol.REGIOMANAGER, Rol.BUREAU)
def lijst(request):
    """All conferences in view, with what is open first."""
    gekozen = request.GET.get("lijst", "")
    gekozen = gekozen if gekozen in WERKLIJSTEN else ""
    open_evaluatie = Exists(Evaluatie.objects.filter(conferentie=OuterRef("pk"), uitkomst=""))
    rijen = Conferentie.objects.te_begeleiden(request.user).annotate(open_evaluatie=open_evaluatie)
    rijen = _gekozen(rijen.select_related("traject__kandidaat", "regio"), gekozen)
    zoek = request.GET.get("zoek", "").replace("\x00", "")[:80]
    for woord in vouw(zoek).split():
        rijen = rijen.filter(Q(traject__kandidaat__zoek__contains=woord) | Q(referentie__icontains=woord))
    tabel = ConferentieTabel(rijen.order_by("ingeschakeld_op", "pk")).inrichten(request)
    context = {
        "tabel": tabel,
        "aantal": tabel.paginator.count,
        "lijsten": WERKLIJSTEN.items(),
        "gekozen": gekozen,
        "zoek": zoek,
    }
    return render(request, "certificering/regio_conferenties.html", context)


def _conferentie(request, pk):
    rijen = Conferentie.objects.te_begeleiden(request.user).select_related(
        "traject__kandidaat", "traject__regio", "regio", "geteld_door"
    )
    return get_object_or_404(rijen, pk=pk)


def _ziet_als(request, traject, rol):
    return Traject.objects.zichtbaar_als(request.user, rol).filter(pk=traject.pk).exists()


ACTEN = {
    "tellen": (H.conferentie_tellen, "Bewaard. De coördinator kan dit lezen."),
    "herzien": (H.telling_herzien, "Herzien. De coördinator kan dit lezen."),
}


@rol_nodig(Rol.REGIOMANAGER, Rol.BUREAU)
def conferentie(request, pk):
    """One conference: who, where it stands, and whether it counts."""
    conferentie = _conferentie(request, pk)
    traject = conferentie.traject
    open_ = []
    if (
        traject.is_lopend
        and conferentie.telt_mee is None
        and conferentie.vastgelegd_om
        and _ziet_als(request, traject, Rol.REGIOMANAGER)
    ):
        open_.append("tellen")
    if (
        traject.is_lopend
        and conferentie.telt_mee is not None
        and not conferentie.ouder
        and _ziet_als(request, traject, Rol.BUREAU)
    ):
        open_.append("herzien")
    begin = {"telt_mee": "ja" if conferentie.gehouden_op else ""}
    formulieren = Formulieren(
        request, {"tellen": (TellenForm, {"initial": begin}), "herzien": (HerzienForm, {})}, open=open_
    )
    if request.method == "POST":
        antwoord = formulieren.verwerk(ACTEN, conferentie, terug=request.path)
        if antwoord:
            return antwoord
    context = {
        "rij": conferentie,
        "kandidaat": traject.kandidaat,
        "forms": formulieren.forms,
        "evaluatie": getattr(conferentie, "evaluatie", None),
    }
    return render(request, "certificering/regio_conferentie.html", context)


ACTEN_EVALUATIE = {
    "stem": (H.evaluatie_regiomanager, "Bewaard. De kandidaat leest dit na jullie gesprek."),
    "gesprek": (H.evaluatiegesprek_vastleggen, "Bewaard. De kandidaat zegt nu of het zo klopt."),
    "afronden": (H.evaluatie_afronden, "De evaluatie is afgerond."),
}


def _open_evaluatie(evaluatie, traject, is_rm):
    if not is_rm or evaluatie.uitkomst or not traject.is_lopend:
        return []
    if evaluatie.akkoord_om:
        return ["afronden"]
    if evaluatie.gesprek_op:
        return []
    return ["gesprek", "stem"] if evaluatie.kandidaat_om and evaluatie.regiomanager_om else ["stem"]


def _soorten_evaluatie(evaluatie, punten, gezien):
    taken = {f"taak_{code}": waarde for code, waarde in evaluatie.regiomanager_taken.items()}
    return {
        "gesprek": (GesprekForm, {"met_derde": bool(evaluatie.oneens_om)}),
        "stem": (RegiomanagerForm, {"punten": punten, "initial": {"tekst": evaluatie.regiomanager_tekst, **taken}}),
        "afronden": (NakijkForm, {"gezien": gezien}),
    }


@rol_nodig(Rol.REGIOMANAGER, Rol.BUREAU)
def evaluatie(request, pk):
    """The evaluation of a conference: the own voice, the conversation, closing it. The candidate's voice shows after
    the own one.

    The bureau sees where it stands, not what was written.
    """
    conferentie = _conferentie(request, pk)
    traject = conferentie.traject
    deze = get_object_or_404(Evaluatie, conferentie=conferentie)
    is_rm = _ziet_als(request, traject, Rol.REGIOMANAGER)
    punten = list(punten_evaluatie())
    formulieren = Formulieren(
        request,
        _soorten_evaluatie(deze, punten, H.evaluatie_afronden.afdruk(deze, request.user)),
        open=_open_evaluatie(deze, traject, is_rm),
    )
    if request.method == "POST":
        if deze.uitkomst:
            messages.error(request, "Deze evaluatie is al afgerond.")
            return redirect("regio_evaluatie", pk)
        antwoord = formulieren.verwerk(ACTEN_EVALUATIE, deze, terug=request.path)
        if antwoord:
            return antwoord
    context = {
        "rij": conferentie,
        "evaluatie": deze,
        "kandidaat": traject.kandidaat,
        "forms": formulieren.forms,
        "traject": traject,
        "is_rm": is_rm,
    }
    if is_rm and deze.regiomanager_om:
        context["kandidaat_stem"] = stem_regels(punten, deze.kandidaat_taken, KANDIDAAT_WAARDEN)
        context["eigen_stem"] = stem_regels(punten, deze.regiomanager_taken, REGIOMANAGER_WAARDEN)
    if not is_rm:  # where it stands, no text
        return render(request, "certificering/regio_evaluatie.html", context)
    return getoond(
        request, "certificering/regio_evaluatie.html", context, traject=traject, als=Rol.REGIOMANAGER, wat="evaluatie"
    )


@rol_nodig(Rol.REGIOMANAGER)
def vragen(request, pk):
    """Ask this person for a conference; says why not when that cannot be."""
    traject = get_object_or_404(
        Traject.objects.zichtbaar_als(request.user, Rol.REGIOMANAGER).select_related("kandidaat", "regio"), pk=pk
    )
    registratie = getattr(traject, "registratie", None)
    varianten = scopes_nu(registratie) if registratie else [Variant.FAMILIE]
    form = VragenForm(gepost(request), varianten=varianten or [Variant.FAMILIE])
    context = {"traject": traject, "kandidaat": traject.kandidaat, "registratie": registratie}
    return handelpagina(
        request, form, H.conferentie_vragen, traject,
        zin=f"{traject.kandidaat.voornaam} krijgt bericht.",
        naar=lambda form: ("regio_conferentie", form.uitkomst.pk) if form.uitkomst else "regio_conferenties",
        toon=pagina(
            "certificering/regio_conferentie_vragen.html",
            lambda: {
                **context,
                "waarom_niet": H.mag_conferentie(traject),
                "eerder": traject.conferenties.order_by("-pk"),
            },
        ),
    )  # fmt: skip
