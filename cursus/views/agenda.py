"""One session of the public agenda."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cursus.models import Uitvoering
from cursus.models.agenda import keuzes, met_dagen


def agenda_detail(request, pk):
    """A published session. One that began or was cancelled stays readable, without a button."""
    vandaag = timezone.localdate()
    zichtbaar = Uitvoering.objects.met_data().filter(Q(publiceren_op=None) | Q(publiceren_op__lte=vandaag), begint_om__isnull=False)
    u = get_object_or_404(met_dagen(zichtbaar), pk=pk)
    te_kiezen = not u.afgelast_om and u.begint_om > timezone.now()
    return render(
        request, "cursus/agenda_detail.html", {"u": u, "keuzes": keuzes(request.user) if te_kiezen else {}, "te_kiezen": te_kiezen}
    )
