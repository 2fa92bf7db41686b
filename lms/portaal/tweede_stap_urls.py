"""allauth's pages of the second step, under Dutch addresses.

Where a passkey is asked something, or taken away, our own view of them.
"""

from allauth.mfa.base import views as basis
from allauth.mfa.recovery_codes import views as herstel
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as sleutel
from django.urls import path

from lms.portaal.views.sleutels import SleutelInloggen, SleutelMaken, SleutelNogEens, TweedeStap
from lms.portaal.views.toegang import HerstelcodesBewaren, SleutelWeg

urlpatterns = [
    path("", basis.index, name="mfa_index"),
    path("code/", TweedeStap.as_view(), name="mfa_authenticate"),
    path("nog-eens/", basis.reauthenticate, name="mfa_reauthenticate"),
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/weg/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("herstelcodes/", herstel.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("herstelcodes/nieuw/", herstel.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("herstelcodes/bewaren/", HerstelcodesBewaren.as_view(), name="mfa_download_recovery_codes"),
    path("sleutels/", sleutel.list_webauthn, name="mfa_list_webauthn"),
    path("sleutels/nieuw/", SleutelMaken.as_view(), name="mfa_add_webauthn"),
    path("sleutels/nog-eens/", SleutelNogEens.as_view(), name="mfa_reauthenticate_webauthn"),
    path("sleutels/inloggen/", SleutelInloggen.as_view(), name="mfa_login_webauthn"),
    path("sleutels/<int:pk>/naam/", sleutel.edit_webauthn, name="mfa_edit_webauthn"),
    path("sleutels/<int:pk>/weg/", SleutelWeg.as_view(), name="mfa_remove_webauthn"),
]
