"""The Kandidatenlijst and the Dossier: one view for trainer, regiomanager and bureau; rows and parts by right."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from certificering.models import Conferentie
from cursus.models import Aanwezigheid
from lms.kern.export import xlsx_antwoord
from lms.kern.handelingen import Geweigerd
from lms.kern.models import Bericht, Rol, Traject
from lms.kern.pad.afleiding import tikken_van
from lms.kern.pad.stappen import STAPPEN, VERVOLG
from lms.kern.schermen import alleen_post, rol_nodig
from lms.portaal import samen, tijdlijn
from lms.portaal.filters import KandidaatFilter, met_wachttijd
from lms.portaal.forms import SamenForm
from lms.portaal.tables import KandidaatTabel, met_groep
from lms.portaal.werk import in_gesprek, woord_voor_einde, zonder_kanten
from selectie.models import Verslag

ROL_VAN = {"trainer": Rol.TRAINER, "regio": Rol.REGIOMANAGER, "bureau": Rol.BUREAU}
ROLLEN = tuple(ROL_VAN.values())


def _rol(request, deur):
    rol = ROL_VAN[deur]
    if rol not in request.user.rollen():
        raise Geweigerd
    return rol


def _lijst(request, deur, *, heel=False):
    """(filter, table) of this role's people, filtered and sorted along the address.

    `heel`: all rows are read, not one page.
    """
    rol = _rol(request, deur)
    rijen = (
        Traject.objects.zichtbaar_als(request.user, rol)
        .select_related("kandidaat", "regio")
        .prefetch_related("beurten")
    )
    filter_ = KandidaatFilter(request.GET or None, queryset=rijen, request=request, rol=rol)
    rijen = met_groep(filter_.qs) if heel else filter_.qs
    if "sinds" in "".join(request.GET.getlist("sort")):
        rijen = met_wachttijd(rijen, rol)
    zonder = ("groep",) if rol == Rol.REGIOMANAGER else ()
    return filter_, KandidaatTabel(rijen, deur=deur, rol=rol, exclude=zonder).inrichten(request)


@rol_nodig(*ROLLEN)
def kandidaten(request, deur):
    """The list of this role's people, filtered and sorted along the address."""
    filter_, tabel = _lijst(request, deur)
    return render(
        request,
        "portaal/kandidaten.html",
        {
            "tabel": tabel,
            "filter": filter_,
            "deur": deur,
            "aantal": tabel.paginator.count,
            "actief": filter_.actief(),
            "samen": SamenForm() if deur == "bureau" else None,
        },
    )


@alleen_post("bureau_kandidaten")
@rol_nodig(Rol.BUREAU)
def voor_meer_mensen(request):
    """One act for the people who are ticked: first what will happen and to whom, then a result per person.

    Safe to send twice.
    """
    mensen = samen.gekozen(request.user, request.POST.getlist("kies"))
    form = SamenForm(request.POST)
    context = {"form": form, "mensen": mensen, "daad": "", "uitvoering": None, "uitslag": []}
    if form.is_valid() and mensen:
        context |= {"daad": samen.DADEN[form.cleaned_data["daad"]], "uitvoering": form.cleaned_data["uitvoering"]}
        if request.POST.get("zeker") == "ja":
            context["uitslag"] = samen.uitvoeren(mensen, door=request.user, **form.cleaned_data)
    return render(request, "portaal/samen.html", context)


@rol_nodig(*ROLLEN)
def xlsx(request, deur):
    """The same rows as the list shows now, as a spreadsheet: no free text, nothing sensitive."""
    _, tabel = _lijst(request, deur, heel=True)
    koppen = [str(kolom.header) for kolom in tabel.columns]
    rijen = (tabel.waarden(rij) for rij in tabel.rows)
    return xlsx_antwoord(f"kandidaten-{timezone.localdate().isoformat()}", "Kandidaten", koppen, rijen)


@rol_nodig(*ROLLEN)
def dossier(request, deur, pk):
    """The whole story of one person, as far as this role may see it."""
    rol = _rol(request, deur)
    rijen = Traject.objects.zichtbaar_als(request.user, rol).select_related("kandidaat", "regio", "aanmelding")
    traject = get_object_or_404(rijen, pk=pk)
    ek1 = rol == Rol.TRAINER and Traject.objects.als_trainer_van(request.user, "EK1").filter(pk=traject.pk).exists()
    stappen, vervolg = tikken_van([traject.pk])[traject.pk]
    context = {
        "traject": traject,
        "kandidaat": traject.kandidaat,
        "deur": deur,
        "rol": rol,
        "heeft_aanmelding": hasattr(traject, "aanmelding"),
        "stappen": [{"stap": s, "gedaan": s.nr in stappen} for s in STAPPEN],
        "vervolg": [{"stap": s, "gedaan": s.nr in vervolg} for s in VERVOLG] if traject.stap > 8 else [],
        "beurten": _beurten(traject, rol),
        "loopt_niet": woord_voor_einde(traject, rol),
        "log": [
            (r.om, tijdlijn.wie_van(r), tijdlijn.naam_van(r.handeling), r.namens) for r in _regels(traject, rol, ek1)
        ],
        "conferenties": list(Conferentie.objects.zichtbaar_voor(request.user).filter(traject=traject).order_by("pk"))
        if rol != Rol.TRAINER
        else [],
    }
    if rol != Rol.REGIOMANAGER:
        context["dagen"] = list(
            Aanwezigheid.objects.filter(traject=traject, geldt=True)
            .select_related("bijeenkomst__uitvoering")
            .order_by("soort", "nr")
        )
    if rol == Rol.BUREAU or ek1:
        context["mails"] = list(
            Bericht.objects.filter(aan=traject.kandidaat, traject=traject).order_by("-klaar_om", "-pk")[:60]
        )
        context["mail_geweigerd"] = next(
            (m.geweigerd_om for m in context["mails"] if m.verstuurd_om or m.geweigerd_om), None
        )
    if rol == Rol.TRAINER:
        context["verslagen"] = list(
            Verslag.objects.zichtbaar_voor(request.user)
            .filter(traject=traject, verstuurd_om__isnull=False)
            .order_by("-versie")
        )
        context["notities"] = list(traject.uitzoeknotities.select_related("door").order_by("-om")) if ek1 else None
    return render(request, "portaal/dossier.html", context)


def _regels(traject, rol, ek1):
    """The lines of the journal this role reads here."""
    if rol == Rol.REGIOMANAGER:
        return tijdlijn.voor_team(traject, alleen=tijdlijn.OPENBAAR_VOOR_REGIO)[:60]
    zonder = frozenset() if rol == Rol.BUREAU else tijdlijn.STIL_VOOR_TRAINER if ek1 else tijdlijn.STAP_7
    return tijdlijn.voor_team(traject, zonder=zonder)[:60]


def _beurten(traject, rol):
    """Whose turn, in words. A regiomanager reads of steps 1–7 the step and "gesprek", without sides."""
    beurten = list(traject.beurten.select_related("persoon").order_by("sinds"))
    if zonder_kanten(traject, rol):
        return (
            [{"wie": "gesprek" if in_gesprek(beurten) else STAPPEN[traject.stap - 1].titel, "beurt": None}]
            if beurten
            else []
        )
    if rol == Rol.REGIOMANAGER:
        beurten = [b for b in beurten if b.rol != Rol.TRAINER]  # what trainers consider among themselves
    return [{"wie": b.persoon.naam if b.persoon else b.rol, "beurt": b} for b in beurten]
