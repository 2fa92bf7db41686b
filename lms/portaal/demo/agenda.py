"""The sessions, groups and agenda items of the demo, with their days counted from today."""

import datetime as dt

from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Doelgroep, Locatie, Soort
from lms.kern.models import Traject

AVOND = {"begin": (19, 30), "eind": (21, 30)}
NOORD, UTRECHT, ZUIDWEST, ZUIDOOST = (
    "Overijssel-Flevoland", "Utrecht", "Haaglanden-Rijnmond", "Oost-Brabant en Limburg"
)  # fmt: skip
ZOEKEN = "vooral mensen uit Noord, en mensen die Tigrinya, Arabisch of Papiaments spreken. Mannen ook van harte welkom."
# name for later ("" when nothing else asks for it), kind, title, place, days from today, trainers, region, the rest
SESSIES = (
    ("info_was", Soort.INFORMATIE, "Informatiebijeenkomst Zwolle", "Zwolle", [-45], "", NOORD,
     {"capaciteit": 20, **AVOND}),
    ("info", Soort.INFORMATIE, "Informatiebijeenkomst Zwolle", "Zwolle", [16], "", NOORD,
     {"capaciteit": 16, "wie_zoeken_we": "mannen, en mensen die Arabisch of Tigrinya spreken", **AVOND}),
    ("", Soort.INFORMATIE, "Informatiebijeenkomst online", "Online", [23], "", None,
     {"capaciteit": 25, "wie_zoeken_we": "mensen in Zeeland en West-Brabant", **AVOND}),
    ("", Soort.INFORMATIE, "Informatiebijeenkomst Rotterdam", "Rotterdam", [30], "", ZUIDWEST,
     {"capaciteit": 2, "begin": (10, 0), "eind": (12, 0)}),
    ("groep", Soort.EK1, "EK1 Zwolle", "Zwolle", [-28, -21, -14], "12", NOORD, {}),
    ("groep_nu", Soort.EK1, "EK1 Utrecht", "Utrecht", [-7, 0, 7], "12", UTRECHT, {}),
    ("groep_ander", Soort.EK1, "EK1 Rotterdam", "Rotterdam", [-35, -28, -21], "32", ZUIDWEST, {}),
    ("", Soort.EK1, "EK1 voorjaar Utrecht", "Utrecht", [60, 67, 74], "12", UTRECHT, {"wie_zoeken_we": ZOEKEN}),
    ("", Soort.EK1, "EK1 najaar Den Bosch", "'s-Hertogenbosch", [250, 257, 264], "32", ZUIDOOST, {}),
    ("ek2_was", Soort.EK2, "EK2 Amersfoort", "Amersfoort", [-50, -43, -36], "13", UTRECHT, {}),
    ("", Soort.EK2, "EK2 Amersfoort, voorjaar", "Amersfoort", [80, 87, 94], "13", UTRECHT, {}),
    ("studiedag", Soort.STUDIEDAG, "Landelijke studiedag", "Utrecht", [45], "", None,
     {"capaciteit": 20, "voor_wie": Doelgroep.COORDINATOREN}),
    ("workshop", Soort.WORKSHOP, "Online workshop: vragen die openen", "Online", [20], "", None,
     {"capaciteit": 3, "minimum": 2, "begin": (19, 30), "eind": (21, 0)}),
    ("regiodag", Soort.REGIOBIJEENKOMST, "Regiobijeenkomst Overijssel-Flevoland", "Zwolle", [38], "", NOORD,
     {"capaciteit": 20, "alleen_regio": True, **AVOND}),
    ("terugkomdag", Soort.TERUGKOMDAG, "Terugkomdag voor wie wacht op een eerste conferentie", "Amersfoort", [52], "",
     None, {"capaciteit": 15, "voor_wie": Doelgroep.WACHT}),
)  # fmt: skip


class Agenda:
    """Plans the sessions, and lets some people sign up."""

    def _agenda(self):
        self.sessies = {}
        for naam, soort, titel, plaats, dagen, trainers, regio, velden in SESSIES:
            velden = {**velden, "regio": self.regios.get(regio)}
            if velden.pop("alleen_regio", False):
                velden["regios"] = [velden["regio"]]
            wie = [self.mensen[f"trainer{nr}"] for nr in trainers]
            sessie = self._plan(soort, titel, plaats, dagen, trainers=wie, **velden)
            if naam:
                self.sessies[naam] = sessie

    def _plan(self, soort, titel, plaats, dagen, *, trainers=(), begin=(9, 30), eind=(16, 30), **velden):
        """A session or group whose days are counted from today."""
        vandaag = timezone.localdate()

        def moment(dag, uur):
            return timezone.make_aware(dt.datetime.combine(vandaag + dt.timedelta(days=dag), dt.time(*uur)))

        locatie = Locatie.objects.get(plaats=plaats)
        paren = [(moment(dag, begin), moment(dag, eind)) for dag in dagen]
        velden.setdefault("minimum", min(6, velden.get("capaciteit", 6)))
        return cursus.uitvoering_maken(
            door=self.bureau, dagen=paren, trainers=trainers, soort=soort, titel=titel, locatie=locatie, **velden
        )

    def _aanmeldingen(self):
        """People at the agenda items, one of them on a waiting list; and what somebody shares for the training of
        today.
        """
        komt = {
            self.sessies["workshop"]: ("stap5", "gecertificeerd", "trainer2", "stap6"),
            self.sessies["studiedag"]: ("coordinator", "gecertificeerd", "ek2"),
            self.sessies["regiodag"]: ("stap4", "stap7", "coordinator"),
            self.sessies["terugkomdag"]: ("stap8",),
        }
        for punt, namen in komt.items():
            for naam in namen:
                cursus.agendaplek_vragen(self.mensen[naam], door=self.mensen[naam], uitvoering=punt)
        plek = self.sessies["studiedag"].agendaplekken.nu().get(gebruiker=self.mensen["ek2"])
        cursus.agendaplek_afmelden(plek, door=self.mensen["ek2"])
        wie = self.mensen["stap4"]
        traject = Traject.objects.get(kandidaat=wie)
        cursus.trainingswens_bewaren(
            traject,
            door=wie,
            soort=Soort.EK1,
            talen="Nederlands, Tigrinya",
            wensen="Ik lees de lessen graag van papier.",
        )
        cursus.trainingszorg_bewaren(
            traject,
            door=wie,
            soort=Soort.EK1,
            dieet="Vegetarisch",
            dieet_mag=True,
            toegang="Een plek vooraan",
            toegang_mag=True,
        )
