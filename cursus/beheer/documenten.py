"""The door of /documenten/: a document of a lesson is as closed as the lesson."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from cursus.models.documenten import paginas_met
from cursus.models.lessen import Leespagina, toegang_van
from lms.kern.handelingen import Geweigerd


def mag_openen(document, request):
    """None when who asks may open this document; a redirect to the login page for who is not logged in.

    Raises Http404, or Geweigerd with the reason.
    """
    ingelogd = request.user.is_authenticated
    if ingelogd and toegang_van(request).alles:
        return None
    redenen = []
    for pagina in paginas_met(document):
        dicht = pagina.waarom_dicht(request) if isinstance(pagina, Leespagina) and ingelogd else ""
        if not isinstance(pagina, Leespagina) or ingelogd and not dicht:
            return None
        redenen.append(dicht)
    if not ingelogd:
        return redirect_to_login(request.path)
    if redenen:
        raise Geweigerd(redenen[0])
    raise Http404
