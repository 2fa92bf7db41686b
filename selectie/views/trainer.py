"""Step 7 on the trainers' side: read a report beside the answer, send the own view, take something back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lms.kern.bewaartermijnen import Soort
from lms.kern.datums import tijd
from lms.kern.formulieren import NakijkForm
from lms.kern.handelingen import Botsing, inzage_noteren
from lms.kern.models import Rol, Traject
from lms.kern.schermen import gepost, handelpagina, pagina, rol_nodig
from selectie import handelingen, profiel
from selectie.forms.kandidaat import NotitieForm
from selectie.forms.trainer import HeropenForm, HerroepForm, InstemForm, MeningForm, TrainerVraagForm
from selectie.forms.verslag import CONCLUSIES
from selectie.handelingen.besluit import waarom_het_blijft
from selectie.lezen import overleg_over, stand_voor_trainer, werkvoorraad_van
from selectie.mailwoorden import opsomming
from selectie.models import Besluit, Instemming, Keuze, Mening, Puntreactie, Verslag, Voorstel
from selectie.vergelijken import punten, slot, vorige_versie
from selectie.views.gewist import gewist

SORTERINGEN = ("twijfel", "volgorde", "voorbeelden", "veranderd")


@rol_nodig(Rol.TRAINER)
def verslagen(request):
    """All sent reports of the own groups: those that wait for me first, oldest first."""
    wacht = list(werkvoorraad_van(request.user).select_related("traject__kandidaat"))
    rest = Verslag.objects.zichtbaar_voor(request.user).filter(
        verstuurd_om__isnull=False, traject__in=Traject.objects.als_trainer_van(request.user, "EK1").values("pk")
    )
    rest = (
        rest.exclude(pk__in=[v.pk for v in wacht]).select_related("traject__kandidaat").order_by("-verstuurd_om", "-pk")
    )
    bladzij = Paginator(rest, 25).get_page(request.GET.get("page"))
    return render(request, "selectie/trainer_verslagen.html", {"wacht": wacht, "pagina": bladzij})


def _versies(request, pk):
    """All sent reports of this candidate seen as trainer, in order, in one query: someone else's is a 404."""
    trajecten = Traject.objects.als_trainer_van(request.user, "EK1").filter(verslagen__pk=pk)
    rijen = Verslag.objects.zichtbaar_voor(request.user).filter(
        traject__in=trajecten.values("pk"), verstuurd_om__isnull=False
    )
    return list(rijen.select_related("traject__kandidaat").order_by("versie"))


def _verslag(request, pk):
    """A sent report seen as trainer. Someone else's is a 404."""
    return _met_andere(request, pk)[0]


def _met_andere(request, pk):
    """A sent report seen as trainer, and the other versions in order. Someone else's is a 404."""
    alle = _versies(request, pk)
    verslag = next((v for v in alle if v.pk == pk), None)
    if verslag is None:
        raise Http404
    return verslag, [v for v in alle if v.pk != pk]


def _concept(eigen):
    """The draft of the own view; in overleg without a draft the view that was given."""
    if eigen.concept or not eigen.gegeven_om:
        return {**eigen.concept, "wijziging": eigen.wijziging}
    bij = dict(Puntreactie.objects.filter(mening=eigen).values_list("code", "tekst"))
    return {
        "mening": eigen.mening,
        "reactie": eigen.reactie,
        "notitie": eigen.notitie,
        "punten": bij,
        "wijziging": eigen.wijziging,
    }


def _lezen(verslag, trainer):
    """The first reading is an act of its own: it ends the recall. A later one is only noted: who looked."""
    if verslag.geopend_om and verslag.traject.is_lopend:
        inzage_noteren(verslag.traject, door=trainer, als=Rol.TRAINER, wat="verslag")
    else:
        handelingen.verslag_openen(verslag, door=trainer)


@rol_nodig(Rol.TRAINER)
def verslag(request, pk):
    """The split view: the report on the left, the own view on the right."""
    try:
        verslag, andere = _met_andere(request, pk)
    except Http404:
        if not Verslag.objects.teruggehaald().filter(pk=pk, meningen__trainer=request.user).exists():
            raise
        messages.info(request, "De kandidaat heeft dit verslag teruggehaald. Je leest het als het opnieuw komt.")
        return redirect("trainer_verslagen")
    if weg := gewist(request, verslag.traject, Soort.VERSLAG, "dit verslag"):
        return weg
    stand = stand_voor_trainer(verslag, request.user)
    form = None
    # answers, also to a draft that saves itself, before the report is read
    if request.method == "POST" and stand["kan_schrijven"]:
        form = _form(request, verslag, stand, verslag.antwoorden.values_list("profieltekst__code", flat=True))
        antwoord = _mening_bewaren(request, stand["eigen"], form)
        if antwoord:
            return antwoord
    _lezen(verslag, request.user)
    vorige = vorige_versie(verslag, andere)
    per_verslag = profiel.antwoorden_per_verslag([verslag, vorige])
    antwoorden = per_verslag[verslag.pk]
    if stand["kan_schrijven"] and form is None:
        form = _form(request, verslag, stand, [a.profieltekst.code for a in antwoorden])
    wijzigingen = punten(per_verslag[vorige.pk], antwoorden) if vorige else {}
    context = _splitsing(request, verslag, stand, antwoorden, form, wijzigingen)
    context |= {
        "versies": andere,
        **_veranderd(verslag, vorige, wijzigingen),
        **overleg_over(verslag, request.user, stand),
    }
    context["vraag"] = TrainerVraagForm(prefix="derde")
    return render(request, "selectie/trainer_verslag.html", context)


def _form(request, verslag, stand, codes):
    """The form of the own view, with a field for every point of the report."""
    return MeningForm(
        gepost(request),
        voornaam=verslag.traject.kandidaat.voornaam,
        codes=list(codes),
        concept=_concept(stand["eigen"]),
        overleg=bool(stand["eigen"].gegeven_om),
        conclusie=verslag.conclusie,
    )


def _veranderd(verslag, vorige, wijzigingen):
    """What changed since the version before, for the way to read "Alleen wat veranderde"."""
    alles = [*slot(vorige, verslag), *wijzigingen.values()] if vorige else []
    return {"vorige_versie": vorige, "veranderd": alles, "slot": [w for w in alles if w.code in ("slot", "taken")]}


def _mening_bewaren(request, eigen, form):
    fetch = request.headers.get("X-Requested-With") == "fetch"
    if not form.is_valid():
        return (
            JsonResponse({"tekst": "Nog niet bewaard. " + next(iter(form.errors.values()))[0]}, status=400)
            if fetch
            else None
        )
    try:
        nieuw = handelingen.mening_bewaren(
            eigen, door=request.user, wijziging=form.cleaned_data["wijziging"] or 0, **form.waarden()
        )
    except (Botsing, ValidationError) as fout:
        if fetch:
            return JsonResponse({"tekst": fout.messages[0]}, status=409)
        form.add_error(None, fout.messages[0])
        if isinstance(fout, Botsing):
            form.botsing = fout.bewaard
            form.data = form.data.copy()
            form.data["wijziging"] = Mening.objects.get(pk=eigen.pk).wijziging
        return None
    if fetch:
        return JsonResponse({"tekst": f"Concept bewaard om {tijd(timezone.now())}", "wijziging": nieuw})
    return redirect("trainer_verslag_nakijken", eigen.verslag_id)


def punt_rij(antwoord, stand, form=None, wijziging=None):
    """One point of the report with all that stands beside it."""
    code, op_schaal = antwoord.profieltekst.code, antwoord.keuze in Keuze.values[:4]
    return {
        "antwoord": antwoord,
        "wijziging": wijziging,
        "veld": form[f"p_{code}"] if form else None,
        "twijfel": antwoord.keuze in profiel.TWIJFEL,
        "bolletjes": range(int(antwoord.keuze)) if op_schaal else (),
        "rest": range(4 - int(antwoord.keuze)) if op_schaal else (),
        "reacties": [(m.trainer, m.punten[code]) for m in stand["zichtbaar"] if code in m.punten],
    }


def _splitsing(request, verslag, stand, antwoorden, form, wijzigingen):
    toon = request.GET.get("toon") if request.GET.get("toon") in SORTERINGEN else "twijfel"
    met_voorbeeld = [a for a in antwoorden if a.tekst.strip()]
    lijst = {"twijfel": profiel.twijfel_eerst(antwoorden), "volgorde": antwoorden, "voorbeelden": met_voorbeeld}
    lijst["veranderd"] = [a for a in antwoorden if a.profieltekst.code in wijzigingen]
    gekozen = [a for a in lijst[toon] if a.keuze or a.tekst or toon == "veranderd"]
    dagen = list(verslag.traject.aanwezigheden.filter(soort="EK1", geldt=True).order_by("nr"))
    wacht = list(werkvoorraad_van(request.user).values_list("pk", flat=True))
    plek = wacht.index(verslag.pk) if verslag.pk in wacht else None
    return {
        **stand,
        "verslag": verslag,
        "traject": verslag.traject,
        "kandidaat": verslag.traject.kandidaat,
        "form": form,
        "toon": toon,
        "rijen": [punt_rij(a, stand, form, wijzigingen.get(a.profieltekst.code)) for a in gekozen],
        "aantal_voorbeelden": len(met_voorbeeld),
        "conclusie": dict(CONCLUSIES).get(verslag.conclusie, ""),
        "dagen": dagen,
        "alle_dagen": bool(dagen) and all(dag.resultaat == "ja" for dag in dagen),
        "wacht_aantal": len(wacht),
        "wacht_nr": plek + 1 if plek is not None else None,
        "vorige": wacht[plek - 1] if plek else None,
        "volgende": _volgende(wacht, plek),
    }


def _volgende(wacht, plek):
    """The report to go on with: the one after this, or the first that waits when this one waits no more."""
    if plek is None:
        return wacht[0] if wacht else None
    return wacht[plek + 1] if plek + 1 < len(wacht) else None


@rol_nodig(Rol.TRAINER)
def nakijken(request, pk):
    """The check page of the own view: all that will be read, by whom and when. Sending leads back to this report, which
    offers the next.
    """
    verslag = _verslag(request, pk)
    stand = stand_voor_trainer(verslag, request.user)
    if not stand["kan_schrijven"]:
        return redirect("trainer_verslag", pk)
    concept = _concept(stand["eigen"])
    concept.pop("wijziging")
    gegevens = {"mening": "", "reactie": "", "notitie": "", "punten": {}, "waarom": ""} | concept
    form = NakijkForm(gepost(request), gezien=handelingen.mening_geven.afdruk(stand["eigen"], request.user))
    if request.method == "POST":
        act = handelingen.mening_wijzigen if stand["eigen"].gegeven_om else handelingen.mening_geven
        if form.uitvoeren(act, stand["eigen"], door=request.user, **gegevens):
            return _verder(request, verslag)
        if form.veranderd:
            messages.warning(request, form.non_field_errors()[0])
            return redirect("trainer_verslag_nakijken", pk)
    _lezen(verslag, request.user)
    zinnen = dict(verslag.antwoorden.values_list("profieltekst__code", "profieltekst__je"))
    context = {
        "form": form,
        "verslag": verslag,
        "kandidaat": verslag.traject.kandidaat,
        "gegevens": gegevens,
        "punten": [(zinnen.get(code, ""), tekst) for code, tekst in gegevens["punten"].items()],
        "volgt": _wat_volgt(stand, verslag, gegevens["mening"]),
        "wacht_op_anderen": opsomming(m.trainer.voornaam for m in stand["collegas"] if not m.gegeven_om),
        **stand,
    }
    return render(request, "selectie/trainer_verslag_nakijken.html", context)


def _wat_volgt(stand, verslag, mening):
    """What sending this view will do: wacht, laatste, overleg, samen_ja, praten, lezen; "" while nothing was chosen."""
    if not mening:
        return ""
    if not all(m.gegeven_om for m in stand["collegas"]):
        return "wacht"
    if not stand["overleg"]:  # what the colleagues think is not to be read yet
        return "laatste"
    gezamenlijk = handelingen.gezamenlijk([mening, *(m.mening for m in stand["collegas"])])
    if not gezamenlijk:
        return "overleg"
    return {"poort": "samen_ja", "gesprek": "praten"}.get(
        handelingen.vervolg_van(verslag.conclusie, gezamenlijk), "lezen"
    )


def _verder(request, verslag):
    messages.success(request, f"Je mening over het verslag van {verslag.traject.kandidaat.voornaam} is gegeven.")
    return redirect("trainer_verslag", verslag.pk)


@rol_nodig(Rol.TRAINER)
def herroepen(request, pk):
    """Take back a joint decision, with a reason, or answer the proposal of a colleague to do so. The form names the
    decision that its page showed.
    """
    verslag = _verslag(request, pk)
    besluiten = Besluit.objects.zichtbaar_voor(request.user).filter(verslag=verslag)
    nu = besluiten.geldig().order_by("-om", "-pk").first()
    voorstel = Voorstel.objects.nu().filter(besluit=nu).select_related("door").first() if nu else None
    if voorstel:
        return _over_terugnemen(request, verslag, voorstel)
    form = HerroepForm(gepost(request), besluiten=besluiten, initial={"besluit": nu})
    if request.method == "POST" and form.is_valid():
        if form.uitvoeren(handelingen.besluit_herroepen, form.cleaned_data["besluit"], door=request.user):
            voor = "Je collega’s zeggen of ze het ermee eens zijn." if form.uitkomst else "Het besluit is teruggenomen."
            messages.success(request, voor)
            return redirect("trainer_verslag", verslag.pk)
    elif nu is None or request.method != "POST" and waarom_het_blijft(nu):
        messages.warning(request, waarom_het_blijft(nu) if nu else "Er is geen besluit om terug te nemen.")
        return redirect("trainer_verslag", verslag.pk)
    context = {"form": form, "verslag": verslag, "kandidaat": verslag.traject.kandidaat}
    context |= {"verteld": bool(nu) and handelingen.is_verteld(nu), "besluit": nu}
    return render(request, "selectie/trainer_herroepen.html", context)


def _over_terugnemen(request, verslag, voorstel):
    """The page of a proposal to take a decision back: why, who agreed, and the own answer."""
    gevraagd = list(
        Instemming.objects.filter(voorstel=voorstel, ontheven_om=None).select_related("trainer").order_by("pk")
    )
    eigen = next((i for i in gevraagd if i.trainer_id == request.user.pk and not i.gegeven_om), None)
    form = InstemForm(gepost(request), over=eigen) if eigen else None
    context = {"verslag": verslag, "kandidaat": verslag.traject.kandidaat, "voorstel": voorstel, "gevraagd": gevraagd}
    if form is None:
        if request.method == "POST":
            messages.info(request, "Hier is al op geantwoord.")
            return redirect("trainer_herroepen", verslag.pk)
        return render(request, "selectie/trainer_terugnemen.html", context)
    return handelpagina(
        request, form, handelingen.instemmen, eigen,
        zin="Je antwoord is bewaard.",
        naar=("trainer_verslag", verslag.pk),
        toon=pagina("selectie/trainer_terugnemen.html", lambda: context),
    )  # fmt: skip


@rol_nodig(Rol.TRAINER)
def heropenen(request, pk):
    """Take the own view back, with a reason, while a colleague has not given theirs."""
    verslag = _verslag(request, pk)
    eigen = Mening.objects.gevraagd().filter(verslag=verslag, trainer=request.user).first()
    if eigen is None:
        messages.warning(request, "Jouw mening wordt bij dit verslag niet (meer) gevraagd.")
        return redirect("trainer_verslag", verslag.pk)
    return handelpagina(
        request, HeropenForm(gepost(request)), handelingen.mening_heropenen, eigen,
        zin="Je mening is weer een concept. Er ging geen mail uit.",
        naar=("trainer_verslag", verslag.pk),
        toon=pagina(
            "selectie/trainer_heropenen.html",
            lambda: {"verslag": verslag, "kandidaat": verslag.traject.kandidaat},
        ),
    )  # fmt: skip


@rol_nodig(Rol.TRAINER)
def notitie(request, pk):
    """A short note of a talk with a candidate of the own group (pk of the traject)."""
    traject = get_object_or_404(Traject.objects.als_trainer_van(request.user, "EK1").select_related("kandidaat"), pk=pk)
    notities = traject.uitzoeknotities.select_related("door").order_by("-om")
    return handelpagina(
        request, NotitieForm(gepost(request)), handelingen.uitzoeken_noteren, traject,
        zin=f"Bewaard. {traject.kandidaat.voornaam} kan dit ook lezen.",
        naar=("trainer_dossier", traject.pk),
        toon=pagina(
            "selectie/trainer_notitie.html",
            lambda: {"traject": traject, "kandidaat": traject.kandidaat, "notities": notities},
        ),
    )  # fmt: skip
