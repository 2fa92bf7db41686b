"""The diary of a person: what should stand in it, what we told of it, and the mails that make the two agree.

What should stand in it follows from the facts; each app says so in `AFSPRAKEN` of its `berichten.py`. What we told is a
row (`Agendaregel`). A message about a place, a group or a talk (`IN_DE_AGENDA`) brings the diary along: when one entry
differs it carries that itself, else each entry has a mail of its own, as mail programs take one invitation from one
mail. A day that is past is left where it is.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.module_loading import import_string

from lms.kern.berichten.bronnen import uit_de_apps
from lms.kern.berichten.maken import bericht_maken
from lms.kern.datums import van_tot
from lms.kern.kalender import CANCEL, REQUEST, bestand, gebeurtenis
from lms.kern.models import Agendaregel, Bericht, Gebruiker

AGENDADAG = "agendadag"  # the mail of one entry


@dataclass(frozen=True)
class Afspraak:
    """A meeting or talk at which a person is expected."""

    soort: str
    nummer: int
    titel: str
    begin: dt.datetime
    eind: dt.datetime
    plek: str = ""


@dataclass(frozen=True)
class Verschil:
    """One entry that differs: how it should be (None: it should not be there) and the row of what was told (None:
    nothing yet).
    """

    persoon: Gebruiker
    afspraak: Afspraak | None
    regel: Agendaregel | None

    @property
    def titel(self) -> str:
        return self.afspraak.titel if self.afspraak else self.regel.titel if self.regel else ""


def afspraken_van(persoon: Gebruiker) -> dict[tuple[str, int], Afspraak]:
    """What should stand in this diary from now on, out of all apps."""
    nu = timezone.now()
    alle: dict[tuple[str, int], Afspraak] = {}
    for pad in uit_de_apps("AFSPRAKEN").values():
        gevonden: Iterable[Afspraak] = import_string(pad)(persoon)
        alle |= {(a.soort, a.nummer): a for a in gevonden if a.eind > nu}
    return alle


def komende_afspraken(persoon: Gebruiker, hoeveel: int = 12) -> list[Afspraak]:
    """What stands in this diary next, in order: for who plans something beside it."""
    return sorted(afspraken_van(persoon).values(), key=lambda a: (a.begin, a.nummer))[:hoeveel]


def _zegt(regel: Agendaregel, afspraak: Afspraak) -> bool:
    """Whether this is what was last offered."""
    verteld = (regel.titel, regel.plek, regel.begint_om, regel.eindigt_om)
    zelfde = verteld == (afspraak.titel, afspraak.plek, afspraak.begin, afspraak.eind)
    return bool(regel.aangeboden_om) and not regel.afgezegd and zelfde


def verschillen(persoon: Gebruiker) -> list[Verschil]:
    """The entries that are not in the diary as they should be, in the order of their days."""
    nu, gewenst = timezone.now(), afspraken_van(persoon)
    regels = {(r.soort, r.nummer): r for r in Agendaregel.objects.filter(persoon=persoon)}
    anders = []
    for sleutel, afspraak in gewenst.items():
        regel = regels.get(sleutel)
        if regel is None or not regel.bevestigd_om or not _zegt(regel, afspraak):
            anders.append((afspraak.begin, Verschil(persoon, afspraak, regel)))
    for sleutel, regel in regels.items():
        komt = regel.eindigt_om is not None and regel.eindigt_om > nu
        if komt and sleutel not in gewenst and not (regel.afgezegd and regel.bevestigd_om):
            anders.append((regel.begint_om or nu, Verschil(persoon, None, regel)))
    return [verschil for _, verschil in sorted(anders, key=lambda paar: paar[0])]


def verschil_van(regel: Agendaregel) -> Verschil | None:
    """How the diary differs about the entry of this row; None when it is as it should be."""
    alle = verschillen(regel.persoon)
    return next((v for v in alle if v.regel is not None and v.regel.pk == regel.pk), None)


def verschillen_bij(bericht: Bericht) -> list[Verschil]:
    """What a message brings along or leads to: nothing, one entry, or several that each get their own mail."""
    if bericht.soort == AGENDADAG:
        regel = Agendaregel.objects.select_related("persoon").filter(pk=bericht.feit).first()
        verschil = verschil_van(regel) if regel else None
        return [verschil] if verschil else []
    return verschillen(bericht.aan) if bericht.aan and bericht.soort in uit_de_apps("IN_DE_AGENDA") else []


def aanbieden(verschil: Verschil) -> Agendaregel:
    """Write down what is about to be told, and return the row. Told again it keeps its number."""
    afspraak, regel, nu = verschil.afspraak, verschil.regel, timezone.now()
    if regel is None and afspraak is not None:
        regel = _regel_voor(verschil.persoon, afspraak)
    if regel is None:
        raise ValueError("Een verschil heeft een afspraak of een regel.")
    if afspraak is None:
        nieuw = not regel.afgezegd
        regel.afgezegd = True
    else:
        nieuw = not _zegt(regel, afspraak)
        regel.titel, regel.plek, regel.afgezegd = afspraak.titel, afspraak.plek, False
        regel.begint_om, regel.eindigt_om = afspraak.begin, afspraak.eind
    if nieuw:
        regel.volgnummer += 1 if regel.aangeboden_om else 0
        regel.aangeboden_om, regel.bevestigd_om = nu, None
    regel.save()
    return regel


def _regel_voor(persoon: Gebruiker, afspraak: Afspraak) -> Agendaregel:
    return Agendaregel.objects.get_or_create(persoon=persoon, soort=afspraak.soort, nummer=afspraak.nummer)[0]


def meegeven(mail: EmailMultiAlternatives, regel: Agendaregel) -> None:
    """Put the entry of this row into the mail, as the calendar part that mail programs take as an invitation."""
    if regel.begint_om is None or regel.eindigt_om is None:
        raise ValueError("Er is niets om in de agenda te zetten.")
    methode = CANCEL if regel.afgezegd else REQUEST
    event = gebeurtenis(
        f"{regel.soort}-{regel.nummer}", titel=regel.titel, begin=regel.begint_om, eind=regel.eindigt_om,
        plek=regel.plek, volgnummer=regel.volgnummer, moment=regel.aangeboden_om, aan=regel.persoon,
        afgezegd=regel.afgezegd,
    )  # fmt: skip
    mail.attach_alternative(bestand([event], methode).decode(), f"text/calendar; method={methode}")


def gegevens_voor(bericht: Bericht) -> dict[str, Any]:
    """What the mail of one entry says: whether it goes out of the diary (`af`), its title, when and where."""
    regel = Agendaregel.objects.select_related("persoon").get(pk=bericht.feit)
    verschil = verschil_van(regel)
    if verschil and verschil.afspraak:
        afspraak, af = verschil.afspraak, False
    else:
        begin, eind = regel.begint_om or timezone.now(), regel.eindigt_om or timezone.now()
        afspraak = Afspraak(regel.soort, regel.nummer, regel.titel, begin, eind, regel.plek)
        af = verschil is not None or regel.afgezegd
    wanneer = van_tot(afspraak.begin, afspraak.eind)
    return {"af": af, "titel": afspraak.titel, "wanneer": wanneer, "plek": afspraak.plek}


def bevestigen(regel: Agendaregel) -> None:
    """The mail with this entry was handed over; what was offered later is not confirmed by it."""
    van_deze = Agendaregel.objects.filter(pk=regel.pk, volgnummer=regel.volgnummer, afgezegd=regel.afgezegd)
    van_deze.update(bevestigd_om=timezone.now())


def dagen_klaarzetten(bericht: Bericht) -> int:
    """After a message that is about the diary went out: a mail for each entry that still differs. Returns how many."""
    if bericht.soort == AGENDADAG or not bericht.aan:
        return 0
    open_ = verschillen_bij(bericht)
    for verschil in open_:
        regel = verschil.regel or (verschil.afspraak and _regel_voor(verschil.persoon, verschil.afspraak))
        if regel:
            _dagmail(regel)
    return len(open_)


def agenda_nalopen(persoon: Gebruiker) -> None:
    """After a fact of which no message tells: a mail for each entry that was told and is no longer so."""
    for verschil in verschillen(persoon):
        if verschil.regel is not None and verschil.regel.aangeboden_om:
            _dagmail(verschil.regel)


def _dagmail(regel: Agendaregel) -> None:
    if not _wacht_al(regel):
        bericht_maken(regel.persoon, AGENDADAG, feit=regel)


def _wacht_al(regel: Agendaregel) -> bool:
    return Bericht.objects.wachtend().filter(soort=AGENDADAG, feit=regel.pk, bezig_om=None).exists()
