"""The roll call of one day: Ja / Deels / Nee per person, one act per person."""

import secrets

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
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


@rol_nodig(Rol.TRAINER, Rol.BUREAU)
def trainer_dag(request, pk, nr):
    """Record who was there. One bad row does not lose the others' ticks."""
    uitvoering = groep_of_404(request, pk)
    dag = next((b for b in uitvoering.bijeenkomsten.all() if b.nr == nr), None)
    if dag is None:
        raise Http404
    rijen = _rijen(uitvoering, dag, request.user)
    verbeter = None
    if request.method == "POST":
        if "verbeter" in request.POST:
            verbeter = _verbeteren(request, rijen)
            gelukt = verbeter is None
        else:
            gelukt = _opschrijven(request, rijen)
        if gelukt:
            return redirect("trainer_dag", pk=pk, nr=nr)
        rijen = _rijen(uitvoering, dag, request.user, rijen)
    return render(request, "cursus/dag_aanwezigheid.html", _gegevens(uitvoering, dag, rijen, verbeter))


def _gegevens(uitvoering, dag, rijen, verbeter):
    open_rijen = [aanwezigheid for aanwezigheid in rijen if aanwezigheid.open]
    for aanwezigheid in rijen:
        aanwezigheid.gekozen = (
            verbeter[1]["resultaat"].value() if verbeter and verbeter[0] == aanwezigheid.pk else aanwezigheid.resultaat
        )
    return {
        "u": uitvoering, "dag": dag, "open": open_rijen,
        "klaar": [aanwezigheid for aanwezigheid in rijen if not aanwezigheid.open],
        "keuzes": KEUZES, "verbeter": verbeter, "klad": VerbeterForm().klad,
        "geweest": timezone.localdate(dag.begint_om) <= timezone.localdate(), "verzoek": secrets.token_urlsafe(12),
        "training": uitvoering.is_training,
        "fouten": [(aanwezigheid, aanwezigheid.fout) for aanwezigheid in open_rijen if aanwezigheid.fout],
    }  # fmt: skip


def _rijen(uitvoering, dag, gebruiker, ingetypt=()):
    """The attendance rows of a day by name, with what was just typed at rows that are still open.

    Nobody records the own traject.
    """
    eerder = {aanwezigheid.pk: aanwezigheid for aanwezigheid in ingetypt}
    rijen = (
        Aanwezigheid.objects.filter(bijeenkomst=dag)
        .exclude(traject__kandidaat=gebruiker)
        .exclude(traject__afgesloten_op__isnull=False, resultaat="")
        .exclude(geldt=False, resultaat="")  # waived or made up before it came
    )
    rijen = list(
        rijen.select_related("traject__kandidaat", "vervangen_door", "door").order_by("traject__kandidaat__zoek", "pk")
    )
    eigen = set(uitvoering.deelnames.values_list("traject", flat=True))
    for aanwezigheid in rijen:
        oud = eerder.get(aanwezigheid.pk)
        aanwezigheid.open, aanwezigheid.gast = aanwezigheid.resultaat == "", aanwezigheid.traject_id not in eigen
        aanwezigheid.keuze, aanwezigheid.telt, aanwezigheid.waarom, aanwezigheid.fout = (
            (oud.keuze, oud.telt, oud.waarom, oud.fout) if oud else ("", False, "", "")
        )
        aanwezigheid.te_verbeteren = (
            not aanwezigheid.open and not aanwezigheid.traject.afgesloten_op and not aanwezigheid.vervangen_door_id
        )
    return rijen


def _opschrijven(request, rijen):
    """Call the act for every ticked open row. Returns whether all of them went well; errors stay at their row."""
    iedereen, klaar, fouten = "iedereen" in request.POST, 0, 0
    verzoek = request.POST.get("verzoek_id", "")[:40]
    for aanwezigheid in (r for r in rijen if r.open):
        aanwezigheid.keuze = request.POST.get(f"rij-{aanwezigheid.pk}", "") or (Resultaat.JA if iedereen else "")
        aanwezigheid.telt, aanwezigheid.waarom = (
            f"telt-{aanwezigheid.pk}" in request.POST,
            request.POST.get(f"waarom-{aanwezigheid.pk}", "")[:1000].replace("\x00", ""),
        )
        if not aanwezigheid.keuze:
            continue
        resultaat = (
            Resultaat.DEELS_TELT if aanwezigheid.keuze == Resultaat.DEELS and aanwezigheid.telt else aanwezigheid.keuze
        )
        aanwezigheid.fout = _een_rij(
            request, aanwezigheid, resultaat, f"{verzoek}:{aanwezigheid.pk}" if verzoek else ""
        )
        fouten += bool(aanwezigheid.fout)
        klaar += not aanwezigheid.fout
    if veranderd := _intussen_veranderd(request.POST, rijen):
        messages.warning(request, f"Bij {_mensen(veranderd)} is intussen iets veranderd. Kijk wat er nu staat.")
    if klaar:
        messages.success(request, f"Opgeschreven: {_mensen(klaar)}.")
    elif not fouten and not veranderd:
        messages.warning(request, "Je hebt nog niets aangekruist.")
    return not fouten


def _mensen(aantal):
    return f"{aantal} {'persoon' if aantal == 1 else 'mensen'}"


def _intussen_veranderd(gepost, rijen):
    """How many ticks of an old page are for a row that says something else now, or is not on this day any more."""
    open_rijen = {f"rij-{aanwezigheid.pk}" for aanwezigheid in rijen if aanwezigheid.open}
    ingevuld = {f"rij-{aanwezigheid.pk}": aanwezigheid.resultaat for aanwezigheid in rijen}
    kruisjes = [naam for naam in gepost if naam.startswith("rij-") and naam not in open_rijen]
    return sum(not ingevuld.get(naam, "").startswith(gepost[naam] or "-") for naam in kruisjes)


def _een_rij(request, aanwezigheid, resultaat, verzoek_id):
    """Record one row; returns what is wrong in words, or ""."""
    if resultaat not in (Resultaat.JA, Resultaat.DEELS, Resultaat.DEELS_TELT, Resultaat.NEE):
        return "Kies ja, deels of nee."
    try:
        aanwezigheid_vastleggen(
            aanwezigheid, door=request.user, resultaat=resultaat,
            waarom=aanwezigheid.waarom if resultaat == Resultaat.DEELS_TELT else "",
            verzoek_id=verzoek_id,
        )  # fmt: skip
    except ValidationError as fout:
        return " ".join(fout.messages)
    except Geweigerd as fout:  # taken off this day, or out of this group, while the page was open
        return str(fout)
    return ""


def _verbeteren(request, rijen):
    """Correct or undo one row. Returns None when it was done or is past, else (pk, form) with its errors."""
    aanwezigheid = next((r for r in rijen if str(r.pk) == request.POST["verbeter"]), None)
    if aanwezigheid is None:
        raise Http404
    gegevens = request.POST
    if "ongedaan" in request.POST:
        gegevens = {"resultaat": "", "reden": ONGEDAAN, "verzoek_id": request.POST.get("verzoek_id", "")}
    form = VerbeterForm(gegevens, auto_id=f"%s-{aanwezigheid.pk}")
    if form.uitvoeren(aanwezigheid_verbeteren, aanwezigheid, door=request.user):
        messages.success(request, f"Verbeterd voor {aanwezigheid.traject.kandidaat.naam}.")
        return None
    if not aanwezigheid.te_verbeteren:  # an old page: there is no form at this row any more
        messages.warning(request, next(iter(form.non_field_errors()), VOORBIJ))
        return None
    return aanwezigheid.pk, form
