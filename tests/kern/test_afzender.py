"""Mail says it comes from the site, never from the machine it left."""

import socketserver
import threading

import django
from django.core.mail import EmailMessage, get_connection
from django.core.mail.utils import DNS_NAME

from lms.kern.post import naam_van_de_site, postdomein


def test_het_domein_is_dat_van_de_site(settings):
    settings.DEFAULT_FROM_EMAIL = "Opleiding <opleiding@demo.example>"
    gevonden = []
    for adres in ("https://opleiding.example", "http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"):
        settings.SITE_URL = adres
        gevonden.append(postdomein())
    assert gevonden == ["opleiding.example", "demo.example", "demo.example", "demo.example"]


class _Luisteraar(socketserver.StreamRequestHandler):
    """As much of a mail server as one message needs."""

    def handle(self):
        self.wfile.write(b"220 x\r\n")
        in_tekst = False
        for regel in self.rfile:
            self.server.gehoord.append(regel.decode().strip())
            if in_tekst and regel != b".\r\n":
                continue
            woord = regel[:4].upper()
            in_tekst = woord == b"DATA"
            self.wfile.write(
                {b"EHLO": b"250 x\r\n", b"DATA": b"354 x\r\n", b"QUIT": b"221 x\r\n"}.get(woord, b"250 x\r\n")
            )
            if woord == b"QUIT":
                return


def test_een_mail_noemt_nergens_de_naam_van_de_machine(settings, monkeypatch):
    assert django.get_version().startswith("5.2.")  # DNS_NAME._fqdn is Django's own
    monkeypatch.setattr(DNS_NAME, "_fqdn", "machine.binnen.lan")
    settings.SITE_URL = "https://opleiding.example"
    naam_van_de_site()
    with socketserver.TCPServer(("127.0.0.1", 0), _Luisteraar) as server:
        server.gehoord = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        post = get_connection(
            "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=server.server_address[1], timeout=5
        )
        EmailMessage("Dag", "Tekst", "opleiding@demo.example", ["jan@demo.example"], connection=post).send()
        server.shutdown()
    assert server.gehoord[0] == "ehlo opleiding.example"
    assert [regel.endswith("@opleiding.example>") for regel in server.gehoord if regel.startswith("Message-ID")] == [
        True
    ]
    assert "machine.binnen.lan" not in "".join(server.gehoord)


def test_django_kent_de_naam_van_de_site_vanaf_het_begin():
    assert DNS_NAME.get_fqdn() == postdomein()
