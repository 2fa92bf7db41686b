from django.apps import AppConfig


class KernConfig(AppConfig):
    name = "lms.kern"
    label = "kern"
    verbose_name = "Kern"

    def ready(self):
        from lms.kern import checks  # noqa: F401, PLC0415 - registers the system checks
