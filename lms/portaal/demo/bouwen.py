"""The whole demo in one go."""

from django.contrib.auth.hashers import make_password

from lms.kern.models import Regio
from lms.portaal.demo.agenda import Agenda
from lms.portaal.demo.mensen import Mensen
from lms.portaal.demo.pad import Pad
from lms.portaal.demo.praktijk import Praktijk
from lms.portaal.demo.teksten import WACHTWOORD
from lms.portaal.inrichten import lees


class Demo(Mensen, Agenda, Pad, Praktijk):
    """Builds the whole demo in one go; `maken` is called inside a transaction."""

    def __init__(self):
        self.gegevens = lees("demo")
        self.regios = {r.naam: r for r in Regio.objects.all()}
        self.regio = self.regios["Overijssel-Flevoland"]
        self.mensen = {}
        self.wachtwoord = make_password(WACHTWOORD)  # one hash for all: making it costs on purpose

    def maken(self):
        self._team()
        self._agenda()
        for naam, stap in (
            ("stap1", self._tot_1), ("vraag", self._gevraagd), ("stap2", self._tot_2), ("stap3", self._tot_3),
            ("stap4", self._tot_4), ("stap5", self._tot_5),
            ("stap6", self._tot_6), ("stap7", self._een_mening), ("wacht", self._gestuurd), ("overleg", self._overleg),
            ("verschil", self._verschil),
            ("stap8", self._ingeschakeld), ("gestopt", self._gestopt), ("gecertificeerd", self._gecertificeerd),
            ("ek2", self._ek2),
        ):  # fmt: skip
            stap(self._kandidaat(naam))
        self._reacties(self.sessies["groep"])
        self._coordinatoren()
        self._aanmeldingen()
        self._namens()
