"""Folded text for search and sort: the same answer on SQLite and PostgreSQL."""

from anyascii import anyascii


def vouw(tekst: str) -> str:
    """Return `tekst` in lower-case ASCII: 'Wiśniewska' -> 'wisniewska', 'Öz' -> 'oz'."""
    return " ".join(anyascii(tekst).lower().split())
