from django.apps import AppConfig


class PortaalConfig(AppConfig):
    name = "lms.portaal"
    label = "portaal"
    verbose_name = "Portaal"
