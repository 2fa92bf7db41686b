"""From a row to the mail: subject and text from a template, files, and headers.

Rendered at sending and at preview, never stored.
"""

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import select_template
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from lms.kern.berichten.bronnen import gemaakt
from lms.kern.berichten.feiten import is_achterhaald
from lms.kern.geheim import ontsleutelen
from lms.kern.models import Bericht, Beurt
from lms.kern.pad.beurten import PER_CODE
from lms.kern.post import postdomein

DAGBERICHT = "dagbericht"
GEHEIM = "De tekst van deze mail is alleen voor wie hem krijgt."


class Achterhaald(Exception):
    """What a message tells is true no more: it lapses instead of going out."""


def opmaken(bericht: Bericht) -> tuple[str, str]:
    """Render a message: (onderwerp, tekst). The first line of the template is the subject. A turn without its own
    template gets the general one.

    Raises Achterhaald when its fact is gone, Onleesbaar when its sealed part was made with another secret.
    """
    waarden = json.loads(ontsleutelen(bericht.geheim)) if bericht.geheim else {}
    if "/" in bericht.soort:  # one of allauth's
        adres = {"email": bericht.adres, "tot": bericht.verloopt_om}
        gegevens = {"site": settings.SITE_URL, "telefoon": _telefoon()} | adres | waarden
        onderwerp = _ingevuld(gegevens, f"{bericht.soort}_subject.txt")
        return " ".join(onderwerp.split()), _ingevuld(gegevens, f"{bericht.soort}_message.txt") + "\n"
    gegevens = _gegevens(bericht) | waarden
    tekst = _ingevuld(gegevens, f"berichten/{bericht.soort}.txt", "berichten/beurt.txt")
    onderwerp, _, romp = tekst.partition("\n")
    return onderwerp.strip(), romp.strip() + "\n"


def _ingevuld(gegevens: dict[str, Any], *namen: str) -> str:
    """The first of these templates that exists, as plain text."""
    sjabloon: Any = select_template(namen)  # the engine's own, which takes a Context
    return sjabloon.template.render(Context(gegevens, autoescape=False)).strip()


def _gegevens(bericht: Bericht) -> dict[str, Any]:
    """What every template may use, and what the app that this kind of message belongs to adds."""
    gegevens = {
        "bericht": bericht, "aan": bericht.aan, "traject": bericht.traject, "beurt": _beurt_van(bericht),
        "kandidaat": bericht.traject.kandidaat if bericht.traject else None, "site": settings.SITE_URL,
        "telefoon": _telefoon(),
        "regels": _regels(bericht) if bericht.soort == DAGBERICHT else [],
    }  # fmt: skip
    return gegevens | gemaakt("GEGEVENS", bericht, {})


def _telefoon() -> SimpleLazyObject:
    """The phone number of the foundation, asked only by the mails that name it."""
    return SimpleLazyObject(import_string(settings.BERICHT_TELEFOON))


def _beurt_van(bericht: Bericht) -> Beurt | None:
    """The turn a message is about: its key begins with "beurt:<pk>:".

    None when the turn is gone, or for another message.
    """
    soort, _, rest = bericht.sleutel.partition(":")
    return (
        Beurt.objects.filter(pk=int(rest.partition(":")[0]), traject=bericht.traject_id).first()
        if soort == "beurt"
        else None
    )


def _regels(dagbericht: Bericht) -> list[tuple[int, str]]:
    """What goes along in a digest: [(number, sentence)], the most first. Tasks and subjects only, never a name."""
    delen = dagbericht.delen.filter(vervallen_om=None).select_related("aan", "traject__kandidaat")
    zinnen: Counter[str] = Counter()
    for deel in delen:
        aanzet = PER_CODE.get(deel.soort.removeprefix("beurt_"))
        zinnen[aanzet.taak if aanzet else opmaken(deel)[0]] += 1
    return [(aantal, zin) for zin, aantal in zinnen.most_common()]


def brief_van(bericht: Bericht) -> EmailMultiAlternatives:
    """The mail as it is handed over, without its entry for the diary. Raises Achterhaald when what it tells no longer
    holds.

    Its Message-ID belongs to the row: handed over twice, a mail program shows it once.
    """
    if is_achterhaald(bericht):
        raise Achterhaald
    onderwerp, tekst = opmaken(bericht)
    naam = sha256(bericht.sleutel.encode()).hexdigest()[:20]
    koppen = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{bericht.pk}.{naam}@{postdomein()}>",
        **gemaakt("KOPPEN", bericht, {}),
    }
    return EmailMultiAlternatives(onderwerp, tekst, to=[bericht.naar], headers=koppen)
