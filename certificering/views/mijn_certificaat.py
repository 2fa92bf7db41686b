"""/mijn/certificaat/: the certificate, or what is still missing."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from certificering.certificaat_pdf import maak_pdf, qr_adres
from lms.kern.instellingen import instelling
from lms.kern.pad.afleiding import tikken_van
from lms.kern.pad.stappen import STAPPEN, VERVOLG
from lms.kern.schermen import met_traject


def _laatste(traject):
    """The valid certificate of this traject, else the last one that ended. None when there never was one."""
    return traject.certificaten.order_by("einde", "-pk").first()


def _nog_te_doen(traject):
    """The titles of what has not been done before a certificate can be given."""
    gedaan, vervolg = tikken_van([traject.pk])[traject.pk]
    stappen = [stap.titel for stap in STAPPEN if stap.nr not in gedaan]
    return [*stappen, VERVOLG[0].titel] if VERVOLG[0].nr not in vervolg else stappen


@met_traject
def certificaat(request):
    """The certificate with the welcome text, or the list of what is missing."""
    traject = request.traject
    certificaat = _laatste(traject)
    if certificaat is None:
        return render(request, "certificering/mijn_certificaat_nog_niet.html", {"ontbreekt": _nog_te_doen(traject)})
    registratie = getattr(traject, "registratie", None)
    context = {
        "certificaat": certificaat,
        "gegevens": certificaat.gegevens,
        "qr": qr_adres(certificaat.gegevens["controle"]) if certificaat.is_gedrukt else "",
        "lang": len(certificaat.gegevens["naam"]) > 24,
        "scopes": registratie.scopes.filter(tot=None) if registratie else [],
        "digitaal": instelling("welkom_digitaal"),
    }
    return render(request, "certificering/mijn_certificaat.html", context)


def pdf_antwoord(certificaat):
    antwoord = HttpResponse(maak_pdf(certificaat.gegevens), content_type="application/pdf")
    antwoord["Content-Disposition"] = f'attachment; filename="certificaat-{certificaat.nummer}.pdf"'
    return antwoord


@met_traject
def pdf(request):
    """The valid certificate as a PDF; 404 when there is none, or when its paper is from before this system."""
    certificaat = _laatste(request.traject)
    if certificaat is None or not certificaat.is_geldig or not certificaat.is_gedrukt:
        raise Http404
    return pdf_antwoord(certificaat)
