"""The report after EK2 and what somebody organises conferences for. The conclusion is the coordinator's own."""

from django.db.models import F
from django.utils import timezone

from certificering.handelingen.conferentie import stand
from certificering.models import Registratiestand, Scope, Scopereactie, Scopeverslag, Variant
from cursus.models import Soort, Trainerschap
from lms.kern.berichten import bericht_maken
from lms.kern.handelingen import Botsing, beloven, concept, handeling, vereis
from lms.kern.models import Bewaartermijn, Rol, Traject
from lms.kern.pad.stappen import VERVOLG
from lms.kern.pad.voorwaarden import en

KANDIDAAT, TRAINER, BUREAU = Rol.KANDIDAAT, Rol.TRAINER, Rol.BUREAU
EK2 = next(stap for stap in VERVOLG if stap.code == "ek2")
VELDEN = ("herstel", "herstel_waarom", "groep", "groep_waarom")


def ek2_klaar(traject):
    """Whether all days of EK2 are attended, made up or waived (the same words as the step table)."""
    alle = Traject._base_manager.all()
    return alle.filter(en(EK2.feit, alle), pk=traject.pk).exists()


def mag_scopeverslag(traject):
    """The reason why the report after EK2 cannot be written yet, or "" (invariant 6)."""
    if not ek2_klaar(traject):
        return "Je schrijft dit verslag na de training EK2."
    if stand(traject) in ("", Registratiestand.Stand.UITGESCHREVEN):
        return "Dit kan als je geregistreerd bent als Eigen Kracht-coördinator."
    if traject.scopeverslagen.filter(verstuurd_om__isnull=False, geregistreerd_om=None).exists():
        return "Je verslag is verstuurd. We passen het register aan."
    return ""


def lopend_concept(traject):
    return traject.scopeverslagen.filter(verstuurd_om=None).first()


def _concept_maken(traject):
    nummer = traject.scopeverslagen.count() + 1
    return Scopeverslag.objects.get_or_create(traject=traject, geregistreerd_om=None, defaults={"versie": nummer})[0]


@concept(KANDIDAAT)
def scopeverslag_bewaren(traject, *, door, wijziging=0, **velden):
    """Keep the draft. `wijziging` is the number of the text this save builds on. Returns the Scopeverslag.

    A lost race raises Botsing, unless the very same text is there already: the page may save itself while the button is
    pressed.
    """
    reden = mag_scopeverslag(traject)
    vereis(not reden, reden)
    rij = lopend_concept(traject) or _concept_maken(traject)
    velden = {naam: velden[naam] for naam in VELDEN if naam in velden}
    bewaard = Scopeverslag.objects.filter(pk=rij.pk, wijziging=wijziging, verstuurd_om=None).update(
        wijziging=F("wijziging") + 1, bewaard_om=timezone.now(), **velden
    )
    rij.refresh_from_db()
    if not bewaard and any(getattr(rij, naam) != waarde for naam, waarde in velden.items()):
        raise Botsing({naam: getattr(rij, naam) for naam in VELDEN})
    return rij


def _waarom_nakijken(verslag):
    vereis(verslag.herstel is not None, "Kies of herstel bij je past.", "herstel")
    vereis(verslag.groep is not None, "Kies of groep of buurt bij je past.", "groep")
    vereis(
        not verslag.herstel or verslag.herstel_waarom.strip(),
        "Schrijf op waarom herstel bij je past.",
        "herstel_waarom",
    )
    vereis(
        not verslag.groep or verslag.groep_waarom.strip(),
        "Schrijf op waarom groep of buurt bij je past.",
        "groep_waarom",
    )


def _te_sturen(scopeverslag, door):
    return {"verslag": scopeverslag.pk, "tekst": scopeverslag.wijziging}


@handeling(KANDIDAAT, nagekeken=_te_sturen)
def scopeverslag_sturen(scopeverslag, *, door):
    """Send the kept draft. "Why" is asked for what also fits, not for families en individuen alone."""
    reden = mag_scopeverslag(scopeverslag.traject)
    vereis(not reden, reden)
    _waarom_nakijken(scopeverslag)
    scopeverslag.verstuurd_om = timezone.now()
    scopeverslag.save()
    return scopeverslag


def is_ek2_trainer(traject, trainer):
    return Trainerschap.objects.filter(
        trainer=trainer, tot=None, uitvoering__soort=Soort.EK2, uitvoering__deelnames__traject=traject,
        uitvoering__deelnames__afgemeld_om=None,
    ).exists()  # fmt: skip


@handeling(TRAINER, ook_oud=True)
def scopeverslag_beantwoorden(scopeverslag, *, door, tekst):
    """A trainer of the EK2 group responds, also when the register follows already. No veto."""
    vereis(tekst.strip(), "Schrijf je reactie op.", "tekst")
    vereis(not scopeverslag.reacties.filter(trainer=door).exists(), "Je hebt al gereageerd.")
    return Scopereactie.objects.create(scopeverslag=scopeverslag, trainer=door, tekst=tekst.strip())


@handeling(BUREAU)
def scope_registreren(scopeverslag, *, door):
    """Make the register follow the conclusion: open what also fits, close what was given back. Familie always stays."""
    verslag, traject = scopeverslag, scopeverslag.traject
    vandaag, registratie = timezone.localdate(), traject.registratie
    for soort, past in ((Variant.HERSTEL, verslag.herstel), (Variant.GROEP, verslag.groep)):
        lopend = registratie.scopes.filter(soort=soort, tot=None)
        if past and not lopend.exists():
            Scope.objects.create(registratie=registratie, soort=soort, scopeverslag=verslag, van=vandaag)
        elif not past:
            lopend.update(tot=vandaag)
    verslag.geregistreerd_om = timezone.now()
    verslag.save()
    beloven(traject, Bewaartermijn.Soort.SCOPE)
    bericht_maken(traject.kandidaat, "scope_geregistreerd", traject=traject, feit=verslag)
    return verslag
