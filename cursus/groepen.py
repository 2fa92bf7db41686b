"""Wagtail's groups: who edits pages, and who plans as well. The act that gives or takes a role calls `groepen_voor_rol`."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cursus.models import HomePage
from lms.kern.models import Rol

REDACTIE, PLANNING = "Redactie", "Bureau"
GROEP_VAN = {Rol.REDACTEUR: REDACTIE, Rol.BUREAU: PLANNING}
PAGINA = ("add_page", "change_page", "publish_page")
BESTANDEN = tuple(f"{wat}_{soort}" for soort in ("image", "document") for wat in ("add", "change", "choose"))


def groepen_inrichten():
    """Make both groups with their rights: pages, images and documents for both. Adds only what is missing."""
    home, verzameling = HomePage.objects.first(), Collection.get_first_root_node()
    toegang = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    contact = Permission.objects.get(content_type__app_label="cursus", codename="change_contactgegevens")
    for naam in (REDACTIE, PLANNING):
        groep, _ = Group.objects.get_or_create(name=naam)
        groep.permissions.add(toegang, contact)
        for recht in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGINA):
            GroupPagePermission.objects.get_or_create(group=groep, page=home, permission=recht)
        for recht in Permission.objects.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=BESTANDEN):
            GroupCollectionPermission.objects.get_or_create(group=groep, collection=verzameling, permission=recht)


def groepen_voor_rol(gebruiker, rollen):
    """Put this person in exactly the groups that belong to `rollen`; other groups stay."""
    namen = {GROEP_VAN[rol] for rol in rollen if rol in GROEP_VAN}
    gebruiker.groups.remove(*Group.objects.filter(name__in=set(GROEP_VAN.values()) - namen))
    gebruiker.groups.add(*Group.objects.filter(name__in=namen))
