"""A proof belongs to what it proves: codes, links, consent and pages that were read through, in every order."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lms.kern.berichten import opmaken
from lms.kern.models import Bericht, Gebruiker, Regio, Toestemming, Traject
from selectie import handelingen
from selectie.models import Aanmeldconcept
from tests.fabrieken import WACHTWOORD, namens, persoon
from tests.lezen import leesbaar
from tests.post import bezorgd


def gegevens(**anders):
    basis = {
        "voornaam": "Noor",
        "achternaam": "Bos",
        "email": "eigen@demo.example",
        "telefoon": "06 12345678",
        "woonplaats": "Emmen",
    }
    return {**basis, "regio": Regio.objects.get(naam="Noord").pk, **anders}


def invullen(client, **anders):
    """An application typed up to the check page."""
    client.post("/aanmelden/", gegevens(**anders))
    client.post("/aanmelden/brief/", {"motivatie": "Mijn brief", "cv": "Mijn cv"})
    client.post("/aanmelden/onafhankelijk/", {"onafhankelijk": "ja", "akkoord": "on"})


def nakijken(client):
    html = leesbaar(client.get("/aanmelden/nakijken/"))
    gevonden = re.search(r'name="gelezen" value="([^"]*)"', html)
    return client.post("/aanmelden/nakijken/", {"gelezen": gevonden.group(1) if gevonden else ""})


def codes(adres):
    """Every code that was mailed to this address."""
    return [
        m.group(1)
        for brief in bezorgd()
        if brief.to == [adres] and (m := re.search(r"Je code is ([\w-]+)", brief.body))
    ]


def wie(client):
    return client.session.get("_auth_user_id")


@pytest.fixture
def beheer(w):
    return Gebruiker.objects.create_superuser("beheer@demo.example", WACHTWOORD, voornaam="Bea", achternaam="Heerma")


@pytest.mark.parametrize("slachtoffer", ["beheer@demo.example", "bureau@demo.example", "trainer1@demo.example"])
def test_een_code_naar_het_eigen_adres_opent_geen_ander(w, beheer, slachtoffer):
    """Own address, code, address changed to somebody of the staff, code: an anonymous visitor was superuser in five
    requests.
    """
    client = Client()
    invullen(client)
    nakijken(client)
    (code,) = codes("eigen@demo.example")
    client.post("/aanmelden/", gegevens(email=slachtoffer))
    for _ in range(2):
        client.post("/aanmelden/code/", {"code": code})
        nakijken(client)
    assert wie(client) is None
    assert codes(slachtoffer) == []
    assert not Traject.objects.exists()


def test_een_code_naar_het_ene_adres_maakt_geen_account_met_het_andere(w):
    client = Client()
    invullen(client)
    nakijken(client)
    (code,) = codes("eigen@demo.example")
    client.post("/aanmelden/", gegevens(email="vreemd@demo.example"))
    client.post("/aanmelden/onafhankelijk/", {"onafhankelijk": "ja", "akkoord": "on"})
    nakijken(client)
    client.post("/aanmelden/code/", {"code": code})
    assert (wie(client), Gebruiker.objects.filter(email="vreemd@demo.example").exists()) == (None, False)


def test_wie_bekend_is_krijgt_geen_code_en_het_scherm_verraadt_niets(w):
    bekend, nieuw = Client(), Client()
    teksten = []
    for client, adres in ((bekend, w.t1.email), (nieuw, "nieuw@demo.example")):
        invullen(client, email=adres)
        stappen = [
            nakijken(client),
            client.get("/aanmelden/code/"),
            client.post("/aanmelden/code/", {"code": "abcdef"}),
        ]
        bezorgd()
        stappen.append(client.get("/aanmelden/code/"))
        html = "|".join(f"{s.status_code}{leesbaar(s)}" for s in stappen).replace(adres, "x")
        # the second: a print of the address itself
        teksten.append(re.sub(r'(csrfmiddlewaretoken" value|data-adres)="[^"]*"', "", html))
    assert teksten[0] == teksten[1]
    (brief,) = [b for b in bezorgd() if b.to == [w.t1.email] and "bekend" in b.subject]
    assert "Log dan in" in brief.body
    assert "Noor" not in brief.body  # what a stranger typed never stands in a mail to somebody else
    assert codes(w.t1.email) == []
    assert len(codes("nieuw@demo.example")) == 1


def test_een_bekende_logt_in_waar_de_brief_geschreven_is_en_stuurt_dan_zonder_code(w):
    mens = persoon("terug")
    client = Client()
    invullen(client, email=mens.email)
    nakijken(client)
    client.post("/inloggen/", {"login": mens.email, "password": WACHTWOORD})
    assert client.get("/start/").url == "/aanmelden/nakijken/"
    assert "Je hebt geen code nodig" in leesbaar(client.get("/aanmelden/nakijken/"))
    assert nakijken(client).url == "/mijn/"
    traject = Traject.objects.get()
    assert (traject.kandidaat, traject.aanmelding.brief.motivatie) == (mens, "Mijn brief")
    assert Gebruiker.objects.filter(email=mens.email).count() == 1


def test_terugkomen_met_een_nieuwe_brief_gaat_verder_waar_het_was(w):
    """regels §2, coming back: the traject reopens while its papers are kept, and is a new one after they were
    erased.
    """
    traject = w.traject(3)
    stap = traject.stap
    handelingen_stop(traject)
    client = Client()
    client.force_login(traject.kandidaat)
    invullen(client, email=traject.kandidaat.email)
    assert nakijken(client).url == "/mijn/"
    traject.refresh_from_db()
    assert (Traject.objects.count(), traject.is_lopend, traject.stap) == (1, True, stap)
    assert traject.aanmelding.brief.motivatie == "Mijn brief"
    bericht = Bericht.objects.get(soort="teruggekomen")
    assert (bericht.aan, bericht.bundelen, "verder" in opmaken(bericht)[1]) == (w.bureau, True, True)
    handelingen_stop(traject)
    traject.aanmelding.brief.delete()  # retention
    invullen(client, email=traject.kandidaat.email)
    assert nakijken(client).url == "/mijn/"
    assert (Traject.objects.count(), Traject.objects.lopend().get().stap) == (2, 1)


def test_wat_op_de_nakijkpagina_stond_is_wat_bewaard_wordt_ook_van_wie_bekend_was(w):
    """Phone, place, region, wish and the answer about independence of somebody who comes back: as they were read."""
    traject, straks = w.traject(2), w.groep("informatie", 1, [], over=9)
    handelingen_stop(traject)
    mens, client = traject.kandidaat, Client()
    client.force_login(mens)
    client.post(
        f"/aanmelden/?bijeenkomst={straks.pk}",
        gegevens(email=mens.email, telefoon="06 99999999", woonplaats="Almelo", regio=w.zuid.pk),
    )
    client.post("/aanmelden/brief/", {"motivatie": "Nieuw", "cv": "Cv"})
    client.post(
        "/aanmelden/onafhankelijk/",
        {"onafhankelijk": "nee", "toelichting": "Ik werk nu bij de gemeente.", "akkoord": "on"},
    )
    html = leesbaar(client.get("/aanmelden/nakijken/"))
    assert all(
        woord in html
        for woord in (
            "06 - 99 99 99 99",
            "Almelo",
            w.zuid.naam,
            "Nee, of niet zeker",
            "Ik werk nu bij de gemeente.",
            straks.titel,
        )
    )
    assert nakijken(client).url == "/mijn/"
    mens.refresh_from_db()
    traject.refresh_from_db()
    rij = traject.aanmelding
    rij.refresh_from_db()
    assert (mens.naam, mens.telefoon, mens.woonplaats, traject.regio) == (
        "Noor Bos",
        "06 - 99 99 99 99",
        "Almelo",
        w.zuid,
    )
    assert (rij.onafhankelijk, rij.gewenste_uitvoering, rij.brief.toelichting_onafhankelijk) == (
        False,
        straks,
        "Ik werk nu bij de gemeente.",
    )


def test_een_opgebruikte_code_werkt_niet_meer_en_dat_zegt_de_pagina(w):
    client = Client()
    invullen(client)
    nakijken(client)
    for _ in range(5):
        client.post("/aanmelden/code/", {"code": "abcdef"})
    Aanmeldconcept.objects.update(code_om=timezone.now() - dt.timedelta(minutes=1))
    nakijken(client)
    assert len(codes("eigen@demo.example")) == 1  # the used-up one was never sent; the new one is
    assert client.post("/aanmelden/code/", {"code": codes("eigen@demo.example")[0]}).url == "/mijn/"


def test_zonder_concept_zegt_de_eerste_pagina_hoe_het_verder_gaat(w):
    client = Client()
    antwoord = client.get("/aanmelden/brief/", follow=True)
    assert "Ga verder met de link in je mail" in leesbaar(antwoord)


def handelingen_stop(traject):
    from lms.kern.handelingen import traject_stoppen

    traject_stoppen(traject, door=traject.kandidaat)


def test_het_concept_van_een_ander_is_weg_na_inloggen_op_dezelfde_browser(w):
    client = Client()
    invullen(client, email="eigen@demo.example")
    client.post("/inloggen/", {"login": w.t1.email, "password": WACHTWOORD})
    assert wie(client) == str(w.t1.pk)
    html = leesbaar(client.get("/aanmelden/"))
    assert "eigen@demo.example" not in html
    assert client.get("/aanmelden/nakijken/").url == "/aanmelden/"
    assert Aanmeldconcept.objects.count() == 1  # it waits at its mailed link


def test_met_een_lopend_traject_wacht_het_concept_bij_de_link(w):
    traject = w.traject(2)
    client = Client()
    invullen(client, email=traject.kandidaat.email)
    client.post("/inloggen/", {"login": traject.kandidaat.email, "password": WACHTWOORD})
    assert client.get("/start/").url == "/mijn/"
    assert "Wat je net schreef, is niet verstuurd" in leesbaar(client.get("/mijn/"))
    assert Aanmeldconcept.objects.count() == 1


def test_een_ander_adres_maakt_de_link_en_de_toestemming_ongeldig(w):
    client = Client()
    invullen(client)
    bezorgd()
    (oud,) = [
        re.search(r"(/aanmelden/verder/\S+)", b.body).group(1) for b in bezorgd() if b.to == ["eigen@demo.example"]
    ]
    client.post("/aanmelden/", gegevens(email="ander@demo.example"))
    assert Client().get(oud).status_code == 404
    assert "geef toestemming" in leesbaar(client.get("/aanmelden/nakijken/"))
    bezorgd()
    (nieuw,) = [
        re.search(r"(/aanmelden/verder/\S+)", b.body).group(1) for b in bezorgd() if b.to == ["ander@demo.example"]
    ]
    assert Client().get(nieuw).status_code == 200
    assert Client().post(nieuw).status_code == 302


def test_een_ander_adres_haalt_terug_wat_nog_niet_gemaild_was(w):
    client = Client()
    invullen(client)
    nakijken(client)
    assert Bericht.objects.wachtend().filter(adres="eigen@demo.example").count() == 2
    client.post("/aanmelden/", gegevens(email="ander@demo.example"))
    assert not Bericht.objects.wachtend().filter(adres="eigen@demo.example").exists()
    assert not Bericht.objects.filter(adres="eigen@demo.example").exclude(geheim="").exists()


def test_een_brief_die_na_het_nakijken_veranderde_wordt_eerst_weer_gelezen(w):
    client = Client()
    invullen(client)
    nakijken(client)
    (code,) = codes("eigen@demo.example")
    client.post("/aanmelden/brief/", {"motivatie": "Een andere brief", "cv": "Mijn cv"})
    assert client.post("/aanmelden/code/", {"code": code}).url == "/aanmelden/nakijken/"
    assert not Traject.objects.exists()
    nakijken(client)  # the same code still works: nothing about its address changed
    assert codes("eigen@demo.example") == [code]
    assert client.post("/aanmelden/code/", {"code": code}).url == "/mijn/"
    assert Traject.objects.get().aanmelding.brief.motivatie == "Een andere brief"


def test_een_oude_pagina_met_een_andere_tekst_stuurt_niets(w):
    client = Client()
    invullen(client)
    html = leesbaar(client.get("/aanmelden/nakijken/"))
    oud = re.search(r'name="gelezen" value="([^"]*)"', html).group(1)
    client.post("/aanmelden/brief/", {"motivatie": "Een andere brief", "cv": "Mijn cv"})
    assert client.post("/aanmelden/nakijken/", {"gelezen": oud}).url == "/aanmelden/nakijken/"
    assert codes("eigen@demo.example") == []


def test_toestemming_draagt_de_versie_van_de_zin(w):
    client = Client()
    invullen(client)
    nakijken(client)
    concept = Aanmeldconcept.objects.get()
    assert concept.gegevens["akkoord"] == 1
    (code,) = codes("eigen@demo.example")
    Aanmeldconcept.objects.update(gegevens={**concept.gegevens, "akkoord": 0})  # given for an older sentence
    assert client.post("/aanmelden/code/", {"code": code}).url == "/aanmelden/nakijken/"
    assert "geef toestemming" in leesbaar(client.get("/aanmelden/nakijken/"))
    Aanmeldconcept.objects.update(gegevens=concept.gegevens)
    assert client.post("/aanmelden/code/", {"code": code}).url == "/mijn/"
    assert Toestemming.objects.get().tekstversie == 1


def test_de_link_om_te_bevestigen_bewijst_alleen_zijn_eigen_adres(w):
    """The bureau typed it for a@; who reads a@ changes the address to b@ and confirms in another tab: b@ was never
    proven.
    """
    concept = namens(w.bureau, gegevens(email="a@demo.example", motivatie="m", cv="c"))
    handelingen.namens_sturen(concept, door=w.bureau)
    link = re.search(r"(/aanmelden/bevestigen/\S+)", bezorgd()[-1].body).group(1)
    een, twee = Client(), Client()
    een.post(link, {"veranderen": "1"})
    een.post("/aanmelden/", gegevens(email="b@demo.example"))
    concept.refresh_from_db()
    assert concept.email == "a@demo.example"  # what the bureau typed is still that
    handelingen.namens_bewaren(concept, door=w.bureau, gegevens=gegevens(email="b@demo.example"))
    assert twee.get(link).status_code == 404
    velden = {"gelezen": handelingen.afdruk(concept), "onafhankelijk": "ja", "akkoord": "on"}
    assert twee.post(link, velden).status_code == 404
    assert not Gebruiker.objects.filter(email="b@demo.example").exists()


def test_wie_de_link_opent_werkt_alleen_verder(w):
    """Who only typed somebody's address reads and changes nothing any more once the owner of the address opened the
    link.
    """
    vreemde, eigenaar = Client(), Client()
    invullen(vreemde)
    bezorgd()
    (link,) = [
        re.search(r"(/aanmelden/verder/\S+)", b.body).group(1) for b in bezorgd() if b.to == ["eigen@demo.example"]
    ]
    eigenaar.get(link)
    assert vreemde.get("/aanmelden/brief/").status_code == 200  # looking changes nothing: mail programs follow links
    eigenaar.post(link)
    eigenaar.post("/aanmelden/brief/", {"motivatie": "Van mij alleen", "cv": "Mijn cv"})
    vreemde.post("/aanmelden/brief/", {"motivatie": "Overschreven", "cv": "x"})
    assert "Van mij alleen" not in leesbaar(vreemde.get("/aanmelden/nakijken/", follow=True))
    assert Aanmeldconcept.objects.get().gegevens["motivatie"] == "Van mij alleen"
    later = Client()
    later.post(link)  # the link itself still works, for its owner
    assert "Van mij alleen" in leesbaar(later.get("/aanmelden/nakijken/"))


def test_de_link_om_te_bevestigen_opent_het_concept_van_het_bureau_niet_om_te_schrijven(w):
    concept = namens(w.bureau, gegevens(email="a@demo.example", motivatie="m", cv="c"), "vaste-id")
    handelingen.namens_sturen(concept, door=w.bureau)
    token = re.search(r"/aanmelden/bevestigen/([^/\s]+)/", bezorgd()[-1].body).group(1)
    for geprobeerd in (token, "bureau:vaste-id"):
        client = Client()
        assert client.post(f"/aanmelden/verder/{geprobeerd}/").status_code == 404
        sessie = client.session
        sessie["bezoek"] = {"sleutel": geprobeerd, "adres": "a@demo.example"}
        sessie.save()
        client.post("/aanmelden/brief/", {"motivatie": "Herschreven", "cv": "x"})
    concept.refresh_from_db()
    assert concept.gegevens["motivatie"] == "m"
    zelf = Client()
    assert zelf.post(f"/aanmelden/bevestigen/{token}/", {"veranderen": "1"}).url == "/aanmelden/nakijken/"
    zelf.post("/aanmelden/brief/", {"motivatie": "Mijn eigen woorden", "cv": "c"})
    concept.refresh_from_db()
    assert (concept.gegevens["motivatie"], Aanmeldconcept.objects.count()) == ("m", 2)


def test_een_link_om_te_stoppen_hoort_bij_een_adres_en_niet_bij_een_nummer(w):
    from cursus import handelingen as cursus
    from cursus.models import Belangstellende
    from cursus.models.belangstelling import van_sleutel

    cursus.belangstelling_vragen(door=None, email="een@demo.example", regio=w.noord)
    rij = Belangstellende.objects.get()
    sleutel = rij.sleutel
    assert van_sleutel(sleutel) == rij
    Belangstellende.objects.filter(pk=rij.pk).update(email="twee@demo.example")
    assert van_sleutel(sleutel) is None


def test_een_inlogcode_na_een_ander_adres_opent_niets(w):
    client = Client()
    client.post("/accounts/login/code/", {"email": w.t1.email})
    (code,) = codes(w.t1.email)
    Gebruiker.objects.filter(pk=w.t1.pk).update(email="nieuw-adres@demo.example")
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert wie(client) is None


def test_een_link_voor_een_nieuw_wachtwoord_na_een_ander_adres_opent_niets(w):
    Client().post("/accounts/password/reset/", {"email": w.t1.email})
    link = re.search(r"127.0.0.1:8000(/accounts/password/reset/key/\S+)", bezorgd()[-1].body).group(1)
    w.t1.emailaddress_set.update(email="nieuw-adres@demo.example")
    Gebruiker.objects.filter(pk=w.t1.pk).update(email="nieuw-adres@demo.example")
    assert "token_fail" in str(Client().get(link, follow=True).context_data.keys())


def test_na_een_kwartier_en_met_de_klok_een_uur_terug_werkt_de_code_zoals_beloofd(w):
    client = Client()
    nu = timezone.now()
    with time_machine.travel(nu, tick=False):
        invullen(client)
        nakijken(client)
        (code,) = codes("eigen@demo.example")
    with time_machine.travel(nu + dt.timedelta(minutes=16), tick=False):
        assert "werkt niet meer" in leesbaar(client.post("/aanmelden/code/", {"code": code}))
    with time_machine.travel(nu - dt.timedelta(hours=1), tick=False):
        assert client.post("/aanmelden/code/", {"code": code}).url == "/mijn/"


ADRESSEN = ("een@demo.example", "twee@demo.example", "trainer1@demo.example")


class Aanmelders(RuleBasedStateMachine):
    """Two browsers, three addresses (one of the staff), any order.

    Whoever is logged in proved exactly the address that is theirs.
    """

    @initialize()
    def begin(self):
        self.browsers = [Client(), Client()]
        self.gezien = {}  # the mailboxes this visitor can read: not that of the trainer
        self.adres = [None, None]
        self.trainer = Gebruiker.objects.get(email="trainer1@demo.example").pk

    @rule(b=st.integers(0, 1), adres=st.sampled_from(ADRESSEN))
    def typen(self, b, adres):
        invullen(self.browsers[b], email=adres)

    @rule(b=st.integers(0, 1), adres=st.sampled_from(ADRESSEN))
    def ander_adres(self, b, adres):
        self.browsers[b].post("/aanmelden/", gegevens(email=adres))

    @rule(b=st.integers(0, 1), adres=st.sampled_from(ADRESSEN))
    def ander_adres_en_weer_tot_de_code(self, b, adres):
        self.ander_adres(b, adres)
        self.akkoord(b)
        self.code_vragen(b)

    @rule(b=st.integers(0, 1))
    def akkoord(self, b):
        self.browsers[b].post("/aanmelden/onafhankelijk/", {"onafhankelijk": "ja", "akkoord": "on"})

    @rule(b=st.integers(0, 1))
    def code_vragen(self, b):
        nakijken(self.browsers[b])

    @rule(b=st.integers(0, 1))
    def code_opnieuw(self, b):
        Aanmeldconcept.objects.update(code_om=timezone.now() - dt.timedelta(minutes=1))
        self.browsers[b].post("/aanmelden/code/opnieuw/")

    @rule(b=st.integers(0, 1), n=st.integers(0, 9))
    def code_invullen(self, b, n):
        """Any code from the mailboxes this person can read, of any age."""
        bekend = [(a, c) for a in ADRESSEN[:2] for c in codes(a)]
        if bekend:
            browser, voor = self.browsers[b], set(Gebruiker.objects.values_list("pk", flat=True))
            was = wie(browser)
            browser.post("/aanmelden/code/", {"code": bekend[n % len(bekend)][1]})
            if wie(browser) != was:
                nieuw = Gebruiker.objects.get(pk=wie(browser))
                assert nieuw.pk not in voor  # this door logs in only who it just made
                assert nieuw.email == bekend[n % len(bekend)][0]
                browser.logout()

    @rule(b=st.integers(0, 1), n=st.integers(0, 9))
    def link_openen(self, b, n):
        bezorgd()
        links = [
            (brief.to[0], m.group(1)) for brief in bezorgd() if (m := re.search(r"(/aanmelden/verder/\S+)", brief.body))
        ]
        links = [(adres, link) for adres, link in links if adres in ADRESSEN[:2]]
        if links:
            adres, link = links[n % len(links)]
            antwoord = self.browsers[b].post(link)
            if antwoord.status_code == 302:  # a link that works opens a draft of the address it went to
                assert adres in leesbaar(self.browsers[b].get("/aanmelden/nakijken/"))

    @invariant()
    def niemand_is_een_trainer(self):
        for browser in getattr(self, "browsers", ()):
            assert wie(browser) != str(self.trainer)
        assert not Traject.objects.filter(kandidaat__email="trainer1@demo.example").exists()


def test_elke_volgorde_van_code_adres_tab_en_browser(w, monkeypatch):
    """Thirty walks, each in its own transaction."""
    from django.core.cache import cache
    from django.db import transaction

    class Wandeling(Aanmelders):
        def __init__(self):
            super().__init__()
            cache.clear()
            bezorgd().clear()
            self.punt = transaction.atomic()
            self.punt.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.punt.__exit__(None, None, None)

    run_state_machine_as_test(
        Wandeling,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
        ),
    )


def test_een_concept_dat_in_een_ander_tabblad_verstuurd_is_geeft_een_zin(w):
    client = Client()
    invullen(client)
    pagina = handelingen.concept_bewaren

    def net_verstuurd(concept, gegevens, **uploads):
        Aanmeldconcept.objects.filter(pk=concept.pk).delete()
        return pagina(concept, gegevens, **uploads)

    with pytest.MonkeyPatch.context() as plek:
        plek.setattr(handelingen, "concept_bewaren", net_verstuurd)
        html = leesbaar(client.post("/aanmelden/brief/", {"motivatie": "x", "cv": "y"}, follow=True))
    assert "Heb je hem al verstuurd? Log dan in." in html


def test_een_link_om_te_bevestigen_opent_niets_van_het_team_en_gaat_verder_waar_iemand_was(w):
    """By a link alone: a colleague is asked to log in; who stopped goes on with the traject of before."""
    gestopt = w.traject(2)
    handelingen_stop(gestopt)
    for adres in (w.t1.email, gestopt.kandidaat.email):
        concept = namens(w.bureau, gegevens(email=adres, motivatie="m", cv="c"), adres)
        handelingen.namens_sturen(concept, door=w.bureau)
        link = re.search(r"(/aanmelden/bevestigen/\S+)", bezorgd()[-1].body).group(1)
        concept.refresh_from_db()
        Client().post(link, {"gelezen": handelingen.afdruk(concept), "onafhankelijk": "ja", "akkoord": "on"})
    assert not Traject.objects.filter(kandidaat=w.t1).exists()
    assert (Traject.objects.filter(kandidaat=gestopt.kandidaat).count(), Traject.objects.lopend().get().pk) == (
        1,
        gestopt.pk,
    )
