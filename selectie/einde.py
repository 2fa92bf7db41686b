"""What ends when somebody stops, in sentences for the check page; reads only."""

from django.db.models import Min
from django.utils import timezone

from lms.kern.bewaartermijnen import INSTELLING, Soort, dag_na
from lms.kern.datums import dag, moment
from lms.kern.handelingen.bewaren import alleen_van_dit_pad
from selectie.models import Gesprek, Verslag


def wat_eindigt(traject):
    """[sentence] of what is over for this person when the path ends today. Three questions."""
    nu = timezone.now()
    zinnen = []
    plekken = traject.deelnames.nu().filter(uitvoering__afgelast_om=None).select_related("uitvoering")
    for deelname in plekken.annotate(eerste=Min("uitvoering__bijeenkomsten__begint_om")).order_by("eerste", "pk"):
        if deelname.op_wachtlijst:
            zinnen.append(f"Je staat niet meer op de wachtlijst voor ‘{deelname.uitvoering.titel}’.")
        elif deelname.eerste and deelname.eerste > nu:
            zinnen.append(
                f"Je plek bij ‘{deelname.uitvoering.titel}’ op {dag(deelname.eerste)} kan naar iemand anders."
            )
    gesprekken = Gesprek.objects.nu().filter(verslag__traject=traject, moment_om__gt=nu).order_by("moment_om")
    zinnen += [f"Het gesprek op {moment(gesprek.moment_om)} gaat niet door." for gesprek in gesprekken]
    verslag = Verslag.objects.lopend().filter(traject=traject).first()
    if verslag and verslag.is_verstuurd and not Verslag.objects.filter(pk=verslag.pk).vrijgegeven().exists():
        zinnen.append("Je trainers reageren niet meer op je verslag.")
    return [*zinnen, "Je krijgt geen herinneringen meer van ons."]


def bij_het_stoppen(traject):
    """What the check page before an end shows, as context: what ends, the day of erasing, whether the account goes."""
    return {
        "traject": traject,
        "eindigt": wat_eindigt(traject),
        "wissen_op": dag_na(timezone.localdate(), INSTELLING[Soort.TRAJECT]),
        "account_ook": alleen_van_dit_pad(traject.kandidaat, traject),
    }
