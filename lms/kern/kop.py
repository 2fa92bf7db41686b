"""The heading comes first in a page: what stands above it on screen, and what a page says of the act that led to it,
follow it in the text. Screen readers then meet the heading first; the stylesheet keeps what is seen in its order.
"""

import re

from django.utils.safestring import mark_safe

_STUK = r"<(?P<{0}>p|nav|div) class=\"[^\"]*\b(?:crumbs|eyebrow)\b[^>]*>(?:(?!</?(?P={0})[\s>]).)*</(?P={0})>\s*"
_KOP = re.compile(
    rf"(?P<boven>(?:{_STUK.format('een')})*)(?P<open>(?:<(?:div|article|section)[^>]*>\s*){{0,3}})"
    rf"(?P<nog>(?:{_STUK.format('twee')})*)(?P<kop><h1[\s>].*?</h1>)",
    re.DOTALL,
)
_SOORT = re.compile(r'(<(?:p|nav|div) class=")([^"]*\b(?:crumbs|eyebrow)\b)')


def kop_eerst(inhoud, meldingen=""):
    """`inhoud` (safe HTML) with its h1 before the way back and the line above it, and `meldingen` right after those."""
    gevonden = _KOP.search(inhoud)
    if not gevonden:
        return mark_safe(meldingen + inhoud)  # noqa: S308 - both were rendered by our own templates
    boven = _SOORT.sub(r"\1eerst \2", gevonden["boven"] + gevonden["nog"])
    nieuw = f"{gevonden['open']}{gevonden['kop']}{boven}{meldingen}"
    return mark_safe(inhoud[: gevonden.start()] + nieuw + inhoud[gevonden.end() :])  # noqa: S308 - the same
