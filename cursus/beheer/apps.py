"""Wagtail's own app for people and groups, closed: both follow from acts, for everybody."""

from wagtail.users.apps import WagtailUsersAppConfig


class MensenViaHandelingen(WagtailUsersAppConfig):
    def ready(self):
        """The imports are here because models are not ready when this module is read."""
        from django.contrib.auth import get_user_model  # noqa: PLC0415
        from django.contrib.auth.models import Group  # noqa: PLC0415
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415

        from cursus.beheer.beleid import Niemand  # noqa: PLC0415

        for model in (get_user_model(), Group):
            register_permission_policy(model, Niemand(model))
