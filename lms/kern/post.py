"""What outgoing mail says about where it comes from: the site's own name, never that of the machine."""

import ipaddress
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.utils import DNS_NAME


def postdomein():
    """The host of the site's own address; where that is a bare number or localhost (the demo) the domain of the
    sender.
    """
    host = urlsplit(settings.SITE_URL).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if "." in host:
            return host
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def naam_van_de_site():
    """Let Django greet mail servers (EHLO) and sign messages with the site's name.

    Private in Django 5.2; tests/kern/test_afzender.py names the version.
    """
    DNS_NAME._fqdn = postdomein()
