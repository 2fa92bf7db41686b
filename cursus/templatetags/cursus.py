"""How a session is said: when it is, and how many places are left."""

from django import template
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from cursus.models import Veiligheidsafspraken
from lms.kern.bewaartermijnen import ingevuld
from lms.kern.datums import dag
from lms.kern.templatetags.ekc import pill

register = template.Library()


@register.filter
def wanneer(uitvoering):
    """One day as 'vrijdag 12 februari, 19.30 – 21.30 uur', more as '3 dagen: 2 maart, 3 maart en 9 maart'.

    Reads the prefetched days.
    """
    dagen = list(uitvoering.bijeenkomsten.all())
    if not dagen:
        return "datum volgt"
    begin, eind = timezone.localtime(dagen[0].begint_om), timezone.localtime(dagen[0].eindigt_om)
    tijden = f"{formats.date_format(begin, 'G.i')} – {formats.date_format(eind, 'G.i')} uur"
    if len(dagen) == 1:
        return f"{dag(begin)}, {tijden}"
    data = [formats.date_format(timezone.localtime(b.begint_om), "j F") for b in dagen]
    return f"{len(dagen)} dagen: {', '.join(data[:-1])} en {data[-1]}"


@register.filter
def met_termijnen(tekst):
    """Rich text with the terms in it as they are now: {bewaren} becomes "28 dagen"."""
    return SafeString(ingevuld(conditional_escape(tekst)))  # what is filled in are numbers and words of ours


@register.simple_tag
def plekken(uitvoering):
    """The places left of a session as a pill; needs `met_data`."""
    over = uitvoering.plekken_over
    if uitvoering.afgelast_om:
        return pill("no", "Gaat niet door")
    if over == 0:
        return pill("plain", "Vol")
    return pill("now" if over <= 3 else "plain", "Nog 1 plek" if over == 1 else f"Nog {over} plekken")


@register.simple_tag
def aanwezig(rij):
    """The result of one attendance row as a pill; a missed day that was made up or waived says so."""
    if rij is None:
        return format_html('<span class="soft">{}</span>', "–")
    if rij.vervangen_door_id:
        return pill("plain", "gemist, opgelost")
    soort, woord = {
        "": ("", "nog open"),
        "ja": ("done", "ja"),
        "deels": ("wait", "deels"),
        "deels_telt": ("done", "deels, telt mee"),
        "nee": ("no", "nee"),
        "vrijgesteld": ("done", "vrijgesteld"),
    }[rij.resultaat]
    return pill(soort, woord)


@register.simple_tag
def veiligheidsafspraken():
    """The pointer to the safety agreements, or None while the bureau filled in nothing."""
    return Veiligheidsafspraken.nu()
