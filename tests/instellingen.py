"""The settings of the tests: those of the site on plain http, as on somebody's own machine, with what a test wants
otherwise. No setting of the site looks whether it is in a test.
"""

import os

os.environ.update(
    LMS_SECRET="alleen-voor-de-tests",  # noqa: S106 - of the tests
    LMS_DEBUG="1",  # pytest-django turns Django's own DEBUG off
    LMS_HOSTS="127.0.0.1,localhost,testserver",
    LMS_URL="http://127.0.0.1:8000",
)

from lms.settings import *  # noqa: E402, F403

# an own memory per process, a hasher that costs nothing, and no limit on what comes from one address
CACHES["gewoon"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
BEZOEKERS_PER_ADRES, CONTROLE_PER_MINUUT = 50, 1000
