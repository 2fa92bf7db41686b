"""Addresses of certification: conferences, certificate, register, report after EK2, the public check."""

from django.urls import path

from certificering.views import bureau, controle, mijn_certificaat, mijn_conferenties, regio, register, scope

urlpatterns = [
    path("mijn/conferenties/", mijn_conferenties.lijst, name="mijn_conferenties"),
    path("mijn/conferenties/<int:n>/", mijn_conferenties.een, name="mijn_conferentie"),
    path("mijn/certificaat/", mijn_certificaat.certificaat, name="mijn_certificaat"),
    path("mijn/certificaat/pdf/", mijn_certificaat.pdf, name="mijn_certificaat_pdf"),
    path("mijn/verslag-ek2/", scope.schrijven, name="mijn_verslag_ek2"),
    path("mijn/verslag-ek2/nakijken/", scope.nakijken, name="mijn_verslag_ek2_nakijken"),
    path("regio/conferenties/", regio.lijst, name="regio_conferenties"),
    path("regio/conferenties/<int:pk>/", regio.conferentie, name="regio_conferentie"),
    path("regio/conferenties/<int:pk>/evaluatie/", regio.evaluatie, name="regio_evaluatie"),
    path("regio/kandidaten/<int:pk>/conferentie/", regio.vragen, name="regio_conferentie_vragen"),
    path("regio/register/", register.register, name="regio_register"),
    path("regio/register/xlsx/", register.xlsx, name="regio_register_xlsx"),
    path("regio/register/<int:pk>/", register.registratie, name="regio_registratie"),
    path("regio/register/<int:pk>/uitschrijven/", register.uitschrijven, name="regio_uitschrijven"),
    path("trainer/scopeverslagen/<int:pk>/", scope.trainer, name="trainer_scopeverslag"),
    path("bureau/kandidaten/<int:pk>/scope/", scope.bureau, name="bureau_scope"),
    path("bureau/certificaten/<str:nummer>/", bureau.certificaat, name="bureau_certificaat"),
    path("c/", controle.zoeken, name="controle"),
    path("c/<str:nummer>/", controle.nummer, name="controle_nummer"),
]
