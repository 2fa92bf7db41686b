"""The whole story of one candidate, from letter to scope report, through the pages alone: what people click is what
happens here.
"""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from certificering.models import Conferentie, Registratie
from cursus.handelingen import deelname_plaatsen
from lms.kern.berichten import dagberichten_maken, versturen
from lms.kern.models import Accountmail, Bericht, Gebruiker, Regio, Traject
from selectie.models import Gesprek
from tests.fabrieken import WACHTWOORD, deelname_van
from tests.lezen import leesbaar
from tests.post import code

VANDAAG = timezone.localdate


class Mens:
    """Somebody at a browser: opens pages, fills in forms, reads what comes back."""

    def __init__(self, email=""):
        self.client = Client()
        if email:
            antwoord = self.client.post("/inloggen/", {"login": email, "password": WACHTWOORD})
            assert antwoord.status_code == 302, leesbaar(antwoord)

    def ziet(self, pad, *woorden):
        antwoord = self.client.get(pad, follow=True)
        tekst = leesbaar(antwoord)
        assert antwoord.status_code == 200, (pad, antwoord.status_code)
        for woord in woorden:
            assert woord in tekst, (pad, woord)
        return tekst

    def doet(self, pad, **velden):
        """Open the page, take its one-time ids along, send the form. Fails when the page comes back with errors."""
        pagina = self.client.get(pad)
        verborgen = (
            dict(
                re.findall(
                    r'<input type="hidden" name="(verzoek_id|wijziging|gelezen|gezien)" value="([^"]*)"',
                    leesbaar(pagina),
                )
            )
            if pagina.status_code == 200
            else {}
        )
        antwoord = self.client.post(pad, {**verborgen, **velden})
        fouten = (
            re.findall(r'class="msg-error[^>]*>([^<]+)<', leesbaar(antwoord)) if antwoord.status_code == 200 else []
        )
        assert antwoord.status_code == 302, (pad, antwoord.status_code, fouten)
        return antwoord.url


@pytest.fixture
def verhaal(w):
    """The staff, logged in; groups that were held in the last days so that attendance can be recorded."""
    w.straks = w.groep("informatie", 1, [], over=5, titel="Informatiebijeenkomst Zwolle")
    return w


def _aanmelden():
    bezoeker = Mens()
    bezoeker.ziet("/", "Jij maakt de kring groter")
    gegevens = {
        "voornaam": "Fatima",
        "achternaam": "El Idrissi",
        "email": "fatima@demo.example",
        "telefoon": "06 12345678",
        "woonplaats": "Zwolle",
    }
    assert bezoeker.doet("/aanmelden/", **gegevens, regio=Regio.objects.get(naam="Noord").pk) == "/aanmelden/brief/"
    bezoeker.doet("/aanmelden/brief/", motivatie="Ik wil dit graag.", cv="Ik zorgde vier jaar voor mijn moeder.")
    bezoeker.doet("/aanmelden/onafhankelijk/", onafhankelijk="ja", akkoord="on")
    bezoeker.ziet("/aanmelden/nakijken/", "Fatima", "Ik wil dit graag.")
    bezoeker.doet("/aanmelden/nakijken/")
    mailcode = code()
    assert not Gebruiker.objects.filter(email="fatima@demo.example").exists()
    assert bezoeker.doet("/aanmelden/code/", code=mailcode) == "/mijn/"
    bezoeker.ziet("/mijn/", "Dag Fatima", "Wij lezen je brief en cv.")
    return bezoeker


def _bij_dag(team, uitvoering, traject, nr):
    dag = f"/trainer/groepen/{uitvoering.pk}/dag/{nr}/"
    rij = traject.aanwezigheden.get(bijeenkomst__uitvoering=uitvoering, nr=nr)
    team.ziet(dag, traject.kandidaat.naam)
    team.doet(dag, **{f"rij-{rij.pk}": "ja"})


def test_het_hele_verhaal_van_brief_tot_scope(verhaal, altijd_mail):
    w = verhaal
    fatima = _aanmelden()
    traject = Traject.objects.get(kandidaat__email="fatima@demo.example")
    bureau, marek, joyce, sharda = (Mens(p.email) for p in (w.bureau, w.t1, w.t2, w.rm))

    # 1 the bureau reads the letter and invites
    bureau.ziet("/bureau/", "Fatima El Idrissi", "Lees brief en cv")
    bureau.ziet(f"/bureau/kandidaten/{traject.pk}/aanmelding/", "Ik wil dit graag.")
    bureau.doet(f"/bureau/kandidaten/{traject.pk}/aanmelding/", daad="uitnodigen", tekst="Dag, kom je kennismaken?")

    # 2 she chooses a date; the bureau places her on the one that was held, and records it
    fatima.ziet("/mijn/", "Kies een informatiebijeenkomst")
    fatima.doet("/mijn/bijeenkomst/", uitvoering=w.straks.pk)
    fatima.ziet("/mijn/bijeenkomst/", "Informatiebijeenkomst Zwolle")
    fatima.doet(f"/mijn/afmelden/{deelname_van(traject).pk}/", zeker="on")
    _plaats(w, traject, w.info)
    _bij_dag(bureau, w.info, traject, 1)

    # 3 her own choice
    fatima.ziet("/mijn/", "Kies: doe ik mee?")
    fatima.doet("/mijn/keuze/", keuze="ja")

    # 4 three days, 5 a note
    _plaats(w, traject, w.ek1)
    for nr in (1, 2, 3):
        _bij_dag(marek, w.ek1, traject, nr)
    fatima.ziet("/cursus/ek1/", "Dag 1")
    marek.doet(f"/trainer/kandidaten/{traject.pk}/notitie/", tekst="Je merkt de hulpreflex zelf op.")
    fatima.ziet("/mijn/notities/", "Je merkt de hulpreflex zelf op.")

    # 6 the report, page by page
    _schrijf_verslag(fatima)
    fatima.ziet("/mijn/verslag/nakijken/", "Ja, dit werk past bij mij")
    fatima.doet("/mijn/verslag/nakijken/")
    fatima.ziet("/mijn/besluit/", "Je trainers lezen je verslag")

    # 7 blind views, then different from hers: a conversation, and then together yes
    _meningen(traject, marek, joyce, fatima)
    _gesprek(traject, marek, joyce, fatima)

    # gate and 8 the first conference
    bureau.doet(f"/bureau/kandidaten/{traject.pk}/poort/", daad="vog", afgegeven_op=str(VANDAAG()))
    fatima.doet("/mijn/poort/", bevestig="1")
    sharda.ziet("/regio/", "Fatima El Idrissi")
    _conferentie(traject, sharda, fatima, 1)

    # evaluation: two voices, a conversation, her agreement; then the certificate in one act
    _evaluatie(traject, sharda, fatima)
    nummer = traject.certificaten.get().nummer
    fatima.ziet("/mijn/certificaat/", nummer, "Fatima El Idrissi")
    assert fatima.client.get("/mijn/certificaat/pdf/").content.startswith(b"%PDF")
    Mens().ziet(f"/c/{nummer}/", "echt en geldig", "Fatima El Idrissi")
    sharda.ziet("/regio/register/?naam=idrissi", "Fatima El Idrissi")

    # second conference, EK2, the report on the scope
    _conferentie(traject, sharda, fatima, 2)
    fatima.ziet("/mijn/", "Kies een groep voor EK2")
    _plaats(w, traject, w.ek2)
    for nr in (1, 2, 3):
        _bij_dag(marek, w.ek2, traject, nr)
    fatima.doet("/mijn/verslag-ek2/", herstel="ja", herstel_waarom="Ik deed dit in mijn straat.", groep="nee")
    fatima.doet("/mijn/verslag-ek2/nakijken/")
    bureau.doet(f"/bureau/kandidaten/{traject.pk}/scope/")
    scopes = set(Registratie.objects.get(traject=traject).scopes.filter(tot=None).values_list("soort", flat=True))
    assert scopes == {"familie", "herstel"}
    sharda.ziet("/regio/register/?scope=herstel", "Fatima El Idrissi")

    # every message that is not cancelled goes out, in plain text, without a trainer's word
    assert Accountmail.objects.count() == 0  # kept in the demo only
    dagberichten_maken()
    wacht = Bericht.objects.wachtend().filter(bundelen=False).count()
    mail.outbox.clear()
    assert versturen() == (wacht, 0)
    assert len(mail.outbox) == wacht
    assert list(Bericht.objects.wachtend()) == []
    assert "kanarie" not in "".join(m.subject + m.body for m in mail.outbox)


def _plaats(w, traject, uitvoering):
    """The bureau places by hand: these groups were held already, so nobody can sign up for them any more."""
    deelname_plaatsen(traject, door=w.bureau, uitvoering=uitvoering)


def _schrijf_verslag(fatima):
    pagina, blad = "/mijn/verslag/wie-je-bent/1/", 0
    while pagina != "/mijn/verslag/nakijken/":
        html = fatima.ziet(pagina)
        velden = dict.fromkeys(re.findall(r'name="(k_[OV]\d\d)"', html), "4") | dict.fromkeys(
            re.findall(r'name="(k_P\d\d)"', html), "ja"
        )
        velden |= {"taken_tekst": "Dat zie ik mezelf doen."} if "taken_tekst" in html else {}
        velden |= (
            {"conclusie": "past", "waarom": "Ik vind het mooi dat je niet hoeft te helpen."}
            if 'name="conclusie"' in html
            else {}
        )
        pagina, blad = fatima.doet(pagina, **velden), blad + 1
    assert blad == 9  # three, three and one points; three times three; the tasks; the five facts; the answer


def _meningen(traject, marek, joyce, fatima):
    verslag = traject.verslagen.get()
    for mens, collega in ((marek, "Trainer2"), (joyce, "Trainer1")):
        html = mens.ziet(f"/trainer/verslagen/{verslag.pk}/", "Ik vind het mooi", collega)
        assert "kanarie" not in html  # blind until the own view is given
        url = mens.doet(
            f"/trainer/verslagen/{verslag.pk}/",
            mening="twijfel",
            reactie="kanarie: oefen nog met de groep",
            notitie="kanarie-notitie",
        )
        mens.doet(url)
    for pad in ("/mijn/", "/mijn/besluit/", "/mijn/gebeurd/", "/mijn/verslag/", "/mijn/verslag/versie/1/"):
        assert "kanarie" not in fatima.ziet(pad)
    fatima.ziet("/mijn/besluit/", "We willen graag met je praten over je verslag")


def _gesprek(traject, marek, joyce, fatima):
    gesprek = Gesprek.objects.get(verslag__traject=traject)
    morgen = VANDAAG() + dt.timedelta(days=1)
    marek.doet(f"/trainer/gesprekken/{gesprek.pk}/", dag_1=str(morgen), tijd_1="19:30", plek_1="Telefoon")
    fatima.doet("/mijn/besluit/", moment=gesprek.momenten.get().pk)
    fatima.ziet("/mijn/besluit/", "19.30 uur")
    velden = {
        "gehouden_op": str(VANDAAG()),
        "aanwezigen": "Fatima, Marek, Joyce",
        "afspraken": "Ze oefent met haar buurvrouw.",
        "trainers": "past",
    }
    marek.doet(f"/trainer/gesprekken/{gesprek.pk}/vastleggen/", **velden, nagekeken="ja")
    fatima.ziet("/mijn/besluit/", "Wat zeg jij nu", "kanarie: oefen nog", "Ze oefent met haar buurvrouw.")
    fatima.doet("/mijn/besluit/", keuze="past", opmerking="Ik heb er zin in.")
    assert "Je trainers zeggen nu" not in fatima.ziet("/mijn/besluit/")
    joyce.ziet(f"/trainer/gesprekken/{gesprek.pk}/", "Ik heb er zin in.", "stelt voor")
    joyce.doet(f"/trainer/gesprekken/{gesprek.pk}/klopt/", antwoord="ja")
    fatima.ziet(
        "/mijn/besluit/", "Jij en je trainers zeggen: het past", "kanarie: oefen nog", "Ze oefent met haar buurvrouw."
    )
    assert "kanarie-notitie" not in fatima.ziet("/mijn/besluit/")  # among the trainers


def _conferentie(traject, sharda, fatima, nr):
    sharda.doet(
        f"/regio/kandidaten/{traject.pk}/conferentie/",
        referentie=f"EKC-{nr}",
        variant="familie",
        ingeschakeld_op=str(VANDAAG()),
    )
    conferentie = Conferentie.objects.get(traject=traject, referentie=f"EKC-{nr}")
    fatima.doet(
        f"/mijn/conferenties/{nr}/", wat="vastleggen", uitkomst="met_plan", gehouden_op=str(VANDAAG()), kring="9"
    )
    sharda.doet(f"/regio/conferenties/{conferentie.pk}/", wat="tellen", telt_mee="ja")


def _evaluatie(traject, sharda, fatima):
    conferentie = traject.conferenties.get()
    evaluatie = f"/regio/conferenties/{conferentie.pk}/evaluatie/"
    taken = {f"taak_T{n:02d}": "gedaan" for n in range(1, 12)}
    fatima.doet("/mijn/conferenties/1/", wat="terugblik", tekst="Ik moest op mijn handen zitten.", **taken)
    sharda.doet(evaluatie, wat="stem", tekst="kanarie-regiomanager", **dict.fromkeys(taken, "goed"))
    assert "kanarie-regiomanager" not in fatima.ziet("/mijn/conferenties/1/")
    sharda.doet(
        evaluatie,
        wat="gesprek",
        gesprek_op=str(VANDAAG()),
        voorstel="positief",
        afspraken="Volgende keer eerder uitnodigen.",
    )
    fatima.ziet("/mijn/conferenties/1/", "kanarie-regiomanager")
    fatima.doet("/mijn/conferenties/1/", wat="akkoord", eens="ja")
    sharda.doet(evaluatie, wat="afronden")
