"""The bureau's tools: the outbox, the settings, people and their roles."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from lms.kern import handelingen
from lms.kern.berichten import GEHEIM, Achterhaald, opmaken
from lms.kern.berichten.woorden import in_woorden
from lms.kern.instellingen import STANDAARD
from lms.kern.instellingen import instelling as lees
from lms.kern.models import Accountmail, Bericht, Gebruiker, Instelling, Rol
from lms.kern.schermen import alleen_post, gepost, handelpagina, pagina, rol_nodig
from lms.kern.zoeken import vouw
from lms.portaal.forms import InstellingForm, MedewerkerForm, RolForm
from lms.portaal.views.toegang import toegang_van

STATEN = {
    "klaar": Q(verstuurd_om=None, vervallen_om=None, onzeker_om=None, geweigerd_om=None, bundelen=False),
    "dagbericht": Q(verstuurd_om=None, vervallen_om=None, onzeker_om=None, geweigerd_om=None, bundelen=True),
    "verstuurd": Q(verstuurd_om__isnull=False),
    "vervallen": Q(vervallen_om__isnull=False),
    "geweigerd": Q(geweigerd_om__isnull=False, verstuurd_om=None, vervallen_om=None),
    "onzeker": Q(onzeker_om__isnull=False, verstuurd_om=None, vervallen_om=None),
}


@rol_nodig(Rol.BUREAU)
def berichten(request):
    """The outbox, newest first: what went out, what waits, what is uncertain."""
    staat = request.GET.get("staat") if request.GET.get("staat") in STATEN else ""
    rijen = Bericht.objects.te_doen_als(request.user, Rol.BUREAU).select_related("aan").order_by("-klaar_om", "-pk")
    bladzij = Paginator(rijen.filter(STATEN[staat]) if staat else rijen, 25).get_page(request.GET.get("page"))
    account = Accountmail.objects.order_by("-om")[:10] if settings.DEMO else []
    uren = {"mail_vanaf": lees("mail_vanaf"), "mail_tot": lees("mail_tot")}
    return render(
        request,
        "portaal/berichten.html",
        {"pagina": bladzij, "staat": staat, "staten": STATEN, "accountmail": account, **uren},
    )


@rol_nodig(Rol.BUREAU)
def bericht(request, pk):
    """The preview of one message: the body is rendered now, it is not stored."""
    rijen = Bericht.objects.te_doen_als(request.user, Rol.BUREAU).select_related("aan", "traject__kandidaat")
    rij = get_object_or_404(rijen, pk=pk)
    try:
        onderwerp, tekst = (in_woorden(rij), GEHEIM) if rij.voorrang else opmaken(rij)
    except Achterhaald:
        onderwerp, tekst = rij.onderwerp, "Wat hierin stond, klopt niet meer. Dit bericht gaat niet uit."
    return render(
        request, "portaal/bericht.html", {"bericht": rij, "onderwerp": rij.onderwerp or onderwerp, "tekst": tekst}
    )


@alleen_post(lambda pk, daad: reverse("bureau_bericht", args=[pk]))
@rol_nodig(Rol.BUREAU)
def bericht_doen(request, pk, daad):
    """Send again, or cancel."""
    rij = get_object_or_404(Bericht.objects.te_doen_als(request.user, Rol.BUREAU), pk=pk)
    act = {"opnieuw": handelingen.bericht_opnieuw, "schrappen": handelingen.bericht_schrappen}.get(daad)
    if act is None:
        raise Http404
    try:
        act(rij, door=request.user)
        messages.success(
            request, "Dit bericht gaat opnieuw uit." if daad == "opnieuw" else "Dit bericht gaat niet meer uit."
        )
    except ValidationError as fout:
        messages.warning(request, fout.messages[0])
    return redirect("bureau_bericht", pk)


@rol_nodig(Rol.BUREAU)
def instellingen(request):
    """All settings with their value and since when."""
    nieuwste = {}
    for rij in Instelling.objects.order_by("sinds", "pk"):
        nieuwste[rij.code] = rij
    rijen = [
        {
            "code": code,
            "label": label,
            "eenheid": eenheid,
            "waarde": nieuwste[code].waarde if code in nieuwste else standaard,
            "sinds": getattr(nieuwste.get(code), "sinds", None),
        }
        for code, (standaard, eenheid, label) in STANDAARD.items()
    ]
    return render(request, "portaal/instellingen.html", {"rijen": rijen})


@rol_nodig(Rol.BUREAU)
def instelling(request, code):
    """Change one setting. Promised dates stay as they were promised."""
    if code not in STANDAARD:
        raise Http404
    geschiedenis = Instelling.objects.filter(code=code).order_by("-sinds", "-pk")[:20]
    return handelpagina(
        request, InstellingForm(gepost(request), code=code), handelingen.instelling_wijzigen, code=code,
        zin="De instelling is veranderd. Beloofde data blijven staan.",
        naar="bureau_instellingen",
        toon=pagina("portaal/instelling.html", lambda: {"label": STANDAARD[code][2], "geschiedenis": geschiedenis}),
    )  # fmt: skip


@rol_nodig(Rol.BUREAU)
def mensen(request):
    """People with a role, or found by name; roles as they hold today."""
    zoek = request.GET.get("naam", "")[:80]
    rijen = Gebruiker.objects.prefetch_related("rolvervullingen__regio").order_by("zoek", "pk")
    if vouw(zoek):
        for woord in vouw(zoek).split():
            rijen = rijen.filter(zoek__contains=woord)
    else:
        rijen = rijen.filter(
            pk__in=Gebruiker.objects.filter(rolvervullingen__tot=None, rolvervullingen__isnull=False).values("pk")
        )
    bladzij = Paginator(rijen, 25).get_page(request.GET.get("page"))
    return render(request, "portaal/mensen.html", {"pagina": bladzij, "zoek": zoek})


@rol_nodig(Rol.BUREAU)
def mens(request, pk):
    """One person: the roles with their dates; give one. Ending has pages of its own."""
    persoon = get_object_or_404(Gebruiker.objects.zichtbaar_als(request.user, Rol.BUREAU), pk=pk)
    form = RolForm(request.POST if request.POST.get("daad") == "geven" else None)
    if form.is_bound and form.uitvoeren(handelingen.rol_geven, persoon, door=request.user):
        messages.success(request, f"{persoon.voornaam} heeft deze rol vanaf vandaag.")
        return redirect("bureau_mens", pk)
    rollen = persoon.rolvervullingen.select_related("regio").order_by("-van", "-pk")
    context = {"persoon": persoon, "form": form, "rollen": rollen, "trajecten": persoon.trajecten.order_by("-pk")}
    context["in_team"] = any(rol.tot is None for rol in rollen)
    context["geweigerd"] = Bericht.objects.geweigerd_bij(persoon.email) if persoon.email else None
    return render(request, "portaal/mens.html", {**context, **toegang_van(persoon)})


@rol_nodig(Rol.BUREAU)
def medewerker(request):
    """A new colleague with a role; logs in with a code by mail."""
    return handelpagina(
        request, MedewerkerForm(gepost(request)), handelingen.medewerker_maken,
        zin=lambda form: (
            f"{_wie(form).voornaam} kan inloggen met een code op {_wie(form).email}. Daar gaat nu ook een mail heen "
            "die zegt hoe."
        ),
        naar=lambda form: ("bureau_mens", _wie(form).pk),
        toon=pagina("portaal/medewerker.html"),
    )  # fmt: skip


def _wie(form):
    """Who was made; the same for a form that was sent twice."""
    return form.uitkomst or Gebruiker.objects.get(email__iexact=form.cleaned_data["email"])
