"""Puts our own reading admin in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class LeesbeheerConfig(AdminConfig):
    default_site = "lms.portaal.beheersite.Leesbeheer"
