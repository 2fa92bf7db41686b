"""/mijn/conferenties/: the own conferences, their record, and looking back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from certificering import handelingen as H
from certificering.forms import AfrondenForm, AkkoordForm, KandidaatForm, NazorgForm, ReactieForm, VastleggenForm
from certificering.handelingen.evaluatie import KANDIDAAT_WAARDEN, REGIOMANAGER_WAARDEN
from certificering.models import Evaluatie
from certificering.views.formulieren import Formulieren
from lms.kern.schermen import met_traject
from selectie.models import Profieltekst

ACTEN = {
    "vastleggen": (H.conferentie_vastleggen, "Bewaard. Je regiomanager kijkt of de conferentie meetelt."),
    "nazorg": (H.nazorg_vastleggen, "Bewaard. Dank je wel voor je contact."),
    "reactie": (H.telling_beantwoorden, "Je reactie staat erbij. Je regiomanager en het bureau kunnen haar lezen."),
    "terugblik": (H.evaluatie_kandidaat, "Bewaard. Je kunt dit veranderen tot jullie gesprek."),
    "akkoord": (H.evaluatie_akkoord, "Bewaard."),
    "afronden": (
        H.traject_afronden,
        "Je traject is afgerond. Dank je wel voor alles wat je deed. Je kunt altijd terugkomen.",
    ),
}
OVER_DE_EVALUATIE = ("terugblik", "akkoord")


def punten_evaluatie():
    """The texts of the tasks and the core: what an evaluation is about."""
    return (
        Profieltekst.objects.actueel()
        .filter(groep__in=[Profieltekst.Groep.TAKEN, Profieltekst.Groep.KERN])
        .order_by("-groep", "volgorde")
    )


def stem_regels(punten, taken, woorden):
    """[(text, answer in words)] of one voice, for reading."""
    return [(punt.je, woorden[taken[punt.code]]) for punt in punten if taken.get(punt.code) in woorden]


def _eigen_rijen(traject):
    return traject.conferenties.select_related("regio", "evaluatie").order_by("pk")


@met_traject
def lijst(request):
    """All own conferences, oldest first, each with its running number. `?rij=` goes on to the one of a turn."""
    rijen = list(_eigen_rijen(request.traject))
    gevraagd = [n for n, conferentie in enumerate(rijen, 1) if str(conferentie.pk) == request.GET.get("rij")]
    if gevraagd:
        return redirect("mijn_conferentie", *gevraagd)
    geteld = sum(1 for conferentie in rijen if conferentie.telt_mee)
    context = {"traject": request.traject, "rijen": list(enumerate(rijen, 1))[::-1], "geteld": geteld}
    return render(request, "certificering/mijn_conferenties.html", context)


def _open(conferentie, evaluatie, traject):
    """The forms that belong on the page now, first the one that asks something."""
    if not traject.is_lopend:
        return []
    namen = []
    if evaluatie and not evaluatie.uitkomst:
        if not evaluatie.gesprek_op:
            namen.append("terugblik")
        elif not evaluatie.akkoord_om:
            namen.append("akkoord")
    if evaluatie and evaluatie.uitkomst == Evaluatie.Uitkomst.PAST_NIET:
        namen.append("afronden")
    if conferentie.telt_mee is None:
        namen.append("vastleggen")
    if conferentie.gehouden_op and not conferentie.nazorg_op:
        namen.append("nazorg")
    if conferentie.telt_mee is not None and not conferentie.ouder:
        namen.append("reactie")
    return namen


def _soorten(conferentie, evaluatie, punten, gezien):
    velden = ("uitkomst", "gehouden_op", "kring", "kinderen", "beroepskrachten", "uren")
    taken = {f"taak_{code}": waarde for code, waarde in evaluatie.kandidaat_taken.items()} if evaluatie else {}
    return {
        "terugblik": (
            KandidaatForm,
            {"punten": punten, "initial": {"tekst": evaluatie.kandidaat_tekst, **taken} if evaluatie else {}},
        ),
        "akkoord": (AkkoordForm, {"gezien": gezien}),
        "afronden": (AfrondenForm, {}),
        "vastleggen": (VastleggenForm, {"initial": {naam: getattr(conferentie, naam) for naam in velden}}),
        "nazorg": (NazorgForm, {}),
        "reactie": (ReactieForm, {"initial": {"reactie": conferentie.telt_reactie}}),
    }


def _terugblik(evaluatie, punten):
    """What the candidate may read: the own voice always, the regiomanager's only after the conversation was
    recorded.
    """
    if evaluatie is None:
        return {}
    context = {"evaluatie": evaluatie, "eigen_stem": stem_regels(punten, evaluatie.kandidaat_taken, KANDIDAAT_WAARDEN)}
    if evaluatie.stem_vrijgegeven:
        context["regiomanager_tekst"] = evaluatie.regiomanager_tekst
        context["regiomanager_stem"] = stem_regels(punten, evaluatie.regiomanager_taken, REGIOMANAGER_WAARDEN)
    return context


@met_traject
def een(request, n):
    """One own conference: plan, record, four-weeks contact, looking back and agreeing."""
    traject, rijen = request.traject, list(_eigen_rijen(request.traject))
    if not 1 <= n <= len(rijen):
        raise Http404
    conferentie = rijen[n - 1]
    evaluatie = getattr(conferentie, "evaluatie", None)
    punten = list(punten_evaluatie()) if evaluatie else []
    gezien = H.evaluatie_akkoord.afdruk(evaluatie, request.user) if evaluatie else ""
    formulieren = Formulieren(
        request, _soorten(conferentie, evaluatie, punten, gezien), open=_open(conferentie, evaluatie, traject)
    )
    if request.method == "POST":
        over = traject if formulieren.wat == "afronden" else conferentie
        if formulieren.wat in OVER_DE_EVALUATIE:
            if evaluatie is None or evaluatie.uitkomst:
                messages.error(request, "Deze evaluatie is niet open.")
                return redirect("mijn_conferentie", n)
            over = evaluatie
        antwoord = formulieren.verwerk(ACTEN, over, terug=request.path)
        if antwoord:
            return antwoord
    context = {
        "traject": traject,
        "rij": conferentie,
        "n": n,
        "forms": formulieren.forms,
        "eerste": next(iter(formulieren.forms), ""),
    }
    return render(request, "certificering/mijn_conferentie.html", {**context, **_terugblik(evaluatie, punten)})
