"""What stands in people's diaries by our mails is what the database says, for two readers, after every step."""

import datetime as dt
import random
from contextlib import suppress

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursus import handelingen as cursus
from cursus.models import Locatie
from lms.kern.berichten import komende_afspraken, opmaken, versturen
from lms.kern.handelingen import traject_hervatten, traject_stoppen
from lms.kern.models import Agendaregel, Bericht
from selectie import handelingen as selectie
from tests.agendas import Agendas, afspraak_in, hoort_te_staan, met_bibliotheek
from tests.fabrieken import Wereld, besluit_van, deelname_van, gesprek_van, persoon
from tests.post import Postkantoor


@pytest.fixture
def w(altijd_mail):
    return Wereld()


@pytest.fixture
def agendas():
    return Agendas()


@pytest.fixture
def anna(w, agendas):
    """Somebody who may choose EK1; all mail of before went out."""
    traject = w.traject(3, naam="anna")
    agendas.bezorgen()
    return traject


def plaats(traject, groep):
    return cursus.deelname_aanvragen(traject, door=traject.kandidaat, uitvoering=groep)


def dagen_van(groep):
    return [(b.begint_om, b.eindigt_om) for b in groep.bijeenkomsten.order_by("nr")]


def wijzig(w, groep, **velden):
    groep.refresh_from_db()
    trainers = list(groep.trainerschappen.nu().values_list("trainer", flat=True))
    velden = {"dagen": dagen_van(groep), "trainers": [t for t in (w.t1, w.t2, w.t3) if t.pk in trainers]} | velden
    cursus.uitvoering_wijzigen(groep, door=w.bureau, **velden)


def aan(mens, bezorgd):
    """[(subject, method)] of what this person got."""
    return [(onderwerp, methode) for adres, onderwerp, methode in bezorgd if adres == mens.email]


def nummers(mens):
    return list(Agendaregel.objects.filter(persoon=mens).order_by("begint_om").values_list("volgnummer", flat=True))


def test_een_plek_in_een_groep_noemt_alle_dagen_en_elke_dag_is_een_mail(w, agendas, anna):
    groep = w.groep("EK1", 3, [w.t1], over=20, titel="EK1 Zwolle")
    plaats(anna, groep)
    bezorgd = [brief for brief in aan(anna.kandidaat, agendas.bezorgen()) if not brief[0].startswith("Volg de")]
    in_de_agenda = [(f"In je agenda: EK1 Zwolle, dag {n}", "REQUEST") for n in (1, 2, 3)]
    assert bezorgd == [("Je hebt een plek", ""), *in_de_agenda]
    tekst = next(m.body for m in mail.outbox if m.subject == "Je hebt een plek")
    assert [f"EK1 Zwolle, dag {n}: " in tekst for n in (1, 2, 3)] == [True] * 3
    assert tekst.count("9.30–16.30 uur") == 3
    assert agendas.van(anna.kandidaat) == hoort_te_staan(anna.kandidaat) != set()


def test_een_bijeenkomst_van_een_dag_gaat_mee_in_de_mail_zelf(w, agendas):
    traject, groep = w.traject(1), w.groep("informatie", 1, [], over=20, titel="Kom kennismaken")
    agendas.bezorgen()
    plaats(traject, groep)
    assert aan(traject.kandidaat, agendas.bezorgen()) == [("Je hebt een plek", "REQUEST")]
    _, _, _, begin, _, plek, titel = met_bibliotheek(afspraak_in(mail.outbox[-1]))
    assert (begin, titel) == (groep.bijeenkomsten.get().begint_om, "Kom kennismaken")
    assert "Zwolle" in plek


def test_een_dag_die_verandert_is_een_mail_over_die_dag(w, agendas, anna):
    groep = w.groep("EK1", 3, [w.t1], over=20, titel="EK1")
    plaats(anna, groep)
    agendas.bezorgen()
    een, twee, (begin, eind) = dagen_van(groep)
    wijzig(w, groep, dagen=[een, twee, (begin + dt.timedelta(days=7), eind + dt.timedelta(days=7))])
    bezorgd = agendas.bezorgen()
    assert aan(anna.kandidaat, bezorgd) == [("Een bijeenkomst is veranderd", "REQUEST")]
    assert aan(w.t1, bezorgd) == [("Een groep van je is veranderd", "REQUEST")]
    assert nummers(anna.kandidaat) == [0, 0, 1]
    for mens in (anna.kandidaat, w.t1):
        assert agendas.van(mens) == hoort_te_staan(mens)


def test_afmelden_en_terugkomen_zijn_nieuwere_versies_van_dezelfde_afspraken(w, agendas, anna):
    groep = w.groep("EK1", 3, [w.t1], over=20, titel="EK1")
    plaats(anna, groep)
    agendas.bezorgen()
    cursus.deelname_afmelden(deelname_van(anna, "EK1"), door=anna.kandidaat)
    bezorgd = aan(anna.kandidaat, agendas.bezorgen())
    assert ("Je bent afgemeld", "") in bezorgd
    assert [zin for zin in bezorgd if zin[1]] == [(f"Uit je agenda: EK1, dag {n}", "CANCEL") for n in (1, 2, 3)]
    assert agendas.van(anna.kandidaat) == set()
    plaats(anna, groep)
    agendas.bezorgen()
    assert nummers(anna.kandidaat) == [2, 2, 2]
    assert agendas.van(anna.kandidaat) == hoort_te_staan(anna.kandidaat) != set()


def test_wie_zich_afmeldt_voor_de_mail_ging_krijgt_niets_uit_de_agenda(w, agendas, anna):
    plaats(anna, w.groep("EK1", 3, [w.t1], over=20))
    cursus.deelname_afmelden(deelname_van(anna, "EK1"), door=anna.kandidaat)
    assert {methode for _, methode in aan(anna.kandidaat, agendas.bezorgen())} == {""}
    assert not Agendaregel.objects.filter(persoon=anna.kandidaat).exists()


def test_een_ander_adres_van_de_zaal_komt_in_alle_agendas(w, agendas, anna):
    zaal = Locatie.objects.create(naam="De Brug", plaats="Almelo", adres="Brugstraat 1")
    groep = w.groep("EK1", 3, [w.t1, w.t2], over=20)
    wijzig(w, groep, locatie=zaal)
    plaats(anna, groep)
    agendas.bezorgen()
    cursus.locatie_wijzigen(zaal, door=w.bureau, adres="Brugstraat 9")
    bezorgd = agendas.bezorgen()
    for mens in (anna.kandidaat, w.t1, w.t2):
        assert len([methode for _, methode in aan(mens, bezorgd) if methode == "REQUEST"]) == 3
        for lezer in agendas.per_lezer.values():
            plekken = {plek for _, _, plek, _ in lezer[mens.email].values() if plek.startswith("De Brug")}
            assert plekken == {"De Brug, Brugstraat 9, Almelo"}


def test_een_dag_die_voorbij_is_blijft_staan(w, agendas):
    """Who stops being trainer keeps what was given; only the days to come go."""
    groep = w.groep("EK1", 3, [w.t3], over=1, titel="EK1")
    agendas.bezorgen()
    eerste = groep.bijeenkomsten.get(nr=1)
    with time_machine.travel(eerste.eindigt_om + dt.timedelta(hours=1), tick=False):
        wijzig(w, groep, trainers=[w.t1])
        bezorgd = aan(w.t3, agendas.bezorgen())
        assert [onderwerp for onderwerp, methode in bezorgd if methode] == [
            f"Uit je agenda: EK1, dag {n}" for n in (2, 3)
        ]
        assert agendas.van(w.t3) == hoort_te_staan(w.t3)


def test_het_gesprek_staat_bij_kandidaat_en_trainers_zonder_inhoud(w, agendas):
    traject = w.verschil()
    agendas.bezorgen()
    gesprek = w.plan_gesprek(traject)
    bezorgd = agendas.bezorgen()
    for mens in (traject.kandidaat, w.t1, w.t2):
        assert [methode for _, methode in aan(mens, bezorgd)].count("REQUEST") == 1
        assert agendas.van(mens) == hoort_te_staan(mens)
        assert f"gesprek-{gesprek.pk}" in {uid for uid, _, _ in agendas.van(mens)}
    for brief in mail.outbox:
        assert "kanarie" not in str(brief.message())


def test_een_tweede_poging_houdt_het_nummer_en_een_latere_verandering_wint(w, agendas, settings):
    traject, groep = w.traject(1), w.groep("informatie", 1, [], over=20)
    agendas.bezorgen()
    settings.EMAIL_BACKEND = "lms.kern.berichten.post.Post"
    kantoor = Postkantoor("451")
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", kantoor.poort, 1
    try:
        plaats(traject, groep)
        assert versturen()[0] == 0
        (regel,) = Agendaregel.objects.filter(persoon=traject.kandidaat)
        assert (regel.volgnummer, regel.bevestigd_om) == (0, None)
        kantoor.gedrag = "ok"
        Bericht.objects.update(klaar_om=timezone.now())
        versturen()
        regel.refresh_from_db()
        assert (regel.volgnummer, bool(regel.bevestigd_om)) == (0, True)
    finally:
        kantoor.sluiten()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    wijzig(w, groep, dagen=[(b + dt.timedelta(days=1), e + dt.timedelta(days=1)) for b, e in dagen_van(groep)])
    agendas.bezorgen()
    regel.refresh_from_db()
    assert regel.volgnummer == 1


def test_wat_misschien_aankwam_en_niet_meer_klopt_gaat_uit_de_agenda(w, agendas, anna):
    """The mail of a day is uncertain; then the place is given up."""
    plaats(anna, w.groep("EK1", 3, [w.t1], over=20, titel="EK1"))
    agendas.bezorgen()
    regel = Agendaregel.objects.filter(persoon=anna.kandidaat).order_by("begint_om").first()
    Agendaregel.objects.filter(pk=regel.pk).update(bevestigd_om=None)
    cursus.deelname_afmelden(deelname_van(anna, "EK1"), door=anna.kandidaat)
    agendas.bezorgen()
    assert agendas.van(anna.kandidaat) == set()
    assert agendas.bezorgen() == []


class Leven:
    """What can happen to a place, a group and a talk; each step at random."""

    def __init__(self, w, geluk):
        self.w, self.geluk = w, geluk
        self.groepen = [w.groep("EK1", 3, [w.t1, w.t2], over=20, titel="EK1 A"), w.groep("EK1", 2, [w.t3], over=40)]
        self.punt = w.groep("studiedag", 1, [w.t1], over=10, titel="Studiedag")
        self.mensen = [w.traject(3, naam="anna"), w.traject(3, naam="bram")]
        self.gesprek = w.verschil()
        self.gast = persoon("gast")

    def stap(self):
        stappen = (
            self.plaats, self.afmelden, self.verzet, self.wissel, self.stop, self.hervat, self.plan, self.laat_los,
            self.agenda_erbij, self.agenda_eraf,
        )  # fmt: skip
        with suppress(ValidationError):
            self.geluk.choice(stappen)()

    def wie(self):
        traject = self.geluk.choice(self.mensen)
        traject.refresh_from_db()
        return traject

    def plaats(self):
        traject = self.wie()
        if traject.is_lopend and not traject.deelnames.nu().filter(soort="EK1").exists():
            plaats(traject, self.geluk.choice(self.groepen))

    def afmelden(self):
        traject = self.wie()
        if traject.is_lopend and traject.deelnames.nu().filter(soort="EK1").exists():
            cursus.deelname_afmelden(deelname_van(traject, "EK1"), door=traject.kandidaat)

    def verzet(self):
        groep = self.geluk.choice([*self.groepen, self.punt])
        dagen = dagen_van(groep)
        welk, erbij = self.geluk.randrange(len(dagen)), dt.timedelta(hours=self.geluk.choice((1, 2)))
        dagen[welk] = tuple(moment + erbij for moment in dagen[welk])
        wijzig(self.w, groep, dagen=dagen)

    def wissel(self):
        keuze = self.geluk.sample([self.w.t1, self.w.t2, self.w.t3], 2)
        wijzig(self.w, self.geluk.choice(self.groepen), trainers=keuze)

    def stop(self):
        traject = self.geluk.choice([*self.mensen, self.gesprek])
        traject.refresh_from_db()
        if traject.is_lopend:
            traject_stoppen(traject, door=traject.kandidaat)

    def hervat(self):
        for traject in [*self.mensen, self.gesprek]:
            traject.refresh_from_db()
            if not traject.is_lopend:
                traject_hervatten(traject, door=traject.kandidaat)

    def plan(self):
        gesprek = gesprek_van(self.gesprek)
        self.gesprek.refresh_from_db()
        if gesprek and self.gesprek.is_lopend:
            over = dt.timedelta(days=self.geluk.randrange(2, 9))
            moment = timezone.now().replace(microsecond=0) + over
            selectie.gesprek_voorstellen(gesprek, door=self.w.t1, momenten=[(moment, "Zwolle")])
            gesprek = gesprek_van(self.gesprek)
            keuze = gesprek.momenten.get().pk
            selectie.moment_kiezen(gesprek, door=self.gesprek.kandidaat, moment=keuze)

    def laat_los(self):
        besluit = besluit_van(self.gesprek)
        self.gesprek.refresh_from_db()
        if besluit and self.gesprek.is_lopend and self.geluk.random() < 0.3:
            self.w.herroep(besluit)

    def agenda_erbij(self):
        cursus.agendaplek_vragen(self.gast, door=self.gast, uitvoering=self.punt)

    def agenda_eraf(self):
        plek = self.punt.agendaplekken.nu().filter(gebruiker=self.gast).first()
        if plek:
            cursus.agendaplek_afmelden(plek, door=self.gast)

    def iedereen(self):
        trajecten = [t.kandidaat for t in (*self.mensen, self.gesprek)]
        return [*trajecten, self.gast, self.w.t1, self.w.t2, self.w.t3]


@pytest.mark.parametrize("zaad", range(4))
def test_na_elke_stap_staat_in_ieders_agenda_wat_de_database_zegt(w, agendas, settings, zaad):
    """Sometimes the mail server is away for some steps; when it is back all agree again."""
    leven = Leven(w, random.Random(zaad))  # noqa: S311 - a walk, no secret
    agendas.bezorgen()
    for _ in range(40):
        weg = leven.geluk.random() < 0.3
        settings.EMAIL_BACKEND = "tests.post.Kapot" if weg else "django.core.mail.backends.locmem.EmailBackend"
        leven.stap()
        Bericht.objects.wachtend().filter(onzeker_om=None).update(klaar_om=timezone.now(), pogingen=0)
        agendas.bezorgen()
        if not weg:
            staat = {mens.email: agendas.van(mens) for mens in leven.iedereen()}
            assert staat == {mens.email: hoort_te_staan(mens) for mens in leven.iedereen()}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sum(len(agendas.van(mens)) for mens in leven.iedereen()) > 0
    assert max(Agendaregel.objects.values_list("volgnummer", flat=True)) > 3  # much happened to the same entries


def test_de_link_van_een_online_bijeenkomst_krijgt_alleen_wie_een_plek_heeft(w, client):
    """On the page, in the mail, in the diary and in the own feed; on no public page and in no public feed."""
    link = "https://overleg.example/kamer-7"
    online = Locatie.objects.filter(online=True).first()
    cursus.locatie_wijzigen(online, door=w.bureau, link=link)
    traject = w.traject(1)
    groep = w.groep("informatie", 1, [], over=4)
    type(groep).objects.filter(pk=groep.pk).update(locatie=online)
    for pad in (f"/agenda/{groep.pk}/", "/agenda/", "/agenda.ics"):
        assert link not in client.get(pad).content.decode()
    cursus.deelname_aanvragen(traject, door=w.bureau, uitvoering=groep)
    client.force_login(traject.kandidaat)
    for pad in ("/mijn/", "/mijn/bijeenkomst/"):
        assert f'href="{link}"' in client.get(pad).content.decode()
    bericht = Bericht.objects.get(soort="geplaatst", aan=traject.kandidaat)
    assert link in opmaken(bericht)[1]
    assert link in komende_afspraken(traject.kandidaat)[0].plek
