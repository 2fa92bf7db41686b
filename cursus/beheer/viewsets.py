"""The two listings of the planning."""

from django.urls import path
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cursus.beheer import views
from cursus.beheer.forms import LocatieForm, UitvoeringForm
from cursus.models import Locatie, Uitvoering


class PlanningViewSet(ModelViewSet):
    """Listing, making, changing and looking; no copying, deleting or history: the journal is the history."""

    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form = None

    def get_common_view_kwargs(self, **kwargs):
        zonder = {"history_url_name": None, "usage_url_name": None, "delete_url_name": None}
        return super().get_common_view_kwargs(**zonder, **kwargs)

    def get_form_class(self, for_update=False):
        return self.form

    def get_urlpatterns(self):
        return [
            patroon
            for patroon in super().get_urlpatterns()
            if patroon.name in ("index", "index_results", "add", "edit", "inspect")
        ]


class UitvoeringViewSet(PlanningViewSet):
    model, form = Uitvoering, UitvoeringForm
    icon, menu_label = "calendar-alt", "Bijeenkomsten en groepen"
    index_view_class, add_view_class, edit_view_class = (
        views.UitvoeringLijst,
        views.UitvoeringMaken,
        views.UitvoeringWijzigen,
    )
    list_display = [
        "titel", views.Wanneer("begint_om", label="Wanneer", sort_key="begint_om"),
        Column("get_soort_display", label="Soort", sort_key="soort"), "locatie", "regio",
        views.Plekken("bezet", label="Plekken"),
    ]  # fmt: skip
    list_filter = ["soort", "regio", "locatie"]
    search_fields = ["titel", "locatie__plaats"]
    search_backend_name = None
    inspect_view_fields = [
        "soort",
        "titel",
        "locatie",
        "regio",
        "capaciteit",
        "minimum",
        "wie_zoeken_we",
        "voor_wie",
        "publiceren_op",
        "afgelast_om",
    ]

    def get_urlpatterns(self):
        afgelasten = self.construct_view(views.Afgelasten)
        return [*super().get_urlpatterns(), path("afgelasten/<int:pk>/", afgelasten, name="afgelasten")]


class LocatieViewSet(PlanningViewSet):
    model, form = Locatie, LocatieForm
    icon, menu_label = "home", "Locaties"
    add_view_class, edit_view_class = views.LocatieMaken, views.LocatieWijzigen
    list_display = ["naam", "plaats", "max_personen"]
    search_fields = ["naam", "plaats"]
    search_backend_name = None
    inspect_view_fields = LocatieForm.Meta.fields


class Planning(ViewSetGroup):
    items = (UitvoeringViewSet, LocatieViewSet)
    menu_label, menu_icon, menu_order = "Planning", "calendar-alt", 150
