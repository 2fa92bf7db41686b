"""The bureau places by hand, plans a missed day and waives one."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from cursus.forms import InhaalForm, PlaatsForm, VrijstelForm
from cursus.handelingen import dag_inhalen, dag_vrijstellen, deelname_afmelden, deelname_plaatsen
from cursus.models import OP_HET_PAD, TRAINING, Bijeenkomst, Deelname, Soort, Uitvoering, mag_ek2
from cursus.views.regels import Dagregel, plekregels
from lms.kern.formulieren import BevestigForm
from lms.kern.handelingen import VOORBIJ
from lms.kern.models import Rol, Traject
from lms.kern.schermen import rol_nodig


def _soorten(traject):
    """The kinds this person can have a place in now."""
    soorten = {2: [Soort.INFORMATIE], 4: [Soort.EK1]}.get(traject.stap, [])
    return [Soort.EK2] if traject.stap > 8 and not mag_ek2(traject) else soorten


def _plaatsform(traject, data=None):
    groepen = (
        Uitvoering.objects.met_data()
        .filter(soort__in=_soorten(traject), afgelast_om=None, begint_om__isnull=False)
        .order_by("-begint_om")
    )
    return PlaatsForm(data, prefix="plaats", uitvoeringen=groepen)


def _dagen(traject, post=None):
    """The lines of the training days that count now."""
    dagen = (
        traject.aanwezigheden.filter(soort__in=TRAINING, geldt=True)
        .select_related("bijeenkomst__uitvoering")
        .order_by("soort", "nr")
    )
    return [_dagregel(traject, dag, post) for dag in dagen]


def _dagregel(traject, dag, post):
    andere = Bijeenkomst.objects.filter(uitvoering__soort=dag.soort, nr=dag.nr, uitvoering__afgelast_om=None)
    andere = andere.exclude(aanwezigheden__traject=traject).select_related("uitvoering").order_by("-begint_om")
    wat = post.get("wat") if post else ""
    return Dagregel(
        dag,
        InhaalForm(post if wat == f"inhalen-{dag.pk}" else None, prefix=f"i{dag.pk}", bijeenkomsten=andere),
        VrijstelForm(post if wat == f"vrijstellen-{dag.pk}" else None, prefix=f"v{dag.pk}"),
    )


def _deelnames(traject):
    """The lines of the open places, and the deelnames that were given up late; an information meeting only while
    that is the step.
    """
    soorten = [soort for soort in OP_HET_PAD if soort != Soort.INFORMATIE or traject.stap == 2]
    alle = list(
        traject.deelnames.filter(Q(afgemeld_om=None) | Q(afmelding=Deelname.Afmelding.LAAT)).select_related(
            "uitvoering"
        )
    )
    begonnen = set(traject.aanwezigheden.exclude(resultaat="").values_list("bijeenkomst__uitvoering", flat=True))
    deelnames = plekregels([d for d in alle if d.afgemeld_om is None and d.soort in soorten], begonnen)
    return deelnames, [d for d in alle if d.afgemeld_om]


@rol_nodig(Rol.BUREAU)
def bureau_plaatsen(request, pk):
    """Places and days of one traject, for the bureau."""
    traject = get_object_or_404(
        Traject.objects.zichtbaar_als(request.user, Rol.BUREAU).select_related("kandidaat", "regio"), pk=pk
    )
    post = request.POST if request.method == "POST" else None
    wat = post.get("wat", "") if post else ""
    plaats, dagen, afmelden = (
        _plaatsform(traject, post if wat == "plaatsen" else None),
        _dagen(traject, post),
        BevestigForm(post),
    )
    if post and _doen(request, traject, wat, plaats, dagen, afmelden):
        return redirect("bureau_plaatsen", pk=pk)
    deelnames, laat = _deelnames(traject)
    geplaatst = {regel.plek.soort for regel in deelnames if not regel.plek.op_wachtlijst}
    kan_plaatsen = bool(set(_soorten(traject)) - geplaatst)
    gegevens = {
        "traject": traject,
        "plaats": plaats,
        "dagen": dagen,
        "deelnames": deelnames,
        "kan_plaatsen": kan_plaatsen,
        "afmelden": afmelden,
        "laat": laat,
        "waarom_niet": mag_ek2(traject) if traject.stap > 8 else "",
    }
    return render(request, "cursus/bureau_plaatsen.html", gegevens)


def _doen(request, traject, wat, plaats, dagen, afmelden):
    """Call the act that `wat` names. Returns True when it was done; an unknown one does nothing."""
    if wat == "plaatsen" and plaats.uitvoeren(deelname_plaatsen, traject, door=request.user):
        messages.success(request, "Geplaatst.")
        return True
    daad, _, nummer = wat.partition("-")
    if daad == "afmelden":
        return _afmelden(request, _genoemd(traject.deelnames.all(), nummer), afmelden)
    if daad in ("inhalen", "vrijstellen"):
        return _dag_doen(request, daad, _genoemd(dagen, nummer))
    return False


def _genoemd(regels, nummer):
    """The row or line that the page named by its key; None when it is not among them (any more)."""
    return next((regel for regel in regels if str(regel.pk) == nummer), None)


def _voorbij(request):
    messages.warning(request, VOORBIJ)
    return True


def _afmelden(request, plek, form):
    if plek is None:
        return _voorbij(request)
    if not form.uitvoeren(deelname_afmelden, plek, door=request.user):
        return False
    messages.success(request, "Afgemeld.")
    return True


def _dag_doen(request, daad, regel):
    """Make up or waive the day that the page named. None: it does not count any more, and the page says so."""
    if regel is None:
        return _voorbij(request)
    if daad == "inhalen" and regel.inhalen.uitvoeren(dag_inhalen, regel.dag, door=request.user):
        messages.success(request, "De dag is ingepland.")
        return True
    if daad == "vrijstellen" and regel.vrijstellen.uitvoeren(dag_vrijstellen, regel.dag, door=request.user):
        messages.success(request, "Deze dag telt nu als klaar.")
        return True
    return False
