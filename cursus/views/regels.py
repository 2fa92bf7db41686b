"""What the pages of places and days hold for each line: the row with what stands beside it."""

from dataclasses import dataclass

from cursus.forms import InhaalForm, VrijstelForm
from cursus.models import Aanwezigheid, Agendaplek, Deelname, Resultaat, Uitvoering
from cursus.models.agenda import met_dagen


@dataclass(frozen=True)
class Plekregel:
    """A place with its session and days; begun: the presence on one of the days is recorded."""

    plek: Deelname | Agendaplek
    u: Uitvoering
    begonnen: bool = False


@dataclass(frozen=True)
class Dagregel:
    """A training day that counts, with the forms to make it up and to waive it."""

    dag: Aanwezigheid
    inhalen: InhaalForm
    vrijstellen: VrijstelForm

    @property
    def pk(self) -> int:
        return self.dag.pk

    @property
    def kan_inhalen(self) -> bool:
        return self.dag.resultaat != ""

    @property
    def kan_vrijstellen(self) -> bool:
        return self.dag.resultaat in ("", Resultaat.NEE, Resultaat.DEELS)


def plekregels(plekken, begonnen=(), regios=False):
    """The line of each place, in the order given, with one question for the sessions and one for their days.

    `begonnen`: keys of the sessions of which a day is recorded. `regios`: the pages show the regions too.
    """
    plekken = list(plekken)
    nummers = [plek.uitvoering_id for plek in plekken]
    van = {u.pk: u for u in met_dagen(Uitvoering.objects.met_data(), regios=regios).filter(pk__in=nummers)}
    return [Plekregel(plek, van[plek.uitvoering_id], plek.uitvoering_id in begonnen) for plek in plekken]
