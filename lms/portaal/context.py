"""What every page needs: the menu of the role somebody works in now, and the contact data of the foundation."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cursus.models import Contactgegevens
from lms.kern.aangekomen import aangekomen, adresmerk
from lms.kern.models import Rol, Traject
from lms.kern.onthouden import Onthouden

COORDINATOR = "coordinator"
MENU = {
    "bezoeker": (("Agenda", "/agenda/"), ("Zo werkt het", "/zo-werkt-het/"), ("Nieuws", "/nieuws/")),
    Rol.KANDIDAAT: (
        ("Mijn traject", "mijn"),
        ("Cursus", "/cursus/"),
        ("Verslag", "mijn_verslag"),
        ("Gegevens", "mijn_gegevens"),
    ),
    COORDINATOR: (
        ("Mijn werk", "mijn"),
        ("Conferenties", "mijn_conferenties"),
        ("Cursus", "/cursus/"),
        ("Gegevens", "mijn_gegevens"),
    ),
    Rol.TRAINER: (
        ("Vandaag", "trainer"),
        ("Groepen", "trainer_groepen"),
        ("Verslagen", "trainer_verslagen"),
        ("Kandidaten", "trainer_kandidaten"),
    ),
    Rol.REGIOMANAGER: (
        ("Vandaag", "regio"),
        ("Register", "regio_register"),
        ("Conferenties", "regio_conferenties"),
        ("Kandidaten", "regio_kandidaten"),
    ),
    Rol.BUREAU: (
        ("Vandaag", "bureau"),
        ("Kandidaten", "bureau_kandidaten"),
        ("Planning", "/beheer/"),
        ("Register", "regio_register"),
    ),
    Rol.REDACTEUR: (("Redactie", "/beheer/"), ("Agenda", "/agenda/"), ("Nieuws", "/nieuws/")),
}
START = {
    Rol.TRAINER: "trainer",
    Rol.REGIOMANAGER: "regio",
    Rol.BUREAU: "bureau",
    Rol.KANDIDAAT: "mijn",
    COORDINATOR: "mijn",
}
NAMEN = {
    Rol.TRAINER: "trainer",
    Rol.REGIOMANAGER: "regiomanager",
    Rol.BUREAU: "bureau",
    Rol.REDACTEUR: "redacteur",
    Rol.KANDIDAAT: "kandidaat",
    COORDINATOR: "coördinator",
}
VOLGORDE = (Rol.BUREAU, Rol.TRAINER, Rol.REGIOMANAGER, Rol.REDACTEUR)


def rollen_om_te_kiezen(request):
    """The roles somebody can work in, the start role first: staff roles, then the own path where there is one."""
    rollen = [rol for rol in VOLGORDE if rol in request.user.rollen()]
    if not hasattr(request, "eigen_traject"):
        request.eigen_traject = Traject.objects.select_related("registratie").eigen(request.user)
    if request.eigen_traject:
        rollen.append(COORDINATOR if hasattr(request.eigen_traject, "registratie") else Rol.KANDIDAAT)
    return rollen or [Rol.KANDIDAAT]


def rol_nu(request):
    """The role of the menu: chosen with "Wissel van rol", else the first.

    Rights are always the union. Kept in the session.
    """
    if not hasattr(request, "user") or not request.user.is_authenticated:  # a request refused at the door has no user
        return "bezoeker"
    gekozen = request.session.get("rol")
    if gekozen and (gekozen in (Rol.KANDIDAAT, COORDINATOR) or gekozen in request.user.rollen()):
        return gekozen
    gekozen = str(rollen_om_te_kiezen(request)[0])
    if gekozen not in (Rol.KANDIDAAT, COORDINATOR):  # the own path changes by itself from candidate to coordinator
        request.session["rol"] = gekozen
    return gekozen


def menu(request):
    punten = []
    for naam, adres in MENU[rol_nu(request)]:
        url = adres if adres.startswith("/") else reverse(adres)
        punten.append({"naam": naam, "url": url, "hier": False})
    passend = [p for p in punten if request.path.startswith(p["url"])]
    if passend:
        max(passend, key=lambda p: len(p["url"]))["hier"] = True
    return punten


# the contact data are on every page and change once in years
contact = Onthouden(Contactgegevens.nu, seconden=30)


def telefoon():
    """The phone number, for the mails that name it."""
    return contact().telefoon


def huis(request):
    return {
        "DEMO": settings.DEMO,
        "site": settings.SITE_URL,
        "vandaag": timezone.localdate(),
        "tab": {
            "aangekomen": SimpleLazyObject(lambda: aangekomen(request)),
            "adres": SimpleLazyObject(lambda: adresmerk(request)),
        },
        "huis": {
            "menu": SimpleLazyObject(lambda: menu(request)),
            "contact": SimpleLazyObject(contact),
        },
    }
