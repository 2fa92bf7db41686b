"""Passwords: Argon2 with 19 MiB and two passes (OWASP), and no more than a few at once, so that logins never take
all of the machine.
"""

import threading
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

TEGELIJK, WACHTEN = 2, 2  # at once per process; seconds somebody waits for a turn
_beurten = threading.BoundedSemaphore(TEGELIJK)


class Druk(Exception):
    """There is no room now for what costs this much. Becomes a page that says so (503)."""


@contextmanager
def _beurt():
    if not _beurten.acquire(timeout=getattr(settings, "HASH_WACHTEN", WACHTEN)):
        raise Druk
    try:
        yield
    finally:
        _beurten.release()


class _Begrensd:
    def encode(self, *args, **kwargs):
        with _beurt():
            return super().encode(*args, **kwargs)

    def verify(self, *args, **kwargs):
        with _beurt():
            return super().verify(*args, **kwargs)


class Argon2(_Begrensd, Argon2PasswordHasher):
    """62 ms; Django's own takes 100 MiB and 400 ms of everybody's processor."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1


class Pbkdf2(PBKDF2PasswordHasher):
    """For the hashes from before Argon2: renewed when their owner logs in."""

    def verify(self, password, encoded):
        with _beurt():
            return super().verify(password, encoded)
