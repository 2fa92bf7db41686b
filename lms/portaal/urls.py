"""Addresses under the roof: start, the own path, the worklists, the people, the bureau's tools."""

from django.urls import path

from lms.portaal.views import account, beheer, kandidaten, mijn, toegang, werk

urlpatterns = [
    path(".well-known/security.txt", account.security_txt, name="security_txt"),
    path("start/", account.start, name="start"),
    path("mailstand/", account.mailstand, name="mailstand"),
    path("account/", account.account, name="account"),
    path("account/ingelogd/", toegang.sessies, name="sessies"),
    path("account/rol/", account.wissel, name="wissel_rol"),
    path("taak/<int:pk>/", werk.taak, name="taak"),
    path("mijn/", mijn.mijn, name="mijn"),
    path("mijn/gebeurd/", mijn.gebeurd, name="mijn_gebeurd"),
    path("mijn/gegevens/", mijn.gegevens, name="mijn_gegevens"),
    path("mijn/stoppen/", mijn.stoppen, name="mijn_stoppen"),
    path("mijn/hervatten/", mijn.hervatten, name="mijn_hervatten"),
    path("trainer/", werk.trainer, name="trainer"),
    path("regio/", werk.regio, name="regio"),
    path("bureau/", werk.bureau, name="bureau"),
    path("trainer/kandidaten/", kandidaten.kandidaten, {"deur": "trainer"}, name="trainer_kandidaten"),
    path("regio/kandidaten/", kandidaten.kandidaten, {"deur": "regio"}, name="regio_kandidaten"),
    path("bureau/kandidaten/", kandidaten.kandidaten, {"deur": "bureau"}, name="bureau_kandidaten"),
    path("trainer/kandidaten/xlsx/", kandidaten.xlsx, {"deur": "trainer"}, name="trainer_kandidaten_xlsx"),
    path("trainer/kandidaten/<int:pk>/", kandidaten.dossier, {"deur": "trainer"}, name="trainer_dossier"),
    path("regio/kandidaten/xlsx/", kandidaten.xlsx, {"deur": "regio"}, name="regio_kandidaten_xlsx"),
    path("regio/kandidaten/<int:pk>/", kandidaten.dossier, {"deur": "regio"}, name="regio_dossier"),
    path("bureau/kandidaten/samen/", kandidaten.voor_meer_mensen, name="bureau_samen"),
    path("bureau/kandidaten/xlsx/", kandidaten.xlsx, {"deur": "bureau"}, name="bureau_kandidaten_xlsx"),
    path("bureau/kandidaten/<int:pk>/", kandidaten.dossier, {"deur": "bureau"}, name="bureau_dossier"),
    path("bureau/berichten/", beheer.berichten, name="bureau_berichten"),
    path("bureau/berichten/<int:pk>/", beheer.bericht, name="bureau_bericht"),
    path("bureau/berichten/<int:pk>/<slug:daad>/", beheer.bericht_doen, name="bureau_bericht_doen"),
    path("bureau/instellingen/", beheer.instellingen, name="bureau_instellingen"),
    path("bureau/instellingen/<slug:code>/", beheer.instelling, name="bureau_instelling"),
    path("bureau/mensen/", beheer.mensen, name="bureau_mensen"),
    path("bureau/mensen/nieuw/", beheer.medewerker, name="bureau_medewerker"),
    path("bureau/mensen/<int:pk>/", beheer.mens, name="bureau_mens"),
    path("bureau/mensen/<int:pk>/toegang/<slug:soort>/", toegang.toegang, name="bureau_toegang"),
    path("bureau/toegang/", toegang.voorstellen, name="bureau_voorstellen"),
    path("bureau/toegang/<int:pk>/", toegang.voorstel, name="bureau_voorstel"),
]
