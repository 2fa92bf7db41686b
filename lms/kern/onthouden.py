"""What a process keeps so that it need not be asked again: all in one place, with one way to forget.

For what may be a little old in one process; what must hold everywhere at once stands in the cache or a table.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_alle: "list[Onthouden[Any] | Gezien]" = []


class Onthouden(Generic[T]):
    """The answer of `vraag`, asked at most once in so many seconds."""

    def __init__(self, vraag: Callable[[], T], *, seconden: float) -> None:
        self.vraag, self.seconden = vraag, seconden
        self.bewaard: tuple[float, T] | None = None  # until when, and what
        _alle.append(self)

    def __call__(self) -> T:
        nu = time.monotonic()
        if self.bewaard is None or nu > self.bewaard[0]:
            self.bewaard = (nu + self.seconden, self.vraag())
        return self.bewaard[1]

    def vergeten(self) -> None:
        """Ask again the next time."""
        self.bewaard = None


class Gezien:
    """What this process knows to be so; at `hoogstens` things it begins anew."""

    def __init__(self, *, hoogstens: int) -> None:
        self.hoogstens, self.dingen = hoogstens, set[Hashable]()
        _alle.append(self)

    def __contains__(self, ding: Hashable) -> bool:
        return ding in self.dingen

    def voeg_toe(self, ding: Hashable) -> None:
        if len(self.dingen) >= self.hoogstens:
            self.dingen.clear()
        self.dingen.add(ding)

    def vergeten(self) -> None:
        self.dingen.clear()


def alles_vergeten() -> None:
    """Ask everything again: after a database was put back, and before each test."""
    for ding in _alle:
        ding.vergeten()
