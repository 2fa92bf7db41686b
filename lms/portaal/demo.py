"""The demo: sessions around today and people at every step, made through the acts, then moved back in time so that dates look lived in."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db.models import DateField, DateTimeField, F
from django.utils import timezone

from certificering import handelingen as certificering
from certificering.models import Evaluatie
from cursus import handelingen as cursus
from cursus.models import Doelgroep, Inlevering, LesPagina, Locatie, Soort
from cursus.models.invullen import vragen_van
from lms.kern.handelingen import bijwerken, rol_geven, talen_zetten, traject_stoppen
from lms.kern.handelingen.mensen import groepen_bijwerken
from lms.kern.models import Beurt, Gebruiker, Journaalregel, Regio, Rolvervulling, Taal, Traject
from lms.portaal.inrichten import lees
from selectie import handelingen as selectie
from selectie.models import Aanmelding, Brief, Mening, Verslag

WACHTWOORD = "demo-eigen-kracht"
DOMEIN = "demo.example"
BRIEF = (
    "In mijn straat regelden we altijd alles samen. Toen mijn moeder ziek werd, zaten we met zijn negenen aan tafel. "
    "Iedereen deed wat hij kon. Dat gun ik andere mensen ook. Ik wil graag leren hoe ik dat voor elkaar krijg, zonder het over te nemen."
)
CV = "2009-2021 verzorgende in de thuiszorg (gestopt).\n2015-nu vrijwilliger bij het buurthuis.\nIk voedde drie kinderen op en zorgde vier jaar voor mijn moeder."
WAAROM = "Ik vind het mooi dat je niet hoeft te helpen. In mijn familie regelden we ook alles aan tafel, met eten erbij. Ik wil nog oefenen met voor een groep staan."
ANTWOORDEN = {
    "O01": ("4", ""), "O02": ("4", "Ik zorgde vier jaar voor mijn moeder. Ik leerde vragen om hulp."), "O03": ("3", ""), "O05": ("3", ""), "O06": ("3", ""), "O07": ("2", ""),
    "O04": ("3", "Ik heb acht maanden gebeld om een plek te krijgen op een school voor mijn zoon. Ik gaf niet op."),
    "V03": ("4", "Bij de koffie in de buurtkamer liet ik iedereen uitpraten. Ik vroeg door. Zo hoorde ik iets nieuws van iemand die ik al jaren ken."),
    "V04": ("3", ""),
}  # fmt: skip
REST = {
    "V08": ("2", "Op dag 3 stond ik te trillen. Maar na vijf minuten ging het."),
    "V01": ("3", ""),
    "V05": ("3", ""),
    "P01": ("nog_niet", ""),
    "P02": ("ja", ""),
    "P05": ("ja", ""),
}


class Demo:
    """Builds the whole demo in one go; `maken` is called inside a transaction."""

    def __init__(self):
        self.gegevens = lees("demo")
        self.regios = {r.naam: r for r in Regio.objects.all()}
        self.regio = self.regios["Overijssel-Flevoland"]
        self.mensen = {}

    def maken(self):
        self._team()
        self._agenda()
        for naam, stap in (
            ("stap1", self._tot_1), ("vraag", self._gevraagd), ("stap2", self._tot_2), ("stap3", self._tot_3), ("stap4", self._tot_4), ("stap5", self._tot_5),
            ("stap6", self._tot_6), ("stap7", self._een_mening), ("wacht", self._gestuurd), ("overleg", self._overleg), ("verschil", self._verschil),
            ("stap8", self._ingeschakeld), ("gestopt", self._gestopt), ("gecertificeerd", self._gecertificeerd), ("ek2", self._ek2),
        ):  # fmt: skip
            stap(self._kandidaat(naam))
        self._coordinatoren()
        self._aanmeldingen()
        self._namens()

    # --- people -------------------------------------------------------------------------------------------------------

    def _persoon(self, naam, voornaam, tussenvoegsel, achternaam, woonplaats=""):
        velden = {"voornaam": voornaam, "tussenvoegsel": tussenvoegsel, "achternaam": achternaam, "woonplaats": woonplaats}
        gebruiker = Gebruiker(email=f"{naam}@{DOMEIN}", telefoon="06 - 12 34 56 78", **velden)
        gebruiker.set_password(WACHTWOORD)
        gebruiker.save()
        EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
        self.mensen[naam] = gebruiker
        return gebruiker

    def _team(self):
        beheer = Gebruiker.objects.create_superuser(f"beheer@{DOMEIN}", WACHTWOORD, voornaam="Bea", achternaam="Heerma")
        EmailAddress.objects.create(user=beheer, email=beheer.email, verified=True, primary=True)
        rijen = sorted(self.gegevens["team"], key=lambda rij: rij[4] != "bureau")  # the bureau first: it gives the others their role
        for naam, voornaam, tussenvoegsel, achternaam, rol, regio in rijen:
            persoon = self._persoon(naam, voornaam, tussenvoegsel, achternaam)
            if rol == "bureau":
                Rolvervulling.objects.create(gebruiker=persoon, rol=rol)
                groepen_bijwerken(persoon)
            else:
                rol_geven(persoon, door=self.mensen["bureau"], rol=rol, regio=self.regios.get(regio))
        Rolvervulling.objects.update(van=timezone.localdate() - dt.timedelta(days=400))
        self.mensen = {naam: Gebruiker.objects.get(pk=persoon.pk) for naam, persoon in self.mensen.items()}
        self.bureau, self.t1, self.t2, self.t3, self.rm = (
            self.mensen[n] for n in ("bureau", "trainer1", "trainer2", "trainer3", "regiomanager")
        )

    # --- sessions -----------------------------------------------------------------------------------------------------

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

    def _agenda(self):
        avond = {"begin": (19, 30), "eind": (21, 30)}
        zoeken = "vooral mensen uit Noord, en mensen die Tigrinya, Arabisch of Papiaments spreken. Mannen ook van harte welkom."
        self.info_was = self._plan(
            Soort.INFORMATIE, "Informatiebijeenkomst Zwolle", "Zwolle", [-45], capaciteit=20, regio=self.regio, **avond
        )
        self.info = self._plan(
            Soort.INFORMATIE,
            "Informatiebijeenkomst Zwolle",
            "Zwolle",
            [16],
            capaciteit=16,
            regio=self.regio,
            wie_zoeken_we="mannen, en mensen die Arabisch of Tigrinya spreken",
            **avond,
        )
        self._plan(
            Soort.INFORMATIE,
            "Informatiebijeenkomst online",
            "Online",
            [23],
            capaciteit=25,
            wie_zoeken_we="mensen in Zeeland en West-Brabant",
            **avond,
        )
        self._plan(
            Soort.INFORMATIE,
            "Informatiebijeenkomst Rotterdam",
            "Rotterdam",
            [30],
            capaciteit=2,
            regio=self.regios["Haaglanden-Rijnmond"],
            begin=(10, 0),
            eind=(12, 0),
        )
        self.groep = self._plan(Soort.EK1, "EK1 Zwolle", "Zwolle", [-28, -21, -14], trainers=[self.t1, self.t2], regio=self.regio)
        self.groep_nu = self._plan(
            Soort.EK1, "EK1 Utrecht", "Utrecht", [-7, 0, 7], trainers=[self.t1, self.t2], regio=self.regios["Utrecht"]
        )
        self.groep_ander = self._plan(
            Soort.EK1, "EK1 Rotterdam", "Rotterdam", [-35, -28, -21], trainers=[self.t3, self.t2], regio=self.regios["Haaglanden-Rijnmond"]
        )
        self._plan(
            Soort.EK1,
            "EK1 voorjaar Utrecht",
            "Utrecht",
            [60, 67, 74],
            trainers=[self.t1, self.t2],
            wie_zoeken_we=zoeken,
            regio=self.regios["Utrecht"],
        )
        self._plan(
            Soort.EK1,
            "EK1 najaar Den Bosch",
            "'s-Hertogenbosch",
            [250, 257, 264],
            trainers=[self.t3, self.t2],
            regio=self.regios["Oost-Brabant en Limburg"],
        )
        self.ek2_was = self._plan(
            Soort.EK2, "EK2 Amersfoort", "Amersfoort", [-50, -43, -36], trainers=[self.t1, self.t3], regio=self.regios["Utrecht"]
        )
        self._plan(
            Soort.EK2, "EK2 Amersfoort, voorjaar", "Amersfoort", [80, 87, 94], trainers=[self.t1, self.t3], regio=self.regios["Utrecht"]
        )
        self.studiedag = self._plan(
            Soort.STUDIEDAG, "Landelijke studiedag", "Utrecht", [45], capaciteit=20, voor_wie=Doelgroep.COORDINATOREN
        )
        self.workshop = self._plan(
            Soort.WORKSHOP, "Online workshop: vragen die openen", "Online", [20], capaciteit=3, minimum=2, begin=(19, 30), eind=(21, 0)
        )
        self.regiodag = self._plan(
            Soort.REGIOBIJEENKOMST,
            "Regiobijeenkomst Overijssel-Flevoland",
            "Zwolle",
            [38],
            capaciteit=20,
            regio=self.regio,
            regios=[self.regio],
            **avond,
        )
        self.terugkomdag = self._plan(
            Soort.TERUGKOMDAG,
            "Terugkomdag voor wie wacht op een eerste conferentie",
            "Amersfoort",
            [52],
            capaciteit=15,
            voor_wie=Doelgroep.WACHT,
        )

    def _aanmeldingen(self):
        """People at the agenda items, one of them on a waiting list; and what somebody shares for the training of today."""
        komt = {
            self.workshop: ("stap5", "gecertificeerd", "trainer2", "stap6"),
            self.studiedag: ("coordinator", "gecertificeerd", "ek2"),
            self.regiodag: ("stap4", "stap7", "coordinator"),
            self.terugkomdag: ("stap8",),
        }
        for punt, namen in komt.items():
            for naam in namen:
                cursus.agendaplek_vragen(self.mensen[naam], door=self.mensen[naam], uitvoering=punt)
        cursus.agendaplek_afmelden(self.mensen["ek2"], door=self.mensen["ek2"], uitvoering=self.studiedag)
        wie = self.mensen["stap4"]
        traject = Traject.objects.get(kandidaat=wie)
        cursus.trainingswens_bewaren(
            traject, door=wie, soort=Soort.EK1, talen="Nederlands, Tigrinya", wensen="Ik lees de lessen graag van papier."
        )
        cursus.trainingszorg_bewaren(
            traject, door=wie, soort=Soort.EK1, dieet="Vegetarisch", dieet_mag=True, toegang="Een plek vooraan", toegang_mag=True
        )

    # --- the path -----------------------------------------------------------------------------------------------------

    def _kandidaat(self, naam):
        gebruiker = self._persoon(naam, *self.gegevens["kandidaten"][naam])
        traject = Traject.objects.create(kandidaat=gebruiker, regio=self.regio)
        aanmelding = Aanmelding.objects.create(traject=traject, onafhankelijk=True)
        Brief.objects.create(aanmelding=aanmelding, motivatie=BRIEF, cv=CV)
        Journaalregel.objects.create(
            traject=traject, over=gebruiker, handeling="aanmelding_indienen", door=gebruiker, als="kandidaat", naar=1
        )
        bijwerken(traject)
        return traject

    def _tot_1(self, traject):
        terug(traject, 3)

    def _gevraagd(self, traject):
        """The bureau asked something about the letter; the candidate is at turn."""
        terug(traject, 2)
        brief = selectie.brief_tekst(traject, "vragen", door=self.bureau)
        vraag = "Je schreef dat je twee jaar in een buurthuis werkte. Wil je vertellen wat je daar deed?"
        selectie.aanvulling_vragen(traject, door=self.bureau, tekst=brief.replace("{vraag}", vraag))

    def _namens(self):
        """An application that came by post and mail, typed by the bureau: waits for the person to confirm."""
        gegevens = {
            "voornaam": "Nel", "tussenvoegsel": "", "achternaam": "Vossen", "email": f"nel@{DOMEIN}", "telefoon": "038 - 123 45 67",
            "woonplaats": "Zwolle", "regio": self.regio.pk, "motivatie": BRIEF, "cv": CV, "onafhankelijk": "ja", "toelichting": "",
        }  # fmt: skip
        concept, _ = selectie.namens_beginnen(door=self.bureau, gegevens=gegevens)
        selectie.namens_sturen(concept, door=self.bureau)

    def _tot_2(self, traject, dagen=5):
        terug(traject, 8)
        selectie.aanmelding_beantwoorden(traject, door=self.bureau, antwoord="uitnodigen")
        terug(traject, dagen)

    def _bijgewoond(self, traject, uitvoering, door, dagen=None):
        cursus.deelname_plaatsen(traject, door=self.bureau, uitvoering=uitvoering)
        for bijeenkomst in uitvoering.bijeenkomsten.order_by("nr")[:dagen]:
            cursus.aanwezigheid_vastleggen(traject, door=door, bijeenkomst=bijeenkomst, resultaat="ja")

    def _tot_3(self, traject, dagen=4):
        self._tot_2(traject, dagen=45)
        self._bijgewoond(traject, self.info_was, self.bureau)
        terug(traject, dagen)

    def _gekozen(self, traject):
        self._tot_3(traject)
        selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="ja")
        terug(traject, 10)

    def _tot_4(self, traject):
        self._gekozen(traject)
        self._bijgewoond(traject, self.groep_nu, self.t1, dagen=1)
        self._lessen(traject, klaar=3)
        self._ingeleverd(
            traject,
            "Mijn kring: mijn zus, twee buren, de buurvrouw van vroeger en mijn oude trainer van het voetbal. Die laatste had ik zonder deze opdracht niet genoemd.",
        )
        schuif(Inlevering, {"traject": traject.pk}, 2)

    def _lessen(self, traject, klaar):
        """Read a few lessons of EK1, with an answer that is shared and a note that is not."""
        lessen = list(LesPagina.objects.live().filter(thuis=False).order_by("path")[:klaar])
        for les in lessen:
            cursus.les_afronden(traject.kandidaat, door=traject.kandidaat, les=les)
        vragen = [blok for blok, (soort, _) in vragen_van(lessen[1]).items() if soort == "nadenkvraag"]
        teksten = {
            vragen[0]: "Dat de kring zelf aan tafel zit zonder mij. Dat vind ik het mooiste én het spannendste moment.",
            "": "Vragen aan Marek: hoe lang duurt de besloten tijd meestal?",
        }
        cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=lessen[1], teksten=teksten)
        notitie = traject.lesnotities.get(vraag=vragen[0])
        cursus.notitie_delen(traject, door=traject.kandidaat, notitie=notitie.pk)
        eigen = {"": "Ik merkte dat ik meteen oplossingen ga noemen. Volgende keer eerst stil zijn en dan een open vraag."}
        cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=lessen[2], teksten=eigen)

    def _ingeleverd(self, traject, tekst):
        """A home assignment that waits for an answer."""
        thuis = LesPagina.objects.live().filter(thuis=True).order_by("path").first()
        return cursus.opdracht_inleveren(traject, door=traject.kandidaat, les=thuis, tekst=tekst)

    def _tot_5(self, traject, groep=None, dagen=2):
        self._gekozen(traject)
        groep = groep or self.groep
        self._bijgewoond(traject, groep, groep.trainerschappen.order_by("pk").first().trainer)
        terug(traject, dagen)

    def _notitie(self, traject):
        self._tot_5(traject)
        selectie.uitzoeken_noteren(traject, door=self.t2, tekst="We praatten over de hulpreflex. Je merkt hem zelf op. Mooi.")
        terug(traject, 3)

    def _tot_6(self, traject):
        self._notitie(traject)
        self._lessen(traject, klaar=4)
        rij = self._ingeleverd(
            traject, "Ik tekende mijn kring op een groot vel. Er staan veertien mensen op. Mijn broer staat verder weg dan ik dacht."
        )
        antwoord = "Wat een rijke kring. Mooi dat je ziet wie verder weg staat. Wie zou jou helpen om je broer te vragen?"
        cursus.opdracht_beantwoorden(traject, door=self.t1, inlevering=rij.pk, antwoord=antwoord)
        schuif(Inlevering, {"traject": traject.pk}, 9)
        selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden=ANTWOORDEN)

    def _gestuurd(self, traject, conclusie="past", dagen=3):
        self._notitie(traject)
        velden = {"conclusie": conclusie, "waarom": WAAROM, "taken_tekst": "Ja. Het eerste deel leiden vind ik nog spannend."}
        selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden={**ANTWOORDEN, **REST}, velden=velden)
        selectie.verslag_sturen(traject, door=traject.kandidaat)
        terug(traject, dagen)

    def _mening(self, traject, trainer, mening, reactie):
        selectie.mening_geven(traject, door=trainer, mening=mening, reactie=reactie, notitie="", punten={"V08": reactie})

    def _een_mening(self, traject):
        self._gestuurd(traject, dagen=6)
        self._mening(traject, self.t2, "past", "Dag Radjesh, wat een eerlijk verslag. We zagen hoe je groeide op dag 3.")

    def _overleg(self, traject):
        self._gestuurd(traject, dagen=9)
        self._mening(traject, self.t1, "past", "Wat een mooi verslag. Ik zie je dit doen.")
        self._mening(traject, self.t2, "twijfel", "Ik zou graag nog eens met je praten over onafhankelijk zijn.")

    def _verschil(self, traject):
        self._gestuurd(traject, dagen=8)
        for trainer in (self.t1, self.t2):
            self._mening(traject, trainer, "past_niet", "Zandloper: we denken dat je eerst nog een dag kunt meelopen.")

    def _samen_ja(self, traject):
        self._gestuurd(traject)
        for trainer in (self.t1, self.t2):
            self._mening(traject, trainer, "past", "Wij denken ook dat het past. Veel plezier met je eerste conferentie.")
        terug(traject, 8)
        selectie.vog_vastleggen(traject, door=self.bureau, afgegeven_op=timezone.localdate() - dt.timedelta(days=20))
        selectie.onafhankelijk_bevestigen(traject, door=traject.kandidaat)
        terug(traject, 4)

    def _ingeschakeld(self, traject):
        self._samen_ja(traject)
        certificering.conferentie_vragen(traject, door=self.rm, referentie="EKC-26-0412")

    def _gestopt(self, traject):
        self._tot_3(traject)
        traject_stoppen(traject, door=traject.kandidaat)

    def _conferentie(self, traject, nummer):
        rij = certificering.conferentie_vragen(
            traject, door=self.rm, referentie=nummer, ingeschakeld_op=timezone.localdate() - dt.timedelta(days=40)
        )
        gehouden = timezone.localdate() - dt.timedelta(days=12)
        certificering.conferentie_vastleggen(
            traject,
            door=traject.kandidaat,
            conferentie=rij,
            uitkomst="met_plan",
            gehouden_op=gehouden,
            kring=9,
            kinderen=2,
            beroepskrachten=2,
        )
        certificering.conferentie_tellen(traject, door=self.rm, conferentie=rij, telt_mee=True)
        terug(traject, 5)

    def _gecertificeerd(self, traject):
        self._samen_ja(traject)
        self._conferentie(traject, "EKC-26-0275")
        evaluatie = Evaluatie.objects.get(conferentie__traject=traject)
        taken = {f"T{nr:02d}": "gedaan" for nr in range(1, 12)}
        certificering.evaluatie_kandidaat(traject, door=traject.kandidaat, taken=taken, tekst="Ik moest op mijn handen zitten. Het lukte.")
        certificering.evaluatie_regiomanager(
            traject, door=self.rm, taken=dict.fromkeys(taken, "goed"), tekst="Iedereen was goed voorbereid."
        )
        gesprek_op = max(timezone.localdate() - dt.timedelta(days=2), evaluatie.conferentie.gehouden_op)
        certificering.evaluatiegesprek_vastleggen(
            traject, door=self.rm, gesprek_op=gesprek_op, voorstel="positief", afspraken="Volgende keer eerder beginnen met uitnodigen."
        )
        certificering.evaluatie_akkoord(traject, door=traject.kandidaat, eens=True)
        certificering.evaluatie_afronden(traject, door=self.rm)
        traject.refresh_from_db()

    def _ek2(self, traject):
        self._gecertificeerd(traject)
        self._conferentie(traject, "EKC-26-0388")
        self._bijgewoond(traject, self.ek2_was, self.t1)

    # --- the register -------------------------------------------------------------------------------------------------

    def _coordinatoren(self):
        talen = {t.naam: t for t in Taal.objects.all()}
        lijst = [
            ["coordinator", *self.gegevens["kandidaten"]["coordinator"], "Overijssel-Flevoland", ["Nedersaksisch"], "ja", 4, ["herstel"]]
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
            talen_zetten(mens, door=mens, talen={talen["Nederlands"]: "vloeiend", **{talen[t]: "moedertaal" for t in spreekt}})
            vanaf = timezone.localdate() + dt.timedelta(days=int(beschikbaar)) if beschikbaar.isdigit() else None
            certificering.beschikbaarheid_zetten(traject, door=mens, beschikbaar="vanaf" if vanaf else beschikbaar, beschikbaar_vanaf=vanaf)


def _velden(model):
    """The moments and promised dates of a model that move back with its traject; dates on paper stay."""
    vast = {
        "gehouden_op",
        "afgegeven_op",
        "terug_op",
        "ingeschakeld_op",
        "nazorg_vanaf",
        "nazorg_op",
        "gesprek_op",
        "vanaf",
        "afgesloten_op",
    }
    return [v.name for v in model._meta.concrete_fields if isinstance(v, DateField | DateTimeField) and v.name not in vast]


def terug(traject, dagen):
    """Move everything of this traject that has happened `dagen` back in time. Demo data only; never used elsewhere."""
    for model, pad in (
        (Journaalregel, "traject"),
        (Beurt, "traject"),
        (Aanmelding, "traject"),
        (Verslag, "traject"),
        (Mening, "verslag__traject"),
        (Traject, "pk"),
    ):
        schuif(model, {pad: traject.pk}, dagen)
    for naam in ("deelnamebesluiten", "uitzoeknotities", "poortpunten"):
        schuif(getattr(traject, naam).model, {"traject": traject.pk}, dagen)
    traject.refresh_from_db()


def schuif(model, waar, dagen):
    velden = {veld: F(veld) - dt.timedelta(days=dagen) for veld in _velden(model)}
    if velden:
        model._base_manager.filter(**waar).update(**velden)
