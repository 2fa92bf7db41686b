"""Django's admin as it is here: only what says of itself that it reads, whoever else registers something."""

from django.contrib.admin import AdminSite


class Leesbeheer(AdminSite):
    def register(self, model_or_iterable, admin_class=None, **options):
        """Other packages bring admins that write (addresses, groups, second factors): those stay out."""
        if getattr(admin_class, "alleen_lezen", False):
            super().register(model_or_iterable, admin_class, **options)
