"""Somebody no longer trains a group: the group and the reports of its people are handed on."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from cursus import handelingen
from cursus.models import Trainerschap
from lms.kern.doorgeven import Eindepagina, einde_tonen
from lms.kern.models import Rol
from lms.kern.schermen import rol_nodig


@rol_nodig(Rol.BUREAU)
def trainersplek(request, pk):
    rijen = Trainerschap.objects.te_doen_als(request.user, Rol.BUREAU).nu().select_related("trainer", "uitvoering")
    plek = get_object_or_404(rijen, pk=pk)
    pagina = Eindepagina(
        plek.trainer,
        f"{plek.trainer.naam} stopt bij {plek.uitvoering.titel}",
        "Geef door en beëindig deze plek",
        reverse("trainer_groep", args=[plek.uitvoering_id]),
        plek.uitvoering.titel,
        f"{plek.trainer.voornaam} traint deze groep niet meer.",
    )
    einden = handelingen.einden_van_plek(plek, request.user)
    return einde_tonen(request, pagina, handelingen.trainersplek_beeindigen, plek, einden)
