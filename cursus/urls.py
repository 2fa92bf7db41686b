"""Addresses of this app; the paths are those of the README. Wagtail's pages come after these."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from cursus import views

urlpatterns = [
    path("agenda/<int:pk>/", views.agenda_detail, name="agenda_detail"),
    path("agenda/<int:pk>/aanmelden/", views.agenda_aanmelden, name="agenda_aanmelden"),
    path("agenda/<int:pk>/afmelden/", views.agenda_afmelden, name="agenda_afmelden"),
    path("mijn/agenda/", views.mijn_agenda, name="mijn_agenda"),
    path("mijn/training/wensen/", views.mijn_wensen, name="mijn_wensen"),
    path("op-de-hoogte/", views.belangstelling, name="belangstelling"),
    path("op-de-hoogte/bevestigen/<str:sleutel>/", views.belangstelling_bevestigen, name="belangstelling_bevestigen"),
    path("op-de-hoogte/afmelden/<str:sleutel>/", views.belangstelling_afmelden, name="belangstelling_afmelden"),
    path("nieuws/rss.xml", views.nieuws_rss, name="nieuws_rss"),
    path("sitemap.xml", sitemap, {"sitemaps": views.SITEMAPS}, name="sitemap"),
    path("agenda.ics", views.agenda_ics, name="agenda_ics"),
    path("kalender/<str:token>.ics", views.eigen_ics, name="eigen_ics"),
    path("mijn/kalender/", views.mijn_kalender, name="mijn_kalender"),
    path("cursus/schrijven/<int:pk>/", views.les_schrijven, name="les_schrijven"),
    path("cursus/rollenspel/<int:pk>/<int:nr>/", views.rollenspel, name="rollenspel"),
    path("cursus/teken-je-kring/", views.kringblad, name="kringblad"),
    path("cursus/zoeken/", views.les_zoeken, name="les_zoeken"),
    path("cursus/opdracht/<int:pk>/", views.opdracht, name="opdracht"),
    path("cursus/opdracht/terug/<int:pk>/", views.opdracht_terug, name="opdracht_terug"),
    path("mijn/schrift/", views.mijn_schrift, name="mijn_schrift"),
    path("mijn/training/reactie/<int:pk>/", views.training_reactie, name="training_reactie"),
    path("trainer/opdrachten/<int:pk>/", views.trainer_opdracht, name="trainer_opdracht"),
    path("trainer/kandidaten/<int:pk>/lessen/", views.trainer_lessen, name="trainer_lessen"),
    path("mijn/bijeenkomst/", views.mijn_bijeenkomst, name="mijn_bijeenkomst"),
    path("mijn/training/", views.mijn_training, name="mijn_training"),
    path("mijn/aanbod/<int:pk>/", views.mijn_aanbod, name="mijn_aanbod"),
    path("mijn/afmelden/<int:pk>/", views.mijn_afmelden, name="mijn_afmelden"),
    path("trainer/groepen/", views.trainer_groepen, name="trainer_groepen"),
    path("trainer/groepen/<int:pk>/", views.trainer_groep, name="trainer_groep"),
    path("trainer/groepen/<int:pk>/dag/<int:nr>/", views.trainer_dag, name="trainer_dag"),
    path("trainer/groepen/<int:pk>/lijst/", views.trainer_lijst, name="trainer_lijst"),
    path("trainer/groepen/<int:pk>/reacties/", views.trainer_reacties, name="trainer_reacties"),
    path("trainer/groepen/<int:pk>/zorg/", views.trainer_zorg, name="trainer_zorg"),
    path("bureau/agenda/", views.bureau_agenda, name="bureau_agenda"),
    path("bureau/agenda/<int:pk>/", views.bureau_deelnemers, name="bureau_deelnemers"),
    path("bureau/groepen/trainer/<int:pk>/", views.trainersplek, name="bureau_trainersplek"),
    path("bureau/kandidaten/<int:pk>/plaatsen/", views.bureau_plaatsen, name="bureau_plaatsen"),
]
