from django.apps import AppConfig

from lms.kern.zinnen import onze_zinnen

onze_zinnen()  # here: this module is the first of all apps, so no field of a form or a model was made yet


class KernConfig(AppConfig):
    name = "lms.kern"
    label = "kern"
    verbose_name = "Kern"

    def ready(self):
        # only here are the models of others there to listen to
        from allauth.mfa.signals import authenticator_added, authenticator_removed  # noqa: PLC0415
        from allauth.usersessions.models import UserSession  # noqa: PLC0415
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415
        from django.db.models.signals import pre_save  # noqa: PLC0415

        from lms.kern import bekend, checks, deur, post, sessies, tweede_stap  # noqa: F401, PLC0415 - system checks, what follows a login

        user_logged_in.connect(sessies.begin_noteren)
        pre_save.connect(sessies.spaarzaam_bewaren, sender=UserSession)
        authenticator_added.connect(tweede_stap.stap_gekomen)
        authenticator_removed.connect(tweede_stap.stap_gegaan)
        post.naam_van_de_site()
