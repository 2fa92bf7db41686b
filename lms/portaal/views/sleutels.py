"""allauth's pages that ask a passkey something: each notes what for and of whom, else no answer fits
(lms/kern/sleutels.py).
"""

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, ReauthenticateWebAuthnView
from django.http import JsonResponse

from lms.kern.sleutels import INLOGGEN, MAKEN, NOG_EENS, TWEEDE_STAP, vraag_onthouden


class TweedeStap(AuthenticateView):
    def get_context_data(self, **kwargs):
        inhoud = super().get_context_data(**kwargs)
        vraag_onthouden(self.request, TWEEDE_STAP, self.stage.login.user)
        return inhoud


class SleutelMaken(AddWebAuthnView):
    def get_context_data(self, **kwargs):
        """With the form that was judged: allauth makes a new one, which would be judged again, by the new question."""
        inhoud = {**super().get_context_data(**kwargs), **kwargs}
        vraag_onthouden(self.request, MAKEN, self.request.user)
        return inhoud


class SleutelNogEens(ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs):
        inhoud = super().get_context_data(**kwargs)
        vraag_onthouden(self.request, NOG_EENS, self.request.user)
        return inhoud


class SleutelInloggen(LoginWebAuthnView):
    def get(self, request, *args, **kwargs):
        antwoord = super().get(request, *args, **kwargs)
        if isinstance(antwoord, JsonResponse):
            vraag_onthouden(request, INLOGGEN)
        return antwoord
