"""Folded text for search and sort: the same answer on SQLite and PostgreSQL."""

from anyascii import anyascii


def vouw(tekst: str) -> str:
    """Return `tekst` in lower-case ASCII: 'Wiśniewska' -> 'wisniewska', 'Öz' -> 'oz'."""
    return " ".join(anyascii(tekst.replace("\x00", "")).lower().split())  # PostgreSQL refuses a NUL
