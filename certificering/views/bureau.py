"""The bureau's page of one certificate: state, history, and ending or replacing it with a reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render

from certificering import handelingen as H
from certificering.forms import EindeForm, RedenForm, VervangForm
from certificering.handelingen.certificaat import scopes_in_woorden
from certificering.models import Certificaat
from certificering.views.formulieren import TE_LAAT, Formulieren
from certificering.views.mijn_certificaat import pdf_antwoord
from lms.kern.models import Rol, Traject
from lms.kern.schermen import rol_nodig

ACTEN = {
    "vervangen": (H.certificaat_vervangen, "Er is een nieuw certificaat. Het oude is vervangen."),
    "beeindigen": (H.certificaat_beeindigen, "Het certificaat is beëindigd."),
    "intrekken": (H.certificaat_intrekken, "Het certificaat is ingetrokken."),
}
EINDEN = ("beeindigen", "intrekken")  # what runs is handed on with these


@rol_nodig(Rol.BUREAU)
def certificaat(request, nummer):
    """State and history of a certificate. Each change is a form of its own behind a fold, with what it does."""
    zichtbaar = Certificaat.objects.filter(
        traject__in=Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).values("pk")
    )
    certificaat = get_object_or_404(
        zichtbaar.select_related("traject__kandidaat", "traject__registratie"), nummer=nummer
    )
    if "pdf" in request.GET and certificaat.is_gedrukt:
        return pdf_antwoord(certificaat)
    open_ = list(ACTEN) if certificaat.is_geldig and certificaat.traject.is_lopend else []
    soorten = {naam: (RedenForm, {}) for naam in ACTEN}
    if open_:
        for naam in EINDEN:
            einden = H.einden_van_registratie(certificaat.traject.registratie, request.user)
            gezien = ACTEN[naam][0].afdruk(certificaat, request.user)
            soorten[naam] = (EindeForm, {"einden": einden, "gezien": gezien})
        soorten["vervangen"] = (VervangForm, {"gezien": H.certificaat_vervangen.afdruk(certificaat, request.user)})
    formulieren = Formulieren(request, soorten, open=open_)
    if request.method == "POST" and not open_:
        messages.error(request, TE_LAAT)
    elif request.method == "POST":
        antwoord = formulieren.verwerk(ACTEN, certificaat, terug=request.path)
        if antwoord:
            return antwoord
    context = {
        "certificaat": certificaat,
        "gegevens": certificaat.gegevens,
        "kandidaat": certificaat.traject.kandidaat,
        "registratie": getattr(certificaat.traject, "registratie", None),
        "forms": formulieren.forms,
        "straks": scopes_in_woorden(certificaat.traject) if open_ else [],
        "alle": certificaat.traject.certificaten.order_by("-pk"),
    }
    return render(request, "certificering/bureau_certificaat.html", context)
