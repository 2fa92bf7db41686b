"""Step 1 on screen: three short pages, a check page and a code.

The draft's token lives in the session and in the mailed link.
"""

import contextlib
from functools import wraps

from allauth.account.utils import perform_login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cursus.models import Uitvoering
from lms.kern.afdruk import vingerafdruk
from lms.kern.bezoek import BEZOEK, GELEZEN, bezoek_onthouden, bezoek_van, mail_onthouden, te_veel_mail
from lms.kern.models import Regio, Traject
from lms.kern.schermen import alleen_post, gepost, geupload, te_vaak
from lms.kern.templatetags.ekc import tijd
from selectie import handelingen
from selectie.forms.aanmelden import BriefForm, CodeForm, OnafhankelijkForm, OverJouForm
from selectie.models import AKKOORD_VERSIE

KWIJT = (
    "We weten niet meer aan welke aanmelding je werkte. Ga verder met de link in je mail. "
    "Heb je hem al verstuurd? Log dan in. Of begin hier opnieuw."
)
STAPPEN = (
    ("aanmelden", "Over jou"),
    ("aanmelden_brief", "Brief en cv"),
    ("aanmelden_onafhankelijk", "Onafhankelijk"),
    ("aanmelden_nakijken", "Nakijken en sturen"),
)


def _concept(request):
    return handelingen.concept_vinden(bezoek_van(request))


def met_concept(view):
    """A later page of the application: without a draft back to the first page."""

    @wraps(view)
    def bewaakt(request, *args, **kwargs):
        concept = _concept(request)
        if concept:
            with contextlib.suppress(handelingen.AlVerstuurd):
                return view(request, concept, *args, **kwargs)
        messages.info(request, KWIJT)
        return redirect("aanmelden")

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
            try:
                return _eerste_pagina_bewaren(
                    request, concept, {**form.gegevens(), "bijeenkomst": wens.pk if wens else None}
                )
            except handelingen.AlVerstuurd:
                form.add_error(None, KWIJT)
    return _tonen(request, "aanmelden", form, concept, wens=wens)


def _begin(request, concept):
    if concept:
        return concept.gegevens
    if request.user.is_authenticated:
        return {
            veld: getattr(request.user, veld)
            for veld in ("voornaam", "tussenvoegsel", "achternaam", "email", "telefoon", "woonplaats")
        }
    return {}


def _eerste_pagina_bewaren(request, concept, gegevens):
    """Keep page 1. A new draft, and a changed address, have a new key: its link goes to the address that stands
    there now.
    """
    if concept is None:
        concept, token = handelingen.concept_maken(gegevens)
    else:
        nieuw = handelingen.concept_bewaren(concept, gegevens)
        token = nieuw or bezoek_van(request)
        if nieuw:
            messages.info(
                request,
                "Je e-mailadres is veranderd. Je krijgt een nieuwe link. Ook vragen we straks je toestemming "
                "nog een keer.",
            )
    bezoek_onthouden(request, token, concept.email)
    if concept.gegevens.get("link_gemaild") != concept.email and not te_veel_mail(request, concept.email, "link"):
        handelingen.link_sturen(concept)
    return redirect("aanmelden_brief")


def verder(request, token):
    """The mailed link: this browser goes on with the draft, another one that held it stops. The same page for an
    unknown, an old and a sent one.

    Looking at the link asks first: it may be somebody else's, and mail programs follow links by themselves.
    """
    concept = handelingen.link_vinden(token, van_bureau=False)
    if not concept:
        return render(request, "selectie/aanmelden_verlopen.html", status=404)
    if request.method != "POST":
        return render(request, "selectie/aanmelden_verder.html", {"email": concept.email})
    bezoek_onthouden(request, handelingen.concept_overnemen(concept), concept.email)
    return redirect("aanmelden_nakijken")


@met_concept
def brief(request, concept):
    """Page 2: letter and cv, each typed or as a file. What is good is kept, also beside a field with an error; what is
    typed saves itself.
    """
    form = BriefForm(gepost(request), geupload(request), concept=concept, initial=concept.gegevens)
    botsing = _elders_veranderd(request, concept, form)
    if request.method == "POST" and request.headers.get("X-Requested-With") == "fetch":
        return _vanzelf_bewaren(concept, form, botsing)
    if botsing:
        form.add_error(
            None,
            "Je hebt dit ook ergens anders veranderd. Kijk hieronder wat daar staat. Bewaar daarna wat je wilt houden.",
        )
    if request.method == "POST":
        if form.is_valid() or not botsing:  # what is good is kept, also beside a field with an error
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


def _vanzelf_bewaren(concept, form, botsing):
    """While somebody types: the texts only. A file goes, and is taken away, with the button."""
    if botsing:
        zin = "Nog niet bewaard. Je hebt dit ook op een ander scherm veranderd. Druk op de knop onderaan."
        return JsonResponse({"tekst": zin}, status=409)
    handelingen.concept_bewaren(concept, form.gegevens())
    basis = vingerafdruk(_getypt(concept))
    if not form.is_valid():
        zin = f"Nog niet alles is bewaard. {next(iter(form.errors.values()))[0]}"
        return JsonResponse({"tekst": zin, "wijziging": basis}, status=400)
    return JsonResponse({"tekst": f"Bewaard om {tijd(timezone.now())}", "wijziging": basis})


def _getypt(concept):
    return {veld: concept.gegevens.get(veld, "") for veld in ("motivatie", "cv")}


def _elders_veranderd(request, concept, form):
    """What another tab kept in between, by field, where it differs from what is sent now; empty when this page was
    made from it.
    """
    form.is_valid()
    if request.method != "POST" or request.POST.get("wijziging") in (None, vingerafdruk(_getypt(concept))):
        return {}
    return {
        veld: waarde for veld, waarde in _getypt(concept).items() if waarde and waarde != form.cleaned_data.get(veld)
    }


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
    if not gegevens.get("onafhankelijk") or gegevens.get("akkoord") != AKKOORD_VERSIE:
        ontbreekt.append(
            ("Beantwoord de vraag over onafhankelijk zijn en geef toestemming.", "aanmelden_onafhankelijk")
        )
    return ontbreekt


def _te_veel_codes(request, concept):
    """A limit per visitor for all codes, and one per address: there are few to guess, whoever asks."""
    return te_vaak(request, "aanmeldcode", aantal=20, seconden=3600) or te_veel_mail(request, concept.email, "code")


def _van_zichzelf(request, concept):
    """Whether who is logged in writes the own application: then the login proves the address."""
    return (
        request.user.is_authenticated
        and bool(request.user.email)
        and concept.email.lower() == request.user.email.lower()
    )


@met_concept
def nakijken(request, concept):
    """The check page. Sending asks for a code first; who is logged in as this address sends at once."""
    ontbreekt, zelf = _wat_ontbreekt(concept), _van_zichzelf(request, concept)
    gestuurd = request.method == "POST"
    if gestuurd and not ontbreekt:
        if request.POST.get("gelezen") != handelingen.afdruk(concept):
            messages.warning(request, "Er is net iets veranderd in je aanmelding. Lees hem nog een keer.")
            return redirect("aanmelden_nakijken")
        request.session[GELEZEN] = handelingen.afdruk(concept)
        return _meteen_sturen(request, concept) if zelf else _code_vragen(request, concept)
    regio = Regio.objects.filter(pk=concept.gegevens.get("regio")).first()
    loopt = zelf and request.user.trajecten.lopend().exists()
    context = {
        "loopt": loopt,
        "ontbreekt": ontbreekt,
        "gestuurd": gestuurd,
        "regio": regio,
        "wens": _wens(request, concept),
        "zelf": zelf,
        "afdruk": handelingen.afdruk(concept),
    }
    return _tonen(request, "aanmelden_nakijken", None, concept, **context)


def _meteen_sturen(request, concept):
    try:
        handelingen.aanmelding_van_bekende(concept, door=request.user, gelezen=request.session.get(GELEZEN))
    except ValidationError as fout:
        messages.warning(request, fout.messages[0])
        return redirect("aanmelden_nakijken")
    return _verstuurd(request)


def _code_vragen(request, concept):
    """To the page of the code. One that was mailed to this address and still works is not mailed again."""
    if handelingen.code_loopt(concept):
        messages.info(request, "De code die je al kreeg, werkt nog.")
        return redirect("aanmelden_code")
    return _code_mailen(request, concept, te_vaak_naar="aanmelden_nakijken")


def _code_mailen(request, concept, *, te_vaak_naar):
    if _te_veel_codes(request, concept):
        messages.warning(request, "Er is al heel vaak een code gevraagd. Kijk in je mail, of bel ons.")
        return redirect(te_vaak_naar)
    try:
        mail_onthouden(request, handelingen.code_sturen(concept), concept.email)
    except ValidationError as fout:
        messages.warning(request, fout.messages[0])
    return redirect("aanmelden_code")


def _verstuurd(request, zin="Je brief en cv zijn verstuurd. Dank je wel!"):
    for sleutel in (BEZOEK, GELEZEN, "mail"):
        request.session.pop(sleutel, None)
    messages.success(request, zin)
    return redirect("mijn")


@met_concept
def code(request, concept):
    """The code from the mail: sends the application, makes the person and logs in only who was made here."""
    if _wat_ontbreekt(concept) or not concept.code_hash:
        return redirect("aanmelden_nakijken")
    form = CodeForm(gepost(request))
    if request.method == "POST" and form.is_valid():
        try:
            traject = handelingen.aanmelding_indienen(
                concept, door=None, code=form.cleaned_data["code"], gelezen=request.session.get(GELEZEN)
            )
        except ValidationError as fout:
            for veld, fouten in (fout.message_dict if hasattr(fout, "error_dict") else {None: fout.messages}).items():
                form.add_error(veld, fouten)
            if fout.messages == [handelingen.VERANDERD]:
                messages.warning(request, handelingen.VERANDERD)
                return redirect("aanmelden_nakijken")
        else:
            if not request.user.is_authenticated:
                perform_login(request, traject.kandidaat, email_verification="none")
                return _verstuurd(request)
            kandidaat = traject.kandidaat
            zin = (
                f"De brief en het cv van {kandidaat.naam} zijn verstuurd. Verder gaat het op een eigen account: "
                f"log in als {kandidaat.email}."
            )
            return _verstuurd(request, zin)
    return _tonen(request, "aanmelden_code", form, concept)


@alleen_post("aanmelden_code")
@met_concept
def code_opnieuw(request, concept):
    """Ask for a new code."""
    if _wat_ontbreekt(concept):
        return redirect("aanmelden_nakijken")
    return _code_mailen(request, concept, te_vaak_naar="aanmelden_code")
