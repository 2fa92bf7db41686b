from django.apps import AppConfig, apps

EIGEN = ("kern", "cursus", "selectie", "certificering")
WEL = ("Contactgegevens", "Veiligheidsafspraken")


class PortaalConfig(AppConfig):
    name = "lms.portaal"
    label = "portaal"
    verbose_name = "Portaal"

    def ready(self):
        """What people write hangs on lessons: it stays out of Wagtail's "used in" lists, which name every row that
        points to a page.
        """
        from wagtail.models import Page  # noqa: PLC0415 - models are not ready when this module is read

        for app in EIGEN:
            for model in apps.get_app_config(app).get_models():
                if not issubclass(model, Page) and model.__name__ not in WEL:
                    model.wagtail_reference_index_ignore = True
