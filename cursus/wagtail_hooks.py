"""What this app adds to the Wagtail admin: the planning, and the script that starts its pickers under our policy."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from cursus.beheer.beleid import PlanningBeleid
from cursus.beheer.blijft import niet_kopieren, niet_weg
from cursus.beheer.documenten import mag_openen
from cursus.beheer.kiezers import zonder_inline_script
from cursus.beheer.rapport import Profielcodes
from cursus.beheer.viewsets import Planning
from cursus.models import Locatie, Uitvoering

zonder_inline_script()
for model in (Uitvoering, Locatie):
    register_permission_policy(model, PlanningBeleid(model), exact_class=True)


@hooks.register("register_admin_viewset")
def planning():
    return Planning()


@hooks.register("before_delete_page")
def pagina_blijft(request, page):
    """Refuse, with the reason, to throw away a page where people left something; taking it offline keeps everything."""
    return niet_weg(request, [page])


@hooks.register("before_bulk_action")
def pagina_s_blijven(request, action_type, objects, action_class_instance):
    return niet_weg(request, objects) if action_type == "delete" and objects and isinstance(objects[0], Page) else None


@hooks.register("insert_global_admin_js")
def beheer_js():
    return format_html('<script src="{}"></script>', static("beheer.js"))


@hooks.register("register_admin_urls")
def rapport_adres():
    return [path("profielcodes/", Profielcodes.as_view(), name="profielcodes")]


@hooks.register("register_reports_menu_item")
def rapport_in_het_menu():
    return MenuItem("Profielcodes", reverse("profielcodes"), name="profielcodes", icon_name="list-ul", order=100)


hooks.register("before_copy_page", niet_kopieren)
hooks.register("before_serve_document", mag_openen)
