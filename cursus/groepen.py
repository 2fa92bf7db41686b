"""What the groups of the Wagtail admin may: edit pages, images, documents and the contact data.

Who is in them follows from the roles (kern).
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cursus.models import HomePage
from lms.kern.handelingen.mensen import GROEP_BIJ_ROL

PAGINA = ("add_page", "change_page", "publish_page")
BESTANDEN = tuple(f"{wat}_{soort}" for soort in ("image", "document") for wat in ("add", "change", "choose"))


def groepen_inrichten():
    """Make both groups with their rights: pages, images and documents for both. Adds only what is missing."""
    home, verzameling = HomePage.objects.first(), Collection.get_first_root_node()
    toegang = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    contact = Permission.objects.get(content_type__app_label="cursus", codename="change_contactgegevens")
    for naam in GROEP_BIJ_ROL.values():
        groep, _ = Group.objects.get_or_create(name=naam)
        groep.permissions.add(toegang, contact)
        for recht in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGINA):
            GroupPagePermission.objects.get_or_create(group=groep, page=home, permission=recht)
        for recht in Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=BESTANDEN
        ):
            GroupCollectionPermission.objects.get_or_create(group=groep, collection=verzameling, permission=recht)
