"""Django's admin: facts to look at, for the superuser only, and nothing to change: acts write, the admin reads.

Letters, reports, views, conversations and evaluations are not in it: they belong to the people in them.
"""

from django.apps import apps
from django.contrib import admin

INHOUD = {
    "Aanmeldconcept", "Accountmail", "Antwoord", "Besluit", "Belangstellende", "Belangstellingsmail", "Bestand", "Brief", "Evaluatie", "Gesprek", "Gespreksmoment", "Mening",
    "Puntreactie", "Scopereactie", "Scopeverslag", "Trainingswens", "Trainingszorg", "Uitzoeknotitie", "Verslag",
}  # fmt: skip


class AlleenLezen(admin.ModelAdmin):
    """A list and a detail page; no adding, changing, deleting or bulk action."""

    alleen_lezen = True
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PersoonAlleenLezen(AlleenLezen):
    exclude = ("password",)


def _feiten():
    for app in ("kern", "cursus", "selectie", "certificering"):
        for model in apps.get_app_config(app).get_models():
            if model.__name__ not in INHOUD and not hasattr(model, "url_path"):  # pages have their own admin
                yield model


for _model in _feiten():
    admin.site.register(_model, PersoonAlleenLezen if _model.__name__ == "Gebruiker" else AlleenLezen)
