"""The token of a "wachtwoord vergeten" link: it dies when the password, the address, the block or the salt of the
account changes.
"""

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class Resetlink(PasswordResetTokenGenerator):
    def _make_hash_value(self, user, timestamp):
        """Django's own value, and what a session is bound to."""
        return f"{super()._make_hash_value(user, timestamp)}{user.get_session_auth_hash()}{user.is_active}"
