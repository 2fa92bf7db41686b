"""Own notes and answers at a lesson: they save themselves, are private, and can be shared one by one.

Never a condition for a step.
"""

from django.utils import timezone

from cursus.models import Notitie, Toegang
from cursus.models.invullen import Invulveld, invulvelden, vingerafdruk
from lms.kern.handelingen import Botsing, Geweigerd, Stil, concept, handeling
from lms.kern.models import Rol, Traject

WEG = "Eerdere vraag"


def les_moet_open_zijn(traject, les):
    """Raise Geweigerd with the reason when this person may not open the lesson now."""
    toegang = Toegang(traject.kandidaat, traject)
    soort = les.cursus.soort
    dag = les.get_parent().specific
    dicht = toegang.cursus_dicht(soort) or dag.nog_dicht(toegang, soort) or les.nog_dicht(toegang, soort)
    if dicht:
        raise Geweigerd(dicht)


def _velden(traject, les, teksten):
    """The fields that were sent, with what is stored now.

    A question that an editor removed meanwhile keeps its answer.
    """
    notities = {notitie.vraag: notitie for notitie in traject.lesnotities.filter(les=les)}
    bekend = {veld.vraag: veld for veld in invulvelden(les, notities.values())}
    for vraag in teksten.keys() - bekend.keys():
        oud = notities.get(vraag)
        bekend[vraag] = Invulveld(
            vraag, "", WEG, oud.vraagtekst if oud else "", oud.tekst if oud else "", oud.pk if oud else None
        )
    return [bekend[vraag] for vraag in teksten]


@concept(Rol.KANDIDAAT)
def lesnotities_bewaren(traject, *, door, les, teksten, basis=None):
    """Save what stands at a lesson: `teksten` {block id, or "" for the own note: text}. Returns the new print. An
    emptied field is gone.

    `basis` is the print the page was made from. When the same fields were changed elsewhere in between: Botsing,
    nothing is written. Raises Geweigerd when the lesson is not open for this person (the issue's "Cursus": nothing
    typed is lost, nobody else sees it).
    """
    les_moet_open_zijn(traject, les)
    Traject._base_manager.select_for_update(of=("self",)).get(pk=traject.pk)  # two first saves at once make one row
    velden = _velden(traject, les, teksten)
    bewaard = {veld.naam: veld.tekst for veld in velden}
    nieuw = {veld.naam: teksten[veld.vraag] for veld in velden}
    if basis and vingerafdruk(bewaard) != basis and bewaard != nieuw:
        raise Botsing(
            [(veld.vraagtekst or veld.label, veld.tekst) for veld in velden if veld.tekst != teksten[veld.vraag]]
        )
    for veld in velden:
        if veld.tekst != teksten[veld.vraag]:
            _schrijven(traject, les, veld, teksten[veld.vraag])
    return vingerafdruk(nieuw)


def _schrijven(traject, les, veld, tekst):
    if not tekst:
        traject.lesnotities.filter(pk=veld.notitie).delete()
        return
    waarden = {"tekst": tekst, "bewaard_om": timezone.now(), "soort": les.cursus.soort}
    if veld.vraagtekst:
        waarden["vraagtekst"] = veld.vraagtekst
    Notitie.objects.update_or_create(traject=traject, les=les, vraag=veld.vraag, defaults=waarden)


@handeling(Rol.KANDIDAAT)
def notitie_delen(notitie, *, door):
    """Let the trainers of this training read ONE note, also what is changed in it later.

    Again: nothing changes.
    """
    if notitie.gedeeld_om:
        return Stil(notitie)
    Notitie.objects.filter(pk=notitie.pk).update(gedeeld_om=timezone.now())
    return notitie


@handeling(Rol.KANDIDAAT, gesloten_mag=True, ook_oud=True)
def notitie_niet_delen(notitie, *, door):
    """Stop sharing a note: from now on nobody else reads it."""
    if not notitie.gedeeld_om:
        return Stil(notitie)
    Notitie.objects.filter(pk=notitie.pk).update(gedeeld_om=None)
    return notitie
