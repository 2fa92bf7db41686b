"""The candidate's own choice, talk notes, the decision page and the gate."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from lms.kern.bewaartermijnen import Soort
from lms.kern.formulieren import BevestigForm
from lms.kern.instellingen import instelling
from lms.kern.pad.stappen import open_stappen
from lms.kern.schermen import alleen_post, gepost, handelpagina, knop, met_traject, pagina
from selectie import handelingen
from selectie.einde import bij_het_stoppen
from selectie.forms.kandidaat import (
    AfrondForm,
    AndereDagenForm,
    KeuzeForm,
    MomentForm,
    NaGesprekForm,
    NotitieForm,
)
from selectie.lezen import besluit_voor_kandidaat, wat_mist_voor_de_poort
from selectie.models import Profieltekst
from selectie.views.gewist import gewist

KIEZEN = 3  # the step of the own choice
NA_DE_KEUZE = {
    "ja": "Wat fijn dat je meedoet!",
    "later": "Goed. We vragen het je later weer.",
}


@met_traject
def keuze(request):
    """Step 3: do I join? With the consequences spelled out; "nee" has a check page of its own."""
    traject = request.traject
    vorige = traject.deelnamebesluiten.filter(herroepen_om=None).first()
    volgende = timezone.localdate() + dt.timedelta(days=90)
    form = KeuzeForm(
        gepost(request),
        initial={"keuze": "later" if vorige else None, "terug_op": vorige.terug_op if vorige else volgende},
    )
    if request.method == "POST" and form.is_valid() and form.cleaned_data["keuze"] == "nee":
        return redirect("mijn_keuze_nee")
    return handelpagina(
        request, form, handelingen.deelname_besluiten, traject,
        zin=lambda form: NA_DE_KEUZE[form.cleaned_data["keuze"]],
        naar=lambda form: "mijn_training" if form.cleaned_data["keuze"] == "ja" else "mijn",
        toon=pagina(
            "selectie/mijn_keuze.html",
            lambda: {"traject": traject, "vorige": vorige, "kosten": instelling("kosten_training")},
        ),
    )  # fmt: skip


@met_traject
def keuze_nee(request):
    """The check page of "nee": what ends, what stays, and the day of erasing."""
    traject = request.traject
    if traject.stap != KIEZEN or not traject.is_lopend:
        return redirect("mijn_keuze" if traject.is_lopend else "mijn")
    return handelpagina(
        request, BevestigForm(gepost(request)), handelingen.deelname_besluiten, traject,
        zin="Je koos nee. Dank je wel voor alles wat je deed. Je kunt altijd terugkomen.",
        naar="mijn_bewaren",
        toon=pagina("selectie/mijn_keuze_nee.html", lambda: bij_het_stoppen(traject)),
        keuze="nee",
    )  # fmt: skip


@met_traject
def notities(request):
    """Step 5: short notes of talks, of candidate and trainers."""
    return handelpagina(
        request, NotitieForm(gepost(request)), handelingen.uitzoeken_noteren, request.traject,
        zin="Je notitie is bewaard. Je trainers kunnen hem lezen.",
        naar="mijn_notities",
        toon=pagina("selectie/mijn_notities.html", lambda: _bij_notities(request.traject)),
    )  # fmt: skip


def _bij_notities(traject):
    """The notes so far, and whether one can be added now."""
    kan = (
        5 in open_stappen(traject.stap)
        or traject.aanwezigheden.filter(soort="EK1", resultaat__in=["ja", "deels", "deels_telt"]).exists()
    )
    lijst = traject.uitzoeknotities.select_related("door").order_by("-om")
    return {"traject": traject, "notities": lijst, "kan": kan and traject.is_lopend}


@met_traject
def besluit(request):
    """Step 7: whose turn it is, the moments of a conversation, the own answer after it, and both answers once they may
    be shown.
    """
    if weg := gewist(request, request.traject, Soort.VERSLAG, "je verslag"):
        return weg
    stand = besluit_voor_kandidaat(request.traject)
    if stand is None:
        return redirect("mijn_verslag")
    handelingen.gezien_door_kandidaat(request.traject)
    gesprek, form = stand["gesprek"], None
    if stand["fase"] == "kiezen":
        form = MomentForm(gepost(request), momenten=stand["momenten"], over=gesprek.aanbod)
        act, zin = handelingen.moment_kiezen, "Het gesprek staat gepland. Je krijgt er een mail over."
    elif stand["fase"] == "na_gesprek":
        form = NaGesprekForm(gepost(request), over=gesprek)
        act, zin = handelingen.antwoord_na_gesprek, "Dank je wel. Je antwoord is bewaard."
    if request.method == "POST" and form and form.uitvoeren(act, gesprek, door=request.user):
        messages.success(request, zin)
        return redirect("mijn_besluit")
    return render(request, "selectie/mijn_besluit.html", {**stand, **_knoppen(stand), "form": form} | _om(request))


def _om(request):
    """What stands around the decision: the path, whether somebody came back after it, where to complain."""
    return {"traject": request.traject, "klachten": instelling("klachtenregeling")}


def _knoppen(stand):
    """The forms of the buttons of this phase."""
    over, forms = stand["besluit"], {}
    if stand["fase"] in ("kiezen", "gepland"):
        forms["anders"] = AndereDagenForm(over=stand["gesprek"].aanbod)
    kiest = stand["fase"] != "na_gesprek" and not stand["verslag"].afgerond_om
    if over and over.vervolg == "afronden" and kiest:
        forms |= {"afrond": AfrondForm(over=over), "praten": BevestigForm(over=over)}
        forms["opnieuw"] = handelingen.is_teruggekomen(over)
    return forms


@alleen_post("mijn_besluit")
@met_traject
def momenten_passen_niet(request):
    """None of these moments, or the picked one does not suit any more."""
    stand = besluit_voor_kandidaat(request.traject) or {}
    if not stand.get("gesprek"):
        messages.warning(request, "Er zijn nu geen momenten om uit te kiezen.")
        return redirect("mijn_besluit")
    form = AndereDagenForm(request.POST, over=stand["gesprek"].aanbod)
    zin = "Je trainers stellen nieuwe momenten voor. Je krijgt een mail als je kunt kiezen."
    return knop(request, form, handelingen.momenten_passen_niet, stand["gesprek"], zin=zin, naar="mijn_besluit")


def _over_het_besluit(request, form, act, zin, naar):
    stand = besluit_voor_kandidaat(request.traject) or {}
    if not stand.get("besluit"):
        messages.warning(request, "Er is nu niets om af te ronden.")
        return redirect("mijn_besluit")
    form = form(request.POST, over=stand["besluit"])
    return knop(request, form, act, stand["besluit"], zin=zin, naar=naar, anders="mijn_besluit")


@alleen_post("mijn_besluit")
@met_traject
def afronden(request):
    """The candidate confirms that the path ends."""
    zin = "Dank je wel voor alles wat je deed. De deur blijft open."
    return _over_het_besluit(request, AfrondForm, handelingen.afronden_bevestigen, zin, "mijn")


@alleen_post("mijn_besluit")
@met_traject
def praten(request):
    """Talk (once more) before the path ends."""
    zin = "Je trainers stellen een paar momenten voor. Je krijgt een mail als je kunt kiezen."
    return _over_het_besluit(request, BevestigForm, handelingen.nog_eens_praten, zin, "mijn_besluit")


@alleen_post("mijn_besluit")
@met_traject
def opnieuw(request):
    """Who came back writes a new report."""
    zin = "Je nieuwe verslag staat klaar. Wat je eerder schreef, staat er al in."
    return _over_het_besluit(request, BevestigForm, handelingen.nieuw_verslag_beginnen, zin, "mijn_verslag")


@met_traject
def poort(request):
    """The gate: confirm your independence; the VOG is shown to the bureau."""
    return handelpagina(
        request, BevestigForm(gepost(request)), handelingen.onafhankelijk_bevestigen, request.traject,
        zin="Dank je wel. Dit staat nu vast.",
        naar="mijn_poort",
        toon=pagina("selectie/mijn_poort.html", lambda: _bij_de_poort(request.traject)),
    )  # fmt: skip


def _bij_de_poort(traject):
    """What stands already, what is missing, and the texts on independence."""
    punten = {punt.punt: punt for punt in traject.poortpunten.nu()}
    teksten = Profieltekst.objects.actueel().filter(groep=Profieltekst.Groep.ONAFHANKELIJKHEID)
    kan, mist = traject.stap >= 8 and traject.is_lopend, wat_mist_voor_de_poort(punten, eigen=True)
    vog = traject.beurten.filter(code="vog_laten_zien").values_list("uiterlijk_op", flat=True).first()
    context = {"traject": traject, "punten": punten, "teksten": teksten, "kan": kan, "mist": mist}
    return context | {"vog_uitleg": instelling("vog_uitleg"), "vog_voor": vog}
