"""Candidates at every step, from letter to the decision together."""

import datetime as dt

from django.utils import timezone

from certificering import handelingen as certificering
from cursus import handelingen as cursus
from cursus.models import CursusPagina, Inlevering, LesPagina
from cursus.models.invullen import vragen_van
from lms.kern.handelingen import traject_stoppen
from lms.kern.models import Journaalregel, Traject
from lms.kern.pad.afleiding import bijwerken
from lms.portaal.demo.teksten import ANTWOORDEN, BRIEF, CV, DOMEIN, REACTIES, REST, WAAROM
from lms.portaal.demo.tijd import schuif, terug
from selectie import handelingen as selectie
from selectie.models import Aanmelding, Brief, Mening


class Pad:
    """Each method leads somebody a step further than the one before."""

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
        selectie.aanvulling_vragen(traject.aanmelding, door=self.bureau, tekst=brief.replace("{vraag}", vraag))

    def _namens(self):
        """An application that came by post and mail, typed by the bureau: waits for the person to confirm."""
        gegevens = {
            "voornaam": "Nel", "tussenvoegsel": "", "achternaam": "Vossen", "email": f"nel@{DOMEIN}",
            "telefoon": "038 - 123 45 67",
            "woonplaats": "Zwolle", "regio": self.regio.pk, "motivatie": BRIEF, "cv": CV, "onafhankelijk": "ja",
            "toelichting": "",
        }  # fmt: skip
        concept = selectie.namens_beginnen(door=self.bureau)
        selectie.namens_bewaren(concept, door=self.bureau, gegevens=gegevens)
        selectie.namens_sturen(concept, door=self.bureau)

    def _tot_2(self, traject, dagen=5):
        terug(traject, 8)
        selectie.aanmelding_beantwoorden(traject.aanmelding, door=self.bureau, antwoord="uitnodigen")
        terug(traject, dagen)

    def _bijgewoond(self, traject, uitvoering, door, dagen=None):
        cursus.deelname_plaatsen(traject, door=self.bureau, uitvoering=uitvoering)
        for bijeenkomst in uitvoering.bijeenkomsten.order_by("nr")[:dagen]:
            dag = traject.aanwezigheden.get(bijeenkomst=bijeenkomst)
            cursus.aanwezigheid_vastleggen(dag, door=door, resultaat="ja")

    def _tot_3(self, traject, dagen=4):
        self._tot_2(traject, dagen=45)
        self._bijgewoond(traject, self.sessies["info_was"], self.bureau)
        terug(traject, dagen)

    def _gekozen(self, traject):
        self._tot_3(traject)
        selectie.deelname_besluiten(traject, door=traject.kandidaat, keuze="ja")
        terug(traject, 10)

    def _tot_4(self, traject):
        self._gekozen(traject)
        self._bijgewoond(traject, self.sessies["groep_nu"], self.t1, dagen=1)
        self._lessen(traject, klaar=3)
        self._ingeleverd(
            traject,
            "Mijn kring: mijn zus, twee buren, de buurvrouw van vroeger en mijn oude trainer van het voetbal. "
            "Die laatste had ik zonder deze opdracht niet genoemd.",
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
        cursus.notitie_delen(notitie, door=traject.kandidaat)
        eigen = {
            "": "Ik merkte dat ik meteen oplossingen ga noemen. Volgende keer eerst stil zijn en dan een open vraag."
        }
        cursus.lesnotities_bewaren(traject, door=traject.kandidaat, les=lessen[2], teksten=eigen)

    def _ingeleverd(self, traject, tekst):
        """A home assignment that waits for an answer."""
        thuis = LesPagina.objects.live().filter(thuis=True).order_by("path").first()
        return cursus.opdracht_inleveren(traject, door=traject.kandidaat, les=thuis, tekst=tekst)

    def _tot_5(self, traject, groep=None, dagen=2):
        self._gekozen(traject)
        groep = groep or self.sessies["groep"]
        self._bijgewoond(traject, groep, groep.trainerschappen.order_by("pk").first().trainer)
        terug(traject, dagen)

    def _reacties(self, groep):
        """What five people of a group that is over said of the training; who can still say it, is stap5."""
        plekken = groep.deelnames.nu().exclude(traject__kandidaat__email__startswith="stap5@")
        vragen = [blok.value for blok in CursusPagina.objects.get(soort=groep.soort).vragen]
        for plek, teksten in zip(plekken.select_related("traject__kandidaat"), REACTIES, strict=False):
            antwoorden = list(zip(vragen, teksten, strict=False))
            cursus.training_beantwoorden(plek, door=plek.traject.kandidaat, antwoorden=antwoorden)

    def _notitie(self, traject):
        self._tot_5(traject)
        selectie.uitzoeken_noteren(
            traject, door=self.t2, tekst="We praatten over de hulpreflex. Je merkt hem zelf op. Mooi."
        )
        terug(traject, 3)

    def _tot_6(self, traject):
        self._notitie(traject)
        self._lessen(traject, klaar=4)
        rij = self._ingeleverd(
            traject,
            "Ik tekende mijn kring op een groot vel. Er staan veertien mensen op. Mijn broer staat verder weg "
            "dan ik dacht.",
        )
        antwoord = (
            "Wat een rijke kring. Mooi dat je ziet wie verder weg staat. Wie zou jou helpen om je broer te vragen?"
        )
        cursus.opdracht_beantwoorden(rij, door=self.t1, antwoord=antwoord)
        schuif(Inlevering, {"traject": traject.pk}, 9)
        selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden=ANTWOORDEN)

    def _gestuurd(self, traject, conclusie="past", dagen=3):
        self._notitie(traject)
        velden = {
            "conclusie": conclusie,
            "waarom": WAAROM,
            "taken_tekst": "Ja. Het eerste deel leiden vind ik nog spannend.",
        }
        selectie.verslag_bewaren(traject, door=traject.kandidaat, antwoorden={**ANTWOORDEN, **REST}, velden=velden)
        selectie.verslag_sturen(traject.verslagen.get(), door=traject.kandidaat)
        terug(traject, dagen)

    def _mening(self, traject, trainer, mening, reactie):
        gevraagd = Mening.objects.get(verslag__traject=traject, trainer=trainer)
        selectie.mening_geven(gevraagd, door=trainer, mening=mening, reactie=reactie, punten={"V08": reactie})

    def _een_mening(self, traject):
        self._gestuurd(traject, dagen=6)
        self._mening(
            traject, self.t2, "past", "Dag Radjesh, wat een eerlijk verslag. We zagen hoe je groeide op dag 3."
        )

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
            self._mening(
                traject, trainer, "past", "Wij denken ook dat het past. Veel plezier met je eerste conferentie."
            )
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
