"""Which pages cannot be thrown away in the Wagtail admin: people left progress there, or a whole part of the site
hangs on them.
"""

from django.contrib import messages
from django.shortcuts import redirect

from cursus.models import (
    AgendaPagina,
    CursusIndex,
    CursusPagina,
    HomePage,
    Inlevering,
    LesPagina,
    NieuwsIndex,
    Notitie,
    Voortgang,
)

VAST = (HomePage, AgendaPagina, CursusIndex, NieuwsIndex)


def mensen_in(page):
    """How many people read, wrote or handed in something in the lessons of this page. Three queries."""
    lessen = LesPagina.objects.descendant_of(page, inclusive=True).values("pk")
    mensen = set(Voortgang.objects.filter(les__in=lessen).values_list("gebruiker", flat=True))
    for model in (Notitie, Inlevering):
        mensen |= set(model.objects.filter(les__in=lessen).values_list("traject__kandidaat", flat=True))
    return len(mensen)


def waarom_blijft(page):
    """Why this page stays, in Dutch, or ""."""
    if isinstance(page.specific, VAST):
        return f"‘{page.title}’ hoort bij de site en kan niet weg. Je kunt de tekst veranderen."
    mensen = mensen_in(page)
    if mensen:
        wie = "1 persoon las of schreef" if mensen == 1 else f"{mensen} mensen lazen of schreven"
        return f"‘{page.title}’ kan niet weg: {wie} hier al. Haal de pagina offline. Dan blijft alles bewaard."
    return ""


def niet_weg(request, pages):
    """A redirect back with the reasons when one of these pages must stay; None when all of them may go."""
    redenen = list(filter(None, map(waarom_blijft, pages)))
    if not redenen:
        return None
    for reden in redenen:
        messages.error(request, reden)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk if pages[0].depth > 2 else pages[0].pk)


def niet_kopieren(request, page):
    """A redirect back with the reason for a page of which there is one; None for any other."""
    if not isinstance(page.specific, (*VAST, CursusPagina)):
        return None
    messages.error(request, f"Van ‘{page.title}’ is er maar één. Kopieer een dag, een les of een gewone pagina.")
    return redirect("wagtailadmin_explore", page.get_parent().pk)
