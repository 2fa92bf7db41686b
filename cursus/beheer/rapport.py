"""The report "Profielcodes": every code of the profile with the lessons that cover it, and what nobody covers said
plainly.
"""

from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cursus.models import CursusPagina, LesPagina
from cursus.models.profielcodes import GROEPEN, KOPPEN, NAMEN, codes

HELE_PROFIEL = 12  # a lesson with this many codes names whole groups: that says nothing about one point


def dekking():
    """[(group name, [(code, short name, [lesson, …], only in a lesson about everything)])] over all live lessons of
    the courses. Three queries.
    """
    cursussen = {cursus.path: cursus.soort for cursus in CursusPagina.objects.all()}
    per_code = {code: [] for code in NAMEN}
    for les in LesPagina.objects.live().order_by("path").defer("inhoud"):
        les.soort = next((soort for pad, soort in cursussen.items() if les.path.startswith(pad)), "")
        gevonden = codes(les.profielcodes)
        les.alles = len(gevonden) >= HELE_PROFIEL
        for code in dict.fromkeys(gevonden):
            if code in per_code:
                per_code[code].append(les)
    rijen = [(code, NAMEN[code], lessen) for code, lessen in per_code.items()]
    return [(KOPPEN[letter], [rij for rij in rijen if rij[0][0] == letter]) for letter in (*GROEPEN, "K")]


def niet_behandeld(groepen):
    """The (code, name) pairs without any lesson.

    Of a point in parts (V07a, V07b, V07c) the whole counts for its parts and the other way round.
    """
    gedekt = {code[:3] for _, rijen in groepen for code, _, lessen in rijen if lessen}
    return [(code, naam) for _, rijen in groepen for code, naam, _ in rijen if code[:3] not in gedekt]


class Profielcodes(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    any_permission_required = ["add", "change", "publish"]
    template_name = "cursus/beheer/profielcodes.html"
    page_title = "Profielcodes"
    page_subtitle = "welke code komt in welke les"
    header_icon = "list-ul"

    @property
    def permission_policy(self):
        return policy_registry.get_by_type(Page)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}]

    def get_context_data(self, **kwargs):
        groepen = dekking()
        return super().get_context_data(**kwargs) | {"groepen": groepen, "ontbreekt": niet_behandeld(groepen)}
