"""The candidate's own choice, talk notes, the decision page and the gate."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from lms.kern.formulieren import BevestigForm
from lms.kern.instellingen import instelling
from lms.kern.pad.stappen import open_stappen
from lms.kern.schermen import alleen_post, gepost, met_traject
from selectie import handelingen
from selectie.forms.kandidaat import AfrondForm, KeuzeForm, MomentForm, NotitieForm
from selectie.lezen import besluit_voor_kandidaat, wat_mist_voor_de_poort
from selectie.models import Profieltekst


@met_traject
def keuze(request):
    """Step 3: do I join? With the consequences spelled out."""
    traject = request.traject
    vorige = traject.deelnamebesluiten.filter(herroepen_om=None).first()
    volgende = timezone.localdate() + dt.timedelta(days=90)
    form = KeuzeForm(
        gepost(request),
        initial={"keuze": "later" if vorige else None, "terug_op": vorige.terug_op if vorige else volgende},
    )
    if request.method == "POST" and form.uitvoeren(handelingen.deelname_besluiten, traject, door=request.user):
        gekozen = form.cleaned_data["keuze"]
        zinnen = {
            "ja": "Wat fijn dat je meedoet!",
            "later": "Goed. We vragen het je later weer.",
            "nee": "Je stopt. Dank je wel voor alles wat je deed. Je kunt altijd terugkomen.",
        }
        messages.success(request, zinnen[gekozen])
        return redirect("mijn_training" if gekozen == "ja" else "mijn")
    return render(
        request,
        "selectie/mijn_keuze.html",
        {"form": form, "traject": traject, "vorige": vorige, "kosten": instelling("kosten_training")},
    )


@met_traject
def notities(request):
    """Step 5: short notes of talks, of candidate and trainers."""
    traject = request.traject
    form = NotitieForm(gepost(request))
    if request.method == "POST" and form.uitvoeren(handelingen.uitzoeken_noteren, traject, door=request.user):
        messages.success(request, "Je notitie is bewaard. Je trainers kunnen hem lezen.")
        return redirect("mijn_notities")
    lijst = traject.uitzoeknotities.select_related("door").order_by("-om")
    kan = (
        5 in open_stappen(traject.stap)
        or traject.aanwezigheden.filter(soort="EK1", resultaat__in=["ja", "deels", "deels_telt"]).exists()
    )
    return render(
        request,
        "selectie/mijn_notities.html",
        {"form": form, "traject": traject, "notities": lijst, "kan": kan and traject.is_lopend},
    )


@met_traject
def besluit(request):
    """Step 7: whose turn it is, the moments of a conversation, and both answers once they may be shown."""
    stand = besluit_voor_kandidaat(request.traject)
    if stand is None:
        return redirect("mijn_verslag")
    form = MomentForm(gepost(request), momenten=stand["momenten"]) if stand["fase"] == "kiezen" else None
    if (
        request.method == "POST"
        and form
        and form.uitvoeren(handelingen.moment_kiezen, stand["gesprek"], door=request.user)
    ):
        messages.success(request, "Het gesprek staat gepland. Je krijgt er een mail over.")
        return redirect("mijn_besluit")
    afrond = AfrondForm() if stand["fase"] == "afronden" else None
    return render(
        request,
        "selectie/mijn_besluit.html",
        {
            **stand,
            "traject": request.traject,
            "form": form,
            "afrond": afrond,
            "klachten": instelling("klachtenregeling"),
        },
    )


@alleen_post("mijn_besluit")
@met_traject
def momenten_passen_niet(request):
    """None of these moments."""
    form, stand = BevestigForm(request.POST), besluit_voor_kandidaat(request.traject) or {}
    if not stand.get("gesprek"):
        messages.warning(request, "Er zijn nu geen momenten om uit te kiezen.")
    elif form.uitvoeren(handelingen.momenten_passen_niet, stand["gesprek"], door=request.user):
        messages.success(request, "Je trainers stellen nieuwe momenten voor.")
    else:
        messages.warning(request, next(iter(form.non_field_errors()), "Dat lukte niet. Probeer het opnieuw."))
    return redirect("mijn_besluit")


@alleen_post("mijn_besluit")
@met_traject
def afronden(request):
    """The candidate confirms that the path ends."""
    form, stand = AfrondForm(request.POST), besluit_voor_kandidaat(request.traject) or {}
    if not stand.get("besluit"):
        messages.warning(request, "Er is nu niets om af te ronden.")
    elif form.uitvoeren(handelingen.afronden_bevestigen, stand["besluit"], door=request.user):
        messages.success(request, "Dank je wel voor alles wat je deed. De deur blijft open.")
        return redirect("mijn")
    else:
        messages.warning(request, next(iter(form.non_field_errors()), "Dat lukte niet. Probeer het opnieuw."))
    return redirect("mijn_besluit")


@met_traject
def poort(request):
    """The gate: confirm your independence; the VOG is shown to the bureau."""
    traject = request.traject
    punten = {punt.punt: punt for punt in traject.poortpunten.nu()}
    form = BevestigForm(gepost(request))
    if request.method == "POST" and form.uitvoeren(handelingen.onafhankelijk_bevestigen, traject, door=request.user):
        messages.success(request, "Dank je wel. Dit staat nu vast.")
        return redirect("mijn_poort")
    teksten = Profieltekst.objects.actueel().filter(groep=Profieltekst.Groep.ONAFHANKELIJKHEID)
    kan = traject.stap >= 8 and traject.is_lopend
    context = {"form": form, "traject": traject, "punten": punten, "teksten": teksten, "kan": kan}
    return render(request, "selectie/mijn_poort.html", {**context, "mist": wat_mist_voor_de_poort(punten, eigen=True)})
