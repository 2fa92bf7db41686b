"""`@handeling`: may it, do it, write it down, in one transaction.

Acts are keyword-only functions named noun_verb; the first argument is the subject: the row that changes, or the parent
of the row that is made. An act that makes a row without a parent says `maakt=True` and has no subject. Who may act on
which row stands in `poort`, how it says no in `weigeren`, the journal in `opschrijven`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import update_wrapper, wraps
from typing import Any

from django.db import IntegrityError, models, transaction

from lms.kern.afdruk import vingerafdruk
from lms.kern.berichten import nalopen
from lms.kern.bestanden import of_niets
from lms.kern.handelingen.opschrijven import schrijf_op, sleutel_van, vandaag_noteren
from lms.kern.handelingen.poort import nu_te_doen, op_slot, rol_om_te_maken, toegestane_rol, traject_van
from lms.kern.handelingen.weigeren import Gestopt, Veranderd, WasEerder, vereis
from lms.kern.models import Gebruiker, Journaalregel, Rol, Traject
from lms.kern.pad.afleiding import bijwerken

HANDELINGEN: dict[str, "Handeling"] = {}
CONCEPTEN: dict[str, Callable[..., Any]] = {}


@dataclass(frozen=True)
class Stil:
    """An act returns Stil(uitkomst) when it changed nothing: no journal line, no message."""

    uitkomst: object = None


def _was_eerder(fout: IntegrityError) -> bool:
    """Whether somebody else's row stood there first; any other violated rule of the database is a fault of ours."""
    oorzaak = fout.__cause__
    uniek = getattr(oorzaak, "sqlite_errorname", "") in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")
    return uniek or getattr(oorzaak, "sqlstate", "") == "23505"


@dataclass(frozen=True)
class Regels:
    """What stands in the decorator of an act; see `handeling`."""

    rollen: tuple[str, ...]
    maakt: bool = False
    correctie: bool = False
    gesloten_mag: bool = False
    ook_oud: bool = False
    nagekeken: Callable[[Any, Any], Mapping[str, Any]] | None = None
    vooraf: Callable[..., dict[str, Any]] | None = None
    weg: str = ""
    berichten: bool = True
    namens: bool = False


class Handeling:
    """One act: lock, may it, do it, print and journal, in one transaction.

    Made by `handeling`; called like the function it wraps.
    """

    __name__: str

    def __init__(self, functie: Callable[..., Any], regels: Regels) -> None:
        self.kern, self.regels, self.rollen = functie, regels, regels.rollen
        self.namens_kandidaat = regels.namens or Rol.KANDIDAAT in regels.rollen
        update_wrapper(self, functie)

    @property
    def correctie(self) -> bool:
        """Whether it asks a reason and sends no "next step"."""
        return self.regels.correctie

    def afdruk(self, onderwerp: Any, door: Gebruiker | None) -> str:
        """The print of what a page shows for confirmation: its form carries it, and it is compared under the lock."""
        if self.regels.nagekeken is None:
            raise TypeError(f"{self.__name__}: dit wordt niet nagekeken")
        return vingerafdruk(self.regels.nagekeken(onderwerp, door))

    def __call__(
        self,
        onderwerp: Any = None,
        *,
        door: Gebruiker | None,
        reden: str = "",
        verzoek_id: str = "",
        namens: Gebruiker | None = None,
        gezien: str | None = None,
        **gegevens: Any,
    ) -> Any:
        if self.regels.maakt == (onderwerp is not None):
            raise TypeError(f"{self.__name__}: precies een handeling die niets maakt, gaat over een rij")
        if self.regels.vooraf:
            gegevens = self.regels.vooraf(onderwerp, **gegevens)
        try:
            with of_niets(), transaction.atomic():
                rij, traject = (None, None) if self.regels.maakt else op_slot(onderwerp, weg=self.regels.weg)
                if verzoek_id and self._al_gedaan(verzoek_id, door, rij):
                    return None
                als = self._poort(rij, traject, door)
                if gezien is not None and gezien != self.afdruk(rij, door):
                    raise Veranderd
                if self.correctie:
                    vereis(reden.strip(), "Schrijf op waarom je dit verandert.", "reden")
                    gegevens["reden"] = reden.strip()
                papieren: dict[str, Any] = {"door": door, "als": als, "verzoek_id": verzoek_id, "namens": namens}
                return self._doen(rij, traject, gegevens, **papieren)
        except IntegrityError as fout:
            if verzoek_id and self._al_gedaan(verzoek_id, door, onderwerp):
                return None
            if not _was_eerder(fout):
                raise
            raise WasEerder from fout

    def _al_gedaan(self, verzoek_id: str, door: Gebruiker | None, rij: models.Model | None) -> bool:
        """A second submit of the same form is answered as the first. The id of a form counts for its own row only."""
        regels = Journaalregel.objects.filter(verzoek_id=verzoek_id, handeling=self.__name__, door=door)
        if rij is not None:
            zoek: dict[str, Any] = {"traject": rij.pk} if isinstance(rij, Traject) else {"gegevens": sleutel_van(rij)}
            regels = regels.filter(**zoek)
        return regels.exists()

    def _poort(self, rij: models.Model | None, traject: Traject | None, door: Gebruiker | None) -> str:
        """The role in which `door` may do this to this row. Raises Geweigerd, or ValidationError when it is past."""
        if rij is None:
            return rol_om_te_maken(door, self.rollen)
        als = toegestane_rol(rij, traject, door, self.rollen, ook_oud=self.regels.ook_oud)
        if traject and traject.afgesloten_op and not self.regels.gesloten_mag:
            raise Gestopt
        return als

    def _doen(
        self,
        rij: models.Model | None,
        traject: Traject | None,
        gegevens: dict[str, Any],
        *,
        door: Gebruiker | None,
        als: str,
        verzoek_id: str,
        namens: Gebruiker | None,
    ) -> Any:
        voor, sleutel = traject.stap if traject else None, None if rij is None else sleutel_van(rij)
        uitkomst = self.kern(*([] if rij is None else [rij]), door=door, **gegevens)
        if isinstance(uitkomst, Stil):
            return uitkomst.uitkomst
        if rij is None and isinstance(uitkomst, models.Model):
            rij = uitkomst
        traject = traject or traject_van(uitkomst)  # an act may make or reopen the path itself
        if traject:
            bijwerken(traject, berichten=self.regels.berichten and not self.correctie)
            nalopen(traject)
            if als == Rol.BUREAU and self.namens_kandidaat:
                namens = namens or traject.kandidaat  # the bureau types for the candidate
        papieren: dict[str, Any] = {
            "verzoek_id": verzoek_id,
            "namens": namens,
            "reden_code": "correctie" if self.correctie else "",
        }
        schrijf_op(rij, traject, self.__name__, sleutel=sleutel, door=door, als=als, van=voor, **papieren)
        return uitkomst


def handeling(*rollen: str, **regels: Any) -> Callable[[Callable[..., Any]], Handeling]:
    """Make a function the one place of an act.

    `rollen`: who may, each on the rows that are theirs in that role.
    `maakt`: it makes a row without a parent: there is no subject. `correctie`: a reason is required and no "next step"
    mail goes out. `gesloten_mag`: also on a closed traject. `ook_oud`: also on a row that is not in its `nu()`
    (corrections, additions, sharing less). `nagekeken(onderwerp, door)`: {name: value} of what the person reads
    through before confirming; the call then takes `gezien`, the print of it that travelled with the form.
    `vooraf(onderwerp, **gegevens)`: what counts even when the act is refused, before its transaction; returns the
    arguments of the act. `weg`: what is said when the row is gone. `berichten=False`: a new turn sends nothing.
    `namens`: the bureau always does this for the candidate.

    Raises Geweigerd or ValidationError; then nothing is written. The call takes besides the act's own arguments:
    `door` (None only as systeem or bezoeker), `verzoek_id` (the form's one-time id), `namens`. A second call with the
    same `verzoek_id` changes nothing and returns None.
    """

    def versier(functie: Callable[..., Any]) -> Handeling:
        HANDELINGEN[functie.__name__] = Handeling(functie, Regels(rollen, **regels))
        return HANDELINGEN[functie.__name__]

    return versier


def concept(*rollen: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The light sibling for drafts that save themselves: rights and one write; no step, no message, one journal line
    per person, draft and day.

    The function gets the subject row (not locked) and compares with what the page was made from; a lost race raises
    Botsing.
    """

    def versier(functie: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(functie)
        def bewaren(onderwerp: Any, *, door: Gebruiker, **gegevens: Any) -> Any:
            with transaction.atomic():
                rij, als = nu_te_doen(onderwerp, door, rollen)
                traject = traject_van(rij)
                if traject is None:
                    raise TypeError(f"{functie.__name__}: een concept hoort bij een traject")
                if traject.afgesloten_op:
                    raise Gestopt
                uitkomst = functie(rij, door=door, **gegevens)
                vandaag_noteren(traject, functie.__name__, door=door, als=als)
                return uitkomst

        bewaren.__dict__.update(rollen=rollen, kern=functie)
        CONCEPTEN[functie.__name__] = bewaren
        return bewaren

    return versier
