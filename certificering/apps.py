from django.apps import AppConfig


class CertificeringConfig(AppConfig):
    name = "certificering"
    verbose_name = "Certificering"
