"""Mijn traject: whose turn, the eight steps and what follows, your people, what happened; own data; stopping and
coming back.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from certificering import handelingen as certificering
from certificering.forms.registratie import BeschikbaarForm
from cursus.models import Aanwezigheid, Toegang
from cursus.models.lessen import leesstand
from cursus.models.toegang import EK1_VANAF
from lms.kern import handelingen
from lms.kern.formulieren import BevestigForm
from lms.kern.models import Bericht, Gebruiker, Rol, Traject
from lms.kern.pad.afleiding import tikken_van
from lms.kern.pad.stappen import STAPPEN, VERVOLG, open_stappen
from lms.kern.schermen import gepost, handelpagina, met_traject, pagina
from lms.portaal import tijdlijn
from lms.portaal.forms import GegevensForm, TalenForm
from lms.portaal.kaart import kaart_van
from lms.portaal.views.bewaren import gewiste_papieren, wat_we_bewaren
from selectie.einde import bij_het_stoppen
from selectie.handelingen import gezien_door_kandidaat
from selectie.handelingen.verslag import trainers_van
from selectie.lezen import inzage_voor_kandidaat

BESLUIT = 7  # the step in which is decided
TELWOORD = ("", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht")


@login_required
def mijn(request):
    """The dashboard of a candidate or coordinator; who has no traject is invited to apply."""
    traject = Traject.objects.select_related("regio", "aanmelding", "registratie", "kandidaat").eigen(request.user)
    request.eigen_traject = traject  # the menu asks for it too
    if traject is None:
        return render(request, "portaal/mijn_leeg.html")
    if BESLUIT <= traject.stap <= BESLUIT + 1:
        gezien_door_kandidaat(traject)
    return render(request, "portaal/mijn.html", _dashboard(traject))


def _dashboard(traject):
    beurten = list(traject.beurten.all())
    stappen, vervolg = tikken_van([traject.pk])[traject.pk]
    gedaan = sorted(stappen) if traject.stap <= len(STAPPEN) else list(range(1, len(STAPPEN) + 1))
    dagen = list(
        Aanwezigheid.objects.filter(traject=traject, geldt=True)
        .select_related("bijeenkomst__uitvoering__locatie")
        .order_by("nr")
    )
    mensen = {Rol.TRAINER: list(trainers_van(traject)), Rol.REGIOMANAGER: list(_regiomanagers(traject))}
    kaart = kaart_van(traject, beurten, dagen, mensen, vervolg)
    wist = not traject.is_lopend or hasattr(traject, "registratie")
    return {
        "gewist": gewiste_papieren(traject) if wist else set(),
        "traject": traject,
        "kaart": kaart,
        "gedaan": gedaan,
        "telwoord": TELWOORD[len(gedaan)],
        "stappen": [_stap(traject, s, gedaan, beurten, dagen) for s in STAPPEN],
        "vervolg": [_vervolgstap(s, vervolg) for s in VERVOLG] if traject.stap > 8 else [],
        "trainers": mensen["trainer"],
        "regiomanagers": mensen["regiomanager"],
        "log": tijdlijn.met_zinnen(tijdlijn.voor_kandidaat(traject)[:4], traject.kandidaat),
        # writing the report is the one next thing then
        **({"verder": None} if kaart.get("punten") else _lessen(traject, dagen)),
    }


def _lessen(traject, dagen):
    """Where to go on in the lessons while the training is near: EK1 from the own choice until the report is sent,
    EK2 around its days. Two queries at most.
    """
    soort = "EK2" if any(d.soort == "EK2" for d in dagen) else "EK1"
    if not traject.is_lopend or not (EK1_VANAF <= traject.stap <= 6 or soort == "EK2"):
        return {"verder": None}
    stand = leesstand(soort, Toegang(traject.kandidaat, traject, aanwezigheden=dagen))
    return {"verder": stand["verder"], "gelezen": stand["klaar"], "lessen": len(stand["alle"])}


def _regiomanagers(traject):
    rol = {
        "rolvervullingen__rol": Rol.REGIOMANAGER,
        "rolvervullingen__regio": traject.regio_id,
        "rolvervullingen__tot": None,
    }
    return Gebruiker.objects.filter(**rol).exclude(pk=traject.kandidaat_id).distinct()


STAPTEKST = {
    1: "Je schrijft waarom je dit wilt, en wat je hebt gedaan in werk en leven.",
    2: "Je hoort wat het werk is en je kunt alles vragen.",
    3: "Jij kiest of je de training wilt volgen.",
    4: "Drie dagen over conferenties voor families en individuen.",
    5: "Tijdens de training praat je met je trainers: past dit werk bij jou?",
    6: "Een kort verslag langs het profiel: past dit werk bij mij?",
    7: "Je trainers lezen je verslag en reageren. Denken zij er anders over dan jij? Dan praten jullie eerst samen.",
    8: "Je regiomanager ondersteunt je. Daarna volgt een evaluatie. Is die positief? Dan krijg je je certificaat.",
}


def _stap(traject, stap, gedaan, beurten, dagen):
    nu = (
        stap.nr not in gedaan
        and stap.nr in open_stappen(traject.stap)
        and any(stap.nr in b.aanzet.stappen for b in beurten)
    )
    open_beurten = [b for b in beurten if stap.nr in b.aanzet.stappen]
    staat = (
        "klaar"
        if stap.nr in gedaan
        else "gestopt"
        if not traject.is_lopend and stap.nr == traject.stap
        else "nu"
        if nu
        else "straks"
    )
    if staat == "nu" and open_beurten and all(b.rol != Rol.KANDIDAAT for b in open_beurten):
        staat = "wacht"
    return {
        "stap": stap,
        "staat": staat,
        "tekst": _klaartekst(traject, stap, dagen) if staat == "klaar" else STAPTEKST[stap.nr],
    }


def _klaartekst(traject, stap, dagen):
    """What was, in one line, from facts already read."""
    soort = {2: "informatie", 4: "EK1"}.get(stap.nr)
    if soort:
        data = [d for d in dagen if d.soort == soort and d.bijeenkomst]
        plaats = data[0].bijeenkomst.uitvoering.locatie.plaats if data else ""
        return {"data": [d.bijeenkomst.begint_om for d in data], "plaats": plaats}
    if stap.nr == 1 and getattr(traject, "aanmelding", None):
        return {"data": [traject.aanmelding.ingediend_om]}
    return {
        3: "Jij koos: ja, ik doe mee",
        5: "Jullie praatten er samen over",
        6: "Je verslag is gestuurd",
        7: "Jij en je trainers zeggen: het past",
    }.get(stap.nr, "")


VERVOLGTEKST = {
    "evaluatie": "Jij en je regiomanager kijken terug op je conferentie.",
    "certificaat": "Na een positieve evaluatie krijg je je certificaat en sta je in het register.",
    "tweede": "Nog een conferentie voor een familie of individu.",
    "ek2": "Drie dagen over herstel en over een groep of buurt.",
    "scope": "Na EK2 schrijf je welke conferenties bij je passen.",
}


def _vervolgstap(stap, gedaan):
    return {"stap": stap, "klaar": stap.nr in gedaan, "tekst": VERVOLGTEKST[stap.code]}


@met_traject
def gebeurd(request):
    """Everything that happened, as far as it is the candidate's."""
    regels = tijdlijn.voor_kandidaat(request.traject)
    bladzij = Paginator(regels, 50).get_page(request.GET.get("page"))
    mails = Bericht.objects.filter(aan=request.user, traject=request.traject, verstuurd_om__isnull=False).order_by(
        "-verstuurd_om", "-pk"
    )[:60]
    context = {"pagina": bladzij, "log": tijdlijn.met_zinnen(bladzij.object_list, request.user), "mails": mails}
    return render(request, "portaal/mijn_gebeurd.html", context)


@login_required
def gegevens(request):
    """Own contact data, languages, and availability for who is registered; who looked at the file."""
    traject = Traject.objects.select_related("registratie", "aanmelding").eigen(request.user)
    registratie = getattr(traject, "registratie", None)
    daad = request.POST.get("daad", "")
    forms = {
        "gegevens": GegevensForm(request.POST if daad == "gegevens" else None, gebruiker=request.user),
        "talen": TalenForm(request.POST if daad == "talen" else None, gebruiker=request.user),
        "beschikbaar": _beschikbaar(request, daad, registratie) if registratie else None,
    }
    acts = {
        "gegevens": (handelingen.gegevens_wijzigen, request.user),
        "talen": (handelingen.talen_zetten, request.user),
        "beschikbaar": (certificering.beschikbaarheid_zetten, registratie),
    }
    if (
        request.method == "POST"
        and forms.get(daad)
        and forms[daad].uitvoeren(acts[daad][0], acts[daad][1], door=request.user)
    ):
        messages.success(request, "Bewaard.")
        return redirect("mijn_gegevens")
    inzage = inzage_voor_kandidaat(traject) if traject else []
    return render(
        request,
        "portaal/mijn_gegevens.html",
        {
            **forms,
            "traject": traject,
            "registratie": registratie,
            "inzage": inzage,
            "bewaard": wat_we_bewaren(traject) if traject else [],
            "klok": handelingen.klok_van(traject) if traject else None,
        },
    )


def _beschikbaar(request, daad, registratie):
    begin = {"beschikbaar": registratie.beschikbaar, "beschikbaar_vanaf": registratie.beschikbaar_vanaf}
    return BeschikbaarForm(request.POST if daad == "beschikbaar" else None, initial=begin)


@met_traject
def stoppen(request):
    """ "Ik stop ermee": a confirm page, alone and without a reason."""
    return handelpagina(
        request, BevestigForm(gepost(request)), handelingen.traject_stoppen, request.traject,
        zin="Je stopt. Dank je wel voor alles wat je deed. Je kunt altijd terugkomen.",
        naar="mijn_bewaren",
        toon=pagina("portaal/mijn_stoppen.html", lambda: bij_het_stoppen(request.traject)),
    )  # fmt: skip


@met_traject
def hervatten(request):
    """Come back after stopping."""
    return handelpagina(
        request, BevestigForm(gepost(request)), handelingen.traject_hervatten, request.traject,
        zin="Fijn dat je er weer bent. Je gaat verder waar je was.",
        naar="mijn",
        toon=pagina("portaal/mijn_hervatten.html", lambda: {"traject": request.traject}),
    )  # fmt: skip
