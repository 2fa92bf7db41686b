"""What this app adds to the Wagtail admin: the planning, and the script that starts its pickers under our policy."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cursus.beheer.beleid import PlanningBeleid
from cursus.beheer.kiezers import zonder_inline_script
from cursus.beheer.viewsets import Planning
from cursus.models import Locatie, Uitvoering

zonder_inline_script()
for model in (Uitvoering, Locatie):
    register_permission_policy(model, PlanningBeleid(model), exact_class=True)


@hooks.register("register_admin_viewset")
def planning():
    return Planning()


@hooks.register("insert_global_admin_js")
def beheer_js():
    return format_html('<script src="{}"></script>', static("beheer.js"))
