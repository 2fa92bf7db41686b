"""Addresses of the selection: applying, the report, the decision and the gate."""

from django.urls import path

from selectie.views import aanmelden, bestand, brief, bureau, gesprek, kandidaat, trainer, verslag

urlpatterns = [
    path("aanmelden/", aanmelden.aanmelden, name="aanmelden"),
    path("aanmelden/brief/", aanmelden.brief, name="aanmelden_brief"),
    path("aanmelden/onafhankelijk/", aanmelden.onafhankelijk, name="aanmelden_onafhankelijk"),
    path("aanmelden/nakijken/", aanmelden.nakijken, name="aanmelden_nakijken"),
    path("aanmelden/code/", aanmelden.code, name="aanmelden_code"),
    path("aanmelden/code/opnieuw/", aanmelden.code_opnieuw, name="aanmelden_code_opnieuw"),
    path("aanmelden/verder/<str:token>/", aanmelden.verder, name="aanmelden_verder"),
    path("bestand/<uuid:uuid>/", bestand.bestand, name="bestand"),
    path("mijn/brief/", brief.mijn_brief, name="mijn_brief"),
    path("mijn/keuze/", kandidaat.keuze, name="mijn_keuze"),
    path("mijn/notities/", kandidaat.notities, name="mijn_notities"),
    path("mijn/verslag/", verslag.overzicht, name="mijn_verslag"),
    path("mijn/verslag/nakijken/", verslag.nakijken, name="mijn_verslag_nakijken"),
    path("mijn/verslag/terughalen/", verslag.terughalen, name="mijn_verslag_terughalen"),
    path("mijn/verslag/versie/<int:n>/", verslag.versie, name="mijn_verslag_versie"),
    path("mijn/verslag/<slug:deel>/", verslag.deel, name="mijn_verslag_deel"),
    path("mijn/verslag/<slug:deel>/<int:n>/", verslag.deel, name="mijn_verslag_deel"),
    path("mijn/besluit/", kandidaat.besluit, name="mijn_besluit"),
    path("mijn/besluit/andere-momenten/", kandidaat.momenten_passen_niet, name="mijn_momenten_passen_niet"),
    path("mijn/besluit/afronden/", kandidaat.afronden, name="mijn_afronden"),
    path("mijn/poort/", kandidaat.poort, name="mijn_poort"),
    path("trainer/verslagen/", trainer.verslagen, name="trainer_verslagen"),
    path("trainer/verslagen/<int:pk>/", trainer.verslag, name="trainer_verslag"),
    path("trainer/verslagen/<int:pk>/nakijken/", trainer.nakijken, name="trainer_verslag_nakijken"),
    path("trainer/verslagen/<int:pk>/herroepen/", trainer.herroepen, name="trainer_herroepen"),
    path("trainer/verslagen/<int:pk>/heropenen/", trainer.heropenen, name="trainer_heropenen"),
    path("trainer/gesprekken/<int:pk>/", gesprek.plannen, name="trainer_gesprek"),
    path("trainer/gesprekken/<int:pk>/vastleggen/", gesprek.vastleggen, name="trainer_gesprek_vastleggen"),
    path("trainer/gesprekken/<int:pk>/aanvullen/", gesprek.aanvullen, name="trainer_gesprek_aanvullen"),
    path("trainer/gesprekken/<int:pk>/blad/", gesprek.blad, name="trainer_gesprek_blad"),
    path("trainer/kandidaten/<int:pk>/brief/", brief.trainer_brief, name="trainer_brief"),
    path("trainer/kandidaten/<int:pk>/notitie/", trainer.notitie, name="trainer_notitie"),
    path("bureau/kandidaten/<int:pk>/aanmelding/", bureau.aanmelding, name="bureau_aanmelding"),
    path("bureau/kandidaten/<int:pk>/poort/", bureau.poort, name="bureau_poort"),
    path("bureau/kandidaten/<int:pk>/trainers/", bureau.trainers, name="bureau_trainers"),
]
