"""The cache in files, on a disk that may be full: what is only kept to be faster is then left out, what is counted
is not.
"""

import logging

from django.core.cache.backends.filebased import FileBasedCache

from lms.kern.fouten import is_bezig

log = logging.getLogger(__name__)


class Bestandscache(FileBasedCache):
    def set(self, key, value, *args, **kwargs):
        """Keep a value; on a full disk the page goes on without it."""
        try:
            super().set(key, value, *args, **kwargs)
        except OSError as fout:
            if not is_bezig(fout):
                raise
            log.warning("De schijf is vol: %s staat niet in de cache", key)

    def add(self, key, value, *args, version=None, **kwargs):
        """The beginning of a count. Raises OSError on a full disk: a limit that cannot be kept is not a limit."""
        if self.has_key(key, version):
            return False
        super().set(key, value, *args, version=version, **kwargs)
        return True

    def incr(self, key, delta=1, version=None):
        """Count on. Raises ValueError for an unknown key, OSError on a full disk."""
        waarde = self.get(key, self._missing_key, version=version)
        if waarde is self._missing_key:
            raise ValueError(key)
        super().set(key, waarde + delta, version=version)
        return waarde + delta
