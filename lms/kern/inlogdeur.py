"""How the person of a session is read: allauth's backend, with the question whether a staff role holds in the same
query.
"""

from allauth.account.auth_backends import AuthenticationBackend

from lms.kern.models import Gebruiker


class Inlogdeur(AuthenticationBackend):
    def get_user(self, user_id):
        """The person with this pk, or None when there is none or the account is blocked."""
        gebruiker = Gebruiker.objects.met_team().filter(pk=user_id).first()
        return gebruiker if gebruiker is not None and self.user_can_authenticate(gebruiker) else None
