"""Step 6: the self-reflection report along the profile.

A sent version never changes; recalling it makes a copy the new draft.
"""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from cursus.models import Trainerschap
from lms.kern.afdruk import vingerafdruk
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import Botsing, Stil, concept, handeling, inzage_noteren, vereis
from lms.kern.instellingen import instelling
from lms.kern.models import Gebruiker, Rol, Traject
from lms.kern.pad.stappen import open_stappen
from selectie.models import Antwoord, Keuze, Mening, Stelling, Verslag, Voorstel
from selectie.profiel import actuele_teksten

VELDEN = ("taken_tekst", "conclusie", "waarom")
AL_VERSTUURD = "Je verslag is al verstuurd. Er verandert niets meer aan."


def bewaarde_waarden(verslag, codes, velden):
    """What is stored now for these profile codes and fields: {code: (keuze, tekst), veld: text}."""
    waarden = dict.fromkeys(codes, ("", "")) | dict.fromkeys(velden, "")
    if verslag:
        rijen = (
            verslag.antwoorden.filter(profieltekst__code__in=codes).values_list("profieltekst__code", "keuze", "tekst")
            if codes
            else []
        )
        waarden |= {code: (keuze, tekst) for code, keuze, tekst in rijen}
        waarden |= {veld: getattr(verslag, veld) for veld in velden}
    return waarden


def _concept(traject):
    """The running draft, locked; made when there is none yet, as a copy of the version before it."""
    verslag = traject.verslagen.lopend().select_for_update().first()
    if verslag:
        vereis(not verslag.is_verstuurd, AL_VERSTUURD)
        return verslag
    Traject._base_manager.select_for_update(of=("self",)).get(pk=traject.pk)  # two first saves at once make one draft
    verslag = traject.verslagen.lopend().first()
    if verslag:
        return verslag
    vereis(6 in open_stappen(traject.stap), "Je verslag schrijf je na de training EK1.")
    vorige = traject.verslagen.order_by("-versie").first()
    return kopie(traject, vorige) if vorige else Verslag.objects.create(traject=traject, versie=1)


def kopie(traject, vorige):
    """Kernel: a new draft with the answers of `vorige`; the wording shown is the newest, so the answers move to the
    newest texts.
    """
    versie = (traject.verslagen.order_by("-versie").values_list("versie", flat=True).first() or 0) + 1
    nieuw = Verslag.objects.create(traject=traject, versie=versie, **{veld: getattr(vorige, veld) for veld in VELDEN})
    actueel = {tekst.code: tekst for tekst in actuele_teksten()}
    Antwoord.objects.bulk_create(
        Antwoord(verslag=nieuw, profieltekst=actueel[a.profieltekst.code], keuze=a.keuze, tekst=a.tekst)
        for a in vorige.antwoorden.select_related("profieltekst")
    )
    return nieuw


@concept(Rol.KANDIDAAT)
def verslag_bewaren(traject, *, door, antwoorden=None, velden=None, basis=None):
    """Save part of the draft: `antwoorden` {code: (keuze, tekst)}, `velden` {taken_tekst, conclusie, waarom}. Returns
    the new print of that part.

    `basis` is the print the page was made from. When the same part was changed elsewhere in between: Botsing, nothing
    is written.
    """
    antwoorden, velden = antwoorden or {}, velden or {}
    verslag = _concept(traject)
    nieuw = {**antwoorden, **velden}
    bewaard = bewaarde_waarden(verslag, list(antwoorden), list(velden))
    if basis and vingerafdruk(bewaard) != basis and bewaard != nieuw:
        raise Botsing(bewaard)
    if bewaard != nieuw or verslag.bewaard_om is None:
        _antwoorden_schrijven(verslag, antwoorden)
        Verslag.objects.filter(pk=verslag.pk).update(**velden, bewaard_om=timezone.now(), wijziging=F("wijziging") + 1)
    return vingerafdruk(nieuw)


def _antwoorden_schrijven(verslag, antwoorden):
    if not antwoorden:
        return
    vereis(all(keuze in ("", *Keuze.values) for keuze, _ in antwoorden.values()), "Kies een van de antwoorden.")
    teksten = {tekst.code: tekst for tekst in actuele_teksten() if tekst.code in antwoorden}
    vereis(set(teksten) == set(antwoorden), "Dit punt bestaat niet.")
    Antwoord.objects.bulk_create(
        [
            Antwoord(verslag=verslag, profieltekst=teksten[code], keuze=keuze, tekst=tekst)
            for code, (keuze, tekst) in antwoorden.items()
        ],
        update_conflicts=True,
        unique_fields=["verslag", "profieltekst"],
        update_fields=["keuze", "tekst"],
    )


def trainers_van(traject):
    """The trainers who will read the report: those of the candidate's own EK1 group, never the candidate."""
    rijen = Trainerschap.objects.filter(
        uitvoering__deelnames__traject=traject,
        uitvoering__deelnames__soort="EK1",
        uitvoering__deelnames__geplaatst_om__isnull=False,
        uitvoering__deelnames__afgemeld_om=None,
        tot=None,
    )
    return (
        Gebruiker.objects.filter(pk__in=rijen.values("trainer"))
        .exclude(pk=traject.kandidaat_id)
        .order_by("voornaam", "pk")
    )


def _te_sturen(verslag, door):
    """What the check page shows: this draft, as it stands, for these readers."""
    lezers = [trainer.pk for trainer in trainers_van(verslag.traject)]
    return {"verslag": verslag.pk, "tekst": verslag.wijziging, "lezers": lezers}


@handeling(Rol.KANDIDAAT, nagekeken=_te_sturen)
def verslag_sturen(verslag, *, door):
    """Send the draft to the trainers: a frozen version and one asked view per trainer.

    Compulsory are the closing answer and its why (folder, step 6).
    """
    traject = verslag.traject
    vereis(6 in open_stappen(traject.stap), "Je verslag stuur je na de training EK1.")
    vereis(not verslag.is_verstuurd, AL_VERSTUURD)
    vereis(verslag.conclusie in Stelling.values, "Kies jouw antwoord: past het werk bij jou?", "conclusie")
    vereis(verslag.waarom.strip(), "Schrijf waarom het werk bij je past, of niet.", "waarom")
    trainers = list(trainers_van(traject))
    vereis(
        len(trainers) >= instelling("trainers_per_verslag"),
        "Je groep heeft nog niet genoeg trainers. Bel ons, dan regelen we dat.",
    )
    nu, uiterlijk = timezone.now(), timezone.localdate() + dt.timedelta(days=instelling("trainers_reageren"))
    Verslag.objects.filter(pk=verslag.pk).update(verstuurd_om=nu, bewaard_om=nu, reactie_voor=uiterlijk)
    Voorstel.objects.nu().filter(verslag__traject=traject).update(vervallen_om=nu)  # about an earlier version
    Mening.objects.bulk_create(Mening(verslag=verslag, trainer=trainer, gevraagd_om=nu) for trainer in trainers)
    bericht_maken(traject.kandidaat, "verslag_ontvangen", traject=traject, feit=verslag)
    verslag.refresh_from_db()
    return verslag


@handeling(Rol.KANDIDAAT)
def verslag_terughalen(verslag, *, door):
    """Recall a sent report that no trainer has opened: it stays, marked teruggehaald, and a copy becomes the new
    draft.
    """
    vereis(verslag.is_verstuurd, "Je hebt dit verslag nog niet gestuurd.")
    vereis(
        not verslag.geopend_om,
        "Een trainer heeft je verslag al geopend. Terughalen kan niet meer. Bel ons als er iets niet klopt.",
    )
    Verslag.objects.filter(pk=verslag.pk).update(teruggehaald_om=timezone.now())
    return kopie(verslag.traject, verslag)


@handeling(Rol.TRAINER, ook_oud=True)
def verslag_openen(verslag, *, door):
    """A trainer reads the report. The first time closes the way back for the candidate; every time is journaled."""
    if verslag.geopend_om:
        inzage_noteren(verslag.traject, door=door, als=Rol.TRAINER, wat="verslag")
        return Stil(verslag)
    Verslag.objects.filter(pk=verslag.pk).update(geopend_om=timezone.now())
    return verslag
