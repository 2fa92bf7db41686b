"""/trainer/, /regio/ and /bureau/: what waits for you, oldest first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cursus.models import Inlevering
from lms.kern.models import Bericht, Beurt, Rol, Toegangsvoorstel, Traject
from lms.kern.pad.beurten import PER_CODE
from lms.kern.schermen import rol_nodig
from lms.portaal import werk
from lms.portaal.beurten import KNOP, adres_van
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
    for beurt in pagina:
        beurt.knop = KNOP[beurt.code]
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
    return _lijst(request, Rol.TRAINER, "portaal/trainer.html", te_lezen=te_lezen)


@rol_nodig(Rol.REGIOMANAGER)
def regio(request):
    return _lijst(request, Rol.REGIOMANAGER, "portaal/regio.html")


@rol_nodig(Rol.BUREAU)
def bureau(request):
    vast = Bericht.objects.exclude(onzeker_om=None).filter(verstuurd_om=None, vervallen_om=None).count()
    stil = stilgevallen(Traject.objects.zichtbaar_als(request.user, Rol.BUREAU)).count()
    voorstellen = Toegangsvoorstel.objects.open().exclude(over=request.user).exclude(door=request.user).count()
    return _lijst(request, Rol.BUREAU, "portaal/bureau.html", vaste_mail=vast, stil=stil, voorstellen=voorstellen)


@login_required
def taak(request, pk):
    """Go to the page where this turn is done. A turn that is gone, or not of this person, is a 404."""
    beurt = get_object_or_404(Beurt.objects.select_related("traject"), pk=pk)
    mag = Traject.objects.zichtbaar_als(request.user, beurt.rol).filter(
        pk=beurt.traject_id
    ).exists() and beurt.persoon_id in (
        None,
        request.user.pk,
    )
    if not mag:
        raise Http404
    adres = adres_van(beurt)
    if adres is None:
        messages.info(request, "Dit is al gedaan.")
        return redirect("start")
    return redirect(adres)
