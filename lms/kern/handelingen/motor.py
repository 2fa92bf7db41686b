"""`@handeling`: may it, do it, write it down, in one transaction. Only `bijwerken` here writes Traject.stap and Beurt.

Acts are keyword-only functions named noun_verb; the first argument is the subject. A refusal carries its reason in Dutch:
`Geweigerd` (403) when the person may not, ValidationError when the facts do not allow it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache, update_wrapper, wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import IntegerField, Value
from django.utils import timezone

from lms.kern.berichten import berichten_voor_beurten
from lms.kern.instellingen import instelling
from lms.kern.models import Bericht, Beurt, Journaalregel, Rol, Traject
from lms.kern.stappen import BEURTEN, STAPPEN, VERVOLG, open_stappen

HANDELINGEN = {}
CONCEPTEN = {}
NIET_HIER = "Dit kun je hier niet doen."


class Geweigerd(PermissionDenied):
    """A refusal with its reason, in Dutch."""


class Botsing(ValidationError):
    """A draft was changed elsewhere: carries the text that is stored now, so that both texts stay on screen."""

    def __init__(self, bewaard):
        super().__init__("Je hebt dit ook ergens anders veranderd. Kies welke tekst je wilt houden.")
        self.bewaard = bewaard


@dataclass(frozen=True)
class Stil:
    """An act returns Stil(uitkomst) when it changed nothing: no journal line, no message."""

    uitkomst: object = None


def vereis(voorwaarde, zin, veld=None):
    """Raise a ValidationError with `zin` (at `veld` when given) unless `voorwaarde` holds."""
    if not voorwaarde:
        raise ValidationError({veld: zin} if veld else zin)


@cache
def _gebakken(soort_database, stappen):
    """The derivation compiled once per process: building the EXISTS tree costs more than running it."""
    qs, velden = Traject._base_manager.filter(pk=-1), ["afgesloten_op"]
    if stappen is None:
        qs, velden = qs.met_afgeleide_stap(), [*velden, "afgeleid"]
    else:
        qs = qs.met_beurten_van(stappen)
        velden += [f"beurt_{b.code}" for b in BEURTEN if set(b.stappen) & set(stappen)]
    sql, params = qs.values_list(*velden).query.sql_with_params()
    plek = [nummer for nummer, waarde in enumerate(params) if waarde == -1]
    if len(plek) != 1:
        raise RuntimeError("De afleiding heeft een eigen plek voor het traject nodig.")
    return sql, params[: plek[0]], params[plek[0] + 1 :]


@cache
def _gebakken_tikken(soort_database, aantal):
    """The ticks of `aantal` trajecten compiled once per process: (sql, params, positions of the keys)."""
    plaatshouders = [-n for n in range(1, aantal + 1)]
    velden = ["pk", *(f"gedaan_{s.nr}" for s in STAPPEN), *(f"verder_{s.nr}" for s in VERVOLG)]
    rijen = Traject._base_manager.filter(pk__in=plaatshouders).order_by().met_tikken().values_list(*velden)
    sql, params = rijen.query.sql_with_params()
    plek = [nummer for nummer, waarde in enumerate(params) if isinstance(waarde, int) and waarde in plaatshouders]
    if len(plek) != aantal:
        raise RuntimeError("De tikken hebben een eigen plek voor elk traject nodig.")
    return sql, params, plek


def tikken_van(pks):
    """{pk: (numbers of the steps that are done, numbers of what follows that is done)} of these trajecten, in one query."""
    pks = list(pks)
    if not pks:
        return {}
    aantal = next((n for n in (1, 25, 50, 100) if n >= len(pks)), len(pks))
    sql, params, plek = _gebakken_tikken(connection.vendor, aantal)
    params = list(params)
    for nummer, pk in zip(plek, pks + [-1] * (aantal - len(pks)), strict=True):
        params[nummer] = pk
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rijen = cursor.fetchall()
    stappen = [s.nr for s in STAPPEN]
    eind = 1 + len(stappen)
    return {
        pk: (
            {nr for nr, gedaan in zip(stappen, waarden, strict=False) if gedaan},
            {s.nr for s, gedaan in zip(VERVOLG, waarden[eind - 1 :], strict=True) if gedaan},
        )
        for pk, *waarden in rijen
    }


def _vraag(stappen, pk):
    sql, voor, na = _gebakken(connection.vendor, stappen)
    with connection.cursor() as cursor:
        cursor.execute(sql, (*voor, pk, *na))
        return cursor.fetchone()


def afleiden(traject):
    """Return (stap, [Aanzet, …]) of one traject from its facts, in two queries."""
    afgesloten, stap = _vraag(None, traject.pk)
    if afgesloten:
        return stap, []
    stappen = open_stappen(stap)
    waarden = iter(_vraag(stappen, traject.pk)[1:])
    return stap, [b for b in BEURTEN if set(b.stappen) & set(stappen) and next(waarden)]


def _beurtrijen(traject, aanzet):
    """The (code, rol, persoon) of a turn with its `vanaf`; an extra query only where the table names a path."""
    personen, vanaf = [None], None
    if aanzet.persoon or aanzet.vanaf:
        niets = Value(None, output_field=IntegerField())
        rijen = list(
            Traject._base_manager.filter(aanzet.als[0].volledig(Traject), pk=traject.pk).values_list(
                aanzet.persoon or niets, aanzet.vanaf or niets
            )
        )
        personen, vanaf = {persoon for persoon, _ in rijen}, min((v for _, v in rijen if v), default=None)
    return {(aanzet.code, rol, persoon): vanaf for rol in aanzet.rollen for persoon in personen}


def _nodige_beurten(traject, aanzetten):
    nodig = {}
    for aanzet in aanzetten:
        nodig |= _beurtrijen(traject, aanzet)
    return nodig


def _uiterlijk(aanzet, vanaf):
    if not aanzet.termijn:
        return vanaf if aanzet.vanaf else None
    vandaag = timezone.localdate()
    return max(vanaf or vandaag, vandaag) + dt.timedelta(days=instelling(aanzet.termijn))


def bijwerken(traject, *, berichten=True):
    """Make the stored print equal to the derivation. A new turn makes its message, a vanished turn cancels the unsent one. Returns the step."""
    stap, aanzetten = afleiden(traject)
    if traject.stap != stap:
        traject.stap, traject.stap_sinds = stap, timezone.now()
        Traject._base_manager.filter(pk=traject.pk).update(stap=stap, stap_sinds=traject.stap_sinds)
    nodig = _nodige_beurten(traject, aanzetten)
    per_code = {a.code: a for a in aanzetten}
    bestaand = {(b.code, b.rol, b.persoon_id): b for b in Beurt.objects.filter(traject=traject)}
    weg = [beurt.pk for sleutel, beurt in bestaand.items() if sleutel not in nodig]
    if weg:
        for pk in weg:
            Bericht.objects.filter(traject=traject, sleutel__startswith=f"beurt:{pk}:", verstuurd_om=None, vervallen_om=None).update(
                vervallen_om=timezone.now()
            )
        Beurt.objects.filter(pk__in=weg).delete()
    for sleutel, vanaf in nodig.items():
        if sleutel in bestaand and bestaand[sleutel].vanaf != vanaf:
            Beurt.objects.filter(pk=bestaand[sleutel].pk).update(vanaf=vanaf, uiterlijk_op=_uiterlijk(per_code[sleutel[0]], vanaf))
    nieuw = Beurt.objects.bulk_create(
        [
            Beurt(traject=traject, code=code, rol=rol, persoon_id=persoon, vanaf=vanaf, uiterlijk_op=_uiterlijk(per_code[code], vanaf))
            for (code, rol, persoon), vanaf in nodig.items()
            if (code, rol, persoon) not in bestaand
        ]
    )
    if berichten:
        berichten_voor_beurten(traject, nieuw)
    return stap


def afdruk_wijkt_af(traject):
    """Return the differences between stored print and derivation as text, or "" when they agree. Changes nothing."""
    stap, aanzetten = afleiden(traject)
    opgeslagen = set(Beurt.objects.filter(traject=traject).values_list("code", "rol", "persoon"))
    nodig = set(_nodige_beurten(traject, aanzetten))
    bewaard = Traject._base_manager.values_list("stap", flat=True).get(pk=traject.pk)
    fouten = [f"stap {bewaard}, hoort {stap}"] if bewaard != stap else []
    fouten += [f"te veel: {rij}" for rij in sorted(map(str, opgeslagen - nodig))]
    fouten += [f"ontbreekt: {rij}" for rij in sorted(map(str, nodig - opgeslagen))]
    return "; ".join(fouten)


def _toegestane_rol(onderwerp, door, rollen):
    """The first of `rollen` in which `door` sees the subject, or None."""
    model = onderwerp._meta.model  # request.user is a lazy wrapper
    for rol in rollen:
        if rol == Rol.SYSTEEM:
            if door is None:
                return rol
        elif door is not None and rol in door.rollen() and model.objects.zichtbaar_als(door, rol).filter(pk=onderwerp.pk).exists():
            return rol
    return None


def _nu_zichtbaar(onderwerp, door, rollen):
    """(the subject as it is now, the first of `rollen` in which `door` sees it), or (None, None). One query for a candidate: everybody is one."""
    for rol in rollen:
        if door is not None and (rol == Rol.KANDIDAAT or rol in door.rollen()):
            rij = onderwerp._meta.model.objects.zichtbaar_als(door, rol).filter(pk=onderwerp.pk).first()
            if rij is not None:
                return rij, rol
    return None, None


def _op_slot(onderwerp):
    model = onderwerp._meta.model  # request.user is a lazy wrapper
    rij = model._base_manager.select_for_update(of=("self",)).filter(pk=onderwerp.pk).first()
    if rij is None:
        raise Geweigerd(NIET_HIER)
    return rij


def _schrijf_op(rij, naam, *, door, als, voor, verzoek_id, namens, reden_code):
    traject = rij if isinstance(rij, Traject) else getattr(rij, "traject", None)
    over = traject.kandidaat_id if traject else (rij.pk if rij._meta.label == "kern.Gebruiker" else None)
    Journaalregel.objects.create(
        traject=traject, over_id=over, handeling=naam, door=door, als=als, namens=namens, van=voor,
        naar=traject.stap if traject else None, reden_code=reden_code, verzoek_id=verzoek_id or None,
        gegevens={} if traject is rij else {rij._meta.model_name: rij.pk},
    )  # fmt: skip


class Handeling:
    """One act: lock, may it, do it, print and journal, in one transaction. Made by `handeling`; called like the function it wraps."""

    def __init__(self, functie, rollen, *, correctie, gesloten_mag):
        self.kern, self.rollen, self.correctie, self.gesloten_mag = functie, rollen, correctie, gesloten_mag
        update_wrapper(self, functie)

    def __call__(self, onderwerp, *, door, reden="", verzoek_id="", namens=None, **gegevens):
        try:
            with transaction.atomic():
                rij = _op_slot(onderwerp)
                if verzoek_id and self._al_gedaan(verzoek_id, door):
                    return None
                als = self._poort(rij, door)
                if self.correctie:
                    vereis(reden.strip(), "Schrijf op waarom je dit verandert.", "reden")
                    gegevens["reden"] = reden.strip()
                return self._doen(rij, door=door, als=als, verzoek_id=verzoek_id, namens=namens, gegevens=gegevens)
        except IntegrityError as fout:
            if verzoek_id and self._al_gedaan(verzoek_id, door):
                return None
            raise ValidationError("Iemand anders deed dit net ook. Kijk wat er nu staat. Je tekst staat er nog.") from fout

    def _al_gedaan(self, verzoek_id, door):
        """A second submit of the same form is answered as the first."""
        return Journaalregel.objects.filter(verzoek_id=verzoek_id, handeling=self.__name__, door=door).exists()

    def _poort(self, rij, door):
        """The role in which `door` may do this to this subject. Raises Geweigerd."""
        als = _toegestane_rol(rij, door, self.rollen)
        if als is None:
            raise Geweigerd(NIET_HIER)
        if isinstance(rij, Traject) and rij.afgesloten_op and not self.gesloten_mag:
            raise Geweigerd("Dit traject is gestopt.")
        return als

    def _doen(self, rij, *, door, als, verzoek_id, namens, gegevens):
        traject = rij if isinstance(rij, Traject) else None
        voor = traject.stap if traject else None
        uitkomst = self.kern(rij, door=door, **gegevens)
        if isinstance(uitkomst, Stil):
            return uitkomst.uitkomst
        if traject:
            bijwerken(traject, berichten=not self.correctie)
            if als == Rol.BUREAU and Rol.KANDIDAAT in self.rollen:
                namens = namens or traject.kandidaat  # the bureau types for the candidate
        reden_code = "correctie" if self.correctie else ""
        _schrijf_op(rij, self.__name__, door=door, als=als, voor=voor, verzoek_id=verzoek_id, namens=namens, reden_code=reden_code)
        return uitkomst


def handeling(*rollen, correctie=False, gesloten_mag=False):
    """Make a function the one place of an act.

    `rollen`: who may, each together with sight of the subject in that role. `correctie`: a reason is required and no "next step" mail goes out.
    `gesloten_mag`: also on a closed traject. Raises Geweigerd or ValidationError; then nothing is written.
    The call takes besides the act's own arguments: `door` (None only as systeem), `verzoek_id` (the form's one-time id), `namens`.
    A second call with the same `verzoek_id` changes nothing and returns None.
    """

    def versier(functie):
        HANDELINGEN[functie.__name__] = Handeling(functie, rollen, correctie=correctie, gesloten_mag=gesloten_mag)
        return HANDELINGEN[functie.__name__]

    return versier


def concept(*rollen):
    """The light sibling for drafts that save themselves: rights and one write; no step, no message, one journal line per person, draft and day.

    The function gets the subject row (not locked) and compares with what the page was made from; a lost race raises Botsing.
    """

    def versier(functie):
        @wraps(functie)
        def bewaren(onderwerp, *, door, **gegevens):
            with transaction.atomic():
                rij, als = _nu_zichtbaar(onderwerp, door, rollen)
                if als is None:
                    raise Geweigerd(NIET_HIER)
                traject = rij if isinstance(rij, Traject) else rij.traject  # a draft belongs to a traject
                if traject.afgesloten_op:
                    raise Geweigerd("Dit traject is gestopt.")
                uitkomst = functie(rij, door=door, **gegevens)
                _vandaag_noteren(traject, functie.__name__, door=door, als=als)
                return uitkomst

        bewaren.rollen, bewaren.kern = rollen, functie
        CONCEPTEN[functie.__name__] = bewaren
        return bewaren

    return versier


_genoteerd = set()  # (day, traject, draft, person) that this process knows to be in the journal
GENOTEERD_HOOGSTENS = 10_000


def _vandaag_noteren(traject, naam, *, door, als):
    """One journal line a day for a draft. What was committed today is remembered, so that saving every few seconds asks nothing."""
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


def inzage_noteren(traject, *, door, wat):
    """Journal that `door` read a letter, cv, report or sensitive field of this traject (`wat` is a code). Not for the own traject."""
    if door.pk == traject.kandidaat_id:
        return
    als = next((r for r in (Rol.TRAINER, Rol.BUREAU, Rol.REGIOMANAGER) if r in door.rollen()), Rol.KANDIDAAT)
    Journaalregel.objects.create(
        traject=traject, over_id=traject.kandidaat_id, handeling="inzage", door=door, als=als, gegevens={"wat": wat}
    )
