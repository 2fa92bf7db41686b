"""What every view needs: the login, role and traject doors, and a small limit per address."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from lms.kern.bestanden import Afzender
from lms.kern.grenzen import Grens, bezoeker, tellen
from lms.kern.handelingen import Geweigerd, inzage_noteren
from lms.kern.models import Traject


def alleen_post(naar):
    """A view that only takes a POST. Who opens its address, by hand or after logging in, is led to its page; other
    methods are a 405.

    `naar`: the url name of that page, without arguments; or a function of the view's own arguments that gives its
    address (or raises Http404).
    """

    def versier(view):
        @wraps(view)
        def bewaakt(request, *args, **kwargs):
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return redirect(naar(**kwargs) if callable(naar) else naar)
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return bewaakt

    return versier


def rol_nodig(*rollen):
    """A view for people who have one of `rollen`: anonymous goes to the login page, others get a 403 with its
    reason.
    """

    def versier(view):
        @login_required
        @wraps(view)
        def bewaakt(request, *args, **kwargs):
            if not request.user.rollen().intersection(rollen):
                raise Geweigerd
            return view(request, *args, **kwargs)

        return bewaakt

    return versier


def met_traject(view):
    """A view about the own path: sets request.traject (the open one, else the last).

    Who has none goes to /mijn/, which invites to apply.
    """

    @login_required
    @wraps(view)
    def bewaakt(request, *args, **kwargs):
        request.traject = Traject.objects.eigen(request.user)
        return view(request, *args, **kwargs) if request.traject else redirect("mijn")

    return bewaakt


def getoond(request, sjabloon, context, *, traject, als, wat):
    """The page of what somebody wrote, or what was written about somebody, read in the role `als`: first the journal,
    then the page.

    The one place where a look counts. No header, method or format of the request is asked: a page, a fetch, a HEAD, a
    print or a form that comes back with its errors shows the same text. A draft that saves itself answers before,
    without a text of somebody else.
    """
    inzage_noteren(traject, door=request.user, als=als, wat=wat)
    return render(request, sjabloon, context)


def gepost(request):
    """What was sent with a POST, also when it was empty; None for a GET, so that a form stays unbound."""
    return request.POST if request.method == "POST" else None


def _verder(request, form, zin, naar):
    """Say it and go on; both may be a function of the form that was filled in."""
    gezegd, plek = (waarde(form) if callable(waarde) else waarde for waarde in (zin, naar))
    messages.success(request, gezegd)
    return _naar(plek)


def _naar(plek):
    """Go to what `redirect` takes, as one value or a tuple."""
    return redirect(*plek) if isinstance(plek, tuple) else redirect(plek)


NAGEKEKEN, VERANDER = "nagekeken", "verander"  # the two buttons of a page that shows once more what was filled in


def nakijken(request, form):
    """Whether what was filled in is to be shown first: it is right, and was not looked through yet.

    The page that shows it posts it again (onderdelen/nagekeken.html), with one of the two buttons.
    """
    return request.method == "POST" and NAGEKEKEN not in request.POST and form.is_valid()


def handelpagina(request, form, act, over=None, *, zin, naar, toon, nagekeken=None, **extra):
    """The page of one act: a form that is right does it, says `zin` and goes on to `naar`; else the page is shown.
    `nagekeken(request, context)` shows once more what was filled in, before it is done.

    `over`: the row it is about, None for an act that makes one; `extra` goes to the act. `naar`: what `redirect`
    takes, as one value or a tuple. `toon(request, context)`: shows the page with `form` in its context, also when the
    act said no.
    """
    if nagekeken and nakijken(request, form):
        return (toon if VERANDER in request.POST else nagekeken)(request, {"form": form})
    if request.method == "POST" and form.uitvoeren(act, over, door=request.user, **extra):
        return _verder(request, form, zin, naar)
    return toon(request, {"form": form})


def pagina(sjabloon, context=dict):
    """For `toon` of a handelpagina: this template, with what `context()` gives; asked only when it is shown."""
    return lambda request, vooraf: render(request, sjabloon, vooraf | context())


def knop(request, form, act, over, *, zin, naar, anders=None, **extra):
    """A button on another page: do the act and go to `naar`; what it refuses is said there, or at `anders`."""
    if form.uitvoeren(act, over, door=request.user, **extra):
        return _verder(request, form, zin, naar)
    messages.warning(request, next(iter(form.non_field_errors()), "Dat lukte niet. Probeer het opnieuw."))
    return _naar(anders or naar)


UPLOADS_PER_UUR = 60


def geupload(request):
    """The files that were posted, for a form; None without any.

    Too many in an hour from one person, or one address: each is then refused for that reason.
    """
    if request.method != "POST" or not request.FILES:
        return None
    wie = (
        f"mens:{request.user.pk}" if request.user.is_authenticated else bezoeker(request)
    )  # who is logged in is not counted with strangers
    afzender = Afzender(wie, Grens("bestand", wie, UPLOADS_PER_UUR, 3600))
    te_vaak = tellen(afzender.grens)
    for _, uploads in request.FILES.lists():
        for upload in uploads:
            upload.afzender = afzender
            if te_vaak:
                upload.niet_binnen = "te_vaak"
    return request.FILES


def te_vaak(request, naam, *, aantal, seconden, wie=""):
    """Count this request under `naam` and the visitor's address, or under `wie`; True when there were more than
    `aantal` in these `seconden`.

    One statement. Behind a proxy the visitor is whom the proxy names.
    """
    return bool(tellen(Grens(naam, wie or bezoeker(request), aantal, seconden)))
