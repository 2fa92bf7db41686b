"""Conferences, the evaluation, EK2 and the coordinators in the register."""

import datetime as dt

from django.utils import timezone

from certificering import handelingen as certificering
from certificering.models import Evaluatie
from lms.kern.handelingen import talen_zetten
from lms.kern.models import Taal
from lms.portaal.demo.tijd import terug


class Praktijk:
    """What comes after the eighth step begins."""

    def _conferentie(self, traject, nummer):
        rij = certificering.conferentie_vragen(
            traject, door=self.rm, referentie=nummer, ingeschakeld_op=timezone.localdate() - dt.timedelta(days=40)
        )
        gehouden = timezone.localdate() - dt.timedelta(days=12)
        certificering.conferentie_vastleggen(
            rij,
            door=traject.kandidaat,
            uitkomst="met_plan",
            gehouden_op=gehouden,
            kring=9,
            kinderen=2,
            beroepskrachten=2,
        )
        certificering.conferentie_tellen(rij, door=self.rm, telt_mee=True)
        terug(traject, 5)

    def _gecertificeerd(self, traject):
        self._samen_ja(traject)
        self._conferentie(traject, "EKC-26-0275")
        evaluatie = Evaluatie.objects.get(conferentie__traject=traject)
        taken = {f"T{nr:02d}": "gedaan" for nr in range(1, 12)}
        certificering.evaluatie_kandidaat(
            evaluatie,
            door=traject.kandidaat,
            taken=taken,
            tekst="Ik moest op mijn handen zitten. Het lukte.",
        )
        certificering.evaluatie_regiomanager(
            evaluatie,
            door=self.rm,
            taken=dict.fromkeys(taken, "goed"),
            tekst="Iedereen was goed voorbereid.",
        )
        gesprek_op = max(timezone.localdate() - dt.timedelta(days=2), evaluatie.conferentie.gehouden_op)
        certificering.evaluatiegesprek_vastleggen(
            evaluatie,
            door=self.rm,
            gesprek_op=gesprek_op,
            voorstel="positief",
            afspraken="Volgende keer eerder beginnen met uitnodigen.",
        )
        certificering.evaluatie_akkoord(evaluatie, door=traject.kandidaat, eens=True)
        certificering.evaluatie_afronden(evaluatie, door=self.rm)
        traject.refresh_from_db()

    def _ek2(self, traject):
        self._gecertificeerd(traject)
        self._conferentie(traject, "EKC-26-0388")
        self._bijgewoond(traject, self.sessies["ek2_was"], self.t1)

    def _coordinatoren(self):
        talen = {t.naam: t for t in Taal.objects.all()}
        lijst = [
            [
                "coordinator",
                *self.gegevens["kandidaten"]["coordinator"],
                "Overijssel-Flevoland",
                ["Nedersaksisch"],
                "ja",
                4,
                ["herstel"],
            ]
        ]
        lijst += [[f"coordinator{nr}", *rij] for nr, rij in enumerate(self.gegevens["coordinatoren"], 1)]
        for naam, voornaam, tussenvoegsel, achternaam, woonplaats, regio, spreekt, beschikbaar, geteld, scopes in lijst:
            mens = self._persoon(naam, voornaam, tussenvoegsel, achternaam, woonplaats)
            uitgegeven = timezone.localdate() - dt.timedelta(days=400 + 30 * geteld)
            traject = certificering.coordinator_importeren(
                door=self.bureau,
                kandidaat=mens,
                regio=self.regios[regio],
                geteld=geteld,
                ek2=bool(scopes),
                scopes=scopes,
                uitgegeven_op=uitgegeven,
            )
            talen_zetten(
                mens, door=mens, talen={talen["Nederlands"]: "vloeiend", **{talen[t]: "moedertaal" for t in spreekt}}
            )
            vanaf = timezone.localdate() + dt.timedelta(days=int(beschikbaar)) if beschikbaar.isdigit() else None
            certificering.beschikbaarheid_zetten(
                traject.registratie, door=mens, beschikbaar="vanaf" if vanaf else beschikbaar, beschikbaar_vanaf=vanaf
            )
