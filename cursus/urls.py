"""Addresses of this app; the paths are those of the README. Wagtail's pages come after these."""

from django.urls import path

from cursus import views

urlpatterns = [
    path("agenda/<int:pk>/", views.agenda_detail, name="agenda_detail"),
    path("agenda.ics", views.agenda_ics, name="agenda_ics"),
    path("kalender/<str:token>.ics", views.eigen_ics, name="eigen_ics"),
    path("mijn/kalender/", views.mijn_kalender, name="mijn_kalender"),
    path("cursus/klaar/<int:pk>/", views.les_klaar, name="les_klaar"),
    path("mijn/bijeenkomst/", views.mijn_bijeenkomst, name="mijn_bijeenkomst"),
    path("mijn/training/", views.mijn_training, name="mijn_training"),
    path("mijn/aanbod/<str:soort>/", views.mijn_aanbod, name="mijn_aanbod"),
    path("mijn/afmelden/<str:soort>/", views.mijn_afmelden, name="mijn_afmelden"),
    path("trainer/groepen/", views.trainer_groepen, name="trainer_groepen"),
    path("trainer/groepen/<int:pk>/", views.trainer_groep, name="trainer_groep"),
    path("trainer/groepen/<int:pk>/dag/<int:nr>/", views.trainer_dag, name="trainer_dag"),
    path("bureau/kandidaten/<int:pk>/plaatsen/", views.bureau_plaatsen, name="bureau_plaatsen"),
]
