"""When the messages about places, days and groups are true, and what goes with them."""

from django.db.models import Q
from django.utils import timezone

from lms.kern.berichten import Feit

PLEK, AGENDAPLEK, DAG, GROEP = "cursus.Deelname", "cursus.Agendaplek", "cursus.Aanwezigheid", "cursus.Uitvoering"
LOOPT = Q(traject__afgesloten_op=None)


def _op_de_lijst():
    """Of something that goes on and is not past."""
    return Q(afgemeld_om=None, uitvoering__afgelast_om=None, uitvoering__bijeenkomsten__eindigt_om__gt=timezone.now())


def _geplaatst(aan):
    return _op_de_lijst() & LOOPT & Q(geplaatst_om__isnull=False)


def _wacht(aan):
    return _op_de_lijst() & LOOPT & Q(geplaatst_om=None)


def _aangeboden(aan):
    return _wacht(aan) & Q(aanbod_tot__gt=timezone.now())


def _gestopt(aan):
    """The path stopped before the day: the place is no longer used."""
    return _op_de_lijst() & Q(geplaatst_om__isnull=False, traject__afgesloten_op__isnull=False)


def _van_de_lijst(aan):
    return Q(afgemeld_om__isnull=False)


def _agenda_geplaatst(aan):
    return _op_de_lijst() & Q(geplaatst_om__isnull=False)


def _agenda_wacht(aan):
    return _op_de_lijst() & Q(geplaatst_om=None)


def _verwacht(aan):
    """A day that is still to come, and on which this person is expected."""
    komt = Q(bijeenkomst__begint_om__gt=timezone.now(), bijeenkomst__uitvoering__afgelast_om=None)
    return LOOPT & komt & Q(resultaat="", geldt=True)


def _gemist(aan):
    """A missed day that was to be made up, and is open again."""
    return LOOPT & Q(geldt=True, resultaat__in=("nee", "deels"))


def _geeft(aan):
    return Q(afgelast_om=None, trainerschappen__trainer=aan, trainerschappen__tot=None)


def _afgelast(aan):
    return Q(afgelast_om__isnull=False)


FEITEN = {
    "geplaatst": Feit(PLEK, _geplaatst, reeks="plek", af="plek_vrij"),
    "plek_vrij": Feit(PLEK, _gestopt, reeks="plek"),
    "wachtlijst": Feit(PLEK, _wacht, reeks="plek"),
    "aanbod": Feit(PLEK, _aangeboden, reeks="plek"),
    "verplaatst": Feit(PLEK, _geplaatst, reeks="plek", zegt_alles=("geplaatst",), af="plek_vrij"),
    "afgemeld": Feit(PLEK, _van_de_lijst, reeks="plek"),
    "afgelast": Feit(PLEK, _van_de_lijst, reeks="plek"),
    "inhaaldag": Feit(DAG, _verwacht, reeks="dag"),
    "dag_verplaatst": Feit(DAG, _verwacht, reeks="dag", zegt_alles=("inhaaldag",)),
    "dag_afgelast": Feit(DAG, _gemist),
    "herinnering": Feit(DAG, _verwacht),
    "agenda_geplaatst": Feit(AGENDAPLEK, _agenda_geplaatst, reeks="plek"),
    "agenda_wachtlijst": Feit(AGENDAPLEK, _agenda_wacht, reeks="plek"),
    "agenda_verplaatst": Feit(AGENDAPLEK, _agenda_geplaatst, reeks="plek", zegt_alles=("agenda_geplaatst",)),
    "agenda_afgemeld": Feit(AGENDAPLEK, _van_de_lijst, reeks="plek"),
    "agenda_afgelast": Feit(AGENDAPLEK, _van_de_lijst, reeks="plek"),
    "agenda_herinnering": Feit(AGENDAPLEK, _agenda_geplaatst),
    "trainer_erbij": Feit(GROEP, _geeft, reeks="groep"),
    "verplaatst_trainer": Feit(GROEP, _geeft, reeks="groep", zegt_alles=("trainer_erbij",)),
    "trainer_eraf": Feit(GROEP, _geeft, reeks="groep", niet=True),
    "afgelast_trainer": Feit(GROEP, _afgelast, reeks="groep"),
    "groep_compleet": Feit(GROEP, _geeft),
}

_WIJZIGT_AGENDA = (
    "geplaatst", "plek_vrij", "verplaatst", "afgelast", "afgemeld", "inhaaldag", "verplaatst_trainer",
    "afgelast_trainer", "trainer_erbij", "trainer_eraf", "agenda_geplaatst", "agenda_verplaatst", "agenda_afgelast",
    "agenda_afgemeld", "dag_verplaatst", "dag_afgelast",
)  # fmt: skip
IN_DE_AGENDA = dict.fromkeys(_WIJZIGT_AGENDA, True)
AFSPRAKEN = {"bijeenkomst": "cursus.kalender.afspraken"}
_NOEMT_DAGEN = (
    "geplaatst", "verplaatst", "inhaaldag", "herinnering", "trainer_erbij", "verplaatst_trainer", "agenda_geplaatst",
    "agenda_verplaatst", "agenda_herinnering", "afgelast", "agenda_afgelast", "afgelast_trainer", "trainer_eraf",
    "groep_compleet", "dag_verplaatst", "dag_afgelast",
)  # fmt: skip
_BELANGSTELLING = ("belangstelling_bevestigen", "belangstelling_bekend", "belangstelling_nieuw")
GEGEVENS = dict.fromkeys(_BELANGSTELLING, "cursus.handelingen.belangstelling.gegevens_voor") | dict.fromkeys(
    _NOEMT_DAGEN, "cursus.kalender.gegevens_voor"
)
KOPPEN = dict.fromkeys(_BELANGSTELLING, "cursus.handelingen.belangstelling.koppen_voor")
