"""Step 6 on screen: the report in parts of three points, saved as you go, checked and sent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lms.kern.bewaartermijnen import Soort
from lms.kern.datums import tijd
from lms.kern.formulieren import BevestigForm, NakijkForm
from lms.kern.handelingen import Botsing
from lms.kern.instellingen import instelling
from lms.kern.pad.stappen import open_stappen
from lms.kern.schermen import gepost, met_traject
from selectie import handelingen, profiel
from selectie.forms.verslag import CONCLUSIES, VerslagForm
from selectie.handelingen.verslag import bewaarde_waarden, trainers_van, vingerafdruk
from selectie.lezen import wat_er_te_lezen_is
from selectie.models import Keuze, Stelling, Verslag
from selectie.uit_lessen import met_les, uit_de_lessen
from selectie.vergelijken import punten, slot, vorige_versie
from selectie.views.gewist import gewist

# after sending: a sentence that fits the answer that was given
DANK = "Dank je wel."
GESTUURD = {
    Stelling.PAST: "Goed gedaan!",
    Stelling.TWIJFEL: "Dank je wel. Twijfel mag, je trainers denken met je mee.",
    Stelling.PAST_NIET: "Dank je wel dat je zo eerlijk schreef. Je trainers lezen het.",
}


def _concept_of_niets(traject):
    return traject.verslagen.lopend().filter(verstuurd_om=None).first()


def _bron(traject):
    """What the pages of the draft show: the draft, or as long as there is none the version before it, of which the
    first save makes a copy.
    """
    return _concept_of_niets(traject) or traject.verslagen.order_by("-versie").first()


def _mag_schrijven(traject, verslag):
    return (
        traject.is_lopend
        and (bool(verslag) or 6 in open_stappen(traject.stap))
        and not traject.verslagen.lopend().filter(verstuurd_om__isnull=False).exists()
    )


@met_traject
def overzicht(request):
    """/mijn/verslag/: not open yet, being written, or sent; with the earlier versions."""
    traject = request.traject
    if weg := gewist(request, traject, Soort.VERSLAG, "je verslag"):
        return weg
    verslag = traject.verslagen.lopend().first()
    context = {
        "traject": traject,
        "verslag": verslag,
        "kan": _mag_schrijven(traject, verslag if verslag and not verslag.is_verstuurd else None),
        "voortgang": profiel.voortgang(None if verslag and verslag.is_verstuurd else _bron(traject)),
        "versies": traject.verslagen.filter(verstuurd_om__isnull=False).order_by("-versie"),
        "trainers": trainers_van(traject),
        "beurt": traject.beurten.filter(code="verslag_schrijven").first(),
        "terughalen": BevestigForm(over=verslag),
    }
    return render(request, "selectie/mijn_verslag.html", context)


@met_traject
def deel(request, deel, n=1):
    """One page of a part: saving keeps what is typed; two tabs on the same page never overwrite each other."""
    traject, gekozen = request.traject, profiel.PER_CODE.get(deel)
    if gekozen is None:
        raise Http404
    alle = profiel.teksten_per_deel()
    bladen = profiel.paginas(gekozen, alle[deel])
    if not 1 <= n <= len(bladen):
        raise Http404
    teksten = bladen[n - 1]
    # the act itself knows whether it may
    if request.method == "POST" and request.headers.get("X-Requested-With") == "fetch":
        form = VerslagForm(request.POST, deel=gekozen, teksten=teksten, waarden=_leeg(gekozen, teksten), basis="")
        return _bewaren(request, traject, form, gekozen, n, len(bladen))
    verslag = _concept_of_niets(traject)
    if not _mag_schrijven(traject, verslag):
        if request.method == "POST":  # sent in another tab meanwhile
            messages.warning(request, "Wat je net typte, is niet bewaard. Je kunt je verslag nu niet veranderen.")
        return redirect("mijn_verslag")
    waarden = bewaarde_waarden(
        verslag or _bron(traject), [t.code for t in teksten] if gekozen.heeft_punten else [], gekozen.velden
    )
    form = VerslagForm(gepost(request), deel=gekozen, teksten=teksten, waarden=waarden, basis=vingerafdruk(waarden))
    if request.method == "POST":
        antwoord = _bewaren(request, traject, form, gekozen, n, len(bladen))
        if antwoord:
            return antwoord
    return render(request, "selectie/mijn_verslag_deel.html", _pagina(request, form, gekozen, n, bladen))


def _leeg(gekozen, teksten):
    return bewaarde_waarden(None, [t.code for t in teksten] if gekozen.heeft_punten else [], gekozen.velden)


def _pagina(request, form, gekozen, n, bladen):
    verslag = _bron(request.traject)
    volgorde = [d.code for d in profiel.DELEN]
    context = {
        "form": form,
        "deel": gekozen,
        "n": n,
        "aantal": len(bladen),
        "nr": volgorde.index(gekozen.code) + 1,
        "delen": len(volgorde),
    }
    if gekozen.is_schaal:
        uit_de_lessen(request.traject, form)
    context |= {
        "voortgang": profiel.voortgang(verslag),
        "verslag": verslag,
        "teksten": bladen[n - 1],
        "vorige": _buur(gekozen, n, -1),
        "hint": instelling("hint_voorbeelden"),
    }
    return context


def _buur(gekozen, n, richting):
    """(deel, n) of the page before or after, None at an end."""
    alle = profiel.teksten_per_deel()
    rij = [(d.code, nr) for d in profiel.DELEN for nr in range(1, len(profiel.paginas(d, alle[d.code])) + 1)]
    plek = rij.index((gekozen.code, n)) + richting
    return rij[plek] if 0 <= plek < len(rij) else None


def _bewaren(request, traject, form, gekozen, n, aantal):
    """Save the page. Returns the answer, or None to show the page again with its errors and both texts."""
    fetch = request.headers.get("X-Requested-With") == "fetch"
    if not form.is_valid():
        return (
            JsonResponse({"tekst": "Nog niet bewaard. " + next(iter(form.errors.values()))[0]}, status=400)
            if fetch
            else None
        )
    basis = "" if "toch" in request.POST else form.cleaned_data["wijziging"]
    punt = request.POST.get("neem", "").partition(":")[0]
    try:
        antwoorden = form.antwoorden()
        if punt in antwoorden:
            antwoorden[punt] = (antwoorden[punt][0], met_les(traject, antwoorden[punt][1], punt, request.POST["neem"]))
        nieuw = handelingen.verslag_bewaren(
            traject, door=request.user, antwoorden=antwoorden, velden=form.velden(), basis=basis
        )
    except Botsing as botsing:
        if fetch:
            return JsonResponse(
                {"tekst": "Nog niet bewaard. Dit deel is ook op een ander scherm veranderd. Druk op de knop onderaan."},
                status=409,
            )
        form.botsing = _leesbaar(botsing.bewaard, form)
        return None
    except ValidationError as fout:
        if fetch:
            return JsonResponse({"tekst": fout.messages[0]}, status=400)
        form.neem_over(fout)
        return None
    if fetch:
        return JsonResponse({"tekst": f"Bewaard om {tijd(timezone.now())}", "wijziging": nieuw})
    if punt:
        messages.success(request, "Je tekst staat bij je voorbeeld. Je kunt hem nog veranderen.")
        return redirect(f"{request.path}#id_k_{punt}")
    if "later" in request.POST:
        messages.success(request, "Je verslag is bewaard. Je kunt later verdergaan.")
        return redirect("mijn")
    volgende = _buur(gekozen, n, 1)
    return redirect("mijn_verslag_deel", *volgende) if volgende else redirect("mijn_verslag_nakijken")


def _leesbaar(bewaard, form):
    """The stored values in words, for the page that shows both texts."""
    regels, namen = [], {t.code: t.je for t in form.teksten}
    for naam, waarde in bewaard.items():
        if isinstance(waarde, tuple):
            keuze = Keuze(waarde[0]).label if waarde[0] else "nog niets gekozen"
            regels.append((namen.get(naam, naam), ". ".join(filter(None, [keuze, waarde[1]]))))
        else:
            regels.append((str(form.fields[naam].label), dict(CONCLUSIES).get(waarde, waarde)))
    return regels


@met_traject
def nakijken(request):
    """The check page: what is filled in, what is still open (that is allowed), and who will read it."""
    traject = request.traject
    verslag = _concept_of_niets(traject)
    if not _mag_schrijven(traject, verslag):
        return redirect("mijn_verslag")
    gezien = handelingen.verslag_sturen.afdruk(verslag, request.user) if verslag else ""
    form = NakijkForm(gepost(request), gezien=gezien)
    fout_bij = None
    if request.method == "POST":
        if verslag is None:
            form.add_error(None, "Kies eerst je antwoord: past dit werk bij je?")
        elif form.uitvoeren(handelingen.verslag_sturen, verslag, door=request.user):
            messages.success(request, f"Je verslag is gestuurd. {GESTUURD.get(verslag.conclusie, DANK)}")
            return redirect("mijn_besluit")
        if form.veranderd:
            messages.warning(request, form.non_field_errors()[0])
            return redirect("mijn_verslag_nakijken")
        fout_bij = "jouw-antwoord"
    context = {
        "form": form,
        "traject": traject,
        "verslag": verslag,
        "voortgang": profiel.voortgang(verslag),
        "fout_bij": fout_bij,
    }
    context |= {
        "trainers": trainers_van(traject),
        "conclusie": dict(CONCLUSIES).get(verslag.conclusie, "") if verslag else "",
    }
    return render(request, "selectie/mijn_verslag_nakijken.html", context)


@met_traject
def terughalen(request):
    """Recall the report until a trainer opens it."""
    verslag = request.traject.verslagen.lopend().filter(verstuurd_om__isnull=False).first()
    form = BevestigForm(gepost(request), over=verslag)
    if request.method == "POST" and verslag is None:
        messages.warning(request, "Er is geen verslag om terug te halen.")
    elif request.method == "POST":
        if form.uitvoeren(handelingen.verslag_terughalen, verslag, door=request.user):
            messages.success(request, "Je verslag is terug. Je kunt het veranderen en opnieuw sturen.")
            return redirect("mijn_verslag")
        messages.warning(request, next(iter(form.non_field_errors()), "Dat lukte niet. Probeer het opnieuw."))
    return redirect("mijn_verslag")


@met_traject
def versie(request, n):
    """The own report as a clean page to read and print; from the second version on with what changed since the one
    before.
    """
    if weg := gewist(request, request.traject, Soort.VERSLAG, "je verslag"):
        return weg
    versies = list(Verslag.objects.zichtbaar_voor(request.user).filter(traject=request.traject))
    verslag = next((v for v in versies if v.versie == n), None)
    if verslag is None:
        raise Http404
    vorige = vorige_versie(verslag, versies)
    per_verslag = profiel.antwoorden_per_verslag([verslag, vorige])
    veranderd = (
        [*slot(vorige, verslag), *punten(per_verslag[vorige.pk], per_verslag[verslag.pk]).values()] if vorige else []
    )
    context = {
        "verslag": verslag,
        "antwoorden": per_verslag[verslag.pk],
        "conclusie": dict(CONCLUSIES).get(verslag.conclusie),
    }
    context |= wat_er_te_lezen_is(verslag, request.user)
    return render(request, "selectie/mijn_verslag_versie.html", {**context, "vorige": vorige, "veranderd": veranderd})
