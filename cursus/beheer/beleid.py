"""Who may do what with the planning in the Wagtail admin: the bureau plans, a superuser looks, nobody deletes."""

from wagtail.permission_policies import BasePermissionPolicy

from lms.kern.models import Gebruiker, Rol

PLANNEN = {"add", "change"}


class PlanningBeleid(BasePermissionPolicy):
    def user_has_permission(self, user, action):
        if not user.is_authenticated or not user.is_active:
            return False
        bureau = Rol.BUREAU in user.rollen()
        return bureau and action in PLANNEN | {"view"} or user.is_superuser and action == "view"

    def users_with_any_permission(self, actions):
        """The bureau; used by Wagtail for lists of people only."""
        if not set(actions) & (PLANNEN | {"view"}):
            return Gebruiker.objects.none()
        bureau = Gebruiker.objects.filter(rolvervullingen__rol=Rol.BUREAU, rolvervullingen__tot=None, is_active=True)
        return bureau.distinct()


class Niemand(BasePermissionPolicy):
    """People and groups: written by acts only, so nobody does anything with them in the admin, a superuser included."""

    def user_has_permission(self, user, action):
        return False

    def users_with_any_permission(self, actions):
        return Gebruiker.objects.none()
