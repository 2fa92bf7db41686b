"""What waits in the database and may be read by the running site only: mail codes before they leave, secrets of a
second factor.

The key follows from LMS_SECRET, so a copy of the database alone opens nothing. A changed LMS_SECRET makes what waited
unreadable: codes expire by themselves, a second factor has to be set up again (or the old secret stands in
LMS_SECRET_OUD).
"""

import base64
import json
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.signing import BadSignature


class Onleesbaar(ValueError):
    """What was stored was sealed with another secret, or is not ours."""


def _sleutel(geheim):
    stof = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lms.kern.geheim").derive(geheim.encode())
    return Fernet(base64.urlsafe_b64encode(stof))


@cache
def _bos(*geheimen):
    return MultiFernet([_sleutel(geheim) for geheim in geheimen])


def _sleutels():
    return _bos(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def versleutelen(tekst):
    """Seal `tekst` (str). Returns ASCII text that differs each time."""
    return _sleutels().encrypt(tekst.encode()).decode()


def ontsleutelen(verzegeld):
    """Open what `versleutelen` sealed. Raises Onleesbaar."""
    try:
        return _sleutels().decrypt(verzegeld.encode()).decode()
    except InvalidToken as fout:
        raise Onleesbaar("Dit is niet met ons geheim gesloten.") from fout


class Sessieslot:
    """Serializer for the sessions in the database: what a browser holds (a mail code that was asked for, the key of
    a draft) is sealed there.
    """

    def dumps(self, waarde):
        return _sleutels().encrypt(json.dumps(waarde, separators=(",", ":")).encode())

    def loads(self, verzegeld):
        """Raises BadSignature, which Django answers with a new session."""
        try:
            return json.loads(_sleutels().decrypt(verzegeld))
        except InvalidToken as fout:
            raise BadSignature("Deze sessie is met een ander geheim gesloten.") from fout
