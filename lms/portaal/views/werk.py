"""/trainer/, /regio/ and /bureau/: what waits for you, oldest first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render

from cursus.models import Inlevering
from lms.kern.models import Bericht, Beurt, Rol, Toegangsvoorstel, Traject
from lms.kern.pad.beurten import PER_CODE
from lms.kern.schermen import rol_nodig
from lms.portaal import werk
from lms.portaal.beurten import adres_van
from lms.portaal.filters import stilgevallen


def _lijst(request, rol, sjabloon, **extra):
    beurten = werk.beurten_voor(request.user, rol)
    soorten = werk.per_soort(beurten)
    wat = request.GET.get("wat") if request.GET.get("wat") in PER_CODE else ""
    if wat:
        beurten = beurten.filter(code=wat)
    bladen = Paginator(beurten, 25)
    bladen.count = sum(s["aantal"] for s in soorten if wat in ("", s["code"]))  # known already: one question less
    pagina = bladen.get_page(request.GET.get("page"))
    dagen = list(werk.dagen_in_te_vullen(request.user, rol)[:25]) if rol in (Rol.TRAINER, Rol.BUREAU) else []
    context = {
        "pagina": pagina,
        "soorten": soorten,
        "wat": wat,
        "dagen": dagen,
        "aantal": sum(s["aantal"] for s in soorten),
        "dossier": f"{START_NAAM[rol]}_dossier",
    }
    return render(request, sjabloon, {**context, **extra})


START_NAAM = {Rol.TRAINER: "trainer", Rol.REGIOMANAGER: "regio", Rol.BUREAU: "bureau"}


@rol_nodig(Rol.TRAINER)
def trainer(request):
    te_lezen = list(Inlevering.objects.zichtbaar_als(request.user, Rol.TRAINER).te_lezen()[:25])
    gesprekken = list(werk.gesprekken_van(request.user)[:10])
    return _lijst(request, Rol.TRAINER, "portaal/trainer.html", te_lezen=te_lezen, gesprekken=gesprekken)


@rol_nodig(Rol.REGIOMANAGER)
def regio(request):
    return _lijst(request, Rol.REGIOMANAGER, "portaal/regio.html")


@rol_nodig(Rol.BUREAU)
def bureau(request):
    """What waits for the bureau, and beside it what is on nobody's list."""
    niemand, groepen = werk.van_niemand(), werk.te_weinig_trainers()
    aantallen = werk.tellingen(
        vaste_mail=Bericht.objects.exclude(onzeker_om=None).filter(verstuurd_om=None, vervallen_om=None),
        stil=stilgevallen(Traject.objects.zichtbaar_als(request.user, Rol.BUREAU)),
        voorstellen=Toegangsvoorstel.objects.open().exclude(over=request.user).exclude(door=request.user),
        niemand=niemand,
        groepen=groepen,
        vog=werk.zonder_vog(),
    )
    extra = {
        "bij_wie": werk.bij_wie(niemand) if aantallen.pop("niemand") else [],
        "zonder_vog": list(werk.zonder_vog()[:25]) if aantallen.pop("vog") else [],
        "dunne_groepen": list(groepen.order_by("pk")[:10]) if aantallen.pop("groepen") else [],
    }
    return _lijst(request, Rol.BUREAU, "portaal/bureau.html", **aantallen, **extra)


@login_required
def taak(request, pk):
    """Go to the page where this turn is done. Of one that is gone, who had it hears what became of it; one that never
    was, or is not of this person, is a 404.
    """
    beurt = Beurt.objects.select_related("traject").filter(pk=pk).first()
    if beurt is None:
        return _voorbij(request, pk)
    zichtbaar = Traject.objects.zichtbaar_als(request.user, beurt.rol).filter(pk=beurt.traject_id)
    if beurt.persoon_id not in (None, request.user.pk) or not zichtbaar.exists():
        raise Http404
    adres = adres_van(beurt)
    if adres is None:
        messages.info(request, VOORBIJ.format(taak=beurt.aanzet.taak))
        return redirect("start")
    return redirect(adres)


VOORBIJ = "“{taak}” hoeft niet meer. Het is al gedaan, of er is intussen iets veranderd. Hier zie je wat er nu staat."


def _voorbij(request, pk):
    """A turn that is gone leaves its message with who had it."""
    had = Bericht.objects.filter(aan=request.user, sleutel__startswith=f"beurt:{pk}:", soort__startswith="beurt_")
    bericht = had.select_related("traject").first()
    aanzet = PER_CODE.get(bericht.soort.removeprefix("beurt_")) if bericht else None
    if aanzet is None:
        raise Http404
    messages.info(request, VOORBIJ.format(taak=aanzet.taak))
    if bericht.traject.kandidaat_id == request.user.pk:
        return redirect("mijn")
    for rol, start in START_NAAM.items():
        if rol in aanzet.rollen and Traject.objects.zichtbaar_als(request.user, rol).filter(pk=bericht.traject_id):
            return redirect(f"{start}_dossier", bericht.traject_id)
    return redirect("start")
