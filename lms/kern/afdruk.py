"""A short print of values: tells whether what somebody read is still what is there."""

import hashlib


def vingerafdruk(waarden):
    """A short print of the values of one page: tells whether another tab changed the same page in between."""
    return hashlib.sha256(repr(sorted(waarden.items())).encode()).hexdigest()[:16]
