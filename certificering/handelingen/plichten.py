"""What is open on a regiomanager: the people and conferences of the region. On a coordinator: conferences that run."""

from django.urls import reverse

from certificering.handelingen.conferentie import mag_conferentie, stoppen, variant_past
from certificering.models import Conferentie, Evaluatie, Registratie, Werkgebied
from lms.kern.berichten import bericht_maken, mensen_met_rol
from lms.kern.handelingen import ook_noteren, vereis
from lms.kern.models import Beurt, Rol, Rolvervulling, Traject
from lms.kern.overdracht import REGISTRATIE, Openstaand, Plicht, geteld, mensen_met, namen
from lms.kern.pad.afleiding import bijwerken

MEEST = 50  # coordinators to choose from
GEEFT_DOOR = "Een andere coördinator neemt deze conferentie over."
STOPT = "De coördinator stopt. De regiomanager zoekt iemand anders."


# --- a regiomanager ---------------------------------------------------------------------------------------------------


def _in_de_regio(einde):
    """The people on their way in this region, without the own path of who leaves."""
    return Traject.objects.lopend().filter(regio=einde.rij.regio).exclude(kandidaat=einde.persoon)


def _regels(einde):
    mensen = _in_de_regio(einde)
    conferenties = Conferentie.objects.filter(traject__in=mensen.values("pk"))
    evaluaties = Evaluatie.objects.lopend().filter(conferentie__in=conferenties.values("pk"))
    taken = Beurt.objects.filter(rol=Rol.REGIOMANAGER, traject__in=mensen.values("pk"))
    lijst = reverse("regio_conferenties")
    return tuple(
        (geteld(aantal, een, meer), adres)
        for aantal, een, meer, adres in (
            (conferenties.lopend().count(), "conferentie die loopt", "conferenties die lopen", lijst),
            (evaluaties.count(), "evaluatie die open is", "evaluaties die open zijn", f"{lijst}?lijst=evaluatie"),
            (taken.count(), "taak die wacht", "taken die wachten", ""),
            (
                mensen.count(), "persoon op weg in deze regio", "mensen op weg in deze regio",
                f"{reverse('bureau_kandidaten')}?regio={einde.rij.regio_id}",
            ),
        )
        if aantal
    )  # fmt: skip


def _regio(einde):
    """A region is handed on whole: who takes it over sees through what runs there."""
    regels, regio = _regels(einde), einde.rij.regio
    if not regels:
        return []
    anderen = list(mensen_met(Rol.REGIOMANAGER, regio=regio, behalve=[einde.persoon.pk]))
    if anderen:
        verder = f"{namen(anderen)} {'is' if len(anderen) == 1 else 'zijn'} hier ook regiomanager en"
        verder += f" {'gaat' if len(anderen) == 1 else 'gaan'} verder."
        return [Openstaand(regio.pk, f"Regio {regio.naam}", vanzelf=verder, regels=regels)]
    zelf = [einde.persoon.pk, einde.door.pk]  # nobody gives themselves a role
    mensen = {
        mens.pk: (mens.pk, f"{mens.naam} ({soort.label})")
        for soort in (Rol.BUREAU, Rol.REGIOMANAGER)
        for mens in mensen_met(soort, behalve=zelf)
    }
    return [
        Openstaand(
            regio.pk,
            f"Regio {regio.naam}",
            mensen=tuple(sorted(mensen.values(), key=lambda paar: paar[1])),
            let_op="Wie je kiest, wordt vanaf vandaag regiomanager van deze regio.",
            regels=regels,
        )
    ]


def _regio_doorgeven(einde, keuzes):
    regio = einde.rij.regio
    nieuw = keuzes.get(regio.pk)
    if nieuw is None:
        return
    rol = Rolvervulling.objects.create(gebruiker=nieuw, rol=Rol.REGIOMANAGER, regio=regio)
    ook_noteren(rol, "rol_geven", door=einde.door, als=Rol.BUREAU)
    bericht_maken(nieuw, "regio_overgenomen", feit=rol)


def _laatste_van_de_regio(einde):
    regio = einde.rij.regio
    if mensen_met(Rol.REGIOMANAGER, regio=regio, behalve=[einde.persoon.pk]).exists():
        return []
    return [f"{einde.persoon.naam} is de laatste regiomanager van {regio.naam}."]


# --- a coordinator ----------------------------------------------------------------------------------------------------


def _conferenties(einde):
    """Conferences that run: another coordinator goes on with it, or the regiomanager looks for somebody.

    One that was held is looked at first: whether it counts is said about who held it.
    """
    traject = einde.rij.traject
    anderen = _coordinatoren(traject)
    return [
        Openstaand(
            conferentie.pk,
            f"Conferentie {conferentie.referentie}",
            reverse("regio_conferentie", args=[conferentie.pk]),
            mensen=() if conferentie.vastgelegd_om else anderen,
            bureau="" if conferentie.vastgelegd_om else "De regiomanager zoekt iemand anders",
            let_op="Kijk eerst of deze conferentie meetelt." if conferentie.vastgelegd_om else "",
        )
        for conferentie in traject.conferenties.lopend().order_by("pk")
    ]


def _coordinatoren(traject):
    """Who is registered in this region, as ((number, name), …)."""
    hier = Werkgebied.objects.filter(regio=traject.regio_id, tot=None).values("registratie")
    rijen = Registratie.objects.geregistreerd().filter(pk__in=hier, traject__afgesloten_op=None)
    rijen = rijen.exclude(traject=traject.pk).select_related("traject__kandidaat")
    mensen = rijen.order_by("traject__kandidaat__zoek", "pk")[:MEEST]
    return tuple((conferentie.traject.kandidaat_id, conferentie.traject.kandidaat.naam) for conferentie in mensen)


def _conferenties_doorgeven(einde, keuzes):
    for conferentie in Conferentie.objects.filter(pk__in=keuzes).select_related("traject").order_by("pk"):
        nieuw = keuzes[conferentie.pk]
        als = _rol_op(einde.door, conferentie.traject)
        stoppen(conferentie, door=einde.door, waarom=STOPT if nieuw is None else GEEFT_DOOR)
        ook_noteren(conferentie, "conferentie_tellen", door=einde.door, als=als, traject=conferentie.traject)
        if nieuw is not None:
            _conferentie_van(conferentie, nieuw, einde.door, als)
            continue
        for regiomanager in mensen_met_rol(conferentie.traject, Rol.REGIOMANAGER):
            sleutel = f"conferentie_terug:{conferentie.pk}:{regiomanager.pk}"
            bericht_maken(
                regiomanager, "conferentie_terug", traject=conferentie.traject, sleutel=sleutel, feit=conferentie
            )


def _conferentie_van(oud, nieuw, door, als):
    """The same assignment, for another coordinator, who hears of it as of every new conference."""
    rijen = Traject._base_manager.select_for_update(of=("self",), no_key=True)
    traject = rijen.lopend().get(kandidaat=nieuw)
    reden = mag_conferentie(traject)
    vereis(not reden, f"{nieuw.naam}: {reden}")
    vereis(variant_past(traject, oud.variant), f"{nieuw.naam} organiseert zulke conferenties (nog) niet.")
    conferentie = Conferentie.objects.create(
        traject=traject, regio=oud.regio, referentie=oud.referentie, variant=oud.variant
    )
    bijwerken(traject)
    ook_noteren(conferentie, "conferentie_vragen", door=door, als=als, traject=traject)


def _rol_op(door, traject):
    """The role in which `door` ends this registration."""
    als_regiomanager = Traject.objects.zichtbaar_als(door, Rol.REGIOMANAGER).filter(pk=traject.pk)
    return Rol.REGIOMANAGER if als_regiomanager.exists() else Rol.BUREAU


PLICHTEN = (
    Plicht("regio", "Regio", (Rol.REGIOMANAGER,), _regio, _regio_doorgeven, _laatste_van_de_regio),
    Plicht("conferentie", "Conferenties", (REGISTRATIE,), _conferenties, _conferenties_doorgeven),
)
