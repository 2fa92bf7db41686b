"""The default cache: what a library keeps there as a limit or a used code goes to the table of limits, everything
else to the cache behind it.
"""

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from lms.kern import grenzen

VAN_GRENZEN = ("allauth:rl:", "allauth.mfa.")  # allauth 65.21.1; tests/kern/test_grenzen.py names the version
LANG = 400 * 86_400  # what has no end


class Huiscache(BaseCache):
    """`OPTIONS["achter"]` names the cache for everything that may be lost. Clearing this cache forgets no limit."""

    def __init__(self, locatie, params):
        super().__init__(params)
        self._achter = params.get("OPTIONS", {})["achter"]

    @property
    def achter(self):
        return caches[self._achter]

    def _levensduur(self, timeout):
        timeout = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return LANG if timeout is None else timeout

    @staticmethod
    def van_grenzen(key):
        """Whether this key holds a limit or a lock."""
        return str(key).startswith(VAN_GRENZEN)

    def get(self, key, default=None, version=None):
        if not self.van_grenzen(key):
            return self.achter.get(key, default, version)
        waarde = grenzen.lezen(key)
        return default if waarde is None else waarde

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if not self.van_grenzen(key):
            self.achter.set(key, value, timeout, version)
        else:
            grenzen.zetten(key, value, self._levensduur(timeout))

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if not self.van_grenzen(key):
            return self.achter.add(key, value, timeout, version)
        return grenzen.toevoegen(key, value, self._levensduur(timeout))

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        if not self.van_grenzen(key):
            return self.achter.touch(key, timeout, version)
        waarde = grenzen.lezen(key)
        if waarde is not None:
            grenzen.zetten(key, waarde, self._levensduur(timeout))
        return waarde is not None

    def delete(self, key, version=None):
        return grenzen.weg(key) if self.van_grenzen(key) else self.achter.delete(key, version)

    def has_key(self, key, version=None):
        return grenzen.lezen(key) is not None if self.van_grenzen(key) else self.achter.has_key(key, version)

    def clear(self):
        self.achter.clear()

    def close(self, **kwargs):
        self.achter.close(**kwargs)
