"""What the worker does in real life: account mail that waits is handed over now.

And a mail server that behaves badly.
"""

import re
import socketserver
import threading

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from lms.kern.berichten import versturen
from lms.kern.models import Bericht


def uitgegaan():
    """As if all that waits was handed over: who is to read it was told."""
    Bericht.objects.wachtend().update(verstuurd_om=timezone.now())


def bezorgd():
    """Hand over the account mail that waits. Returns all mail of this test so far."""
    versturen(voorrang=True)
    return mail.outbox


def code():
    """The code in the last mail."""
    return re.search(r"Je code is (\w{6})", bezorgd()[-1].body).group(1)


class Kapot(BaseEmailBackend):
    """A connection that breaks before anything was handed over."""

    def send_messages(self, berichten):
        raise ConnectionRefusedError("geen verbinding")


class Postkantoor(socketserver.ThreadingTCPServer):
    """A mail server on 127.0.0.1 whose `gedrag` is ok, hangt, hangt_bij_data, 451, 550, 554_data or weg_bij_data.

    Keeps what it took in `mails`.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, gedrag="ok"):
        self.gedrag, self.mails, self.klaar = gedrag, [], threading.Event()
        super().__init__(("127.0.0.1", 0), _Loket)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def poort(self):
        return self.server_address[1]

    def sluiten(self):
        self.klaar.set()
        self.shutdown()
        self.server_close()


class _Loket(socketserver.StreamRequestHandler):
    def zeg(self, regel):
        self.wfile.write(regel.encode() + b"\r\n")
        self.wfile.flush()

    def handle(self):
        kantoor = self.server
        if kantoor.gedrag == "hangt":
            kantoor.klaar.wait(60)
            return
        self.zeg("220 proef")
        aan = []
        while regel := self.rfile.readline():
            woord = regel.decode(errors="replace").strip().upper()
            if woord.startswith("MAIL"):
                aan = []
            if woord.startswith(("EHLO", "HELO", "MAIL", "RSET", "NOOP")):
                self.zeg("250 goed")
            elif woord.startswith("RCPT"):
                aan.append(regel.decode().partition("<")[2].partition(">")[0])
                self.zeg({"451": "451 later", "550": "550 onbekend"}.get(kantoor.gedrag, "250 goed"))
            elif woord.startswith("DATA"):
                self.zeg("354 kom maar")
                lijf = b""
                while (stuk := self.rfile.readline()) not in (b".\r\n", b""):
                    lijf += stuk
                if kantoor.gedrag == "hangt_bij_data":
                    kantoor.klaar.wait(60)
                if kantoor.gedrag in ("weg_bij_data", "hangt_bij_data"):
                    return
                if kantoor.gedrag == "554_data":
                    self.zeg("554 nee")
                    continue
                kantoor.mails.append((aan, lijf.decode(errors="replace")))
                self.zeg("250 aangenomen")
            elif woord.startswith("QUIT"):
                self.zeg("221 dag")
                return
            else:
                self.zeg("502 ken ik niet")
