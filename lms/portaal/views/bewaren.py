"""How long we keep what: the question after stopping, and the list on the page of the own data."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from lms.kern import handelingen
from lms.kern.bewaartermijnen import INSTELLING, MET_TOESTEMMING, VRAAG, Soort, dag_na, in_woorden
from lms.kern.datums import dag
from lms.kern.formulieren import HandelingForm
from lms.kern.handelingen.bewaren import alleen_van_dit_pad, toegestaan
from lms.kern.schermen import gepost, met_traject


class BewaarForm(HandelingForm):
    """The person's own answer; which act it is follows from what was answered before."""

    antwoord = forms.ChoiceField(label=VRAAG, widget=forms.RadioSelect, error_messages={"required": "Kies ja of nee."})

    def __init__(self, *args, ja_tot, nee_tot, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["antwoord"].choices = [
            ("ja", f"Ja, bewaar ze tot {dag(ja_tot)}"),
            ("nee", f"Nee, wis ze op {dag(nee_tot)}"),
        ]

    def waarden(self):
        return {}


@met_traject
def bewaren(request):
    """After stopping: the day of erasing, and may we keep the papers longer? Changeable as long as they are there."""
    traject = request.traject
    klok = handelingen.klok_van(traject)
    if klok is None:
        return redirect("mijn_gegevens")
    ja = toegestaan(request.user).exists()
    morgen = timezone.localdate() + dt.timedelta(days=1)
    form = BewaarForm(
        gepost(request),
        over=klok,
        ja_tot=klok.wissen_op if ja else max(klok.zonder_op, dag_na(klok.vanaf, MET_TOESTEMMING)),
        nee_tot=max(klok.zonder_op, morgen) if ja else klok.zonder_op,
        initial={"antwoord": "ja" if ja else None},
    )
    if request.method == "POST" and form.is_valid():
        act = handelingen.bewaren_toestaan if form.cleaned_data["antwoord"] == "ja" else handelingen.bewaren_intrekken
        if form.uitvoeren(act, klok, door=request.user):
            klok.refresh_from_db()
            messages.success(request, f"Je antwoord is bewaard. We wissen je gegevens op {dag(klok.wissen_op)}.")
            return redirect("mijn_bewaren")
    context = {
        "traject": traject, "klok": klok, "ja": ja, "form": form,
        "account_ook": alleen_van_dit_pad(request.user, traject),
    }  # fmt: skip
    return render(request, "portaal/mijn_bewaren.html", context)


@dataclass(frozen=True)
class Bewaard:
    """One line of what we keep: what it is, and until when in words."""

    wat: str
    tot: str


def _tot(termijn):
    return f"gewist op {dag(termijn.gewist_om)}" if termijn.gewist_om else f"tot {dag(termijn.wissen_op)}"


def wat_we_bewaren(traject):
    """[Bewaard] of somebody's own path, with the promised days where there are some. One question."""
    termijnen = list(traject.bewaartermijnen.order_by("vanaf", "wissen_op", "pk"))
    regels = [Bewaard(WAT[t.soort], _tot(t)) for t in termijnen]
    if any(t.soort in (Soort.TRAJECT, Soort.JOURNAAL) for t in termijnen):
        return regels
    if any(t.soort == Soort.BRIEF for t in termijnen):  # registered by the path
        if not any(t.soort == Soort.SCOPE for t in termijnen):
            bewaard = in_woorden(INSTELLING[Soort.SCOPE])
            regels.append(Bewaard(WAT[Soort.SCOPE], f"nog {bewaard} nadat het in het register staat"))
        na = in_woorden(INSTELLING[Soort.JOURNAAL])
        return [*regels, Bewaard(WAT[Soort.JOURNAAL], f"zolang je geregistreerd bent, en daarna nog {na}")]
    if traject.is_lopend and hasattr(traject, "aanmelding"):
        na = in_woorden(INSTELLING[Soort.TRAJECT])
        return [Bewaard(WAT[Soort.TRAJECT], f"zolang je traject loopt. Stop je, dan nog {na}")]
    na = in_woorden(INSTELLING[Soort.JOURNAAL])
    return [Bewaard(WAT[Soort.JOURNAAL], f"zolang je geregistreerd bent, en daarna nog {na}")]


WAT = {
    Soort.TRAJECT: "Je brief, je cv, je verslag, je aantekeningen en je account",
    Soort.BRIEF: "Je brief en je cv",
    Soort.VERSLAG: "Je verslag, de reacties en wat over gesprekken is opgeschreven",
    Soort.EVALUATIE: "De teksten van je evaluatie",
    Soort.SCOPE: "Je verslag na EK2",
    Soort.JOURNAAL: "Je naam, de lijst met mails en het logboek",
}


def gewiste_papieren(traject):
    """Which of brief and verslag of this path are gone, for the links that led to them. One question."""
    weg = set(traject.bewaartermijnen.filter(gewist_om__isnull=False).values_list("soort", flat=True))
    alles = bool(weg & {Soort.TRAJECT, Soort.JOURNAAL})
    return {soort for soort in (Soort.BRIEF, Soort.VERSLAG) if alles or soort in weg}
