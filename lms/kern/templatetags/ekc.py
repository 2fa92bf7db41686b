"""Template tags of the house, built in everywhere: dates in plain Dutch, pills, the kring, form fields."""

import ipaddress
import math
from urllib.parse import urlsplit

from django import template
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.html import format_html

from lms.kern import bezoek
from lms.kern.berichten.woorden import in_woorden
from lms.kern.datums import dag, dagen_geleden, data, datum, geleden, grens, moment, tel, tijd, wanneer
from lms.kern.kop import kop_eerst
from lms.kern.sessies import resterend
from lms.kern.zinnen import fouten_van

register = template.Library()


for woorden in (dag, datum, data, tijd, moment, grens, geleden, dagen_geleden, tel, wanneer):
    register.filter(woorden)


@register.filter
def haal(verzameling, sleutel):
    """The value under `sleutel` in a mapping, or ""."""
    return verzameling.get(sleutel, "") if verzameling else ""


@register.filter
def soort_in_woorden(bericht):
    """What kind of message this is, for people."""
    return in_woorden(bericht)


@register.filter
def om_te_bellen(nummer):
    """A phone number as a tel: address takes it: '0612345678', '+32470123456'."""
    return "".join(teken for teken in nummer if teken.isdigit() or teken == "+")


@register.filter
def in_vieren(waarde):
    """A long key in groups of four: 'ABCD EFGH …'."""
    return " ".join(waarde[plek : plek + 4] for plek in range(0, len(waarde), 4))


@register.simple_tag(takes_context=True)
def kan_sleutels(context):
    """Whether a passkey can exist here: browsers make none for a site without a name, only an IP address."""
    host = urlsplit(f"//{context['request'].get_host()}").hostname
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


@register.simple_tag(takes_context=True)
def sessie_over(context):
    """How many seconds the session of who looks goes on without another request."""
    return resterend(context["request"])


@register.simple_tag
def pill(soort, woord):
    """A status pill: `soort` is done, now, wait, no, plain or ""; word, sign and colour together."""
    return format_html('<span class="pill {}">{}</span>', soort, woord)


@register.inclusion_tag("onderdelen/kring.html")
def kring(gedaan, nu):
    """Eight seats round a table. `gedaan`: the numbers that are done; `nu`: the open step (9 = all eight done)."""
    gedaan = set(gedaan)
    stoelen = []
    for nr in range(1, 9):
        hoek = math.radians(45 * (nr - 1) - 90)
        staat = "done" if nr in gedaan else "now" if nr == nu else ""
        x, y = 60 + 46 * math.cos(hoek), 60 + 46 * math.sin(hoek)
        stoelen.append(
            {"x": f"{x:.1f}", "y": f"{y:.1f}", "staat": staat, "tik": f"M{x - 4:.1f} {y + 0.3:.1f}l2.9 3 5.2-6.2"}
        )
    klaar = f"{len(gedaan)} van de 8 stappen klaar. " if gedaan else ""
    tekst = "Alle acht stappen klaar." if nu > 8 else f"{klaar}Je bent nu bij stap {nu} van de 8."
    return {"stoelen": stoelen, "tekst": tekst, "nu": nu}


@register.inclusion_tag("onderdelen/veld.html")
def veld(gebonden, vier=False, label="", kaal=False):
    """One form field with label, help and error.

    `vier`: four choices beside each other; `label`: another label; `kaal`: without "(mag leeg blijven)", for search
    forms and drafts.
    """
    soort = getattr(gebonden.field.widget, "input_type", "") or gebonden.field.widget.__class__.__name__.lower()
    return {
        "veld": gebonden,
        "soort": soort,
        "vier": vier,
        "label": label or gebonden.label,
        "fouten": fouten_van(gebonden, label),
        "kaal": kaal,
    }


@register.inclusion_tag("onderdelen/mailstand.html", takes_context=True)
def mailstand(context, verander=""):
    """How far the mail is that this page waits for; `verander`: the name of the page where its address can be
    changed.
    """
    return {
        "stand": bezoek.mailstand(context["request"]),
        "verander": verander,
        "telefoon": context["huis"]["contact"].telefoon,
    }


@register.simple_block_tag(takes_context=True)
def koppagina(context, content):
    """What stands in main: the heading first, then what is said of the last act (lms/kern/kop.py)."""
    return kop_eerst(content, render_to_string("onderdelen/meldingen.html", {"messages": context.get("messages", ())}))


@register.simple_block_tag
def groep(content, gebonden, label="", klasse="field"):
    """The group of radios or ticks of one field: legend, hint and error are tied to it, what is asked stands between
    the tags.
    """
    fouten = fouten_van(gebonden, label)
    delen = [f"{gebonden.auto_id}_helptext"] * bool(gebonden.help_text) + [f"{gebonden.auto_id}_error"] * bool(fouten)
    context = {"veld": gebonden, "label": label or gebonden.label, "klasse": klasse, "fouten": fouten}
    return render_to_string("onderdelen/groep.html", context | {"bij": " ".join(delen), "inhoud": content})


def _eerste(gebonden):
    """The id of what an error leads to: the field, or the first choice of a group."""
    if isinstance(gebonden.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{gebonden.auto_id}_0"
    return gebonden.id_for_label or gebonden.auto_id


@register.inclusion_tag("onderdelen/fouten.html")
def foutenoverzicht(form):
    """The error summary above a form: every error with a link to its field."""
    punten = [
        (_eerste(form[naam]), zin)
        for naam in form.errors
        if naam != "__all__"
        for zin in fouten_van(form[naam], ook=True)
    ]
    algemeen = form.non_field_errors()
    getypt = not all(_is_deur(veld.field.widget) for veld in form.visible_fields())
    return {"punten": punten, "algemeen": algemeen, "getypt": getypt, "een": len(punten) + len(algemeen) == 1}


def _is_deur(widget):
    """Whether it asks who somebody is (an address, a password, a code): nothing in it was written to be kept."""
    return (
        getattr(widget, "input_type", "") in ("email", "password")
        or widget.attrs.get("autocomplete") == "one-time-code"
    )


@register.simple_tag(takes_context=True)
def url_met(context, **veranderd):
    """The address of this page with some parameters changed; an empty value removes one."""
    vraag = context["request"].GET.copy()
    for naam, waarde in veranderd.items():
        if waarde in ("", None):
            vraag.pop(naam, None)
        else:
            vraag[naam] = waarde
    return "?" + vraag.urlencode()


@register.simple_tag(takes_context=True)
def url_met_zonder(context, naam):
    """The address of this page without the parameter `naam` and without the page number: for the removable chips."""
    vraag = context["request"].GET.copy()
    for weg in (naam, "page"):
        vraag.pop(weg, None)
    return "?" + vraag.urlencode()
