"""Step 1 on screen: three short pages, a check page and a code. The draft's token lives in the session and in the mailed link."""

from functools import wraps

from allauth.account.utils import perform_login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cursus.models import Uitvoering
from lms.kern.formulieren import vingerafdruk
from lms.kern.models import Regio, Traject
from lms.kern.schermen import gepost, te_vaak
from selectie import handelingen
from selectie.forms.aanmelden import BriefForm, CodeForm, OnafhankelijkForm, OverJouForm

SLEUTEL = "aanmelding"
STAPPEN = (
    ("aanmelden", "Over jou"),
    ("aanmelden_brief", "Brief en cv"),
    ("aanmelden_onafhankelijk", "Onafhankelijk"),
    ("aanmelden_nakijken", "Nakijken en sturen"),
)


def _concept(request):
    return handelingen.concept_vinden(request.session.get(SLEUTEL))


def met_concept(view):
    """A later page of the application: without a draft back to the first page."""

    @wraps(view)
    def bewaakt(request, *args, **kwargs):
        concept = _concept(request)
        return view(request, concept, *args, **kwargs) if concept else redirect("aanmelden")

    return bewaakt


def _tonen(request, naam, form, concept=None, **extra):
    nr = next((n for n, (code, _) in enumerate(STAPPEN, 1) if code == naam), 4)
    context = {
        "form": form,
        "concept": concept,
        "gegevens": concept.gegevens if concept else {},
        "stappen": STAPPEN,
        "nr": nr,
        "hier": naam,
    }
    return render(request, f"selectie/{naam}.html", {**context, **extra})


def _wens(request, concept):
    """The date a visitor picked in the agenda: kept as a wish, it holds no place."""
    nummer = request.GET.get("bijeenkomst") or (concept.gegevens.get("bijeenkomst") if concept else None)
    return (
        Uitvoering.objects.komend().filter(pk=nummer, soort="informatie").first()
        if str(nummer or "").isdecimal() and len(str(nummer)) < 12
        else None
    )


def aanmelden(request):
    """Page 1: who are you? Makes the draft and mails the link to go on later."""
    if request.user.is_authenticated and Traject.objects.filter(kandidaat=request.user, afgesloten_op=None).exists():
        return redirect("mijn")
    concept = _concept(request)
    wens = _wens(request, concept)
    form = OverJouForm(gepost(request), initial=_begin(request, concept))
    if request.method == "POST" and form.is_valid():
        if te_vaak(request, "aanmelden", aantal=40, seconden=3600):
            form.add_error(None, "Je probeerde dit heel vaak. Wacht een uur, of bel ons.")
        else:
            return _eerste_pagina_bewaren(request, concept, {**form.gegevens(), "bijeenkomst": wens.pk if wens else None})
    return _tonen(request, "aanmelden", form, concept, wens=wens)


def _begin(request, concept):
    if concept:
        return concept.gegevens
    if request.user.is_authenticated:
        return {
            veld: getattr(request.user, veld) for veld in ("voornaam", "tussenvoegsel", "achternaam", "email", "telefoon", "woonplaats")
        }
    return {}


def _eerste_pagina_bewaren(request, concept, gegevens):
    if concept is None:
        concept, token = handelingen.concept_maken(gegevens)
        request.session[SLEUTEL] = token
    else:
        handelingen.concept_bewaren(concept, gegevens)
    handelingen.link_sturen(concept, request.session[SLEUTEL])
    return redirect("aanmelden_brief")


def verder(request, token):
    """The mailed link: go on with this draft. The same page for an unknown, an old and a sent one."""
    if not handelingen.concept_vinden(token):
        return render(request, "selectie/aanmelden_verlopen.html", status=404)
    request.session[SLEUTEL] = token
    return redirect("aanmelden_nakijken")


@met_concept
def brief(request, concept):
    """Page 2: letter and cv, each typed or as a file. What was typed is kept, also when a file is refused."""
    form = BriefForm(gepost(request), request.FILES or None, concept=concept, initial=concept.gegevens)
    botsing = _elders_veranderd(request, concept, form)
    if botsing:
        form.add_error(None, "Je hebt dit ook ergens anders veranderd. Kijk hieronder wat daar staat. Bewaar daarna wat je wilt houden.")
    if request.method == "POST":
        if form.is_valid():
            try:
                handelingen.concept_bewaren(concept, form.gegevens(), **form.uploads())
            except ValidationError as fout:
                for veld, fouten in fout.message_dict.items():
                    form.add_error(veld, fouten)
            for veld, zin in form.ontbreekt().items():
                form.add_error(veld, zin)
        if form.is_valid():
            return redirect("aanmelden_onafhankelijk")
    return _tonen(request, "aanmelden_brief", form, concept, botsing=botsing, wijziging=vingerafdruk(_getypt(concept)))


def _getypt(concept):
    return {veld: concept.gegevens.get(veld, "") for veld in ("motivatie", "cv")}


def _elders_veranderd(request, concept, form):
    """What another tab kept in between, by field, where it differs from what is sent now; empty when this page was made from it."""
    if request.method != "POST" or not form.is_valid() or request.POST.get("wijziging") in (None, vingerafdruk(_getypt(concept))):
        return {}
    return {veld: waarde for veld, waarde in _getypt(concept).items() if waarde and waarde != form.cleaned_data.get(veld)}


@met_concept
def onafhankelijk(request, concept):
    """Page 3: independence, which never blocks, and consent."""
    form = OnafhankelijkForm(gepost(request), initial=concept.gegevens)
    if request.method == "POST" and form.is_valid():
        handelingen.concept_bewaren(concept, form.gegevens())
        return redirect("aanmelden_nakijken")
    return _tonen(request, "aanmelden_onafhankelijk", form, concept)


def _wat_ontbreekt(concept):
    """[(sentence, url name)] for what is still missing before sending."""
    gegevens, ontbreekt = concept.gegevens, []
    if not gegevens.get("regio"):
        ontbreekt.append(("Vul in wie je bent.", "aanmelden"))
    if not (gegevens.get("motivatie") or concept.brief_bestand_id):
        ontbreekt.append(("Schrijf je brief.", "aanmelden_brief"))
    if not (gegevens.get("cv") or concept.cv_bestand_id):
        ontbreekt.append(("Schrijf je cv.", "aanmelden_brief"))
    if not gegevens.get("onafhankelijk") or not gegevens.get("akkoord"):
        ontbreekt.append(("Beantwoord de vraag over onafhankelijk zijn en geef toestemming.", "aanmelden_onafhankelijk"))
    return ontbreekt


def _te_veel_codes(request, concept):
    """A limit per visitor, and one per address: a code opens the account of that address, so there are few to guess, whoever asks."""
    return te_vaak(request, "aanmeldcode", aantal=20, seconden=3600) or te_vaak(
        request, "aanmeldcode_adres", aantal=5, seconden=3600, wie=concept.gegevens.get("email", "")
    )


@met_concept
def nakijken(request, concept):
    """The check page. Sending asks for a code first."""
    ontbreekt = _wat_ontbreekt(concept)
    if request.method == "POST" and not ontbreekt:
        if _te_veel_codes(request, concept):
            messages.warning(request, "Je vroeg heel vaak een code. Wacht een uur, of bel ons.")
            return redirect("aanmelden_nakijken")
        try:
            handelingen.code_sturen(concept)
        except ValidationError as fout:
            messages.warning(request, fout.messages[0])
        return redirect("aanmelden_code")
    regio = Regio.objects.filter(pk=concept.gegevens.get("regio")).first()
    return _tonen(request, "aanmelden_nakijken", None, concept, ontbreekt=ontbreekt, regio=regio, wens=_wens(request, concept))


@met_concept
def code(request, concept):
    """The code from the mail: sends the application and logs the person in."""
    if _wat_ontbreekt(concept) or not concept.code_hash:
        return redirect("aanmelden_nakijken")
    form = CodeForm(gepost(request))
    if request.method == "POST" and form.is_valid():
        try:
            traject = handelingen.aanmelding_indienen(concept, code=form.cleaned_data["code"])
        except ValidationError as fout:
            for veld, fouten in (fout.message_dict if hasattr(fout, "error_dict") else {"code": fout.messages}).items():
                form.add_error(veld, fouten)
        else:
            request.session.pop(SLEUTEL, None)
            if not request.user.is_authenticated:
                perform_login(request, traject.kandidaat, email_verification="none")
            messages.success(request, "Je brief en cv zijn verstuurd. Dank je wel!")
            return redirect("mijn")
    return _tonen(request, "aanmelden_code", form, concept)


@require_POST
@met_concept
def code_opnieuw(request, concept):
    """Ask for a new code."""
    if _te_veel_codes(request, concept):
        messages.warning(request, "Je vroeg heel vaak een code. Wacht een uur, of bel ons.")
        return redirect("aanmelden_code")
    if _wat_ontbreekt(concept):
        return redirect("aanmelden_nakijken")
    try:
        handelingen.code_sturen(concept)
        messages.success(request, "We hebben je een nieuwe code gemaild.")
    except ValidationError as fout:
        messages.warning(request, fout.messages[0])
    return redirect("aanmelden_code")
