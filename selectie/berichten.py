"""When the messages of selecting are true, and which bring the diary along."""

from django.db.models import Exists, F, OuterRef, Q

from lms.kern.berichten import Feit
from selectie.models import Besluit, Gesprek

LOOPT = Q(verslag__traject__afgesloten_op=None)
GEPLAND = Q(moment_om__isnull=False, vervallen_om=None) & (Q(gehouden_om__isnull=False) | LOOPT)


def _besluit_geldt(aan):
    return Q(herroepen_om=None) & LOOPT


def _besluit_herroepen(aan):
    """Not when the same was decided again meanwhile."""
    opnieuw = Besluit.objects.geldig().filter(verslag=OuterRef("verslag"), om__gt=OuterRef("herroepen_om"))
    return Q(herroepen_om__isnull=False) & LOOPT & Q(~Exists(opnieuw))


def _nog_geen_momenten(aan):
    """Once moments are offered, or one is agreed, that mail says it."""
    gesprekken = Gesprek.objects.filter(verslag=OuterRef("verslag"), vervallen_om=None)
    return _besluit_geldt(aan) & Q(~Exists(gesprekken.exclude(voorgesteld_om=None, moment_om=None, gehouden_om=None)))


def _ligt_voor(aan):
    return Q(voorstellen__aangenomen_om=None, voorstellen__vervallen_om=None, voorstellen__isnull=False)


def _verslag_loopt(aan):
    return Q(traject__afgesloten_op=None)


def _gesprek_staat(aan):
    return GEPLAND


def gesprek_staat_voor_trainer(aan):
    """A trainer who is no longer asked has no part in it, unless it was held before."""
    toen = Q(verslag__meningen__ontheven_om=None) | Q(verslag__meningen__ontheven_om__gte=F("gehouden_om"))
    return GEPLAND & Q(verslag__meningen__trainer=aan) & toen


FEITEN = {
    "samen_ja": Feit("selectie.Besluit", _besluit_geldt),
    "samen_ja_regio": Feit("selectie.Besluit", _besluit_geldt),
    "praten": Feit("selectie.Besluit", _nog_geen_momenten),
    "gereageerd": Feit("selectie.Besluit", _besluit_geldt),
    "besluit_vervallen": Feit("selectie.Besluit", _besluit_herroepen),
    "besluit_teruggenomen_bureau": Feit("selectie.Besluit", _besluit_herroepen),
    "samen_ja_regio_af": Feit("selectie.Besluit", _besluit_herroepen),
    "besluit_blijft_bureau": Feit("selectie.Besluit", _besluit_geldt),
    "terugnemen_voorgesteld": Feit("selectie.Besluit", _ligt_voor),
    "besluit_teruggenomen": Feit("selectie.Verslag", _verslag_loopt, reeks="terugnemen"),
    "trainervraag_antwoord": Feit("selectie.Verslag", _verslag_loopt),
    "besluit_blijft": Feit("selectie.Verslag", _verslag_loopt, reeks="terugnemen"),
    "verslag_ontvangen": Feit("selectie.Verslag", lambda aan: Q(teruggehaald_om=None, traject__afgesloten_op=None)),
    "gesprek_gepland": Feit("selectie.Gesprek", _gesprek_staat, reeks="gesprek", af="gesprek_afgezegd"),
    "gesprek_afgezegd": Feit("selectie.Gesprek", _gesprek_staat, reeks="gesprek", niet=True),
    "gesprek_gepland_trainer": Feit(
        "selectie.Gesprek", gesprek_staat_voor_trainer, reeks="gesprek_trainer", af="gesprek_afgezegd_trainer"
    ),
    "gesprek_afgezegd_trainer": Feit(
        "selectie.Gesprek", gesprek_staat_voor_trainer, reeks="gesprek_trainer", niet=True
    ),
}

_GESPREK = ("gesprek_gepland", "gesprek_gepland_trainer", "gesprek_afgezegd", "gesprek_afgezegd_trainer")
IN_DE_AGENDA = dict.fromkeys(_GESPREK, True)
AFSPRAKEN = {"gesprek": "selectie.kalender.afspraken"}
_MET_NAMEN = (
    "beurt_moment_kiezen",
    "beurt_antwoord_na_gesprek",
    "gereageerd",
    "besluit_vervallen",
    "praten",
    "verslag_ontvangen",
)
GEGEVENS = dict.fromkeys((*_GESPREK, *_MET_NAMEN), "selectie.mailwoorden.gegevens_voor") | {
    "beurt_vog_laten_zien": "selectie.mailwoorden.over_de_vog",
}
