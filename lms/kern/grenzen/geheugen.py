"""The same as the table, in this process: only while the table cannot be written.

Limits then still hold, per process.
"""

import threading
import time

RUIMTE = 100_000


class Geheugen:
    """Counters and values with a life. When it is full of living rows a new key counts as far over every limit."""

    def __init__(self):
        self._slot = threading.Lock()
        self._rijen = {}  # key: [count, value, until]

    def _rij(self, sleutel, duur, nu):
        rij = self._rijen.get(sleutel)
        if rij is None or rij[2] <= nu or rij[2] > nu + duur:
            if len(self._rijen) >= RUIMTE:
                self._rijen = {s: r for s, r in self._rijen.items() if r[2] > nu}
            if len(self._rijen) >= RUIMTE:
                return None
            rij = self._rijen[sleutel] = [0, None, nu + duur]
        return rij

    def tellen(self, paren):
        uitkomst = {}
        with self._slot:
            nu = time.time()
            for sleutel, duur in dict(paren).items():
                rij = self._rij(sleutel, duur, nu)
                if rij:
                    rij[0] += 1
                uitkomst[sleutel] = rij[0] if rij else RUIMTE
        return uitkomst

    def terugnemen(self, sleutels):
        with self._slot:
            for sleutel in sleutels:
                rij = self._rijen.get(sleutel)
                if rij and rij[0]:
                    rij[0] -= 1

    def lezen(self, sleutel):
        with self._slot:
            rij = self._rijen.get(sleutel)
            return rij[1] if rij and rij[2] > time.time() else None

    def zetten(self, sleutel, waarde, duur):
        with self._slot:
            rij = self._rij(sleutel, duur, time.time())
            if rij:
                rij[1:] = [waarde, time.time() + duur]

    def toevoegen(self, sleutel, waarde, duur):
        with self._slot:
            rij = self._rij(sleutel, duur, time.time())
            if rij is None or rij[1] is not None:
                return False
            rij[1] = waarde
            return True

    def weg(self, sleutels):
        with self._slot:
            weg = [self._rijen.pop(sleutel, None) for sleutel in sleutels]
        return any(rij is not None for rij in weg)
