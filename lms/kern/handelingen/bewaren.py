"""How long papers are kept: the promise is made with its fact, and the person may ask to keep them longer.

The clock of a path runs only when the path has ended, and stops when somebody comes back. What is erased when the day
has come stands in `lms.portaal.handelingen`.
"""

import datetime as dt

from django.utils import timezone

from lms.kern.berichten import bericht_maken
from lms.kern.bewaartermijnen import INSTELLING, MET_TOESTEMMING, TEKSTVERSIE, TOESTEMMING, Soort, dag_na
from lms.kern.handelingen.motor import Stil, handeling
from lms.kern.handelingen.weigeren import vereis
from lms.kern.models import Bewaartermijn, Gebruiker, Rol, Toestemming, Traject

EINDES = (Soort.TRAJECT, Soort.JOURNAAL)  # of these all papers go


def beloven(traject, *soorten):
    """Plain kernel for acts: from today these papers of this path are kept as long as the settings say now."""
    vandaag = timezone.localdate()
    for soort in soorten:
        Bewaartermijn.objects.get_or_create(
            traject=traject,
            soort=soort,
            vanaf=vandaag,
            defaults={"wissen_op": dag_na(vandaag, INSTELLING[soort])},
        )


def toegestaan(gebruiker):
    """The consent of this person to keep the papers longer, as a queryset; empty without one."""
    return Toestemming.objects.filter(gebruiker=gebruiker, waarvoor=TOESTEMMING, ingetrokken_om=None)


def klok_starten(traject):
    """Plain kernel for acts: this path ended today. A consent that was given with it counts at once."""
    vandaag = timezone.localdate()
    zonder = dag_na(vandaag, INSTELLING[Soort.TRAJECT])
    wissen = _met_toestemming(vandaag, zonder) if toegestaan(traject.kandidaat).exists() else zonder
    Bewaartermijn.objects.create(
        traject=traject, soort=Soort.TRAJECT, vanaf=vandaag, wissen_op=wissen, zonder_op=zonder
    )


def klok_stoppen(traject):
    """Plain kernel for acts: somebody comes back; what was promised about the end is over, and is asked anew at a next
    end. Raises ValidationError when the papers were erased.
    """
    gewist = Bewaartermijn.objects.filter(traject=traject, soort__in=EINDES)
    vereis(
        not gewist.filter(gewist_om__isnull=False).exists(),
        "Je papieren van toen zijn gewist. Je kunt je opnieuw aanmelden.",
        code="gewist",
    )
    Bewaartermijn.objects.nu().klok().filter(traject=traject).delete()
    toestemming_beeindigen(traject.kandidaat)


def toestemming_beeindigen(gebruiker):
    """Plain kernel: the consent to keep the papers longer holds no more. Returns whether there was one."""
    return bool(toegestaan(gebruiker).update(ingetrokken_om=timezone.now()))


def _met_toestemming(vanaf, zonder):
    """At most what the setting says from the end of the path, and never shorter than without."""
    return max(zonder, dag_na(vanaf, MET_TOESTEMMING))


@handeling(Rol.KANDIDAAT, gesloten_mag=True)
def bewaren_toestaan(bewaartermijn, *, door):
    """ "Ja, bewaar mijn gegevens een jaar": the person's own consent, with the version of the question and the moment.

    Can be taken back as long as the papers are there.
    """
    vereis(bewaartermijn.soort == Soort.TRAJECT, "Dit kun je kiezen als je traject is gestopt.")
    if toegestaan(door).exists():
        return Stil()
    Toestemming.objects.create(gebruiker=door, waarvoor=TOESTEMMING, tekstversie=TEKSTVERSIE)
    wissen = _met_toestemming(bewaartermijn.vanaf, bewaartermijn.zonder_op)
    Bewaartermijn.objects.filter(pk=bewaartermijn.pk).update(wissen_op=wissen)
    return wissen


@handeling(Rol.KANDIDAAT, gesloten_mag=True)
def bewaren_intrekken(bewaartermijn, *, door):
    """Take that consent back: the papers go on the day that was promised without it; is that past, then tomorrow."""
    vereis(bewaartermijn.soort == Soort.TRAJECT, "Dit kun je kiezen als je traject is gestopt.")
    if not toestemming_beeindigen(door):
        return Stil()
    wissen = max(bewaartermijn.zonder_op, timezone.localdate() + dt.timedelta(days=1))
    Bewaartermijn.objects.filter(pk=bewaartermijn.pk).update(wissen_op=wissen)
    bericht_maken(door, "bewaren_ingetrokken", traject=bewaartermijn.traject, feit=bewaartermijn)
    return wissen


def klok_van(traject: Traject) -> Bewaartermijn | None:
    """The clock of this path as a row; None when it runs, or its papers were erased."""
    return Bewaartermijn.objects.nu().klok().filter(traject=traject).first()


def alleen_van_dit_pad(gebruiker: Gebruiker, traject: Traject) -> bool:
    """Whether nothing else binds this person to us: no other path, and never a role, group or registration."""
    if gebruiker.is_superuser or gebruiker.is_staff or gebruiker.rolvervullingen.exists():
        return False
    elders = set(Traject._base_manager.filter(kandidaat=gebruiker).exclude(pk=traject.pk).values_list("pk", flat=True))
    if elders:
        weg = Bewaartermijn.objects.filter(traject__in=elders, soort__in=EINDES, gewist_om__isnull=False)
        elders -= set(weg.values_list("traject", flat=True))
    return not elders
