"""The bureau's answer to an application (folder, step 2): a letter that can be changed before it goes, a question,
a call. Nothing says no.
"""

import re

from django.utils import timezone

from cursus.handelingen import plaatsen
from cursus.models import Uitvoering
from lms.kern import bestanden
from lms.kern.berichten import bericht_maken
from lms.kern.datums import moment
from lms.kern.handelingen import afsluiten, handeling, vereis
from lms.kern.instellingen import STANDAARD, instelling
from lms.kern.models import Rol, Traject
from selectie.models import Aanmeldbrief, Aanmelding

Soort = Aanmeldbrief.Soort
NIET_INGEVULD = re.compile(r"\{[^{}\n]{0,40}\}")
AFWIJZEND = re.compile(r"\b(afgewezen|afwijz\w*|ongeschikt|niet geschikt|onvoldoende|gezakt)\b", re.IGNORECASE)


def wens_van(aanmelding):
    """The session this person wanted, while one can still sign up for it. None otherwise."""
    wens = aanmelding.gewenste_uitvoering_id
    return Uitvoering.objects.komend().met_data().filter(pk=wens, soort="informatie").first() if wens else None


def _over_bijeenkomst(traject, wens):
    if wens:
        return f"Je wilde graag naar {wens.titel} op {moment(wens.begint_om)}. Je staat daarvoor op de lijst."
    if traject.kandidaat.email:
        return "Op je eigen pagina kies je een datum die je past."
    return "We bellen je om samen een datum te kiezen."


def brief_tekst(traject, soort, *, door):
    """The letter as it would go now: the text of the setting with its places filled in; {vraag} is left for who
    writes.
    """
    aanmelding = Aanmelding.objects.filter(traject=traject).first()
    plekken = {
        "voornaam": traject.kandidaat.voornaam,
        "naam": traject.kandidaat.naam,
        "medewerker": door.naam,
        "bijeenkomst": _over_bijeenkomst(traject, wens_van(aanmelding) if aanmelding else None),
        "antwoorden": "Antwoorden kan op je eigen pagina." if traject.kandidaat.email else "Schrijf ons terug.",
    }
    tekst = instelling(f"brief_{soort}") or STANDAARD[f"brief_{soort}"][0]
    for plek, waarde in plekken.items():
        tekst = tekst.replace(f"{{{plek}}}", waarde)
    return re.sub(r"\n{3,}", "\n\n", tekst)


def _schrijven(traject, soort, tekst, *, door):
    tekst = tekst.strip()
    vereis(tekst, "Schrijf eerst je brief.", "tekst")
    leeg = NIET_INGEVULD.search(tekst)
    vereis(not leeg, f"Vul in wat er op de plek van {leeg.group() if leeg else ''} komt.", "tekst")
    vereis(not AFWIJZEND.search(tekst), "In een brief wijzen we niemand af. Schrijf het anders, of bel.", "tekst")
    return Aanmeldbrief.objects.create(traject=traject, soort=soort, tekst=tekst, door=door)


@handeling(Rol.BUREAU)
def aanmelding_beantwoorden(aanmelding, *, door, antwoord="uitnodigen", tekst=""):
    """Invite to step 2, with the letter `tekst` (empty: the text of the settings). Also gives the place of the wish, or
    its waiting list.

    Folder, step 2: whoever sent a complete letter and cv is invited; the folder selects nobody here.
    """
    traject, wens = aanmelding.traject, wens_van(aanmelding)
    vereis(antwoord == Aanmelding.Antwoord.UITNODIGEN, "Kies een antwoord.", "antwoord")
    _schrijven(traject, Soort.UITNODIGEN, tekst or brief_tekst(traject, Soort.UITNODIGEN, door=door), door=door)
    Aanmelding.objects.filter(pk=aanmelding.pk).update(
        antwoord=antwoord, beantwoord_om=timezone.now(), beantwoord_door=door
    )
    if wens:
        plaatsen(traject, wens)
        # without a place the mail of the next turn tells of the letter
        bericht_maken(traject.kandidaat, "brief_voor_je", traject=traject)


@handeling(Rol.BUREAU)
def aanvulling_vragen(aanmelding, *, door, tekst):
    """Ask for something about the application: the candidate is at turn, the bureau again after the answer.

    Returns the Aanmeldbrief.
    """
    traject = aanmelding.traject
    open_vraag = traject.aanmeldbrieven.nu().exists()
    vereis(not open_vraag, "Er staat al een vraag open. Wacht op het antwoord, of bel.")
    return _schrijven(traject, Soort.VRAGEN, tekst, door=door)


@handeling(Rol.KANDIDAAT, Rol.BUREAU)
def aanmelding_aanvullen(vraag, *, door, antwoord="", bestand=None):
    """Answer the question (an Aanmeldbrief) with words, a file, or both; the letter and cv that were sent stay as they
    are.

    The bureau types for who cannot.
    """
    vereis(vraag.traject.stap == 1, "Deze vraag hoeft niet meer: de uitnodiging is al gestuurd.")
    vereis(antwoord.strip() or bestand, "Schrijf iets, of stuur een bestand.", "antwoord")
    velden = {"antwoord": antwoord.strip(), "beantwoord_om": timezone.now(), "beantwoord_door": door}
    if bestand:
        velden["antwoord_bestand"] = bestanden.bewaren(bestand, soort="brief", traject=vraag.traject, veld="bestand")
    Aanmeldbrief.objects.filter(pk=vraag.pk).update(**velden)


@handeling(Rol.BUREAU)
def bellen_aankondigen(aanmelding, *, door, tekst):
    """Write that we like to call. The application stays open. Returns the Aanmeldbrief."""
    traject = aanmelding.traject
    brief = _schrijven(traject, Soort.BELLEN, tekst, door=door)
    bericht_maken(traject.kandidaat, "brief_voor_je", traject=traject)
    return brief


@handeling(Rol.BUREAU)
def nu_nog_niet_afspreken(aanmelding, *, door):
    """ "Nu nog niet", for a practical reason: only where the setting is on, and after a talk that was recorded.

    No mail goes out; coming back is one click.
    """
    traject = aanmelding.traject
    vereis(instelling("nu_nog_niet"), "Dit antwoord staat uit.")
    vereis(gesproken_over(traject, aanmelding), "Praat eerst met deze persoon, en schrijf het gesprek op.")
    Aanmelding.objects.filter(pk=aanmelding.pk).update(
        antwoord=Aanmelding.Antwoord.NU_NOG_NIET, beantwoord_om=timezone.now(), beantwoord_door=door
    )
    afsluiten(traject, Traject.Afsluiting.NIET_UITGENODIGD)


def gesproken_over(traject, aanmelding):
    """Whether a talk was recorded since the application came in, or since the last answer."""
    sinds = aanmelding.beantwoord_om or aanmelding.ingediend_om
    return traject.belnotities.filter(gesproken_op__isnull=False, om__gte=sinds).exists()
