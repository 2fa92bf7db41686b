"""The roll call of one day: Ja / Deels / Nee per person, one act per person."""

import secrets
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from cursus.forms import VerbeterForm
from cursus.handelingen import aanwezigheid_vastleggen, aanwezigheid_verbeteren
from cursus.models import Aanwezigheid, Resultaat
from cursus.views.groepen import groep_of_404
from lms.kern.handelingen import VOORBIJ, Geweigerd
from lms.kern.models import Rol
from lms.kern.schermen import rol_nodig

KEUZES = ((Resultaat.JA, "Ja"), (Resultaat.DEELS, "Deels"), (Resultaat.NEE, "Nee"))
ONGEDAAN = "Ongedaan gemaakt: verkeerd ingevuld."


@dataclass
class Appelregel:
    """One line of the roll call: a row of attendance with what was typed at it, and what was wrong with that."""

    aanwezigheid: Aanwezigheid
    gast: bool
    keuze: str = ""
    telt: bool = False
    waarom: str = ""
    fout: str = ""
    verbeter: VerbeterForm | None = None

    @property
    def pk(self) -> int:
        return self.aanwezigheid.pk

    @property
    def naam(self) -> str:
        return self.aanwezigheid.traject.kandidaat.naam

    @property
    def open(self) -> bool:
        return self.aanwezigheid.resultaat == ""

    @property
    def te_verbeteren(self) -> bool:
        afgesloten = self.aanwezigheid.traject.afgesloten_op
        return not (self.open or afgesloten or self.aanwezigheid.vervangen_door_id)

    @property
    def gekozen(self) -> str:
        """The answer that is ticked in the form of a correction."""
        return self.verbeter["resultaat"].value() if self.verbeter else self.aanwezigheid.resultaat

    def ingetypt(self, request: HttpRequest, iedereen: bool) -> None:
        """Take over what the page says about this line."""
        self.keuze = request.POST.get(f"rij-{self.pk}", "") or (Resultaat.JA if iedereen else "")
        self.telt = f"telt-{self.pk}" in request.POST
        self.waarom = request.POST.get(f"waarom-{self.pk}", "")[:1000].replace("\x00", "")


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_dag(request, pk, nr):
    """Record who was there. One bad line does not lose the others' ticks."""
    uitvoering = groep_of_404(request, pk)
    dag = next((b for b in uitvoering.bijeenkomsten.all() if b.nr == nr), None)
    if dag is None:
        raise Http404
    regels = _regels(uitvoering, dag, request.user)
    if request.method == "POST":
        doen = _verbeteren if "verbeter" in request.POST else _opschrijven
        if doen(request, regels):
            return redirect("trainer_dag", pk=pk, nr=nr)
        regels = _regels(uitvoering, dag, request.user, regels)
    return render(request, "cursus/dag_aanwezigheid.html", _gegevens(uitvoering, dag, regels))


def _gegevens(uitvoering, dag, regels):
    return {
        "u": uitvoering, "dag": dag, "open": [regel for regel in regels if regel.open],
        "klaar": [regel for regel in regels if not regel.open],
        "keuzes": KEUZES, "klad": VerbeterForm().klad,
        "geweest": timezone.localdate(dag.begint_om) <= timezone.localdate(), "verzoek": secrets.token_urlsafe(12),
        "training": uitvoering.is_training, "fouten": [regel for regel in regels if regel.open and regel.fout],
    }  # fmt: skip


def _regels(uitvoering, dag, gebruiker, ingetypt=()):
    """The lines of a day by name, with what was just typed at them.

    Nobody records the own traject.
    """
    aanwezigheden = (
        Aanwezigheid.objects.filter(bijeenkomst=dag)
        .exclude(traject__kandidaat=gebruiker)
        .exclude(traject__afgesloten_op__isnull=False, resultaat="")
        .exclude(geldt=False, resultaat="")  # waived or made up before it came
        .select_related("traject__kandidaat", "vervangen_door", "door")
        .order_by("traject__kandidaat__zoek", "pk")
    )
    eerder = {regel.pk: regel for regel in ingetypt}
    eigen = set(uitvoering.deelnames.values_list("traject", flat=True))
    return [
        replace(eerder[nu.pk], aanwezigheid=nu) if nu.pk in eerder else Appelregel(nu, nu.traject_id not in eigen)
        for nu in aanwezigheden
    ]


def _opschrijven(request, regels):
    """Call the act for every ticked open line. Returns whether all of them went well; errors stay at their line."""
    iedereen, klaar, fouten = "iedereen" in request.POST, 0, 0
    verzoek = request.POST.get("verzoek_id", "")[:40]
    open_regels = [regel for regel in regels if regel.open]
    for regel in open_regels:
        regel.ingetypt(request, iedereen)
        if not regel.keuze:
            continue
        regel.fout = _een_regel(request, regel, f"{verzoek}:{regel.pk}" if verzoek else "")
        fouten += bool(regel.fout)
        klaar += not regel.fout
    if veranderd := _intussen_veranderd(request.POST, regels, open_regels):
        messages.warning(request, f"Bij {_mensen(veranderd)} is intussen iets veranderd. Kijk wat er nu staat.")
    if klaar:
        messages.success(request, f"Opgeschreven: {_mensen(klaar)}.")
    elif not fouten and not veranderd:
        messages.warning(request, "Je hebt nog niets aangekruist.")
    return not fouten


def _mensen(aantal):
    return f"{aantal} {'persoon' if aantal == 1 else 'mensen'}"


def _intussen_veranderd(gepost, regels, open_regels):
    """How many ticks of an old page are for a line that says something else now, or is not on this day any more."""
    nog_open = {f"rij-{regel.pk}" for regel in open_regels}
    ingevuld = {f"rij-{regel.pk}": regel.aanwezigheid.resultaat for regel in regels}
    kruisjes = [naam for naam in gepost if naam.startswith("rij-") and naam not in nog_open]
    return sum(not ingevuld.get(naam, "").startswith(gepost[naam] or "-") for naam in kruisjes)


def _een_regel(request, regel, verzoek_id):
    """Record one line; returns what is wrong in words, or ""."""
    resultaat = Resultaat.DEELS_TELT if regel.keuze == Resultaat.DEELS and regel.telt else regel.keuze
    if resultaat not in (Resultaat.JA, Resultaat.DEELS, Resultaat.DEELS_TELT, Resultaat.NEE):
        return "Kies ja, deels of nee."
    try:
        aanwezigheid_vastleggen(
            regel.aanwezigheid, door=request.user, resultaat=resultaat,
            waarom=regel.waarom if resultaat == Resultaat.DEELS_TELT else "",
            verzoek_id=verzoek_id,
        )  # fmt: skip
    except ValidationError as fout:
        return " ".join(fout.messages)
    except Geweigerd as fout:  # taken off this day, or out of this group, while the page was open
        return str(fout)
    return ""


def _verbeteren(request, regels):
    """Correct or undo one line. Returns whether it was done or is past; else the line has the form with its errors."""
    regel = next((r for r in regels if str(r.pk) == request.POST["verbeter"]), None)
    if regel is None:
        raise Http404
    gegevens = request.POST
    if "ongedaan" in request.POST:
        gegevens = {"resultaat": "", "reden": ONGEDAAN, "verzoek_id": request.POST.get("verzoek_id", "")}
    form = VerbeterForm(gegevens, auto_id=f"%s-{regel.pk}")
    if form.uitvoeren(aanwezigheid_verbeteren, regel.aanwezigheid, door=request.user):
        messages.success(request, f"Verbeterd voor {regel.naam}.")
        return True
    if not regel.te_verbeteren:  # an old page: there is no form at this line any more
        messages.warning(request, next(iter(form.non_field_errors()), VOORBIJ))
        return True
    regel.verbeter = form
    return False
