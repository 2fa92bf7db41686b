"""`@handeling`: may it, do it, write it down, in one transaction.

Acts are keyword-only functions named noun_verb; the first argument is the subject: the row that changes, or the parent
of the row that is made. A model says with `traject_pad` which path its rows belong to, its queryset with `te_doen_als`
who may act on them and with `nu` which of them can still be acted on. A refusal carries its reason in Dutch:
`Geweigerd` (403) when the person may not, ValidationError when the facts do not allow it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce, update_wrapper, wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kern.afdruk import vingerafdruk
from lms.kern.berichten import nalopen
from lms.kern.bestanden import of_niets
from lms.kern.models import Journaalregel, Rol, Traject
from lms.kern.pad.afleiding import bijwerken

HANDELINGEN: dict[str, "Handeling"] = {}
CONCEPTEN: dict[str, Callable[..., Any]] = {}
NIET_HIER = "Dit kun je hier niet doen."
GESTOPT = "Dit traject is gestopt."
VOORBIJ = "Dit is intussen veranderd. Kijk wat er nu staat."


class Geweigerd(PermissionDenied):
    """A refusal with its reason, in Dutch."""


class Botsing(ValidationError):
    """A draft was changed elsewhere: carries the text that is stored now, so that both texts stay on screen."""

    def __init__(self, bewaard):
        super().__init__("Je hebt dit ook ergens anders veranderd. Kies welke tekst je wilt houden.")
        self.bewaard = bewaard


class Veranderd(ValidationError):
    """What a person read through and confirmed is no longer what is there: it is read again before it is done."""


@dataclass(frozen=True)
class Stil:
    """An act returns Stil(uitkomst) when it changed nothing: no journal line, no message."""

    uitkomst: object = None


def vereis(voorwaarde, zin, veld=None):
    """Raise a ValidationError with `zin` (at `veld` when given) unless `voorwaarde` holds."""
    if not voorwaarde:
        raise ValidationError({veld: zin} if veld else zin)


def _van(model, door, rol, traject):
    """The rows of this model on which `door` may act in `rol`, which is no right to read them."""
    rijen = model.objects
    if hasattr(rijen, "te_doen_als"):
        return rijen.te_doen_als(door, rol)
    if traject is None or model is Traject:
        return rijen.zichtbaar_als(door, rol)
    eigen = Traject.objects.zichtbaar_als(door, rol).filter(pk=traject.pk)
    return rijen.filter(**{f"{model.traject_pad}__in": eigen.values("pk")})


def _toegestane_rol(rij, traject, door, rollen, ook_oud):
    """The first of `rollen` in which `door` may act on this row.

    Raises ValidationError when that is so only of a row that is past, Geweigerd when it is not so at all.
    """
    model = rij._meta.model  # request.user is a lazy wrapper
    heeft_nu = hasattr(model.objects, "nu") and not ook_oud
    mogelijk = [rol for rol in rollen if _heeft(door, rol)]
    for rol in mogelijk:
        if rol == Rol.SYSTEEM:
            return rol
        rijen = _van(model, door, rol, traject).filter(pk=rij.pk)
        if (rijen.nu() if heeft_nu else rijen).exists():
            return rol
    if heeft_nu and any(_van(model, door, rol, traject).filter(pk=rij.pk).exists() for rol in mogelijk):
        raise ValidationError(VOORBIJ)
    raise Geweigerd(NIET_HIER)


def _heeft(door, rol):
    return door is None if rol == Rol.SYSTEEM else door is not None and rol in door.rollen()


def _nu_te_doen(onderwerp, door, rollen):
    """(the row as it is now, with its traject, and the first of `rollen` in which `door` may act on it).

    One query for a candidate: everybody is one. Raises Geweigerd, or ValidationError when the row is past.
    """
    model, ooit = onderwerp._meta.model, False
    for rol in rollen:
        if door is None or rol != Rol.KANDIDAAT and rol not in door.rollen():
            continue
        rijen = _van(model, door, rol, None).filter(pk=onderwerp.pk)
        if hasattr(model, "traject_pad"):
            rijen = rijen.select_related(model.traject_pad)
        rij = (rijen.nu() if hasattr(rijen, "nu") else rijen).first()
        if rij is not None:
            return rij, rol
        ooit = ooit or hasattr(rijen, "nu") and rijen.exists()
    if ooit:
        raise ValidationError(VOORBIJ)
    raise Geweigerd(NIET_HIER)


def _traject_van(rij):
    """The traject of a row, along the `traject_pad` of its model; None when it has none."""
    if isinstance(rij, Traject):
        return rij
    pad = getattr(rij, "traject_pad", "")
    return reduce(getattr, pad.split("__"), rij) if pad else None


def _op_slot(onderwerp):
    """(the row, its traject or None) as they are now, locked: first the traject, then the row."""
    model = onderwerp._meta.model  # request.user is a lazy wrapper
    pad = getattr(model, "traject_pad", "")
    rijen, traject = model._base_manager.select_for_update(of=("self",), no_key=True), None
    if pad:
        welk = model._base_manager.filter(pk=onderwerp.pk).values(pad)
        traject = Traject._base_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=welk).first()
        rijen = rijen.select_related(pad)
    rij = rijen.filter(pk=onderwerp.pk).first()
    if rij is None or pad and traject is None:
        raise Geweigerd(NIET_HIER)
    if pad:  # one object for one row
        *tussen, laatste = pad.split("__")
        setattr(reduce(getattr, tussen, rij), laatste, traject)
    return rij, rij if model is Traject else traject


def _schrijf_op(rij, traject, naam, *, door, als, voor, verzoek_id, namens, reden_code):
    over = traject.kandidaat_id if traject else (rij.pk if rij._meta.label == "kern.Gebruiker" else None)
    Journaalregel.objects.create(
        traject=traject, over_id=over, handeling=naam, door=door, als=als, namens=namens, van=voor,
        naar=traject.stap if traject else None, reden_code=reden_code, verzoek_id=verzoek_id or None,
        gegevens=_sleutel_van(rij),
    )  # fmt: skip


def _was_eerder(fout):
    """Whether somebody else's row stood there first; any other violated rule of the database is a fault of ours."""
    oorzaak = fout.__cause__
    uniek = getattr(oorzaak, "sqlite_errorname", "") in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")
    return uniek or getattr(oorzaak, "sqlstate", "") == "23505"


def _sleutel_van(rij):
    """How the journal names the subject: nothing for the traject of the line itself."""
    return {} if isinstance(rij, Traject) else {rij._meta.model_name: rij.pk}


class Handeling:
    """One act: lock, may it, do it, print and journal, in one transaction.

    Made by `handeling`; called like the function it wraps.
    """

    def __init__(self, functie, rollen, *, correctie, gesloten_mag, ook_oud, nagekeken):
        self.kern, self.rollen, self.correctie, self.gesloten_mag = functie, rollen, correctie, gesloten_mag
        self.ook_oud, self.nagekeken = ook_oud, nagekeken
        update_wrapper(self, functie)

    def afdruk(self, onderwerp, door):
        """The print of what a page shows for confirmation: its form carries it, and it is compared under the lock."""
        return vingerafdruk(self.nagekeken(onderwerp, door))

    def __call__(self, onderwerp, *, door, reden="", verzoek_id="", namens=None, gezien=None, **gegevens):
        try:
            with of_niets(), transaction.atomic():
                rij, traject = _op_slot(onderwerp)
                if verzoek_id and self._al_gedaan(verzoek_id, door, rij):
                    return None
                als = self._poort(rij, traject, door)
                if gezien is not None and gezien != self.afdruk(rij, door):
                    raise Veranderd("Er is net iets veranderd. Lees het nog een keer en stuur het dan.")
                if self.correctie:
                    vereis(reden.strip(), "Schrijf op waarom je dit verandert.", "reden")
                    gegevens["reden"] = reden.strip()
                papieren = {"door": door, "als": als, "verzoek_id": verzoek_id, "namens": namens}
                return self._doen(rij, traject, gegevens, **papieren)
        except IntegrityError as fout:
            if verzoek_id and self._al_gedaan(verzoek_id, door, onderwerp):
                return None
            if not _was_eerder(fout):
                raise
            raise ValidationError(
                "Iemand anders deed dit net ook. Kijk wat er nu staat. Je tekst staat er nog."
            ) from fout

    def _al_gedaan(self, verzoek_id, door, rij):
        """A second submit of the same form is answered as the first. The id of a form counts for its own row only."""
        regels = Journaalregel.objects.filter(verzoek_id=verzoek_id, handeling=self.__name__, door=door)
        van = {"traject": rij.pk} if isinstance(rij, Traject) else {"gegevens": _sleutel_van(rij)}
        return regels.filter(**van).exists()

    def _poort(self, rij, traject, door):
        """The role in which `door` may do this to this row. Raises Geweigerd, or ValidationError when it is past."""
        als = _toegestane_rol(rij, traject, door, self.rollen, self.ook_oud)
        if traject and traject.afgesloten_op and not self.gesloten_mag:
            raise Geweigerd(GESTOPT)
        return als

    def _doen(self, rij, traject, gegevens, *, door, als, verzoek_id, namens):
        voor = traject.stap if traject else None
        uitkomst = self.kern(rij, door=door, **gegevens)
        if isinstance(uitkomst, Stil):
            return uitkomst.uitkomst
        if traject:
            bijwerken(traject, berichten=not self.correctie)
            nalopen(traject)
            if als == Rol.BUREAU and Rol.KANDIDAAT in self.rollen:
                namens = namens or traject.kandidaat  # the bureau types for the candidate
        papieren = {"verzoek_id": verzoek_id, "namens": namens, "reden_code": "correctie" if self.correctie else ""}
        _schrijf_op(rij, traject, self.__name__, door=door, als=als, voor=voor, **papieren)
        return uitkomst


def handeling(*rollen, correctie=False, gesloten_mag=False, ook_oud=False, nagekeken=None):
    """Make a function the one place of an act.

    `rollen`: who may, each on the rows that are theirs in that role. `correctie`: a reason is required and no
    "next step" mail goes out. `gesloten_mag`: also on a closed traject. `ook_oud`: also on a row that is not in its
    `nu()` (corrections, additions, sharing less). `nagekeken(onderwerp, door)`: {name: value} of what the person reads
    through before confirming; the call then takes `gezien`, the print of it that travelled with the form. Raises
    Geweigerd or ValidationError; then nothing is written. The call takes besides the act's own
    arguments: `door` (None only as systeem), `verzoek_id` (the form's one-time id), `namens`. A second call with the
    same `verzoek_id` changes nothing and returns None.
    """

    def versier(functie):
        HANDELINGEN[functie.__name__] = Handeling(
            functie, rollen, correctie=correctie, gesloten_mag=gesloten_mag, ook_oud=ook_oud, nagekeken=nagekeken
        )
        return HANDELINGEN[functie.__name__]

    return versier


def concept(*rollen):
    """The light sibling for drafts that save themselves: rights and one write; no step, no message, one journal line
    per person, draft and day.

    The function gets the subject row (not locked) and compares with what the page was made from; a lost race raises
    Botsing.
    """

    def versier(functie):
        @wraps(functie)
        def bewaren(onderwerp, *, door, **gegevens):
            with transaction.atomic():
                rij, als = _nu_te_doen(onderwerp, door, rollen)
                traject = _traject_van(rij)  # a draft belongs to a traject
                if traject.afgesloten_op:
                    raise Geweigerd(GESTOPT)
                uitkomst = functie(rij, door=door, **gegevens)
                _vandaag_noteren(traject, functie.__name__, door=door, als=als)
                return uitkomst

        bewaren.rollen, bewaren.kern = rollen, functie
        CONCEPTEN[functie.__name__] = bewaren
        return bewaren

    return versier


_genoteerd: set[tuple[dt.date, int, str, int]] = (
    set()
)  # (day, traject, draft, person) that this process knows to be in the journal
GENOTEERD_HOOGSTENS = 10_000


def _vandaag_noteren(traject, naam, *, door, als):
    """One journal line a day for a draft.

    What was committed today is remembered, so that saving every few seconds asks nothing.
    """
    sleutel = (timezone.localdate(), traject.pk, naam, door.pk)
    if sleutel in _genoteerd:
        return
    begin = timezone.make_aware(dt.datetime.combine(sleutel[0], dt.time.min))
    if not Journaalregel.objects.filter(traject=traject, handeling=naam, door=door, om__gte=begin).exists():
        Journaalregel.objects.create(traject=traject, over_id=traject.kandidaat_id, handeling=naam, door=door, als=als)
    transaction.on_commit(lambda: _onthouden(sleutel))


def _onthouden(sleutel):
    if len(_genoteerd) >= GENOTEERD_HOOGSTENS:
        _genoteerd.clear()
    _genoteerd.add(sleutel)


def notities_vergeten():
    """Look in the journal again: after the database was put back."""
    _genoteerd.clear()


def inzage_noteren(traject, *, door, als, wat):
    """Journal that `door` read a letter, cv, report or sensitive field of this traject in the role `als` (`wat` is
    a code). Not for the own one.
    """
    if door.pk == traject.kandidaat_id:
        return
    Journaalregel.objects.create(
        traject=traject, over_id=traject.kandidaat_id, handeling="inzage", door=door, als=als, gegevens={"wat": wat}
    )
