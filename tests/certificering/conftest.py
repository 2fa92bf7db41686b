import pytest

from lms.kern.models import Gebruiker


@pytest.fixture
def als(client):
    """A function: log in as this person and return the client, warmed up so that the session is no part of a count."""

    def inloggen(mens):
        client.force_login(Gebruiker.objects.get(pk=mens.pk))
        return client

    return inloggen
