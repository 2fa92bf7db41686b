"""Limits and locks that are never forgotten: how often somebody may do something.

`tellen` counts and says which limits are passed, several in one statement. While the table cannot be written (a full
disk) the counts go on in this process on top of what can still be read, so that a page never falls over its limit and a
lock never opens.
"""

import atexit
import ipaddress
import logging
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.utils.crypto import salted_hmac

from lms.kern.grenzen.geheugen import Geheugen
from lms.kern.grenzen.opslag import Onbereikbaar, Opslag

log = logging.getLogger(__name__)
opslag, _nood = Opslag(), Geheugen()
atexit.register(opslag.sluiten)
_gemeld = [0.0]
MELDEN_NA = 60  # seconds


@dataclass(frozen=True)
class Grens:
    """At most `aantal` in `seconden`, for this name and whoever `wie` is (an address of a visitor, an e-mail address).

    Who it is cannot be read back.
    """

    naam: str
    wie: str
    aantal: int
    seconden: int

    @property
    def sleutel(self):
        wie = salted_hmac("lms.kern.grenzen", self.wie, algorithm="sha256").hexdigest()[:40]
        return f"grens:{self.naam}:{self.seconden}:{wie}"


def _melden(fout):
    """One line a minute is enough."""
    if not _gemeld[0] or time.monotonic() - _gemeld[0] > MELDEN_NA:
        _gemeld[0] = time.monotonic()
        log.error("limits cannot be stored, counting in this process: %s", fout)


def _doen(daad, *waarden):
    try:
        return getattr(opslag, daad)(*waarden)
    except Onbereikbaar as fout:
        _melden(fout)
        return getattr(_nood, daad)(*waarden)


def tellen(*grenzen):
    """Count one up for every Grens, in one statement. Returns the list of those that are passed."""
    paren = {grens.sleutel: grens.seconden for grens in grenzen}
    try:
        stand = opslag.tellen(paren)
    except Onbereikbaar as fout:
        _melden(fout)
        stand = _doen_zonder(paren)
    return [grens for grens in grenzen if stand.get(grens.sleutel, 0) > grens.aantal]


def _doen_zonder(paren):
    """Counts of this process on top of what still can be read."""
    try:
        eerder = opslag.stand(paren)
    except Onbereikbaar:
        eerder = {}
    return {sleutel: aantal + eerder.get(sleutel, 0) for sleutel, aantal in _nood.tellen(paren).items()}


def terugnemen(*grenzen):
    """Take one count back: what was counted beforehand turned out well."""
    if grenzen:
        _doen("terugnemen", [grens.sleutel for grens in grenzen])


def vergeten(*grenzen):
    """Open these limits again, for instance after a new password."""
    if grenzen:
        _doen("weg", [grens.sleutel for grens in grenzen])


def bezoeker(request):
    """Where a request comes from, as far as we trust it: the address, of IPv6 the network of one household (/64)."""
    adres = get_adapter().get_client_ip(request)
    try:
        ip = ipaddress.ip_address(adres)
    except ValueError:
        return adres
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def netwerk(request):
    """The network a request comes from: a /24 of IPv4, a /48 of IPv6, which one household can have whole."""
    adres = get_adapter().get_client_ip(request)
    try:
        ip = ipaddress.ip_address(adres)
    except ValueError:
        return adres
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))


def lezen(sleutel):
    return _doen("lezen", sleutel)


def zetten(sleutel, waarde, duur):
    _doen("zetten", sleutel, waarde, duur)


def toevoegen(sleutel, waarde, duur):
    return _doen("toevoegen", sleutel, waarde, duur)


def weg(sleutel):
    return _doen("weg", [sleutel])
