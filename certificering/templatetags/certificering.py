"""The pieces that the pages of conference, evaluation and register share: a form among several, a voice to write and a
voice to read.
"""

from django import template

register = template.Library()


@register.inclusion_tag("certificering/onderdelen/form.html", takes_context=True)
def deelform(context, form, wat, knop, second=False):
    """One form of a page with several: `wat` tells the view which one came back, `knop` is its button."""
    return {**context.flatten(), "form": form, "wat": wat, "knop": knop, "second": second}


@register.inclusion_tag("certificering/onderdelen/stemform.html", takes_context=True)
def stemform(context, form, wat, knop, second=False):
    """The form of one voice in the evaluation: the tasks first, then the own text."""
    return {**context.flatten(), "form": form, "wat": wat, "knop": knop, "second": second}


@register.inclusion_tag("certificering/onderdelen/stem.html")
def stem(kop, regels, tekst):
    """One voice of the evaluation, to read: its heading, the lines per task and the own text."""
    return {"kop": kop, "regels": regels, "tekst": tekst}
